"""What panels and programs see of a library: made when it is asked for, and kept while it is so."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from ...home import Home
from ...settings import Settings
from ..database import now
from ..films import Films
from ..job import Job
from ..jobs import Jobs
from ..media import media_url
from ..stored import FilmState
from .catalogue import FilmSort, Listed, list_films
from .composing import Composer
from .jobs import job_view
from .marks import film_mark
from .plain import FilmCard, FilmsPage, FilmView
from .scenes import SceneViews

__all__ = ["Views"]

_REMEMBERED = 32
"""Views of films that are not made anew while nothing of them changes."""
_TURNS = 8
"""Films whose views are made at the same time at most."""
_FRESH = 60.0
"""Seconds after which one is made anew all the same."""


@dataclass(frozen=True)
class _Made:
    """A view, and what it was made of."""

    view: FilmView
    scenes: SceneViews
    mark: str
    settings: Settings
    at: float


class Views:
    """What panels and programs see of a library. Safe to use from many threads."""

    def __init__(self, films: Films, jobs: Jobs, home: Home) -> None:
        self._films, self._jobs, self._home = films, jobs, home
        self._composer = Composer(films, home)
        self._made: OrderedDict[str, _Made] = OrderedDict()
        self._lock = threading.Lock()
        self._turns = tuple(threading.Lock() for _ in range(_TURNS))

    def film(
        self, film_id: str, *, settings: Settings, positions: Mapping[str, int] | None = None
    ) -> FilmView:
        """A film with everything that was made of it.

        Args:
            settings: what may be bought, and how it is reached.
            positions: in the queue, from 1, by prompt id, of every prompt; 0: it runs.

        Raises:
            ChooseFilm: there is no such film.
            StorageError: the database cannot be read.
        """
        with self._films.database.reading() as session:
            # First: a film must not seem to be worked on by a job that is over.
            job = self._jobs.newest(session, film_id)
            at = now(session)
            # Before the view is made: what changes meanwhile has another mark.
            mark = film_mark(session, film_id, job, at, self._home, zone=settings.buying.zone)
            shown = job_view(session, job, positions or {}, at) if job else None
        view = self._remembered(film_id, mark, settings)
        if view is None:
            # Whoever asks while it is made for another waits for that one.
            with self._turns[hash(film_id) % _TURNS]:
                view = self._remembered(film_id, mark, settings)
                if view is None:
                    view = self._make(film_id, job, mark, settings)
        return view.model_copy(update={"job": shown})

    def cards(
        self,
        *,
        search: str = "",
        state: FilmState | None = None,
        sort: FilmSort = "changed",
        cursor: str = "",
        limit: int = 50,
    ) -> FilmsPage:
        """A page of films; the arguments are those of `list_films`.

        Raises:
            ReviseScreenplay: the cursor is none.
        """
        page = list_films(
            self._films.database,
            search=search,
            state=state or "",
            sort=sort,
            cursor=cursor,
            limit=limit,
        )
        return FilmsPage(films=tuple(map(_card, page.films)), next=page.next or None)

    def _remembered(self, film_id: str, mark: str, settings: Settings) -> FilmView | None:
        with self._lock:
            made = self._made.get(film_id)
        if made is None or made.mark != mark or time.monotonic() - made.at > _FRESH:
            return None
        return made.view if made.settings == settings else None

    def _make(self, film_id: str, job: Job | None, mark: str, settings: Settings) -> FilmView:
        with self._lock:
            before = self._made.get(film_id)
        scenes = before.scenes if before else SceneViews()
        view = self._composer.compose(film_id, job, settings, scenes)
        with self._lock:
            self._made[film_id] = _Made(view, scenes, mark, settings, time.monotonic())
            self._made.move_to_end(film_id)
            while len(self._made) > _REMEMBERED:
                self._made.popitem(last=False)
        return view


def _card(film: Listed) -> FilmCard:
    poster = media_url(film.poster)
    return FilmCard(
        id=film.id,
        title=film.title,
        state=film.state,
        duration=film.length,
        scenes=film.scenes,
        spent=film.spent,
        created=film.created,
        changed=film.changed,
        aspect=film.aspect,
        thumbnail=f"{poster}/thumbnail" if poster else None,
        reel=film.reel,
    )
