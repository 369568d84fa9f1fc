"""What can happen to the database and its journal: nothing paid is lost, one sentence says what to
do."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing, nullcontext, suppress
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from onereel.errors import (
    InstallPart,
    RaiseCap,
    RepairLedger,
    ReviseSetting,
    StorageError,
    UpdateOneReel,
)
from onereel.home import Home
from onereel.library import database
from onereel.shoot.buying.holding import holding
from onereel.shoot.ledger import Caps, Ledger
from onereel.shoot.ledger.rebuild import rebuild
from onereel.work import Cancel
from tests.ledger_work import (
    FILM,
    PRICE,
    bought,
    clip_of,
    home_in,
    leased,
    planned,
    reserved,
    rows,
    sent,
    shot,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A ledger with a settled take and one of unknown outcome."""
    home = home_in(tmp_path)
    with Ledger.open(home) as ledger:
        bought(ledger, 1)
        with leased(ledger, 2) as lease:
            attempt = sent(ledger, lease)
            ledger.move(lease, attempt.id, "unknown", reason="the connection broke off")
    return home


def journal(home: Home) -> Path:
    return home.private / "ledger.jsonl"


def change(home: Home, statement: str) -> None:
    with closing(sqlite3.connect(home.private / "ledger.sqlite")) as connection, connection:
        connection.execute(statement)


def lose_database(home: Home) -> None:
    for file in home.private.glob("ledger.sqlite*"):
        file.unlink()


def check_whole(home: Home) -> None:
    """Both takes are there, the money is counted, and more can be bought."""
    with Ledger.open(home) as ledger:
        assert [entry.state for entry in ledger.entries(limit=2)] == ["settled", "unknown"]
        totals = ledger.totals(film_id=FILM)
        settled = len(ledger.entries(states=["settled"]))
        assert (totals.film_held, totals.film_charged) == (PRICE, PRICE * settled)
        assert bought(ledger, 10 + settled).state == "settled"


def test_new_tables_are_at_the_newest_revision(home: Home):
    config = Config()
    folder = Path(database.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    assert ScriptDirectory.from_config(config).get_current_head() == database.REVISION


def test_the_database_is_durable_and_private(home: Home):
    with Ledger.open(home) as ledger, ledger._database.writing() as session:
        driver = session.connection().connection.driver_connection
        assert driver
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        found = [driver.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
        assert found == ["wal", 2, 1]
    if os.name != "nt":
        for name in ("ledger.sqlite", "ledger.jsonl"):
            assert (home.private / name).stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name == "nt", reason="locks of Windows belong to handles")
def test_a_second_look_in_one_process_gives_no_lock_away(home: Home):
    """Another process must not believe to be alone with the database, and remove its journal."""
    script = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1])\n"
        "connection.execute('SELECT count(*) FROM takes').fetchone()\n"
        "connection.close()\n"
    )
    with Ledger.open(home) as ledger:
        Ledger.open(home).close()
        assert ledger.entries() is not None
        with Ledger.open(home):
            path = home.private / "ledger.sqlite"
            subprocess.run([sys.executable, "-c", script, str(path)], check=True)
            assert (home.private / "ledger.sqlite-wal").exists()


def test_a_lost_database_comes_back_from_the_journal(home: Home):
    before = rows(home)
    lose_database(home)
    check_whole(home)
    kept = {row for row in rows(home)["transitions"] if row in before["transitions"]}
    assert len(kept) == len(before["transitions"])


def test_a_database_deleted_while_it_is_open_is_noticed(home: Home):
    with Ledger.open(home) as ledger:
        lose_database(home)
        bought(ledger, 3)
        assert len(ledger.entries()) == 3
    check_whole(home)


def test_an_empty_file_in_its_place_is_filled(home: Home):
    lose_database(home)
    (home.private / "ledger.sqlite").touch()
    check_whole(home)


