"""A Spanish idea becomes a Frame."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..cleaning import join, split_headline
from ..pack import Frame, Theme, rank_themes
from .clauses import CLITICS, find_verb
from .clean import clean, parts, sentence_case, words_of
from .deeds import Tale, is_stative
from .lexicon import lexicon, plain, word_set
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, definite, is_known_noun
from .parts import clauses_of, others_of, things_besides
from .phrases import first_phrase, is_first_person
from .reading import FACTUAL, answer, is_hero, may_be_tale, offered, read, reported, telling
from .slots import brief, hero_slots, topic_slots
from .tale import read_tale
from .tasks import announced, one_of, one_short
from .told import about
from .topic import Topic, lowered

__all__ = ["analyse"]

_LONGEST_HEADLINE = 105
_TIMED = word_set(
    "dia noche manana tarde madrugada invierno verano otono primavera lunes martes miercoles jueves"
    " viernes sabado domingo amanecer anochecer medianoche hoy ayer ahora hora horas navidad enero"
    " febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
"""Words of an idea that says itself when it plays."""
_PLAIN = FACTUAL - {"documentary"}
"""Templates that keep to their own lines: no camera looks for anything in them."""
_OF_ITSELF = (
    r"(?:(?:qu\u00e9|qui\u00e9n|qui\u00e9nes|cu\u00e1l|cu\u00e1les) (?:es|son|fue|fueron|era|eran)"
    r"|c\u00f3mo funcionan?|para qu\u00e9 sirven?|qu\u00e9 \\w+ (?:hay|existen?)) "
)
"""Questions that ask about a thing itself, and not about something that happens to it."""
_DENYING = ("nunca", "jam\u00e1s", "no", "sin")
_DENIED = -3.0
_LONGEST_TITLE = 18
_LONGEST_NAME = 9
_LONGEST_SOLD = 5
_FIRST_SOLD = 3
"""Among how many words at the front stands what is sold."""
_PARTS = ("ask", "told", "does", "deed", "goal", "trouble", "topic", "whom", "whole")
"""Slots whose presence is a tag, so that a pattern can be for ideas without them."""


def analyse(idea: str, template: str, themes: Mapping[str, Theme]) -> Frame:
    """Take an idea apart for a template."""
    premise, further = parts(clean(idea))
    typed = premise
    named, premise = split_headline(premise)
    words = words_of(premise) or ["esto"]
    tale = read_tale(words) if may_be_tale(words, premise) else None
    ranked = rank_themes(_weights(telling(words, tale), further), themes)
    followed = tale is not None and is_hero(tale, template, named, further)
    if tale is not None and followed and template not in FACTUAL:
        return _hero_frame(tale, _Idea(typed, premise, words, further, named), ranked, template)
    topic = read(words, premise, named, template)
    if tale is not None and followed:
        topic = reported(tale.hero, join(lowered(words)))
    if template == "news" and topic.task and words[0].lower() in lexicon().forms:
        # "Reabre el teatro": news tell nobody to do it.
        topic = about(first_phrase(words[1:]), join(lowered(words)))
    asks = premise.endswith("?") and bool(further)
    if asks and template == "product":
        # What the question names is the trouble: nobody sells that.
        topic = answer(words_of(further[0])) or offered(further)
    elif asks and (topic.quoted or topic.doing):
        topic = answer(words_of(further[0])) or topic
    if template == "explainer" and topic.ask and not re.match(_OF_ITSELF, topic.ask):
        # Why a head aches is a question about no head: it is only a part of it.
        topic.quoted = True
    if template == "product" and topic.short.startswith(("tu ", "tus ")):
        # Whose own it is knows it already: it is not what is sold, unless nothing else is said.
        served = is_first_person(words) or find_verb(words, 1)
        short = None if served else definite(topic.short.split()[1:])
        topic.quoted = short is None
        topic.short = topic.whole = join(short or [topic.short])
    if template == "product" and not topic.name:
        topic.short = brief(topic.short, _LONGEST_SOLD)
    if template == "product" and not (asks or topic.name or topic.task or topic.quoted):
        # What is spoken of further in ("te ayudamos con la renta") is not what is sold.
        first = {word.lower() for word in words[:_FIRST_SOLD]}
        topic.quoted = not first & {word.lower() for word in topic.short.split()[:3]} - DETERMINERS
    if len(topic.short.split()) > _LONGEST_NAME or topic.short.startswith(("su ", "sus ")):
        # Nobody can tell whose own it is; a town or a firm may have it.
        owner = words[0][:1].isupper() and words[1].lower() in lexicon().forms
        owner = owner and not is_known_noun(words[0]) and words[0].lower() not in DETERMINERS
        name = words[0] if owner else ""
        tags = set() if owner else {"quoted"}
        topic = Topic(
            name, name, quoted=not owner, name=owner, told=join(lowered(words)), tags=tags
        )
    return _topic_frame(topic, _Idea(typed, premise, words, further, named), ranked, template)


@dataclass(frozen=True)
class _Idea:
    """An idea as it was typed, and what it was split into."""

    typed: str
    premise: str
    words: list[str]
    further: list[str]
    named: str


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
        before = words[index - 1].lower() if index else ""
        if before in _DENYING:
            # Where it never rains, no film shows rain.
            weights[plain(word)] = 0 if before == "sin" else _DENIED
        if re.fullmatch(r"1\d{3}", word):
            weights["historia"] = 1.0
    small = {plain(word) for word in DETERMINERS | PREPOSITIONS | NUMBERS | CLITICS | {"os"}}
    small |= {plain(word) for word in lexicon().sets["function"]}
    return {word: weight for word, weight in weights.items() if word not in small}


def _keywords(*phrases: str) -> frozenset[str]:
    stop = lexicon().sets["function"] | DETERMINERS | PREPOSITIONS | NUMBERS
    words = [word for phrase in phrases for word in re.findall(r"[^\W_]+", phrase.lower())]
    # An idea of small words alone ("sin ti") is known by them.
    return frozenset([word for word in words if word not in stop and len(word) > 2] or words)


def _hero_frame(tale: Tale, idea: _Idea, ranked: tuple[str, ...], template: str) -> Frame:
    hero, premise = tale.hero, idea.premise
    tags = {"plural" if hero.plural else "single"}
    for tag, has in (
        ("person", hero.person), ("animate", hero.animate), ("named", hero.named),
        ("gendered", bool(hero.gender)), ("feminine", hero.gender == "f"),
    ):  # fmt: skip
        tags |= {tag} if has else set()
    tags |= {"stative"} if is_stative(tale) else set()
    tags |= {"timed"} if _TIMED & {plain(word) for word in words_of(premise)} else set()
    slots = hero_slots(tale)
    tags |= {"led"} if tale.when and tale.when not in tale.full else set()
    tags |= {"willed"} if slots["quest"] else set()
    tags |= {part for part in _PARTS if slots.get(part)}
    slots["idea"] = _headline(idea.typed)
    tags |= {"pair"} if " y " in hero.again else set()
    further_slots, more = things_besides(tale, words_of(" ".join([premise, *idea.further])))
    slots |= further_slots
    told = f"{hero.first} {tale.full or tale.deed}" if tale.deed else premise
    first = hero.first.rstrip(",")
    known = first.removeprefix(hero.again).strip(" ,") if first != hero.again else tale.deed
    return Frame(
        kind="hero",
        slots=_paired(slots, hero.plural and " y " in hero.again),
        subject=first,
        action=tale.full if len(tale.full.split()) <= 16 else tale.deed,
        title=sentence_case(idea.named) if idea.named else _hero_title(tale, premise),
        logline=_sentence(slots["idea"] if "led" in tags else told),
        tags=frozenset(tags),
        keywords=_keywords(premise, hero.again),
        themes=ranked,
        given=tuple(idea.further),
        parts=more,
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
    return sentence_case(_typed_title(premise.strip(" ,.!")) or tale.hero.again)


def _typed_title(bare: str) -> str:
    """The idea as it was typed, or its first clause; nothing where that is long or says little."""
    for text in (bare, re.split(r"[,:;] ", bare)[0]):
        if 2 < len(text.split()) <= _LONGEST_TITLE or (text == bare and len(text.split()) < 3):
            return text
    return ""


def _sentence(text: str) -> str:
    return sentence_case(re.sub(r"\s+", " ", text).strip(" ,.!?")) + "."


def _opening(text: str) -> str:
    """The first words of a long idea, not ending on a small one."""
    first = text.split()[:6]
    while len(first) > 1 and first[-1].lower() in DETERMINERS | PREPOSITIONS | {"que", "y"}:
        first.pop()
    return " ".join(first)


def _topic_frame(topic: Topic, idea: _Idea, ranked: tuple[str, ...], template: str) -> Frame:
    bare = idea.premise.rstrip(".!? ")
    asked = topic.ask or topic.supposed
    question = f"\u00bf{sentence_case(asked)}?" if asked else ""
    if idea.premise.endswith("?") and not question:
        question = f"\u00bf{sentence_case(bare)}?"
    tags = {*topic.tags, "plural" if topic.plural else "single"}
    tags |= {"quoted"} if topic.quoted else set()
    tags |= {"gendered"} if topic.gender else set()
    tags |= {"feminine"} if topic.gender == "f" else set()
    tags |= {"name"} if topic.name else set()
    tags |= {"person"} if topic.person else set()
    tags |= {"timed"} if _TIMED & {plain(word) for word in idea.words} else set()
    slots = topic_slots(topic, question)
    items = announced(idea.words)
    one = one_of(idea.words) if items or template == "listicle" else ""
    if topic.ask:
        slots["ask"] = (clauses_of(words_of(topic.ask)) or [topic.ask])[0]
    slots |= {
        "one": one,
        "one_short": one_short(idea.words) if one else "",
        "idea": "" if question else _headline(idea.typed),
    }
    if items:
        slots |= {"counted": _uncounted(idea.words), "typed": sentence_case(bare)}
    further_slots, more = others_of(
        topic, slots, idea.words, idea.further, verse=template == "poem"
    )
    slots |= further_slots
    tags |= {"counted"} if one else set()
    tags |= {"one_short"} if slots["one_short"] else set()
    kind = slots["one_short"].split()[-1:]
    tags |= {"apart"} if kind and plain(kind[0])[:-1] not in plain(slots["topic"]) else set()
    tags -= {"apart"} if slots["topic"].startswith("lo ") else set()
    tags |= {"factual"} if template in _PLAIN else set()
    tags |= {"announced"} if items else set()
    tags |= {part for part in _PARTS if slots.get(part)}
    tags |= {"ask"} if question else set()
    tags |= {"parted"} if any(slots.get(each) for each in ("part", "word", "these")) else set()
    told = topic.told if ":" in topic.told else bare
    typed = _typed_title(bare)
    title = idea.named or typed or (topic.short if not topic.quoted else "")
    if "brand" in topic.tags:
        title = topic.short
    elif question and typed == bare and not idea.named:
        title = question
    return Frame(
        kind="topic",
        slots=_paired(
            slots, topic.plural and " y " in topic.short and " entre " not in topic.short
        ),
        subject=topic.whole.rstrip(",") if not topic.quoted else join(words_of(bare)[:14]),
        title=sentence_case(title or _opening(bare)),
        logline=question or _sentence(slots["idea"] if template == "news" else told),
        tags=frozenset(tags),
        keywords=_keywords(idea.typed, slots["topic"], slots["doing"], one, slots["one_short"])
        | {"hacerlo", "palabras"},
        themes=ranked,
        given=tuple(idea.further),
        parts=more,
        items=items,
    )


def _uncounted(words: list[str]) -> str:
    """A list without its number: "Los 6 pueblos de Asturias" are "Los pueblos de Asturias"."""
    led = words[0].lower() in ("los", "las")
    return sentence_case(join([words[0], *words[2:]] if led else words[1:]))


def _headline(typed: str) -> str:
    """The idea as it was typed, or as much of it as can be said in one scene."""
    pieces = re.split(r"(?=[,:;] )", typed.rstrip(".! "))
    while len(pieces) > 1 and len("".join(pieces)) > _LONGEST_HEADLINE:
        pieces.pop()
    return "".join(pieces)
