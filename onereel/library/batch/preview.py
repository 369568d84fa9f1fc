"""What a batch would cost and how long it would take, before anything is made."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from ...errors import BadInput
from ...home import Home
from ...money import dollars
from ...settings import Settings
from ...shoot.models.registry import Registry
from ...shoot.prices.pricing import Room
from ...shoot.prices.quota import forecast
from ...shoot.shot import PAID
from ...story.platforms import remarks
from ...story.settled import settled
from ...values import Seconds, Value
from ...work import Cancel, Progress
from ..prices.quick import Quote, quick_estimate
from .rows import BadRow, Batch, Row

__all__ = ["Preview", "RowPreview", "preview"]

_DRAFT_PACE = 1.5
"""Seconds that a second of a rehearsal takes, on two slow cores: written, spoken, drawn and cut."""


class RowPreview(Value):
    """What one film is going to be."""

    line: int
    idea: str
    scenes: int
    seconds: Seconds
    at_most: Decimal | None
    """Dollars; None where nobody knows."""
    allowed: bool
    """Whether it may be made now."""
    why: str = ""
    """Why not, and what the owner can do."""
    remarks: tuple[str, ...] = ()
    """What its platform makes of it, in sentences."""

    @property
    def words(self) -> str:
        """All that is to be known of it, in sentences."""
        return " ".join(filter(None, (self.why, *self.remarks)))


class Preview(Value):
    """What all films are going to be."""

    rows: tuple[RowPreview, ...]
    bad: tuple[BadRow, ...]
    total: Decimal | None
    """Dollars for all rows at most; None where one is not known."""
    seconds: Seconds
    """Of film, in all."""
    takes: int
    """Seconds until all that is allowed now is made, about."""

    @property
    def sum_in_words(self) -> str:
        """The sum as one sentence."""
        films = "1 film" if len(self.rows) == 1 else f"{len(self.rows)} films"
        cost = "an unknown sum" if self.total is None else f"at most {dollars(self.total)}"
        minutes = max(1, round(self.takes / 60))
        waiting = sum(not row.allowed for row in self.rows)
        parts = [f"{films} of {float(self.seconds):g} s: {cost}, about {minutes} min"]
        parts += [f"{waiting} cannot be made now"] if waiting else []
        parts += [f"{len(self.bad)} bad rows are left out"] if self.bad else []
        return f"{'; '.join(parts)}."


def preview(
    batch: Batch,
    *,
    home: Home,
    settings: Settings,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Preview:
    """Price every row, and say which of them the caps hold now, in their order.

    Nothing is sent and nothing reserved. A row that turns out to be bad, such as an idea in a
    language that its writer does not have, joins the bad ones.

    Raises:
        Cancelled: the user stopped.
        StorageError, ReviseSetting: as `quick_estimate`.
    """
    stop = cancel or Cancel()
    budget = _Budget()
    rows: list[RowPreview] = []
    bad = list(batch.bad)
    shots: Counter[str] = Counter()
    drafted = 0.0
    for number, row in enumerate(batch.rows):
        stop.check()
        progress(number / len(batch.rows), f"Pricing line {row.line}")
        try:
            brief = settled(row.brief, home)
            quote = quick_estimate(brief, row.options, home=home, settings=settings, cancel=stop)
        except BadInput as error:
            bad.append(BadRow(line=row.line, words=error.user_message))
            continue
        model = _model(row, home)
        why = quote.card.refusal or budget.over(quote) or _over_quota(quote, shots[model])
        if not why:
            budget.take(quote)
            shots[model] += len(quote.card.scenes)
            drafted += float(quote.seconds) * _DRAFT_PACE
        rows.append(_shown(row, quote, why, remarks(brief, quote.seconds, home)))
    sums = [row.at_most for row in rows]
    known = [each for each in sums if each is not None]
    models = Registry.load(home).models
    shooting = [forecast(count, models[name]).seconds for name, count in shots.items() if name]
    return Preview(
        rows=tuple(rows),
        bad=tuple(sorted(bad, key=lambda each: each.line)),
        total=sum(known, Decimal(0)) if len(known) == len(sums) else None,
        seconds=sum((row.seconds for row in rows), Fraction(0)),
        takes=round(drafted + sum(shooting)),
    )


def _over_quota(quote: Quote, planned: int) -> str:
    left = quote.left_today
    return quote.replace(left_today=None if left is None else max(0, left - planned)).over_quota


def _model(row: Row, home: Home) -> str:
    """The model that shoots clips for a row; empty where none does."""
    if row.options.renderer not in PAID:
        return ""
    return row.options.renderer_model or Registry.load(home).usual(row.options.renderer)


def _shown(row: Row, quote: Quote, why: str, told: tuple[str, ...]) -> RowPreview:
    return RowPreview(
        line=row.line,
        idea=row.brief.idea[:200],
        scenes=quote.scenes,
        seconds=quote.seconds,
        at_most=quote.at_most,
        allowed=not why,
        why=why,
        remarks=told,
    )


class _Budget:
    """What the caps of day and month still hold, row after row."""

    def __init__(self) -> None:
        self._planned = Decimal(0)

    def over(self, quote: Quote) -> str:
        """Why a further film is too much for today or this month; "" where it is not."""
        for each in quote.card.rooms:
            if each.name in _PERIODS and (words := self._over(each, quote.at_most or Decimal(0))):
                return words
        return ""

    def take(self, quote: Quote) -> None:
        """Count a film."""
        self._planned += quote.at_most or Decimal(0)

    def _over(self, each: Room, price: Decimal) -> str:
        if each.cap is None or each.used + self._planned + price <= each.cap:
            return ""
        wanted = each.used + self._planned + price
        return (
            f"{_PERIODS[each.name]} cap of {dollars(each.cap)} holds the rows before it only; it"
            f" waits, or raise the cap with `python -m onereel settings buying on --{each.name}"
            f" {wanted:f}`."
        )


_PERIODS = {"day": "Today's", "month": "This month's"}
