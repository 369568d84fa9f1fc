"""Price Card: what a film costs at most, before anything is bought."""

from __future__ import annotations

from typing import Any

from comfy_api.latest import io, ui

from ...onereel.shoot.models import Registry
from ...onereel.shoot.order import WANTED, PaidOptions
from ...onereel.shoot.price_card import PriceCard
from ...onereel.stages import Work
from ...onereel.story.screenplay import Screenplay
from .. import bridge, models

__all__ = ["OneReelPriceCard"]


class OneReelPriceCard(io.ComfyNode):
    """The price before the purchase."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        known = [*models.VEO.known(), *models.OMNI.known()]
        return io.Schema(
            node_id="OneReelPriceCard",
            display_name="Price Card",
            category="OneReel/Shoot",
            description="Says what a film costs at most with a paid model, scene by scene, and what"
            " would be cheaper. Nothing is sent. What nodes of other packs spend is not covered.",
            is_output_node=True,
            inputs=[
                bridge.SCREENPLAY.Input(
                    "screenplay", tooltip="Narrate's: clips are as long as their voice needs."
                ),
                io.Combo.Input(
                    "model", options=known, default=known[0], tooltip="Who would shoot."
                ),
                io.Combo.Input(
                    "resolution",
                    options=["360p", "720p", "1080p", "4k"],
                    default="720p",
                    tooltip="Shorter side of the clips.",
                ),
                io.Combo.Input(
                    "sound",
                    options=["auto", "on", "off"],
                    default="auto",
                    tooltip="As in Shoot with Veo.",
                ),
                io.Combo.Input(
                    "scenes",
                    options=list(WANTED),
                    default="every scene",
                    tooltip="approved scenes: the others would be drafts, which are free.",
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
    def validate_inputs(cls, model: Any) -> bool:
        """Accept models that the menu does not show; the library says what it knows of them."""
        return True

    @classmethod
    def fingerprint_inputs(cls, **_: Any) -> float:
        """Never the same: the day's spending and the takes on disk change."""
        return float("nan")

    @classmethod
    async def execute(
        cls,
        screenplay: Screenplay,
        model: str,
        resolution: str,
        sound: str,
        scenes: str = "every scene",
    ) -> io.NodeOutput:
        """Price it."""
        name = models.name_in(model)
        options: dict[str, Any] = {"model": name, "resolution": resolution, "sound": sound}

        def price(work: Work) -> PriceCard:
            # Only now: the ledger's database would slow down every start of ComfyUI.
            from ...onereel.shoot.estimate import estimate

            renderer = Registry.load(work.home).model(name).renderer
            return estimate(
                screenplay,
                PaidOptions(renderer=renderer, **options),
                home=work.home,
                settings=work.settings,
                only_approved=scenes == "approved scenes",
            )

        card = await bridge.run(price)
        words = card.in_words()
        total = -1.0 if card.total is None else float(card.total)
        return io.NodeOutput(words, total, ui=ui.PreviewText(words))
