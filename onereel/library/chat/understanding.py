"""A wish as a film maker types it, taken apart into words that the chat knows."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

__all__ = [
    "COLONS",
    "LONGEST_WISH",
    "QUOTES",
    "Vocabulary",
    "Wish",
    "plain",
    "understood",
    "vocabularies",
]

LONGEST_WISH = 2000
"""Characters."""

_TEXT_VERBS = {"title", "say", "add"}
_MOST_IN_A_RANGE = 120
COLONS = ":\uff1a"
QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d'
_UNSPACED = "\u3005\u3040-\u30ff\u3400-\u9fff"
"""Japanese and Chinese letters: no space says where a word ends, so each is a token."""
_TOKEN = rf"[{_UNSPACED}]|[^\W\d_{_UNSPACED}]+|\d+(?:[.,]\d+)?|s\d[\w.]*"
_EVERY = "every"


@dataclass(frozen=True)
class Vocabulary:
    """What the chat knows of one language."""

    examples: tuple[str, ...]
    unknown: str
    between: str
    """A pattern of what stands between two wishes."""
    numbers: Mapping[tuple[str, ...], int]
    phrases: Mapping[tuple[str, ...], str]
    """What words mean; nothing, where they change nothing."""
    longest: int
    """Tokens of the longest phrase or number."""

    def help(self) -> str:
        """One sentence that lists what is understood."""
        return self.unknown.format(examples="; ".join(self.examples))


@dataclass
class Wish:
    """A wish taken apart. `scenes` are numbers from 1, or from -1 for the last, as they were
    named; `places` says after how many of them each of `verbs` stands."""

    typed: str
    verbs: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    scenes: list[int] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    """Ids of scenes that were named by their id, "s03"."""
    every: bool = False
    seconds: float | None = None
    speed: float | None = None
    unknown: list[str] = field(default_factory=list)
    """Words that nobody knows, as they were typed."""
    text: str = ""
    """What was typed behind a colon or in quotation marks, for a verb that takes text."""

    def value(self, kind: str) -> str:
        """What was said last of a kind: "darker" where `light=darker` is among the verbs."""
        found = [verb.partition("=")[2] for verb in self.verbs if verb.startswith(f"{kind}=")]
        return found[-1] if found else ""


def plain(text: str) -> str:
    """Small letters without accents."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _tokens(text: str) -> list[str]:
    return re.findall(_TOKEN, plain(text))


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """By language code."""
    tables = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    return {code: _vocabulary(table) for code, table in tables.items()}


def _vocabulary(table: Mapping[str, Any]) -> Vocabulary:
    numbers = {tuple(_tokens(words)): number for words, number in table["numbers"].items()}
    phrases = {
        **dict.fromkeys(_words(f"{table['fillers']} {table['scenes']} s"), ""),
        **dict.fromkeys(_words(table["every"]), _EVERY),
        **{tuple(_tokens(words)): meaning for words, meaning in table["phrases"].items()},
    }
    joint = table["and"] if _unspaced(table["and"]) else rf"\s+{table['and']}\s+"
    return Vocabulary(
        examples=tuple(table["examples"]),
        unknown=table["unknown"],
        between=rf"(?i)\s*[;,\n\uff1b\uff0c\u3001\u3002]\s*|\.\s+|{joint}",
        numbers=numbers,
        phrases=phrases,
        longest=max(map(len, (*numbers, *phrases))),
    )


def _unspaced(word: str) -> bool:
    return bool(re.match(f"[{_UNSPACED}]", word))


def _words(text: str) -> Iterator[tuple[str, ...]]:
    """The words of a list: "c'est" is two of them, and what has no spaces is one of its letters."""
    for word in text.split():
        tokens = _tokens(word)
        yield from [tuple(tokens)] if _unspaced(word) else ((token,) for token in tokens)


def understood(text: str, vocabulary: Vocabulary, ids: Sequence[str]) -> Wish:
    """Take one wish apart; `ids` are those of the film's scenes."""
    head, tail = _parts(text)
    wish = _read(head, vocabulary, ids)
    if tail and _TEXT_VERBS & set(wish.verbs):
        wish.text = tail
        return wish
    return _read(text, vocabulary, ids) if tail else wish


def _parts(text: str) -> tuple[str, str]:
    """What stands before and after a colon, or before and in quotation marks."""
    if found := re.fullmatch(rf"(?s)([^{COLONS}{QUOTES}]+)[{QUOTES}](.+)[{QUOTES}]\W*", text):
        return found[1], found[2].strip()
    head, *tail = re.split(f"[{COLONS}]", text, maxsplit=1)
    return head, "".join(tail).strip(f"{QUOTES} ")


def _read(text: str, vocabulary: Vocabulary, ids: Sequence[str]) -> Wish:
    text = re.sub(r"(\d{1,3})\s*(?:-|\u2013|\u301c|\uff5e|\.\.)\s*(\d{1,3})(?!\d)", _range, text)
    words = _tokens(text)
    known = {plain(each): each for each in ids}
    wish = Wish(text)
    at = 0
    while at < len(words):
        at += _take(words, at, vocabulary, known, wish)
    return wish


def _take(
    words: Sequence[str],
    at: int,
    vocabulary: Vocabulary,
    ids: Mapping[str, str],
    wish: Wish,
) -> int:
    """Understand what begins with a word; returns how many words that were."""
    word = words[at]
    for length in range(min(vocabulary.longest, len(words) - at), 0, -1):
        found = tuple(words[at : at + length])
        if found in vocabulary.numbers:
            wish.scenes.append(vocabulary.numbers[found])
            return length
        meaning = vocabulary.phrases.get(found)
        if meaning == _EVERY:
            wish.every = True
        elif meaning:
            wish.places.setdefault(meaning, len(wish.scenes) + len(wish.named))
            wish.verbs.append(meaning)
        if meaning is not None:
            return length
    if word in ids:
        wish.named.append(ids[word])
    elif word[0].isdecimal():
        return _number(words, at, vocabulary, wish)
    else:
        wish.unknown.append(word)
    return 1


def _number(words: Sequence[str], at: int, vocabulary: Vocabulary, wish: Wish) -> int:
    """A number of seconds, a speed, or else a scene."""
    number = float(words[at].replace(",", "."))
    unit = words[at + 1] if at + 1 < len(words) else ""
    meaning = "seconds" if unit == "s" else vocabulary.phrases.get((unit,), "")
    if meaning in ("seconds", "minutes"):
        wish.seconds = (wish.seconds or 0) + number * (60 if meaning == "minutes" else 1)
        return 2
    if "speed" in wish.verbs:
        wish.speed = number
    elif number == int(number):
        wish.scenes.append(int(number))
    else:
        wish.unknown.append(words[at])
    return 1


def _range(found: re.Match[str]) -> str:
    first, last = int(found[1]), int(found[2])
    if not 0 <= last - first < _MOST_IN_A_RANGE:
        return found[0]
    return " ".join(str(number) for number in range(first, last + 1))
