"""A 30 s film at 720p from one idea, and Shoot Draft alone, as shares of the film's own length.

    python -m benchmarks.film

Set-up (imports, the voice model) is paid by a first, short film that is not counted.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from onereel.film import make_film
from onereel.home import Home
from onereel.options import FilmOptions
from onereel.shoot.draft import shoot_draft
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin

IDEAS = (
    "A lighthouse keeper finds a message in a bottle",
    "How do bees find their way home?",
    "Two rival bakers must share one oven",
)


def whole_film(folder: Path, idea: str, duration: int) -> float:
    """Make a film in a fresh home; return its making time over its length."""
    work = Work(Home(private=folder / "private", media=folder / "media"))
    brief = Brief(idea=idea, duration=duration)
    begun = time.perf_counter()
    film = asyncio.run(make_film(brief, folder / "film.mp4", options=FilmOptions(), work=work))
    return (time.perf_counter() - begun) / float(film.cut.duration)


def draft_alone(folder: Path, idea: str) -> float:
    """Shoot a film's scenes; return the time over their length."""
    screenplay = write_builtin(Brief(idea=idea, duration=30))
    begun = time.perf_counter()
    takes = shoot_draft(screenplay, home=Home(private=folder, media=folder), resolution="720p")
    return (time.perf_counter() - begun) / sum(float(take.duration) for take in takes)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole_film(folder / "first", "A warm-up", 6)
        films = [whole_film(folder / f"film{n}", idea, 30) for n, idea in enumerate(IDEAS)]
        drafts = [draft_alone(folder / f"draft{n}", idea) for n, idea in enumerate(IDEAS)]
    print("| 30 s, 720p | median | each | goal |")
    print("|---|---|---|---|")
    for what, ratios, goal in (
        ("whole film / its length", films, "<= 0.5"),
        ("Shoot Draft / length of its clips", drafts, "< 1"),
    ):
        each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        print(f"| {what} | {statistics.median(ratios):.2f} | {each} | {goal} |")


if __name__ == "__main__":
    main()
