"""Spanish ideas about something: a question, a task, a product, an event, or a bare noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .clauses import find_verb, is_infinitive, starts_clause, to_present
from .clean import join
from .lexicon import infinitive, lexicon, plain, word_set
from .nouns import (
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    Gender,
    definite,
    gender_of,
    is_known_noun,
    is_plural_word,
    noun,
    paired,
)

__all__ = ["ASKING", "Topic", "announced", "read_topic", "topic_slots"]

ASKING = word_set(
    "c\u00f3mo qu\u00e9 qui\u00e9n qui\u00e9nes cu\u00e1ndo d\u00f3nde cu\u00e1nto"
    " cu\u00e1nta cu\u00e1ntos cu\u00e1ntas cu\u00e1l cu\u00e1les ad\u00f3nde"
)
_EVENTS = word_set("d\u00eda noche a\u00f1o verano invierno ma\u00f1ana tarde momento semana hora")
_COUNTED = word_set(
    "razones trucos consejos cosas maneras formas ideas claves pasos motivos secretos"
    " datos curiosidades errores h\u00e1bitos"
)
_RELATIONAL = word_set(
    "arte historia secreto vida mundo ruta camino importancia origen futuro poder fin"
    " principio problema d\u00eda noche casa ciudad falta valor precio ciencia magia"
    " miedo sue\u00f1o lengua receta ritmo sonido hora uso muerte nacimiento ca\u00edda"
    " llegada vuelta regreso b\u00fasqueda oficio lenguaje fiesta guerra isla mar cambio"
    " efecto color olor sabor peso huella voz memoria beneficios ventajas"
)
_VALUES = {
    word: value
    for value, word in enumerate(
        ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"), 2
    )
}
_HARD = word_set("aprender dejar ser tener superar empezar volver perder sobrevivir")
_SUBJUNCTIVE = re.compile(r"(?:ara|aran|iera|ieran|era|eran|iese|iesen)$")
_LONGEST = 14
_LONGEST_ASK = 13


@dataclass
class Topic:
    """The parts of a topic; an empty string is a part that the idea does not have."""

    whole: str
    short: str = ""
    plural: bool = False
    gender: Gender = ""
    person: bool = False
    name: bool = False
    ask: str = ""
    """An indirect question, which between question marks is a direct one."""
    claim: str = ""
    told: str = ""
    """The idea as the user put it, where the rest of it could not be read."""
    task: str = ""
    """What to do, in the infinitive."""
    does: str = ""
    tag: str = ""
    whom: str = ""
    purpose: str = ""
    quoted: bool = False
    tags: set[str] = field(default_factory=set)


def read_topic(words: Sequence[str], premise: str) -> Topic:
    """Read an idea that is about no hero; what cannot be read is quoted."""
    words = _uncounted(list(words))
    first = words[0].lower()
    if first == "c\u00f3mo" and len(words) > 1 and is_infinitive(words[1]):
        return _task(words[1:])
    if first in ASKING or (first == "por" and len(words) > 2 and words[1] == "qu\u00e9"):
        return _asked(words)
    if premise.endswith("?"):
        return _yes_or_no(words)
    if is_infinitive(first):
        return _task(words)
    if len(words) > 1 and starts_clause(words) and not is_known_noun(first):
        return _order(words)
    return _brand(words) or (_quote(words, ask="") if _is_clause(words) else _named(words))


def _uncounted(words: list[str]) -> list[str]:
    """A list's own number goes: "cinco trucos para dormir mejor" is about "dormir mejor"."""
    if words[0].lower() in _COUNTED and words[1:2] == ["para"]:
        return words[2:] if len(words) > 2 and is_infinitive(words[2]) else words
    counted = words[0].lower() in NUMBERS or words[0].isdigit()
    if counted and len(words) > 3 and words[1].lower() in _COUNTED:
        doing = words[2].lower() in ("para", "de", "por") and is_infinitive(words[3])
        if doing or words[2].lower() in ("sobre", "de"):
            return words[3:]
    return words


def announced(words: Sequence[str]) -> int:
    """How many things a list idea announces: "cinco trucos para dormir mejor"; 0 for none."""
    if len(words) < 3 or words[1].lower() not in _COUNTED:
        return 0
    first = words[0].lower()
    number = int(first) if first.isdigit() else _VALUES.get(first, 0)
    return number if 2 <= number <= 10 else 0


