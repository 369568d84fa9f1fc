"""Draw Scenes (Gemini): one still a scene by a paid image model, within the caps, never twice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from comfy_api.latest import io, ui
from comfy_execution.graph_utils import ExecutionBlocker

from ...onereel.cast.picture import Picture, keep_picture, read_still
from ...onereel.errors import ShootMissing
from ...onereel.stage import Work
from ...onereel.story.screenplay import Screenplay
from .. import bridge, models
from ..agreed import agreed
from .inputs import AnyModel, drawing_inputs

__all__ = ["OneReelDrawScenesGemini"]

_LONGEST_SIDE = 8192
"""Pixels: no picture is made smaller than it came."""
_unfinished = 0
"""Counts runs that left scenes out, or only asked for the price: the next queueing tries again."""


class OneReelDrawScenesGemini(AnyModel):
    """A still for every scene."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelDrawScenesGemini",
            display_name="Draw Scenes (Gemini)",
            category="OneReel/Shoot",
            description="Draws one still of every scene with a Gemini image model, for a few cents"
            " each: only when buying is switched on in OneReel's settings, only within the caps"
            " there, and never twice. People of the cast are shown to it by their pictures.",
            is_input_list=True,
            is_output_node=True,
            inputs=[
                bridge.SCREENPLAY.Input("screenplay", tooltip="The film."),
                *drawing_inputs(),
                bridge.seed_input("Another seed, other pictures, paid anew."),
                io.Float.Input(
                    "at_most",
                    default=0,
                    min=0,
                    max=1_000_000,
                    step=0.01,
                    round=0.0001,
                    tooltip="Dollars that you agree to for this run; if the pictures cost more,"
                    " none is bought. 0: only the caps in OneReel's settings count.",
                ),
                io.Boolean.Input(
                    "estimate",
                    default=False,
                    tooltip="Only say what the pictures cost: nothing is sent, and nothing behind"
                    " this node runs.",
                ),
                io.Combo.Input(
                    "on_missing",
                    options=["stop", "leave out"],
                    default="stop",
                    tooltip="A scene that could not be drawn: stop and name it, or go on without"
                    " its still. The others are kept either way.",
                ),
                io.Image.Input(
                    "references",
                    optional=True,
                    tooltip="Pictures of places and things that every scene shows; those of its"
                    " people come by themselves.",
                ),
            ],
            outputs=[
                io.Image.Output(
                    "stills",
                    display_name="stills",
                    tooltip="One a scene: for Storyboard, Shoot Stills, or as first frames.",
                    is_output_list=True,
                ),
                bridge.SCENE.Output(
                    "scenes",
                    display_name="scenes",
                    tooltip="The scenes that the stills belong to.",
                    is_output_list=True,
                ),
            ],
        )

    @classmethod
    def fingerprint_inputs(cls, **_: Any) -> int:
        """Change when the last run left scenes out."""
        return _unfinished

    @classmethod
    async def execute(
        cls,
        screenplay: Sequence[Screenplay],
        model: Sequence[str],
        size: Sequence[Any],
        seed: Sequence[int],
        at_most: Sequence[float],
        estimate: Sequence[bool],
        on_missing: Sequence[str],
        references: Sequence[torch.Tensor] = (),
    ) -> io.NodeOutput:
        """Draw them."""
        global _unfinished
        # Only now: the ledger's database would slow down every start of ComfyUI.
        from ...onereel.shoot.drawing import DrawingOptions, Drawn, draw_scenes, price_film

        film = screenplay[0]
        options = DrawingOptions(model=models.name_in(model[0]), size=size[0], seed=seed[0])
        if estimate[0]:
            _unfinished += 1

            def price(work: Work) -> str:
                shown = _kept(references, work)
                return price_film(
                    film, options, home=work.home, settings=work.settings, references=shown
                ).words

            words = await bridge.run(price)
            bridge.tell(words)
            nothing = ExecutionBlocker(None)
            return io.NodeOutput(nothing, nothing, ui=ui.PreviewText(words))

        async def draw(work: Work) -> Drawn:
            return await draw_scenes(
                film,
                options,
                home=work.home,
                settings=work.settings,
                references=_kept(references, work),
                at_most=agreed(at_most),
                progress=work.progress,
                cancel=work.cancel,
            )

        drawn = await bridge.run_async(draw)
        _unfinished += bool(drawn.missing)
        if drawn.missing and on_missing[0] == "stop":
            raise ShootMissing(drawn.missing_in_words)
        shown = [scene for scene in film.scenes if scene.id in drawn.pictures]
        stills = [_image(drawn.pictures[scene.id]) for scene in shown]
        words = " ".join(filter(None, (drawn.words, drawn.missing_in_words)))
        bridge.tell(words)
        return io.NodeOutput(stills, shown, ui=ui.PreviewText(words))


def _kept(batches: Sequence[torch.Tensor], work: Work) -> list[Picture]:
    images = chain.from_iterable(bridge.frames(batch, work.progress) for batch in batches)
    return [keep_picture(pixels, home=work.home) for pixels in images]


def _image(path: Path) -> torch.Tensor:
    return bridge.images(read_still(path, longest=_LONGEST_SIDE)[None])
