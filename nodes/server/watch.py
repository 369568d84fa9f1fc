"""The watch: compares open jobs with ComfyUI's queue and history, also after a restart."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable

from ...onereel.errors import OneReelError
from ...onereel.library.views.problems import Mend, Problem
from .. import bridge
from .following import FOLLOWER
from .hub import HUB, tell_film
from .queue import history, places
from .shelf import here, is_gone, shelf

__all__ = ["WATCH", "Watch", "find_lost"]

_LOG = logging.getLogger("onereel")
_LOOK = 0.4
_BEAT = 15.0
"""Seconds between two signs of life to others who share the library."""
_LOST = Problem(
    detail="ComfyUI was stopped while it made this film; continue it, and nothing is made or bought"
    " twice.",
    action=Mend(label="Continue", do="resume"),
)


class Watch:
    """One task in ComfyUI's event loop, while jobs are open."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Watch, if nobody does; call it in ComfyUI's event loop."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        running: set[str] = set()
        beaten = time.monotonic()
        while todo := FOLLOWER.open:
            there = places()
            for prompt_id in todo:
                place = there.get(prompt_id)
                if place is None:
                    FOLLOWER.ended(prompt_id, history(prompt_id))
                elif place.running and prompt_id not in running:
                    running.add(prompt_id)
                    FOLLOWER.started(prompt_id)
            if time.monotonic() - beaten > _BEAT:
                beaten = time.monotonic()
                await asyncio.to_thread(_beat)
            await asyncio.sleep(_LOOK)


WATCH = Watch()


def _beat() -> None:
    try:
        here().jobs.beat()
    except OneReelError as error:
        _LOG.warning("this ComfyUI could not say that it is still there: %s", error)


def find_lost(resume: Callable[[str], None]) -> None:
    """Find the jobs that a stopped ComfyUI left open, in a thread of its own; called at its start.

    `resume` continues a film, where the settings say that films go on by themselves.
    """

    def work() -> None:
        home = bridge.home()
        try:
            settings = bridge.settings(home)
            url = settings.ledger.url.get_secret_value()
            # Nothing was ever made: nothing is opened, and ComfyUI starts no slower.
            if not url and not any(home.private.glob("*.sqlite")):
                return
            known = shelf(home, settings)
            jobs = known.jobs
            silent = {job.id for job in jobs.lost()}
            lost = [job for job in jobs.open() if job.id in silent or is_gone(job.owner)]
            for job in lost:
                jobs.end(job.id, "failed", problem=_LOST)
            if lost:
                HUB.publish("films", {})
            for film_id in dict.fromkeys(job.film_id for job in lost):
                # Whoever has it open asked again before this was known.
                tell_film(known.films, film_id)
            if settings.server.resume:
                for film_id in dict.fromkeys(job.film_id for job in lost):
                    resume(film_id)
        except OneReelError as error:
            _LOG.warning("films that were broken off could not be looked for: %s", error)

    # ComfyUI first answers its first page.
    timer = threading.Timer(2.0, work)
    timer.daemon = True
    timer.start()
