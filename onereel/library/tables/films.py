"""Films: their words, the work on them, and what came of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from ..columns import Base, Packed

__all__ = [
    "CharacterRow",
    "FilmRow",
    "JobRow",
    "LineRow",
    "ReelRow",
    "RequestRow",
    "RevisionRow",
]


class FilmRow(Base):
    """A film: what a list shows of it, and which revision of it is the current one."""

    __tablename__ = "films"

    id: Mapped[str] = mapped_column(primary_key=True)
    """The id of its Brief."""
    brief: Mapped[str]
    """As JSON."""
    source: Mapped[str]
    """Who made it: "panel", "workflow", "batch"."""
    revision: Mapped[int]
    """The number of the current one."""
    state: Mapped[str]
    title: Mapped[str]
    words: Mapped[str]
    """What a search looks through, in lower case."""
    length: Mapped[int] = mapped_column(BigInteger)
    """Milliseconds."""
    scenes: Mapped[int]
    aspect: Mapped[str]
    poster: Mapped[str]
    """The media name of the clip that stands for it; empty while there is none."""
    scene_ids: Mapped[str]
    """Every scene id that a revision ever had, as JSON: takes are found by it, so none comes back
    for another scene."""
    created: Mapped[datetime]
    changed: Mapped[datetime]

    __table_args__ = (
        Index("ix_films_changed", "changed", "id"),
        Index("ix_films_created", "created", "id"),
    )


class RevisionRow(Base):
    """One state of a film's words and wishes. An edit adds a row."""

    __tablename__ = "revisions"

    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    """From 1 within its film."""
    parent: Mapped[int | None]
    label: Mapped[str]
    screenplay: Mapped[str | None] = mapped_column(Packed)
    """As JSON; none before the film is written."""
    options: Mapped[str]
    chosen: Mapped[str]
    at: Mapped[datetime]


class JobRow(Base):
    """A piece of work on a film, in ComfyUI's queue."""

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(primary_key=True)
    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"), index=True)
    action: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    revision: Mapped[int]
    """The film's when the job was made."""
    renderer: Mapped[str]
    length: Mapped[int] = mapped_column(BigInteger)
    """Milliseconds of film it works on."""
    wanted: Mapped[str]
    """What was asked for, as JSON."""
    stage: Mapped[str]
    scene: Mapped[str]
    note: Mapped[str]
    problem: Mapped[str]
    """As JSON; empty without one."""
    graph: Mapped[str | None] = mapped_column(Packed, deferred=True)
    """The workflow in ComfyUI's API format, as JSON; read only when somebody asks for it."""
    owner: Mapped[str]
    """The process whose queue it is in."""
    seen: Mapped[datetime]
    """When that process was last heard of."""
    queued: Mapped[datetime]
    started: Mapped[datetime | None]
    ended: Mapped[datetime | None]

    __table_args__ = (Index("ix_jobs_action", "action", "renderer", "ended"),)


class ReelRow(Base):
    """A finished film file."""

    __tablename__ = "reels"

    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    media: Mapped[str]
    """Its media name."""
    made_of: Mapped[str]
    """The digest of the words, wishes and takes in it."""
    cut: Mapped[str] = mapped_column(Packed)
    """As JSON."""
    checks: Mapped[str]
    """What a look at it found, as JSON; empty before anybody looked."""
    at: Mapped[datetime]


class LineRow(Base):
    """A line that was spoken for a scene."""

    __tablename__ = "lines"

    film_id: Mapped[str] = mapped_column(ForeignKey("films.id"), primary_key=True)
    scene_id: Mapped[str] = mapped_column(primary_key=True)
    audio: Mapped[str] = mapped_column(primary_key=True)
    """Its media name."""
    voiced: Mapped[str]
    """The digest of the voice that was wished for."""
    line: Mapped[str]
    """The Line as JSON."""
    at: Mapped[datetime]


class RequestRow(Base):
    """A request that carried an idempotency key, and the film it came to."""

    __tablename__ = "requests"

    key: Mapped[str] = mapped_column(primary_key=True)
    asked: Mapped[str]
    """The digest of what it asked for."""
    film_id: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


class CharacterRow(Base):
    """A character that films share."""

    __tablename__ = "characters"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    """In lower case: how it is found."""
    character: Mapped[str]
    """The Character as JSON."""
    changed: Mapped[datetime]
