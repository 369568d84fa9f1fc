"""An English idea becomes a Frame."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ..pack import Frame, Part, Theme, rank_themes
from .articles import with_articles
from .clean import clean, parts, plain_subject, title_case, words_of
from .forms import hero_forms, topic_forms
from .hero import hero_slots, is_certain
from .lexicon import lexicon, past_base, word_set
from .listing import announced, listed, tail_count
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS
from .parts import asked_doing, first_of, items_about, parts_of
from .questions import read_topic
from .statements import is_clause
from .tale import Tale, read_tale
from .told import opening_of
from .topic import Topic, is_order, told, topic_slots

__all__ = ["analyse"]

_TALES = frozenset(("story", "trailer", "poem"))
"""Templates that follow somebody; in the others, what somebody does is told as it was written."""
_KNOWN = ("count", "person", "being", "plural", "proper", "acronym", "men", "women", "singular")
_LONGEST_TITLE = 9
_LONGEST_SAID = 24
_NO_TALES = word_set("how why what when where which who if is are can do does")
_HEADS = word_set("wanted idea product ad advert video new sale offer")
"""Words that head an advertisement and are no brand: "Wanted: a friend"."""


_SAID_OF_ANYTHING = word_set(
    "say says said tell tells told know knows think look see way day one first never always every"
    " take makes make who what how why more most new still again time here there good long"
)
"""Words that lines about any idea may have."""


def analyse(idea: str, template: str, themes: Mapping[str, Theme]) -> Frame:
    """Take an idea apart for a template."""
    premise, further = parts(clean(idea))
    if template == "explainer":
        premise = plain_subject(premise)
    headline, premise = _headline(premise, product=template == "product")
    premise, further, items, item = _counting(premise, further)
    words = words_of(premise) or ["this"]
    ranked = rank_themes(_weights(words, further), themes)
    tale = _tale(words, premise) if template in _TALES else None
    if tale is not None:
        frame = _hero_frame(tale, premise)
    else:
        frame = _topic_frame(_topic(words, premise, template), premise, template)
        if len(words) > _LONGEST_SAID and "told" in frame.tags:
            further = [frame.logline, *further]
    if template == "listicle" and items:
        frame = replace(frame, items=items, slots={**frame.slots, "item": item})
    title = title_case(headline) if headline else frame.title
    given = dict.fromkeys(sentence for sentence in further if sentence != frame.logline)
    if "told" in frame.tags and not frame.slots["said"]:
        given = dict.fromkeys(further)
    return replace(frame, title=title, themes=ranked, given=tuple(given))


def _counting(premise: str, further: list[str]) -> tuple[str, list[str], int, str]:
    """Take off what only counts: "Why walk more: 5 reasons", "... Four theories."."""
    before, colon, after = premise.rpartition(":")
    for sentence, rest in (
        (after if colon else "", before),
        *((each, premise) for each in further),
    ):
        items, item = tail_count(sentence) if sentence else (0, "")
        if items:
            return rest, [each for each in further if each != sentence], items, item
    return premise, further, 0, ""


def _topic(words: list[str], premise: str, template: str) -> Topic:
    """A report says what is no question as a headline; only a plain noun phrase is a subject."""
    tale = _tale(words, premise)
    if tale is not None and tale.extra and tale.deed.deed:
        return told(words, premise)  # "a tailor who sews for ghosts falls behind on his rent"
    topic = read_topic(words, premise)
    subject = (
        len(words) < 3
        or words[0].lower() in DETERMINERS
        or topic.ask
        or topic.question
        or topic.task
    )
    return told(words, premise) if template == "news" and not subject else topic


def _headline(premise: str, *, product: bool) -> tuple[str, str]:
    """Split "Title: what happens"."""
    match = re.match(r"^([^:]{2,50}):\s+(.{12,})$", premise)
    if match is None:
        return "", premise
    title, rest = match[1], match[2]
    # "BrewBuddy: a machine that ..." names the machine; "Wanted: a friend" only heads the idea.
    coined = re.match(r"^[A-Z]\w*[A-Z]\w*$", title) is not None
    word = title[:1].isupper() and " " not in title and title.lower() not in _HEADS
    articled = rest.split()[0].lower() in ("a", "an", "the")
    sets = lexicon().sets
    known = lexicon().verbs.union(*(sets[name] for name in _KNOWN))
    brand = word and title.lower() not in known and not title.endswith(("ing", "ed"))
    brand = brand and not is_clause(words_of(rest))
    if coined or brand or (product and title[:1].isalpha() and (word or articled)):
        return title, f"{title}, {rest}"
    return title, rest


def _tale(words: list[str], premise: str) -> Tale | None:
    """Read the idea as a tale, where it is surely one."""
    if premise.endswith("?") or words[0].lower() in _NO_TALES or is_order(words):
        return None
    tale = read_tale(words)
    return tale if tale is not None and is_certain(tale, words) else None


def _weights(words: list[str], further: list[str]) -> dict[str, float]:
    """The words of the premise weigh most, those at its front a little more."""
    weights: dict[str, float] = {}
    for sentence in further:
        for word in re.findall(r"[\w-]+", sentence.lower()):
            weights[word] = 0.3
    for index, word in enumerate(words):
        low = word.lower().removesuffix("'s")
        for part in {low, *low.split("-")}:
            weights[part] = max(1.25 - 0.04 * index, 0.8)
        if re.fullmatch(r"1\d{3}s?", low):
            weights["history"] = 1.0
    grammar = DETERMINERS | PREPOSITIONS
    return {word: weight for word, weight in weights.items() if word not in grammar}


def _keywords(*phrases: str) -> frozenset[str]:
    stop = lexicon().sets["function"] | DETERMINERS | PREPOSITIONS | NUMBERS
    words = {
        word
        for phrase in phrases
        for word in re.findall(r"[^\W_]+", phrase.lower())
        if word not in stop and len(word) > 1
    }
    return frozenset(words - _SAID_OF_ANYTHING or words)


def _sentence(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,.!?")
    return with_articles(f"{text[:1].upper()}{text[1:]}.")


def _hero_frame(tale: Tale, premise: str) -> Frame:
    hero = tale.hero
    forms, known = hero_forms(hero_slots(tale))
    slots = {name: with_articles(text) for name, text in forms.items()}
    parts = parts_of(words_of(premise), slot="part", known=(hero.again, hero.first))
    slots["part"] = parts[0].slots["part"] if parts else ""
    slots["said"] = _sentence(premise).rstrip(".")
    tags = {"plural" if hero.plural else "single"}
    tags |= {"person"} if hero.person else set()
    tags |= {"named"} if hero.named else set()
    tags |= {"they"} if hero.pronoun[0] == "they" else set()
    own = word_set("each his her its their you your my our me us")
    tags |= known | ({"goal"} if slots["goal"] else set())
    tags |= {name for name in ("trouble", "extra") if slots[name]}
    tags |= {"deed"} if slots["deed_base"] else {"idle"}
    tags |= set() if slots["deed"] else {"still"}
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
        parts=parts[1:],
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
    if tale.deed.thing.startswith("the ") and " and " not in tale.hero.again:
        return title_case(f"{tale.hero.again} and {tale.deed.thing}")
    return title_case(tale.hero.again)


def _opening(text: str) -> str:
    """The first words of a long idea, not ending on a small one."""
    words = re.split(r", (?=who|which|when|where|but|so)\b", text)[0].split()[:6]
    while len(words) > 1 and (
        words[-1].lower() in DETERMINERS | PREPOSITIONS | {"and", "but"} or len(words[-1]) < 3
    ):
        words.pop()
    return " ".join(words).rstrip(",;:")


def _thoughts(topic: Topic, part: str, *, asks: bool) -> dict[str, str]:
    """What a list counts whose idea counts nothing: answers, or thoughts."""
    item, about = "answer" if asks else "thought", topic.focus or topic.short or part
    short = about and len(about.split()) <= _LONGEST_TITLE // 2 + 1
    whole = f"{item} about {about}" if short else ""
    return {"item": whole or item, "whole_item": whole}


def _topic_frame(topic: Topic, premise: str, template: str) -> Frame:
    bare = premise.rstrip(".! ?")
    short = len(bare.split()) <= _LONGEST_TITLE + 3 * ("told" in topic.tags)
    known_again = topic.short.startswith(("this ", "these ", "that "))
    title = topic.question or bare if short else "" if known_again else topic.short
    if "brand" in topic.tags:
        title = topic.short
    main = topic.focus or topic.short
    parts = _topic_parts(topic, premise, main)
    if "told" in topic.tags and not topic.focus and parts:
        main, parts = parts[0].slots["part"], parts[1:]
        topic = replace(topic, focus=main)
    slots, known = topic_forms(topic_slots(topic), topic.tags)
    main = "" if slots["doing"] else main
    slots["part"] = main or (parts[0].slots["part"] if parts else "")
    parts = parts if main else parts[1:]
    slots["opening"] = opening_of(slots["said"])
    items = 0
    if template == "listicle":
        items = announced(premise)
        asks = topic.ask or topic.question
        told = "told" in topic.tags and not items
        head = "" if "brand" in topic.tags else premise
        counted = {} if asks or told else listed(head, topic.whole, topic.short, topic.task)
        slots |= counted or _thoughts(topic, slots["part"], asks=bool(asks))
        known |= {"listed"} if counted else set()
        if items and counted:
            slots["said"] = _sentence(premise).rstrip(".")
            known |= {"announced"}
        known |= {"belongs"} if slots["whole_item"] not in ("", slots["item"]) else set()
        parts = items_about(parts, slots["item"])
    return Frame(
        kind="topic",
        slots={name: with_articles(text) for name, text in slots.items()},
        subject=topic.whole or bare,
        title=title_case(title or first_of(main, parts, bare) or _opening(bare)),
        logline=topic.question or _sentence(bare),
        tags=topic.tags | known | {"plural" if topic.plural else "single"},
        keywords=_keywords(premise, slots.get("item", "")) | set(topic.short.lower().split()[-1:]),
        parts=parts,
        items=items,
    )


def _topic_parts(topic: Topic, premise: str, main: str) -> tuple[Part, ...]:
    """What else the idea names; a list or a brand goes round one thing."""
    words = words_of(premise)
    if topic.question:
        if doing := asked_doing(words):
            return (Part({"part": doing}),)
        words = words[2:]
    told = "told" in topic.tags
    slot = "focus" if told else "topic" if topic.short else "part"
    if "brand" in topic.tags:
        return ()
    asked = bool(topic.question or topic.ask)
    return parts_of(words, slot=slot, known=(main,), bare=not told, asked=asked)
