from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable

import pytest

from onereel.errors import AddKey, Cancelled, ServiceError, TryAgain, WaitForQuota
from onereel.remote import Patience, Remote
from onereel.work import Cancel

QUICK = Patience(attempts=4, base=0.01, most=0.05, failures=3, rest=0.1)


class Line:
    """Answers, or fails, as it was told, one after the other."""

    def __init__(self, *answers: str | ServiceError) -> None:
        self.answers = list(answers)
        self.calls = 0

    async def __call__(self) -> str:
        answer = self.answers[min(self.calls, len(self.answers) - 1)]
        self.calls += 1
        if isinstance(answer, ServiceError):
            raise answer
        return answer


async def ask(remote: Remote, line: Callable[[], Awaitable[str]], **more: object) -> str:
    return await remote.ask(line, **{"what": "look", "host": "h", "model": "m", **more})  # type: ignore[arg-type]


async def test_a_call_that_broke_off_is_made_again() -> None:
    line = Line(TryAgain("Broke off."), TryAgain("Broke off."), "clip")
    assert await ask(Remote(QUICK), line) == "clip"
    assert line.calls == 3


async def test_the_last_failure_reaches_the_caller() -> None:
    line = Line(TryAgain("One."), TryAgain("Two."), WaitForQuota("Three."), TryAgain("Four."))
    with pytest.raises(TryAgain, match=r"Four\."):
        await ask(Remote(Patience(attempts=4, base=0.01, most=0.05)), line)
    assert line.calls == 4


@pytest.mark.parametrize("error", [AddKey("No key."), ServiceError("No.")])
async def test_what_asking_again_cannot_help_is_not_asked_again(error: ServiceError) -> None:
    line = Line(error)
    with pytest.raises(ServiceError) as caught:
        await ask(Remote(QUICK), line)
    assert caught.value is error
    assert line.calls == 1


async def test_the_server_says_when_to_come_back(caplog: pytest.LogCaptureFixture) -> None:
    line = Line(WaitForQuota("Full.", retry_after=0.04), "clip")
    with caplog.at_level(logging.WARNING, "onereel"):
        assert await ask(Remote(QUICK), line) == "clip"
    assert "is tried again in 0.0 s: Full." in caplog.text
    assert line.calls == 2


async def test_a_longer_wait_than_patience_has_is_the_callers_to_decide() -> None:
    line = Line(WaitForQuota("Tomorrow.", retry_after=3600), "clip")
    with pytest.raises(WaitForQuota) as caught:
        await ask(Remote(QUICK), line)
    assert caught.value.retry_after == 3600
    assert line.calls == 1


async def test_a_pause_is_never_shorter_than_asked(caplog: pytest.LogCaptureFixture) -> None:
    patience = Patience(attempts=2, base=0.01, most=5)
    line = Line(WaitForQuota("Full.", retry_after=1), "clip")
    with caplog.at_level(logging.WARNING, "onereel"):
        await ask(Remote(patience), line)
    assert "is tried again in 1.0 s" in caplog.text


async def test_a_quota_without_a_time_is_left_alone_for_a_while(
    caplog: pytest.LogCaptureFixture,
) -> None:
    patience = Patience(attempts=2, base=0.01, quota=0.5)
    with caplog.at_level(logging.WARNING, "onereel"):
        await ask(Remote(patience), Line(WaitForQuota("Full."), "clip"))
    assert "is tried again in 0.5 s" in caplog.text
    usual = Patience()
    assert usual.quota <= usual.most and usual.quota * (usual.attempts - 1) > 60


async def test_an_answer_that_turns_away_is_asked_again_and_returned_at_last() -> None:
    line = Line("not admitted", "not admitted", "submitted")
    busy = lambda answer: None if answer == "submitted" else TryAgain("Busy.")  # noqa: E731
    assert await ask(Remote(QUICK), line, turned_away=busy) == "submitted"
    assert line.calls == 3
    line = Line("not admitted")
    remote = Remote(Patience(attempts=3, base=0.01, most=0.05))
    assert await ask(remote, line, turned_away=busy) == "not admitted"
    assert line.calls == 3


async def test_stopping_ends_a_call_that_hangs() -> None:
    cancel = Cancel()
    ended = asyncio.Event()

    async def hang() -> str:
        cancel.request()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return ""

    with pytest.raises(Cancelled):
        await ask(Remote(QUICK), hang, cancel=cancel)
    assert ended.is_set()


async def test_stopping_ends_a_pause() -> None:
    cancel = Cancel()

    async def fail() -> str:
        asyncio.get_running_loop().call_later(0.05, cancel.request)
        raise WaitForQuota("Full.", retry_after=500)

    patience = Patience(most=1000)
    for interruptible in (True, False):
        cancel = Cancel()
        with pytest.raises(Cancelled):
            await ask(Remote(patience), fail, cancel=cancel, interruptible=interruptible)


