"""A stage of N paid clips at latency L: it should end within 1.05 L and the transfer.

python -m benchmarks.paid [LATENCY] [N ...]

The stand-in runs in a process of its own. The transfer is the time in which at least one clip was
on its way, from the look that it answers to its last byte, by the log of the stand-in, which makes
the clips in that time too.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from onereel.home import Home
from onereel.settings import BuyingSettings, Settings
from onereel.shoot.buying.studio import shoot_paid
from onereel.shoot.order import PaidOptions
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from tests.standins.events import Event
from tests.standins.process import Panel, running


def main() -> None:
    """Print the table."""
    latency = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    counts = [int(word) for word in sys.argv[2:]] or [1, 10]
    with running("--latency", str(latency)) as google, tempfile.TemporaryDirectory() as name:
        os.environ.update(google.environment)
        # Loading the SDK takes seconds, once in a process.
        _stage(1, Path(name, "first"), google.panel)
        print("| clips | L, s | stage, s | transfer, s | (stage - transfer) / L | looks | goal |")
        print("|---|---|---|---|---|---|---|")
        for count in counts:
            stage, transfer, looks = _stage(count, Path(name, f"batch{count}"), google.panel)
            share = (stage - transfer) / latency
            print(
                f"| {count} | {latency:.0f} | {stage:.2f} | {transfer:.2f} | {share:.3f} | {looks}"
                " | <= 1.05 |"
            )


def _stage(count: int, folder: Path, panel: Panel) -> tuple[float, float, int]:
    """Seconds of the stage and of the transfer, and the number of looks."""
    home = Home(folder / "private", folder / "media")
    buying = BuyingSettings(on=True, day=Decimal(1000))
    settings = Settings.load(home).model_copy(update={"buying": buying})
    scenes = tuple(
        Scene(id=f"s{number:02}", prompt=f"{folder.name} {number}", duration=Fraction(4))
        for number in range(count)
    )
    film = Screenplay(title="A benchmark", brief=Brief(idea=folder.name), scenes=scenes)
    before = len(panel.log())
    start = time.perf_counter()
    asyncio.run(shoot_paid(film, PaidOptions(renderer="veo"), home=home, settings=settings))
    stage = time.perf_counter() - start
    events = panel.log(before)
    return stage, _transfer(events), sum(event.kind == "polled" for event in events)


def _transfer(events: Iterable[Event]) -> float:
    """Seconds in which at least one clip was on its way."""
    asked: dict[int, float] = {}
    spans = []
    for event in events:
        asked.setdefault(event.exchange, event.at)
        if event.kind == "last byte":
            spans.append((asked[event.exchange], event.at))
    total, until = 0.0, 0.0
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, until))
        until = max(until, end)
    return total


if __name__ == "__main__":
    main()
