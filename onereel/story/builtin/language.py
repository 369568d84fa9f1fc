"""Which language an idea is in, and whether the writer has a pack for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...errors import ChooseLanguage
from ..tongues import Tongue, foreign
from .pack import Pack

__all__ = ["check_language", "other_language", "pack_for"]

_OTHERS = "Write Script (Ollama) or Write Script (Gemini)"
_INSTEAD = f"{_OTHERS} can, and so can a screenplay of your own"


def pack_for(language: str, packs: Mapping[str, Pack]) -> Pack:
    """Find the pack of an IETF tag such as "en" or "de-DE".

    Raises:
        ChooseLanguage: the built-in writer has no such language.
    """
    pack = packs.get(language.strip().lower().replace("_", "-").split("-")[0])
    if pack is None:
        raise ChooseLanguage(
            f"The built-in writer cannot write in {language.strip() or 'no language'!r}, only in"
            f" {_listed(pack.name for pack in packs.values())}; {_INSTEAD}."
        )
    return pack


def check_language(idea: str, pack: Pack, packs: Mapping[str, Pack]) -> None:
    """Refuse an idea that is plainly in another language than the film's; when unsure, accept.

    Raises:
        ChooseLanguage: it is; the sentence says what would write it.
    """
    found = foreign(idea, pack.code, pack.function_words)
    if found is None:
        return
    instead = f"write the idea in {pack.name}, or let {_OTHERS} write the film"
    if found.code in packs:
        instead = f"set the language to {found.code!r}, {instead}"
    raise ChooseLanguage(
        f"The idea is in {found.name}, but the film's language is {pack.name}: {instead}."
    )


def other_language(text: str, language: str, packs: Mapping[str, Pack]) -> Tongue | None:
    """The language that a text plainly is in, where that is not `language`; None when unsure."""
    pack = packs.get(language.strip().lower().replace("_", "-").split("-")[0])
    return foreign(text, language, pack.function_words if pack else ())


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
