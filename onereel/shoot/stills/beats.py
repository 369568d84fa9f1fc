"""When one picture of a scene gives way to the next: on a word, near an even share of the time."""

from __future__ import annotations

from itertools import pairwise

from ...voice.line import Line
from ...voice.timing import LEAD

__all__ = ["changes"]

_ENDS = (".", "!", "?", ";", ":", "\u2026", "\u3002", "\uff01", "\uff1f")
_QUOTES = "\"')\u201d\u00bb"
_SENTENCE_WORTH = 4.0
"""How many times farther than a mere word the beginning of a sentence may be."""


def changes(count: int, frames: int, fps: float, line: Line | None) -> tuple[int, ...]:
    """The frames at which the pictures behind the first appear, each after the one before.

    Without a line, or where no word is near, the pictures share the scene evenly.

    Args:
        count: pictures of the scene, not more than `frames`.
        frames: of the scene.
        fps: frames a second.
        line: the scene's narration; it begins `LEAD` seconds after the scene.
    """
    beats = _beats(line, fps) if line else []
    share = frames / count
    found: list[int] = []
    for number in range(1, count):
        even = share * number
        near = [(frame, worth) for frame, worth in beats if abs(frame - even) < share * 0.45]
        best = min(near, key=lambda beat: abs(beat[0] - even) / beat[1], default=(round(even), 1))
        earliest = found[-1] + 1 if found else 1
        found.append(min(max(best[0], earliest), frames - (count - number)))
    return tuple(found)


def _beats(line: Line, fps: float) -> list[tuple[int, float]]:
    """The first frame of every word but the first, and how good a place for a change it is."""
    lead = float(LEAD)
    return [
        (
            round((lead + float(word.start)) * fps),
            _SENTENCE_WORTH if before.text.rstrip(_QUOTES).endswith(_ENDS) else 1.0,
        )
        for before, word in pairwise(line.words)
    ]
