"""What Unicode says about a text: clusters, emoji, scripts, directions, where lines may break."""

from __future__ import annotations

import unicodedata
from typing import Literal

__all__ = [
    "Weight",
    "breaks_between",
    "clusters",
    "drawable",
    "is_mark",
    "levels",
    "reads_right_to_left",
    "script_of",
]

Weight = Literal["regular", "bold"]

_EMOJI = ((0x1F000, 0x1FAFF), (0x2600, 0x27BF), (0x2B00, 0x2BFF), (0xE0000, 0xE007F))
_JOINER = "\u200d"
_VIRAMAS_AND_MARKS = ("Mn", "Mc", "Me")
_NOT_AT_LINE_START = ("Pe", "Pf", "Po", "Lm", *_VIRAMAS_AND_MARKS)
_NOT_AT_LINE_END = ("Ps", "Pi")
_THAI_LEADING_VOWELS = "\u0e40\u0e41\u0e42\u0e43\u0e44"
_THAI_FOLLOWING_VOWELS = "\u0e30\u0e32\u0e33\u0e45\u0e46"
_UNSPACED = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))
"""Thai, Lao, Myanmar, Khmer."""


def _within(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(character) <= last for first, last in ranges)


def is_mark(character: str) -> bool:
    """Whether it has no place of its own: a combining mark, a joiner, a selector, a control."""
    return unicodedata.category(character) in (*_VIRAMAS_AND_MARKS, "Cf", "Cc")


def drawable(character: str) -> bool:
    """Whether a missing glyph for it is a fault.

    Emoji, private-use and unassigned characters are left out of drawn text where no face has them:
    no text face that could be installed would help, and a caption reads well without them.
    """
    if unicodedata.category(character) in ("Cc", "Cf", "Co", "Cn", "Cs", "Zs", "Zl", "Zp"):
        return False
    return not _within(character, (*_EMOJI, (0xFE00, 0xFE0F), (0x20D0, 0x20FF)))


def clusters(text: str) -> list[str]:
    """Split text into base characters with their marks; a joiner also keeps what follows it."""
    found: list[str] = []
    for character in text:
        if found and (is_mark(character) or found[-1].endswith(_JOINER)):
            found[-1] += character
        else:
            found.append(character)
    return found


def script_of(character: str) -> str:
    """Name the script in a user's words: "Japanese", "Tamil", "Ethiopic"."""
    first = unicodedata.name(character, "UNKNOWN").split()[0].removesuffix("-1").split("-")[0]
    named = {
        "HIRAGANA": "Japanese",
        "KATAKANA": "Japanese",
        "CJK": "Chinese or Japanese",
        "IDEOGRAPHIC": "Chinese or Japanese",
        "FULLWIDTH": "Chinese or Japanese",
        "HANGUL": "Korean",
        "BOPOMOFO": "Chinese",
    }
    return named.get(first, first.title())


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _breaks_anywhere(character: str) -> bool:
    # Korean is set with spaces and reads better when its words stay whole.
    hangul = 0xAC00 <= ord(character) <= 0xD7A3 or 0x1100 <= ord(character) <= 0x11FF
    return (_is_wide(character) and not hangul) or _within(character, _UNSPACED)


def breaks_between(before: str, after: str) -> bool:
    """Whether a line may break between two neighbouring clusters.

    After a space or a hyphen; and between any two characters of a script written without spaces,
    except where closing marks, small kana or vowel signs would begin a line or opening brackets
    end one (a simple form of JIS X 4051's kinsoku rules).
    """
    last, first = before[-1], after[0]
    if first.isspace():
        return False
    if last.isspace():
        return last not in "\u00a0\u202f"
    if last in "-\u2010\u2012\u2013\u2014/" and len(before) == 1:
        return first.isalpha()
    if not (_breaks_anywhere(before[0]) or _breaks_anywhere(first)):
        return False
    if unicodedata.category(before[0]) in _NOT_AT_LINE_END or before[0] in _THAI_LEADING_VOWELS:
        return False
    if unicodedata.category(first) in _NOT_AT_LINE_START or first in _THAI_FOLLOWING_VOWELS:
        return False
    small_kana = "SMALL" in unicodedata.name(first, "") and _is_wide(first)
    return not small_kana


def reads_right_to_left(text: str) -> bool:
    """Whether its first strong character does (UAX 9, rules P2 and P3)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def levels(text: str, *, right_to_left: bool) -> list[int]:
    """Give each character its embedding level in a line of the given base direction.

    UAX 9 (https://www.unicode.org/reports/tr9/) without explicit embeddings: rules W1 to W7, N1,
    N2, I1 and I2. Even levels run left to right, odd ones right to left.
    """
    kinds = [unicodedata.bidirectional(character) for character in text]
    base = "R" if right_to_left else "L"
    strong = before = base
    for i, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[i] = before
        elif kind in ("L", "R", "AL"):
            strong = "L" if kind == "L" else "R"
            kinds[i] = strong
        elif kind == "AN" or (kind == "EN" and strong == "R"):
            kinds[i] = "N"
        elif kind == "EN":
            kinds[i] = "L"
        before = kinds[i]
    for i, kind in enumerate(kinds):
        beside = (*kinds[i - 1 : i], *kinds[i + 1 : i + 2])
        if (kind in ("ES", "CS") and beside == ("N", "N")) or (kind == "ET" and "N" in beside):
            kinds[i] = "N"
    i = 0
    while i < len(kinds):
        end = i
        while end < len(kinds) and kinds[end] not in ("L", "R", "N"):
            end += 1
        if end > i:
            left = base if i == 0 else kinds[i - 1].replace("N", "R")
            right = base if end == len(kinds) else kinds[end].replace("N", "R")
            kinds[i:end] = [left if left == right else base] * (end - i)
        i = max(end, i + 1)
    level_of = {"L": 2, "R": 1, "N": 2} if right_to_left else {"L": 0, "R": 1, "N": 2}
    return [level_of[kind] for kind in kinds]
