"""A film being shot in this process, from a home of its own, against the Google stand-in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from onereel.home import Home
from onereel.remote import Patience, Remote
from onereel.settings import Settings
from onereel.shoot.buying.opening import open_ledger
from onereel.shoot.buying.studio import shoot_paid
from onereel.shoot.ledger import Entry, Ledger
from onereel.shoot.order import PaidOptions
from onereel.shoot.take import Take
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from tests.reliability.killing import Answers, audit, twice
from tests.standins import Google

__all__ = ["OMNI", "PATIENCE", "VEO", "Production", "film", "is_one_sentence"]

VEO = PaidOptions(renderer="veo", model="veo-3.1-fast-generate-001")
OMNI = PaidOptions(renderer="omni", model="gemini-omni-1.2-flash", resolution="360p")
PATIENCE = Patience(
    connect=2,
    silence=8,
    call=15,
    transfer=15,
    look=0.02,
    attempts=2,
    base=0.01,
    most=2,
    quota=0.02,
    failures=10_000,
)
"""Asks twice and waits for nothing."""


def film(*pictures: str, idea: str = "Robots at work") -> Screenplay:
    """A film of silent scenes that show these pictures, 4 s each."""
    scenes = [
        Scene(id=f"s{number:02}", description=picture, duration=Fraction(4))
        for number, picture in enumerate(pictures, start=1)
    ]
    brief = Brief(idea=idea, duration=max(4 * len(scenes), 4), scene_count=len(scenes))
    return Screenplay(brief=brief, title=idea, scenes=tuple(scenes))


class Production:
    """One home, one provider, and the runs that shoot a film there."""

    def __init__(
        self,
        google: Google,
        folder: Path,
        *,
        options: PaidOptions = VEO,
        bucket: str = "",
        settings: str = "",
        patience: Patience = PATIENCE,
    ) -> None:
        self.google = google
        self.options = options
        self.bucket = bucket
        self.patience = patience
        self.home = Home(private=folder / "private", media=folder / "media")
        self.answers = Answers()
        self.home.private.mkdir(parents=True, exist_ok=True)
        text = settings or "[buying]\non = true\nday = 1000\n"
        if bucket:
            text += f'\n[google]\nbucket = "{bucket}"\n'
        (self.home.private / "settings.toml").write_text(text, "utf-8")
        rows = [f'["{model.model}"]\nlongest_latency = 1\n' for model in (VEO, OMNI)]
        (self.home.private / "models.toml").write_text("\n".join(rows), "utf-8")

    @property
    def settings(self) -> Settings:
        return Settings.load(self.home)

    async def shoot(
        self, screenplay: Screenplay, *, on_missing: Any = "leave out", **more: Any
    ) -> dict[str, Take]:
        """Shoot as a process that has just been started; the takes by scene."""
        takes = await shoot_paid(
            screenplay,
            more.pop("options", self.options),
            home=self.home,
            settings=self.settings,
            on_missing=on_missing,
            remote=Remote(self.patience),
            **more,
        )
        return {take.scene_id: take for take in takes}

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        with closing(open_ledger(self.home, self.settings)) as ledger:
            yield ledger

    def entries(self) -> tuple[Entry, ...]:
        with self.ledger() as ledger:
            return ledger.entries(limit=1000)

    def answer(self) -> None:
        """Say of every take of unknown outcome, or charged and not delivered: try again."""
        with self.ledger() as ledger:
            for entry in ledger.entries(states=["unknown", "failed", "refused"], limit=1000):
                if entry.state != "unknown" and not entry.attempts[-1].charged:
                    continue
                ledger.try_again(entry.attempts[-1].id, "the owner said so")
                self.answers.given.append((entry.shot.prompt, len(self.google.charges)))

    def charged(self) -> Decimal:
        """Dollars that the provider took."""
        return sum((charge.amount for charge in self.google.charges), Decimal(0))

    def sent(self) -> list[str]:
        """The prompts of the submits that reached the provider, in order."""
        events = self.google.log.after()
        return [
            event.prompt for event in events if event.kind == "received" and event.where == "submit"
        ]

    def troubles(self) -> list[str]:
        """What provider, ledger and disk disagree about; and requests that were paid twice."""
        found = list(audit(self.entries(), self.google.charges, self.home, to_the_cent=False))
        if count := twice(self.google.charges, self.answers):
            found.append(f"{count} bought twice")
        return found


def is_one_sentence(text: str) -> bool:
    """Whether a message is one line of plain words with an end, and no traceback in it."""
    shown = "Traceback" in text or "Error(" in text or "object at 0x" in text
    return bool(re.fullmatch(r"\S[^\n]{20,700}[.?!]", text)) and not shown


def numbered(names: Iterable[str]) -> Mapping[str, str]:
    """A picture for each name, in words that no other contains."""
    return {name: f"Robot number {n:03} works" for n, name in enumerate(names, start=1)}


def states(takes: Mapping[str, Take], names: Sequence[str]) -> dict[str, str]:
    """The states of a film's takes, by the name of what happened to their scenes."""
    return dict(zip(names, (takes[key].state for key in sorted(takes)), strict=True))
