"""What a rule finds in a text."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Edit", "german_form"]


@dataclass(frozen=True)
class Edit:
    """Characters `start` to `end` of a text are said as `said`."""

    start: int
    end: int
    said: str


def german_form(before: str, oblique: tuple[str, ...], weak: tuple[str, ...]) -> str:
    """The form of a German ordinal behind a word."""
    if before in oblique:
        return "ordinal_oblique"
    return "ordinal_weak" if before in weak else "ordinal"
