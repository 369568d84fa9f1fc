"""What can happen to money: the lines of the journal. The database is made from these alone."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from decimal import ROUND_CEILING, Decimal
from pathlib import PurePosixPath
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, Field, TypeAdapter, model_validator

from ...values import Value
from ..shot import Shot
from ..states import AttemptState, SpendingState
from ..take import Take

__all__ = [
    "Dollars",
    "Event",
    "File",
    "Kept",
    "Moved",
    "Plan",
    "Planned",
    "PutAway",
    "Request",
    "Reserved",
    "Revised",
    "Spent",
    "read_event",
    "read_event_json",
]

_MICRO = Decimal("0.000001")


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _media_name(name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or not path.parts:
        raise ValueError("must be a file name inside the media folder")
    return name


def _exact(value: Decimal) -> Decimal:
    """Round up to micro-dollars: the ledger never holds less than was asked for."""
    return value.quantize(_MICRO, rounding=ROUND_CEILING).normalize() + Decimal(0)


Dollars = Annotated[
    Decimal,
    Field(ge=0, le=1_000_000, allow_inf_nan=False),
    AfterValidator(_exact),
]
_Key = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]
_MediaName = Annotated[str, AfterValidator(_media_name)]


class _Event(Value):
    id: Annotated[str, Field(pattern="^[0-9a-f]{32}$")] = Field(
        default_factory=lambda: uuid.uuid4().hex
    )
    at: Annotated[AwareDatetime, AfterValidator(_utc)]
    key: _Key


class Plan(Value):
    """What a take is to be, and for whom."""

    shot: Shot
    film_id: str
    scene_id: str
    picture_id: str
    asked: str


class _OfTake(_Event):
    plan: Plan

    @model_validator(mode="after")
    def _key_is_the_shots(self) -> Self:
        if self.key != self.plan.shot.key:
            raise ValueError("its key is not the one of its shot")
        return self


class Planned(_OfTake):
    """A take was thought of; or other words came to the same take."""

    kind: Literal["planned"] = "planned"


class Request(Value):
    """An attempt's unchanging part. Every line about it carries this, so that no lost line can take
    its money along."""

    correlation: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
    ceiling: Dollars
    film_id: str
    """The film that pays for it."""
    day: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    folder: str
    started: Annotated[AwareDatetime, AfterValidator(_utc)]


class _OfAttempt(_Event):
    attempt: Request


class Reserved(_OfTake, _OfAttempt):
    """An attempt began, and its ceiling was set aside."""

    kind: Literal["reserved"] = "reserved"


class Moved(_OfAttempt):
    """An attempt went from one state to another; or more became known of it, if they are one."""

    kind: Literal["moved"] = "moved"
    was: AttemptState
    state: AttemptState
    reason: str = ""
    operation: str = ""
    charged: Dollars | None = None
    answer: str = ""
    take: Take | None = None


class File(Value):
    """A file of a take."""

    name: _MediaName
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    size: int = Field(ge=0)
    source: str = ""


class Kept(_OfAttempt):
    """Files of an attempt are on disk."""

    kind: Literal["kept"] = "kept"
    files: tuple[File, ...]
    take: Take | None = None


class Revised(_Event):
    """A refused take was asked for anew in other words, as another take."""

    kind: Literal["revised"] = "revised"
    to: _Key
    diff: str = ""


class PutAway(_Event):
    """A take that is over left the list of operations; its money stays in the books."""

    kind: Literal["put away"] = "put away"
    reason: str = ""


class Spent(_Event):
    """Money for what is no take, such as a script: set aside before it is asked for, then settled.

    Every line carries all of it, under one key, so that none needs another.
    """

    kind: Literal["spent"] = "spent"
    what: str
    """What was bought: "script"."""
    model: str
    film_id: str
    """The film that pays for it."""
    day: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    ceiling: Dollars
    charged: Dollars | None = None
    """None while nobody knows: until then the ceiling is set aside."""
    reason: str = ""
    item: str = ""
    """The key of what is bought, by which its buyer holds a lease; older releases had none."""
    state: SpendingState | None = None
    """None in lines of older releases."""

    @property
    def became(self) -> SpendingState:
        """The state, also of an older line: nobody says of it whether it was sent."""
        if self.state:
            return self.state
        return "unknown" if self.charged is None else "settled" if self.charged else "failed"


Event = Planned | Reserved | Moved | Kept | Revised | PutAway | Spent
_ANY: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])


def read_event(data: object) -> Event:
    """Validate one event.

    Raises:
        pydantic.ValidationError: it is none, or a field of it is wrong.
    """
    return _ANY.validate_python(data)


def read_event_json(text: str) -> Event:
    """Read back an event that was validated when it was written."""
    return _ANY.validate_json(text)
