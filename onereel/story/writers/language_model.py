"""A language model that writes, whoever runs it: a file per server keeps this one protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

__all__ = ["Hear", "LanguageModel", "Message", "Question", "Room"]

Message = Mapping[str, str]
"""`role` ("system", "user" or "assistant") and `content`."""

Hear = Callable[[str, str], bool]
"""Hears a piece of an answer and a piece of the thinking before it; False: enough, stop."""


@dataclass(frozen=True)
class Question:
    """What a model is asked once."""

    messages: Sequence[Message]
    schema: Mapping[str, Any]
    """JSON Schema of the answer, which not every model honours."""
    creativity: float = 0.5
    """0: the likeliest words; 1: far from them. Models without a temperature leave it aside: what
    they are asked says it too."""
    attempt: int = 0
    """How often it was asked before: models may sample, or think, otherwise each time."""


@dataclass(frozen=True)
class Room:
    """How much a model takes at a time, in tokens."""

    context: int | None
    """Question and answer together; None: more than any film needs, or nobody says."""
    answer: int
    """Of an answer that it can be trusted to bring to a good end."""


class LanguageModel(Protocol):
    """A model, reached."""

    @property
    def name(self) -> str:
        """Its server's name for it: "llama3.2"."""

    @property
    def writer(self) -> str:
        """As `Screenplay.writer` says it: "ollama:llama3.2"."""

    @property
    def attempts(self) -> int:
        """How often it is worth asking, once it is prepared."""

    @property
    def can_replay(self) -> bool:
        """Whether an earlier answer fits beside a new one, once it is prepared."""

    async def room(self) -> Room:
        """How much it takes at a time.

        Raises:
            ServiceError: it cannot be had now.
        """

    async def prepare(self, *, prompt: int, answer: int) -> None:
        """Make ready for a conversation whose prompt and answer have so many tokens.

        Raises:
            ChooseAnotherModel: it cannot keep that much in mind.
            ServiceError, MoneyError: it cannot be had now.
        """

    async def answer(self, question: Question, hear: Hear) -> bool:
        """Let `hear` hear an answer, piece by piece; returns whether it was cut off for its length.

        Raises:
            ServiceError: the service failed, or refused.
        """
