"""What Google's failures mean: for the money, and in one sentence for the user."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ...errors import (
    AddKey,
    ChooseAnotherModel,
    Expired,
    RevisePrompt,
    ServiceError,
    TryAgain,
    WaitForQuota,
)
from ...secrets import mask
from ..service import NotSubmitted, Outcome
from .safety import is_refusal, reasons
from .wire import Exchange

__all__ = [
    "Told",
    "not_submitted",
    "of_operation",
    "one_line",
    "read_error",
    "refused",
    "unanswered",
    "why_of",
]

_DELAY = r"(\d+(?:\.\d+)?)s"
_RETRY_IN = r"(?i)retry in (\d+(?:\.\d+)?) ?s"
_GONE = (
    r"(?i)invalid interaction name"
    r"|\b(?:interaction|operation|file)\b.*(?:not found|not exist|doesn't exist|no longer|expired)"
)
"""Words that prove, in an answer other than 404, that something is gone for good."""
_BUSY = r"(?i)overloaded|unavailable"
_KEY = r"(?i)API_KEY_INVALID|API[ _]key not valid|API[ _]key expired"
_SETUP = r"(?i)billing|has not been used in project|is disabled|location is not supported"


@dataclass(frozen=True)
class Told:
    """An error as Google's services write it, in any of their shapes."""

    code: str = ""
    """Number or word, as it came."""
    status: str = ""
    message: str = ""
    details: str = ""
    """The rest of it, as text."""
    retry_after: float | None = None

    @property
    def words(self) -> str:
        """The message for a sentence of ours: one line, no secrets, no full stop."""
        return one_line(self.message or self.status or self.code).rstrip(".")

    @property
    def all(self) -> str:
        """Everything it says."""
        return f"{self.code} {self.status} {self.message} {self.details}"


def read_error(body: Any) -> Told | None:
    """Read `{"error": {..}}`, the same in a list, or the inner object alone; None for others.

    google.rpc.Status: https://cloud.google.com/apis/design/errors
    """
    if isinstance(body, list) and body:
        body = body[0]
    if not isinstance(body, dict):
        return None
    error = body.get("error", body)
    if isinstance(error, str):
        return Told(message=error)
    if not isinstance(error, dict) or not ({"code", "status", "message"} & error.keys()):
        return None
    details = error.get("details") or []
    return Told(
        code=str(error.get("code", "")),
        status=str(error.get("status", "")),
        message=str(error.get("message", "")),
        details=str(details) if details else "",
        retry_after=_retry_info(details) or _retry_in(str(error.get("message", ""))),
    )


def one_line(words: str) -> str:
    """Shorten the words of a service to one line that carries no secret."""
    return " ".join(mask(words).split())[:300]


def refused(words: tuple[str, ...], model: str) -> RevisePrompt:
    """Say that a safety filter refused."""
    why = one_line("; ".join(words)).rstrip(".") or "no reason given"
    return RevisePrompt(
        f"The safety filter of {model} refused this shot ({why}): revise its words or pictures.",
        reasons=words,
    )


def not_submitted(exchange: Exchange, *, host: str, model: str) -> NotSubmitted:
    """Judge a paid request that brought no operation."""
    if not exchange.sent:
        return _not_sent(exchange, host)
    if exchange.status is None or exchange.status < 400:
        return NotSubmitted("unknown", _silent(exchange, host))
    told = read_error(exchange.json())
    # A 403 may be "blocked" too, by the owner of the key.
    if exchange.status in (400, 422) and told is not None and is_refusal(told.all):
        why = reasons([told.message])
        return NotSubmitted("refused", refused(why, model), reasons=why)
    error = _said(exchange, told, host, model)
    return NotSubmitted(_outcome(exchange.status, told), error, error.retry_after)


def unanswered(exchange: Exchange, *, host: str, model: str = "") -> ServiceError:
    """Name the error of a question that brought no answer: a look, a list, a download."""
    if not exchange.sent:
        error = _not_sent(exchange, host).error
        return error if isinstance(error, ServiceError) else TryAgain(error.user_message)
    if exchange.status is None or exchange.status < 400:
        return _silent(exchange, host)
    told = read_error(exchange.json())
    # Anybody on the way may say 404, but Google says it in JSON. The files API says 403 of a file
    # that is gone, and Interactions 400 of an unknown id.
    if told is not None and (
        exchange.status in (404, 410)
        or (exchange.status in (400, 403) and re.search(_GONE, told.message))
    ):
        return Expired(f"{host} no longer has what was asked for{_because(told)}.")
    if exchange.status in (400, 404, 410) and not _is_setup(told):
        # Seen while polling jobs that were running, and billed.
        return TryAgain(f"{host} did not understand a question{_because(told)}; run again.")
    return _said(exchange, told, host, model)


def of_operation(told: Told | None, model: str) -> ServiceError:
    """Name the error that a finished operation carries (codes of google.rpc.Code)."""
    because = _because(told)
    code = told.code if told else ""
    if code == "8":
        return WaitForQuota(f"{model} had no room for this shot{because}: run again later.")
    if code in ("3", "9", "11", "12"):
        return ChooseAnotherModel(
            f"{model} cannot shoot this{because}; change what it names, or choose another model."
        )
    if code in ("7", "16"):
        return AddKey(f"{model} may not be used with this key or sign-in{because}.")
    return TryAgain(f"{model} failed while it shot{because}; run again.")


