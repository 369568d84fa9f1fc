"""What can be named in a Spanish idea that no other reader understands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .clauses import CLITICS, find_verb, is_infinitive, starts_clause
from .lexicon import lexicon, plain, word_set
from .nouns import (
    ARTICLES,
    BEFORE,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    definite,
    gender_of,
    is_known_noun,
    is_plural_word,
    noun,
)
from .relatives import main_after, own_verb
from .topic import EVENTS, LONGEST, SPANS, WEEKDAYS, phrase_end

__all__ = [
    "ADVERBS",
    "SUBJUNCTIVE",
    "first_phrase",
    "infinitive_phrase",
    "inverted",
    "is_clause",
    "is_first_person",
    "is_headline",
    "is_mine",
    "is_no_noun",
    "is_we",
    "number_of",
    "we_do",
    "with_subject",
]

_I = word_set(
    "quiero tengo puedo soy estoy voy hago s\u00e9 veo digo vengo pongo salgo recuerdo siento"
    " pienso prefiero creo vivo escribo odio necesito busco espero conozco me nos somos estamos"
    " tenemos vamos hacemos"
)
ADVERBS = word_set("hoy ayer ma\u00f1ana ahora aqu\u00ed siempre nunca ya as\u00ed entonces anoche")
"""Words that begin a clause in front of its verb."""
SUBJUNCTIVE = r"(?:ara|aran|iera|ieran|era|eran|iese|iesen)$"
_CLAUSES = word_set("cuando si porque mientras yo hay no nosotros quiero que")
_LED = ARTICLES | POSSESSIVES | NUMBERS
_VAGUE = EVENTS | NUMBERS | SPANS | WEEKDAYS | {"vez", "poco", "fin", "par", "rato"}
_NEW_SUBJECTS = word_set("yo t\u00fa nadie todos todas alguien ella ellos nosotros se no")
_OPENERS = word_set("que m\u00e1s mejor menos c\u00f3mo")
_LONGEST = 8


def is_we(word: str) -> bool:
    """Whether the word is a verb of the first person plural: "olvidamos"."""
    low = word.lower()
    return any(
        low.endswith(ending) and is_infinitive(low.removesuffix(ending) + verb)
        for ending, verb in (("amos", "ar"), ("emos", "er"), ("imos", "ir"))
    )


def we_do(words: Sequence[str]) -> list[str] | None:
    """What we do, in the infinitive: "so\u00f1amos" is "so\u00f1ar"."""
    low = next((word.lower() for word in words if is_we(word)), "")
    if not low:
        return None
    pairs = (("amos", "ar"), ("emos", "er"), ("imos", "ir"))
    found = (low.removesuffix(end) + verb for end, verb in pairs if low.endswith(end))
    return [verb for verb in found if is_infinitive(verb)][:1]


def is_mine(words: Sequence[str]) -> bool:
    """Whether "yo" speaks among the first words: not "mi yo de quince a\u00f1os"."""
    low = [word.lower() for word in words[:6]]
    return "yo" in low and not (low.index("yo") and low[low.index("yo") - 1] in POSSESSIVES)


def is_first_person(words: Sequence[str]) -> bool:
    """Whether somebody speaks of himself: "abrimos una tienda", "echo de menos el mar"."""
    if len(words) < 2:
        return False
    low = words[0].lower()
    if low in _I | {"yo", "nosotros", "nosotras"} or is_we(low):
        return True
    after = words[1].lower()
    opens = after in DETERMINERS | {"a", "al", "que", "con", "en"} or is_infinitive(after)
    opens = opens or (after == "de" and len(words) > 2 and words[2].lower() == "menos")
    verb = any(is_infinitive(low.removesuffix("o") + ending) for ending in ("ar", "er", "ir"))
    return low.endswith("o") and opens and verb and not is_known_noun(low)


def first_phrase(words: Sequence[str]) -> list[str] | None:
    """The first noun phrase with an article among `words`, made definite; None without any."""
    done = _bare_object(words)
    if done is not None:
        return done
    if words[1:2] == ["al"] and is_headline(list(words)) and not noun(["el", *words[2:]]).person:
        # "Cierran al ba\u00f1o tres playas": what stands behind "al" is but a circumstance.
        plain_first = first_phrase([words[0], *words[3:]])
        if plain_first is not None:
            return plain_first
    words = _parted(words)
    for index, word in enumerate(words[:-1]):
        low = word.lower()
        before = words[index - 1].lower() if index else ""
        if low not in _LED or _is_pronoun(words, index) or before in ("todos", "todas"):
            continue
        phrase = words[index : index + _LONGEST]
        verb = find_verb(phrase, 2)
        again = (at for at in range(1, len(phrase)) if _ends(phrase, at))
        end = min(verb.start if verb else len(phrase), phrase_end(phrase), next(again, 9))
        phrase = phrase[:end]
        while phrase and phrase[-1].lower() in CLITICS | {"no", "y", "de", "m\u00e1s"}:
            phrase = phrase[:-1]
        if (
            len(phrase) < 2
            or is_infinitive(phrase[1])
            or phrase[1][:1].isdigit()
            or phrase[1].lower() in _VAGUE
        ):
            continue
        return definite([low, *phrase[1:]])
    return None


def _bare_object(words: Sequence[str]) -> list[str] | None:
    """What we do something to, without an article: "vendemos jabones artesanos"."""
    if len(words) < 2 or not is_first_person([words[0], "a"]) or not is_plural_word(words[1]):
        return None
    phrase = list(words[1:])
    return definite(phrase[: phrase_end(phrase)]) if words[1].lower() not in EVENTS else None


def _ends(phrase: Sequence[str], at: int) -> bool:
    """Whether something else begins at `at`: another noun phrase, or a predicate."""
    low = phrase[at].lower()
    if low in ("y", "e") and at + 1 < len(phrase) and phrase[at + 1].lower() in _NEW_SUBJECTS:
        return True
    if low in ("y", "e") and re.search(r"[\u00e9\u00ed\u00f3]$", "".join(phrase[at + 1 : at + 2])):
        # "perd\u00ed las llaves y encontr\u00e9 ...": a second deed, not a second thing.
        return True
    if low in ("y", "e") and at + 1 < len(phrase) and is_we(phrase[at + 1]):
        return True
    if re.search(r"[\u00e9\u00e1\u00f3]$", low):
        return True  # no adjective has such an end: "el pa\u00eds est\u00e9 en recesi\u00f3n"
    if low in ("despu\u00e9s", "antes", "mientras", "cuando"):
        return True
    if low in ("hay", "hab\u00eda", "hubo", "habr\u00e1"):
        return True
    if low in DETERMINERS | NUMBERS and phrase[at - 1].lower() not in ("de", *ARTICLES):
        return True
    if at > 1 and is_infinitive(low) and not is_known_noun(low):
        return True
    noun = phrase[at - 1].lower() in BEFORE  # "la \u00faltima molinera"
    verb = at > 1 and not noun and re.search(SUBJUNCTIVE, low) is not None
    return low in CLITICS | {"no"} or verb


def infinitive_phrase(words: Sequence[str]) -> list[str] | None:
    """What somebody may do, from its infinitive to the end: "volver a bailar contigo"."""
    for index, word in enumerate(words):
        before = words[index - 1].lower() if index else ""
        if is_infinitive(word) and not is_known_noun(word) and before not in DETERMINERS:
            phrase = list(words[index:])
            short = len(phrase) <= _LONGEST + 2 and "," not in phrase
            return [word.lower(), *phrase[1:]] if short else None
    return None


def _parted(words: Sequence[str]) -> list[str]:
    parted: list[str] = []
    for word in words:
        parted += [word[:-1], "el"] if word.lower() in ("al", "del") else [word]
    return parted


def _is_pronoun(words: Sequence[str], index: int) -> bool:
    after = words[index + 1].lower()
    if words[index].lower() not in ("la", "los", "las"):
        return words[index].lower() == "uno"
    verb = after in lexicon().forms and plain(after) not in lexicon().sets["nouny"]
    return verb and not is_known_noun(after)


def is_no_noun(words: Sequence[str]) -> bool:
    """Whether no noun comes first: "te espero", "vendr\u00e1 mayo", "prohibido so\u00f1ar"."""
    if len(words) > 1 and words[0].lower() in CLITICS and words[1].lower() != "que":
        return True
    if len(words) < 2 or is_known_noun(words[0]) or words[0].lower() in DETERMINERS | NUMBERS:
        return False
    if plain(words[0]) in lexicon().sets["bare_names"]:
        return False
    low, after = words[0].lower(), words[1].lower()
    article = after in ARTICLES | {"a", "al"}
    verb = re.search(r"(?:r\u00e1n?|[ae]r\u00eda[ns]?)$", low) is not None
    guessed = low.endswith("e") and article and low not in lexicon().forms
    return verb or is_infinitive(after) or guessed


def is_headline(words: list[str]) -> bool:
    """Whether a verb comes first: "suben los alquileres", not "funda impermeable"."""
    first, after = words[0].lower(), words[1].lower()
    if not starts_clause(words) or is_known_noun(first):
        return False
    form = lexicon().forms.get(first)
    if form is None or form.plural:
        return True
    opens = DETERMINERS | NUMBERS | PREPOSITIONS | _OPENERS
    return after in opens or is_infinitive(after) or is_plural_word(after)


def inverted(words: list[str]) -> list[str]:
    """ "C\u00f3mo un pueblo salv\u00f3 su cine" asks, with the verb in front, how it did."""
    if words[0].lower() not in ("c\u00f3mo", "d\u00f3nde", "cu\u00e1ndo"):
        return words
    verb = find_verb(words, 3) if words[1].lower() in DETERMINERS and len(words) > 3 else None
    if verb is None:
        return words
    deed = slice(verb.start, verb.index + 1)
    return [words[0], *words[deed], *words[1 : verb.start], *words[verb.index + 1 :]]


def with_subject(words: list[str]) -> list[str]:
    """A headline's bare subject gets its article: "tormenta deja" is "una tormenta deja"."""
    first = words[0]
    gender = gender_of(first)
    verb = find_verb(words, 1, plural=is_plural_word(first))
    sure = first.islower() and is_known_noun(first) and first not in EVENTS
    if not (sure and gender and verb and verb.start <= 3):
        return words
    article = {"m": "un", "f": "una"}[gender]
    if is_plural_word(first):
        article = {"m": "unos", "f": "unas"}[gender]
    elif plain(first) in lexicon().sets["tonic"]:
        article = "un"
    return [article, *words]


def number_of(phrase: Sequence[str]) -> bool | None:
    """Whether the determiner of a phrase makes it plural; None when it does not tell."""
    first = phrase[0].lower()
    if first in ("el", "la", "un", "una", "su", "mi", "cada", "nuestro", "nuestra"):
        return False
    return True if first in ("los", "las", "unos", "unas") else None


def is_clause(words: Sequence[str]) -> bool:
    """Whether the words are more than a noun phrase, in a way that no other reader knew."""
    first = words[0].lower()
    if first in _CLAUSES:
        return True
    if "," in words or len(words) > LONGEST:
        return True
    if first in PREPOSITIONS:
        return True
    timed = first in DETERMINERS and not first.startswith(("est", "aquel"))
    if timed and len(words) > 3 and words[1].lower() in EVENTS:
        return False
    end = next((i for i, word in enumerate(words) if word.lower() in ("que", "donde")), len(words))
    behind = words[end + 1 :]
    if len(behind) > 3 and main_after(behind, max(own_verb(behind), 0), plural=number_of(words)):
        # "La m\u00e1quina que nadie usaba despierta" is no noun phrase.
        return True
    start = 2 if first in DETERMINERS else 1
    return find_verb(words[:end], start) is not None
