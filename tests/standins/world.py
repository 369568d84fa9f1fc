"""What the Google stand-in remembers: operations, charges, files, buckets; in a file if asked.

Everything is written down as lines of JSON when it happens, so that a stand-in that is started
again on the same file goes on where the last one ended: the clips are made again, byte for byte.
"""

from __future__ import annotations

import base64
import json
import threading
import time
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .events import Event, EventLog
from .faults import Fault
from .prices import Charge
from .video import Clip, render

__all__ = ["Generation", "Stored", "World"]


@dataclass
class Generation:
    """One accepted request for video. `outcome` is how it ends, None for well."""

    id: str
    clips: tuple[Clip, ...]
    accepted: float
    latency: float
    pending: int
    """How many more looks find it at work, whatever the time."""
    charge: Charge | None
    outcome: Fault | None = None
    folder: str = ""
    """The gs:// folder of the results; empty: they are in the answer."""
    delivery: str = "inline"
    tokens: int = 0
    state: str = ""
    """`cancelled` or `deleted`, where somebody did."""

    @property
    def model(self) -> str:
        return self.clips[0].model

    @property
    def prompt(self) -> str:
        return self.clips[0].prompt

    @property
    def ripe(self) -> bool:
        """Whether the results exist, seen or not."""
        done = time.time() >= self.accepted + self.latency
        return done and not (self.outcome and self.outcome.what == "never")

    @property
    def delivered(self) -> tuple[Clip, ...]:
        """The clips that no filter held back."""
        if self.outcome is None or self.outcome.what == "chatty":
            return self.clips
        if self.outcome.what == "filtered" and self.outcome.samples:
            return self.clips[self.outcome.samples :]
        return ()

    @property
    def json(self) -> dict[str, Any]:
        return {**asdict(self), "charge": self.charge and self.charge.json}

    @classmethod
    def of(cls, data: dict[str, Any]) -> Generation:
        data["clips"] = tuple(Clip(**clip) for clip in data["clips"])
        data["charge"] = data["charge"] and Charge.of(data["charge"])
        data["outcome"] = data["outcome"] and Fault(**data["outcome"])
        return cls(**data)


@dataclass(frozen=True)
class Stored:
    """One object of a bucket or one file: bytes, or a clip that gives them."""

    name: str
    operation: str = ""
    clip: Clip | None = None
    content: bytes = b""
    mime: str = "video/mp4"
    created: float = 0.0

    @property
    def data(self) -> bytes:
        return render(self.clip) if self.clip else self.content


@dataclass
class World:
    """All of it, behind one lock."""

    state: Path | None = None
    log: EventLog = field(init=False)
    lock: threading.RLock = field(default_factory=threading.RLock)
    generations: dict[str, Generation] = field(default_factory=dict)
    charges: list[Charge] = field(default_factory=list)
    uploads: dict[str, Stored] = field(default_factory=dict)
    """Objects that clients put into buckets, by `bucket/name`."""
    removed: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)
    numbers: int = 0
    salt: str = field(default_factory=lambda: uuid.uuid4().hex)
    """Keeps the names that one stand-in gives apart from those of the next."""
    _writing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.log = EventLog(keep=lambda event: self._keep("event", event.json))
        if self.state and self.state.exists():
            # A stand-in that was killed may have left half a line.
            whole, _, _ = self.state.read_text("utf-8").rpartition("\n")
            self.state.write_text(f"{whole}\n" if whole else "", "utf-8")
            self._restore(whole.splitlines())
        self._keep("salt", {"salt": self.salt})

    def name(self) -> uuid.UUID:
        """A name that was never given before."""
        with self.lock:
            self.numbers += 1
            self._keep("number", {"last": self.numbers})
            return uuid.uuid5(uuid.NAMESPACE_OID, f"{self.salt} {self.numbers}")

    def accept(self, generation: Generation) -> None:
        """Take on a request, and its money in the same moment."""
        with self.lock:
            self.generations[generation.id] = generation
            self._keep("generation", generation.json)
            if generation.charge:
                self.take(generation.charge)

    def take(self, charge: Charge) -> None:
        with self.lock:
            self.charges.append(charge)
            self._keep("charge", charge.json)

    def running(self, model: str) -> int:
        """How many generations of a model are under way."""
        with self.lock:
            mine = [one for one in self.generations.values() if one.model == model]
            return sum(not one.ripe and not one.state for one in mine)

    def look(self, name: str) -> tuple[Generation, bool] | None:
        """Look at an operation: whether it is done is counted, so ask once per look."""
        with self.lock:
            generation = self.generations.get(name)
            if generation is None or generation.state == "deleted":
                return None
            done = generation.ripe and generation.pending <= 0
            generation.pending -= 1
            return generation, done

    def end(self, generation: Generation, state: str) -> None:
        with self.lock:
            generation.state = state
            self._keep("end", {"id": generation.id, "state": state})

    def issue(self, token: str) -> None:
        with self.lock:
            self.tokens.add(token)
            self._keep("token", {"token": token})

    def put(self, stored: Stored) -> None:
        with self.lock:
            self.uploads[stored.name] = stored
            self.removed.discard(stored.name)
            content = base64.b64encode(stored.content).decode()
            self._keep("upload", {**asdict(stored), "content": content})

    def remove(self, name: str) -> None:
        with self.lock:
            self.uploads.pop(name, None)
            self.removed.add(name)
            self._keep("remove", {"name": name})

    def objects(self, bucket: str) -> dict[str, Stored]:
        """Everything in a bucket, by name: results appear when they are ripe, seen or not."""
        found = {}
        with self.lock:
            for generation in self.generations.values():
                folder = generation.folder.removeprefix("gs://").strip("/")
                if not folder.startswith(f"{bucket}/") or not generation.ripe:
                    continue
                for clip in generation.delivered:
                    name = f"{folder}/sample_{clip.sample}.mp4"
                    created = generation.accepted + generation.latency
                    found[name] = Stored(name, generation.id, clip, created=created)
            found |= {k: v for k, v in self.uploads.items() if k.startswith(f"{bucket}/")}
            return {k.partition("/")[2]: v for k, v in found.items() if k not in self.removed}

    def clear(self) -> None:
        """Forget everything but the tokens that clients hold and the names that were given."""
        with self.lock:
            self.generations.clear()
            self.charges.clear()
            self.uploads.clear()
            self.removed.clear()
            if self.state:
                with self._writing:
                    self.state.write_text("")
            self._keep("salt", {"salt": self.salt})
            self._keep("number", {"last": self.numbers})
            for token in self.tokens:
                self._keep("token", {"token": token})

    def _keep(self, kind: str, data: dict[str, Any]) -> None:
        # Not the lock of the whole: an event is kept while the log is locked.
        if self.state:
            with self._writing, self.state.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"record": kind, **data}) + "\n")

    def _restore(self, lines: list[str]) -> None:
        events = []
        for data in map(json.loads, lines):
            match data.pop("record"):
                case "event":
                    events.append(Event(**data))
                case "salt":
                    self.salt = data["salt"]
                case "number":
                    self.numbers = data["last"]
                case "generation":
                    generation = Generation.of(data)
                    self.generations[generation.id] = generation
                case "charge":
                    self.charges.append(Charge.of(data))
                case "end":
                    self.generations[data["id"]].state = data["state"]
                case "token":
                    self.tokens.add(data["token"])
                case "upload":
                    data["content"] = base64.b64decode(data["content"])
                    self.uploads[data["name"]] = Stored(**data)
                case "remove":
                    self.uploads.pop(data["name"], None)
                    self.removed.add(data["name"])
        self.log.restore(events)
