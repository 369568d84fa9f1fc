"""French ideas that announce a list: what its items are about."""

from __future__ import annotations

import re
from dataclasses import replace

from ..cleaning import join
from .clauses import infinitive_at, infinitive_of, is_verb
from .lexicon import elides, lexicon
from .nouns import is_number, noun, word_in
from .phrases import first_phrase
from .tasks import doing, doing_in, task
from .topic import Topic, named

__all__ = ["counted", "list_slots", "list_tags"]

_COUNTED = (
    r"^(?:les\s+|nos\s+|mes\s+)?"
    r"(?:(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|vingt)\s+)?"
    r"(?:[\w'-]+\s+){1,3}?"
    r"(?P<joint>(?:sur|pour|aux|au|du|des|de|\u00e0 propos de|\u00e0 savoir sur)\s|d')(?P<rest>.+)$"
)
_AVOIDED = (
    r"^(?:(?:les|des)\s+)?(?:\w+\s+)?[\w'-]+\s+\u00e0\s+"
    r"(?:\u00e9viter|faire|conna\u00eetre|savoir|retenir|(?:se\s)?poser"
    r"|ne\s(?:pas|jamais|plus)\s(?:faire|commettre|reproduire))\s+"
    r"(?:(?:en|sur|dans|pour|avant|avec|pendant|chez)\s+|lors\s(?:de\s|d')|(?=une?\s))"
    r"(?P<rest>(?!\w+er\b).+)$"
)
"""What "les erreurs \u00e0 \u00e9viter en entretien d'embauche" is about."""
_SEEN_THERE = (
    r"^(?:[Ll]es )?\w+ (?:choses|id\u00e9es|activit\u00e9s) \u00e0 (?:faire|voir) "
    r"(?:quand|avec|en famille) ?.*\b\u00e0 (?P<town>[A-Z\u00c0-\u00dd][\w-]+)$"
)
"""Where "9 choses \u00e0 faire quand il pleut \u00e0 Rennes" are done."""
_WITHIN = (
    r"^(?:les\s+)?(?:[\w-]+\s+){0,2}?(?:erreurs|pi\u00e8ges)\s+(?:des|du|de|les)\s(?=.*\b(?:d\u00e9butant|novice|amateur))"
    r"(?:(?!\bqu(?:i|e|')\b|\bdont\b).)+?\s(?:en|sur|dans|avec|au)\s(?P<rest>.+)$"
)
"""What "les erreurs des d\u00e9butants en photographie" are about."""
_TONGUES = (
    *("anglais", "fran\u00e7ais", "espagnol", "allemand", "italien", "portugais", "chinois"),
    *("japonais", "arabe", "russe", "latin", "breton", "basque", "occitan", "grec", "turc"),
)
"""What is said "en": no Englishman is meant."""
_UNTOLD = (
    r"^(?:les\s+)?(?:\w+\s+)?(?:choses|secrets|faits|v\u00e9rit\u00e9s)\s+qu(?:e\s|')(?:[\w'-]+\s+){2,6}?"
    r"(?P<joint>sur|\u00e0 propos de|du|des|de)\s(?P<rest>.+)$"
)
"""What "10 choses que vous ne saviez pas sur les poulpes" is about."""
_RELATED = r"^(?:les\s+)?(?:\w+\s+)?\w+\s+qu(?:e\s|')(?P<rest>.+)$"
"""A list of what somebody does: "12 erreurs que nous faisons en congelant le pain"."""


_SIDES = (
    r"^les\s(?:avantages|bienfaits|atouts|limites|inconv\u00e9nients|pour|plus)"
    r"(?:\set\s(?:les\s)?\w+)?\s(?P<joint>du|des|de)\s(?P<rest>.+)$"
)
"""What "les avantages et les inconv\u00e9nients du v\u00e9lo" are about."""
_BEST = r"^(?:le |mon |notre )?top\s\d+\s(?P<joint>des|du|de)\s(?P<rest>.+)$"
_DOING_IT = r"^(?:les\s+)?(?:\w+\s+){1,3}?qui\s+(?P<verb>\w+)\s(?P<rest>.+)$"
"""What "3 habitudes qui ruinent votre sommeil" are about."""
_ARTICLES = {"du": ["le"], "des": ["les"], "au": ["le"], "aux": ["les"]}


_OWNED = (
    r"^(?:(?:les|nos|ces)\s+)?(?:\d+\s+)?(?P<how>(?:[^\W\d]+\s+){0,2})(?P<what>[^\W\d]+s)"
    r"\s+(?:que\s+font\s+|qu(?:e\s+l)?'(?=on\s+fait)|(?:des|du|de)\s+|d')(?P<whose>.+)$"
)
"""What people have or do, as a list: "7 habitudes des gens qui dorment bien"."""
_PEOPLE = (
    "gens",
    "personnes",
    "familles",
    "couples",
    "parents",
    "jeunes",
    "ados",
    "clients",
    "managers",
    "mari\u00e9s",
)
_PLAIN = {"bonnes", "petites", "grandes", "vraies"}


