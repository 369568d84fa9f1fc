"""Input pictures, kept on disk by what they show."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydantic import Field

from ..errors import ReplaceMedia
from ..files import writing
from ..home import Home
from ..values import Value

__all__ = ["Picture", "keep_picture", "pixels_id"]

_LONGEST_SIDE = 4096
"""Pixels. Models look at far fewer, and a request has room for some 20 MB."""


class Picture(Value):
    """An input picture of a shot, or what a character looks like.

    `pixels` is the digest of its decoded pixels, so that another compression is the same picture;
    `name` is the media name of the PNG that was kept of it.
    """

    pixels: str
    name: str = Field(pattern=r"^pictures/[A-Za-z0-9_-]{1,64}\.png$")


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
    shown = pixels_id(np.asarray(image))
    picture = Picture(pixels=shown, name=f"pictures/{shown}.png")
    path = home.path(picture.name)
    if not path.is_file():
        with writing(path) as temporary:
            image.save(temporary, "PNG")
    return picture


def pixels_id(pixels: NDArray[np.uint8]) -> str:
    """The digest of what a picture ([H, W, 3], RGB) shows, whatever file it came from."""
    height, width = pixels.shape[:2]
    seen = hashlib.sha256(f"{width}x{height} RGB\n".encode())
    seen.update(np.ascontiguousarray(pixels).data)
    return seen.hexdigest()[:32]
