"""What of an act has been said or shown before in the film, and whom it spells otherwise.

A line is a sentence of a narration, a picture a prompt; both are compared without case and
punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from ..sentences import sentences
from ..writers.answer import AnswerScene

__all__ = ["misspelled", "repeats", "without_repeats", "words_of"]

_WORDS = 3
"""Words of a line that may not come again; shorter ones may, as "Why not?" does."""
_LETTERS = 6
"""As many of scripts that do not part words."""
_SHORTEST_NAME = 5
"""Letters of a name; a shorter one is too like other words."""
_QUOTED = 80
_SIDES = ("Seen from closer.", "Seen from farther away.", "Seen from the side.", "Seen from above.")


class _Told:
    """Lines and pictures, and in which scene of the film each was."""

    def __init__(self, scenes: Iterable[AnswerScene]) -> None:
        self.lines: dict[str, int] = {}
        self.pictures: dict[str, int] = {}
        self.count = 0
        for scene in scenes:
            self.add(scene)

    def add(self, scene: AnswerScene) -> None:
        self.count += 1
        for line in sentences(scene.narration):
            if plain := _plain_line(line):
                self.lines.setdefault(plain, self.count)
        if plain := _plain(scene.prompt):
            self.pictures.setdefault(plain, self.count)

    def line(self, line: str) -> int:
        """The scene that says it; 0 where none does."""
        return self.lines.get(_plain_line(line), 0)

    def picture(self, prompt: str) -> int:
        """The scene that shows it; 0 where none does."""
        return self.pictures.get(_plain(prompt), 0)


def repeats(scenes: Sequence[AnswerScene], before: Sequence[AnswerScene]) -> tuple[str, ...]:
    """Say, to the model, which lines and pictures of `scenes` were in the film already."""
    told = _Told(before)
    first = told.count
    found: list[str] = []
    for number, scene in enumerate(scenes, 1):
        for line in sentences(scene.narration):
            if at := told.line(line):
                found.append(
                    f"The narration of scene {number} says again what {_where(at, first)} said:"
                    f' "{line[:_QUOTED]}". Say something new.'
                )
        if at := told.picture(scene.prompt):
            found.append(
                f"The prompt of scene {number} is that of {_where(at, first)}; show something new."
            )
        told.add(scene)
    return tuple(found)


def without_repeats(
    scenes: Sequence[AnswerScene], before: Sequence[AnswerScene]
) -> list[AnswerScene]:
    """The scenes without the lines that were said already; those that say nothing new are left
    out, and a picture that was shown is seen from elsewhere."""
    told = _Told(before)
    fresh: list[AnswerScene] = []
    for scene in scenes:
        lines = sentences(scene.narration)
        new = _without_twice(lines, told)
        shown = bool(told.picture(scene.prompt))
        if (lines and not new) or (shown and not lines):
            continue
        changes: dict[str, str] = {}
        if len(new) < len(lines):
            changes["narration"] = " ".join(new)
        if shown:
            changes["prompt"] = _from_elsewhere(scene.prompt, told)
        fresh.append(scene.model_copy(update=changes))
        told.add(fresh[-1])
    return fresh


def misspelled(
    scenes: Sequence[AnswerScene], names: Sequence[str], accepted: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Words of the scenes that are a name of the cast but for one letter, each with that name.

    A word that also stands there in small letters is a word and no name, and so is one of
    `accepted`, in small letters.
    """
    text = " ".join(f"{each.narration} {each.prompt} {each.description}" for each in scenes)
    words = dict.fromkeys(words_of(text))
    parts = {part for name in names for part in words_of(name) if len(part) >= _SHORTEST_NAME}
    known = {word.casefold() for word in (*accepted, *(p for n in names for p in words_of(n)))}
    found: list[tuple[str, str]] = []
    for word in words:
        if not word[:1].isupper() or word.casefold() in known or word.lower() in words:
            continue
        found += [(word, name) for name in sorted(parts) if _one_letter_apart(word, name)]
    return tuple(found)


def words_of(text: str) -> list[str]:
    """The words of a text, without digits."""
    return re.findall(r"[^\W\d_]+", text)


def _one_letter_apart(word: str, name: str) -> bool:
    """Whether one letter is another, is missing or too many, or two changed places; endings, by
    which many languages inflect names, do not count."""
    one, other = word.casefold(), name.casefold()
    if one[0] != other[0] or one.startswith(other) or other.startswith(one):
        return False
    at = next(i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    rests = ((at + 1, at + 1), (at + 1, at), (at, at + 1))
    return swapped or any(one[mine:] == other[theirs:] for mine, theirs in rests)


def _without_twice(lines: Sequence[str], told: _Told) -> list[str]:
    said: set[str] = set()
    new = []
    for line in lines:
        plain = _plain_line(line)
        if not plain or (plain not in told.lines and plain not in said):
            new.append(line)
        said.add(plain)
    return new


def _from_elsewhere(prompt: str, told: _Told) -> str:
    seen = prompt
    for side in _SIDES:
        seen = f"{prompt.rstrip(' .')}. {side}"
        if not told.picture(seen):
            break
    return seen


def _where(scene: int, first: int) -> str:
    if scene > first:
        return f"scene {scene - first}"
    return f"scene {scene} of the film"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _plain_line(line: str) -> str:
    """A line to compare; empty where it is too short to be anybody's."""
    plain = _plain(line)
    unparted = not plain.isascii() and len(plain) >= _LETTERS
    return plain if len(plain.split()) >= _WORDS or unparted else ""
