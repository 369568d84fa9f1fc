"""The one place around every remote call: patience, retries, circuit breakers, the stop switch."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import ServiceError, TryAgain, WaitForQuota
from .work import Cancel

if TYPE_CHECKING:
    import tenacity

__all__ = ["REMOTE", "Patience", "Remote", "obeying", "to_the_end"]

_LOOK = 0.1
"""Seconds between two looks at the stop switch."""

_log = logging.getLogger("onereel")

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """How long to wait for a service, and how often to ask again; times in seconds."""

    connect: float = 10.0
    """For a connection."""
    silence: float = 120.0
    """Without a byte, in either direction."""
    call: float = 600.0
    """For one call from beginning to end, its pictures included."""
    check: float = 20.0
    """For a call that only proves that a service answers."""
    transfer: float = 3600.0
    """For one clip, by whatever way it comes."""
    grace: float = 10.0
    """For the answer to a paid request that has left, after the user stopped."""
    look: float = 5.0
    """Between two looks at an operation that is under way, at most."""
    attempts: int = 5
    base: float = 1.0
    """Before the second attempt, at most; the most doubles with each."""
    most: float = 60.0
    """Between two attempts. A service that asks for more time than this gets no further attempt."""
    quota: float = 20.0
    """Before asking again of a service that has no quota left and names no time: quotas are by the
    minute, and all attempts together should outlast one."""
    failures: int = 5
    """In a row, after which the circuit breaker opens."""
    rest: float = 30.0
    """For which an open circuit breaker lets nothing through."""


async def obeying(cancel: Cancel, work: Coroutine[Any, Any, T]) -> T:
    """Run `work` until it ends or somebody asks to stop, whatever it waits for.

    Raises:
        Cancelled: somebody asked.
    """
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            cancel.check()
            await asyncio.wait({task}, timeout=_LOOK)
        return await task
    finally:
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
            if not task.cancelled():
                # What it says now nobody wants to know; asyncio would complain of that.
                task.exception()


def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """Run `work`, whether or not this thread has an event loop of its own, and wait for it."""
    with ThreadPoolExecutor(1, "onereel-remote") as pool:
        return pool.submit(asyncio.run, work).result()


async def _asking_to_stop(cancel: Cancel, work: Coroutine[Any, Any, T]) -> T:
    """Run `work` until it ends; once somebody asks to stop, cancel it and take what it says then.

    Raises:
        Cancelled: somebody asked, and `work` obeyed.
    """
    task = asyncio.ensure_future(work)
    asked = False
    try:
        while not task.done():
            if cancel.requested and not asked:
                asked = task.cancel()
            await asyncio.wait({task}, timeout=_LOOK)
        return task.result()
    except asyncio.CancelledError:
        if not task.done():
            # Whoever runs us wants to end too. Cancelled twice, a request that has left could not
            # say any more how it went.
            if not asked:
                task.cancel()
            await asyncio.wait({task})
        if not task.cancelled():
            return task.result()
        cancel.check()
        raise


class Remote:
    """Asks services, again where that is safe and sensible.

    One instance may serve many threads and event loops; it remembers only its circuit breakers, one
    per host and model.
    """

    def __init__(self, patience: Patience = Patience()) -> None:
        self.patience = patience
        self._breakers: dict[tuple[str, str], _Breaker] = {}
        self._lock = threading.Lock()

    async def ask(
        self,
        call: Callable[[], Awaitable[T]],
        *,
        what: str,
        host: str,
        model: str = "",
        correlation: str = "",
        turned_away: Callable[[T], ServiceError | None] = lambda answer: None,
        failed: Callable[[T], ServiceError | None] | None = None,
        cancel: Cancel | None = None,
        interruptible: bool = True,
    ) -> T:
        """Ask until there is an answer, or until asking again is of no use.

        `TryAgain` and `WaitForQuota` are asked again, after a jittered, exponentially growing
        pause that is never shorter than the service's own `retry_after`, nor, where it names none
        for a quota, than `Patience.quota`. Everything else goes to the caller at once.

        Args:
            call: one remote call; called once per attempt.
            what: the call in the log, such as "submit".
            host: with `model`, names the circuit breaker that the call belongs to.
            model: see `host`.
            correlation: goes into the log records, as text and as their attribute `correlation`.
            turned_away: for a call that returns its failures: the error that an answer stands for,
                if it may be asked again. The last such answer is returned, not raised.
            failed: the error that an answer stands for, whether or not it may be asked again, for
                the circuit breaker. By default what `turned_away` says.
            cancel: obeyed within a second, by cancelling the call.
            interruptible: False for a call whose answer must not be lost, such as a paid request:
                when it is cancelled it may go on for `Patience.grace`, and what it answers then is
                returned. `Cancelled` means that it had not begun, or that it gave up itself.

        Raises:
            ServiceError: the last attempt's; `TryAgain` too while the circuit breaker is open.
            Cancelled: the user stopped.
        """
        import tenacity

        stop = cancel or Cancel()
        breaker = self._breaker(host, model)
        about = _About(what, host, model, correlation)

        async def attempt() -> T:
            stop.check()
            breaker.admit()
            started = time.monotonic()
            try:
                answer = await call()
            except ServiceError as error:
                breaker.heard(error)
                about.log(logging.INFO, f"failed after {time.monotonic() - started:.1f} s", error)
                raise
            breaker.heard((failed or turned_away)(answer))
            about.log(logging.DEBUG, f"answered after {time.monotonic() - started:.1f} s")
            return answer

        def error_of(state: tenacity.RetryCallState) -> BaseException | None:
            outcome = state.outcome
            if outcome is None:
                return None
            return outcome.exception() if outcome.failed else turned_away(outcome.result())

        def is_worth_asking_again(state: tenacity.RetryCallState) -> bool:
            error = error_of(state)
            wanted = getattr(error, "retry_after", None) or 0.0
            return isinstance(error, TryAgain | WaitForQuota) and wanted <= self.patience.most

        growing = tenacity.wait_random_exponential(
            multiplier=self.patience.base, max=self.patience.most
        )

        def pause(state: tenacity.RetryCallState) -> float:
            own, error = growing(state), error_of(state)
            wanted = getattr(error, "retry_after", None)
            if wanted is None and isinstance(error, WaitForQuota):
                wanted = min(self.patience.quota, self.patience.most)
            # Its jitter too: many scenes that were told the same delay would all come back at once.
            return own if wanted is None else wanted + min(own, self.patience.base)

        def tell(state: tenacity.RetryCallState) -> None:
            seconds = state.next_action.sleep if state.next_action else 0.0
            about.log(logging.WARNING, f"is tried again in {seconds:.1f} s", error_of(state))

        retrying = tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(self.patience.attempts),
            retry=is_worth_asking_again,
            wait=pause,
            sleep=lambda seconds: obeying(stop, asyncio.sleep(seconds)),
            before_sleep=tell,
            retry_error_callback=_last_outcome,
        )
        asking: Coroutine[Any, Any, T] = retrying(attempt)
        return await (obeying if interruptible else _asking_to_stop)(stop, asking)

    def _breaker(self, host: str, model: str) -> _Breaker:
        with self._lock:
            if (host, model) not in self._breakers:
                self._breakers[host, model] = _Breaker(host, self.patience)
            return self._breakers[host, model]


REMOTE = Remote()
"""One for the whole process: its circuit breakers outlive a run."""


def _last_outcome(state: tenacity.RetryCallState) -> Any:
    assert state.outcome is not None
    return state.outcome.result()


@dataclass(frozen=True)
class _About:
    """Which call a log record is about."""

    what: str
    host: str
    model: str
    correlation: str

    def log(self, level: int, words: str, error: BaseException | None = None) -> None:
        where = f"{self.model} at {self.host}" if self.model else self.host
        reason = f": {error}" if error else "."
        tail = f" [{self.correlation}]" if self.correlation else ""
        _log.log(
            level,
            "%s of %s %s%s%s",
            self.what,
            where,
            words,
            reason,
            tail,
            extra={"correlation": self.correlation},
        )


class _Breaker:
    """A circuit breaker for concurrent awaits.

    pybreaker's own `call` and `calling` hold a thread's lock for as long as the call lasts, which
    would let the event loops of two threads wait for each other; so it is asked before a call and
    told after it.
    """

    def __init__(self, host: str, patience: Patience) -> None:
        import pybreaker

        self._host = host
        self._storage = pybreaker.CircuitMemoryStorage(pybreaker.STATE_CLOSED)
        self._breaker = pybreaker.CircuitBreaker(
            fail_max=patience.failures,
            reset_timeout=patience.rest,
            exclude=[lambda error: not isinstance(error, TryAgain)],
            state_storage=self._storage,
            throw_new_error_on_trip=False,
        )

    def admit(self) -> None:
        """Let a call through, the first one after the rest as a trial.

        Raises:
            TryAgain: the breaker is open.
        """
        if self._breaker.current_state != "open":
            return
        opened = self._storage.opened_at
        rested = (datetime.now(UTC) - opened).total_seconds() if opened else None
        # A negative rest: the clock was set back.
        if rested is not None and 0 <= rested < self._breaker.reset_timeout:
            left = self._breaker.reset_timeout - rested
            raise TryAgain(
                f"{self._host} failed {self._breaker.fail_max} times in a row, so OneReel leaves it"
                f" alone for {left:.0f} s: run again then.",
                retry_after=left,
            )
        self._breaker.half_open()

    def heard(self, error: ServiceError | None) -> None:
        """Count how a call ended."""
        import pybreaker

        def outcome() -> None:
            if error is not None:
                raise error

        # A call that was let through earlier may end while the breaker is open: no news.
        with suppress(ServiceError, pybreaker.CircuitBreakerError):
            self._breaker.call(outcome)
