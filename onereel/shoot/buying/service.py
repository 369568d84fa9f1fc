"""What buying asks of a video service: submit, look, fetch. Veo and Omni are one file each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, Self

from ...errors import OneReelError, ServiceError
from ..shot import Shot

__all__ = [
    "Broken",
    "Delivered",
    "Found",
    "NotSubmitted",
    "Outcome",
    "Pending",
    "Refused",
    "RemoteFile",
    "Submitted",
    "VideoService",
    "failure_of",
    "may_be_sent_again",
]

Outcome = Literal["not sent", "not admitted", "rejected", "refused", "unknown"]
"""How a submit ended that gave no operation.

- not sent: the first byte never left (DNS, refused, TLS). Free; may be sent again.
- not admitted: the service said so in words (429, 503 UNAVAILABLE). Free; may be sent again later.
- rejected: the service understood and will not (400, 401, 403, 404). Free, and futile to repeat.
- refused: a safety filter. Free.
- unknown: anything else after the first byte left. Perhaps running, perhaps charged.
"""


@dataclass(frozen=True)
class Submitted:
    """The service runs it, under this name."""

    operation: str


@dataclass(frozen=True)
class NotSubmitted:
    """No operation came back; `error` says so to the user."""

    outcome: Outcome
    error: OneReelError
    retry_after: float | None = None
    """Seconds, where the service named them."""
    reasons: tuple[str, ...] = ()
    """Of a refusal: the service's own words and support codes."""


@dataclass(frozen=True)
class RemoteFile:
    """A clip that the service holds: at `uri`, or in the answer itself."""

    uri: str = ""
    data: bytes = b""
    mime: str = "video/mp4"
    operation: str = ""
    """Of a clip to go on from: the operation that made it, where the service may still know it."""


@dataclass(frozen=True)
class Pending:
    """Still at work."""


@dataclass(frozen=True)
class Delivered:
    """Done; `filtered` counts samples that a filter held back."""

    files: tuple[RemoteFile, ...]
    answer: str
    """The service's answer as JSON, without media bytes and secrets, for the receipt."""
    filtered: int = 0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A safety filter held everything back; `charged` None where the service did not say."""

    error: OneReelError
    answer: str
    reasons: tuple[str, ...] = ()
    charged: bool | None = False


@dataclass(frozen=True)
class Broken:
    """The operation ended without a clip, or the service no longer knows it."""

    error: OneReelError
    answer: str
    charged: bool | None = None
    """None where the service did not say: it counts as unknown."""


Found = Pending | Delivered | Refused | Broken


def may_be_sent_again(answer: object) -> ServiceError | None:
    """The error of a submit that did nothing and may be repeated: `turned_away` of `Remote.ask`."""
    if isinstance(answer, NotSubmitted) and answer.outcome in ("not sent", "not admitted"):
        return answer.error if isinstance(answer.error, ServiceError) else None
    return None


def failure_of(answer: object) -> ServiceError | None:
    """The error of a submit that is the service's fault: `failed` of `Remote.ask`."""
    if isinstance(answer, NotSubmitted) and answer.outcome not in ("rejected", "refused"):
        return answer.error if isinstance(answer.error, ServiceError) else None
    return None


class VideoService(Protocol):
    """One paid service. Instances live as long as one event loop: `async with` opens and closes.

    Each method is one remote call without retries; retries and the circuit breaker are in
    `onereel/remote.py`, around them.
    """

    @property
    def host(self) -> str:
        """The host that is asked for clips."""

    async def __aenter__(self) -> Self:
        """Open; the connection and the SDK are made on first use."""

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every connection."""

    async def check(self) -> str:
        """Prove by a free call that the service is reached and takes the key; says so in one line.

        Raises:
            OneReelError: it is not, or it does not.
        """

    async def submit(
        self,
        shot: Shot,
        *,
        folder: str,
        before_sending: Callable[[], Awaitable[None]],
        extends: RemoteFile | None = None,
    ) -> Submitted | NotSubmitted:
        """Ask for a clip.

        `extends` is the clip of the take that `shot.extends` names: for Veo at its `gs://` address,
        for Omni the operation that made it (which may be gone after some weeks), or as bytes
        (of at most 10 s, without new speech, and not in Europe).
        `folder` names this attempt in the owner's bucket, where one is configured.
        `before_sending` is awaited as late as possible before the first byte of the paid request
        leaves, at most once; what it raises goes to the caller, and nothing is sent.
        """

    async def look(self, operation: str, shot: Shot) -> Found:
        """Look at an operation once.

        Raises:
            ServiceError: the look failed, which says nothing about the operation.
        """

    async def fetch(self, file: RemoteFile, destination: Path) -> None:
        """Stream a clip into `destination`.

        Raises:
            ServiceError: it broke off, or the service no longer has it (`Expired`).
        """

    async def find(self, folder: str) -> tuple[RemoteFile, ...] | None:
        """List what lies in an attempt's folder of the owner's bucket; None without a bucket.

        Raises:
            ServiceError: the look failed.
        """

    async def delete(self, operation: str) -> None:
        """Ask the service to stop and forget an operation; a service that cannot ignores it."""
