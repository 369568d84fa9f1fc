"""The pieces of a French idea that can be quoted as they were typed, whatever they mean.

A piece is whole by itself: a clause between two points, a noun with its article, a place or a time
with its preposition, something to do. In quotation marks it agrees with nothing and nothing elides
before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from ..wording import as_far
from .nouns import infinitive_at, is_infinitive, is_known, is_name, is_number, is_verb, word_in
from .terms import core, is_heavy, is_small, quoted, words_worth

__all__ = ["bits_of", "end_of_deed", "is_adjective", "is_series"]

_MOST = 6
_FEW = 3
_SHORT, _LONGEST = 8, 9
_LONGEST_CLAUSE = 8
_LEADING = (
    *("sur", "sous", "dans", "pendant", "pour", "sans", "avec", "chez", "contre", "depuis"),
    *("derri\u00e8re", "devant", "vers", "malgr\u00e9", "durant", "en", "parmi"),
)
"""Prepositions that begin a piece which says something without what stands before it."""
_ARTICLES: tuple[str, ...] = (
    "le",
    "la",
    "les",
    "un",
    "une",
    "des",
    "mon",
    "ma",
    "mes",
    "ton",
    "ta",
    "tes",
)
_ARTICLES += ("son", "sa", "ses", "notre", "nos", "votre", "vos", "leur", "leurs", "ce", "cet")
_ARTICLES += ("du", "cette", "ces", "plusieurs", "quelques", "chaque")
_ADJECTIVE = (
    r"(?:ique|able|ible|aire|euse|iste|al|ale|aux|elle|if|ive|ienne|oise?|aise?|ain|aine)s?$"
)
_PARTIAL = ("du", "des")
_ALL = ("tout", "tous", "toute", "toutes")
_ELIDED = r"(?:[njmtsc]|qu|lorsqu|puisqu|quoiqu)'"
_JOINTS = ("et", "ou", "mais", "puis", "car", "donc", "ni")


def bits_of(words: Sequence[str], *, asked: bool = False) -> list[str]:
    """Pieces of the idea `words`, the most telling first, each in quotation marks.

    There is at least one. A question that is `asked` is a piece itself only where there is no
    other.
    """
    clauses = _clauses(words)
    found = [each for each in clauses if len(each.split()) <= _LONGEST_CLAUSE]
    found = [each for each in found if each.split()[0].lower() not in _LEADING] or found
    if asked or not found:
        pieces = [
            _piece(clause.split(), at) for clause in clauses for at in range(len(clause.split()))
        ]
        # "Dans le noir" says little beside a thing or something to do.
        pieces = [each for each in pieces if each]
        found += [each for each in pieces if each.split()[0].lower() not in _LEADING] or pieces
    kept: list[str] = []
    for each in found:
        if not any(_within(each, other) for other in kept if " " in other) and _tells(each):
            kept.append(each)
    whole = join(list(words))
    one = len(clauses) == 1 and len(words) <= _SHORT and not asked
    if one and whole not in kept:
        kept.append(whole)
    if not kept:
        kept = (
            [whole]
            if len(words) <= _LONGEST
            else [word[1:-1].strip() for word in words_worth(words)]
        )
    return [quoted(each) for each in kept[:_MOST]]


def _piece(tokens: Sequence[str], at: int) -> str:
    """The piece that begins at `at`; "" where none surely does."""
    end = _end_of_piece(tokens, at)
    alone = end == at + 1 and is_infinitive(tokens[at])
    return "" if not end or alone else join(list(tokens[at:end]))


def is_series(words: Sequence[str]) -> bool:
    """Whether an idea only lines things up: "caf\u00e9, croissant, silence"."""
    pieces = [piece.split() for piece in _clauses(words)]
    joined = any(word in ("et", "ou") for word in pieces[-1])
    short = all(len(piece) <= _FEW for piece in pieces) and words[0][:1].islower()
    return short and (len(pieces) > _FEW - 1 or (len(pieces) > 1 and joined))


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
    return any(is_heavy(core(word)) or word.isdigit() for word in piece.split())


def _within(piece: str, other: str) -> bool:
    return re.search(rf"(?<![\w'-]){re.escape(piece)}(?![\w'-])", other) is not None


def _end_of_piece(words: Sequence[str], at: int) -> int:
    """Where the piece that begins at `at` ends; 0 if none certainly does."""
    low = words[at].lower()
    if low in _LEADING:
        start = at + 1
        if start < len(words) and low in ("pour", "sans") and infinitive_at(words, start):
            return end_of_deed(words, start)
        return _end_of_noun(words, start, bare=low != "en", led=True)
    if is_infinitive(words[at]):
        clitic = at and word_in(words[at - 1], "clitics")
        return 0 if clitic else end_of_deed(words, at)
    return _end_of_noun(words, at, bare=False)


def end_of_deed(words: Sequence[str], at: int) -> int:
    """Where an infinitive and its object end, from `at` on; 0 if that is not certain."""
    end = at
    while end < len(words) and not is_infinitive(words[end]):
        end += 1
    end += 1
    if whole := _end_of_asked(words, end):
        return whole
    if words[end : end + 1] == ["\u00e0"] and infinitive_at(words, end + 1):
        end = end_of_deed(words, end + 1)  # "apprendre (\u00e0 siffler) \u00e0 son chien"
        whom = words[end : end + 1] in (["\u00e0"], ["au"], ["aux"])
        return (_end_of_noun(words, end + 1, bare=False, led=True) or end) if whom else end
    if end < len(words) - 1 and words[end].lower() == "de":
        if is_infinitive(words[end + 1]) and is_infinitive(words[end - 1]):
            return end_of_deed(words, end + 1)  # "arr\u00eater (de tondre)"
        return _end_of_noun(words, end + 1, bare=True, led=True) or end  # "faire (de bruit)"
    led = end < len(words) and word_in(words[end], "prepositions")
    if end >= len(words) or (led and words[end] not in _PARTIAL) or is_verb(words[end]):
        return end
    if words[end] in ("quand", "lorsque"):
        return end
    if is_infinitive(words[end]):
        return end_of_deed(words, end)
    found = _end_of_noun(words, end, bare=False)
    alone = end + 1 == len(words) or words[end + 1].lower() in _LEADING
    return found or (end + 1 if alone and not is_small(words[end]) else 0)


def _end_of_asked(words: Sequence[str], at: int) -> int:
    """Behind what somebody is made to do: "apprendre (\u00e0 un enfant \u00e0 nager)"; 0 where an
    infinitive in front of `at` asks nothing of anybody."""
    if not 0 < at < len(words) or not word_in(words[at - 1], "asking_of"):
        return 0
    led = words[at].lower() in ("\u00e0", "au", "aux")
    end = _end_of_noun(words, at + led, bare=led, led=True)
    deed = re.sub("^d'", "", [*words, "", ""][end + (words[end : end + 1] in (["\u00e0"], ["de"]))])
    joint = [*words, ""][end].lower()
    if not end or not (joint in ("\u00e0", "de") or joint[:2] == "d'") or not is_infinitive(deed):
        return 0
    behind = end + (joint in ("\u00e0", "de"))
    return end_of_deed([*words[:behind], deed, *words[behind + 1 :]], behind)


def _end_of_noun(words: Sequence[str], at: int, *, bare: bool, led: bool = False) -> int:
    """Behind the noun phrase at `at`; one without an article only where it may be `bare`.

    Where no preposition has `led` to it, an article may be a pronoun: "il la porte".
    """
    start = at
    if at >= len(words):
        return 0
    low = words[at].lower()
    elided = re.match(r"[ld]'(?=\w)", low) is not None and low[:1] == "l"
    article = low in _ARTICLES or is_number(low)
    before = words[at - 1] if at else ","
    free = before[-1] == "," or before in _JOINTS
    if is_number(low) and not (free or word_in(before, "prepositions") or is_verb(before)):
        return 0  # "sac 30 litres imperm\u00e9able": it says something of what stands before
    if article:
        at += 1
    while at < len(words) and (word_in(words[at], "prenominal") or is_number(words[at])):
        at += 1
    if at >= len(words):
        return 0
    noun = words[at][2:] if elided and at == start else words[at]
    known = (is_known(noun) or word_in(noun, "times")) and not word_in(noun, "function")
    behind_subject = start and word_in(words[start - 1], "pronouns", "relatives", "clitics")
    unsure = low in ("le", "la", "les", "l'") and is_verb(noun)
    unsure = bool(unsure and start and not word_in(words[start - 1], "prepositions"))
    unsure = unsure or bool(behind_subject)
    if (unsure and not led) or (start and words[start - 1].lower() in _ALL):
        return 0
    new = article and at > start and low not in ("le", "la", "les") and _ends_at(words, at + 1)
    known = known or bool(
        new
        and not (is_small(noun) or is_verb(noun))
        and re.fullmatch(r"[^\W\d_-]+(?:-[^\W\d_]+)*", noun)
    )
    if not known and not (bare and at == start and is_name(noun)):
        return 0
    if not (article or elided or bare or at > start):
        return 0
    end = as_far(words, at + 1, _one_more)
    if at == start and not _ends_at(words, end) and _ends_at(words, end + 1):
        # "En termes simples": without an article, all of it belongs together.
        return end + 1
    return end


def _ends_at(words: Sequence[str], at: int) -> bool:
    """Whether nothing at `at` can belong to a noun in front of it."""
    if at >= len(words) or is_verb(words[at]) or re.match(_ELIDED, words[at].lower()):
        return True
    return word_in(words[at], "prepositions", "relatives", "conjunctions", "clitics")


def _one_more(words: Sequence[str], at: int) -> int:
    """Behind an adjective or a complement with "de" that surely belongs to the noun before `at`."""
    low = words[at].lower()
    after = words[at + 1] if at + 1 < len(words) else ""
    noun = (is_known(after) or is_name(after)) and not is_infinitive(after)
    described = is_adjective(low) and not word_in(low, "prenominal")
    if described and not (is_verb(low) or is_known(low) or is_infinitive(low)):
        return at + 1
    called = is_name(words[at]) and (is_name(words[at - 1]) or is_known(words[at - 1]))
    if called or (low[:2] == "d'" and is_known(low[2:])):
        return at + 1
    if low == "de" and after[:2].lower() == "l'" and is_known(after[2:]):
        return at + 2
    if (low == "\u00e0" and noun and not is_name(after)) or (low in ("de", "du", "des") and noun):
        return at + 2
    owned = low == "de" and after.lower() in ("la", "ma", "mon", "sa", "son")
    return at + 3 if owned and at + 2 < len(words) and is_known(words[at + 2]) else at


def is_adjective(word: str) -> bool:
    """Whether a word is an adjective, by the lexicon or by its end."""
    low = word.lower()
    shaped = len(low) > 5 and "'" not in low and re.search(_ADJECTIVE, low)
    return word_in(low, "adjectives", "prenominal") or (bool(shaped) and not is_known(low))
