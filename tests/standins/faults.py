"""The fault plan: plain data that says what goes wrong, where, for whom and how often.

What can go wrong (`what`), and the fields that shape it:

    on the wire, before the request is carried out, or after it when `late` (a submit that is hit
    late was charged):
        latency      `seconds` pass first (goes together with other faults)
        hang         no answer for `seconds`, or for ever when 0
        reset        RST
        disconnect   an orderly close without an answer
        400 ... 504  that status; `retry` adds RetryInfo of so many seconds, `message` the words
    to the connections after this one:
        refuse       nothing listens for `seconds` once this request was answered
    to the answer:
        garbage      HTML in place of the body
        truncated    half of the JSON, as a whole HTTP body
        cut          the connection breaks after half of the body
        duplicated   each field of the JSON twice, the first time with nonsense
        drip         `pieces` pieces, `seconds` apart
        mime         `mime` as content type, and as the MIME type of inline clips
        void         an empty body
    to a clip that is delivered, by download or inline:
        short        its first half, as if that were all
        corrupt      its middle third overwritten
        expired      the store has it no more: 404 from a bucket, 403 from the files API
    to a generation (where = "outcome"; decided when it is submitted):
        blocked      refused at the door: 400; `reason` is the service's word, `code` the support
                     code; when `late` the operation is accepted and ends so, uncharged
        filtered     done, `samples` clips held back (0 = all); `code` is the support code
        audio        done, nothing, "an issue with the audio"
        error        the operation ends with an error: `status` (google.rpc.Code) and `message`
        empty        done, and nothing in it
        text         completed, with text instead of media, and without video tokens
        lost         Omni: completed, video tokens were used, and no video is in the answer
        slow         it ends well after `seconds`
        chatty       Omni: it ends well, with thoughts and words before the clip
        never        it stays pending
        quota        Omni: accepted, and the first look says too many requests
        unfinished   text: cut off, MAX_TOKENS
    to time:
        hold         the stand-in stops at the `event` of this request until it is told to go
"""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, fields
from typing import Any, get_args

from .events import Kind

__all__ = ["OUTCOMES", "WHATS", "WHERES", "Fault", "Plan"]

WIRE = {"latency", "hang", "reset", "disconnect", "refuse", "hold"}
STATUSES = {
    "400",
    "401",
    "402",
    "403",
    "404",
    "408",
    "409",
    "422",
    "429",
    "500",
    "502",
    "503",
    "504",
}
ANSWERS = {"garbage", "truncated", "cut", "duplicated", "drip", "mime", "void"}
MEDIA = {"short", "corrupt", "expired"}
OUTCOMES = {"blocked", "filtered", "audio", "error", "empty", "text", "lost", "never"} | {
    *("slow", "chatty", "quota", "unfinished"),
}
WHATS = WIRE | STATUSES | ANSWERS | MEDIA | OUTCOMES
WHERES = {
    "any",
    "submit",
    "outcome",
    "poll",
    "cancel",
    "delete",
    "files",
    "download",
    "storage",
} | {
    *("upload", "token", "text", "speech", "image", "models", "chat", "voices"),
}
_TOGETHER = {"latency", "hold", "drip", "refuse"}


@dataclass(frozen=True)
class Fault:
    """One rule. It strikes requests at `where` whose prompt or name contains `match`.

    `nth` (from 1) passes over the matching requests before; `times` is how often it strikes, None
    for always.
    """

    what: str
    where: str = "any"
    match: str = ""
    nth: int = 1
    times: int | None = 1
    late: bool = False
    seconds: float = 0.0
    retry: float | None = None
    message: str = ""
    reason: str = "SAFETY"
    code: str = "42237218"
    status: int = 13
    charged: bool = False
    samples: int = 0
    pieces: int = 10
    mime: str = "text/html"
    event: str = "received"

    def __post_init__(self) -> None:
        if self.what not in WHATS or self.where not in WHERES:
            raise ValueError(f"no fault {self.what!r} at {self.where!r}")
        if (self.where == "outcome") != (self.what in OUTCOMES):
            raise ValueError(f"{self.what!r} does not belong to {self.where!r}")
        if self.event not in get_args(Kind):
            raise ValueError(f"no event {self.event!r}")

    @property
    def http_status(self) -> int:
        """The status of an HTTP error."""
        return 404 if self.what == "expired" else int(self.what)

    @classmethod
    def of(cls, data: dict[str, Any]) -> Fault:
        """Read one rule of a JSON plan."""
        known = {field.name for field in fields(cls)}
        if unknown := set(data) - known:
            raise ValueError(f"a fault has no {', '.join(sorted(unknown))}")
        return cls(**data)


class Plan:
    """The rules in force, with the count of what each has seen."""

    def __init__(self, faults: list[Fault] | None = None) -> None:
        self._lock = threading.Lock()
        self.set(faults or [])

    def set(self, faults: list[Fault]) -> None:
        """Put these rules in the place of the ones before, with all counts at zero."""
        with self._lock:
            self._faults = list(faults)
            self._seen = [0] * len(faults)

    def add(self, *faults: Fault) -> None:
        with self._lock:
            self._faults += faults
            self._seen += [0] * len(faults)

    def strike(self, where: str, subject: str) -> tuple[Fault, ...]:
        """Count one request and return what strikes it.

        Every rule that matches counts; of the rules that exclude each other the first one strikes.
        """
        struck: list[Fault] = []
        with self._lock:
            for index, fault in enumerate(self._faults):
                here = fault.where == where or (fault.where == "any" and where != "outcome")
                if not here or fault.match not in subject:
                    continue
                seen = self._seen[index] + 1
                last = None if fault.times is None else fault.nth + fault.times
                due = seen >= fault.nth and (last is None or seen < last)
                alone = fault.what not in _TOGETHER
                if due and alone and any(other.what not in _TOGETHER for other in struck):
                    continue  # It waits for a request that no other rule takes.
                self._seen[index] = seen
                if due:
                    struck.append(fault)
        return tuple(struck)

    @property
    def json(self) -> list[dict[str, Any]]:
        with self._lock:
            pairs = zip(self._faults, self._seen, strict=True)
            return [{**asdict(fault), "seen": seen} for fault, seen in pairs]
