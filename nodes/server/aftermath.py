"""What is done once a film is made or stuck: it is looked at, and its owner is told. Nobody waits
for either."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ...onereel.errors import OneReelError
from ...onereel.story.screenplay import Screenplay
from .. import bridge
from .hub import tell_film
from .shelf import here

if TYPE_CHECKING:
    from ...onereel.library.jobs import Job
    from ...onereel.library.results import Reel

__all__ = ["look_at", "notify_owner"]

_LOG = logging.getLogger("onereel")
_LOOKING = ThreadPoolExecutor(max_workers=1, thread_name_prefix="onereel-look")
_TELLING = ThreadPoolExecutor(max_workers=1, thread_name_prefix="onereel-notify")


def look_at(film_id: str, reel: Reel, screenplay: Screenplay, file: Path) -> None:
    """Look for what is wrong with a finished film: at every frame of it, which takes seconds."""
    _LOOKING.submit(_look_at, film_id, reel, screenplay, file)


def _look_at(film_id: str, reel: Reel, screenplay: Screenplay, file: Path) -> None:
    from ...onereel.cut.check import check_reel

    try:
        found = check_reel(file, reel.cut, home=bridge.home(), screenplay=screenplay)
        here().results.check(film_id, reel.number, found)
        tell_film(here().films, film_id)
    except OneReelError as error:
        _LOG.warning("the film was not looked at: %s", error)


def notify_owner(job: Job, event: Literal["done", "stuck"], problem: str = "") -> None:
    """Tell those who are named in the settings file, without waiting for them."""
    home = bridge.home()
    settings = bridge.settings(home)
    if not settings.notify.webhooks:
        return
    from ...onereel.library.notify import Notice, notify

    film = here().films.get(job.film_id)
    # Its voice has timed it anew since it was queued.
    screenplay = film.revision.screenplay if event == "done" else None
    notice = Notice(
        event=event,
        film=film.id,
        title=film.title,
        job=job.id,
        seconds=round(float(screenplay.duration), 3) if screenplay else None,
        problem=problem,
        at=datetime.now(UTC).isoformat(),
    )
    _TELLING.submit(lambda: asyncio.run(notify(notice, settings.notify)))
