"""Follows prompts: what their nodes report becomes the library's, the hub's and the panel's."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...onereel.cut.plan import Cut
from ...onereel.errors import OneReelError
from ...onereel.library.said import said_of
from ...onereel.money import decimal_string
from ...onereel.shoot.take import Take
from ...onereel.story.screenplay import Screenplay
from ...onereel.voice.line import Line
from ...onereel.work import Report
from .. import workflows
from .aftermath import look_at, notify_owner
from .hub import HUB, tell_film
from .outcomes import interrupted, problem_in, slices
from .own import one_scene_a_run
from .shelf import here

if TYPE_CHECKING:
    from ...onereel.library.jobs import Job

__all__ = ["FOLLOWER", "Follower"]

_LOG = logging.getLogger("onereel")
_PACE = 0.25
"""Seconds between two events of progress of one job."""

_AGAIN = ThreadPoolExecutor(max_workers=1, thread_name_prefix="onereel-again")


@dataclass
class _Followed:
    """An open job, and how far it is."""

    job: Job
    nodes: Mapping[str, tuple[str, float, float]]
    """By node id: the stage's name, and where it begins and ends in the whole job."""
    expected: float | None
    started: float | None = None
    told: float = 0.0
    stage: str = ""
    queued: bool = False
    """Whether ComfyUI's queue has it by now."""
    by_scene: bool = False
    """Whether its workflow makes one scene each time it is queued."""
    saved: bool = False
    spent: Decimal = field(default_factory=Decimal)


