"""French names that mean nothing, or something else, without their complement."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .nouns import word_in
from .phrases import phrase_end

__all__ = ["completed"]

_LONGEST = 9
_MINE = ("mon", "ma", "mes", "notre")
_LONGEST_CALLED = 6
_PLACED = ("place", "r\u00f4le")
"""Nouns that need where as well: "la place des femmes dans la R\u00e9sistance"."""


def completed(core: Sequence[str], short: str) -> str:
    """A name with the complement that it needs: "la vie dans un phare", not "la vie"."""
    if short.split()[1:] == list(core[:1]):
        core = [short.split()[0], *core]
    if list(core[:2]) == short.split() and core[2:3] in (["de"], ["du"], ["des"]):
        owned = _of_whom(core)
        if owned:
            return owned
    if len(core) <= _LONGEST and core[1:2] and core[1] in _PLACED:
        return join(list(core))
    head = short.removeprefix("l'").split(" ")[-1]
    alone = word_in(head, "relational") and len(short.split()) < 3
    if not alone or not join(list(core)).startswith(f"{short} "):
        return short
    if len(core) <= _LONGEST:
        return join(list(core))
    return join(list(core[: 2 + phrase_end(core[2:])]))


def _of_whom(core: Sequence[str]) -> str:
    """ "La maison de mon enfance", "le pont de l'\u00eele de R\u00e9": not any house or bridge."""
    mine = 5 if core[3:4] and core[3] in _MINE else 0
    plain = core[2] in ("du", "des") and (len(core) == 4 or word_in(core[4], "prepositions"))
    if plain and not mine and len(core) > 3 and not _is_called(core[3]):
        # "La tisane du soir aux plantes" is not any.
        return join(list(core[:4]))
    called = next((at + 1 for at in range(3, len(core)) if _is_called(core[at])), 0)
    end = mine or (called if called <= min(_LONGEST_CALLED, phrase_end(core)) else 0)
    return join(list(core[:end])) if 3 < end <= len(core) else ""


def _is_called(word: str) -> bool:
    return re.sub(r"^[dl]'", "", word)[:1].isupper()
