"""The stages of a film, in order, as one list.

`make_film()` runs the list; the node Make Film expands the same list into the stage nodes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from .cut.assemble import assemble
from .cut.burn import check_letters
from .cut.captions import add_captions, write_sidecars
from .cut.otio import otio_installed, write_otio
from .cut.plan import CaptionMode, Cut
from .cut.render import Reel, render
from .cut.soundtrack import add_soundtrack
from .files import remove_leftovers
from .home import Home
from .settings import Settings
from .shoot.draft import shoot_draft
from .shoot.take import Take
from .story.brief import Brief
from .story.builtin import write_builtin
from .story.files import save_screenplay
from .story.ollama import write_with_ollama
from .story.platforms import Resolution
from .story.screenplay import Screenplay
from .values import Value
from .voice.line import Line
from .voice.narrate import narrate
from .work import Cancel, Progress

__all__ = ["Film", "FilmOptions", "Stage", "Work", "make_film", "save_beside", "stages"]

Writer = Literal["built-in", "ollama"]
Renderer = Literal["draft"]


class FilmOptions(Value):
    """How a film is made. What it is about stands in its Brief."""

    writer: Writer = "built-in"
    model: str = ""
    """The model of a writer that has several."""
    seed: int = 0
    voice: str = "auto"
    speed: float = 1.0
    renderer: Renderer = "draft"
    resolution: Resolution = "720p"
    captions: CaptionMode = "soft"


@dataclass(frozen=True)
class Work:
    """What every stage works with: folders, settings, and a way to report and to be stopped."""

    home: Home
    settings: Settings = field(default_factory=Settings)
    progress: Progress = field(default_factory=Progress)
    cancel: Cancel = field(default_factory=Cancel)


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


Made = Mapping[str, Any]


@dataclass(frozen=True)
class Stage:
    """One stage: a node on the graph, a call into the library without one.

    `wires` maps the node's inputs to values that earlier stages made, `choices` maps them to fields
    of `FilmOptions`; `run` takes the same inputs by the same names. `makes` names the results in
    the order of the node's outputs.
    """

    name: str
    node: str
    run: Callable[..., Awaitable[Made]]
    makes: tuple[str, ...]
    wires: Mapping[str, str]
    choices: Mapping[str, str] = field(default_factory=dict)
    share: float = 1.0
    """Of the whole film's time, roughly."""


async def _write_builtin(work: Work, *, brief: Brief, seed: int) -> Made:
    return {"screenplay": await asyncio.to_thread(write_builtin, brief, seed=seed)}


async def _write_with_ollama(work: Work, *, brief: Brief, model: str, seed: int) -> Made:
    screenplay = await write_with_ollama(
        brief,
        settings=work.settings.ollama,
        model=model,
        seed=seed,
        progress=work.progress,
        cancel=work.cancel,
    )
    return {"screenplay": screenplay}


