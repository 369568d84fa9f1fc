"""From a Brief or a Screenplay to a finished film, without ComfyUI."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .cut.captions import write_sidecars
from .cut.otio_files import otio_installed, write_otio
from .cut.overlays.burn import check_letters
from .cut.plan import Cut
from .cut.presented import check_scenes
from .cut.render import Reel, render
from .errors import ChooseRenderer, ReviseBrief, ShootMissing
from .files import remove_leftovers
from .home import Home
from .options import COSTLY, FilmOptions
from .shoot.prices.price_card import PriceCard
from .shoot.take import Take
from .stage import Made, Stage, Work
from .stages import NARRATE, RENDERERS, stages
from .story.brief import Brief
from .story.files import save_screenplay
from .story.fountain.writing import save_fountain
from .story.screenplay import Screenplay
from .story.settled import settled
from .voice.line import Line
from .work import Progress

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Film", "estimate_film", "make_film", "save_beside"]

_RENDER_SHARE = 20
"""Rendering follows the stages: inside ComfyUI it ends in a VIDEO, here in the user's file."""


@dataclass(frozen=True)
class Film:
    """A finished film and everything it was made from."""

    screenplay: Screenplay
    lines: tuple[Line, ...]
    takes: tuple[Take, ...]
    cut: Cut
    reel: Reel
    notes: tuple[str, ...] = ()
    """What the film maker should know, in sentences."""


async def make_film(
    source: Brief | Screenplay,
    destination: Path | Callable[[Screenplay], AbstractContextManager[Path]],
    *,
    options: FilmOptions | None = None,
    music: str | None = None,
    work: Work,
) -> Film:
    """Make the film of a Brief or of a Screenplay, and write it to `destination`.

    `music` is a media name, in place of the one in `options`; `destination` may be a function of
    the finished screenplay that lends a path.

    Raises:
        OneReelError: with a sentence for the user; what was made so far stays on disk and is used
            again by the next call.
    """
    options = options or FilmOptions()
    music = music or options.music or None
    remove_leftovers(work.home.media, deep=True)
    await _check_presenter(options, source, work)
    todo = stages(options, source, music=music is not None)
    before = sum(stage.share for stage in todo)
    until = before / (before + _RENDER_SHARE)
    made = await _run(todo, source, options, music, work, work.progress.part(0, until))
    lent = destination(made["screenplay"]) if callable(destination) else nullcontext(destination)
    progress = work.progress.part(until, 1)
    progress(0, "Rendering")
    with lent as path:
        reel = await asyncio.to_thread(
            render,
            made["cut"],
            path,
            home=work.home,
            fonts=work.settings.cut.fonts,
            progress=progress,
            cancel=work.cancel,
        )
    return Film(
        screenplay=made["screenplay"],
        lines=made["lines"],
        takes=made["takes"],
        cut=made["cut"],
        reel=reel,
        notes=made["notes"],
    )


async def _check_presenter(options: FilmOptions, source: Brief | Screenplay, work: Work) -> None:
    """Make sure that the film can be presented, before anything is made.

    Raises:
        BadInput: it cannot.
    """
    if options.presenter:
        # Only now: the library's database takes longer to load than everything else.
        from .library.presenters import check_presenter

        await asyncio.to_thread(
            check_presenter, options, source, home=work.home, settings=work.settings
        )


async def estimate_film(
    source: Brief | Screenplay, *, options: FilmOptions, work: Work
) -> PriceCard:
    """Write and narrate a film, and price what shooting it would cost at most; where writing costs
    money too, price it before it is written.

    Raises:
        ChooseRenderer: the renderer is free, or cannot shoot this film.
        OneReelError: as `make_film` does.
    """
    from .library.prices.card import film_card

    if options.renderer == "draft":
        raise ChooseRenderer("Drafts are free; name a paid renderer to see what it costs.")
    await _check_presenter(options, source, work)
    writes = isinstance(source, Brief) and options.writer in COSTLY
    # To ask what a film costs must cost nothing: it is priced before it is written or spoken.
    from .library.prices.quick import quick_estimate

    quote = await asyncio.to_thread(
        quick_estimate,
        source,
        options,
        home=work.home,
        settings=work.settings,
        cancel=work.cancel,
    )
    if writes or options.director in COSTLY or quote.voice:
        return quote.card
    todo = stages(options, source)
    prepared = todo[: todo.index(RENDERERS[options.renderer])]
    made = await _run(prepared, source, options, None, work, work.progress)
    return await asyncio.to_thread(
        film_card,
        made["screenplay"],
        options,
        home=work.home,
        settings=work.settings,
        only_approved=options.scenes == "approved scenes",
    )


