"""Who of a cast is seen in a scene: found by name in the scene's words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from ..errors import ReviseCharacter
from ..story.screenplay import Scene, Screenplay
from .character import Appearance, Character

__all__ = ["recast", "seen_in", "with_cast"]

_RANK = {"lead": 0, "supporting": 1, "extra": 2}
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
"""Scripts that do not part words: there a name is wherever its letters are."""


def with_cast(screenplay: Screenplay, characters: Sequence[Character]) -> Screenplay:
    """Cast a film: `characters` join its people, or take the place of their namesakes.

    A character without a description takes the one that the writer gave its namesake.

    Raises:
        ReviseCharacter: two characters have the same name.
    """
    left = list(characters)
    people: list[Character] = []
    for known in screenplay.cast:
        character = next((each for each in left if _same(known, each)), None)
        if character is None:
            people.append(known)
            continue
        left.remove(character)
        described = character.description or known.description
        people.append(character.replace(description=described))
    people += left
    _names_differ(people)
    return recast(screenplay.replace(cast=tuple(people)))


def recast(screenplay: Screenplay) -> Screenplay:
    """The same film, with everybody in the scenes whose words name them now.

    A scene that comes to show somebody else is no longer approved.
    """
    cast = [each for each in screenplay.cast if each.cast]
    return screenplay.replace(scenes=tuple(_recast(scene, cast) for scene in screenplay.scenes))


def _recast(scene: Scene, cast: Sequence[Character]) -> Scene:
    seen = tuple(Appearance(character=each.id, look=each.look) for each in seen_in(scene, cast))
    return scene if seen == scene.cast else scene.replace(cast=seen, approved=False)


def seen_in(scene: Scene, cast: Sequence[Character]) -> tuple[Character, ...]:
    """The characters whom a scene's picture shows: leads first, then as the words name them.

    What the picture shows counts first; only where that names nobody, what is said over it does.
    """
    for words in (_shown(scene), scene.narration):
        found = [(at, each) for each in cast if (at := _first(words, each, cast)) is not None]
        seen = [(at, each) for at, each in found if each.role != "narrator"]
        if seen:
            seen.sort(key=lambda pair: (_RANK[pair[1].role], pair[0]))
            return tuple(each for _, each in seen)
    return ()


def _shown(scene: Scene) -> str:
    return "\n".join(part for part in (scene.prompt, scene.description, scene.title) if part)


def _first(words: str, character: Character, cast: Sequence[Character]) -> int | None:
    """Where the words name a character first; None where they do not."""
    found = [match.start() for name in _names(character, cast) if (match := _named(name, words))]
    return min(found, default=None)


def _names(character: Character, cast: Sequence[Character]) -> Iterable[str]:
    """All that scripts call a character: a part of its name only where nobody shares it."""
    yield from filter(None, (character.name, *character.also))
    others = {part for each in cast if each.id != character.id for part in each.name.split()}
    parts = character.name.split()
    if len(parts) > 1:
        yield from (
            part for part in parts if len(part) > 2 and part[0].isupper() and part not in others
        )


def _named(name: str, words: str) -> re.Match[str] | None:
    # A possessive or a genitive, "Mia's" and "Mias", is the name still.
    before = "" if _unspaced(name[0]) else r"(?<!\w)"
    behind = "" if _unspaced(name[-1]) else r"s?(?!\w)"
    # "Will" is a name and "will" is none; a name that is written small is meant however it is.
    case = re.NOFLAG if name != name.lower() else re.IGNORECASE
    return re.search(before + re.escape(name) + behind, words, case)


def _unspaced(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_UNSPACED)


def _same(one: Character, other: Character) -> bool:
    if one.id and other.id:
        return one.id == other.id
    return other.is_called(one.name)


def _names_differ(characters: Sequence[Character]) -> None:
    seen: set[str] = set()
    for each in characters:
        if each.name.casefold() in seen:
            raise ReviseCharacter(
                f"Two characters are called {each.name}; give one of them another name, so that"
                " the scenes can tell them apart."
            )
        seen.add(each.name.casefold())
