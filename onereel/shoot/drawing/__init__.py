"""Stills by an image model: one a scene, for a storyboard, for first frames, for moved stills."""

from .card import Still, check_stills, drawn_card, stills_of, stills_on_disk
from .draw import Drawn, draw_scenes
from .drawing import Drawing, DrawingOptions, Wanted, drawings
from .film import DrawnFilm, shoot_drawn
from .price import DrawingPrice, price_film

__all__ = [
    "Drawing",
    "DrawingOptions",
    "DrawingPrice",
    "Drawn",
    "DrawnFilm",
    "Still",
    "Wanted",
    "check_stills",
    "draw_scenes",
    "drawings",
    "drawn_card",
    "price_film",
    "shoot_drawn",
    "stills_of",
    "stills_on_disk",
]
