"""French ideas that announce a list: how many, of what kind, and what its items can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .lexicon import lexicon, singular_of
from .naming import Name, name_at
from .nouns import infinitive_at, is_infinitive, is_number, word_in
from .phrases import phrase_at, pointed
from .tasks import chore_of

__all__ = ["Listed", "read_list"]

_COUNTS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_GOOD = {
    "habitudes": "quelle habitude", "conseils": "quel conseil", "astuces": "quelle astuce",
    "r\u00e8gles": "quelle r\u00e8gle", "gestes": "quel geste", "cl\u00e9s": "quelle cl\u00e9",
    "r\u00e9flexes": "quel r\u00e9flexe", "\u00e9tapes": "quelle \u00e9tape",
    "techniques": "quelle technique", "principes": "quel principe",
}  # fmt: skip
_WAYS = {
    "fa\u00e7ons": "quelle fa\u00e7on", "mani\u00e8res": "quelle mani\u00e8re",
    "moyens": "quel moyen",  "solutions": "quelle solution",
    "secrets": "quel secret",
}  # fmt: skip
"""What is a way to do something only in front of an infinitive."""
_BAD = {"erreurs": "quelle erreur", "pi\u00e8ges": "quel pi\u00e8ge", "fautes": "quelle faute"}
_VAGUE = ("choses", "raisons", "fa\u00e7ons", "mani\u00e8res")
_MYTHS = ("mythes", "re\u00e7ues", "l\u00e9gendes", "pr\u00e9jug\u00e9s")
_SIMPLE = (
    "fr\u00e9quentes",
    "courantes",
    "classiques",
    "simples",
    "faciles",
    "efficaces",
    "utiles",
    "indispensables",
    "essentiels",
    "classiques",
)
_PLAIN = ("bonnes", "petites", "grandes", "vraies", "bons", "petits", "meilleurs", "meilleures")
_DOING = ("pour", "\u00e0", "en", "avant", "quand", "lors", "que", "si", "avec", "contre", "chez")
"""What follows a kind of item that tells how something is done."""
_LONGEST_CHORE = 8
_DENIED = ("ne", "arr\u00eater", "cesser", "refuser", "renoncer", "\u00e9viter", "supprimer")


@dataclass(frozen=True)
class Listed:
    """A list that an idea announces."""

    items: int = 0
    """How many things it counts; 0 if it says none."""
    kind: str = ""
    """What each of its items is called, behind its "quel": "quel conseil"."""
    chore: str = ""
    """What its reasons are for."""
    name: Name | None = None
    """What it is about."""
    tags: frozenset[str] = frozenset()


def read_list(words: Sequence[str]) -> Listed | None:
    """Read a list; None when the idea announces none."""
    start = 1 if words[0].lower() in ("les", "nos", "mes", "ces", "vos") else 0
    top = next((i for i, word in enumerate(words[:2]) if word.lower() == "top"), -1)
    start = top + 1 if top >= 0 else start
    items = _count(words[start]) if start < len(words) else 0
    at = start + (1 if items else 0)
    while at < len(words) and words[at].lower() in _PLAIN:
        at += 1
    if at >= len(words):
        return None
    noun = words[at].lower()
    counted = bool(items) and not word_in(singular_of(noun), "times")
    if not (counted or (start and word_in(noun, "list_words")) or noun in (*_GOOD, *_BAD)):
        return _counted_behind(words)
    items = items if counted else 0
    behind = [word.lower() for word in words[at + 1 :]]
    behind = behind[1:] if behind[:1] and behind[0] in _SIMPLE else behind
    general = behind[:1] in (["contre"], ["en"], ["avec"], ["chez"], ["si"], ["que"])
    if noun in _GOOD and not general and _tells_how(behind, people=True):
        return Listed(items, _GOOD[noun], tags=frozenset(("told", "do")))
    way = [behind[0][2:]] if behind and behind[0][:2] == "d'" else behind[1:]
    led = bool(behind) and (behind[0] in ("de", "pour") or behind[0][:2] == "d'")
    if noun in _WAYS and led and infinitive_at(way, 0):
        return Listed(items, _WAYS[noun], tags=frozenset(("told", "do")))
    harm = behind[:1] == ["qui"] and len(behind) > 1 and behind[1] in lexicon().plural
    harm = harm or (behind[:1] == ["de"] and _tells_how(behind[2:] or ["rien"], people=False))
    harm = harm or noun == "pi\u00e8ges"
    if noun in _BAD and (_tells_how(behind, people=True) or (harm and behind[1:2] != ["ont"])):
        return Listed(items, _BAD[noun], tags=frozenset(("told", "dont")))
    about = _about(words, at)
    if noun == "raisons" and behind and (behind[0] in ("de", "pour") or behind[0][:2] == "d'"):
        why = [behind[0][2:], *words[at + 2 :]] if behind[0][:2] == "d'" else words[at + 2 :]
        chore = chore_of(why, longest=_LONGEST_CHORE)
        denied = chore.split(" ")[0] in _DENIED or chore[:2] == "n'"
        if chore:
            tags = {"told", "reasons"} | ({"denied"} if denied else set())
            return Listed(items, chore=chore, tags=frozenset(tags))
    if about is not None and any(word.lower() in _MYTHS for word in words[: at + 3]):
        return Listed(items, name=about, tags=frozenset(("told", "myths")))
    if about is None and top < 0 and noun not in _VAGUE:
        phrase = phrase_at(words, start if items else 0)
        brief = phrase and replace(phrase, noun=phrase.noun[:3])
        text = pointed(brief) if brief and brief.plural else ""
        about = Name(text, plural=True) if text else None
    return Listed(items, name=about)


def _count(word: str) -> int:
    low = word.lower()
    if low.isdigit():
        return int(low) if 2 <= int(low) <= 20 else 0
    return _COUNTS.index(low) + 2 if low in _COUNTS else 0


def _counted_behind(words: Sequence[str]) -> Listed | None:
    """ "Choisir son v\u00e9lo : 6 crit\u00e8res" counts at its end."""
    for at in range(max(len(words) - 4, 1), len(words) - 1):
        if _count(words[at]) and any(word_in(word, "list_words") for word in words[at + 1 :]):
            return Listed(_count(words[at]), chore=_in_front(words[:at]))
    return None


def _in_front(words: Sequence[str]) -> str:
    """The task in front of a colon or comma and of what is counted."""
    cut = next((i for i, word in enumerate(words) if word == "," or word[-1:] == ":"), len(words))
    return chore_of([word.rstrip(":") for word in words[: cut + 1] if word != ","], longest=5)


def _tells_how(behind: Sequence[str], *, people: bool) -> bool:
    """Whether the items of a list tell how to do something, or what people do."""
    if (
        behind[:2] == ["les", "plus"]
        or not behind
        or behind[0] in _DOING
        or behind[0][:3] == "qu'"
        or behind[0] == "d'or"
    ):
        return True
    if behind[0][:2] == "d'" and is_infinitive(behind[0][2:]):
        return True
    who = singular_of(behind[1]) if people and behind[0] in ("des", "de") and behind[1:] else ""
    later = [singular_of(word) for word in behind[1:3]]
    crowd = (
        "gen",
        "parent",
        "manager",
        "d\u00e9butant",
        "personne",
        "gens",
        "famille",
        "couple",
        "jeune",
        "ado",
        "client",
        "mari\u00e9",
    )
    return bool(who) and any(each in lexicon().persons or each in crowd for each in later)


def _about(words: Sequence[str], at: int) -> Name | None:
    """What stands behind "sur": "10 choses \u00e0 savoir sur les poulpes"."""
    on = next((i for i, word in enumerate(words) if i > at and word == "sur"), 0)
    if not on or on + 1 >= len(words) or infinitive_at(words, on + 1) or is_number(words[on + 1]):
        return None
    return name_at(words, on + 1)
