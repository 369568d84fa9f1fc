"""A colour that is seen through: whoever stands before a green screen is cut out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import ImageColor

from ...errors import RevisePresenter

__all__ = ["ColourKey", "key_code"]

_VIVID = 64
"""How far a key colour must stand out of grey, of 255."""
_KEPT, _GONE = 0.1, 0.6
"""Shares of the key's own vividness: up to the first nothing is seen through, from the second on
all is. Screens are lit unevenly, and codecs blur their edges."""


def key_code(colour: str) -> str:
    """A colour as `Presenter.key` has it: "green", "#0f0", "rgb(0, 255, 0)" become #rrggbb.

    Raises:
        RevisePresenter: it is no colour, or too grey to tell somebody from it.
    """
    colour = colour.strip().lower()
    if not colour:
        return ""
    try:
        red, green, blue = ImageColor.getrgb(colour)[:3]
    except ValueError:
        raise RevisePresenter(
            f"{colour[:40]!r} is no colour; write the key colour as green, blue or #00b140."
        ) from None
    code = f"#{red:02x}{green:02x}{blue:02x}"
    if ColourKey.of(code).spill < _VIVID:
        raise RevisePresenter(
            f"The key colour {code} is too grey to tell a face from it; choose a vivid one such as"
            " green or blue."
        )
    return code


@dataclass(frozen=True)
class ColourKey:
    """A key colour, with the channels that it is strong in and those that it is weak in."""

    colour: tuple[int, ...]
    strong: tuple[int, ...]
    weak: tuple[int, ...]
    spill: int
    """How much stronger the weakest strong channel is than the strongest weak one."""

    @classmethod
    def of(cls, code: str) -> ColourKey:
        """The key of a colour in the form #rrggbb."""
        colour = tuple(int(part, 16) for part in re.findall("..", code[1:]))
        middle = (max(colour) + min(colour)) / 2
        strong = tuple(each for each in range(3) if colour[each] > middle)
        weak = tuple(each for each in range(3) if colour[each] <= middle)
        least = min((colour[each] for each in strong), default=0)
        return cls(colour, strong, weak, least - max(colour[each] for each in weak))

    def cut_out(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """See through the colour in a picture ((height, width, 4), premultiplied by alpha).

        What it casts on hair and shoulders goes too.
        """
        colours = image[..., :3].astype(np.int16)
        share = self._spill(colours).astype(np.float32) / self.spill
        opaque = np.clip((_GONE - share) / (_GONE - _KEPT), 0, 1)
        opaque *= image[..., 3].astype(np.float32) / 255
        alpha = np.rint(255 * opaque).astype(np.int16)
        behind = (255 - alpha).astype(np.float32) / 255
        for channel in range(3):
            colours[..., channel] -= np.rint(behind * self.colour[channel]).astype(np.int16)
        np.clip(colours, 0, alpha[..., None], out=colours)
        spill = np.maximum(self._spill(colours), 0)
        for channel in self.strong:
            colours[..., channel] -= spill
        return np.dstack([colours, alpha]).astype(np.uint8)

    def _spill(self, colours: NDArray[np.int16]) -> NDArray[np.int16]:
        strong = colours[..., self.strong].min(axis=-1)
        weak = colours[..., self.weak].max(axis=-1)
        spill: NDArray[np.int16] = strong - weak
        return spill
