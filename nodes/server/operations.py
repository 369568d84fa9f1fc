"""Operations: what was asked of paid services, and what to do about what is not here."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import AwareDatetime, Field

from ...onereel.errors import ChooseTake, OneReelError, ReviseSetting
from ...onereel.money import decimal_string
from ...onereel.shoot.models.registry import Registry
from ...onereel.shoot.states import CLIPLESS, EntryState
from .adapter import no_such
from .routes import LARGEST_ID, Answer, Body, Call, Query, Route
from .shelf import shelf

if TYPE_CHECKING:
    from ...onereel.shoot.ledger import Attempt, Entry
    from ...onereel.shoot.models.model import Model

__all__ = ["ROUTES"]

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


class Operations(Answer):
    """A page of operations, the newest first."""

    operations: list[Operation]
    next: int | None
    """The cursor of the next page; None on the last."""


class OperationQuery(Query):
    """Which operations."""

    state: EntryState | None = None
    film: str | None = Field(default=None, pattern="^[0-9a-f]{16}$")
    unfinished: bool = False
    """Those alone that are under way, of unknown outcome, or charged and not delivered."""
    all: bool = False
    """Those too that were taken off the list."""
    limit: int = Field(default=50, ge=1, le=200)
    cursor: int = Field(default=0, ge=0, le=LARGEST_ID)
    """The `next` of the page before."""


class OneQuery(Query):
    """Which of those with this key."""

    all: bool = False
    """The one too that was taken off the list."""


_busy: dict[str, str] = {}
_lock = threading.Lock()


def _operations(call: Call) -> Operations:
    wanted: OperationQuery = call.query
    entries = shelf(call.home, call.settings).ledger.entries(
        film_id=wanted.film or "",
        states=(wanted.state,) if wanted.state else (),
        before=wanted.cursor,
        # One more: whether there is another page.
        limit=wanted.limit + 1,
        newest=True,
        put_away=wanted.all,
        unfinished=wanted.unfinished,
    )
    page = entries[: wanted.limit]
    return Operations(
        operations=_views(page, call),
        next=page[-1].id if len(entries) > len(page) else None,
    )


def _find(call: Call, *, put_away: bool = False) -> Entry:
    try:
        entry = shelf(call.home, call.settings).ledger.find(call.at["key"])
    except ChooseTake:
        raise no_such("operation") from None
    # What was deleted is not there, unless it is asked for.
    if entry.put_away and not put_away:
        raise no_such("operation")
    return entry


def _operation(call: Call) -> Operation:
    return _view(_find(call, put_away=call.query.all), call)


def _view(entry: Entry, call: Call) -> Operation:
    (view,) = _views([entry], call)
    return view


def _views(entries: Sequence[Entry], call: Call) -> list[Operation]:
    try:
        models = Registry.load(call.home).models
    except ReviseSetting:
        # What was bought is shown whatever the owner wrote into his rows.
        models = {}
    return [_shown(entry, models.get(entry.shot.model), call) for entry in entries]


def _shown(entry: Entry, model: Model | None, call: Call) -> Operation:
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
            FileView(size=file.size, sha256=file.sha256, here=call.home.path(file.name).is_file())
            for file in entry.files
        ],
        revised_to=entry.revised_to,
        diff=entry.diff,
        may=_may(entry),
        busy=entry.key in _busy,
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


def _may(entry: Entry) -> list[_Deed]:
    if sent := entry.unresolved:
        return ["resume", "write-off", "try-again"] if sent.state == "unknown" else ["resume"]
    last = entry.told_by
    undelivered = entry.state in ("failed", "refused") and last and last.charged
    deeds: list[_Deed] = ["try-again"] if entry.state == "written off" or undelivered else []
    return [*deeds, "delete"] if entry.state in CLIPLESS else deeds


def _resume(call: Call) -> Operation:
    """Fetch it in the background: a service may take minutes. Sends no new request."""
    entry = _find(call)
    with _lock:
        if "resume" not in _may(entry):
            raise ChooseTake(
                f"The operation is {entry.state}; only one under way or of unknown outcome can be"
                " resumed."
            )
        if entry.key not in _busy:
            _busy[entry.key] = entry.film_id
            threading.Thread(
                target=_fetch, args=(entry.key, call), name="onereel-resume", daemon=True
            ).start()
    return _view(entry, call)


def _fetch(key: str, call: Call) -> None:
    from ...onereel.shoot.buying.studio import resume_takes
    from .hub import HUB

    detail = ""
    try:
        found = asyncio.run(resume_takes([key], home=call.home, settings=call.settings))
        result = found.get(key)
        detail = result.user_message if isinstance(result, OneReelError) else ""
    except OneReelError as error:
        detail = error.user_message
    finally:
        film = _busy.pop(key)
        HUB.publish("operation", {"key": key, "film": film, "detail": detail})


class ReasonBody(Body):
    """Why, for the books."""

    reason: str = Field(default="decided in the panel", min_length=1, max_length=500)


def _open_attempt(entry: Entry) -> int:
    attempt = entry.unresolved or entry.told_by
    return attempt.id if attempt else 0


def _write_off(call: Call) -> Operation:
    entry = _find(call)
    shelf(call.home, call.settings).ledger.write_off(_open_attempt(entry), call.body.reason)
    return _view(_find(call), call)


def _try_again(call: Call) -> Operation:
    entry = _find(call)
    shelf(call.home, call.settings).ledger.try_again(_open_attempt(entry), call.body.reason)
    return _view(_find(call), call)


def _delete(call: Call) -> None:
    entry = _find(call)
    shelf(call.home, call.settings).ledger.put_away(entry.key, "taken off the list")


ROUTES: tuple[Route, ...] = (
    Route("GET", "/operations", _operations, "What was bought", Operations, query=OperationQuery),
    Route("GET", "/operations/{key}", _operation, "One operation", Operation, query=OneQuery),
    Route(
        "DELETE",
        "/operations/{key}",
        _delete,
        "Take one that is over off the list; its money stays in the books",
        status=204,
        fails=(409,),
    ),
    Route(
        "POST",
        "/operations/{key}/resume",
        _resume,
        "Fetch what is under way; nothing new is sent",
        Operation,
        status=202,
        fails=(409,),
    ),
    Route(
        "POST",
        "/operations/{key}/write-off",
        _write_off,
        "Give up a request of unknown outcome",
        Operation,
        body=ReasonBody,
        optional_body=True,
        fails=(409,),
    ),
    Route(
        "POST",
        "/operations/{key}/try-again",
        _try_again,
        "Let a take be bought anew; it may be paid twice",
        Operation,
        body=ReasonBody,
        optional_body=True,
        fails=(409,),
    ),
)
