"""French ideas that announce a list: how many things, and what they are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..cleaning import join
from .lexicon import elides, lexicon, singular_of
from .naming import Name, name_at
from .nouns import (
    infinitive_at,
    is_infinitive,
    is_known,
    is_number,
    is_participle,
    is_verb,
    word_in,
)
from .phrases import phrase_at, pointed
from .tasks import chore_of

__all__ = ["Listed", "read_list"]

_COUNTS = ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")
_PLAIN = ("bonnes", "petites", "grandes", "vraies", "bons", "petits", "meilleurs", "meilleures")
_LONGEST_CHORE = 8
_OCCASIONS = (
    *("avant", "quand", "lorsque", "lorsqu'on", "pour", "si", "en", "pendant", "chez", "dans"),
    *("\u00e0", "au", "aux", "sans", "apr\u00e8s", "lors"),
)  # fmt: skip
_MOMENTS = ("avant", "quand", "lorsque", "lorsqu'on", "si", "apr\u00e8s", "lors")
_BREAKING = (*_OCCASIONS, "qui", "que", ",")
_DENYING = ("ne", "pas", "plus", "jamais", "toujours", "surtout", "absolument")
_LONGEST_TAIL = 9


@dataclass(frozen=True)
class Listed:
    """A list that an idea announces."""

    items: int = 0
    """How many things it counts; 0 if it says none."""
    chore: str = ""
    """What there is to do, where that is what it is about."""
    name: Name | None = None
    """What else it is about."""
    item: str = ""
    """One of what it counts, in the singular: "erreur"."""
    tail: str = ""
    """What the idea says behind what it counts: "avant d'adopter un chat", "sur les poulpes"."""
    timely: bool = False
    """Whether `tail` says when or what for, and does not belong to the noun itself."""

    def slots(self) -> dict[str, str]:
        """One of the list for its lines; nothing where its gender is unsure.

        Returns:
            The slots `item`, `item_the`, `which`, and `item_whole` or `when`, which name the idea
            too.
        """
        gender = lexicon().gender.get(self.item, "")
        if not gender:
            return {}
        article = "l'" if elides(self.item) else "le " if gender == "m" else "la "
        the = f"{article}{self.item}"
        which = "celui" if gender == "m" else "celle"
        found = {"item": self.item, "item_the": the, "which": which}
        if self.tail:
            found |= {"when": self.tail} if self.timely else {"item_whole": f"{the} {self.tail}"}
        return found


def read_list(words: Sequence[str]) -> Listed | None:
    """Read a list; None when the idea announces none."""
    start = 1 if words[0].lower() in ("les", "nos", "mes", "ces", "vos") else 0
    top = next((i for i, word in enumerate(words[:2]) if word.lower() == "top"), -1)
    start = top + 1 if top >= 0 else start
    items = _count(words[start]) if start < len(words) else 0
    at = start + (1 if items else 0)
    at += top >= 0 and words[at : at + 1] == ["des"]
    while at < len(words) - 1 and (words[at].lower() in (*_PLAIN, "plus") or _leads(words, at)):
        at += 1
    if at >= len(words):
        return None
    noun = words[at].lower()
    counted = bool(items) and not word_in(singular_of(noun), "times")
    if not (counted or word_in(noun, "list_words")):
        return _counted_behind(words)
    items = items if counted else 0
    found = _listed(words, at, start, items, named=top < 0)
    one = singular_of(noun)
    if one == noun or is_verb([*words, ","][at + 1]):
        return found  # "Deux jumelles veulent ..." counts, and lists nothing
    tail, timely = _tail(words, at + 1)
    return replace(found, item=one, tail=tail, timely=timely)


def _leads(words: Sequence[str], at: int) -> bool:
    """Whether an adjective stands in front of what is counted: "4 plus beaux villages"."""
    return word_in(words[at], "prenominal") and is_known(words[at + 1])


def _tail(words: Sequence[str], at: int) -> tuple[str, bool]:
    """What stands behind the noun of a list, and whether it says when or what for."""
    vague = word_in(words[at - 1], "list_words")
    for i in range(at, len(words)):
        low, rest = words[i].lower(), list(words[i:])
        if re.match("l[ea]s?quel", [*words, ""][i + 1].lower()):
            return "", False  # "raisons (pour lesquelles vos plantes meurent)"
        if not vague and any(word in lexicon().infinitives for word in words[at:i]):
            return "", False  # "(l\u00e9gumes \u00e0 cultiver) sur un balcon"
        to_do = low == "\u00e0" and _is_to_do(words, i + 1)
        if to_do or not (low in (*_OCCASIONS, "sur", "de", "du", "des") or low[:2] == "d'"):
            continue
        if any(word_in(word, "relatives") for word in words[at:i]) and low not in _MOMENTS:
            return "", False  # "(qui survivent) sans lumi\u00e8re" is what they do
        if low in ("de", "du", "des") or low[:2] == "d'":
            if {"plus", "moins"} & set(words[:i]):
                return "", False  # "les plus belles gares (du monde)"
            doing = low[2:] if low[:2] == "d'" else [*rest, ""][1]
            if doing not in lexicon().infinitives:
                ends = (
                    k
                    for k in range(1, len(rest))
                    if rest[k] in _BREAKING or (k > 1 and is_participle(rest[k]))
                )
                rest = rest[: next(ends, len(rest))]
                while len(rest) > 1 and rest[-1].endswith(("s", "x")) and not is_known(rest[-1]):
                    rest.pop()  # "plantes d'int\u00e9rieur (increvables)": several are
            if i > at:
                continue  # "(faciles) de" may be of anything
            if (
                is_known(rest[-1])
                and rest[-1].islower()
                and len(rest) + (low[:2] == "d'") == 2
                and low != "des"
            ):
                rest[-1] = singular_of(rest[-1])  # "id\u00e9es de cadeaux"
        whole = len(rest) > 1 and len(rest) <= _LONGEST_TAIL and "," not in rest
        whole = whole and not _is_of_several(rest)
        return (join(rest), low in _OCCASIONS) if whole else ("", False)
    return "", False


def _is_of_several(tail: Sequence[str]) -> bool:
    """Whether an adjective that goes with all that is counted stands in a tail: "sans cuisson
    (pr\u00eats)", of which there is no one."""
    return any(
        word.endswith("s")
        and not is_known(word)
        and (word_in(word, "adjectives") or is_participle(word))
        and is_known(tail[at])
        and singular_of(tail[at].lower()) == tail[at].lower()
        for at, word in enumerate(tail[1:])
    )