def _lists(premise: str) -> bool:
    return bool(lexicon().sets["list_words"] & set(premise.lower().split()[:5]))


def _whys(premise: str) -> Topic | None:
    """ "Les raisons pour lesquelles vous devriez lire plus" are about reading."""
    match = re.match(r"^.{0,20}\braisons pour (?:lesquelles|lesquels) (.+?)[.!? ]*$", premise, re.I)
    found = doing_in(match[1].split()) if match else []
    return doing(found) if found else None


def counted(premise: str) -> Topic | None:
    """ "Cinq raisons de visiter Lyon", "10 id\u00e9es re\u00e7ues sur les requins"."""
    topic = _counted(premise)
    owned = re.match(_OWNED, premise.rstrip(".!? "), re.IGNORECASE)
    if (topic is not None and topic.task) or owned is None or not _lists(premise):
        return topic
    owners = noun(named(owned["whose"].split()).short.split())
    anybody = owned["whose"].startswith("on fait")
    people = anybody or (owners.plural and (owners.person or owners.head in _PEOPLE))
    within = re.match(_WITHIN, premise.rstrip(".!? "), re.IGNORECASE)
    clause = re.search(r"\b(?:qui|que|dont|o\u00f9)\b|\bqu'", owned["whose"])
    kind = {"habitudes": "habits", "erreurs": "slips"}.get(owned["what"].lower(), "")
    if within or not people or not (clause or kind):
        return topic
    # The items are theirs; the film is not about them: "7 habitudes des gens qui ...".
    adjectives = [word for word in owned["how"].lower().split() if not is_number(word)]
    tags = {kind} if kind and set(adjectives) <= _PLAIN else set()
    listed = premise[:1].lower() + premise[1:].rstrip(".!? ")
    many = owners.head in ("gens", "personnes") or not owners.again.startswith("les ")
    short = f"les {owned['what'].lower()} des {owners.again.removeprefix('les ')}"
    short = f"ces {owned['what'].lower()}" if many else short
    return Topic(listed, short=short, plural=True, tags=tags)


def _counted(premise: str) -> Topic | None:
    best = re.match(_BEST, premise.rstrip(".!? "), re.IGNORECASE)
    if best is not None:
        return named([*_ARTICLES.get(best["joint"].lower(), []), *best["rest"].split()])
    premise = re.sub(r"\bd'or (?=pour|de|du|des)", "", premise)
    sides = re.match(_SIDES, premise.rstrip(".!? "), re.IGNORECASE)
    if sides is not None:
        about = named([*_ARTICLES.get(sides["joint"].lower(), []), *sides["rest"].split()])
        return replace(about, whole=premise[:1].lower() + premise[1:].rstrip(".!? "))
    whys = _whys(premise)
    if whys is not None:
        return whys
    when = re.search(r"quand on (.+?)[.!? ]*$", premise)
    aimed = when and re.search(r"\b(?:pour|de) ", premise[: when.start()])
    if when and not aimed and _lists(premise):
        done = infinitive_of(when[1].split())
        if done:
            return task(done.split())
    match = re.match(_UNTOLD, premise.rstrip(".!? "), re.IGNORECASE)
    if match is not None and _lists(premise):
        return named([*_ARTICLES.get(match["joint"].lower(), []), *match["rest"].split()])
    doing_it = re.match(_DOING_IT, premise.rstrip(".!? "), re.IGNORECASE)
    if doing_it is not None and _lists(premise) and is_verb(doing_it["verb"], plural=True):
        phrase = first_phrase(doing_it["rest"].split())
        if phrase:
            return replace(named(phrase), whole=premise[:1].lower() + premise[1:].rstrip(".!? "))
    relative = re.match(_RELATED, premise.rstrip(".!? "), re.IGNORECASE)
    if relative is not None and _lists(premise):
        phrase = first_phrase(relative["rest"].split())
        topic = named(phrase) if phrase else None
        if topic is not None:
            topic.whole = premise[:1].lower() + premise[1:].rstrip(".!? ")
            return topic
    within = re.match(_WITHIN, premise.rstrip(".!? "), re.IGNORECASE)
    if within is not None and not re.search(r"\bquand\b", premise):
        rest = within["rest"]
        tongue = rest in _TONGUES
        topic = named([f"l'{rest}"] if tongue and elides(rest) else f"le {rest}".split())
        topic = topic if tongue else named(rest.split())
        topic.whole = premise[:1].lower() + premise[1:].rstrip(".!? ")
        return topic
    town = re.match(_SEEN_THERE, premise.rstrip(".!? "))
    if town is not None:
        return Topic(town["town"], short=town["town"])
    match = re.match(_AVOIDED, premise.rstrip(".!? "), re.IGNORECASE)
    if match is not None and _lists(premise):
        rest = re.sub(r"^(?:de |d')", "", match["rest"]).split()
        return task(rest) if infinitive_at(rest, 0) else named(rest)
    match = re.match(_COUNTED, premise.rstrip(".!? "), re.IGNORECASE)
    if match is None or not _lists(premise):
        return None
    joint, rest = match["joint"].lower().strip(), match["rest"].split()
    if infinitive_at(rest, 0) and rest[0] not in lexicon().gender:
        at = next((i for i, word in enumerate(rest) if i and word[:1].isupper()), 0)
        if not re.search(r"\b(?:raisons|motifs)\b", premise.lower()):
            return task(rest)
        if not at:
            return doing(rest)
        place = named(rest[at - 1 if word_in(rest[at - 1], "determiners") else at :])
        return replace(place, task=join(rest))
    whose = joint in ("de", "du", "des", "d'") and not is_number(premise.split()[0])
    tips = any(name in _front(premise) for name in _KINDS["tips"])
    if (joint == "pour" and not tips) or whose:
        return None
    if joint == "de" and noun(rest).person and not noun(rest).named:
        # "Dix conseils de grand-m\u00e8re" tell about no grandmother.
        kind = next(word for word in premise.lower().split() if word_in(word, "list_words"))
        short = f"ces {kind} de {rest[0]}"
        return Topic(premise[:1].lower() + premise[1:], short=short, plural=True)
    if joint in ("de", "d'") and "pour" in rest[1:]:
        # "Huit id\u00e9es de cadeaux pour un papa": for whom is said once.
        rest = rest[: rest.index("pour")]
    topic = named([*_ARTICLES.get(joint, []), *rest])
    if len(premise.split()) <= _LONGEST_LISTED:
        # What it counts is said once: "neuf habitudes \u00e9tranges des g\u00e9nies".
        topic.whole = premise[:1].lower() + premise[1:].rstrip(".!? ")
    return topic


