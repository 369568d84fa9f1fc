"""What ComfyUI's graph says of the stages of a job, and its history of how the job ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...onereel import errors
from ...onereel.errors import OneReelError
from ...onereel.library.views.problems import Mend, Problem, problem_of
from ...onereel.stages import EVERY_STAGE
from .. import workflows

__all__ = ["interrupted", "problem_in", "slices"]

_STAGES: Mapping[str, tuple[str, float]] = {
    stage.node: (stage.name, stage.share) for stage in EVERY_STAGE
} | dict(workflows.STAGES)


def slices(graph: workflows.Workflow) -> dict[str, tuple[str, float, float]]:
    """Where each stage begins and ends in the whole job, from 0 to 1."""
    shares = {key: _STAGES[each["class_type"]] for key, each in graph.items() if _is_stage(each)}
    whole = sum(share for _, share in shares.values()) or 1.0
    found, before = {}, 0.0
    for key, (name, share) in shares.items():
        found[key] = (name, before / whole, (before + share) / whole)
        before += share
    return found


def _is_stage(node: Mapping[str, Any]) -> bool:
    return node["class_type"] in _STAGES


def interrupted(entry: Mapping[str, Any]) -> bool:
    """Whether somebody stopped it."""
    return any(name == "execution_interrupted" for name, _ in entry["status"]["messages"])


def problem_in(entry: Mapping[str, Any] | None) -> Problem | None:
    """What ComfyUI's history says went wrong, with the step that mends it."""
    if entry is None or entry["status"]["status_str"] == "success":
        return None
    told = dict(entry["status"]["messages"]).get("execution_error", {})
    words = str(told.get("exception_message", "")).strip() or "The film could not be made."
    kind = getattr(errors, str(told.get("exception_type", "")).rpartition(".")[2], None)
    if isinstance(kind, type) and issubclass(kind, OneReelError):
        return problem_of(kind(words))
    return Problem(detail=words, action=Mend(label="Continue", do="resume"))
