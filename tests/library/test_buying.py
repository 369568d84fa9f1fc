"""Buying takes: the real SDK against the stand-in, a real ledger, real files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from onereel.cast.picture import keep_picture
from onereel.commands.ledger import main as ledger_command
from onereel.cut.assemble import assemble
from onereel.cut.render import render
from onereel.errors import (
    AddKey,
    ApproveShots,
    Cancelled,
    ChooseRenderer,
    EnterPrice,
    RaiseCap,
    ReviseScreenplay,
    ShootMissing,
    SwitchOnBuying,
)
from onereel.home import Home
from onereel.remote import Patience, Remote
from onereel.settings import BuyingSettings, Settings
from onereel.shoot.buying.opening import open_ledger
from onereel.shoot.buying.studio import notes_on, resume_takes, shoot_paid
from onereel.shoot.draft import shoot_draft
from onereel.shoot.models.registry import Registry
from onereel.shoot.order import PaidOptions, Pictures
from onereel.shoot.prices.estimate import estimate
from onereel.shoot.takes import Takes
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.work import Cancel, Progress, Report
from tests.standins import Fault, Google

VEO = PaidOptions(renderer="veo")
FAST = "veo-3.1-fast-generate-001"
TODAY = datetime.now(UTC).date()
KNOWN = Registry.load(Home(private=Path("/nowhere"), media=Path("/nowhere")))


@pytest.fixture(scope="module")
def google() -> Iterator[Google]:
    with Google(latency=0) as server:
        yield server


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


@pytest.fixture
def settings(home, google, tmp_path, monkeypatch) -> Settings:
    google.reset()
    google.veo.looks = 0
    google.requests.clear()
    for name, value in google.environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    return with_buying(Settings.load(home), on=True, day=Decimal(50))


def with_buying(settings: Settings, **changes: object) -> Settings:
    buying = BuyingSettings.model_validate({**settings.buying.model_dump(), **changes})
    return settings.model_copy(update={"buying": buying})


def film(*prompts: str, aspect: str = "16:9", seconds: int = 4, **fields: object) -> Screenplay:
    scenes = [
        Scene(id=f"s{number:02}", prompt=prompt, duration=Fraction(seconds), **fields)
        for number, prompt in enumerate(prompts, start=1)
    ]
    brief = Brief(idea="A test of buying", aspect=aspect)
    return Screenplay(title="Test", brief=brief, scenes=tuple(scenes))


def submits(google: Google) -> list[dict[str, object]]:
    return [each.json for each in google.requests if each.path.endswith(":predictLongRunning")]


async def test_a_scene_without_words_is_refused_before_anything_is_sent(home, settings, google):
    with pytest.raises(ReviseScreenplay, match="Scene s01 has no shot prompt"):
        await shoot_paid(film(""), VEO, home=home, settings=settings)
    assert not google.requests


async def test_a_narrated_scene_asks_for_no_speech_and_for_no_sound(home, settings, google):
    play = film("A harbour", narration="The harbour wakes.")
    await shoot_paid(play, VEO, home=home, settings=settings)
    (sent,) = submits(google)
    assert sent["instances"][0]["prompt"].startswith("A harbour No dialogue, no voice-over")
    assert sent["parameters"]["generateAudio"] is False


async def test_a_clip_covers_the_scene_and_the_dissolve_behind_it(home, settings, google):
    first, second = film("One", "Two").scenes
    play = film("One", "Two").replace(scenes=(first, second.replace(transition="dissolve")))
    takes = await shoot_paid(play, VEO, home=home, settings=settings)
    assert [take.duration for take in takes] == [6, 4]


async def test_a_square_film_is_shot_wide(home, settings, google):
    (take,) = await shoot_paid(film("A square", aspect="1:1"), VEO, home=home, settings=settings)
    assert (take.width, take.height) == (1280, 720)


async def test_the_same_shot_in_another_film_is_the_same_take(home, settings, google):
    await shoot_paid(film("A cliff"), VEO, home=home, settings=settings)
    other = film("A cliff").replace(brief=Brief(idea="Another film"))
    (take,) = await shoot_paid(other, VEO, home=home, settings=settings)
    assert take.film_id == other.brief.film_id
    assert len(google.charges) == 1


async def test_a_higher_take_number_buys_another(home, settings, google):
    await shoot_paid(film("A cliff"), VEO, home=home, settings=settings)
    again = VEO.replace(take=2)
    (take,) = await shoot_paid(film("A cliff"), again, home=home, settings=settings)
    assert (take.number, len(google.charges)) == (2, 2)


async def test_another_compression_of_a_picture_is_the_same_picture(home, settings, google):
    pixels = np.full((90, 160, 3), (10, 60, 90), np.uint8)
    for _ in range(2):
        picture = keep_picture(pixels, home=home)
        home.path(picture.name).unlink()
        picture = keep_picture(pixels.copy(), home=home)
        given = {"s01": Pictures(first=picture)}
        await shoot_paid(film("A cliff"), VEO, home=home, settings=settings, pictures=given)
    assert len(google.charges) == 1


async def test_two_fail_and_four_succeed(home, settings, google):
    google.plan.set(
        [Fault("error", where="outcome", match=word, times=None) for word in ("Two", "Five")]
    )
    play = film("One", "Two", "Three", "Four", "Five", "Six")
    with pytest.raises(ShootMissing) as failed:
        await shoot_paid(play, VEO, home=home, settings=settings)
    assert failed.value.user_message.startswith("2 scenes were not shot.")
    assert "not shot. s02, s05: " in failed.value.user_message
    assert len(list((home.media / "takes").rglob("*.mp4"))) == 4
    google.plan.set([])
    left = await shoot_paid(play, VEO, home=home, settings=settings, on_missing="leave out")
    assert [take.state for take in left].count("ready") >= 4


async def test_what_strikes_all_scenes_is_said_once(home, settings, google):
    google.plan.set([Fault("403", where="submit", times=None)])
    with pytest.raises(ShootMissing) as failed:
        await shoot_paid(film("One", "Two", "Three"), VEO, home=home, settings=settings)
    told = failed.value.user_message
    assert told.startswith("3 scenes were not shot. s01, s02, s03: ")
    assert told.count("settings check") == 1


async def test_scenes_that_could_not_be_had_are_labelled_drafts_if_asked(home, settings, google):
    google.plan.set([Fault("filtered", where="outcome", match="Two", times=None)])
    takes = await shoot_paid(
        film("One", "Two"), VEO, home=home, settings=settings, on_missing="draft"
    )
    assert [take.state for take in takes] == ["ready", "draft"]
    _, drafts = notes_on(takes, VEO, home=home, settings=settings)
    assert drafts.startswith("Drafts: s02 (") and takes[1].note.rstrip(".") in drafts
    assert len(google.charges) == 1


async def test_a_refusal_often_passes_the_second_time(home, settings, google):
    google.plan.set([Fault("filtered", where="outcome", times=1)])
    (take,) = await shoot_paid(film("One"), VEO, home=home, settings=settings)
    assert take.state == "ready"
    assert (len(submits(google)), len(google.charges)) == (2, 1)


async def test_a_refused_prompt_is_softened_only_if_the_owner_allows(home, settings, google):
    google.plan.set(
        [Fault("filtered", where="outcome", match="fights", times=None, code="61493863")]
    )
    play = film("A clown fights the wind")
    with pytest.raises(ShootMissing, match=r"\[-fights-\]\{\+argues\+\}"):
        await shoot_paid(play, VEO, home=home, settings=settings)
    assert not google.charges
    allowed = with_buying(settings, medic="allow")
    (take,) = await shoot_paid(play, VEO, home=home, settings=allowed)
    assert take.state == "ready"
    sent = len(submits(google))
    (again,) = await shoot_paid(play, VEO, home=home, settings=settings)
    assert (again, len(submits(google))) == (take, sent)
    with open_ledger(home, settings) as ledger:
        (refused, revised) = ledger.entries()
    assert refused.revised_to == revised.key
    assert refused.diff == "[-fights-]{+argues+}"
    receipt = home.path(take.clip).with_suffix(".receipt.json")
    assert json.loads(receipt.read_text("utf-8"))["revised"] == refused.diff
    _, told = notes_on((take,), VEO, home=home, settings=settings)
    assert told == f"s01: Shot in softer words: {refused.diff}."


async def test_a_lost_file_is_fetched_again_and_not_bought(home, settings, google):
    (take,) = await shoot_paid(film("One"), VEO, home=home, settings=settings)
    clip = home.path(take.clip)
    before = clip.read_bytes()
    clip.unlink()
    off = with_buying(settings, on=False)
    (again,) = await shoot_paid(film("One"), VEO, home=home, settings=off)
    assert (again, clip.read_bytes()) == (take, before)
    clip.write_bytes(before[:-1] + b"?")
    await shoot_paid(film("One"), VEO, home=home, settings=off)
    assert clip.read_bytes() == before
    assert len(google.charges) == 1


@pytest.mark.parametrize(
    ("options", "told_so"),
    [
        (VEO, r"charged when done: projects/.*; the next run picks them up\.$"),
        (
            PaidOptions(renderer="omni"),
            r"them up, within 48 hours: the service keeps no clip",
        ),
    ],
    ids=["veo", "omni"],
)
async def test_what_is_under_way_when_the_user_stops_is_brought_home_later(
    options, told_so, home, settings, google
):
    google.plan.set([Fault("slow", where="outcome", seconds=3600)])
    cancel = Cancel()
    shooting = asyncio.create_task(
        shoot_paid(film("One"), options, home=home, settings=settings, cancel=cancel)
    )
    while not any(event.kind == "polled" for event in google.log.after()):
        await asyncio.sleep(0.02)
    cancel.request()
    with pytest.raises(Cancelled, match=told_so):
        await shooting
    ((_, generation),) = google.world.generations.items()
    generation.latency = 0
    off = with_buying(settings, on=False)
    (told,) = (await resume_takes([], home=home, settings=off)).items()
    (take,) = await shoot_paid(film("One"), options, home=home, settings=off)
    assert told == (take.id, take)
    assert len(google.charges) == 1


async def test_while_buying_is_off_nothing_leaves(home, settings, google):
    with pytest.raises(SwitchOnBuying, match="Buying is off, so nothing was sent"):
        await shoot_paid(film("One"), VEO, home=home, settings=with_buying(settings, on=False))
    assert not google.requests


async def test_a_batch_that_would_pass_a_cap_is_not_begun(home, settings, google):
    low = with_buying(settings, day=Decimal("0.79"))
    with pytest.raises(RaiseCap, match=r"2 shots can cost up to 0\.80 dollars"):
        await shoot_paid(film("One", "Two"), VEO, home=home, settings=low)
    assert not google.requests


async def test_a_batch_that_would_pass_a_cap_brings_home_what_is_under_way(home, settings, google):
    google.plan.set([Fault("never", where="outcome", match="One")])
    quick = Remote(Patience(look=0.02, base=0.01))
    cancel = Cancel()
    first = asyncio.create_task(
        shoot_paid(film("One"), VEO, home=home, settings=settings, cancel=cancel, remote=quick)
    )
    while not any(event.kind == "polled" for event in google.log.after()):
        await asyncio.sleep(0.02)
    cancel.request()
    with pytest.raises(Cancelled):
        await first
    (generation,) = google.world.generations.values()
    generation.outcome = None
    low = with_buying(settings, day=Decimal("1.00"))
    with pytest.raises(RaiseCap, match=r"2 shots can cost up to 0\.80 dollars, and 0\.40"):
        await shoot_paid(film("One", "Two", "Three"), VEO, home=home, settings=low, remote=quick)
    assert len(submits(google)) == 1
    with open_ledger(home, settings) as ledger:
        (entry,) = ledger.entries(states=["settled"])
    assert home.path(entry.take.clip).is_file()


async def test_samples_that_turn_up_one_by_one_are_all_found(home, settings, google):
    bucket = settings.google.model_copy(update={"bucket": "gs://onereel-takes/films"})
    settings = settings.model_copy(update={"google": bucket})
    holds = [Fault("hold", where="storage", nth=number) for number in (1, 2)]
    google.plan.set([Fault("reset", where="submit", late=True), *holds])
    shooting = asyncio.create_task(
        shoot_paid(
            film("One"),
            VEO.replace(samples=2),
            home=home,
            settings=settings,
            remote=Remote(Patience(look=0.02)),
        )
    )
    late: set[str] = set()
    for _ in holds:
        while not google.log.held:
            await asyncio.sleep(0.01)
        if late:
            google.world.removed -= late
        else:
            late = {f"onereel-takes/{name}" for name in google.world.objects("onereel-takes")}
            late = {name for name in late if name.endswith("_1.mp4")}
            google.world.removed |= late
        google.log.go()
    (take,) = await shooting
    assert len(late) == 1
    assert len(Takes(home).samples(take)) == 1
    assert take.cost == sum(charge.amount for charge in google.charges) == Decimal("0.80")


async def test_without_credentials_the_sentence_says_what_to_add(home, settings, monkeypatch):
    monkeypatch.delenv("GEMINI_API_KEY")
    poor = with_buying(Settings.load(home), on=True)
    with pytest.raises(AddKey, match="settings set gemini-api-key"):
        await shoot_paid(film("One"), PaidOptions(renderer="omni"), home=home, settings=poor)


async def test_a_price_that_nobody_knows_cannot_be_bought(home, settings, google):
    home.private.mkdir(exist_ok=True)
    row = '["my-veo"]\nrenderer = "veo"\nsource = "me"\ndoors = ["vertex"]\ntasks = ["text"]\n'
    row += 'durations = [4]\naspects = ["16:9"]\nresolutions = ["720p"]\nsound = "always"\n'
    (home.private / "models.toml").write_text(row, "utf-8")
    with pytest.raises(EnterPrice, match="Nobody knows what a second"):
        await shoot_paid(film("One"), VEO.replace(model="my-veo"), home=home, settings=settings)
    assert not google.requests


async def test_an_illegal_shot_is_refused_before_anything_is_sent(home, settings, google):
    with pytest.raises(ChooseRenderer, match="720p, 1080p or 4k"):
        await shoot_paid(film("One"), VEO.replace(resolution="360p"), home=home, settings=settings)
    assert not google.requests


async def test_each_shot_is_shown_with_what_the_film_has_cost_so_far(home, settings, google):
    google.plan.set([Fault("400", where="submit", match="Three", times=None)])
    seen: list[Report] = []
    progress = Progress(seen.append)
    play = film("One", "Two", "Three")
    await shoot_paid(
        play, VEO, home=home, settings=settings, on_missing="leave out", progress=progress
    )
    shown = [report for report in seen if report.preview is not None]
    assert [report.note.partition(" is ready: ")[2] for report in shown] == [
        "$0.40 of at most $1.20",
        "$0.80 of at most $1.20",
    ]
    assert all(report.preview.size == (1280, 720) for report in shown)
    assert any(report.note.startswith("s03: ") for report in seen)


async def test_the_estimate_is_never_passed(home, settings, google):
    play = film("One", "Two", "Three", seconds=5)
    card = estimate(play, VEO, home=home, settings=settings)
    takes = await shoot_paid(play, VEO, home=home, settings=settings)
    charged = sum((charge.amount for charge in google.charges), Decimal(0))
    assert charged == sum((take.cost for take in takes), Decimal(0)) <= card.total
    assert estimate(play, VEO, home=home, settings=settings).total == 0


@pytest.mark.parametrize("model", [model.name for model in KNOWN.usable(TODAY)])
async def test_no_model_ever_costs_more_than_its_estimate(model, home, settings, google):
    known = KNOWN.model(model)
    for number, resolution in enumerate(known.resolutions):
        wish = PaidOptions(renderer=known.renderer, model=model, resolution=resolution)
        sounds = ("on", "off") if known.sound == "optional" else ("auto",)
        wish = wish.replace(sound=sounds[number % len(sounds)])
        wish = wish.replace(samples=min(2, known.most_samples or 1))
        shortest = min(known.durations)
        scenes = [
            Scene(id=f"s{length}", prompt=f"Length {length}", duration=length, narration=words)
            for length, words in ((shortest, "Spoken."), (shortest + 1, ""))
        ]
        play = film("One").replace(scenes=tuple(scenes))
        card = estimate(play, wish, home=home, settings=settings)
        before = len(google.charges)
        takes = await shoot_paid(play, wish, home=home, settings=settings)
        charged = sum((charge.amount for charge in google.charges[before:]), Decimal(0))
        assert 0 < charged == sum((take.cost for take in takes), Decimal(0)) <= card.total


async def test_a_film_whose_model_is_gone_is_shot_by_the_successor_if_allowed(
    home, settings, google
):
    google.plan.set([Fault("404", where="submit", match="One", times=1)])
    home.private.mkdir(exist_ok=True)
    row = f'["{FAST}"]\nsuccessor = "veo-3.1-lite-generate-001"\n'
    (home.private / "models.toml").write_text(row, "utf-8")
    with pytest.raises(ShootMissing):
        await shoot_paid(film("One"), VEO, home=home, settings=settings)
    google.plan.set([Fault("404", where="submit", match="One", times=1)])
    allowed = with_buying(settings, lapsed_model="replace")
    (take,) = await shoot_paid(film("One"), VEO, home=home, settings=allowed)
    assert take.model == "veo-3.1-lite-generate-001"
    assert take.note == f"{FAST} is gone, so veo-3.1-lite-generate-001 shot it."


async def test_no_successor_costs_more_than_the_estimate(home, settings, google):
    google.plan.set([Fault("404", where="submit", times=None)])
    home.private.mkdir(exist_ok=True)
    row = f'["{FAST}"]\nsuccessor = "veo-3.1-generate-001"\n'
    (home.private / "models.toml").write_text(row, "utf-8")
    allowed = with_buying(settings, lapsed_model="replace")
    with pytest.raises(ShootMissing, match=r"veo-3\.1-generate-001 would cost \$1\.60, more than"):
        await shoot_paid(film("One"), VEO, home=home, settings=allowed)
    assert [path for path in google.requests if "veo-3.1-generate-001" in path.path] == []


async def test_what_changed_since_the_rehearsal_is_named_and_not_bought(home, settings, google):
    play = film("One", "Two", approved=True)
    with pytest.raises(ApproveShots, match="never rehearsed"):
        await shoot_paid(play, VEO, home=home, settings=settings, only_approved=True)
    shoot_draft(play, home=home, resolution="480p")
    first, second = play.scenes
    changed = play.replace(scenes=(first, second.replace(prompt="Another")))
    with pytest.raises(ApproveShots, match=r"s02 \(its prompt changed\)"):
        await shoot_paid(changed, VEO, home=home, settings=settings, only_approved=True)
    half = play.replace(scenes=(first, second.replace(approved=False)))
    takes = await shoot_paid(half, VEO, home=home, settings=settings, only_approved=True)
    assert [take.state for take in takes] == ["ready", "draft"]
    assert len(google.charges) == 1


async def test_a_prompt_block_at_the_door_is_free(home, settings, google):
    google.plan.set([Fault("blocked", where="outcome", times=None)])
    with pytest.raises(ShootMissing, match="safety filter"):
        await shoot_paid(film("One"), VEO, home=home, settings=settings)
    with open_ledger(home, settings) as ledger:
        (entry,) = ledger.entries()
        assert (entry.state, entry.held, entry.charged) == ("refused", 0, 0)


async def test_further_samples_are_takes_of_the_scene_too(home, settings, google):
    two = VEO.replace(samples=2)
    (take,) = await shoot_paid(film("One"), two, home=home, settings=settings)
    (other,) = Takes(home).samples(take)
    assert (take.cost, other.cost) == (sum(each.amount for each in google.charges), 0)
    assert home.path(take.clip).read_bytes() != home.path(other.clip).read_bytes()
    assert Takes(home).find(take.film_id, take.scene_id) == (take, other)
    with open_ledger(home, settings) as ledger:
        assert len(ledger.find(take.id).files) == 2


async def test_samples_that_a_filter_held_back_are_told_and_cost_nothing(home, settings, google):
    google.plan.set([Fault("filtered", where="outcome", samples=1)])
    (take,) = await shoot_paid(film("One"), VEO.replace(samples=3), home=home, settings=settings)
    assert (take.state, take.note) == ("ready", "1 of 3 samples were held back by a filter.")
    assert len(Takes(home).samples(take)) == 1
    assert take.cost == sum(charge.amount for charge in google.charges) == Decimal("0.80")
    assert await shoot_paid(film("One"), VEO.replace(samples=3), home=home, settings=settings) == (
        take,
    )
    assert len(submits(google)) == 1


async def test_a_model_that_is_going_is_told_with_its_successor(home, settings):
    assert notes_on((), VEO, home=home, settings=settings) == ()
    home.private.mkdir(exist_ok=True)
    soon = datetime.now(UTC).date() + timedelta(days=9)
    row = f'["{FAST}"]\nretires = {soon}\nsuccessor = "veo-3.1-lite-generate-001"\n'
    (home.private / "models.toml").write_text(row, "utf-8")
    seen: list[Report] = []
    options = {"home": home, "settings": settings, "progress": Progress(seen.append)}
    takes = await shoot_paid(film("One"), VEO, **options)
    assert tuple(report.made for report in seen if report.made) == takes
    cost, note = notes_on(takes, VEO, home=home, settings=settings)
    assert cost == "1 shot of this film cost $0.40."
    assert f"retires on {soon}; choose veo-3.1-lite-generate-001" in note
    assert note in seen[0].note and "1 shot: about" in seen[0].note
    assert "about" in estimate(film("Two"), VEO, home=home, settings=settings).in_words()


async def test_only_what_is_approved_is_priced(home, settings):
    first, second = film("One", "Two").scenes
    half = film("One", "Two").replace(scenes=(first.replace(approved=True), second))
    priced = estimate(half, VEO, home=home, settings=settings, only_approved=True)
    assert [line.scene_id for line in priced.scenes] == ["s01"]
    none = estimate(film("One"), VEO, home=home, settings=settings, only_approved=True)
    assert "Nothing to pay: no scene is approved yet." in none.in_words()


def test_the_ledger_command_brings_home_what_is_under_way(
    home, settings, google, monkeypatch, capsys
):
    monkeypatch.setenv("ONEREEL_HOME", str(home.private))
    here = Home.find()
    google.plan.set([Fault("slow", where="outcome", seconds=3600)])
    cancel = Cancel()

    async def begin() -> None:
        shooting = asyncio.create_task(
            shoot_paid(film("One"), VEO, home=here, settings=settings, cancel=cancel)
        )
        while not any(event.kind == "polled" for event in google.log.after()):
            await asyncio.sleep(0.02)
        cancel.request()
        with pytest.raises(Cancelled):
            await shooting

    asyncio.run(begin())
    (generation,) = google.world.generations.values()
    generation.latency = 0
    with monkeypatch.context() as patch:
        patch.delenv("GOOGLE_CLOUD_PROJECT")
        assert ledger_command(["resume"]) == 1
        assert "name a Google Cloud project" in capsys.readouterr().err
    assert ledger_command(["resume"]) == 0
    key, path = capsys.readouterr().out.split()
    assert Path(path).is_file() and len(submits(google)) == 1
    looked = len(google.requests)
    assert ledger_command(["resume", key]) == 0
    assert len(google.requests) == looked
    assert ledger_command(["resume"]) == 0
    assert "Nothing is under way." in capsys.readouterr().out


async def test_the_operation_of_a_request_that_was_given_up_is_brought_home(home, settings, google):
    google.plan.set([Fault("reset", where="submit", late=True, times=1)])
    with pytest.raises(ShootMissing, match="Nobody knows whether the request"):
        await shoot_paid(film("One"), VEO, home=home, settings=settings)
    (operation,) = google.world.generations
    with open_ledger(home, settings) as ledger:
        (entry,) = ledger.entries()
        (attempt,) = entry.attempts
        ledger.try_again(attempt.id, "the owner said so")
        with ledger.lease(entry.key) as lease:
            ledger.move(lease, attempt.id, "submitted", operation=operation)
    (take,) = await shoot_paid(film("One"), VEO, home=home, settings=settings)
    assert take.state == "ready"
    assert (len(submits(google)), len(google.charges)) == (1, 1)


async def test_omni_is_asked_for_one_shot(home, settings, google):
    options = PaidOptions(renderer="omni")
    await shoot_paid(film("One"), options, home=home, settings=settings)
    (asked,) = [each.json for each in google.requests if each.path == "/v1/interactions"]
    (text,) = [part["text"] for part in asked["input"][0]["content"] if part["type"] == "text"]
    assert text == "One One continuous shot, no scene cuts."


async def test_a_clip_that_goes_on_is_played_from_where_it_does(home, settings, google, tmp_path):
    bucket = settings.google.model_copy(update={"bucket": "gs://onereel-takes/films"})
    settings = settings.model_copy(update={"google": bucket})
    first, second = film("One", "Two", seconds=6).scenes
    play = film("One", "Two").replace(scenes=(first, second))
    (base,) = await shoot_paid(play.replace(scenes=(first,)), VEO, home=home, settings=settings)
    goes_on = {"s02": Pictures(extends=base.id)}
    takes = await shoot_paid(play, VEO, home=home, settings=settings, pictures=goes_on)
    (sent,) = [each for each in submits(google) if "video" in each["instances"][0]]
    assert sent["instances"][0]["video"]["gcsUri"].startswith("gs://onereel-takes/films/")
    assert (takes[0].lead, takes[1].lead, takes[1].duration) == (0, 6, 14)
    cut = assemble(play, takes, home=home, resolution="480p")
    assert [(clip.source_in, clip.source_out) for clip in cut.clips] == [(0, 6), (6, 12)]
    assert [clip.hold for clip in cut.clips] == [0, 0]
    reel = render(cut, tmp_path / "film.mp4", home=home)
    assert reel.duration == 12
    with pytest.raises(ChooseRenderer, match="your own bucket"):
        await shoot_paid(
            play,
            VEO,
            home=home,
            settings=with_buying(Settings.load(home), on=True),
            pictures=goes_on,
        )


async def test_a_scene_that_is_longer_than_any_clip_is_shot_in_two(
    home, settings, google, tmp_path
):
    bucket = settings.google.model_copy(update={"bucket": "gs://onereel-takes/films"})
    settings = settings.model_copy(update={"google": bucket})
    (base,) = await shoot_paid(film("One", seconds=8), VEO, home=home, settings=settings)
    play = film("One", seconds=14)
    with pytest.raises(ChooseRenderer, match="at most 8 s at a time"):
        await shoot_paid(play, VEO, home=home, settings=settings)
    longer = {"s01": Pictures(extends=base.id, before=base.duration)}
    (take,) = await shoot_paid(play, VEO, home=home, settings=settings, pictures=longer)
    assert (take.lead, take.duration) == (0, 16)
    (clip,) = assemble(play, [take], home=home, resolution="480p").clips
    assert (clip.source_in, clip.source_out, clip.speed) == (0, 14, 1)
