"""Cast: people who look and sound the same in every scene and every film."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import torch
from comfy_api.latest import io

from ..onereel.cast.character import MOST_PICTURES, ROLES, Character, character_of
from ..onereel.cast.finding import with_cast
from ..onereel.cast.picture import keep_portrait
from ..onereel.stage import Work
from ..onereel.story.screenplay import Screenplay
from . import bridge

__all__ = ["NODES"]

_MOST = 8
"""Characters that connect to one Cast; a list of them counts as one."""


class OneReelCharacter(io.ComfyNode):
    """Somebody."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelCharacter",
            display_name="Character",
            category="OneReel/Cast",
            description="Somebody, or something, that looks the same in every scene: by pictures"
            " where the video model takes them, else in words.",
            inputs=[
                io.String.Input(
                    "name", default="", tooltip="How scenes name it: they are searched for it."
                ),
                io.String.Input(
                    "description",
                    multiline=True,
                    default="",
                    tooltip="What it looks like, in words a painter could paint it by twice.",
                ),
                io.Combo.Input(
                    "role",
                    options=list(ROLES),
                    default="lead",
                    tooltip="Who comes first where a model takes few pictures; a narrator is not"
                    " seen.",
                ),
                io.String.Input(
                    "voice",
                    default="",
                    tooltip="Name of the voice that speaks its lines; empty takes one that nobody"
                    " else has.",
                ),
                io.Image.Input(
                    "pictures",
                    optional=True,
                    tooltip=f"What it looks like, the best first: at most {MOST_PICTURES}.",
                ),
                io.String.Input(
                    "also",
                    optional=True,
                    default="",
                    tooltip="Other names that scenes call it, separated by commas.",
                ),
                io.Boolean.Input(
                    "keep",
                    optional=True,
                    default=False,
                    tooltip="Keep it in the library, for other films; the panel shows it there.",
                ),
            ],
            outputs=[bridge.CHARACTER.Output("character", display_name="character")],
        )

    @classmethod
    async def execute(
        cls,
        name: str,
        description: str,
        role: str,
        voice: str,
        pictures: torch.Tensor | None = None,
        also: str = "",
        keep: bool = False,
    ) -> io.NodeOutput:
        """Make it."""

        def make(work: Work) -> Character:
            shown = [] if pictures is None else bridge.frames(pictures, work.progress)
            portraits = (keep_portrait(pixels, home=work.home) for pixels in shown)
            character = character_of(
                name,
                description=description.strip(),
                role=role,
                voice=voice.strip(),
                pictures=tuple(dict.fromkeys(portraits)),
                also=tuple(filter(None, map(str.strip, also.split(",")))),
            )
            if not keep:
                return character
            # Only now: the library's database would slow down every start of ComfyUI.
            from ..onereel.library.characters import open_characters

            with open_characters(work.home, work.settings) as characters:
                return characters.keep(character)

        return io.NodeOutput(await bridge.run(make))


class OneReelCast(io.ComfyNode):
    """Who plays."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelCast",
            display_name="Cast",
            category="OneReel/Cast",
            description="Casts characters in a film: each is in the scenes whose words name it, and"
            " the renderers are told of it there.",
            is_input_list=True,
            inputs=[
                bridge.SCREENPLAY.Input("screenplay", tooltip="The script that names them."),
                io.String.Input(
                    "saved",
                    default="",
                    tooltip="Characters of your library by name, separated by commas; * casts all"
                    " whom the script names.",
                ),
                *(
                    bridge.CHARACTER.Input(
                        f"character_{number}", optional=True, tooltip="One, or a list of them."
                    )
                    for number in range(1, _MOST + 1)
                ),
            ],
            outputs=[bridge.SCREENPLAY.Output("screenplay", display_name="screenplay")],
        )

    @classmethod
    def fingerprint_inputs(cls, saved: Any, **_: Any) -> str:
        """Change when the characters of the library do."""
        return bridge.characters_mark(saved)

    @classmethod
    async def execute(
        cls,
        screenplay: Sequence[Screenplay],
        saved: Sequence[str],
        **characters: Sequence[Character],
    ) -> io.NodeOutput:
        """Cast them."""
        (play,) = screenplay[:1]
        names = ", ".join(filter(None, map(str.strip, saved)))

        def cast(work: Work) -> Screenplay:
            from ..onereel.library.characters import saved_characters

            known = saved_characters(names, play, home=work.home, settings=work.settings)
            given = chain.from_iterable(each for each in characters.values() if each)
            return with_cast(play, (*known, *given))

        made = await bridge.run(cast)
        bridge.tell(_told(made))
        return io.NodeOutput(made)


def _told(screenplay: Screenplay) -> str:
    counts = {
        each.name: sum(each in screenplay.seen_in(scene) for scene in screenplay.scenes)
        for each in screenplay.cast
        if each.cast
    }
    seen = [f"{name}: {count} scenes" for name, count in counts.items() if count]
    lost = [name for name, count in counts.items() if not count]
    absent = f"No scene names {', '.join(lost)}." if lost else ""
    return " ".join(part for part in (", ".join(seen) + "." if seen else "", absent) if part)


NODES: list[type[io.ComfyNode]] = [OneReelCharacter, OneReelCast]
