"""Clips and timing that the benchmarks share; needs the ffmpeg command."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

__all__ = ["alternate", "ffmpeg", "make_clip", "table"]


def ffmpeg(*arguments: str | Path) -> None:
    """Run the ffmpeg command."""
    command = ["ffmpeg", "-y", "-nostdin", "-v", "error", *map(str, arguments)]
    subprocess.run(command, check=True)


def make_clip(path: Path, *, seconds: int, number: int) -> Path:
    """A 1080p clip as Veo gives them: H.264 of about 10 Mbit/s, 24 fps, AAC 48 kHz stereo."""
    size = f"size=1920x1080:rate=24:duration={seconds}"
    picture = f"testsrc2={size},noise=alls=12:allf=t,hue=h={number * 50}"
    sound = (
        f"anoisesrc=color=pink:amplitude=0.05:seed={number}:sample_rate=48000:duration={seconds}"
    )
    ffmpeg(
        *("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound),
        *("-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "48", "-b:v", "10M"),
        *("-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "192k", "-ac", "2", path),
    )
    return path


def alternate(rounds: int, *works: Callable[[], object]) -> list[list[float]]:
    """Time works in turn, so that what else the machine does falls on all of them alike."""
    times: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            begun = time.perf_counter()
            work()
            taken.append(time.perf_counter() - begun)
    return times


def table(rows: list[tuple[str, list[float]]], ratio: float, goal: str) -> None:
    """Print medians, spreads and the ratio that decides."""
    print("| work | median s | fastest | slowest |")
    print("|---|---|---|---|")
    for name, taken in rows:
        print(f"| {name} | {statistics.median(taken):.3f} | {min(taken):.3f} | {max(taken):.3f} |")
    print(f"\nspeed against ffmpeg: {ratio:.2f}x (goal {goal})")