_KINDS = {
    "errors": ("erreurs", "pi\u00e8ges", "fautes"),
    "reasons": ("raisons", "motifs"),
    "tips": ("conseils", "astuces", "r\u00e8gles", "gestes"),
    "myths": ("mythes", "id\u00e9es re\u00e7ues", "l\u00e9gendes"),
}
_TOLD = (
    "choses", "faits", "v\u00e9rit\u00e9s", "le\u00e7ons", "conseils", "astuces", "r\u00e8gles",
    "id\u00e9es", "remarques", "gestes", "\u00e9tapes", "fa\u00e7ons", "mani\u00e8res",
)  # fmt: skip
"""What the items of a list can be when nobody knows which ones the idea means."""
_FEMININE = (
    "erreurs", "fautes", "raisons", "id\u00e9es", "l\u00e9gendes", "choses", "v\u00e9rit\u00e9s",
    "le\u00e7ons", "astuces", "r\u00e8gles", "remarques", "\u00e9tapes", "fa\u00e7ons",
    "mani\u00e8res", "habitudes",
)  # fmt: skip
_LONGEST_LISTED = 14


def _front(premise: str) -> str:
    return " ".join(premise.lower().split()[:4])


def list_tags(premise: str, topic: Topic, *, items: int) -> set[str]:
    """Which kind of items a list announces, and whether its items can be those."""
    front = _front(premise)
    if topic.tags & {"habits", "slips"}:
        return {"typed", "told"} if items else {"typed"}
    if any(name in topic.short for names in _KINDS.values() for name in names):
        told = {"told"} if items else set()
        return told if any(word in front.split() for word in _TOLD) else set()
    kinds = {kind for kind, names in _KINDS.items() if any(name in front for name in names)}
    if ("reasons" in kinds and not topic.task) or ("tips" in kinds and topic.task):
        kinds = set()
    if kinds:
        return {*kinds, "typed", "told"} if items else {*kinds, "typed"}
    words = front.split()
    return {"told"} if items and any(word in words for word in _TOLD) else set()


def list_slots(premise: str, *, tail: str, items: int) -> dict[str, str]:
    """The list as the idea announces it, and "en voici une" where it can name its kind."""
    if not items or len(premise.split()) > _LONGEST_LISTED:
        return {}
    front = _front(f"{tail} {premise}").split()
    one = "une" if any(word in _FEMININE for word in front) else "un"
    known = any(word in (*_TOLD, *_FEMININE, "pi\u00e8ges", "motifs", "mythes") for word in front)
    here = f"en voici {one}" if known else ""
    listed = premise[:1].lower() + premise[1:]
    return {"listed": f"{listed} : {tail}" if tail else listed, "one_here": here}
