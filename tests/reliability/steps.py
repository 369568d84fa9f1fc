"""kill -9 before any step to the disk or to the wire, in a process that buys what is no take."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from onereel.errors import OneReelError
from onereel.home import Home
from onereel.remote import Remote
from onereel.settings import Settings
from onereel.shoot.buying.opening import open_ledger
from onereel.stage import Work
from onereel.writers import WRITERS
from tests.ledger_work import home_in
from tests.library.long_films import Novelist
from tests.library.test_acts import PAID
from tests.library.test_bought_once import PATIENCE, Room, buy, settings_for
from tests.reliability.shooting import FORKS
from tests.reliability.stepping import at_step
from tests.standins import Google

__all__ = ["Ending", "kill_at"]

_LEASE = 2.0
_AT_EASE = 60.0
"""Seconds of the lease of whoever is to be killed: it is not to lose it on a busy machine."""
_MOST_RUNS = 40


@dataclass(frozen=True)
class Ending:
    """What a kill at one step led to, when the thing was had after all."""

    step: str
    """Before which it was killed; empty: it was done before it came to that step."""
    answers: int
    """How often the owner had to allow another request."""
    troubles: tuple[str, ...]
    """What was paid twice, lost, or is not in the books."""


def kill_at(number: int, kind: str, folder: Path, google: Google, *, among: str = "") -> Ending:
    """Buy a thing, killed before its step of a number, then again to the end.

    Args:
        number: from 1, of the steps whose names begin with `among`.
        kind: what is bought: one of `test_bought_once.KINDS`, or "acts", a script in several.
        folder: empty; the home is made there.
    """
    google.reset()
    google.requests.clear()
    google.gemini.writes = Novelist().for_gemini if kind == "acts" else None
    room = Room(google, folder)
    process = _start(kind, folder, google.url, number, among)
    process.join(120)
    step = _read(folder / "step")
    assert process.exitcode == (-signal.SIGKILL if step else 0), process.exitcode
    answers: Counter[bytes] = Counter()
    troubles: list[str] = []
    if not step and (why := json.loads(_read(folder / "told")).get("error")):
        troubles.append(f"ended before its step {number}: {why}")
    for _ in range(_MOST_RUNS):
        process = _start(kind, folder, google.url)
        process.join(120)
        told = json.loads(_read(folder / "told") or "{}")
        if told.get("error") is None:
            break
        if told["class"] == "WaitForOther":
            # A busy machine held it up for longer than its lease.
            continue
        if not told.get("unknown"):
            troubles.append(told["error"])
            break
        answers += _allow(room)
    return Ending(step, answers.total(), (*troubles, *_audit(room, google, answers.total())))


def _allow(room: Room) -> Counter[bytes]:
    """Let be asked again for what nobody knows of, or what is gone, as an owner does."""
    allowed: Counter[bytes] = Counter()
    with open_ledger(room.home, settings_for(room.google.url, lease=_LEASE)) as ledger:
        for each in ledger.spendings():
            if each.state in ("unknown", "submitting"):
                ledger.try_spending_again(each.key, "the owner said so")
                allowed[each.key.encode()] += 1
    return allowed


def _audit(room: Room, google: Google, answers: int) -> list[str]:
    """Compare what was asked for with the books."""
    asked = Counter(each.body for each in google.requests if "enerateContent" in each.path)
    again = sum(count - 1 for count in asked.values())
    found = [f"{again} asked for again, {answers} allowed"] if again > answers else []
    spent = room.spent()
    settled = [each for each in spent if each.state == "settled"]
    open_ended = [each for each in spent if each.state == "abandoned"]
    if not len(settled) <= asked.total() <= len(settled) + len(open_ended):
        found.append(f"{asked.total()} asked for: {[each.state for each in spent]}")
    if [each for each in spent if each.state not in ("settled", "abandoned", "failed")]:
        found.append(f"left open: {[each.state for each in spent]}")
    charged = sum((each.amount for each in google.charges), Decimal(0))
    known = sum((each.charged or Decimal(0) for each in settled), Decimal(0))
    if google.charges and not known <= charged <= known + sum(each.ceiling for each in open_ended):
        found.append(f"charged {charged}, known {known}")
    return found


def _start(kind: str, folder: Path, url: str, number: int = 0, among: str = "") -> BaseProcess:
    for name in ("step", "told"):
        (folder / name).unlink(missing_ok=True)
    process = FORKS.Process(target=_buy, args=(kind, folder, url, number, among), daemon=True)
    process.start()
    return process


def _buy(kind: str, folder: Path, url: str, number: int, among: str) -> None:
    if number:
        _die_at(number, among, folder / "step")
    told: dict[str, Any]
    try:
        settings = settings_for(url, lease=_AT_EASE if number else _LEASE)
        came = asyncio.run(_have(kind, home_in(folder), settings))
        # Of pictures, why a scene has none.
        told = _error(came, "") if came[0] == "{" else {}
    except OneReelError as error:
        told = _error(error.user_message, type(error).__name__)
    (folder / "told").write_text(json.dumps(told), "utf-8")


def _error(why: str, kind: str) -> dict[str, Any]:
    return {"error": why, "class": kind, "unknown": "nobody knows" in why}


async def _have(kind: str, home: Home, settings: Settings) -> str:
    if kind != "acts":
        return await buy(kind, home, settings)
    made = await WRITERS["gemini"].run(
        Work(home, settings), brief=PAID, model="", seed=0, remote=Remote(PATIENCE)
    )
    return str(made["screenplay"].title)


def _die_at(number: int, among: str, note: Path) -> None:
    """Kill this process before its step of a number, and write down which that was."""

    def die(what: str) -> None:
        handle = os.open(note, os.O_WRONLY | os.O_CREAT)
        os.write(handle, what.encode())
        os.kill(os.getpid(), signal.SIGKILL)

    at_step(number, die, among=among)


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""
