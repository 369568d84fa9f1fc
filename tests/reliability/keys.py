"""Looking for keys and tokens where none may be."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path

from tests.standins import Google
from tests.standins.google import EXPRESS_KEY, GEMINI_KEY

__all__ = ["leaks_in", "leaks_in_files", "leaks_on_the_wire", "secrets_of"]

_OWN = {"settings.toml", "standin-account.json"}
"""Files that are there to hold a secret."""


def secrets_of(google: Google, folder: Path) -> frozenset[str]:
    """Everything that opens a door of this provider."""
    account = json.loads((folder / "standin-account.json").read_text("utf-8"))
    # A line of it is as bad as the whole.
    lines = [line for line in account["private_key"].splitlines() if "KEY---" not in line]
    return frozenset({GEMINI_KEY, EXPRESS_KEY, *google.world.tokens, *lines})


def leaks_in(where: str, content: str | bytes, secrets: Collection[str]) -> Iterator[str]:
    """Each secret that is in a text or a file."""
    raw = content if isinstance(content, bytes) else content.encode()
    for secret in secrets:
        if secret.encode() in raw:
            yield f"{where} holds {secret[:24]}"


def leaks_in_files(folder: Path, secrets: Collection[str]) -> Iterator[str]:
    """Each secret that is in a file below a folder, databases and films included."""
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in _OWN and "custom_nodes" not in path.parts:
            yield from leaks_in(str(path.relative_to(folder)), path.read_bytes(), secrets)
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as bundle:
                    for name in bundle.namelist():
                        yield from leaks_in(f"{name} in {path.name}", bundle.read(name), secrets)


def leaks_on_the_wire(google: Google, *, opens: str) -> Iterator[str]:
    """Each request that carried a credential which this provider's doors do not want.

    `opens` names the credential that belongs here: "bearer", or a key.
    """
    for request in google.requests:
        if request.path.startswith("/standin/"):
            continue
        line = f"{request.path}?{request.query}"
        yield from leaks_in(line, line, {GEMINI_KEY, EXPRESS_KEY, *google.world.tokens})
        yield from leaks_in(f"body of {line}", request.body, {GEMINI_KEY, EXPRESS_KEY})
        key = request.headers.get("x-goog-api-key", "")
        bearer = request.headers.get("authorization", "")
        # Gemini's menu of writers looks with Gemini's key.
        if key and key != opens and not (request.path == "/v1/models" and key == GEMINI_KEY):
            yield f"{line} came with the key {key[:24]}"
        if bearer and opens != "bearer":
            yield f"{line} came with a token"
