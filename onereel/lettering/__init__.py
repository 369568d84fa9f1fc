"""Lettering: text drawn into pictures, in every script that a face on this machine covers."""

from .faces import Face, Faces
from .layout import Align, Block, Lettering
from .scripts import Weight

__all__ = ["Align", "Block", "Face", "Faces", "Lettering", "Weight"]
