"""Join Clips of 6 x 8 s 1080p against `ffmpeg -f concat -c copy`.

python -m benchmarks.join [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.media import alternate, ffmpeg, make_clip, table
from onereel.cut.join import join_clips


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clips = [make_clip(folder / f"{n}.mp4", seconds=8, number=n) for n in range(6)]
        listed = folder / "list.txt"
        listed.write_text("".join(f"file '{clip}'\n" for clip in clips))

        def command() -> None:
            copy = ("-f", "concat", "-safe", "0", "-i", listed, "-c", "copy")
            ffmpeg(*copy, folder / "ffmpeg.mp4")

        theirs, ours = alternate(rounds, command, lambda: join_clips(clips, folder / "ours.mp4"))
    ratio = statistics.median(theirs) / statistics.median(ours)
    table([("ffmpeg concat -c copy", theirs), ("Join Clips", ours)], ratio, ">= 0.9x")


if __name__ == "__main__":
    main()
