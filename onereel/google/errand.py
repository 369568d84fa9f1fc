"""What a Gemini model is asked to do, and what it means when it does not."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import RevisePrompt, ServiceError, TryAgain
from .safety import is_refusal, reasons
from .told import Admission, admission, one_line, read_error, said, silent, unsent
from .wire import Exchange

__all__ = ["REFUSED", "Errand", "took_nothing"]

REFUSED = frozenset({"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"})
"""The reasons to end an answer that come from a safety filter."""


@dataclass(frozen=True)
class Errand:
    """A kind of question, in the words of its errors."""

    work: str
    """"write"."""
    what: str
    """What a safety filter refuses: "this idea"."""
    instead: str
    """What else could be chosen: "writer"."""

    def failure(self, exchange: Exchange, host: str, model: str) -> ServiceError | None:
        """The error of a question that was not answered; None where it was."""
        if not exchange.sent:
            return unsent(exchange, host)
        if exchange.status is None or (exchange.status < 400 and exchange.error is not None):
            return silent(exchange, host)
        if exchange.status < 400:
            return None
        told = read_error(exchange.json())
        if exchange.status in (400, 422) and told is not None and is_refusal(told.all):
            return self.refused((told.message,), model)
        return said(exchange, told, host, model, work=self.work)

    def turned_away(self, exchange: Exchange, host: str, model: str) -> ServiceError | None:
        """The error of a question that the service did not take: it may be asked again."""
        error = self.failure(exchange, host, model)
        if not exchange.sent:
            return error if isinstance(error, TryAgain) else None
        return error if _admission(exchange) == "not admitted" else None

    def refused(self, words: tuple[str, ...], model: str) -> RevisePrompt:
        """The error of a question that a safety filter refused; `words` are its own."""
        why = reasons(words)
        return RevisePrompt(
            f"The safety filter of {model} refused {self.what}"
            f" ({one_line('; '.join(why)).rstrip('.')}): say it in other words, or choose another"
            f" {self.instead}.",
            reasons=why,
        )


def took_nothing(exchange: Exchange) -> bool:
    """Whether it is certain that the service took nothing, and so charges nothing."""
    return not exchange.sent or _admission(exchange) != "unknown"


def _admission(exchange: Exchange) -> Admission:
    return admission(exchange, read_error(exchange.json()))
