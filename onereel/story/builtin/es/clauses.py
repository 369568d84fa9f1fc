"""The finite verb of a Spanish idea: where it is, what it becomes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import Form, lexicon, plain, word_set
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, is_known_noun, is_plural_word, singular

__all__ = [
    "CLITICS",
    "Verb",
    "find_verb",
    "is_infinitive",
    "starts_clause",
    "to_infinitive",
]

CLITICS = word_set("se lo le les me te nos")
_WEAK = CLITICS | word_set(
    "no ya nunca siempre tambi\u00e9n a\u00fan todav\u00eda casi jam\u00e1s solo"
)
_ADJECTIVES = word_set("llena limpia vacia seca suelta junta baja alta media sana libre")
"""Forms of verbs that are adjectives more often."""
_STOPS = word_set(", que cuyo cuya cuyos cuyas donde cuando si")
_MODALS = {
    "poder",
    "deber",
    "soler",
    "querer",
    "desear",
    "necesitar",
    "lograr",
    "intentar",
    "decidir",
}


@dataclass(frozen=True)
class Verb:
    """A finite verb at `index`; with the pronouns in front, its predicate starts at `start`."""

    start: int
    index: int
    form: Form


def is_infinitive(word: str) -> bool:
    """Whether the lexicon knows the word as an infinitive, perhaps with a pronoun behind it."""
    bare = plain(word)
    written = lexicon().written
    if bare in written or re.search(r"..(?:izar|ificar)(?:se)?$", bare):
        return True
    for ending in ("se", "lo", "la", "los", "las", "le", "les", "me", "te", "nos"):
        if bare.endswith(f"r{ending}") and bare.removesuffix(ending) in written:
            return True
    return False


def find_verb(words: Sequence[str], start: int, *, plural: bool | None = None) -> Verb | None:
    """Find the finite verb of the subject that `words` begin with.

    Args:
        words: the tokens of the idea; commas are tokens of their own.
        start: the first index that may belong to the predicate.
        plural: the number of the subject, where it is known.
    """
    for index in range(start, len(words)):
        low = words[index].lower()
        if low in _STOPS:
            return None
        form = _form(words, index, plural)
        if form is None:
            continue
        begin = index
        while begin > start and words[begin - 1].lower() in _WEAK:
            begin -= 1
        return Verb(begin, index, form)
    return None


def _form(words: Sequence[str], index: int, plural: bool | None) -> Form | None:
    low = words[index].lower()
    if index and words[index][:1].isupper():
        # "Querida Luc\u00eda": a name, whatever verb looks like it.
        return None
    form = lexicon().forms.get(low) or _unknown(words, index)
    if form is None or (plural is not None and form.plural != plural):
        return None
    before = words[index - 1].lower() if index else ""
    if before in (DETERMINERS - {"la", "los", "las"}) | NUMBERS | PREPOSITIONS | {
        "y",
        "o",
        "muy",
        "tan",
    }:
        return None
    if before in ("la", "los", "las", "el") and index:
        return None
    if before in _WEAK:
        return form
    if plain(low) in lexicon().sets["nouny"] and not _object_follows(words, index):
        return None
    return form


def _unknown(words: Sequence[str], index: int) -> Form | None:
    """A verb that the lexicon lacks, where nothing else can stand.

    That is between a noun phrase and an article, or a word in -n behind a plural noun. The form's
    verb is empty.
    """
    low = words[index].lower()
    if (
        index < 2
        or not words[index].islower()
        or low in PREPOSITIONS | DETERMINERS | {"y", "e", "o"}
    ):
        return None
    if is_known_noun(low) or low.endswith(("ado", "ada", "ido", "ida", "mente")):
        return None
    after = words[index + 1].lower() if index + 1 < len(words) else ""
    if words[index - 1].lower() == "se" and re.search(r"(?:[ae]n?|\u00f3|aron|ieron)$", low):
        return Form("", low.endswith("n"))
    if re.search(r"[aeio]n$", low) and is_plural_word(words[index - 1]):
        return Form("", True)
    person = words[index + 2].lower() if index + 2 < len(words) else ""
    named = person in DETERMINERS and words[index - 1][:1].isupper()
    if after == "a" and low.endswith("a") and (named or is_infinitive(person)):
        return Form("", False)
    if after in ("un", "una", "el", "la", "los", "las", "su", "sus") and re.search(
        r"[ae\u00f3]$", low
    ):
        return Form("", False)
    return None


def _object_follows(words: Sequence[str], index: int) -> bool:
    if index + 1 >= len(words):
        return False
    after = words[index + 1].lower()
    if after in lexicon().forms and plain(after) not in lexicon().sets["nouny"]:
        # "Una familia entera vive": of two such words, the second is the verb.
        return False
    if plain(words[index]) in _ADJECTIVES:
        # No masculine noun has an adjective in -a: "el precio baja por fin".
        odd = words[0].lower() in ("el", "un") and words[index].lower().endswith("a")
        bare = index == 0 and is_plural_word(after)
        return bare or after in DETERMINERS | NUMBERS or (odd and after in PREPOSITIONS)
    if after not in PREPOSITIONS and (is_plural_word(after) or _being_before(words, index)):
        return True
    if after in PREPOSITIONS - {"de", "del"} and _being_leads(words, index):
        # "Un fontanero de Sevilla guarda en frascos ..."
        return True
    return after in DETERMINERS | NUMBERS | {"a", "al", "con", "c\u00f3mo", "que"} or is_infinitive(
        after
    )


def _being_leads(words: Sequence[str], index: int) -> bool:
    """Whether the phrase in front of `index` is about a being, with its article."""
    sets = lexicon().sets
    first = words[0].lower()
    led = first in DETERMINERS | NUMBERS and index > 1
    return led and singular(words[1]) in sets["person"] | sets["being"]


def _being_before(words: Sequence[str], index: int) -> bool:
    sets = lexicon().sets
    return index > 0 and singular(words[index - 1]) in sets["person"] | sets["being"]


def starts_clause(words: Sequence[str]) -> bool:
    """Whether `words` begin with a predicate."""
    at = 0
    while at < len(words) - 1 and words[at].lower() in _WEAK:
        at += 1
    if at >= len(words):
        return False
    return words[at].lower() in lexicon().forms and (
        at > 0 or plain(words[0]) not in lexicon().sets["nouny"] or _object_follows(words, 0)
    )


def to_infinitive(words: Sequence[str]) -> list[str] | None:
    """Bring the predicate that `words` begin with into the infinitive; None when unsure."""
    at = 0
    pronouns: list[str] = []
    while at < len(words) and words[at].lower() in CLITICS:
        pronouns.append(words[at].lower())
        at += 1
    if at >= len(words) or len(pronouns) > 1:
        return None
    form = lexicon().forms.get(words[at].lower())
    if form is None or form.verb in ("ser", "estar", "haber"):
        return None
    rest = list(words[at + 1 :])
    if form.verb in _MODALS and rest and is_infinitive(rest[0]):
        return rest if not pronouns else None
    if form.verb == "tener" and len(rest) > 1 and rest[0] == "que" and is_infinitive(rest[1]):
        return rest[1:]
    if form.verb == "ir" and len(rest) > 1 and rest[0] == "a" and is_infinitive(rest[1]):
        return rest[1:]
    if pronouns and plain(form.verb) != form.verb:
        return None
    return [form.verb + "".join(pronouns), *rest]
