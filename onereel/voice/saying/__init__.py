"""How a text is said: numbers, dates, units and abbreviations in words, and the lexicon's words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..text import words
from .edit import Edit
from .rules import reader_of

__all__ = ["Lexicon", "Said", "respelled", "say"]

Lexicon = Mapping[str, Mapping[str, str]]
"""By language, how words are said: {"en": {"OneReel": "one reel"}}."""


@dataclass(frozen=True)
class Said:
    """What a voice is given for a text, and for each word of it the word of the text it says."""

    text: str
    owners: tuple[int, ...]

    def starts(self, known: Mapping[int, float]) -> dict[int, float]:
        """When the text's words begin, from when the said ones do."""
        found: dict[int, float] = {}
        for word, seconds in sorted(known.items()):
            if word < len(self.owners):
                found.setdefault(self.owners[word], seconds)
        return found

    def weights(self, each: Sequence[float], count: int) -> tuple[float, ...]:
        """How long the text's `count` words take, from how long the said ones do."""
        sums = [0.0] * count
        for owner, weight in zip(self.owners, each, strict=True):
            sums[owner] += weight
        return tuple(weight or 1.0 for weight in sums)


def say(text: str, language: str, lexicon: Lexicon | None = None) -> Said:
    """Say `text` in `language`: a lower-case tag such as "de" or "pt-br".

    A language without a table of its own keeps its numbers as they are: its voice reads them.
    """
    return _say(text, language, tuple(sorted(_own(language, lexicon).items())))


def respelled(text: str, language: str, lexicon: Lexicon | None) -> str:
    """A text with the lexicon's words as they are said, and nothing else changed."""
    for edit in reversed(_from_lexicon(text, _own(language, lexicon))):
        text = text[: edit.start] + edit.said + text[edit.end :]
    return text


def _own(language: str, lexicon: Lexicon | None) -> dict[str, str]:
    # People write "de-AT", "pt_BR" and "EN".
    known = {tag.strip().replace("_", "-").lower(): own for tag, own in (lexicon or {}).items()}
    return {**known.get(language.partition("-")[0], {}), **known.get(language, {})}


@lru_cache(maxsize=4096)
def _say(text: str, language: str, own: tuple[tuple[str, str], ...]) -> Said:
    edits = _from_lexicon(text, dict(own))
    reader = reader_of(language)
    for edit in reader.edits(text) if reader else ():
        if not any(edit.start < other.end and other.start < edit.end for other in edits):
            edits.append(edit)
    edits.sort(key=lambda edit: edit.start)
    spans = words(text)
    if not edits or not spans:
        return Said(text, tuple(range(len(spans))))
    return _edited(text, edits, spans)


def _from_lexicon(text: str, own: Mapping[str, str]) -> list[Edit]:
    folded = {" ".join(word.split()).casefold(): said for word, said in own.items()}
    folded.pop("", None)
    if not folded:
        return []
    longest = sorted(folded, key=len, reverse=True)
    pattern = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
    return [
        Edit(*found.span(), said)
        for found in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE)
        if (said := folded.get(" ".join(found[0].split()).casefold(), "").strip())
    ]


def _edited(text: str, edits: Sequence[Edit], spans: tuple[tuple[int, int], ...]) -> Said:
    said: list[str] = []
    places: list[int] = []
    """For each character of what is said, the one of the text that it stands for."""
    at = 0
    for edit in edits:
        said.append(text[at : edit.start])
        places += range(at, edit.start)
        said.append(edit.said)
        places += _shared(edit, spans)
        at = edit.end
    said.append(text[at:])
    places += range(at, len(text))
    whole = "".join(said)
    starts = [start for start, _ in spans]
    owners = []
    for start, _ in words(whole):
        while start < len(whole) - 1 and whole[start].isspace():
            start += 1
        owners.append(max(sum(first <= places[start] for first in starts) - 1, 0))
    return Said(whole, tuple(owners))


def _shared(edit: Edit, spans: tuple[tuple[int, int], ...]) -> list[int]:
    """Where the characters of an edit stand in the text: its words one after another."""
    inside = [
        max(start, edit.start) for start, end in spans if start < edit.end and edit.start < end
    ]
    inside = inside or [edit.start]
    said = edit.said.split()
    places: list[int] = []
    word = -1
    for i, character in enumerate(edit.said):
        begins = not character.isspace() and (i == 0 or edit.said[i - 1].isspace())
        word += begins
        share = max(word, 0) * len(inside) // max(len(said), 1)
        places.append(inside[min(share, len(inside) - 1)])
    return places
