"""A Spanish idea becomes a Frame."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..cleaning import join, split_headline
from ..pack import Frame, Theme, rank_themes
from .clauses import CLITICS
from .clean import clean, parts, sentence_case, words_of
from .deeds import Tale, is_minded, is_stative
from .lexicon import lexicon, plain
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, definite
from .phrases import ADVERBS
from .questions import GREETINGS, read_topic
from .slots import topic_slots
from .tale import hero_slots, read_tale
from .tasks import announced, one_of
from .topic import ASKING, Topic

__all__ = ["analyse"]

_FACTUAL = frozenset(("explainer", "product", "listicle", "documentary", "news"))
"""Templates in which a being that does nothing ("unas abejas") is a topic, no hero."""
_LONGEST_TITLE = 9
_LONGEST_NAME = 9
_UNNAMED = {
    "product": "esta idea",
    "news": "esta noticia",
    "listicle": "este tema",
    "explainer": "este tema",
}
"""How a template names an idea that has no name of its own."""
_PARTS = ("ask", "told", "does", "deed", "goal", "trouble")
"""Slots whose presence is a tag, so that a pattern can be for ideas without them."""


def analyse(idea: str, template: str, themes: Mapping[str, Theme]) -> Frame:
    """Take an idea apart for a template."""
    premise, further = parts(clean(idea))
    named, premise = split_headline(premise)
    words = words_of(premise) or ["esto"]
    tale = read_tale(words) if _may_be_tale(words, premise) else None
    called = set(tale.hero.again.split()) if tale is not None and tale.hero.named else set()
    told = [word for word in words if word not in called] or words
    if "," in words[1:4] and words[0].lower() not in DETERMINERS | PREPOSITIONS:
        told = words[words.index(",", 1) :]
    done = tale.deed.split()[:1] if tale is not None else []
    ranked = rank_themes(_weights([word for word in told if word not in done], further), themes)
    if tale is not None and named and not tale.hero.animate and not tale.hero.named:
        tale = None
    if tale is not None and template == "product" and not tale.hero.animate:
        tale = None
    if tale is not None and tale.deed and not (tale.hero.animate or is_minded(tale)):
        tale = None
    if tale is not None and template in _FACTUAL and _is_place(tale, news=template == "news"):
        tale = None
    if tale is not None and template in _FACTUAL and not tale.hero.named:
        # What things do ("el ayuntamiento cierra la plaza") is news of a thing, nobody's tale.
        tale = tale if tale.deed and tale.hero.animate else None
    if tale is not None:
        return _hero_frame(tale, premise, further, ranked, named)
    if named and words[0].lower() in ("un", "una", "el", "la", "los", "las"):
        words = [*words_of(named), ",", *words]
    topic = read_topic(words, premise)
    if template == "product" and topic.whole.startswith(("un ", "una ")):
        # "Aqu\u00ed est\u00e1 la silla que ...": what is sold is shown, not just mentioned.
        topic.whole = join(definite(topic.whole.split()) or [topic.whole])
    if len(topic.short.split()) > _LONGEST_NAME:
        topic = Topic("", quoted=True, told=premise.rstrip(".!? "), tags={"quoted"})
        topic.short = topic.whole = "esta historia"
    if topic.quoted and template in _UNNAMED:
        topic.whole = topic.short = _UNNAMED[template]
        topic.plural = False
        topic.gender = "f" if topic.short.startswith("esta") else "m"
    return _topic_frame(topic, premise, further, ranked, named)


def _is_place(tale: Tale, *, news: bool) -> bool:
    """Whether a name is a town or, in the news, may be a firm; or somebody who does nothing."""
    hero, sets = tale.hero, lexicon().sets
    if not hero.named:
        return False
    name = plain(hero.again)
    known = plain(hero.again.split()[0]) in sets["bare_names"] | sets["names"] or " " in hero.again
    described = hero.first != hero.again
    firm = news and not (known or described or is_minded(tale))
    return not tale.deed or name in sets["places"] or firm


def _may_be_tale(words: list[str], premise: str) -> bool:
    first, words = words[0].lower(), [*words, ""]
    asks = first in ASKING or (first in PREPOSITIONS and words[1:2] == ["qu\u00e9"])
    event = (
        len(words) > 3
        and words[1].lower() in ("d\u00eda", "noche", "a\u00f1o")
        and first in ("el", "la")
    )
    speaks = "yo" in [word.lower() for word in words[:6]]
    greets = first in GREETINGS and len(words) > 2
    adverb = first in ADVERBS and words[1].lower() != ","
    return not (premise.endswith("?") or asks or event or speaks or adverb or greets)


def _weights(words: list[str], further: list[str]) -> dict[str, float]:
    """The words of the premise weigh most, those at its front a little more; without accents."""
    weights: dict[str, float] = {}
    for sentence in further:
        for word in re.findall(r"[\w-]+", plain(sentence)):
            weights[word] = max(weights.get(word, 0), 0.3)
    for index, word in enumerate(words):
        if index and words[index - 1].lower() in CLITICS - {"lo"}:
            # "Te cuentan" and "se queman" are verbs, whatever nouns look like them.
            continue
        weights[plain(word)] = 1.25 if index < 5 else 1.0
        if re.fullmatch(r"1\d{3}", word):
            weights["historia"] = 1.0
    small = {plain(word) for word in DETERMINERS | PREPOSITIONS | NUMBERS | CLITICS | {"os"}}
    small |= {plain(word) for word in lexicon().sets["function"]}
    return {word: weight for word, weight in weights.items() if word not in small}


def _keywords(*phrases: str) -> frozenset[str]:
    stop = lexicon().sets["function"] | DETERMINERS | PREPOSITIONS | NUMBERS
    return frozenset(
        word for phrase in phrases for word in re.findall(r"[^\W_]+", phrase.lower())
        if word not in stop and len(word) > 2
    )  # fmt: skip


def _hero_frame(
    tale: Tale, premise: str, further: list[str], ranked: tuple[str, ...], named: str
) -> Frame:
    hero = tale.hero
    tags = {"plural" if hero.plural else "single"}
    for tag, has in (
        ("person", hero.person), ("animate", hero.animate), ("named", hero.named),
        ("gendered", bool(hero.gender)), ("feminine", hero.gender == "f"),
    ):  # fmt: skip
        tags |= {tag} if has else set()
    tags |= {"stative"} if is_stative(tale) else set()
    slots = hero_slots(tale)
    tags |= {part for part in _PARTS if slots.get(part)}
    first = hero.first.rstrip(",")
    known = first.removeprefix(hero.again).strip(" ,") if first != hero.again else tale.deed
    return Frame(
        kind="hero",
        slots=_paired(slots, hero.plural and " y " in hero.again),
        subject=first,
        action=tale.full if len(tale.full.split()) <= 16 else tale.deed,
        title=sentence_case(named) if named else _hero_title(tale, premise),
        logline=_sentence(f"{hero.first} {tale.full or tale.deed}" if tale.deed else premise),
        tags=frozenset(tags),
        keywords=_keywords(premise, hero.again),
        themes=ranked,
        given=tuple(further),
        cast=((hero.again, known),) if hero.named else (),
    )


def _paired(slots: dict[str, str], pair: bool) -> dict[str, str]:
    """Mark the "y" of a pair, so that `polish` can say "del perro y del gato"."""
    names = ("hero", "a_hero", "al_hero", "al_a_hero", "topic", "whole", "al_topic", "al_whole")
    if not pair:
        return slots
    return {
        name: text.replace(" y ", " y\u00a0", 1) if name in names else text
        for name, text in slots.items()
    }


def _hero_title(tale: Tale, premise: str) -> str:
    bare = premise.strip(" ,.!")
    if len(bare.split()) <= _LONGEST_TITLE and "," not in bare:
        return sentence_case(bare)
    if tale.thing and " y " not in tale.hero.again:
        return sentence_case(f"{tale.hero.again} y {tale.thing}")
    return sentence_case(tale.hero.again)


def _sentence(text: str) -> str:
    return sentence_case(re.sub(r"\s+", " ", text).strip(" ,.!?")) + "."


def _opening(text: str) -> str:
    """The first words of a long idea, not ending on a small one."""
    first = text.split()[:6]
    while len(first) > 1 and first[-1].lower() in DETERMINERS | PREPOSITIONS | {"que", "y"}:
        first.pop()
    return " ".join(first)


def _topic_frame(
    topic: Topic, premise: str, further: list[str], ranked: tuple[str, ...], named: str
) -> Frame:
    bare = premise.rstrip(".!? ")
    asked = topic.ask or topic.supposed
    question = f"\u00bf{sentence_case(asked)}?" if asked else ""
    if premise.endswith("?") and not question:
        question = f"\u00bf{sentence_case(bare)}?"
    tags = {*topic.tags, "plural" if topic.plural else "single"}
    tags |= {"gendered"} if topic.gender else set()
    tags |= {"feminine"} if topic.gender == "f" else set()
    tags |= {"name"} if topic.name else set()
    slots = topic_slots(topic, question)
    slots["one"] = one_of(words_of(premise))
    tags |= {"counted"} if slots["one"] else set()
    tags |= {part for part in _PARTS if slots.get(part)}
    tags |= {"ask"} if question else set()
    short = len(bare.split()) <= _LONGEST_TITLE
    title = named or (bare if short else topic.short if not topic.quoted else "")
    if "brand" in topic.tags:
        title = topic.short
    elif question and short and not named:
        title = question
    return Frame(
        kind="topic",
        slots=_paired(slots, topic.plural and " y " in topic.short),
        subject=topic.whole.rstrip(",") if not topic.quoted else join(words_of(bare)[:14]),
        title=sentence_case(title or _opening(bare)),
        logline=question or _sentence(bare),
        tags=frozenset(tags),
        keywords=_keywords(premise, topic.short),
        themes=ranked,
        given=tuple(further),
        items=announced(words_of(premise)),
    )
