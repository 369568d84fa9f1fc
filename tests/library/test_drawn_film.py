"""A film of drawn stills, with the real SDK against the stand-in: drawn once, and priced."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import av
import pytest

from onereel.commands.film import main as command_line
from onereel.errors import ApproveShots, ReviseBrief, ShootMissing, SwitchOnBuying
from onereel.library.edits.changes import Rewrite, read_changes
from onereel.library.edits.foreseeing import Foreseen, foresee
from onereel.library.films import Films
from onereel.library.jobs import Jobs
from onereel.library.prices.quick import quick_estimate
from onereel.library.running import plan_run
from onereel.library.views.film import Views
from onereel.library.views.plain import FilmView
from onereel.options import FilmOptions
from onereel.remote import Remote
from onereel.shoot.draft import shoot_draft
from onereel.shoot.drawing import DrawingOptions, DrawnFilm, shoot_drawn
from onereel.shoot.storyboard import pictures_on_disk
from onereel.shoot.takes import Takes
from onereel.story.brief import Brief
from onereel.story.screenplay import Screenplay
from tests.ledger_work import home_in
from tests.library.test_drawing import PATIENCE, PRICE, film, settings_for
from tests.standins import Fault, Google
from tests.standins.google import GEMINI_KEY

STILLS = FilmOptions(renderer="stills", resolution="480p")


class Room:
    """A stand-in, and a home in which films are shot as stills."""

    def __init__(self, google: Google, folder: Path) -> None:
        self.google = google
        self.home = home_in(folder)
        self.settings = settings_for(google.url)

    async def shoot(self, play: Screenplay, **more: Any) -> DrawnFilm:
        more = {"settings": self.settings, "resolution": "480p", **more}
        return await shoot_drawn(
            play, DrawingOptions(), home=self.home, remote=Remote(PATIENCE), **more
        )

    def charged(self) -> list[Decimal]:
        return [charge.amount for charge in self.google.charges]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Google() as google:
        yield Room(google, tmp_path)


async def test_every_scene_is_drawn_and_moved_over_once(room: Room):
    play = film()
    made = await room.shoot(play)
    assert [(take.scene_id, take.renderer, take.state) for take in made.takes] == [
        (scene.id, "stills", "ready") for scene in play.scenes
    ]
    assert room.charged() == [PRICE] * 3
    for take in made.takes:
        with av.open(str(room.home.path(take.clip))) as clip:
            assert clip.streams.video[0].frames >= 4 * 24
    again = await room.shoot(play)
    assert [take.id for take in again.takes] == [take.id for take in made.takes]
    assert again.notes == ("3 pictures are there already.",)
    assert len(room.charged()) == 3


async def test_another_take_is_another_picture(room: Room):
    play = film("The harbour at dawn")
    (first,) = (await room.shoot(play)).takes
    other = play.replace(scenes=(play.scenes[0].replace(take=2),))
    (second,) = (await room.shoot(other)).takes
    assert second.id != first.id and second.number == 2
    assert len(room.charged()) == 2


async def test_what_is_not_approved_stays_a_draft(room: Room):
    play = film()
    shoot_draft(play, home=room.home, resolution="480p")
    scenes = tuple(scene.replace(approved=scene.id == "s02") for scene in play.scenes)
    made = await room.shoot(play.replace(scenes=scenes), only_approved=True)
    assert [take.renderer for take in made.takes] == ["draft", "stills", "draft"]
    assert room.charged() == [PRICE]


async def test_what_was_approved_in_other_words_is_not_drawn(room: Room):
    play = film("The harbour at dawn")
    shoot_draft(play, home=room.home, resolution="480p")
    scene = play.scenes[0].replace(approved=True, prompt="The harbour at night")
    with pytest.raises(ApproveShots):
        await room.shoot(play.replace(scenes=(scene,)), only_approved=True)
    assert not room.charged()


async def test_a_chosen_take_plays_and_nothing_is_drawn(room: Room):
    play = film("The harbour at dawn")
    (take,) = (await room.shoot(play)).takes
    other = play.scenes[0].replace(take=1)
    Takes(room.home).choose(other, take)
    room.google.reset()
    (played,) = (await room.shoot(play.replace(scenes=(other,)))).takes
    assert played.id == take.id
    assert not room.google.requests or not room.charged()


@pytest.mark.parametrize("on_missing", ["stop", "draft", "leave out"])
async def test_a_refused_scene_is_named_drafted_or_left_out(room: Room, on_missing: Any):
    play = film()
    room.google.plan.set([Fault("filtered", where="outcome", nth=2)])
    if on_missing == "stop":
        with pytest.raises(ShootMissing, match=r"1 scene was not drawn. s0"):
            await room.shoot(play)
    else:
        made = await room.shoot(play, on_missing=on_missing)
        (odd,) = (take for take in made.takes if take.renderer != "stills" or not take.usable)
        assert odd.usable == (on_missing == "draft")
        assert "safety filter" in odd.note
        assert len(made.takes) == 3
    assert len(room.charged()) == 2


async def test_nothing_is_drawn_while_buying_is_off_or_for_more_than_was_agreed(room: Room):
    off = settings_for(room.google.url, buying={"on": False})
    with pytest.raises(SwitchOnBuying):
        await room.shoot(film(), settings=off)
    with pytest.raises(ApproveShots):
        await room.shoot(film(), at_most=Decimal("0.10"))
    assert not room.charged()


def test_the_price_before_and_after_it_is_written(room: Room):
    known = {"home": room.home, "settings": room.settings}
    brief = Brief(idea="A keeper and his lamp", duration=12, scene_count=3)
    quote = quick_estimate(brief, STILLS, **known)
    count = len(quote.card.scenes)
    assert count >= 3 and quote.allowed
    assert quote.at_most == PRICE * count
    assert {line.duration for line in quote.card.scenes} == {0}
    assert "for pictures" in quote.card.in_words()
    free = settings_for(room.google.url, buying={"free_key": True})
    assert quick_estimate(brief, STILLS, home=room.home, settings=free).at_most == 0
    off = settings_for(room.google.url, buying={"on": False})
    assert not quick_estimate(brief, STILLS, home=room.home, settings=off).allowed
    keyless = settings_for(room.google.url, gemini_api_key="")
    refusal = quick_estimate(brief, STILLS, home=room.home, settings=keyless).card
    assert refusal.refused_as == "AddKey"
    capped = settings_for(room.google.url, buying={"on": True, "day": "0.05"})
    refusal = quick_estimate(brief, STILLS, home=room.home, settings=capped).card
    assert refusal.refused_as == "RaiseCap"


class Library:
    """A library with one film of stills."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.films = Films.open(room.home, room.settings)
        self.views = Views(self.films, Jobs(self.films.database), room.home)
        play = film()
        play = play.replace(
            scenes=tuple(scene.replace(timed_to="silence") for scene in play.scenes)
        )
        self.id = self.films.create(play, options=STILLS).film.id

    def view(self) -> FilmView:
        return self.views.film(self.id, settings=self.room.settings)


