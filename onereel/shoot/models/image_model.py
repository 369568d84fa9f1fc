"""What is known of a paid model that draws: how large, in which shapes, and for how much."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field

from ...errors import ChooseRenderer, EnterPrice
from ...story.brief import Aspect
from ...values import Value
from .legal import listed

__all__ = ["SIZES", "ImageModel", "ImageSize"]

ImageSize = Literal["1K", "2K", "4K"]
"""How large a picture is, as Google calls it: 2K is about four million pixels."""
SIZES: tuple[ImageSize, ...] = get_args(ImageSize)

_Dollars = Annotated[Decimal, Field(gt=0, lt=100)]


class ImageModel(Value):
    """One row. None, or an empty list, where nobody knows."""

    name: str
    label: str
    source: str = ""
    checked: date | None = None
    """When somebody last compared the row with its source."""
    usual: bool = False
    """Whether it draws where no model is named."""
    most_references: int | None = Field(default=None, ge=0)
    aspects: tuple[Aspect, ...] = ()
    sizes: tuple[ImageSize, ...] = ()
    prices: Mapping[ImageSize, _Dollars] = Field(default_factory=dict)
    """US dollars for one picture, by its size."""
    corrections: Path = Path()
    """The owner's own rows: where a missing price is entered."""

    def check(self, aspect: Aspect, size: ImageSize) -> None:
        """Refuse what it is known not to draw.

        Raises:
            ChooseRenderer: naming what it does.
        """
        for word, wanted, known in (("sizes", size, self.sizes), ("shapes", aspect, self.aspects)):
            if known and wanted not in known:
                raise ChooseRenderer(
                    f"{self.label} draws no {wanted}; the {word} it has are {listed(known)}."
                )

    def price(self, size: ImageSize) -> Decimal:
        """Dollars for one picture.

        Raises:
            EnterPrice: nobody knows; the sentence names the file to enter it in.
        """
        found = self.prices.get(size)
        if found is None:
            raise EnterPrice(
                f"Nobody knows what a {size} picture by {self.name} costs: enter it in"
                f' {self.corrections} under ["{self.name}"], as draws = true and prices = {{ {size}'
                " = 0.00 }, with the dollars a picture of Google's price list."
            )
        return found
