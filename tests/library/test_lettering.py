from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from onereel.errors import InstallFont, ReviseSetting
from onereel.lettering import Block, Faces, Lettering
from onereel.lettering.scripts import breaks_between, levels

TEXTS = json.loads((Path(__file__).parent / "texts.json").read_text("utf-8"))
BUNDLED = Lettering(folders=())


def block(text: str, **changes: object) -> Block:
    options = {"size": 40, "width": 600, "max_lines": 3, **changes}
    return BUNDLED.block(text, **options)  # type: ignore[arg-type]


def ink(drawn: Block) -> np.ndarray:
    image = Image.new("RGBA", (drawn.width + 80, drawn.height + 80))
    drawn.draw(image, (40, 40), fill=(255, 255, 255))
    return np.asarray(image.getchannel("A"))


@pytest.mark.parametrize("language", ["en", "ru", "el", "ar", "he", "hi", "th"])
def test_bundled_faces_draw_these_languages(language: str) -> None:
    drawn = block(TEXTS[language], language=language)
    assert 1 <= len(drawn.lines) <= 3
    alpha = ink(drawn)
    assert alpha.any()
    # Nothing outside the block but what glyphs overhang.
    assert not alpha[:, :25].any()
    assert not alpha[:, -25:].any()


def test_a_missing_script_is_named_with_what_to_install() -> None:
    with pytest.raises(InstallFont) as caught:
        block(TEXTS["ja"], language="ja")
    assert "Japanese" in caught.value.user_message or "Chinese" in caught.value.user_message
    assert "fonts-noto-cjk" in caught.value.user_message
    with pytest.raises(InstallFont, match=r"Tamil.*Noto Sans Tamil"):
        block(TEXTS["ta"])


def test_a_font_folder_of_the_system_is_searched(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "onereel/lettering/fonts/NotoSansThai-Regular.ttf"
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "SomeThai.ttf").write_bytes(source.read_bytes())
    (tmp_path / "Broken.ttf").write_bytes(b"not a font")
    faces = Faces(folders=(tmp_path,))
    runs = faces.runs("a" + TEXTS["th"], weight="regular")
    assert [text for _, text in runs] == ["a", TEXTS["th"]]


def test_a_font_file_that_is_none_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "mine.ttf"
    broken.write_bytes(b"nothing")
    with pytest.raises(ReviseSetting, match=r"mine\.ttf"):
        Lettering(fonts=[broken])


def test_emoji_without_a_face_are_left_out() -> None:
    assert block("Good \U0001f600 night \U0001f468\u200d\U0001f469\u200d\U0001f467!").lines == (
        "Good night !",
    )
    empty = block("\U0001f600")
    assert (empty.lines, empty.width, empty.height) == ((), 0, 0)


def test_text_shrinks_before_it_is_cut() -> None:
    text = "Every ship for fifty miles turns its bow towards the light she keeps."
    fits = block(text, width=600, max_lines=2)
    assert fits.size < 40
    assert " ".join(fits.lines) == text
    cut = block(text * 9, max_lines=2)
    assert len(cut.lines) == 2
    assert cut.lines[-1].endswith("\u2026")
    assert cut.width <= 600


def test_a_word_wider_than_the_block_is_broken() -> None:
    drawn = block("Donaudampfschifffahrtsgesellschaftskapitaen", width=300, max_lines=4)
    assert "".join(drawn.lines) == "Donaudampfschifffahrtsgesellschaftskapitaen"
    assert drawn.width <= 300


def test_lines_are_balanced_when_centred() -> None:
    drawn = block("The keeper climbs the iron stairs one last time tonight", width=850)
    first, second = (len(line) for line in drawn.lines)
    assert abs(first - second) < 12


def test_right_to_left_text_starts_at_the_right() -> None:
    drawn = block(TEXTS["ar"] + " " + TEXTS["ar"], align="start", language="ar", width=500)
    alpha = ink(drawn)
    last = alpha[-int(40 + drawn.height / len(drawn.lines)) :]
    columns = np.flatnonzero(last.any(axis=0))
    assert alpha.shape[1] - columns.max() < columns.min()


def test_levels_follow_the_unicode_rules() -> None:
    alef = "\u05d0"
    # UAX 9: numbers inside right-to-left text run left to right, one level deeper.
    assert levels(f"{alef} 12.5", right_to_left=True) == [1, 1, 2, 2, 2, 2]
    assert levels(f"ab {alef}{alef} cd", right_to_left=False) == [0, 0, 0, 1, 1, 0, 0, 0]
    assert levels(f"{alef} ab", right_to_left=True) == [1, 1, 2, 2]


def test_japanese_breaks_follow_kinsoku() -> None:
    kanji, comma, small_yo, opening = "\u6d77", "\u3001", "\u3087", "\u300c"
    assert breaks_between(kanji, kanji)
    assert not breaks_between(kanji, comma)
    assert not breaks_between("\u3057", small_yo)
    assert not breaks_between(opening, kanji)
    assert breaks_between("a ", "b")
    assert not breaks_between("a", "b")


def test_stroke_and_alpha() -> None:
    drawn = block("Hi")
    image = Image.new("RGBA", (200, 120))
    drawn.draw(image, (60, 20), fill=(255, 0, 0), stroke=(0, 0, 255, 128), stroke_width=6)
    pixels = np.asarray(image).reshape(-1, 4)
    assert (255, 0, 0, 255) in {tuple(p) for p in pixels.tolist()}
    assert (0, 0, 255, 128) in {tuple(p) for p in pixels.tolist()}


def test_drawing_may_leave_the_picture() -> None:
    image = Image.new("RGBA", (50, 30))
    block("Wide as the sea").draw(image, (-40.5, -10), fill=(255, 255, 255))
    assert np.asarray(image)[..., 3].any()
