"""Cards for a Cut: its title over the first seconds, what it ends with over the last ones.

They lie over pictures that are there, so that a film with cards lasts as long as one without, and
its voice, its captions and its takes stay where they are.
"""

from __future__ import annotations

from fractions import Fraction

from ..values import frames
from .plan import Card, CardMode, Cut

__all__ = ["CARD_SECONDS", "MOST_LETTERS", "add_cards"]

CARD_SECONDS = Fraction(3)
"""How long a card stands, where nothing else is said."""
MOST_LETTERS = 300
"""Of a card's words: more are not read in its seconds."""


def add_cards(
    cut: Cut,
    *,
    show: CardMode = "title",
    title: str = "",
    end: str = "",
    seconds: Fraction = CARD_SECONDS,
    language: str = "",
) -> Cut:
    """Lay cards over the film's first and last seconds; mode "off" takes them away.

    The first row of a text is large, further rows are small: "The End", below it an address.

    Args:
        cut: the plan.
        show: which cards.
        title: of the first card; empty takes the film's title.
        end: of the last card; empty takes the film's title.
        seconds: how long each stands; half of a film that is too short for both.
        language: an IETF tag, for scripts that look otherwise from one language to another; empty
            takes that of the captions.
    """
    if show == "off":
        return cut.replace(cards=())
    count = 2 if show == "title and end" else 1
    last = frames(cut.duration, cut.fps)
    length = min(frames(seconds, cut.fps), last // count)
    spoken = language or (cut.captions.language if cut.captions else "en")
    cards = []
    if show != "end":
        cards.append((title, 0, length))
    if show != "title":
        cards.append((end, last - length, last))
    return cut.replace(
        cards=tuple(
            Card(text=words, start=begin / cut.fps, end=until / cut.fps, language=spoken)
            for text, begin, until in cards
            if until > begin and (words := _rows(text) or _rows(cut.title))
        )
    )


def _rows(text: str) -> str:
    """The words without blank rows, and no more of them than can be read."""
    rows = (" ".join(row.split()) for row in text.splitlines())
    return "\n".join(row for row in rows if row)[:MOST_LETTERS].rstrip()
