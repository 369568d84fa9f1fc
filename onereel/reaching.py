"""A film's language model, whoever runs it: reached by the name that its screenplay says."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from .home import Home
from .remote import REMOTE, Remote
from .settings import Settings
from .story.writers import gemini, ollama
from .story.writers.answers import Answers
from .story.writers.language_model import LanguageModel
from .story.writers.text_model import TextModel, Thinking
from .till import Till
from .voice.engines.gemini import USUAL
from .voice.purse import Purse
from .work import Cancel

__all__ = ["gemini_till", "reach", "speech_purse", "text_model"]

_HASTY = 0.5
"""Seconds for Ollama to free its memory."""
_SWITCH = (
    "buying is off, so nothing was sent: `python -m onereel settings buying on` switches it on,"
    " with a cap of 5 dollars a day"
)
_FREE = (
    "if your Gemini key is of Google's free tier, say so by `python -m onereel settings free-key"
    " yes`."
)
_WORDS_OFF = f"Gemini's words cost money and {_SWITCH}; {_FREE}"
_VOICES_OFF = f"This voice costs money and {_SWITCH}; {_FREE}"


def text_model(home: Home, name: str) -> TextModel:
    """What is known of a model of Gemini; an empty name is the usual one's."""
    # Only now: what shoots takes longer to load than everything else.
    from .shoot.models.registry import Registry

    return Registry.load(home).text(name)


def gemini_till(film_id: str, *, what: str, home: Home, settings: Settings) -> Till | None:
    """Who pays for Gemini's words; None where the key pays nothing."""
    if settings.buying.free_key:
        return None
    return _till(film_id, what, home, settings, off=_WORDS_OFF)


def _till(film_id: str, what: str, home: Home, settings: Settings, *, off: str) -> Till:
    # Only now: the ledger's database takes longer to load than everything else.
    from .shoot.buying.once import Once

    return Once(film_id, what, home, settings, off=off)


def speech_purse(film_id: str, *, home: Home, settings: Settings) -> Purse | None:
    """Who pays for a film's voices; None where none that costs money could be asked."""
    keys = (settings.google.gemini_api_key, settings.elevenlabs.api_key)
    if not (any(key.get_secret_value() for key in keys) or settings.speech.address):
        return None
    from .shoot.models.registry import Registry

    registry = Registry.load(home)
    return Purse(
        till=_till(film_id, "narration", home, settings, off=_VOICES_OFF),
        gemini=registry.speech(settings.voice.gemini_model or USUAL),
        free_key=settings.buying.free_key,
        elevenlabs=registry.voice(settings.elevenlabs.model),
    )


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
            # What is said in a conversation is never asked twice.
            answers=None if what == "chat" else Answers(home),
            remote=remote,
            cancel=cancel,
        ) as asked:
            yield asked
    else:
        raise ValueError(f"{writer!r} is no language model's")
