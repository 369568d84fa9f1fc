"""Health: each service, the queue, the disk, the memory, the versions; events; metrics."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from pathlib import Path
from typing import Any, Literal

import psutil
from comfyui_version import __version__ as comfyui_version
from pydantic import Field
from server import PromptServer

from ...onereel import __version__
from ...onereel.commands.checks import Finding, findings
from ...onereel.home import Home
from ...onereel.library.said import Said, said_of
from ...onereel.settings import Settings
from .hub import HUB
from .problems import Action
from .routes import LARGEST_ID, Answer, Call, Query, Route

__all__ = ["ROUTES", "queue_works"]

_FRESH = 15.0
"""Seconds for which what the services answered is believed."""
_ACTIONS = {
    "Veo": Action(label="Add a key", do="keys"),
    "Omni": Action(label="Add a key", do="keys"),
    "ledger": Action(label="Look at it", do="money"),
    "buying": Action(label="Show how", do="money"),
}
_STATES: dict[str, Literal["ok", "off", "down"]] = {"ok": "ok", "off": "off", "wrong": "down"}


class ServiceHealth(Answer):
    """A part that a film needs or could use: off need not be there, down must be mended."""

    name: str
    label: str
    label_said: Said | None
    state: Literal["ok", "off", "down"]
    words: str
    words_said: Said | None
    action: Action | None


class QueueHealth(Answer):
    """ComfyUI's queue."""

    works: bool
    running: int
    waiting: int


class DiskHealth(Answer):
    """The disk that films lie on, in bytes."""

    free: int
    total: int


class MemoryHealth(Answer):
    """Memory in bytes."""

    free: int
    total: int


class Health(Answer):
    """Whether everything that a film needs is there."""

    state: Literal["ok", "down"]
    services: list[ServiceHealth]
    queue: QueueHealth
    disk: DiskHealth
    memory: MemoryHealth
    versions: dict[str, str]


_checked: tuple[float, Settings, tuple[Finding, ...]] | None = None
_checking = threading.Lock()


def _findings(home: Home, settings: Settings) -> tuple[Finding, ...]:
    global _checked
    with _checking:
        if not _checked or time.monotonic() - _checked[0] > _FRESH or _checked[1] != settings:
            found = tuple(findings(home, settings))
            _checked = (time.monotonic(), settings, found)
        return _checked[2]


def queue_works() -> bool:
    """Whether the thread that runs ComfyUI's prompts is alive."""
    return any(thread.name.endswith("(prompt_worker)") for thread in threading.enumerate())


def _health(call: Call) -> Health:
    services = [
        ServiceHealth(
            name=each.name.lower(),
            label=each.name[:1].upper() + each.name[1:],
            label_said=said_of(each.name),
            state=_STATES[each.state],
            words=each.words,
            words_said=said_of(each.words),
            action=None if each.state == "ok" else _ACTIONS.get(each.name),
        )
        for each in _findings(call.home, call.settings)
        if each.words
    ]
    queue = PromptServer.instance.prompt_queue
    running, waiting = queue.get_current_queue_volatile()
    works = queue_works()
    media = call.home.media
    disk = shutil.disk_usage(next(each for each in (media, *media.parents) if each.is_dir()))
    memory = psutil.virtual_memory()
    down = not works or any(each.state == "down" for each in services)
    return Health(
        state="down" if down else "ok",
        services=services,
        queue=QueueHealth(works=works, running=len(running), waiting=len(waiting)),
        disk=DiskHealth(free=disk.free, total=disk.total),
        memory=MemoryHealth(free=memory.available, total=memory.total),
        versions={
            "onereel": __version__,
            "comfyui": str(comfyui_version),
            "python": sys.version.split()[0],
        },
    )


class EventView(Answer):
    """Something that happened; `type` and `data` as on ComfyUI's WebSocket."""

    number: int
    at: str
    type: str
    data: dict[str, Any]


class Events(Answer):
    """What happened since; ask again with `after` = `last`. A gap after a restart shows as a
    smaller `last`."""

    last: int
    events: list[EventView]


class EventQuery(Query):
    """From where on."""

    after: int = Field(default=0, ge=0, le=LARGEST_ID)


def _events(call: Call) -> Events:
    last, found = HUB.since(call.query.after)
    return Events(
        last=last,
        events=[
            EventView(number=number, at=at, type=f"onereel.{kind}", data=data)
            for number, at, kind, data in found
        ],
    )


_sizes: tuple[float, dict[str, int]] | None = None
_SIZES_FRESH = 60.0


def _storage(media: Path) -> dict[str, int]:
    """Bytes of each kind of media."""
    global _sizes
    if not _sizes or time.monotonic() - _sizes[0] > _SIZES_FRESH:
        kinds = [folder for folder in media.glob("*") if folder.is_dir()] if media.is_dir() else []
        found = {
            folder.name: sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
            for folder in kinds
        }
        _sizes = (time.monotonic(), found)
    return _sizes[1]


def _metrics(call: Call) -> str:
    # Only now: most ComfyUIs are never scraped.
    from .metrics import exposition

    return exposition(call, storage=_storage(call.home.media))


ROUTES: tuple[Route, ...] = (
    Route("GET", "/health", _health, "Whether all is there", Health, slow=True),
    Route("GET", "/events", _events, "What happened since", Events, query=EventQuery),
    Route("GET", "/metrics", _metrics, "Figures for Prometheus", "text/plain", slow=True),
)
