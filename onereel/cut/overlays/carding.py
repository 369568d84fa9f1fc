"""Cards over the film's frames: where their words stand, how they look, how they come and go."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ...lettering import Block, Lettering
from ...story.platforms import SafeArea
from ...values import frames
from ..plan import Card, Cut, Presenter
from .burn import shadow
from .overlay import Overlay
from .placing import box_of

__all__ = ["Carding", "room_of"]

_WHITE = (250, 250, 250)
_QUIET = (232, 232, 234)
_INK = (8, 9, 12)
_DIM = 118
"""How dark the picture gets below the words, of 255."""
_SIDE, _EDGE = 0.08, 0.06
"""Of the picture's width and height that words leave free, beyond what a platform covers."""
_LARGE, _SMALL = 0.1, 0.46
"""A title's em, of the picture's shorter side; that of the rows below, of the title's."""
_LARGE_ROWS, _SMALL_ROWS = 3, 4
_SMALLEST = 0.35
"""Of the usual size: words are shrunk before any is cut off."""
_STEP, _LEAST_EM = 0.9, 8.0
"""By which words are made smaller until they are not too tall, down to so many pixels."""
_BETWEEN = 0.55
"""From the title to the rows below, in its ems."""
_TALLEST = 0.68
"""Of the room that the title may fill where rows stand below it."""
_FADE = Fraction(2, 5)
"""Seconds in which a card comes or goes; the first frame of a film has its title already."""


@dataclass(frozen=True)
class Room:
    """Where a card's words may stand, in pixels from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


def room_of(card: Card, cut: Cut, floor: float) -> Room:
    """What a card's words have to themselves: clear of what the film's platform covers, of captions
    below `floor` (pixels from the top), and of whoever presents meanwhile."""
    safe = cut.safe or SafeArea()
    room = Room(
        left=(safe.left + _SIDE) * cut.width,
        top=(safe.top + _EDGE) * cut.height,
        right=(1 - safe.right - _SIDE) * cut.width,
        bottom=min(floor, (1 - safe.bottom) * cut.height) - _EDGE / 2 * cut.height,
    )
    for presenter in cut.presenters:
        if presenter.place != "full frame" and _meets(presenter, card, cut):
            room = _beside(room, presenter, cut, floor)
    return room


def _meets(presenter: Presenter, card: Card, cut: Cut) -> bool:
    return any(
        clip.scene_id in presenter.scenes and clip.start < card.end and clip.end > card.start
        for clip in cut.clips
    )


def _beside(room: Room, presenter: Presenter, cut: Cut, floor: float) -> Room:
    """The largest part of a room that a presenter leaves: beside it, or above or below it."""
    box = box_of(presenter, cut, floor)
    gap = _EDGE / 2 * min(cut.width, cut.height)
    left = presenter.corner.endswith("left")
    rest = [
        Room(max(room.left, box.x + box.width + gap), room.top, room.right, room.bottom)
        if left
        else Room(room.left, room.top, min(room.right, box.x - gap), room.bottom),
        Room(room.left, room.top, room.right, min(room.bottom, box.y - gap)),
        Room(room.left, max(room.top, box.y + box.height + gap), room.right, room.bottom),
    ]
    return max(rest, key=lambda each: min(each.right - each.left, 2 * (each.bottom - each.top)))


class Carding:
    """The `Overlays` of a Cut's cards.

    Raises:
        InstallFont, InstallPart: from the constructor, for words that no face here can draw.
    """

    def __init__(self, cut: Cut, lettering: Lettering, *, floor: float) -> None:
        """Plan them; below `floor`, in pixels from the top, captions stand."""
        self._cut = cut
        self._lettering = lettering
        self._floor = floor
        self._drawn: tuple[Card, NDArray[np.uint8]] | None = None
        for card in cut.cards:
            lettering.check(card.text, language=card.language)

    @property
    def spans(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """When cards stand, in seconds, end excluded."""
        return tuple((card.start, card.end) for card in self._cut.cards)

    def overlays(self, time: Fraction) -> tuple[Overlay, ...]:
        """The card over the frame that begins at `time` in seconds, if there is one."""
        card = next((each for each in self._cut.cards if each.start <= time < each.end), None)
        if card is None:
            return ()
        share = self._share(card, time)
        image = self._picture(card)
        if share < 1:
            image = (image * float(share) + 0.5).astype(np.uint8)
        key = f"card:{card.start}:{share}:{card.text}"
        return (Overlay(key=key, x=0, y=0, image=image, premultiplied=True),)

    def close(self) -> None:
        """Nothing is open."""
        self._drawn = None

    def _share(self, card: Card, time: Fraction) -> Fraction:
        """How much of a card is seen, 0 to 1: it neither comes before a film nor goes after it."""
        fps = self._cut.fps
        steps = min(frames(_FADE, fps), frames(card.end - card.start, fps) // 3)
        first, last = frames(card.start, fps), frames(card.end, fps)
        frame = frames(time, fps)
        rising = Fraction(frame - first + 1, steps + 1) if first else Fraction(1)
        ends = last >= frames(self._cut.duration, fps)
        falling = Fraction(1) if ends else Fraction(last - frame, steps + 1)
        return min(rising, falling, Fraction(1))

    def _picture(self, card: Card) -> NDArray[np.uint8]:
        """The whole frame, premultiplied: each card is set once."""
        if self._drawn is None or self._drawn[0] != card:
            self._drawn = card, np.asarray(self._draw(card).convert("RGBa"))
        return self._drawn[1]

    def _draw(self, card: Card) -> Image.Image:
        cut = self._cut
        room = room_of(card, cut, self._floor)
        large, small = self._blocks(card, room)
        gap = _BETWEEN * large.size if small else 0.0
        height = large.height + gap + (small.height if small else 0)
        middle = (room.left + room.right) / 2
        top = (room.top + room.bottom - height) / 2
        letters = Image.new("RGBA", (cut.width, cut.height), (*_INK, 0))
        large.draw(letters, (middle - large.width / 2, top), fill=_WHITE)
        if small:
            below = top + large.height + gap
            small.draw(letters, (middle - small.width / 2, below), fill=_QUIET)
        picture = Image.new("RGBA", letters.size, (*_INK, _DIM))
        picture.alpha_composite(shadow(letters, large.size))
        picture.alpha_composite(letters)
        return picture

    def _blocks(self, card: Card, room: Room) -> tuple[Block, Block | None]:
        first, _, rest = card.text.partition("\n")
        size = _LARGE * min(self._cut.width, self._cut.height)
        wide, tall = max(room.right - room.left, 16.0), max(room.bottom - room.top, 16.0)
        most = tall * (_TALLEST if rest else 1)
        large = self._fitting(first, card, size, wide, most, rows=_LARGE_ROWS)
        if not rest:
            return large, None
        left = tall - large.height - _BETWEEN * large.size
        small = self._fitting(rest, card, _SMALL * large.size, wide, left, rows=_SMALL_ROWS)
        return large, small

    def _fitting(
        self, text: str, card: Card, size: float, wide: float, tall: float, *, rows: int
    ) -> Block:
        """The words as large as they fit into a width and a height."""
        while True:
            block = self._lettering.block(
                text,
                size=size,
                width=wide,
                max_lines=rows,
                weight="bold",
                align="center",
                language=card.language,
                smallest=_SMALLEST,
            )
            if block.height <= tall or size <= _LEAST_EM:
                return block
            size = max(size * _STEP, _LEAST_EM)
