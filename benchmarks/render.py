"""Render Cut (narration, clip sound, ducking; no burned captions) against ffmpeg's one command.

    python -m benchmarks.render [SECONDS [ROUNDS]]

The film: clips of 8 s 1080p end to end, a line in each, the clips' own sound under it. The command
copies the picture by the concat demuxer, ducks the sound under the voice by sidechaincompress,
brings it to loudness by loudnorm and encodes it to AAC: what a film maker would type.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.media import alternate, ffmpeg, make_clip, table
from onereel.cut.plan import Clip, Cut, PlacedLine
from onereel.cut.render import render
from onereel.home import Home

__all__ = ["make_cut", "make_footage"]

_LENGTH = 8
_CLIPS = 6
_LINE = Fraction(6)


def make_footage(folder: Path) -> Home:
    """Six clips and six lines: bursts of noise in the rhythm of speech."""
    for number in range(_CLIPS):
        make_clip(folder / f"{number}.mp4", seconds=_LENGTH, number=number)
        random = np.random.default_rng(number)
        time = np.arange(int(_LINE * 24000)) / 24000
        voice = random.normal(0, 0.1, len(time)) * (np.sin(2 * np.pi * 3 * time) > -0.3)
        soundfile.write(folder / f"{number}.flac", voice, 24000)
    return Home(private=folder, media=folder)


def make_cut(seconds: int) -> Cut:
    """A film of at least `seconds`, each clip with its line."""
    starts = range(0, seconds, _LENGTH)
    clips = [
        Clip(
            scene_id=f"s{start}",
            take_id=f"s{start}",
            media=f"{start // _LENGTH % _CLIPS}.mp4",
            start=Fraction(start),
            source_out=Fraction(_LENGTH),
            gain_db=-12,
        )
        for start in starts
    ]
    lines = [
        PlacedLine(
            scene_id=f"s{start}",
            media=f"{start // _LENGTH % _CLIPS}.flac",
            start=start + Fraction(1, 4),
            duration=_LINE,
        )
        for start in starts
    ]
    return Cut(width=1920, height=1080, clips=tuple(clips), lines=tuple(lines))


def one_command(cut: Cut, folder: Path) -> None:
    """The same film by ffmpeg alone."""
    listed = folder / "list.txt"
    listed.write_text("".join(f"file '{folder / clip.media}'\n" for clip in cut.clips))
    voices: list[str | Path] = []
    delayed = ""
    for number, line in enumerate(cut.lines, start=1):
        voices += ["-i", folder / line.media]
        delayed += f"[{number}:a]adelay={round(line.start * 1000)}:all=1[l{number}];"
    names = "".join(f"[l{number}]" for number in range(1, len(cut.lines) + 1))
    graph = (
        f"{delayed}{names}amix=inputs={len(cut.lines)}:normalize=0,aresample=48000,"
        "aformat=channel_layouts=stereo,apad,asplit[voice][key];"
        "[0:a]volume=-12dB[own];[own][key]sidechaincompress=threshold=0.02:ratio=8[ducked];"
        "[ducked][voice]amix=inputs=2:normalize=0:duration=first,"
        "loudnorm=I=-14:TP=-1,aresample=48000[sound]"
    )
    ffmpeg(
        *("-f", "concat", "-safe", "0", "-i", listed, *voices, "-filter_complex", graph),
        *("-map", "0:v", "-map", "[sound]", "-c:v", "copy", "-c:a", "aac", "-b:a", "192k"),
        *("-movflags", "+faststart", "-t", str(float(cut.duration)), folder / "ffmpeg.mp4"),
    )


def main() -> None:
    """Print the table."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 64
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = make_footage(folder)
        cut = make_cut(seconds)
        theirs, ours = alternate(
            rounds,
            lambda: one_command(cut, folder),
            lambda: render(cut, folder / "ours.mp4", home=home),
        )
    ratio = statistics.median(theirs) / statistics.median(ours)
    print(f"{float(cut.duration):g} s of 1080p\n")
    table([("ffmpeg, one command", theirs), ("Render Cut", ours)], ratio, ">= 0.9x")


if __name__ == "__main__":
    main()
