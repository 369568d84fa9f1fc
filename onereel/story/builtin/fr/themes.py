"""Which themes a French idea calls."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..pack import ANY, Theme, rank_themes
from .lexicon import fold
from .nouns import is_known, is_participle, is_verb, word_in

__all__ = ["themes_of"]

_TOWN = 0.5
"""How much the name of a town says about where it plays."""


def themes_of(
    words: Sequence[str], further: Sequence[str], themes: Mapping[str, Theme]
) -> tuple[str, ...]:
    """The themes of an idea; where no word calls one, a town has its own."""
    found = rank_themes(_weights(words, further), themes)
    town = any(word_in(word, "towns") for word in words)
    return rank_themes({"ville": 1.0}, themes) if town and found == (ANY,) else found


def _weights(words: Sequence[str], further: Sequence[str]) -> dict[str, float]:
    """The words of the premise weigh most, those at its front a little more."""
    weights: dict[str, float] = {}
    for said in further:
        for word in re.findall(r"[\w-]+", fold(said)):
            weights[word] = 0.3
    for index, word in enumerate(words):
        called = index and word[:1].isupper() and not word_in(word, "towns", "lands")
        if word_in(word, "determiners", "prepositions") or (called and fold(word) != "noel"):
            # "Le facteur Cheval" keeps no horses.
            continue
        turned = re.search(r"-(?:ils?|elles?|on|nous|vous|tu|je|ce)$", word.lower()) is not None
        after = words[index + 1] if index + 1 < len(words) else ""
        acts = index > 1 and is_verb(word) and is_known(words[index - 1])
        if acts and word_in(after, "determiners"):
            # "La biblioth\u00e8que ferme ses portes" is on no farm.
            continue
        if turned or (index and word_in(words[index - 1], "pronouns", "clitics") and is_verb(word)):
            # "On tombe amoureux" is about no tomb.
            continue
        if is_participle(word) and is_known(fold(word)) and not is_known(word):
            continue  # what is "livr\u00e9" is no "livre"
        if index and words[index - 1].lower() in ("sans", "aucun", "aucune", "ni"):
            # A Sunday without cars shows none.
            continue
        low = re.sub(r"^(?:\w|qu|jusqu|lorsqu)['\u2019]", "", fold(word))
        for part in {low, *low.split("-")}:
            weights[part] = 1.25 if index < 5 else 1.0
        if re.fullmatch(r"1\d{3}", low):
            weights["histoire"] = 1.0
        if word_in(word, "towns"):
            weights.setdefault("ville", _TOWN)
    return weights
