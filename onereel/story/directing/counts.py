"""What of a script can be counted: the faults that a director looks for."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from ...values import Seconds, Value
from ..pace import estimate
from ..screenplay import Scene, Screenplay
from ..sentences import sentences
from ..timing import ROOM

__all__ = ["Counts", "content_words", "counts", "seconds_short"]

_LONG_WORD = 5
"""Letters from which on a word is more than grammar."""


class Counts(Value):
    """Faults of a script; less is better."""

    repeated_words: int
    """Words that a scene says again, and words of sentences that the film said before."""
    same_camera: int
    """Scenes whose camera moves as in the scene before."""
    same_picture: int
    """Scenes that show just what the scene before showed."""
    rushed: Seconds
    """Seconds by which scenes are too short for what is said in them."""

    def no_worse_than(self, other: Counts) -> bool:
        """Whether no count is higher."""
        return all(mine <= theirs for (_, mine), (_, theirs) in zip(self, other, strict=True))

    def in_words(self) -> str:
        """All of them, in one line."""
        return (
            f"{self.repeated_words} repeated words, {self.same_camera} cameras and"
            f" {self.same_picture} pictures as in the scene before, {float(self.rushed):.1f} s too"
            " little to speak"
        )


def counts(screenplay: Screenplay) -> Counts:
    """Count the faults of a script."""
    scenes = screenplay.scenes
    pairs = list(pairwise(scenes))
    language = screenplay.brief.language
    return Counts(
        repeated_words=_repeated(scenes),
        same_camera=sum(bool(a.camera) and a.camera == b.camera for a, b in pairs),
        same_picture=sum(bool(_shown(a)) and _shown(a) == _shown(b) for a, b in pairs),
        rushed=sum((seconds_short(scene, language) for scene in scenes), Fraction(0)),
    )


def content_words(text: str) -> list[str]:
    """The words of a text that are more than grammar, in lower case."""
    return [word for word in re.findall(r"\w+", text.casefold()) if len(word) >= _LONG_WORD]


def seconds_short(scene: Scene, language: str) -> Fraction:
    """By how much a scene is too short for its narration, with room to breathe."""
    if not scene.narration.strip():
        return Fraction(0)
    return max(estimate(scene.narration, language) + ROOM - scene.duration, Fraction(0))


def _repeated(scenes: tuple[Scene, ...]) -> int:
    found = 0
    said: set[str] = set()
    for scene in scenes:
        words = content_words(scene.narration)
        found += len(words) - len(set(words))
        for sentence in sentences(scene.narration):
            plain = " ".join(re.findall(r"\w+", sentence.casefold()))
            found += len(plain.split()) if plain in said else 0
            said.add(plain)
    return found


def _shown(scene: Scene) -> str:
    return " ".join((scene.prompt or scene.description).casefold().split())
