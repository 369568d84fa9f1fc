"""The pieces of a Spanish idea that can be quoted as they were typed, whatever they mean.

A piece is whole by itself: a clause between two points, a noun with its article, a place or a time
with its preposition, something to do. In quotation marks it agrees with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from ..wording import as_far
from .lexicon import lexicon, plain, word_set
from .nouns import (
    BEFORE,
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    gender_of,
    is_known_noun,
    singular,
)
from .verbs import CLITICS, is_finite, is_infinitive, is_small, starts_deed

__all__ = ["bits_of", "describes", "end_of_deed", "is_series", "quoted", "words_worth"]

_MOST = 6
_MOST_WORDS, _FEW = 5, 3
_SHORT, _LONGEST = 8, 9
_LONGEST_CLAUSE = 8
_SHORTEST = 4
_LEADING = word_set(
    "en bajo con contra desde durante hacia hasta para por sin sobre tras ante seg\u00fan"
)
"""Prepositions that begin a piece which says something without what stands before it."""
_JOINTS = word_set("y e o u pero ni pues")
_LIGHT = word_set(
    "vez veces cosa cosas forma manera parte resto fin poco tipo favor gente todo nada cada"
    " decir hacer tener poder querer saber estar haber nunca siempre tambien ahora despues"
    " mismo misma mismos mismas primero ultimo demas entonces luego"
    " mucho mucha muchos muchas tanto bien mejor peor mundo"
)
"""Words that say little alone; without accents."""
_ADJECTIVE = (
    r"(?:ic[oa]s?|os[oa]s?|iv[oa]s?|[ai]bles?|ales?|al|ari[oa]s?|[ai]d[oa]s?|an[oa]s?"
    r"|entes?|antes?)$"
)
_COLOURS = word_set(
    "rojo roja rojos rojas azul azules verde verdes negro negra negros negras blanco blanca blancos"
    " blancas gris grises amarillo amarilla rosa naranja morado morada dorado dorada vivo viva"
    " vac\u00edo vac\u00eda lleno llena caliente fr\u00edo fr\u00eda dulce amargo amarga polar"
    " solar lunar nuclear familiar libre viejo vieja nuevo nueva"
)


def quoted(text: str) -> str:
    """`text` in quotation marks."""
    return f"\u00ab{text}\u00bb"


def bits_of(words: Sequence[str], *, asked: bool = False) -> list[str]:
    """Pieces of the idea `words`, the most telling first, each in quotation marks.

    There is at least one. A question that is `asked` is a piece itself only where there is no
    other.
    """
    clauses = _clauses(words)
    found = clauses if len(clauses) > 1 else []
    found = [each for each in found if len(each.split()) <= _LONGEST_CLAUSE]
    for clause in clauses:
        tokens = clause.split()
        for at in range(len(tokens)):
            end = _end_of_piece(tokens, at)
            if end > at + 1 or (end and not is_infinitive(tokens[at])):
                found.append(join(tokens[at:end]))
    if len(clauses) > 1:
        # "En 2049" says little beside a clause or a thing.
        found = [each for each in found if each.split()[0].lower() not in _LEADING] or found
    kept: list[str] = []
    for each in found:
        if not any(_within(each, other) for other in kept if " " in other) and _tells(each):
            kept.append(each)
    whole = join(list(words))
    if len(clauses) == 1 and len(words) <= _SHORT and not asked and whole not in kept:
        kept.append(whole)
    if not kept:
        words = words[: words.index(",", 1)] if "," in words[1:] else words
        kept = [whole if len(words) <= _LONGEST else join([*words[:_SHORT], "\u2026"])]
    return [quoted(each) for each in kept[:_MOST]]


def is_series(words: Sequence[str]) -> bool:
    """Whether an idea only lines things up: "caf\u00e9, cruas\u00e1n, silencio"."""
    pieces = [piece.split() for piece in _clauses(words)]
    joined = any(word in ("y", "e", "o", "u") for word in pieces[-1])
    short = all(len(piece) <= _FEW for piece in pieces) and words[0][:1].islower()
    return short and (len(pieces) > _FEW - 1 or (len(pieces) > 1 and joined))


def words_worth(words: Sequence[str]) -> list[str]:
    """The nouns and names of the idea, in quotation marks; without one any telling word."""
    heavy = [word for word in words if _is_heavy(word)]
    plainly = [word for word in heavy if not (is_finite(word) or is_infinitive(word))]
    plainly = [word for word in plainly if re.search(r"(?:mos|\u00e1is|\u00e9is)$", word) is None]
    chosen = [
        word for word in plainly
        if is_known_noun(word) or word[:1].isupper()
    ]  # fmt: skip
    if not chosen:
        chosen = (plainly or heavy) if len(words) < _FEW else plainly
    found = {singular(word): word for word in chosen}
    return [quoted(word) for word in list(found.values())[:_MOST_WORDS]]


def describes(word: str, *, gender: str = "") -> bool:
    """Whether a word behind a noun certainly is its adjective, of that gender where it has one."""
    low = word.lower()
    if not low.isalpha() or is_small(low) or is_finite(low) or is_infinitive(low):
        return False
    agreed = not gender or not re.search(r"[oa]s?$", low) or low.rstrip("s")[-1] == gender
    listed = low in _COLOURS or not lexicon().sets["adjectives"].isdisjoint(_lemmas(plain(low)))
    return (listed or bool(len(low) > 4 and re.search(_ADJECTIVE, plain(low)))) and agreed


def _lemmas(bare: str) -> set[str]:
    """What an adjective may be in the masculine singular: "rusas" is "ruso"."""
    single = {bare, bare.removesuffix("s"), bare.removesuffix("es")}
    return single | {
        f"{each[:-1]}{end}" for each in single if each.endswith("a") for end in ("o", "")
    }


def end_of_deed(words: Sequence[str], at: int) -> int:
    """Where an infinitive and its object end, from `at` on; 0 if that is not certain."""
    end = at
    while end < len(words) and not is_infinitive(words[end]):
        end += 1
    end += 1
    if end >= len(words) or words[end].lower() in _LEADING or is_finite(words[end]):
        return min(end, len(words))
    if words[end].lower() in ("a", "al") and end + 1 < len(words):
        inner = end + 1
        deed = is_infinitive(words[inner])
        return end_of_deed(words, inner) if deed else _end_of_noun(words, inner, bare=True)
    found = _end_of_noun(words, end, bare=False)
    alone = end + 1 == len(words) or words[end + 1].lower() in _LEADING
    return found or (end + 1 if alone and not is_small(words[end]) else 0)


def _clauses(words: Sequence[str]) -> list[str]:
    """What stands between the points of an idea, without the conjunction that leads it."""
    text = re.sub(r"\s+([,:;])", r"\1", " ".join(words)).strip(" ,:;")
    pieces = [piece.split() for piece in re.split(r"\s*[,:;]\s+", text)]
    pieces = [piece[1:] if piece[1:] and piece[0].lower() in _JOINTS else piece for piece in pieces]
    return [" ".join(piece) for piece in pieces if piece]


def _tells(piece: str) -> bool:
    """Whether a piece has a word that says something."""
    if piece.split()[0].lower() in _LEADING and " " in piece:
        return True
    return any(_is_heavy(word) or word.isdigit() for word in piece.split())


def _within(piece: str, other: str) -> bool:
    return re.search(rf"(?<![\w'-]){re.escape(piece)}(?![\w'-])", other) is not None


def _end_of_piece(words: Sequence[str], at: int) -> int:
    """Where the piece that begins at `at` ends; 0 if none certainly does."""
    low = words[at].lower()
    if low in _LEADING:
        start = at + 1
        if (
            start < len(words)
            and low in ("para", "sin", "por", "hasta")
            and starts_deed(words[start:])
        ):
            return end_of_deed(words, start)
        return _end_of_noun(words, start, bare=True, led=True)
    if starts_deed(words[at:]) and low != "no":
        clitic = at and words[at - 1].lower() in CLITICS
        return 0 if clitic else end_of_deed(words, at)
    return _end_of_noun(words, at, bare=False)


def _end_of_noun(words: Sequence[str], at: int, *, bare: bool, led: bool = False) -> int:
    """Behind the noun phrase at `at`; one without an article only where it may be `bare`.

    Where no preposition has `led` to it, an article may be a pronoun: "la mira".
    """
    start = at
    if at >= len(words):
        return 0
    low = words[at].lower()
    before = words[at - 1].lower() if at else ""
    article = low in DETERMINERS | NUMBERS or low.isdigit()
    counted = low in NUMBERS or low.isdigit()
    free = not before or before[-1] == "," or before in PREPOSITIONS | _JOINTS or is_finite(before)
    if counted and not free:
        return 0  # "mochila 30 litros impermeable": it says something of what stands before
    at += article
    while at < len(words) and (words[at].lower() in BEFORE | NUMBERS or words[at].isdigit()):
        at += 1
    if at >= len(words) or before in ("todo", "toda", "todos", "todas"):
        return 0
    noun = words[at]
    pronoun = low in ("la", "los", "las") and noun.lower() in lexicon().forms
    if pronoun and not led and before and before not in PREPOSITIONS:
        return 0
    new = article and low not in ("la", "los", "las") and _ends_at(words, at + 1)
    known = is_known_noun(noun) and not is_small(noun)
    known = known or bool(new and not (is_small(noun) or is_finite(noun)) and noun.isalpha())
    known = known and not (is_infinitive(noun) and not is_known_noun(noun))
    if not known and not (noun[:1].isupper() and (article or (bare and at == start))):
        return 0
    if not (article or bare or at > start):
        return 0
    end = as_far(words, at + 1, _one_more)
    if at == start and not _ends_at(words, end) and _ends_at(words, end + 1):
        # "En palabras sencillas": without an article, all of it belongs together.
        return end + 1
    return end


def _ends_at(words: Sequence[str], at: int) -> bool:
    """Whether nothing at `at` can belong to a noun in front of it."""
    if at < len(words) and (is_finite(words[at]) or words[at].lower() in CLITICS):
        return True
    return at >= len(words) or words[at].lower() in PREPOSITIONS | _JOINTS | {"que", "donde"}


def _one_more(words: Sequence[str], at: int) -> int:
    """Behind an adjective or a complement with "de" that surely belongs to the noun before `at`."""
    low = words[at].lower()
    after = words[at + 1] if at + 1 < len(words) else ""
    noun = (
        bool(after) and (is_known_noun(after) or after[:1].isupper()) and not is_infinitive(after)
    )
    letter = {"m": "o", "f": "a"}.get(gender_of(words[at - 1]), "")
    called = words[at - 1][:1].isupper()
    if not called and describes(words[at], gender=letter) and not is_known_noun(low):
        return at + 1
    if words[at][:1].isupper() and (words[at - 1][:1].isupper() or is_known_noun(words[at - 1])):
        return at + 1
    if low in ("de", "del") and noun:
        return at + 2
    owned = low == "de" and after.lower() in word_set("la los las mi su tu un una")
    return at + 3 if owned and at + 2 < len(words) and is_known_noun(words[at + 2]) else at


def _is_heavy(word: str) -> bool:
    bare = plain(word)
    light = is_small(word) or len(word) < _SHORTEST or bare in _LIGHT or singular(word) in _LIGHT
    return not light and re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)*", word) is not None
