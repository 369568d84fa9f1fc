"""What Google's services say when they fail, and in one sentence what the user must do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from ..errors import AddKey, ChooseAnotherModel, ServiceError, TryAgain, WaitForQuota
from ..secrets import mask
from .wire import Exchange

__all__ = [
    "Admission",
    "Told",
    "admission",
    "because",
    "is_setup",
    "one_line",
    "read_error",
    "retry_after",
    "said",
    "silent",
    "unsent",
    "why_of",
]

_DELAY = r"(\d+(?:\.\d+)?)s"
_RETRY_IN = r"(?i)retry in (\d+(?:\.\d+)?) ?s"
_KEY = r"(?i)API_KEY_INVALID|API[ _]key not valid|API[ _]key expired"
_BUSY = r"(?i)overloaded|unavailable"
_SETUP = r"(?i)billing|has not been used in project|is disabled|location is not supported"

Admission = Literal["not admitted", "rejected", "unknown"]
"""Not taken for now; not taken as it is; or nobody knows, and it may be charged."""


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


def said(
    exchange: Exchange, told: Told | None, host: str, model: str, *, work: str = "shoot"
) -> ServiceError:
    """Put an error answer into our words; `work` is what the model was asked to do."""
    status = exchange.status or 0
    why = because(told)
    name = model or host
    delay = retry_after(exchange, told)
    if status == 429:
        when = f" in {delay:.0f} s" if delay else " later"
        return WaitForQuota(
            f"{host} takes no more requests for now{why}: run again{when}, or ask Google for"
            " more quota.",
            retry_after=delay,
        )
    if status in (401, 403) or is_setup(told):
        return AddKey(
            f"{host} does not let this key or sign-in use {name}{why}: check it with"
            " `python -m onereel settings check`."
        )
    if status == 404:
        return ChooseAnotherModel(
            f"{host} does not have {name} for this project and place{why}; choose another"
            " model, or correct location under [google] in the settings file."
        )
    if status < 500 and status not in (408, 409):
        return ChooseAnotherModel(
            f"{name} cannot {work} this{why}; change what it names, or choose another model."
        )
    return TryAgain(f"{host} failed ({status}){why}; run again.", retry_after=delay)


def admission(exchange: Exchange, told: Told | None) -> Admission:
    """Whether the service took a request that it answered with an error, whose body says `told`."""
    status = exchange.status or 0
    if told is not None and status == 429:
        return "not admitted"
    if told is not None and status == 503 and re.search(_BUSY, told.all):
        return "not admitted"
    # 408 and 409 do not tell whether something runs.
    if 400 <= status < 500 and status not in (408, 409, 429):
        return "rejected"
    return "unknown"


def is_setup(told: Told | None) -> bool:
    """Whether it is the key or the project that is wrong, whatever the status."""
    return told is not None and bool(re.search(_KEY, told.all) or re.search(_SETUP, told.all))


def unsent(exchange: Exchange, host: str) -> ServiceError:
    """Name the error of a request of which not a byte left; a `TryAgain` where it may leave yet."""
    import httpx2
    from google.auth import exceptions

    error = exchange.error
    # Interactions' exceptions carry the real one as their cause.
    if isinstance(error, httpx2.LocalProtocolError) or isinstance(
        getattr(error, "__cause__", None), httpx2.LocalProtocolError
    ):
        # Its words would repeat the key.
        return AddKey(f"The key for {host} holds signs that no key has: set it again.")
    if isinstance(error, exceptions.GoogleAuthError) and not error.retryable:
        if isinstance(error, exceptions.TransportError):
            return _unreachable("Google's sign-in", error)
        return AddKey(
            f"Google's sign-in no longer works ({one_line(str(error))}): run `gcloud auth"
            " application-default login` again."
        )
    if isinstance(error, ValueError):
        return ChooseAnotherModel(f"Google's SDK refuses this request ({one_line(str(error))}).")
    return _unreachable(host, error)


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


def silent(exchange: Exchange, host: str) -> TryAgain:
    """Name the error of a request that left, and of which no proper answer came."""
    if exchange.status is not None:
        return TryAgain(f"{host} answered with something that is no answer; run again.")
    if isinstance(exchange.error, TimeoutError) or "Timeout" in type(exchange.error).__name__:
        return TryAgain(f"{host} did not answer in time; run again.")
    return TryAgain(f"{host} broke off before it answered; run again.")


def because(told: Told | None) -> str:
    """What it says, in brackets; empty where it says nothing."""
    return f" ({told.words})" if told and told.words else ""


def retry_after(exchange: Exchange, told: Told | None) -> float | None:
    """Seconds after which it wants to be asked again, where it says so."""
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
