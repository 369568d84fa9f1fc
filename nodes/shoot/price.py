"""Price Card: what a film costs at most, before anything is bought."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from comfy_api.latest import io, ui

from ...onereel.shoot.models.registry import Registry
from ...onereel.shoot.order import PaidOptions
from ...onereel.shoot.prices.price_card import PriceCard
from ...onereel.stage import Work
from ...onereel.story.screenplay import Screenplay
from .. import bridge, models
from .inputs import (
    AnyModel,
    duration_input,
    model_input,
    picture_inputs,
    pictures,
    resolution_input,
    said,
    samples_input,
    scenes_input,
    screenplay_input,
    sound_input,
    take_input,
)

__all__ = ["OneReelPriceCard"]


class OneReelPriceCard(AnyModel):
    """The price before the purchase."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelPriceCard",
            display_name="Price Card",
            category="OneReel/Shoot",
            description="Says what a film costs at most with a paid model, scene by scene, and what"
            " would be cheaper. Nothing is sent. What nodes of other packs spend is not covered.",
            is_output_node=True,
            is_input_list=True,
            inputs=[
                screenplay_input(),
                model_input(models.VEO, models.OMNI),
                resolution_input("360p", "720p", "1080p", "4k"),
                sound_input(),
                scenes_input(optional=True),
                duration_input(optional=True),
                bridge.seed_input("As in the node that shoots.", optional=True),
                samples_input(optional=True),
                take_input(optional=True),
                *picture_inputs(),
                io.String.Input(
                    "voice",
                    default="",
                    optional=True,
                    tooltip="As in Narrate, to price a voice that costs money too; what is spoken"
                    " already costs nothing.",
                ),
            ],
            outputs=[
                io.String.Output("card", display_name="card", tooltip="The table, as text."),
                io.Float.Output(
                    "ceiling",
                    display_name="ceiling",
                    tooltip="Dollars at most; -1 where a price is not known.",
                ),
            ],
        )

    @classmethod
    def fingerprint_inputs(cls, **_: Any) -> float:
        """Never the same: the day's spending and the takes on disk change."""
        return float("nan")

    @classmethod
    async def execute(
        cls,
        screenplay: Sequence[Screenplay],
        voice: Sequence[str] = ("",),
        **choices: Sequence[Any],
    ) -> io.NodeOutput:
        """Price it."""
        options = said(choices)

        def price(work: Work) -> tuple[PriceCard, Decimal | None]:
            # Only now: the ledger's database would slow down every start of ComfyUI.
            from ...onereel.library.prices.voice import with_voice
            from ...onereel.shoot.prices.estimate import estimate

            renderer = Registry.load(work.home).model(options["model"]).renderer
            card = estimate(
                screenplay[0],
                PaidOptions(renderer=renderer, **options),
                home=work.home,
                settings=work.settings,
                pictures=pictures(screenplay[0], choices, work),
                only_approved="approved scenes" in choices.get("scenes", ()),
            )
            return with_voice(card, screenplay[0], voice[0], home=work.home, settings=work.settings)

        card, ceiling = await bridge.run(price)
        bridge.tell(card.sum_in_words)
        words = card.in_words()
        total = -1.0 if ceiling is None else float(ceiling)
        return io.NodeOutput(words, total, ui=ui.PreviewText(words))
