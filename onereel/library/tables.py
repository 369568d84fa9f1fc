"""The tables of the database. A change here needs a revision in `migrations/versions`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, ForeignKey, Index, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

__all__ = [
    "AskRow",
    "AttemptRow",
    "Base",
    "FileRow",
    "JournalRow",
    "LeaseRow",
    "TakeRow",
    "TotalRow",
    "TransitionRow",
]

_MICRO = Decimal(1_000_000)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


class Money(TypeDecorator[Decimal]):
    """Dollars as whole micro-dollars, which every database adds exactly."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Round up to the next micro-dollar."""
        return (
            None
            if value is None
            else int((value * _MICRO).to_integral_value(rounding=ROUND_CEILING))
        )

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        """Read exact dollars."""
        return None if value is None else Decimal(value) / _MICRO


class Moment(TypeDecorator[datetime]):
    """A time in UTC as whole microseconds since 1970, which sorts alike in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Count microseconds."""
        return None if value is None else (value - _EPOCH) // _TICK

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Read a time that knows its zone."""
        return None if value is None else _EPOCH + value * _TICK


class Base(DeclarativeBase):
    """The mapped classes."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text, Decimal: Money, datetime: Moment}  # noqa: RUF012


class TakeRow(Base):
    """A take that was planned."""

    __tablename__ = "takes"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(unique=True)
    shot: Mapped[str]
    """As JSON."""
    model: Mapped[str]
    film_id: Mapped[str]
    scene_id: Mapped[str]
    picture_id: Mapped[str]
    asked: Mapped[str]
    state: Mapped[str]
    """Of its latest attempt."""
    revised_to: Mapped[str] = mapped_column(default="")
    diff: Mapped[str] = mapped_column(default="")
    take: Mapped[str | None]
    """The Take as JSON, once there is one."""
    planned: Mapped[datetime]
    attempts: Mapped[list[AttemptRow]] = relationship(
        back_populates="take", order_by="AttemptRow.id"
    )

    __table_args__ = (
        Index("ix_takes_film", "film_id", "id"),
        Index("ix_takes_state", "state", "id"),
    )


class AskRow(Base):
    """Words that were asked for, and the take they came to."""

    __tablename__ = "asks"

    asked: Mapped[str] = mapped_column(primary_key=True)
    take_id: Mapped[int] = mapped_column(ForeignKey("takes.id"), primary_key=True)
    take: Mapped[TakeRow] = relationship()


class AttemptRow(Base):
    """One request for a take."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    take_id: Mapped[int] = mapped_column(ForeignKey("takes.id"), index=True)
    correlation: Mapped[str] = mapped_column(unique=True)
    number: Mapped[int]
    state: Mapped[str]
    operation: Mapped[str] = mapped_column(default="")
    ceiling: Mapped[Decimal]
    charged: Mapped[Decimal | None]
    reason: Mapped[str] = mapped_column(default="")
    folder: Mapped[str]
    film_id: Mapped[str]
    """The film whose cap it counts against."""
    day: Mapped[str] = mapped_column(index=True)
    """The owner's calendar day it counts against, as "2026-11-21"."""
    started: Mapped[datetime]
    take: Mapped[TakeRow] = relationship(back_populates="attempts")
    files: Mapped[list[FileRow]] = relationship(order_by="FileRow.name")


class FileRow(Base):
    """One file of a take."""

    __tablename__ = "files"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    """Its media name."""
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str]


class TransitionRow(Base):
    """The audit trail: one row per line of the journal, in the order they were posted."""

    __tablename__ = "transitions"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[str] = mapped_column(unique=True)
    take_id: Mapped[int] = mapped_column(ForeignKey("takes.id"), index=True)
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id"))
    at: Mapped[datetime]
    state: Mapped[str]
    reason: Mapped[str]
    correlation: Mapped[str]
    event: Mapped[str]
    """What the journal says, as JSON."""
    take: Mapped[TakeRow] = relationship()
    attempt: Mapped[AttemptRow | None] = relationship()


class LeaseRow(Base):
    """Who works on a take. The row stays when the lease ends, so that tokens only ever grow."""

    __tablename__ = "leases"

    key: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[int] = mapped_column(BigInteger)
    expires: Mapped[datetime]
    owner: Mapped[str]


class TotalRow(Base):
    """A running total: of a film ("film", its id), a day ("day", "2026-11-21") or a month."""

    __tablename__ = "totals"

    scope: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    held: Mapped[Decimal]
    charged: Mapped[Decimal]


class JournalRow(Base):
    """How far a journal was posted."""

    __tablename__ = "journals"

    id: Mapped[str] = mapped_column(primary_key=True)
    posted: Mapped[int] = mapped_column(BigInteger)
    """Bytes."""
    last: Mapped[str]
    """The checksum of the last line posted."""
