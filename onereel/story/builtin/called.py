"""What a scene is called, and the sentence that describes it."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from .grammar import Grammar
from .pack import Pack
from .patterns import pick

__all__ = ["Called"]

_LONGEST_TITLE = 5
"""Words."""


class Called:
    """Titles and descriptions of one film's scenes; no title comes twice."""

    def __init__(self, pack: Pack, grammar: Grammar, rng: Random) -> None:
        self._pack, self._grammar, self._rng = pack, grammar, rng
        self._titles: set[str] = set()

    def described(self, seen: Mapping[str, str]) -> str:
        """What is seen in a scene, where: a sentence."""
        common = self._pack.data.banks["common"]
        fitting = [
            pattern for pattern in common["descriptions"] if self._grammar.fits(pattern, seen)
        ]
        return self._grammar.fill(pick(self._rng, fitting), self._rng, extra=seen).text

    def title(self, shot: str) -> str:
        """A title that no other scene of the film has: the shot's, or one that a pattern varies."""
        plain = self._grammar.shot(shot).title
        if plain not in self._titles:
            self._titles.add(plain)
            return plain
        extra = {"shot": plain}
        patterns = [
            pattern
            for pattern in self._pack.data.banks["common"]["titles"]
            if self._grammar.fits(pattern, extra)
        ]
        for _ in range(60):
            filled = self._grammar.fill(pick(self._rng, patterns), self._rng, extra=extra)
            title = self._pack.title(filled.text)
            if title not in self._titles and len(title.split()) <= _LONGEST_TITLE:
                break
        else:
            title = f"{plain} {len(self._titles) + 1}"
        self._titles.add(title)
        return title
