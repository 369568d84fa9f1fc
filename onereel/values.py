"""The base of every value that walks through the library: immutable, JSON in and out, versioned."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    ValidationError,
    WithJsonSchema,
    field_validator,
    model_serializer,
)
from pydantic_core import ErrorDetails

from .errors import BadInput, ReviseScreenplay, UpdateOneReel

__all__ = [
    "FPS",
    "Document",
    "GrownDocument",
    "Seconds",
    "Value",
    "digest",
    "each_in_words",
    "frames",
    "in_words",
    "plain",
    "seconds",
    "total",
    "whole_frames",
]

FPS = Fraction(24)
"""Frames per second of a film: what Veo and the draft renderer shoot."""


_LONGEST = 10**9
"""Seconds: some thirty years."""
_SHORT_NUMBER = r"(?i)(?!.*e[+-]?[\d_]{3})[^\n]{1,200}"
"""A `Fraction` of "1e999999999" is exact, and would be a billion digits long."""


def seconds(value: object) -> Fraction:
    """Read an exact time from a number, or from a text such as "2.5" or "5/2".

    Raises:
        ValueError: it is no number of seconds.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction | Decimal):
        raise ValueError("must be a number of seconds")
    # 0.1 means one tenth here, not the binary fraction nearest to it.
    number = value if isinstance(value, int | Fraction) else str(value)
    try:
        if isinstance(number, str) and not re.fullmatch(_SHORT_NUMBER, number):
            raise ValueError
        exact = Fraction(number)
    except (ValueError, ZeroDivisionError):
        raise ValueError("must be a number of seconds") from None
    if abs(exact) > _LONGEST:
        raise ValueError("must be a number of seconds")
    return exact


def _from_seconds(value: Fraction) -> int | float | str:
    if value.denominator == 1:
        return int(value)
    decimal = round(float(value), 6)
    return decimal if Fraction(str(decimal)) == value else f"{value.numerator}/{value.denominator}"


