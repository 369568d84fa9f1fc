"""What cleaning an idea is in every language: its characters, its sentences, its words.

What differs (orders to the film maker, abbreviations, lost accents, capitals) is in each pack's
`clean.py`, which calls these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = [
    "close_up",
    "finished",
    "join",
    "sentences",
    "spelled_out",
    "split_headline",
    "straightened",
    "words_of",
]

_QUOTES_AND_MARKS = '\u201c\u201d\u201e\u00ab\u00bb"*_#`<>{}[]|\\'
_DASH = r"\s*(?:--+|\u2014)\s*|\s+[\u2013-]\s+"
_LONGEST_HEAD = 4
_SHORTEST_BODY = 4
_ARTICLES = ("a", "an", "the", "ein", "eine", "une", "un")
_GOING_ON = frozenset(
    [
        "and",
        "but",
        "or",
        "who",
        "that",
        "which",
        "und",
        "aber",
        "oder",
        "der",
        "die",
        "das",
        "den",
        "dem",
    ]
)
"""What goes on behind a dash, so that the words in front are no title."""
_TITLES = frozenset(("Dr.", "Prof.", "St.", "Nr."))
"""Abbreviations that keep their stop."""
_ORDINAL = r"\d{1,3}\."
_TOKEN = r"\d+(?:,\d+)+[^\s,]*|[^\s,]+|,"


def straightened(idea: str, *, drop: str = "") -> str:
    """Straighten apostrophes, dashes and shouting; quotes and marks go, and so does `drop`."""
    text = re.sub(r"[\u2018\u2019\u201b]", "'", idea)
    text = text.translate(dict.fromkeys(map(ord, _QUOTES_AND_MARKS + drop)))
    text = re.sub(r"\s*(?:--+|\u2014)\s*|\s+\u2013\s+|\s+-\s+", ", ", text)
    text = re.sub(r"\.{2,}|\u2026", ".", text)
    # No voice that speaks or draws captions needs pictures among the letters.
    text = re.sub(r"[^\w\s.,;:!?'%&/()+$\u20ac\u00a3\u00b0-]", " ", text)
    text = re.sub(r"\s+", " ", text).strip(" ,;:-")
    letters = [letter for letter in text if letter.isalpha()]
    if len(letters) > 5 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters):
        text = text.lower()
    return text


def spelled_out(idea: str, *, conjunction: str) -> str:
    """Say "&", end sentences at semicolons, and set a colon for the dash behind a title.

    Args:
        idea: as the user typed it.
        conjunction: what "&" means.
    """
    text = re.sub(r"\s&\s", f" {conjunction} ", idea.strip())
    text = re.sub(r";\s+(\w)", lambda match: f". {match[1].upper()}", text)
    parts = re.split(_DASH, text)
    if len(parts) != 2 or ":" in text or not 1 <= len(parts[0].split()) <= _LONGEST_HEAD:
        return text
    title, rest = parts
    first = rest.split()[0].lower() if rest.split() else ""
    # "Nimbus - the umbrella that never breaks" names the umbrella.
    brand = len(title.split()) == 1 and first in _ARTICLES
    small = brand or first in _GOING_ON or len(rest.split()) < _SHORTEST_BODY
    return ", ".join(parts) if small else f"{title}: {rest}"


def sentences(text: str, abbreviation: str) -> list[str]:
    """Split `text` behind its stops, but not behind what `abbreviation` finds at a stop.

    Ideas are typed in haste: unlike narration's, their sentences may begin in lower case.
    """
    found: list[str] = []
    for piece in re.split(r"(?<=[.!?])\s+", text):
        if found and re.search(abbreviation, found[-1]):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def split_headline(premise: str) -> tuple[str, str]:
    """Split "Title: what happens"; the title is empty where there is none."""
    match = re.match(r"^([^:]{2,50}):\s+(.{12,})$", premise)
    return (match[1], match[2]) if match else ("", premise)


def finished(sentence: str) -> str:
    """A sentence of the user's with its capital and its stop."""
    sentence = sentence.strip(" ,;:-")
    sentence = sentence[:1].upper() + sentence[1:]
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def words_of(premise: str) -> list[str]:
    """The words of a premise; commas are words of their own, other punctuation goes."""
    bare = re.sub(r"[()]", ",", premise.strip().rstrip(".!?;:"))
    tokens = [
        token
        if token == "," or token in _TITLES or re.fullmatch(_ORDINAL, token)
        else token.strip('.;!?"')
        for token in re.findall(_TOKEN, bare)
    ]
    tokens = [token for token in tokens if token]
    edges = [index for index, token in enumerate(tokens) if token != ","]
    return tokens[edges[0] : edges[-1] + 1] if edges else []


def join(words: Sequence[str]) -> str:
    """Words and commas as text."""
    return re.sub(r"\s+,", ",", " ".join(words)).strip(" ,")


def close_up(text: str) -> str:
    """Take away what filled slots leave: spaces before points, and doubled commas."""
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    return re.sub(r",(?=[,.;:!?])", "", text)
