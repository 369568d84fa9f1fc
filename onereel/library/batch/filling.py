"""A film maker's own API workflow with another Brief in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import ReviseBrief
from ...story.brief import Brief

__all__ = ["filled"]

_BRIEF_NODE = "OneReelBrief"


def filled(workflow: Mapping[str, Any], brief: Brief) -> dict[str, Any]:
    """Fill in the fields of every Brief node; what is wired to one stays wired.

    Args:
        workflow: in ComfyUI's API format: nodes by id, with `class_type` and `inputs`.

    Raises:
        ReviseBrief: it is no such workflow, or has no Brief node.
    """
    nodes = {name: node for name, node in workflow.items() if _is_node(node)}
    if not nodes:
        raise ReviseBrief(
            "This is no workflow in ComfyUI's API format; export it by Workflow > Export (API)."
        )
    briefs = [name for name, node in nodes.items() if node["class_type"] == _BRIEF_NODE]
    if not briefs:
        raise ReviseBrief("This workflow has no Brief node of OneReel's to fill in; add one.")
    # Where the brief has no look, the node must not have one either.
    values = {"look": "", **brief.model_dump(mode="json", exclude={"version", "of_film"})}
    return {
        **workflow,
        **{name: {**nodes[name], "inputs": _inputs(nodes[name], values)} for name in briefs},
    }


def _is_node(node: object) -> bool:
    return (
        isinstance(node, dict)
        and isinstance(node.get("class_type"), str)
        and isinstance(node.get("inputs", {}), dict)
    )


def _inputs(node: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    inputs = dict(node.get("inputs", {}))
    # A wire is a list of a node's id and the number of its output.
    return {**inputs, **{k: v for k, v in values.items() if not isinstance(inputs.get(k), list)}}
