"""What tests of the ledger share: takes, walks through their states, and processes that do both."""

from __future__ import annotations

import multiprocessing
import os
import uuid
from decimal import Decimal
from multiprocessing.context import BaseContext
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random

from sqlalchemy import create_engine, select, text

from onereel.errors import RaiseCap
from onereel.home import Home
from onereel.library.tables import Base
from onereel.shoot.ledger import Attempt, Caps, Entry, KeptFile, Lease, Ledger, Spending
from onereel.shoot.shot import Shot
from onereel.shoot.states import NEXT, OPEN, AttemptState
from onereel.shoot.take import Take

PRICE = Decimal("3.20")
FILM = "film"


def home_in(folder: Path) -> Home:
    return Home(private=folder / "private", media=folder / "media")


def shot(number: int = 1) -> Shot:
    return Shot(renderer="veo", model="veo-3.1", prompt="a robot", duration=8, number=number)


def clip_of(key: str) -> str:
    return f"takes/{FILM}/scene-{key}.mp4"


def planned(ledger: Ledger, number: int = 1, *, asked: str = "robot") -> Entry:
    return ledger.plan(
        shot(number), film_id=FILM, scene_id="scene", picture_id="picture", asked=asked
    )


def leased(ledger: Ledger, number: int = 1, *, seconds: float = 60) -> Lease:
    lease = ledger.lease(planned(ledger, number).key, seconds=seconds)
    assert lease
    return lease


def reserved(ledger: Ledger, lease: Lease, caps: Caps | None = None) -> Attempt:
    return ledger.reserve(lease, ceiling=PRICE, caps=caps or Caps(), film_id=FILM)


def set_aside(
    ledger: Ledger, ceiling: Decimal, *, caps: Caps | None = None, what: str = "script"
) -> tuple[Spending, Lease]:
    """Money for a thing of its own that is no take, in the hands of whoever buys it."""
    lease = ledger.claim(uuid.uuid4().hex)
    assert lease
    asked = {"model": "m", "film_id": FILM, "ceiling": ceiling, "caps": caps or Caps()}
    return ledger.spend(what, lease=lease, **asked), lease


def sent(ledger: Ledger, lease: Lease, caps: Caps | None = None) -> Attempt:
    attempt = reserved(ledger, lease, caps)
    ledger.move(lease, attempt.id, "submitting")
    return ledger.move(lease, attempt.id, "submitted", operation=f"operations/{attempt.id}")


def take_of(key: str) -> Take:
    return Take(
        id=key,
        film_id=FILM,
        scene_id="scene",
        picture_id="picture",
        renderer="veo",
        clip=clip_of(key),
        duration=8,
        width=1280,
        height=720,
        fps=24,
        cost=PRICE,
    )


def bought(
    ledger: Ledger,
    number: int = 1,
    *,
    caps: Caps | None = None,
    sha256: str = "0" * 64,
    size: int = 12,
) -> Entry:
    with leased(ledger, number) as lease:
        attempt = sent(ledger, lease, caps)
        file = KeptFile(clip_of(lease.key), sha256, size, "gs://bucket/clip.mp4", attempt.id)
        ledger.keep(lease, attempt.id, [file])
        return ledger.settle(lease, attempt.id, charged=PRICE, take=take_of(lease.key))


def run_out(home: Home, url: str = "") -> None:
    """Let all leases expire, as after a crash and a minute."""
    engine = create_engine(url or f"sqlite:///{home.private / 'ledger.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE leases SET expires = 0"))
    engine.dispose()


def step(
    ledger: Ledger,
    home: Home,
    random: Random,
    leases: dict[int, Lease],
    caps: Caps,
    *,
    url: str = "",
    first: int = 1,
) -> Attempt | None:
    """Do one thing that may happen to one of six takes; None where nothing could."""
    number = random.randint(first, first + 5)
    entry = planned(ledger, number)
    chance = random.random()
    if chance < 0.1:
        leases.clear()
        run_out(home, url)
    elif chance < 0.2 and number in leases:
        leases.pop(number).release()
    if number not in leases:
        leases[number] = leased(ledger, number)
    lease = leases[number]
    attempt = next(iter((ledger.entry(entry.key) or entry).attempts[-1:]), None)
    if attempt is None or attempt.state not in OPEN:
        if attempt and attempt.state == "settled":
            return None
        try:
            return reserved(ledger, lease, caps)
        except RaiseCap:
            return None
    return _on(ledger, lease, attempt, random.choice(sorted(NEXT[attempt.state])))


def _on(ledger: Ledger, lease: Lease, attempt: Attempt, state: AttemptState) -> Attempt:
    if state == "downloaded":
        file = KeptFile(clip_of(lease.key), f"{attempt.id:064x}", 12, "", attempt.id)
        return ledger.keep(lease, attempt.id, [file]).attempts[-1]
    if state == "settled":
        take = take_of(lease.key)
        return ledger.settle(lease, attempt.id, charged=PRICE / 2, take=take).attempts[-1]
    if state == "written off":
        return ledger.write_off(attempt.id, "the user said so")
    return ledger.move(lease, attempt.id, state, operation="op", answer='{"done": true}')


def rows(home: Home, url: str = "") -> dict[str, list[tuple[object, ...]]]:
    """Everything in the database but who works on what, and how far the journal was posted."""
    engine = create_engine(url or f"sqlite:///{home.private / 'ledger.sqlite'}")
    try:
        with engine.connect() as connection:
            return {
                table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
                for table in Base.metadata.sorted_tables
                if table.name not in ("leases", "journals")
            }
    finally:
        engine.dispose()


def processes() -> BaseContext:
    """Real processes that start quickly: forked from one that has imported everything."""
    if os.name == "nt":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.ledger_work"])
    return context


def race(folder: Path, url: str, number: int, caps: Caps, start: Barrier, said: Queue[str]) -> None:
    """Open the ledger at the same moment as everybody else, and reserve one take."""
    start.wait()
    try:
        with Ledger.open(home_in(folder), url=url) as ledger:
            reserved(ledger, leased(ledger, number), caps)
        said.put("reserved")
    except Exception as error:  # noqa: BLE001 (whatever it is, the test has to hear it)
        said.put(type(error).__name__)


def churn(folder: Path, url: str, seed: int, caps: Caps, done: Path) -> None:
    """Walk takes through their states until killed, noting each step that came back."""
    home, random, leases = home_in(folder), Random(seed), dict[int, Lease]()
    with Ledger.open(home, url=url) as ledger, done.open("a") as notes:
        run_out(home, url)
        first = 6 * seed + 1
        while True:
            if attempt := step(ledger, home, random, leases, caps, url=url, first=first):
                notes.write(f"{attempt.correlation} {attempt.state}\n")
                notes.flush()
