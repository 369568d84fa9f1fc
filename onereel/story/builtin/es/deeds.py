"""Spanish deeds, taken apart: what is done, to what, what for, and what comes in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..cleaning import join
from .clauses import CLITICS, find_verb, is_infinitive, starts_clause, to_infinitive
from .lexicon import lexicon, plain, word_set
from .nouns import (
    BEFORE,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    Noun,
    definite,
    is_known_noun,
    singular,
)

__all__ = ["Tale", "is_minded", "is_stative", "is_willed", "object_of", "read_deed"]

_JOINTS = word_set("pero cuando mientras porque aunque antes despu\u00e9s hasta y e ,")
_WISHES = {
    **dict.fromkeys(("querer", "desear", "esperar", "necesitar", "intentar", "decidir"), ""),
    **dict.fromkeys(("lograr", "buscar", "poder", "conseguir"), ""),
    **dict.fromkeys(("aprender", "ir", "empezar"), "a"),
    "so\u00f1ar": "con",
    "tratar": "de",
}
"""Verbs of wishing, and the word between them and what is wished."""
_STATES = word_set(
    "querer desear so\u00f1ar sonar necesitar saber tener ser estar creer odiar amar"
    " conocer poder deber esperar vivir temer haber parecer soler"
)
_OTHERS = word_set(
    "nadie alguien ninguno ninguna ambos ambas todos todas nada luego entonces despu\u00e9s ahora"
    " ella \u00e9l ellos ellas"
)
_SPANS = word_set(
    "ano dia hora mes semana minuto siglo lunes martes miercoles jueves viernes sabado domingo"
)
_MINDS = word_set(
    "sonar querer desear enamorar enamorarse creer pensar recordar odiar amar temer jurar mentir"
    " fingir extranar anorar envidiar imaginar negarse decidir aprender llorar reir sonreir cantar"
    " bailar escapar escaparse huir viajar intentar olvidar vengarse rebelarse rebelar vengar"
)
"""What no thing does but in a tale; houses hide secrets, and the sea gives back."""
_LONGEST_NAME = 5


@dataclass
class Tale:
    """The parts of a tale; an empty string is a part that the idea does not have."""

    hero: Noun
    deed: str = ""
    """A finite predicate in the present: "construye un cohete con chatarra"."""
    full: str = ""
    base: str = ""
    """The deed in the infinitive."""
    goal: str = ""
    trouble: str = ""
    thing: str = ""
    personal: bool = False
    """Whether the thing is somebody, whom the deed takes with "a": "rescata a un ni\u00f1o"."""
    when: str = ""
    extra: str = ""
    """What a relative clause says of the hero beside the deed."""


def read_deed(tale: Tale, predicate: Sequence[str]) -> None:
    """Take a predicate apart into `tale`: deed, purpose, object, trouble."""
    predicate = list(predicate)
    cut = next(
        (
            i
            for i, word in enumerate(predicate)
            if i and word.lower() in _JOINTS and _cuts(predicate, i)
        ),
        len(predicate),
    )
    if 1 < cut < len(predicate) and predicate[cut - 1].lower() in ("justo", "poco", "mucho"):
        # "Justo antes de la loter\u00eda"
        cut -= 1
    if 3 < cut < len(predicate) and singular(predicate[cut - 1]) in _SPANS | {
        "noche",
        "tarde",
        "manana",
    }:
        # "El d\u00eda antes de la boda"
        cut -= 2 if predicate[cut - 2].lower() in DETERMINERS | NUMBERS else 0
    head, tail = predicate[:cut], predicate[cut:]
    while tail and tail[0] == ",":
        tail = tail[1:]
    if tail and tail[0].lower() == "pero":
        tale.trouble = _trouble(tail[1:])
    full = list(predicate)
    if "pero" in full and full[full.index("pero") - 1] != ",":
        full.insert(full.index("pero"), ",")
    tale.full = join(full if len(full) <= 24 else head)
    tale.goal, head = _goal(head)
    tale.deed = join(head)
    base = to_infinitive(head)
    tale.base = join(base) if base else ""
    # What is denied is not there: "no recuerda su nombre".
    tale.thing = "" if "no" in [word.lower() for word in head[:3]] else object_of(head)
    tale.personal = bool(tale.thing) and bool({"a", "al"} & set(head[:4]))


def _cuts(words: Sequence[str], at: int) -> bool:
    low = words[at].lower()
    after = words[at + 1 : at + 4]
    if low in ("y", "e"):
        if _new_subject(words[at + 1 :]):
            return True
        pronoun = len(after) > 1 and after[0].lower() in ("la", "los", "las")
        verb = pronoun and plain(after[1]) not in lexicon().sets["nouny"]
        return bool(after) and starts_clause(after[1:] if verb else after)
    if low in ("hasta", "antes", "despu\u00e9s"):
        return "que" in [word.lower() for word in after[:2]] or (
            low != "hasta" and "de" in after[:1]
        )
    return True


def _new_subject(words: Sequence[str]) -> bool:
    """Whether somebody or some day begins a clause of its own: "y un d\u00eda le contestan"."""
    low = [word.lower() for word in words[:8]]
    timely = low[:1] in (["un"], ["una"], ["esa"], ["aquel"], ["aquella"]) and (
        len(low) > 1 and plain(low[1]) in _SPANS | {"noche", "tarde", "manana"}
    )
    led = bool(low) and low[0] in DETERMINERS and len(low) > 2
    opens = timely or led or (bool(low) and low[0] in _OTHERS)
    pronoun = led and len(low) > 3 and low[2] in ("la", "los", "las") and low[3] in lexicon().forms
    return pronoun or (opens and find_verb(words[:8], 2 if timely or led else 1) is not None)


def _goal(head: list[str]) -> tuple[str, list[str]]:
    """Split off the purpose: what stands behind "para", or behind a verb of wishing."""
    forms = lexicon().forms
    at = 0
    while at < len(head) and head[at].lower() in CLITICS:
        at += 1
    form = forms.get(head[at].lower()) if at < len(head) else None
    if at == 0 and form is not None and form.verb in _WISHES:
        link = _WISHES[form.verb]
        rest = head[at + 1 :]
        if link and rest and rest[0].lower() == link:
            rest = rest[1:]
        elif link:
            rest = []
        if rest and is_infinitive(rest[0]):
            # Who learns to read does not yet want to read something.
            return join(["aprender", "a", *rest] if form.verb == "aprender" else rest), head
    for index in range(2, len(head) - 1):
        if head[index].lower() == "para" and is_infinitive(head[index + 1]):
            return join(head[index + 1 :]), head[:index]
    return "", head


def _trouble(words: list[str]) -> str:
    """A clause behind "pero"; Spanish leaves its subject out where it is the hero."""
    if "," in words:
        words = words[: words.index(",")]
    if not 2 <= len(words) <= 12:
        return ""
    return join(words) if starts_clause(words) or find_verb(words, 1) is not None else ""


def object_of(head: Sequence[str]) -> str:
    """The short object right behind the verb, with its article made definite."""
    index = 0
    forms = lexicon().forms
    while index < len(head) and (head[index].lower() in CLITICS or head[index].lower() == "no"):
        index += 1
    if index >= len(head) or head[index].lower() not in forms:
        return ""
    if forms[head[index].lower()].verb in ("ser", "estar", "haber", "ir", "parecer"):
        return ""
    if any(singular(word) in _SPANS for word in head[index + 1 : index + 3]):
        # "Espera dos horas" tells how long; "la semana laboral" is a thing.
        described = head[index + 1 : index + 2] and head[index + 1].lower() in ("el", "la")
        after = head[index + 3].lower() if index + 3 < len(head) else ""
        if not described or not after or after in PREPOSITIONS | {"que", ",", "y"}:
            return ""
    index += 1
    if index < len(head) and head[index].lower() == "a":
        index += 1
    if head[index : index + 1] == ["en"] and head[index + 1][:1].isupper():
        index += 2  # "encuentra en Ja\u00e9n un cuadro"
    if index >= len(head) - 1:
        return ""
    phrase = list(head[index:])
    if phrase[0].lower() == "al":
        if is_infinitive(phrase[1]):
            return ""
        phrase[0] = "el"
    if phrase[0].lower() not in ("un", "una", "el", "la", "los", "las", "unos", "unas") and (
        phrase[0].lower() not in POSSESSIVES | NUMBERS
    ):
        return ""
    end = 1
    while end < len(phrase) and not _ends_object(phrase, end):
        end += 1
    phrase = phrase[:end]
    named = definite(phrase) if 2 <= len(phrase) <= _LONGEST_NAME else None
    return join(named) if named else ""


def _ends_object(words: Sequence[str], at: int) -> bool:
    low = words[at].lower()
    if (
        low == "de"
        and at + 2 >= len(words)
        and words[at + 1 :]
        and words[at + 1].lower() not in DETERMINERS
    ):
        return False
    if words[at - 1].lower() == "de":
        return False
    return (
        low in PREPOSITIONS | DETERMINERS | {"donde", "cuando", "cuyo", "cuya", "como"}
        or low in ("justo", "apenas", "reci\u00e9n", "incluso", "antes", "despu\u00e9s")
        or low
        in ("que", "y", "o", ",", "solo", "sola", "juntos", "juntas", "cada", "todas", "todos")
        or low.endswith(("mente", "ando", "iendo"))
        or at >= (4 if words[1].lower() in BEFORE else 3)
    )


def is_stative(tale: Tale) -> bool:
    """Whether the deed is no event that begins: "quiere ser piloto", "no sabe nadar"."""
    words = [word.lower() for word in tale.deed.split()]
    form = next((lexicon().forms[word] for word in words if word in lexicon().forms), None)
    spans = any(singular(word) in _SPANS for word in words[1:3])
    return form is None or form.verb in _STATES or spans or "no" in words[:3]


def is_willed(tale: Tale) -> bool:
    """Whether one does the deed on purpose, so that it can be wished for: no "hereda un campo"."""
    if is_stative(tale):
        return False
    return bool(_verb(tale)) and _verb(tale) not in lexicon().sets["unwilled"]


def is_minded(tale: Tale) -> bool:
    """Whether the idea itself gives a thing a mind: "una l\u00e1mpara sue\u00f1a con el mar"."""
    verb = _verb(tale)
    if verb == "sonar" and not {"sue\u00f1a", "sue\u00f1an"} & set(tale.deed.split()):
        return False  # a bell rings, it dreams of nothing
    thing = is_known_noun(tale.hero.head) and not tale.hero.animate
    return verb in lexicon().sets["minded"] and (verb in _MINDS or not thing)


def _verb(tale: Tale) -> str:
    forms = lexicon().forms
    words = [word.lower() for word in tale.deed.split()]
    return next((plain(forms[word].verb) for word in words if word in forms), "")
