"""An English idea becomes a Frame."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ..pack import Frame, Theme, rank_themes
from .articles import with_articles
from .clauses import inflect, to_present
from .clean import clean, parts, title_case, words_of
from .forms import hero_forms, topic_forms
from .lexicon import lexicon, past_base, word_set
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS
from .questions import counted, read_topic
from .tale import Tale, hero_slots, read_tale
from .topic import Topic, is_order, topic_slots

__all__ = ["analyse"]

_FACTUAL = frozenset(("explainer", "product", "listicle", "documentary", "news"))
"""Templates in which things, and beings that do nothing ("bees"), are topics and no heroes."""
_LONGEST_TITLE = 8
_NO_TALES = word_set("how why what when where which who if is are can do does")
_FIRST_PERSON = {
    "my": "their",
    "our": "their",
    "me": "them",
    "us": "them",
    "myself": "themselves",
    "ourselves": "themselves",
    "mine": "theirs",
    "i": "they",
    "we": "they",
    "am": "is",
}


def analyse(idea: str, template: str, themes: Mapping[str, Theme]) -> Frame:
    """Take an idea apart for a template."""
    premise, further = parts(clean(idea))
    headline, premise = _headline(premise)
    words = words_of(premise) or ["this"]
    ranked = rank_themes(_weights(words, further), themes)
    tale = _tale(words, premise, template)
    if tale is not None:
        frame = _hero_frame(tale, premise)
    else:
        frame = _topic_frame(read_topic(words, premise), premise)
    title = title_case(headline) if headline else frame.title
    told = dict.fromkeys(sentence for sentence in further if sentence != frame.logline)
    return replace(frame, title=title, themes=ranked, given=tuple(told))


def _headline(premise: str) -> tuple[str, str]:
    """Split "Title: what happens"."""
    match = re.match(r"^([^:]{2,50}):\s+(.{12,})$", premise)
    if match is None:
        return "", premise
    title, rest = match[1], match[2]
    # "BrewBuddy: a machine that ..." names the machine; "Wanted: a friend" only heads the idea.
    if re.match(r"^[A-Z]\w*[A-Z]\w*$", title) and rest.split()[0].lower() in ("a", "an", "the"):
        return title, f"{title}, {rest}"
    return title, rest


def _tale(words: list[str], premise: str, template: str) -> Tale | None:
    """Read the idea as a tale, where it is one and the template wants one."""
    if premise.endswith("?") or words[0].lower() in _NO_TALES or is_order(words):
        return None
    if counted(premise) is not None:
        return None
    tale = read_tale(_third_person(words))
    if tale is None:
        return None
    idle = not tale.deed.deed and not tale.hero.named and template in _FACTUAL
    thing = template in _FACTUAL and not tale.hero.animate
    return None if idle or thing else tale


def _third_person(words: list[str]) -> list[str]:
    """Tell the user's own story of somebody else: a film's voice is not the user's."""
    first = words[0].lower()
    if first == "my" and words[2:4] == ["and", "I"]:
        peers = words[1].lower() in word_set("neighbour neighbor friend colleague classmate")
        return [*(["two", f"{words[1]}s"] if peers else ["two", "friends"]), *words[4:]]
    if first in ("someone", "somebody"):
        return ["a", "stranger", *words[1:]]
    if first not in ("i", "we"):
        return words
    told = [piece for word in words[1:] for piece in _FIRST_PERSON.get(word.lower(), word).split()]
    plural = first == "we"
    present = to_present(told, plural=plural) if told else None
    if told and present is None and told[0].lower() in lexicon().verbs:
        present = [inflect(told[0].lower(), plural=plural), *told[1:]]
    return [*("two friends" if plural else "a stranger").split(), *(present or told)]


def _weights(words: list[str], further: list[str]) -> dict[str, float]:
    """The words of the premise weigh most, those at its front a little more."""
    weights: dict[str, float] = {}
    for sentence in further:
        for word in re.findall(r"[\w-]+", sentence.lower()):
            weights[word] = 0.3
    for index, word in enumerate(words):
        low = word.lower().removesuffix("'s")
        for part in {low, *low.split("-")}:
            weights[part] = 1.25 if index < 5 else 1.0
        if re.fullmatch(r"1\d{3}s?", low):
            weights["history"] = 1.0
    grammar = DETERMINERS | PREPOSITIONS
    return {word: weight for word, weight in weights.items() if word not in grammar}


