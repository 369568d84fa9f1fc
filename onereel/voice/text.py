"""What of a text is spoken, and where its words, clauses and sentences end."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from ..story.sentences import pause_after

__all__ = ["breaks", "foreign_script", "speakable", "spoken", "words"]

# Scripts that are written without spaces, and that a line of captions may break anywhere in.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HALFWIDTH")

_PARTICLES = "\u306f\u3092\u304c\u306b\u3067\u3068\u3082\u306e"
_SMALL_KANA = (
    "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u3093"
    "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30f3\u30fc"
)
"""What no word begins with."""
_LONGEST_KANA = 8

_UNSPOKEN = frozenset(["Cc", "Cs", "Co", "Cn", "Me", "Zl", "Zp"])

# The scripts a language is written in besides Latin, which every voice reads somehow.
_SCRIPTS = {
    "ARABIC": "ar fa ku ky sd ug ur kk az",
    "ARMENIAN": "hy hyw",
    "BENGALI": "as bn bpy",
    "BOPOMOFO": "cmn zh",
    "CHEROKEE": "chr",
    "CJK": "cmn hak yue zh",
    "CYRILLIC": "az ba be bg bs cv kaa kk ky mk nog ru sr tk tt uk uz",
    "DEVANAGARI": "hi kok mr ne sd",
    "ETHIOPIC": "am ti",
    "GEORGIAN": "ka",
    "GREEK": "el grc",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "HANGUL": "ko",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KANNADA": "kn",
    "KATAKANA": "ja",
    "KATAKANA-HIRAGANA": "ja",
    "MALAYALAM": "ml",
    "MYANMAR": "my shn",
    "ORIYA": "or",
    "SHAVIAN": "en-shaw",
    "SINHALA": "si",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
}


def spoken(text: str) -> str:
    """Replace what no voice should read (control characters, emoji, symbols of no word) by spaces.

    The result has the same length, so that a position in it is a position in `text`.
    """
    return "".join(" " if _is_unspoken(character) else character for character in text)


def _is_unspoken(character: str) -> bool:
    if character.isalnum():
        return False
    code, category = ord(character), unicodedata.category(character)
    # The degree sign, (c) and the number sign are symbols that voices read; arrows and pictures
    # begin after them. espeak-ng takes \x01 as the start of a command, and names every emoji.
    symbol = category in ("So", "Sk") and code >= 0x2190
    return symbol or category in _UNSPOKEN or 0xFE00 <= code <= 0xFE0F or code > 0xFFFD


def speakable(text: str) -> bool:
    """Whether a voice has anything to say: a letter or a digit."""
    return any(character.isalnum() for character in spoken(text))


def script(character: str) -> str:
    """The script of a letter by the first word of its Unicode name: "LATIN", "CJK", "HEBREW"."""
    return unicodedata.name(character, "").partition(" ")[0]


def words(text: str) -> tuple[tuple[int, int], ...]:
    """Cut a text into words: spans of characters, in order, with punctuation attached.

    What stands alone and is not spoken (a dash, an emoji) belongs to the word before it, or, as an
    opening quotation mark does, to the one after. Chinese is cut into characters and Japanese
    before each word that begins after hiragana, roughly as a reader takes breath. The gaps between
    the spans are all white space, and `words(spoken(text))` has as many spans.
    """
    cleaned = spoken(text)
    starts: list[int] = []
    opening: int | None = None
    for token in re.finditer(r"\S+", cleaned):
        for start, end in _pieces(cleaned, token.start(), token.end()):
            piece = cleaned[start:end]
            if any(character.isalnum() for character in piece):
                starts.append(start if opening is None else opening)
                opening = None
            elif all(unicodedata.category(character) in ("Ps", "Pi") for character in piece):
                opening = start if opening is None else opening
            else:
                opening = None
    if not starts:
        return ()
    starts[0] = len(text) - len(text.lstrip())
    bounds = pairwise([*starts, len(text)])
    return tuple((start, start + len(text[start:end].rstrip())) for start, end in bounds)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    if not any(script(character) in _UNSPACED for character in text[start:end]):
        return [(start, end)]
    japanese = any("\u3040" <= character <= "\u30ff" for character in text)
    cuts = [start]
    for i in range(start + 1, end):
        length = i - cuts[-1]
        if _may_cut(text[i - 1], text[i], length, japanese=japanese):
            cuts.append(i)
    return list(pairwise([*cuts, end]))


def _may_cut(before: str, after: str, length: int, *, japanese: bool) -> bool:
    """Whether a word may begin between two characters, `length` after the last one began."""
    if not after.isalnum() or after in _SMALL_KANA:
        return False
    if not before.isalnum():
        return before not in "\u300c\u300e\uff08([\"'"
    if not japanese:
        return script(before) == "CJK" or script(after) == "CJK"
    if script(before) == "HIRAGANA" and script(after) != script(before):
        return True
    # Kana without kanji, which espeak-ng needs, tells its words by the particles at most.
    return (length >= 3 and before in _PARTICLES) or length >= _LONGEST_KANA


def breaks(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    """How strong the break after each word is: `SENTENCE`, `CLAUSE` or 0."""
    following = [text[start:end] for start, end in spans[1:]] + [""]
    return tuple(
        pause_after(text[start:end], after)
        for (start, end), after in zip(spans, following, strict=True)
    )


def foreign_script(text: str, language: str) -> str:
    """Name a script in `text` that a voice of `language` spells out instead of reading, or ""."""
    base = language.partition("-")[0]
    for character in text:
        name = script(character) if character.isalpha() else ""
        if name in _SCRIPTS and not {base, language} & set(_SCRIPTS[name].split()):
            return name
    return ""
