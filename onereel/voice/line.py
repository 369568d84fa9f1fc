"""The Line: the spoken narration of one scene."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from ..values import Document, Seconds, Value

__all__ = ["Line", "Word"]


class Word(Value):
    """One spoken word, in seconds from the start of its line."""

    text: str
    start: Seconds
    end: Seconds


class Line(Document):
    """The voice of one scene: a mono FLAC file, measured to the sample."""

    NAME: ClassVar[str] = "line"

    scene_id: str
    text: str
    """What is read on the screen."""
    script: str = ""
    """The scene's narration, where that says more than `text`: names, pauses, stress."""
    language: str
    engine: str
    voice: str
    audio: str
    """The media name of the sound (`Home.path`)."""
    rate: int = Field(gt=0)
    """Samples per second."""
    samples: int = Field(gt=0)
    words: tuple[Word, ...] = ()

    @property
    def narration(self) -> str:
        """The narration of the scene that it speaks."""
        return self.script or self.text

    @property
    def duration(self) -> Fraction:
        """Exact length in seconds."""
        return Fraction(self.samples, self.rate)
