"""Where a model's answers lie until the whole film is written, so that none is asked for twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

__all__ = ["Heard", "NoShelf", "Shelf"]


class Heard(NamedTuple):
    """One answer: its text, and whether it was cut off for its length."""

    text: str
    cut_off: bool


class Shelf(Protocol):
    """The answers of one film that is being written, by what was asked for: "outline", "act 3"."""

    async def answers(self, step: str) -> Sequence[Heard]:
        """What was answered to a step before, in order; also what could not be used."""

    async def keep(self, step: str, heard: Heard) -> None:
        """Keep a further answer of a step before the next is asked for.

        Raises:
            StorageError: it cannot be written.
        """


class NoShelf:
    """Keeps nothing: for what is one answer anyway."""

    async def answers(self, step: str) -> Sequence[Heard]:
        """See `Shelf`."""
        return ()

    async def keep(self, step: str, heard: Heard) -> None:
        """See `Shelf`."""
