"""What a narration says beside its words: who speaks, where to pause, what to stress.

    ANNA: I *never* said that. [pause 0.5]
    BEN: You did.

What follows a name of the cast and a colon, at the start of a line or after the end of a sentence,
is that person's up to the end of the line. Everything else is the narrator's. Nothing of this is
shown in captions, and a text without it is left as it is, colons and asterisks included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from .text import speakable, words

__all__ = ["Passage", "divided", "passages", "shown"]

PAUSE = Fraction(1, 2)
"""Seconds of a `[pause]` without a number."""
LONGEST_PAUSE = Fraction(10)
TURN = Fraction(1, 4)
"""Seconds between two people."""

_PAUSE = r"\[\s*pause(?:\s+(\d{1,9}(?:[.,]\d{1,9})?)\s*s?)?\s*\]"
_STRESS = r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])"
_ASIDE = r"(?:\s*\([^()\n]{0,60}\))?"


@dataclass(frozen=True)
class Passage:
    """What one voice says without a pause that somebody wrote."""

    text: str
    speaker: str = ""
    """A name of the cast, as it is written there; "" is the narrator."""
    pause: Fraction = Fraction(0)
    """Seconds of silence before it."""
    stressed: frozenset[int] = frozenset()
    """Which of `text.words(text)` are stressed."""

    @property
    def words(self) -> tuple[str, ...]:
        """Its words, with their punctuation."""
        return tuple(self.text[start:end] for start, end in words(self.text))


def shown(narration: str, names: Sequence[str] = ()) -> str:
    """What of a narration is read on the screen: its words alone."""
    return " ".join(passage.text for passage in passages(narration, tuple(names))).rstrip()


@lru_cache(maxsize=4096)
def passages(narration: str, names: tuple[str, ...] = ()) -> tuple[Passage, ...]:
    """Read a narration; `names` are those of the cast.

    A passage has something to say, but for a last one that is only the pause at the end. A plain
    narration is one passage, as it is written.
    """
    found: list[Passage] = []
    waiting = Fraction(0)
    for speaker, text in _turns(narration.strip(), names):
        if found and speaker != found[-1].speaker:
            waiting += TURN
        for pause, piece in _pauses(text):
            waiting += pause
            passage = _stressed(piece, speaker)
            if speakable(passage.text):
                found.append(replace(passage, pause=min(waiting, LONGEST_PAUSE)))
                waiting = Fraction(0)
    if found and waiting:
        found.append(Passage("", found[-1].speaker, pause=min(waiting, LONGEST_PAUSE)))
    return tuple(found)


def _turns(narration: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Who says what, in order."""
    known = _names(names)
    if not known:
        yield "", narration
        return
    longest = sorted(known, key=len, reverse=True)
    either = "|".join(re.escape(name) for name in longest)
    begins = (
        rf"(?:(?m:^)[ \t]*|(?<=[.!?\u2026\"'\u201d\u00bb\u2019])[ \t]+)"
        rf"(?P<name>{either}){_ASIDE}[ \t]*:(?!\S)[ \t]*"
    )
    turns = list(re.finditer(begins, narration))
    yield "", narration[: turns[0].start()].strip() if turns else narration
    for turn, after in pairwise([*turns, None]):
        assert turn is not None
        name = known[turn["name"]]
        text = narration[turn.end() : after.start() if after else len(narration)]
        own, _, rest = text.partition("\n")
        yield name, own.strip()
        if rest.strip():
            yield "", rest.strip()


def _names(names: tuple[str, ...]) -> dict[str, str]:
    """What people are called before a colon: their names, or the first words of these, as they are
    written in the cast or in capitals."""
    wholes = [name.strip() for name in names if name.strip()]
    firsts = [name.split()[0] for name in wholes]
    known = {
        first: name for first, name in zip(firsts, wholes, strict=True) if firsts.count(first) == 1
    }
    known |= {name: name for name in reversed(wholes)}
    return {name.upper(): whole for name, whole in known.items()} | known


def _pauses(text: str) -> Iterator[tuple[Fraction, str]]:
    pause, at = Fraction(0), 0
    for found in re.finditer(_PAUSE, text, re.IGNORECASE):
        yield pause, text[at : found.start()].strip()
        seconds = found[1].replace(",", ".") if found[1] else ""
        pause, at = Fraction(seconds) if seconds else PAUSE, found.end()
    yield pause, text[at:].strip()


def _stressed(text: str, speaker: str) -> Passage:
    plain: list[str] = []
    marked: list[tuple[int, int]] = []
    at = length = 0
    for found in re.finditer(_STRESS, text):
        plain += [text[at : found.start()], found[1]]
        length += found.start() - at
        marked.append((length, length + len(found[1])))
        length += len(found[1])
        at = found.end()
    whole = "".join([*plain, text[at:]])
    stressed = {
        i
        for i, (start, end) in enumerate(words(whole))
        if any(start < last and first < end for first, last in marked)
    }
    return Passage(whole, speaker, stressed=frozenset(stressed))


def divided(parts: Sequence[Passage], texts: Sequence[str]) -> tuple[str, ...]:
    """The narrations that together say `parts`, cut where `texts` cut what is shown of them."""
    narrations: list[str] = []
    left = list(parts)
    for number, text in enumerate(texts, 1):
        count = len(words(text))
        piece: list[Passage] = []
        while left and count > 0:
            own, rest = _cut(left.pop(0), count)
            piece.append(own)
            count -= len(own.words)
            if rest:
                left.insert(0, rest)
        piece += left if number == len(texts) else []
        # Between two scenes there is a pause already.
        first = (
            [replace(each, pause=Fraction(0)) for each in piece[:1]] if narrations else piece[:1]
        )
        narrations.append(_written([*first, *piece[1:]]))
    return tuple(narrations)


def _cut(passage: Passage, count: int) -> tuple[Passage, Passage | None]:
    spans = words(passage.text)
    if len(spans) <= count:
        return passage, None
    at = spans[count][0]
    return (
        replace(
            passage,
            text=passage.text[:at].strip(),
            stressed=frozenset(i for i in passage.stressed if i < count),
        ),
        Passage(
            passage.text[at:].strip(),
            passage.speaker,
            stressed=frozenset(i - count for i in passage.stressed if i >= count),
        ),
    )


def _written(piece: Sequence[Passage]) -> str:
    """A narration that reads back as these passages."""
    lines: list[str] = []
    before: Passage | None = None
    for passage in piece:
        text = " ".join(
            f"*{word}*" if i in passage.stressed else word for i, word in enumerate(passage.words)
        )
        text = text if passage.stressed else passage.text
        turn = before is None or passage.speaker != before.speaker
        written = passage.pause - (TURN if turn and before else 0)
        if written > 0:
            text = f"[pause {float(written):g}] {text}".rstrip()
        if turn:
            lines.append(f"{passage.speaker}: {text}" if passage.speaker else text)
        else:
            lines[-1] += f" {text}"
        before = passage
    return "\n".join(lines)
