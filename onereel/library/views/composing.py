"""A film's view, made from rows, takes on disk and the ledger. No media file is opened for it."""

from __future__ import annotations

from collections.abc import Mapping
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
from ...shoot.states import UNDER_WAY
from ...shoot.takes import Takes
from ...story.platforms import remarks
from ...story.screenplay import Screenplay, StyleBible
from ..database import now
from ..films import Films
from ..job import Job
from ..media import media_url
from ..prices.card import paid_options
from ..results import Reel, Results
from ..said import said_of
from ..shots import SceneShot, scene_shots, shoot_view
from ..stored import StoredFilm
from .characters import character_view
from .plain import CaptionsView, CheckView, FilmView, MarkView, ReelView
from .scenes import SceneViews
from .standing import SceneFacts, Work

__all__ = ["Composer"]

_NO_SHOT = SceneShot(order=None, entry=None, entries=(), problem=None, owned=False)


class Composer:
    """Makes views of the films of a library. Safe to use from many threads."""

    def __init__(self, films: Films, home: Home) -> None:
        self._films, self._home = films, home
        self._results = Results(films, home)

    def compose(
        self, film_id: str, job: Job | None, settings: Settings, scenes: SceneViews
    ) -> FilmView:
        """The view of a film, without its job.

        Args:
            job: the film's newest.
            scenes: those that were made for the view before.

        Raises:
            ChooseFilm: there is no such film.
            StorageError: the database cannot be read.
        """
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
            scenes=scenes.of(facts),
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
        work = _work(job) if job and job.open else None
        registry = self._registry()
        model = _chosen(film, registry) if registry else None
        labels = registry.labels if registry else {}
        facts: list[SceneFacts] = []
        start = Fraction(0)
        for number, scene in enumerate(screenplay.scenes, 1):
            shot = shots.get(scene.id, _NO_SHOT)
            clocked = shot.entry is not None and shot.entry.state in UNDER_WAY
            facts.append(
                SceneFacts(
                    scene=scene,
                    number=number,
                    start=start,
                    aspect=screenplay.brief.aspect,
                    shot=shot,
                    on_disk=on_disk.get(scene.id, ()),
                    chosen=film.revision.chosen.get(scene.id, ""),
                    line=lines.get(scene.id),
                    work=work,
                    model=model,
                    labels=labels,
                    at=at if clocked else None,
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
        if not all(self._home.has(name) for name in names):
            return None
        return CaptionsView(vtt=media_url(names[0]), srt=media_url(names[1]))


def _work(job: Job) -> Work:
    return Work(
        action=job.action,
        state=job.state,
        scenes=job.wanted.get("scenes"),
        stage=job.stage,
        scene=job.scene,
    )


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


def _spent(session: Session, film_id: str, at: datetime) -> Decimal:
    return read_totals(session, film_id=film_id, day=day_of(at, "")).film_charged
