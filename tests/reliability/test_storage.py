"""Databases and folders that fail, vanish or move: nothing that was paid for is lost."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from onereel.commands.ledger import main as ledger_command
from onereel.errors import (
    MakeWritable,
    OneReelError,
    RepairLedger,
    ShootMissing,
    StorageError,
    UpdateOneReel,
)
from onereel.home import Home
from tests.reliability.production import VEO, Production, film, is_one_sentence
from tests.standins import Fault
from tests.standins.google_storage import BUCKET

SCREENPLAY = film("Robot A works", "Robot B works")
FORMS = pytest.mark.parametrize("bucket", ["", f"gs://{BUCKET}/films"], ids=["inline", "bucket"])


async def refusal(production: Production) -> OneReelError:
    """The one sentence of a run that must fail."""
    with pytest.raises(OneReelError) as failed:
        await production.shoot(SCREENPLAY, on_missing="stop")
    assert is_one_sentence(failed.value.user_message), failed.value.user_message
    return failed.value


def database(production: Production) -> Path:
    return production.home.private / "ledger.sqlite"


def change(production: Production, statement: str) -> None:
    with closing(sqlite3.connect(database(production))) as connection, connection:
        connection.execute(statement)


@FORMS
async def test_takes_that_were_deleted_are_fetched_again_for_nothing(bucket, google, tmp_path):
    production = Production(google, tmp_path, bucket=bucket)
    before = await production.shoot(SCREENPLAY)
    shutil.rmtree(production.home.media)
    after = await production.shoot(SCREENPLAY, on_missing="stop")
    assert [take.clip for take in after.values()] == [take.clip for take in before.values()]
    assert production.troubles() == []
    assert len(google.charges) == 2


@FORMS
async def test_takes_that_nobody_has_any_more_are_not_bought_again(bucket, google, tmp_path):
    production = Production(google, tmp_path, bucket=bucket)
    before = await production.shoot(SCREENPLAY)
    production.home.path(before["s01"].clip).unlink()
    google.world.generations.clear()
    failed = await refusal(production)
    assert isinstance(failed, ShootMissing)
    assert "put the file back" in failed.user_message
    assert len(production.sent()) == 2


async def test_a_take_that_was_cut_short_on_disk_is_fetched_again(google, tmp_path):
    production = Production(google, tmp_path)
    before = await production.shoot(SCREENPLAY)
    path = production.home.path(before["s02"].clip)
    path.write_bytes(path.read_bytes()[:5000])
    await production.shoot(SCREENPLAY, on_missing="stop")
    assert production.troubles() == []
    assert len(google.charges) == 2


async def test_a_media_folder_that_was_moved_is_used_where_it_is(google, tmp_path):
    production = Production(google, tmp_path)
    before = await production.shoot(SCREENPLAY)
    production.home.media.rename(tmp_path / "elsewhere")
    production.home = Home(private=production.home.private, media=tmp_path / "elsewhere")
    receipts = list(production.home.path("takes").rglob("*.receipt.json"))
    assert len(receipts) == 2
    # As on a disk that was full when it was to be written.
    receipts[0].unlink()
    assert await production.shoot(SCREENPLAY) == before
    assert receipts[0].is_file()
    polled = [event for event in google.log.after() if event.kind == "polled"]
    assert len(polled) == 2


async def test_without_a_place_for_the_clips_nothing_is_bought(google, tmp_path):
    production = Production(google, tmp_path)
    production.home.media.mkdir()
    production.home.path("takes").write_text("no folder", "utf-8")
    assert isinstance(await refusal(production), StorageError)
    assert production.sent() == []
    production.home.path("takes").unlink()
    await production.shoot(SCREENPLAY, on_missing="stop")
    assert production.troubles() == []


async def test_a_clip_that_found_no_place_is_brought_by_the_next_run(google, tmp_path):
    production = Production(google, tmp_path)
    google.plan.set([Fault("hold", where="poll", event="polled")])

    def spoil() -> None:
        while not google.log.held:
            time.sleep(0.01)
        shutil.rmtree(production.home.path("takes"))
        production.home.path("takes").write_text("no folder", "utf-8")
        google.log.go()

    spoiler = threading.Thread(target=spoil)
    spoiler.start()
    assert isinstance(await refusal(production), StorageError)
    spoiler.join()
    assert {entry.state for entry in production.entries()} == {"submitted"}
    production.home.path("takes").unlink()
    await production.shoot(SCREENPLAY, on_missing="stop")
    assert production.troubles() == []
    assert len(google.charges) == 2


@pytest.mark.parametrize("state", ["settled", "submitted", "unknown"])
async def test_a_database_that_was_deleted_comes_back_from_the_journal(state, google, tmp_path):
    production = Production(google, tmp_path)
    faults = {
        "settled": [],
        "submitted": [Fault("500", where="poll", times=None)],
        "unknown": [Fault("reset", where="submit", late=True, times=None)],
    }
    google.plan.set(faults[state])
    await production.shoot(SCREENPLAY)
    google.plan.set([])
    assert {entry.state for entry in production.entries()} == {state}
    for path in production.home.private.glob("ledger.sqlite*"):
        path.unlink()
    takes = await production.shoot(SCREENPLAY)
    assert {take.state for take in takes.values()} == {"unknown" if state == "unknown" else "ready"}
    assert len(production.sent()) == 2


async def test_a_database_that_is_deleted_while_a_film_is_shot(google, tmp_path):
    production = Production(google, tmp_path)
    google.plan.set([Fault("hold", where="submit", match="Robot B", event="charged")])

    def spoil() -> None:
        while not google.log.held:
            time.sleep(0.01)
        for path in production.home.private.glob("ledger.sqlite*"):
            path.unlink()
        google.log.go()

    spoiler = threading.Thread(target=spoil)
    spoiler.start()
    await production.shoot(SCREENPLAY)
    spoiler.join()
    production.answer()
    await production.shoot(SCREENPLAY, on_missing="stop")
    assert production.troubles() == []


async def test_a_damaged_database_is_named_and_made_anew(google, tmp_path, monkeypatch):
    production = Production(google, tmp_path)
    before = await production.shoot(SCREENPLAY)
    for path in production.home.private.glob("ledger.sqlite-*"):
        path.unlink()
    database(production).write_bytes(b"This is no database. " * 500)
    failed = await refusal(production)
    assert isinstance(failed, RepairLedger)
    assert "ledger rebuild" in failed.user_message
    assert len(google.charges) == 2
    monkeypatch.setenv("ONEREEL_HOME", str(production.home.private))
    assert ledger_command(["rebuild"]) == 0
    assert await production.shoot(SCREENPLAY) == before
    assert len(google.charges) == 2


async def test_a_database_of_a_newer_version_is_left_alone(google, tmp_path):
    production = Production(google, tmp_path)
    await production.shoot(SCREENPLAY)
    change(production, "UPDATE alembic_version SET version_num = '9999'")
    failed = await refusal(production)
    assert isinstance(failed, UpdateOneReel)
    assert len(google.charges) == 2


async def test_an_empty_database_is_filled_and_nothing_is_bought_again(google, tmp_path):
    production = Production(google, tmp_path)
    before = await production.shoot(SCREENPLAY)
    for path in production.home.private.glob("ledger.sqlite*"):
        path.unlink()
    database(production).touch()
    assert await production.shoot(SCREENPLAY) == before


async def test_a_database_that_is_locked_for_a_while_when_a_request_was_taken(google, tmp_path):
    production = Production(google, tmp_path)
    google.plan.set([Fault("hold", where="submit", match="Robot B", event="charged")])

    def lock() -> None:
        while not google.log.held:
            time.sleep(0.01)
        with closing(sqlite3.connect(database(production), isolation_level=None)) as other:
            other.execute("PRAGMA busy_timeout = 10000")
            other.execute("BEGIN IMMEDIATE")
            google.log.go()
            time.sleep(1)
            other.execute("ROLLBACK")

    locker = threading.Thread(target=lock)
    locker.start()
    await production.shoot(SCREENPLAY, on_missing="stop")
    locker.join()
    assert production.troubles() == []


async def test_a_folder_in_the_place_of_the_database(google, tmp_path):
    production = Production(google, tmp_path)
    database(production).mkdir()
    assert isinstance(await refusal(production), (MakeWritable, StorageError))
    assert production.sent() == []


@pytest.mark.parametrize("bucket", ["", f"gs://{BUCKET}/films"], ids=["inline", "bucket"])
async def test_a_clock_that_was_set_back_a_day_keeps_nobody_waiting(bucket, google, tmp_path):
    settings = "[buying]\non = true\nday = 1000\n\n[ledger]\nlease = 1\n"
    production = Production(google, tmp_path, bucket=bucket, settings=settings)
    google.plan.set([Fault("reset", where="submit", match="Robot A", times=None)])
    google.plan.add(Fault("500", where="poll", match="Robot B", times=None))
    await production.shoot(SCREENPLAY)
    google.plan.set([])
    for column in ("leases SET expires", "attempts SET started", "transitions SET at"):
        name = column.rpartition(" ")[2]
        change(production, f"UPDATE {column} = {name} + 86400000000")
    takes = await production.shoot(SCREENPLAY)
    assert [takes[key].state for key in ("s01", "s02")] == ["unknown", "ready"]
    production.answer()
    await production.shoot(SCREENPLAY, on_missing="stop")
    assert production.troubles() == []


async def test_the_ledger_keeps_room_to_say_how_a_request_ended(google, tmp_path):
    production = Production(google, tmp_path, options=VEO)
    await production.shoot(SCREENPLAY)
    ballast = production.home.private / "ledger.ballast"
    assert ballast.stat().st_size >= 8_000_000
    assert ballast.stat().st_mode & 0o077 == 0
