"""Dates and times of day, said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edit import Edit, german_form
from .language import Language
from .numerals import Numerals
from .quantities import either

__all__ = ["Calendar"]

_TIME = (
    r"(?:(?<![\w.,:-])|(?<=[:h]\d\d-))"
    r"(?P<hour>[01]?\d|2[0-4])(?::|{mark})(?P<minute>[0-5]\d)(?![\d:]|[.,]\d)"
)


_ALONE = r"(?<![\w./-])"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_ISO = rf"{_ALONE}(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-])"
_GERMAN_DAY = (
    r"(?<!\w)(?:[Aa]m|[Vv]om|[Bb]is|[Zz]um|[Dd]en|[Dd]em|[Ss]eit|[Aa]b|[Dd]er)\s"
    r"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.(?P<year>\d\d)?(?![\w.])"
)
_ENGLISH_HOUR = r"(?<![\w.,:-])(?P<hour>1[0-2]|[1-9])(?=[ap]\.?m\b)"
_CENTURY_TURNS = 50
"""Years of two figures below it are of this century."""


class Calendar:
    """The dates and times of one language."""

    def __init__(self, tag: str, language: Language, numerals: Numerals) -> None:
        self._tag = tag
        self._base = tag.partition("-")[0]
        self._language = language
        self._numerals = numerals
        self._months = {
            **{month: number for number, month in enumerate(language.months, 1)},
            **{f"{month[:3]}.": number for number, month in enumerate(language.months, 1)},
        }

    def dates(self, text: str) -> Iterator[tuple[Edit, ...]]:
        """Dates in figures, and days beside the name of their month."""
        yield from self._figures(text)
        month = either(self._months)
        if self._base == "en":
            yield from self._english(text, month)
        elif self._base == "de":
            yield from self._german(text, month)

    def _figures(self, text: str) -> Iterator[tuple[Edit, ...]]:
        month_first = self._tag in ("en", "en-us")
        first, second = ("month", "day") if month_first else ("day", "month")
        patterns = [
            _ISO,
            # With points, the day comes first wherever they are written.
            rf"{_ALONE}(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?(?P<year>\d{{4}})(?!\w)",
            rf"{_ALONE}(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d\d)(?!\w|[.:]\d)",
        ]
        if self._base == "de":
            patterns.append(_GERMAN_DAY)
        else:
            patterns.append(rf"{_ALONE}(?P<{first}>\d\d?)/(?P<{second}>\d\d?)/{_YEAR}(?![\w/])")
        if self._base in ("es", "fr"):
            patterns.append(rf"{_ALONE}(?P<day>\d\d?)-(?P<month>\d\d?)-(?P<year>\d{{4}})(?![\w-])")
        for pattern in patterns:
            for found in re.finditer(pattern, text):
                start = min(found.start(part) for part in ("day", "month", "year") if found[part])
                if said := self._date(found, text[:start]):
                    yield (Edit(start, found.end(), said),)

    def _date(self, found: re.Match[str], before: str) -> str:
        day, month, year = int(found["day"]), int(found["month"]), found["year"] or ""
        if month > 12 >= day and self._base == "en":
            day, month = month, day
        if not 1 <= day <= 31 or not 1 <= month <= 12:
            return ""
        if len(year) == 2:
            year = f"{'20' if int(year) < _CENTURY_TURNS else '19'}{year}"
        dates = self._language.dates if year else self._language.dates.partition(" {year}")[0]
        said = dates.format(
            day=self._day(day, before),
            month=self._language.months[month - 1],
            year=self._year(year) if year else "",
        )
        last = found[0].endswith(".") and not found.string[found.end() :].strip()
        return f"{said}." if last else said

    def _english(self, text: str, month: str) -> Iterator[tuple[Edit, ...]]:
        day = r"(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?"
        year = r"(?:(?P<comma>,?)\s(?P<year>[12]\d{3})(?![\d,.]\d|\w))?"
        pattern = rf"(?<!\w)(?P<month>{month})\s{day}(?!\w|[.,:/-]\d|\s?%){year}"
        for found in re.finditer(pattern, text):
            yield self._pieces(found, self._numerals.say(int(found["day"]), "ordinal"))
        pattern = rf"(?<![\w.,:/-])(?P<the>[Tt]he\s)?{day}\s(?P<month>{month})(?!\w){year}"
        for found in re.finditer(pattern, text):
            said = f"{self._numerals.say(int(found['day']), 'ordinal')} of"
            yield self._pieces(found, said if found["the"] else f"the {said}")

    def _german(self, text: str, month: str) -> Iterator[tuple[Edit, ...]]:
        pattern = (
            rf"(?<![\w.,:/-])(?P<day>[12]?\d|3[01])\.\s?(?P<month>{month})(?!\w)"
            r"(?:(?P<comma>)\s(?P<year>[12]\d{3})(?!\w))?"
        )
        for found in re.finditer(pattern, text):
            yield self._pieces(found, self._day(int(found["day"]), text[: found.start()]), dot=1)

    def _pieces(self, found: re.Match[str], day: str, *, dot: int = 0) -> tuple[Edit, ...]:
        """A date as an edit for each of its words that is said otherwise."""
        end = found.end("day") + dot
        while found.string[end : end + 1].isalpha():
            end += 1
        month = self._language.months[self._months[found["month"]] - 1]
        edits = [
            Edit(found.start("day"), end, day),
            Edit(*found.span("month"), month if dot == 0 else f" {month}".lstrip()),
        ]
        if found["year"]:
            edits.append(Edit(*found.span("year"), self._year(found["year"])))
        return tuple(edits)

    def _day(self, day: int, before: str) -> str:
        if self._base == "de" and self._language.ordinals:
            word = before.split()[-1].lower() if before.split() else ""
            tables = self._language.ordinals
            return self._numerals.say(day, german_form(word, tables.oblique, tables.weak))
        ordinal = self._base == "en" or (self._base == "fr" and day == 1)
        return self._numerals.say(day, "ordinal" if ordinal else "cardinal")

    def _year(self, year: str) -> str:
        first, last = self._language.years
        form = "year" if first <= int(year) <= last else "cardinal"
        return self._numerals.say(int(year), form)

    def times(self, text: str) -> Iterator[tuple[Edit, ...]]:
        """Times of day."""
        say = self._numerals.say
        for found in re.finditer(r"(?<=[:h]\d\d)\s?[-\u2013]\s?(?=\d{1,2}[:h]\d\d)", text):
            yield (Edit(*found.span(), f" {self._language.to} "),)
        match self._base:
            case "en":
                for found in re.finditer(_TIME.format(mark=r"(?!)"), text):
                    hour, minute = int(found["hour"]), int(found["minute"])
                    half = re.match(r"\s?[ap]\.?\s?m\b", text[found.end() :], re.IGNORECASE)
                    clock = "" if half or hour > 12 else " o'clock"
                    if minute == 0:
                        said = say(hour) + (clock if hour <= 12 else " hundred hours")
                    else:
                        said = f"{say(hour)} {'oh ' if minute < 10 else ''}{say(minute)}"
                    yield (Edit(*found.span(), said),)
                for found in re.finditer(_ENGLISH_HOUR, text):
                    yield (Edit(*found.span("hour"), f"{say(int(found['hour']))} "),)
            case "de":
                pattern = _TIME.format(mark=r"\.(?=\d\d\sUhr)") + r"(?P<word>\sUhr)?"
                for found in re.finditer(pattern, text):
                    minute = int(found["minute"])
                    said = f"{say(int(found['hour']), 'masculine')} Uhr"
                    said = f"{said} {say(minute)}" if minute else said
                    yield (Edit(*found.span(), said),)
            case "es":
                pattern = _TIME.format(mark=r"(?!)") + r"(?:\sh(?:s|rs)?(?!\w))?"
                for found in re.finditer(pattern, text):
                    said, minute = say(int(found["hour"]), "feminine"), int(found["minute"])
                    said = f"{said} {say(minute) if minute else 'en punto'}"
                    yield (Edit(*found.span(), said),)
            case "fr":
                yield from self._french_times(text)

    def _french_times(self, text: str) -> Iterator[tuple[Edit, ...]]:
        say = self._numerals.say
        pattern = _TIME.format(mark=r"\s?h\s?")
        for found in re.finditer(pattern, text):
            hour, minute = int(found["hour"]), int(found["minute"])
            said = f"{say(hour, 'feminine')} heure{'s' if hour > 1 else ''}"
            yield (Edit(*found.span(), f"{said} {say(minute, 'feminine')}" if minute else said),)
        for found in re.finditer(r"(?<![\w.,:-])(?P<hour>[01]?\d|2[0-4])h(?!\w)", text):
            hour = int(found["hour"])
            said = f"{say(hour, 'feminine')} heure{'s' if hour > 1 else ''}"
            yield (Edit(*found.span(), said),)
