"""An English idea becomes a Frame."""

from __future__ import annotations

import re

from ..pack import Frame, Theme, rank_themes
from .clean import clean, join, parts, title_case, words_of
from .lexicon import lexicon
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS
from .tale import Tale, hero_slots, read_tale
from .topic import Topic, read_topic, topic_slots

__all__ = ["analyse"]

_FACTUAL = frozenset(("explainer", "product", "listicle", "documentary", "news"))
"""Templates in which a being that does nothing ("bees") is a topic, no hero."""
_LONGEST_TITLE = 8
_FIRST_PERSON = {
    "i": "somebody", "we": "a group of friends", "my": "their", "our": "their", "me": "them",
    "us": "them", "myself": "themselves", "ourselves": "themselves", "mine": "theirs",
    "am": "is", "i'm": "somebody is",
}  # fmt: skip


def analyse(idea: str, template: str, themes: dict[str, Theme]) -> Frame:
    """Take an idea apart for a template."""
    text = clean(idea)
    premise, further = parts(text)
    named, premise = _headline(premise)
    words = words_of(premise) or ["this"]
    ranked = rank_themes(_weights(words, further), themes)
    tale = read_tale(_third_person(words)) if _may_be_tale(words, premise) else None
    if tale is not None and _is_thing_for_sale(tale, template):
        tale = None
    if tale is not None and not tale.deed and template in _FACTUAL and not tale.hero.named:
        tale = None
    if tale is not None:
        return _hero_frame(tale, premise, further, ranked, named)
    return _topic_frame(read_topic(words, premise), premise, further, ranked, named)


def _headline(premise: str) -> tuple[str, str]:
    """Split "Title: what happens"."""
    match = re.match(r"^([^:]{2,50}):\s+(.{12,})$", premise)
    return (match[1], match[2]) if match else ("", premise)


def _may_be_tale(words: list[str], premise: str) -> bool:
    return not premise.endswith("?") and words[0].lower() not in (
        "how", "why", "what", "when", "where", "which", "who", "if", "is", "are", "can", "do", "does",
    )  # fmt: skip


def _third_person(words: list[str]) -> list[str]:
    """Tell the user's own story of somebody else: a film's voice is not the user's."""
    if words[0].lower() not in ("i", "we", "i'm"):
        return words
    plural = words[0].lower() == "we"
    told = " ".join(_FIRST_PERSON.get(word.lower(), word) for word in words).split()
    if not plural and len(told) > 1:
        from .clauses import to_present

        rest = to_present(told[1:], plural=False)
        told = [told[0], *rest] if rest else told
    return told


def _is_thing_for_sale(tale: Tale, template: str) -> bool:
    """A lamp that follows the sun is a hero in a story and a product in a product film."""
    return template == "product" and not tale.hero.animate and not tale.hero.person


def _weights(words: list[str], further: list[str]) -> dict[str, float]:
    """The words of the premise weigh most, those at its front a little more."""
    weights: dict[str, float] = {}
    for sentence in further:
        for word in re.findall(r"[\w-]+", sentence.lower()):
            weights[word] = max(weights.get(word, 0), 0.3)
    for index, word in enumerate(words):
        low = word.lower().removesuffix("'s")
        for part in {low, *low.split("-")}:
            weights[part] = 1.25 if index < 5 else 1.0
        if re.fullmatch(r"1\d{3}s?", low):
            weights["history"] = 1.0
    return {
        word: weight for word, weight in weights.items() if word not in DETERMINERS | PREPOSITIONS
    }


def _keywords(*phrases: str) -> frozenset[str]:
    stop = lexicon().sets["function"] | DETERMINERS | PREPOSITIONS | NUMBERS
    return frozenset(
        word for phrase in phrases for word in re.findall(r"[^\W_]+", phrase.lower())
        if word not in stop and len(word) > 2
    )  # fmt: skip


def _title(text: str) -> str:
    return title_case(text.strip(" ,.!"))


def _hero_frame(
    tale: Tale, premise: str, further: list[str], ranked: tuple[str, ...], named: str
) -> Frame:
    slots = hero_slots(tale)
    hero = tale.hero
    tags = {"plural" if hero.plural else "single"}
    tags |= {"person"} if hero.person else set()
    tags |= {"named"} if hero.named else set()
    tags |= {"they"} if hero.pronoun[0] == "they" else set()
    return Frame(
        kind="hero",
        slots=slots,
        subject=slots["a_hero"],
        action=tale.full if len(tale.full.split()) <= 16 else tale.deed,
        title=_title(named) if named else _hero_title(tale, premise),
        logline=_sentence(f"{hero.first} {tale.full or tale.deed}" if tale.deed else premise),
        tags=frozenset(tags),
        keywords=_keywords(premise, hero.again) | {hero.pronoun[0], hero.pronoun[2]},
        themes=ranked,
        given=tuple(further),
        cast=((hero.again, _known(tale)),) if hero.named else (),
    )


def _known(tale: Tale) -> str:
    first = tale.hero.first.rstrip(",")
    return (
        first.removeprefix(tale.hero.again).strip(" ,") if first != tale.hero.again else tale.deed
    )


def _hero_title(tale: Tale, premise: str) -> str:
    if len(premise.split()) <= _LONGEST_TITLE - 2 and "," not in premise:
        return _title(premise)
    if tale.thing and tale.thing.split()[0] == "the":
        return _title(f"{tale.hero.again} and {tale.thing}")
    return _title(tale.hero.again)


def _sentence(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,.!?")
    return f"{text[:1].upper()}{text[1:]}."


def _topic_frame(
    topic: Topic, premise: str, further: list[str], ranked: tuple[str, ...], named: str
) -> Frame:
    slots = topic_slots(topic)
    tags = {*topic.tags, "plural" if topic.plural else "single"}
    bare = premise.rstrip(".! ")
    short = len(bare.split()) <= _LONGEST_TITLE
    title = named or (bare if short else topic.short if not topic.quoted else "")
    if topic.tags & {"brand"}:
        title = topic.short
    subject = topic.whole if not topic.quoted else join(words_of(bare)[:14])
    return Frame(
        kind="topic",
        slots=slots,
        subject=subject,
        title=_title(title or " ".join(bare.split()[:6])),
        logline=_sentence(bare) if not topic.question else topic.question,
        tags=frozenset(tags),
        keywords=_keywords(premise, topic.short),
        themes=ranked,
        given=tuple(further),
    )
