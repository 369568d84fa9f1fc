"""Work in threads and loops of its own, with progress on the node, until Interrupt."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

from comfy.model_management import InterruptProcessingException, processing_interrupted
from comfy_api.latest import ComfyAPI
from comfy_execution.progress import get_progress_state
from comfy_execution.utils import get_executing_context
from server import PromptServer

from ...onereel.cut.plan import Cut
from ...onereel.errors import Cancelled
from ...onereel.settings import Settings
from ...onereel.stage import Work
from ...onereel.story.screenplay import Screenplay
from ...onereel.work import Cancel, Courtesy, Progress, Report
from .places import home

__all__ = ["courtesy", "listeners", "run", "run_async", "saved", "tell"]

T = TypeVar("T")

_LOOK = 0.25
"""Seconds between two looks at Interrupt, and between two steps of the progress bar."""

# ComfyUI starts every item of a list at once; more than two encoders at a time only cost memory.
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="onereel")


courtesy = Courtesy()
"""Whoever asks this ComfyUI for something comes before its nodes' long work."""


class _Bar:
    """The last report of the work, shown by the event loop as the node's progress."""

    def __init__(self) -> None:
        self._latest: Report | None = None

    def hear(self, report: Report) -> None:
        """Keep a report; called from any thread."""
        waiting = self._latest
        if waiting and waiting.preview and not report.preview:
            # A picture comes with few reports, and a later number must not take it away.
            report = replace(report, preview=waiting.preview)
        self._latest = report

    async def show(self) -> None:
        report, self._latest = self._latest, None
        if report is None:
            return
        # Not comfy.utils.ProgressBar: it looks for Interrupt in whichever thread reports.
        await ComfyAPI.Execution().set_progress(report.fraction, 1.0, preview_image=report.preview)
        # The last note of unfinished work must not stay on a node that has finished.
        tell(report.note or ("Done." if report.fraction >= 1 else ""))


def tell(text: str) -> None:
    """Show a sentence on the node that is running, or on the node it was expanded from."""
    context, server = get_executing_context(), PromptServer.instance
    if not text or context is None or server.client_id is None:
        return
    node = get_progress_state().dynprompt.get_display_node_id(context.node_id)
    server.send_progress_text(text, node, server.client_id)


async def run(call: Callable[[Work], T]) -> T:
    """Do blocking work in a thread, with progress on the node, until it ends or is interrupted.

    Raises:
        InterruptProcessingException: the user interrupted; the work has stopped.
        OneReelError: as `call` does. ComfyUI's dialog shows its sentence.
    """
    work, bar = _work()
    context = contextvars.copy_context()
    loop = asyncio.get_running_loop()
    return await _watched(loop.run_in_executor(_THREADS, context.run, call, work), work, bar)


async def run_async(call: Callable[[Work], Coroutine[Any, Any, T]]) -> T:
    """Do asynchronous work as `run` does blocking work; it must obey `Work.cancel` itself.

    It runs in an event loop of its own: ComfyUI's is cancelled when any other node fails, and what
    a paid service answers then must still be written down.
    """
    work, bar = _work()
    done = asyncio.ensure_future(asyncio.to_thread(lambda: asyncio.run(call(work))))
    return await _watched(done, work, bar)


class Listener(Protocol):
    """Hears of the work of every node, in any thread, and must be quick about it."""

    def hear(self, prompt_id: str, node_id: str, report: Report) -> None:
        """Hear a report of the work of a node of a prompt."""

    def saved(self, prompt_id: str, screenplay: Screenplay, cut: Cut, file: Path) -> None:
        """Hear that a film is finished."""


listeners: list[Listener] = []


def saved(screenplay: Screenplay, cut: Cut, file: Path) -> None:
    """Tell the listeners that a film is finished."""
    context = get_executing_context()
    for listener in listeners:
        listener.saved(context.prompt_id if context else "", screenplay, cut, file)


def _work() -> tuple[Work, _Bar]:
    bar, found, context = _Bar(), home(), get_executing_context()

    def hear(report: Report) -> None:
        bar.hear(report)
        if context is not None:
            for listener in listeners:
                listener.hear(context.prompt_id, context.node_id, report)

    return Work(found, Settings.load(found), Progress(hear), Cancel(courtesy)), bar


async def _watched(done: asyncio.Future[T], work: Work, bar: _Bar) -> T:
    try:
        while not done.done():
            await asyncio.wait({done}, timeout=_LOOK)
            await bar.show()
            # Only a look: throw_exception_if_processing_interrupted() clears the flag, and the
            # other items of a list would never learn of it.
            if processing_interrupted():
                work.cancel.request()
        return done.result()
    except Cancelled as stopped:
        tell(stopped.user_message)
        raise InterruptProcessingException from None
    finally:
        # Another node failed, and ComfyUI drops what still runs.
        work.cancel.request()
