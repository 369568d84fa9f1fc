"""Who pays for words: a writer that costs money asks before each question."""

from __future__ import annotations

from typing import Protocol

from .text_model import TextModel

__all__ = ["Bill", "Till"]


class Bill(Protocol):
    """Money set aside for one answer."""

    async def settle(self, *, prompt: int, answer: int) -> None:
        """Say how many tokens it took: none where the service took nothing.

        A bill that nobody settles counts as the most it can cost.
        """


class Till(Protocol):
    """The owner's money."""

    async def reserve(self, model: TextModel, *, prompt: int, answer: int) -> Bill:
        """Set aside what at most so many tokens of question and answer cost.

        Raises:
            MoneyError: nothing may be asked; the sentence says what the owner would have to do.
            StorageError: it could not be written down.
        """
