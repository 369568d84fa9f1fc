"""French ideas about something to do: an infinitive, told as it was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .bits import end_of_deed, is_adjective
from .lexicon import elides, lexicon, singular_of
from .nouns import infinitive_at, is_infinitive, is_verb, word_in
from .typography import joined

__all__ = ["chore_of"]

_LEADING = r"^(?:comment|pourquoi|o\u00f9|quand)$"
_OWNED = r"\b((?:(?:\u00e0|de) )?)(son|sa|ses) (\w+)"
_MORE = 3
"""Words that a task may have more where somebody else does it: "emp\u00eacher son chat de ..."."""
_JOINTS = ("quand", "lorsque", "si", "et", "mais", "ou", "puis")


def chore_of(words: Sequence[str], *, longest: int, yours: bool = False) -> str:
    """What there is to do, as the idea says it behind "comment" or at its start; "" if unsure.

    What somebody does to himself is only said where it is `yours`: "vous pr\u00e9parer".
    Long tasks are said whole by the idea itself, and are no slot of a line.
    """
    if re.match(_LEADING, words[0].lower()):
        words = words[1:]
    if not words or not (infinitive_at(words, 0) or _acts(words)) or _goes_on(words):
        return ""
    if yours and re.match(r"(?:se$|s')", words[0].lower()):
        words = ["vous", *([words[0][2:]] if "'" in words[0] else []), *words[1:]]
    if words[-2:-1] in (["et"], ["ou"]) and is_adjective(words[-1]) and is_adjective(words[-3]):
        words = words[:-3]  # "un discours dr\u00f4le et \u00e9mouvant"
    if len(words) > longest or set(words) & {"quand", "lorsque"}:
        # "Ranger un grenier (en un week-end)"
        end = end_of_deed(words, 0)
        asked = word_in(words[0], "asking_of")
        made = words[0] == "faire" and infinitive_at(words, 1)
        if made and words[end : end + 1] in (["\u00e0"], ["au"], ["aux"]) and len(words) < end + 4:
            end, asked = len(words), True  # "faire manger des l\u00e9gumes (\u00e0 mon enfant)"
        kept = words[end : end + 1] == ["en"] and word_in([*words, "", ""][end + 1], "states")
        end += 2 * kept  # "garder un basilic (en vie)"
        # "Bien dormir (quand il fait chaud)"
        well = end > 1 and words[0] in ("bien", "mieux") and [*words, ""][end] in _JOINTS
        words = words[:end] if 2 - well < end <= longest + _MORE * asked else ()
    words = () if any(re.match(r"(?:se$|s')", word.lower()) for word in words) else words
    joined = not words or any(word in _JOINTS or word == "," for word in words)
    if joined or (len(words) == 1 and word_in(words[0], "clitics")):
        return ""
    return _of_anybody(join([words[0][:1].lower() + words[0][1:], *words[1:]]))


def _goes_on(words: Sequence[str]) -> bool:
    """Whether the infinitive that begins the words is only the subject of a sentence: "voyager
    seul (change la vie)"."""
    for at, word in enumerate(words):
        if word_in(word, "relatives") or word in ("que", "quand", "si", "comment", "pourquoi"):
            return False
        led = at == 0 or word_in(words[at - 1], "determiners", "prepositions", "clitics")
        behind = words[at + 1].lower() if at + 1 < len(words) else ""
        if is_verb(word) and not led and behind in ("le", "la", "les", "un", "une", "notre", "nos"):
            return not infinitive_at(words, at)
    return False


def _acts(words: Sequence[str]) -> bool:
    """Whether an infinitive that is a noun too begins a task: no noun stands bare in front of
    another infinitive or an article, as in "savoir lire une carte"."""
    after = words[1].lower() if len(words) > 1 else ""
    object_follows = word_in(after, "determiners") and after not in ("de", "du", "des")
    return words[0].lower() in lexicon().infinitives and (object_follows or is_infinitive(after))


def _of_anybody(chore: str) -> str:
    """A task in which nobody owns anything: "r\u00e9ussir les cr\u00eapes", not "ses"."""
    return joined(re.sub(_OWNED, _with_article, chore))


def _with_article(match: re.Match[str]) -> str:
    led, owner, noun = match[1].strip(), match[2], match[3]
    gender = lexicon().gender.get(singular_of(noun), "")
    if owner == "ses":
        article = "les "
    elif elides(noun):
        article = "l'"
    else:
        article = "la " if owner == "sa" or gender == "f" else "le "
    return f"{led}~{article}{noun}" if led in ("\u00e0", "de") else f"{match[1]}{article}{noun}"
