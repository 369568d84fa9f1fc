"""What ComfyUI learns about the nodes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from .client import ComfyUI

PACK = Path(__file__).resolve().parents[2]
KEPT = json.loads(Path(__file__).with_name("kept.json").read_text("utf-8"))
"""Inputs and outputs that saved workflows name, and widgets in the order in which they store them.
New inputs are optional and come last; nothing here ever changes or goes."""
EXAMPLES = sorted((PACK / "example_workflows" / "api").glob("*.json"))


@pytest.fixture(scope="module")
def nodes(comfyui: ComfyUI) -> dict[str, dict[str, Any]]:
    found = comfyui.get("object_info")
    return {name: node for name, node in found.items() if name.startswith("OneReel")}


def inputs(node: dict[str, Any]) -> dict[str, list[Any]]:
    return {**node["input"].get("required", {}), **node["input"].get("optional", {})}


def test_the_pack_loads_whole(nodes: dict[str, dict[str, Any]], comfyui: ComfyUI):
    assert len(nodes) == 36
    assert "IMPORT FAILED" not in comfyui.log.read_text("utf-8", errors="replace")


def test_ids_follow_the_names(nodes: dict[str, dict[str, Any]]):
    for name, node in nodes.items():
        words = re.findall(r"\w+", node["display_name"])
        assert name == "OneReel" + "".join(word[0].upper() + word[1:] for word in words)
        assert node["category"] in {
            f"OneReel/{room}" for room in ["Story", "Cast", "Voice", "Shoot", "Cut", "Film"]
        }


@pytest.mark.parametrize("name", KEPT)
def test_a_saved_workflow_keeps_loading(name: str, nodes: dict[str, dict[str, Any]]):
    given, kept = nodes[name]["input"], KEPT[name]
    assert list(given.get("required", {})) == kept["required"]
    assert list(given.get("optional", {}))[: len(kept["optional"])] == kept["optional"]
    assert nodes[name]["output"][: len(kept["output"])] == kept["output"]


def test_every_input_has_a_tooltip(nodes: dict[str, dict[str, Any]]):
    bare = [
        (name, key)
        for name, node in nodes.items()
        for key, (_, *options) in inputs(node).items()
        if not (options and options[0].get("tooltip"))
    ]
    assert bare == []


def test_no_seed_changes_by_itself(nodes: dict[str, dict[str, Any]]):
    seeds = [inputs(node)["seed"][1] for node in nodes.values() if "seed" in inputs(node)]
    assert seeds
    assert all(seed["control_after_generate"] is False for seed in seeds)


def test_every_node_has_a_help_page_that_knows_its_inputs(
    nodes: dict[str, dict[str, Any]], comfyui: ComfyUI
):
    assert {folder.name for folder in (PACK / "web" / "docs").iterdir()} == set(nodes)
    for name, node in nodes.items():
        page = comfyui.read(f"extensions/ComfyUI-OneReel/docs/{name}/en.md")
        assert page.startswith(f"# {node['display_name']}\n")
        for key, (_, options) in inputs(node).items():
            assert f"| {key} | {options['tooltip']} |" in page.replace(" (optional)", "")


def test_every_node_is_in_an_example(nodes: dict[str, dict[str, Any]]):
    graphs = [json.loads(example.read_text("utf-8")) for example in EXAMPLES]
    assert set(nodes) <= {node["class_type"] for graph in graphs for node in graph.values()}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_has_all_its_forms(
    example: Path, nodes: dict[str, dict[str, Any]], comfyui: ComfyUI
):
    api = json.loads(example.read_text("utf-8"))
    editor = json.loads((example.parents[1] / example.name).read_text("utf-8"))
    assert (example.parents[1] / example.name).with_suffix(".jpg").stat().st_size > 5000
    # Every example says in the editor what it does; a note is no part of a prompt.
    (note,) = (node for node in editor["nodes"] if node["type"] == "MarkdownNote")
    costly = ("ShootWith", "ShootDrawn", "Gemini")
    paid = any(kind in node["class_type"] for node in api.values() for kind in costly)
    assert ("settings buying on" in note["widgets_values"][0]) == paid
    drawn = {str(node["id"]): node["type"] for node in editor["nodes"] if node != note}
    assert drawn == {key: node["class_type"] for key, node in api.items()}
    links = {(str(source), slot, str(target)) for _, source, slot, target, *_ in editor["links"]}
    wired = {
        (*value, key)
        for key, node in api.items()
        for value in node["inputs"].values()
        if isinstance(value, list)
    }
    assert links == wired
    for node in api.values():
        if node["class_type"] in nodes:
            assert set(node["inputs"]) <= set(inputs(nodes[node["class_type"]]))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_no_two_nodes_of_an_example_overlap(example: Path):
    editor = json.loads((example.parents[1] / example.name).read_text("utf-8"))
    boxes = [
        # LiteGraph's title bar is 30 pixels high and lies above a node's position.
        (
            node["pos"][0],
            node["pos"][1] - 30,
            node["pos"][0] + node["size"][0],
            node["pos"][1] + node["size"][1],
        )
        for node in editor["nodes"]
    ]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = (
                one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            )
            assert apart