async def board_film(
    source: Brief | Screenplay, path: Path, *, options: FilmOptions, work: Work, paint: bool = False
) -> Screenplay:
    """Write a film and draw its storyboard as a PDF; nothing is spoken or shot.

    Args:
        source: the film.
        path: of the PDF.
        options: who writes, and the seed.
        work: home, settings, progress and cancel.
        paint: whether Gemini draws what was not shot yet, for money.

    Raises:
        ShootMissing: scenes could not be painted; the others are kept.
        OneReelError: as `make_film` and `draw_scenes` do.
    """
    from .shoot.storyboard import draw_frames, draw_pages, pictures_on_disk, save_pdf

    screenplay = await _written(source, options, work)
    pictures = await asyncio.to_thread(
        pictures_on_disk, screenplay, home=work.home, seed=options.seed
    )
    if paint:
        part = replace(work, progress=work.progress.part(0.3, 0.7))
        pictures |= await _painted(screenplay, options, part, but=pictures)

    def draw() -> None:
        progress = work.progress.part(0.7, 1)
        frames = draw_frames(
            screenplay, pictures, seed=options.seed, progress=progress, cancel=work.cancel
        )
        pages = draw_pages(screenplay, frames, fonts=work.settings.cut.fonts)
        save_pdf(path, pages, title=screenplay.title)

    await asyncio.to_thread(draw)
    return screenplay


async def price_board(source: Brief | Screenplay, *, options: FilmOptions, work: Work) -> str:
    """Say what the pictures of a storyboard by Gemini cost; nothing is bought.

    Raises:
        ReviseBrief: writing the film would cost money already.
        OneReelError: as `make_film` does.
    """
    from .shoot.drawing import DrawingOptions, price_film

    if isinstance(source, Brief) and options.writer in COSTLY:
        raise ReviseBrief(
            "What the pictures cost is known once the film is written, and its writer costs money:"
            " write it first, then name its --screenplay."
        )
    screenplay = await _written(source, options, work)
    asked = DrawingOptions(seed=options.seed)
    return price_film(screenplay, asked, home=work.home, settings=work.settings).words


async def _written(source: Brief | Screenplay, options: FilmOptions, work: Work) -> Screenplay:
    todo = stages(options, source)
    written = todo[: todo.index(NARRATE)]
    made = await _run(written, source, options, None, work, work.progress.part(0, 0.3))
    screenplay: Screenplay = made["screenplay"]
    return screenplay


async def _painted(
    screenplay: Screenplay, options: FilmOptions, work: Work, *, but: Collection[str]
) -> dict[str, Image]:
    """Have the scenes painted that are not in `but`."""
    from PIL.Image import fromarray

    from .cast.picture import read_still
    from .shoot.drawing import DrawingOptions, draw_scenes

    drawn = await draw_scenes(
        screenplay,
        DrawingOptions(seed=options.seed),
        home=work.home,
        settings=work.settings,
        only=[scene.id for scene in screenplay.scenes if scene.id not in but],
        progress=work.progress,
        cancel=work.cancel,
    )
    if drawn.missing:
        raise ShootMissing(drawn.missing_in_words)
    return {scene: fromarray(read_still(path)) for scene, path in drawn.pictures.items()}


async def _run(
    todo: Sequence[Stage],
    source: Brief | Screenplay,
    options: FilmOptions,
    music: str | None,
    work: Work,
    progress: Progress,
) -> Made:
    """Run stages, each on what those before it made."""
    source = settled(source, work.home)
    made: dict[str, Any] = {"music": music, "notes": ()}
    made["screenplay" if isinstance(source, Screenplay) else "brief"] = source
    total, done = sum(stage.share for stage in todo), 0.0
    for stage in todo:
        part = progress.part(done / total, (done + stage.share) / total)
        part(0, stage.name)
        if stage is NARRATE:
            await _check_presenter(options, made["screenplay"], work)
            if options.captions == "burned":
                fonts = work.settings.cut.fonts
                await asyncio.to_thread(check_letters, made["screenplay"], fonts=fonts)
        inputs = {name: made[value] for name, value in stage.wires.items()}
        inputs |= {name: getattr(options, choice) for name, choice in stage.choices.items()}
        new = await stage.run(replace(work, progress=part), **inputs)
        made |= {**new, "notes": (*made["notes"], *new.get("notes", ()))}
        if stage is NARRATE and options.presenter:
            # Now it is known into how many scenes the lines are split, and nothing is shot yet.
            check_scenes(options.presenter_scenes, len(made["screenplay"].scenes))
        done += stage.share
        work.cancel.check()
    return made


def save_beside(film: Path, *, screenplay: Screenplay | None, cut: Cut | None, home: Home) -> None:
    """Save what belongs to a film beside its file: screenplay, captions, and a time line.

    The screenplay is JSON, and Fountain for screenwriting programs; the captions are SRT and VTT,
    and the time line OTIO, for editing programs, where the optional part `opentimelineio` is
    installed.

    Raises:
        StorageError: the disk refused.
    """
    if screenplay:
        save_screenplay(screenplay, film.with_suffix(".screenplay.json"))
        save_fountain(screenplay, film.with_suffix(".fountain"))
    if cut:
        write_sidecars(cut, film)
        if otio_installed():
            write_otio(cut, film.with_suffix(".otio"), home)
