"""A real ComfyUI: where to find one, and how to start it with this pack in it."""

from __future__ import annotations

import os
import platform
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .client import ComfyUI

__all__ = ["find", "running"]

PACK = Path(__file__).resolve().parents[2]

# What is compiled comes along (it counts while its source is as old as it was), but nothing that
# another process is just writing.
_LEFT_BEHIND = shutil.ignore_patterns(
    ".*", "*.pyc.*", "tests", "benchmarks", "build", "*.egg-info", "*.mp4"
)


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
    """Run ComfyUI, with this pack or without, all that it writes inside the folder `base`.

    Whoever kills it can start it again: it comes back at the same address.
    """
    for name in ("custom_nodes", "input", "output", "user", "temp", "models"):
        (base / name).mkdir(parents=True, exist_ok=True)
    # As the registry ships it, under a name that is no Python identifier, as a clone has.
    if pack:
        shutil.copytree(PACK, base / "custom_nodes" / "ComfyUI-OneReel", ignore=_LEFT_BEHIND)
    port = _free_port()
    command = [_python(comfyui), str(comfyui / "main.py"), "--cpu", "--port", str(port)]
    # A file, as users have: to a database in memory SQLAlchemy keeps one connection a thread, and
    # closes one too many from another thread, which sqlite3 refuses, in ComfyUI's log:
    # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#threading-pooling-behavior
    database = f"sqlite:///{(base / 'user' / 'comfyui.db').as_posix()}"
    command += ["--base-directory", str(base), "--database-url", database]
    command += ["--disable-auto-launch", "--disable-api-nodes", *options]

    def launch() -> subprocess.Popen[bytes]:
        # What it wrote before it was killed stays.
        with (base / "comfyui.log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=comfyui, env={**os.environ, **environment}, stdout=log, stderr=log
            )

    client = ComfyUI(f"http://127.0.0.1:{port}", base, launch)
    try:
        client.start()
        yield client
    finally:
        client.stop()


def _free_port() -> int:
    """A port below those that systems hand out: ComfyUI takes seconds to begin to listen, and a
    stand-in that was started meanwhile has been given the very port.
    """
    chance = random.SystemRandom()
    while True:
        port = chance.randrange(20_000, 32_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
