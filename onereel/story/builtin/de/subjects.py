"""What a German film is about, where the idea's own words leave it open."""

from __future__ import annotations

from dataclasses import replace

from ..cleaning import words_of
from .cases import decline
from .lexicon import lexicon
from .nouns import Noun
from .tale import read_tale
from .topic import Topic, named

__all__ = ["by_headline", "is_unknown", "wanting"]

_WANTING = frozenset(
    (
        *("w\u00fcnscht", "w\u00fcnschen", "w\u00fcnschte"),
        *(
            "will",
            "m\u00f6chte",
            "tr\u00e4umt",
            "hofft",
            "f\u00fcrchtet",
            "beschlie\u00dft",
            "liebt",
            "lernt",
        ),
        *(
            "wollen",
            "m\u00f6chten",
            "tr\u00e4umen",
            "hoffen",
            "lieben",
            "lernen",
            "wollte",
            "wollten",
        ),
    )
)


def wanting(hero: Noun, verb: str) -> Noun:
    """A thing that wants something is somebody: "Der Bagger will tanzen"."""
    return replace(hero, kind="animal") if verb in _WANTING and hero.kind == "thing" else hero


def by_headline(topic: Topic, headline: str, premise: str) -> Topic:
    """What names nothing itself is about what the headline in front of it names."""
    unclear = (
        topic.tags & {"open", "quoted"} or topic.noun.head in lexicon().sets["adjective_nouns"]
    )
    # "Das Moor: ein vergessener Lebensraum" is about the moor.
    unclear = unclear or (topic.noun.det in ("ein", "eine") and not topic.claim)
    # "ETF-Sparplan: Was du vor dem Start wissen solltest" is about the plan.
    unclear = unclear or "asked" in topic.tags or premise.startswith("So ")
    if not headline or not unclear:
        return topic
    words = words_of(headline)
    lead, tale = named(words), read_tale(words)
    noun = lead.noun if lead is not None else tale.hero if tale is not None else None
    if noun is not None and noun.plural and not noun.det:
        noun = replace(noun, det="die")  # those of the headline, and not any
    if noun is not None and tale is not None and tale.verb and "asked" in topic.tags:
        return topic
    if noun is not None and decline(noun, "dat"):
        whole = premise.rstrip(".! ") if "open" in topic.tags else topic.whole
        return replace(
            topic, whole=whole, noun=noun, clause="", tags=topic.tags - {"open", "quoted"}
        )
    if "asked" in topic.tags:
        return topic
    claim = premise.rstrip(".! ")
    claim = claim[:1].upper() + claim[1:]
    return replace(topic, whole=headline, title="", claim=claim, tags={"quoted"})


def is_unknown(hero: Noun) -> bool:
    """Whether a headline begins with a word that may be a name, or a noun nobody knows."""
    sets = lexicon().sets
    lone = hero.named and not hero.gender and " " not in hero.head
    return lone and hero.head not in sets["he"] | sets["she"] | sets["called"]
