"""Shoot Stills at 1080p against ffmpeg's zoompan: speed, and how evenly the picture moves.

    python -m benchmarks.stills [ROUNDS]

Both push 10 % into the same picture of 3000 x 2000 pixels in 8.5 s and encode with x264 veryfast,
crf 18. The jitter is what is left of a dot's way when a smooth curve (a polynomial of degree 5) is
taken off: the root mean square, in pixels of the film.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw

from benchmarks.media import alternate, ffmpeg
from onereel.home import Home
from onereel.shoot.stills import shoot_stills
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay

__all__ = ["jitter", "make_picture"]

_SECONDS = 8
_FRAMES = 24 * _SECONDS + 12


def make_picture(path: Path) -> None:
    """A picture with large and small detail, and a white dot that can be followed."""
    noise = np.random.default_rng(4).integers(40, 110, (100, 150, 3)).astype(np.uint8)
    picture = Image.fromarray(noise).resize((3000, 2000), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for x in range(0, 3000, 60):
        draw.line((x, 0, x + 200, 2000), fill=(20, 30, 60), width=2)
    draw.ellipse((600, 500, 760, 660), fill="white")
    picture.save(path)


def zoompan(picture: Path, clip: Path) -> None:
    """What a film maker would type."""
    zoom = f"zoompan=z='1+0.1*on/{_FRAMES}':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2'"
    ffmpeg(
        *("-loop", "1", "-framerate", "24", "-i", picture),
        *("-vf", f"crop=3000:1688,{zoom}:d=1:s=1920x1080:fps=24,format=yuv420p"),
        *("-frames:v", str(_FRAMES), "-c:v", "libx264", "-preset", "veryfast", "-crf", "18"),
        *("-g", "24", "-bf", "0", clip),
    )


def stills(picture: Path, folder: Path) -> Path:
    """The same by Shoot Stills; every call shoots anew."""
    home = Home(private=folder / "private", media=Path(tempfile.mkdtemp(dir=folder)))
    scene = Scene(id="s01", prompt="a dot", duration=Fraction(_SECONDS))
    screenplay = Screenplay(title="Stills", brief=Brief(idea="Stills"), scenes=(scene,))
    (take,) = shoot_stills(
        screenplay,
        {"s01": [np.asarray(Image.open(picture))]},
        home=home,
        resolution="1080p",
        movement="push in",
        focus="middle",
    )
    return home.path(take.clip)


def jitter(clip: Path) -> float:
    """Pixels (RMS) by which a bright dot leaves a smooth way."""
    way = []
    with av.open(str(clip)) as container:
        for frame in container.decode(video=0):
            light = np.clip(frame.to_ndarray(format="gray").astype(float) - 160, 0, None)
            y, x = np.indices(light.shape)
            way.append(((light * x).sum() / light.sum(), (light * y).sum() / light.sum()))
    time = np.linspace(-1, 1, len(way))
    left = [axis - np.polyval(np.polyfit(time, axis, 5), time) for axis in np.array(way).T]
    return float(np.sqrt(np.mean(np.square(left))))


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        picture, clip = folder / "picture.png", folder / "zoompan.mp4"
        make_picture(picture)
        made: list[Path] = []
        theirs, ours = alternate(
            rounds,
            lambda: zoompan(picture, clip),
            lambda: made.append(stills(picture, folder)),
        )
        print("| work | median s | jitter, pixels |")
        print("|---|---|---|")
        print(f"| ffmpeg zoompan | {statistics.median(theirs):.2f} | {jitter(clip):.3f} |")
        print(f"| Shoot Stills | {statistics.median(ours):.2f} | {jitter(made[-1]):.3f} |")
        ratio = statistics.median(theirs) / statistics.median(ours)
        print(f"\nspeed against ffmpeg: {ratio:.2f}x (goal >= 1x)")


if __name__ == "__main__":
    main()
