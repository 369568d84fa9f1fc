"""The French pack."""

from __future__ import annotations

import re
from pathlib import Path

from ..folder_pack import FolderPack
from ..pack import Frame
from ..wording import echoed
from .analyse import analyse
from .lexicon import lexicon
from .typography import polish, title

__all__ = ["PACK", "French"]

_ONES = [
    *("z\u00e9ro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit"),
    "dix-neuf",
]
_TENS = ["", "dix", "vingt", "trente", "quarante", "cinquante", "soixante"]

_STRESSED = {"il": "lui", "elle": "elle", "ils": "eux", "elles": "elles"}
"""Pronouns, and how they stand behind "pour"."""
_LATER = r"(?:au|le|un|une|deux|quelques|ce) [^,;:.]*, "
""""Le lendemain, ..."; what says when, in front of whoever acts."""


class French(FolderPack):
    """French: see `Pack` for what each part means."""

    code = "fr"
    name = "French"

    def inflect(self, how: str, word: str, frame: Frame) -> str:
        """Choose of "est|sont", as the subject asks for (`{v:est|sont}`)."""
        singular, plural = word.split("|")
        return plural if "plural" in frame.tags else singular

    def number(self, value: int) -> str:
        """Say a number in words."""
        if value < 20:
            return _ONES[value]
        if value < 70:
            return _tens(_TENS[value // 10], value % 10)
        if value < 80:
            return "soixante et onze" if value == 71 else f"soixante-{_ONES[value - 60]}"
        if value < 100:
            return "quatre-vingts" if value == 80 else f"quatre-vingt-{_ONES[value - 80]}"
        return "cent" if value == 100 else f"cent {self.number(value - 100)}"

    def again(self, text: str, frame: Frame) -> str:
        """Whoever was just named is "il" or "elle" in the next sentence."""
        hero, pronoun = polish(frame.slots.get("hero", "")), frame.slots.get("il", "")
        if pronoun not in _STRESSED:
            return text
        acts = rf"(?i)^({_LATER})?{re.escape(hero)}(?= [^\W\d_])(?! et\b)"
        helped = rf"(?i)^pour {re.escape(hero)}(?=,)"

        def said(sentence: str) -> str:
            sentence = re.sub(helped, f"Pour {_STRESSED[pronoun]}", sentence)
            told = re.sub(acts, lambda match: (match[1] or "") + pronoun, sentence)
            return told[:1].upper() + told[1:]

        return echoed(text, hero, said)

    def polish(self, text: str) -> str:
        """Elide, contract, and set spaces and apostrophes."""
        return polish(text)

    def title(self, text: str) -> str:
        """Write a phrase as a title."""
        return title(text)


def _tens(tens: str, ones: int) -> str:
    if not ones:
        return tens
    return f"{tens} et un" if ones == 1 else f"{tens}-{_ONES[ones]}"


PACK = French(Path(__file__).parent, lexicon=lexicon, analyse=analyse)
