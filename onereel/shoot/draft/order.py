"""One draft to be drawn: everything that its clip depends on, so that any process can draw it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PIL import Image

from ...lettering import Lettering
from ...story.screenplay import Scene
from ...values import FPS, Value, frames
from ..clip_file import RATE
from .ambience import ambience
from .camera import MOVES
from .clip import write_clip
from .look import Look
from .scenery import paint
from .slate import set_slate

__all__ = ["Draw", "Order", "Watch", "draw_here"]


class Order(Value):
    """What a clip shows, for how many frames, and how large."""

    scene: Scene
    look: Look
    width: int
    height: int
    frames: int
    """The handle's are among them."""
    seed: int
    """The scene's own."""
    number: int
    """Of the take."""
    language: str
    fonts: tuple[Path, ...] = ()
    """Font files of the user's own."""
    threads: int = 1
    """That the encoder may have."""


class Watch(Protocol):
    """Whoever counts the frames. Both raise `Cancelled` when the work is to stop."""

    def check(self) -> None:
        """Between two steps."""

    def frame(self) -> None:
        """After each frame."""


class Draw(Protocol):
    """Draws a clip to a file, in `write_pictures`' format, and returns its picture at half time."""

    def __call__(self, order: Order, path: Path, watch: Watch) -> Image.Image:
        """Draw it."""


def draw_here(order: Order, path: Path, watch: Watch) -> Image.Image:
    """Draw in this thread.

    Raises:
        OSError: the file cannot be written.
        Cancelled: from `watch`.
    """
    watch.check()
    piece = paint(order.look, width=order.width, height=order.height, seed=order.seed)
    watch.check()
    slate = set_slate(
        order.scene,
        order.look,
        width=order.width,
        height=order.height,
        number=order.number,
        language=order.language,
        lettering=Lettering(order.fonts),
    )
    sound = ambience(
        order.look.place,
        order.look.weather,
        samples=order.frames * RATE // int(FPS),
        seed=order.seed,
    )
    watch.check()
    return write_clip(
        path,
        piece=piece,
        slate=slate,
        move=MOVES[order.look.camera],
        accent=order.look.palette.accent,
        sound=sound,
        size=(order.width, order.height),
        frames=order.frames,
        scene_frames=frames(order.scene.duration),
        threads=order.threads,
        each_frame=watch.frame,
    )
