"""Veo and Omni against the Google stand-in: settings, shots, and the way from submit to clip."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from onereel.cast.picture import Picture
from onereel.home import Home
from onereel.remote import Patience
from onereel.settings import GoogleSettings
from onereel.shoot.buying.service import Found, NotSubmitted, Pending, Submitted
from onereel.shoot.google.omni import Omni
from onereel.shoot.google.veo import Veo
from onereel.shoot.shot import Shot
from tests.standins import Fault, Google
from tests.standins.google import EXPRESS_KEY, GEMINI_KEY, LOCATION, PROJECT

PATIENCE = Patience(connect=5, silence=5, call=5, transfer=5, attempts=3, base=0.01, most=0.05)
BUCKET = "gs://onereel-takes/films"


class Studio:
    """One stand-in, one home, and the services that point there."""

    def __init__(self, google: Google, folder: Path) -> None:
        self.google = google
        self.home = Home(folder / "private", folder / "media")
        self.folder = folder
        self.said: list[str] = []

    def settings(self, **changes: Any) -> GoogleSettings:
        url = self.google.url
        known: dict[str, Any] = {
            "project": PROJECT,
            "location": LOCATION,
            "vertex_address": url,
            "gemini_address": url,
            "storage_address": url,
            "gemini_api_key": GEMINI_KEY,
        }
        return GoogleSettings(**{**known, **changes})

    def veo(self, patience: Patience = PATIENCE, **changes: Any) -> Veo:
        return Veo(self.settings(**changes), self.home, patience=patience)

    def express(self) -> Veo:
        return self.veo(project="", vertex_api_key=EXPRESS_KEY)

    def omni(self, patience: Patience = PATIENCE, **changes: Any) -> Omni:
        return Omni(self.settings(**changes), self.home, patience=patience)

    def picture(self, colour: str) -> Picture:
        """A small PNG of one colour, kept where the home keeps pictures."""
        path = self.home.path(f"pictures/{colour}.png")
        path.parent.mkdir(parents=True, exist_ok=True)
        image = Image.new("RGB", (8, 8), colour)
        image.save(path)
        digest = hashlib.sha256(image.tobytes()).hexdigest()
        return Picture(pixels=digest, name=f"pictures/{path.name}")

    async def before(self) -> None:
        """Note what the stand-in had received when the word was given."""
        self.said.append("before")
        self.google.log.record("received", "before sending", 0)

    def wire(self, path: str) -> list[Any]:
        """The JSON bodies of the requests whose path ends so."""
        return [request.json for request in self.google.requests if request.path.endswith(path)]

    def count(self, *ends: str) -> int:
        return sum(request.path.endswith(ends) for request in self.google.requests)


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    with Google() as google:
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(google.credentials(tmp_path)))
        yield Studio(google, tmp_path)


def veo_shot(**changes: Any) -> Shot:
    known = {"renderer": "veo", "model": "veo-3.1-fast-generate-001", "prompt": "a robot"}
    return Shot(**{**known, "duration": 4, **changes})


def omni_shot(**changes: Any) -> Shot:
    known = {"renderer": "omni", "model": "gemini-omni-1.2-flash", "prompt": "a robot"}
    return Shot(**{**known, "duration": 4, "resolution": "360p", **changes})


async def submitted(studio: Studio, service: Veo | Omni, shot: Shot, **more: Any) -> str:
    answer = await service.submit(shot, folder="f/1", before_sending=studio.before, **more)
    assert isinstance(answer, Submitted), answer
    return answer.operation


async def declined(studio: Studio, service: Veo | Omni, shot: Shot, **more: Any) -> NotSubmitted:
    answer = await service.submit(shot, folder="f/1", before_sending=studio.before, **more)
    assert isinstance(answer, NotSubmitted), answer
    return answer


async def outcome(service: Veo | Omni, operation: str, shot: Shot) -> Found:
    """Look until the operation is at an end."""
    while isinstance(found := await service.look(operation, shot), Pending):
        await asyncio.sleep(0.02)
    return found


async def finished(studio: Studio, service: Veo | Omni, shot: Shot, *faults: Fault) -> Found:
    """Submit, with these faults in force from then on, and look until it is at an end."""
    studio.google.plan.add(*faults)
    return await outcome(service, await submitted(studio, service, shot), shot)


def clip_path(studio: Studio) -> Path:
    return studio.folder / "clip.mp4"
