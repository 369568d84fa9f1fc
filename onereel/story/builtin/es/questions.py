"""Spanish ideas that ask something, and those that can only be told as they were written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .clauses import find_verb, is_infinitive, starts_clause
from .lexicon import infinitive
from .nouns import DETERMINERS, PREPOSITIONS, is_known_noun
from .topic import (
    ASKING,
    EVENTS,
    LONGEST,
    Topic,
    brand,
    lowered,
    named,
    order,
    phrase_end,
    task,
    uncounted,
)

__all__ = ["read_topic"]

_SUBJUNCTIVE = r"(?:ara|aran|iera|ieran|era|eran|iese|iesen)$"
_LONGEST_ASK = 13


def read_topic(words: Sequence[str], premise: str) -> Topic:
    """Read an idea that is about no hero; what cannot be read is quoted."""
    words = uncounted(list(words))
    first = words[0].lower()
    if first == "c\u00f3mo" and len(words) > 1 and is_infinitive(words[1]):
        return task(words[1:])
    if first in ASKING or (first == "por" and len(words) > 2 and words[1] == "qu\u00e9"):
        return _asked(words)
    if premise.endswith("?"):
        return _yes_or_no(words)
    if is_infinitive(first):
        return task(words)
    if len(words) > 1 and starts_clause(words) and not is_known_noun(first):
        return order(words) or _quote(words, ask="")
    return brand(words) or (_quote(words, ask="") if _is_clause(words) else named(words))


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
    topic = named(subject)
    topic.ask = ask if short else ""
    topic.does = topic.whom = topic.purpose = ""
    topic.whole = topic.short
    if words[0].lower() == "por" and rest[: len(subject)] == subject and len(rest) <= 12:
        topic.claim = join(lowered(list(rest)))
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
    topic = named(subject)
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
        end = next(
            (i for i in range(start, end) if re.search(_SUBJUNCTIVE, phrase[i].lower())), end
        )
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
    if "," in words or len(words) > LONGEST:
        return True
    if first in PREPOSITIONS:
        return True
    if first in DETERMINERS and len(words) > 3 and words[1].lower() in EVENTS:
        return False
    end = next((i for i, word in enumerate(words) if word.lower() in ("que", "donde")), len(words))
    start = 2 if first in DETERMINERS else 1
    return find_verb(words[:end], start) is not None


def _quote(words: Sequence[str], *, ask: str) -> Topic:
    """What nobody can read is named as it was written."""
    text = join(lowered(list(words)))
    first = words[0].lower()
    if not ask and first in ("cuando", "si", "mientras", "porque"):
        return _about(_asked_subject(list(words[1:])), text)
    if not ask and first in DETERMINERS and len(words) > 3:
        verb = find_verb(words, 2)
        end = min(verb.start if verb else len(words), phrase_end(words))
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
        topic = named(subject)
        topic.whole = topic.short
    if len(text.split()) <= 24:
        topic.told = text
    return topic
