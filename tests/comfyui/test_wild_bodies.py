"""Whatever a route is sent, it answers in a sentence: no traceback, no 5xx, no key, no way out.

$ONEREEL_WILD_BODIES sets how many bodies are sent; 10,000 are what a release is held to.
"""

from __future__ import annotations

import io
import json
import os
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import numpy as np
import pytest
import requests
import soundfile
import websocket
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.reliability.keys import leaks_in, leaks_in_files, secrets_of
from tests.reliability.killing import until
from tests.standins import Google

from .aims import aims, character_to_aim_at, film_to_aim_at
from .client import BUYING, ComfyUI
from .panel import Panel

COUNT = int(os.environ.get("ONEREEL_WILD_BODIES", "150"))
DOCUMENT = json.loads(
    (Path(__file__).resolve().parents[2] / "nodes" / "server" / "openapi.json").read_text("utf-8")
)
CHANGING = sorted(
    (method.upper(), path)
    for path, operations in DOCUMENT["paths"].items()
    for method in operations
    if method != "get"
)
PARTS = {path: re.findall(r"{(\w+)}", path) for path in DOCUMENT["paths"]}
NASTY = (
    *("", " ", "\0", "\x1b[31m", "\ud800", "\ufffe", "\u202egnirts", "\U0001f600" * 50),
    *("../../../etc/passwd", "/etc/passwd", "C:\\Windows", "file:///etc/passwd", "CON"),
    *("http://169.254.169.254/", "'; DROP TABLE films; --", "{{7*7}}", "%s%n", "${jndi:x}"),
    *("<script>", "x\r\nX-Evil: 1", "NaN", "1e999", "-1", "2026-99-99T99:99:99Z", "x" * 5000),
)
TEXTS = st.one_of(st.sampled_from(NASTY), st.text(max_size=30))
NUMBERS = st.one_of(
    st.sampled_from((0, -1, 2**31, 2**63, -(2**63) - 1, 10**400, 1e308, -0.0, 1e-320)),
    st.integers(),
    st.floats(),
)
LEAVES = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(TEXTS, inner, max_size=5)
        # Deeper than anything of ours.
        | inner.map(lambda value: json.loads("[" * 60 + json.dumps(value) + "]" * 60))
    ),
    max_leaves=12,
)
WORDS = st.sampled_from(("s01", "s02", "A film of a lighthouse", "make scene 1 darker", "draft"))


def seldom(times: int) -> st.SearchStrategy[bool]:
    """Whether, once in so many times; hypothesis is fond of the ends of a range."""
    return st.integers(0, times - 1).map(lambda number: number == times // 2)


@st.composite
def like(draw: st.DrawFn, schema: dict[str, Any]) -> Any:
    """What a schema describes, with something else in it here and there."""
    if not schema or draw(seldom(12)):
        return draw(ANYTHING)
    if reference := schema.get("$ref"):
        found = DOCUMENT["components"]["schemas"][reference.rpartition("/")[2]]
        return draw(like(found))
    if branches := schema.get("anyOf") or schema.get("oneOf"):
        return draw(like(draw(st.sampled_from(branches))))
    if "const" in schema or "enum" in schema:
        return draw(st.sampled_from(schema.get("enum") or [schema["const"]]))
    return draw(_of_type(schema))


def _of_type(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    match schema.get("type"):
        case "object":
            known = {name: like(inner) for name, inner in schema.get("properties", {}).items()}
            needed = {name: known.pop(name) for name in schema.get("required", ()) if name in known}
            return st.fixed_dictionaries(needed, optional=known)
        case "array":
            return st.lists(like(schema.get("items", {})), min_size=1, max_size=4)
        case "string":
            return st.one_of(WORDS, TEXTS)
        case "integer":
            return st.one_of(st.integers(1, 8), NUMBERS)
        case "number":
            return st.one_of(st.integers(1, 60), NUMBERS)
        case "boolean":
            return st.booleans()
        case _:
            return st.none()


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 36), "teal").save(made, "PNG")
    return made.getvalue()


def sound() -> bytes:
    made = io.BytesIO()
    soundfile.write(made, np.zeros(4800), 48000, format="WAV")
    return made.getvalue()


