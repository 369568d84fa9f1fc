"""Spanish ideas about something to do, and those that announce a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .clauses import is_infinitive, starts_clause
from .lexicon import accented, infinitive, lexicon, plain, word_set
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

__all__ = [
    "OFFERED",
    "announced",
    "is_count",
    "one_of",
    "one_short",
    "order",
    "task",
    "told_of",
    "uncounted",
]

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
    counted = is_count(words[0])
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
    told = list(words[1 if is_count(words[0]) else 0 :])
    if len(told) < 4 or told[0].lower() not in COUNTED:
        return []
    if told[1].lower() == "por" and told[3].lower() == "que":
        return told[3:]
    return told[1:] if told[1].lower() == "que" else []


def is_count(word: str) -> bool:
    """Whether it counts what follows: "cinco", "5"."""
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


_LONGEST = 12


def one_of(words: Sequence[str]) -> str:
    """One of the things that a list counts: "uno de los mitos sobre el sue\u00f1o"; else nothing.

    What the list says of them is kept whole: it need not agree with one of them.
    """
    told = _told(words)
    if not told or len(told) > _LONGEST or (told[0].lower() == "cosas" and len(told) < 3):
        # A thing of which nothing is said is nothing.
        return ""
    feminine = gender_of(_counted_head(told)) == "f"
    return join(["una de las" if feminine else "uno de los", *told])


def one_short(words: Sequence[str]) -> str:
    """One more of them: "un mito"; nothing where that says nothing."""
    told = _told(words)
    if not told:
        return ""
    head = _counted_head(told)
    one = _singular(head)
    masculine = gender_of(head) == "m" or plain(one) in lexicon().sets["tonic"]
    return f"{'un' if masculine else 'una'} {one}"


def _counted_head(told: Sequence[str]) -> str:
    return told[1 if told[0].lower() in BEFORE and len(told) > 1 else 0].lower()


def _told(words: Sequence[str]) -> list[str]:
    """What a list counts, from its noun on, where that is surely a noun and its gender known."""
    led = bool(words) and words[0].lower() in ("los", "las")
    bare = list(words[1 if led else 0 :])
    counted = bool(bare) and is_count(bare[0])
    told = bare[1:] if counted else bare
    if not told or (led and not counted):
        return []
    head = _counted_head(told)
    known = counted or is_known_noun(head) or head in COUNTED
    sure = known and is_plural_word(head) and gender_of(head)
    return [told[0].lower(), *told[1:]] if sure else []


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