def _keywords(*phrases: str) -> frozenset[str]:
    stop = lexicon().sets["function"] | DETERMINERS | PREPOSITIONS | NUMBERS
    return frozenset(
        word
        for phrase in phrases
        for word in re.findall(r"[^\W_]+", phrase.lower())
        if word not in stop and len(word) > 1
    )


def _sentence(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,.!?")
    return with_articles(f"{text[:1].upper()}{text[1:]}.")


def _hero_frame(tale: Tale, premise: str) -> Frame:
    hero = tale.hero
    forms, known = hero_forms(hero_slots(tale))
    slots = {name: with_articles(text) for name, text in forms.items()}
    tags = {"plural" if hero.plural else "single"}
    tags |= {"person"} if hero.person else set()
    tags |= {"named"} if hero.named else set()
    tags |= {"they"} if hero.pronoun[0] == "they" else set()
    own = word_set("his her its their you your my our me us")
    tags |= known | ({"goal"} if slots["goal"] else set())
    tags |= {name for name in ("trouble", "extra") if slots[name]}
    tags |= {"deed"} if slots["deed"] else {"idle"}
    tags |= {"own"} if own & set(slots["quest"].lower().split()) else set()
    bare = premise.rstrip(".! ")
    verb = (tale.deed.deed.split() or [""])[0]
    as_written = not verb or verb in bare.lower().split() or verb in ("is", "are")
    first_person = re.match(r"^(?:i|we)\b", bare, re.IGNORECASE) is not None
    told = f"{slots['a_hero']} {tale.deed.full}"
    told += f" and {tale.deed.turn}" if tale.deed.turn else ""
    in_past = any(past_base(word) for word in bare.split())
    headline = bare if as_written or first_person or in_past else told
    bare = bare if as_written and not first_person else told
    return Frame(
        kind="hero",
        slots=slots,
        subject=slots["a_hero"].rstrip(","),
        action=tale.deed.full if len(tale.deed.full.split()) <= 16 else tale.deed.deed,
        title=_hero_title(tale, with_articles(headline)),
        logline=_sentence(bare),
        tags=frozenset(tags),
        keywords=_keywords(premise, hero.again) | {hero.pronoun[0], hero.pronoun[2]},
        cast=((hero.again, _known(tale)),) if hero.named else (),
    )


def _known(tale: Tale) -> str:
    """What is known of a named hero: who it is, else what it does."""
    hero = tale.hero
    described = re.sub(rf"(?:\b(?:named|called) )?{re.escape(hero.again)}", "", hero.first).strip(
        " ,"
    )
    return described or tale.deed.deed


def _hero_title(tale: Tale, premise: str) -> str:
    if len(premise.split()) <= _LONGEST_TITLE and "," not in premise:
        return title_case(premise)
    told = f"{tale.hero.first} {tale.deed.deed}"
    if tale.deed.deed and len(told.split()) <= _LONGEST_TITLE - 1 and "," not in told:
        return title_case(with_articles(told))
    if tale.deed.thing.startswith("the "):
        return title_case(f"{tale.hero.again} and {tale.deed.thing}")
    return title_case(tale.hero.again)


def _opening(text: str) -> str:
    """The first words of a long idea, not ending on a small one."""
    words = text.split()[:6]
    while len(words) > 1 and (
        words[-1].lower() in DETERMINERS | PREPOSITIONS or len(words[-1]) < 3
    ):
        words.pop()
    return " ".join(words).rstrip(",;:")


def _topic_frame(topic: Topic, premise: str) -> Frame:
    bare = premise.rstrip(".! ?")
    short = len(bare.split()) <= _LONGEST_TITLE
    quoted = "quoted" in topic.tags
    title = topic.question or bare if short else "" if quoted else topic.short
    if "brand" in topic.tags:
        title = topic.short
    listed = counted(premise)
    slots, known = topic_forms(topic_slots(topic), topic.tags)
    return Frame(
        kind="topic",
        slots={name: with_articles(text) for name, text in slots.items()},
        subject=bare if quoted else topic.whole,
        title=title_case(title or _opening(bare)),
        logline=topic.question or _sentence(bare),
        tags=topic.tags | known | {"plural" if topic.plural else "single"},
        keywords=_keywords(premise, topic.short),
        items=listed[0] if listed else 0,
    )
