"""Stills by an image model: one a scene, for a storyboard, for first frames, for moved stills."""

from .draw import Drawn, draw_scenes
from .drawing import Drawing, DrawingOptions, Wanted, drawings
from .price import DrawingPrice, price_film

__all__ = [
    "Drawing",
    "DrawingOptions",
    "DrawingPrice",
    "Drawn",
    "Wanted",
    "draw_scenes",
    "drawings",
    "price_film",
]
