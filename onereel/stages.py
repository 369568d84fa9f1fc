"""The stages of a film, in order, as one list.

`film.make_film()` runs the list; the node Make Film expands the same list into the stage nodes.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import steps
from .directors import DIRECT
from .options import FilmOptions, Renderer
from .shoot.shot import PaidRenderer
from .stage import Stage
from .story.brief import Brief
from .story.screenplay import Screenplay
from .writers import WRITERS

__all__ = ["EVERY_STAGE", "NARRATE", "RENDERERS", "stages"]

CAST = Stage(
    name="Casting",
    node="OneReelCast",
    run=steps.cast_film,
    wires={"screenplay": "screenplay"},
    choices={"saved": "cast"},
    makes=("screenplay",),
)

OPTIMISE = Stage(
    name="Completing prompts",
    node="OneReelOptimisePrompts",
    run=steps.optimise_prompts,
    wires={"screenplay": "screenplay"},
    choices={"manner": "manner"},
    makes=("screenplay", "diff"),
)

NARRATE = Stage(
    name="Narrating",
    node="OneReelNarrate",
    run=steps.narrate_lines,
    wires={"screenplay": "screenplay"},
    choices={"voice": "voice", "speed": "speed", "seed": "seed", "backup_voices": "backup_voices"},
    makes=("screenplay", "lines"),
    share=10,
)


def _paid_stage(renderer: PaidRenderer, node: str) -> Stage:
    return Stage(
        name="Shooting",
        node=node,
        run=steps.shoot_with(renderer),
        wires={"screenplay": "screenplay"},
        choices={"model": "renderer_model"}
        | {name: name for name in ("resolution", "seed", "on_missing", "scenes")},
        makes=("takes",),
        share=200,
    )


RENDERERS: Mapping[Renderer, Stage] = {
    "draft": Stage(
        name="Shooting",
        node="OneReelShootDraft",
        run=steps.shoot_drafts,
        wires={"screenplay": "screenplay"},
        choices={"resolution": "resolution", "seed": "seed"},
        makes=("takes",),
        share=50,
    ),
    "veo": _paid_stage("veo", "OneReelShootWithVeo"),
    "omni": _paid_stage("omni", "OneReelShootWithOmni"),
    "stills": Stage(
        name="Shooting",
        node="OneReelShootDrawnStills",
        run=steps.shoot_drawn_stills,
        wires={"screenplay": "screenplay", "lines": "lines"},
        choices={"model": "renderer_model"}
        | {name: name for name in ("resolution", "seed", "on_missing", "scenes")},
        makes=("takes",),
        share=80,
    ),
}

ASSEMBLE = Stage(
    name="Assembling",
    node="OneReelAssembleCut",
    run=steps.assemble_cut,
    wires={"screenplay": "screenplay", "takes": "takes", "lines": "lines"},
    choices={"resolution": "resolution", "on_missing": "unshot"},
    makes=("cut",),
)

SOUNDTRACK = Stage(
    name="Adding music",
    node="OneReelAddSoundtrack",
    run=steps.put_soundtrack,
    wires={"cut": "cut", "music": "music"},
    makes=("cut",),
)

PRESENTER = Stage(
    name="Adding the presenter",
    node="OneReelAddPresenter",
    run=steps.put_presenter,
    wires={"cut": "cut", "screenplay": "screenplay"},
    choices={
        "saved": "presenter",
        "place": "presenter_place",
        "corner": "presenter_corner",
        "key": "presenter_key",
        "scenes": "presenter_scenes",
    },
    makes=("cut",),
)

CAPTIONS = Stage(
    name="Adding captions",
    node="OneReelAddCaptions",
    run=steps.put_captions,
    wires={"cut": "cut", "lines": "lines"},
    choices={"mode": "captions"},
    makes=("cut",),
)

CARDS = Stage(
    name="Adding cards",
    node="OneReelAddCards",
    run=steps.put_cards,
    wires={"cut": "cut", "screenplay": "screenplay"},
    choices={"show": "cards", "end": "end_card"},
    makes=("cut",),
)

EVERY_STAGE: tuple[Stage, ...] = (
    *WRITERS.values(),
    DIRECT,
    CAST,
    OPTIMISE,
    NARRATE,
    *RENDERERS.values(),
    ASSEMBLE,
    SOUNDTRACK,
    PRESENTER,
    CAPTIONS,
    CARDS,
)
"""All that a film may have, in order."""


def stages(
    options: FilmOptions, source: Brief | Screenplay, *, music: bool = False
) -> tuple[Stage, ...]:
    """List the stages from `source` to the Cut.

    A screenplay needs no writer, is directed once, and keeps the cast that it has; `music` adds the
    soundtrack.
    """
    written = isinstance(source, Screenplay)
    has_cast = isinstance(source, Screenplay) and any(each.cast for each in source.cast)
    chosen = [] if written else [WRITERS[options.writer]]
    is_directed = isinstance(source, Screenplay) and source.directed
    chosen += [DIRECT] if options.director != "none" and not is_directed else []
    chosen += [CAST] if options.cast and not has_cast else []
    chosen += [OPTIMISE] if options.optimise and not written else []
    chosen += [NARRATE, RENDERERS[options.renderer], ASSEMBLE]
    chosen += [SOUNDTRACK] if music else []
    chosen += [PRESENTER] if options.presenter else []
    return (*chosen, CAPTIONS, *([CARDS] if options.cards != "off" else []))
