"""The characters of a scene as square pictures, which is how IP-Adapters look at them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..cast.character import Character
from ..cast.picture import read_still
from ..home import Home
from .stills.focus import subject_of

__all__ = ["SIDE", "squares"]

SIDE = 512
"""Pixels: CLIP's vision towers look at 224 to 448 of them."""


def squares(people: Sequence[Character], *, home: Home) -> NDArray[np.uint8]:
    """Everybody's pictures ([N, 512, 512, 3], RGB, 0 to 255), each cut around its subject.

    N is 0 where nobody has a picture.

    Raises:
        ReplaceMedia: a picture is gone.
    """
    pictures = [picture for each in people for picture in each.pictures]
    made = [_square(read_still(home.path(picture.name))) for picture in pictures]
    return np.stack(made) if made else np.zeros((0, SIDE, SIDE, 3), np.uint8)


def _square(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    picture = Image.fromarray(pixels)
    side = min(picture.size)
    x, y = subject_of(picture)
    left = round(min(max(x * picture.width - side / 2, 0), picture.width - side))
    top = round(min(max(y * picture.height - side / 2, 0), picture.height - side))
    box = (left, top, left + side, top + side)
    return np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS, box=box), np.uint8)
