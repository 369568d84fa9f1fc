"""What is written short in a text, found by the table of its language, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from .calendar import Calendar
from .edit import Edit
from .language import Language, language_of
from .numerals import Numerals
from .ordinals import Ordinals
from .quantities import Quantities, either
from .signs import Signs

__all__ = ["Reader", "reader_of"]

_CAPITAL = r"(?=[^\W\d_a-z\u00df-\u00ff][\w'\u2019])"
_ENGLISH_DECADE = r"(?<!\w)(?P<century>1[1-9]|20)?(?P<decade>[1-9])0['\u2019]?s(?!\w)"
_ENGLISH_CENTURY = r"(?<!\w)(?P<century>1[1-9]|20)00['\u2019]?s(?!\w)"
_GERMAN_DECADE = r"(?<!\w)(?P<century>1[1-9]|20)?(?P<decade>[1-9])0er(?!\w)"


Rule = Callable[[str], Iterator[tuple[Edit, ...]]]


class Reader:
    """Finds what a language writes short. What no rule knows is left as it is."""

    def __init__(self, tag: str, language: Language) -> None:
        self._base = tag.partition("-")[0]
        self._language = language
        self._numerals = Numerals(self._base, language.rules)
        self._quantities = Quantities(language, self._numerals)
        ordinals = Ordinals(self._base, language, self._numerals)
        calendar = Calendar(tag, language, self._numerals)
        signs = Signs(self._base, language, self._numerals, self._quantities)
        # What comes first wins.
        self._rules: tuple[Rule, ...] = (
            *(
                signs.addresses,
                calendar.dates,
                self._round_the_clock,
                signs.telephones,
                calendar.times,
            ),
            *(self._money, self._decades, self._units, self._abbreviations, self._titles),
            *(
                ordinals.figures,
                ordinals.roman,
                self._fractions,
                signs.sums,
                signs.sizes,
                signs.hashes,
            ),
            *(self._before_numbers, self._ranges, self._numbers),
        )

    def edits(self, text: str) -> list[Edit]:
        """All that is said otherwise than it is written, in order, without overlaps."""
        taken = bytearray(len(text))
        found: list[Edit] = []
        for rule in self._rules:
            for group in rule(text):
                if not any(any(taken[edit.start : edit.end]) for edit in group):
                    for edit in group:
                        taken[edit.start : edit.end] = b"\x01" * (edit.end - edit.start)
                    found += group
        return sorted(found, key=lambda edit: edit.start)

    def _round_the_clock(self, text: str) -> Iterator[tuple[Edit, ...]]:
        """Abbreviations that begin as a number does: 24/7."""
        table = self._language.abbreviations
        figures = [short for short in table if short[0].isdigit()]
        for found in re.finditer(rf"(?<![\w.,/])(?P<short>{either(figures)})(?![\w/])", text):
            yield (Edit(*found.span(), _by_spelling(table, found["short"])),)

    def _abbreviations(self, text: str) -> Iterator[tuple[Edit, ...]]:
        table = self._language.abbreviations
        pattern = rf"(?<![\w.&])(?P<short>{either(table)})(?![\w&])"
        for found in re.finditer(pattern, text, re.IGNORECASE):
            said = _by_spelling(table, found["short"])
            if said:
                yield (Edit(*found.span(), said + self._stop(found, text)),)

    def _titles(self, text: str) -> Iterator[tuple[Edit, ...]]:
        after = self._language.after_name
        if after:
            pattern = rf"(?<=[^\W\d_]\s)(?P<short>{either(after)})(?!\w)"
            for found in re.finditer(pattern, text):
                name = text[: found.start()].split()[-1]
                if name[:1].isupper() and name[1:2].islower():
                    yield (Edit(*found.span(), after[found["short"]] + self._stop(found, text)),)
        table = self._language.titles
        pattern = rf"(?<![\w.])(?P<short>{either(table)})(?=[\s\u00a0-]{_CAPITAL})"
        for found in re.finditer(pattern, text):
            if said := _by_spelling(table, found["short"]):
                yield (Edit(*found.span(), said),)

    def _stop(self, found: re.Match[str], text: str) -> str:
        """The full stop that an abbreviation shares with its sentence."""
        short, following = found["short"], text[found.end() :]
        if not short.endswith("."):
            return ""
        if not following.strip("\"')\u201d\u00bb\u2019 \n"):
            return "."
        last = short in self._language.finals or short in self._language.after_name
        return "." if last and re.match(rf"\s+{_CAPITAL}", following) else ""

    def _before_numbers(self, text: str) -> Iterator[tuple[Edit, ...]]:
        table = self._language.before_number
        pattern = rf"(?<![\w.])(?P<short>{either(table)})(?P<space>[\s\u00a0\u202f]*)(?=\d)"
        for found in re.finditer(pattern, text):
            if said := _by_spelling(table, found["short"]):
                yield (Edit(*found.span("short"), said + ("" if found["space"] else " ")),)

    def _money(self, text: str) -> Iterator[tuple[Edit, ...]]:
        quantities = self._quantities
        for found in re.finditer(quantities.money_before, text):
            said = quantities.sum(
                *(found["number"], found["unit"], found["scale"]), sign=found["sign"]
            )
            if not said:
                continue
            number, rest = said
            begin, low = found.start(), self._low(found)
            if found["scale"]:
                yield (
                    Edit(begin, found.end("number"), low + number),
                    Edit(found.end("number"), found.end(), f" {rest}"),
                )
            else:
                yield (Edit(begin, found.end(), f"{low}{number} {rest}"),)
        for found in re.finditer(r"(?<![\w.,])(\d+)\s?\u20ac(\d\d)(?!\w|[.,]\d)", text):
            if said := quantities.sum(
                f"{found[1]}{self._language.decimal}{found[2]}", "\u20ac", None, sign=None
            ):
                yield (Edit(*found.span(), " ".join(said)),)
        for found in re.finditer(quantities.money_after, text):
            said = quantities.sum(
                *(found["number"], found["unit"], found["scale"]), sign=found["sign"]
            )
            if said:
                yield self._counted(found, *said)

    def _units(self, text: str) -> Iterator[tuple[Edit, ...]]:
        for found in re.finditer(self._quantities.units, text):
            joined = found["space"] == "-"
            said = self._quantities.amount(
                found["number"], found["unit"], sign=found["sign"], joined=joined
            )
            if said:
                yield self._counted(found, *said)

    def _counted(self, found: re.Match[str], number: str, rest: str) -> tuple[Edit, ...]:
        end = found.end("number")
        return (
            Edit(found.start(), end, self._low(found) + number),
            Edit(end, found.end(), f" {rest}"),
        )

    def _low(self, found: re.Match[str]) -> str:
        """The first number of a range, and the word between."""
        if not found["low"]:
            return ""
        return f"{self._quantities.said(found['low'])} {self._language.to} "

    def _ranges(self, text: str) -> Iterator[tuple[Edit, ...]]:
        for found in re.finditer(self._quantities.range, text):
            low, high = found["low"], found["number"]
            if len(low) == 4 and len(high) == 2:
                high = low[:2] + high
            bounds = [self._quantities.value(low), self._quantities.value(high)]
            if bounds[0] is None or bounds[1] is None or bounds[0] >= bounds[1]:
                continue
            if (len(low), len(high)) == (3, 4):
                # A telephone number.
                continue
            said = [
                self._quantities.year(each) or self._quantities.said(each) for each in (low, high)
            ]
            if all(said):
                yield (Edit(*found.span(), f"{said[0]} {self._language.to} {said[1]}"),)

    def _numbers(self, text: str) -> Iterator[tuple[Edit, ...]]:
        for found in re.finditer(self._quantities.alone, text):
            written = found["number"]
            said = None if found["sign"] else self._quantities.year(written)
            said = said or self._quantities.said(
                written, self._gender(text[found.end() :]), sign=found["sign"]
            )
            if said:
                yield (Edit(*found.span(), said),)

    def _gender(self, following: str) -> str:
        """The form of a number before what follows it."""
        noun = re.match(r"[\s\u00a0]([^\W\d_]+)", following)
        if noun is None:
            return "cardinal"
        if self._base == "de":
            return "masculine" if noun[1][0].isupper() else "cardinal"
        counting = self._language.counting
        if counting is None or noun[1] in counting.no_nouns or not noun[1].islower():
            return "cardinal"
        return "feminine" if noun[1].endswith(counting.feminine_endings) else "masculine"

    def _fractions(self, text: str) -> Iterator[tuple[Edit, ...]]:
        language = self._language
        one = rf"(?P<short>{either(language.fractions)}|(?P<top>\d)/(?P<parts>\d))"
        for found in re.finditer(rf"(?<![\w/.,])(?:(?P<whole>\d+)\s?)?{one}(?![\w/])", text):
            short, whole = found["short"], found["whole"]
            if whole and short[0].isdigit() and found.start("short") == found.end("whole"):
                continue
            part = language.fractions.get(short) or self._nths(found["top"], found["parts"])
            if not part:
                continue
            if part == language.fractions["1/2"]:
                part = self._half(text[found.end() :], mixed=bool(whole))
            if whole:
                said = self._quantities.said(whole, "masculine") or whole
                part = language.mixed.format(whole=said, part=part)
            yield (Edit(*found.span(), part),)

    def _half(self, following: str, *, mixed: bool) -> str:
        """One half there, in Spanish as its noun: "media taza", "dos y medio"."""
        language = self._language
        gender = self._gender(following) if language.counting else "cardinal"
        if gender == "cardinal":
            return language.half if mixed else language.fractions["1/2"]
        ends_in_a = re.match(r"\s\w*as?\b", following)
        return language.half[:-1] + ("a" if ends_in_a else "o")

    def _nths(self, top: str, parts: str) -> str:
        """ "7/8", as far as the language names the parts."""
        if parts not in self._language.nths or int(top) >= int(parts) or top == "0":
            return ""
        one, many = self._language.nths[parts]
        number = self._numerals.say(int(top), "masculine")
        return f"{number} {one if top == '1' else many}"

    def _decades(self, text: str) -> Iterator[tuple[Edit, ...]]:
        for found in re.finditer(_ENGLISH_CENTURY, text) if self._base == "en" else ():
            said = self._numerals.say(int(found["century"]) * 100, "year")
            yield (Edit(*found.span(), f"{said}s"),)
        pattern = {"en": _ENGLISH_DECADE, "de": _GERMAN_DECADE}.get(self._base)
        for found in re.finditer(pattern, text) if pattern else ():
            tens = self._numerals.say(int(found["decade"]) * 10)
            if found["decade"] == "1" and self._base == "en":
                continue
            begin = found.start()
            if self._base == "en":
                said = f"{tens[:-1]}ies"
                century = found["century"]
                said = f"{self._numerals.say(int(century))} {said}" if century else said
                begin -= begin > 0 and text[begin - 1] in "'\u2019" and not century
            else:
                year = int(f"{found['century'] or ''}{found['decade']}0")
                said = self._numerals.say(year, "year") + "er"
            yield (Edit(begin, found.end(), said),)


def _by_spelling(table: Mapping[str, str], short: str) -> str:
    """What an abbreviation means, written as it is or with a capital at its start."""
    wanted = re.sub(r"[\s\u00a0\u202f]", "", short)
    for key, said in table.items():
        bare = key.replace(" ", "")
        if wanted in (bare, bare[0].upper() + bare[1:]):
            return said
    return ""


@cache
def reader_of(tag: str) -> Reader | None:
    """The reader of a language tag, if its language has a table."""
    language = language_of(tag)
    return Reader(tag, language) if language else None
