"""What jobs made, kept with their film: words, lines, a picture for the list, finished reels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy import func, select

from ..cut.check import Finding
from ..cut.plan import Cut
from ..errors import ChooseFilm
from ..home import Home
from ..options import FilmOptions
from ..shoot.take import Take
from ..story.screenplay import Recording, Screenplay
from ..values import Value, digest
from ..voice.line import Line
from ..voice.lines import RECORDED
from .database import Database, now
from .edits.revision import Version
from .films import Films
from .stored import film_row, revision_row, version_of
from .tables import FilmRow, LineRow, ReelRow

__all__ = ["Reel", "Results"]


@dataclass(frozen=True)
class Reel:
    """A finished film file of a library's film."""

    number: int
    media: str
    """Its media name."""
    made_of: str
    """`Version.made_of` of what is in it."""
    cut: Cut
    checks: tuple[Finding, ...]
    at: datetime


class Results:
    """What was made of the films of a library. Safe to use from many threads and processes."""

    def __init__(self, films: Films, home: Home) -> None:
        self._films = films
        self._database: Database = films.database
        self._home = home

    def note(self, film_id: str, revision: int, made: Value) -> bool:
        """Keep what a stage reported as made (`work.Report.made`), for a job on a revision.

        Returns:
            Whether the film shows something else now.

        Raises:
            ChooseFilm: there is no such film.
            StorageError: it cannot be kept.
        """
        match made:
            case Screenplay():
                return self._films.amend(film_id, revision, made) is not None
            case Line():
                return self._spoken(film_id, revision, made)
            case Take():
                return self._shot(film_id, made)
            case _:
                return False

    def finish(
        self,
        screenplay: Screenplay,
        cut: Cut,
        file: Path,
        *,
        options: FilmOptions | None = None,
        revision: int | None = None,
    ) -> Reel | None:
        """Enter a finished film. One that the library does not have yet is added to it.

        Args:
            file: the film; one outside the media folder is not entered, as it could not be shown.
            options: of the film where it is new.
            revision: of the job that made it; None for a workflow's own.

        Returns:
            The reel; None where the file is elsewhere.
        """
        film_id = screenplay.brief.film_id
        with self._database.reading() as session:
            known = session.get(FilmRow, film_id) is not None
        if not known:
            self._films.create(screenplay, options=options, made_by="workflow")
        media = self._media_name(file)
        with self._database.writing() as session:
            film = film_row(session, film_id)
            at = now(session)
            film.changed = at
            if film.state not in ("waiting", "working"):
                film.state = "done"
            if not media:
                return None
            made_from = version_of(revision_row(session, film_id, revision or film.revision))
            made_of = Version(
                screenplay=screenplay, options=made_from.options, chosen=made_from.chosen
            ).made_of
            last = session.scalar(
                select(func.max(ReelRow.number)).where(ReelRow.film_id == film_id)
            )
            row = ReelRow(
                film_id=film_id,
                number=(last or 0) + 1,
                media=media,
                made_of=made_of,
                cut=cut.to_json(),
                checks="",
                at=at,
            )
            session.add(row)
            film.poster = media
            return _reel(row)

    def check(self, film_id: str, number: int, found: Sequence[Finding]) -> None:
        """Keep what a look at a reel found.

        Raises:
            ChooseFilm: there is no such reel.
        """
        with self._database.writing() as session:
            row = session.get(ReelRow, (film_id, number))
            if row is None:
                raise ChooseFilm("This film was deleted meanwhile.")
            film_row(session, film_id).changed = now(session)
            row.checks = json.dumps([each.model_dump(mode="json") for each in found])

    def reel(self, film_id: str) -> Reel | None:
        """The newest reel of a film whose file is there."""
        query = select(ReelRow).where(ReelRow.film_id == film_id).order_by(ReelRow.number.desc())
        with self._database.reading() as session:
            for row in session.scalars(query):
                if self._home.path(row.media).is_file():
                    return _reel(row)
        return None

    def lines(self, film_id: str, version: Version) -> dict[str, Line]:
        """The lines of a version's scenes, by scene id: of these words, in the wanted voice."""
        screenplay = version.screenplay
        if screenplay is None:
            return {}
        query = (
            select(LineRow.scene_id, LineRow.voiced, LineRow.line)
            .where(LineRow.film_id == film_id)
            .order_by(LineRow.at)
        )
        wanted = _voiced(version.options)
        spoken: dict[str, list[tuple[Line, bool]]] = {}
        with self._database.reading() as session:
            for scene_id, voiced, text in session.execute(query):
                spoken.setdefault(scene_id, []).append((_line(text), voiced == wanted))
        found: dict[str, Line] = {}
        for scene in screenplay.scenes:
            text = scene.narration.strip()
            fitting = [
                line
                for line, same_voice in spoken.get(scene.id, ())
                if line.narration == text and _counts(line, same_voice, scene.recording)
            ]
            exact = [line for line in fitting if line.audio == scene.timed_to]
            if fitting:
                found[scene.id] = (exact or fitting)[-1]
        return found

    def _spoken(self, film_id: str, revision: int, line: Line) -> bool:
        with self._database.writing() as session:
            film_row(session, film_id)
            version = version_of(revision_row(session, film_id, revision))
            row = LineRow(
                film_id=film_id,
                scene_id=line.scene_id,
                audio=line.audio,
                voiced=_voiced(version.options),
                line=line.to_json(),
                at=now(session),
            )
            session.merge(row)
        return True

    def _shot(self, film_id: str, take: Take) -> bool:
        if not take.usable:
            return True
        with self._database.writing() as session:
            film = film_row(session, film_id)
            if not film.poster:
                film.poster = take.clip
        return True

    def _media_name(self, file: Path) -> str:
        try:
            return file.resolve().relative_to(self._home.media.resolve()).as_posix()
        except ValueError:
            return ""


def _counts(line: Line, same_voice: bool, recording: Recording | None) -> bool:
    if recording and recording.text == line.narration:
        return line.audio == recording.audio
    return same_voice and line.engine != RECORDED


def _voiced(options: FilmOptions) -> str:
    # What most films do not have is not in the digests of their lines.
    return digest(options.voice, options.speed, options.seed, *options.backups)


# As a screenplay: of a film that is being made, only what is new is read.
@lru_cache(maxsize=1024)
def _line(text: str) -> Line:
    return Line.from_json(text)


@lru_cache(maxsize=16)
def _cut(text: str) -> Cut:
    return Cut.from_json(text)


def _reel(row: ReelRow) -> Reel:
    return Reel(
        number=row.number,
        media=row.media,
        made_of=row.made_of,
        cut=_cut(row.cut),
        checks=tuple(Finding.model_validate(each) for each in json.loads(row.checks or "[]")),
        at=row.at,
    )
