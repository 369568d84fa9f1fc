"""Other packs: they hear of films by a hook on ComfyUI's server, and break nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.standins import Google

from .host import find, running
from .panel import Panel

PACK = """
import json, os
from server import PromptServer

def heard(kind, data):
    with open(os.environ["HEARD"], "a") as file:
        file.write(json.dumps([kind, data]) + "\\n")

def broken(kind, data):
    data.clear()
    raise ValueError("somebody else's fault")

hooks = getattr(PromptServer.instance, "onereel_hooks", [])
hooks += [broken, heard]
PromptServer.instance.onereel_hooks = hooks
NODE_CLASS_MAPPINGS = {}
"""


# Packs load by name: one hooks in before OneReel is there, the other after it.
@pytest.mark.parametrize("name", ["AAA_before", "zzz_after"])
def test_another_pack_hears_of_a_film(name: str, google: Google, tmp_path: Path):
    found = find()
    assert found is not None
    pack = tmp_path / "base" / "custom_nodes" / name
    pack.mkdir(parents=True)
    (pack / "__init__.py").write_text(PACK, "utf-8")
    environment = {
        **google.environment(tmp_path),
        "ONEREEL_VOICE__ENGINE": "espeak",
        "HEARD": str(tmp_path / "heard"),
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PATH": os.environ["PATH"],
    }
    with running(found, tmp_path / "base", environment=environment) as comfyui:
        view = Panel(comfyui).rehearsed("A cartographer of clouds")
        assert "somebody else's fault" in comfyui.log.read_text("utf-8", errors="replace")
    told = [json.loads(line) for line in (tmp_path / "heard").read_text("utf-8").splitlines()]
    kinds = [kind for kind, data in told if data.get("film") == view["id"]]
    assert kinds[0] == "started"
    assert {"line", "take", "film"} <= set(kinds)
    assert "done" in kinds
