"""The continuity bible: what looks the same in every scene that uses it, told in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field

from ..values import Value, plain

__all__ = ["KINDS", "MOST_CONSTANTS", "Constant", "Kind", "Name", "marks", "told", "used"]

Kind = Literal["place", "wardrobe", "prop", "light"]
"""What a constant is; who reads little is told of the first ones first."""
KINDS: tuple[Kind, ...] = get_args(Kind)

MOST_CONSTANTS = 60
"""In one film: half as many as it has scenes at most."""
_LONGEST_NAME = 120
"""Characters: what a writer's place may have."""
_LONGEST = 400
"""Characters of a description: a dozen of them still fit into a prompt."""


def _one_line(value: object) -> object:
    return " ".join(plain(value).split()) if isinstance(value, str) else value


Name = Annotated[str, Field(min_length=1, max_length=_LONGEST_NAME), BeforeValidator(_one_line)]
"""What scenes call a constant by, in one line."""


class Constant(Value):
    """A place, somebody's clothes, a thing or a light that scenes share."""

    kind: Kind
    name: Name
    description: Annotated[str, Field(max_length=_LONGEST), BeforeValidator(_one_line)] = ""
    """What it looks like; while it is empty nobody is told of it."""
    wearer: Annotated[str, Field(max_length=_LONGEST_NAME), BeforeValidator(_one_line)] = ""
    """Whose wardrobe it is: a name of the cast."""

    @property
    def sentence(self) -> str:
        """What a shot prompt says of it; empty where it is not described."""
        described = self.description.strip().rstrip(".")
        if not described:
            return ""
        match self.kind:
            case "wardrobe" if self.wearer:
                return f"{self.wearer} wears {self.name}: {described}."
            case "light":
                return f"Light, {self.name}: {described}."
            case _:
                return f"{self.name}: {described}."

    def is_told_in(self, words: str) -> bool:
        """Whether words say all of it already, or there is nothing to say."""
        return self.sentence.rstrip(".").casefold() in words.casefold()

    def is_called(self, name: str) -> bool:
        """Whether a scene means it by that name, however it is written."""
        return " ".join(name.split()).casefold() == self.name.casefold()


def used(bible: Sequence[Constant], *, names: Iterable[str], place: str) -> tuple[Constant, ...]:
    """What a scene uses: all that it names, and its place; places first, light last.

    "House, night" is at "house", as scene headings and writers say it.
    """
    wanted, places = tuple(names), (place, place.partition(",")[0])
    found = [
        each
        for each in bible
        if any(map(each.is_called, wanted))
        or (each.kind == "place" and any(map(each.is_called, places)))
    ]
    return tuple(sorted(found, key=lambda each: KINDS.index(each.kind)))


def told(constants: Sequence[Constant], words: str, *, room: int | None = None) -> tuple[str, ...]:
    """The sentences that join a shot prompt: what it does not say already, as far as they fit.

    Args:
        constants: what the scene uses, what matters most first (`used`).
        words: the prompt so far.
        room: characters that may join it; None: as many as there are.
    """
    said: list[str] = []
    for each in constants:
        if each.is_told_in(words):
            continue
        if room is None or len(" ".join([*said, each.sentence])) < room:
            said.append(each.sentence)
    return tuple(said)


def marks(constants: Iterable[Constant]) -> tuple[str, ...]:
    """All that a picture hangs on of constants that are described."""
    described = (each for each in constants if each.description.strip())
    parts: Iterable[Any] = (
        (each.kind, each.name, each.wearer, each.description) for each in described
    )
    return tuple(part for each in parts for part in each)
