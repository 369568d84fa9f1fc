"""Spanish ideas about something to do, and those that announce a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .clauses import is_infinitive, starts_clause
from .lexicon import accented, infinitive, lexicon, plain, present, word_set
from .nouns import (
    BEFORE,
    COUNTED,
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    gender_of,
    is_known_noun,
    is_plural_word,
    singular,
)
from .topic import SPANS, Topic

__all__ = ["OFFERED", "announced", "one_of", "order", "task", "told_of", "uncounted"]

_VALUES = {
    word: value
    for value, word in enumerate(
        ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"), 2
    )
}
_MOST_LISTED = 50
_JOINTS = ("para", "de", "por", "al")


_GUIDES = word_set("guia manual tutorial metodo receta instrucciones trucos claves pasos")
"""What teaches a task, and is not what the film is about."""


def uncounted(words: list[str]) -> list[str]:
    """A list's own number goes: "cinco trucos para dormir mejor" is about "dormir mejor"."""
    at = next((i for i, word in enumerate(words[:3]) if word.lower() == "para"), 0)
    if plain(words[0]) in _GUIDES and 0 < at < len(words) - 1 and _is_deed(words[at + 1 :]):
        return words[at + 1 :]
    if words[0].lower() in COUNTED and len(words) > 2 and words[1].lower() in _JOINTS:
        return words[2:] if _is_deed(words[2:]) else words
    if words[0].lower() in COUNTED and len(words) > 3 and words[2].lower() in _JOINTS:
        # "errores comunes al hacer la maleta"
        return words[3:] if _is_deed(words[3:]) else words
    counted = _is_count(words[0])
    if counted and len(words) > 3 and words[1].lower() in COUNTED:
        doing = words[2].lower() in _JOINTS and _is_deed(words[3:])
        if doing or words[2].lower() in ("sobre", "de"):
            return words[3:]
    return words


def _is_deed(words: Sequence[str]) -> bool:
    """Whether an infinitive comes first, or one that is denied: "no rendirse"."""
    return is_infinitive(words[1] if words[0].lower() == "no" and len(words) > 1 else words[0])


def told_of(words: Sequence[str]) -> list[str]:
    """What "diez cosas que nadie cuenta del parto" tells: "que nadie cuenta del parto"."""
    told = list(words[1 if _is_count(words[0]) else 0 :])
    if len(told) < 4 or told[0].lower() not in COUNTED:
        return []
    if told[1].lower() == "por" and told[3].lower() == "que":
        return told[3:]
    return told[1:] if told[1].lower() == "que" else []


def _is_count(word: str) -> bool:
    return word.lower() in NUMBERS or word.isdigit()


def announced(words: Sequence[str]) -> int:
    """How many things a list idea announces: "cinco trucos para dormir mejor"; 0 for none.

    A span of time ("30 d\u00edas sin az\u00facar") is no list.
    """
    if words and words[0].lower() in ("los", "las"):
        words = words[1:]
    if len(words) < 3 or words[1].lower() in SPANS:
        return 0
    listed = words[1].lower() in COUNTED
    if not (listed or is_plural_word(words[1])):
        return 0
    first = words[0].lower()
    number = int(first) if first.isdigit() else _VALUES.get(first, 0)
    return number if 2 <= number <= _MOST_LISTED else 0


_LONGEST_TAIL = 6
_LONGEST = 9


def one_of(words: Sequence[str]) -> str:
    """One of the things that a list counts: "un mito sobre el sue\u00f1o"; else nothing."""
    told = list(words[1 if words and words[0].lower() in ("los", "las") else 0 :])
    told = told[1 if told and _is_count(told[0]) else 0 :]
    if told and told[0].lower() in BEFORE and len(told) > 1:
        told = told[1:]
    counted = len(told) < len(words) and words[0] != "los"
    known = told and (counted or is_known_noun(told[0]) or told[0].lower() in COUNTED)
    if not known or not is_plural_word(told[0]):
        return ""
    gender, one = gender_of(told[0]), _singular(told[0].lower())
    if not gender:
        return ""
    if len(told) > 1 and told[1].lower() not in _BEHIND:
        # An adjective ("inventos espa\u00f1oles") would have to agree.
        told = told[:1]
    article = "un" if gender == "m" or plain(one) in lexicon().sets["tonic"] else "una"
    if told[0].lower() == "cosas":
        # A thing of which nothing is said is nothing.
        return join(["una", "cosa", *_single_tail(told[1:])]) if 2 < len(told) <= _LONGEST else ""
    return join([article, one, *_single_tail(_brief_tail(told[1:]))])