async def test_the_library_shows_prices_stills_and_takes(room: Room):
    library = Library(room)
    view = library.view()
    assert [scene.price for scene in view.scenes] == [PRICE] * 3
    assert not view.shoot.allowed
    made = library.films.get(library.id)
    version = made.revision
    play = version.screenplay
    assert play
    plan = plan_run(
        made.brief,
        version,
        "shoot",
        scenes=["s02"],
        ceiling=PRICE,
        home=room.home,
        settings=room.settings,
    )
    assert plan.at_most == PRICE and plan.options.scenes == "approved scenes"
    with pytest.raises(ApproveShots, match=r"agree to that sum"):
        plan_run(
            *(made.brief, version, "shoot"),
            scenes="every",
            home=room.home,
            settings=room.settings,
        )
    rehearsal = plan_run(made.brief, version, "rehearse", home=room.home, settings=room.settings)
    assert rehearsal.at_most == 0 and rehearsal.options.scenes == "approved scenes"
    assert not any(scene.approved for scene in rehearsal.source.scenes)  # type: ignore[union-attr]

    await room.shoot(play)
    library.views = Views(library.films, Jobs(library.films.database), room.home)
    shown = library.view()
    assert [scene.state for scene in shown.scenes] == ["ready"] * 3
    assert [scene.price for scene in shown.scenes] == [PRICE] * 3
    assert shown.spent == PRICE * 3
    # A rehearsal plays what is drawn, and asks for nothing.
    rehearsal = plan_run(made.brief, version, "rehearse", home=room.home, settings=room.settings)
    assert all(scene.approved for scene in rehearsal.source.scenes)  # type: ignore[union-attr]


async def test_a_storyboard_shows_the_stills_that_are_drawn(room: Room):
    from onereel.shoot.drawing import draw_scenes

    play = film()
    shoot_draft(play, home=room.home, resolution="480p")
    drafts = pictures_on_disk(play, home=room.home)
    await draw_scenes(
        play,
        DrawingOptions(),
        home=room.home,
        settings=room.settings,
        only=["s02"],
        remote=Remote(PATIENCE),
    )
    board = pictures_on_disk(play, home=room.home)
    changed = [name for name in board if board[name].tobytes() != drafts[name].tobytes()]
    assert changed == ["s02"]


