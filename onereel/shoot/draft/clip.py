"""One draft clip: the set seen by the moving camera, the slate over it, the place's sound."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ...values import FPS
from .ambience import RATE, Samples
from .brush import SetPiece
from .camera import Move, view_box
from .planes import Planes, flat_colour, overlay_patches
from .slate import Slate

__all__ = ["write_clip"]

_VIDEO = {
    "preset": "ultrafast",
    "crf": "20",
    "g": str(int(FPS)),
    "keyint_min": str(int(FPS)),
    "sc_threshold": "0",
    "bf": "0",
    "flags": "+cgop",
}
"""A keyframe a second, and nothing reaches across one: a copy can begin at any whole second."""
_SAMPLES_PER_FRAME = int(RATE / FPS)
_BAR = flat_colour((255.0, 255.0, 255.0))


class _Shot:
    """Draws the frames of one clip."""

    def __init__(
        self, piece: SetPiece, slate: Slate, move: Move, *, size: tuple[int, int], accent: Any
    ) -> None:
        self._backdrop = Planes.of(piece.backdrop)
        self._layers = piece.layers
        self._patches = overlay_patches(slate.overlay)
        self._timecode = slate.timecode
        self._move, self._size = move, size
        self._accent = flat_colour(accent)
        self._set_size = piece.backdrop.size
        self._still: Planes | None = None

    def frame(self, number: int, *, of: int) -> Planes:
        """Draw frame `number` of a move that takes `of` frames."""
        if self._still is None or self._move.arrow:
            self._still = self._view(number / max(1, of - 1))
        seen = self._still.copy()
        for glyph, corner in self._timecode.at(number):
            seen.lay_mask(glyph, _BAR, corner)
        return seen

    def _view(self, time: float) -> Planes:
        width, height = self._size
        seen = self._backdrop.seen(self._box(time, 0.0), width, height)
        for layer in self._layers:
            seen.lay_flat(layer, self._box(time, layer.depth))
        for patch in self._patches:
            seen.lay(patch)
        return seen

    def progress_bar(self, seen: Planes, share: float) -> None:
        """Draw the scene's own time along the frame's lower edge."""
        width, height = self._size
        thick = 2 * max(1, round(min(width, height) / 360))
        reach = 2 * round(width * min(1.0, share) / 2)
        y, u, v = self._accent
        seen.y.paste(y, (0, height - thick, reach, height))
        half = (0, (height - thick) // 2, reach // 2, height // 2)
        seen.u.paste(u, half)
        seen.v.paste(v, half)

    def _box(self, time: float, depth: float) -> tuple[float, float, float, float]:
        return view_box(self._move.path(time, depth), *self._set_size)


def write_clip(
    path: Path,
    *,
    piece: SetPiece,
    slate: Slate,
    move: Move,
    accent: tuple[float, float, float],
    sound: Samples,
    size: tuple[int, int],
    frames: int,
    scene_frames: int,
    threads: int,
    each_frame: Callable[[], None],
) -> Image.Image:
    """Write the clip and return its picture at half time, RGB.

    H.264 yuv420p at 24 fps with a keyframe a second, and AAC stereo at 48 kHz. `sound` is
    float32 of shape (2, `frames` * 2000). The last `frames - scene_frames` frames are the handle.
    What `each_frame` raises stops the work.
    """
    width, height = size
    shot = _Shot(piece, slate, move, size=size, accent=accent)
    pixels: NDArray[np.uint8] = np.empty((height * 3 // 2, width), np.uint8)
    poster: Image.Image | None = None
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx264", rate=FPS, options=_VIDEO)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        video.thread_count = threads
        video.codec_context.time_base = 1 / FPS
        for name in ("color_primaries", "color_trc", "colorspace", "color_range"):
            # BT.709 (1) for all three, limited range (1): ITU-T H.273.
            setattr(video.codec_context, name, 1)
        audio = container.add_stream(
            "aac", rate=RATE, layout="stereo", options={"aac_coder": "fast"}
        )
        audio.bit_rate = 128_000
        for number in range(frames):
            seen = shot.frame(number, of=frames)
            shot.progress_bar(seen, (number + 1) / scene_frames)
            seen.write(pixels)
            picture = av.VideoFrame.from_ndarray(pixels, format="yuv420p")
            picture.pts, picture.time_base = number, 1 / FPS
            if number == scene_frames // 2:
                poster = picture.to_image()  # type: ignore[no-untyped-call]
            container.mux(video.encode(picture))
            container.mux(audio.encode(_audio_frame(sound, number)))
            each_frame()
        container.mux(video.encode(None))
        container.mux(audio.encode(None))
    if poster is None:
        raise ValueError("a clip has at least one frame")
    return poster


def _audio_frame(sound: Samples, number: int) -> av.AudioFrame:
    """The sound under one frame of picture."""
    start = number * _SAMPLES_PER_FRAME
    part = np.ascontiguousarray(sound[:, start : start + _SAMPLES_PER_FRAME])
    frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
    frame.sample_rate, frame.pts = RATE, start
    frame.time_base = Fraction(1, RATE)
    return frame
