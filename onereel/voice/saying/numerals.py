"""Numbers in words, by the Unicode CLDR's rules of each language."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import cache

from unicode_rbnf import RbnfEngine

__all__ = ["LARGEST", "Numerals"]

LARGEST = 10**15
"""Above it CLDR's rules of some languages fall back to digits."""

_loading = threading.Lock()


@cache
def _engine(language: str) -> RbnfEngine:
    with _loading:
        return RbnfEngine.for_language(language)


class Numerals:
    """The numbers of a language; `rules` names CLDR's rule set of each form."""

    def __init__(self, language: str, rules: Mapping[str, str]) -> None:
        self._language = language
        self._rules = rules

    def has(self, form: str) -> bool:
        """Whether the language tells this form from others."""
        return form in self._rules

    def say(self, number: int, form: str = "cardinal") -> str:
        """Say a whole number below `LARGEST`; a form that the language lacks is its plain one."""
        plain = "ordinal" if form.startswith("ordinal") else "cardinal"
        name = self._rules.get(form) or self._rules[plain]
        answer = _engine(self._language).format_number(number, ruleset_names=[name])
        return str(answer.text_by_ruleset[name])
