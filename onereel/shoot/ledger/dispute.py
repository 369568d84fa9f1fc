"""The dispute bundle: what to send to the provider about a request that was charged and brought
nothing."""

from __future__ import annotations

import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from ...files import writing
from ...home import Home
from .checking import sha256_of
from .events import Moved, read_event_json
from .ledger import Ledger
from .masking import masked
from .records import Attempt, Entry, KeptFile, Transition

__all__ = ["write_dispute"]

_LETTER = """\
Request {operation}
of model {model}, sent on {sent} (UTC).

Asked for: {asked}
State in our records: {state}{reason}
Set aside for it: {ceiling} US dollars; charged in our records: {charged}.

Our records say that no usable clip was delivered for what was charged. Please check the operation
named above and refund it, or deliver the clip.

take.json holds the request, its times and the answers we received; times.txt the same in short.
There is no key, token or media in this file.
"""


def write_dispute(ledger: Ledger, key: str, path: Path, *, home: Home) -> Path:
    """Write a zip about the take whose key begins with `key`.

    Raises:
        ChooseTake: the ledger has no such take.
        StorageError: it cannot be written.
    """
    entry = ledger.find(key)
    trail = ledger.trail(entry.key)
    with (
        writing(path) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as bundle,
    ):
        delivered = {file.attempt for file in entry.files}
        for attempt in (each for each in entry.attempts if each.id not in delivered):
            bundle.writestr(f"letter-{attempt.number}.txt", _letter(entry, attempt))
        bundle.writestr("times.txt", "\n".join(_short(line) for line in trail) + "\n")
        told = _masked(_all(entry, trail, home))
        bundle.writestr("take.json", json.dumps(told, indent=1, ensure_ascii=False))
    return path


def _letter(entry: Entry, attempt: Attempt) -> str:
    shot = entry.shot
    return _LETTER.format(
        operation=attempt.operation or "(no operation name was received)",
        model=shot.model,
        sent=f"{attempt.started:%Y-%m-%d %H:%M:%S}",
        asked=f"{shot.duration} s, {shot.aspect}, {shot.resolution}, from {shot.task}",
        state=attempt.state,
        reason=f" ({attempt.reason})" if attempt.reason else "",
        ceiling=f"{attempt.ceiling:f}",
        charged="not known" if attempt.charged is None else f"{attempt.charged:f}",
    )


def _short(line: Transition) -> str:
    return (
        f"{line.at:%Y-%m-%d %H:%M:%S.%f} UTC  {line.correlation:16}  {line.state:12} {line.reason}"
    )


def _all(entry: Entry, trail: tuple[Transition, ...], home: Home) -> dict[str, Any]:
    return {
        "key": entry.key,
        "shot": entry.shot.model_dump(mode="json"),
        "attempts": [_attempt(attempt) for attempt in entry.attempts],
        "files": [_file(file, home) for file in entry.files],
        "trail": [_line(line) for line in trail],
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    plain = {name: getattr(attempt, name) for name in ("number", "state", "operation", "reason")}
    charged: Decimal | None = attempt.charged
    return {
        **plain,
        "correlation": attempt.correlation,
        "started": attempt.started.isoformat(),
        "ceiling": str(attempt.ceiling),
        "charged": None if charged is None else str(charged),
    }


def _file(file: KeptFile, home: Home) -> dict[str, Any]:
    path = home.path(file.name)
    now = sha256_of(path) if path.is_file() else None
    return {
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "on disk": "missing" if now is None else "whole" if now == file.sha256 else "changed",
        "source": file.source,
    }


def _line(line: Transition) -> dict[str, Any]:
    event = read_event_json(line.event)
    return {
        "at": line.at.isoformat(),
        "attempt": line.correlation,
        "state": line.state,
        "reason": line.reason,
        "answer": event.answer if isinstance(event, Moved) else "",
    }


def _masked(value: Any) -> Any:
    """Mask each text of a JSON value: what the user wrote may hold a secret too."""
    if isinstance(value, dict):
        return {name: _masked(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_masked(each) for each in value]
    return masked(value) if isinstance(value, str) else value
