"""Small real media files and cuts for the tests of sound, captions and interchange."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import soundfile

from onereel.cut.plan import Clip, Cut, Music, PlacedLine
from onereel.home import Home

RATE = 48_000


def new_home(folder: Path) -> Home:
    home = Home(private=folder / "private", media=folder / "media")
    for name in ("takes", "lines", "music"):
        (home.media / name).mkdir(parents=True)
    return home


def noise(seconds: float, *, level: float = 0.1, seed: int = 0, rate: int = RATE, channels=2):
    samples = np.random.default_rng(seed).standard_normal((round(seconds * rate), channels))
    return (samples * level).astype(np.float32)


def tone(seconds: float, pitch: float, *, level: float = 0.2, rate: int = RATE):
    time = np.arange(round(seconds * rate)) / rate
    return np.repeat((level * np.sin(2 * np.pi * pitch * time))[:, None], 2, axis=1)


def sound_file(home: Home, name: str, samples, rate: int = RATE) -> str:
    soundfile.write(home.media / name, samples, rate, subtype="PCM_16")
    return name


def clip_file(home: Home, name: str, seconds: float, samples=None, codec: str = "aac") -> str:
    """A 64 x 36 clip at 24 fps, with `samples` (n, 2) as its sound where given."""
    with av.open(str(home.media / name), "w") as container:
        video = container.add_stream("libx264", rate=24)
        video.width, video.height, video.pix_fmt = 64, 36, "yuv420p"
        audio = None
        if samples is not None:
            audio = container.add_stream(codec, rate=RATE, layout="stereo")
        for number in range(round(seconds * 24)):
            picture = np.full((36, 64, 3), number * 5 % 255, np.uint8)
            container.mux(video.encode(av.VideoFrame.from_ndarray(picture)))
        container.mux(video.encode())
        if audio is not None:
            for start in range(0, len(samples), 1024):
                part = np.ascontiguousarray(samples[start : start + 1024].T.astype(np.float32))
                frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
                frame.sample_rate, frame.pts = RATE, start
                container.mux(audio.encode(frame))
            container.mux(audio.encode())
    return name


def clip(scene: int, start, seconds, media: str, **more) -> Clip:
    return Clip(
        scene_id=f"s{scene}", take_id="t", media=media, start=start, source_out=seconds, **more
    )


def line(scene: int, start, seconds, media: str) -> PlacedLine:
    return PlacedLine(scene_id=f"s{scene}", media=media, start=start, duration=seconds)


def new_cut(clips, lines=(), music: str | None = None, **more) -> Cut:
    return Cut(
        width=64,
        height=36,
        clips=tuple(clips),
        lines=tuple(lines),
        music=Music(media=music) if music else None,
        **more,
    )


def found_at(needle, hay, near: float, *, rate: int = RATE) -> Fraction:
    """Where `needle` lies in `hay` (both mono), by cross-correlation within 0.2 s of `near`."""
    first = max(0, round((near - 0.2) * rate))
    part = hay[first : first + len(needle) + round(0.4 * rate)]
    size = 1 << (len(part) + len(needle)).bit_length()
    product = np.fft.irfft(np.fft.rfft(part, size) * np.conj(np.fft.rfft(needle, size)), size)
    return Fraction(first + int(np.argmax(product[: len(part) - len(needle) + 1])), rate)
