"""Input pictures of shots, kept on disk by what they show."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..errors import ReplaceMedia
from ..files import writing
from ..home import Home
from .shot import Picture

__all__ = ["keep_picture"]

_LONGEST_SIDE = 4096
"""Pixels. Models look at far fewer, and a request has room for some 20 MB."""


def keep_picture(pixels: NDArray[np.uint8], *, home: Home) -> Picture:
    """Keep a picture ([H, W, 3], RGB, 0 to 255) under the digest of its pixels.

    Raises:
        ReplaceMedia: it is empty.
        StorageError: it cannot be written.
    """
    if pixels.ndim != 3 or pixels.shape[2] != 3 or not pixels.size:
        raise ReplaceMedia("This picture is empty; connect one that shows something.")
    image = Image.fromarray(pixels)
    if max(image.size) > _LONGEST_SIDE:
        image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    seen = hashlib.sha256(f"{image.width}x{image.height} RGB\n".encode())
    seen.update(image.tobytes())
    picture = Picture(pixels=seen.hexdigest()[:32], name=f"pictures/{seen.hexdigest()[:32]}.png")
    path = home.path(picture.name)
    if not path.is_file():
        with writing(path) as temporary:
            image.save(temporary, "PNG")
    return picture
