"""A Spanish idea becomes a Frame."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..cleaning import join, split_headline
from ..pack import Frame, Part, Theme, rank_themes
from .clean import clean, parts, sentence_case, words_of
from .deeds import acts_at, goal_of, told_of, told_short
from .heads import front
from .lexicon import lexicon, plain, word_set
from .naming import SOMEBODY, Head, is_somebody
from .nouns import (
    COUNTED,
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
)
from .questions import asked_of, indirect, question_of, turns, within_sentence
from .subjects import is_premises, named_head, offered_in
from .tasks import announced, chore_of, item_of, told_to, yours
from .verbs import CLITICS, is_finite, is_infinitive
from .views import ADDRESSING, TALES, lowered, views_of, words_in

__all__ = ["analyse"]

_FACTUAL = ("news", "product", "explainer", "listicle")
"""Templates that keep to their own lines: no camera looks for anything in them."""
_OWN = word_set("tu tus mi mis nuestro nuestra nuestros nuestras")
_THEIRS = word_set(
    "su sus mi mis nuestro nuestra nuestros nuestras vuestro vuestra vuestros vuestras"
)
_TIMED = word_set(
    "dia noche manana tarde madrugada invierno verano otono primavera lunes martes miercoles jueves"
    " viernes sabado domingo amanecer anochecer medianoche hoy ayer ahora hora horas navidad enero"
    " febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
"""Words of an idea that says itself when it plays."""
_GONE = word_set(
    "muerto muerta muertos muertas murio muere mueren morir desaparecido desaparecida desaparecio"
    " fallecio fallece falta faltan enterrado enterrada entierro luto viudo viuda"
)
"""Who is dead goes nowhere; without accents."""
_DENYING = ("nunca", "jam\u00e1s", "no", "sin")
_DENIED = -3.0
_NEAR = 2
"""Words behind somebody that may tell of his death; further on, another has died."""
_LONGEST_TITLE = 18
_LONGEST_ASK = 14
_LONGEST_HEADLINE = 105
_BARE_ITEM = 3
"""Slots of one thing of a list where the idea says no more about it."""


def analyse(idea: str, template: str, themes: Mapping[str, Theme]) -> Frame:
    """Take an idea apart for a template."""
    premise, further = parts(
        clean(idea), sold=template == "product", taught=template == "explainer"
    )
    named, body = split_headline(premise)
    words = lowered(words_of(premise) or ["esto"])
    if template == "explainer" and turns(words):
        premise = f"{premise.rstrip('. ')}?"
    asked = asked_of(words, premise)
    done = told_to(words) if template == "explainer" else words
    chore = _chore(done, template)
    head = None if chore else named_head(named, body, words, asked=bool(asked), template=template)
    if template == "product" and asked and further:
        head = head or offered_in(further[0])
    items = announced(words) if template == "listicle" else 0
    slots = {
        "idea": "" if asked else _headline(premise, words),
        "question": question_of(asked),
        "ask": indirect(asked),
        "asked": within_sentence(asked),
        "focus": chore,
        "task": _task(done, chore, template),
    }
    tags = _tags(words, premise, template, head)
    tags |= {"ask"} if asked else set()
    tags |= {"task"} if chore else set()
    oneself = (word.endswith("rte") and is_infinitive(word[:-2]) for word in chore.split())
    tags |= {"self"} if any(oneself) else set()
    tags |= {"announced"} if items else set()
    tags |= {"own"} if head and re.match("nuestr", head.text) else set()
    told = words[: head.end + _NEAR if head else None]
    gone = _GONE & {plain(word) for word in told}
    hero = is_somebody(head) and not gone and template in TALES and not (asked or named or chore)
    known = (head.short if hero else head.text) if head is not None else ""
    slots |= _named(known, words, head, hero=hero)
    tags |= {"doer"} if hero else set()
    item = item_of(words) if items else {}
    if item.get("item") == "cosa" and len(item) == _BARE_ITEM:
        item = {}  # "la cosa" says nothing by itself
    if items:
        slots |= item
        tags |= {"items"} if item else set()
        # "La cosa" says nothing by itself.
        tags |= {"vague"} if item.get("item") == "cosa" and len(item) > _BARE_ITEM else set()
        slots |= {"counted": _uncounted(words), "typed": sentence_case(premise.rstrip(".! "))}
    views: list[Part] = []
    if not item or chore:
        # What stands in front of somebody says when or where.
        start = max(acts_at(words, head.end), front(words)) if hero and head else 0
        views = views_of(
            words, further, known, hero=hero, chore=chore, template=template, start=start
        )
    if not (views or known or chore or items) and slots["ask"]:
        tags -= {"parted"}  # the question itself is all that there is to tell
    if views and not known and not chore:
        tags |= {"quoted"} if "topic" not in views[0].slots else set()
        tags = tags - {"single", "plural"} | {"plural" if views[0].plural else "single"}
    if template == "product" and views and not known and "topic" in views[0].slots:
        tags |= {"mentioned"}
    among = bool(views) and known != "" and "topic" in views[0].slots
    slots |= views[0].slots if views and not among else {}
    bare = premise.rstrip(".!? ")
    return Frame(
        kind="hero" if hero else "topic",
        slots=slots,
        subject=(SOMEBODY.get(head.text, head.text) if head else "")
        or re.sub(r"(?:, ?)+,", ",", join(words[:14])),
        action=join(words[head.end :][:16]) if hero and head else "",
        title=slots["question"] if asked and _short(bare) else sentence_case(_title(bare, known)),
        logline=slots["question"] or f"{sentence_case(slots['idea'])}.",
        tags=frozenset(tags),
        keywords=_keywords(premise, known, *item.values(), *words_in(views), *further),
        themes=rank_themes(_weights(words, further), themes),
        given=tuple(further),
        cast=((known, join(words[head.end :])),) if hero and head and head.named else (),
        parts=tuple(views if among else views[1:]),
        items=items,
    )


def _named(known: str, words: Sequence[str], head: Head | None, *, hero: bool) -> dict[str, str]:
    """The slots of what the idea is about: somebody's deed and wish too."""
    if head is None:
        return {}
    if not hero:
        return {"topic": known}
    return {
        "hero": known,
        # "Nadie ayuda a ella" lacks its other pronoun.
        "al_hero": "" if known in SOMEBODY else f"a {known}",
        "told": told_of(known, words, head.end, plural=head.plural),
        "focus": goal_of(words, head.end),
    }


