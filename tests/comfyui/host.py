"""A real ComfyUI: where to find one, and how to start it with this pack in it."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from .client import ComfyUI

__all__ = ["find", "running"]

PACK = Path(__file__).resolve().parents[2]

_LEFT_BEHIND = shutil.ignore_patterns(
    ".*", "__pycache__", "tests", "benchmarks", "build", "*.egg-info", "*.mp4"
)
_PATIENCE = 300
"""Seconds for a cold start on a slow disk."""


def find() -> Path | None:
    """The ComfyUI to test in: $COMFYUI_PATH, the one around this clone, or comfy-cli's default."""
    if named := os.environ.get("COMFYUI_PATH"):
        if not _is_comfyui(Path(named)):
            raise FileNotFoundError(f"COMFYUI_PATH is {named}, which is no ComfyUI")
        return Path(named)
    around = [folder.parent for folder in PACK.parents if folder.name == "custom_nodes"]
    # comfy_cli/constants.py: DEFAULT_COMFY_WORKSPACE
    documents = [] if platform.system() == "Linux" else ["Documents"]
    default = Path.home().joinpath(*documents, "comfy", "ComfyUI")
    return next((folder for folder in (*around, default) if _is_comfyui(folder)), None)


def _is_comfyui(folder: Path) -> bool:
    return (folder / "main.py").is_file() and (folder / "comfy").is_dir()


def _python(comfyui: Path) -> str:
    inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    found = comfyui.joinpath(".venv", *inside)
    return str(found) if found.is_file() else sys.executable


@contextmanager
def running(
    comfyui: Path, base: Path, *options: str, environment: dict[str, str], pack: bool = True
) -> Iterator[ComfyUI]:
    """Run ComfyUI, with this pack or without, all that it writes inside the folder `base`."""
    for name in ("custom_nodes", "input", "output", "user", "temp", "models"):
        (base / name).mkdir(parents=True, exist_ok=True)
    # As the registry ships it, under a name that is no Python identifier, as a clone has.
    copied = base / "custom_nodes" / "ComfyUI-OneReel"
    # It may have been started in this folder before, and killed.
    if pack and not copied.exists():
        shutil.copytree(PACK, copied, ignore=_LEFT_BEHIND)
    port = _free_port()
    command = [_python(comfyui), str(comfyui / "main.py"), "--cpu", "--port", str(port)]
    command += ["--base-directory", str(base), "--database-url", "sqlite:///:memory:"]
    command += ["--disable-auto-launch", "--disable-api-nodes", *options]
    log = base / "comfyui.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=comfyui, env={**os.environ, **environment}, stdout=file, stderr=file
        )
        try:
            client = ComfyUI(f"http://127.0.0.1:{port}", base, process)
            _await_start(client, process, log)
            yield client
        finally:
            process.terminate()
            process.wait(30)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _await_start(client: ComfyUI, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            client.get("system_stats")
            return
        except requests.ConnectionError:
            time.sleep(0.3)
    tail = log.read_text("utf-8", errors="replace")[-3000:]
    raise RuntimeError(f"ComfyUI did not start:\n{tail}")
