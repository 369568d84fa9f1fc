"""What a route is: one frozen line that the adapter binds and the OpenAPI document describes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict

from ...onereel.home import Home
from ...onereel.settings import Settings
from ...onereel.values import Value

__all__ = [
    "LARGEST_ID",
    "PARTS",
    "PREFIX",
    "Answer",
    "Body",
    "Call",
    "Part",
    "Query",
    "Route",
    "Upload",
]

PREFIX = "/onereel/v1"
LARGEST_ID = 2**62
"""Of a row or an event; databases take no larger number."""


class Answer(BaseModel):
    """What a route gives."""

    # Built when it is first used: ComfyUI starts no slower for answers that nobody asked for.
    model_config = ConfigDict(defer_build=True)


class Body(Value):
    """What a request brings: no unknown field, no number that is none."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Query(Body):
    """The words behind the question mark."""


@dataclass(frozen=True)
class Upload:
    """A body that is a file."""

    kinds: tuple[str, ...]
    """Media types, or families of them, such as "video"."""
    limit: int
    """Bytes."""

    @property
    def media_types(self) -> tuple[str, ...]:
        """As a header or a document names them."""
        return tuple(kind if "/" in kind else f"{kind}/*" for kind in self.kinds)


@dataclass(frozen=True)
class Part:
    """A variable part of a path."""

    pattern: str
    about: str
    words: tuple[str, ...] = ()
    """All that it can be, where these are few."""

    @classmethod
    def of(cls, *words: str, about: str) -> Part:
        """One that is one of a few words."""
        return cls("|".join(words), about, words)


PARTS: Mapping[str, Part] = {
    "film": Part(r"[0-9a-f]{16}", "The film's id."),
    "scene": Part(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "The scene's id."),
    "key": Part(r"[0-9a-f]{1,32}", "The beginning of a take's key."),
    "media": Part(r"[0-9a-f]{32}", "The file's id, as views give it."),
    "kind": Part.of(
        *("film", "srt", "vtt", "screenplay", "fountain", "otio", "storyboard"),
        about="What to download.",
    ),
    "character": Part(r"[0-9a-f]{1,32}", "The character's id."),
    "batch": Part(r"[0-9a-f]{16}", "The batch's id."),
    "part": Part(r"[A-Za-z0-9][A-Za-z0-9._:~-]{0,127}", "A part's id, as the survey gives it."),
    "name": Part(r"[a-z][a-z0-9-]{0,31}", "A name of a key, as the settings list them."),
}
"""Every variable part there is. What does not match is not there."""


@dataclass(frozen=True)
class Call:
    """One request, read and checked."""

    home: Home
    settings: Settings
    request: web.Request
    at: Mapping[str, str] = field(default_factory=dict)
    """The variable parts of the path."""
    query: Any = None
    body: Any = None


@dataclass(frozen=True)
class Route:
    """One route. `handler` takes a `Call`: a plain function runs in a thread, a coroutine function
    in ComfyUI's event loop, which it must not hold up."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    """Below the prefix, its variable parts in braces."""
    handler: Callable[[Call], Any]
    about: str
    answer: type[BaseModel] | str | None = None
    """A model, or a media type, or nothing."""
    status: int = 200
    query: type[Query] | None = None
    body: type[BaseModel] | Upload | None = None
    optional_body: bool = False
    fails: tuple[int, ...] = ()
    """How it can fail beyond what every route of its kind can."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Headers that it understands, with what they are for."""
    made: str = ""
    """Where what it made is, for its Location: a path below the prefix, with `{id}` of the answer
    in it."""
    slow: bool = False
    """Whether it asks other services, or works for seconds."""
    owner: bool = False
    """Whether only somebody at this computer, or with the token, may."""
    open: bool = False
    """Whether no token is needed."""
    ranges: bool = False
    """Whether a part of the answer can be asked for."""

    @property
    def changes(self) -> bool:
        """Whether it changes something."""
        return self.method != "GET"

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of its variable parts."""
        pieces = self.path.split("/")
        return tuple(piece[1:-1] for piece in pieces if piece.startswith("{"))

    @property
    def failures(self) -> tuple[int, ...]:
        """All statuses of its problems."""
        found = {401, 403, 429, 503, *self.fails}
        if self.parts:
            found.add(404)
        if self.query:
            found.add(400)
        if self.changes:
            found |= {400, 413, 415}
        if self.body:
            found.add(408)
        return tuple(sorted(found))
