from fractions import Fraction

import numpy as np
import pytest

from onereel.cut.overlays.burn import Burner
from onereel.cut.overlays.overlay import Stencil
from onereel.cut.plan import Caption, Captions
from onereel.errors import InstallFont
from onereel.lettering import Lettering

from .sound_media import clip, new_cut

SHAPES = {"16:9": (640, 360), "9:16": (360, 640), "1:1": (480, 480)}
LONG = "She remembered the speed limit on the\nroad and smiled at the old signposts"


@pytest.fixture(scope="module")
def lettering():
    return Lettering()


def burned(*items: Caption, size=(640, 360), mode="burned"):
    cut = new_cut([clip(0, 0, 10, "takes/a.mp4")])
    captions = Captions(mode=mode, items=items)
    return cut.replace(width=size[0], height=size[1], captions=captions)


def seen(overlay):
    """Left, top, right and bottom of all that is nearly white, on the frame."""
    rows, columns = np.nonzero((overlay.image[..., 3] > 200) & (overlay.image[..., 0] > 200))
    return (
        overlay.x + columns.min(),
        overlay.y + rows.min(),
        overlay.x + columns.max(),
        overlay.y + rows.max(),
    )


def test_captions_stand_from_their_first_frame_to_their_last(lettering):
    burner = Burner(
        burned(Caption(text="One", start=1, end=2), Caption(text="Two", start=3, end=4)), lettering
    )
    assert burner.spans == ((1, 2), (3, 4))
    frame = Fraction(1, 24)
    shown = [burner.overlays(time) for time in (1 - frame, 1, 2 - frame, 2, 3, 4)]
    assert [bool(overlays) for overlays in shown] == [False, True, True, False, True, False]
    assert shown[1] == shown[2] != shown[4]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("text", ["Hello", LONG])
def test_captions_stay_in_the_safe_area(shape, text, lettering):
    width, height = SHAPES[shape]
    overlay = Burner(
        burned(Caption(text=text, start=0, end=2), size=(width, height)), lettering
    ).overlays(Fraction(0))[0]
    left, top, right, bottom = seen(overlay)
    assert right - left <= 0.86 * width
    assert abs((left + right) / 2 - width / 2) <= 2
    assert overlay.x % 2 == overlay.y % 2 == 0
    assert bottom <= (0.8 if shape == "9:16" else 0.94) * height
    assert top >= 0.6 * height


def test_one_row_and_two_end_at_the_same_height(lettering):
    bottoms = [
        seen(
            Burner(burned(Caption(text=text, start=0, end=2)), lettering).overlays(Fraction(0))[0]
        )[3]
        for text in ("Hhh", "Hhh\nHhh")
    ]
    assert abs(bottoms[0] - bottoms[1]) <= 2


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_white_words_on_dark_edges_are_readable_on_any_ground(shade, lettering):
    overlay = Burner(burned(Caption(text="Readable", start=0, end=1)), lettering).overlays(
        Fraction(0)
    )[0]
    frame = np.full((540, 640), 128, np.uint8)
    frame[:360] = 16 + shade * 219 // 255
    before = frame.copy()
    Stencil(overlay, 640, 360).lay_on(frame)
    left, top, right, bottom = seen(overlay)
    words = frame[top : bottom + 1, left : right + 1]
    assert (words > 220).mean() > 0.2
    assert (words < 90).mean() > 0.15
    assert np.array_equal(frame[: overlay.y], before[: overlay.y])


def test_other_modes_draw_nothing(lettering):
    burner = Burner(burned(Caption(text="One", start=1, end=2), mode="soft"), lettering)
    assert burner.spans == ()
    assert burner.overlays(Fraction(1)) == ()


def test_a_script_without_a_face_is_said_before_the_first_frame(tmp_path):
    linear_b = Caption(text="\U00010000\U00010001", start=0, end=1)
    with pytest.raises(InstallFont):
        Burner(burned(linear_b), Lettering(folders=[tmp_path]))
