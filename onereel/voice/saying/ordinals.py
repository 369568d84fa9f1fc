"""Ordinals, in figures and in Roman numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edit import Edit, german_form
from .language import Language
from .numerals import Numerals

__all__ = ["Ordinals"]

_ROMAN = r"(?P<word>[^\W\d_]+)\s(?P<roman>[IVX]{2,}|[VX](?=\.|\s|$))(?P<dot>\.?)(?![\w'\u2019])"
_ENGLISH_ORDINAL = r"(?<![\w.,])(?P<number>\d{1,3}(?:,\d{3})+|\d{1,15})(?:st|nd|rd|th)(?!\w)"
_SPANISH_ORDINAL = r"(?<![\w.,])(?P<number>\d{1,2})\.?(?P<end>[\u00ba\u00aa]|er)(?!\w)"
_FRENCH_ORDINAL = (
    r"(?<![\w.,])(?:(?P<number>\d{1,4})|(?P<roman>[IVX]+))"
    r"(?P<end>ers?|re|\u00e8re|nde?|\u00e8mes?|es?)(?!\w)"
)
_GERMAN_ORDINAL = (
    r"(?:(?P<before>[^\W\d_]+)\s+)?(?<![\w.,-])(?P<number>\d{1,3})\.(?=\s+(?P<noun>[^\W\d_]+))"
)


class Ordinals:
    """The ordinals of one language."""

    def __init__(self, base: str, language: Language, numerals: Numerals) -> None:
        self._base = base
        self._language = language
        self._numerals = numerals

    def figures(self, text: str) -> Iterator[tuple[Edit, ...]]:
        """Ordinals in figures: 21st, 1.\u00ba, XIXe, 3."""
        match self._base:
            case "en":
                for found in re.finditer(_ENGLISH_ORDINAL, text):
                    number = int(found["number"].replace(",", ""))
                    yield (Edit(*found.span(), self._numerals.say(number, "ordinal")),)
            case "es":
                for found in re.finditer(_SPANISH_ORDINAL, text):
                    form = "ordinal_feminine" if found["end"] == "\u00aa" else "ordinal"
                    noun = re.match(r"\s[^\W\d_]+", text[found.end() :])
                    form = "ordinal_adjective" if form == "ordinal" and noun else form
                    yield (Edit(*found.span(), self._numerals.say(int(found["number"]), form)),)
            case "fr":
                yield from self._french_ordinals(text)
            case "de":
                yield from self._german_ordinals(text)

    def _french_ordinals(self, text: str) -> Iterator[tuple[Edit, ...]]:
        for found in re.finditer(_FRENCH_ORDINAL, text):
            number = int(found["number"]) if found["number"] else _value(found["roman"])
            first = found["end"] in ("er", "ers", "re", "\u00e8re")
            if not number or (first and number != 1):
                continue
            form = "ordinal_feminine" if found["end"] in ("re", "\u00e8re") else "ordinal"
            yield (Edit(*found.span(), self._numerals.say(number, form)),)

    def _german_ordinals(self, text: str) -> Iterator[tuple[Edit, ...]]:
        tables = self._language.ordinals
        if tables is None:
            return
        for found in re.finditer(_GERMAN_ORDINAL, text):
            before, noun = (found["before"] or "").lower(), found["noun"]
            form = german_form(before, tables.oblique, tables.weak)
            if form != "ordinal" or noun in tables.nouns:
                said = self._numerals.say(int(found["number"]), form)
                yield (Edit(found.start("number"), found.end(), said),)

    def roman(self, text: str) -> Iterator[tuple[Edit, ...]]:
        """Roman numerals of rulers, wars and chapters."""
        table = self._language.roman
        for found in re.finditer(_ROMAN, text):
            number, word, dot = _value(found["roman"]), found["word"], found["dot"]
            named = word[0].isupper() and word not in table.counted
            known = named or word in table.counted
            if not number or not known or (named and table.dotted and not dot):
                continue
            if named and len(found["roman"]) < 2:
                continue
            said = self._numerals.say(number)
            if named and number <= table.named_until:
                forms = ("cardinal", "ordinal", "ordinal_weak")
                said = table.named.format(
                    **{form: self._numerals.say(number, form) for form in forms}
                )
            # A ruler's full stop may end the sentence too; any other one does.
            last = not text[found.end() :].strip()
            end = found.end() if named and table.dotted and not last else found.end("roman")
            yield (Edit(found.start("roman"), end, said),)


def _value(roman: str) -> int:
    """A Roman numeral below 40; 0 for one that nobody writes."""
    pairs = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    rest, total = roman, 0
    for value, letters in pairs:
        while rest.startswith(letters):
            total, rest = total + value, rest[len(letters) :]
    if rest or not total or _written(total) != roman:
        return 0
    return total


def _written(number: int) -> str:
    words = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        words += letters * (number // value)
        number %= value
    return words
