"""Brief: what is wanted."""

from __future__ import annotations

from typing import Any

from comfy_api.latest import io

from ...onereel.story.brief import (
    ASPECTS,
    LONGEST_FILM,
    LONGEST_SCENE,
    MOST_SCENES,
    SHORTEST_FILM,
    SHORTEST_SCENE,
    Brief,
)
from ...onereel.story.looks import looks
from ...onereel.story.platforms import ANYWHERE, every_platform, remarks
from ...onereel.story.settled import settled
from ...onereel.story.templates.built_in import templates
from ...onereel.story.templates.template import Template
from ...onereel.values import digest
from .. import bridge
from .template import own_mark, template_names

__all__ = ["OneReelBrief", "look_input", "platform_input", "platform_mark"]


class OneReelBrief(io.ComfyNode):
    """What the film is about."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelBrief",
            display_name="Brief",
            category="OneReel/Story",
            description="What you want a film of, how long, and for whom.",
            inputs=[
                io.String.Input(
                    "idea",
                    multiline=True,
                    default="A lighthouse keeper finds a message in a bottle",
                    tooltip="What the film is about, in a sentence or a few.",
                ),
                io.Float.Input(
                    "duration",
                    default=30,
                    min=SHORTEST_FILM,
                    max=LONGEST_FILM,
                    step=1,
                    round=0.001,
                    tooltip="Target length in seconds; the film meets it within 5 %.",
                ),
                io.Boolean.Input(
                    "exact",
                    default=False,
                    tooltip="Meet the length to the frame, by stretching pauses.",
                ),
                io.Int.Input(
                    "scene_count",
                    default=0,
                    min=0,
                    max=MOST_SCENES,
                    tooltip="Number of scenes; 0 lets the writer choose.",
                ),
                io.Combo.Input(
                    "aspect", options=list(ASPECTS), default="16:9", tooltip="Shape of the picture."
                ),
                io.Combo.Input(
                    "template",
                    options=template_names(),
                    default="story",
                    tooltip="Kind of film: how its story is built and how it looks.",
                ),
                io.String.Input(
                    "tone",
                    default="",
                    tooltip='Mood in your words, such as "warm and funny"; empty: the template\'s.',
                ),
                io.String.Input(
                    "language",
                    default="en",
                    tooltip="Language of the narration, as a code: en, de, es, fr, ja, pt-br ...",
                ),
                io.Float.Input(
                    "creativity",
                    default=0.5,
                    min=0,
                    max=1,
                    step=0.05,
                    tooltip="0: close to your words. 1: far from them.",
                ),
                io.String.Input(
                    "voice_style",
                    default="",
                    tooltip='How the narrator should sound, such as "calm, close".',
                ),
                platform_input("Where the film will be shown."),
                io.Float.Input(
                    "longest_shot",
                    default=8,
                    min=SHORTEST_SCENE,
                    max=LONGEST_SCENE,
                    step=1,
                    round=0.001,
                    tooltip="Seconds of the longest scene your renderer can shoot; 8 fits all.",
                ),
                io.String.Input(
                    "film",
                    default="",
                    tooltip="A name that tells two films of the same brief apart.",
                ),
                look_input("the template's."),
                bridge.TEMPLATE.Input(
                    "film_template",
                    optional=True,
                    tooltip="From Film Template, in place of the template that is named here.",
                ),
            ],
            outputs=[bridge.BRIEF.Output(display_name="brief")],
        )

    @classmethod
    def validate_inputs(
        cls,
        duration: Any,
        scene_count: Any,
        creativity: Any,
        longest_shot: Any,
        template: Any,
        platform: Any,
    ) -> bool:
        """Leave numbers out of range, and templates and platforms that are gone, to the Brief,
        which says what to do about them."""
        return True

    @classmethod
    def fingerprint_inputs(cls, template: Any = "", platform: Any = ANYWHERE, **_: Any) -> str:
        """Change when the file of a template does, or what stands of the platform in its file."""
        return own_mark(template) + platform_mark(platform)

    @classmethod
    def execute(
        cls, film_template: Template | dict[str, Any] | None = None, **fields: Any
    ) -> io.NodeOutput:
        """Make the Brief."""
        if isinstance(film_template, Template):
            fields["template"] = film_template.name
            if film_template == templates().get(film_template.name):
                film_template = None
        brief = Brief.from_data({**fields, "film_template": film_template})
        brief = settled(brief, bridge.home())
        bridge.tell(" ".join(remarks(brief, brief.duration, bridge.home())))
        return io.NodeOutput(brief)


def platform_input(tooltip: str, *, optional: bool = False) -> io.Combo.Input:
    """Where a film will be shown: everywhere, or on a platform that is known here."""
    return io.Combo.Input(
        "platform",
        options=[each.name for each in every_platform(bridge.home())],
        default=ANYWHERE,
        optional=optional,
        tooltip=tooltip,
    )


def platform_mark(platform: Any) -> str:
    """What changes with what the owner's file says of a platform."""
    known = {each.name: each for each in every_platform(bridge.home())}
    return digest(known[platform]) if platform != ANYWHERE and platform in known else ""


def look_input(otherwise: str) -> io.String.Input:
    """The look of a film; `otherwise` says whose it is where none is asked for."""
    return io.String.Input(
        "look",
        default="",
        # Workflows that were saved before there were looks have no such input.
        optional=True,
        tooltip=f"How the whole film looks: {', '.join(looks())}, or in your own words; empty:"
        f" {otherwise}",
    )