TABLE = b'idea,duration\n"A baker",8\n{"idea": "A cook"}\n'
FILES = (picture(), sound(), TABLE, b"", b"\x00\x00\x00\x18ftypisom", b"<svg onload='x'/>")


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file that is damaged somewhere, or none at all."""
    raw = bytearray(draw(st.sampled_from(FILES)))
    for place in draw(st.lists(st.integers(0, max(len(raw) - 1, 0)), max_size=6)):
        if raw:
            raw[place] = draw(st.integers(0, 255))
    return bytes(raw[: draw(st.sampled_from((len(raw), len(raw) // 2)))]) + draw(
        st.binary(max_size=20)
    )


@dataclass(frozen=True)
class Wild:
    """A request. A part of the path that is None is the film that is there, or its scene."""

    method: str
    path: str
    parts: dict[str, str | None]
    query: dict[str, str]
    kind: str
    body: Any
    """JSON, unless it is bytes."""
    fresh: bool
    """Whether the body is to name the film's revision of that moment."""


@st.composite
def wild(draw: st.DrawFn) -> Wild:
    method, path = draw(st.sampled_from(CHANGING))
    operation = DOCUMENT["paths"][path][method.lower()]
    parameters: dict[str, list[dict[str, Any]]] = {"path": [], "query": [], "header": []}
    for each in operation.get("parameters", ()):
        parameters[each["in"]].append(each)
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    if "application/json" in content or not content:
        kind = "application/json"
        body = draw(
            st.one_of(ANYTHING, st.binary(max_size=60)) if draw(seldom(8)) else like(schema)
        )
    else:
        kind = draw(st.sampled_from(sorted(content))).replace("*", "png")
        body = draw(files())
    if draw(seldom(20)):
        kind = draw(st.sampled_from(("text/plain", "application/x-www-form-urlencoded", "x", "")))
    return Wild(
        method,
        path,
        {each["name"]: draw(TEXTS) if draw(seldom(8)) else None for each in parameters["path"]},
        {
            each["name"]: draw(st.one_of(st.sampled_from(("1", "true", "keep")), TEXTS))
            for each in parameters["query"]
            if draw(seldom(5))
        },
        kind,
        body,
        draw(st.booleans()),
    )


@dataclass
class Target:
    """A film to aim at, and what came back."""

    panel: Panel
    there: dict[str, str]
    secrets: frozenset[str]
    session: requests.Session = field(default_factory=requests.Session)
    film: str = ""
    revision: int = 1
    statuses: dict[int, int] = field(default_factory=dict)

    def renew(self) -> None:
        """Make the film, if somebody deleted it."""
        view = film_to_aim_at(self.panel)
        self.film, self.revision = view["id"], view["revision"]

    def send(self, request: Wild, headers: dict[str, str] | None = None) -> requests.Response:
        there = {**self.there, "film": self.film}
        if "/spendings/" in request.path:
            there["key"] = there["spending"]
        path = request.path
        for name, given_part in request.parts.items():
            value = there[name] if given_part is None else given_part
            path = path.replace(f"{{{name}}}", quote(value.encode("utf-8", "replace"), safe=""))
        body = request.body
        if isinstance(body, dict) and request.fresh and "revision" in body:
            body = {**body, "revision": self.revision}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        words = {name: word.encode("utf-8", "replace") for name, word in request.query.items()}
        answer = self.session.request(
            request.method,
            f"{self.panel.comfyui.url}{path}?{urlencode(words)}",
            data=data,
            headers=headers or ({"Content-Type": request.kind} if request.kind else {}),
            timeout=120,
        )
        told = answer.content + str(answer.headers).encode()
        assert list(leaks_in(path, told, self.secrets)) == []
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        return answer

    def follow(self, answer: requests.Response) -> None:
        """Keep what is aimed at there, and the queue empty."""
        if answer.status_code == 202:
            requests.post(f"{self.panel.comfyui.url}/queue", json={"clear": True}, timeout=60)
            self.panel.comfyui.interrupt()
        if answer.status_code == 204 and "/characters/" in answer.url:
            self.there["character"] = character_to_aim_at(self.panel)
        if answer.status_code < 300:
            view = self.panel.ask("GET", f"/films/{self.film}")
            if view.status_code == 404:
                self.renew()
            else:
                self.revision = view.json()["revision"]


@pytest.fixture(scope="module")
def buying(comfyui: ComfyUI) -> Iterator[bytes]:
    """The settings while buying is on: a route that looks at the switch first says little else."""
    Panel(comfyui).get("/settings")
    with comfyui.settings(BUYING):
        yield BUYING.encode()


