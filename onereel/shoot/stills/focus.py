"""What a picture shows: the middle of its largest subject, found without a model."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

__all__ = ["subject_of"]

_SIDE = 64
"""Pixels of the longer side of the picture that is looked at: a subject is no detail."""
_SMOOTH = 1.5
_STANDS_OUT = 2.0
"""Times the mean saliency from which a spot belongs to a subject (Achanta et al., 3.4)."""
_MIDDLE = 0.55
"""How far from the middle, in half diagonals, a subject is half as likely to be meant."""


def subject_of(picture: Image.Image) -> tuple[float, float]:
    """The middle of the largest subject, in parts of the width and height (0 to 1).

    Saliency is the distance of each spot's colour from the picture's mean colour (Achanta, Hemami,
    Estrada, Susstrunk: Frequency-tuned Salient Region Detection, CVPR 2009), weighted towards the
    middle, where photographers put what they mean. A picture of one colour is looked at in its
    middle.
    """
    small = picture.convert("RGB")
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    mask = _salient(small)
    if not mask.any():
        return (0.5, 0.5)
    rows, columns = _largest(mask)
    return (
        float(columns.mean() + 0.5) / small.width,
        float(rows.mean() + 0.5) / small.height,
    )


def _salient(small: Image.Image) -> NDArray[np.bool_]:
    lab = np.asarray(small.filter(ImageFilter.GaussianBlur(_SMOOTH)).convert("YCbCr"), np.float64)
    distance = np.linalg.norm(lab - lab.mean(axis=(0, 1)), axis=2)
    height, width = distance.shape
    y = (np.arange(height) + 0.5) / height * 2 - 1
    x = (np.arange(width) + 0.5) / width * 2 - 1
    away = np.sqrt((y[:, None] ** 2 + x[None, :] ** 2) / 2)
    weighted = distance * 0.5 ** ((away / _MIDDLE) ** 2)
    mean = float(weighted.mean())
    # Noise has salient pixels too; a subject differs by more than a shade.
    salient: NDArray[np.bool_] = (weighted > _STANDS_OUT * mean) & (distance > 4)
    return salient


def _largest(mask: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows and columns of the largest connected part."""
    left = mask.copy()
    best: list[tuple[int, int]] = []
    for start in zip(*np.nonzero(mask), strict=True):
        if left[start]:
            part = _flooded(left, (int(start[0]), int(start[1])))
            best = max(best, part, key=len)
    rows, columns = np.array(best).T
    return rows, columns


def _flooded(left: NDArray[np.bool_], start: tuple[int, int]) -> list[tuple[int, int]]:
    """Take everything connected with `start` out of `left`, and return it."""
    left[start] = False
    part, border = [start], deque([start])
    while border:
        row, column = border.popleft()
        for y in range(max(0, row - 1), min(left.shape[0], row + 2)):
            for x in range(max(0, column - 1), min(left.shape[1], column + 2)):
                if left[y, x]:
                    left[y, x] = False
                    part.append((y, x))
                    border.append((y, x))
    return part
