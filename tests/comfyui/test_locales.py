"""The translations that ComfyUI serves, against the nodes that it serves."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .client import ComfyUI

LANGUAGES = ("en", "de", "es", "fr", "ja", "zh")


def own(node: dict[str, Any]) -> dict[str, Any]:
    """What a node says of itself, in the form of a nodeDefs.json."""
    inputs: dict[str, Any] = {}
    for group in ("required", "optional"):
        for name, (_, *options) in (node["input"].get(group) or {}).items():
            known = options[0] if options else {}
            told = {"name": known.get("display_name") or name}
            told |= {"tooltip": known["tooltip"]} if known.get("tooltip") else {}
            # The frontend's normalizeI18nKey.
            inputs[name.replace(".", "_")] = told
    tooltips = node.get("output_tooltips") or [None] * len(node["output_name"])
    outputs = {
        str(at): {"name": name} | ({"tooltip": tooltip} if tooltip else {})
        for at, (name, tooltip) in enumerate(zip(node["output_name"], tooltips, strict=True))
    }
    said = {"display_name": node["display_name"], "description": node["description"]}
    return {**said, "inputs": inputs, **({"outputs": outputs} if outputs else {})}


def shape(value: Any) -> Any:
    return {k: shape(v) for k, v in value.items()} if isinstance(value, dict) else None


def plain(value: Any) -> Any:
    """Texts as vue-i18n shows them."""
    if isinstance(value, dict):
        return {name: plain(inner) for name, inner in value.items()}
    return re.sub(r"\{'([{}@|])'\}", r"\1", value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_node_and_input_has_its_text(language: str, comfyui: ComfyUI):
    nodes = {
        name: own(node)
        for name, node in comfyui.get("object_info").items()
        if name.startswith("OneReel")
    }
    served = comfyui.get("i18n")[language]["nodeDefs"]
    ours = {name: node for name, node in served.items() if name.startswith("OneReel")}
    assert shape(ours) == shape(nodes)
    if language == "en":
        assert plain(ours) == nodes
