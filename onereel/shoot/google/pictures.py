"""The pictures of a shot, as they are sent."""

from __future__ import annotations

from ...cast.picture import Picture
from ...errors import ReplaceMedia
from ...home import Home
from ..shot import Shot

__all__ = ["png"]


def png(home: Home, shot: Shot, picture: Picture) -> bytes:
    """Read the PNG that was kept of an input picture of a shot.

    Raises:
        ReplaceMedia: it is gone.
    """
    try:
        return home.path(picture.name).read_bytes()
    except OSError as error:
        if shot.begins and picture == shot.first:
            # Nobody connected it, and the take that it was taken from is gone as well.
            raise ReplaceMedia(
                f"The frame that this shot begins with, {picture.name}, cannot be read"
                f" ({error.strerror}), and the take that ended with it is gone: accept the frame"
                " with which the scene before ends now, or let the scene begin by itself."
            ) from None
        raise ReplaceMedia(
            f"An input picture of this shot, {picture.name}, cannot be read"
            f" ({error.strerror}); connect it anew."
        ) from None
