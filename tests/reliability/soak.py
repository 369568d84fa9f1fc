"""Two processes that buy from one database for a long time, through faults and kill -9.

At each look what they have settled is no more than what the provider charged, and that is no more
than what is settled and what nobody knows. At the end the films are finished without faults, and
everything is compared, take by take.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from multiprocessing.process import BaseProcess
from pathlib import Path

from onereel.errors import OneReelError
from onereel.home import Home
from onereel.reaching import speech_purse
from onereel.remote import Remote
from onereel.settings import Settings
from onereel.shoot.buying.opening import open_ledger
from onereel.shoot.buying.studio import resume_takes, shoot_paid
from onereel.shoot.ledger import Entry, Ledger, Spending
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.narrate import narrate
from tests.library.test_bought_once import PRICES
from tests.reliability.killing import Answers, audit, resolve, twice
from tests.reliability.production import OMNI, PATIENCE, VEO, film
from tests.reliability.shooting import FORKS
from tests.standins import Fault, Google

__all__ = ["Soak"]

_LEASE = 3
_BUYERS = 2
_SETTINGS = f"[buying]\non = true\nday = 1000000\n\n[ledger]\nlease = {_LEASE}\n"
_SUBMIT = ("429", "503", "500", "504", "400", "403", "reset", "disconnect", "garbage", "cut")
_LOOK = ("429", "500", "503", "404", "reset", "garbage", "truncated", "void", "hang")
_WARM = 60
"""Seconds after which a process has loaded all that it ever does."""


@dataclass
class Soak:
    """One home, two buyers, and what was found."""

    google: Google
    folder: Path
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    looks: int = 0
    kills: int = 0
    troubles: list[str] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)

    def __post_init__(self) -> None:
        self.home = Home(private=self.folder / "private", media=self.folder / "media")
        self.home.private.mkdir(parents=True)
        (self.home.private / "settings.toml").write_text(_SETTINGS, "utf-8")
        rows = [f'["{each.model}"]\nlongest_latency = 1\n' for each in (VEO, OMNI)]
        (self.home.private / "models.toml").write_text("\n".join([*rows, PRICES]), "utf-8")
        os.environ.update(self.google.environment(self.folder))

    def run(self, minutes: float) -> Iterator[str]:
        """Let them buy for so long; what each look saw, and at the end what is wrong."""
        ends = time.monotonic() + minutes * 60
        buyers = [self._start(number) for number in range(_BUYERS)]
        while time.monotonic() < ends:
            self.google.plan.set(self._faults())
            # The first is left alone for a while, so that what it holds on to would be seen.
            lucky = self.looks % 30 != 29
            time.sleep(self.chance.uniform(2, 10))
            number = self.chance.randrange(lucky, _BUYERS)
            if self.chance.random() < 0.6:
                buyers[number].kill()
                buyers[number].join()
                self.kills += 1
                buyers[number] = self._start(number)
            yield self._look(buyers)
        for buyer in buyers:
            buyer.kill()
            buyer.join()
        self.google.plan.set([])
        asyncio.run(self._finish())
        yield from self._compare()

    def _start(self, number: int) -> BaseProcess:
        environment = self.google.environment(self.folder)
        seed = self.chance.randrange(1 << 30)
        arguments = (self.home, environment, number, seed, self.folder)
        process = FORKS.Process(target=_buy_for_ever, args=arguments, daemon=True)
        process.start()
        return process

    def _faults(self) -> list[Fault]:
        pick = self.chance.choice
        return [
            *_some(self.chance, pick(_SUBMIT), "submit", late=pick((True, False)), seconds=0.2),
            *_some(self.chance, pick(_LOOK), "poll", seconds=0.2),
            *_some(self.chance, pick(("short", "corrupt", "cut", "500")), "download"),
            *_some(self.chance, pick(("blocked", "filtered", "error", "slow")), "outcome"),
            *_some(self.chance, pick(("429", "500", "reset", "cut")), "speech", late=True),
        ]

    def _look(self, buyers: list[BaseProcess]) -> str:
        """Compare the books with the provider, and answer for what nobody knows."""
        self.looks += 1
        with self._ledger() as ledger:
            least = sum((entry.charged for entry in _entries(ledger)), Decimal(0))
            charged = sum((each.amount for each in self.google.charges), Decimal(0))
            entries = _entries(ledger)
            most = sum((entry.charged + _may_cost(entry) for entry in entries), Decimal(0))
            if not least <= charged <= most:
                self._wrong(f"settled {least}, charged {charged}, at most {most}")
            if count := twice(self.google.charges, self.answers):
                self._wrong(f"{count} bought twice")
            self._answer(ledger)
        dead = [buyer.exitcode for buyer in buyers if not buyer.is_alive()]
        if dead:
            self._wrong(f"a buyer ended with {dead}")
        states = Counter(entry.state for entry in entries)
        return (
            f"{self.looks} looks, {self.kills} kills, settled {least} <= charged {charged} <="
            f" {most}; {dict(states)}; {self.held()}"
        )

    def _answer(self, ledger: Ledger) -> None:
        resolve(ledger, self.google, self.answers)
        for entry in ledger.entries(states=["failed", "refused"], limit=100_000):
            if entry.attempts[-1].charged:
                self.answers.given.append((entry.shot.prompt, len(self.google.charges)))
                ledger.try_again(entry.attempts[-1].id, "the owner said so")
        for each in ledger.spendings(limit=100_000):
            if each.state == "unknown" or (each.state == "failed" and each.charged):
                with suppress(OneReelError):
                    ledger.try_spending_again(each.key, "the owner said so")

    def _wrong(self, what: str) -> None:
        self.troubles.append(f"look {self.looks}: {what}")

    async def _finish(self) -> None:
        """Bring home what is under way, and shoot and speak what is missing."""
        settings, remote = Settings.load(self.home), Remote(PATIENCE)
        made = max((int(each.read_text()) for each in self.folder.glob("film-*")), default=0)
        for number in range(made + 1):
            for _ in range(6):
                with self._ledger() as ledger:
                    self._answer(ledger)
                takes = await shoot_paid(
                    *_film(number),
                    home=self.home,
                    settings=settings,
                    on_missing="leave out",
                    remote=remote,
                )
                if all(take.usable for take in takes):
                    break
        await resume_takes([], home=self.home, settings=settings, remote=remote)

    def _compare(self) -> Iterator[str]:
        with self._ledger() as ledger:
            entries, spendings = _entries(ledger), ledger.spendings(limit=100_000)
        self.troubles += audit(entries, self.google.charges, self.home, to_the_cent=False)
        if count := twice(self.google.charges, self.answers):
            self.troubles.append(f"{count} bought twice")
        self.troubles += self._spoken(spendings)
        left = list((self.home.private / "bills").glob("*"))
        if left:
            self.troubles.append(f"{len(left)} bills were left")
        yield (
            f"{len(entries)} takes, {len(self.google.charges)} clips charged, {len(spendings)}"
            f" sentences, {len(self.answers.given)} answers"
        )
        yield self.held()
        yield from self.troubles

    def _spoken(self, spendings: tuple[Spending, ...]) -> Iterator[str]:
        """Every request for speech is in the books, and none was sent twice without a word."""
        asked = sum("enerateContent" in each.path for each in self.google.requests)
        settled = sum(each.state == "settled" for each in spendings)
        if settled > asked:
            yield f"{settled} sentences settled, {asked} asked for"
        for item in {each.item for each in spendings}:
            mine = [each.state for each in spendings if each.item == item]
            if mine.count("settled") > 1:
                yield f"{item} was paid {mine.count('settled')} times"

    def held(self) -> str:
        """What long-lived buyers held on to: open files and resident memory, warm and last."""
        told = []
        for path in sorted(self.folder.glob("life-*.json")):
            lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            warm = next((line for line in lines if line["age"] > _WARM), None)
            if warm and lines[-1]["films"] > warm["films"]:
                last = lines[-1]
                told.append((last["age"], warm, last))
        if not told:
            return "no buyer lived long yet"
        age, warm, last = max(told, key=lambda each: each[0])
        return (
            f"longest life {age:.0f} s, films {warm['films']} to {last['films']}: files"
            f" {warm['files']} to {last['files']}, {warm['megabytes']} to {last['megabytes']} MB"
        )

    def _ledger(self) -> closing[Ledger]:
        return closing(open_ledger(self.home, Settings.load(self.home)))


def _some(chance: random.Random, what: str, where: str, **more: object) -> list[Fault]:
    """A fault that strikes now and then, or none."""
    if chance.random() < 0.4:
        return []
    nth, late = chance.randint(1, 4), bool(more.pop("late", False))
    late = late and what not in ("429", "503", "400", "403", "garbage", "cut")
    return [Fault(what, where=where, nth=nth, times=chance.randint(1, 3), late=late, **more)]  # type: ignore[arg-type]


def _entries(ledger: Ledger) -> tuple[Entry, ...]:
    return ledger.entries(limit=100_000)


def _may_cost(entry: Entry) -> Decimal:
    """Dollars that a take's requests may cost beside what is known."""
    open_ended = [each for each in entry.attempts if each.state == "abandoned"]
    return entry.held + sum((each.ceiling for each in open_ended), Decimal(0))


