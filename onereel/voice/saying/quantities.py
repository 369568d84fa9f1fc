"""How numbers are said, and with them what they count: money, units, percent."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .language import Language
from .numerals import LARGEST, Numerals

__all__ = ["Quantities", "either"]

_BEFORE = r"(?<![\w.,:/'\u2019\-\u2013\u2212+])"
_AFTER = r"(?!\w|[.,:/'\u2019\-\u2013]\d)"
_SIGN = r"[-\u2212]"
_VOWELS = "aeiouyh\u00e0\u00e2\u00e9\u00e8\u00ea\u00ee\u00f4"


def either(words: Iterable[str]) -> str:
    """A pattern for one of these, the longest first."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s?") for word in longest) + ")"


class Quantities:
    """The numbers of one language, found and said."""

    def __init__(self, language: Language, numerals: Numerals) -> None:
        self._language = language
        self._numerals = numerals
        groups, point = re.escape(language.groups), re.escape(language.decimal)
        whole = rf"(?:\d{{1,3}}(?:[{groups}]\d{{3}})+(?!\d)|(?!0\d)\d+)"
        self.number = rf"{whole}(?:{point}\d+)?"
        """A pattern without groups of its own."""
        self.alone = rf"{_BEFORE}(?P<sign>{_SIGN})?(?P<number>{self.number}){_AFTER}"
        scale = rf"(?P<scale>{either(language.scales)})"
        words = either(name for name in language.scales if len(name) > 1)
        # "$5 million" and "$5m", but no "$5 m".
        scaled = rf"(?:\s(?={words}(?!\w)))?{scale}(?!\w)"
        money = either(language.money)
        start = rf"{_BEFORE}(?P<sign>{_SIGN})?"
        # "5,- " is a whole sum.
        flat = r"(?:,[-\u2013]{1,2})?" if language.decimal == "," else ""
        span = rf"(?:(?P<low>{self.number})(?P<to>\s?[-\u2013]\s?))?(?P<number>{self.number})"
        self.money_before = rf"{start}(?P<unit>{money})\s?{span}(?:{scaled}|{_AFTER})"
        self.money_after = (
            rf"{start}{span}{flat}(?:\s?{scale}(?!\w))?(?P<space>\s?(?:de\s)?)"
            rf"(?P<unit>{money})(?!\w)"
        )
        unit = either(language.units)
        # "$10m" are no metres.
        bare = rf"(?<![$\u00a3\u20ac]){start}{span}"
        # "5 min. later": a full stop that ends no sentence.
        short = r"(?:\.(?=[,;]|\s[a-z\u00df-\u00ff]))?"
        self.units = rf"{bare}(?P<space>[\s\u00a0\u202f-]?)(?P<unit>{unit})(?![\w/]){short}"
        self.range = (
            rf"{_BEFORE}(?P<low>{self.number})\s?[-\u2013]\s?(?P<number>{self.number}){_AFTER}"
        )

    def said(self, written: str, form: str = "cardinal", *, sign: str | None = None) -> str | None:
        """A number in words; None if it is too large for them."""
        whole, _, part = written.partition(self._language.decimal)
        value = int("".join(character for character in whole if character.isdigit()))
        if value >= LARGEST:
            return None
        words = self._numerals.say(value, "cardinal" if part else form)
        if part:
            words = f"{words} {self._language.point} {self._fraction(part)}"
        return f"{self._language.minus} {words}" if sign else words

    def year(self, written: str) -> str | None:
        """A number of four digits as a year, if it is one."""
        first, last = self._language.years
        if len(written) == 4 and written.isdigit() and first <= int(written) <= last:
            return self._numerals.say(int(written), "year")
        return None

    def value(self, written: str) -> int | None:
        """A whole number, or None for a broken one."""
        if self._language.decimal in written:
            return None
        return int("".join(character for character in written if character.isdigit()))

    def _fraction(self, digits: str) -> str:
        # "3,14" is "trois virgule quatorze", but "drei Komma eins vier" and "three point one four".
        if self._language.of and len(digits) == 2 and digits[0] != "0":
            return self._numerals.say(int(digits))
        return " ".join(self._numerals.say(int(digit)) for digit in digits)

    def counted(self, written: str, noun: str, *, sign: str | None = None) -> str | None:
        """A number before a noun of `units` or `money`."""
        feminine = noun.split()[0] in self._language.feminine
        return self.said(written, "feminine" if feminine else "masculine", sign=sign)

    def _plural(self, written: str) -> bool:
        value = self.value(written)
        # In French, 0 and 1.5 are singular too.
        if self._language.elided:
            return int(re.split(r"\D", written)[0]) >= 2 or (value or 0) >= 2
        return value != 1

    def amount(
        self, written: str, unit: str, *, sign: str | None, joined: bool = False
    ) -> tuple[str, str] | None:
        """The number and the unit in words; `joined` as in "a 5-km run"."""
        one, many = self._language.units[unit]
        noun = many if self._plural(written) and not joined else one
        number = self.counted(written, one, sign=sign)
        return (number, noun) if number else None

    def sum(
        self, written: str, unit: str, scale: str | None, *, sign: str | None
    ) -> tuple[str, str] | None:
        """An amount of money in words: the number, and the rest."""
        one, many, part_one, part_many = self._language.money[unit]
        whole, _, part = written.partition(self._language.decimal)
        if scale:
            one, _, more = self._language.scales[scale].partition("|")
            word = more if more and self._plural(written) else one
            number = self.counted(written, one, sign=sign)
            joined = f"{word} {self._of(scale, many)}{many}"
            return (number, joined) if number else None
        if len(part) != 2:
            number = self.counted(written, one, sign=sign)
            return (number, many if self._plural(written) else one) if number else None
        number = self.counted(whole, one, sign=sign)
        if number is None:
            return None
        noun = many if self._plural(whole) else one
        if part == "00":
            return number, noun
        cents = part_one if part == "01" else part_many
        small = self._numerals.say(int(part), "masculine")
        if self.value(whole) == 0 and cents:
            return small, cents
        if not cents or not self._language.parts_behind:
            return number, f"{noun} {self._numerals.say(int(part))}"
        small = f"{small} {cents}"
        return number, f"{noun} {self._language.and_} {small}"

    def _of(self, scale: str, noun: str) -> str:
        if scale not in self._language.of_after:
            return ""
        if self._language.elided and noun[0] in _VOWELS:
            return self._language.elided
        return f"{self._language.of} "
