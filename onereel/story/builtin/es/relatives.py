"""Where the main verb follows a Spanish relative clause, and whether it can be told without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .clauses import is_infinitive
from .lexicon import lexicon, plain, word_set
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, is_known_noun

__all__ = ["RELATIVES", "Main", "main_after", "own_verb", "points_back"]

RELATIVES = word_set("que cuyo cuya cuyos cuyas donde quien quienes cual cuales")
_OPENERS = RELATIVES | word_set(
    "cuando si porque mientras como aunque d\u00f3nde cu\u00e1ndo c\u00f3mo qu\u00e9 qui\u00e9n"
)
_PRONOUNS = word_set("lo la los las le les")
_BACK = word_set("ella ellas ellos \u00e9l consigo ello")
_LEADS = word_set("no se me te nos ya nunca siempre tambi\u00e9n")
_ARTICLES = word_set("la los las")
_ALL = word_set("todo toda todos todas")
_LONE = word_set("uno una unos unas otro otra otros otras")


@dataclass(frozen=True)
class Main:
    """The main predicate begins at `at`; `free` if it says all without the relative clause."""

    at: int
    free: bool


def own_verb(clause: Sequence[str]) -> int:
    """Where the predicate of a relative clause begins; -1 when none is seen."""
    first, after = clause[0].lower(), clause[1].lower() if len(clause) > 1 else ""
    unknown = first not in DETERMINERS | PREPOSITIONS | NUMBERS and not is_known_noun(first)
    if first in _LEADS | _PRONOUNS - _ARTICLES or (
        unknown and first.endswith(("a", "e", "an", "en")) and after in PREPOSITIONS | DETERMINERS
    ):
        return 0
    return next((i for i in range(len(clause)) if _predicate_at(clause, i, None)), -1)


def main_after(clause: Sequence[str], start: int, *, plural: bool | None) -> Main | None:
    """Find the main predicate behind a relative clause.

    Args:
        clause: what follows the relative pronoun: "no sabe nadar rescata a un ni\u00f1o".
        start: where the clause's own predicate begins.
        plural: the number of the main subject.

    Returns:
        None when nothing but the relative clause is there.
    """
    index = _past_verb(clause, start)
    pending, simple = 0, True
    while index < len(clause):
        low = clause[index].lower()
        joins = low in ("y", "e", "o", "pero") and _predicate_at(clause, index + 1, None)
        if joins or low in _OPENERS:
            pending, simple = pending + 1, False
        elif pending and _predicate_at(clause, index, None):
            index, pending = _past_verb(clause, index), pending - 1
            continue
        elif _predicate_at(clause, index, plural):
            return Main(index, simple and not points_back(clause[index:]))
        index += 1
    return None


def _past_verb(clause: Sequence[str], index: int) -> int:
    """Behind the predicate that begins at `index`: "ha perdido", "es esp\u00eda"."""
    while index < len(clause) - 1 and clause[index].lower() in _LEADS | _PRONOUNS:
        index += 1
    form = lexicon().forms.get(clause[index].lower()) if index < len(clause) else None
    paired = form is not None and form.verb in ("haber", "ser", "estar")
    return index + 2 if paired else index + 1


def _predicate_at(words: Sequence[str], at: int, plural: bool | None) -> bool:
    """Whether a finite verb, or the words in front of one, stands at `at`."""
    if at >= len(words):
        return False
    low, before = words[at].lower(), words[at - 1].lower() if at else ""
    if before in DETERMINERS - _ALL | PREPOSITIONS | NUMBERS | {
        "al",
        "muy",
        "tan",
        "m\u00e1s",
    }:
        return False
    if low in _LEADS | {"lo", "le", "les"}:
        return _predicate_at(words, at + 1, plural)
    if low in _ARTICLES:
        return at + 1 < len(words) and _is_pronoun(words, at, plural)
    form = lexicon().forms.get(low)
    if form is None or (plural is not None and form.plural != plural):
        return False
    if plain(low) not in lexicon().sets["nouny"]:
        return True
    after = words[at + 1].lower() if at + 1 < len(words) else ""
    opens = after in DETERMINERS | NUMBERS | PREPOSITIONS | _LEADS | {"al", "del"}
    return opens or is_infinitive(after) or before in _LEADS | {"lo", "le", "les"}


def _is_pronoun(words: Sequence[str], at: int, plural: bool | None) -> bool:
    """Whether "la" in front of "busca" is no article: no article follows a noun."""
    verb = words[at + 1].lower()
    form = lexicon().forms.get(verb)
    if form is None or (plural is not None and form.plural != plural):
        return False
    if plain(verb) not in lexicon().sets["nouny"] and not is_known_noun(verb):
        return True
    before = words[at - 1].lower() if at else ""
    behind = words[at - 2].lower() if at > 1 else ""
    return before == "," or is_known_noun(before) or behind in DETERMINERS


def points_back(main: Sequence[str]) -> bool:
    """Whether the main clause has a pronoun that needs the relative clause: "la busca"."""
    low = [word.lower() for word in main]
    at = next((i for i, word in enumerate(low) if word not in _LEADS), 0)
    enclitic = any(
        is_infinitive(word) and plain(word).endswith(tuple(f"r{end}" for end in _PRONOUNS))
        for word in low
    )
    return enclitic or low[at] in _PRONOUNS or low[-1] in _LONE or bool(_BACK & set(low))
