"""What the columns of the database hold, and the base of its tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Any
from zlib import compress, decompress

from sqlalchemy import BigInteger, Dialect, LargeBinary, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

__all__ = ["Base", "Moment", "Money", "Packed"]

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


class Packed(TypeDecorator[str]):
    """A long text, compressed: a screenplay is a tenth of its size."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Compress it."""
        return None if value is None else compress(value.encode())

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        """Read it."""
        return None if value is None else decompress(value).decode()


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
