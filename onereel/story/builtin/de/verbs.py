"""German verbs: infinitives, separable prefixes, and the three places a verb can stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import lexicon
from .tagging import is_tagged_infinitive

__all__ = [
    "finite",
    "infinitive",
    "is_infinitive",
    "is_past",
    "is_plural",
    "looks_finite",
    "verb_last",
    "with_zu",
    "without_zu",
]

_INSEPARABLE = (
    "be", "ent", "er", "ge", "miss", "ver", "zer", "\u00fcber", "unter", "wider", "hinter",
)  # fmt: skip


_SEPARABLE = ("ab", "an", "auf", "aus", "bei", "ein", "los", "mit", "nach", "vor", "weg", "zu")
"""Prefixes that no verb keeps: "umtopfen" has another one, which some do."""


_AGAIN = frozenset(
    ("sehen", "finden", "kommen", "kehren", "holen", "geben", "haben", "w\u00e4hlen", "bekommen")
)
"""What "wieder" makes one word with, of the verbs that can stand behind it."""


def is_plural(verb: str) -> bool:
    """Whether a finite verb can only have a plural subject (or "Sie")."""
    return re.search(r"(?:en|eln|ern|^sind|^tun)$", verb) is not None


def is_infinitive(word: str) -> bool:
    """Whether it is an infinitive, by the lexicon, perhaps behind a prefix, or by HanTa."""
    known = lexicon().infinitives
    prefixed = any(
        word.startswith(prefix) and word[len(prefix) :] in known
        for prefix in lexicon().sets["prefixes"]
    )
    return word in known or prefixed or is_tagged_infinitive(word)


def is_past(verb: str) -> bool:
    """Whether a finite verb is surely a preterite: "verkaufte", "fand"."""
    low = verb.lower()
    if not low or low in lexicon().infinitives or low.startswith("m\u00f6cht"):
        return False
    if low in ("war", "waren", "hatte", "hatten", "wurde", "wurden", "konnte", "konnten"):
        return True
    strong = not low.endswith(("t", "n", "e")) and low not in lexicon().sets["modals"]
    return strong or low.endswith(("te", "ten"))


def infinitive(verb: str) -> str:
    """The infinitive of a third person without its separable prefix; empty when unsure."""
    low = verb.lower()
    strong = lexicon().strong
    if low in strong:
        return strong[low]
    for prefix in _INSEPARABLE:
        if low.startswith(prefix) and low[len(prefix) :] in strong:
            return prefix + strong[low[len(prefix) :]]
    if low == "sind":
        return "sein"
    if low in lexicon().infinitives or (low.endswith("n") and low not in lexicon().sets["modals"]):
        return low
    if low.endswith("te"):
        low = low[:-1]
    if not low.endswith("t") or len(low) < 4:
        return ""
    if re.search(r"[dtmn]et$", low):
        return low[:-2] + "en"
    if re.search(
        r"[^aeiou\u00e4\u00f6\u00fc]elt$|[^aeiou\u00e4\u00f6\u00fc]ert$|[ae][iu]ert$", low
    ):
        return low[:-1] + "n"
    return low[:-1] + "en"


def looks_finite(word: str) -> bool:
    """Whether a lower-case word is a finite verb that the lexicon knows."""
    low = word.lower()
    if low in lexicon().sets["modals"] or low in lexicon().strong:
        return True
    base = infinitive(low)
    if base in lexicon().infinitives:
        return True
    known = lexicon().infinitives
    # "gerettet" is a participle; verbs in "ge-" are few, and known whole.
    return any(base.startswith(p) and base[len(p) :] in known for p in _INSEPARABLE if p != "ge")


def _prefix(rest: Sequence[str]) -> str:
    return rest[-1] if rest and rest[-1] in lexicon().sets["prefixes"] else ""


_STANDING = frozenset(
    ("ist", "sind", "war", "waren", "wird", "werden", "wurde", "wurden", "bleibt", "bleiben")
)
"""Verbs that take no word in front of them into theirs: "wird fest", but "macht fest"."""


def verb_last(verb: str, rest: Sequence[str]) -> list[str]:
    """ "baut", "eine Rakete auf" becomes "eine Rakete aufbaut"."""
    prefix = _prefix(rest)
    alone = verb.lower() in _STANDING  # "so fest ist"
    if alone or (prefix == "wieder" and infinitive(verb) not in _AGAIN):
        prefix = ""  # "wieder f\u00e4hrt"
    return [*rest[:-1], prefix + verb] if prefix else [*rest, verb]


def with_zu(words: Sequence[str]) -> str:
    """ "Pilot werden" becomes "Pilot zu werden"; empty when the verb may be separable."""
    last = words[-1]
    known = lexicon().infinitives
    for prefix in sorted(lexicon().sets["prefixes"], key=len, reverse=True):
        if last.startswith(prefix) and last not in known:
            base = last[len(prefix) :]
            if base in known or (len(base) > 3 and is_tagged_infinitive(base)):
                return " ".join([*words[:-1], f"{prefix}zu{base}"])
            if len(base) > 3 and prefix in _SEPARABLE and is_tagged_infinitive(last):
                return " ".join([*words[:-1], f"{prefix}zu{base}"])
            if len(base) > 3 and not last.startswith(_INSEPARABLE):
                return ""
    return " ".join([*words[:-1], "zu", last])


def without_zu(words: Sequence[str]) -> str:
    """ "ihren Hund zu finden" becomes "ihren Hund finden"; empty when there is no "zu"."""
    if not words:
        return ""
    if len(words) > 1 and words[-2] == "zu" and words[-1].endswith("n"):
        return " ".join([*words[:-2], words[-1]])
    for prefix in lexicon().sets["prefixes"]:
        if words[-1].startswith(f"{prefix}zu"):
            base = words[-1][len(prefix) + 2 :]
            if base.endswith("n") and len(base) > 3:
                return " ".join([*words[:-1], prefix + base])
    return ""


def finite(words: Sequence[str]) -> list[str]:
    """Bring a clause whose verb is last ("das Lachen verloren hat") into the order verb, rest.

    Returns:
        The words with the verb in front; none when the verb may hide a separable prefix.
    """
    if not words or words[-1][:1].isupper():
        return []
    verb = words[-1].lower()
    if verb in lexicon().sets["modals"] or looks_finite(verb):
        return [verb, *words[:-1]]
    for prefix in sorted(lexicon().sets["prefixes"], key=len, reverse=True):
        if verb.startswith(prefix) and len(verb) > len(prefix) + 2:
            return (
                [verb[len(prefix) :], *words[:-1], prefix]
                if looks_finite(verb[len(prefix) :])
                else []
            )
    return [verb, *words[:-1]] if verb.endswith(("t", "n", "te")) else []
