"""A small client of ComfyUI's HTTP API, as a user of our API workflows would write one."""

from __future__ import annotations

import json
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
import websocket

__all__ = ["BUYING", "ComfyUI", "Run", "Workflow", "nodes_of", "pictures", "workflow"]

Workflow = dict[str, dict[str, Any]]

BUYING = "[buying]\non = true\nday = 1000\n"
"""For the settings file; the cap is far above what all tests of a session buy."""

_EXAMPLES = Path(__file__).resolve().parents[2] / "example_workflows"
_PATIENCE = 240
_PATIENCE_STARTING = 300
"""Seconds for a cold start on a slow disk."""


def workflow(name: str, **widgets: Any) -> Workflow:
    """An example in API format; `Class__input=value` sets an input of every node of that class."""
    loaded: Workflow = json.loads((_EXAMPLES / "api" / f"{name}.json").read_text("utf-8"))
    for key, value in widgets.items():
        class_type, _, name = key.partition("__")
        found = nodes_of(loaded, class_type)
        assert found, f"no {class_type} in the workflow"
        for node in found.values():
            node["inputs"][name] = value
    return loaded


def nodes_of(graph: Workflow, class_type: str) -> Workflow:
    """The nodes of a class, by id."""
    return {key: node for key, node in graph.items() if node["class_type"] == class_type}


def pictures(count: int, width: int = 1280, height: int = 720) -> Workflow:
    """A film of plain frames, in memory."""
    return {
        "i": {
            "class_type": "EmptyImage",
            "inputs": {"width": width, "height": height, "batch_size": count, "color": 0x224466},
        },
        "v": {"class_type": "CreateVideo", "inputs": {"images": ["i", 0], "fps": 24}},
    }


@dataclass(frozen=True)
class Run:
    """What /history says of a prompt."""

    status: str
    outputs: dict[str, Any]
    messages: list[tuple[str, dict[str, Any]]]

    def message(self, kind: str) -> dict[str, Any]:
        """The message of that kind."""
        return next(data for name, data in self.messages if name == kind)

    @property
    def error(self) -> str:
        """What ComfyUI's dialog shows; the answer's own sentence where the prompt was refused."""
        return self.message("execution_error")["exception_message"].strip()

    @property
    def cached(self) -> set[str]:
        """The ids of the nodes that did not run."""
        return set(self.message("execution_cached")["nodes"])

    @property
    def videos(self) -> list[dict[str, str]]:
        """The films it lists."""
        return [image for output in self.outputs.values() for image in output.get("images", [])]


class ComfyUI:
    """One running ComfyUI and its folders."""

    def __init__(self, url: str, base: Path, launch: Callable[[], subprocess.Popen[bytes]]) -> None:
        self.url = url
        self._launch = launch
        self._process: subprocess.Popen[bytes] | None = None
        self.output = base / "output"
        self.input = base / "input"
        self.private = base / "user" / "__onereel"
        self.log = base / "comfyui.log"

    def start(self) -> None:
        """Start it, after a kill anew, and wait until it answers."""
        self._process = self._launch()
        deadline = time.monotonic() + _PATIENCE_STARTING
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                self.get("system_stats")
                return
            except requests.ConnectionError:
                time.sleep(0.3)
        raise RuntimeError(f"ComfyUI did not start:\n{self._end_of_log()}")

    def stop(self) -> None:
        """End it as its owner does."""
        if self._process:
            self._process.terminate()
            self._process.wait(30)

    def kill(self) -> bool:
        """kill -9; whether it was alive."""
        assert self._process
        alive = self._process.poll() is None
        self._process.kill()
        self._process.wait()
        return alive

    @contextmanager
    def settings(self, text: str) -> Iterator[None]:
        """The owner's settings file says this; afterwards it says what it did before."""
        file = self.private / "settings.toml"
        before = file.read_bytes() if file.exists() else b""
        file.write_text(text, "utf-8")
        try:
            yield
        finally:
            file.write_bytes(before)

    def _end_of_log(self) -> str:
        return self.log.read_text("utf-8", errors="replace")[-3000:]

    def get(self, path: str) -> Any:
        """GET JSON."""
        return requests.get(f"{self.url}/{path}", timeout=60).json()

    def read(self, path: str) -> str:
        """GET a text file."""
        answer = requests.get(f"{self.url}/{path}", timeout=60)
        answer.raise_for_status()
        answer.encoding = "utf-8"
        return answer.text

    def post(self, graph: Workflow, **extra: Any) -> requests.Response:
        """Queue a prompt."""
        body = {"prompt": graph, "client_id": uuid.uuid4().hex, **extra}
        return requests.post(f"{self.url}/prompt", json=body, timeout=60)

    def queue(self, graph: Workflow, **extra: Any) -> str:
        """Queue a prompt that must be accepted; give its id."""
        answer = self.post(graph, **extra)
        assert answer.status_code == 200, answer.text
        return answer.json()["prompt_id"]

    def wait(self, prompt_id: str) -> Run:
        """Wait until a prompt has ended, well or not."""
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline:
            found = self.get(f"history/{prompt_id}").get(prompt_id)
            if found:
                status = found["status"]
                messages = [(name, data) for name, data in status["messages"]]
                return Run(status["status_str"], found["outputs"], messages)
            time.sleep(0.1)
        raise TimeoutError(self._end_of_log())

    def run(self, graph: Workflow, **extra: Any) -> Run:
        """Queue a prompt and wait for its end."""
        return self.wait(self.queue(graph, **extra))

    def make(self, graph: Workflow, **extra: Any) -> Run:
        """Run a prompt that must succeed."""
        run = self.run(graph, **extra)
        assert run.status == "success", run.messages[-1]
        return run

    def interrupt(self) -> None:
        """Press Interrupt."""
        requests.post(f"{self.url}/interrupt", timeout=60)

    def film(self, run: Run) -> Path:
        """The one film that a run lists."""
        (video,) = run.videos
        assert video["type"] == "output"
        return self.output / video["subfolder"] / video["filename"]

    def made(self, folder: str) -> set[Path]:
        """What OneReel keeps in one of its folders of media."""
        return {path for path in (self.output / "onereel" / folder).rglob("*") if path.is_file()}

    @contextmanager
    def listening(self, client_id: str) -> Iterator[Iterator[dict[str, Any]]]:
        """Lend the messages of ComfyUI's websocket; previews have the type "preview"."""
        address = f"{self.url.replace('http', 'ws', 1)}/ws?clientId={client_id}"
        socket = websocket.create_connection(address, timeout=_PATIENCE)
        # Without this flag ComfyUI sends no pictures of a node's work (comfy_api/feature_flags.py).
        flags = {"type": "feature_flags", "data": {"supports_preview_metadata": True}}
        socket.send(json.dumps(flags))
        try:
            yield self._messages(socket)
        finally:
            socket.close()

    @staticmethod
    def _messages(socket: websocket.WebSocket) -> Iterator[dict[str, Any]]:
        while True:
            data = socket.recv()
            if not data:
                # Closed.
                return
            if isinstance(data, bytes):
                # protocol.py: PREVIEW_IMAGE 1, TEXT 3, PREVIEW_IMAGE_WITH_METADATA 4
                kind = int.from_bytes(data[:4], "big")
                yield {"type": {1: "preview", 3: "text", 4: "preview"}.get(kind, "binary")}
            else:
                yield json.loads(data)