def _film(number: int) -> tuple[Screenplay, object]:
    """The film of a number: some share scenes with the one before, some are shot by Omni."""
    pictures = [f"Robot number {number + n:06} works" for n in (0, 100_000)]
    return film(*pictures, idea=f"Robots {number // 2}"), (OMNI if number % 3 == 2 else VEO)


def _spoken(number: int) -> Screenplay:
    words = f"The light number {number} goes on."
    scene = Scene(id="s1", narration=words, prompt="A light", duration=4)  # type: ignore[arg-type]
    brief = Brief(idea="A lighthouse", longest_shot=20, duration=60)  # type: ignore[arg-type]
    return Screenplay(title="Light", brief=brief, scenes=(scene,))


def _buy_for_ever(
    home: Home, environment: dict[str, str], number: int, seed: int, folder: Path
) -> None:
    os.environ.update(environment)
    os.nice(10)
    chance, began, films = random.Random(seed), time.monotonic(), 0
    notes = folder / f"life-{number}-{os.getpid()}.json"
    at = folder / f"film-{number}"
    while True:
        # Both are at work on the same films, and sometimes on the very same.
        first = max((int(each.read_text() or 0) for each in folder.glob("film-*")), default=0)
        wanted = max(0, first + chance.choice((-2, -1, 0, 0, 1)))
        if wanted > first:
            at.write_text(str(wanted))
        with suppress(OneReelError):
            asyncio.run(_buy(home, wanted, chance))
        films += 1
        with notes.open("a", encoding="utf-8") as file:
            file.write(json.dumps(_footprint(time.monotonic() - began, films)) + "\n")
        time.sleep(chance.uniform(0.1, 0.5))


async def _buy(home: Home, number: int, chance: random.Random) -> None:
    settings, remote = Settings.load(home), Remote(PATIENCE)
    if chance.random() < 0.1:
        await resume_takes([], home=home, settings=settings, remote=remote)
    if chance.random() < 0.3:
        purse = speech_purse("film", home=home, settings=settings)
        await asyncio.to_thread(
            narrate,
            _spoken(number),
            home=home,
            settings=settings,
            purse=purse,
            voice="gemini:Kore",
        )
    await shoot_paid(
        *_film(number),  # type: ignore[arg-type]
        home=home,
        settings=settings,
        on_missing="leave out",
        remote=remote,
    )


def _footprint(age: float, films: int) -> dict[str, float]:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {
        "age": age,
        "films": films,
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "megabytes": pages * resource.getpagesize() >> 20,
    }
