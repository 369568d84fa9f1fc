"""Spanish ideas that ask something, and those that can only be told as they were written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .brands import brand, several
from .clauses import find_verb, is_infinitive, starts_clause
from .lexicon import infinitive, lexicon, word_set
from .nouns import (
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    definite,
    is_known_noun,
    is_plural_word,
    noun,
)
from .phrases import (
    ADVERBS,
    SUBJUNCTIVE,
    first_phrase,
    infinitive_phrase,
    inverted,
    is_clause,
    is_first_person,
    is_headline,
    is_mine,
    is_no_noun,
    is_we,
    number_of,
)
from .tasks import OFFERED, order, task, told_of, uncounted
from .told import LONGEST_ASK, about, quote, spoken_of, unnamed
from .topic import ASKING, LONGEST, LONGEST_SHORT, Topic, lowered, named

__all__ = ["GREETINGS", "read_topic"]

GREETINGS = word_set(
    "querido querida queridos queridas estimado estimada gracias perd\u00f3n hola adi\u00f3s feliz"
    " ojal\u00e1 bienvenido bienvenidos"
)
_NO_NAMES = DETERMINERS | ASKING | ADVERBS | word_set("esto eso aquello ella nadie todo nada lo")
_BOUNDS = word_set(", y que tan m\u00e1s cuando si se no")
_HAPPENING = word_set("pasar quedar ocurrir suceder ser")
_LONGEST_DESCRIBED = 10


def read_topic(words: Sequence[str], premise: str) -> Topic:
    """Read an idea that is about no hero; what cannot be read is quoted."""
    reasons = any(word.lower() in ("razones", "motivos") for word in words[:2])
    words = uncounted(list(words))
    first = words[0].lower()
    if first == "todo" and words[1:3] == ["lo", "que"]:
        everything = unnamed("esta historia")
        everything.told = join(lowered(words))
        return everything
    if first == "lo" and words[1:2] == ["que"] and len(words) > LONGEST_SHORT:
        return _whatever(words)
    led = first == "con" and len(words) > 3 and words[1][:1].isupper()
    if led and words[2].islower() and words[2] not in ("de", "y"):
        # "Con Vecinal alquilas un taladro"
        return Topic(words[1], words[1], told=join(words), name=True, tags={"brand"})
    called = words[0][:1].isupper() and first not in _NO_NAMES and words[1:2] == ["es"]
    if called and len(words) > 4 and words[2].lower() in ("un", "una", "el", "la"):
        # "Lumbre es una estufa": what is said of a name is what it is.
        said = named(words[2:])
        return Topic(
            words[0], words[0], gender=said.gender, tag=said.whole, told=join(words),
            does=said.does, name=True, tags={"brand"},
        )  # fmt: skip
    told = told_of(words)
    if told:
        if told[0].lower() == "que" and is_infinitive(told[1]):
            # "Cosas que hacer en C\u00e1diz" are no way to do something there.
            return unnamed("estas cosas")
        phrase, doing = first_phrase(told), infinitive_phrase(told)
        if doing is not None and (phrase is None or reasons):
            return spoken_of(doing)
        topic = named(phrase or ["lo", *told])
        if len(words) <= LONGEST:
            topic.whole, topic.tags = join(words), topic.tags | {"listed"}
        topic.does = ""
        return topic
    if reasons and (is_infinitive(first) or (first == "no" and is_infinitive(words[1]))):
        return _reason(words)
    if first == "c\u00f3mo" and len(words) > 1 and is_infinitive(words[1]):
        return task(words[1:])
    led = first in PREPOSITIONS and len(words) > 2 and words[1] == "qu\u00e9"
    if first in ASKING or led:
        return _asked(words)
    if premise.endswith("?"):
        return _yes_or_no(words)
    if is_infinitive(first):
        return task(words)
    gerund = re.search(r"(?:ando|iendo|yendo)$", first) is not None and not is_known_noun(first)
    if gerund or is_mine(words) or (first in ADVERBS and len(words) > 2):
        return quote(words, ask="")
    if first in GREETINGS and len(words) > 1:
        topic = unnamed("estas palabras")
        topic.plural, topic.told = True, join(words)
        return topic
    if first == "quienes":
        return named(words)
    announced = re.search(r"(?:[ai]d[oa]s?|hech[oa]s?)$", first) is not None and len(words) > 2
    if announced and words[1].lower() in DETERMINERS | NUMBERS and not is_known_noun(first):
        # "Detenido un hombre por ...": a headline's participle.
        return about(first_phrase(words[1:]), join(lowered(words)))
    where = words[1:2] == ["en"] and {"un", "una", "el", "la"} & set(words[3:6])
    if where and re.search(r"[ai]d[oa]s?$", first) and find_verb(words[:6], 1) is None:
        # "Detenida en M\u00e1laga una red que ..."
        return about(first_phrase(words[2:]), join(lowered(words)))
    if is_first_person(words) or (is_no_noun(words) and not is_infinitive(first)):
        return quote(words, ask="")
    branded = brand(words)
    if branded is not None and "brand" in branded.tags:
        return branded
    yours = {"tu", "tus"} & {word.lower() for word in words[2:]} and words[1:2] != ["de"]
    offers = infinitive(first) in OFFERED or yours
    described = several(words) or _described(words)
    if described is not None and not offers:
        return described
    if len(words) > 1 and (is_headline(words) or offers):
        return order(words) or quote(words, ask="")
    return several(words) or branded or (quote(words, ask="") if is_clause(words) else named(words))


def _whatever(words: list[str]) -> Topic:
    """ "Lo que nadie te cuenta de vivir solo": what is done there names it, or nothing does."""
    joints = (at for at, word in enumerate(words[:-1]) if word in ("de", "al", "para"))
    deed = next((words[at + 1 :] for at in joints if is_infinitive(words[at + 1])), None)
    topic = unnamed("esta historia") if deed is None else spoken_of(deed)
    topic.told = join(lowered(words))
    return topic


def _described(words: list[str]) -> Topic | None:
    """A thing and how it is: "Tarta vasca hecha en Bilbao, sin gluten"; told as it was written."""
    if "," not in words or words[0].lower() in PREPOSITIONS or words[1][:1].isupper():
        return None
    plural = is_plural_word(words[0])
    agrees = plural and (words[1].endswith(words[0][-2:]) or words[1] == "de")
    made = words[1] == "de" and words[0].lower() not in lexicon().forms
    if not (agrees or made or is_known_noun(words[0])) and words[1].lower() != "para":
        return None
    comma = words.index(",")
    verb = find_verb(words, 1)
    if (
        not 1 < comma <= _LONGEST_DESCRIBED
        or verb is not None
        or any(starts_clause(words[at + 1 :]) for at, word in enumerate(words) if word == ",")
    ):
        return None
    topic = named(words[:comma])
    topic.told = join(words)
    return topic


def _reason(words: list[str]) -> Topic:
    """What "diez razones para visitar Galicia" is about: Galicia; nobody wants to be told how."""
    at = next((i for i, word in enumerate(words) if i and word[:1].isupper()), 0)
    if at:
        # "Cuenca" is a town here, whatever else it is.
        end = next((i for i in range(at, len(words)) if not words[i][:1].isupper()), len(words))
        name = join(words[at:end])
        return Topic(name, name, name=True)
    return spoken_of(words)


def _asked(words: list[str]) -> Topic:
    """A question: Spanish asks directly and indirectly in the same order."""
    words = inverted(words)
    size = 2 if words[0].lower() in PREPOSITIONS else 1
    low = [words[0].lower(), *words[1:]]
    rest = words[size:]
    ask = join(low)
    short = len(low) <= LONGEST_ASK
    subject = _which(rest) if low[0] == "qu\u00e9" else None
    subject = subject or _asked_subject(rest)
    if subject is None or (subject[0].lower() in ("un", "una") and noun(subject).person):
        # What "un arque\u00f3logo" does is asked of all of them.
        return quote(words, ask=ask)
    topic = named(subject)
    topic.ask = ask if short else ""
    topic.does = topic.whom = topic.purpose = ""
    topic.whole = topic.short
    if words[0].lower() == "por" and rest[: len(subject)] == subject and len(rest) <= 12:
        topic.claim = join(lowered(list(rest)))
    return topic


def _which(rest: list[str]) -> list[str] | None:
    """What "qu\u00e9 diferencia hay entre A y B" is about: "la diferencia entre A y B"."""
    if len(rest) < 4 or rest[1].lower() not in ("hay", "existe", "existen"):
        return None
    return definite([rest[0], *rest[2:]]) if rest[2].lower() in PREPOSITIONS else None


def _yes_or_no(words: list[str]) -> Topic:
    """Read "\u00bfEs verdad que los peces duermen?" as being about the fish, or quote it."""
    subject = None
    if len(words) > 4 and words[1].lower() in ("verdad", "cierto") and words[2].lower() == "que":
        subject = _asked_subject(words[3:])
    if subject is None and words[1:2] and words[1].lower() in ("verdad", "cierto"):
        return unnamed("este asunto")
    if subject is None and infinitive(words[0]) is not None:
        subject = _asked_subject(words)
    if subject is None:
        doing = infinitive_phrase(words)
        if doing is not None:
            return spoken_of(doing)
        phrase = first_phrase(words)
        if phrase is None:
            return unnamed("este asunto")
        subject = phrase
    topic = named(subject)
    topic.whole = topic.short
    return topic


def _asked_subject(rest: list[str]) -> list[str] | None:
    """The noun phrase that a question is about, or None."""
    if not rest or {"nos", "me", "te"} & {word.lower() for word in rest[:2]}:
        # "Por qu\u00e9 se nos duerme el pie" asks about us, not about feet.
        return None
    at = 0
    while at < len(rest) and rest[at].lower() in ("se", "no", "le", "les", "lo", "nos", "ya"):
        at += 1
    verbs = 0
    while at < len(rest) and (
        infinitive(rest[at]) is not None
        or is_infinitive(rest[at])
        or is_we(rest[at])
        or rest[at].lower() in ("si", "a", "al", "tan")
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
    happened = verbs == 1 and infinitive(rest[at - 1]) in _HAPPENING
    if happened and len(phrase) > 2 and phrase[0].lower() in ("con", "de", "del"):
        # "Qu\u00e9 queda de la Ruta de la Plata" asks for the Ruta.
        phrase = ["el", *phrase[1:]] if phrase[0].lower() == "del" else phrase[1:]
    if not phrase:
        return None
    first = phrase[0].lower()
    if first in ("tantos", "tantas"):
        first = "l" + first[4:]
        phrase = [first, *phrase[1:]]
    if at and rest[at - 1].lower() in ("ser", "estar") and first not in DETERMINERS:
        # "Ser aut\u00f3nomo" is about no such person.
        return None
    if first not in DETERMINERS and not phrase[0][:1].isupper() and not is_known_noun(first):
        return None
    if first in DETERMINERS and (len(phrase) < 2 or phrase[1].lower() in ("que", "de", "del")):
        return None
    start = 2 if first in DETERMINERS else 1
    if phrase[start - 1].lower() in ("veces", "vez"):
        return None
    verb = find_verb(phrase, start, plural=number_of(phrase))
    if verb is None and not verbs:
        return None  # where its verb is nobody knows
    end = min(verb.start if verb else len(phrase), _asked_end(phrase, start))
    if "si" in [word.lower() for word in rest[:at]]:
        end = next((i for i in range(start, end) if re.search(SUBJUNCTIVE, phrase[i].lower())), end)
    return phrase[:end]


def _asked_end(phrase: Sequence[str], start: int) -> int:
    """A subject behind its verb ends at the next article or preposition but "de"."""
    for index in range(start, len(phrase)):
        low = phrase[index].lower()
        if low in DETERMINERS and phrase[index - 1].lower() not in ("de",):
            return index
        if low in (PREPOSITIONS - {"de", "del"}) | _BOUNDS:
            return index
        if is_infinitive(low) and not is_known_noun(low):
            return index
        if (
            is_we(low)
            or low.endswith("mente")
            or low in ("mejor", "bien", "mal", "azul", "rojo", "verde")
        ):
            return index
    return len(phrase)
