"""What is shown of a take of the ledger and of all that was asked of the service for it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import AwareDatetime

from ...onereel.errors import ReviseSetting
from ...onereel.home import Home
from ...onereel.money import decimal_string
from ...onereel.shoot.models.registry import Registry
from ...onereel.shoot.states import CLIPLESS
from .routes import Answer

if TYPE_CHECKING:
    from ...onereel.shoot.ledger import Attempt, Entry
    from ...onereel.shoot.models.model import Model

__all__ = ["Operation", "deeds_of", "views_of"]

_Deed = Literal["resume", "write-off", "try-again", "delete"]


class AttemptView(Answer):
    """One request for a take."""

    number: int
    state: str
    operation: str
    """The service's name for it."""
    ceiling: str
    charged: str | None
    reason: str
    started: AwareDatetime
    log_id: str


class FileView(Answer):
    """A file that was delivered."""

    size: int
    sha256: str
    here: bool


class Operation(Answer):
    """A take of the ledger, with everything that was asked of the service for it."""

    id: int
    key: str
    state: str
    film: str
    scene: str
    renderer: str
    model: str
    shot_by: str
    """What people call the model; empty where nobody knows."""
    prompt: str
    duration: int
    resolution: str
    aspect: str
    sound: bool
    held: str
    charged: str
    planned: AwareDatetime
    attempts: list[AttemptView]
    files: list[FileView]
    revised_to: str
    diff: str
    may: list[_Deed]
    """What can be done about it."""
    busy: bool
    """Whether it is being fetched right now."""
    fetch_by: AwareDatetime | None
    """When the service deletes what it makes; None of what is here, or is kept for good."""


def views_of(entries: Sequence[Entry], home: Home, *, busy: Container[str]) -> list[Operation]:
    """The views of some takes; `busy` are the keys of those that are being fetched."""
    try:
        models = Registry.load(home).models
    except ReviseSetting:
        # What was bought is shown whatever the owner wrote into his rows.
        models = {}
    return [_shown(each, models.get(each.shot.model), home, busy) for each in entries]


def _shown(entry: Entry, model: Model | None, home: Home, busy: Container[str]) -> Operation:
    shot = entry.shot
    return Operation(
        id=entry.id,
        key=entry.key,
        state=entry.state,
        film=entry.film_id,
        scene=entry.scene_id,
        renderer=shot.renderer,
        model=shot.model,
        shot_by=model.label if model else "",
        prompt=shot.prompt,
        duration=shot.duration,
        resolution=shot.resolution,
        aspect=shot.aspect,
        sound=shot.sound,
        held=decimal_string(entry.held),
        charged=decimal_string(entry.charged),
        planned=entry.planned,
        attempts=[_attempt(each) for each in entry.attempts],
        files=[
            FileView(size=file.size, sha256=file.sha256, here=home.has(file.name))
            for file in entry.files
        ],
        revised_to=entry.revised_to,
        diff=entry.diff,
        may=deeds_of(entry),
        busy=entry.key in busy,
        fetch_by=_fetch_by(entry, model),
    )


def _fetch_by(entry: Entry, model: Model | None) -> datetime | None:
    sent = entry.unresolved
    if sent is None or model is None or model.kept_hours is None:
        return None
    return sent.started + timedelta(hours=model.kept_hours)


def _attempt(attempt: Attempt) -> AttemptView:
    return AttemptView(
        number=attempt.number,
        state=attempt.state,
        operation=attempt.operation,
        ceiling=decimal_string(attempt.ceiling),
        charged=None if attempt.charged is None else decimal_string(attempt.charged),
        reason=attempt.reason,
        started=attempt.started,
        log_id=attempt.correlation,
    )


def deeds_of(entry: Entry) -> list[_Deed]:
    """What can be done about a take."""
    if sent := entry.unresolved:
        return ["resume", "write-off", "try-again"] if sent.state == "unknown" else ["resume"]
    last = entry.told_by
    undelivered = entry.state in ("failed", "refused") and last and last.charged
    deeds: list[_Deed] = ["try-again"] if entry.state == "written off" or undelivered else []
    return [*deeds, "delete"] if entry.state in CLIPLESS else deeds
