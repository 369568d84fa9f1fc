"""Spanish ideas about somebody who does something: hero, deed, goal, object, trouble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .clauses import CLITICS, find_verb, is_infinitive, starts_clause, to_infinitive, to_present
from .clean import join
from .lexicon import lexicon, word_set
from .nouns import (
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    Gender,
    Noun,
    definite,
    gender_of,
    is_known_noun,
    is_plural_word,
    noun,
    paired,
    singular,
)

__all__ = ["Tale", "hero_slots", "is_stative", "read_tale"]

_JOINTS = word_set("pero cuando mientras porque aunque antes despu\u00e9s hasta y e ,")
_NAMING = word_set("llamado llamada llamados llamadas")
_TIMES = word_set(
    "noche d\u00eda ma\u00f1ana tarde madrugada invierno verano oto\u00f1o primavera"
    " medianoche siglo a\u00f1o navidad domingo s\u00e1bado lunes martes mi\u00e9rcoles"
    " jueves viernes alba amanecer anochecer"
)
_WISHES = {
    **dict.fromkeys(("querer", "desear", "esperar", "necesitar", "intentar", "decidir"), ""),
    **dict.fromkeys(("lograr", "buscar", "deber", "poder", "conseguir"), ""),
    **dict.fromkeys(("aprender", "ir", "empezar"), "a"),
    "so\u00f1ar": "con",
    "tratar": "de",
    "tener": "que",
}
"""Verbs of wishing, and the word between them and what is wished."""
_STATES = word_set(
    "querer desear so\u00f1ar sonar necesitar saber tener ser estar creer odiar amar"
    " conocer poder deber esperar vivir temer haber parecer soler"
)
_SPANS = word_set("ano dia hora mes semana minuto siglo")
_NOBODY = word_set("nadie alguien todos todas quien nada algo yo t\u00fa ella ellos ellas")
_LONGEST_DEED = 12
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
    when: str = ""
    extra: str = ""
    """What a relative clause says of the hero beside the deed."""


def read_tale(words: Sequence[str]) -> Tale | None:
    """Read `words` as a subject and what it does; None when no such reading is safe."""
    lead, words = _lead(list(words))
    if not words:
        return None
    tale = _apposition(words) or _relative(words) or _plain(words) or _being(words)
    if tale is not None and lead and tale.deed:
        tale.when = lead
        tale.full = tale.full and f"{tale.full} {lead}" if _short(tale, lead) else tale.full
    return tale


def _short(tale: Tale, lead: str) -> bool:
    return "," not in tale.full and len(tale.full.split()) + len(lead.split()) < 14


def _lead(words: list[str]) -> tuple[str, list[str]]:
    """Split off "una noche de invierno," or "en un pueblo sin lluvia" in front of the subject."""
    first = words[0].lower()
    if "," in words[1:9]:
        comma = words.index(",", 1)
        timely = any(word.lower() in _TIMES for word in words[:comma])
        if first in PREPOSITIONS or (first in ("una", "un", "cada") and timely):
            lead = join(words[:comma])
            return lead[:1].lower() + lead[1:], words[comma + 1 :]
    if first in ("en", "durante", "desde", "bajo"):
        for index in range(3, min(9, len(words) - 2)):
            starts = words[index].lower() in ("un", "una", "dos", "tres")
            free = words[index - 1].lower() not in PREPOSITIONS | {"y", "que"}
            if starts and free and _plain(words[index:]):
                lead = join(words[:index])
                return lead[:1].lower() + lead[1:], words[index:]
    return "", words


def _subject(words: Sequence[str]) -> Noun | None:
    """The noun phrase that `words` are, with "llamado X" where it is."""
    words = list(words)
    for index, word in enumerate(words):
        if word.lower() in _NAMING and 0 < index < len(words) - 1:
            described = noun(words[:index])
            name = [part[:1].upper() + part[1:] for part in words[index + 1 :]]
            first = join([words[0].lower(), *words[1 : index + 1], *name])
            return Noun(
                first, join(name), described.head, described.gender,
                described.plural, described.person, True, True,
            )  # fmt: skip
    if (
        not words
        or words[-1].lower() in DETERMINERS | PREPOSITIONS | {"y", "e"}
        or words[-1] == ","
    ):
        return None
    pair = paired(words)
    if pair is not None:
        return pair
    if _is_name(words):
        return noun(words, named=True)
    found = noun(words)
    first = words[0].lower()
    if first in DETERMINERS or first in NUMBERS or first.isdigit():
        return _lowered(found)
    return _with_article(found, words)


def _lowered(found: Noun) -> Noun:
    first = found.first[:1].lower() + found.first[1:]
    return Noun(first, found.again[:1].lower() + found.again[1:], *_rest(found))


def _rest(found: Noun) -> tuple[str, Gender, bool, bool, bool, bool]:
    return (found.head, found.gender, found.plural, found.person, found.animate, found.named)


def _with_article(found: Noun, words: list[str]) -> Noun | None:
    """A headline's bare noun gets its article: "cient\u00edficos" are "unos cient\u00edficos"."""
    gender = gender_of(found.head)
    if not gender or not is_known_noun(found.head):
        return None
    article = {("m", True): "unos", ("f", True): "unas", ("m", False): "un", ("f", False): "una"}
    phrase = [article[gender, found.plural], words[0].lower(), *words[1:]]
    return noun(phrase)


