"""Operations: what was asked of paid services, and what to do about what is not here."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from pydantic import Field

from ...onereel.errors import ChooseTake, OneReelError
from ...onereel.shoot.states import EntryState
from .adapter import no_such
from .operation_views import Operation, deeds_of, views_of
from .routes import LARGEST_ID, Answer, Body, Call, Query, Route
from .shelf import shelf

if TYPE_CHECKING:
    from ...onereel.shoot.ledger import Entry

__all__ = ["ROUTES"]


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
        operations=views_of(page, call.home, busy=_busy),
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
    (view,) = views_of([entry], call.home, busy=_busy)
    return view


def _resume(call: Call) -> Operation:
    """Fetch it in the background: a service may take minutes. Sends no new request."""
    entry = _find(call)
    with _lock:
        if "resume" not in deeds_of(entry):
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
