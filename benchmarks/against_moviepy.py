"""Render Cut against moviepy 2, the library that most film scripts are written with.

    pip install moviepy
    python -m benchmarks.against_moviepy [SECONDS]

The film is `benchmarks.render`'s. moviepy joins the clips, lays the lines over their sound and
writes the file; it has neither ducking nor loudness, so it does less.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from moviepy import AudioFileClip, CompositeAudioClip, VideoFileClip, concatenate_videoclips
from moviepy.audio.fx import MultiplyVolume

from benchmarks.render import make_cut, make_footage
from onereel.cut.plan import Cut
from onereel.cut.render import render


def with_moviepy(cut: Cut, folder: Path) -> None:
    """The film as moviepy's documentation has one write it."""
    clips = [VideoFileClip(str(folder / clip.media)) for clip in cut.clips]
    film = concatenate_videoclips(clips)
    own = film.audio.with_effects([MultiplyVolume(0.25)])
    lines = [
        AudioFileClip(str(folder / line.media)).with_start(float(line.start)) for line in cut.lines
    ]
    film = film.with_audio(CompositeAudioClip([own, *lines]))
    film.write_videofile(
        str(folder / "moviepy.mp4"), codec="libx264", preset="veryfast", logger=None
    )
    film.close()


def main() -> None:
    """Print the ratio."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 32
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = make_footage(folder)
        cut = make_cut(seconds)
        render(cut, folder / "ours.mp4", home=home)
        begun = time.perf_counter()
        render(cut, folder / "ours.mp4", home=home)
        ours = time.perf_counter() - begun
        begun = time.perf_counter()
        with_moviepy(cut, folder)
        theirs = time.perf_counter() - begun
    print(f"{float(cut.duration):g} s of 1080p: Render Cut {ours:.1f} s, moviepy {theirs:.1f} s")
    print(f"Render Cut is {theirs / ours:.1f} times as fast")


if __name__ == "__main__":
    main()