async def test_what_a_paid_request_answers_counts_whoever_stopped_it() -> None:
    cancel, remote = Cancel(), Remote(QUICK)
    sent, left = asyncio.Event(), asyncio.Event()

    async def paid() -> str:
        sent.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0.05)
        return "operation"

    async def slow() -> str:
        sent.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            left.set()
            await asyncio.sleep(0.2)
        return "operation"

    asyncio.get_running_loop().call_later(0.05, cancel.request)
    assert await ask(remote, paid, cancel=cancel, interruptible=False) == "operation"
    sent.clear()
    # Both at once: by the switch, and by whoever runs it and heard of the switch too.
    stop = Cancel()
    asking = asyncio.create_task(ask(remote, slow, cancel=stop, interruptible=False))
    await sent.wait()
    stop.request()
    await left.wait()
    asking.cancel()
    assert await asking == "operation"
    sent.clear()
    asking = asyncio.create_task(ask(remote, paid, interruptible=False))
    await sent.wait()
    asking.cancel()
    assert await asking == "operation"


async def test_a_paid_request_that_has_not_begun_is_stopped() -> None:
    cancel, remote = Cancel(), Remote(QUICK)

    async def connecting() -> str:
        cancel.request()
        await asyncio.Event().wait()
        return ""

    with pytest.raises(Cancelled):
        await ask(remote, connecting, cancel=cancel, interruptible=False)
    line = Line("operation")
    with pytest.raises(Cancelled):
        await ask(remote, line, cancel=cancel, interruptible=False)
    assert line.calls == 0
    asking = asyncio.create_task(ask(remote, connecting, interruptible=False))
    await asyncio.sleep(0.05)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_the_breaker_leaves_a_failing_host_alone_and_tries_it_later() -> None:
    patience = Patience(attempts=1, failures=3, rest=0.2)
    remote, broken = Remote(patience), Line(TryAgain("Broke off."))
    for _ in range(3):
        with pytest.raises(TryAgain, match="Broke off"):
            await ask(remote, broken)
    with pytest.raises(TryAgain, match="h failed 3 times in a row") as caught:
        await ask(remote, broken)
    assert broken.calls == 3
    assert caught.value.retry_after is not None
    assert await ask(remote, Line("clip"), model="another") == "clip"
    assert await ask(remote, Line("clip"), host="another") == "clip"
    await asyncio.sleep(caught.value.retry_after)
    assert await ask(remote, Line("clip")) == "clip"
    with pytest.raises(TryAgain, match="Broke off"):
        await ask(remote, broken)


async def test_a_trial_that_fails_opens_the_breaker_again() -> None:
    remote = Remote(Patience(attempts=1, failures=2, rest=0.1))
    for _ in range(2):
        with pytest.raises(TryAgain):
            await ask(remote, Line(TryAgain("Broke off.")))
    await asyncio.sleep(0.15)
    with pytest.raises(TryAgain, match="Broke off"):
        await ask(remote, Line(TryAgain("Broke off.")))
    with pytest.raises(TryAgain, match="in a row"):
        await ask(remote, Line("clip"))


async def test_quota_and_refusals_are_no_failures_of_the_host() -> None:
    remote = Remote(Patience(attempts=1, failures=2, rest=60))
    for error in (WaitForQuota("Full."), AddKey("No key."), WaitForQuota("Full.")):
        with pytest.raises(type(error)):
            await ask(remote, Line(error))
    assert await ask(remote, Line("clip")) == "clip"


async def test_turned_away_answers_count_for_the_breaker() -> None:
    remote = Remote(Patience(attempts=1, failures=2, rest=60))
    for _ in range(2):
        assert await ask(remote, Line("busy"), turned_away=lambda _: TryAgain("Busy.")) == "busy"
    with pytest.raises(TryAgain, match="in a row"):
        await ask(remote, Line("clip"))


def test_event_loops_of_two_threads_share_a_remote_without_waiting_for_each_other() -> None:
    remote = Remote(QUICK)
    other_is_through = threading.Event()

    async def waits() -> str:
        assert await asyncio.to_thread(other_is_through.wait, 10)
        return "slow"

    async def passes() -> str:
        return "fast"

    answers: list[str] = []
    slow = threading.Thread(target=lambda: answers.append(asyncio.run(ask(remote, waits))))
    slow.start()
    answers.append(asyncio.run(ask(remote, passes)))
    other_is_through.set()
    slow.join()
    assert answers == ["fast", "slow"]


async def test_log_records_carry_the_correlation(caplog: pytest.LogCaptureFixture) -> None:
    line = Line(TryAgain("Broke off."), "clip")
    with caplog.at_level(logging.DEBUG, "onereel"):
        await ask(Remote(QUICK), line, correlation="7f3a")
    assert {record.correlation for record in caplog.records} == {"7f3a"}  # type: ignore[attr-defined]
    assert all(record.getMessage().endswith("[7f3a]") for record in caplog.records)
    assert len(caplog.records) == 3