def test_an_old_copy_of_the_database_catches_up(home: Home, tmp_path: Path):
    with Ledger.open(home) as ledger:
        copy = tmp_path / "copy.sqlite"
        with (
            closing(sqlite3.connect(home.private / "ledger.sqlite")) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
        bought(ledger, 3)
    lose_database(home)
    shutil.copy(copy, home.private / "ledger.sqlite")
    with Ledger.open(home) as ledger:
        assert ledger.totals().day_charged == 2 * PRICE
    check_whole(home)


@pytest.mark.parametrize("where", [0, 40_000])
def test_a_damaged_database_says_so_and_is_rebuilt(home: Home, where: int):
    path = home.private / "ledger.sqlite"
    change(home, "PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    data[where : where + 20_000] = b"\xa5" * len(data[where : where + 20_000])
    path.write_bytes(data)
    with (
        pytest.raises(RepairLedger, match="run python -m onereel ledger rebuild"),
        Ledger.open(home) as ledger,
    ):
        planned(ledger, 1)
        bought(ledger, 3)
        ledger.entries()
    result = rebuild(home)
    assert (result.takes >= 2, result.dropped) == (True, [])
    assert result.aside and result.aside.read_bytes()[where : where + 9] == b"\xa5" * 9
    check_whole(home)


def test_a_database_of_a_newer_onereel_is_left_alone(home: Home):
    change(home, "UPDATE alembic_version SET version_num = '9999'")
    before = (home.private / "ledger.sqlite").read_bytes()
    for forbidden in (Ledger.open, rebuild):
        with pytest.raises(UpdateOneReel, match="newer OneReel"):
            forbidden(home)
    assert (home.private / "ledger.sqlite").read_bytes() == before


def test_a_database_without_tables_yet_is_migrated(tmp_path: Path):
    home = home_in(tmp_path)
    home.private.mkdir()
    change(home, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    with Ledger.open(home) as ledger:
        assert bought(ledger).state == "settled"


def test_a_lock_that_another_program_keeps_is_named(home: Home):
    with closing(sqlite3.connect(home.private / "ledger.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        with Ledger.open(home, patience=0.2) as ledger:
            assert len(ledger.entries()) == 2
            with pytest.raises(RepairLedger, match="locked; close that program"):
                planned(ledger, 3)
        other.rollback()
    check_whole(home)


@pytest.mark.parametrize("fails", [False, True])
async def test_a_lease_that_cannot_be_given_back_spoils_nothing(home: Home, fails: bool):
    """It expires by itself; what was bought is there, or what went wrong first is said."""
    with (
        closing(sqlite3.connect(home.private / "ledger.sqlite")) as other,
        Ledger.open(home, patience=0.2) as ledger,
        pytest.raises(ValueError, match="first") if fails else nullcontext(),
    ):
        take = partial(ledger.claim, "a" * 32, seconds=60)
        async with holding(take, seconds=60, cancel=Cancel()):
            other.execute("BEGIN IMMEDIATE")
            if fails:
                raise ValueError("what went wrong first")


EAST_TO_WEST = ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"]


def test_a_lease_from_before_the_clock_was_set_back_ends(home: Home):
    with Ledger.open(home) as ledger:
        lease = leased(ledger, 3)
        day = 86_400 * 10**6
        change(home, f"UPDATE leases SET expires = expires + {day} WHERE expires > 0")
        assert ledger.lease(lease.key, seconds=0.05) is None
        held = rows_of(home, f"SELECT expires FROM leases WHERE key = '{lease.key}'")
        now = rows_of(home, "SELECT (julianday('now') - 2440587.5) * 86400e6")
        assert held[0][0] < now[0][0] + 10**6


def rows_of(home: Home, query: str) -> list[tuple[float, ...]]:
    with closing(sqlite3.connect(home.private / "ledger.sqlite")) as connection:
        return connection.execute(query).fetchall()


def test_a_clock_set_back_makes_no_room_under_the_cap(home: Home):
    change(home, "UPDATE totals SET period = '2099-01-01' WHERE scope = 'day'")
    change(home, "UPDATE totals SET period = '2099-01' WHERE scope = 'month'")
    with Ledger.open(home) as ledger, leased(ledger, 3) as lease:
        for caps in (Caps(day=2 * PRICE), Caps(month=2 * PRICE)):
            with pytest.raises(RaiseCap, match=r"6\.40 of"):
                reserved(ledger, lease, caps)


@pytest.mark.parametrize("zones", [EAST_TO_WEST, EAST_TO_WEST[::-1]])
def test_no_day_holds_more_than_its_cap_wherever_midnight_is(tmp_path: Path, zones: list[str]):
    """The owner's zone moves over midnight and back; the first and the last are a day apart."""
    days: Counter[str] = Counter()
    with Ledger.open(home_in(tmp_path)) as ledger:
        for number, zone in enumerate(3 * (*zones, *zones[::-1]), start=1):
            with leased(ledger, number) as lease, suppress(RaiseCap):
                days[sent(ledger, lease, Caps(day=2 * PRICE, zone=zone)).day] += 1
    assert max(days.values()) == 2
    # Who moves west gains nothing, who moves east comes to his next day sooner; and midnight may
    # pass meanwhile.
    assert len(days) <= (2 if zones == EAST_TO_WEST else 3)


def test_a_lost_journal_is_written_anew(home: Home):
    before = journal(home).read_text().splitlines()[1:]
    journal(home).unlink()
    check_whole(home)
    assert journal(home).read_text().splitlines()[1 : len(before) + 1] == before


def test_a_journal_lost_while_the_ledger_is_open_is_written_anew(home: Home):
    with Ledger.open(home) as ledger:
        before = journal(home).read_text().splitlines()[1:]
        journal(home).unlink()
        bought(ledger, 3)
    assert journal(home).read_text().splitlines()[1 : len(before) + 1] == before
    lose_database(home)
    check_whole(home)


def test_a_journal_cut_short_is_written_anew_and_kept(home: Home):
    whole = journal(home).read_bytes()
    journal(home).write_bytes(whole[:-700])
    check_whole(home)
    assert journal(home).read_bytes().splitlines()[1:12] == whole.splitlines()[1:12]
    assert (home.private / "ledger.jsonl.damaged-1").read_bytes() == whole[:-700]


def test_half_a_last_line_is_passed_over(home: Home):
    with journal(home).open("ab") as file:
        file.write(b'{"v": 1, "after": "0123", "su')
    check_whole(home)
    lose_database(home)
    check_whole(home)


def test_a_line_that_was_never_committed_is_posted_by_the_next_writer(home: Home):
    with Ledger.open(home) as ledger:
        lease = leased(ledger, 3)
        attempt = reserved(ledger, lease)
        ledger.move(lease, attempt.id, "submitting")
    change(home, "PRAGMA wal_checkpoint(TRUNCATE)")
    old = (home.private / "ledger.sqlite").read_bytes()
    with Ledger.open(home) as ledger:
        ledger.move(lease, attempt.id, "submitted", operation="op-7")
    # As if it was killed between the journal and the commit.
    lose_database(home)
    (home.private / "ledger.sqlite").write_bytes(old)
    with Ledger.open(home) as ledger:
        found = ledger.find(lease.key).attempts[0]
        assert (found.state, found.operation) == ("submitted", "op-7")


@pytest.mark.parametrize("lost", range(12))
def test_a_line_that_was_changed_is_dropped_and_the_money_stays(home: Home, lost: int):
    lines = journal(home).read_text().splitlines()
    lines[lost + 1] = lines[lost + 1].replace("film", "filn")
    journal(home).write_text("\n".join(lines) + "\n")
    lose_database(home)
    result = rebuild(home)
    assert f"line {lost + 2} of ledger.jsonl: it was changed or torn" in result.dropped
    with Ledger.open(home) as ledger:
        totals = ledger.totals(film_id=FILM)
        # Without the line that settled it, its ceiling is still held.
        assert totals.film_held + totals.film_charged == 2 * PRICE


def test_a_line_that_was_removed_is_noticed(home: Home):
    lines = journal(home).read_text().splitlines()
    journal(home).write_text("\n".join(lines[:3] + lines[4:]) + "\n")
    lose_database(home)
    result = rebuild(home)
    assert any("lines before it are missing" in trouble for trouble in result.dropped)
    check_whole(home)


def test_forged_lines_are_not_believed(home: Home):
    from onereel.shoot.ledger.journal import _sum

    lines = journal(home).read_text().splitlines()
    last = json.loads(lines[-1])["sum"]
    first = json.loads(lines[1])["event"]
    settled = json.loads(lines[7])["event"]
    forged = [
        {**first, "id": "1" * 32, "key": "f" * 32},
        {**first, "id": "2" * 32, "extra": 1},
        {**settled, "id": "3" * 32, "was": "settled", "state": "submitting"},
        {**settled, "id": "4" * 32, "charged": "-3"},
        {**settled, "id": "5" * 32, "charged": "NaN"},
        {**settled, "id": "6" * 32, "kind": "kept", "files": [
            {"name": "../../etc/passwd", "sha256": "0" * 64, "size": 1}]},
    ]  # fmt: skip
    with journal(home).open("a") as file:
        for event in forged:
            text = json.dumps(event)
            checksum = _sum(last, text)
            file.write(f'{{"v": 1, "after": "{last}", "sum": "{checksum}", "event": {text}}}\n')
            last = checksum
        file.write('{"v": 1, "after": "", "sum": "", "event": ' + "[" * 100_000 + "\n")
        file.write("null\n\n[]\n" + "x" * 3_000_000 + "\n")
    lose_database(home)
    result = rebuild(home)
    assert len(result.dropped) >= len(forged) + 3
    check_whole(home)


def test_a_journal_of_a_newer_onereel_is_left_alone(home: Home):
    with journal(home).open("a") as file:
        file.write('{"v": 2, "after": "", "sum": "", "event": {}}\n')
    for forbidden in (Ledger.open, rebuild):
        with pytest.raises(UpdateOneReel, match="newer OneReel"):
            forbidden(home)
    assert (home.private / "ledger.sqlite").exists()


def test_a_rebuild_keeps_what_only_the_old_database_knew(home: Home):
    journal(home).write_text("nothing of a journal\n")
    result = rebuild(home)
    assert result.takes == 2
    check_whole(home)


def test_a_journal_that_cannot_be_written_stops_with_a_sentence(home: Home):
    with Ledger.open(home) as ledger:
        kept = journal(home).read_bytes()
        journal(home).unlink()
        journal(home).mkdir()
        with pytest.raises(StorageError, match=r"ledger\.jsonl"):
            planned(ledger, 3)
        journal(home).rmdir()
        journal(home).write_bytes(kept)
    check_whole(home)


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://host/films", "sqlite://", "sqlite:///:memory:", "://"]
)
def test_an_address_that_is_none_is_refused(tmp_path: Path, url: str):
    with pytest.raises((ReviseSetting, InstallPart), match=r"\[ledger\]|driver"):
        Ledger.open(home_in(tmp_path), url=url)


def can_mount() -> bool:
    command = ["unshare", "--user", "--map-root-user", "--mount", "true"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def on_a_small_disk(folder: Path, fault: str) -> list[str]:
    run = subprocess.run(
        [
            *("unshare", "--user", "--map-root-user", "--mount"),
            *(sys.executable, "-m", "tests.small_disk", str(folder), fault),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@pytest.mark.skipif(not can_mount(), reason="needs a mount of its own (Linux user namespaces)")
def test_a_full_disk_loses_nothing(tmp_path: Path):
    said = on_a_small_disk(tmp_path, "full")
    for line in said[:2]:
        assert line.startswith("FreeDisk The disk is full: free some space for ")
    assert said[2:] == ["still settled", "then settled", "again settled"]


@pytest.mark.skipif(not can_mount(), reason="needs a mount of its own (Linux user namespaces)")
def test_what_was_paid_for_is_kept_on_a_disk_that_filled_up_meanwhile(tmp_path: Path):
    said = on_a_small_disk(tmp_path, "paid")
    assert said[:2] == ["narration is there True", "settled True"]
    assert said[2:] == ["large picture is there True", "settled True settled True"]


@pytest.mark.skipif(not can_mount(), reason="needs a mount of its own (Linux user namespaces)")
def test_a_clip_that_takes_the_last_room_is_in_the_books(tmp_path: Path):
    """It is not to be fetched once more by a run that may come too late."""
    assert on_a_small_disk(tmp_path, "clip")[1:] == ["settled"]


@pytest.mark.skipif(not can_mount(), reason="needs a mount of its own (Linux user namespaces)")
def test_a_read_only_disk_loses_nothing(tmp_path: Path):
    said = on_a_small_disk(tmp_path, "read-only")
    for line in said[:2]:
        assert line.startswith("MakeWritable OneReel may not write")
    assert said[2:] == ["then settled", "again settled"]


def test_the_ledger_opens_where_the_package_has_a_path_for_a_name(tmp_path: Path):
    """As ComfyUI imports it: nothing is importable as `onereel`."""
    program = f"""
import importlib, importlib.util, sys
from decimal import Decimal
from functools import partial
from pathlib import Path
name = "/custom_nodes/ComfyUI-OneReel"
spec = importlib.util.spec_from_file_location(
    name, r"{ROOT / "onereel" / "__init__.py"}", submodule_search_locations=[r"{ROOT / "onereel"}"])
package = importlib.util.module_from_spec(spec)
sys.modules[name] = package
spec.loader.exec_module(package)
ledger = importlib.import_module(name + ".shoot.ledger")
home = importlib.import_module(name + ".home").Home(Path("p"), Path("m"))
with ledger.Ledger.open(home) as opened:
    print(opened.totals().day_held, "onereel" in sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.stdout.split() == ["0", "False"], run.stderr


def test_decimals_survive(home: Home):
    with Ledger.open(home) as ledger:
        assert ledger.find(shot(1).key).charged == Decimal("3.2")
        assert clip_of(shot(1).key) in ledger.file_names()
