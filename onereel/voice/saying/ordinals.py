"""Ordinals, in figures and in Roman numerals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edit import Edit, german_form
from .language import Language
from .numerals import Numerals

__all__ = ["Ordinals"]

_ROMAN = (
    r"(?P<word>[^\W\d_]+)\s(?P<roman>[IVX]{2,}|[IVX](?=\W|$))(?P<dot>\.?)"
    r"(?![\w]|['\u2019](?!s\b))"
)
_GOES_ON_AS_I = r"\s(?:am|have|had|can|could|will|would|do|did|think|know|saw|went|said|want)\b"
_ARTICLES = ("der", "die", "das", "dem", "des", "den")
_ENGLISH_ORDINAL = r"(?<![\w.,])(?P<number>\d{1,3}(?:,\d{3})+|\d{1,15})(?:st|nd|rd|th)(?!\w)"
_SPANISH_ORDINAL = r"(?<![\w.,])(?P<number>\d{1,2})\.?(?P<end>[\u00ba\u00aa]|er)(?!\w)"
_FRENCH_ORDINAL = (
    r"(?<![\w.,])(?:(?P<number>\d{1,4})|(?P<roman>[IVX]+))"
    r"(?P<end>ers?|re|\u00e8re|nde?|\u00e8mes?|es?)(?!\w)"
)
_GERMAN_SERIES = (
    r"(?:(?P<before>[^\W\d_]+)\s+)?(?<![\w.,-])(?P<row>\d{1,3}\.(?:,?\s(?:(?:und|oder|bis)\s)?\d{1,3}\.)+)"
    r"(?=\s+(?P<noun>[^\W\d_]+))"
)
_GERMAN_ROMAN = r"(?:(?P<before>[^\W\d_]+)\s+)(?P<roman>[IVX]+)\.(?=\s+(?P<noun>[^\W\d_]+))"
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
        for found in re.finditer(_GERMAN_SERIES, text):
            form = german_form((found["before"] or "").lower(), tables.oblique, tables.weak)
            if form != "ordinal" or found["noun"] in tables.nouns:
                at = found.start("row")
                numbers = re.finditer(r"(\d+)\.", found["row"])
                yield tuple(
                    Edit(at + each.start(), at + each.end(), self._numerals.say(int(each[1]), form))
                    for each in numbers
                )
        for found in re.finditer(_GERMAN_ROMAN, text):
            number = _value(found["roman"]) if found["noun"] in tables.nouns else 0
            if number:
                form = german_form(found["before"].lower(), tables.oblique, tables.weak)
                end = found.end("roman") + 1
                yield (Edit(found.start("roman"), end, self._numerals.say(number, form)),)
        for found in re.finditer(_GERMAN_ORDINAL, text):
            before, noun = (found["before"] or "").lower(), found["noun"]
            form = german_form(before, tables.oblique, tables.weak)
            if form != "ordinal" or noun in tables.nouns:
                said = self._numerals.say(int(found["number"]), form)
                yield (Edit(found.start("number"), found.end(), said),)

    def roman(self, text: str) -> Iterator[tuple[Edit, ...]]:
        """Roman numerals of rulers, wars and chapters."""
        table = self._language.roman
        case = ""
        for found in re.finditer(_ROMAN, text):
            number, word, dot = _value(found["roman"]), found["word"], found["dot"]
            article = table.dotted and dot and word.lower() in _ARTICLES
            named = word[0].isupper() and word not in table.counted and not article
            known = named or article or word in table.counted
            if not number or not known or (named and table.dotted and not dot):
                continue
            if len(found["roman"]) < 2 and not self._is_letter_a_number(found):
                continue
            said = self._numerals.say(number)
            before = text[: found.start("word")]
            if article:
                form = german_form(word.lower(), *self._forms())
                said = self._numerals.say(number, form)
            elif named and number <= table.named_until:
                case = self._case(word, before, case)
                said = self._ruler(word, number, case)
            # A ruler's full stop may end the sentence too; any other one does.
            behind = text[found.end() :].strip()
            last = not behind or behind[0].isupper()
            takes_dot = (named or article) and table.dotted and not last
            end = found.end() if takes_dot else found.end("roman")
            yield (Edit(found.start("roman"), end, said),)

    def _forms(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        tables = self._language.ordinals
        return (tables.oblique, tables.weak) if tables else ((), ())

    def _is_letter_a_number(self, found: re.Match[str]) -> bool:
        """Behind a king's name, or what is counted; in English, "I" may be somebody."""
        table, roman = self._language.roman, found["roman"]
        if found["word"] in table.rulers or found["word"] in table.queens:
            following = found.string[found.end("roman") :]
            return roman != "I" or self._base != "en" or not re.match(_GOES_ON_AS_I, following)
        return found["word"] in table.counted and roman != "I"

    def _case(self, name: str, before: str, last: str) -> str:
        """The case of a ruler's name, by what stands before it; behind "and", that of the last."""
        table = self._language.roman
        if "genitive" in table.cases and name[:-1] in (*table.rulers, *table.queens):
            return "genitive"
        words = before.split()
        while words and words[-1] in table.titles:
            words.pop()
        asks = words[-1].lower() if words else ""
        if last and asks == self._language.and_:
            return last
        return next((case for case, some in table.after.items() if asks in some), "")

    def _ruler(self, name: str, number: int, case: str) -> str:
        table = self._language.roman
        queen = (name[:-1] if case == "genitive" else name) in table.queens
        way = table.cases[case][queen] if case else (queen and table.queen) or table.named
        if number == 1 and self._base == "fr":
            way = "{ordinal_feminine}" if queen else "{ordinal}"
        forms = ("cardinal", "ordinal", "ordinal_feminine", "ordinal_weak", "ordinal_oblique")
        return way.format(**{form: self._numerals.say(number, form) for form in forms})


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
