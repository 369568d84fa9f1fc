"""The French pack."""

from __future__ import annotations

from pathlib import Path

from ..folder_pack import FolderPack
from ..pack import Frame
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
