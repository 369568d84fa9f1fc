"""The stand-ins as a process, and its control panel, for tests that kill and restart things."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from .events import Event
from .faults import Fault
from .prices import Charge

__all__ = ["Panel", "Running", "running"]

_ROOT = Path(__file__).parents[2]


class Panel:
    """The control panel of the stand-in at an address, from another process (control.py)."""

    def __init__(self, url: str) -> None:
        self._url = f"{url}/standin"

    def plan(self, *faults: Fault) -> None:
        """Put these faults in the place of the ones before."""
        self._ask("plan", [vars(fault) for fault in faults])

    def log(self, after: int = 0) -> tuple[Event, ...]:
        return tuple(Event(**event) for event in self._ask(f"log?after={after}"))

    def wait(self, after: int, *, timeout: float = 30) -> tuple[Event, ...]:
        """The events after the first so many, once there is one; none when time is up."""
        return tuple(Event(**event) for event in self._ask(f"wait?after={after}&timeout={timeout}"))

    def charges(self) -> tuple[Charge, ...]:
        return tuple(Charge.of(charge) for charge in self._ask("charges")["charges"])

    def total(self) -> Decimal:
        """Dollars charged so far."""
        return sum((charge.amount for charge in self.charges()), Decimal(0))

    def hold(self, at: int | None) -> None:
        """Stop everything at the event of this number, when it comes."""
        self._ask("hold", {"at": at})

    def go(self) -> bool:
        """End a hold; whether there was one."""
        return bool(self._ask("go", {})["held"])

    def refuse(self, seconds: float) -> None:
        self._ask("refuse", {"seconds": seconds})

    def reset(self) -> None:
        """All as at the start, but for the names that were given."""
        self._ask("reset", {})

    def _ask(self, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(f"{self._url}/{path}", data), timeout=90) as answer:
            return json.load(answer)


@dataclass(frozen=True)
class Running:
    """A process with stand-ins: what it told, and itself."""

    process: subprocess.Popen[str]
    google: str
    ollama: str
    speech: str
    bucket: str
    express_key: str
    environment: dict[str, str]

    @property
    def panel(self) -> Panel:
        """The control panel of the Google stand-in."""
        return Panel(self.google)


@contextmanager
def running(*words: str, faults: Sequence[Fault] = ()) -> Iterator[Running]:
    """Start `python -m tests.standins` with these arguments; it ends with the block."""
    command = [sys.executable, "-m", "tests.standins", *words]
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        told = Running(process, **json.loads(process.stdout.readline()))
        if faults:
            told.panel.plan(*faults)
        yield told
    finally:
        process.terminate()
        process.communicate()
