"""What Google's failures mean: for the money, and in one sentence for the user."""

from __future__ import annotations

import re

from ...errors import (
    AddKey,
    ChooseAnotherModel,
    Expired,
    RevisePrompt,
    ServiceError,
    TryAgain,
    WaitForQuota,
)
from ...google.safety import is_refusal, reasons
from ...google.told import (
    Told,
    admission,
    because,
    is_setup,
    one_line,
    read_error,
    said,
    silent,
    unsent,
)
from ...google.wire import Exchange
from ..buying.service import NotSubmitted

__all__ = ["not_submitted", "of_operation", "refused", "unanswered"]

_GONE = (
    r"(?i)invalid interaction name"
    r"|\b(?:interaction|operation|file)\b.*(?:not found|not exist|doesn't exist|no longer|expired)"
)
"""Words that prove, in an answer other than 404, that something is gone for good."""


def refused(words: tuple[str, ...], model: str) -> RevisePrompt:
    """Say that a safety filter refused."""
    why = one_line("; ".join(words)).rstrip(".") or "no reason given"
    return RevisePrompt(
        f"The safety filter of {model} refused this shot ({why}): revise its words or pictures.",
        reasons=words,
    )


def not_submitted(
    exchange: Exchange, *, host: str, model: str, work: str = "shoot"
) -> NotSubmitted:
    """Judge a paid request that brought nothing; `work` is what the model was asked to do."""
    if not exchange.sent:
        error = unsent(exchange, host)
        return NotSubmitted("not sent" if isinstance(error, TryAgain) else "rejected", error)
    if exchange.status is None or exchange.status < 400:
        return NotSubmitted("unknown", silent(exchange, host))
    told = read_error(exchange.json())
    # A 403 may be "blocked" too, by the owner of the key.
    if exchange.status in (400, 422) and told is not None and is_refusal(told.all):
        why = reasons([told.message])
        return NotSubmitted("refused", refused(why, model), reasons=why)
    error = said(exchange, told, host, model, work=work)
    return NotSubmitted(admission(exchange, told), error, error.retry_after)


def unanswered(exchange: Exchange, *, host: str, model: str = "") -> ServiceError:
    """Name the error of a question that brought no answer: a look, a list, a download."""
    if not exchange.sent:
        return unsent(exchange, host)
    if exchange.status is None or exchange.status < 400:
        return silent(exchange, host)
    told = read_error(exchange.json())
    # Anybody on the way may say 404, but Google says it in JSON. The files API says 403 of a file
    # that is gone, and Interactions 400 of an unknown id.
    if told is not None and (
        exchange.status in (404, 410)
        or (exchange.status in (400, 403) and re.search(_GONE, told.message))
    ):
        return Expired(f"{host} no longer has what was asked for{because(told)}.")
    if exchange.status in (400, 404, 410) and not is_setup(told):
        # Seen while polling jobs that were running, and billed.
        return TryAgain(f"{host} did not understand a question{because(told)}; run again.")
    return said(exchange, told, host, model)


def of_operation(told: Told | None, model: str) -> ServiceError:
    """Name the error that a finished operation carries (codes of google.rpc.Code)."""
    why = because(told)
    code = told.code if told else ""
    if code == "8":
        return WaitForQuota(f"{model} had no room for this shot{why}: run again later.")
    if code in ("3", "9", "11", "12"):
        return ChooseAnotherModel(
            f"{model} cannot shoot this{why}; change what it names, or choose another model."
        )
    if code in ("7", "16"):
        return AddKey(f"{model} may not be used with this key or sign-in{why}.")
    return TryAgain(f"{model} failed while it shot{why}; run again.")
