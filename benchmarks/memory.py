"""Peak memory of finishing a film at 1080p, 1 and 10 minutes long.

    python -m benchmarks.memory

Each film is rendered in a process of its own: once as it is cut, once with a dissolve and a burned
caption in every scene, which decode and encode.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

from benchmarks.render import make_cut, make_footage
from onereel.cut.plan import Caption, Captions, Cut
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


def child(folder: Path, minutes: int, kind: str) -> None:
    """Render one film; print the process's peak in MB and the seconds it took."""
    cut = make_cut(60 * minutes)
    begun = time.perf_counter()
    render(
        changed(cut) if kind == "changed" else cut,
        folder / "film.mp4",
        home=Home(private=folder, media=folder),
    )
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
        for kind in ("copied", "changed"):
            for minutes in _MINUTES:
                command = [sys.executable, "-m", "benchmarks.memory", name, str(minutes), kind]
                output = subprocess.run(command, check=True, capture_output=True, text=True)
                peak, taken = output.stdout.split()
                print(f"| {minutes} min, {kind} | {peak} | {taken} |", flush=True)
    print("\ngoal: < 400 MB, and the same for both lengths")
    return None


if __name__ == "__main__":
    main()
