"""Peak memory of finishing a film at 1080p, 1 and 10 minutes long.

    python -m benchmarks.memory

Each film is rendered in a process of its own: once as it is cut, once with a dissolve and a burned
caption in every scene, and once with a presenter in every second scene, which decode and encode.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

import numpy as np

from benchmarks.render import make_cut, make_footage
from onereel.cut.plan import Caption, Captions, Cut
from onereel.cut.presenter import add_presenter, keep_presenter_picture
from onereel.cut.render import render
from onereel.home import Home

_MINUTES = (1, 10)


def changed(cut: Cut) -> Cut:
    """Give every scene a dissolve, and a caption of two seconds."""
    half = Fraction(1, 2)
    clips = [
        clip.replace(transition="dissolve", overlap=half) if index else clip
        for index, clip in enumerate(cut.clips)
    ]
    captions = tuple(
        Caption(text="A caption in the picture", start=clip.start + 1, end=clip.start + 3)
        for clip in cut.clips
    )
    return cut.replace(clips=tuple(clips), captions=Captions(mode="burned", items=captions))


def presented(cut: Cut, home: Home) -> Cut:
    """Give every second scene a presenter in a side panel: a picture that moves with its voice."""
    picture = np.random.default_rng(0).integers(0, 256, (1024, 832, 3), np.uint8)
    scenes = ", ".join(clip.scene_id for clip in cut.clips[::2])
    media = keep_presenter_picture(picture, home=home)
    return add_presenter(cut, media, scenes=scenes, place="side panel")


def child(folder: Path, minutes: int, kind: str) -> None:
    """Render one film; print the process's peak in MB and the seconds it took."""
    home = Home(private=folder, media=folder)
    cut = make_cut(60 * minutes)
    if kind == "changed":
        cut = changed(cut)
    elif kind == "presented":
        cut = presented(cut, home)
    begun = time.perf_counter()
    render(cut, folder / "film.mp4", home=home)
    taken = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{peak / (1024 if sys.platform == 'linux' else 1024**2):.0f} {taken:.1f}")


def main() -> None:
    """Print the table."""
    if len(sys.argv) == 4:
        return child(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    print("| film at 1080p | peak MB | seconds |")
    print("|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        make_footage(Path(name))
        for kind in ("copied", "changed", "presented"):
            for minutes in _MINUTES:
                command = [sys.executable, "-m", "benchmarks.memory", name, str(minutes), kind]
                output = subprocess.run(command, check=True, capture_output=True, text=True)
                peak, taken = output.stdout.split()
                print(f"| {minutes} min, {kind} | {peak} | {taken} |", flush=True)
    print("\ngoal: < 400 MB, and the same for both lengths")
    return None


if __name__ == "__main__":
    main()
