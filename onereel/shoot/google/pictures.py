"""The pictures of a shot, as they are sent."""

from __future__ import annotations

from ...cast.picture import Picture
from ...errors import ReplaceMedia
from ...home import Home

__all__ = ["png"]


def png(home: Home, picture: Picture) -> bytes:
    """Read the PNG that was kept of an input picture.

    Raises:
        ReplaceMedia: it is gone.
    """
    try:
        return home.path(picture.name).read_bytes()
    except OSError as error:
        raise ReplaceMedia(
            f"An input picture of this shot, {picture.name}, cannot be read"
            f" ({error.strerror}); connect it anew."
        ) from None
