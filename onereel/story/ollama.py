"""Write Script (Ollama): a screenplay from a language model on the user's own server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import ChooseAnotherModel, PullModel, ServiceError, StartOllama, TryAgain
from ..remote import obeying
from ..settings import OllamaSettings
from ..work import Cancel, Progress
from .answer import Answer, UnreadableAnswer, answer_schema, read
from .asking import (
    correction,
    expected_letters,
    instructions,
    refinement,
    request,
    tokens,
    usual_scenes,
)
from .brief import Brief
from .ollama_model import Sized, size
from .ollama_server import chat, connected, in_our_words, release
from .screenplay import Screenplay
from .shaping import Shaped, problems, shaped

if TYPE_CHECKING:
    import ollama

__all__ = ["list_models", "write_with_ollama"]

_LIST_PATIENCE = 3.0
"""Seconds: a menu must not wait for a server that hangs."""

_UNLOAD_PATIENCE = 15.0
_HASTY_PATIENCE = 0.5
"""Seconds to unload after a failure, or when the user wants to stop now."""

_MOST_TIMES_EXPECTED = 6
"""An answer that many times as long as expected comes from a model that runs in circles."""

_SLICES = ((0.0, 0.6), (0.6, 0.8), (0.8, 0.9))
"""The part of the progress bar for each attempt."""

Message = Mapping[str, str]


@dataclass(frozen=True)
class _Draft:
    """One answer: its text, the film in it if there is one, and what is wrong with it."""

    text: str
    answer: Answer | None
    problems: tuple[str, ...]


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


async def write_with_ollama(
    brief: Brief,
    *,
    settings: OllamaSettings,
    model: str,
    seed: int = 0,
    refine: bool = False,
    unload: bool = True,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Screenplay:
    """Write a screenplay with a model on an Ollama server.

    Up to three attempts: asked without thinking, asked again with what was wrong, and once more
    with the opposite `think`. An answer that is a screenplay but does not fit the brief is made to
    fit after the last attempt (`shaping.shaped`); what could not be is told through `progress`.

    Args:
        brief: the film; its duration is met exactly by the planned durations.
        settings: the server and the patience.
        model: a name as the server lists it.
        seed: sampling seed of the first attempt.
        refine: ask once more for a better version, and keep it if it is a legal one.
        unload: free the server's memory at the end and wait, at most 15 s, until it is free.
        progress: hears about the tokens as they arrive.
        cancel: obeyed within a second.

    Raises:
        StartOllama, PullModel, AddKey, TryAgain, ReviseSetting: see `ollama_server.in_our_words`.
        ChooseAnotherModel: no answer was a screenplay, or the film is too long for the model.
        ReviseBrief: there is no such template.
        Cancelled: the user stopped.
    """
    if not model.strip():
        raise PullModel("No model is chosen: run `ollama pull llama3.2`, then choose it.")
    patience = _HASTY_PATIENCE
    async with connected(settings) as client:
        try:
            writer = _Writer(client, settings, brief, seed, progress)
            film = await obeying(cancel or Cancel(), writer.write(model, refine=refine))
            patience = _UNLOAD_PATIENCE
        finally:
            if unload:
                await release(client, model, patience=patience)
    progress(1.0, " ".join(film.notes) or "The script is written.")
    return film.screenplay


class _Writer:
    """One conversation about one film."""

    def __init__(
        self,
        client: ollama.AsyncClient,
        settings: OllamaSettings,
        brief: Brief,
        seed: int,
        progress: Progress,
    ) -> None:
        self._client = client
        self._settings = settings
        self._brief = brief
        self._seed = seed
        self._progress = progress
        self._asked: list[Message] = [
            {"role": "system", "content": instructions()},
            {"role": "user", "content": request(brief)},
        ]

    async def write(self, name: str, *, refine: bool) -> Shaped:
        progress = self._progress
        progress(0.0, f"Asking Ollama for {name}.")
        prompt = sum(tokens(message["content"]) for message in self._asked)
        answer = -(-expected_letters(self._brief) // 3)
        model = await size(
            self._client, settings=self._settings, name=name, prompt=prompt, answer=answer
        )
        film = await self._answer(model, progress.part(0.0, 0.5) if refine else progress)
        if refine and model.can_replay:
            film = await self._refined(model, film, progress.part(0.5, 1.0))
        return shaped(film, self._brief, writer=f"ollama:{name}")

    async def _answer(self, model: Sized, progress: Progress) -> Answer:
        thinks: Sequence[bool | None] = (
            (None, None, None) if model.can_think is False else (False, False, True)
        )
        best: _Draft | None = None
        last: _Draft | None = None
        for number, think in enumerate(thinks):
            messages = self._asked if last is None else _again(self._asked, last, model)
            part = progress.part(*_SLICES[number])
            last = await self._draft(model, messages, think, self._seed + number, part)
            if last.answer is not None and not last.problems:
                return last.answer
            if last.answer is not None and (
                best is None or len(last.problems) <= len(best.problems)
            ):
                best = last
        if best is None or best.answer is None:
            raise ChooseAnotherModel(
                f"{model.name} answered {len(thinks)} times, but never with a screenplay: choose"
                " another model, or ask for fewer scenes."
            )
        return best.answer

    async def _refined(self, model: Sized, answer: Answer, progress: Progress) -> Answer:
        messages: list[Message] = [
            *self._asked,
            {"role": "assistant", "content": answer.model_dump_json()},
            {"role": "user", "content": refinement(self._brief)},
        ]
        think = None if model.can_think is False else False
        try:
            draft = await self._draft(model, messages, think, self._seed, progress)
        except ServiceError:
            # The first version is written and good: a failed second pass does not take it away.
            return answer
        return answer if draft.answer is None or draft.problems else draft.answer

    async def _draft(
        self,
        model: Sized,
        messages: Sequence[Message],
        think: bool | None,
        seed: int,
        progress: Progress,
    ) -> _Draft:
        text, cut_off = await self._listen(model, messages, think, seed, progress)
        cut = ("Your answer was cut off because it is too long; write less.",) if cut_off else ()
        try:
            # Mending half a megabyte of braces takes seconds, and the loop has others to serve.
            answer = await asyncio.to_thread(read, text)
        except UnreadableAnswer as error:
            return _Draft(text, None, (*cut, str(error)))
        return _Draft(text, answer, (*cut, *problems(answer, self._brief)))

    async def _listen(
        self,
        model: Sized,
        messages: Sequence[Message],
        think: bool | None,
        seed: int,
        progress: Progress,
    ) -> tuple[str, bool]:
        """Stream one answer; returns its text and whether it was cut off for its length."""
        expected = expected_letters(self._brief)
        text, thought, count = "", 0, 0
        options = {
            "num_ctx": model.num_ctx,
            "num_predict": model.num_predict,
            "seed": seed & 0x7FFFFFFF,
            "temperature": round(0.3 + 0.8 * self._brief.creativity, 2),
        }
        answering = chat(
            self._client,
            settings=self._settings,
            model=model.name,
            messages=messages,
            think=think,
            schema=answer_schema(self._brief),
            options=options,
        )
        async with aclosing(answering) as pieces:
            async for piece in pieces:
                count += 1
                text += piece.message.content or ""
                thought += len(piece.message.thinking or "")
                progress(min(len(text) / expected, 1.0), self._note(text, thought, count))
                if piece.done:
                    return text, piece.done_reason == "length"
                if len(text) > _MOST_TIMES_EXPECTED * expected:
                    return text, True
        # Closed properly, but without the last piece.
        raise TryAgain("Ollama broke off in the middle of its answer; run again.")

    def _note(self, text: str, thought: int, count: int) -> str:
        if not text:
            return f"Thinking ({count} tokens)." if thought else "Waiting for the first word."
        scene = max(text.count('"narration"'), 1)
        return f"Writing scene {scene} of about {usual_scenes(self._brief)} ({count} tokens)."


def _again(asked: Sequence[Message], draft: _Draft, model: Sized) -> list[Message]:
    """The conversation with the last answer, where there is room for it, and what was wrong."""
    told = correction(draft.problems)
    if not model.can_replay or not draft.text.strip():
        # Some chat templates choke on an empty turn.
        return [asked[0], {"role": "user", "content": f"{asked[1]['content']}\n\n{told}"}]
    said = draft.answer.model_dump_json() if draft.answer else draft.text[:2000]
    return [*asked, {"role": "assistant", "content": said}, {"role": "user", "content": told}]
