"""What a panel sees of a film, from its brief to its reel: real stages, real files, real ledger."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from onereel.cut.check import Finding
from onereel.errors import ApproveShots, ChooseTake, MatchLists, OneReelError, ShootMissing
from onereel.film import make_film, save_beside
from onereel.home import Home
from onereel.library.database import now
from onereel.library.edits.changes import read_changes
from onereel.library.films import Films
from onereel.library.jobs import Jobs
from onereel.library.media import PREFIX, Media
from onereel.library.results import Results
from onereel.library.views.film import Views
from onereel.library.views.marks import film_mark
from onereel.library.views.plain import FilmView, SceneView
from onereel.library.views.problems import problem_of
from onereel.options import FilmOptions
from onereel.settings import BuyingSettings, Settings
from onereel.shoot.buying.bills import has_bills, note_bill
from onereel.shoot.buying.studio import shoot_paid
from onereel.shoot.draft import shoot_draft
from onereel.shoot.ledger import Caps, Ledger
from onereel.shoot.order import PaidOptions
from onereel.shoot.take import Take
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.work import Progress, Report
from tests.standins import Fault, Google

# A wide picture has nearly twice the pixels.
BRIEF = Brief(idea="A lighthouse keeper saves a ship", duration=6, scene_count=2, aspect="1:1")
OPTIONS = FilmOptions(resolution="480p", voice="auto")
VEO = PaidOptions(renderer="veo")


@dataclass
class Library:
    """A library and what works on it, as a server has them."""

    home: Home
    settings: Settings
    films: Films
    jobs: Jobs = field(init=False)
    results: Results = field(init=False)
    views: Views = field(init=False)
    media: Media = field(init=False)

    def __post_init__(self) -> None:
        self.jobs = Jobs(self.films.database, owner="test")
        self.results = Results(self.films, self.home)
        self.views = Views(self.films, self.jobs, self.home)
        self.media = Media(self.home)

    def view(self, film_id: str, **positions: int) -> FilmView:
        anew = Views(self.films, self.jobs, self.home)
        seen, told = (
            each.film(film_id, settings=self.settings, positions=positions)
            for each in (self.views, anew)
        )
        # Whatever is remembered of the views before, it is not what was.
        assert list(map(_timeless, seen.scenes)) == list(map(_timeless, told.scenes))
        return seen

    def scene(self, film_id: str, scene_id: str) -> SceneView:
        return next(each for each in self.view(film_id).scenes if each.id == scene_id)

    def edit(self, film_id: str, *changes: dict[str, Any]) -> None:
        revision = self.films.get(film_id).revision.number
        self.films.edit(film_id, revision, read_changes(list(changes)))

    def work(self, film_id: str, revision: int) -> Work:
        def hear(report: Report) -> None:
            if report.made:
                self.results.note(film_id, revision, report.made)

        return Work(self.home, self.settings, Progress(hear))

    def rehearse(self, film_id: str) -> None:
        """Make the whole film of drafts, as a job does."""
        film = self.films.get(film_id)
        version = film.revision
        source = version.screenplay or film.brief
        path = self.home.media / "films" / film_id / "film.mp4"
        work = self.work(film_id, version.number)
        made = asyncio.run(make_film(source, path, options=version.options, work=work))
        save_beside(path, screenplay=made.screenplay, cut=made.cut, home=self.home)
        self.results.finish(made.screenplay, made.cut, path, revision=version.number)


def _timeless(scene: SceneView) -> SceneView:
    return scene.model_copy(update={"fraction": None})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "private", media=tmp_path / "media")


@pytest.fixture
def library(home: Home) -> Iterator[Library]:
    settings = Settings.load(home)
    films = Films.open(home, settings)
    yield Library(home, settings, films)
    films.close()


@pytest.fixture(scope="module")
def google() -> Iterator[Google]:
    with Google(latency=0) as server:
        yield server


@pytest.fixture
def shop(
    home: Home, google: Google, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Library]:
    """A library whose owner allows to buy."""
    google.reset()
    google.veo.looks = 0
    google.requests.clear()
    for name, value in google.environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    settings = Settings.load(home)
    buying = BuyingSettings.model_validate({"on": True, "day": Decimal(50)})
    settings = settings.model_copy(update={"buying": buying})
    films = Films.open(home, settings)
    yield Library(home, settings, films)
    films.close()


LONGER = {"op": "set", "scene": "s01", "fields": {"duration": 9}}


def screenplay(*prompts: str) -> Screenplay:
    return Screenplay(
        title="Test",
        brief=Brief(idea="A test of buying"),
        scenes=tuple(
            Scene(id=f"s{number:02}", title=f"Scene {number}", prompt=prompt, duration=Fraction(4))
            for number, prompt in enumerate(prompts, start=1)
        ),
    )


def bought(library: Library, film_id: str, **options: Any) -> tuple[Take, ...]:
    film = library.films.get(film_id).revision.screenplay
    assert film
    return asyncio.run(
        shoot_paid(film, VEO, home=library.home, settings=library.settings, **options)
    )


def as_json(view: FilmView) -> Any:
    return json.loads(view.model_dump_json())


def test_a_film_from_its_brief_to_its_reel(library: Library):
    film_id = library.films.create(BRIEF, options=OPTIONS).film.id
    before = library.view(film_id)
    assert (before.state, before.scenes, before.reel, before.job) == ("planned", (), None, None)
    assert before.duration == 6
    library.jobs.begin("p1", film_id, action="rehearse", revision=1, length=8)
    assert library.view(film_id, p1=3).job.position == 3
    assert library.view(film_id).state == "waiting"
    library.jobs.start("p1")
    assert library.view(film_id).state == "working"
    library.rehearse(film_id)
    assert library.view(film_id).state == "working"
    library.jobs.end("p1", "done")

    film = library.view(film_id)
    assert (film.state, film.revision, film.undo) == ("done", 1, None)
    assert film.job.state == "done"
    assert film.job.expected is not None
    assert film.spent == 0
    assert [scene.state for scene in film.scenes] == ["draft", "draft"]
    assert film.duration == pytest.approx(6, abs=0.5)
    assert film.scenes[1].start == film.scenes[0].duration
    for scene in film.scenes:
        (take,) = scene.takes
        assert scene.take == take.id
        assert (scene.clip, scene.thumbnail) == (take.video, take.thumbnail)
        assert take.current
        assert scene.line
        assert "".join(word.text for word in scene.line.words) == scene.narration.replace(" ", "")
        assert 0 < scene.line.duration < scene.duration
        for url in (scene.clip, scene.line.audio):
            assert library.media.find(url.removeprefix(f"{PREFIX}/")).is_file()
    assert film.reel
    assert film.reel.current
    assert film.reel.size == library.media.find(film.reel.video.rpartition("/")[2]).stat().st_size
    assert [mark.scene for mark in film.reel.marks] == [scene.id for scene in film.scenes]
    assert film.reel.captions
    captions = library.media.find(film.reel.captions.vtt.rpartition("/")[2])
    assert captions.read_text("utf-8").startswith("WEBVTT")
    (card,) = library.views.cards().films
    assert (card.id, card.state, card.reel, card.scenes) == (film_id, "done", True, 2)
    assert card.thumbnail == film.reel.thumbnail


def test_an_edit_outdates_the_reel_until_it_is_undone(library: Library):
    film_id = library.films.create(BRIEF, options=OPTIONS).film.id
    library.rehearse(film_id)
    first = library.view(film_id).scenes[0]
    library.edit(
        film_id, {"op": "set", "scene": first.id, "fields": {"narration": "Something else."}}
    )
    film = library.view(film_id)
    assert film.scenes[0].line is None
    assert film.scenes[1].line is not None
    assert film.reel
    assert not film.reel.current
    assert (film.scenes[0].state, film.scenes[1].state) == ("planned", "draft")
    assert not film.scenes[0].takes[0].current
    library.films.undo(film_id)
    film = library.view(film_id)
    assert film.scenes[0] == first
    assert film.reel
    assert film.reel.current
    library.films.redo(film_id)
    library.edit(film_id, {"op": "options", "fields": {"speed": 0.9}})
    assert [scene.line for scene in library.view(film_id).scenes] == [None, None]


def test_what_a_look_found_is_shown(library: Library):
    film_id = library.films.create(BRIEF, options=OPTIONS).film.id
    library.rehearse(film_id)
    found = Finding(scene="s01", at=1.5, words="Frozen for 1.2 s.")
    library.results.check(film_id, 1, [found])
    (check,) = library.view(film_id).reel.checks
    assert (check.scene, check.at, check.words) == ("s01", 1.5, "Frozen for 1.2 s.")


def test_a_workflow_that_saves_a_film_adds_it_to_the_library(library: Library):
    film_id = library.films.create(BRIEF, options=OPTIONS).film.id
    library.rehearse(film_id)
    made = library.films.get(film_id).revision.screenplay
    cut = library.results.reel(film_id).cut
    brief = BRIEF.replace(film="By hand")
    scenes = [scene.replace(approved=True) for scene in made.scenes]
    by_hand = made.replace(brief=brief, scenes=scenes)
    library.results.finish(by_hand, cut, library.home.media / "films" / film_id / "film.mp4")
    film = library.view(brief.film_id)
    assert (film.source, film.state, film.title) == ("workflow", "done", made.title)
    assert not any(scene.approved for scene in film.scenes)
    assert film.reel
    elsewhere = made.replace(brief=BRIEF.replace(film="Elsewhere"))
    assert library.results.finish(elsewhere, cut, Path("/elsewhere/film.mp4")) is None
    assert library.view(elsewhere.brief.film_id).reel is None


def test_scenes_wait_and_are_shot_while_a_job_is_open(library: Library):
    film_id = library.films.create(screenplay("a cat", "a dog"), options=OPTIONS).film.id
    wanted = {"scenes": ["s02"]}
    library.jobs.begin("p1", film_id, action="rehearse", revision=1, wanted=wanted)
    assert [scene.state for scene in library.view(film_id).scenes] == ["planned", "waiting"]
    library.jobs.start("p1")
    library.jobs.progress("p1", stage="Narrating", fraction=0.25, note="Speaking")
    assert [scene.state for scene in library.view(film_id).scenes] == ["planned", "waiting"]
    library.jobs.progress("p1", stage="Shooting", fraction=0.5)
    film = library.view(film_id)
    assert [scene.state for scene in film.scenes] == ["planned", "shooting"]
    assert (film.job.stage, film.job.fraction) == ("Shooting", 0.5)
    error = ShootMissing("1 scene was not shot.")
    library.jobs.end("p1", "failed", problem=problem_of(error))
    film = library.view(film_id)
    assert (film.state, film.job.problem.detail) == ("failed", error.user_message)
    assert [scene.state for scene in film.scenes] == ["planned", "planned"]


def test_only_what_changed_is_made_anew(library: Library):
    film_id = library.films.create(screenplay("a cat", "a dog"), options=OPTIONS).film.id
    before = library.view(film_id)
    library.edit(film_id, {"op": "set", "scene": "s01", "fields": {"mood": "calm"}})
    after = library.view(film_id)
    assert after.scenes[0].mood == "calm"
    assert after.scenes[1] is before.scenes[1]


def test_buying_is_priced_approved_and_done(shop: Library, google: Google):
    options = FilmOptions(renderer="veo", resolution="720p")
    film_id = shop.films.create(screenplay("a cat", "a dog"), options=options).film.id
    film = shop.view(film_id)
    assert (film.shoot.allowed, film.shoot.scenes) == (False, 0)
    assert "Approve" in film.shoot.why
    assert [scene.price for scene in film.scenes] == [Decimal("0.4"), Decimal("0.4")]
    shop.edit(film_id, {"op": "approve", "scenes": ["s01"]})
    film = shop.view(film_id)
    assert "never rehearsed" in film.shoot.why
    assert film.scenes[0].state == "approved"
    shoot_draft(shop.films.get(film_id).revision.screenplay, home=shop.home)
    film = shop.view(film_id)
    assert (film.shoot.allowed, film.shoot.scenes, film.shoot.why) == (True, 1, "")
    assert as_json(film)["shoot"]["at_most"] == "0.40"
    assert [scene.state for scene in film.scenes] == ["approved", "draft"]

    takes = bought(shop, film_id, only_approved=True)
    film = shop.view(film_id)
    assert film.spent == Decimal("0.4")
    assert [scene.state for scene in film.scenes] == ["ready", "draft"]
    assert film.scenes[0].take == takes[0].id
    assert as_json(film)["scenes"][0]["cost"] == "0.40"
    assert film.scenes[1].cost is None
    assert (film.shoot.scenes, film.shoot.at_most, film.shoot.allowed) == (0, 0, True)

    shop.edit(film_id, {"op": "redo", "scene": "s01", "note": "At night."})
    scene = shop.scene(film_id, "s01")
    assert (scene.state, scene.approved, scene.take_number) == ("planned", False, 2)
    assert scene.prompt == "a cat. At night."
    assert scene.cost == Decimal("0.4")
    assert [take.current for take in scene.takes] == [False, False]
    shop.films.undo(film_id)
    assert shop.scene(film_id, "s01").state == "ready"


def test_why_nothing_can_be_bought(shop: Library):
    options = FilmOptions(renderer="veo", resolution="720p")
    film_id = shop.films.create(screenplay("a cat"), options=options).film.id
    shop.edit(film_id, {"op": "approve", "scenes": ["s01"]})
    shoot_draft(shop.films.get(film_id).revision.screenplay, home=shop.home)

    def why(**buying: Any) -> str:
        given = {**shop.settings.buying.model_dump(), **buying}
        section = BuyingSettings.model_validate(given)
        settings = shop.settings.model_copy(update={"buying": section})
        shoot = shop.views.film(film_id, settings=settings).shoot
        assert shoot.allowed == (not shoot.why)
        return shoot.why

    assert why() == ""
    assert why(on=False).startswith("Buying is off")
    assert "0.40" in why(day=Decimal("0.39"))
    shop.edit(film_id, {"op": "options", "fields": {"renderer": "draft"}})
    assert "Veo, Omni or drawn stills" in why()
    shop.edit(film_id, {"op": "options", "fields": {"renderer": "veo", "renderer_model": "nobody"}})
    assert why()
    assert shop.scene(film_id, "s01").problem


def test_a_chosen_take_plays_and_is_not_bought_again(shop: Library):
    options = FilmOptions(renderer="veo", resolution="720p")
    film_id = shop.films.create(screenplay("a cat"), options=options).film.id
    (first,) = bought(shop, film_id)
    shop.edit(film_id, {"op": "redo", "scene": "s01"})
    (second,) = bought(shop, film_id)
    assert first.id != second.id
    assert shop.scene(film_id, "s01").take == second.id
    shop.edit(film_id, {"op": "choose", "scene": "s01", "take": first.id})
    scene = shop.scene(film_id, "s01")
    assert (scene.take, [take.chosen for take in scene.takes]) == (first.id, [True, False])
    assert bought(shop, film_id)[0].id == first.id
    shop.films.undo(film_id)
    assert shop.scene(film_id, "s01").take == second.id
    assert bought(shop, film_id)[0].id == second.id
    shop.films.redo(film_id)
    assert bought(shop, film_id)[0].id == first.id
    assert shop.view(film_id).spent == Decimal("0.8")


def test_a_refusal_says_what_would_pass(shop: Library, google: Google):
    google.plan.set(
        [Fault("filtered", where="outcome", match="fights", times=None, code="61493863")]
    )
    options = FilmOptions(renderer="veo", resolution="720p")
    film_id = shop.films.create(screenplay("A clown fights the wind"), options=options).film.id
    with pytest.raises(OneReelError):
        bought(shop, film_id)
    scene = shop.scene(film_id, "s01")
    assert (scene.state, scene.cost) == ("refused", None)
    assert scene.problem
    assert scene.problem.detail.startswith("The safety filter refused this shot (violence);")
    assert scene.medic
    assert (scene.medic.diff, scene.medic.field) == ("[-fights-]{+argues+}", "prompt")
    assert scene.medic.text == "A clown argues the wind"
    words = {scene.medic.field: scene.medic.text}
    shop.edit(film_id, {"op": "set", "scene": "s01", "fields": words})
    assert shop.scene(film_id, "s01").state == "planned"
    bought(shop, film_id)
    assert shop.scene(film_id, "s01").state == "ready"


def test_words_that_the_medic_changed_are_shown(shop: Library, google: Google):
    google.plan.set(
        [Fault("filtered", where="outcome", match="fights", times=None, code="61493863")]
    )
    buying = shop.settings.buying.model_copy(update={"medic": "allow"})
    shop.settings = shop.settings.model_copy(update={"buying": buying})
    options = FilmOptions(renderer="veo", resolution="720p")
    film_id = shop.films.create(screenplay("A clown fights the wind"), options=options).film.id
    bought(shop, film_id)
    scene = shop.scene(film_id, "s01")
    assert scene.state == "ready"
    assert scene.medic
    assert (scene.medic.diff, scene.medic.text) == ("[-fights-]{+argues+}", "")
    # A copy shows the clip too, though its words are others than those that it was shot by.
    copy = shop.films.duplicate(film_id).id
    shop.films.delete(film_id, paid="delete")
    assert shop.scene(copy, "s01").state == "ready"
    assert list(shop.home.path("takes").rglob("*.mp4"))


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Fault("reset", where="submit", late=True), "lost"),
        (Fault("400", where="submit", message="Bad frame rate."), "failed"),
    ],
)
def test_a_shot_that_came_to_nothing(shop: Library, google: Google, fault: Fault, state: str):
    google.plan.set([fault])
    options = FilmOptions(renderer="veo", resolution="720p")
    film_id = shop.films.create(screenplay("a cat"), options=options).film.id
    with pytest.raises(OneReelError):
        bought(shop, film_id)
    scene = shop.scene(film_id, "s01")
    assert scene.state == state
    assert scene.problem
    assert scene.problem.action


def test_what_is_seen_changes_at_the_owners_midnight(library: Library):
    """Caps begin anew then. In these two zones it is never the same day."""
    film_id = library.films.create(screenplay("a cat"), options=OPTIONS).film.id
    with library.films.database.reading() as session:
        marks = {
            film_mark(session, film_id, None, now(session), library.home, zone=zone)
            for zone in ("Pacific/Kiritimati", "Etc/GMT+12")
        }
    assert len(marks) == 2


def test_a_chosen_draft_is_drawn_anew_when_its_scene_changes(library: Library):
    film_id = library.films.create(screenplay("a cat"), options=OPTIONS).film.id
    (draft,) = shoot_draft(library.films.get(film_id).revision.screenplay, home=library.home)
    library.edit(film_id, {"op": "choose", "scene": "s01", "take": draft.id})
    assert library.scene(film_id, "s01").takes[0].chosen
    library.edit(film_id, {"op": "set", "scene": "s01", "fields": {"duration": 5}})
    assert library.scene(film_id, "s01").state == "planned"
    longer = library.films.get(film_id).revision.screenplay
    (anew,) = shoot_draft(longer, home=library.home)
    assert anew.id != draft.id
    assert library.scene(film_id, "s01").take == anew.id
    with pytest.raises(MatchLists, match="as it is now"):
        library.edit(film_id, {"op": "choose", "scene": "s01", "take": draft.id}, LONGER)
    library.edit(film_id, {"op": "choose", "scene": "s01", "take": ""})
    with pytest.raises(MatchLists, match="as it is now"):
        library.edit(film_id, {"op": "choose", "scene": "s01", "take": draft.id})
    library.films.undo(film_id)
    library.films.undo(film_id)
    assert library.scene(film_id, "s01").take == draft.id
    library.home.path(draft.clip).unlink()
    library.films.undo(film_id)
    library.films.redo(film_id)
    assert library.scene(film_id, "s01").problem
    with pytest.raises(ChooseTake):
        library.edit(film_id, {"op": "choose", "scene": "s01", "take": "0" * 32}, LONGER)


def test_views_open_no_media(library: Library):
    film_id = library.films.create(screenplay("a cat", "a dog"), options=OPTIONS).film.id
    takes = shoot_draft(library.films.get(film_id).revision.screenplay, home=library.home)
    for take in takes:
        library.home.path(take.clip).write_bytes(b"")
    assert [scene.state for scene in library.view(film_id).scenes] == ["draft", "draft"]
    library.home.path(takes[0].clip).unlink()
    library.home.path(takes[1].clip).with_suffix(".json").write_text("{")
    assert [scene.state for scene in library.view(film_id).scenes] == ["planned", "planned"]


def test_only_what_the_library_approves_is_bought(shop: Library, google: Google):
    options = FilmOptions(renderer="veo", resolution="720p")
    film_id = shop.films.create(screenplay("a cat", "a dog"), options=options).film.id
    shop.edit(film_id, {"op": "approve", "scenes": ["s01"]})
    approved = shop.films.get(film_id).revision.screenplay
    cat, dog = approved.scenes
    by_hand = approved.replace(scenes=(cat, dog.replace(approved=True)))
    reworded = approved.replace(scenes=(cat.replace(prompt="two cats"), dog))
    another = by_hand.replace(brief=by_hand.brief.replace(film="Another"))

    def buy(film: Screenplay) -> tuple[Take, ...]:
        shoot_draft(film, home=shop.home)
        given = {"home": shop.home, "settings": shop.settings, "only_approved": True}
        return asyncio.run(shoot_paid(film, VEO, **given))

    for film, named in ((by_hand, "s02 is"), (reworded, "s01 is")):
        with pytest.raises(ApproveShots, match=f"{named} not approved in this film"):
            buy(film)
    shop.edit(film_id, {"op": "approve", "scenes": ["s01"], "approved": False})
    with pytest.raises(ApproveShots, match="s01 is not approved"):
        buy(approved)
    assert google.charges == ()
    shop.films.undo(film_id)
    longer = approved.replace(scenes=(cat.replace(duration=Fraction(7, 2)), dog))
    assert [take.state for take in buy(longer)] == ["ready", "draft"]
    # What no library has is its workflow's own affair.
    assert [take.state for take in buy(another)] == ["ready", "ready"]


def test_deleting_a_film_keeps_what_was_paid_for_unless_told_otherwise(shop: Library):
    options = FilmOptions(renderer="veo", resolution="720p")
    first = shop.films.create(screenplay("a cat", "a dog"), options=options).film.id
    takes = bought(shop, first)
    drafts = shoot_draft(shop.films.get(first).revision.screenplay, home=shop.home)
    copy = shop.films.duplicate(first).id
    assert [scene.state for scene in shop.view(copy).scenes] == ["ready", "ready"]
    assert shop.view(copy).shoot.scenes == 0
    shop.edit(copy, {"op": "choose", "scene": "s01", "take": takes[0].id})
    assert [take.chosen for take in shop.scene(copy, "s01").takes] == [True]
    assert bought(shop, copy)[0].id == takes[0].id
    shop.edit(copy, {"op": "remove", "scene": "s02"})

    paths = [shop.home.path(take.clip) for take in takes]
    shop.films.delete(first)
    assert all(path.is_file() and path.with_suffix(".json").is_file() for path in paths)
    assert not any(shop.home.path(draft.clip).exists() for draft in drafts)
    assert [scene.state for scene in shop.view(copy).scenes] == ["ready"]

    again = shop.films.create(screenplay("a cat", "a dog"), options=options).film.id
    assert again == first
    assert [scene.state for scene in shop.view(first).scenes] == ["ready", "ready"]
    shop.films.delete(first, paid="delete")
    assert [path.is_file() for path in paths] == [True, False]
    assert [scene.state for scene in shop.view(copy).scenes] == ["ready"]
    shop.films.delete(copy, paid="delete")
    again = shop.films.create(screenplay("a cat"), options=options).film.id
    shop.films.delete(again, paid="delete")
    assert not any(path.is_file() for path in paths)


def test_what_came_for_a_film_and_found_no_place_goes_with_it(library: Library):
    """It waits for whoever wants it again, until nobody can."""
    home = library.home
    film_id = library.films.create(screenplay("a cat"), options=OPTIONS).film.id
    with Ledger.open(home) as ledger:
        lease = ledger.claim("0" * 32)
        assert lease
        asked = {"model": "m", "film_id": film_id, "ceiling": Decimal(1), "caps": Caps()}
        spending = ledger.spend("picture", lease=lease, **asked)
        ledger.send_spending(spending, lease)
        note_bill(spending, Decimal(1), b"a picture", [home.path("drawings/a.png")], home)
    library.films.delete(film_id)
    assert has_bills(home)
    film_id = library.films.create(screenplay("a cat"), options=OPTIONS).film.id
    library.films.delete(film_id, paid="delete")
    assert not has_bills(home)


def test_deleting_a_film_takes_the_reels_that_jobs_made(library: Library):
    film_id = library.films.create(BRIEF, options=OPTIONS).film.id
    library.rehearse(film_id)
    library.films.delete(film_id)
    assert not list((library.home.media / "films").rglob("*.*"))
    assert not list((library.home.media / "takes").rglob("*.*"))
    assert library.views.cards().films == ()