def test_a_film_of_stills_from_the_command_line(
    room: Room, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("ONEREEL_HOME", str(room.home.private))
    monkeypatch.setenv("ONEREEL_GOOGLE__GEMINI_ADDRESS", room.google.url)
    monkeypatch.setenv("ONEREEL_VOICE__ENGINE", "espeak")
    monkeypatch.setenv("GEMINI_API_KEY", GEMINI_KEY)
    room.home.private.mkdir(parents=True)
    words = ["A keeper and his lamp", "--duration", "8", "--scenes", "2"]
    words += ["--renderer", "stills", "--resolution", "480p"]
    output = room.home.private / "film.mp4"
    assert command_line([*words, "--estimate"]) == 0
    assert "At most $0.1008 for pictures (2 to buy)." in capsys.readouterr().out
    assert command_line([*words, "--output", str(output)]) == 1
    assert "Buying is off" in capsys.readouterr().err
    assert not room.charged()
    (room.home.private / "settings.toml").write_text("[buying]\non = true\n", "utf-8")
    assert command_line([*words, "--output", str(output)]) == 0
    assert room.charged() == [PRICE] * 2
    with av.open(str(output)) as reel:
        assert reel.streams.video and reel.streams.audio


async def test_what_another_look_would_cost_is_said_before(room: Room):
    library = Library(room)
    play = library.films.get(library.id).revision.screenplay
    assert play
    await room.shoot(play)
    look = read_changes([{"op": "look", "look": "noir"}])

    def foreseen(*changes: Any) -> Foreseen:
        return foresee(
            *(library.id, changes, library.films), home=room.home, settings=room.settings
        )

    found = foreseen(*look)
    assert found.again == found.changed == ("s01", "s02", "s03")
    assert found.at_most == PRICE * 3
    assert foreseen(*read_changes([{"op": "title", "title": "Quay"}])).again == ()
    takes = {take.scene_id: take.id for take in (await room.shoot(play)).takes}
    keep = read_changes([{"op": "choose", "scene": "s02", "take": takes["s02"]}])
    number = library.films.get(library.id).revision.number
    library.films.edit(library.id, number, [*look, *keep])
    library.views = Views(library.films, Jobs(library.films.database), room.home)
    view = library.view()
    assert [scene.state for scene in view.scenes] == ["planned", "ready", "planned"]
    assert view.undo == "2 changes"
    # The one that was kept plays; the others are drawn in the new look.
    shown = library.films.get(library.id).revision.screenplay
    assert shown
    made = await room.shoot(shown)
    assert [take.id == takes[take.scene_id] for take in made.takes] == [False, True, False]
    assert len(room.charged()) == 5
    library.films.undo(library.id)
    assert library.films.get(library.id).revision.screenplay == play


async def test_what_another_shape_or_script_would_cost_is_said_before(room: Room):
    library = Library(room)
    play = library.films.get(library.id).revision.screenplay
    assert play
    takes = {take.scene_id: take.id for take in (await room.shoot(play)).takes}

    def foreseen(*changes: Any) -> Foreseen:
        return foresee(
            *(library.id, changes, library.films), home=room.home, settings=room.settings
        )

    (shape,) = read_changes([{"op": "shape", "aspect": "9:16"}])
    found = foreseen(shape)
    assert (found.again, found.changed, found.at_most) == (("s01", "s02", "s03"), (), PRICE * 3)
    # Of 848 pixels the width of 270 is seen.
    assert [(each.scene, each.way, each.share) for each in found.kept] == [
        (scene, "cropped", 0.32) for scene in found.again
    ]
    (place,) = read_changes([{"op": "platform", "platform": "YouTube Shorts"}])
    larger = foreseen(place)
    assert (larger.again, larger.at_most) == (found.again, found.at_most)
    assert larger.kept[0].enlarged > found.kept[0].enlarged > 1
    (same,) = read_changes([{"op": "platform", "platform": "youtube"}])
    assert foreseen(same).again == ()
    (nowhere,) = read_changes([{"op": "platform", "platform": "a wall"}])
    with pytest.raises(ReviseBrief, match="There is no platform 'a wall'"):
        foreseen(nowhere)
    keep = read_changes([{"op": "choose", "scene": "s02", "take": takes["s02"]}])
    number = library.films.get(library.id).revision.number
    tall = library.films.edit(library.id, number, [shape, *keep])
    assert (tall.id, tall.brief.aspect) == (library.id, "9:16")
    # What was bought for the first shape plays again in it.
    (back,) = read_changes([{"op": "shape", "aspect": play.brief.aspect}])
    assert foreseen(back).again == ()
    # A take that was kept was bought, too: a third shape would crop it again.
    (square,) = read_changes([{"op": "shape", "aspect": "1:1"}])
    found = foreseen(square)
    assert (found.again, found.at_most) == (("s02",), PRICE)
    shown = tall.revision.screenplay
    assert shown
    made = await room.shoot(shown)
    assert [take.id == takes[take.scene_id] for take in made.takes] == [False, True, False]
    assert len(room.charged()) == 5

    library.films.undo(library.id)
    told = play.replace(scenes=play.scenes[:2], brief=play.brief.replace(tone="funny"))
    rewrite = Rewrite(screenplay=told)
    found = foreseen(rewrite)
    assert found.again == ("s01", "s02", "s03")
    assert found.at_most == PRICE * 2
    library.films.edit(library.id, number, [rewrite])
    assert foreseen(back).again == ()
    library.films.undo(library.id)
    assert library.films.get(library.id).revision.screenplay == play
    assert len(room.charged()) == 5