def _is_name(words: Sequence[str]) -> bool:
    if words[0].lower() in DETERMINERS | NUMBERS or words[0][:1].isdigit():
        return False
    if is_known_noun(words[0]) or (len(words) == 1 and is_plural_word(words[0])):
        return False
    small = ("de", "la", "del", "los", "y", "von", "el")
    return all(word[:1].isupper() or word.lower() in small for word in words)


def _plain(words: Sequence[str]) -> Tale | None:
    """A subject, then its verb."""
    words = list(words)
    first = words[0].lower()
    determined = first in DETERMINERS or first in NUMBERS or first.isdigit()
    if first in _NOBODY:
        return None
    if not determined and (starts_clause(words) or is_infinitive(first) or first in PREPOSITIONS):
        return None
    at = 2 if determined else 1
    while at < len(words):
        guess = noun(words[:at]) if words[:at] else None
        name = not determined and _is_name([words[0][:1].upper() + words[0][1:]])
        plural = False if name and guess else guess.plural if guess else None
        if "y" in [word.lower() for word in words[1:8]]:
            plural = None
        verb = find_verb(words, at, plural=plural)
        break
    else:
        return None
    if verb is None:
        return None
    phrase = words[: verb.start]
    if not determined and len(phrase) == 1 and not is_known_noun(phrase[0]):
        # "mia encuentra una puerta": a lone word in front of a verb is a name, typed in a hurry.
        phrase = [phrase[0][:1].upper() + phrase[0][1:]]
    hero = _subject(phrase)
    if hero is None:
        return None
    if verb.form.plural and not hero.plural:
        hero = Noun(hero.first, hero.again, hero.head, hero.gender, True, hero.person,
                    hero.animate, hero.named)  # fmt: skip
    tale = Tale(hero)
    _deed(tale, words[verb.start :])
    return tale if tale.deed else None


def _relative(words: list[str]) -> Tale | None:
    """A subject, "que", and what it does; perhaps its main verb after that."""
    at = next((i for i, word in enumerate(words) if i and word.lower() == "que"), 0)
    if not at or "," in words[:at] or not starts_clause(words[at + 1 :]):
        return None
    first = words[0].lower()
    if first in PREPOSITIONS or starts_clause(words) or find_verb(words[:at], 2) is not None:
        return None
    if words[at - 1].lower() in PREPOSITIONS | {"el", "la", "los", "las", "lo"}:
        return None
    hero = _subject(words[:at])
    if hero is None:
        return None
    verb = find_verb(words[at + 1 :], 0, plural=hero.plural)
    if verb is None:
        return None
    predicate = words[at + 1 :]
    tale = Tale(hero)
    main = _main_after(predicate, hero)
    if main:
        tale.extra = join(to_present(predicate[:main]))
        told = f"{hero.first} que {tale.extra}"
        tale.hero = Noun(told, hero.again, *_rest(hero))
        predicate = predicate[main:]
    _deed(tale, predicate)
    return tale if tale.deed else None


def _main_after(predicate: Sequence[str], hero: Noun) -> int:
    """Where the main verb follows a relative clause: "que no sabe nadar rescata a un ni\u00f1o"."""
    for index in range(2, len(predicate)):
        before = predicate[index - 1].lower()
        if predicate[index].lower() in ("y", "que", "pero", "cuando", "donde", "porque"):
            return 0
        if before in DETERMINERS | PREPOSITIONS | NUMBERS | {"que", "y", ",", "no", "se"}:
            continue
        window = [*predicate[index - 1 :]]
        verb = find_verb(window, 1, plural=hero.plural)
        if verb is not None and verb.start == 1:
            return index
    return 0


