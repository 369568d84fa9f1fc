"""ComfyUI's prompt queue: our workflows in it, as anybody else's."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any, Literal

import execution
from server import PromptServer

import nodes

from ..workflows import Workflow
from .health import queue_works
from .problems import Action, FieldProblem, Problem

__all__ = ["OURS", "Place", "Priority", "cancel", "check", "enqueue", "history", "places"]

Priority = Literal["first", "normal", "last"]

OURS = "onereel"
"""The client that is told of a prompt whose film nobody named a client for: without any, ComfyUI
leaves what it had cached out of its history."""
_LATE = 1_000_000
"""Beyond the number of any prompt that ComfyUI counts itself."""


async def check(workflow: Workflow) -> tuple[str, list[str]]:
    """Validate a workflow as `/prompt` does; give it an id and the nodes it ends in.

    Raises:
        Problem: 409, naming what is missing; 503 if the queue has stopped.
    """
    if not queue_works():
        raise Problem(
            503,
            "queue-stopped",
            "ComfyUI's queue has stopped working; restart ComfyUI.",
            headers={"Retry-After": "60"},
        )
    prompt_id = str(uuid.uuid4())
    valid, error, outputs, node_errors = await execution.validate_prompt(prompt_id, workflow, None)
    if valid:
        return prompt_id, outputs
    raise _cannot_run(error or {}, node_errors or {}, workflow)


def _cannot_run(error: dict[str, Any], node_errors: Any, workflow: Workflow) -> Problem:
    fields = []
    for node_id, found in node_errors.items() if isinstance(node_errors, dict) else ():
        kind = workflow.get(node_id, {}).get("class_type", node_id)
        fields += [
            FieldProblem(
                name=f"{kind}.{each.get('extra_info', {}).get('input_name', '')}".rstrip("."),
                detail=" ".join(str(each.get(part, "")) for part in ("message", "details")).strip(),
            )
            for each in found.get("errors", ())
        ]
    said = [str(error.get(part, "")).strip(" .") for part in ("message", "details")]
    said += [f"{each.name}: {each.detail}" for each in fields[:3]]
    words = "; ".join(dict.fromkeys(part for part in said if part))
    return Problem(
        409,
        "workflow-cannot-run",
        f"ComfyUI cannot run this workflow: {words}.",
        fields=fields[:20],
        action=Action(label="See health", do="health"),
    )


def enqueue(
    prompt_id: str,
    workflow: Workflow,
    outputs: list[str],
    *,
    priority: Priority,
    client_id: str,
    drawn: dict[str, Any] | None = None,
) -> None:
    """Queue a checked workflow; as ComfyUI's `post_prompt` does.

    `drawn` is the workflow as the canvas draws it, which the film then carries.
    """
    server = PromptServer.instance
    number = float(server.number)
    server.number += 1
    number = {"first": -number, "normal": number, "last": number + _LATE}[priority]
    extra: dict[str, Any] = {
        "client_id": client_id or OURS,
        "create_time": int(time.time() * 1000),
        "extra_pnginfo": {"workflow": drawn} if drawn else {},
    }
    server.prompt_queue.put((number, prompt_id, workflow, extra, outputs, {}))


@dataclass(frozen=True)
class Place:
    """Where a prompt is: running, or how many are before it."""

    running: bool
    position: int
    """From 1; 0 while it runs."""


def places() -> dict[str, Place]:
    """Every prompt that ComfyUI has before it, by id."""
    running, waiting = PromptServer.instance.prompt_queue.get_current_queue_volatile()
    found = {item[1]: Place(True, 0) for item in running}
    order = sorted(waiting, key=lambda item: item[:2])
    return found | {item[1]: Place(False, number) for number, item in enumerate(order, 1)}


def history(prompt_id: str) -> dict[str, Any] | None:
    """What came of a prompt; None while it is not over, or where nobody knows any more."""
    found = PromptServer.instance.prompt_queue.get_history(
        prompt_id=prompt_id,
        # Without this it copies all of it.
        map_function=lambda entry: {"outputs": entry["outputs"], "status": entry["status"]},
    )
    entry: dict[str, Any] | None = found.get(prompt_id)
    return entry


def cancel(prompt_id: str) -> bool:
    """Take a prompt out of the queue, or interrupt it where it runs; tell whether it was there."""
    queue = PromptServer.instance.prompt_queue
    if queue.delete_queue_item(lambda item: item[1] == prompt_id):
        return True
    running, _ = queue.get_current_queue_volatile()
    # ComfyUI interrupts whatever runs: another's prompt must not be hit.
    if any(item[1] == prompt_id for item in running):
        nodes.interrupt_processing()
        return True
    return False
