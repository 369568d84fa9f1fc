"""Set-up: what a film needs and lacks, fetched only when somebody says so."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Literal, get_args

from pydantic import Field

from ...onereel.library.said import Said, said_of
from ...onereel.options import FilmOptions, Writer
from ...onereel.settings import Settings
from .hub import HUB
from .routes import Answer, Call, Query, Route

if TYPE_CHECKING:
    from ...onereel.library.setup.installing import Installation, Installations

__all__ = ["ROUTES"]


class SetupQuery(Query):
    """For which film."""

    writer: Writer = get_args(Writer)[0]
    model: str = Field(default="", max_length=200)
    voice: str = Field(default="auto", min_length=1, max_length=100)
    language: str = Field(default="en", min_length=1, max_length=40)


class InstallationView(Answer):
    """Something that is being fetched, or was."""

    part: str
    state: Literal["working", "ready", "stopped", "failed"]
    fraction: float
    note: str
    note_said: Said | None


class PartFileView(Answer):
    """A file of a part. `size`: bytes."""

    name: str
    size: int
    sha256: str


class PartView(Answer):
    """Something that a film may need. `size`: bytes; null where nobody knows yet."""

    id: str
    kind: str
    label: str
    words: str
    words_said: Said | None
    state: Literal["ready", "missing", "partial", "working"]
    needed: bool
    size: int | None
    licence: str
    fetchable: bool
    done: int
    files: list[PartFileView]
    installation: InstallationView | None


class Setup(Answer):
    """What is needed and what else there is; `free`: bytes of disk."""

    parts: list[PartView]
    free: int


_lock = threading.Lock()
_open: tuple[Settings, Installations] | None = None


def _installations(call: Call) -> Installations:
    """One for the process; another once the owner changed the settings."""
    global _open
    from ...onereel.library.setup.installing import Installations

    with _lock:
        idle = _open is None or not any(each.state == "working" for each in _open[1].all())
        if _open is None or (idle and _open[0] != call.settings):
            _open = (call.settings, Installations(call.home, call.settings, _tell))
        return _open[1]


def _tell(installation: Installation) -> None:
    HUB.publish("setup", _view(installation).model_dump(mode="json"))


def _survey(call: Call) -> Setup:
    from ...onereel.library.setup.survey import survey

    wanted: SetupQuery = call.query
    options = FilmOptions(writer=wanted.writer, model=wanted.model, voice=wanted.voice)
    found = asyncio.run(
        survey(options, language=wanted.language, home=call.home, settings=call.settings)
    )
    known = {each.part: _view(each) for each in _installations(call).all()}
    parts = []
    for part in found.parts:
        fields = part.model_dump(mode="json")
        fields["words_said"] = said_of(part.words)
        fields["installation"] = known.get(part.id)
        if part.id in known and known[part.id].state == "working":
            fields["state"] = "working"
        parts.append(PartView.model_validate(fields))
    return Setup(parts=parts, free=found.free)


def _view(installation: Installation) -> InstallationView:
    return InstallationView(**dict(installation), note_said=said_of(installation.note))


def _begin(call: Call) -> InstallationView:
    return _view(_installations(call).begin(call.at["part"]))


def _stop(call: Call) -> None:
    _installations(call).stop(call.at["part"])


ROUTES: tuple[Route, ...] = (
    Route(
        "GET",
        "/setup",
        _survey,
        "What a film needs; nothing is fetched",
        Setup,
        query=SetupQuery,
        fails=(409,),
        slow=True,
    ),
    Route(
        "POST",
        "/setup/{part}",
        _begin,
        "Fetch a part: asking for it is the consent",
        InstallationView,
        status=202,
        fails=(409,),
    ),
    Route("DELETE", "/setup/{part}", _stop, "Stop fetching it", status=204),
)
