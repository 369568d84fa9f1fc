"""OneReel's HTTP interface as a panel uses it: films made, watched and waited for."""

from __future__ import annotations

import time
import uuid
from typing import Any

import requests

from .client import ComfyUI

__all__ = ["Panel", "View"]

View = dict[str, Any]

_PATIENCE = 240
_OVER = ("done", "failed", "cancelled")


class Panel:
    """A client of one ComfyUI's OneReel. Keeps every answer's text, for the scan for keys."""

    def __init__(self, comfyui: ComfyUI) -> None:
        self.comfyui = comfyui
        self.heard: list[str] = []

    def ask(self, method: str, path: str, **extra: Any) -> requests.Response:
        """Ask; `path` is below the prefix, or an address as views give it."""
        below = path if path.startswith("/onereel/") else f"/onereel/v1{path}"
        answer = requests.request(method, f"{self.comfyui.url}{below}", timeout=120, **extra)
        if not answer.headers.get("Content-Type", "").startswith(("video", "audio", "image")):
            self.heard.append(answer.text)
        return answer

    def get(self, path: str, **extra: Any) -> Any:
        """GET what must be there."""
        answer = self.ask("GET", path, **extra)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None, *, status: int | None = None, **extra: Any) -> Any:
        """POST what must be taken."""
        answer = self.ask("POST", path, json=body, **extra)
        assert answer.status_code in ((status,) if status else (200, 201, 202)), answer.text
        return answer.json()

    def refused(self, path: str, body: Any, status: int) -> View:
        """POST what must be refused; give the problem."""
        answer = self.ask("POST", path, json=body)
        assert answer.status_code == status, answer.text
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        problem: View = answer.json()
        return problem

    def make(
        self,
        idea: str,
        *,
        duration: float = 6,
        aspect: str = "1:1",
        options: View | None = None,
        **body: Any,
    ) -> View:
        """Ask for a film of two scenes; in a shorter one the second may say nothing, and a wide one
        has nearly twice the pixels."""
        brief = {"idea": idea, "duration": duration, "scene_count": 2, "aspect": aspect}
        wished = {"resolution": "480p", **(options or {})}
        view: View = self.post("/films", {"brief": brief, "options": wished, **body}, status=202)
        return view

    def film(self, film_id: str) -> View:
        """A film's view."""
        view: View = self.get(f"/films/{film_id}")
        return view

    def bought(self, film_id: str) -> list[str]:
        """The states of what a film ordered."""
        asked = self.get(f"/operations?film={film_id}")["operations"]
        return [operation["state"] for operation in asked]

    def wait(self, film_id: str, state: str = "done") -> View:
        """Wait until a film's job is over, and ended so."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            view: View = self.get(f"/films/{film_id}/wait?seconds=20")
            if view["job"]["state"] in _OVER:
                assert view["job"]["state"] == state, view["job"]
                return view
        raise TimeoutError(self.comfyui.log.read_text("utf-8", errors="replace")[-3000:])

    def until(self, film_id: str, *states: str) -> View:
        """Wait until a film's job is in one of the states."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            view = self.film(film_id)
            if view["job"] and view["job"]["state"] in states:
                return view
            time.sleep(0.05)
        raise TimeoutError(view["job"])

    def edit(self, view: View, *changes: View) -> View:
        """Change a film as it was seen."""
        body = {"revision": view["revision"], "changes": list(changes)}
        edited: View = self.post(f"/films/{view['id']}/edits", body)
        return edited

    def made(self, idea: str, **body: Any) -> View:
        """Make a film, and wait until it is rehearsed, or what its `action` says."""
        return self.wait(self.make(f"{idea} {uuid.uuid4().hex[:6]}", **body)["id"])
