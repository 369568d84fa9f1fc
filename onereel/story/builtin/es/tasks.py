"""Spanish ideas about something to do, and those that announce a list."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from ..cleaning import join
from .bits import describes, end_of_deed
from .lexicon import lexicon, plain, word_set
from .nouns import (
    BEFORE,
    COUNTED,
    DETERMINERS,
    gender_of,
    is_known_noun,
    is_plural_word,
    singular,
)
from .things import bare_at, thing_at
from .verbs import is_finite, is_infinitive, starts_deed

__all__ = ["announced", "chore_of", "item_of", "told_to", "yours"]

_VALUES = {
    word: value
    for value, word in enumerate(
        ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"), 2
    )
}
_MOST_LISTED = 20
_REACHED = (
    r"(?i)c\u00f3mo (?:(?:hago|hacer|hacemos) para|(?:logro|lograr|consigo|conseguir)) que"
    r" ((?:mis?|tus?|el|la|los|las|un|una) [^,;:?]+)$"
)
"""What somebody else is to do: "c\u00f3mo hago para que mi hijo coma verdura"."""
_SPANS = word_set(
    "a\u00f1os d\u00edas siglos horas minutos semanas meses kil\u00f3metros metros euros"
    " grados segundos"
)
_LONGEST = 5
_LONGEST_CORE = 9
_LONGEST_TAIL = 9
_ORDERS = {
    "haz": "hacer",
    "pon": "poner",
    "ten": "tener",
    "di": "decir",
    "sal": "salir",
    "ven": "venir",
}
_OCCASIONS = word_set("antes para cuando si al durante en sin tras con")
_AFTER = word_set("antes despu\u00e9s cerca lejos dentro fuera detr\u00e1s delante debajo encima")
_MOMENTS = word_set("antes cuando si al tras")
_REASONS = word_set("razones motivos raz\u00f3n motivo")
_WHOSE = word_set(
    "las ideas claves formas maneras cosas razones reglas preguntas mentiras leyendas"
)
_PLAIN = str.maketrans("\u00e1\u00e9\u00ed\u00f3\u00fa", "aeiou")
_STRESSED = str.maketrans("aio", "\u00e1\u00ed\u00f3")


def announced(words: Sequence[str]) -> int:
    """How many things a list idea announces: "cinco trucos para dormir mejor"; 0 for none.

    A span of time ("30 d\u00edas sin az\u00facar") is no list.
    """
    words = words[1:] if words and words[0].lower() in ("los", "las", "top", "mis") else words
    if len(words) > 2 and words[1].lower() in BEFORE:
        words = [words[0], *words[2:]]  # "5 buenos h\u00e1bitos"
    if len(words) < 2 or words[1].lower() in _SPANS:
        return 0
    if not (words[1].lower() in COUNTED or is_plural_word(words[1])):
        return 0
    first = words[0].lower()
    number = int(first) if first.isdigit() else _VALUES.get(first, 0)
    return number if 2 <= number <= _MOST_LISTED else 0


def chore_of(words: Sequence[str]) -> str:
    """What there is to do, as the idea says it behind "c\u00f3mo", "trucos para" or at once."""
    reached = re.match(_REACHED, join(list(words)))
    if reached and len(words) <= _LONGEST_CORE + 2:
        return "conseguir que " + re.sub(r"^mis?\b", lambda own: f"tu{own[0][2:]}", reached[1])
    listed = next((at for at, word in enumerate(words[:3]) if word.lower() in COUNTED), -1)
    if listed >= 0:
        behind = [word.lower() for word in words[listed + 1 : listed + 2]]
        led = behind in (["para"], ["de"], ["por"])
        words = words[listed + 2 :] if led else _occasion(words, listed + 1)
    elif words and words[0].lower() == "c\u00f3mo":
        words = words[1:]
    learning = len(words) > 2 and plain(words[0]) == "aprende" and words[1] == "a"
    words = words[2:] if learning and is_infinitive(words[2]) else words
    if not words or not starts_deed(words) or _goes_on(words):
        return ""
    if len(words) > _LONGEST or "," in words or {"y", "o", "pero", "si", "cuando"} & set(words):
        end = _end_of_core(words) or end_of_deed(words, 0)
        # "Volver a casa (despu\u00e9s del turno)"
        end -= 1 < end < len(words) and words[end] in ("de", "del") and words[end - 1] in _AFTER
        # "Conjugar el verbo (ir en futuro)"
        end = 0 if end < len(words) and is_infinitive(words[end]) else end
        whole = len(words) <= _LONGEST_CORE and "," not in words
        # "Prepararse (para una entrevista)" lacks nothing; "podar" lacks what is cut.
        whole = whole and (end != 1 or words[0].endswith("se"))
        words = words[:end] if 1 < end <= _LONGEST_CORE else words if whole else ()
    text = join([word.lower() if not at else word for at, word in enumerate(words)])
    return "" if any(re.search(r"[aei\u00ed]r(?:me|nos)$", word) for word in words) else text


def _goes_on(words: Sequence[str]) -> bool:
    """Whether the infinitive that begins the words is only the subject of a sentence: "viajar solo
    (cambia la vida)"; what acts behind "que" or "cuando" belongs to the task."""
    for at, word in enumerate(words):
        if word in ("que", "cuando", "si", "donde"):
            return False
        if is_finite(word) and words[at - 1].lower() not in DETERMINERS | {"de", "a", "en"}:
            return True
    return False


def told_to(words: Sequence[str]) -> Sequence[str]:
    """An order as something to do: "(ense\u00f1a) a tu hijo a nadar" is to teach him."""
    first, behind = [word.lower() for word in (*words, "", "")[:2]]
    form = lexicon().forms.get(first)
    orders = form is not None and not (form.plural or form.past)
    base = _ORDERS.get(first) or (form.verb if orders and form else "")
    led = behind in DETERMINERS | {"a", "al"} and first != "aprende"
    return [base, *words[1:]] if base and led else words