async def _narrate(
    work: Work, *, screenplay: Screenplay, voice: str, speed: float, seed: int
) -> Made:
    narration = await asyncio.to_thread(
        narrate,
        screenplay,
        home=work.home,
        engine=work.settings.voice.engine,
        voice=voice,
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


async def _assemble(
    work: Work,
    *,
    screenplay: Screenplay,
    takes: tuple[Take, ...],
    lines: tuple[Line, ...],
    resolution: Resolution,
) -> Made:
    cut = await asyncio.to_thread(
        assemble,
        screenplay,
        takes,
        lines,
        home=work.home,
        resolution=resolution,
        reencode=work.settings.cut.reencode,
    )
    return {"cut": cut}


async def _add_soundtrack(work: Work, *, cut: Cut, music: str) -> Made:
    return {"cut": add_soundtrack(cut, music)}


async def _add_captions(
    work: Work, *, cut: Cut, lines: tuple[Line, ...], mode: CaptionMode
) -> Made:
    return {"cut": add_captions(cut, lines, mode=mode)}


WRITERS: Mapping[Writer, Stage] = {
    "built-in": Stage(
        name="Writing",
        node="OneReelWriteScriptBuiltIn",
        run=_write_builtin,
        wires={"brief": "brief"},
        choices={"seed": "seed"},
        makes=("screenplay",),
    ),
    "ollama": Stage(
        name="Writing",
        node="OneReelWriteScriptOllama",
        run=_write_with_ollama,
        wires={"brief": "brief"},
        choices={"model": "model", "seed": "seed"},
        makes=("screenplay",),
        share=20,
    ),
}

NARRATE = Stage(
    name="Narrating",
    node="OneReelNarrate",
    run=_narrate,
    wires={"screenplay": "screenplay"},
    choices={"voice": "voice", "speed": "speed", "seed": "seed"},
    makes=("screenplay", "lines"),
    share=10,
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
}

ASSEMBLE = Stage(
    name="Assembling",
    node="OneReelAssembleCut",
    run=_assemble,
    wires={"screenplay": "screenplay", "takes": "takes", "lines": "lines"},
    choices={"resolution": "resolution"},
    makes=("cut",),
)

SOUNDTRACK = Stage(
    name="Adding music",
    node="OneReelAddSoundtrack",
    run=_add_soundtrack,
    wires={"cut": "cut", "music": "music"},
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

_RENDER_SHARE = 20
"""Rendering follows the stages: inside ComfyUI it ends in a VIDEO, here in the user's file."""


def stages(
    options: FilmOptions, *, written: bool = False, music: bool = False
) -> tuple[Stage, ...]:
    """List the stages from Brief to Cut.

    `written` leaves the writer out, for a screenplay that exists; `music` adds the soundtrack.
    """
    chosen = [] if written else [WRITERS[options.writer]]
    chosen += [NARRATE, RENDERERS[options.renderer], ASSEMBLE]
    chosen += [SOUNDTRACK] if music else []
    return (*chosen, CAPTIONS)


async def make_film(
    source: Brief | Screenplay,
    destination: Path | Callable[[Screenplay], Path],
    *,
    options: FilmOptions | None = None,
    music: str | None = None,
    work: Work,
) -> Film:
    """Make the film of a Brief or of a Screenplay, and write it to `destination`.

    `music` is a media name; `destination` may be a function of the finished screenplay.

    Raises:
        OneReelError: with a sentence for the user; what was made so far stays on disk and is used
            again by the next call.
    """
    options = options or FilmOptions()
    remove_leftovers(work.home.media, deep=True)
    made: dict[str, Any] = {"music": music, "notes": ()}
    made["screenplay" if isinstance(source, Screenplay) else "brief"] = source
    todo = stages(options, written=isinstance(source, Screenplay), music=music is not None)
    total = sum(stage.share for stage in todo) + _RENDER_SHARE
    done = 0.0
    for stage in todo:
        progress = work.progress.part(done / total, (done + stage.share) / total)
        progress(0, stage.name)
        if stage is NARRATE and options.captions == "burned":
            fonts = work.settings.cut.fonts
            await asyncio.to_thread(check_letters, made["screenplay"], fonts=fonts)
        inputs = {name: made[value] for name, value in stage.wires.items()}
        inputs |= {name: getattr(options, choice) for name, choice in stage.choices.items()}
        made |= await stage.run(replace(work, progress=progress), **inputs)
        done += stage.share
        work.cancel.check()
    path = destination(made["screenplay"]) if callable(destination) else destination
    progress = work.progress.part(done / total, 1)
    progress(0, "Rendering")
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


def save_beside(film: Path, *, screenplay: Screenplay | None, cut: Cut | None, home: Home) -> None:
    """Save what belongs to a film beside its file: screenplay, captions, and a time line.

    The screenplay is JSON, the captions SRT and VTT, and the time line OTIO, for editing programs,
    where the optional part `opentimelineio` is installed.

    Raises:
        StorageError: the disk refused.
    """
    if screenplay:
        save_screenplay(screenplay, film.with_suffix(".screenplay.json"))
    if cut:
        write_sidecars(cut, film)
        if otio_installed():
            write_otio(cut, film.with_suffix(".otio"), home)
