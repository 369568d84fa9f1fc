"""The English pack."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from ..pack import Data, Frame, load_data
from .analyse import analyse
from .articles import with_articles
from .clauses import inflect
from .clean import title_case
from .lexicon import lexicon

__all__ = ["PACK", "English"]

_ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
]
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


class English:
    """English: see `Pack` for what each part means."""

    code = "en"
    name = "English"

    @cached_property
    def function_words(self) -> frozenset[str]:
        """Frequent words that give English away."""
        return lexicon().sets["function"]

    @cached_property
    def data(self) -> Data:
        """The themes and patterns."""
        return load_data(Path(__file__).parent)

    def analyse(self, idea: str, *, template: str) -> Frame:
        """Take an idea apart."""
        return analyse(idea, template, self.data.themes)

    def inflect(self, how: str, word: str, frame: Frame) -> str:
        """`v` agrees with the subject, `p` with its pronoun ("they are"), `o` with the object."""
        if how == "o":
            return inflect(word, plural="objects" in frame.tags)
        plural = "plural" in frame.tags or (how == "p" and "they" in frame.tags)
        return inflect(word, plural=plural)

    def number(self, value: int) -> str:
        """Say a number in words."""
        if value < 20:
            return _ONES[value]
        if value < 100:
            tens, ones = divmod(value, 10)
            return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
        rest = value - 100
        return "a hundred" + (f" and {self.number(rest)}" if rest else "")

    def polish(self, text: str) -> str:
        """Put articles and punctuation right."""
        text = re.sub(r"\s+([,.;:!?])", r"\1", text)
        text = re.sub(r",(?=[,.;:!?])", "", text)
        return with_articles(text)

    def title(self, text: str) -> str:
        """Write a phrase in title case."""
        return title_case(text.rstrip("."))


PACK = English()
