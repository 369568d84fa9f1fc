"""Film Template: a kind of film with fields of one's own."""

from __future__ import annotations

from typing import Any, get_args

from comfy_api.latest import io

from ...onereel.cut.plan import CaptionMode
from ...onereel.stage import Work
from ...onereel.story.screenplay import Screenplay
from ...onereel.story.templates.built_in import templates
from ...onereel.story.templates.of_film import template_of_film
from ...onereel.story.templates.own import changed, every_template, keep, named
from ...onereel.story.templates.template import Template
from ...onereel.values import digest
from .. import bridge

__all__ = ["OneReelFilmTemplate", "template_names"]

_AS_IT_HAS = "the template's"


def template_names() -> list[str]:
    """The templates that a menu offers: the built-in ones and the film maker's own."""
    return [each.name for each in every_template(bridge.home())]


class OneReelFilmTemplate(io.ComfyNode):
    """A kind of film."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelFilmTemplate",
            display_name="Film Template",
            category="OneReel/Story",
            description="A kind of film with fields of your own, or made of a finished film; for a"
            " Brief, and to keep.",
            inputs=[
                io.Combo.Input(
                    "template",
                    options=template_names(),
                    default="story",
                    tooltip="The kind of film to begin with.",
                ),
                io.String.Input(
                    "tone", default="", tooltip="Mood in your words; empty: the template's."
                ),
                io.String.Input(
                    "look",
                    default="",
                    tooltip="Name of a look, or your own words; empty: the template's.",
                ),
                io.Float.Input(
                    "pace",
                    default=0,
                    min=0,
                    max=60,
                    step=0.5,
                    round=0.001,
                    tooltip="Seconds of a usual scene; 0: the template's.",
                ),
                io.String.Input(
                    "music", default="", tooltip="Mood of the music; empty: the template's."
                ),
                io.Combo.Input(
                    "captions",
                    options=[_AS_IT_HAS, *get_args(CaptionMode)],
                    default=_AS_IT_HAS,
                    tooltip="How its films are captioned.",
                ),
                io.String.Input(
                    "call_to_action",
                    default="",
                    tooltip="What the last scene says to viewers, in the film's language; empty:"
                    " the template's.",
                ),
                io.String.Input(
                    "save_as",
                    default="",
                    tooltip="A name under which it is kept for other films; empty: not kept.",
                ),
                bridge.SCREENPLAY.Input(
                    "screenplay",
                    optional=True,
                    tooltip="A finished film: its pace, rhythm, transitions, tone, look and music.",
                ),
            ],
            outputs=[
                bridge.TEMPLATE.Output("film_template", display_name="film_template"),
                io.String.Output("music", display_name="music"),
                io.Combo.Output(
                    "captions", options=list(get_args(CaptionMode)), display_name="captions"
                ),
            ],
        )

    @classmethod
    def validate_inputs(cls, template: Any, pace: Any) -> bool:
        """Leave a template that is gone, and numbers out of range, to sentences of our own."""
        return True

    @classmethod
    def fingerprint_inputs(cls, template: Any = "", **_: Any) -> str:
        """Change when the file of a template does."""
        return own_mark(template)

    @classmethod
    async def execute(
        cls,
        template: str,
        tone: str,
        look: str,
        pace: float,
        music: str,
        captions: str,
        call_to_action: str,
        save_as: str,
        screenplay: Screenplay | None = None,
    ) -> io.NodeOutput:
        """Make it."""
        wished = {
            "tone": tone.strip(),
            "look": look.strip(),
            "pace": pace,
            "music": music.strip(),
            "captions": "" if captions == _AS_IT_HAS else captions,
            "call_to_action": call_to_action.strip(),
        }
        changes = {name: value for name, value in wished.items() if value}

        def make(work: Work) -> Template:
            if screenplay is None:
                made = named(template, work.home)
                name = save_as.strip() or made.name
            else:
                name = save_as.strip() or "film"
                made = template_of_film(screenplay, name=name)
            made = changed(made, changes, name=name)
            if save_as.strip():
                keep(made, work.home)
            return made

        made = await bridge.run(make)
        return io.NodeOutput(made, made.music, made.captions)


def own_mark(template: Any) -> str:
    """What changes with the file of a template of the film maker's own."""
    if template in templates():
        return ""
    named = (each for each in every_template(bridge.home()) if each.name == template)
    return digest(next(named, ""))
