"""A Character: somebody, or something, that looks and sounds the same wherever it appears."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, get_args

from pydantic import Field, field_validator

from ..errors import ReviseCharacter
from ..values import Document, Value, digest, plain
from .picture import Picture

__all__ = ["MOST_PICTURES", "ROLES", "Appearance", "Character", "Role", "character_of"]

Role = Literal["lead", "supporting", "extra", "narrator"]
"""How much a character matters: who comes first where a model takes few pictures. A narrator is
heard and not seen."""
ROLES: tuple[Role, ...] = get_args(Role)

MOST_PICTURES = 8
"""Of one character: more than any model looks at."""


class Appearance(Value):
    """That a character is seen in a scene.

    `look` is the digest of what it looks like: with it a scene is another picture once the
    character is, and no other scene is.
    """

    character: str
    look: str


class Character(Document):
    """Who it is, what it looks like, and who speaks for it.

    A writer's own people have neither id nor pictures: his shot prompts describe them. A cast
    character has an id, which survives a new name, and is told to the model with every shot.
    """

    NAME: ClassVar[str] = "character"
    REVISE: ClassVar[type[ReviseCharacter]] = ReviseCharacter

    id: str = Field(default="", pattern=r"^[0-9a-f]{0,32}$")
    name: str
    description: str = ""
    """What it looks like, in words that a painter could paint it by twice."""
    role: Role = "supporting"
    voice: str = ""
    """The name of the voice that speaks its lines; empty takes one that nobody else has."""
    pictures: tuple[Picture, ...] = Field(default=(), max_length=MOST_PICTURES)
    """What it looks like, the best first."""
    also: tuple[str, ...] = ()
    """Other names that scripts know it by: nicknames, and the names it had before."""

    @field_validator("name", mode="before")
    @classmethod
    def _name_is_one_line(cls, name: object) -> object:
        return " ".join(plain(name).split()) if isinstance(name, str) else name

    @property
    def look(self) -> str:
        """The digest of all that its picture hangs on; a new name or voice changes nothing."""
        return digest(self.description, [picture.pixels for picture in self.pictures])

    @property
    def cast(self) -> bool:
        """Whether a film maker cast it, so that the models are told of it."""
        return bool(self.id)

    def is_called(self, name: str) -> bool:
        """Whether it is its name, or one that it had, however it is written."""
        return name.casefold() in {each.casefold() for each in (self.name, *self.also)}

    def renamed(self, name: str) -> Character:
        """The same character under a new name; scripts that say the old one still mean it."""
        known = dict.fromkeys((*self.also, self.name))
        return self.replace(name=name, also=tuple(each for each in known if each != name))


def character_of(name: str, **fields: Any) -> Character:
    """A character that no library holds: its id is made of its name.

    Raises:
        ReviseCharacter: a field cannot be so.
    """
    name = " ".join(name.split())
    if not name:
        raise ReviseCharacter("Give the character a name, by which scenes find it.")
    return Character.from_data({**fields, "name": name, "id": digest("character", name)[:16]})