def _lowered(words: list[str]) -> list[str]:
    """Lower the capital that only starts the idea; names keep theirs."""
    first = words[0]
    if any(letter.isupper() for letter in first[1:]):
        return words
    low = first.lower()
    name = plain(low) in lexicon().sets["bare_names"]
    if len(words) == 1 and is_plural_word(low) and gender_of(low) and not name:
        return [low]
    if low in DETERMINERS | NUMBERS | PREPOSITIONS | ASKING or is_known_noun(low):
        return [low, *words[1:]]
    if first[:1].isupper() and plain(low) not in lexicon().sets["bare_names"]:
        follows = [word for word in words[1:] if word.lower() not in ("de", "del", "la", "y")]
        if len(words) > 1 and not all(word[:1].isupper() for word in follows):
            return [low, *words[1:]]
    return words


def _phrase_end(words: Sequence[str]) -> int:
    """Where the core of a noun phrase ends: at a preposition, a comma, a relative."""
    for index, word in enumerate(words):
        low = word.lower()
        if index and (
            low in PREPOSITIONS or low in (",", "que", "donde", "cuando", "cuyo", "cuya")
        ):
            after = words[index + 1].lower() if index + 1 < len(words) else ""
            if low in ("de", "del") and after not in NUMBERS and not after.isdigit():
                head = words[1].lower() if words[0].lower() in DETERMINERS else words[0].lower()
                if (after not in DETERMINERS and low == "de") or (
                    head in _RELATIONAL and index <= 2
                ):
                    continue
            return index
    return len(words)


def _named(words: list[str]) -> Topic:
    """A noun phrase: whole at first, without its tail from then on."""
    words = _lowered(words)
    first = words[0].lower()
    far = {"el": "aquel", "la": "aquella"}.get(first)
    if far and len(words) > 3 and words[1].lower() in _EVENTS and words[2] in ("en", "que"):
        gender: Gender = "m" if far == "aquel" else "f"
        return Topic(join(words), f"{far} {words[1]}", gender=gender, tags={"event"})
    both = paired(words) if len(words) <= 9 else None
    if both is not None:
        return Topic(
            both.first, both.again if len(words) > 7 else both.first, plural=True,
            gender=both.gender, person=both.person, name=both.named,
        )  # fmt: skip
    words = _articled(words)
    first = words[0].lower()
    end = _phrase_end(words)
    core = words[:end]
    described = noun(core)
    name = core[0][:1].isupper() and first not in DETERMINERS
    whole = join(words) if len(words) <= _LONGEST else join(core)
    if len(core) < len(words) <= 8 and core[-1].lower() in _COUNTED:
        core = words
    short = definite(core) if first in DETERMINERS or first in NUMBERS else core
    tail = words[end].lower() if end < len(words) else ""
    if len(words) <= 5 and tail in PREPOSITIONS - {"para"} and first not in NUMBERS:
        short = definite(words) or words
    topic = Topic(
        whole, join(short or core), plural=described.plural and not name,
        gender="" if name else described.gender, person=described.person and not name, name=name,
    )  # fmt: skip
    _tail(topic, words[end:])
    return topic


def _articled(words: list[str]) -> list[str]:
    """A bare noun gets its article, where its gender is sure: "abejas" are "las abejas"."""
    first = words[0]
    low = first.lower()
    if low in DETERMINERS | NUMBERS | PREPOSITIONS or first[:1].isupper() or low[:1].isdigit():
        return words
    given = definite(words)
    if given is not None:
        return given
    if is_plural_word(first):
        return words
    return [first[:1].upper() + first[1:], *words[1:]]


def _tail(topic: Topic, tail: Sequence[str]) -> None:
    """What the rest of a noun phrase says: what a product does, and for whom or what it is."""
    if not tail:
        return
    low = tail[0].lower()
    if low == "que" and starts_clause(tail[1:]):
        topic.does = join(to_present(tail[1:]))
    elif low == "para" and len(tail) > 1 and len(tail) <= 8:
        if is_infinitive(tail[1]):
            topic.purpose = join(list(tail[1:]))
        elif tail[1].lower() in DETERMINERS or tail[1].lower() in ("quien", "quienes"):
            topic.whom = join(list(tail[1:]))


