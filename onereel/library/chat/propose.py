"""From a wish to a proposal. Nothing is changed here: the changes go to `Films.edit`."""

from __future__ import annotations

import asyncio
import re

from ...errors import RephraseWish, ReviseScreenplay
from ...home import Home
from ...reaching import reach
from ...remote import obeying
from ...settings import Settings
from ...values import Value
from ...work import Cancel, Progress
from ..edits.changes import Change
from ..edits.editing import apply
from ..edits.revision import Version
from .commands import Commanded, commanded, not_understood
from .conversation import converse
from .differences import Difference, differences
from .model import Chatting
from .understanding import LONGEST_WISH

__all__ = ["Proposal", "propose"]


class Proposal(Value):
    """Changes that would fulfil a wish."""

    words: str
    """What they do, for the film maker."""
    label: str
    """What they would stand as in the film's history."""
    changes: tuple[Change, ...]
    diff: tuple[Difference, ...]
    by: str
    """Who proposes: "commands", "ollama:llama3.2"."""


async def propose(
    text: str,
    version: Version,
    *,
    scene: str = "",
    language: str = "",
    home: Home,
    settings: Settings,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Proposal:
    """Propose changes that fulfil a wish such as "make scene 3 darker".

    What is one of the commands needs no model; everything else goes to the film's writer, where it
    is a language model.

    Args:
        scene: the id of the scene that the film maker looks at.
        language: of the film maker; by default the film's.

    Raises:
        RephraseWish: it is not understood; the sentence lists what is.
        ReviseScreenplay, ChooseVoice: it is understood and cannot be done.
        ServiceError: the model's server failed.
        MoneyError: the model costs money, and may not be asked.
        Cancelled: the user stopped.
    """
    wish = re.sub(r"\s+", " ", text).strip()
    film = version.screenplay
    if film is None:
        raise ReviseScreenplay("This film has no scenes yet; have it written first.")
    language = language or film.brief.language
    if not wish:
        raise not_understood(language)
    if len(wish) > LONGEST_WISH:
        raise RephraseWish(
            f"A wish has at most {LONGEST_WISH} characters, not {len(wish)}; say it in a sentence."
        )
    found = await asyncio.to_thread(
        commanded, wish, version, scene=scene, language=language, settings=settings
    )
    if found:
        return _proposal(found, version, "commands")
    writer = _writer(version)
    if not writer:
        raise not_understood(language)
    cancel = cancel or Cancel()

    async def ask() -> Proposal:
        lent = reach(
            writer,
            film_id=film.brief.film_id,
            what="chat",
            home=home,
            settings=settings,
            cancel=cancel,
        )
        async with lent as model:
            chatting = Chatting(model, progress)
            proposed = await converse(chatting, wish, version, scene=scene, language=language)
            return _proposal(proposed, version, chatting.name)

    return await obeying(cancel, ask())


def _writer(version: Version) -> str:
    """The language model that wrote the film, or was to; empty where none did."""
    options, film = version.options, version.screenplay
    if options.writer == "best" and film:
        return film.writer if film.writer.startswith(("gemini:", "ollama:")) else ""
    if options.writer == "gemini" or (options.writer == "ollama" and options.model):
        return f"{options.writer}:{options.model}"
    return ""


def _proposal(found: Commanded, version: Version, by: str) -> Proposal:
    edited = apply(found.changes, version)
    diff = differences(found.changes, version, edited.version)
    if not diff:
        raise RephraseWish("That changes nothing: the film is so already.")
    return Proposal(
        words=found.words or f"{edited.label}.",
        label=edited.label,
        changes=found.changes,
        diff=diff,
        by=by,
    )