class Follower:
    """One for the process. Everything is done in one thread, in the order in which it came."""

    def __init__(self) -> None:
        self._todo: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._followed: dict[str, _Followed] = {}
        self._latest: dict[str, tuple[str, Report]] = {}
        self._going_on: set[str] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.resume: Callable[[str], None] = lambda film_id: None
        """Queues a film's last job once more; blocks."""

    def follow(self, job: Job, graph: workflows.Workflow, expected: float | None) -> None:
        """Follow a job that is about to be queued."""
        with self._lock:
            self._followed[job.id] = _Followed(
                job, slices(graph), expected, by_scene=one_scene_a_run(graph)
            )
        HUB.publish("started", {"film": job.film_id, "job": job.id, "action": job.action})

    def queued(self, prompt_id: str) -> None:
        """Take note that ComfyUI's queue has a job now."""
        with self._lock:
            self._followed[prompt_id].queued = True

    @property
    def open(self) -> tuple[str, ...]:
        """The prompts that are followed, and that ComfyUI's queue has or had."""
        with self._lock:
            return tuple(key for key, found in self._followed.items() if found.queued)

    def goes_on(self, film_id: str) -> bool:
        """Whether a film that is made scene by scene is between two runs."""
        with self._lock:
            return film_id in self._going_on

    def hear(self, prompt_id: str, node_id: str, report: Report) -> None:
        """Take note of a report of any node of ours; called from any thread, and quick."""
        if report.made is not None:
            made = report.made
            self._do(lambda: self._made(prompt_id, made))
        with self._lock:
            if prompt_id not in self._followed:
                return
            waiting = prompt_id in self._latest
            self._latest[prompt_id] = (node_id, report)
        if not waiting:
            self._do(lambda: self._progressed(prompt_id))

    def saved(self, prompt_id: str, screenplay: Screenplay, cut: Cut, file: Path) -> None:
        """Take note of a finished film."""
        self._do(lambda: self._finished(prompt_id, screenplay, cut, file))

    def started(self, prompt_id: str) -> None:
        """Take note that a job left the queue and runs."""
        self._do(lambda: self._started(prompt_id))

    def ended(self, prompt_id: str, entry: dict[str, Any] | None) -> None:
        """Take note of what ComfyUI's history says; None: it was taken out of the queue."""
        self._do(lambda: self._ended(prompt_id, entry))

    def _do(self, deed: Callable[[], None]) -> None:
        self._todo.put(deed)
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._work, name="onereel-follower", daemon=True
                )
                self._thread.start()

    def _work(self) -> None:
        while True:
            deed = self._todo.get()
            try:
                deed()
            except OneReelError as error:
                # The film itself is made all the same; the next report may find the disk well.
                _LOG.warning("the library could not keep up: %s", error)
            except Exception:  # noqa: BLE001 (the thread must outlive whatever one report does)
                _LOG.exception("a report was lost")

    def _progressed(self, prompt_id: str) -> None:
        with self._lock:
            found = self._followed.get(prompt_id)
            latest = self._latest.pop(prompt_id, None)
        if found is None or latest is None:
            return
        node_id, report = latest
        stage, start, end = found.nodes.get(node_id, (found.stage, 0.0, 0.0))
        if stage == found.stage and report.fraction < 1:
            # The pace of the events; what comes meanwhile replaces the report that waits.
            time.sleep(max(0.0, found.told + _PACE - time.monotonic()))
        found.stage, found.told = stage, time.monotonic()
        fraction = start + (end - start) * min(max(report.fraction, 0.0), 1.0)
        here().jobs.progress(prompt_id, stage=stage, fraction=fraction, note=report.note)
        elapsed = time.monotonic() - found.started if found.started else 0.0
        said = said_of(report.note)
        HUB.publish(
            "progress",
            {
                "film": found.job.film_id,
                "job": prompt_id,
                "stage": stage,
                "scene": "",
                "fraction": round(fraction, 4),
                "elapsed": round(elapsed, 1),
                "expected": found.expected,
                "note": report.note,
                "note_said": said and said.model_dump(),
            },
        )

    def _made(self, prompt_id: str, made: Any) -> None:
        with self._lock:
            found = self._followed.get(prompt_id)
        if isinstance(made, Take):
            film = made.film_id
            self._keep(found, made)
            HUB.publish("take", {"film": film, "scene": made.scene_id, "take": made.id})
            self._tell_cost(found, made)
        elif found and isinstance(made, Line):
            self._keep(found, made)
            HUB.publish("line", {"film": found.job.film_id, "scene": made.scene_id})
        elif found and isinstance(made, Screenplay) and self._keep(found, made):
            tell_film(here().films, found.job.film_id)

    def _keep(self, found: _Followed | None, made: Any) -> bool:
        if found is None:
            return False
        return here().results.note(found.job.film_id, found.job.revision, made)

    def _tell_cost(self, found: _Followed | None, take: Take) -> None:
        if found is None or not take.cost:
            return
        totals = here().ledger.totals(film_id=found.job.film_id)
        if totals.film_charged != found.spent:
            found.spent = totals.film_charged
            HUB.publish("cost", {"film": found.job.film_id, "spent": decimal_string(found.spent)})

    def _finished(self, prompt_id: str, screenplay: Screenplay, cut: Cut, file: Path) -> None:
        with self._lock:
            found = self._followed.get(prompt_id)
        library = here()
        if found:
            found.saved = True
        revision = found.job.revision if found else None
        reel = library.results.finish(screenplay, cut, file, revision=revision)
        if found is None:
            HUB.publish("films", {})
        film_id = screenplay.brief.film_id
        tell_film(here().films, film_id)
        if reel:
            look_at(film_id, reel, screenplay, file)

    def _started(self, prompt_id: str) -> None:
        with self._lock:
            found = self._followed.get(prompt_id)
        if found:
            found.started = time.monotonic()
            here().jobs.start(prompt_id)
            tell_film(here().films, found.job.film_id)

    def _go_on(self, film_id: str) -> None:
        try:
            self.resume(film_id)
        finally:
            with self._lock:
                self._going_on.discard(film_id)

    def _ended(self, prompt_id: str, entry: dict[str, Any] | None) -> None:
        with self._lock:
            found = self._followed.pop(prompt_id, None)
            self._latest.pop(prompt_id, None)
        if found is None:
            return
        jobs, film_id = here().jobs, found.job.film_id
        problem = problem_in(entry)
        if entry is None or interrupted(entry):
            jobs.end(prompt_id, "cancelled")
        elif problem:
            jobs.end(prompt_id, "failed", problem=problem)
            told = problem.model_dump(include={"detail", "said"})
            HUB.publish("stuck", {"film": film_id, **told})
            notify_owner(found.job, "stuck", problem.kind)
        elif found.by_scene and not found.saved:
            with self._lock:
                self._going_on.add(film_id)
            jobs.end(prompt_id, "done")
            # Its next run makes the next scene; the last one cuts the film.
            _AGAIN.submit(self._go_on, film_id)
        else:
            jobs.end(prompt_id, "done")
            HUB.publish("done", {"film": film_id, "action": found.job.action})
            notify_owner(found.job, "done")
        tell_film(here().films, film_id)


FOLLOWER = Follower()
"""One for the whole process."""
