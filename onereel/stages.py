"""The stages of a film, in order, as one list.

`film.make_film()` runs the list; the node Make Film expands the same list into the stage nodes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from .cast.finding import with_cast
from .cut.assemble import OnMissing as AssembleMissing
from .cut.assemble import assemble
from .cut.captions import add_captions
from .cut.cards import add_cards
from .cut.plan import CaptionMode, CardMode, Corner, Cut, PresenterPlace
from .cut.presenter import add_presenter
from .cut.soundtrack import add_soundtrack
from .directors import DIRECT
from .options import FilmOptions, Renderer
from .reaching import speech_purse
from .shoot.draft import shoot_draft
from .shoot.order import PaidOptions, Wanted
from .shoot.prompting import Manner, optimise
from .shoot.shot import PaidRenderer
from .shoot.take import OnMissing, Take
from .stage import Made, Stage, Work
from .story.brief import Brief
from .story.platforms import Resolution
from .story.screenplay import Screenplay
from .voice.line import Line
from .voice.narrate import narrate
from .writers import WRITERS

__all__ = [
    "DIRECT",
    "EVERY_STAGE",
    "RENDERERS",
    "WRITERS",
    "Made",
    "Stage",
    "Work",
    "stages",
]


async def _cast(work: Work, *, screenplay: Screenplay, saved: str) -> Made:
    # Only now: the library's database takes longer to load than everything else.
    from .library.characters import saved_characters

    characters = await asyncio.to_thread(
        saved_characters, saved, screenplay, home=work.home, settings=work.settings
    )
    screenplay = with_cast(screenplay, characters)
    work.progress(1, "Cast", made=screenplay)
    return {"screenplay": screenplay}


async def _optimise(work: Work, *, screenplay: Screenplay, manner: Manner) -> Made:
    made = optimise(screenplay, manner)
    work.progress(1, "Prompts", made=made.screenplay)
    return {"screenplay": made.screenplay, "diff": made.diff}


async def _narrate(
    work: Work,
    *,
    screenplay: Screenplay,
    voice: str,
    speed: float,
    seed: int,
    backup_voices: str,
) -> Made:
    narration = await asyncio.to_thread(
        narrate,
        screenplay,
        home=work.home,
        settings=work.settings,
        purse=speech_purse(screenplay.brief.film_id, home=work.home, settings=work.settings),
        voice=voice,
        backup_voices=backup_voices.split(";"),
        speed=speed,
        seed=seed,
        progress=work.progress,
        cancel=work.cancel,
    )
    return {
        "screenplay": narration.screenplay,
        "lines": narration.lines,
        "notes": narration.notes,
    }


async def _shoot_draft(
    work: Work, *, screenplay: Screenplay, resolution: Resolution, seed: int
) -> Made:
    takes = await asyncio.to_thread(
        shoot_draft,
        screenplay,
        home=work.home,
        resolution=resolution,
        seed=seed,
        fonts=work.settings.cut.fonts,
        progress=work.progress,
        cancel=work.cancel,
    )
    return {"takes": takes}


def _shoot_with(renderer: PaidRenderer) -> Callable[..., Awaitable[Made]]:
    async def shoot(
        work: Work,
        *,
        screenplay: Screenplay,
        model: str,
        resolution: Resolution,
        seed: int,
        on_missing: OnMissing,
        scenes: Wanted,
    ) -> Made:
        # Only now: the ledger's database takes longer to load than everything else.
        from .shoot.studio import notes_on, shoot_paid

        options = PaidOptions(renderer=renderer, model=model, resolution=resolution, seed=seed)
        takes = await shoot_paid(
            screenplay,
            options,
            home=work.home,
            settings=work.settings,
            only_approved=scenes == "approved scenes",
            on_missing=on_missing,
            progress=work.progress,
            cancel=work.cancel,
        )
        notes = notes_on(takes, options, home=work.home, settings=work.settings)
        return {"takes": takes, "notes": notes}

    return shoot


async def _shoot_drawn(
    work: Work,
    *,
    screenplay: Screenplay,
    lines: tuple[Line, ...],
    model: str,
    resolution: Resolution,
    seed: int,
    on_missing: OnMissing,
    scenes: Wanted,
) -> Made:
    # Only now: the ledger's database takes longer to load than everything else.
    from .shoot.drawing import DrawingOptions, shoot_drawn

    film = await shoot_drawn(
        screenplay,
        DrawingOptions(model=model, seed=seed),
        home=work.home,
        settings=work.settings,
        lines=lines,
        resolution=resolution,
        only_approved=scenes == "approved scenes",
        on_missing=on_missing,
        progress=work.progress,
        cancel=work.cancel,
    )
    return {"takes": film.takes, "notes": film.notes}


async def _assemble(
    work: Work,
    *,
    screenplay: Screenplay,
    takes: tuple[Take, ...],
    lines: tuple[Line, ...],
    resolution: Resolution,
    on_missing: AssembleMissing,
) -> Made:
    cut = await asyncio.to_thread(
        assemble,
        screenplay,
        takes,
        lines,
        home=work.home,
        resolution=resolution,
        on_missing=on_missing,
        reencode=work.settings.cut.reencode,
    )
    return {"cut": cut}


async def _add_soundtrack(work: Work, *, cut: Cut, music: str) -> Made:
    return {"cut": add_soundtrack(cut, music)}


async def _add_presenter(
    work: Work, *, cut: Cut, saved: str, place: PresenterPlace, corner: Corner, key: str
) -> Made:
    # Only now: the library's database takes longer to load than everything else.
    from .library.presenters import saved_presenter

    media = await asyncio.to_thread(saved_presenter, saved, home=work.home, settings=work.settings)
    return {"cut": add_presenter(cut, media, place=place, corner=corner, key=key)}


async def _add_captions(
    work: Work, *, cut: Cut, lines: tuple[Line, ...], mode: CaptionMode
) -> Made:
    return {"cut": add_captions(cut, lines, mode=mode)}


async def _add_cards(
    work: Work, *, cut: Cut, screenplay: Screenplay, show: CardMode, end: str
) -> Made:
    return {"cut": add_cards(cut, show=show, end=end, language=screenplay.brief.language)}


CAST = Stage(
    name="Casting",
    node="OneReelCast",
    run=_cast,
    wires={"screenplay": "screenplay"},
    choices={"saved": "cast"},
    makes=("screenplay",),
)

OPTIMISE = Stage(
    name="Completing prompts",
    node="OneReelOptimisePrompts",
    run=_optimise,
    wires={"screenplay": "screenplay"},
    choices={"manner": "manner"},
    makes=("screenplay", "diff"),
)

NARRATE = Stage(
    name="Narrating",
    node="OneReelNarrate",
    run=_narrate,
    wires={"screenplay": "screenplay"},
    choices={"voice": "voice", "speed": "speed", "seed": "seed", "backup_voices": "backup_voices"},
    makes=("screenplay", "lines"),
    share=10,
)


def _paid_stage(renderer: PaidRenderer, node: str) -> Stage:
    return Stage(
        name="Shooting",
        node=node,
        run=_shoot_with(renderer),
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
        run=_shoot_draft,
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
        run=_shoot_drawn,
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
    run=_assemble,
    wires={"screenplay": "screenplay", "takes": "takes", "lines": "lines"},
    choices={"resolution": "resolution", "on_missing": "unshot"},
    makes=("cut",),
)

SOUNDTRACK = Stage(
    name="Adding music",
    node="OneReelAddSoundtrack",
    run=_add_soundtrack,
    wires={"cut": "cut", "music": "music"},
    makes=("cut",),
)

PRESENTER = Stage(
    name="Adding the presenter",
    node="OneReelAddPresenter",
    run=_add_presenter,
    wires={"cut": "cut"},
    choices={
        "saved": "presenter",
        "place": "presenter_place",
        "corner": "presenter_corner",
        "key": "presenter_key",
    },
    makes=("cut",),
)

CAPTIONS = Stage(
    name="Adding captions",
    node="OneReelAddCaptions",
    run=_add_captions,
    wires={"cut": "cut", "lines": "lines"},
    choices={"mode": "captions"},
    makes=("cut",),
)

CARDS = Stage(
    name="Adding cards",
    node="OneReelAddCards",
    run=_add_cards,
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