Seconds = Annotated[
    Fraction,
    BeforeValidator(seconds),
    PlainSerializer(_from_seconds, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
"""An exact time in seconds. JSON: a number, or `"n/d"` where no short decimal is exact."""


def total(times: Iterable[Fraction]) -> Fraction:
    """The sum of times; ten times as fast as adding them up one by one, of which each is reduced
    to lowest terms."""
    by_denominator: dict[int, int] = defaultdict(int)
    for each in times:
        by_denominator[each.denominator] += each.numerator
    return sum((Fraction(n, d) for d, n in by_denominator.items()), Fraction(0))


def frames(duration: Fraction, fps: Fraction = FPS) -> int:
    """Count the frames that cover `duration` seconds: rounded up, never short of it."""
    return -((-duration * fps) // 1)


def whole_frames(duration: Fraction, fps: Fraction = FPS) -> Fraction:
    """Round `duration` seconds up to a whole number of frames."""
    return frames(duration, fps) / fps


_PLAINLY = {
    "missing": "is missing",
    "extra_forbidden": "is not a field it knows",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "tuple_type": "must be a list",
    "model_type": "must be an object with named fields",
    "dict_type": "must be an object with named fields",
    "mapping_type": "must be an object with named fields",
    "too_short": "must be a list of at least {min_length}, not {actual_length}",
    "too_long": "must be a list of at most {max_length}, not {actual_length}",
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "literal_error": "must be {expected}",
    "union_tag_invalid": "must have as its {discriminator} one of {expected_tags}, not {tag!r}",
    "union_tag_not_found": "must say its {discriminator}",
    "finite_number": "must be a number",
    "string_pattern_mismatch": "may hold letters, digits, dots, dashes and underscores only",
}
"""What pydantic says in a programmer's words, by its types of errors."""


def in_words(error: ValidationError) -> str:
    """Say in one clause what is wrong with the first bad field of a document."""
    details = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in details["loc"])
    match details["type"]:
        case "missing":
            return f"{where} is missing"
        case "extra_forbidden":
            return f"{where} is not a field it knows"
    reason = _reason(details)
    return f"{where}: {reason}" if where else reason


def each_in_words(error: ValidationError, *, most: int = 20) -> tuple[tuple[str, str], ...]:
    """Name each bad field of a document, and say in a clause what is wrong in it; the first
    `most` of them."""
    found = error.errors(include_url=False)[:most]
    return tuple((".".join(str(part) for part in each["loc"]), _reason(each)) for each in found)


def _reason(details: ErrorDetails) -> str:
    if plainly := _PLAINLY.get(details["type"]):
        return plainly.format(**details.get("ctx", {}))
    reason = details["msg"].removeprefix("Value error, ")
    return reason[:1].lower() + reason[1:]


_HALF_CHARACTER = "[\ud800-\udfff]"
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


def plain(text: str) -> str:
    """The text as any file or database can hold it: without control characters and half ones."""
    # Most texts, at a tenth of the time: neither kind is printable.
    if text.isprintable():
        return text
    return re.sub(_CONTROL, "", re.sub(_HALF_CHARACTER, "\ufffd", text))


class Value(BaseModel):
    """An immutable value that refuses unknown fields.

    Its texts can be written to any file: control characters are left out, and the lone surrogates
    that JSON and command lines may carry become U+FFFD.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @field_validator("*", mode="after")
    @classmethod
    def _text_is_text(cls, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(plain(each) if isinstance(each, str) else each for each in value)
        return plain(value) if isinstance(value, str) else value

    def replace(self, **changes: Any) -> Self:
        """Return a copy with `changes`, validated as a new value is."""
        return type(self).model_validate({**dict(self), **changes})


class Document(Value):
    """A value that travels alone, on a wire or in a file, and so carries a version."""

    NAME: ClassVar[str] = "document"
    VERSION: ClassVar[int] = 1
    REVISE: ClassVar[type[BadInput]] = ReviseScreenplay

    version: int = Field(default=1, ge=1)

    def to_json(self, *, indent: int | None = None) -> str:
        """Write the document as JSON; `from_json` reads it back as an equal value."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=indent)

    def __str__(self) -> str:
        """The JSON, which ComfyUI's Preview as Text shows and `from_json` reads."""
        return self.to_json(indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read what `to_json` wrote.

        Raises:
            UpdateOneReel: a newer OneReel wrote it.
            BadInput: the class's own `REVISE` error, naming the first field that is wrong.
        """
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise cls.REVISE(
                f"This {cls.NAME} is not valid JSON ({error}); paste it again or export it anew."
            ) from None
        return cls.from_data(data)

    @classmethod
    def from_data(cls, data: object) -> Self:
        """Validate parsed JSON; raises as `from_json` does."""
        if not isinstance(data, dict):
            raise cls.REVISE(f"This {cls.NAME} must be a JSON object with named fields.")
        version = data.get("version", 1)
        if isinstance(version, int | float) and version > cls.VERSION:
            raise UpdateOneReel(
                f"This {cls.NAME} was saved by a newer OneReel (version {version}, this one reads"
                f" {cls.VERSION}); update OneReel to open it."
            )
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise cls.REVISE(f"This {cls.NAME} cannot be used: {in_words(error)}.") from None


class GrownDocument(Document):
    """A document that has got further fields since the first of its kind was made.

    While one of them is as it is by itself it is left out of JSON: a document without it stays,
    byte for byte, what it was when it was digested and paid for.
    """

    LATER: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _without_what_came_later(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        said: dict[str, Any] = write(self)
        fields = type(self).model_fields
        for name in self.LATER & said.keys():
            if getattr(self, name) == fields[name].default:
                del said[name]
        return said


def digest(*parts: object) -> str:
    """Hash values by their canonical JSON (sorted keys, no spaces): 32 hex digits of SHA-256.

    Equal values give equal digests in every process and on every platform.
    """
    data = [part.model_dump(mode="json") if isinstance(part, BaseModel) else part for part in parts]
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
