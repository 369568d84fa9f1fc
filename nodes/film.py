"""Film: everything in one node, and the finished file."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any, get_args

from comfy.cli_args import args
from comfy_api.latest import Input, Types, io, ui
from comfy_execution.graph_utils import GraphBuilder

from ..onereel.cut.overlays.burn import check_letters
from ..onereel.cut.plan import CaptionMode, CardMode, Corner, Cut, PresenterPlace
from ..onereel.errors import ReviseBrief
from ..onereel.files import writing
from ..onereel.film import save_beside
from ..onereel.options import Director, FilmOptions, Renderer, Writer
from ..onereel.shoot.order import WANTED
from ..onereel.shoot.take import ON_MISSING
from ..onereel.stage import Work
from ..onereel.story.brief import Brief
from ..onereel.story.screenplay import Screenplay
from ..onereel.values import digest
from . import bridge
from .workflows import RENDER, lay_out

__all__ = ["NODES"]


class OneReelMakeFilm(io.ComfyNode):
    """The whole film as one node."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        default = FilmOptions()
        return io.Schema(
            node_id="OneReelMakeFilm",
            display_name="Make Film",
            category="OneReel/Film",
            description="Writes, narrates, shoots, cuts and renders a film: the other OneReel nodes"
            " in one. Connect a brief, or a screenplay to leave out the writing.",
            inputs=[
                io.Combo.Input(
                    "writer",
                    options=list(get_args(Writer)),
                    default=default.writer,
                    tooltip="Who writes the script of a brief; best asks Gemini, then Ollama, then"
                    " the built-in writer.",
                ),
                io.String.Input(
                    "model",
                    default=default.model,
                    tooltip="The writer's model, for ollama or gemini, such as llama3.2 or"
                    " gemini-3.8-flash.",
                ),
                bridge.seed_input("Another seed, another film."),
                io.String.Input(
                    "voice",
                    default=default.voice,
                    tooltip="Name of a voice; auto takes the best for the language.",
                ),
                io.Float.Input(
                    "speed",
                    default=default.speed,
                    min=0.5,
                    max=2,
                    step=0.05,
                    tooltip="Of the voice; 1 is its own pace.",
                ),
                io.Combo.Input(
                    "renderer",
                    options=list(get_args(Renderer)),
                    default=default.renderer,
                    tooltip="Who shoots the scenes: draft is free; veo and omni cost money, stills"
                    " a few cents a scene, within the caps in OneReel's settings.",
                ),
                bridge.resolution_input(default.resolution),
                io.Combo.Input(
                    "captions",
                    options=list(get_args(CaptionMode)),
                    default=default.captions,
                    tooltip="Soft captions can be switched off by viewers; burned ones cannot.",
                ),
                bridge.BRIEF.Input("brief", optional=True, tooltip="What the film is about."),
                bridge.SCREENPLAY.Input(
                    "screenplay", optional=True, tooltip="Film this instead of a brief."
                ),
                io.Audio.Input(
                    "music",
                    optional=True,
                    raw_link=True,
                    tooltip="Music under the film, from Load Audio or any other node.",
                ),
                # Workflows of earlier versions do not have these: optional, and behind the others.
                io.String.Input(
                    "renderer_model",
                    optional=True,
                    default=default.renderer_model,
                    tooltip="The model of a paid renderer; empty takes its usual one.",
                ),
                io.Combo.Input(
                    "on_missing",
                    optional=True,
                    options=list(ON_MISSING),
                    default=default.on_missing,
                    tooltip="A scene that a paid renderer could not shoot: stop and name it, shoot"
                    " a labelled draft, or leave it out.",
                ),
                io.Combo.Input(
                    "scenes",
                    optional=True,
                    options=list(WANTED),
                    default=default.scenes,
                    tooltip="Which scenes a paid renderer shoots; approved scenes: the others are"
                    " drafts.",
                ),
                io.String.Input(
                    "cast",
                    optional=True,
                    default=default.cast,
                    tooltip="Characters of your library by name, separated by commas; * casts all"
                    " whom the script names.",
                ),
                bridge.backup_voices_input(),
                io.Combo.Input(
                    "director",
                    optional=True,
                    options=list(get_args(Director)),
                    default=default.director,
                    tooltip="Who goes over the script once more before it is spoken.",
                ),
                io.String.Input(
                    "director_model",
                    optional=True,
                    default=default.director_model,
                    tooltip="The director's model, for ollama or gemini; empty takes the usual"
                    " one.",
                ),
                io.String.Input(
                    "presenter",
                    optional=True,
                    default=default.presenter,
                    tooltip="A character of your library, by name, who presents the film; empty for"
                    " nobody.",
                ),
                io.Combo.Input(
                    "presenter_place",
                    optional=True,
                    options=list(get_args(PresenterPlace)),
                    default=default.presenter_place,
                    tooltip="How the presenter is seen; circle and panel keep clear of captions.",
                ),
                io.Combo.Input(
                    "presenter_corner",
                    optional=True,
                    options=list(get_args(Corner)),
                    default=default.presenter_corner,
                    tooltip="Where a circle is; a panel stands on the same side.",
                ),
                io.Combo.Input(
                    "cards",
                    optional=True,
                    options=list(get_args(CardMode)),
                    default=default.cards,
                    tooltip="Large words over the film's first and last seconds.",
                ),
                io.String.Input(
                    "end_card",
                    optional=True,
                    default=default.end_card,
                    multiline=True,
                    tooltip="Words of the end card, the first row large; empty takes the title.",
                ),
                io.Boolean.Input(
                    "optimise",
                    optional=True,
                    default=default.optimise,
                    tooltip="Completes each shot prompt of a script that is written here with"
                    " camera, lens, light, style and sound.",
                ),
                io.String.Input(
                    "presenter_key",
                    optional=True,
                    default=default.presenter_key,
                    tooltip="A colour of the presenter to see through, such as green or #00b140;"
                    " empty for none.",
                ),
                io.String.Input(
                    "presenter_scenes",
                    optional=True,
                    default=default.presenter_scenes,
                    tooltip="The scenes that show the presenter: all, or numbers such as 1, 3-5.",
                ),
            ],
            outputs=[
                io.Video.Output("video", display_name="video"),
                bridge.SCREENPLAY.Output("screenplay", display_name="screenplay"),
                bridge.CUT.Output("cut", display_name="cut"),
            ],
            hidden=[io.Hidden.unique_id],
            enable_expand=True,
        )

    @classmethod
    def validate_inputs(cls, speed: Any) -> bool:
        """Leave a speed out of range to the library, which says what to do about it."""
        return True

    @classmethod
    async def execute(
        cls,
        brief: Brief | None = None,
        screenplay: Screenplay | None = None,
        music: Any = None,
        **choices: Any,
    ) -> io.NodeOutput:
        """Expand into the nodes of the stages."""
        source = screenplay or brief
        if source is None:
            raise ReviseBrief("Connect a brief or a screenplay to Make Film.")
        options = FilmOptions(**choices)
        if options.presenter:
            # Only now: the library's database would slow down every start of ComfyUI.
            from ..onereel.library.presenters import check_presenter

            await bridge.run(
                lambda work: check_presenter(
                    options, source, home=work.home, settings=work.settings
                )
            )
        if screenplay and options.captions == "burned":
            # A script of our writers has their letters; another is looked at before it is shot.
            await bridge.run(lambda work: check_letters(screenplay, fonts=work.settings.cut.fonts))
        # Every item of a list needs ids of its own, and an item does not know its number.
        prefix = f"{cls.hidden.unique_id}.{digest(source, options)[:12]}."
        graph = GraphBuilder(prefix=prefix)
        made = lay_out(graph, source, options, music=music)
        film = graph.node(RENDER, cut=made["cut"])
        return io.NodeOutput(film.out(0), made["screenplay"], made["cut"], expand=graph.finalize())


