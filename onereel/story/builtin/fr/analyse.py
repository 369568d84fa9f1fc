"""A French idea becomes a Frame."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ..cleaning import join, split_headline, words_of
from ..pack import Frame, Theme, rank_themes
from .clauses import is_verb
from .clean import clean, parts, sentence
from .deeds import is_minded
from .headlines import count_of, counted_tail, is_brand, under_headline, without_event
from .lexicon import fold, lexicon, singular_of
from .lists import list_slots, list_tags
from .nouns import is_number, lowered, word_in
from .phrases import owned_by_nobody
from .questions import asks, read_question
from .slots import hero_slots, parts_of, topic_slots
from .statements import read_statement
from .tale import Tale, read_tale
from .topic import UNNAMED, Topic, several
from .typography import polish, title

__all__ = ["analyse"]

_FACTUAL = frozenset(("explainer", "product", "listicle", "documentary", "news"))
"""Templates in which a being that does nothing ("abeilles") is a topic, no hero."""
_LONGEST_TITLE = 9
_LONGEST_LISTED = 13
_LONGEST_NAME = 10
_LASTING = frozenset((
    *("a", "ont", "est", "sont", "\u00e9tait", "\u00e9taient", "avait", "avaient", "ne", "n'a"),
    *("aime", "aiment", "sait", "savent", "vit", "vivent", "r\u00eave", "r\u00eavent", "veut"),
    *("veulent", "habite", "habitent"),
    *("adore", "adorent", "d\u00e9teste", "d\u00e9testent", "doit", "peut"),
))  # fmt: skip
"""Verbs of what is no event, so that it does not happen "one day"."""
_OFFER = r"(?i)(?:d\u00e9couvrez|voici|essayez|adoptez|optez pour|rencontrez|avec)\s+(.+)$"
_BROKEN = (
    r"(?i)(?:l'|(?:les?|la|une?) )(?:\u00e0|de|des|du|en|sur|dans|par|pour|les?|la|une?|qui|que"
    r"|et|ou|ne|se|pas)(?: |$)"
)
"""What no noun phrase begins with: who reads so is better told the idea as it is."""
_UNNAMED = {
    "product": "cette id\u00e9e", "news": "cette information", "listicle": "ce sujet",
    "explainer": "ce sujet",
}  # fmt: skip
"""How a template names an idea that has no name of its own."""


def analyse(idea: str, template: str, themes: Mapping[str, Theme]) -> Frame:
    """Take an idea apart for a template."""
    premise, further = parts(clean(idea))
    premise, tail = counted_tail(premise)
    if template == "listicle" and further and counted_tail(f"en bref : {further[0]}")[1]:
        tail, further = further[0].rstrip(".!? "), further[1:]
    headline, premise = split_headline(premise)
    words = words_of(premise) or ["ceci"]
    if headline and template != "news" and is_brand(headline, words):
        words = words_of(f"{headline}, {premise}")
    tale = _tale(words, premise, template)
    done = tale.deed.split()[:1] if tale is not None else []
    ranked = rank_themes(_weights([word for word in words if word not in done], further), themes)
    if tale is not None:
        frame = _hero_frame(tale, premise)
        if headline and template == "news":
            frame = _reported(frame, headline, premise)
    else:
        shown = re.match(_OFFER, premise) if template == "product" and headline else None
        premise = shown[1] if shown else premise
        words = words_of(premise) if shown else words
        topic = read_question(premise) if asks(premise) else read_statement(words, premise)
        topic = under_headline(headline, topic, premise) if headline else topic
        offer = re.match(_OFFER, further[0]) if further and template == "product" else None
        if offer and premise.endswith("?"):
            # "Assez des valises lourdes ? D\u00e9couvrez Plume": what is sold answers the question.
            answer = read_statement(words_of(offer[1]), offer[1])
            topic = replace(answer, question=premise, tags=answer.tags | {"ask"})
            further = further[1:]
        if len(topic.short.split()) > _LONGEST_NAME or re.match(_BROKEN, topic.short):
            claim = f"{lowered(words)[0][:1]}{premise[1:]}".rstrip(".!? ")
            topic = Topic(UNNAMED, short=UNNAMED, claim=claim, tags={"claim"})
        if topic.short == UNNAMED and template in _UNNAMED:
            topic.whole = topic.short = _UNNAMED[template]
        if template == "product" and topic.wares:
            topic.whole, topic.short = f"notre {topic.wares}", f"notre {topic.wares}"
        if template in ("news", "product") and not topic.claim:
            topic.short = without_event(topic.short)
        frame = _topic_frame(topic, premise, tail if template == "listicle" else "")
    return replace(
        frame,
        title=title(headline) if headline else frame.title,
        themes=ranked,
        given=tuple(further),
    )


def _reported(frame: Frame, headline: str, premise: str) -> Frame:
    """A tale under a headline of the news, which is told in front of it."""
    return replace(
        frame,
        slots={**frame.slots, "head": headline[:1].lower() + headline[1:]},
        keywords=frame.keywords | _keywords(headline),
        logline=sentence(f"{headline} : {premise}"),
    )


def _tale(words: list[str], premise: str, template: str) -> Tale | None:
    """Read the idea as a tale, where it is one and the template wants one."""
    if asks(premise):
        return None
    if is_number(words[0]) and len(words) > 1 and word_in(words[1], "list_words"):
        return None
    tale = read_tale(words) if several(lowered(words)) is None else None
    if tale is None:
        return None
    if tale.lead and re.match(r"(?:son|sa|ses) ", tale.hero.again):
        # "Quand papi dispara\u00eet, son chien ...": no later scene says whose it is.
        tale.hero = replace(tale.hero, again=_unowned(tale.hero.again), brief="")
    idle = not tale.deed and template in _FACTUAL
    for_sale = template == "product" and not tale.hero.animate
    unknown = singular_of(tale.hero.head) not in lexicon().gender and template not in _FACTUAL
    minded = tale.hero.animate or tale.hero.named or is_minded(tale) or unknown
    mindless = tale.deed and not minded
    general = tale.deed and not tale.hero.animate and not tale.hero.named and template in _FACTUAL
    place = template in _FACTUAL and _is_place(tale, news=template == "news")
    return None if idle or for_sale or general or mindless or place else tale


def _unowned(name: str) -> str:
    return join(owned_by_nobody(name.split()))


def _is_place(tale: Tale, *, news: bool) -> bool:
    """Whether a name that does something is a town or, in the news, may be a firm."""
    hero = tale.hero
    known = hero.again.split()[0].lower() in lexicon().names or " " in hero.again
    if not hero.named or hero.first != hero.again:
        return False
    return word_in(hero.again, "towns") or (news and not (known or is_minded(tale)))


def _weights(words: list[str], further: list[str]) -> dict[str, float]:
    """The words of the premise weigh most, those at its front a little more."""
    weights: dict[str, float] = {}
    for said in further:
        for word in re.findall(r"[\w-]+", fold(said)):
            weights[word] = 0.3
    for index, word in enumerate(words):
        called = index and word[:1].isupper() and not word_in(word, "towns")
        if word_in(word, "determiners", "prepositions") or (called and fold(word) != "noel"):
            # "Le facteur Cheval" keeps no horses.
            continue
        turned = re.search(r"-(?:ils?|elles?|on|nous|vous|tu|je|ce)$", word.lower()) is not None
        if turned or (index and word_in(words[index - 1], "pronouns", "clitics") and is_verb(word)):
            # "On tombe amoureux" is about no tomb.
            continue
        low = re.sub(r"^(?:\w|qu|jusqu|lorsqu)['\u2019]", "", fold(word))
        for part in {low, *low.split("-")}:
            weights[part] = 1.25 if index < 5 else 1.0
        if re.fullmatch(r"1\d{3}", low):
            weights["histoire"] = 1.0
    return weights


def _keywords(*phrases: str) -> frozenset[str]:
    stop = (
        lexicon().sets["function"] | lexicon().sets["determiners"] | lexicon().sets["prepositions"]
    )
    return frozenset(
        word
        for phrase in phrases
        for word in re.findall(r"[^\W_]+", phrase.lower())
        if word not in stop and len(word) > 2
    )


def _hero_frame(tale: Tale, premise: str) -> Frame:
    hero = tale.hero
    tags = {"plural" if hero.plural else "single"}
    tags.add("tale")
    tags |= {"person"} if hero.person else set()
    tags |= {"named"} if hero.named else set()
    tags |= {"idle"} if not tale.deed else set()
    tags |= {"lasting"} if tale.deed.split(" ")[0] in _LASTING else set()
    tags |= set() if hero.animate or hero.named else {"thing"}
    tags |= {"trouble"} if tale.trouble else set()
    tags |= {"goal"} if tale.goal else set()
    slots = hero_slots(tale)
    pronouns = {hero.pronoun} if hero.pronoun else set()
    return Frame(
        kind="hero",
        slots=slots,
        subject=hero.first.rstrip(","),
        action=tale.full if len(tale.full.split()) <= 18 else tale.deed,
        title=_hero_title(tale, premise.rstrip(".! ")),
        logline=sentence(premise),
        tags=frozenset(tags),
        keywords=_keywords(premise, hero.again, tale.goal, tale.base) | pronouns,
        cast=((hero.again.replace("~", " "), _known(tale)),) if hero.named else (),
    )


def _known(tale: Tale) -> str:
    """What is known of a named hero: who it is, else what it does."""
    hero = tale.hero
    rest = hero.first.replace(hero.again, "").strip(" ,")
    described = re.sub(r"\s*\b(?:sur)?(?:nomm|appel)\u00e9e?$", "", rest)
    return polish(described or tale.deed)


def _hero_title(tale: Tale, premise: str) -> str:
    if len(premise.split()) <= _LONGEST_TITLE and "," not in premise:
        return title(premise)
    return title(tale.hero.again)


def _announced(premise: str) -> int:
    """How many things a list idea announces, from "cinq raisons" or "10 conseils"; else 0."""
    words = re.sub(r"^(?:les|mes|nos|(?:le |mon )?top) ", "", premise.lower()).split()
    words = [words[0], *words[2:]] if words[1:2] in (["des"], ["de"]) else words
    listed = len(words) > 1 and lexicon().sets["list_words"] & set(words[1:4])
    if not (listed or (len(words) > 2 and words[1].endswith(("s", "x")))):
        return 0
    return count_of(words[0])


def _opening(text: str) -> str:
    """The first words of a long idea, not ending on a small one."""
    first = text.split()[:6]
    while len(first) > 1 and (
        word_in(first[-1], "determiners", "prepositions", "relatives", "pronouns")
        or len(first[-1]) < 3
    ):
        first.pop()
    return join(first)


def _topic_frame(topic: Topic, premise: str, tail: str) -> Frame:
    bare = re.sub(r"[.!? ]+$", "", premise)
    unnamed = topic.short in (UNNAMED, *_UNNAMED.values()) or "doing" in topic.tags
    unknown = {"unnamed"} if unnamed and "doing" not in topic.tags else set()
    items = _announced(bare) or (count_of(tail.removeprefix("nos ").split()[0]) if tail else 0)
    longest = _LONGEST_LISTED if items else _LONGEST_TITLE
    name = bare if len(bare.split()) <= longest else "" if unnamed else topic.short
    if topic.question and name == bare:
        name = f"{bare}?" if premise.endswith("?") or "?" not in topic.question else topic.question
    if "brand" in topic.tags:
        name = topic.short
    if "task" in topic.tags and re.match(r"^(?:je|j'|on|il)\b", bare, re.I):
        name = topic.task
    slots = topic_slots(topic)
    tags = {*topic.tags, *unknown, "plural" if topic.plural else "single"}
    tags |= {"does"} if topic.does else set()
    tags |= {"yours"} if re.search(r"\b(?:votre|vos|vous)\b", topic.task) else set()
    tags |= {"denied"} if topic.task.startswith(("ne ", "n'")) else set()
    slots |= list_slots(bare, tail=tail, items=items)
    tags |= list_tags(f"{tail} {bare}", topic, items=items)
    tags |= {"numbered"} if items else set()
    if topic.question:
        slots["question"] = polish(topic.question)
        slots["asked"] = polish(slots["asked"])
    return Frame(
        kind="topic",
        slots=slots,
        subject=topic.whole,
        title=title(name or _opening(bare)),
        logline=sentence(premise),
        tags=frozenset(tags),
        keywords=_keywords(premise, topic.short, topic.task),
        parts=parts_of(topic),
        items=items,
    )
