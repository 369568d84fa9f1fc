"""Cards: large words over a film's first and last seconds, clear of what else is on the screen."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from onereel.cut.cards import add_cards
from onereel.cut.overlays.caption_place import captions_top
from onereel.cut.overlays.carding import Carding, room_of
from onereel.cut.overlays.placing import box_of
from onereel.cut.plan import Caption, Captions, Card, Clip, Cut, Presenter
from onereel.cut.render import render
from onereel.home import Home
from onereel.lettering import Lettering
from onereel.library.edits.revision import Version
from onereel.options import FilmOptions
from onereel.revoicing import with_end_card, without_end_card
from onereel.story.brief import MOST_SCENES, Brief
from onereel.story.platforms import SafeArea, platforms
from onereel.story.screenplay import Scene, Screenplay
from tests.footage import make_clip

SHAPES = {"16:9": (640, 360), "9:16": (360, 640), "1:1": (360, 360)}
LONG = "The lighthouse keeper who waited for seventeen winters beside a lamp that nobody could see"


def cut(shape: str = "16:9", *, seconds: int = 12, **fields: object) -> Cut:
    width, height = SHAPES[shape]
    clips = tuple(
        Clip(
            scene_id=f"s{number}",
            take_id="t",
            media=f"takes/{number}.mp4",
            start=Fraction(number * seconds, 2),
            source_out=Fraction(seconds, 2),
        )
        for number in range(2)
    )
    return Cut(title="The Light", width=width, height=height, clips=clips, **fields)


def ink(planned: Cut, card: Card, floor: float) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the bright letters of a card, in pixels."""
    middle = (card.start + card.end) / 2
    (shown,) = Carding(planned, Lettering(), floor=floor).overlays(middle)
    assert shown.premultiplied
    assert shown.image.shape == (planned.height, planned.width, 4)
    rows, columns = np.nonzero(shown.image[..., :3].min(axis=2) > 150)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


def test_a_title_and_an_end_stand_over_the_first_and_last_seconds():
    planned = add_cards(cut(), show="title and end", end="The End\n  onereel.example \n\n")
    assert [(each.text, each.start, each.end) for each in planned.cards] == [
        ("The Light", 0, 3),
        ("The End\nonereel.example", 9, 12),
    ]
    assert planned.duration == cut().duration
    assert add_cards(planned, show="off") == cut()


def test_a_short_film_has_half_for_each():
    planned = add_cards(cut(seconds=4), show="title and end", seconds=Fraction(5))
    assert [(each.start, each.end) for each in planned.cards] == [(0, 2), (2, 4)]
    (alone,) = add_cards(cut(seconds=4), seconds=Fraction(5)).cards
    assert (alone.start, alone.end) == (0, 4)


def test_a_film_without_a_title_has_no_empty_card():
    assert add_cards(cut().replace(title=" ")).cards == ()


def test_an_old_cut_is_the_same_cut():
    assert "cards" not in cut().model_dump(mode="json")
    planned = add_cards(cut())
    assert Cut.from_json(planned.to_json()) == planned


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("text", ["The Light", LONG, f"{LONG}\n{LONG}\n{LONG}", "W" * 60])
@pytest.mark.parametrize("name", ["tiktok", "any"])
def test_words_stand_where_the_platform_covers_nothing(
    shape: str, text: str, name: str, tmp_path: Path
):
    safe = platforms(Home(tmp_path / "p", tmp_path / "m"))[name].safe or SafeArea()
    planned = add_cards(cut(shape, safe=safe), title=text)
    floor = captions_top(planned)
    left, top, right, bottom = ink(planned, planned.cards[0], floor)
    assert left >= safe.left * planned.width
    assert right <= (1 - safe.right) * planned.width
    assert top >= safe.top * planned.height
    assert bottom <= floor


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("place", ["corner circle", "side panel"])
@pytest.mark.parametrize("corner", ["bottom right", "top left"])
@pytest.mark.parametrize("text", ["The Light", LONG])
def test_words_never_meet_the_presenter(shape: str, place: str, corner: str, text: str):
    who = Presenter(media="presenters/x.png", scenes=("s0",), place=place, corner=corner)
    planned = add_cards(cut(shape, presenters=(who,)), show="title and end", title=text, end=text)
    floor = captions_top(planned)
    box = box_of(who, planned, floor)
    left, top, right, bottom = ink(planned, planned.cards[0], floor)
    apart = (
        left >= box.x + box.width or right <= box.x or bottom <= box.y or top >= box.y + box.height
    )
    assert apart
    # Over a scene that it is not in, nobody is in the way.
    assert room_of(planned.cards[1], planned, floor) == room_of(
        planned.cards[1], planned.replace(presenters=()), floor
    )


def test_a_film_shows_its_cards_and_copies_the_rest(tmp_path: Path):
    home = Home(tmp_path / "private", tmp_path / "media")
    for number in range(2):
        make_clip(home.path(f"takes/{number}.mp4"), frames=144, size=(640, 360))
    planned = add_cards(cut(), show="title and end", seconds=Fraction(2))
    caption = Caption(text="Below it", start=Fraction(0), end=Fraction(2))
    planned = planned.replace(captions=Captions(mode="burned", items=(caption,)))
    with_cards = render(planned, tmp_path / "cards.mp4", home=home)
    bare = render(cut(), tmp_path / "bare.mp4", home=home)
    assert with_cards.duration == bare.duration
    assert 0 < with_cards.copied < bare.copied

    def ground(path: Path, second: float) -> float:
        """How light the corner is, which no letters and no bar of the clip reach."""
        with av.open(str(path)) as container:
            frame = next(each for each in container.decode(video=0) if each.time >= second)
        return float(frame.to_ndarray(format="gray")[:20, -20:].mean())

    for second in (0, 11.9):
        assert ground(with_cards.path, second) < 0.7 * ground(bare.path, second)
    assert ground(with_cards.path, 6) == pytest.approx(ground(bare.path, 6), abs=2)


def test_a_film_with_other_cards_is_another_film():
    play = Screenplay(title="x", brief=Brief(idea="x"), scenes=(Scene(id="a"),))
    plain = Version(screenplay=play).made_of
    assert Version(screenplay=play, options=FilmOptions(end_card="unseen")).made_of == plain
    titled = Version(screenplay=play, options=FilmOptions(cards="title")).made_of
    ended = Version(screenplay=play, options=FilmOptions(cards="title", end_card="Bye")).made_of
    assert len({plain, titled, ended}) == 3


def test_an_end_card_is_translated_with_the_film():
    play = Screenplay(title="x", brief=Brief(idea="x"), scenes=(Scene(id="a", narration="Hello."),))
    both = with_end_card(play, "The End\n\nonereel.example")
    assert [each.narration for each in both.scenes] == ["Hello.", "The End", "onereel.example"]
    assert without_end_card(both) == (play, "The End\nonereel.example")
    assert with_end_card(play, "") == play
    full = play.replace(scenes=tuple(Scene(id=f"s{at}") for at in range(MOST_SCENES)))
    assert with_end_card(full, "The End") == full