@pytest.fixture(scope="module")
def there(comfyui: ComfyUI, google: Google, buying: bytes) -> dict[str, str]:
    return aims(Panel(comfyui), google)


@pytest.fixture
def target(
    comfyui: ComfyUI, google: Google, there: dict[str, str], buying: bytes
) -> Iterator[Target]:
    found = Target(Panel(comfyui), there, secrets_of(google, comfyui.output.parents[1]))
    found.renew()
    yield found
    (comfyui.private / "settings.toml").write_bytes(buying)
    print(f"answers by status: {dict(sorted(found.statuses.items()))}")


def test_whatever_is_sent_is_answered_in_a_sentence(target: Target, comfyui: ComfyUI):
    written = comfyui.log.stat().st_size
    with comfyui.listening(uuid.uuid4().hex) as messages:
        heard: list[str] = []
        threading.Thread(target=_hear, args=(messages, heard), daemon=True).start()
        _aim_often(target)
        # Whether a wild body ever changes a film is luck, so one is changed for certain: what is
        # scanned for keys below was listened to up to the end.
        target.renew()
        target.panel.ask("PATCH", f"/films/{target.film}", json={"title": "Changed"})
        until(lambda: any('"onereel.film"' in each and target.film in each for each in heard))
    assert min(target.statuses) < 300, "nothing was accepted: the bodies are too wild"
    with comfyui.log.open("rb") as file:
        file.seek(written)
        told = file.read()
    assert b"Traceback" not in told
    for what in (told, *heard, json.dumps(comfyui.get("history"))):
        assert list(leaks_in("what was told", what, target.secrets)) == []
    assert list(leaks_in_files(comfyui.output.parent, target.secrets)) == []
    assert set(comfyui.get("queue")) == {"queue_running", "queue_pending"}


def _hear(messages: Iterator[dict[str, Any]], heard: list[str]) -> None:
    with suppress(websocket.WebSocketException, OSError):
        for message in messages:
            heard.append(json.dumps(message))


def _aim_often(target: Target) -> None:
    @settings(
        max_examples=COUNT,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(wild())
    def aim(request: Wild) -> None:
        answer = target.send(request)
        assert answer.status_code < 500, answer.text
        assert "Traceback" not in answer.text
        if answer.status_code >= 400:
            assert answer.headers["Content-Type"].startswith("application/problem+json")
            assert answer.json()["detail"]
        target.follow(answer)

    aim()


ALIEN = (
    ({"Origin": "http://evil.example", "Content-Type": "application/json"}, 403),
    ({"Sec-Fetch-Site": "cross-site", "Content-Type": "application/json"}, 403),
    ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
    ({"Content-Type": "text/plain"}, 415),
)


@pytest.mark.parametrize("method, path", CHANGING)
def test_no_route_takes_a_form_or_a_foreign_page(method: str, path: str, target: Target):
    before = target.panel.film(target.film)
    for headers, status in ALIEN:
        request = Wild(method, path, dict.fromkeys(PARTS[path]), {}, "", b"x=1", fresh=False)
        answer = target.send(request, headers)
        assert answer.status_code == status, (headers, answer.text)
    assert target.panel.film(target.film) == before


OUTWARDS = (
    "..",
    "../settings.toml",
    "..%2f..%2fsettings.toml",
    "%2e%2e/%2e%2e/etc/passwd",
    "....//settings.toml",
    "..\\settings.toml",
    "/etc/passwd",
    "x\0.mp4",
    "\uff0e\uff0e/settings.toml",
    "~root",
)
PLACED = [
    (method.upper(), path, part)
    for path, operations in sorted(DOCUMENT["paths"].items())
    for method in sorted(operations)
    for part in PARTS[path]
]


@pytest.mark.parametrize("method, path, part", PLACED)
def test_no_part_of_a_path_leads_out(method: str, path: str, part: str, target: Target):
    for word in OUTWARDS:
        parts = {**dict.fromkeys(PARTS[path]), part: word}
        request = Wild(method, path, parts, {}, "application/json", b"", fresh=False)
        answer = target.send(request)
        assert answer.status_code in (400, 404, 405, 415), (word, answer.text)
        assert "[google]" not in answer.text
        assert "root:" not in answer.text
