"""What is read sign by sign: addresses, telephone numbers, sums, sizes, and how many times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edit import Edit
from .language import Language
from .numerals import Numerals
from .quantities import Quantities, either

__all__ = ["Signs"]

_ENDS = (
    "com|org|net|edu|gov|info|biz|app|dev|shop|film|tv|io|ai|eu|uk|us|ca|au|de|at|ch|es|mx|ar|fr|be"
    "|lu|it|nl|pl|pt|br|jp|cn|in|example|test"
)
_HOST = rf"(?:[A-Za-z0-9-]+\.)+(?:{_ENDS})"
_PATH = r"(?:/[\w.~%+/?=&#-]*[\w/])?"
_MAIL = rf"(?<![\w.+-])[\w.+-]+@{_HOST}(?![\w-]|\.\w)"
_PAGE = (
    rf"(?<![\w@.-])(?:https?://(?:[\w-]+\.)+[A-Za-z]{{2,}}|www\.(?:[\w-]+\.)+[a-z]{{2,}}|{_HOST})"
    rf"{_PATH}(?![\w@-]|\.\w)"
)
_SAID_WHOLE = ("com", "org", "net", "info", "biz", "app", "shop", "film", "example", "test")
_CALLED = (
    r"(?<![\w.,/+-])(?:\+\d{1,3}(?:[ .\u00a0-]?\(?\d{1,4}\)?){2,6}"
    r"|(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[ .-]\d{4}|\d{3}-\d{4}"
    r"|0\d{1,4}(?: ?[/-] ?|[ .\u00a0])\d{2,8}(?:[ .\u00a0-]\d{2,4})*)(?![\w/]|[.,-]\d)"
)
_SPANISH_CALLED = (
    r"(?:(?<=\bal )[6-9]\d{2} \d{3} \d{3}"
    r"|(?<![\w.,/+-])[6-9]\d{2} (?:\d{2} \d{2} \d{2}|\d{3} \d{3}(?!\s[a-z\u00e0-\u00ff])))(?![\w/])"
)
_SUM = r"\s?[+*\u00d7x\u00f7/:\u2212\u2013-]\s?"
_FEET = r"(?<![\w.,])(?P<feet>\d{1,2})['\u2019\u2032]\s?(?P<inches>\d{1,2})(?:[\"\u201d\u2033]|'')"
_INCHES = r"(?<![\w.,'\u2032])(?P<inches>\d{1,3}(?:[.,]\d)?)[\u2033\"](?!\w)"


class Signs:
    """What one language reads sign by sign."""

    def __init__(
        self, base: str, language: Language, numerals: Numerals, quantities: Quantities
    ) -> None:
        self._base = base
        self._signs = language.signs
        self._language = language
        self._numerals = numerals
        self._quantities = quantities

    def addresses(self, text: str) -> Iterator[tuple[Edit, ...]]:
        """Of mail and of pages; `https://` is not said."""
        for pattern in (_MAIL, _PAGE):
            for found in re.finditer(pattern, text):
                yield (Edit(*found.span(), self._spelled(found[0])),)

    def _spelled(self, address: str) -> str:
        address = re.sub(r"https?://", "", address).rstrip("/")
        host = re.match(r"[^/]*", address)
        name, dot, end = host[0].rpartition(".") if host else ("", "", "")
        if dot and end not in _SAID_WHOLE:
            # "de" is no word where it ends an address.
            address = f"{name}.{' '.join(end)}{address[len(name) + 1 + len(end) :]}"
        if address.startswith("www."):
            address = f"w w w{address[3:]}"
        said = []
        for part in re.findall(r"\d+|[^\W\d_]+|\s|.", address):
            if part.isdigit():
                said.append(self._figures(part))
            elif part.isalpha():
                said.append(part)
            elif part.strip():
                said.append(self._signs.address.get(part, part))
        return " ".join(said)

    def _figures(self, digits: str) -> str:
        """A short number as one, any other by its digits."""
        if len(digits) < 3 and not digits.startswith("0"):
            return self._numerals.say(int(digits))
        return self._digits(digits)

    def _digits(self, digits: str) -> str:
        return " ".join(self._numerals.say(int(digit)) for digit in digits)

    def telephones(self, text: str) -> Iterator[tuple[Edit, ...]]:
        """Numbers to call: digit by digit, in French by twos and threes."""
        patterns = (_CALLED, _SPANISH_CALLED) if self._base == "es" else (_CALLED,)
        for pattern in patterns:
            for found in re.finditer(pattern, text):
                groups = re.findall(r"\d+", found[0])
                if sum(map(len, groups)) < 7:
                    continue
                plus = f"{self._signs.plus} " if found[0].startswith("+") else ""
                yield (Edit(*found.span(), plus + ", ".join(map(self._called, groups))),)
        dialled = rf"(?i)(?<!\w){either(self._signs.dial)}\s(?P<number>\d{{3}})(?!\w|[.,]\d)"
        for found in re.finditer(dialled, text) if self._signs.dial else ():
            yield (Edit(*found.span("number"), self._called(found["number"])),)

    def _called(self, digits: str) -> str:
        if self._base != "fr" or len(digits) > 3:
            return self._digits(digits)
        zeros = len(digits) - len(digits.lstrip("0"))
        rest = [self._numerals.say(int(digits[zeros:]))] if digits[zeros:] else []
        return " ".join([self._numerals.say(0)] * zeros + rest)

    def sums(self, text: str) -> Iterator[tuple[Edit, ...]]:
        """The signs of sums, and a plus behind a number or between words."""
        signs = self._signs
        number = self._quantities.number
        equation = rf"(?<![\w.,]){number}(?:{_SUM}{number})+\s?=\s?{number}(?!\w)"
        for found in re.finditer(equation, text):
            parts = re.findall(rf"({number})|([^\s])", found[0])
            said = [
                self._quantities.said(each) if each else signs.sum[sign] for each, sign in parts
            ]
            if all(said):
                yield (Edit(*found.span(), " ".join(map(str, said))),)
        for found in re.finditer(r"(?<=[\w)%\u20ac])\s(?P<sign>[+=])\s(?=[\w(])", text):
            yield (Edit(*found.span("sign"), signs.sum[found["sign"]]),)
        for found in re.finditer(r"(?<=\d)\+(?![\w+])", text):
            yield (Edit(*found.span(), f" {signs.more}"),)

    def sizes(self, text: str) -> Iterator[tuple[Edit, ...]]:
        """Feet and inches; "1920x1080", "3 x 4"; "3x faster", "5x"."""
        signs, say = self._signs, self._quantities.counted
        for found in re.finditer(_FEET, text):
            feet, inches = (
                f"{say(found[name], signs.lengths[name][0])} {signs.lengths[name][1]}"
                for name in ("feet", "inches")
            )
            yield (Edit(*found.span(), f"{feet} {inches}"),)
        for found in re.finditer(_INCHES, text):
            # A second mark of a pair is the end of a quotation.
            if len(re.findall(r'(?<!\d)"', text[: found.start()])) % 2 == 0:
                yield (Edit(*found.span(), self._inches(found)),)
        number = self._quantities.number
        for found in re.finditer(rf"(?<![\w.,])(?:{number}\s?[x\u00d7]\s?)+{number}(?!\w)", text):
            sides = [self._quantities.said(side) for side in re.findall(number, found[0])]
            if all(sides):
                yield (Edit(*found.span(), f" {signs.by} ".join(map(str, sides))),)
        for found in re.finditer(rf"(?<![\w.,-])(?P<number>{number})\s?[x\u00d7](?!\w)", text):
            counted = say(found["number"], signs.times.split()[-1])
            if counted:
                said = signs.times.replace("{number}", counted)
                yield (Edit(*found.span(), said),)

    def _inches(self, found: re.Match[str]) -> str:
        one, many = self._signs.lengths["inches"]
        # A 27 inch screen is 27 inches wide.
        joined = re.match(
            r"\s(?!wide|tall|long|high|deep|thick|of|by|and|or)[a-z]", found.string[found.end() :]
        )
        single = found["inches"] == "1" or (self._base == "en" and joined)
        number = self._quantities.counted(found["inches"].replace(".", self._language.decimal), one)
        return f"{number} {one if single else many}"

    def hashes(self, text: str) -> Iterator[tuple[Edit, ...]]:
        """What is marked to be found by its word; "an hour" of "$5/hour"."""
        for found in re.finditer(r"(?<![\w&#])#(?=[^\W\d_])", text):
            yield (Edit(*found.span(), "hashtag "),)
        for found in re.finditer(r"(?<=[\d$\u20ac\u00a3%])\s?/\s?(?=[^\W\d_]{2})", text):
            yield (Edit(*found.span(), f" {self._signs.per} "),)
