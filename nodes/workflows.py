"""Workflows of films: the list of stages as nodes. Make Film expands into them, jobs queue them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from comfy_execution.graph_utils import GraphBuilder

from ..onereel.options import BOUGHT, FilmOptions
from ..onereel.stage import Stage
from ..onereel.stages import NARRATE, RENDERERS, stages
from ..onereel.story.brief import Brief
from ..onereel.story.screenplay import Screenplay
from .agreed import at_most_of

__all__ = ["REELS", "STAGES", "Workflow", "film_workflow", "lay_out", "words_workflow"]

Workflow = dict[str, dict[str, Any]]

REELS = "onereel/films"
"""Where jobs save their films, in ComfyUI's output folder: each film in a folder of its own."""

RENDER, SAVE = "OneReelRenderCut", "OneReelSaveFilm"
STAGES: Mapping[str, tuple[str, float]] = {
    RENDER: ("Rendering", 20),
    SAVE: ("Saving", 1),
}
"""Names and shares of what follows the stages, by node."""


def lay_out(
    graph: GraphBuilder,
    source: Brief | Screenplay,
    options: FilmOptions,
    *,
    music: Any = None,
    until: Stage | None = None,
) -> dict[str, Any]:
    """Add the nodes of the stages from a Brief or a Screenplay to the Cut, or `until` a stage.

    `music` is a link to an AUDIO.

    Returns:
        Links to what they make, by the names that stages know them by.
    """
    written = isinstance(source, Screenplay)
    made = {"music": music, "screenplay" if written else "brief": _given(graph, source)}
    for stage in stages(options, source, music=music is not None):
        inputs = {name: made[value] for name, value in stage.wires.items()}
        inputs |= {name: getattr(options, choice) for name, choice in stage.choices.items()}
        node = graph.node(stage.node, **{**_defaults(stage.node), **inputs})
        made |= {name: node.out(number) for number, name in enumerate(stage.makes)}
        if stage is until:
            break
    return made


def film_workflow(
    source: Brief | Screenplay,
    options: FilmOptions,
    *,
    name: str,
    at_most: Decimal,
) -> Workflow:
    """The whole film as a prompt in ComfyUI's API format, which ends in Save Film.

    Args:
        name: of the file, below the output folder.
        at_most: Dollars that its shots may cost together.
    """
    graph = GraphBuilder(prefix="")
    music = None
    if options.music:
        music = graph.node("LoadAudio", audio=f"onereel/{options.music} [output]").out(0)
    made = lay_out(graph, source, options, music=music)
    film = graph.node(RENDER, cut=made["cut"])
    graph.node(
        SAVE,
        video=film.out(0),
        screenplay=made["screenplay"],
        cut=made["cut"],
        filename_prefix=name,
    )
    workflow = _titled(graph)
    paid = {RENDERERS[renderer].node for renderer in BOUGHT}
    for node in workflow.values():
        if node["class_type"] in paid:
            node["inputs"]["at_most"] = at_most_of(at_most)
    return workflow


def words_workflow(source: Brief | Screenplay, options: FilmOptions) -> Workflow:
    """Only the script and its voice, as a prompt; it ends in a look at the screenplay."""
    graph = GraphBuilder(prefix="")
    made = lay_out(graph, source, options, until=NARRATE)
    graph.node("PreviewAny", source=made["screenplay"])
    return _titled(graph)


def _titled(graph: GraphBuilder) -> Workflow:
    from nodes import NODE_CLASS_MAPPINGS, NODE_DISPLAY_NAME_MAPPINGS

    workflow: Workflow = graph.finalize()
    for node in workflow.values():
        kind = node["class_type"]
        shown = NODE_DISPLAY_NAME_MAPPINGS.get(kind, kind) if kind in NODE_CLASS_MAPPINGS else kind
        node["_meta"] = {"title": shown}
    return workflow


def _given(graph: GraphBuilder, source: Brief | Screenplay) -> list[Any]:
    """A node that gives `source` again: nodes of a graph hand on links, and plain JSON."""
    if isinstance(source, Screenplay):
        node_id, inputs = "OneReelLoadScreenplay", {"text": source.to_json()}
    else:
        node_id, inputs = "OneReelBrief", source.model_dump(mode="json", exclude={"version"})
    return graph.node(node_id, **{**_defaults(node_id), **inputs}).out(0)


def _defaults(node_id: str) -> dict[str, Any]:
    """What the widgets of a node say until somebody changes them."""
    from nodes import NODE_CLASS_MAPPINGS

    schema = NODE_CLASS_MAPPINGS[node_id].GET_SCHEMA()
    widgets = ((each.id, getattr(each, "default", None)) for each in schema.inputs)
    return {name: default for name, default in widgets if default is not None}