def _is_to_do(words: Sequence[str], at: int) -> bool:
    """Whether an infinitive stands at `at`, behind adverbs at most: "\u00e0 (toujours avoir)"."""
    while at < len(words) and (word_in(words[at], "adverbs", "clitics") or words[at] in _DENYING):
        at += 1
    return at < len(words) and words[at] in lexicon().infinitives


def _listed(words: Sequence[str], at: int, start: int, items: int, *, named: bool) -> Listed:
    """What a list is about whose noun is at `at`."""
    noun = words[at].lower()
    behind = [word.lower() for word in words[at + 1 : at + 2]]
    if noun == "raisons" and behind and (behind[0] in ("de", "pour") or behind[0][:2] == "d'"):
        why = [words[at + 1][2:]] if behind[0][:2] == "d'" else []
        chore = chore_of([*why, *words[at + 2 :]] or [","], longest=_LONGEST_CHORE)
        return Listed(items, chore=chore)
    chore = _aim(words, at + 1) or _occasion(words, at + 1)
    if chore:
        return Listed(items, chore=chore)
    about = _about(words, at) or _made_of(words, at + 1)
    if about is None and word_in(noun, "list_things"):
        about = Name(f"ces {noun}", plural=True)
    if about is None and named and items and not word_in(noun, "list_words"):
        phrase = phrase_at(words, start)
        sure = phrase is not None and is_known(phrase.noun[0]) and phrase.plural
        brief = replace(phrase, noun=phrase.noun[:3]) if phrase is not None and sure else None
        text = pointed(brief) if brief is not None else ""
        about = Name(text, plural=True) if text else None
    return Listed(items, name=about)


def _made_of(words: Sequence[str], at: int) -> Name | None:
    """What there are several of: "5 id\u00e9es de cadeaux", "7 recettes de cuisine"."""
    first = [*words, ""][at]
    of = first[2:] if first[:2] == "d'" else [*words, "", ""][at + 1] if first == "de" else ""
    many = is_known(of) and singular_of(of) != of and word_in(words[at - 1], "list_words")
    return Name(f"les {of}", plural=True) if many else None


def _aim(words: Sequence[str], at: int) -> str:
    """What the things listed are good for: "5 astuces pour \u00e9conomiser l'eau"."""
    if not word_in(words[at - 1], "list_words"):
        return ""
    for i in range(at, len(words)):
        elided = words[i][:2] == "d'" and is_infinitive(words[i][2:])
        if elided or words[i] in ("pour", "d'", "de"):
            first = [words[i][2:]] if elided else []
            return chore_of([*first, *words[i + 1 :]] or [","], longest=_LONGEST_CHORE)
    return ""


def _occasion(words: Sequence[str], at: int) -> str:
    """What somebody does meanwhile: "7 erreurs \u00e0 \u00e9viter quand on adopte un chien"."""
    for i in range(at, len(words) - 2):
        led = words[i] in ("quand", "lorsqu'on") or (words[i] == "si" and words[i + 1] == "l'on")
        verb = words[i + 2] if words[i + 1] in ("on", "l'on") else words[i + 1]
        base = lexicon().singular.get(verb, "")
        if led and base and base not in ("\u00eatre", "avoir"):
            return chore_of([base, *words[words.index(verb) + 1 :]], longest=_LONGEST_CHORE)
    return ""


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


def _about(words: Sequence[str], at: int) -> Name | None:
    """What stands behind "sur": "10 choses \u00e0 savoir sur les poulpes"."""
    on = next((i for i, word in enumerate(words) if i > at and word == "sur"), 0)
    if on > at + 1 and not word_in(words[at], "list_words"):
        return None  # "l\u00e9gumes faciles \u00e0 cultiver sur un balcon"
    if not on or on + 1 >= len(words) or infinitive_at(words, on + 1) or is_number(words[on + 1]):
        return None
    return name_at(words, on + 1)