def _asked(words: list[str]) -> Topic:
    """A question: Spanish asks directly and indirectly in the same order."""
    size = 2 if words[0].lower() == "por" else 1
    low = [words[0].lower(), *words[1:]]
    rest = words[size:]
    ask = join(low)
    short = len(low) <= _LONGEST_ASK
    subject = _asked_subject(rest)
    if subject is None:
        return _quote(words, ask=ask)
    topic = _named(subject)
    topic.ask = ask if short else ""
    topic.does = topic.whom = topic.purpose = ""
    topic.whole = topic.short
    if words[0].lower() == "por" and rest[: len(subject)] == subject and len(rest) <= 12:
        topic.claim = join(_lowered(list(rest)))
    return topic


def _yes_or_no(words: list[str]) -> Topic:
    """Read "\u00bfEs verdad que los peces duermen?" as being about the fish, or quote it."""
    subject = None
    if len(words) > 4 and words[1].lower() in ("verdad", "cierto") and words[2].lower() == "que":
        subject = _asked_subject(words[3:])
    if subject is None and infinitive(words[0]) is not None:
        subject = _asked_subject(words)
    if subject is None:
        return Topic("esta pregunta", "esta pregunta", gender="f", quoted=True, tags={"quoted"})
    topic = _named(subject)
    topic.whole = topic.short
    return topic


def _is_we(word: str) -> bool:
    """Whether the word is a verb of the first person plural: "olvidamos"."""
    low = word.lower()
    return any(
        low.endswith(ending) and is_infinitive(low.removesuffix(ending) + verb)
        for ending, verb in (("amos", "ar"), ("emos", "er"), ("imos", "ir"))
    )


def _asked_subject(rest: list[str]) -> list[str] | None:
    """The noun phrase that a question is about, or None."""
    if not rest:
        return None
    at = 0
    while at < len(rest) and rest[at].lower() in ("se", "no", "le", "les", "lo", "nos", "ya"):
        at += 1
    verbs = 0
    while at < len(rest) and (
        infinitive(rest[at]) is not None
        or is_infinitive(rest[at])
        or _is_we(rest[at])
        or rest[at].lower() in ("si", "que", "a", "al", "tan")
    ):
        if rest[at].lower() == "al" and is_infinitive(rest[at + 1] if at + 1 < len(rest) else ""):
            return None
        if at and rest[at].lower() == "al":
            rest = [*rest[:at], "el", *rest[at + 1 :]]
            break
        verbs += 1
        at += 1
        if verbs > 4:
            return None
    phrase = rest[at:]
    if not phrase:
        return None
    first = phrase[0].lower()
    if first not in DETERMINERS and not phrase[0][:1].isupper() and not is_known_noun(first):
        return None
    if first in DETERMINERS and len(phrase) < 2:
        return None
    start = 2 if first in DETERMINERS else 1
    verb = find_verb(phrase, start, plural=_number(phrase))
    end = min(verb.start if verb else len(phrase), _asked_end(phrase, start))
    if "si" in [word.lower() for word in rest[:at]]:
        end = next((i for i in range(start, end) if _SUBJUNCTIVE.search(phrase[i].lower())), end)
    return phrase[:end]


def _number(phrase: Sequence[str]) -> bool | None:
    first = phrase[0].lower()
    if first in ("el", "la", "un", "una", "su", "mi", "cada", "nuestro", "nuestra"):
        return False
    return True if first in ("los", "las", "unos", "unas") else None


def _asked_end(phrase: Sequence[str], start: int) -> int:
    """A subject behind its verb ends at the next article or preposition but "de"."""
    for index in range(start, len(phrase)):
        low = phrase[index].lower()
        if low in DETERMINERS and phrase[index - 1].lower() not in ("de",):
            return index
        if low in (PREPOSITIONS - {"de", "del"}) | {
            ",",
            "y",
            "que",
            "tan",
            "m\u00e1s",
            "cuando",
            "si",
            "se",
            "no",
        }:
            return index
        if low.endswith("mente") or low in ("mejor", "bien", "mal", "azul", "rojo", "verde"):
            return index
    return len(phrase)


def _task(words: list[str]) -> Topic:
    text = join([words[0].lower(), *words[1:]])
    art = "el reto de" if words[0].lower() in _HARD else "el arte de"
    if text.startswith("aprender a ") and len(words) > 2:
        learned = _task(words[2:])
        return Topic(f"{art} {text}", learned.short, gender="m", task=text, tags={"task"})
    short = text
    if len(words) > 5:
        end = next(
            (
                i
                for i, word in enumerate(words)
                if i > 2 and word.lower() in PREPOSITIONS - {"de", "del"}
            ),
            len(words),
        )
        short = join([words[0].lower(), *words[1:end]]) if end <= 6 else text
    return Topic(f"{art} {text}", f"{art} {short}", gender="m", task=text, tags={"task"})


