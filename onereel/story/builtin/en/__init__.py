"""The English pack."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from ..pack import Data, Frame, load_data
from .analyse import analyse
from .clauses import inflect
from .clean import title_case
from .lexicon import lexicon

__all__ = ["PACK", "English"]

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ARTICLE = re.compile(r"\b([Aa])n? (?=(\w+))")
_VOWEL_SOUND = re.compile(
    r"^(?:[aeio]|u(?!n[ia](?!n)|s[aeiu]|ti|k|rin|b[ie])|hour|honest|heir|8|11\b|18\b)",
    re.IGNORECASE,
)
_ONE_SOUND = re.compile(r"^(?:one|once|eu|ewe)", re.IGNORECASE)
_SPELLED = re.compile(r"^[A-Z]{2,4}$")


class English:
    """English: see `Pack` for what each part means."""

    code = "en"
    name = "English"

    @cached_property
    def function_words(self) -> frozenset[str]:
        return lexicon().sets["function"]

    @cached_property
    def data(self) -> Data:
        return load_data(Path(__file__).parent)

    def analyse(self, idea: str, *, template: str) -> Frame:
        return analyse(idea, template, dict(self.data.themes))

    def inflect(self, how: str, word: str, frame: Frame) -> str:
        """`v` agrees with the subject, `p` with its pronoun (a singular "they" says "they are")."""
        plural = "plural" in frame.tags or (how == "p" and "they" in frame.tags)
        return inflect(word, plural=plural)

    def number(self, value: int) -> str:
        if value < 20:
            return _ONES[value]
        if value < 100:
            tens, ones = divmod(value, 10)
            return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
        rest = value - 100
        return "a hundred" + (f" and {self.number(rest)}" if rest else "")

    def polish(self, text: str) -> str:
        text = re.sub(r"\s+([,.;:!?])", r"\1", text)
        text = re.sub(r",(?=[,.;:!?])", "", text)
        return _ARTICLE.sub(lambda match: f"{match[1]}{'n' if _vowel(match[2]) else ''} ", text)

    def title(self, text: str) -> str:
        return title_case(text.rstrip("."))


def _vowel(word: str) -> bool:
    if _SPELLED.match(word) and word not in ("NASA", "NATO", "LED"):
        return word[0] in "AEFHILMNORSX"
    return _VOWEL_SOUND.match(word) is not None and _ONE_SOUND.match(word) is None


PACK = English()
