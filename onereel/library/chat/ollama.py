"""The chat with a model on the user's own Ollama server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any

from ...errors import TryAgain
from ...settings import OllamaSettings
from ...story.asking import tokens
from ...story.ollama_model import Sized, size
from ...story.ollama_server import chat, connected, release
from ...work import Progress
from .conversation import Message

if TYPE_CHECKING:
    import ollama

__all__ = ["chatting"]

_EXPECTED = 1200
"""Tokens of a proposal that rewrites a few scenes."""
_LONGEST_ANSWER = 60_000
"""Characters, after which a model runs in circles."""
_UNLOAD_PATIENCE = 0.5


class _OllamaChat:
    """One conversation."""

    def __init__(
        self, client: ollama.AsyncClient, settings: OllamaSettings, model: str, progress: Progress
    ) -> None:
        self._client = client
        self._settings = settings
        self._model = model
        self._progress = progress
        self._sized: Sized | None = None

    @property
    def name(self) -> str:
        return f"ollama:{self._model}"

    async def ask(
        self, messages: Sequence[Message], *, schema: dict[str, Any], attempt: int
    ) -> str:
        """Stream one answer and return its text; raises as `ollama_server.in_our_words` does."""
        model = await self._size(messages)
        think = None if model.can_think is False else False
        options = {
            "num_ctx": model.num_ctx,
            "num_predict": model.num_predict,
            "seed": attempt,
            "temperature": 0.2 + 0.2 * attempt,
        }
        answering = chat(
            self._client,
            settings=self._settings,
            model=model.name,
            messages=messages,
            think=think,
            schema=schema,
            options=options,
        )
        text = ""
        async with aclosing(answering) as pieces:
            async for piece in pieces:
                text += piece.message.content or ""
                share = min(len(text) / (3 * _EXPECTED), 1.0)
                self._progress(share, f"{self._model} is thinking about it.")
                if piece.done or len(text) > _LONGEST_ANSWER:
                    return text
        raise TryAgain("Ollama broke off in the middle of its answer; ask again.")

    async def _size(self, messages: Sequence[Message]) -> Sized:
        if self._sized is None:
            prompt = sum(tokens(message["content"]) for message in messages)
            self._sized = await size(
                self._client,
                settings=self._settings,
                name=self._model,
                prompt=prompt,
                answer=_EXPECTED,
            )
        return self._sized


@asynccontextmanager
async def chatting(
    settings: OllamaSettings, model: str, progress: Progress
) -> AsyncIterator[_OllamaChat]:
    """Lend a conversation with a model; at the end its memory is given back.

    Raises:
        ReviseSetting: the host is no address.
    """
    async with connected(settings) as client:
        try:
            yield _OllamaChat(client, settings, model, progress)
        finally:
            await release(client, model, patience=_UNLOAD_PATIENCE)
