"""French ideas that announce a list: what its items are about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .clauses import infinitive_at, infinitive_of
from .lexicon import lexicon
from .nouns import is_number, word_in
from .phrases import first_phrase
from .tasks import doing, doing_in, task
from .topic import Topic, named

__all__ = ["counted", "one_of"]

_COUNTED = (
    r"^(?:les\s+|nos\s+|mes\s+)?"
    r"(?:(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|vingt)\s+)?"
    r"(?:[\w'-]+\s+){1,3}?"
    r"(?P<joint>(?:sur|pour|du|des|de|\u00e0 propos de|\u00e0 savoir sur)\s|d')(?P<rest>.+)$"
)
_AVOIDED = (
    r"^(?:les|des|\w+)?\s*[\w'-]+\s+\u00e0\s+(?:\u00e9viter|faire|conna\u00eetre|savoir|retenir)"
    r"\s+(?:(?:en|sur|dans|pour|avant|avec)\s+|(?=une?\s))(?P<rest>(?!\w+er\b).+)$"
)
"""What "les erreurs \u00e0 \u00e9viter en entretien d'embauche" is about."""
_UNTOLD = (
    r"^(?:les\s+)?(?:\w+\s+)?(?:choses|secrets|faits|v\u00e9rit\u00e9s)\s+qu(?:e\s|')(?:[\w'-]+\s+){2,6}?"
    r"(?P<joint>sur|\u00e0 propos de|du|des|de)\s(?P<rest>.+)$"
)
"""What "10 choses que vous ne saviez pas sur les poulpes" is about."""
_RELATED = r"^(?:les\s+)?(?:\w+\s+)?\w+\s+qu(?:e\s|')(?P<rest>.+)$"
"""A list of what somebody does: "12 erreurs que nous faisons en congelant le pain"."""


_ARTICLES = {"du": ["le"], "des": ["les"]}


def _lists(premise: str) -> bool:
    return bool(lexicon().sets["list_words"] & set(premise.lower().split()[:5]))


def _whys(premise: str) -> Topic | None:
    """ "Les raisons pour lesquelles vous devriez lire plus" are about reading."""
    match = re.match(r"^.{0,20}\braisons pour (?:lesquelles|lesquels) (.+?)[.!? ]*$", premise, re.I)
    found = doing_in(match[1].split()) if match else []
    return doing(found) if found else None


def counted(premise: str) -> Topic | None:
    """ "Cinq raisons de visiter Lyon", "10 id\u00e9es re\u00e7ues sur les requins"."""
    whys = _whys(premise)
    if whys is not None:
        return whys
    when = re.search(r"quand on (.+?)[.!? ]*$", premise)
    if when and _lists(premise):
        done = infinitive_of(when[1].split())
        if done:
            return task(done.split())
    match = re.match(_UNTOLD, premise.rstrip(".!? "), re.IGNORECASE)
    if match is not None and _lists(premise):
        return named([*_ARTICLES.get(match["joint"].lower(), []), *match["rest"].split()])
    relative = re.match(_RELATED, premise.rstrip(".!? "), re.IGNORECASE)
    if relative is not None and _lists(premise):
        phrase = first_phrase(relative["rest"].split())
        topic = named(phrase) if phrase else None
        if topic is not None:
            topic.whole = premise[:1].lower() + premise[1:].rstrip(".!? ")
            return topic
    match = re.match(_AVOIDED, premise.rstrip(".!? "), re.IGNORECASE)
    if match is not None and _lists(premise):
        return named(match["rest"].split())
    match = re.match(_COUNTED, premise.rstrip(".!? "), re.IGNORECASE)
    if match is None or not _lists(premise):
        return None
    joint, rest = match["joint"].lower().strip(), match["rest"].split()
    if infinitive_at(rest, 0):
        at = next((i for i, word in enumerate(rest) if i and word[:1].isupper()), 0)
        if not re.search(r"\b(?:raisons|motifs)\b", premise.lower()):
            return task(rest)
        if not at:
            return doing(rest)
        return named(rest[at - 1 if word_in(rest[at - 1], "determiners") else at :])
    whose = joint in ("de", "du", "des", "d'") and not is_number(premise.split()[0])
    return None if joint == "pour" or whose else named([*_ARTICLES.get(joint, []), *rest])


_ONE = {
    "raisons": "une raison", "conseils": "un conseil", "astuces": "une astuce",
    "fa\u00e7ons": "une fa\u00e7on", "mani\u00e8res": "une mani\u00e8re", "secrets": "un secret",
    "erreurs": "une erreur", "id\u00e9es": "une id\u00e9e", "anecdotes": "une anecdote",
    "mythes": "un mythe", "r\u00e8gles": "une r\u00e8gle", "gestes": "un geste",
    "le\u00e7ons": "une le\u00e7on", "pi\u00e8ges": "un pi\u00e8ge", "exercices": "un exercice",
    "habitudes": "une habitude", "v\u00e9rit\u00e9s": "une v\u00e9rit\u00e9",
}  # fmt: skip
_LONGEST_ONE = 7


def one_of(words: Sequence[str]) -> str:
    """One of the things that a list counts: "une raison de tenir un journal"; else nothing."""
    told = list(words[1 if words and is_number(words[0]) else 0 :])
    one = _ONE.get(told[0].lower(), "") if told else ""
    if told[1:2] == ["re\u00e7ues"] and one:
        one, told = f"{one} re\u00e7ue", told[1:]
    joints = ("de", "pour", "sur", "contre")
    joined = len(told) > 2 and (told[1].lower() in joints or told[1][:2].lower() == "d'")
    return join([one, *told[1:]]) if one and joined and len(told) <= _LONGEST_ONE else ""
