"""Spendings: what was bought that is no take (words, voices, pictures), and what to do about what
nobody knows the outcome of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import AwareDatetime, Field

from ...onereel.money import decimal_string
from ...onereel.shoot.states import SpendingState
from .adapter import no_such
from .operations import ReasonBody
from .routes import Answer, Call, Query, Route
from .shelf import shelf

if TYPE_CHECKING:
    from ...onereel.shoot.ledger import Spending

__all__ = ["ROUTES"]


class SpendingView(Answer):
    """A request for words, a voice or a picture."""

    key: str
    what: str
    """Such as "script", "narration" or "picture"."""
    state: SpendingState
    model: str
    film: str
    ceiling: str
    held: str
    charged: str | None
    reason: str
    at: AwareDatetime
    may: list[Literal["write-off", "try-again"]]
    """What can be done about it. What is there is never bought anew: to try again helps where it is
    gone, or never came."""


class Spendings(Answer):
    """The newest first."""

    spendings: list[SpendingView]
    next: str | None
    """The cursor of the next page; None on the last."""


class SpendingQuery(Query):
    """Which."""

    state: SpendingState | None = None
    film: str | None = Field(default=None, pattern="^[0-9a-f]{16}$")
    limit: int = Field(default=50, ge=1, le=200)
    cursor: str = Field(default="", pattern="^[A-Za-z0-9-]{0,64}$")
    """The `next` of the page before."""


def _spendings(call: Call) -> Spendings:
    wanted: SpendingQuery = call.query
    found = shelf(call.home, call.settings).ledger.spendings(
        film_id=wanted.film or "",
        states=(wanted.state,) if wanted.state else (),
        # One more: whether there is another page.
        limit=wanted.limit + 1,
        after=wanted.cursor,
    )
    page = found[: wanted.limit]
    return Spendings(
        spendings=[_view(each) for each in page],
        next=page[-1].key if len(found) > len(page) else None,
    )


def _find(call: Call) -> Spending:
    found = shelf(call.home, call.settings).ledger.spending(call.at["key"])
    if found is None:
        raise no_such("spending")
    return found


def _view(spending: Spending) -> SpendingView:
    may: list[Literal["write-off", "try-again"]] = []
    if spending.state == "unknown":
        may.append("write-off")
    if spending.may_be_tried_again:
        may.append("try-again")
    charged = spending.charged
    return SpendingView(
        key=spending.key,
        what=spending.what,
        state=spending.state,
        model=spending.model,
        film=spending.film_id,
        ceiling=decimal_string(spending.ceiling),
        held=decimal_string(spending.held),
        charged=None if charged is None else decimal_string(charged),
        reason=spending.reason,
        at=spending.at,
        may=may,
    )


def _write_off(call: Call) -> SpendingView:
    ledger = shelf(call.home, call.settings).ledger
    return _view(ledger.write_off_spending(_find(call).key, call.body.reason))


def _try_again(call: Call) -> SpendingView:
    ledger = shelf(call.home, call.settings).ledger
    return _view(ledger.try_spending_again(_find(call).key, call.body.reason))


ROUTES: tuple[Route, ...] = (
    Route(
        "GET",
        "/spendings",
        _spendings,
        "What was bought that is no take: words, voices, pictures",
        Spendings,
        query=SpendingQuery,
    ),
    Route(
        "POST",
        "/spendings/{key}/write-off",
        _write_off,
        "Give up a request of unknown outcome",
        SpendingView,
        body=ReasonBody,
        optional_body=True,
        fails=(409,),
    ),
    Route(
        "POST",
        "/spendings/{key}/try-again",
        _try_again,
        "Let it be bought anew; it may be paid twice",
        SpendingView,
        body=ReasonBody,
        optional_body=True,
        fails=(409,),
    ),
)
