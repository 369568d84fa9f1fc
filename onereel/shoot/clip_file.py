"""Clips in the paid models' own format, written picture by picture."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..values import FPS
from .planes import Planes

__all__ = ["DRAFTY", "FINE", "RATE", "Samples", "write_pictures"]

Samples = NDArray[np.float32]
RATE = 48_000
"""Samples a second."""
DRAFTY = {"preset": "ultrafast", "crf": "20"}
FINE = {"preset": "veryfast", "crf": "18"}

_COPYABLE = {
    "g": str(int(FPS)),
    "keyint_min": str(int(FPS)),
    "sc_threshold": "0",
    "bf": "0",
    "flags": "+cgop",
}
"""A keyframe a second, and nothing reaches across one: a copy can begin at any whole second."""
_SAMPLES_PER_FRAME = int(RATE / FPS)


def write_pictures(
    path: Path,
    pictures: Iterable[Planes],
    *,
    size: tuple[int, int],
    quality: dict[str, str],
    threads: int,
    sound: Samples | None = None,
    poster: int = 0,
) -> Image.Image:
    """Write a clip and return its picture number `poster`, RGB.

    H.264 yuv420p at 24 fps with a keyframe a second, and AAC stereo at 48 kHz where there is
    `sound`: float32 of shape (2, 2000 a picture). What `pictures` raises stops the work.
    """
    width, height = size
    pixels: NDArray[np.uint8] = np.empty((height * 3 // 2, width), np.uint8)
    shown: Image.Image | None = None
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx264", rate=FPS, options=quality | _COPYABLE)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        video.thread_count = threads
        video.codec_context.time_base = 1 / FPS
        for name in ("color_primaries", "color_trc", "colorspace", "color_range"):
            # BT.709 (1) for all three, limited range (1): ITU-T H.273.
            setattr(video.codec_context, name, 1)
        audio = None
        if sound is not None:
            fast = {"aac_coder": "fast"}
            audio = container.add_stream("aac", rate=RATE, layout="stereo", options=fast)
            audio.bit_rate = 128_000
        for number, seen in enumerate(pictures):
            seen.write(pixels)
            picture = av.VideoFrame.from_ndarray(pixels, format="yuv420p")
            picture.pts, picture.time_base = number, 1 / FPS
            if number == poster or shown is None:
                shown = picture.to_image()  # type: ignore[no-untyped-call]
            container.mux(video.encode(picture))
            if audio is not None and sound is not None:
                container.mux(audio.encode(_audio_frame(sound, number)))
        container.mux(video.encode(None))
        if audio is not None:
            container.mux(audio.encode(None))
    if shown is None:
        raise ValueError("a clip has at least one picture")
    return shown


def _audio_frame(sound: Samples, number: int) -> av.AudioFrame:
    """The sound under one picture."""
    start = number * _SAMPLES_PER_FRAME
    part = np.ascontiguousarray(sound[:, start : start + _SAMPLES_PER_FRAME])
    frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
    frame.sample_rate, frame.pts = RATE, start
    frame.time_base = Fraction(1, RATE)
    return frame
