"""Receipts: beside each paid clip a JSON file, for people, that says what was bought."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

from pydantic import AwareDatetime

from ...errors import BadInput, ReplaceMedia, StorageError
from ...files import writing
from ...home import Home
from ...values import Document, Value
from ..shot import Shot
from ..take import Take
from .events import Dollars, File, Moved, read_event_json
from .ledger import Ledger
from .provenance import provenance_of
from .records import Attempt, Entry, Transition

__all__ = ["SUFFIX", "Receipt", "Step", "complete_receipts", "write_receipts"]

SUFFIX = ".receipt.json"


class Step(Value):
    """One step of a request."""

    at: AwareDatetime
    state: str
    reason: str = ""
    answer: str = ""
    """What the service said, as JSON without media bytes and secrets."""


class Receipt(Document):
    """What was asked, what it cost, and what came."""

    NAME: ClassVar[str] = "receipt"
    REVISE: ClassVar[type[BadInput]] = ReplaceMedia

    key: str
    shot: Shot
    film_id: str
    scene_id: str
    picture_id: str
    asked: str
    attempt: str
    """The correlation id of the request that was paid."""
    operation: str
    started: AwareDatetime
    day: str
    cost: Dollars
    """Dollars, by the price card of the day it was bought."""
    files: tuple[File, ...]
    provenance: tuple[str, ...]
    """Of each file, the mark that says who made it, such as "C2PA"; empty where there is none."""
    revised: str = ""
    """What a safety revision changed in the words."""
    steps: tuple[Step, ...]
    take: Take | None = None


def write_receipts(ledger: Ledger, key: str, *, home: Home) -> tuple[Path, ...]:
    """Write the receipts of a take beside its clips: one of each request that was paid and kept.

    Raises:
        ChooseTake: the ledger has no such take.
        StorageError: it cannot be written.
    """
    entry = ledger.find(key)
    paid = tuple(_paid(entry, home))
    for attempt, path in paid:
        with writing(path) as temporary:
            receipt = _receipt(entry, attempt, ledger, home)
            temporary.write_text(receipt.to_json(indent=1), "utf-8")
    return tuple(path for _, path in paid)


def complete_receipts(entry: Entry, ledger: Ledger, *, home: Home) -> None:
    """Write those that are missing, if the disk lets us: it may have been full when the clips came,
    which are worth more."""
    if any(not path.is_file() for _, path in _paid(entry, home)):
        with suppress(StorageError):
            write_receipts(ledger, entry.key, home=home)


def _paid(entry: Entry, home: Home) -> Iterator[tuple[Attempt, Path]]:
    """The requests that were paid and kept, with the places of their receipts."""
    for attempt in entry.attempts:
        first = next((file for file in entry.files if file.attempt == attempt.id), None)
        if attempt.state == "settled" and first:
            path = home.path(first.name)
            yield attempt, path.with_name(path.stem + SUFFIX)


def _receipt(entry: Entry, attempt: Attempt, ledger: Ledger, home: Home) -> Receipt:
    files = [file for file in entry.files if file.attempt == attempt.id]
    return Receipt(
        key=entry.key,
        shot=entry.shot,
        film_id=entry.film_id,
        scene_id=entry.scene_id,
        picture_id=entry.picture_id,
        asked=entry.asked,
        attempt=attempt.correlation,
        operation=attempt.operation,
        started=attempt.started,
        day=attempt.day,
        cost=attempt.charged or Decimal(0),
        files=tuple(
            File(name=file.name, sha256=file.sha256, size=file.size, source=file.source)
            for file in files
        ),
        provenance=tuple(_mark(home.path(file.name)) for file in files),
        revised=ledger.revision(entry.key),
        steps=tuple(_step(line) for line in ledger.trail(entry.key)),
        take=entry.take,
    )


def _mark(path: Path) -> str:
    return provenance_of(path) if path.is_file() else ""


def _step(line: Transition) -> Step:
    event = read_event_json(line.event)
    answer = event.answer if isinstance(event, Moved) else ""
    return Step(at=line.at, state=line.state, reason=line.reason, answer=answer)