def _tags(words: Sequence[str], premise: str, template: str, head: Head | None) -> set[str]:
    tags = {"parted", "plural" if head and head.plural else "single"}
    tags |= {"headed"} if ":" in premise else set()
    tags |= {"factual"} if template in _FACTUAL else set()
    tags |= {"timed"} if _TIMED & {plain(word) for word in words} else set()
    tags |= {"name"} if head and head.named else set()
    tags |= {"pronoun"} if head and head.text in SOMEBODY else set()
    if template == "product" and head:
        own = re.match(r"(?:tus?|vuestr[oa]s?) ", head.text) is not None
        # "Reserva tu mesa": nobody cares for that.
        cared = {"yours"} if re.match("tus?$|vuestr", words[0].lower()) else set()
        kept = {"mentioned", *cared} if own else set()
        tags |= {"premises"} if is_premises(head, words) else kept
    return tags | ({"person"} if head and head.person else set())


def _chore(words: Sequence[str], template: str) -> str:
    """What there is to do, as the viewer would do it, if it can be said of anybody."""
    chore = chore_of(words)
    whose = {word.lower() for word in chore.split()}
    if whose & (_THEIRS if template in ADDRESSING else _OWN):
        return ""  # nobody else can do what is yours
    return yours(chore) if template in ADDRESSING else chore


def _task(words: Sequence[str], chore: str, template: str) -> str:
    """All that there is to do, as it was typed, of which `chore` is the beginning."""
    text = yours(join(words)) if template in ADDRESSING else join(words)
    at = text.lower().find(chore.lower()) if chore else -1
    rest = text[at:] if at >= 0 else chore
    return rest if len(rest.split()) <= _LONGEST_ASK else chore


