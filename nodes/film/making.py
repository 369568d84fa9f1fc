"""Make Film: everything in one node."""

from __future__ import annotations

from typing import Any, get_args

from comfy_api.latest import io
from comfy_execution.graph_utils import GraphBuilder

from ...onereel.cut.overlays.burn import check_letters
from ...onereel.cut.plan import CaptionMode, CardMode, Corner, PresenterPlace
from ...onereel.errors import ReviseBrief
from ...onereel.options import Director, FilmOptions, Renderer, Writer
from ...onereel.shoot.order import WANTED
from ...onereel.shoot.take import ON_MISSING
from ...onereel.story.brief import Brief
from ...onereel.story.screenplay import Screenplay
from ...onereel.values import digest
from .. import bridge
from ..workflows import RENDER, lay_out

__all__ = ["OneReelMakeFilm"]


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
            from ...onereel.library.presenters import check_presenter

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
