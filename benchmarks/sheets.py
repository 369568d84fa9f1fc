"""A film of every template in two shapes: its sound measured, and a contact sheet to look at.

    python -m benchmarks.sheets FOLDER [TEMPLATE...]

Each sheet, FOLDER/TEMPLATE-SHAPE.png, has a frame of each scene, from its middle. Loudness and true
peak are EBU R 128's; silence is what stays below -50 dBFS, over 20 ms.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from onereel.cut.sound.loudness import Meter
from onereel.cut.sound.sounds import RATE
from onereel.film import Film, make_film
from onereel.home import Home
from onereel.options import FilmOptions
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.templates.template import BUILT_IN

IDEAS = {
    "explainer": "How do bees find their way home?",
    "story": "A lighthouse keeper finds a message in a bottle",
    "product": "A lamp that wakes you with your own sunrise",
    "documentary": "The last ferry across the Rhine",
    "listicle": "Five reasons to sleep with the window open",
    "trailer": "Two rival bakers must share one oven",
    "poem": "The first snow over the harbour",
    "news": "The town library opens a room for repairs",
    "howto": "How to brew green tea: 1. Boil water. 2. Let it cool. 3. Steep for two minutes.",
    "quote": '"The sea is everything." Jules Verne',
    "musicvideo": "A night drive through neon rain",
    "lesson": "Why the moon has phases",
}
SHAPES = ("16:9", "9:16")
_QUIET = 10 ** (-50 / 20)
_WINDOW = RATE // 50


def make(template: str, shape: str, folder: Path) -> Film:
    """Make one film of 24 s at 480p with captions in the picture."""
    brief = Brief(idea=IDEAS[template], template=template, aspect=shape, duration=24)
    work = Work(Home(private=folder / "private", media=folder / "media"))
    options = FilmOptions(resolution="480p", captions="burned")
    return asyncio.run(make_film(brief, folder / "film.mp4", options=options, work=work))


def blocks(path: Path) -> Iterator[NDArray[np.float32]]:
    """The film's sound, (2, n) at 48 kHz."""
    resampler = AudioResampler(format="fltp", layout="stereo", rate=RATE)
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            for part in resampler.resample(frame):
                yield part.to_ndarray()


def heard(path: Path) -> tuple[float, float, float]:
    """Integrated loudness in LUFS, true peak in dBTP, the longest silence in seconds."""
    meter = Meter()
    loud: list[NDArray[np.bool_]] = []
    rest = np.zeros((2, 0), np.float32)
    for block in blocks(path):
        meter.push(block)
        rest = np.concatenate([rest, block], axis=1)
        whole = rest.shape[1] // _WINDOW * _WINDOW
        windows = rest[:, :whole].reshape(2, -1, _WINDOW)
        loud.append(np.sqrt((windows**2).mean(axis=(0, 2))) > _QUIET)
        rest = rest[:, whole:]
    level = meter.finish()
    edges = np.flatnonzero(np.concatenate([[True], *loud, [True]]))
    silence = (np.diff(edges).max() - 1) * _WINDOW / RATE
    return level.integrated or -np.inf, level.peak, float(silence)


def middles(film: Film) -> list[Image.Image]:
    """A frame from the middle of each scene."""
    wanted = [float(clip.start + clip.duration / 2) for clip in film.cut.clips]
    frames: list[Image.Image] = []
    with av.open(str(film.reel.path)) as container:
        stream = container.streams.video[0]
        for frame in container.decode(stream):
            if len(frames) < len(wanted) and frame.time >= wanted[len(frames)]:
                frames.append(frame.to_image())
    return frames


def sheet(film: Film, path: Path) -> None:
    """Draw a frame from the middle of each scene."""
    clips, frames = film.cut.clips, middles(film)
    width, height = frames[0].size
    columns = 3 if width > height else 5
    rows = -(-len(frames) // columns)
    board = Image.new("RGB", (columns * (width + 8), rows * (height + 24)), "white")
    draw = ImageDraw.Draw(board)
    for at, (clip, frame) in enumerate(zip(clips, frames, strict=True)):
        x, y = at % columns * (width + 8), at // columns * (height + 24)
        board.paste(frame, (x, y + 16))
        draw.text((x, y + 2), f"{clip.scene_id} {float(clip.duration):.1f} s", "black")
    board.save(path)


def main(arguments: list[str]) -> None:
    """Print the table, and leave the sheets in the folder that is named."""
    folder, names = Path(arguments[0]), arguments[1:] or list(BUILT_IN)
    folder.mkdir(parents=True, exist_ok=True)
    print("| film | shape | scenes | s | LUFS | dBTP | longest silence, s |")
    print("|---|---|---|---|---|---|---|")
    for template in names:
        for shape in SHAPES:
            with tempfile.TemporaryDirectory() as temporary:
                film = make(template, shape, Path(temporary))
                loudness, peak, silence = heard(film.reel.path)
                sheet(film, folder / f"{template}-{shape.replace(':', 'x')}.png")
            seconds = float(film.reel.duration)
            print(
                f"| {template} | {shape} | {len(film.screenplay.scenes)} | {seconds:.1f}"
                f" | {loudness:.1f} | {peak:.1f} | {silence:.2f} |",
                flush=True,
            )
            words = [scene.narration for scene in film.screenplay.scenes]
            print(*words, sep="\n  ", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
