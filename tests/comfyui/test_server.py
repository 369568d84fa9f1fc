"""OneReel's HTTP interface: what every route is guarded by, and the routes that need no film."""

from __future__ import annotations

import http.client
import io
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import soundfile

from .client import ComfyUI

KEY = "AIza" + "Sy0123456789_invented-key-7654321"
DOCUMENT = Path(__file__).resolve().parents[2] / "nodes" / "server" / "openapi.json"
PREFIX = "onereel/v1"


def ask(comfyui: ComfyUI, method: str, path: str, **extra: Any) -> requests.Response:
    return requests.request(method, f"{comfyui.url}/{PREFIX}{path}", timeout=60, **extra)


def problem(answer: requests.Response, status: int, kind: str = "") -> dict[str, Any]:
    """The problem that an answer must be."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    told = answer.json()
    assert told["status"] == status
    assert (
        told["detail"].endswith((".", "?")) or "`" in told["detail"] or "python -m" in answer.text
    )
    assert "Traceback" not in answer.text
    assert kind in told["type"]
    return told


def connect(comfyui: ComfyUI, wait: float = 60) -> socket.socket:
    place = urlsplit(comfyui.url)
    return socket.create_connection((place.hostname, place.port), timeout=wait)


def answered(connection: socket.socket) -> bytes:
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    return str(answer.status).encode() + b" " + answer.read()


def raw(comfyui: ComfyUI, sent: bytes, *, wait: float = 60) -> bytes:
    """What a server answers to bytes that no client library would send."""
    with connect(comfyui, wait) as connection:
        connection.sendall(sent)
        return answered(connection)


@pytest.fixture(scope="module", autouse=True)
def slow(comfyui: ComfyUI) -> Iterator[socket.socket]:
    """A request whose body never comes: the server waits 20 s for it, in which other tests run."""
    place = urlsplit(comfyui.url).netloc
    head = f"PUT /{PREFIX}/settings/keys/vertex-api-key HTTP/1.1\r\nHost: {place}\r\n"
    with connect(comfyui) as connection:
        connection.sendall(
            f"{head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{".encode()
        )
        yield connection


def test_the_document_that_is_shipped_is_the_one_that_is_served(comfyui: ComfyUI):
    served = ask(comfyui, "GET", "/openapi.json")
    assert served.headers["Content-Type"] == "application/json"
    assert served.text == DOCUMENT.read_text("utf-8")
    document = served.json()
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            (done,) = (said for status, said in operation["responses"].items() if status < "300")
            assert done["description"].endswith("."), path
            failing = [each for each in operation["responses"] if not each.startswith("2")]
            for status in failing:
                assert "application/problem+json" in operation["responses"][status]["content"]
    job = document["components"]["schemas"]["JobView"]["properties"]
    assert job["position"]["description"].startswith("In the queue, from 1")


def test_every_address_is_there_below_api_too(comfyui: ComfyUI):
    for prefix in (PREFIX, f"api/{PREFIX}"):
        answer = requests.get(f"{comfyui.url}/{prefix}/choices", timeout=60)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_choices_name_what_a_film_can_be_made_with(comfyui: ComfyUI):
    choices = ask(comfyui, "GET", "/choices").json()
    assert {"story", "explainer"} <= {each["name"] for each in choices["templates"]}
    german = next(each for each in choices["languages"] if each["code"] == "de")
    assert german == {"code": "de", "label": "German", "writes": True, "speaks": True}
    renderers = {each["name"]: each for each in choices["renderers"]}
    assert renderers["draft"]["free"]
    assert not renderers["veo"]["free"]
    assert choices["durations"] == {"least": 4, "most": 3600, "usual": 30}
    places = {each["name"]: each for each in choices["platforms"]}
    assert {"any", "youtube", "tiktok", "linkedin", "x", "square"} <= places.keys()
    tiktok = places["tiktok"]
    assert (tiktok["aspect"], tiktok["resolution"], tiktok["longest"]) == ("9:16", "1080p", 600)
    assert tiktok["safe"]["bottom"] == 0.22
    assert "[T]" in tiktok["sources"]["safe"]


def test_a_voice_can_be_heard(comfyui: ComfyUI):
    voice, variant, *_ = ask(comfyui, "GET", "/voices?language=de").json()["voices"]
    assert variant["name"] == f"{voice['name']}+f5"
    answer = ask(comfyui, "GET", f"/voices/sample?language=de&voice={voice['name']}")
    assert answer.headers["Content-Type"] == "audio/wav"
    samples, rate = soundfile.read(io.BytesIO(answer.content))
    assert len(samples) > rate
    assert abs(samples).max() > 0.05
    told = problem(ask(comfyui, "GET", "/voices/sample?language=de&voice=Nobody"), 400)
    assert "no voice 'Nobody'" in told["detail"]


def test_paid_models_say_what_they_cost_and_what_is_missing(comfyui: ComfyUI):
    models = {each["name"]: each for each in ask(comfyui, "GET", "/models").json()["models"]}
    fast = models["veo-3.1-fast-generate-001"]
    assert fast["usual"]
    assert float(fast["prices"]["720p"]) > 0
    assert fast["reached"] == (not fast["why"])


@pytest.fixture
def settings_kept(comfyui: ComfyUI) -> Iterator[Path]:
    file = comfyui.private / "settings.toml"
    ask(comfyui, "GET", "/settings")
    before = file.read_bytes()
    yield file
    file.write_bytes(before)


def keys(comfyui: ComfyUI) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in ask(comfyui, "GET", "/settings").json()["keys"]}


def test_a_key_is_set_and_cleared_and_never_read_back(comfyui: ComfyUI, settings_kept: Path):
    answer = ask(comfyui, "PUT", "/settings/keys/vertex-api-key", json={"value": f" '{KEY}'\n"})
    assert answer.json()["set"]
    assert f'vertex_api_key = "{KEY}"' in settings_kept.read_text("utf-8")
    assert keys(comfyui)["vertex-api-key"]["set"]
    paths = ("/settings", "/health", "/choices", "/models", "/events", "/openapi.json", "/audit")
    assert not [path for path in paths if KEY in ask(comfyui, "GET", path).text]
    assert not ask(comfyui, "DELETE", "/settings/keys/vertex-api-key").json()["set"]
    assert KEY not in settings_kept.read_text("utf-8")
    wrong = ask(comfyui, "PUT", "/settings/keys/vertex-api-key", json={"value": "YOUR_API_KEY"})
    assert "placeholder" in problem(wrong, 400)["detail"]
    empty = ask(comfyui, "PUT", "/settings/keys/vertex-api-key", json={"value": "\x1e"})
    assert "empty" in problem(empty, 400)["detail"]


def test_no_route_switches_buying_on_raises_a_cap_or_adds_an_address(
    comfyui: ComfyUI, settings_kept: Path
):
    before = settings_kept.read_bytes()
    for name in ("google-bucket", "google-project", "google-location"):
        told = problem(ask(comfyui, "PUT", f"/settings/keys/{name}", json={"value": "x"}), 409)
        assert f"settings set {name}" in told["detail"]
        assert not keys(comfyui)[name]["settable"]
    for name in ("buying", "day", "ollama-host", "on"):
        problem(ask(comfyui, "PUT", f"/settings/keys/{name}", json={"value": "true"}), 404)
    for method in ("PUT", "POST", "PATCH", "DELETE"):
        for path in ("/settings", "/budget", "/settings/buying"):
            assert ask(comfyui, method, path, json={"on": True}).status_code in (404, 405)
    assert settings_kept.read_bytes() == before


FOREIGN = (
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_foreign_page_changes_nothing(headers: dict[str, str], comfyui: ComfyUI):
    body = {"value": KEY}
    answer = ask(comfyui, "PUT", "/settings/keys/vertex-api-key", json=body, headers=headers)
    # Some of it ComfyUI refuses itself.
    assert answer.status_code == 403
    assert not keys(comfyui)["vertex-api-key"]["set"]


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
def test_a_form_or_plain_text_changes_nothing(kind: str, comfyui: ComfyUI):
    path = "/settings/keys/vertex-api-key"
    sent = {"Content-Type": kind}
    problem(ask(comfyui, "PUT", path, data=json.dumps({"value": KEY}), headers=sent), 415)
    problem(ask(comfyui, "DELETE", path, headers=sent), 415)
    sent = {"Content-Type": "application/json", "Content-Encoding": "deflate"}
    problem(ask(comfyui, "PUT", path, data=b"x" * 10, headers=sent), 415)


DEEP = '{"value":' + "[" * 2000 + "]" * 2000 + "}"
BODIES = {
    "nothing": ("", 400),
    "half": ('{"value": "', 400),
    "list": ("[]", 400),
    "null": ("null", 400),
    "text": ('"x"', 400),
    "number": ('{"value": NaN}', 400),
    "bad bytes": (b'{"value": "\xff"}', 400),
    "missing": ("{}", 400),
    "unknown": ('{"value": "x", "more": 1}', 400),
    "another type": ('{"value": 5}', 400),
    "deep": (DEEP, 400),
    "very deep": ("[" * 500_000, 400),
    "long number": ('{"value": ' + "9" * 5000 + "}", 400),
    "long": (json.dumps({"value": "x" * 20_000}), 400),
    "huge": (json.dumps({"value": "x" * 2_100_000}), 413),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_not_as_it_must_be_is_one_sentence(name: str, comfyui: ComfyUI):
    body, status = BODIES[name]
    data = body if isinstance(body, bytes) else body.encode()
    sent = {"Content-Type": "application/json"}
    answer = ask(comfyui, "PUT", "/settings/keys/vertex-api-key", data=data, headers=sent)
    told = problem(answer, status)
    if name in ("missing", "unknown", "another type", "long"):
        assert [each["name"] for each in told["fields"]] == [
            "more" if name == "unknown" else "value"
        ]


def test_a_body_without_a_length_is_bounded_too(comfyui: ComfyUI):
    place = urlsplit(comfyui.url).netloc

    def pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 100_000

    sent = {"Content-Type": "application/json", "Host": place}
    try:
        answer = ask(comfyui, "PUT", "/settings/keys/vertex-api-key", data=pieces(), headers=sent)
    except requests.ConnectionError:
        return  # The server closed before all of it was sent.
    problem(answer, 413)


TRAVERSAL = (
    "/operations/..%2f..%2fsettings.toml",
    "/operations/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/settings/keys/..%2f..%2fx",
    "/nothing/../settings",
    "/%00",
    "/operations/" + "a" * 5000,
)


@pytest.mark.parametrize("path", TRAVERSAL)
def test_no_path_leads_out(path: str, comfyui: ComfyUI):
    place = urlsplit(comfyui.url).netloc
    sent = f"GET /{PREFIX}{path} HTTP/1.1\r\nHost: {place}\r\nConnection: close\r\n\r\n"
    status, _, body = raw(comfyui, sent.encode()).partition(b" ")
    assert status in (b"404", b"400", b"405")
    assert b"[google]" not in body
    assert b"root:" not in body


def test_what_is_not_there_and_what_is_asked_wrongly(comfyui: ComfyUI):
    problem(ask(comfyui, "GET", "/nothing"), 404)
    problem(ask(comfyui, "GET", "/operations/abc123"), 404)
    problem(ask(comfyui, "GET", "/operations/NOKEY"), 404)
    problem(ask(comfyui, "DELETE", "/characters/%0A%7B"), 404)
    refused = ask(comfyui, "DELETE", "/choices")
    problem(refused, 405)
    assert refused.headers["Allow"] == "GET, HEAD"
    told = problem(ask(comfyui, "GET", "/operations?limit=0&state=lost"), 400)
    wrong = {each["name"]: each["detail"] for each in told["fields"]}
    assert wrong.keys() == {"limit", "state"}
    assert wrong["state"].startswith("must be 'planned', 'reserved'")
    assert told["detail"] in {f"{name!r} {detail}." for name, detail in wrong.items()}
    kinds = problem(ask(comfyui, "GET", "/films/0123456789abcdef/export/pdf"), 404)
    assert "film, srt, vtt" in kinds["detail"]
    problem(ask(comfyui, "GET", "/operations?limt=3"), 400)
    problem(ask(comfyui, "GET", "/operations?limit=3&limit=4"), 400)
    assert requests.head(f"{comfyui.url}/{PREFIX}/choices", timeout=60).status_code == 200


def test_health_metrics_and_events(comfyui: ComfyUI):
    health = ask(comfyui, "GET", "/health").json()
    assert health["queue"]["works"]
    states = {each["name"]: each["state"] for each in health["services"]}
    assert states["ollama"] == "ok"
    assert {"veo", "omni", "disk", "memory", "buying"} <= states.keys()
    assert str(comfyui.private) not in json.dumps(health)
    figures = ask(comfyui, "GET", "/metrics")
    assert figures.headers["Content-Type"].startswith("text/plain")
    assert 'onereel_spent_dollars{period="day"} ' in figures.text
    assert 'onereel_queue_prompts{state="running"} ' in figures.text
    events = ask(comfyui, "GET", "/events?after=0").json()
    assert events["last"] >= len(events["events"])


def test_from_beyond_this_computer_a_token_is_asked_for(comfyui: ComfyUI, settings_kept: Path):
    """A name that leads here by its own DNS, and a proxy, are beyond."""
    for headers in ({"Host": "films.example"}, {"X-Forwarded-For": "203.0.113.7"}):
        told = problem(ask(comfyui, "GET", "/settings", headers=headers), 401)
        assert told["action"]["do"] == "token"
        assert "settings token" in told["detail"]
    token = "a-token-that-somebody-made"
    settings_kept.write_text(f'[server]\ntoken = "{token}"\nper_minute = 30\n', "utf-8")
    beyond = {"Host": "films.example"}
    right = {**beyond, "Authorization": f"Bearer {token}"}
    assert ask(comfyui, "GET", "/settings", headers=right).status_code == 200
    assert token not in ask(comfyui, "GET", "/settings", headers=right).text
    wrong = {**beyond, "Authorization": "Bearer another"}
    problem(ask(comfyui, "GET", "/settings", headers=wrong), 401)
    shown = ask(comfyui, "POST", "/session", json={"token": token}, headers=beyond)
    assert shown.status_code == 204
    cookie = shown.headers["Set-Cookie"]
    assert token not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    session = {**beyond, "Cookie": cookie.partition(";")[0]}
    assert ask(comfyui, "GET", "/settings", headers=session).status_code == 200
    found = [ask(comfyui, "GET", "/choices", headers=session) for _ in range(40)]
    limited = [answer for answer in found if answer.status_code != 200]
    assert limited
    told = problem(limited[0], 429)
    assert int(limited[0].headers["Retry-After"]) >= 1
    # Who sits at this computer is not counted.
    assert ask(comfyui, "GET", "/choices").status_code == 200


def test_a_token_cannot_be_guessed(comfyui: ComfyUI, settings_kept: Path):
    settings_kept.write_text('[server]\ntoken = "0123456789abcdef"\n', "utf-8")
    beyond = {"Host": "films.example"}
    statuses = [
        ask(comfyui, "POST", "/session", json={"token": f"guess {number}"}, headers=beyond)
        for number in range(14)
    ]
    assert [answer.status_code for answer in statuses][-1] == 429


def test_the_owner_may_switch_the_guard_off_but_not_for_keys(comfyui: ComfyUI, settings_kept: Path):
    settings_kept.write_text('[server]\nguard = "off"\n', "utf-8")
    beyond = {"Host": "films.example"}
    assert ask(comfyui, "GET", "/settings", headers=beyond).status_code == 200
    path = "/settings/keys/vertex-api-key"
    problem(ask(comfyui, "PUT", path, json={"value": KEY}, headers=beyond), 401)
    assert KEY not in settings_kept.read_text("utf-8")


def test_a_broken_settings_file_is_a_sentence_without_a_path(comfyui: ComfyUI, settings_kept: Path):
    settings_kept.write_text("[server]\nwings = 2\n", "utf-8")
    told = problem(ask(comfyui, "GET", "/choices"), 503)
    assert "wings" in told["detail"]
    assert str(comfyui.private) not in told["detail"]


def test_a_comfyui_that_listens_beyond_this_computer_asks_everybody(unusual: ComfyUI):
    other = unusual
    told = problem(ask(other, "GET", "/choices"), 401)
    assert told["action"]["do"] == "token"
    problem(ask(other, "PUT", "/settings/keys/vertex-api-key", json={"value": KEY}), 401)
    problem(ask(other, "POST", "/films", json={"brief": {"idea": "A film"}}), 401)
    assert ask(other, "GET", "/openapi.json").status_code == 200
    token = "a-token-for-the-whole-house"
    (other.private / "settings.toml").write_text(f'[server]\ntoken = "{token}"\n', "utf-8")
    shown = {"Authorization": f"Bearer {token}"}
    assert ask(other, "GET", "/choices", headers=shown).status_code == 200
    changed = ask(other, "PUT", "/settings/keys/vertex-api-key", json={"value": KEY}, headers=shown)
    assert changed.json()["set"]
    # ComfyUI's own routes are as they were.
    assert other.get("queue") == {"queue_running": [], "queue_pending": []}


def test_a_slow_body_is_given_up(slow: socket.socket):
    assert answered(slow).startswith(b"408 ")
