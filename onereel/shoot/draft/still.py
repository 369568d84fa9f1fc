"""One picture of a scene, as the draft renderer would film it at half time."""

from __future__ import annotations

from PIL import Image

from ...story.platforms import Resolution, picture_size
from ...story.screenplay import Scene, Screenplay
from ...values import digest
from .brush import Layer, SetPiece
from .camera import MOVES, view_box
from .look import look_of
from .scenery import paint

__all__ = ["draw_still", "scene_seed"]


def scene_seed(scene: Scene, *, seed: int, number: int) -> int:
    """The seed of one scene: each has its own sky and its own waves, whatever else is in the
    film."""
    return int(digest(seed, number, scene.id)[:12], 16)


def draw_still(
    scene: Scene, screenplay: Screenplay, *, resolution: Resolution = "720p", seed: int = 0
) -> Image.Image:
    """Draw a scene (RGB): what its draft of the same seed shows, without the slate."""
    look = look_of(scene, screenplay)
    width, height = picture_size(screenplay.brief.aspect, resolution)
    own = scene_seed(scene, seed=seed, number=scene.take)
    piece = paint(look, width=width, height=height, seed=own)
    return _at_half_time(piece, look.camera, (width, height))


def _at_half_time(piece: SetPiece, camera: str, size: tuple[int, int]) -> Image.Image:
    whole = piece.backdrop.size
    path = MOVES[camera].path
    seen = piece.backdrop.resize(size, Image.Resampling.BILINEAR, view_box(path(0.5, 0.0), *whole))
    for layer in piece.layers:
        box = view_box(path(0.5, layer.depth), *whole)
        mask = _on_set(layer, whole).resize(size, Image.Resampling.BILINEAR, box)
        seen.paste(
            (round(layer.colour[0]), round(layer.colour[1]), round(layer.colour[2])), mask=mask
        )
    return seen


def _on_set(layer: Layer, whole: tuple[int, int]) -> Image.Image:
    mask = Image.new("L", whole)
    mask.paste(layer.mask, (layer.left, layer.top))
    return mask
