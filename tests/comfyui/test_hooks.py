"""Other packs: they hear of films by a hook on ComfyUI's server, and break nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.standins import Google

from .host import find, running
from .panel import Panel

PACK = """
import json
from server import PromptServer

def heard(kind, data):
    with open(__file__ + ".heard", "a") as file:
        file.write(json.dumps([kind, data]) + "\\n")

def broken(kind, data):
    data.clear()
    raise ValueError("somebody else's fault")

hooks = getattr(PromptServer.instance, "onereel_hooks", [])
hooks += [broken, heard]
PromptServer.instance.onereel_hooks = hooks
NODE_CLASS_MAPPINGS = {}
"""


def test_other_packs_hear_of_a_film(google: Google, tmp_path: Path):
    found = find()
    assert found is not None
    # Packs load by name: one hooks in before OneReel is there, the other after it.
    packs = [tmp_path / "base" / "custom_nodes" / name for name in ("AAA_before", "zzz_after")]
    for pack in packs:
        pack.mkdir(parents=True)
        (pack / "__init__.py").write_text(PACK, "utf-8")
    environment = {
        **google.environment(tmp_path),
        "ONEREEL_VOICE__ENGINE": "espeak",
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PATH": os.environ["PATH"],
    }
    with running(found, tmp_path / "base", environment=environment) as comfyui:
        view = Panel(comfyui).rehearsed("A cartographer of clouds")
        assert "somebody else's fault" in comfyui.log.read_text("utf-8", errors="replace")
    for pack in packs:
        lines = (pack / "__init__.py.heard").read_text("utf-8").splitlines()
        told = [json.loads(line) for line in lines]
        kinds = [kind for kind, data in told if data.get("film") == view["id"]]
        assert kinds[0] == "started", pack
        assert {"line", "take", "film"} <= set(kinds)
        assert "done" in kinds
