"""From a film and an action to a job in ComfyUI's queue."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from server import PromptServer

from ...onereel.errors import OneReelError, ReplaceMedia
from ...onereel.home import Home
from ...onereel.settings import Settings
from .. import bridge
from ..workflows import REELS, Workflow, film_workflow, words_workflow
from . import queue
from .following import FOLLOWER
from .hub import HUB
from .own import own_workflow
from .problems import Problem
from .shelf import shelf
from .watch import WATCH

if TYPE_CHECKING:
    from ...onereel.library.films import Films
    from ...onereel.library.running import RunPlan
    from ...onereel.library.states import Action
    from ...onereel.library.stored import StoredFilm

__all__ = ["Wish", "continue_film", "file_name", "resume_later", "run_film", "workflow_of"]


@dataclass(frozen=True)
class Wish:
    """What is asked of a film."""

    action: Action
    scenes: Literal["approved", "every"] | Sequence[str] = "approved"
    ceiling: Decimal | None = None
    priority: queue.Priority = "normal"
    client_id: str = ""
    workflow: str = ""
    """The name of a film maker's own; empty: OneReel's stages."""

    def kept(self) -> dict[str, Any]:
        """What a job like it needs, as JSON."""
        scenes = self.scenes if isinstance(self.scenes, str) else list(self.scenes)
        ceiling = None if self.ceiling is None else f"{self.ceiling:f}"
        return {
            "scenes": scenes,
            "ceiling": ceiling,
            "priority": self.priority,
            "workflow": self.workflow,
        }


async def run_film(film_id: str, wish: Wish, *, home: Home, settings: Settings) -> None:
    """Queue a film's job; call it in ComfyUI's event loop.

    Raises:
        Problem: ComfyUI cannot run the workflow.
        OneReelError: the film is not there or is being worked on, or it may not be bought.
    """
    prepared = await asyncio.to_thread(_prepared, film_id, wish, home, settings)
    job_id, outputs = await queue.check(prepared.workflow)
    jobs = shelf(home, settings).jobs

    def begin() -> None:
        job = jobs.begin(
            job_id,
            film_id,
            action=wish.action,
            revision=prepared.film.revision.number,
            renderer=prepared.renderer,
            length=prepared.length,
            wanted=wish.kept(),
            graph=prepared.workflow,
        )
        expected = jobs.expected(job.action, job.renderer, job.length)
        FOLLOWER.follow(job, prepared.workflow, expected)

    await asyncio.to_thread(begin)
    queue.enqueue(
        job_id, prepared.workflow, outputs, priority=wish.priority, client_id=wish.client_id
    )
    FOLLOWER.queued(job_id)
    WATCH.begin()


@dataclass(frozen=True)
class _Prepared:
    """A film and the workflow that is to be queued for it."""

    film: StoredFilm
    workflow: Workflow
    renderer: str
    length: float
    """Seconds of film."""


async def continue_film(film_id: str, *, home: Home, settings: Settings) -> None:
    """Queue once more what the film's last job was to do; raises as `run_film`.

    What was made or bought is found again.
    """
    last = await asyncio.to_thread(shelf(home, settings).jobs.latest, film_id)
    wish = Wish(action="rehearse") if last is None else _again(last.action, last.wanted)
    await run_film(film_id, wish, home=home, settings=settings)


def _again(action: Action, wanted: Mapping[str, Any]) -> Wish:
    ceiling = wanted.get("ceiling")
    return Wish(
        action=action,
        scenes=wanted.get("scenes") or "approved",
        ceiling=None if ceiling is None else Decimal(ceiling),
        priority=wanted.get("priority") or "normal",
        workflow=wanted.get("workflow") or "",
    )


def _prepared(film_id: str, wish: Wish, home: Home, settings: Settings) -> _Prepared:
    # Only now: the ledger's database would slow down every start of ComfyUI.
    from ...onereel.library.running import plan_run

    films = shelf(home, settings).films
    film = films.get(film_id)
    if wish.workflow:
        workflow = own_workflow(
            wish.workflow,
            film.brief,
            destination=destination(film),
            ceiling=wish.ceiling,
            home=home,
            settings=settings,
        )
        return _Prepared(film, workflow, wish.workflow, float(film.brief.duration))
    plan = plan_run(
        film.brief,
        film.revision,
        wish.action,
        scenes=wish.scenes,
        ceiling=wish.ceiling,
        home=home,
        settings=settings,
    )
    if wish.action == "shoot" and not isinstance(wish.scenes, str):
        film = _approving(film, wish.scenes, films)
    workflow = workflow_of(film, plan, wish.action, home)
    return _Prepared(film, workflow, plan.options.renderer, plan.length)


def _approving(film: StoredFilm, scenes: Sequence[str], films: Films) -> StoredFilm:
    """The film with approval for scenes that somebody named to have them shot."""
    from ...onereel.library.changes import ApproveScenes

    return films.edit(
        film.id, film.revision.number, [ApproveScenes(scenes=tuple(scenes), approved=True)]
    )


def workflow_of(film: StoredFilm, plan: RunPlan, action: Action, home: Home) -> Workflow:
    """The workflow of a film as a plan says.

    Raises:
        BadInput: its music or its presenter is not there.
    """
    if action == "write":
        return words_workflow(plan.source, plan.options)
    music = plan.options.music
    if music and not home.path(music).is_file():
        raise ReplaceMedia("The film's music is not there any more; choose it again.")
    if plan.options.presenter:
        from ...onereel.library.presenters import saved_presenter

        saved_presenter(plan.options.presenter, home=home, settings=bridge.settings(home))
    return film_workflow(
        plan.source,
        plan.options,
        name=destination(film),
        at_most=plan.at_most,
    )


def destination(film: StoredFilm) -> str:
    """Where the files of a film are saved, below the output folder."""
    return f"{REELS}/{film.id}/{file_name(film.title)}"


def file_name(title: str) -> str:
    """A film's title as the name of a file, in plain letters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")[:60] or "film"


def resume_later(film_id: str) -> None:
    """Continue a film, from any thread but the event loop's: a ComfyUI that was stopped left it, or
    its workflow makes one scene a run."""
    home = bridge.home()
    settings = bridge.settings(home)
    begun = asyncio.run_coroutine_threadsafe(
        continue_film(film_id, home=home, settings=settings), PromptServer.instance.loop
    )
    try:
        begun.result()
    except OneReelError as error:
        HUB.publish("stuck", {"film": film_id, "detail": error.user_message})
    except Problem as problem:
        HUB.publish("stuck", {"film": film_id, "detail": problem.document.detail})
