"""A film's language model, whoever runs it: reached by the name that its screenplay says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from .home import Home
from .remote import REMOTE, Remote
from .settings import Settings
from .story import gemini, ollama
from .story.language_model import LanguageModel
from .story.text_model import TextModel, Thinking
from .story.till import Till
from .voice.gemini import USUAL, Purse
from .work import Cancel

__all__ = ["gemini_till", "reach", "speech_purse", "text_model"]

_HASTY = 0.5
"""Seconds for Ollama to free its memory."""


def text_model(home: Home, name: str) -> TextModel:
    """What is known of a model of Gemini; an empty name is the usual one's."""
    # Only now: what shoots takes longer to load than everything else.
    from .shoot.registry import Registry

    return Registry.load(home).text(name)


def gemini_till(film_id: str, *, what: str, home: Home, settings: Settings) -> Till | None:
    """Who pays for Gemini's words; None where the key pays nothing."""
    if settings.buying.free_key:
        return None
    from .shoot.words import Words

    return Words(film_id, home=home, settings=settings, what=what)


def speech_purse(film_id: str, *, home: Home, settings: Settings) -> Purse | None:
    """Who pays for a film's voices; None where no key could ask for one that costs money."""
    if not settings.google.gemini_api_key.get_secret_value():
        return None
    from .shoot.registry import Registry

    model = Registry.load(home).speech(settings.voice.gemini_model or USUAL)
    return Purse(model, gemini_till(film_id, what="narration", home=home, settings=settings))


@asynccontextmanager
async def reach(
    writer: str,
    *,
    film_id: str,
    what: str,
    home: Home,
    settings: Settings,
    thinking: Thinking = "low",
    seed: int = 0,
    remote: Remote = REMOTE,
    cancel: Cancel | None = None,
) -> AsyncIterator[LanguageModel]:
    """Lend the model of a writer such as "ollama:llama3.2" or "gemini:gemini-3.8-flash".

    Args:
        film_id: the film that pays.
        what: what is bought, for the ledger: "chat", "directing".

    Raises:
        AddKey, PullModel, ReviseSetting: it cannot be reached.
        ValueError: it is no language model's.
    """
    service, _, model = writer.partition(":")
    if service == "ollama":
        async with ollama.reached(settings.ollama, model, seed=seed, patience=_HASTY) as lent:
            yield lent
    elif service == "gemini":
        till = gemini_till(film_id, what=what, home=home, settings=settings)
        async with gemini.reached(
            settings.google,
            text_model(home, model),
            thinking=thinking,
            seed=seed,
            till=till,
            remote=remote,
            cancel=cancel,
        ) as asked:
            yield asked
    else:
        raise ValueError(f"{writer!r} is no language model's")
