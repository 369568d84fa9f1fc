"""A ledger on a disk that fills up or becomes read-only: run in a mount namespace of its own.

unshare --user --map-root-user --mount python -m tests.small_disk FOLDER full|read-only

Prints, one per line, what each step said.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from onereel.errors import OneReelError
from onereel.home import Home
from onereel.shoot.ledger import Ledger
from tests.ledger_work import bought, home_in


def main() -> None:
    folder, fault = Path(sys.argv[1]), sys.argv[2]
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "none", folder], check=True)
    home = home_in(folder)
    with Ledger.open(home) as ledger:
        bought(ledger, 1)
        if fault == "full":
            _fill(folder / "ballast")
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


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"\0" * 4096):
            pass


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
