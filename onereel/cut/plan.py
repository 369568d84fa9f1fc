"""The Cut: the edit decision list of a film. Pure data; no pixel is touched here."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from pydantic import Field

from ..story.platforms import SafeArea
from ..story.screenplay import Transition
from ..values import FPS, Document, Seconds, Value

__all__ = [
    "MUTE_DB",
    "Caption",
    "CaptionMode",
    "Captions",
    "Card",
    "CardMode",
    "Clip",
    "Corner",
    "Cut",
    "Loudness",
    "Music",
    "PlacedLine",
    "Presenter",
    "PresenterPlace",
]

MUTE_DB = -120.0

CaptionMode = Literal["off", "soft", "burned"]
CardMode = Literal["off", "title", "end", "title and end"]
PresenterPlace = Literal["corner circle", "side panel", "full frame"]
Corner = Literal["bottom right", "bottom left", "top right", "top left"]


class Clip(Value):
    """A piece of one take, on the film's time line. All times in seconds.

    It plays source time `source_in` to `source_out` at `speed`, then holds its last frame for
    `hold`. Its length on the time line is `(source_out - source_in) / speed + hold`. A transition
    of length `overlap` begins with the clip and lies over the end of the clip before it.
    """

    scene_id: str
    take_id: str
    media: str
    start: Seconds
    source_in: Seconds = Fraction(0)
    source_out: Seconds
    speed: Seconds = Fraction(1)
    hold: Seconds = Fraction(0)
    transition: Transition = "cut"
    overlap: Seconds = Fraction(0)
    gain_db: float = 0.0
    """Of the clip's own sound; `MUTE_DB` and less is silence."""
    draft: bool = False
    made_by: str = ""
    """The video model that made it; empty where none did."""

    @property
    def duration(self) -> Fraction:
        """Length on the time line."""
        return (self.source_out - self.source_in) / self.speed + self.hold

    @property
    def end(self) -> Fraction:
        """Where it ends on the time line."""
        return self.start + self.duration


class PlacedLine(Value):
    """A spoken line at its place on the time line."""

    scene_id: str
    media: str
    start: Seconds
    duration: Seconds
    gain_db: float = 0.0


class Music(Value):
    """Music under the whole film: looped to its end, faded, and ducked under the voice."""

    media: str
    gain_db: float = -14.0
    duck_db: float = -10.0
    fade_in: Seconds = Fraction(1, 2)
    fade_out: Seconds = Fraction(2)


class Caption(Value):
    """Words on the screen from `start` to `end`, at most two lines."""

    text: str
    start: Seconds
    end: Seconds


class Captions(Value):
    """The film's captions and how they are shown."""

    mode: CaptionMode = "soft"
    language: str = "en"
    items: tuple[Caption, ...] = ()


class Card(Value):
    """Large words over the darkened picture from `start` to `end`: a title, or the film's end.

    The first row of `text` is large, those after it are small.
    """

    text: str = Field(min_length=1)
    start: Seconds
    end: Seconds
    language: str = "en"


class Presenter(Value):
    """Somebody in the picture, over the scenes that are named, who speaks their lines.

    `media` is a picture (PNG) or a clip, whose own sound is not heard. A clip begins with the line
    of its scene: its first frame stands until then, it starts anew where the line outlasts it by
    more than half a second, and stands still half a second after the line.
    """

    media: str
    scenes: tuple[str, ...] = Field(min_length=1)
    place: PresenterPlace = "corner circle"
    corner: Corner = "bottom right"
    """Of a circle; a side panel stands on the same side."""
    size: float = Field(default=1.0, ge=0.3, le=3)
    """1 is the usual size of the place."""
    key: str = Field(default="", pattern=r"^(#[0-9a-f]{6})?$")
    """The colour that is seen through, such as #00ff00; empty for none."""
    moves: bool = True
    """Whether it is scaled and tilted by the loudness of the voice."""

    @property
    def is_picture(self) -> bool:
        """Whether `media` is a picture; else it is a clip."""
        return self.media.endswith(".png")


class Loudness(Value):
    """What the mix is brought to (EBU R 128, ITU-R BS.1770)."""

    integrated: float = Field(default=-14.0, ge=-40, le=-5)
    """LUFS."""
    peak: float = Field(default=-1.0, ge=-20, le=0)
    """dBTP."""


class Cut(Document):
    """Which clip plays when, which line starts when, music, captions, presenters and
    cards.

    Functions take a Cut and return a new one; `render()` makes the film.
    """

    NAME: ClassVar[str] = "cut"

    title: str = ""
    film_id: str = ""
    width: int
    height: int
    fps: Seconds = FPS
    clips: tuple[Clip, ...] = Field(min_length=1)
    lines: tuple[PlacedLine, ...] = ()
    music: Music | None = None
    captions: Captions | None = None
    presenters: tuple[Presenter, ...] = ()
    """At most one over each scene."""
    cards: tuple[Card, ...] = Field(default=(), exclude_if=lambda cards: not cards)
    loudness: Loudness = Loudness()
    safe: SafeArea | None = Field(default=None, exclude_if=lambda safe: safe is None)
    """What the film's platform covers of its pictures; None where nobody knows."""
    reencode: bool = False
    """Encode every frame anew, for players that dislike mixed tracks."""

    @property
    def duration(self) -> Fraction:
        """Length of the film in seconds: where the last clip ends."""
        return max(clip.end for clip in self.clips)
