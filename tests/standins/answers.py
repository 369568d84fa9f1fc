"""An answer, and the ways in which its bytes can be spoiled."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .faults import Fault

__all__ = ["Failure", "Reply", "pieces", "spoil"]


@dataclass(frozen=True)
class Reply:
    """A good answer. `media` marks clips: their first and last byte are events.

    `stream` are the chunks of a chunked body, instead of `body`.
    """

    body: object = field(default_factory=dict)
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    media: bool = False
    stream: tuple[bytes, ...] = ()

    @property
    def data(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Failure(Exception):
    """An error that the service itself answers with."""

    def __init__(self, status: int, body: object) -> None:
        super().__init__(status, body)
        self.reply = Reply(body, status)


def spoil(reply: Reply, faults: tuple[Fault, ...]) -> Reply:
    """Change the bytes of a good answer as the plan says."""
    for fault in faults:
        match fault.what:
            case "garbage":
                page = b"<html><body><h1>502 Bad Gateway</h1></body></html>"
                reply = replace(reply, body=page, content_type="text/html", stream=())
            case "truncated" if reply.stream:
                half = len(reply.stream) // 2
                broken = reply.stream[half][:20]
                reply = replace(reply, stream=(*reply.stream[:half], broken))
            case "truncated":
                reply = replace(reply, body=reply.data[: len(reply.data) // 2])
            case "void":
                reply = replace(reply, body=b"", stream=())
            case "duplicated":
                reply = replace(reply, body=_twice(json.loads(reply.data)).encode())
            case "mime" | "short" | "corrupt" if isinstance(reply.body, dict):
                body = _inside(reply.body, fault)
                if fault.what == "mime" and body == reply.body:
                    reply = replace(reply, content_type=fault.mime)
                reply = replace(reply, body=body)
            case "mime":
                reply = replace(reply, content_type=fault.mime)
            case "short" | "corrupt" if reply.media:
                reply = replace(reply, body=_damaged(reply.data, fault.what))
    return reply


def _damaged(data: bytes, what: str) -> bytes:
    """A file's first half, or the file with its middle third overwritten."""
    if what == "short":
        return data[: len(data) // 2]
    third = len(data) // 3
    return data[:third] + b"\xa5" * third + data[2 * third :]


def _inside(value: Any, fault: Fault) -> Any:
    """Do it to the clips inside a JSON answer: objects with a MIME type, in both spellings."""
    if isinstance(value, list):
        return [_inside(item, fault) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _inside(item, fault) for name, item in value.items()}
    for mime, data in (("mimeType", "bytesBase64Encoded"), ("mime_type", "data")):
        if not str(value.get(mime, "")).startswith("video/"):
            continue
        if fault.what == "mime":
            changed[mime] = fault.mime
        elif data in value:
            damaged = _damaged(base64.b64decode(value[data]), fault.what)
            changed[data] = base64.b64encode(damaged).decode()
    return changed


def pieces(data: bytes, *, count: int) -> Iterator[bytes]:
    """Cut a body into so many parts, or fewer; an empty one is one part."""
    size = max(-(-len(data) // count), 1)
    for start in range(0, max(len(data), 1), size):
        yield data[start : start + size]


def _twice(value: Any) -> str:
    """Write JSON in which every field of an object comes twice; parsers keep the second."""
    if isinstance(value, dict):
        names = ((json.dumps(name), _twice(item)) for name, item in value.items())
        return "{" + ",".join(f'{name}:"nonsense",{name}:{item}' for name, item in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_twice, value)) + "]"
    return json.dumps(value)
