"""What is known of a paid model that reads aloud for a price by the character."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field

from ...errors import EnterPrice
from ...values import Value

__all__ = ["VoiceModel"]


class VoiceModel(Value):
    """One row. None, or an empty list, where nobody knows."""

    name: str
    label: str
    source: str = ""
    checked: date | None = None
    """When somebody last compared the row with its source."""
    usual: bool = False
    """Whether it reads where no model is named."""
    credits: Annotated[Decimal, Field(gt=0, le=1000)] = Decimal(1)
    """What a character costs, in credits."""
    price: Annotated[Decimal, Field(ge=0, lt=10_000)] | None = None
    """US dollars for 1,000 credits, which is the owner's plan."""
    languages: tuple[str, ...] = ()
    """Base tags; empty: nobody knows, and every language is sent to it."""
    longest: Annotated[int, Field(gt=0)] | None = None
    """Characters of a request."""
    corrections: Path = Path()
    """The owner's own rows: where a missing price is entered."""

    def cost(self, text: str) -> Decimal:
        """Dollars for a text, as far as no voice costs more than others.

        Raises:
            EnterPrice: nobody knows; the sentence names the file to enter it in.
        """
        return self.worth(self.credits * len(text))

    def worth(self, credits: Decimal) -> Decimal:
        """Dollars for so many credits.

        Raises:
            EnterPrice: as `cost`.
        """
        if self.price is None:
            raise EnterPrice(
                f"Nobody knows what a credit for {self.name} costs in your plan: enter it in"
                f' {self.corrections} under ["{self.name}"], as reads = true and price = 0.00,'
                " with the dollars for 1,000 credits."
            )
        return self.price * credits / 1000
