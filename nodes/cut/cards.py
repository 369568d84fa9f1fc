"""Add Cards: the film's title over its first seconds, what it ends with over its last ones."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, get_args

from comfy_api.latest import io

from ...onereel.cut.cards import CARD_SECONDS, add_cards
from ...onereel.cut.plan import CardMode, Cut
from ...onereel.story.screenplay import Screenplay
from .. import bridge

__all__ = ["OneReelAddCards"]


class OneReelAddCards(io.ComfyNode):
    """Large words."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelAddCards",
            display_name="Add Cards",
            category="OneReel/Cut",
            description="Lays large words over the darkened picture: a title over the film's first"
            " seconds, an end card over its last ones. The film stays as long as it is.",
            inputs=[
                bridge.CUT.Input("cut", tooltip="The plan, best after Add Captions."),
                io.Combo.Input(
                    "show",
                    options=list(get_args(CardMode)),
                    default=bridge.usual(add_cards, "show"),
                    tooltip="Which cards there are; off takes them away.",
                ),
                io.String.Input(
                    "title",
                    default=bridge.usual(add_cards, "title"),
                    multiline=True,
                    tooltip="Words of the title card: the first row is large, those below are"
                    " small. Empty takes the film's title.",
                ),
                io.String.Input(
                    "end",
                    default=bridge.usual(add_cards, "end"),
                    multiline=True,
                    tooltip="Words of the end card, such as The End and an address below it. Empty"
                    " takes the film's title.",
                ),
                io.Float.Input(
                    "seconds",
                    default=float(CARD_SECONDS),
                    min=0.5,
                    max=30,
                    step=0.5,
                    round=0.01,
                    tooltip="How long each card stands; at most half of a short film, if there are"
                    " two.",
                ),
                bridge.SCREENPLAY.Input(
                    "screenplay",
                    optional=True,
                    tooltip="Its language, for letters that other languages write otherwise.",
                ),
            ],
            outputs=[bridge.CUT.Output("cut", display_name="cut")],
        )

    @classmethod
    def execute(
        cls,
        cut: Cut,
        show: Any,
        title: str,
        end: str,
        seconds: float,
        screenplay: Screenplay | None = None,
    ) -> io.NodeOutput:
        """Plan them."""
        return io.NodeOutput(
            add_cards(
                cut,
                show=show,
                title=title,
                end=end,
                seconds=Fraction(str(seconds)),
                language=screenplay.brief.language if screenplay else "",
            )
        )