def _weights(words: Sequence[str], further: Sequence[str]) -> dict[str, float]:
    """The words of the premise weigh most, those at its front a little more; without accents."""
    weights: dict[str, float] = {}
    for sentence in further:
        for word in re.findall(r"[\w-]+", plain(sentence)):
            weights[word] = max(weights.get(word, 0), 0.3)
    for index, word in enumerate(words):
        if index and words[index - 1].lower() in CLITICS - {"lo"}:
            # "Te cuentan" and "se queman" are verbs, whatever nouns look like them.
            continue
        before = words[index - 1] if index else ""
        named = before.islower() and before not in {*PREPOSITIONS, *DETERMINERS, "y", "e"}
        named = named and word[:1].isupper() and not is_finite(before)
        # "Entre Le\u00f3n y Oviedo" there are no lions.
        sets, bare = lexicon().sets, plain(word)
        place = bool(index) and word[:1].isupper() and bare in sets["places"]
        place = place and bare in sets["being"] | sets["masculine"] | sets["feminine"]
        if (len(word) > 1 and word.isupper()) or named or place:
            continue  # "El AVE" is no bird, "el edred\u00f3n Nube" brings no rain
        if word in COUNTED:
            continue  # "los 3 secretos de un buen caf\u00e9" are told by day
        if word == "plantas" and words[index - 1].lower() in NUMBERS:
            continue  # floors
        weights[plain(word)] = 1.25 if index < 5 else 1.0
        before = before.lower()
        if before in _DENYING:
            # Where it never rains, no film shows rain.
            weights[plain(word)] = 0 if before == "sin" else _DENIED
        if re.fullmatch(r"1\d{3}", word):
            weights["historia"] = 1.0
    small = {plain(word) for word in DETERMINERS | PREPOSITIONS | NUMBERS | CLITICS}
    small |= {plain(word) for word in lexicon().sets["function"]}
    return {word: weight for word, weight in weights.items() if word not in small}


def _keywords(*phrases: str) -> frozenset[str]:
    stop = lexicon().sets["function"] | DETERMINERS | PREPOSITIONS | NUMBERS
    words = [word for phrase in phrases for word in re.findall(r"[^\W_]+", phrase.lower())]
    # An idea of small words alone ("sin ti") is known by them.
    return frozenset([word for word in words if word not in stop and len(word) > 2] or words)


def _short(bare: str) -> bool:
    return len(bare.split()) <= _LONGEST_TITLE


def _title(bare: str, known: str) -> str:
    """The idea, if it is short; else its first clause, its name or its first words."""
    clauses = [bare] if known and front(words_of(bare)) else [bare, re.split(r"[,:;] ", bare)[0]]
    for text in clauses:
        if _short(text) and (text == bare or len(text.split()) > 2):
            return text
    return known or " ".join(bare.split()[:8]) + "\u2026"


def _goes_on(words: Sequence[str]) -> bool:
    """Whether a list without its number is a noun phrase still: "se\u00f1ales de que ..."."""
    at = 2 if words[0].lower() == "top" else 1
    behind = words[at + 1].lower() if at + 1 < len(words) else ""
    return words[at].lower() in COUNTED or behind in PREPOSITIONS | {"que"}


def _uncounted(words: Sequence[str]) -> str:
    """A list without its number: "Los 6 pueblos de Asturias" are "Los pueblos de Asturias"."""
    led = words[0].lower() in ("los", "las", "mis")
    top = words[0].lower() == "top"
    return sentence_case(join([words[0], *words[2:]] if led else words[2 if top else 1 :]))


def _headline(premise: str, words: Sequence[str]) -> str:
    """The idea as it was typed, or as much of it as can be said in one scene."""
    bare = premise.rstrip(".!? ")
    if len(bare) > _LONGEST_HEADLINE and (short := told_short(words, front(words))):
        return short
    pieces = re.split(r"(?=[,:;] )", words[0][:1] + bare[1:])
    while len(pieces) > 1 and len("".join(pieces)) > _LONGEST_HEADLINE:
        pieces.pop()
    return "".join(pieces)
