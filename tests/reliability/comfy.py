"""The kill proof inside a real ComfyUI: kill -9 of its process, start it again, queue again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from decimal import Decimal
from pathlib import Path

from onereel.home import Home
from onereel.settings import Settings
from onereel.shoot.buying.opening import open_ledger
from onereel.shoot.ledger import Ledger
from tests.comfyui.client import ComfyUI, Workflow, workflow
from tests.comfyui.host import find, running
from tests.reliability.killing import Answers, Outcome, Point, audit, resolve, twice, until
from tests.reliability.shooting import MODEL
from tests.standins import Google

__all__ = ["Machine", "films", "kill_comfyui"]

_MOST_RUNS = 8
_SETTINGS = """[buying]
on = true
day = 1000

[ledger]
lease = 1.5
"""


class Machine:
    """One folder in which ComfyUI runs, is killed, and runs again."""

    def __init__(self, folder: Path, google: Google, *options: str) -> None:
        self.folder = folder
        self._google = google
        self._stack = ExitStack()
        base = folder / "base"
        private = base / "user" / "__onereel"
        self.home = Home(private=private, media=base / "output" / "onereel")
        private.mkdir(parents=True)
        (private / "settings.toml").write_text(_SETTINGS, "utf-8")
        (private / "models.toml").write_text(f'["{MODEL}"]\nlongest_latency = 1\n', "utf-8")
        found = find()
        assert found is not None, "there is no ComfyUI"
        environment = {
            **google.environment(folder),
            "ONEREEL_VOICE__ENGINE": "espeak",
            "HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder / "config"),
        }
        self.comfyui = self._stack.enter_context(
            running(found, base, *options, environment=environment)
        )

    def __enter__(self) -> Machine:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def start(self) -> ComfyUI:
        """Start ComfyUI anew after a kill."""
        self.comfyui.start()
        return self.comfyui

    def kill(self) -> bool:
        """kill -9; whether it was alive."""
        return self.comfyui.kill()

    def ledger(self) -> closing[Ledger]:
        return closing(open_ledger(self.home, Settings.load(self.home)))

    def finish(self, graphs: Sequence[Workflow], answers: Answers) -> int:
        """Queue all films until each is there, answering for unknown takes; count the rounds."""
        for rounds in range(1, _MOST_RUNS + 1):
            runs = [self.comfyui.wait(each) for each in [self.comfyui.queue(g) for g in graphs]]
            if all(run.status == "success" for run in runs):
                return rounds
            with self.ledger() as ledger:
                resolve(ledger, self._google, answers)
        raise AssertionError([run.messages[-1] for run in runs])


def films(name: str, count: int = 2) -> list[Workflow]:
    """Graphs that shoot a film of two scenes each, and do no more."""
    graphs = []
    for number in range(count):
        graph = workflow(
            "veo_film",
            OneReelBrief__duration=8,
            OneReelBrief__scene_count=2,
            OneReelBrief__idea=f"A potter and her bowl, for {name}, number {number}",
        )
        graph["4"]["inputs"]["screenplay"] = ["2", 0]
        shown = {"class_type": "PreviewAny", "inputs": {"source": ["4", 0]}}
        graphs.append({key: graph[key] for key in ("1", "2", "4")} | {"5": shown})
    return graphs


def kill_comfyui(
    points: Iterable[Point], machine: Machine, google: Google, *, name: str = ""
) -> Iterator[Outcome]:
    """At each point, kill a ComfyUI with two films in its queue, and finish both in the next."""
    for point in points:
        google.reset()
        with machine.ledger() as ledger:
            last = max((entry.id for entry in ledger.entries(limit=10_000)), default=0)
        graphs, answers = films(f"{name}{point}"), Answers()
        google.log.hold_at(point.event)
        for graph in graphs:
            machine.comfyui.queue(graph)
        until(lambda: google.log.held or _idle(machine.comfyui))
        busy = google.log.held
        machine.kill()
        events = google.log.after()
        google.log.hold_at(None)
        google.log.go()
        machine.start()
        rounds = machine.finish(graphs, answers)
        with machine.ledger() as ledger:
            entries = ledger.entries(after=last, limit=10_000)
        yield Outcome(
            point=point,
            where=f"{events[-1].where} {events[-1].kind}",
            killed=busy,
            runs=rounds,
            resolved=len(answers.given),
            submitted_twice=twice(google.charges, answers),
            charged=sum((charge.amount for charge in google.charges), Decimal(0)),
            settled=sum((entry.charged for entry in entries), Decimal(0)),
            troubles=tuple(audit(entries, google.charges, machine.home, to_the_cent=False)),
        )


def _idle(comfyui: ComfyUI) -> bool:
    return comfyui.get("prompt")["exec_info"]["queue_remaining"] == 0
