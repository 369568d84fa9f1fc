"""Views of films, from rows, takes on disk and the ledger. No media file is opened for them."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from ...errors import ChooseRenderer, ReviseSetting
from ...home import Home
from ...settings import Settings
from ...shoot.ledger.budget import day_of, read_totals
from ...shoot.models.model import Model
from ...shoot.models.registry import Registry
from ...shoot.takes import Takes
from ...story.platforms import remarks
from ...story.screenplay import Screenplay, StyleBible
from ..database import now
from ..films import Films
from ..jobs import Job, Jobs
from ..media import media_url
from ..prices.card import paid_options
from ..results import Reel, Results
from ..said import said_of
from ..shots import SceneShot, scene_shots, shoot_view
from ..stored import FilmState, StoredFilm
from .catalogue import FilmSort, Listed, list_films
from .characters import character_view
from .marks import film_mark
from .plain import (
    CaptionsView,
    CheckView,
    FilmCard,
    FilmsPage,
    FilmView,
    JobView,
    MarkView,
    ReelView,
)
from .scenes import SceneFacts

__all__ = ["Views"]

_NO_SHOT = SceneShot(order=None, entry=None, entries=(), problem=None, owned=False)
_REMEMBERED = 32
"""Views of films that are not made anew while nothing of them changes."""
_TURNS = 8
"""Films whose views are made at the same time at most."""
_FRESH = 10.0
"""Seconds after which one is made anew all the same."""


@dataclass(frozen=True)
class _Made:
    """A view, and what it was made of."""

    view: FilmView
    mark: str
    settings: Settings
    at: float


class Views:
    """What panels and programs see of a library. Safe to use from many threads."""

    def __init__(self, films: Films, jobs: Jobs, home: Home) -> None:
        self._films, self._jobs, self._home = films, jobs, home
        self._results = Results(films, home)
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
        # First: a film must not seem to be worked on by a job that is over.
        job = self._jobs.latest(film_id)
        with self._films.database.reading() as session:
            at = now(session)
            # Before all else: what changes while the view is made has another mark.
            mark = film_mark(session, film_id, self._home)
        view = self._remembered(film_id, mark, settings)
        if view is None:
            # Whoever asks while it is made for another waits for that one.
            with self._turns[hash(film_id) % _TURNS]:
                view = self._remembered(film_id, mark, settings)
                if view is None:
                    view = self._film(film_id, job, settings)
                    self._remember(film_id, _Made(view, mark, settings, time.monotonic()))
        shown = self.job(job, positions or {}, at) if job else None
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

    def job(self, job: Job, positions: Mapping[str, int], at: datetime) -> JobView:
        """A job, with its place in the queue, and how long it and those before it will take."""
        until = job.ended or at
        position = positions.get(job.id) if job.state == "waiting" else None
        ahead = [each for each, place in positions.items() if place < (position or 0)]
        return JobView(
            id=job.id,
            action=job.action,
            state=job.state,
            position=position,
            wait=None if position is None else _rounded(self._jobs.wait(ahead)),
            stage=job.stage,
            scene=job.scene,
            fraction=round(job.fraction, 4),
            elapsed=round((until - job.started).total_seconds(), 1) if job.started else 0.0,
            expected=_rounded(self._jobs.expected(job.action, job.renderer, job.length)),
            note=job.note,
            note_said=said_of(job.note),
            problem=job.problem,
        )

    def _remembered(self, film_id: str, mark: str, settings: Settings) -> FilmView | None:
        with self._lock:
            made = self._made.get(film_id)
        if made is None or made.mark != mark or time.monotonic() - made.at > _FRESH:
            return None
        return made.view if made.settings == settings else None

    def _remember(self, film_id: str, made: _Made) -> None:
        with self._lock:
            self._made[film_id] = made
            self._made.move_to_end(film_id)
            while len(self._made) > _REMEMBERED:
                self._made.popitem(last=False)

    def _film(self, film_id: str, job: Job | None, settings: Settings) -> FilmView:
        """The view of a film, without its job."""
        film = self._films.get(film_id)
        version = film.revision
        screenplay = version.screenplay
        with self._films.database.reading() as session:
            at = now(session)
            shots = scene_shots(session, version, home=self._home, settings=settings)
            facts = self._facts(film, shots, job, at)
            played = [
                each.scene.id
                for each in facts
                if each.chosen and each.playing and each.playing.state == "ready"
            ]
            shoot = shoot_view(session, version, shots, played, home=self._home, settings=settings)
            spent = _spent(session, film_id, at)
        return FilmView(
            id=film.id,
            title=film.title,
            logline=screenplay.logline if screenplay else "",
            state=film.state,
            revision=version.number,
            undo=film.undo,
            undo_said=said_of(film.undo or ""),
            redo=film.redo,
            redo_said=said_of(film.redo or ""),
            brief=film.brief,
            options=version.options.model_dump(mode="json"),
            style=screenplay.style if screenplay else StyleBible(),
            cast=tuple(map(character_view, screenplay.cast)) if screenplay else (),
            bible=screenplay.bible if screenplay else (),
            writer=screenplay.writer if screenplay else "",
            notes=self._notes(screenplay) if screenplay else (),
            source=film.source,
            duration=round(float(_length(film, screenplay)), 3),
            spent=spent,
            created=film.created,
            changed=film.changed,
            job=None,
            scenes=tuple(each.view() for each in facts),
            reel=self._reel(film),
            shoot=shoot,
        )

    def _facts(
        self,
        film: StoredFilm,
        shots: Mapping[str, SceneShot],
        job: Job | None,
        at: datetime,
    ) -> list[SceneFacts]:
        screenplay = film.revision.screenplay
        if screenplay is None:
            return []
        lines = self._results.lines(film.id, film.revision)
        on_disk = Takes(self._home).of_film(film.id)
        open_job = job if job and job.open else None
        registry = self._registry()
        model = _chosen(film, registry) if registry else None
        labels = registry.labels if registry else {}
        facts: list[SceneFacts] = []
        start = Fraction(0)
        for number, scene in enumerate(screenplay.scenes, 1):
            facts.append(
                SceneFacts(
                    scene=scene,
                    number=number,
                    start=start,
                    aspect=screenplay.brief.aspect,
                    shot=shots.get(scene.id, _NO_SHOT),
                    on_disk=on_disk.get(scene.id, ()),
                    chosen=film.revision.chosen.get(scene.id, ""),
                    line=lines.get(scene.id),
                    job=open_job,
                    model=model,
                    labels=labels,
                    at=at,
                )
            )
            start += scene.duration
        return facts

    def _notes(self, screenplay: Screenplay) -> tuple[str, ...]:
        try:
            told = remarks(screenplay.brief, screenplay.duration, self._home)
        except ReviseSetting as error:
            told = (error.user_message,)
        return (*screenplay.notes, *told)

    def _registry(self) -> Registry | None:
        try:
            return Registry.load(self._home)
        except ReviseSetting:
            # The scenes say so, each of them.
            return None

    def _reel(self, film: StoredFilm) -> ReelView | None:
        reel = self._results.reel(film.id)
        if reel is None:
            return None
        path = self._home.path(reel.media)
        screenplay = film.revision.screenplay
        titles = {scene.id: scene.title for scene in screenplay.scenes} if screenplay else {}
        video = media_url(reel.media)
        return ReelView(
            video=video,
            thumbnail=f"{video}/thumbnail",
            duration=round(float(reel.cut.duration), 3),
            size=path.stat().st_size,
            captions=self._captions(reel),
            marks=tuple(
                MarkView(
                    scene=clip.scene_id,
                    start=round(float(clip.start), 3),
                    title=titles.get(clip.scene_id, ""),
                )
                for clip in reel.cut.clips
            ),
            checks=tuple(
                CheckView(**dict(each), words_said=said_of(each.words)) for each in reel.checks
            ),
            current=reel.made_of == film.revision.made_of,
        )

    def _captions(self, reel: Reel) -> CaptionsView | None:
        base = reel.media.rpartition(".")[0]
        names = [f"{base}.{kind}" for kind in ("vtt", "srt")]
        if not all(self._home.path(name).is_file() for name in names):
            return None
        return CaptionsView(vtt=media_url(names[0]), srt=media_url(names[1]))


def _chosen(film: StoredFilm, registry: Registry) -> Model | None:
    """The paid model that the film maker chose."""
    options = paid_options(film.revision.options)
    if options is None:
        return None
    try:
        return registry.model(options.model or registry.usual(options.renderer))
    except ChooseRenderer:
        # The scenes say so, each of them.
        return None


def _length(film: StoredFilm, screenplay: Screenplay | None) -> Fraction:
    return screenplay.duration if screenplay else film.brief.duration


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


def _spent(session: Session, film_id: str, at: datetime) -> Decimal:
    return read_totals(session, film_id=film_id, day=day_of(at, "")).film_charged


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
