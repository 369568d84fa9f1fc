"""What every faulty stand-in has: routes, an event log, a fault plan, and a control panel."""

from __future__ import annotations

import json
import re
import threading
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from .control import answer_control
from .events import EventLog
from .faults import MEDIA, STATUSES, Fault, Plan
from .prices import Charge
from .server import Exchange, Request, StandIn

__all__ = ["Call", "Failure", "Reply", "Route", "Service"]


@dataclass(frozen=True)
class Reply:
    """A good answer. `media` marks clips: their first and last byte are events.

    `stream` are the chunks of a chunked body, instead of `body`.
    """

    body: object = field(default_factory=dict)
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    media: bool = False
    stream: tuple[bytes, ...] = ()

    @property
    def data(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Failure(Exception):
    """An error that the service itself answers with."""

    def __init__(self, status: int, body: object) -> None:
        super().__init__(status, body)
        self.reply = Reply(body, status)


@dataclass
class Call:
    """One request on its way through the stand-in."""

    request: Request
    match: re.Match[str]
    where: str
    number: int
    log: EventLog
    operation: str = ""
    prompt: str = ""
    credential: str = ""
    faults: tuple[Fault, ...] = ()

    def record(self, kind: Any, detail: str = "") -> None:
        """Put an event of this call into the log."""
        holds = [f for f in self.faults if f.what == "hold" and f.event == kind]
        self.log.record(
            kind,
            self.where,
            self.number,
            hold=bool(holds),
            operation=self.operation,
            prompt=self.prompt,
            credential=self.credential,
            detail=detail,
        )

    def fault(self, *whats: str) -> Fault | None:
        return next((fault for fault in self.faults if fault.what in whats), None)


@dataclass(frozen=True)
class Route:
    """Requests of one kind, and who answers them."""

    method: str
    path: str
    where: str
    answer: Callable[[Call], Reply]
    about: Callable[[Call], tuple[str, str]] = lambda call: ("", "")
    """Finds the operation and the prompt that a request is about."""
    door: str = ""
    """The credential it wants; the service knows what that means."""


class Service(StandIn):
    """A stand-in that answers by routes and misbehaves by plan."""

    def __init__(self, *, port: int = 0, log: EventLog | None = None) -> None:
        self.log = log or EventLog()
        self.plan = Plan()
        self._calls = 0
        self._numbering = threading.Lock()
        super().__init__(port=port)
        self._routes = [(route, re.compile(route.path)) for route in self.routes()]

    @abstractmethod
    def routes(self) -> tuple[Route, ...]:
        """Every path the service knows; the first that matches answers."""

    def admit(self, call: Call, door: str) -> None:
        """Check a request's credential, and note it in `call`.

        Raises:
            Failure: it is missing or wrong.
        """

    def where(self, route: Route, call: Call) -> str:
        """Name the kind of a request for the fault plan and the log."""
        return route.where

    def failure(self, call: Call, fault: Fault) -> Reply:
        """Word an HTTP error as this service does."""
        body = {"error": {"message": fault.message or f"status {fault.what}"}}
        return Reply(body, int(fault.what))

    @property
    def charges(self) -> tuple[Charge, ...]:
        """Every charge so far."""
        return ()

    def reset(self) -> None:
        """Forget faults, holds and all that happened."""
        self.plan.set([])
        self.log.hold_at(None)
        self.log.go()

    def __exit__(self, *error: object) -> None:
        self.log.close()
        super().__exit__(*error)

    def handle(self, exchange: Exchange) -> None:
        request = exchange.request
        if request.path.startswith("/standin/"):
            return answer_control(self, exchange)
        found = self._find(request)
        if found is None:
            # An HTML page, as Google's front end answers a path it does not know.
            return exchange.send(
                404, b"<!DOCTYPE html><title>Error 404</title>", content_type="text/html"
            )
        route, match = found
        with self._numbering:
            self._calls += 1
            call = Call(request, match, route.where, self._calls, self.log)
        # The answer itself says what is wrong with a request that is about nothing.
        with suppress(KeyError, TypeError, ValueError, IndexError):
            call.operation, call.prompt = route.about(call)
        call.where = self.where(route, call)
        call.faults = self.plan.strike(call.where, call.prompt or call.operation or request.path)
        call.credential = credential_of(request)
        call.record("polled" if route.where == "poll" else "received", request.path)
        for fault in call.faults:
            if fault.what == "latency":
                exchange.pause(fault.seconds)
        if self._strike(exchange, call, late=False):
            return None
        try:
            self.admit(call, route.door)
            reply = route.answer(call)
        except Failure as failure:
            reply = failure.reply
        if not self._strike(exchange, call, late=True):
            self._send(exchange, call, reply)
        if (fault := call.fault("refuse")) is not None:
            threading.Thread(target=self.refuse, args=(fault.seconds,)).start()
        return None

    def _find(self, request: Request) -> tuple[Route, re.Match[str]] | None:
        for route, pattern in self._routes:
            match = pattern.fullmatch(request.path)
            if match and request.method == route.method:
                return route, match
        return None

    def _strike(self, exchange: Exchange, call: Call, *, late: bool) -> bool:
        """Answer badly, if a fault says so."""
        for fault in call.faults:
            if fault.late != late:
                continue
            if fault.what in STATUSES:
                reply = self.failure(call, fault)
            elif fault.what == "expired":
                reply = self.failure(call, replace(fault, what="404"))
            elif fault.what in ("hang", "reset", "disconnect"):
                call.record("faulted", fault.what)
                if fault.what == "hang":
                    exchange.hang(fault.seconds or None)
                elif fault.what == "reset":
                    exchange.reset()
                else:
                    exchange.drop()
                return True
            else:
                continue
            call.record("faulted", fault.what)
            exchange.send(
                reply.status, reply.data, content_type=reply.content_type, **reply.headers
            )
            return True
        return False

    def _send(self, exchange: Exchange, call: Call, reply: Reply) -> None:
        reply = spoil(reply, call.faults)
        if fault := call.fault(
            "cut", "drip", *MEDIA, "garbage", "truncated", "duplicated", "mime", "void"
        ):
            call.record("faulted", fault.what)
        if reply.stream:
            exchange.start_stream(content_type=reply.content_type)
            for chunk in reply.stream:
                exchange.send_chunk(chunk)
            exchange.end_stream()
            return call.record("replied", str(reply.status))
        data = reply.data
        exchange.begin(
            reply.status,
            content_type=reply.content_type,
            length=len(data),
            headers=reply.headers,
        )
        first = True
        for piece in _pieces(data, call, media=reply.media):
            exchange.write(piece)
            if first and reply.media:
                call.record("first byte", str(len(data)))
            first = False
            if (fault := call.fault("drip")) is not None:
                exchange.pause(fault.seconds)
        if call.fault("cut"):
            return exchange.drop()
        return call.record("last byte" if reply.media else "replied", str(reply.status))


def _pieces(data: bytes, call: Call, *, media: bool) -> Iterator[bytes]:
    if call.fault("cut"):
        data = data[: len(data) // 2]
    if (drip := call.fault("drip")) is not None:
        size = max(len(data) // drip.pieces, 1)
    else:
        size = max((len(data) + 1) // 2, 1) if media else max(len(data), 1)
    for start in range(0, max(len(data), 1), size):
        yield data[start : start + size]


def spoil(reply: Reply, faults: tuple[Fault, ...]) -> Reply:
    """Change the bytes of a good answer as the plan says."""
    for fault in faults:
        match fault.what:
            case "garbage":
                page = b"<html><body>502 Bad Gateway</body></html>"
                reply = replace(reply, body=page, content_type="text/html", stream=())
            case "truncated":
                reply = replace(reply, body=reply.data[: len(reply.data) // 2])
            case "void":
                reply = replace(reply, body=b"", stream=())
            case "duplicated":
                reply = replace(reply, body=_twice(json.loads(reply.data)).encode())
            case "mime":
                reply = replace(reply, content_type=fault.mime)
            case "short" if reply.media:
                reply = replace(reply, body=reply.data[: len(reply.data) // 2])
            case "corrupt" if reply.media:
                reply = replace(reply, body=corrupt(reply.data))
    return reply


def corrupt(data: bytes) -> bytes:
    """Overwrite the middle third."""
    third = len(data) // 3
    return data[:third] + b"\xa5" * third + data[2 * third :]


def _twice(value: Any) -> str:
    """Write JSON in which every field of an object comes twice; parsers keep the second."""
    if isinstance(value, dict):
        fields = (
            f'{json.dumps(k)}:"nonsense",{json.dumps(k)}:{_twice(v)}' for k, v in value.items()
        )
        return "{" + ",".join(fields) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_twice, value)) + "]"
    return json.dumps(value)


def credential_of(request: Request) -> str:
    """The credential that a request carries: `key ...`, `bearer ...` or nothing."""
    if key := request.headers.get("x-goog-api-key"):
        return f"key {key}"
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return f"bearer {token}" if kind.lower() == "bearer" else ""
