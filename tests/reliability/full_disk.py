"""A disk that fills up before any step of a bought film: whatever was paid comes home once there is
room again, nothing is paid twice, and each stop is one sentence.

unshare --user --map-root-user --mount python -m tests.reliability.full_disk [FIRST [LAST [STRIDE]]]
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from onereel.errors import OneReelError
from onereel.film import make_film, save_beside
from onereel.home import Home
from onereel.options import FilmOptions
from onereel.settings import Settings
from onereel.shoot.ledger.receipts import SUFFIX
from onereel.stage import Work
from tests.reliability.production import VEO, Production, film, is_one_sentence
from tests.reliability.shooting import FORKS
from tests.reliability.stepping import at_step
from tests.standins import Google

__all__ = ["Filled", "fill_at", "fill_up"]

_SIZE = "300m"
"""No clip is asked for without room for it."""
_MOST_RUNS = 3
PLAY = film("Robot A works", "Robot B works")


@dataclass(frozen=True)
class Filled:
    """What a disk that was full from one step on led to, once there was room again."""

    step: str
    """Before which it filled up; empty: the film was made before it came to that step."""
    said: str
    """What the film maker was told; empty: the film was made all the same."""
    troubles: tuple[str, ...]


def fill_at(number: int, folder: Path, google: Google) -> Filled:
    """Make a film on a disk of its own that fills up before a step, then make room and go on."""
    google.reset()
    disk = folder / "disk"
    disk.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "none", disk], check=True)
    try:
        production = Production(google, disk)
        told = _run(folder, production.home, google, number)
        step = _read(folder / "step")
        troubles = [] if is_one_sentence(told or "It was made all the same.") else [f"said: {told}"]
        (disk / "ballast").unlink(missing_ok=True)
        for _ in range(_MOST_RUNS):
            if not (again := _run(folder, production.home, google)):
                break
        if again:
            troubles.append(f"with room again: {again}")
        troubles += [*production.troubles(), *_missing(production.home, disk)]
        if len(google.charges) != len(PLAY.scenes):
            troubles.append(f"{len(google.charges)} charges")
        return Filled(step, told, tuple(troubles))
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def _missing(home: Home, disk: Path) -> Iterator[str]:
    """What should lie beside what was bought, and does not."""
    clips = sorted(home.path("takes").rglob("*.mp4"))
    for clip in clips:
        for end in (".json", SUFFIX):
            if not clip.with_name(clip.stem + end).is_file():
                yield f"no {end} beside {clip.name}"
    if len(clips) != len(PLAY.scenes):
        yield f"{len(clips)} clips"
    if not (disk / "film.mp4").is_file():
        yield "no film"


def _run(folder: Path, home: Home, google: Google, number: int = 0) -> str:
    """Make the film in another process; what it said, if it was not made."""
    for name in ("step", "told"):
        (folder / name).unlink(missing_ok=True)
    environment = google.environment(folder)
    process = FORKS.Process(target=_make, args=(folder, home, environment, number), daemon=True)
    process.start()
    process.join(120)
    assert process.exitcode == 0, process.exitcode
    said: str = json.loads(_read(folder / "told"))
    return said


def _make(folder: Path, home: Home, environment: dict[str, str], number: int) -> None:
    os.environ.update(environment)
    disk = home.private.parent

    def fill(what: str) -> None:
        (folder / "step").write_text(what, "utf-8")
        fill_up(disk / "ballast")

    if number:
        at_step(number, fill)
    options = FilmOptions(renderer="veo", renderer_model=VEO.model)
    told = ""
    try:
        destination = disk / "film.mp4"
        work = Work(home, Settings.load(home))
        made = asyncio.run(make_film(PLAY, destination, options=options, work=work))
        save_beside(destination, screenplay=made.screenplay, cut=made.cut, home=home)
    except OneReelError as error:
        told = error.user_message
    except BaseException as error:  # noqa: BLE001 (it is what must not happen)
        told = f"{type(error).__name__}: {error}\n"
    (folder / "told").write_text(json.dumps(told), "utf-8")


def fill_up(ballast: Path) -> None:
    """Write until nothing more fits."""
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096):
            with suppress(OSError):
                while file.write(bytes(size)) == size:
                    pass


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def main(words: list[str]) -> int:
    """Fill the disk before every step; return 0 if all came home."""
    first, last, stride = [*map(int, words), *(1, 10_000, 1)[len(words) :]]
    bad = points = 0
    with Google(latency=0) as google, tempfile.TemporaryDirectory() as name:
        for number in itertools.count(first, stride):
            found = fill_at(number, Path(name), google)
            if not found.step or number > last:
                break
            points += 1
            bad += bool(found.troubles)
            print(number, found.step, "|", found.said[:150], "|", *found.troubles, flush=True)
    print(f"{points} points, {bad} bad")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