def _single_tail(tail: list[str]) -> list[str]:
    """A relative clause whose plural verb agrees with one thing: "que sobrevive sin riego"."""
    form = lexicon().forms.get(tail[1].lower()) if len(tail) > 1 and tail[0] == "que" else None
    if form is None or not form.plural:
        return tail
    return [] if form.past else ["que", present(form.verb, plural=False), *tail[2:]]


def _brief_tail(tail: Sequence[str]) -> list[str]:
    """What stands behind a counted noun, without the circumstances at its end."""
    ends = DETERMINERS | NUMBERS | PREPOSITIONS - {"de", "del"}
    short = list(tail)
    while len(short) > _LONGEST_TAIL:
        at = next((i for i in range(len(short) - 1, 2, -1) if short[i].lower() in ends), 0)
        if not at:
            return []
        short = short[: at - 1 if short[at - 1].lower() in PREPOSITIONS else at]
    return short


_BEHIND = (*_JOINTS, "sobre", "que", "sin", "con", "del", "en", "contra")
"""What may stand between a counted noun and the rest, and does not agree with it."""


_STRESSED = str.maketrans("aeiou", "\u00e1\u00e9\u00ed\u00f3\u00fa")


def _singular(word: str) -> str:
    """The singular as it is written: "razones" is "raz\u00f3n", "\u00e1rboles" "\u00e1rbol"."""
    bare = singular(word)
    stem = word[:-2]
    if (
        re.search(r"[aeiou]nes$", word)
        and word == bare + "es"
        and len(re.findall(r"[aeiou]+", stem)) > 1
    ):
        # "Volcanes", "canciones": the stress stays where it was.
        return stem[:-2] + stem[-2].translate(_STRESSED) + "n"
    kept = word[: len(bare)]
    return kept if plain(kept) == bare else accented(bare)


def task(words: list[str]) -> Topic:
    """Something to do, from its infinitive: "aprender a tocar el piano"."""
    text = join([words[0].lower(), *words[1:]])
    if text.startswith("aprender a ") and len(words) > 2 and is_infinitive(words[2]):
        words = words[2:]
        text = join(words)
    return Topic(text, _brief(words, text), gender="m", task=text, tags={"task"})


def _brief(words: Sequence[str], text: str) -> str:
    """A long task without the circumstances behind its object."""
    if len(words) <= 6:
        return text
    joints = PREPOSITIONS - {"de", "del", "a", "al"}
    end = next((at for at in range(3, 7) if words[at].lower() in joints), 0)
    return join([words[0].lower(), *words[1:end]]) if end else text


OFFERED = word_set(
    "aprender descubrir conseguir probar disfrutar organizar ahorrar viajar cocinar comer dormir"
    " encontrar crear alquilar comprar vender reservar pedir compartir cuidar"
)
"""Deeds that advertisements ask for, with or without an article behind them."""
_HAPPENING = word_set(
    "subir bajar caer crecer llegar morir nacer ganar perder cerrar abrir volver faltar empezar"
    " acabar terminar aumentar disminuir desaparecer aparecer llover nevar llevar haber ser estar"
    " vivir existir quedar pasar arder salir venir tener"
)
"""What headlines say of things; the form is seldom an imperative."""


def order(words: list[str]) -> Topic | None:
    """ "Aprende a tocar el piano": an imperative looks like the third person singular."""
    verb = infinitive(words[0].lower())
    form = lexicon().forms.get(words[0].lower())
    if verb is None or form is None or form.plural or form.past or plain(verb) in _HAPPENING:
        return None
    if plain(verb) in lexicon().sets["unwilled"] and plain(verb) not in OFFERED:
        return None
    if any(
        word in ("y", "pero") and starts_clause(words[at + 2 :]) for at, word in enumerate(words)
    ):
        return None
    follows = DETERMINERS | {"a", "c\u00f3mo", "con", "en", "m\u00e1s", "mejor", "menos"}
    follows |= {"de"} if verb in OFFERED else set()
    yours = bool({"tu", "tus"} & {word.lower() for word in words[2:]})
    bare = (verb in OFFERED or yours) and not starts_clause(words[1:])
    return task([verb, *words[1:]]) if words[1].lower() in follows or bare else None
