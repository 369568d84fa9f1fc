"""What else a Spanish idea names: its things, its clauses, its words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from ..cleaning import join
from ..pack import Part
from .clauses import CLITICS, is_infinitive, starts_clause
from .clean import sentence_case, words_of
from .deeds import Tale
from .lexicon import lexicon, plain, word_set
from .nouns import (
    BEFORE,
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    definite,
    gender_of,
    is_known_noun,
    is_plural_word,
)
from .phrases import is_we
from .topic import ASKING, EVENTS, RELATIONAL, SPANS, WEEKDAYS, Topic

__all__ = ["clauses_of", "others_of", "things_besides"]

_JOINTS = word_set("pero cuando mientras porque aunque donde y e si")
_VAGUE = (
    EVENTS
    | SPANS
    | WEEKDAYS
    | word_set(
        "fin vida vez veces poco mes siglo minuto punto lado falta manera forma gente parte resto"
        " final sola solo misma mismo propia fondo medio cosa cosas a\u00f1o d\u00eda noche"
        " tarde ma\u00f1ana tipo favor fin fines noches d\u00edas tardes ma\u00f1anas"
    )
)
_ARTICLES = word_set("un una unos unas el la los las")
_MINE = word_set("mi mis tu tus nuestro nuestra nuestros nuestras")
_SUBJECTS = word_set("nadie todos alguien yo nada no ella ellos t\u00fa")
_SPEAKING = word_set("dice dicen seg\u00fan afirma afirman asegura explica cuenta dijo que")
_LIGHT = word_set(
    "tanto mucho cuesta decir hacer tener poder querer saber estar haber nunca siempre"
    " tambien ahora despues entonces puede pueden tiene tienen hace hacen dice dicen cuando donde"
    " mientras aunque porque"
)
"""Words that carry nothing alone."""
_SHORTEST_CLAUSE = 3
_LONGEST_CLAUSE = 11
_LONGEST_TELLING = 14
_MOST_THINGS = 4
_MOST_WORDS = 5
_SHORTEST_WORD = 5
_SHORTEST_HEAD = 3
_LONG_CHORE = 5
"""Words from which on a task is not said every time."""


def others_of(
    topic: Topic,
    slots: Mapping[str, str],
    words: Sequence[str],
    further: Sequence[str],
    *,
    verse: bool,
) -> tuple[dict[str, str], tuple[Part, ...]]:
    """The slots of what else the idea names, and the parts that may stand for them."""
    found: list[dict[str, str]] = []
    own: dict[str, str] = {}
    unnamed = topic.quoted or "clause" in topic.tags
    told = [*words, *words_of(" ".join(further))]
    called = f"{topic.short} {topic.whole}" if topic.name else topic.short
    things = _things_of(told, besides="" if unnamed else called)
    short = _head_of(slots["topic"]) if topic.person and topic.plural else ""
    crowd = {"topic": short, "al_topic": f"a {short}"} if short else {}
    if topic.quoted and topic.ask and topic.short.startswith(("el ", "la ", "los ", "las ")):
        things = list(dict.fromkeys([topic.short, *things]))
    found += [{"part": thing, **crowd} for thing in things] or ([crowd] if crowd else [])
    found += [{"chore": "hacerlo"}] * 2 if len(slots["chore"].split()) >= _LONG_CHORE else []
    if not slots["topic"] and not slots["question"] and (topic.told or not topic.task):
        found += [
            {"said": f"\u00ab{sentence_case(each)}\u00bb"}
            for each in (_lines(words) if verse else clauses_of(words))
        ]
    if not (slots["topic"] or topic.task or things):
        # A word alone is the last resort.
        found += [{"word": f"\u00ab{each}\u00bb"} for each in _words_worth(words)]
    if topic.told and ":" in topic.told:
        points = topic.told.split(": ", 1)[1].split(", ")
        no_name = {*lexicon().forms, *PREPOSITIONS}
        does = any(point.split()[0].lower() in no_name for point in points)
        several = len(points) < 2 or " y " in points[-1]
        named = [] if does or several else points
        own = {f"point_{at}": point for at, point in enumerate(named[:3], 1)}
    if topic.quoted and not topic.ask and not any({"part", "word"} & set(each) for each in found):
        own["these"] = "estas palabras"
    own_parts, parts = _first_and_rest(found)
    return own | own_parts, parts


def things_besides(tale: Tale, words: Sequence[str]) -> tuple[dict[str, str], tuple[Part, ...]]:
    """What a tale names beside its hero, and a shorter name of the hero."""
    hero = tale.hero
    short = _head_of(hero.again)
    if hero.named and hero.first != hero.again and hero.first.startswith(f"{hero.again}, "):
        described = hero.first.removeprefix(f"{hero.again}, ").split()
        short = join(definite(described[:2]) or []) if described[0] in ("un", "una") else ""
        short = short if short and is_known_noun(described[1]) else ""
    brief = {"hero": short, "al_hero": f"a {short}" if hero.animate else ""} if short else {}
    things = _things_of(words, besides=f"{hero.first} {tale.thing}")
    found = [{"part": thing, **brief} for thing in things] or ([brief] if brief else [])
    return _first_and_rest(found)


def _first_and_rest(found: list[dict[str, str]]) -> tuple[dict[str, str], tuple[Part, ...]]:
    """The first of each kind is the frame's own where it has none."""
    own: dict[str, str] = {}
    for each in found:
        for slot, value in each.items():
            if slot in ("part", "said", "word"):
                own.setdefault(slot, value)
    return own, tuple(Part(each) for each in found)


