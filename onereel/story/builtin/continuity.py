"""What an idea itself says that stays the same: the light that it names, the things in it.

Nothing is invented. A thing is told in shot prompts only where the idea says what it is made of;
else its entry of the continuity bible waits for somebody who knows what it looks like.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from ..bible import Constant
from ..screenplay import MOST_USED, Scene
from .pack import Frame, Pack

__all__ = ["Light", "bible_of", "light_of", "using"]

_BANK = "bible"
_MADE = "made"
"""In that bank: what stands between a thing and what it is made of. Its other keys are lights."""
_THINGS = ("object", "second", "part", "other")
"""Slots that name a thing which the idea's hero has to do with."""
_MOST_WORDS = 3
"""Of a thing: more is a clause."""
_QUOTES = '\u00ab\u00bb\u201c\u201d\u201e" \u00a0'

Light = tuple[str, str, str]
"""The idea's own words for a light, such as "at night", then in English what it is called and what
it looks like."""


@cache
def _lights() -> Mapping[str, tuple[str, str]]:
    text = Path(__file__).with_name("styles.toml").read_text(encoding="utf-8")
    return {name: (called, seen) for name, (called, seen) in tomllib.loads(text)["lights"].items()}


def light_of(idea: str, pack: Pack) -> Light | None:
    """The light that an idea says it plays in; None where it says none, or several."""
    bank = pack.data.banks.get(_BANK, {})
    found: list[Light] = []
    for name, (called, seen) in _lights().items():
        said = filter(None, (_found(phrase, idea) for phrase in bank.get(name, ())))
        found += [(words, called, seen) for words in list(said)[:1]]
    return found[0] if len(found) == 1 else None


def bible_of(frame: Frame, idea: str, pack: Pack, light: Light | None) -> tuple[Constant, ...]:
    """The continuity bible of an idea."""
    unlit = idea.replace(light[0], ",") if light else idea
    things = list(_things(frame, unlit)) if frame.kind == "hero" else []
    named: dict[str, Constant] = {}
    for thing in things:
        # A word of a longer name is the same thing.
        if not any(_found(thing, other) for other in things if other != thing):
            described = _made(thing, idea, pack)
            named.setdefault(
                thing.casefold(), Constant(kind="prop", name=thing, description=described)
            )
    if light is not None:
        words, _, seen = light
        named.setdefault(words.casefold(), Constant(kind="light", name=words, description=seen))
    return tuple(named.values())


def using(scene: Scene, bible: Iterable[Constant]) -> Scene:
    """The scene with what it uses: the film's light, and the things that it speaks of or shows."""
    text = f"{scene.narration} {scene.prompt}"
    uses = [each.name for each in bible if each.kind == "light" or _found(each.name, text)]
    return scene.replace(uses=tuple(uses[:MOST_USED])) if uses else scene


def _things(frame: Frame, idea: str) -> Iterator[str]:
    """The things of an idea in its own words, without what a sentence puts before them."""
    for slots in (frame.slots, *(part.slots for part in frame.parts)):
        for slot in _THINGS:
            words = slots.get(slot, "").strip(_QUOTES).split()
            for begin in range(min(1, len(words)), len(words)) if len(words) > 1 else range(0):
                thing = " ".join(words[begin:])
                if len(words) - begin <= _MOST_WORDS and (said := _found(thing, idea)):
                    if not _found(said, frame.subject):
                        yield said
                    break


def _made(thing: str, idea: str, pack: Pack) -> str:
    """What an idea says that a thing is made of, where the clause ends with it."""
    joints = "|".join(map(re.escape, pack.data.banks.get(_BANK, {}).get(_MADE, ())))
    pattern = rf"\b{re.escape(thing)} ((?:{joints}) \w+(?: \w+)?)(?=\s*(?:[.,;:!?]|$))"
    match = re.search(pattern, idea, re.IGNORECASE) if joints else None
    return match[1] if match else ""


def _found(words: str, text: str) -> str:
    """Whole words as a text has them; empty where it has not."""
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)
    return match[0] if match else ""
