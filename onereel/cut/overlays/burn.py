"""Captions burned into the picture, in one style: white, outlined, over a soft shadow."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from ...lettering import Block, Lettering
from ...story.screenplay import Screenplay
from ..plan import Caption, Cut
from .caption_place import CaptionPlace
from .overlay import Overlay

__all__ = ["Burner", "check_letters", "shadow"]

_WHITE = (250, 250, 250)
_INK = (8, 9, 12)
_OUTLINE, _SHADOW_REACH, _SHADOW_DROP, _PAD = 0.055, 0.26, 0.05, 0.9
"""In ems."""

_OUTLINE_ALPHA, _SHADOW_ALPHA = 220, 0.66
_SMALLEST = 0.4
"""Of the usual size: words are shrunk before any is cut off."""


def check_letters(screenplay: Screenplay, *, fonts: Sequence[Path] = ()) -> None:
    """Make sure that a film's captions can be burned in before anything of it is shot.

    `fonts` are faces of the user's own.

    Raises:
        InstallFont: the narration has letters that no face here can draw.
    """
    lettering = Lettering(fonts)
    for scene in screenplay.scenes:
        lettering.check(scene.narration, language=screenplay.brief.language)


class Burner:
    """The `Overlays` of a Cut's captions.

    Each caption is set once, when its first frame is drawn, and dropped when another comes.

    Raises:
        InstallFont, InstallPart: from the constructor, for words that no face here can draw.
    """

    def __init__(self, cut: Cut, lettering: Lettering) -> None:
        captions = cut.captions
        shown = captions.items if captions and captions.mode == "burned" else ()
        self._language = captions.language if captions else "en"
        self._items = tuple(sorted(shown, key=lambda caption: caption.start))
        self._starts = [caption.start for caption in self._items]
        self._width, self._height = cut.width, cut.height
        self._place = CaptionPlace.of(cut)
        self._lettering = lettering
        self._drawn: tuple[Caption, Overlay] | None = None
        for caption in self._items:
            lettering.check(caption.text, language=self._language)

    @property
    def spans(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """When captions stand, in seconds, end excluded."""
        return tuple((caption.start, caption.end) for caption in self._items)

    def overlays(self, time: Fraction) -> tuple[Overlay, ...]:
        """The caption over the frame that begins at `time` in seconds; none between captions."""
        index = bisect.bisect_right(self._starts, time) - 1
        if index < 0 or time >= self._items[index].end:
            return ()
        caption = self._items[index]
        if self._drawn is None or self._drawn[0] != caption:
            self._drawn = (caption, self._draw(caption.text))
        return (self._drawn[1],)

    def close(self) -> None:
        """Nothing is open."""

    @property
    def top(self) -> float:
        """Where the letters of the tallest caption begin, in pixels from the top."""
        tallest = max((self._set(caption.text).height for caption in self._items), default=0)
        return self._height - self._place.bottom - tallest

    def _set(self, text: str) -> Block:
        return self._lettering.block(
            text,
            size=self._place.size,
            width=self._place.widest(self._width),
            max_lines=max(2, text.count("\n") + 1),
            weight="bold",
            align="center",
            language=self._language,
            smallest=_SMALLEST,
        )

    def _draw(self, text: str) -> Overlay:
        block = self._set(text)
        pad = round(_PAD * self._place.size)
        # Even places and sizes: each chroma sample belongs wholly to the patch.
        width = (block.width + 2 * pad + 1) // 2 * 2
        height = (block.height + 2 * pad + 1) // 2 * 2
        letters = Image.new("RGBA", (width, height), (*_INK, 0))
        block.draw(
            letters,
            ((width - block.width) / 2, pad),
            fill=_WHITE,
            stroke=(*_INK, _OUTLINE_ALPHA),
            stroke_width=_OUTLINE * block.size,
        )
        picture = shadow(letters, block.size)
        picture.alpha_composite(letters)
        x = round((2 * self._place.middle(self._width) - width) / 4) * 2
        y = round(self._height - self._place.bottom - block.height - pad) // 2 * 2
        return Overlay(key=f"caption:{text}", x=x, y=y, image=np.asarray(picture, np.uint8))


def shadow(letters: Image.Image, size: float) -> Image.Image:
    """The letters' shadow: wide enough to calm a busy picture, too soft to be seen as a box."""
    alpha = letters.getchannel("A")
    near = alpha.filter(ImageFilter.GaussianBlur(_SHADOW_REACH * size / 2))
    wide = alpha.filter(ImageFilter.GaussianBlur(_SHADOW_REACH * size))
    dark = np.maximum(np.asarray(near, np.float32), 1.3 * np.asarray(wide, np.float32))
    dark = np.minimum(dark * _SHADOW_ALPHA, 255)
    drop = max(1, round(_SHADOW_DROP * size))
    dark = np.vstack([np.zeros((drop, dark.shape[1]), np.float32), dark[:-drop]])
    shadow = Image.new("RGBA", letters.size, (*_INK, 0))
    shadow.putalpha(Image.fromarray(dark.astype(np.uint8)))
    return shadow