def _outcome(status: int, told: Told | None) -> Outcome:
    if told is not None and status == 429:
        return "not admitted"
    if told is not None and status == 503 and re.search(_BUSY, told.all):
        return "not admitted"
    # 408 and 409 do not tell whether something runs.
    if 400 <= status < 500 and status not in (408, 409, 429):
        return "rejected"
    return "unknown"


def _said(exchange: Exchange, told: Told | None, host: str, model: str) -> ServiceError:
    """Put an error answer into our words."""
    status = exchange.status or 0
    because = _because(told)
    name = model or host
    delay = _retry_after(exchange, told)
    if status == 429:
        when = f" in {delay:.0f} s" if delay else " later"
        return WaitForQuota(
            f"{host} takes no more requests for now{because}: run again{when}, or ask Google for"
            " more quota.",
            retry_after=delay,
        )
    if status in (401, 403) or _is_setup(told):
        return AddKey(
            f"{host} does not let this key or sign-in use {name}{because}: check it with"
            " `python -m onereel settings check`."
        )
    if status == 404:
        return ChooseAnotherModel(
            f"{host} does not have {name} for this project and place{because}; choose another"
            " model, or correct location under [google] in the settings file."
        )
    if status < 500 and status not in (408, 409):
        return ChooseAnotherModel(
            f"{name} cannot shoot this{because}; change what it names, or choose another model."
        )
    return TryAgain(f"{host} failed ({status}){because}; run again.", retry_after=delay)


def _is_setup(told: Told | None) -> bool:
    """Whether it is the key or the project that is wrong, whatever the status."""
    return told is not None and bool(re.search(_KEY, told.all) or re.search(_SETUP, told.all))


def _not_sent(exchange: Exchange, host: str) -> NotSubmitted:
    import httpx2
    from google.auth import exceptions

    error = exchange.error
    # Interactions' exceptions carry the real one as their cause.
    if isinstance(error, httpx2.LocalProtocolError) or isinstance(
        getattr(error, "__cause__", None), httpx2.LocalProtocolError
    ):
        # Its words would repeat the key.
        return NotSubmitted(
            "rejected", AddKey(f"The key for {host} holds signs that no key has: set it again.")
        )
    if isinstance(error, exceptions.GoogleAuthError) and not error.retryable:
        if isinstance(error, exceptions.TransportError):
            return NotSubmitted("not sent", _unreachable("Google's sign-in", error))
        return NotSubmitted(
            "rejected",
            AddKey(
                f"Google's sign-in no longer works ({one_line(str(error))}): run `gcloud auth"
                " application-default login` again."
            ),
        )
    if isinstance(error, ValueError):
        return NotSubmitted(
            "rejected",
            ChooseAnotherModel(f"Google's SDK refuses this request ({one_line(str(error))})."),
        )
    return NotSubmitted("not sent", _unreachable(host, error))


def _unreachable(host: str, error: BaseException | None) -> TryAgain:
    why = why_of(error) if error else "no answer"
    return TryAgain(f"{host} cannot be reached ({why}): check the network, then run again.")


def why_of(error: BaseException) -> str:
    """What a failure of the network comes down to: the system's own word, where there is one."""
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, OSError) and inner.strerror:
            return inner.strerror
        wrapped = [part for part in inner.args if isinstance(part, BaseException)]
        nested = [part for part in inner.args if isinstance(part, tuple)]
        wrapped += [part for some in nested for part in some if isinstance(part, BaseException)]
        inner = wrapped[0] if wrapped else inner.__cause__ or getattr(inner, "reason", None)
    return one_line(str(error)) or type(error).__name__


def _silent(exchange: Exchange, host: str) -> TryAgain:
    if exchange.status is not None:
        return TryAgain(f"{host} answered with something that is no answer; run again.")
    if isinstance(exchange.error, TimeoutError) or "Timeout" in type(exchange.error).__name__:
        return TryAgain(f"{host} did not answer in time; run again.")
    return TryAgain(f"{host} broke off before it answered; run again.")


def _because(told: Told | None) -> str:
    return f" ({told.words})" if told and told.words else ""


def _retry_after(exchange: Exchange, told: Told | None) -> float | None:
    if told is not None and told.retry_after is not None:
        return told.retry_after
    named = exchange.headers.get("retry-after", "")
    return float(named) if named.isdecimal() else None


def _retry_info(details: Any) -> float | None:
    """google.rpc.RetryInfo: `{"@type": "..RetryInfo", "retryDelay": "34s"}`."""
    for detail in details if isinstance(details, list) else []:
        if isinstance(detail, dict) and (
            delay := re.fullmatch(_DELAY, str(detail.get("retryDelay")))
        ):
            return float(delay[1])
    return None


def _retry_in(message: str) -> float | None:
    """Interactions have no RetryInfo: "Please retry in 23.397s."."""
    found = re.search(_RETRY_IN, message)
    return float(found[1]) if found else None
