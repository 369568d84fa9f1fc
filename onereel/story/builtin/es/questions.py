"""Spanish ideas that ask: the question itself, as a clause, and what it asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .clean import sentence_case, words_of
from .lexicon import lexicon, plain, word_set
from .mentions import things_of
from .nouns import ARTICLES, DETERMINERS, is_person
from .things import Thing, thing_at
from .verbs import CLITICS

__all__ = [
    "ASKING",
    "asked_of",
    "deed_asked",
    "indirect",
    "question_of",
    "things_asked",
    "turns",
    "within_sentence",
]

ASKING = word_set(
    "c\u00f3mo qu\u00e9 qui\u00e9n qui\u00e9nes cu\u00e1ndo d\u00f3nde cu\u00e1nto"
    " cu\u00e1nta cu\u00e1ntos cu\u00e1ntas cu\u00e1l cu\u00e1les ad\u00f3nde"
)
_LED = word_set("por para a de con en desde hasta")
"""What may stand in front of a word that asks."""
_LONGEST_ASK = 14
_TURNED = word_set("es son puede pueden deber\u00eda deber\u00edan existe existen")
_SHORTEST_TURNED = 2
_BEING = ("existir", "funcionar", "servir", "doler", "importar", "influir")
_LIGHT = word_set("ser estar tener haber hacer poder querer deber ir decir dar saber poner ver")
"""Verbs that say nothing by themselves."""
_OURS = (("\u00e1bamos", "ar"), ("amos", "ar"), ("emos", "er"), ("imos", "ir"))


def asked_of(words: Sequence[str], premise: str) -> str:
    """The question that an idea asks, without its marks; "" where it asks none."""
    at = 1 if words[0].lower() in _LED and len(words) > 1 else 0
    marked = premise.endswith("?")
    body = premise.partition(": ")[2]
    if body and not marked and not asked_of(words_of(body), body):
        return ""  # "qu\u00e9 hacer en Bilbao: 5 ideas"
    if "," in words and not marked:
        return ""  # "por qu\u00e9 dej\u00e9 la carne, en 5 razones" is a title
    led = words[at].lower() in ASKING
    told = led and not at and len(words) > 1
    told = told and (words[1].lower() in DETERMINERS or words[1][:1].isupper())
    supposed = [word.lower() for word in words[:2]] == ["y", "si"] and premise[-1].isalnum()
    # "Es bueno el teletrabajo": no statement begins so.
    turned = words[0].lower() in _TURNED and len(words) > _SHORTEST_TURNED
    if not (marked or supposed or turned) and (not led or told):
        # "C\u00f3mo un pueblo salv\u00f3 su cine" tells how it did.
        return ""
    bare = premise.rstrip(".!? ")
    return join([words[0][:1] + bare[1:]])


def turns(words: Sequence[str]) -> bool:
    """Whether a verb in front of its subject asks, in a lesson: "duermen los peces"."""
    form = lexicon().forms.get(words[0].lower())
    asks = form is not None and (form.plural or form.verb in _BEING) and not form.past
    behind = words[1].lower() if len(words) > 1 else ""
    return asks and behind in ARTICLES and len(words) <= _LONGEST_ASK and "," not in words


def question_of(asked: str) -> str:
    """A question with its marks, the first of them where the clause that asks begins."""
    words = asked.split()
    begins = (
        at
        for at in range(1, len(words))
        if words[at - 1][-1:] == ":" or (words[at - 1][-1:] == "," and _asks(words, at))
    )
    at = next(begins, 0)
    if not asked:
        return ""
    front, asking = " ".join(words[:at]), " ".join(words[at:])
    return sentence_case(f"{front} \u00bf{asking}?") if at else f"\u00bf{sentence_case(asking)}?"


def _asks(words: Sequence[str], at: int) -> bool:
    led = words[at].lower() in _LED and at + 1 < len(words)
    return words[at + led].lower() in ASKING


def indirect(asked: str) -> str:
    """A question as "todos saben ..." can go on with it: one that a word that asks begins."""
    clause, words = within_sentence(asked), asked.split()
    at = 1 if words and words[0].lower() in _LED and len(words) > 1 else 0
    if not clause or words[at].lower() in ASKING:
        return clause
    # "Si duermen las plantas": a verb in front is asked whether it is so.
    turned = words[0].lower() in lexicon().forms or words[0].lower() in _TURNED
    turned = turned or words[0].endswith("mos") or clause.startswith(("se ", "hay "))
    return f"si {clause}" if turned else ""


def within_sentence(asked: str) -> str:
    """A question as it stands between its marks behind a colon; "" if it is long or in pieces."""
    short = len(asked.split()) <= _LONGEST_ASK and not re.search(r"[,:;?\u00bf]", asked)
    return asked[:1].lower() + asked[1:] if short else ""


def things_asked(words: Sequence[str], *, anybody: bool = False) -> list[Thing]:
    """What a question is about, its subject first; a person of whom nothing is known ("a child") is
    left out, unless `anybody` will do."""
    low = [word.lower() for word in words[:2]]
    if low[:1] == ["qui\u00e9n"] and low[1:] in (["es"], ["era"], ["fue"]):
        called = list(words[2:])
        if called and all(word[:1].isupper() or word in ("de", "la", "del") for word in called):
            return [
                Thing(join(called), len(words), called[-1], short=join(called))
            ]  # "\u00bfQui\u00e9n fue Cleopatra?"
    led = words[0].lower() in _LED and len(words) > 1
    start = led + 1 if words[led].lower() in ASKING else 0
    found = things_of(words, start=start)
    of = " de " in found[0].text if found else False
    bare = of and found[0].text.split(" de ")[1].split()[0] not in DETERMINERS
    if found and "se" in words[start : start + 2] and found[0].text != found[0].short and not bare:
        # "C\u00f3mo se defienden las plantas (de los insectos)": that belongs to the verb.
        first = thing_at(found[0].short.split(), 0)
        less = len(found[0].text.split()) - len(found[0].short.split())
        rest = things_of(words, start=found[0].end - less)
        found = [first, *rest] if first is not None else found
    return [each for each in found if anybody or not (is_person(each.noun) and _any(words, each))]


def _any(words: Sequence[str], thing: Thing) -> bool:
    return bool({"un", "una"} & {word.lower() for word in words[: thing.end]})


def deed_asked(words: Sequence[str], *, first: bool) -> str:
    """What we do, as a question says it, in the infinitive: "por qu\u00e9 nos enamoramos"; where it
    has to be `first`, only what follows the word that asks."""
    written = lexicon().written
    for at, word in enumerate(words):
        before = words[at - 1].lower() if at else ""
        if before in DETERMINERS or before in CLITICS - {"nos"}:
            continue
        if (
            first
            and not {before, *(each.lower() for each in words[max(at - 2, 0) : at - 1])} & ASKING
        ):
            continue
        for ending, kind in _OURS:
            stem = word.lower().removesuffix(ending)
            verb = next(
                (
                    each
                    for each in (stem + kind, plain(stem) + kind)
                    if each in written and each not in _LIGHT
                ),
                "",
            )
            if word.lower().endswith(ending) and verb:
                return written[verb] + ("se" if before == "nos" else "")
    return ""
