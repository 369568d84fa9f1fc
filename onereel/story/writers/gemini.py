"""Write Script (Gemini): a screenplay from a model on the Gemini API.

https://ai.google.dev/gemini-api/docs/structured-output, .../thinking.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from ...errors import ChooseAnotherModel
from ...google.client import Client, gemini_access
from ...google.told import silent
from ...remote import REMOTE, Patience, Remote, obeying
from ...settings import GoogleSettings
from ...till import Till
from ...work import Cancel, Progress
from ..brief import Brief
from ..screenplay import Screenplay
from .answers import Answers
from .gemini_model import WRITING, GeminiModel
from .shelf import Shelf
from .text_model import TextModel, Thinking
from .writing import write_with

if TYPE_CHECKING:
    from google.genai.client import AsyncClient
    from google.genai.types import ListModelsConfigDict

__all__ = ["list_gemini_models", "reached", "write_with_gemini"]

_LIST_PATIENCE = Patience(connect=3, silence=5, call=10)
"""A menu must not wait for a server that hangs."""

_PAGE = 100
_OTHERS = ("tts", "image", "banana", "omni", "embedding", "live", "audio", "robotics", "computer")
"""What is in the names of Gemini models that do not write."""


async def list_gemini_models(
    settings: GoogleSettings, *, patience: Patience = _LIST_PATIENCE
) -> tuple[str, ...]:
    """List the models that write, by the key, in the service's order.

    Raises:
        AddKey: there is no key, or it is not taken.
        ServiceError: the service does not answer.
    """
    names: list[str] = []
    token = ""
    async with Client(gemini_access(settings), patience) as client:
        while True:
            page: ListModelsConfigDict = {"page_size": _PAGE}
            if token:
                page["page_token"] = token
            exchange = await client.ask(partial(_list, page))
            answer = exchange.json()
            if exchange.status != 200 or not isinstance(answer, dict):
                raise WRITING.failure(exchange, client.host, "") or silent(exchange, client.host)
            models = answer.get("models")
            names += [_name(each) for each in models or () if isinstance(each, dict)]
            token = str(answer.get("nextPageToken") or "")
            if not token or len(names) > _PAGE * _PAGE:
                return tuple(name for name in names if name)


def _list(page: ListModelsConfigDict, sdk: AsyncClient) -> Awaitable[object]:
    return sdk.models.list(config=page)


def _name(model: dict[str, Any]) -> str:
    """The name of a model that writes; empty of another."""
    name = str(model.get("name", "")).removeprefix("models/")
    can = model.get("supportedGenerationMethods", ["generateContent"])
    writes = "generateContent" in can and name.startswith("gemini-")
    return name if writes and not any(word in name for word in _OTHERS) else ""


@asynccontextmanager
async def reached(
    settings: GoogleSettings,
    model: TextModel,
    *,
    thinking: Thinking = "low",
    seed: int = 0,
    till: Till | None = None,
    answers: Answers | None = None,
    remote: Remote = REMOTE,
    cancel: Cancel | None = None,
) -> AsyncIterator[GeminiModel]:
    """Lend a model, for as long as the block runs.

    `till` pays for what it says; None where the key pays nothing. `answers` keeps what was paid
    for; without it the same question is paid for again. Where all its answers were of no use, it
    forgets them: the next time it is asked anew.

    Raises:
        AddKey: there is no key.
        ReviseSetting: the address is no address.
    """
    async with Client(gemini_access(settings), remote.patience) as client:
        lent = GeminiModel(
            client,
            model,
            thinking=thinking,
            seed=seed,
            till=till,
            answers=answers,
            remote=remote,
            cancel=cancel or Cancel(),
        )
        try:
            yield lent
        except ChooseAnotherModel as error:
            if error is not lent.failure:
                await asyncio.to_thread(lent.forget)
            raise


async def write_with_gemini(
    brief: Brief,
    *,
    settings: GoogleSettings,
    model: TextModel,
    thinking: Thinking = "low",
    seed: int = 0,
    till: Till | None = None,
    answers: Answers | None = None,
    remote: Remote = REMOTE,
    shelf: Shelf | None = None,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Screenplay:
    """Write a screenplay with a Gemini model; see `writing.write_with`.

    Args:
        brief: the film; its duration is met exactly by the planned durations.
        settings: the key and the address.
        model: what is known of the model.
        thinking: how long it thinks before it writes.
        seed: sampling seed of the first attempt.
        till: pays for each answer; None where the key pays nothing.
        answers: keeps what was paid for.
        remote: asks again where nothing was taken.
        shelf: keeps the answers until the film is written.
        progress: hears about the answer as it arrives.
        cancel: obeyed within a second; what is under way may still be charged.

    Raises:
        AddKey, WaitForQuota, RevisePrompt, ChooseAnotherModel, TryAgain: see `gemini_model`.
        MoneyError: nothing was asked, because of money.
        ReviseBrief: there is no such template.
        Cancelled: the user stopped.
    """
    cancel = cancel or Cancel()

    async def write() -> Screenplay:
        lent = reached(
            settings,
            model,
            thinking=thinking,
            seed=seed,
            till=till,
            answers=answers,
            remote=remote,
            cancel=cancel,
        )
        async with lent as writer:
            film = await write_with(writer, brief, shelf=shelf, progress=progress)
        progress(1.0, " ".join(film.notes) or "The script is written.")
        return film.screenplay

    return await obeying(cancel, write())
