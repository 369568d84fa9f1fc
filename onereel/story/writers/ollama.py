"""Write Script (Ollama): a screenplay from a language model on the user's own server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING

from ...errors import PullModel, StartOllama, TryAgain
from ...remote import obeying
from ...settings import OllamaSettings
from ...work import Cancel, Progress
from ..brief import Brief
from ..screenplay import Screenplay
from .language_model import Hear, Question, Room
from .ollama_model import Known, Sized, known, size
from .ollama_server import chat, connected, in_our_words, release
from .shaping import Shaped
from .shelf import Shelf
from .writing import write_with

if TYPE_CHECKING:
    import ollama

__all__ = ["OllamaModel", "list_models", "reached", "write_with_ollama"]

_LIST_PATIENCE = 3.0
"""Seconds: a menu must not wait for a server that hangs."""

_UNLOAD_PATIENCE = 15.0
_HASTY_PATIENCE = 0.5
"""Seconds to unload after a failure, or when the user wants to stop now."""

_COOLEST, _WARMEST = 0.3, 1.1
"""The temperatures of a creativity of 0 and 1."""


async def list_models(settings: OllamaSettings) -> tuple[str, ...]:
    """List the models that can write, most recently changed first.

    Raises:
        StartOllama: nothing answers within 3 s.
        ServiceError: the server refuses.
    """
    async with connected(settings) as client:
        with in_our_words(settings):
            try:
                async with asyncio.timeout(_LIST_PATIENCE):
                    listed = await client.list()
            except TimeoutError:
                raise StartOllama(
                    f"Ollama at {settings.host} does not answer: start it anew."
                ) from None
    return tuple(
        model.model
        for model in listed.models
        # Embedding models cannot write; their families are BERT's.
        if model.model and "bert" not in ((model.details and model.details.family) or "")
    )


@asynccontextmanager
async def reached(
    settings: OllamaSettings,
    model: str,
    *,
    seed: int = 0,
    unload: bool = True,
    patience: float = _UNLOAD_PATIENCE,
) -> AsyncIterator[OllamaModel]:
    """Lend a model, for as long as the block runs.

    `unload` frees the server's memory at the end, and waits up to `patience` seconds until it is
    free.

    Raises:
        PullModel: no model is named.
        ReviseSetting: the host is no address.
    """
    if not model.strip():
        raise PullModel("No model is chosen: run `ollama pull llama3.2`, then choose it.")
    wait = _HASTY_PATIENCE
    async with connected(settings) as client:
        try:
            yield OllamaModel(client, settings, model, seed=seed)
            wait = patience
        finally:
            if unload:
                await release(client, model, patience=wait)


async def write_with_ollama(
    brief: Brief,
    *,
    settings: OllamaSettings,
    model: str,
    seed: int = 0,
    refine: bool = False,
    unload: bool = True,
    shelf: Shelf | None = None,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Screenplay:
    """Write a screenplay with a model on an Ollama server; see `writing.write_with`.

    Up to three attempts: asked without thinking, asked again with what was wrong, and once more
    with the opposite `think`, where the model has room for it. An answer that is a screenplay but
    does not fit the brief is made to fit after the last attempt (`shaping.shaped`); what could not
    be is told through `progress`.

    Args:
        brief: the film; its duration is met exactly by the planned durations.
        settings: the server and the patience.
        model: a name as the server lists it.
        seed: sampling seed of the first attempt.
        refine: ask once more for a better version, and keep it if it is a legal one.
        unload: free the server's memory at the end and wait, at most 15 s, until it is free.
        shelf: keeps the answers until the film is written.
        progress: hears about the tokens as they arrive.
        cancel: obeyed within a second.

    Raises:
        StartOllama, PullModel, AddKey, TryAgain, ReviseSetting: see `ollama_server.in_our_words`.
        ChooseAnotherModel: no answer was a screenplay, or the film is too long for the model.
        ReviseBrief: there is no such template.
        Cancelled: the user stopped.
    """

    async def write() -> Shaped:
        async with reached(settings, model, seed=seed, unload=unload) as writer:
            return await write_with(writer, brief, refine=refine, shelf=shelf, progress=progress)

    film = await obeying(cancel or Cancel(), write())
    progress(1.0, " ".join(film.notes) or "The script is written.")
    return film.screenplay


class OllamaModel:
    """A model on an Ollama server, as a `LanguageModel`: asked without thinking, asked again, and
    once more with the opposite `think` where it has room for a thought."""

    def __init__(
        self, client: ollama.AsyncClient, settings: OllamaSettings, name: str, *, seed: int = 0
    ) -> None:
        self._client = client
        self._settings = settings
        self._name = name
        self._seed = seed
        self._known: Known | None = None
        self._sized: Sized | None = None

    @property
    def name(self) -> str:
        """See `LanguageModel`."""
        return self._name

    @property
    def writer(self) -> str:
        """See `LanguageModel`."""
        return f"ollama:{self._name}"

    @property
    def attempts(self) -> int:
        """See `LanguageModel`."""
        return len(self._thinks)

    @property
    def can_replay(self) -> bool:
        """See `LanguageModel`."""
        return self._model.can_replay

    async def room(self) -> Room:
        """See `LanguageModel.room`; raises as `ollama_model.known`."""
        return (await self._looked_up()).room

    async def prepare(self, *, prompt: int, answer: int) -> None:
        """See `LanguageModel.prepare`; raises as `ollama_model.known` and `size`."""
        model = await self._looked_up()
        self._sized = size(model, name=self._name, prompt=prompt, answer=answer)

    async def answer(self, question: Question, hear: Hear) -> bool:
        """See `LanguageModel.answer`; raises as `ollama_server.in_our_words`."""
        model = self._model
        warmth = _COOLEST + (_WARMEST - _COOLEST) * question.creativity
        answering = chat(
            self._client,
            settings=self._settings,
            model=model.name,
            messages=question.messages,
            think=self._thinks[question.attempt % self.attempts],
            schema=question.schema,
            options={
                "num_ctx": model.num_ctx,
                "num_predict": model.num_predict,
                "seed": (self._seed + question.attempt) & 0x7FFFFFFF,
                "temperature": round(warmth, 2),
            },
        )
        async with aclosing(answering) as pieces:
            async for piece in pieces:
                said = piece.message.content or ""
                go_on = hear(said, piece.message.thinking or "")
                if piece.done:
                    return piece.done_reason == "length"
                if not go_on:
                    return True
        # Closed properly, but without the last piece.
        raise TryAgain("Ollama broke off in the middle of its answer; run again.")

    async def _looked_up(self) -> Known:
        if self._known is None:
            self._known = await known(self._client, settings=self._settings, name=self._name)
        return self._known

    @property
    def _model(self) -> Sized:
        assert self._sized, "prepared before it is asked"
        return self._sized

    @property
    def _thinks(self) -> Sequence[bool | None]:
        """What each attempt says of thinking: the last one thinks, where there is room for it."""
        if self._model.can_think is False:
            return (None, None, None)
        return (False, False, self._model.may_think)
