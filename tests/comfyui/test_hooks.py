"""Other packs: they hear of films by a hook on ComfyUI's server, and break nothing."""

from __future__ import annotations

import json

from .client import ComfyUI
from .panel import Panel


def test_other_packs_hear_of_a_film(unusual: ComfyUI):
    with unusual.settings('[server]\nguard = "off"\n'):
        view = Panel(unusual).made("A cartographer of clouds")
    assert "somebody else's fault" in unusual.log.read_text("utf-8", errors="replace")
    packs = sorted(unusual.output.parent.glob("custom_nodes/*/__init__.py.heard"))
    assert [path.parent.name for path in packs] == ["AAA_before", "zzz_after"]
    for pack in packs:
        told = [json.loads(line) for line in pack.read_text("utf-8").splitlines()]
        kinds = [kind for kind, data in told if data.get("film") == view["id"]]
        assert kinds[0] == "started", pack
        assert {"line", "take", "film"} <= set(kinds)
        assert "done" in kinds
