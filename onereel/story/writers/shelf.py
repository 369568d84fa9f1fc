"""Where a model's answers lie until the whole film is written, so that none is asked for twice.

Beside `answers.py`, which keeps answers too, and cannot be the same: a shelf is one film's, by what
was asked for ("act 3"), whoever wrote it and in whatever words he was asked. So a film goes on with
the act that failed after an upgrade has changed the words of a question; what was wrong with an
answer is still known; and it is gone with the film's last act. By digests of the questions it would
be asked, and paid, anew for each comma. `answers.py` is everybody's, by just that digest: a shelf
does not know that a chat, a director or another film asked the same.
"""

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