def _occasion(words: Sequence[str], at: int) -> Sequence[str]:
    """What somebody does meanwhile: "7 cosas que debes saber antes de (adoptar un gato)"."""
    for i in range(at, len(words) - 1):
        led = words[i] in ("al", "para", "sobre") or words[i - 1 : i + 1] == ["antes", "de"]
        if led and is_infinitive(words[i + 1]):
            return words[i + 1 :]
    return ()


def yours(chore: str) -> str:
    """A task about oneself as it is said to the viewer: "relajarse" is "relajarte"."""
    return re.sub(r"(?<=[aei\u00ed]r)se\b", "te", chore)


def _end_of_core(words: Sequence[str]) -> int:
    """Behind an infinitive and the thing that it is done to; 0 if that is not certain."""
    at = 2 if words[0].lower() == "no" else 1
    at += at < len(words) and words[at].lower() == "a"
    thing = (thing_at(words, at) or bare_at(words, at)) if at < len(words) else None
    behind = thing.end if thing else 0
    if thing and behind > _LONGEST_CORE:
        # "Quitar una mancha de vino tinto (de un mantel blanco)"
        behind = at + len(thing.short.split())
    if behind and [*words, ""][behind] == "a" and is_infinitive([*words, "", ""][behind + 1]):
        return end_of_deed(words, behind + 1)  # "ense\u00f1ar a tu hijo (a nadar)"
    return behind


def item_of(words: Sequence[str]) -> dict[str, str]:
    """One of what a list counts, for its lines: "el error", "el que"; nothing where it is unsure.

    Returns:
        The slots `item`, `item_the`, `which`, and `item_whole` or `when`, which name the idea too.
    """
    led = words[0].lower() if words[0].lower() in ("los", "las") else ""
    at = 1 if led or words[0].lower() in ("top", "mis") else 0
    at += words[at + 1].lower() in BEFORE and at + 2 < len(words)
    many = words[at + 1].lower()
    item = _one_of(many)
    gender = {"los": "m", "las": "f"}.get(led) or ("f" if many in _WHOSE else gender_of(item))
    if not gender or not is_plural_word(many):
        return {}
    article = "el" if gender == "m" else "la"
    found = {"item": item, "item_the": f"{article} {item}", "which": f"{article} que"}
    tail, timely = _tail(words, at + 2)
    if tail:
        found |= {"when": tail} if timely else {"item_whole": f"{article} {item} {tail}"}
    return found


def _tail(words: Sequence[str], at: int) -> tuple[str, bool]:
    """What stands behind the noun of a list, and whether it says when or what for: "antes de
    adoptar un gato", "sobre los pulpos"."""
    vague = words[at - 1].lower() in COUNTED
    for i in range(at, len(words)):
        low, rest = words[i].lower(), list(words[i:])
        if not vague and any(is_infinitive(word) for word in words[at:i]):
            return "", False  # "(verduras que cultivar) en un balc\u00f3n"
        # "Razones para adoptar un perro": that belongs to the noun.
        aimed = low == "para" and i == at and words[at - 1].lower() in _REASONS
        timely = low in _OCCASIONS and not aimed
        if low == "con" and not any(map(is_infinitive, rest)):
            timely, aimed = False, True  # "recetas con huevos", "oficios con futuro"
        if not (timely or aimed) and (
            low not in ("sobre", "de", "del") or (low != "sobre" and i > at)
        ):
            continue
        if not (timely or aimed):
            breaking: Set[str] = _OCCASIONS | {"que", ",", "m\u00e1s", "menos"}
            if len(rest) > 1 and is_infinitive(rest[1]):
                breaking = frozenset(("que", ","))  # "formas de gastar menos en el supermercado"
            ends = (k for k in range(1, len(rest)) if rest[k] in breaking)
            rest = rest[: next(ends, len(rest))]
            if len(rest) == 2 and is_infinitive(rest[1]) and words[i + 2 : i + 3] == ["que"]:
                return "", False  # "formas de decir (que no)"
            while low == "de" and len(rest) > 1 and rest[-1][-1:] == "s" and describes(rest[-1]):
                rest.pop()  # "plantas de interior (indestructibles)": several are
        if {"que", "donde"} & set(words[at:i]) and low not in _MOMENTS:
            return "", False  # "(que sobreviven) sin luz" is what they do
        whole = 1 < len(rest) <= _LONGEST_TAIL and not {",", "que"} & set(rest)
        # "Sin horno (listos)": what goes with all that is counted goes with no one of them.
        whole = whole and not any(
            rest[k][-1:] == "s" and describes(rest[k]) and not is_plural_word(rest[k - 1])
            for k in range(1, len(rest))
            if is_known_noun(rest[k - 1])
        )
        return (join(rest), timely) if whole else ("", False)
    return "", False


def _one_of(many: str) -> str:
    """The singular of a plural noun, with its accent: "lecci\u00f3n", "imagen"."""
    bare = singular(many)
    if bare.endswith("z"):
        return f"{many[: len(bare) - 1]}z"
    item = many[: len(bare)]
    # "Lecci\u00f3n", but "plan"
    long = len(re.findall("[aeiou\u00e1\u00e9\u00ed\u00f3\u00fa]+", item)) > 1
    if item.translate(_PLAIN) == item and re.search("[aio]n$", item) and long:
        return f"{item[:-2]}{item[-2:].translate(_STRESSED)}"
    return item.translate(_PLAIN) if item.endswith("en") else item
