"""The chat with a film's language model, whoever runs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...story.writers.asking import tokens
from ...story.writers.language_model import LanguageModel, Question
from ...work import Progress
from .conversation import Message

__all__ = ["Chatting"]

_EXPECTED = 1200
"""Tokens of a proposal that rewrites a few scenes."""
_LONGEST_ANSWER = 60_000
"""Characters, after which a model runs in circles."""
_FREER = 0.2
"""More creative than the attempt before, by so much: the first is asked for plain sense."""


class Chatting:
    """A `LanguageModel` as a `ChatModel`."""

    def __init__(self, model: LanguageModel, progress: Progress) -> None:
        self._model = model
        self._progress = progress
        self._prepared = False

    @property
    def name(self) -> str:
        """See `ChatModel`."""
        return self._model.writer

    async def ask(
        self, messages: Sequence[Message], *, schema: dict[str, Any], attempt: int
    ) -> str:
        """See `ChatModel`; raises as `LanguageModel.answer`."""
        if not self._prepared:
            prompt = sum(tokens(message["content"]) for message in messages)
            await self._model.prepare(prompt=prompt, answer=_EXPECTED)
            self._prepared = True
        text = ""

        def hear(piece: str, _thought: str) -> bool:
            nonlocal text
            text += piece
            share = min(len(text) / (3 * _EXPECTED), 1.0)
            self._progress(share, f"{self._model.name} is thinking about it.")
            return len(text) <= _LONGEST_ANSWER

        question = Question(messages, schema, _FREER * attempt, attempt=attempt)
        await self._model.answer(question, hear)
        return text
