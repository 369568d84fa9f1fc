"""Input pictures, kept on disk by what they show."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from pydantic import Field

from ..errors import ReplaceMedia
from ..files import writing
from ..home import Home
from ..values import Value

__all__ = [
    "STILLS",
    "Picture",
    "check_portrait_size",
    "keep_picture",
    "keep_portrait",
    "pixels_id",
    "read_still",
    "upright_still",
]

STILLS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
"""Kinds of pictures. Others that Pillow reads are documents, or run programs."""
_MOST_MILLIONS = 40
"""Of pixels."""
_SMALLEST = 64
"""Pixels of a character's picture: models see nothing in fewer."""
_LONGEST_SIDE = 4096
"""Pixels. Models look at far fewer, and a request has room for some 20 MB."""


class Picture(Value):
    """An input picture of a shot, or what a character looks like.

    `pixels` is the digest of its decoded pixels, so that another compression is the same picture;
    `name` is the media name of the PNG that was kept of it.
    """

    pixels: str
    name: str = Field(pattern=r"^pictures/[A-Za-z0-9_-]{1,64}\.png$")


def read_still(file: Path, *, longest: int = _LONGEST_SIDE) -> NDArray[np.uint8]:
    """Read a picture file, upright and in RGB ([H, W, 3], 0 to 255), on white where it is clear.

    Args:
        longest: pixels of its longer side; a larger picture is made as small.

    Raises:
        ReplaceMedia: it is damaged, no picture, or has more than 40 million pixels.
    """
    picture = _on_white(upright_still(file))
    picture.thumbnail((longest, longest))
    return np.asarray(picture, np.uint8)


def upright_still(file: Path) -> Image.Image:
    """Read a picture file, upright, with its alpha; raises as `read_still` does."""
    try:
        with Image.open(file, formats=STILLS) as still:
            _not_too_large(*still.size)
            return ImageOps.exif_transpose(still)
    except Image.DecompressionBombError:
        raise ReplaceMedia(
            f"This picture has far too many pixels; choose one of at most {_MOST_MILLIONS} million."
        ) from None
    except (OSError, ValueError):
        raise ReplaceMedia("This picture is damaged, or none; choose another.") from None


def check_portrait_size(width: int, height: int) -> None:
    """Make sure that a picture of somebody is neither too small to see nor too large to keep.

    Raises:
        ReplaceMedia: a side has fewer than 64 pixels, or both together more than 40 million.
    """
    if min(height, width) < _SMALLEST:
        raise ReplaceMedia(
            f"This picture has only {width} x {height} pixels; choose one of at least"
            f" {_SMALLEST} x {_SMALLEST}, better 512 x 512."
        )
    _not_too_large(width, height)


def _not_too_large(width: int, height: int) -> None:
    if width * height > _MOST_MILLIONS * 1_000_000:
        raise ReplaceMedia(
            f"This picture has {width} x {height} pixels; choose one of at most {_MOST_MILLIONS}"
            " million."
        )


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture.convert("RGBA")).convert("RGB")


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


def keep_portrait(pixels: NDArray[np.uint8], *, home: Home) -> Picture:
    """Keep what a character looks like ([H, W, 3], RGB, 0 to 255).

    Raises:
        ReplaceMedia: a side has fewer than 64 pixels, or both together more than 40 million.
        StorageError: it cannot be written.
    """
    height, width = pixels.shape[:2]
    check_portrait_size(width, height)
    return keep_picture(pixels, home=home)


def pixels_id(pixels: NDArray[np.uint8]) -> str:
    """The digest of what a picture ([H, W, 3 or 4]) shows, whatever file it came from."""
    height, width = pixels.shape[:2]
    seen = hashlib.sha256(f"{width}x{height} RGB\n".encode())
    seen.update(np.ascontiguousarray(pixels).data)
    return seen.hexdigest()[:32]
