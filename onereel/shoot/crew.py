"""Scenes that are shot here, a few at once: their frames counted together, stopped together."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from PIL.Image import Image

from ..errors import Cancelled, MatchLists
from ..story.screenplay import Scene, Screenplay
from ..work import Cancel, Progress
from .take import Take
from .takes import Takes

__all__ = ["Meter", "pinned_takes", "scenes_among", "shoot_together"]

Job = TypeVar("Job")

_MOST_AT_ONCE = 4
"""Scenes: each needs up to some 150 MB at 1080p, and others want cores too."""
_REPORT_EVERY = 6
_BEHIND, _LAST = 5, 19
"""How much nicer than others a thread is that shoots, and the nicest that there is. Much nicer ones
would be away for long when other programs are busy, with Python's lock in their hands."""


class Meter:
    """Counts the frames of all clips, reports them, and passes on a stop."""

    def __init__(self, total: int, doing: str, progress: Progress, cancel: Cancel) -> None:
        self._halt = Cancel()
        self._total, self._doing = max(1, total), doing
        self._progress, self._cancel = progress, cancel
        self._done = 0
        self._lock = threading.Lock()

    def check(self) -> None:
        """Raise `Cancelled` when the work is to stop."""
        self._cancel.check()
        self._halt.check()

    def halt(self) -> None:
        """Stop every other job."""
        self._halt.request()

    def frame(self) -> None:
        """Count one frame; raises as `check`."""
        self.check()
        with self._lock:
            self._done += 1
            due = self._done % _REPORT_EVERY == 0
        if due:
            self._progress(self._done / self._total, self._doing)

    def clip(self, title: str, poster: Image, take: Take) -> None:
        """Report a take that is ready."""
        self._progress(self._done / self._total, f"Shot {title}", preview=poster, made=take)


def shoot_together(jobs: Sequence[Job], shoot: Callable[[Job, int], None], *, meter: Meter) -> None:
    """Call `shoot` with each job and the threads that its encoder may have.

    Raises:
        Exception: what the first job raised that failed; the others are stopped for it.
    """
    workers = max(1, min(len(jobs), os.cpu_count() or 1, _MOST_AT_ONCE))

    def work(job: Job) -> None:
        try:
            shoot(job, 1 if workers > 1 else 2)
        except BaseException:
            # The other scenes need not finish for a film that is not going to be.
            meter.halt()
            raise

    with ThreadPoolExecutor(workers, "shoot", initializer=_step_back) as pool:
        errors = [f.exception() for f in [pool.submit(work, job) for job in jobs]]
    # What went wrong matters more than that the others were stopped for it.
    for error in sorted(filter(None, errors), key=lambda error: isinstance(error, Cancelled)):
        raise error


def _step_back() -> None:
    """Let whoever waits for an answer of this process, or of another, have the processor first.

    Elsewhere than on Linux this would mean the whole process
    (https://man7.org/linux/man-pages/man2/setpriority.2.html, "C library/kernel differences").
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        # A sandbox may not allow it, and the film is made all the same.
        with suppress(OSError):
            niceness = os.getpriority(os.PRIO_PROCESS, thread) + _BEHIND
            os.setpriority(os.PRIO_PROCESS, thread, min(niceness, _LAST))


def scenes_among(screenplay: Screenplay, ids: Collection[str] | None) -> list[Scene]:
    """The scenes with these ids, in the screenplay's order; all of them for None.

    Raises:
        MatchLists: there is no such scene.
    """
    if ids is None:
        return list(screenplay.scenes)
    if strangers := set(ids) - {scene.id for scene in screenplay.scenes}:
        raise MatchLists(
            f"The screenplay has no scene {min(strangers)[:64]!r}; shoot scenes that belong to it."
        )
    return [scene for scene in screenplay.scenes if scene.id in ids]


def pinned_takes(film_id: str, scenes: Sequence[Scene], takes: Takes) -> dict[str, Take]:
    """The takes that were chosen for scenes and can be played, by scene id: nothing to shoot.

    Raises:
        ReplaceMedia: a pin's or a take's file is damaged.
    """
    found = {scene.id: takes.chosen(film_id, scene) for scene in scenes}
    return {
        scene_id: take
        for scene_id, take in found.items()
        if take and (takes.has(take) if take.state == "draft" else takes.plays(take))
    }
