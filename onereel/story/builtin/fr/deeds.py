"""Predicates of ideas, taken apart: deed, purpose, object, trouble."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..cleaning import join
from .clauses import find_verb, infinitive_at, infinitive_of, is_verb
from .lexicon import lexicon
from .nouns import Noun, word_in

__all__ = ["Tale", "is_minded", "read_deed", "starts_predicate"]

_LONGEST_DEED = 13
_NO_OBJECT = ("du", "de", "tout", "toute", "tous", "toutes", "aucun", "aucune", "chaque")
_PARTICIPLE = r"(?:\u00e9|u|i|it|is|ert)e?s?$"


@dataclass
class Tale:
    """The parts of a tale; an empty string is a part that the idea does not have."""

    hero: Noun
    deed: str = ""
    """A predicate in the present: "construit une fus\u00e9e"."""
    full: str = ""
    """The deed with its purpose."""
    act: str = ""
    """What is done for a wish: "tente de voler"."""
    base: str = ""
    """The deed in the infinitive."""
    goal: str = ""
    """What for, in the infinitive."""
    trouble: str = ""
    where: str = ""
    lead: str = ""
    extra: str = ""


def read_deed(tale: Tale, predicate: list[str]) -> None:
    """Take a predicate apart: deed, purpose, goal, trouble."""
    cut = next((i for i in range(1, len(predicate)) if _cuts(predicate, i)), len(predicate))
    head, tail = predicate[:cut], predicate[cut:]
    while tail and tail[0] == ",":
        tail = tail[1:]
    if tail and tail[0].lower() == "mais":
        tale.trouble = _trouble(tail[1:], tale)
        tale.full = join(head)
    elif tail[:1] == ["pour"] or tail[:2] == ["afin", "de"]:
        tale.full = join(predicate if len(predicate) <= 24 else head)
    else:
        tale.full = join(predicate if len(predicate) <= 22 else head)
    tale.deed = join(_shortened(head))
    tale.base = infinitive_of(_first_deed(_shortened(head)))
    wish = _wish(head)
    purpose = _purpose(predicate)
    tale.goal = purpose or wish or _later_wish(tail)
    if not tale.trouble and "mais" in tail:
        tale.trouble = _trouble(tail[tail.index("mais") + 1 :], tale)
    tale.act = "" if _is_state(tale.base, head[0]) else tale.deed
    if wish:
        tale.deed = join(head)
        tale.act = f"{'tentent' if tale.hero.plural else 'tente'} d~{wish}"


def _is_state(base: str, first: str) -> bool:
    """Whether a deed is nothing that somebody sets out to do: nobody decides to lose a voice."""
    verb = base.removeprefix("se ").removeprefix("s'").split(" ")[0]
    return verb in lexicon().sets["happenings"] or (
        first.lower().removeprefix("n'") in ("ne", "a", "ont", "est", "sont")
    )


def is_minded(tale: Tale) -> bool:
    """Whether the idea itself gives a thing a mind: "une lampe r\u00eave de la mer"."""
    if re.search(r"\bamoureu(?:x|ses?)\b", tale.deed):
        return True
    words = [word.lower() for word in tale.deed.split()[:4]]
    forms = (re.sub(r"^(?:s|n|l|m)'", "", word) for word in words)
    verbs = (lexicon().singular.get(form) or lexicon().plural.get(form) for form in forms)
    return next((verb in lexicon().sets["minded"] for verb in verbs if verb), False)


def _cuts(predicate: Sequence[str], at: int) -> bool:
    """Whether a new clause or purpose begins at `at`."""
    word = predicate[at].lower()
    following = predicate[at + 1].lower() if at + 1 < len(predicate) else ""
    if word in ("pour", "sans", "avant", "apr\u00e8s"):
        return (word == "pour" and infinitive_at(predicate, at + 1)) or (
            following in ("de", "que") and word in ("avant",)
        )
    if word == "et" and find_verb(predicate[at + 1 :], 1):
        return True
    if word == "et":
        return is_verb(following) or (
            word_in(following, "clitics") and following not in ("le", "la", "les", "leur")
        )
    if word == "o\u00f9" or word == ",":
        return word == ","
    if word == "jusqu'au":
        return predicate[at + 2 : at + 3] == ["o\u00f9"]
    return word in (
        "mais",
        "quand",
        "lorsque",
        "puis",
        "car",
        "tandis",
        "parce",
        "jusqu'\u00e0",
        "afin",
        "alors",
    ) and (word != "jusqu'\u00e0" or following == "ce")


def _wish(head: Sequence[str]) -> str:
    """The infinitive of "veut sauver la mer", "r\u00eave de voler", "essaie d'aider"."""
    verb = infinitive_of(head).split(" ")[0]
    if verb.split("'")[-1] not in lexicon().sets["wishes"]:
        return ""
    for index in range(1, min(4, len(head))):
        word = head[index].lower()
        if word[:2] == "d'" and infinitive_at([word[2:], *head[index + 1 :]], 0):
            return join([head[index][2:], *head[index + 1 :]])
        if word in ("de", "\u00e0") and infinitive_at(head, index + 1):
            return join(list(head[index + 1 :]))
        if index == 1 and word not in ("de", "\u00e0") and infinitive_at(head, index):
            return join(list(head[index:]))
    return ""


def _later_wish(tail: Sequence[str]) -> str:
    """The wish of a second deed: "... et r\u00eave d'ouvrir une \u00e9cole, mais ..."."""
    if tail[:1] != ["et"]:
        return ""
    end = next((i for i, word in enumerate(tail) if word in (",", "mais")), len(tail))
    return _wish(tail[1:end])


def _purpose(predicate: Sequence[str]) -> str:
    """The infinitive behind "pour" or "afin de"."""
    for index in range(1, len(predicate) - 1):
        word = predicate[index].lower()
        start = index + 1 if word == "pour" else index + 2 if word == "afin" else 0
        if start and infinitive_at(predicate, start):
            end = next(
                (i for i in range(start + 1, len(predicate)) if _cuts(predicate, i)), len(predicate)
            )
            words = list(predicate[start:end])
            words[0] = words[0][2:] if words[0][:2] == "d'" else words[0]
            return join(words)
    return ""


def _trouble(words: list[str], tale: Tale) -> str:
    """A clause behind "mais"; one without a subject gets the hero's name."""
    if "," in words:
        words = words[: words.index(",")]
    if not words or len(words) > 14:
        return ""
    if starts_predicate(words) and words[0].lower() not in ("le", "la", "les", "leur"):
        return f"{tale.hero.again} {join(words)}"
    if word_in(words[0], "pronouns") or words[0].lower()[:2] in ("l'", "c'", "s'"):
        return join(words)
    return join(words) if find_verb(words, 1) else ""


def _first_deed(head: Sequence[str]) -> list[str]:
    """The deed in front of "et la cache": a second verb has no infinitive of its own."""
    for at in range(2, len(head) - 2):
        again = head[at] == "et" and head[at + 1] in ("le", "la", "les", "l'")
        if again and is_verb(head[at + 2]):
            return list(head[:at])
    return list(head)


def _shortened(head: list[str]) -> list[str]:
    """Cut a long deed at its last joint that leaves a whole clause."""
    if len(head) <= _LONGEST_DEED:
        return head
    for at in range(_LONGEST_DEED, 3, -1):
        loose = head[at].lower() not in ("de", "du", "des")
        opens = loose and word_in(head[at], "prepositions", "relatives")
        if opens and not word_in(head[at - 1], "prepositions", "determiners"):
            return head[:at]
    return head


def starts_predicate(predicate: Sequence[str]) -> bool:
    """Whether a verb, or what stands in front of one, comes first."""
    first = predicate[0].lower()
    return is_verb(first) or word_in(first, "clitics") or first[:2] in ("s'", "n'")
