"""From a film and an action to a job in ComfyUI's queue."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
    spent_before: Decimal | None = None
    """Dollars that the film's pictures had cost when the ceiling was agreed to; None: it is agreed
    to now."""

    def kept(self) -> dict[str, Any]:
        """What a job like it needs, as JSON."""
        scenes = self.scenes if isinstance(self.scenes, str) else list(self.scenes)
        return {
            "scenes": scenes,
            "ceiling": _plainly(self.ceiling),
            "spent_before": _plainly(self.spent_before),
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
            wanted=_dated(film_id, wish, home, settings).kept(),
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

    What was made or bought is found again, and counts against what was agreed to.
    """
    last = await asyncio.to_thread(shelf(home, settings).jobs.latest, film_id)
    wish = Wish(action="rehearse") if last is None else _again(last.action, last.wanted)
    await run_film(film_id, wish, home=home, settings=settings)


def _again(action: Action, wanted: Mapping[str, Any]) -> Wish:
    return Wish(
        action=action,
        scenes=wanted.get("scenes") or "approved",
        ceiling=_dollars(wanted.get("ceiling")),
        spent_before=_dollars(wanted.get("spent_before")),
        priority=wanted.get("priority") or "normal",
        workflow=wanted.get("workflow") or "",
    )


def _plainly(dollars: Decimal | None) -> str | None:
    return None if dollars is None else f"{dollars:f}"


def _dollars(plainly: str | None) -> Decimal | None:
    return None if plainly is None else Decimal(plainly)


def _dated(film_id: str, wish: Wish, home: Home, settings: Settings) -> Wish:
    """The wish with what was spent before its ceiling was agreed to; words and voices are no part
    of that sum."""
    if wish.ceiling is None or wish.spent_before is not None:
        return wish
    spent = shelf(home, settings).ledger.spent_on_pictures(film_id)
    return replace(wish, spent_before=spent)


def _left(film_id: str, wish: Wish, home: Home, settings: Settings) -> Decimal | None:
    """What is left of what was agreed to; None where nobody agreed to a sum."""
    if wish.ceiling is None or wish.spent_before is None:
        return wish.ceiling
    spent = shelf(home, settings).ledger.spent_on_pictures(film_id) - wish.spent_before
    return max(wish.ceiling - spent, Decimal(0))


def _prepared(film_id: str, wish: Wish, home: Home, settings: Settings) -> _Prepared:
    # Only now: the ledger's database would slow down every start of ComfyUI.
    from ...onereel.library.running import plan_run

    films = shelf(home, settings).films
    film = films.get(film_id)
    left = _left(film_id, wish, home, settings)
    if wish.workflow:
        workflow = own_workflow(
            wish.workflow,
            film.brief,
            destination=destination(film),
            ceiling=left,
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
    if left is not None:
        # The plan may count again what was bought, where no voice is measured; the nodes do not.
        plan = replace(plan, at_most=min(plan.at_most, left))
    workflow = workflow_of(film, plan, wish.action, home)
    return _Prepared(film, workflow, plan.options.renderer, plan.length)


def _approving(film: StoredFilm, scenes: Sequence[str], films: Films) -> StoredFilm:
    """The film with approval for scenes that somebody named to have them shot."""
    from ...onereel.library.edits.changes import ApproveScenes

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
    from ...onereel.library.presenters import check_presenter

    check_presenter(plan.options, plan.source, home=home, settings=bridge.settings(home))
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
