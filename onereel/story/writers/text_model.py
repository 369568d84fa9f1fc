"""What is known of a paid model that writes or speaks: how it thinks, and what its words cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field

from ...errors import EnterPrice
from ...values import Value

__all__ = ["THINKING", "Rate", "TextModel", "Thinking"]

Thinking = Literal["auto", "low", "medium", "high"]
"""How long a model thinks before it writes; auto leaves it to the model."""
THINKING: tuple[Thinking, ...] = get_args(Thinking)

_Dollars = Annotated[Decimal, Field(gt=0, lt=10_000)]
_MILLION = 1_000_000


class Rate(Value):
    """US dollars for a million tokens, from a day on."""

    since: date = date.min
    input: _Dollars
    output: _Dollars
    """Thinking counts as output."""


class TextModel(Value):
    """One row. None, or an empty list, where nobody knows."""

    name: str
    label: str
    source: str = ""
    checked: date | None = None
    """When somebody last compared the row with its source."""
    does: Literal["writes", "speaks"] = "writes"
    usual: bool = False
    """Whether it writes, or speaks, where no model is named."""
    free_tier: bool | None = None
    """Whether a key that pays nothing may use it."""
    temperature: bool | None = None
    """Whether it still honours temperature."""
    thinking: tuple[Thinking, ...] = ()
    """The levels that it takes."""
    rates: tuple[Rate, ...] = ()
    corrections: Path = Path()
    """The owner's own rows: where a missing price is entered."""

    def rate(self, today: date) -> Rate | None:
        """What its words cost on a day; None where nobody knows."""
        begun = [rate for rate in self.rates if rate.since <= today]
        return max(begun, key=lambda rate: rate.since) if begun else None

    def price(self, *, prompt: int, answer: int, today: date) -> Decimal:
        """Dollars for so many tokens of question and of answer.

        Raises:
            EnterPrice: nobody knows; the sentence names the file to enter it in.
        """
        rate = self.rate(today)
        if rate is None:
            raise EnterPrice(
                f"Nobody knows what the words of {self.name} cost: enter it in {self.corrections}"
                f' under ["{self.name}"], as {self.does} = true and rates = [{{ input = 0.00,'
                " output = 0.00 }], with the dollars a million tokens of Google's price list."
            )
        return (rate.input * prompt + rate.output * answer) / _MILLION
