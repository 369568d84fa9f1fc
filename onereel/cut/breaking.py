"""Where spoken text may be broken: into captions, and captions into rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from ..story.sentences import CLAUSE_ENDS, CLOSING, SENTENCE, SENTENCE_ENDS, pause_after
from ..voice.line import Line

__all__ = ["Unit", "break_lines", "is_wide", "line_length", "measure", "split", "units"]

_OPENING = frozenset('"([{\u00ab\u201c\u2018\u300c\u300e\uff08\u3010\u300a')
_NEVER_FIRST = frozenset(
    # Japanese line breaking (kinsoku): small kana, the long-vowel mark, iteration marks.
    "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e\u30a1\u30a3\u30a5\u30a7\u30a9"
    "\u30c3\u30e3\u30e5\u30e7\u30ee\u30fc\u3005\u309d\u309e\u30fb"
)
_SPACELESS = (
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\uff66-\uff9d]"
)
"""Scripts written without spaces: Thai, Lao, Burmese, Khmer, kana, Han."""

_SENTENCE_INSIDE = 1.2
_FREE_BREAK, _CLAUSE_BREAK, _PLAIN_BREAK, _BAD_BREAK = 0.0, 0.6, 3.0, 5.0
_BRIEF = Fraction(6, 5)
_LONG = 7


@dataclass(frozen=True)
class Unit:
    """A piece of text that is never broken, in seconds from the start of its line."""

    text: str
    start: Fraction
    end: Fraction
    spaced: bool
    """Whether a space follows."""


def is_wide(character: str) -> bool:
    """Whether it takes the place of two Latin letters, as Han and kana do."""
    return unicodedata.east_asian_width(character) in "WF"


def measure(text: str) -> int:
    """Characters that take a place on the row: no combining marks, no invisible ones."""
    return sum(unicodedata.category(character) not in ("Mn", "Me", "Cf") for character in text)


def line_length(text: str, width: int, height: int, *, share: float = 1) -> int:
    """Characters in a row, by script and shape of the picture (as broadcasters' guides set it);
    fewer where a row has only a `share` of its usual width."""
    return max(1, int(_usual_length(text, width, height) * share))


def _usual_length(text: str, width: int, height: int) -> int:
    wide = 2 * sum(map(is_wide, text)) > measure(text.replace(" ", ""))
    if 4 * width >= 5 * height:
        return 18 if wide else 42
    if 5 * width >= 4 * height:
        return 16 if wide else 34
    return 13 if wide else 26


def units(line: Line) -> list[Unit]:
    """The line's text in unbreakable pieces, each with the time it is spoken.

    The text is what was spoken, mark for mark; only control characters are left out.
    """
    clock = _Clock(line)
    pieces = [
        piece for token in re.finditer(r"\S+", line.text) for piece in _pieces(token, line.text)
    ]
    found: list[Unit] = []
    for begin, end in pieces:
        text = "".join(c for c in line.text[begin:end] if unicodedata.category(c) != "Cc")
        if text:
            spaced = line.text[end : end + 1].isspace()
            found.append(Unit(text, clock.at(begin), clock.at(end, end=True), spaced))
    return found


_LONGEST_PIECE = 26


def _pieces(token: re.Match[str], text: str) -> Iterator[tuple[int, int]]:
    begin, end = token.span()
    start = begin
    for place in range(begin + 1, end):
        before, after = text[place - 1], text[place]
        if unicodedata.category(after) in ("Mn", "Me", "Mc", "Cf") or before == "\u200d":
            continue
        spaceless = bool(re.match(_SPACELESS, before) or re.match(_SPACELESS, after))
        free = spaceless and not (
            before in _OPENING
            or after in SENTENCE_ENDS | CLAUSE_ENDS | _NEVER_FIRST
            or after in CLOSING
            or (_thai(before) and _thai(after) and place - start < _LONGEST_PIECE // 2)
        )
        if free or place - start >= _LONGEST_PIECE:
            yield start, place
            start = place
    yield start, end


def _thai(character: str) -> bool:
    return "\u0e00" <= character <= "\u17ff"


class _Clock:
    """When each character of a line is spoken, from its word timings."""

    def __init__(self, line: Line) -> None:
        self._starts: list[tuple[int, Fraction]] = [(0, Fraction(0))]
        self._ends: list[tuple[int, Fraction]] = []
        cursor = 0
        for word in line.words:
            begin = line.text.find(word.text, cursor)
            if begin < 0 or not word.text:  # spoken otherwise than written: its neighbours tell
                continue
            cursor = begin + len(word.text)
            self._starts.append((begin, word.start))
            self._ends.append((cursor, word.end))
        if self._ends:
            self._starts[0] = (0, line.words[0].start)
        last = self._ends[-1][1] if self._ends else line.duration
        # Marks after the last word belong to it; they do not stretch it.
        self._corners = sorted({*self._starts, *self._ends, (len(line.text), last)})

    def at(self, place: int, *, end: bool = False) -> Fraction:
        """The time of the character boundary `place`: of what begins or, with `end`, ends there."""
        before = [corner for corner in self._corners if corner[0] <= place]
        after = [corner for corner in self._corners if corner[0] >= place]
        exact = [corner for corner in before if corner[0] == place]
        if exact:
            return exact[0][1] if end else exact[-1][1]
        (x0, t0), (x1, t1) = before[-1], after[0]
        return t0 + (t1 - t0) * Fraction(place - x0, x1 - x0)


def joined(group: Sequence[Unit]) -> str:
    """The text of units in a row."""
    return "".join(unit.text + " " * unit.spaced for unit in group).rstrip(" ")


def split(pieces: Sequence[Unit], limit: int, max_lines: int) -> list[Sequence[Unit]]:
    """Divide a line into captions that fit `max_lines` rows of `limit` characters.

    The best division overall (dynamic programming): ends at sentences and clauses, no caption too
    brief or too long.
    """
    count = len(pieces)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * count
    for end in range(1, count + 1):
        for begin in range(end - 1, -1, -1):
            group = pieces[begin:end]
            if end - begin > 1 and not _fits(group, limit, max_lines):
                break
            cost = best[begin][0] + _cost(group, None if end == count else pieces[end])
            if cost < best[end][0]:
                best[end] = (cost, begin)
    groups: list[Sequence[Unit]] = []
    end = count
    while end:
        begin = best[end][1]
        groups.append(pieces[begin:end])
        end = begin
    return groups[::-1]


def _fits(group: Sequence[Unit], limit: int, max_lines: int) -> bool:
    """Whether rows filled one after the other are few enough."""
    rows, filled = 1, 0
    for before, unit in zip([None, *group], group, strict=False):
        length = measure(unit.text)
        space = int(bool(before and before.spaced and filled))
        if filled and filled + space + length > limit:
            rows, filled = rows + 1, length
        else:
            filled += space + length
    return rows <= max_lines


def _cost(group: Sequence[Unit], following: Unit | None) -> float:
    cost = 1.0
    if following:
        cost += _break_cost(group[-1], following)
    cost += _SENTENCE_INSIDE * sum(pause_after(unit.text) == SENTENCE for unit in group[:-1])
    lasts = float(group[-1].end - group[0].start)
    if lasts < _BRIEF:
        cost += 4 * (float(_BRIEF) - lasts)
    if lasts > _LONG:
        cost += 3 * (lasts - _LONG)
    return cost


def _break_cost(last: Unit, following: Unit) -> float:
    """How much it hurts to part these two."""
    pause = pause_after(last.text)
    if pause:
        return _FREE_BREAK if pause == SENTENCE else _CLAUSE_BREAK
    if last.spaced:
        # Articles and prepositions are short in most languages and belong to what follows.
        return _PLAIN_BREAK if measure(last.text) > 3 else _BAD_BREAK
    # Without spaces a phrase mostly ends where hiragana (particles, endings) gives way.
    kana = _hiragana(last.text[-1])
    return _PLAIN_BREAK if kana and not _hiragana(following.text[0]) else 2 * _BAD_BREAK


def _hiragana(character: str) -> bool:
    return "\u3041" <= character <= "\u309f"


def break_lines(group: Sequence[Unit], limit: int, max_lines: int) -> str:
    """A caption's text in as few rows as fit, about equally long, broken where it hurts least."""
    text = joined(group)
    if measure(text) <= limit:
        return text
    for rows in range(2, max_lines + 1):
        choices = [_rows(group, breaks) for breaks in combinations(range(1, len(group)), rows - 1)]
        fitting = [
            parts for parts in choices if all(measure(joined(part)) <= limit for part in parts)
        ]
        if fitting:
            return "\n".join(joined(part) for part in min(fitting, key=_row_cost))
    return text


def _rows(group: Sequence[Unit], breaks: Sequence[int]) -> list[Sequence[Unit]]:
    return [group[begin:end] for begin, end in pairwise([0, *breaks, len(group)])]


def _row_cost(rows: Sequence[Sequence[Unit]]) -> float:
    lengths = [measure(joined(row)) for row in rows]
    mean = sum(lengths) / len(lengths)
    uneven = sum(abs(length - mean) for length in lengths) / mean
    hurt = sum(_break_cost(above[-1], below[0]) for above, below in pairwise(rows))
    # A longer second row keeps the picture freer than a longer first one.
    return 6 * uneven + hurt + 0.5 * (lengths[0] > lengths[-1])
