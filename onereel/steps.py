"""What each stage does: one call into its department, with the film's home, settings and progress.

A step takes the work and its inputs by name, and gives what it made by name.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from .cast.finding import with_cast
from .cut.assemble import OnMissing as AssembleMissing
from .cut.assemble import assemble
from .cut.captions import add_captions
from .cut.cards import add_cards
from .cut.plan import CaptionMode, CardMode, Corner, Cut, PresenterPlace
from .cut.presenter import add_presenter
from .cut.soundtrack import add_soundtrack
from .reaching import speech_purse
from .shoot.draft import shoot_draft
from .shoot.order import PaidOptions, Wanted
from .shoot.prompting import Manner, optimise
from .shoot.shot import PaidRenderer
from .shoot.take import OnMissing, Take
from .stage import Made, Work
from .story.platforms import Resolution
from .story.screenplay import Screenplay
from .voice.line import Line
from .voice.narrate import narrate

__all__ = [
    "assemble_cut",
    "cast_film",
    "narrate_lines",
    "optimise_prompts",
    "put_captions",
    "put_cards",
    "put_presenter",
    "put_soundtrack",
    "shoot_drafts",
    "shoot_drawn_stills",
    "shoot_with",
]


async def cast_film(work: Work, *, screenplay: Screenplay, saved: str) -> Made:
    """Find the people of the library in the scenes. Makes `screenplay`."""
    # Only now: the library's database takes longer to load than everything else.
    from .library.characters import saved_characters

    characters = await asyncio.to_thread(
        saved_characters, saved, screenplay, home=work.home, settings=work.settings
    )
    screenplay = with_cast(screenplay, characters)
    work.progress(1, "Cast", made=screenplay)
    return {"screenplay": screenplay}


async def optimise_prompts(work: Work, *, screenplay: Screenplay, manner: Manner) -> Made:
    """Have every shot prompt say what the film knows. Makes `screenplay`, `diff`, `notes`."""
    made = optimise(screenplay, manner)
    work.progress(1, "Prompts", made=made.screenplay)
    return {"screenplay": made.screenplay, "diff": made.diff, "notes": made.notes}


async def narrate_lines(
    work: Work,
    *,
    screenplay: Screenplay,
    voice: str,
    speed: float,
    seed: int,
    backup_voices: str,
) -> Made:
    """Speak and measure every line. Makes `screenplay`, `lines`, `notes`."""
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


async def shoot_drafts(
    work: Work, *, screenplay: Screenplay, resolution: Resolution, seed: int
) -> Made:
    """Shoot a free draft of every scene. Makes `takes`."""
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


def shoot_with(renderer: PaidRenderer) -> Callable[..., Awaitable[Made]]:
    """Lend the step of a paid video model. It makes `takes`, `notes`."""

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
        from .shoot.buying.studio import notes_on, shoot_paid

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


async def shoot_drawn_stills(
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
    """Have pictures drawn, and the camera over them. Makes `takes`, `notes`."""
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


async def assemble_cut(
    work: Work,
    *,
    screenplay: Screenplay,
    takes: tuple[Take, ...],
    lines: tuple[Line, ...],
    resolution: Resolution,
    on_missing: AssembleMissing,
) -> Made:
    """Fit the takes to their lines. Makes `cut`."""
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


async def put_soundtrack(work: Work, *, cut: Cut, music: str) -> Made:
    """Lay music under the film. Makes `cut`."""
    return {"cut": add_soundtrack(cut, music)}


async def put_presenter(
    work: Work,
    *,
    cut: Cut,
    screenplay: Screenplay,
    saved: str,
    place: PresenterPlace,
    corner: Corner,
    key: str,
    scenes: str,
) -> Made:
    """Stand somebody into scenes of the film. Makes `cut`."""
    # Only now: the library's database takes longer to load than everything else.
    from .library.presenters import saved_presenter

    media = await asyncio.to_thread(saved_presenter, saved, home=work.home, settings=work.settings)
    shown = add_presenter(
        cut, media, screenplay=screenplay, place=place, corner=corner, key=key, scenes=scenes
    )
    return {"cut": shown}


async def put_captions(work: Work, *, cut: Cut, lines: tuple[Line, ...], mode: CaptionMode) -> Made:
    """Caption the lines. Makes `cut`."""
    return {"cut": add_captions(cut, lines, mode=mode)}


async def put_cards(
    work: Work, *, cut: Cut, screenplay: Screenplay, show: CardMode, end: str
) -> Made:
    """Put a title and an end card over its ends. Makes `cut`."""
    return {"cut": add_cards(cut, show=show, end=end, language=screenplay.brief.language)}
