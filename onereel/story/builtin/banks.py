"""Which patterns a film may speak from: its template's, those of the one it is like, its kind's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .grammar import Grammar
from .pack import Bank

__all__ = ["Banks"]

_ONCE = ("hook", "item", "ending")
"""Beats whose lines fit nowhere else."""
_ENOUGH = 3
"""Patterns of its own from which on a beat needs none of the next bank."""


class Banks:
    """One film's banks, the nearest first. What fits its idea is looked up once."""

    def __init__(self, banks: Iterable[Bank], grammar: Grammar, *, sparse: bool) -> None:
        self._banks = list(banks)
        self._grammar = grammar
        self._sparse = sparse
        self._found: dict[tuple[object, ...], tuple[str, ...]] = {}

    def append(self, bank: Bank) -> None:
        """Have one more bank, which is asked last."""
        self._banks.append(bank)
        self._found.clear()

    def of(self, beat: str, extra: Mapping[str, str], *, shared: bool = False) -> tuple[str, ...]:
        """The template's own patterns for a beat; where there are none or few, or where `shared`,
        also those of the template that it is like, and then the kind's."""
        key = (beat, shared, *extra)
        if key not in self._found:
            self._found[key] = self._of(beat, extra, shared)
        return self._found[key]

    def of_idea(
        self, beat: str, extra: Mapping[str, str], *, shared: bool = False
    ) -> tuple[str, ...]:
        """Those patterns of a beat that name something of the idea: alone, others say nothing."""
        key = ("of the idea", beat, shared, *extra)
        if key not in self._found:
            patterns = self.of(beat, extra, shared=shared)
            self._found[key] = tuple(filter(self._grammar.names_idea, patterns))
        return self._found[key]

    def anywhere(self, extra: Mapping[str, str]) -> tuple[str, ...]:
        """All that name something of the idea and may be said in any scene."""
        key = ("anywhere", *extra)
        if key not in self._found:
            self._found[key] = tuple(
                pattern
                for bank in self._banks
                for beat in bank
                if beat not in _ONCE
                for pattern in bank[beat]
                if self._grammar.fits(pattern, extra) and self._grammar.names_idea(pattern)
            )
        return self._found[key]

    def _of(self, beat: str, extra: Mapping[str, str], shared: bool) -> tuple[str, ...]:
        listed = beat == "ending" and any("item" in bank for bank in self._banks)
        few = 0 if listed or self._sparse else _ENOUGH
        patterns: list[str] = []
        for bank in self._banks:
            patterns += [each for each in bank.get(beat, ()) if self._grammar.fits(each, extra)]
            if len(patterns) > few and not shared:
                break
        return tuple(patterns)
