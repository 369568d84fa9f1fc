"""The readings of German nouns: by the lexicon, by their last part, by their ending."""

from __future__ import annotations

import re
from functools import cache

from .lexicon import Entry, lexicon

__all__ = ["agrees", "by_suffix", "is_dative_plural", "look_up", "only_many"]

_SHORT_STARTS = ("ab", "an", "be", "ei", "er", "ge", "im", "in", "ur", "um", "un", "zu", "\u00f6l")
_LONG_VERB = 6
_SURE_END = 6
"""Letters of a last part behind which hardly any word ends by chance."""
_LINKS = ("", "s", "es", "n", "en", "er", "e", "-")
"""What joins the parts of a compound."""
_SUFFIXES = (
    (r"(?:ung|heit|keit|schaft|t\u00e4t|ion|ik|enz|anz|ei)$", "f", "thing"),
    (r"(?:erin|istin|ologin|antin|entin|eurin|\u00e4rin|ldin|nnin)$", "f", "person"),
    (r"(?:chen|lein|ment|itum|ium|eum)$", "n", "thing"),
    (r"(?:ling|ismus|ator|itor|ktor)$", "m", "thing"),
    (r"[a-z\u00e4\u00f6\u00fc]{3}ieren$", "n", "thing"),
    (r"(?:ist|ant|oge|eur|iker|tler)$", "m", "person"),
    (r"(?:innen)$", "p", "person"),
    (r"(?:isten|anten|enten|logen|nauten)$", "p", "thing"),
    (r"(?:ungen|heiten|keiten|schaften|t\u00e4ten|ionen|enzen|anzen)$", "p", "thing"),
)


def look_up(word: str) -> tuple[Entry, ...]:
    """The readings of a noun, by its last part if it is a compound."""
    low = word.lower()
    forms = lexicon().forms
    if low in forms:
        return forms[low]
    if word[:1].isupper() and any(
        low.startswith(prefix) and low[len(prefix) :] in lexicon().infinitives
        for prefix in lexicon().sets["prefixes"]
    ):
        return (Entry("n", "thing", word, ""),)  # "Aufwachsen"
    for ending, gender in (("innen", "p"), ("in", "f")):
        stem = low.removesuffix(ending)
        male = (*forms.get(stem, ()), *forms.get(f"{stem}e", ()))
        if stem != low and any(entry.kind == "person" for entry in male):
            return (Entry(gender, "person", f"{stem}in".capitalize(), f"{stem}innen".capitalize()),)
    last = low.rsplit("-", 1)[-1]
    for at in range(0 if last != low else 2, len(last) - 2):
        end = last[at:]
        if at == 2 and last == low and last[:2] not in _SHORT_STARTS:
            continue  # "Sevilla" is no villa
        many = forms.get(end[:-1], ()) if end.endswith("n") and end not in forms else ()
        if len(end) > _SURE_END and any(e.plural.lower() == end[:-1] for e in many):
            return ()  # "Milchpreisen": no journeys, but a dative of prices
        lists = lexicon().lists
        ends = end in lists["short_ends"] or (len(end) > 3 and end not in lists["false_ends"])
        if end in forms and ends and _parts_at(last, at):
            return forms[end]
    return by_suffix(word)


def _parts_at(word: str, at: int) -> bool:
    """Whether a compound surely has its last part there."""
    own = len(word) - at > len("tee") and word[at:] in lexicon().own
    own = own and not word[:at].endswith("ge")  # "handgen\u00e4hte" has no seams
    return own or len(word) - at >= _SURE_END or _stands_in_front(word[:at])


def _stands_in_front(part: str) -> bool:
    """Whether the front of a compound is a word, too: "Strom" in "Stromnetz", no "Franzoes"."""
    forms, verbs = lexicon().forms, lexicon().infinitives
    bare = [part.removesuffix(link) for link in _LINKS if part.endswith(link)]
    if not part:
        return True  # "Cold-Brew-Konzentrat"
    known = any(len(each) > 2 and (look_up(each) or f"{each}e" in forms) for each in bare)
    return known or f"{part}en" in verbs or f"{part}n" in verbs


_ARTICLES = {"der": "m", "die": "fp", "das": "n", "ein": "mn", "eine": "f"}


def agrees(phrase: str) -> bool:
    """Whether the dictionary has a noun's gender as the article of a nominative says it: no film
    speaks of "der Schwester"."""
    article, *rest = phrase.split() or [""]
    head = next((word for word in rest if word[:1].isupper()), "")
    if article == "das" and head.lower().endswith(tuple(lexicon().infinitives)):
        return True  # "das Falten"
    genders = {entry.gender for entry in look_up(head)} if head else set()
    return article not in _ARTICLES or not genders or bool(genders & set(_ARTICLES[article]))


def only_many(phrase: str) -> bool:
    """Whether the noun of a phrase is a plural and nothing else: "Spr\u00fcche"."""
    head = next((word for word in phrase.split() if word[:1].isupper()), "")
    done = head.lower() in lexicon().infinitives  # "das Warten"
    return bool(head) and not done and {entry.gender for entry in look_up(head)} == {"p"}


def is_dative_plural(word: str) -> bool:
    """Whether a noun can only be a plural in the dative: "Forschern"."""
    plural = [entry for entry in look_up(word[:-1]) if entry.gender == "p" and entry.plural]
    known = any(word[:-1].lower().endswith(entry.plural.lower()) for entry in plural)
    return word.endswith("n") and known and not look_up(word)


@cache
def _doings() -> tuple[str, ...]:
    known = (verb for verb in lexicon().infinitives if len(verb) >= _LONG_VERB)
    return (*known, "gehen", "lesen", "malen", "bauen")


def _does(word: str) -> bool:
    """Whether it is called after what it does: "stimmen" in "Klavierstimmer"."""
    verb = f"{word[:-1]}n"
    verbs = lexicon().infinitives
    return any(verb[at:] in verbs for at in range(2, len(verb) - 5))


def by_suffix(word: str) -> tuple[Entry, ...]:
    """The reading that the ending of an unknown noun suggests."""
    if any(word.lower().endswith(doing) for doing in _doings()) and word[:1].isupper():
        return (Entry("n", "thing", word, ""),)  # "Zugfahren"
    if re.search(r"[^aeiou]er$", word) and _does(word.lower()):
        return (Entry("m", "person", word, word),)  # "Klavierstimmer"
    for pattern, gender, kind in _SUFFIXES:
        if re.search(pattern, word.lower()) and len(word) > 5:
            return (Entry(gender, kind, "" if gender == "p" else word, ""),)
    return ()
