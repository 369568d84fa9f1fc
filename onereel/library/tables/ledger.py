"""What was asked for and paid: takes, the requests for them, and money, as the journal has it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..columns import Base

__all__ = [
    "AskRow",
    "AttemptRow",
    "FileRow",
    "JournalRow",
    "LeaseRow",
    "SpendingRow",
    "TakeRow",
    "TotalRow",
    "TransitionRow",
]


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
    put_away: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether lists leave it out."""
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
    model: Mapped[str] = mapped_column(server_default="")
    """Its take's."""
    number: Mapped[int]
    state: Mapped[str]
    operation: Mapped[str] = mapped_column(default="")
    ceiling: Mapped[Decimal]
    charged: Mapped[Decimal | None]
    reason: Mapped[str] = mapped_column(default="")
    folder: Mapped[str]
    film_id: Mapped[str]
    """The film whose cap it counts against."""
    day: Mapped[str]
    """The owner's calendar day it counts against, as "2026-11-21"."""
    started: Mapped[datetime]
    take: Mapped[TakeRow] = relationship(back_populates="attempts")
    files: Mapped[list[FileRow]] = relationship(order_by="FileRow.name")

    __table_args__ = (
        Index("ix_attempts_day", "day", "model"),
        Index("ix_attempts_state", "state", "take_id"),
    )


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
    take_id: Mapped[int | None] = mapped_column(ForeignKey("takes.id"), index=True)
    """None for money that was spent on what is no take."""
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id"))
    at: Mapped[datetime]
    state: Mapped[str]
    reason: Mapped[str]
    correlation: Mapped[str]
    event: Mapped[str]
    """What the journal says, as JSON."""
    take: Mapped[TakeRow | None] = relationship()
    attempt: Mapped[AttemptRow | None] = relationship()


class SpendingRow(Base):
    """Money for what is no take, such as a script."""

    __tablename__ = "spendings"

    key: Mapped[str] = mapped_column(primary_key=True)
    what: Mapped[str]
    model: Mapped[str]
    film_id: Mapped[str] = mapped_column(index=True)
    day: Mapped[str]
    """The owner's calendar day it counts against, as "2026-11-21"."""
    ceiling: Mapped[Decimal]
    charged: Mapped[Decimal | None]
    """None while nobody knows what it cost."""
    reason: Mapped[str]
    item: Mapped[str]
    """The key of what is bought: its buyer's lease."""
    state: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)


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
