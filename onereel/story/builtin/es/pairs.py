"""Two Spanish noun phrases as one: "un perro y un gato", "Ana y Luis"."""

from __future__ import annotations

from collections.abc import Sequence

from .nouns import (
    ARTICLES,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    Gender,
    Noun,
    noun,
)

__all__ = ["paired"]

_LONGEST_PAIR = 5


def paired(words: Sequence[str], *, deep: bool = False) -> Noun | None:
    """Two noun phrases with "y" between them: "un perro y un gato", "Ana y Luis".

    `deep` is for a plural verb's subject: "un cura sin fe y una atea" must be two.
    """
    low = [word.lower() for word in words]
    at = next((i for i, word in enumerate(low) if i and word in ("y", "e")), 0)
    if not at or at + 1 >= len(words) or any(word in ("que", ",") for word in low):
        return None
    left, right = list(words[:at]), list(words[at + 1 :])
    if not deep and any(word in PREPOSITIONS for word in low[:at]):
        return None
    names = left[0][:1].isupper() and right[0][:1].isupper() and low[0] not in DETERMINERS
    mixed = (
        left[0][:1].isupper()
        and low[0] not in DETERMINERS
        and right[0].lower() in POSSESSIVES | ARTICLES
        and len(left) < 3
    )
    if not names and not mixed and not {low[0], right[0].lower()} <= DETERMINERS | NUMBERS:
        return None
    one, two = noun(left, named=names or mixed), noun(right, named=names)
    female = one.gender == two.gender == "f"
    gender: Gender = "f" if female else "" if not (one.gender and two.gender) else "m"
    first = " ".join(words)
    again = [one.again if names or mixed else one.again[:1].lower() + one.again[1:], two.again]
    if len(f"{again[0]} {again[1]}".split()) > _LONGEST_PAIR and not names:
        again = [_bare(name) for name in again]
    return Noun(
        first if names or mixed else first[:1].lower() + first[1:],
        " y ".join(again),
        one.head, gender, True, one.person and two.person, one.animate and two.animate, names,
    )  # fmt: skip


def _bare(name: str) -> str:
    """A noun phrase without its complements: "el portero de noche" is "el portero"."""
    words = name.split()
    cut = next((at for at, word in enumerate(words) if at > 1 and word in PREPOSITIONS), len(words))
    return " ".join(words[:cut])
