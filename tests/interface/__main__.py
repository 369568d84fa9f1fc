"""Fuzzes the HTTP interface with schemathesis, all its checks, in a ComfyUI that is thrown away.

    python -m tests.interface [OPTIONS OF `st run`]

`$SCHEMATHESIS` names the `st` of an environment that has schemathesis in it; else the one on the
path is asked. What is asked for is led to a film, a take, a spending and so on that are there; what
may be deleted is another. Only where one request follows another is it what that one has made.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.comfyui.aims import aims, character_to_aim_at, film_to_aim_at
from tests.comfyui.client import BUYING
from tests.comfyui.host import find, running
from tests.comfyui.panel import Panel
from tests.standins import Google
from tests.standins.ollama import OllamaStandIn

HERE = Path(__file__).parent
PREFIX = "/onereel/v1"
_PATIENT = ("--suppress-health-check", "all")


def main() -> int:
    """Run it; give what it returns."""
    command, comfyui = os.environ.get("SCHEMATHESIS") or shutil.which("st"), find()
    if command is None or comfyui is None:
        raise SystemExit("schemathesis or ComfyUI is missing; see CONTRIBUTING.md.")
    with tempfile.TemporaryDirectory() as name, Google() as google, OllamaStandIn() as ollama:
        folder = Path(name)
        environment = {
            **google.environment(folder),
            "ONEREEL_OLLAMA__HOST": ollama.url,
            "ONEREEL_VOICE__ENGINE": "espeak",
            "HOME": name,
            "XDG_CONFIG_HOME": f"{name}/config",
        }
        private = folder / "base" / "user" / "__onereel"
        private.mkdir(parents=True)
        (private / "settings.toml").write_text(BUYING, "utf-8")
        with running(comfyui, folder / "base", environment=environment) as server:
            common = (HERE / "schemathesis.toml").read_text("utf-8")
            led = common + _led(Panel(server), google)
            written = server.log.stat().st_size
            file, failed = folder / "schemathesis.toml", False
            for phases, config in (("examples,coverage,fuzzing", led), ("stateful", common)):
                file.write_text(config, "utf-8")
                failed |= _run(command, file, server.url, phases)
            log = server.log.read_bytes()[written:].decode("utf-8", errors="replace")
            tracebacks = [
                each
                for each in log.split("Traceback")[1:]
                # aiohttp's own, about a header with a NUL, before anything of ours is asked.
                if "X-Schemathesis-Probe" not in each
            ]
            for each in tracebacks:
                print("Traceback" + each[:6000])
            print(f"Tracebacks in ComfyUI's log: {len(tracebacks)}")
            return int(failed or bool(tracebacks))


def _run(command: str, config: Path, server: str, phases: str) -> bool:
    """Whether anything is wrong."""
    asked = [f"{server}{PREFIX}/openapi.json", "--checks", "all", "--phases", phases]
    ran = subprocess.run(
        [command, "--config-file", str(config), "run", *asked, *_PATIENT, *sys.argv[1:]],
        env={**os.environ, "SCHEMATHESIS_HOOKS": "media_types", "PYTHONPATH": str(HERE)},
        # It leaves a cache where it runs.
        cwd=config.parent,
        check=False,
    )
    return ran.returncode != 0


def _led(panel: Panel, google: Google) -> str:
    """Where each part of a path leads."""
    there = aims(panel, google)
    spending = there.pop("spending")
    lines = ["[parameters]", *_lines(there)]
    for match, parameters in (
        ('include-path-regex = "/spendings/"', {"key": spending}),
        (_deleting("films/{film}"), {"film": film_to_aim_at(panel)["id"]}),
        (_deleting("characters/{character}"), {"character": character_to_aim_at(panel)}),
    ):
        lines += ["[[operations]]", match, "[operations.parameters]", *_lines(parameters)]
    return "\n" + "\n".join(lines) + "\n"


def _lines(values: dict[str, str]) -> list[str]:
    return [f"{name} = {json.dumps(value)}" for name, value in values.items()]


def _deleting(path: str) -> str:
    return f'include-path = "{PREFIX}/{path}"\ninclude-method = "DELETE"'


if __name__ == "__main__":
    sys.exit(main())
