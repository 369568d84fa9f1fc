"""The vendors' own clients, pointed at a stand-in, and what the tests of the stand-ins ask them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import certifi
import pytest
import requests
from google import genai
from google.genai import types

from tests.standins import Google
from tests.standins.google import EXPRESS_KEY, GEMINI_KEY, LOCATION, PROJECT

FAST = "veo-3.1-fast-generate-001"
OMNI = "gemini-omni-1.2-flash"


class Clients:
    """A stand-in and every client of it."""

    patience = 5000
    """Milliseconds that the SDKs wait for an answer."""

    def __init__(self, google: Google) -> None:
        self.google = google

    def options(self) -> types.HttpOptions:
        # Without attempts=1 the Interactions client posts five times (google.md, "Errors").
        once = types.HttpRetryOptions(attempts=1)
        return types.HttpOptions(
            base_url=self.google.url,
            timeout=self.patience,
            retry_options=once,
        )

    # A client that nobody holds closes its connections, with requests under way.
    @cached_property
    def vertex(self) -> genai.Client:
        return genai.Client(
            vertexai=True, project=PROJECT, location=LOCATION, http_options=self.options()
        )

    def express(self, key: str = EXPRESS_KEY) -> genai.Client:
        return genai.Client(vertexai=True, api_key=key, http_options=self.options())

    @cached_property
    def gemini(self) -> genai.Client:
        return genai.Client(api_key=GEMINI_KEY, http_options=self.options())

    def token(self) -> dict[str, str]:
        """The header that opens the bucket, by the token endpoint."""
        form = {"grant_type": "refresh_token", "refresh_token": "any"}
        answer = requests.post(f"{self.google.url}/token", data=form, timeout=5).json()
        return {"Authorization": f"{answer['token_type']} {answer['access_token']}"}

    def body(self, path: str) -> Any:
        """The JSON of the last request to a path that ends so."""
        return next(r.json for r in reversed(self.google.requests) if r.path.endswith(path))

    def kinds(self, operation: str) -> list[str]:
        """The kinds of the events of one operation, in order."""
        return [event.kind for event in self.google.log.after() if event.operation == operation]


@pytest.fixture
def clients(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clients]:
    with Google() as google:
        account = google.environment(tmp_path)["GOOGLE_APPLICATION_CREDENTIALS"]
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", account)
        # Every client reads every root certificate twice, though it never speaks TLS here.
        one = Path(certifi.where()).read_text("utf-8").partition("-----END CERTIFICATE-----")[:2]
        (tmp_path / "root.pem").write_text("".join(one), "utf-8")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "root.pem"))
        yield Clients(google)


def veo(client: genai.Client, prompt: str = "a robot", **config: Any) -> Any:
    """Submit to Veo; 4 s of the fast model unless said otherwise."""
    given = {name: config.pop(name) for name in ("image", "video") if name in config}
    return client.models.generate_videos(
        model=config.pop("model", FAST),
        source=types.GenerateVideosSource(prompt=prompt, **given),
        config=types.GenerateVideosConfig(**{"duration_seconds": 4, **config}),
    )


def omni(client: genai.Client, prompt: str = "a robot", **form: Any) -> Any:
    """Submit to Omni; 3 s at 360p by URI unless said otherwise."""
    shape = {"type": "video", "resolution": "360p", "duration": "3s", "delivery": "uri", **form}
    return client.interactions.create(
        model=OMNI, background=True, store=True, input=prompt, response_format=shape
    )


def until(look: Callable[[], Any], done: Callable[[Any], bool]) -> Any:
    """Look until it is done; a stand-in takes well under a second."""
    for _ in range(200):
        if done(found := look()):
            return found
        time.sleep(0.01)
    raise AssertionError("it never ended")


def finished(client: genai.Client, operation: Any) -> Any:
    """The operation of a Veo generation when it is done."""
    return until(lambda: client.operations.get(operation), lambda found: bool(found.done))


def ended(client: genai.Client, id: str) -> Any:
    """The interaction when it is no longer in progress."""
    return until(lambda: client.interactions.get(id), lambda found: found.status != "in_progress")