_saved: dict[str, tuple[Path, str]] = {}
"""Where films were saved since ComfyUI started, by what they were saved from."""


class OneReelSaveFilm(io.ComfyNode):
    """The finished file."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelSaveFilm",
            display_name="Save Film",
            category="OneReel/Film",
            description="Saves a film as MP4 in ComfyUI's output folder, copied as it is, with the"
            " workflow in it; beside it the screenplay and the captions.",
            is_output_node=True,
            inputs=[
                io.Video.Input("video", tooltip="The film."),
                io.String.Input(
                    "filename_prefix",
                    default="onereel/film",
                    tooltip="Folder and name in the output folder; %date:yyyy-MM-dd% and"
                    " %Node.widget% are filled in.",
                ),
                bridge.SCREENPLAY.Input(
                    "screenplay",
                    optional=True,
                    tooltip="Saved beside the film as JSON and as Fountain.",
                ),
                bridge.CUT.Input(
                    "cut",
                    optional=True,
                    tooltip="Its captions are saved as SRT and VTT, and the cut itself as OTIO for"
                    " editing programs if opentimelineio is installed.",
                ),
            ],
            hidden=[io.Hidden.prompt, io.Hidden.extra_pnginfo],
        )

    @classmethod
    async def execute(
        cls,
        video: Input.Video,
        filename_prefix: str,
        screenplay: Screenplay | None = None,
        cut: Cut | None = None,
    ) -> io.NodeOutput:
        """Save it."""
        metadata = _metadata(cls.hidden.prompt, cls.hidden.extra_pnginfo)

        def save(work: Work) -> tuple[Path, str]:
            mark = _mark(video, filename_prefix, metadata, screenplay, cut)
            # Next Scene runs once more after the last scene: the same film is no second file.
            if mark in _saved and _saved[mark][0].exists():
                return _saved[mark]
            path, subfolder = bridge.output_file(filename_prefix, ".mp4", *video.get_dimensions())
            with writing(path) as temporary:
                video.save_to(
                    str(temporary),
                    format=Types.VideoContainer.MP4,
                    codec=Types.VideoCodec.AUTO,
                    metadata=metadata,
                )
            save_beside(path, screenplay=screenplay, cut=cut, home=work.home)
            if screenplay and cut:
                bridge.saved(screenplay, cut, path)
            _saved[mark] = path, subfolder
            return path, subfolder

        path, subfolder = await bridge.run(save)
        saved = ui.SavedResult(path.name, subfolder, io.FolderType.output)
        return io.NodeOutput(ui=ui.PreviewVideo([saved]))


def _mark(video: Input.Video, prefix: str, metadata: Any, *told: Any) -> str:
    """What a film is saved from; a VIDEO in memory is never the same twice."""
    file = bridge.file_of(video)
    if file is None:
        return uuid.uuid4().hex
    metadata = metadata or {}
    # ComfyUI writes into the prompt what a node's fingerprint was in this run.
    graph = [(key, node["inputs"]) for key, node in (metadata.get("prompt") or {}).items()]
    drawn = {name: value for name, value in metadata.items() if name != "prompt"}
    return digest(str(file), file.stat().st_mtime_ns, prefix, graph, drawn, *told)


def _metadata(prompt: Any, extra: Any) -> dict[str, Any] | None:
    """What core's SaveVideo embeds."""
    if args.disable_metadata:
        return None
    return {**(extra or {}), **({"prompt": prompt} if prompt is not None else {})} or None


NODES: list[type[io.ComfyNode]] = [OneReelMakeFilm, OneReelSaveFilm]
