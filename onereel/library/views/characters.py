"""What panels and programs see of characters."""

from __future__ import annotations

from ...cast.character import Character, Role
from ...values import Value
from ..media import media_url

__all__ = ["CharacterView", "PortraitView", "character_view"]


class PortraitView(Value):
    """A picture of a character."""

    id: str
    """What a change of the pictures names it by."""
    url: str
    thumbnail: str


class CharacterView(Value):
    """A character, of the library or of a film."""

    id: str
    """Empty for somebody whom a writer made up, and nobody cast."""
    name: str
    description: str
    role: Role
    voice: str
    also: tuple[str, ...]
    pictures: tuple[PortraitView, ...]


def character_view(character: Character) -> CharacterView:
    """A character, with its pictures as media."""
    shown = character.model_dump(exclude={"version", "pictures"})
    pictures = ((each.pixels, media_url(each.name)) for each in character.pictures)
    return CharacterView(
        **shown,
        pictures=tuple(
            PortraitView(id=pixels, url=url, thumbnail=f"{url}/thumbnail")
            for pixels, url in pictures
        ),
    )