def _things_of(words: Sequence[str], *, besides: str) -> list[str]:
    """The things that the idea names with an article, without their complements.

    Args:
        words: the idea's.
        besides: what the film already is about, which is none of them.
    """
    found: list[str] = []
    taken = {plain(word) for word in re.findall(r"\w+", besides)}
    sets = lexicon().sets
    names = (sets["names"] | sets["bare_names"]) - sets["places"]
    split = [
        piece for word in words
        for piece in ([word[:-1].lower(), "el"] if word.lower() in ("al", "del") else [word])
    ]  # fmt: skip
    for at, (article, head) in enumerate(itertools.pairwise(split)):
        called = head[:1].isupper() and not article[:1].isupper()
        if called and plain(head) in names and plain(head) not in taken:
            found.append(head)
            taken.add(plain(head))
        if article.lower() not in _ARTICLES | _MINE or not _is_thing(article.lower(), head):
            continue
        if split[at - 1 : at] and split[at - 1].lower() in ("todos", "todas"):
            continue  # "todas las noches" is when
        if split[at - 1 : at] == ["de"] and article.lower() not in _MINE:
            continue  # whose, or which, the thing in front of it is
        of = split[at + 2 : at + 4]
        whose = of if of[:1] == ["de"] and len(of) == 2 and is_known_noun(of[1]) else []
        phrase = definite([article.lower(), head, *whose])
        if phrase and plain(head) not in taken:
            found.append(join(phrase))
            taken.add(plain(head))
    return found[:_MOST_THINGS]


def _is_thing(article: str, head: str) -> bool:
    low = head.lower()
    odd = low in BEFORE or low in DETERMINERS or low in NUMBERS or low in PREPOSITIONS
    if not head.islower() or low in _VAGUE or odd or is_infinitive(low):
        return False
    if not is_known_noun(low) and not _must_be_noun(article, low):
        return False
    plural = article.endswith("s")
    if plural != is_plural_word(low):
        return False
    masculine = article in ("un", "el", "unos", "los", "nuestro", "nuestros")
    if article in ("mi", "mis", "tu", "tus"):
        return True
    tonic = plain(low) in lexicon().sets["tonic"]
    return tonic or gender_of(low) in ("", "m" if masculine else "f")


def _must_be_noun(article: str, low: str) -> bool:
    """Whether nothing but a noun can stand there: "los dedos", but not "los miras"."""
    if article in ("la", "las", "los"):
        stem = low.removesuffix("s")
        verb = any(is_infinitive(stem[:-1] + each) for each in ("ar", "er", "ir"))
        return low.endswith(("os", "as", "a")) and not verb and not low.endswith("mos")
    return low not in lexicon().forms


def _head_of(name: str) -> str:
    """A name without its adjectives and complements: "la vacuna"; nothing if it has none."""
    words = name.split()
    if (
        len(words) < 3
        or {"y", "e"} & set(words)
        or words[0].lower() not in ("el", "la", "los", "las")
    ):
        return ""
    head = words[2] if words[1].lower() in BEFORE else words[1]
    odd = (
        head.lower() in _VAGUE
        or head.lower() in RELATIONAL
        or head.lower() in BEFORE | NUMBERS | PREPOSITIONS | {"m\u00e1s", "menos", "no"}
    )
    return "" if odd or not head.islower() or len(head) < _SHORTEST_HEAD else f"{words[0]} {head}"


def clauses_of(words: Sequence[str]) -> list[str]:
    """The idea in pieces that can be quoted one by one; the whole of a short idea."""
    if len(words) <= _LONGEST_CLAUSE:
        return [join(words)]
    pieces: list[list[str]] = [[]]
    for index, word in enumerate(words):
        low = word.lower()
        joint = low in _JOINTS or re.search(r"(?:ando|iendo|yendo)$", low) is not None
        ends = low == "," or (joint and len(pieces[-1]) >= _SHORTEST_CLAUSE)
        if ends and (
            low not in ("y", "e") or starts_clause(words[index + 1 :]) or _new(words, index)
        ):
            pieces.append([] if low in (",", "y", "e") else [word])
        else:
            pieces[-1].append(word)
    found = [
        join(piece) for piece in pieces
        if _SHORTEST_CLAUSE <= len(piece) <= _LONGEST_CLAUSE and piece[0].lower() not in _SPEAKING
    ]  # fmt: skip
    # A clause that leans on another is half of what was said.
    whole = [each for each in found if each.split()[0].lower() not in _JOINTS]
    return whole or found or ([join(words)] if len(words) <= _LONGEST_TELLING else [])


def _lines(words: Sequence[str]) -> list[str]:
    """The idea as the lines of a poem, which break where it has its commas."""
    return [line for line in join(words).split(", ") if " " in line]


def _new(words: Sequence[str], at: int) -> bool:
    after = words[at + 1].lower() if at + 1 < len(words) else ""
    then = words[at + 2].lower() if at + 2 < len(words) else ""
    asks = after in ASKING or then in ASKING
    return asks or after in _SUBJECTS or after in CLITICS or is_we(after)


def _words_worth(words: Sequence[str]) -> list[str]:
    """The words that carry the idea, each of which can be quoted alone."""
    small = DETERMINERS | PREPOSITIONS | NUMBERS | CLITICS | ASKING | BEFORE
    small |= lexicon().sets["function"]
    found = [
        word for word in words
        if len(word) >= _SHORTEST_WORD - 2 * is_known_noun(word) and word.isalpha()
        and plain(word) not in _LIGHT and word not in _VAGUE and word.lower() not in small
    ]  # fmt: skip
    # A verb says little alone.
    nouns = [
        word for word in found if is_known_noun(word) or (word[:1].isupper() and word != words[0])
    ]
    return list(dict.fromkeys(nouns))[:_MOST_WORDS]
