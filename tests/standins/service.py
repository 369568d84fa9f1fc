"""What every faulty stand-in has: routes, an event log, a fault plan, and a control panel."""

from __future__ import annotations

import re
import threading
from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from .answers import Failure, Reply, pieces, spoil
from .control import answer_control
from .events import EventLog, Kind
from .faults import ANSWERS, MEDIA, STATUSES, Fault, Plan
from .prices import Charge
from .server import Exchange, Request, StandIn

__all__ = ["Call", "Route", "Service"]


@dataclass
class Call:
    """One request on its way through the stand-in."""

    exchange: Exchange
    match: re.Match[str]
    where: str
    number: int
    log: EventLog
    operation: str = ""
    prompt: str = ""
    credential: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def request(self) -> Request:
        return self.exchange.request

    def record(self, kind: Kind, detail: str = "") -> None:
        """Put an event of this call into the log; the plan may hold the stand-in there."""
        self.log.record(
            kind,
            self.where,
            self.number,
            hold=any(fault.what == "hold" and fault.event == kind for fault in self.faults),
            operation=self.operation,
            prompt=self.prompt,
            credential=self.credential,
            detail=detail,
        )

    def fault(self, *whats: str) -> Fault | None:
        """The first fault of these kinds that strikes this call."""
        return next((fault for fault in self.faults if fault.what in whats), None)


@dataclass(frozen=True)
class Route:
    """Requests of one kind, and who answers them.

    `answer` gives None where it spoke to the exchange itself: then faults strike before it alone.
    `about` finds the operation and the prompt that a request is about. `door` names the credential
    it wants.
    """

    method: str
    path: str
    where: str
    answer: Callable[[Call], Reply | None]
    about: Callable[[Call], tuple[str, str]] = lambda call: ("", "")
    door: str = ""


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
        """Check a request's credential.

        Raises:
            Failure: it is missing or wrong.
        """

    def where(self, route: Route, call: Call) -> str:
        """Name the kind of a request for the fault plan and the log."""
        return route.where

    def failure(self, call: Call, fault: Fault) -> Reply:
        """Word an HTTP error as this service does."""
        return Reply({"error": fault.message or f"status {fault.what}"}, fault.http_status)

    def nowhere(self) -> Reply:
        """Answer a path that the service does not know; Google's front end sends a page."""
        page = b"<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title>"
        return Reply(page, 404, "text/html; charset=UTF-8")

    @property
    def charges(self) -> tuple[Charge, ...]:
        """Every charge so far."""
        return ()

    def reset(self) -> None:
        """Forget faults, holds and all that happened."""
        self.plan.set([])
        self.log.hold_at(None)
        self.log.go()
        self.log.restore([])

    def __exit__(self, *error: object) -> None:
        self.log.close()
        super().__exit__(*error)

    def handle(self, exchange: Exchange) -> None:
        if exchange.request.path.startswith("/standin/"):
            return answer_control(self, exchange)
        found = self._find(exchange.request)
        if found is None:
            return _speak(exchange, self.nowhere())
        route, match = found
        call = self._begin(exchange, route, match)
        for fault in call.faults:
            if fault.what == "latency":
                exchange.pause(fault.seconds)
        if not self._strike(call, late=False):
            reply = self._answer(call, route)
            if reply is None:
                call.record("replied")
            elif not self._strike(call, late=True):
                _send(call, spoil(reply, call.faults))
        if (refusal := call.fault("refuse")) is not None:
            threading.Thread(target=self.refuse, args=(refusal.seconds,)).start()
        return None

    def _find(self, request: Request) -> tuple[Route, re.Match[str]] | None:
        for route, pattern in self._routes:
            match = pattern.fullmatch(request.path)
            if match and request.method == route.method:
                return route, match
        return None

    def _begin(self, exchange: Exchange, route: Route, match: re.Match[str]) -> Call:
        """Number a request, find what it is about, and what will go wrong with it."""
        with self._numbering:
            self._calls += 1
            call = Call(exchange, match, route.where, self._calls, self.log)
        # The answer says what is wrong with a request that is about nothing.
        with suppress(*_MALFORMED):
            call.operation, call.prompt = route.about(call)
        call.where = self.where(route, call)
        subject = call.prompt or call.operation or call.request.path
        call.faults = self.plan.strike(call.where, subject)
        call.credential = credential_of(call.request)
        call.record("polled" if call.where == "poll" else "received", call.request.path)
        return call

    def _answer(self, call: Call, route: Route) -> Reply | None:
        try:
            self.admit(call, route.door)
            return route.answer(call)
        except Failure as failure:
            return failure.reply
        except _MALFORMED as error:
            words = f"Invalid JSON payload received. {error!r}"
            return self.failure(call, Fault("400", message=words))

    def _strike(self, call: Call, *, late: bool) -> bool:
        """Answer badly before or after the request was carried out, if a fault says so."""
        for fault in call.faults:
            if fault.late != late or fault.what not in STATUSES | _SILENT | {"expired"}:
                continue
            call.record("faulted", fault.what)
            if fault.what == "hang":
                call.exchange.hang(fault.seconds or None)
            elif fault.what == "reset":
                call.exchange.reset()
            elif fault.what == "disconnect":
                call.exchange.drop()
            else:
                _speak(call.exchange, self.failure(call, fault))
            return True
        return False


_SILENT = {"hang", "reset", "disconnect"}
_MALFORMED = (KeyError, TypeError, ValueError, IndexError, AttributeError)
"""What reading a body of another shape raises."""


def credential_of(request: Request) -> str:
    """The credential that a request carries: `key ...`, `bearer ...` or nothing."""
    if key := request.headers.get("x-goog-api-key"):
        return f"key {key}"
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return f"bearer {token}" if kind.lower() == "bearer" else ""


def _speak(exchange: Exchange, reply: Reply) -> None:
    data = reply.data
    exchange.begin(
        reply.status, content_type=reply.content_type, length=len(data), headers=reply.headers
    )
    exchange.write(data)


def _send(call: Call, reply: Reply) -> None:
    """Say it piece by piece, as the faults want, and log what left."""
    if (fault := call.fault(*ANSWERS, *MEDIA)) is not None:
        call.record("faulted", fault.what)
    cut, drip = call.fault("cut"), call.fault("drip")
    count = drip.pieces if drip else 2 if cut or reply.media else 1
    data = reply.data
    parts = reply.stream or tuple(pieces(data, count=count))
    exchange = call.exchange
    if reply.stream:
        exchange.start_stream(content_type=reply.content_type)
    else:
        exchange.begin(
            reply.status, content_type=reply.content_type, length=len(data), headers=reply.headers
        )
    for number, part in enumerate(parts):
        if cut and number and number >= len(parts) // 2:
            return exchange.drop()
        (exchange.send_chunk if reply.stream else exchange.write)(part)
        if number == 0 and (reply.media or drip):
            call.record("first byte", str(len(data)))
        if drip:
            exchange.pause(drip.seconds)
    if reply.stream:
        exchange.end_stream()
    return call.record("last byte" if reply.media else "replied", str(reply.status))
