"""Small real clips for tests, and what comes out of files when they are played."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from numpy.typing import NDArray

WIDTH, HEIGHT = 160, 90
RATE = 48_000


def picture(number: int, hue: int, width: int, height: int) -> NDArray[np.uint8]:
    """A moving bar whose place says the frame, on a ground whose colour says the clip."""
    image = np.empty((height, width, 3), np.uint8)
    image[:] = ((hue * 53) % 200, (hue * 91) % 200, (hue * 151) % 200)
    left = (number * 3) % (width - 8)
    image[:, left : left + 8] = 255
    return image


def make_clip(
    path: Path,
    *,
    frames: int = 48,
    hue: int = 1,
    fps: Fraction = Fraction(24),
    size: tuple[int, int] = (WIDTH, HEIGHT),
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    keyint: int = 24,
    b_frames: int = 2,
    options: dict[str, str] | None = None,
    times: Iterable[int] | None = None,
    sound: bool = True,
    rate: int = RATE,
    layout: str = "stereo",
    tone: NDArray[np.float32] | None = None,
    flash: int | None = None,
    turned: int = 0,
) -> Path:
    """Write a clip; `times` are frame times in 1/1000 s, `flash` is a frame that is all white."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, rate=fps)
        stream.width, stream.height = size
        stream.pix_fmt = pix_fmt
        stream.gop_size = keyint
        stream.max_b_frames = b_frames
        base = Fraction(1, 1000) if times is not None else 1 / fps
        stream.codec_context.time_base = base
        stream.options = options or ({"preset": "ultrafast"} if "264" in codec else {})
        if b_frames and codec == "libx264" and options is None:
            stream.options = {"preset": "veryfast", "bf": str(b_frames), "sc_threshold": "0"}
        if turned:
            stream.set_display_rotation(turned)
        track = file.add_stream("aac", rate=rate, layout=layout) if sound else None
        if track is not None:
            samples = tone if tone is not None else hum(Fraction(frames) / fps, hue, rate)
            file.mux(
                [packet for part in _frames(samples, layout, rate) for packet in track.encode(part)]
            )
            file.mux(track.encode(None))
        stamps = list(times) if times is not None else list(range(frames))
        for number, stamp in enumerate(stamps):
            image = picture(number, hue, *size)
            if number == flash:
                image[:] = 255
            frame = VideoFrame.from_ndarray(image, format="rgb24").reformat(format=pix_fmt)
            frame.pts, frame.time_base = stamp, base
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def hum(duration: Fraction, hue: int, rate: int) -> NDArray[np.float32]:
    """A quiet tone whose pitch says the clip."""
    time = np.arange(round(duration * rate)) / rate
    return (0.1 * np.sin(2 * np.pi * (200 + 50 * hue) * time)).astype(np.float32)


def _frames(samples: NDArray[np.float32], layout: str, rate: int) -> Iterable[AudioFrame]:
    channels = 1 if layout == "mono" else 2
    for at in range(0, len(samples), 1024):
        part = np.tile(samples[at : at + 1024], (channels, 1))
        frame = AudioFrame.from_ndarray(part, format="fltp", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
        yield frame


def frame_prints(path: Path) -> list[str]:
    """A fingerprint of every decoded frame, and proof that times rise by whole frames."""
    with av.open(str(path)) as file:
        return [
            hashlib.md5(frame.to_ndarray().tobytes(), usedforsecurity=False).hexdigest()
            for frame in file.decode(video=0)
        ]


def lights(path: Path) -> list[NDArray[np.int64]]:
    """The luma plane of every frame, as stored."""
    with av.open(str(path)) as file:
        return [
            frame.reformat(format="yuv420p").to_ndarray()[: frame.height].astype(np.int64)
            for frame in file.decode(video=0)
        ]


def luma(path: Path) -> NDArray[np.float64]:
    """The mean luma of every frame; black is 16."""
    return np.array([plane.mean() for plane in lights(path)])


def frame_times(path: Path) -> list[Fraction]:
    """When every frame is shown, in seconds."""
    with av.open(str(path)) as file:
        return [frame.pts * frame.time_base for frame in file.decode(video=0)]


def stamps(path: Path) -> list[tuple[Fraction, Fraction]]:
    """Showing and decoding time of every picture packet, in stored order, in seconds."""
    with av.open(str(path)) as file:
        return [
            (packet.pts * packet.time_base, packet.dts * packet.time_base)
            for packet in file.demux(video=0)
            if packet.size
        ]


def heard(path: Path) -> NDArray[np.float32]:
    """The sound as a player plays it: mono at 48 kHz, placed by its time stamps from zero."""
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
    with av.open(str(path)) as file:
        length = round(float(file.duration or 0) / 1e6 * RATE) + RATE
        placed = np.zeros(length, np.float32)
        for frame in file.decode(audio=0):
            at = round(frame.pts * frame.time_base * RATE)
            for piece in resampler.resample(frame):
                samples = piece.to_ndarray().mean(axis=0)
                begin = max(at, 0)
                samples = samples[begin - at :][: length - begin]
                placed[begin : begin + len(samples)] = samples
                at += piece.samples
    return placed


def click(duration: Fraction, at: Fraction, rate: int = RATE) -> NDArray[np.float32]:
    """Silence with a short burst at `at` seconds."""
    samples = np.zeros(round(duration * rate), np.float32)
    begin = round(at * rate)
    count = rate // 200
    samples[begin : begin + count] = 0.8 * np.sin(2 * np.pi * 3000 * np.arange(count) / rate)
    return samples
