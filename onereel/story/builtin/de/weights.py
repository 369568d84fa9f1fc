"""How much each word of a German idea says about where it plays."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import lexicon
from .lookup import look_up

__all__ = ["weights_of"]


def weights_of(words: Sequence[str], further: Sequence[str]) -> dict[str, float]:
    """The words of the premise weigh most; a compound calls with both its parts."""
    weights: dict[str, float] = {}
    forms = lexicon().forms

    def note(word: str, weight: float) -> None:
        for part in _word_parts(word):
            weights[part] = max(weights.get(part, 0), weight)

    for sentence in further:
        for word in re.findall(r"[\w-]+", sentence):
            note(word, 0.3)
    for index, word in enumerate(words):
        if word == "all" or word.lower() in lexicon().sets["adverbs"]:
            continue  # the space has a capital; there is no star in "gestern"
        before = words[index - 1] if index else ""
        if before in ("in", "bei", "nach", "von", "aus", "um") and word.lower() not in forms:
            # "Brandenburg" is no castle.
            continue
        note(word, 1.25 if index < 4 else 1.0)
        if re.fullmatch(r"1\d{3}", word):
            weights["geschichte"] = 1.0
    sets = lexicon().sets
    stop = sets["determiners"] | sets["prepositions"] | sets["pronouns"]
    return {word: weight for word, weight in weights.items() if word not in stop}


def _word_parts(word: str) -> list[str]:
    low = word.lower()
    found = [low, *low.split("-")] if "-" in low else [low]
    if word == low and low not in lexicon().forms:
        # "vergessen" is no sort of food.
        return found
    for entry in look_up(low)[:1]:
        for form in (entry.singular.lower(), entry.plural.lower()):
            if form and low.endswith(form) and low != form:
                found += [form, low.removesuffix(form).rstrip("-")]
        if entry.singular:
            found.append(entry.singular.lower())
    return found