def _order(words: list[str]) -> Topic:
    """ "Aprende a tocar el piano": an imperative looks like the third person."""
    verb = infinitive(words[0].lower())
    if verb is None or words[1].lower() not in DETERMINERS | {
        "a",
        "c\u00f3mo",
        "con",
        "en",
        "m\u00e1s",
        "mejor",
    }:
        return _quote(words, ask="")
    return _task([verb, *words[1:]])


def _brand(words: list[str]) -> Topic | None:
    """ "Lumo, la l\u00e1mpara que sigue al sol"."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    if not rest or rest[0].lower() not in ("un", "una", "el", "la", "los", "las") or "," in rest:
        return None
    if name[0].lower() in DETERMINERS | PREPOSITIONS:
        return None
    called = join([word if word[:1].isupper() else word.capitalize() for word in name])
    described = _named(rest)
    return Topic(
        f"{called}, {described.whole},", called, gender=described.gender, tag=described.whole,
        does=described.does, whom=described.whom, purpose=described.purpose, name=True,
        person=described.person, tags={"brand"},
    )  # fmt: skip


def _is_clause(words: Sequence[str]) -> bool:
    """Whether the words are more than a noun phrase, in a way that no other reader knew."""
    first = words[0].lower()
    if first in (
        "cuando",
        "si",
        "porque",
        "mientras",
        "yo",
        "hay",
        "no",
        "nosotros",
        "quiero",
        "que",
    ):
        return True
    if "," in words or len(words) > _LONGEST:
        return True
    if first in PREPOSITIONS:
        return True
    if first in DETERMINERS and len(words) > 3 and words[1].lower() in _EVENTS:
        return False
    end = next((i for i, word in enumerate(words) if word.lower() in ("que", "donde")), len(words))
    start = 2 if first in DETERMINERS else 1
    return find_verb(words[:end], start) is not None


def _quote(words: Sequence[str], *, ask: str) -> Topic:
    """What nobody can read is named as it was written."""
    text = join(_lowered(list(words)))
    first = words[0].lower()
    if not ask and first in ("cuando", "si", "mientras", "porque"):
        return _about(_asked_subject(list(words[1:])), text)
    if not ask and first in DETERMINERS and len(words) > 3:
        verb = find_verb(words, 2)
        end = min(verb.start if verb else len(words), _phrase_end(words))
        return _about(list(words[:end]) if end > 1 else None, text)
    if ask:
        asked = (
            ask
            if len(ask) <= 20
            else re.split(r",|\s(?:cuando|si|mientras|aunque|al)\s", ask)[0].strip()
        )
        short = f"la pregunta de {asked}" if _fits_name(asked) else "esta pregunta"
        topic = Topic(
            short, short, gender="f", ask=ask if len(words) <= _LONGEST_ASK else "", quoted=True
        )
    else:
        return _about(None, text)
    topic.tags.add("quoted")
    return topic


def _fits_name(ask: str) -> bool:
    return len(ask) <= 20 and not ask.endswith(("pasa", "pasar\u00eda", "ocurre", "sucede"))


def _about(subject: list[str] | None, text: str) -> Topic:
    """A topic of which only the noun phrase `subject` was understood; `text` is told as it is."""
    if subject is None:
        topic = Topic("esta idea", "esta idea", gender="f", quoted=True, tags={"quoted"})
    else:
        topic = _named(subject)
        topic.whole = topic.short
    if len(text.split()) <= 24:
        topic.told = text
    return topic


_LO = {("m", False): "lo", ("f", False): "la", ("m", True): "los", ("f", True): "las"}


def topic_slots(topic: Topic, question: str) -> dict[str, str]:
    """The slots that patterns about a topic use."""
    unsure = topic.name and "brand" not in topic.tags
    a = "a " if topic.person else ""
    return {
        "whole": topic.whole,
        "topic": topic.short or topic.whole,
        "al_whole": "" if unsure else f"{a}{topic.whole}",
        "al_topic": "" if unsure else f"{a}{topic.short or topic.whole}",
        "lo": "" if not topic.gender else _LO[topic.gender, topic.plural],
        "le": "les" if topic.plural else "le",
        "ask": topic.ask,
        "question": question,
        "claim": topic.claim,
        "told": topic.told,
        "task": topic.task,
        "does": topic.does,
        "tag": topic.tag,
        "whom": topic.whom,
        "purpose": topic.purpose,
    }
