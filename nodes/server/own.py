"""Film makers' own workflows: saved in ComfyUI's API format, with OneReel nodes in them.

They lie as `.json` files in the folder `workflows` of OneReel's private folder, and are named by
their file's name; those that OneReel ships can be named too.
"""

from __future__ import annotations

import copy
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from ...onereel.errors import ApproveShots, ReviseBrief, SwitchOnBuying
from ...onereel.home import Home
from ...onereel.options import BOUGHT
from ...onereel.settings import Settings
from ...onereel.stages import RENDERERS
from ...onereel.story.brief import Brief
from ..agreed import at_most_of
from ..workflows import SAVE, Workflow
from .routes import Answer, Call, Route

__all__ = ["NAME", "ROUTES", "one_scene_a_run", "own_workflow"]

NAME = r"[A-Za-z0-9][A-Za-z0-9 _-]{0,79}"
_SHIPPED = Path(__file__).resolve().parents[2] / "example_workflows" / "api"
_LARGEST = 5 * 10**6
"""Bytes."""
_PAID = {RENDERERS[renderer].node for renderer in BOUGHT} | {"OneReelDrawScenesGemini"}
_NEXT = "OneReelNextScene"


class OwnWorkflow(Answer):
    """A workflow that a film can be made by."""

    name: str
    shipped: bool
    paid: bool
    """Whether it has nodes that buy."""
    missing: list[str]
    """Classes of nodes that this ComfyUI does not have."""
    words: str
    """Why no film can be made by it; empty where one can."""


class OwnWorkflows(Answer):
    """The workflows that can be named."""

    workflows: list[OwnWorkflow]


def _folder(home: Home) -> Path:
    return home.private / "workflows"


def _files(home: Home) -> dict[str, Path]:
    """By name; a film maker's own before one of the same name that is shipped."""
    found: dict[str, Path] = {}
    for folder in (_SHIPPED, _folder(home)):
        for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
            if re.fullmatch(NAME, path.stem) and path.is_file():
                found[path.stem] = path
    return found


def _read(path: Path) -> Workflow:
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        raise ReviseBrief(f"The workflow {path.stem!r} cannot be read; export it anew.") from None
    if not isinstance(found, dict) or not all(map(_is_node, found.values())):
        raise ReviseBrief(
            f"{path.stem!r} is no workflow in ComfyUI's API format; export it by Workflow > Export"
            " (API)."
        )
    return found


def _is_node(node: object) -> bool:
    return (
        isinstance(node, dict)
        and isinstance(node.get("class_type"), str)
        and isinstance(node.get("inputs", {}), dict)
    )


def _kinds(workflow: Workflow) -> set[str]:
    return {node["class_type"] for node in workflow.values()}


def one_scene_a_run(workflow: Workflow) -> bool:
    """Whether it makes one scene each time it is queued."""
    return _NEXT in _kinds(workflow)


def own_workflow(
    name: str,
    brief: Brief,
    *,
    destination: str,
    ceiling: Decimal | None,
    home: Home,
    settings: Settings,
) -> Workflow:
    """A film maker's own workflow with this brief in it, saving to `destination`.

    Raises:
        ReviseBrief: there is no such workflow, or no film can be made by it.
        SwitchOnBuying, ApproveShots: it buys, and may not.
    """
    from ...onereel.library.batch.filling import filled

    files = _files(home)
    if brief.of_film:
        raise ReviseBrief(
            "This film was given another shape or script since, and a workflow of your own makes a"
            " film of its Brief: duplicate the film, or shoot it here."
        )
    if name not in files:
        raise ReviseBrief(f"There is no workflow {name!r}; choose {', '.join(files)}.")
    workflow: Workflow = copy.deepcopy(filled(_read(files[name]), brief))
    saving = [node for node in workflow.values() if node["class_type"] == SAVE]
    if not all(node["inputs"].get("screenplay") and node["inputs"].get("cut") for node in saving):
        saving = []
    if not saving:
        raise ReviseBrief(
            f"The workflow {name!r} has no Save Film with a screenplay and a cut; add one."
        )
    for node in saving:
        node["inputs"]["filename_prefix"] = destination
    buying = [node for node in workflow.values() if node["class_type"] in _PAID]
    if buying and not settings.buying.on:
        raise SwitchOnBuying(f"Buying is {settings.buying.in_words()}")
    if buying and ceiling is None:
        raise ApproveShots(
            f"The workflow {name!r} buys shots; say what they may cost at most, as `ceiling`."
        )
    for node in buying:
        # Together they cost no more than was agreed to.
        node["inputs"]["at_most"] = at_most_of((ceiling or Decimal(0)) / len(buying))
    return workflow


def _list(call: Call) -> OwnWorkflows:
    return OwnWorkflows(workflows=[_shown(name, path) for name, path in _files(call.home).items()])


def _shown(name: str, path: Path) -> OwnWorkflow:
    from nodes import NODE_CLASS_MAPPINGS

    facts: dict[str, Any] = {"name": name, "shipped": path.parent == _SHIPPED}
    try:
        kinds = _kinds(_read(path))
    except ReviseBrief as error:
        return OwnWorkflow(**facts, paid=False, missing=[], words=error.user_message)
    missing = sorted(kind for kind in kinds if kind not in NODE_CLASS_MAPPINGS)
    words = ""
    if missing:
        words = f"This ComfyUI has no {', '.join(missing)}; install what brings it."
    elif not {SAVE, "OneReelBrief"} <= kinds:
        words = "It has no Brief or no Save Film of OneReel's; add them."
    return OwnWorkflow(**facts, paid=bool(kinds & _PAID), missing=missing, words=words)


ROUTES: tuple[Route, ...] = (
    Route("GET", "/workflows", _list, "Workflows that a film can be made by", OwnWorkflows),
)