def _apposition(words: list[str]) -> Tale | None:
    """A name, a comma, and who that is: "Marta, una panadera de C\u00e1diz, ..."."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    if not rest or not _is_name(name) or rest[0].lower() not in ("un", "una", "el", "la"):
        return None
    if "," in rest:
        second = rest.index(",")
        described, tail = rest[:second], rest[second + 1 :]
        tale = _plain([*name, *tail]) if tail else None
    else:
        described, tale = rest, None
    inner = _relative(described) or _being(described)
    if inner is None or not (inner.hero.animate or tale is not None):
        return None
    person = inner.hero
    if tale is None:
        tale = inner
        tale.extra = ""
    first = f"{join(name)}, {join(described) if inner is not tale else person.first},"
    tale.hero = Noun(first, join(name), person.head, person.gender, person.plural, person.person,
                     person.animate, True)  # fmt: skip
    return tale


def _being(words: Sequence[str]) -> Tale | None:
    """Only a being: "una farera en la tormenta"."""
    words = list(words)
    if "," in words:
        words = words[: words.index(",")]
    at = next((i for i, word in enumerate(words) if word.lower() == "que"), len(words))
    first = words[0].lower()
    if first not in DETERMINERS | NUMBERS and not first.isdigit():
        return None
    hero = _subject(words[:at])
    return Tale(hero) if hero is not None and hero.animate else None


def _deed(tale: Tale, predicate: Sequence[str]) -> None:
    """Take a predicate apart: deed, purpose, object, trouble."""
    predicate = to_present(predicate)
    cut = next(
        (
            i
            for i, word in enumerate(predicate)
            if i and word.lower() in _JOINTS and _cuts(predicate, i)
        ),
        len(predicate),
    )
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
    if len(head) > _LONGEST_DEED:
        head = _shortened(head)
    tale.deed = join(head)
    base = to_infinitive(head)
    tale.base = join(base) if base else ""
    tale.thing = _object(head)


def _cuts(words: Sequence[str], at: int) -> bool:
    low = words[at].lower()
    after = words[at + 1 : at + 4]
    if low in ("y", "e"):
        return bool(after) and starts_clause(after)
    if low in ("hasta", "antes", "despu\u00e9s"):
        return "que" in [word.lower() for word in after[:2]] or (
            low != "hasta" and "de" in after[:1]
        )
    return True


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
            return join(rest), head
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
    told = to_present(words)
    return join(told) if starts_clause(told) or find_verb(told, 1) is not None else ""


def _shortened(head: list[str]) -> list[str]:
    """Cut a long deed at its last joint that leaves a whole clause."""
    for at in range(min(_LONGEST_DEED, len(head) - 1), 3, -1):
        low = head[at].lower()
        joint = low in (PREPOSITIONS - {"de", "del", "a", "al"}) | {"que"}
        if joint and head[at - 1].lower() not in PREPOSITIONS | DETERMINERS:
            return head[:at]
    return head


def _object(head: Sequence[str]) -> str:
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
        return ""
    index += 1
    if index < len(head) and head[index].lower() == "a":
        index += 1
    if index >= len(head) - 1:
        return ""
    phrase = list(head[index:])
    if phrase[0].lower() == "al":
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
        low in PREPOSITIONS | DETERMINERS
        or low
        in ("que", "y", "o", ",", "solo", "sola", "juntos", "juntas", "cada", "todas", "todos")
        or low.endswith(("mente", "ando", "iendo"))
        or at >= 3
    )


def is_stative(tale: Tale) -> bool:
    """Whether the deed is no event that begins: "quiere ser piloto", "no sabe nadar"."""
    words = [word.lower() for word in tale.deed.split()]
    form = next((lexicon().forms[word] for word in words if word in lexicon().forms), None)
    spans = any(singular(word) in _SPANS for word in words[1:3])
    return form is None or form.verb in _STATES or spans or words[0] == "no"


def hero_slots(tale: Tale) -> dict[str, str]:
    """The slots that patterns about a hero use; `al_...` have the personal "a" where it is due."""
    hero = tale.hero
    sure = hero.animate or not hero.named
    a = "a " if hero.animate else ""
    base = "" if is_stative(tale) else tale.base
    return {
        "a_hero": hero.first,
        "hero": hero.again,
        "al_a_hero": f"{a}{hero.first}" if sure else "",
        "al_hero": f"{a}{hero.again}" if sure else "",
        "le": "les" if hero.plural else "le",
        "deed": tale.deed,
        "full": tale.full,
        "deed_inf": base,
        "goal": tale.goal,
        "quest": tale.goal or base,
        "trouble": tale.trouble,
        "object": tale.thing,
        "when": tale.when,
        "extra": tale.extra,
    }
