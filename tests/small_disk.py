"""A ledger on a disk that fills up or becomes read-only: run in a mount namespace of its own.

unshare --user --map-root-user --mount python -m tests.small_disk FOLDER full|read-only|paid|clip

Prints, one per line, what each step said.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

from onereel.errors import OneReelError
from onereel.home import Home
from onereel.shoot.ledger import Ledger
from onereel.shoot.takes import film_folder
from tests.ledger_work import bought, home_in
from tests.library.test_bought_once import PLACE, Room
from tests.reliability.full_disk import fill_up
from tests.reliability.production import Production, film
from tests.reliability.stepping import at_step
from tests.standins import Fault, Google


def main() -> None:
    folder, fault = Path(sys.argv[1]), sys.argv[2]
    # No picture is asked for without room for many.
    size = "size=220m" if fault in ("paid", "clip") else "size=12m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", folder], check=True)
    home = home_in(folder)
    if fault == "paid":
        _have_what_finds_no_room(home, folder / "ballast")
        return
    if fault == "clip":
        asyncio.run(_have_a_clip_that_takes_the_last_room(folder))
        return
    with Ledger.open(home) as ledger:
        bought(ledger, 1)
        if fault == "full":
            fill_up(folder / "ballast")
            _try(home)
            print("still", *(entry.state for entry in ledger.entries()))
            (folder / "ballast").unlink()
    if fault == "read-only":
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        _try(home)
        subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
    with Ledger.open(home) as ledger:
        print("then", *(entry.state for entry in ledger.entries(states=["settled"])))
        print("again", bought(ledger, 9).state)


def _have_what_finds_no_room(home: Home, ballast: Path) -> None:
    """Buy a sentence and a picture, with the disk full by the time that each comes."""
    with Google(latency=0) as google:
        room = Room(google, home.media.parent)
        for kind in ("narration", "large picture"):
            where = PLACE[kind.removeprefix("large ")]
            google.plan.set([Fault("hold", where=where, event="received")])
            threading.Thread(target=_fill_when_held, args=(google, ballast)).start()
            try:
                print(kind, "is there", bool(asyncio.run(room.buy(kind))))
            except OneReelError as error:
                print(type(error).__name__, error.user_message)
            with Ledger.open(home) as ledger:
                print(*(f"{each.state} {bool(each.charged)}" for each in ledger.spendings()))
            ballast.unlink()


async def _have_a_clip_that_takes_the_last_room(folder: Path) -> None:
    """Buy a clip; by the time that it has its name, nothing more fits on the disk."""
    play = film("Robot A works")
    with Google(latency=0) as google:
        os.environ.update(google.environment(folder))
        production = Production(google, folder)
        named = f"rename {film_folder(production.home, play.brief.film_id).name}"
        at_step(1, lambda _what: fill_up(folder / "ballast"), among=named)
        try:
            print((await production.shoot(play))["s01"].state)
        except OneReelError as error:
            print(type(error).__name__, error.user_message)
        (folder / "ballast").unlink()
        print(*(entry.state for entry in production.entries()))


def _fill_when_held(google: Google, ballast: Path) -> None:
    while not google.log.held:
        time.sleep(0.01)
    fill_up(ballast)
    google.log.go()


def _try(home: Home) -> None:
    for number in (2, 3):
        try:
            with Ledger.open(home) as ledger:
                bought(ledger, number)
            print("bought", number)
        except OneReelError as error:
            print(type(error).__name__, error.user_message)


if __name__ == "__main__":
    main()
