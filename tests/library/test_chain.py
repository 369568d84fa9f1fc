"""Scenes that begin where the one before them ends: what is sent, what stays pinned, what it
costs."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from fractions import Fraction
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from onereel.cast.picture import keep_picture
from onereel.cut.assemble import assemble
from onereel.cut.render import render as render_cut
from onereel.errors import ApproveShots, ChooseRenderer, RaiseCap, ShootMissing
from onereel.home import Home
from onereel.remote import Patience, Remote
from onereel.settings import BuyingSettings, Settings
from onereel.shoot.buying.opening import open_ledger
from onereel.shoot.buying.studio import shoot_paid
from onereel.shoot.collect import collect_clip
from onereel.shoot.draft import shoot_draft
from onereel.shoot.order import PaidOptions, Pictures
from onereel.shoot.prices.estimate import estimate
from onereel.shoot.take import Take
from onereel.shoot.takes import Takes
from onereel.story.brief import Brief
from onereel.story.edit import edit_scenes, read_edits
from onereel.story.screenplay import Scene, Screenplay
from tests.standins import Fault, Google
from tests.standins.video import Clip, render

VEO = PaidOptions(renderer="veo")
REMOTE = Remote(Patience(look=0.02, base=0.01, most=0.05))


@pytest.fixture(scope="module")
def google() -> Iterator[Google]:
    with Google(latency=0) as server:
        yield server


class Set:
    """A home that may buy, and what the stand-in was asked for."""

    def __init__(self, google: Google, home: Home, settings: Settings) -> None:
        self.google, self.home, self.settings = google, home, settings

    async def shoot(self, play: Screenplay, options: PaidOptions = VEO, **more: Any) -> list[Take]:
        known = {"home": self.home, "settings": self.settings, "remote": REMOTE}
        return list(await shoot_paid(play, options, **{**known, **more}))

    def card(self, play: Screenplay, options: PaidOptions = VEO, **more: Any) -> Any:
        return estimate(play, options, home=self.home, settings=self.settings, **more)

    def sent(self, beginning: str) -> list[dict[str, Any]]:
        """The instances of the requests whose prompts begin so."""
        return [
            instance
            for request in self.google.requests
            if request.path.endswith(":predictLongRunning")
            for instance in request.json["instances"]
            if instance["prompt"].startswith(beginning)
        ]

    @property
    def bought(self) -> int:
        return len(self.google.charges)

    def last_of(self, take: Take) -> np.ndarray:
        """The last frame of a take, decoded from the very beginning of its clip."""
        with av.open(str(self.home.path(take.clip))) as container:
            *_, last = container.decode(video=0)
            return last.to_ndarray(format="rgb24")


@pytest.fixture
def studio(google, tmp_path, monkeypatch) -> Set:
    google.reset()
    google.requests.clear()
    for name, value in google.environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    home = Home(private=tmp_path / "private", media=tmp_path / "media")
    buying = BuyingSettings.model_validate({"on": True, "day": Decimal(50)})
    return Set(google, home, Settings.load(home).model_copy(update={"buying": buying}))


def chained(*prompts: str, **fields: Any) -> Screenplay:
    """A film of which every scene but the first begins where the one before it ends."""
    scenes = tuple(
        Scene(
            id=f"s{number:02}",
            prompt=prompt,
            duration=Fraction(4),
            continues=number > 1,
            **fields,
        )
        for number, prompt in enumerate(prompts, start=1)
    )
    return Screenplay(title="Chain", brief=Brief(idea="A chain"), scenes=scenes)


def edited(play: Screenplay, *lines: str) -> Screenplay:
    return edit_scenes(play, read_edits("\n".join(lines), play))[0]


def pixels_of(instance: dict[str, Any]) -> np.ndarray:
    """The picture that a request begins with, decoded."""
    data = base64.b64decode(instance["image"]["bytesBase64Encoded"])
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


async def test_a_scene_is_sent_the_last_frame_of_the_take_before_it(studio):
    play = chained("A harbour", "A boat", "A storm")
    first, second, _ = await studio.shoot(play)
    (boat,), (storm,) = studio.sent("A boat"), studio.sent("A storm")
    assert np.array_equal(pixels_of(boat), studio.last_of(first))
    assert np.array_equal(pixels_of(storm), studio.last_of(second))
    assert not np.array_equal(pixels_of(boat), pixels_of(storm))
    assert "image" not in studio.sent("A harbour")[0]


async def test_omni_is_sent_it_too(studio):
    first, _ = await studio.shoot(chained("A harbour", "A boat"), PaidOptions(renderer="omni"))
    (boat,) = (
        request.json
        for request in studio.google.requests
        if request.method == "POST" and "A boat" in str(request.json)
    )
    assert boat["generation_config"]["video_config"]["task"] == "image_to_video"
    (content,) = [part["content"] for part in boat["input"]]
    (image,) = [part["data"] for part in content if part["type"] == "image"]
    sent = np.asarray(Image.open(io.BytesIO(base64.b64decode(image))))
    assert np.array_equal(sent, studio.last_of(first))


async def test_the_last_frame_is_the_last_and_not_any_other(studio):
    first, _ = await studio.shoot(chained("A harbour", "A boat"))
    with av.open(str(studio.home.path(first.clip))) as container:
        others = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)][:-1]
    sent = pixels_of(studio.sent("A boat")[0])
    assert not any(np.array_equal(sent, other) for other in others[-11:])


async def test_the_price_is_known_before_and_is_that_of_other_scenes(studio):
    alone = chained("A harbour", "A boat")
    alone = alone.replace(scenes=[each.replace(continues=False) for each in alone.scenes])
    play = chained("A harbour", "A boat")
    before = studio.card(play)
    assert before.total == studio.card(alone).total == Decimal("0.80")
    takes = await studio.shoot(play)
    assert sum(take.cost for take in takes) == before.total
    after = studio.card(play)
    assert (after.total, [line.owned for line in after.scenes]) == (0, [True, True])


async def test_the_same_film_again_buys_nothing(studio):
    play = chained("A harbour", "A boat", "A storm")
    takes = await studio.shoot(play)
    again = await studio.shoot(play)
    assert again == takes
    assert studio.bought == 3


async def test_another_take_before_it_changes_nothing_until_it_is_accepted(studio):
    play = chained("A harbour", "A boat", "A storm")
    takes = await studio.shoot(play)

    redone = edited(play, "s01 take: 2", "s01 prompt: A harbour at night")
    card = studio.card(redone)
    assert [line.scene_id for line in card.scenes if not line.owned] == ["s01"]
    again = await studio.shoot(redone)
    assert studio.bought == 4
    assert [take.id for take in again[1:]] == [take.id for take in takes[1:]]

    card = studio.card(redone)
    (offer,) = [note for note in card.notes if note.startswith("s02 begins")]
    assert "s02, s03 would be shot again for at most $0.80" in offer
    assert card.total == 0
    assert studio.bought == 4

    accepted = edited(redone, "s02 frame: 2", "s03 frame: 2")
    card = studio.card(accepted)
    assert [line.scene_id for line in card.scenes if not line.owned] == ["s02", "s03"]
    assert card.total == Decimal("0.80")
    assert not any("would be shot again" in note for note in card.notes)
    new = await studio.shoot(accepted)
    assert studio.bought == 6
    assert np.array_equal(pixels_of(studio.sent("A boat")[1]), studio.last_of(new[0]))
    assert np.array_equal(pixels_of(studio.sent("A storm")[1]), studio.last_of(new[1]))


async def test_who_takes_the_acceptance_back_has_the_old_takes(studio):
    play = chained("A harbour", "A boat")
    takes = await studio.shoot(play)
    other = edited(play, "s01 prompt: Fog", "s02 frame: 2")
    await studio.shoot(other)
    assert studio.bought == 4
    assert await studio.shoot(play) == takes
    assert studio.bought == 4


async def test_a_frame_that_was_accepted_again_is_pinned_again(studio):
    """Its take is one that was bought before, so that nothing new in the ledger says so."""
    play = chained("A harbour", "A boat")
    takes = await studio.shoot(play)
    await studio.shoot(edited(play, "s01 prompt: Fog", "s02 frame: 2"))
    back = edited(play, "s02 frame: 3")
    assert [take.id for take in await studio.shoot(back)] == [take.id for take in takes]
    assert studio.bought == 4
    await studio.shoot(edited(back, "s01 prompt: Rain"))
    assert studio.bought == 5


async def test_a_scene_that_is_rewritten_begins_where_it_began(studio):
    play = chained("A harbour", "A boat")
    first, _ = await studio.shoot(play)
    await studio.shoot(edited(play, "s01 prompt: Fog"))
    await studio.shoot(edited(play, "s01 prompt: Fog", "s02 prompt: A ship"))
    assert studio.bought == 4
    assert np.array_equal(pixels_of(studio.sent("A ship")[0]), studio.last_of(first))


async def test_a_copy_of_a_film_keeps_its_frames(studio):
    play = chained("A harbour", "A boat")
    await studio.shoot(play)
    copy = play.replace(brief=Brief(idea="A chain", film="copy"))
    await studio.shoot(edited(copy, "s01 prompt: Fog"))
    assert studio.bought == 3


async def test_a_moved_scene_keeps_its_frame_and_the_offer_says_what_it_would_be(studio):
    play = chained("A harbour", "A boat", "A storm")
    await studio.shoot(play)
    moved = edited(play, "order s01 s03 s02")
    card = studio.card(moved)
    assert card.total == 0
    offers = [note for note in card.notes if "would be shot again" in note]
    assert [note.partition(" begins")[0] for note in offers] == ["s03"]
    assert "s03, s02 would be shot again for at most $0.80" in offers[0]


async def test_scenes_that_do_not_continue_are_shot_meanwhile(studio, google):
    """The chain waits at its first scene; what does not belong to it goes on."""
    play = chained("A harbour", "A boat", "A meadow")
    *before, last = play.scenes
    play = play.replace(scenes=(*before, last.replace(continues=False)))
    google.plan.set([Fault("filtered", where="outcome", match="A harbour", times=None)])
    harbour, boat, meadow = await studio.shoot(play, on_missing="leave out")
    assert (harbour.state, boat.state, meadow.state) == ("refused", "failed", "ready")
    assert boat.note.startswith("Scene s02 begins where s01 ends, and s01 was not shot")
    assert not studio.sent("A boat")
    google.plan.set([])
    assert [take.state for take in await studio.shoot(play)] == ["ready"] * 3
    assert studio.bought == 3


async def test_a_missing_scene_is_named_with_all_that_waits_for_it(studio, google):
    google.plan.set([Fault("filtered", where="outcome", match="A harbour", times=None)])
    with pytest.raises(ShootMissing, match=r"2 scenes were not shot\. s01: .*; s02: Scene s02"):
        await studio.shoot(chained("A harbour", "A boat"))


async def test_more_scenes_than_are_shot_at_once_do_not_block_each_other(studio, google):
    google.veo.at_once = 2
    play = chained(*(f"Robot {number}" for number in range(12)))
    try:
        takes = await studio.shoot(play)
    finally:
        google.veo.at_once = 10_000
    assert [take.state for take in takes] == ["ready"] * 12
    assert studio.bought == 12


async def test_the_cap_is_asked_for_the_whole_chain_before_anything_is_sent(studio):
    buying = studio.settings.buying.model_copy(update={"day": Decimal("0.79")})
    low = studio.settings.model_copy(update={"buying": buying})
    with pytest.raises(RaiseCap, match=r"2 shots can cost up to 0\.80 dollars"):
        await studio.shoot(chained("A harbour", "A harbour"), settings=low)
    assert not studio.google.requests


async def test_a_scene_whose_predecessor_is_not_approved_is_not_bought(studio):
    first, second = chained("A harbour", "A boat").scenes
    play = chained("A harbour", "A boat").replace(scenes=(first, second.replace(approved=True)))
    shoot_draft(play, home=studio.home, resolution="480p")
    told = "s02 begins where s01 ends, and s01 is not shot. Approve s01 too"
    assert told in studio.card(play, only_approved=True).refusal
    with pytest.raises(ApproveShots, match=told):
        await studio.shoot(play, only_approved=True)
    assert not studio.google.requests


async def test_a_rehearsal_of_a_chain_is_free(studio):
    takes = shoot_draft(chained("A harbour", "A boat"), home=studio.home, resolution="480p")
    assert [take.state for take in takes] == ["draft", "draft"]
    assert not studio.google.requests


async def test_a_clip_of_the_film_makers_own_is_gone_on_from(studio, tmp_path):
    play = chained("A harbour", "A boat")
    clip = Clip("mine", 3, "op", 0, "mine", 640, 360, 4, sound=True)
    source = tmp_path / "mine.mp4"
    source.write_bytes(render(clip))
    film_id, scene = play.brief.film_id, play.scenes[0]
    mine = collect_clip(scene, source, film_id=film_id, home=studio.home, renderer="brought")
    Takes(studio.home).choose(scene, mine)
    await studio.shoot(play)
    assert studio.bought == 1
    assert np.array_equal(pixels_of(studio.sent("A boat")[0]), studio.last_of(mine))


async def test_a_picture_that_is_connected_comes_first(studio):
    given = keep_picture(np.full((90, 160, 3), 7, np.uint8), home=studio.home)
    play = chained("A harbour", "A boat")
    await studio.shoot(play, pictures={"s02": Pictures(first=given)})
    assert pixels_of(studio.sent("A boat")[0]).shape == (90, 160, 3)
    with closing(open_ledger(studio.home, studio.settings)) as ledger:
        assert [entry.shot.begins for entry in ledger.entries()] == [None, None]


async def test_references_and_a_first_frame_are_one_too_many(studio):
    given = keep_picture(np.full((90, 160, 3), 7, np.uint8), home=studio.home)
    with pytest.raises(ChooseRenderer, match=r"Scene s02 begins where .* disconnect the"):
        await studio.shoot(
            chained("A harbour", "A boat"),
            pictures={"s02": Pictures(references=(given,))},
        )
    assert not studio.google.requests


async def test_a_model_without_first_frames_is_named_before_anything_is_sent(studio):
    row = '["my-veo"]\nrenderer = "veo"\nsource = "me"\ndoors = ["vertex"]\ntasks = ["text"]\n'
    row += 'durations = [4]\naspects = ["16:9"]\nresolutions = ["720p"]\nsound = "always"\n'
    studio.home.private.mkdir(exist_ok=True)
    (studio.home.private / "models.toml").write_text(row + "prices = { 720p = 0.1 }\n", "utf-8")
    with pytest.raises(ChooseRenderer, match=r"Scene s02 .* my-veo takes no first frame"):
        await studio.shoot(chained("A harbour", "A boat"), VEO.replace(model="my-veo"))
    assert not studio.google.requests


async def test_the_first_scene_of_a_film_begins_by_itself(studio):
    play = chained("A harbour")
    play = play.replace(scenes=(play.scenes[0].replace(continues=True),))
    await studio.shoot(play)
    assert "image" not in studio.sent("A harbour")[0]


async def test_a_frame_outlives_the_clip_and_the_picture_it_came_from(studio):
    play = chained("A harbour", "A boat")
    first, _ = await studio.shoot(play)
    expected = studio.last_of(first)
    for path in studio.home.path("pictures/x.png").parent.glob("*.png"):
        path.unlink()
    await studio.shoot(edited(play, "s02 prompt: A ship"))
    assert np.array_equal(pixels_of(studio.sent("A ship")[0]), expected)


async def test_a_pinned_frame_that_is_gone_for_good_says_what_to_do(studio):
    play = chained("A harbour", "A boat")
    first, _ = await studio.shoot(play)
    redone = edited(play, "s01 prompt: Fog")
    await studio.shoot(redone)
    for path in studio.home.path("pictures/x.png").parent.glob("*.png"):
        path.unlink()
    studio.home.path(first.clip).unlink()
    # What was shot from it plays on.
    assert len(await studio.shoot(redone)) == 2
    with pytest.raises(ShootMissing, match="accept the frame with which the scene before ends"):
        await studio.shoot(edited(redone, "s02 prompt: A ship"))
    assert studio.bought == 3
    await studio.shoot(edited(redone, "s02 prompt: A ship", "s02 frame: 2"))
    assert studio.bought == 4


async def test_the_cut_plays_a_clip_to_the_frame_that_the_next_begins_with(studio, tmp_path):
    play = chained("A harbour", "A boat", "A storm")
    first, second, third = play.scenes
    scenes = (first.replace(duration=Fraction(3)), second.replace(duration=Fraction(3)), third)
    play = play.replace(scenes=scenes)
    takes = await studio.shoot(play)
    cut = assemble(play, takes, home=studio.home, fit="trim")
    assert [(clip.source_in, clip.source_out) for clip in cut.clips] == [(1, 4), (1, 4), (0, 4)]
    alone = play.replace(scenes=tuple(each.replace(continues=False) for each in scenes))
    others = assemble(alone, takes, home=studio.home, fit="trim")
    assert [(clip.source_in, clip.source_out) for clip in others.clips] == [(0, 3), (0, 3), (0, 4)]
    reel = render_cut(cut, tmp_path / "film.mp4", home=studio.home)
    with av.open(str(reel.path)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert len(frames) == 10 * 24
    # Encoded once more: close to the frame, and far from what else the film shows.
    ends = [frames[3 * 24 - 1], frames[6 * 24 - 1]]
    for end, take in zip(ends, takes, strict=False):
        shown = studio.last_of(take).astype(float)
        assert np.abs(end.astype(float) - shown).mean() < 3
