"""Deleting a film: its rows, its drafts, its reels; and what was paid for, only if told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ..errors import WaitForFilm
from ..home import Home
from ..shoot.buying.bills import tear_up
from ..shoot.shot import Shot
from ..shoot.states import UNDER_WAY
from ..shoot.takes import film_folder
from ..story.screenplay import Screenplay
from .database import Database
from .stored import film_row
from .tables import (
    AttemptRow,
    FileRow,
    FilmRow,
    JobRow,
    LineRow,
    ReelRow,
    RequestRow,
    RevisionRow,
    SpendingRow,
    TakeRow,
)

__all__ = ["Paid", "delete_film"]

Paid = Literal["keep", "delete"]
"""What becomes of the clips that were bought for a film that is deleted."""

_OURS = "films/"
"""Where jobs save their reels. A workflow's own files are its maker's."""
_BESIDE = (".mp4", ".srt", ".vtt", ".screenplay.json", ".fountain", ".otio")
"""Endings of a reel and of what lies beside it."""


@dataclass(frozen=True)
class _Bought:
    """A shot, by the words that it was asked for in and the picture of its scene."""

    prompt: str
    picture_id: str


@dataclass(frozen=True)
class _Shown:
    """What films show: words, and pictures (`Scene.picture_id`)."""

    words: tuple[str, ...] = ()
    pictures: frozenset[str] = frozenset()

    def has(self, shot: _Bought) -> bool:
        """Whether a shot is shown: in a scene's words, or in softer ones."""
        return shot.prompt.startswith(self.words) or shot.picture_id in self.pictures


def delete_film(film_id: str, *, database: Database, home: Home, paid: Paid = "keep") -> None:
    """Delete a film for good. What it cost stays in the ledger.

    Args:
        paid: "delete" removes its bought clips too, but for those that another film shows, and
            what came for it and found no place.

    Raises:
        ChooseFilm: there is no such film.
        WaitForFilm: it is being worked on, or a service still shoots for it what is to be kept.
    """
    with database.writing() as session:
        film = film_row(session, film_id)
        if _worked_on(session, film_id):
            raise WaitForFilm(f"{film.title!r} is being worked on; cancel that first.")
        if paid == "keep" and (count := _at_the_service(session, film_id)):
            raise WaitForFilm(
                f"{film.title!r} has {count} paid shots at the service: shoot it again to bring"
                " them home first, or delete it with what was paid for."
            )
        reels = list(session.scalars(select(ReelRow.media).where(ReelRow.film_id == film_id)))
        kept = _bought(session, film_id)
        requests: tuple[str, ...] = ()
        if paid == "delete":
            elsewhere = _shown_elsewhere(session, film_id) if kept else _Shown()
            kept = {name: shot for name, shot in kept.items() if elsewhere.has(shot)}
            requests = _requests(session, film_id)
        for table in (JobRow, ReelRow, LineRow, RevisionRow, RequestRow):
            session.execute(delete(table).where(table.film_id == film_id))
        session.delete(film)
    for media in reels:
        if media.startswith(_OURS):
            _remove_reel(home.path(media))
    _remove_takes(film_folder(home, film_id), {Path(name).stem for name in kept})
    for request in requests:
        tear_up(request, home)


def _worked_on(session: Session, film_id: str) -> bool:
    running = JobRow.state.in_(("waiting", "running"))
    query = select(JobRow.id).where(JobRow.film_id == film_id, running).limit(1)
    return session.scalars(query).first() is not None


def _at_the_service(session: Session, film_id: str) -> int:
    """How many requests of a film a service has, or may have."""
    query = select(func.count(AttemptRow.id)).where(
        AttemptRow.film_id == film_id, AttemptRow.state.in_(UNDER_WAY - {"reserved"})
    )
    return session.scalar(query) or 0


def _bought(session: Session, film_id: str) -> dict[str, _Bought]:
    """The shots that were bought for a film, by the media names of their clips."""
    files = (
        select(FileRow.name, TakeRow.shot, TakeRow.picture_id)
        .join(AttemptRow, AttemptRow.id == FileRow.attempt_id)
        .join(TakeRow, TakeRow.id == AttemptRow.take_id)
        .where(TakeRow.film_id == film_id)
    )
    return {
        name: _Bought(Shot.model_validate_json(shot).prompt, picture)
        for name, shot, picture in session.execute(files)
    }


def _requests(session: Session, film_id: str) -> tuple[str, ...]:
    """The keys of a film's requests for what is no take, such as a picture."""
    keys = select(SpendingRow.key).where(SpendingRow.film_id == film_id)
    return tuple(session.scalars(keys))


def _shown_elsewhere(session: Session, film_id: str) -> _Shown:
    """What the scenes of all other films show: a copy of a film plays its takes."""
    current = (
        select(RevisionRow.screenplay)
        .join(FilmRow, FilmRow.id == RevisionRow.film_id)
        .where(RevisionRow.number == FilmRow.revision, FilmRow.id != film_id)
    )
    words: set[str] = set()
    pictures: set[str] = set()
    for text in session.scalars(current):
        scenes = Screenplay.from_json(text).scenes if text else ()
        words.update(scene.prompt.strip() or scene.description.strip() for scene in scenes)
        pictures.update(scene.picture_id for scene in scenes)
    return _Shown(tuple(words - {""}), frozenset(pictures))


def _remove_reel(film: Path) -> None:
    for end in _BESIDE:
        _remove(film.with_suffix(end))
    with suppress(OSError):
        film.parent.rmdir()


def _remove_takes(folder: Path, kept: set[str]) -> None:
    """Remove the files of a film's takes, but for those of these clips."""
    for path in list(_files(folder)):
        if not any(path.name.startswith(f"{stem}.") for stem in kept):
            _remove(path)
    with suppress(OSError):
        folder.rmdir()


def _files(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from (path for path in folder.iterdir() if path.is_file())


def _remove(path: Path) -> None:
    # Windows keeps a file that is being played.
    with suppress(OSError):
        path.unlink(missing_ok=True)
