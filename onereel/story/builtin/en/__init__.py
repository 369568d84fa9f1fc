"""The English pack."""

from __future__ import annotations

from pathlib import Path

from ..cleaning import close_up
from ..folder_pack import FolderPack
from ..pack import Frame
from .analyse import analyse
from .articles import with_articles
from .certain import sure
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


class English(FolderPack):
    """English: see `Pack` for what each part means."""

    code = "en"
    name = "English"
    reads = frozenset(("howto", "lesson"))
    asides = r", (?:who|whose|which) [^,]+,(?= \w)"
    joints = (
        r",? (?=(?:and|but|so) (?:then|he|she|it|they|we|I|nobody|only|everybody|everyone)\b)"
        r"|, (?=(?:but|yet) )| (?=and (?:decides?|must|has to|finds?|begins?|starts?|tries|try"
        r"|discovers?|learns?|refuses?|becomes?|realises?|realizes?)\b)"
    )

    def sure(self, frame: Frame, idea: str, *, template: str) -> Frame:
        """Quote an idea in which any word is a guess."""
        return sure(frame, idea, template)

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
        return with_articles(close_up(text))

    def title(self, text: str) -> str:
        """Write a phrase in title case."""
        return title_case(text.rstrip("."))


PACK = English(Path(__file__).parent, lexicon=lexicon, analyse=analyse)
