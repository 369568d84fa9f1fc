"""French ideas that ask: the question as it was typed, and its indirect form where that is sure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join, words_of
from .belonging import described, stretched
from .naming import Name, name_at
from .nouns import ends_surely, infinitive_at, is_name, is_verb, lowered, word_in
from .phrases import phrase_at, titled

__all__ = ["asks", "indirect", "is_saying", "is_supposed", "is_told", "subject_of", "to_do"]

_TURNED = r"(?i)^([\w'\u2019]+)-(?:t-)?(ils?|elles?|on|ce|nous|vous|tu|je)$"
_ASKED = (
    r"(?i)^(?:[\w'\u2019]+-(?:t-)?(?:ils?|elles?|on|ce|je|tu)|(?:avons|sommes|pouvons|devons)-nous"
    r"|(?:savez|avez|\u00eates|pouvez|voulez|connaissez|devez|saviez|aviez)-vous)$"
)
"""Turned at the front of an idea, and no imperative."""
_OBJECTS = ("se", "me", "te", "nous", "vous", "y", "en", "lui", "ne")
_LONGEST = 14
_LONGEST_NAME = 4
_DIRECT = (
    r"^(?:comment|pourquoi|combien|qu'est-ce|est-ce|c'est quoi|\u00e0 quoi|que faire|o\u00f9 "
    r"|d'o\u00f9 |jusqu'o\u00f9 )"
)
_WHAT = (
    r"^(?:c'est quoi|qu'est-ce que c'est que|qu'est-ce que c'est|qu'est-ce que|qu'est-ce qu'"
    r"|qu'est|que sont)(?: au juste| exactement| vraiment)?,?\s*"
)


def asks(premise: str) -> bool:
    """Whether an idea is a question, with its mark or not."""
    body = premise.partition(": ")[2]
    if body and not premise.endswith("?"):
        return asks(body)  # "que faire \u00e0 Nantes : 5 id\u00e9es"
    text = premise.lower()
    turned = any(re.match(_TURNED, word) for word in words_of(text))
    asking = word_in(text.split(" ")[0], "asking")
    who = re.match(r"qui (?:a|est|ont|sont|\u00e9tait|avait) ", text) is not None
    rest = words_of(text)[2:]
    told = any(
        (is_verb(word) and not word_in(rest[at - 1], "determiners", "prepositions")) or word == ","
        for at, word in enumerate(rest[1:], 1)
    )
    who = who and len(rest) > 2 and not told
    who = who or _is_turned(words_of(text))
    supposed = who or (text.startswith(("et si ", "et s'il")) and text[-1].isalnum())
    marked = supposed or text.endswith(("?", "c'est quoi"))
    marked = marked or re.match(_ASKED, text.split(" ")[0]) is not None
    return marked or re.match(_DIRECT, text) is not None or (asking and turned)


def _is_turned(words: Sequence[str]) -> bool:
    """Whether its subject comes twice: "les poissons ont-ils soif"; not "ainsi va-t-il"."""
    for at, word in enumerate(words[:8]):
        match = re.match(_TURNED, word)
        if word == "," or (match and match[2] not in ("il", "elle", "ils", "elles")):
            return False
        if match:
            acts = is_verb(match[1]) or match[1] in ("est", "sont", "a", "ont", "va", "vont")
            return at > 1 and acts and word_in(words[0], "determiners", "pronouns")
    return False


def is_supposed(premise: str) -> bool:
    """Whether an idea supposes something: "Et si la Lune n'existait pas ?"."""
    return re.match(r"(?i)(?:et )?si |(?:et )?s'il", premise) is not None


def is_told(premise: str, words: Sequence[str]) -> bool:
    """Whether it tells what it seems to ask: "Comment mon p\u00e8re est devenu clown" has no mark.

    The subject comes before the verb there, as in no question that is written.
    """
    marked = premise.rstrip().endswith("?") or any(re.match(_TURNED, word) for word in words)
    led = word_in(words[0], "asking") and len(words) > 2
    after = words[1].lower() if led else ""
    subject = word_in(after, "determiners", "pronouns") or after[:2] in ("l'", "j'")
    subject = subject or (led and is_name(words[1]))
    return led and subject and not marked


def is_saying(words: Sequence[str]) -> bool:
    """Whether it asks for a saying, which speaks of no apples: "tomber dans les pommes"."""
    said = " ".join(words).lower()
    return re.search(r"\b(?:dit-on|on dit|veut dire|signifie)\b", said) is not None


def subject_of(words: Sequence[str]) -> Name | None:
    """What a question certainly asks about: its subject, before the verb or at the end."""
    if is_saying(words):
        return None
    if [word.lower() for word in words[-2:]] == ["c'est", "quoi"]:
        return _generic([*words[:-2]], 0) if len(words) > 2 else None
    who = [word.lower() for word in words[:2]]
    if who[:1] == ["qui"] and who[1:] in (["est"], ["\u00e9tait"], ["fut"]):
        called = [*words[2:]]
        if called and all(is_name(word) or word in ("de", "la", "du") for word in called):
            return Name(join(called), person=True)  # "Qui \u00e9tait Cl\u00e9op\u00e2tre ?"
    what = re.match(_WHAT, join(list(words)), re.IGNORECASE)
    if what is not None:
        rest = words_of(join(list(words))[what.end() :])
        return _generic(rest, 0) if rest else None
    at = next((i for i, word in enumerate(words[:3]) if word_in(word, "asking")), -1)
    if words[0].lower() == "est-ce" or words[1:2] == ["est-ce"]:
        at = next((i for i, word in enumerate(words) if word in ("que", "est-ce")), 0)
        at = at + 1 if words[at : at + 2] == ["est-ce", "que"] else at
    if at < 0:
        turned = len(words) > 1 and re.match(_TURNED, words[1]) is not None
        # "Napol\u00e9on \u00e9tait-il petit"
        return Name(words[0]) if turned and is_name(words[0]) else _generic(words, 0)
    if at + 1 >= len(words):
        return None
    start = at + 1
    if is_verb(words[start]) and start + 1 < len(words):
        # "\u00c0 quoi servent les moustaches du chat"
        name = _generic(words, start + 1)
        return name if name is not None and join(list(words)).endswith(_tail(name)) else None
    return _generic(words, start)


def _tail(name: Name) -> str:
    return name.text.split()[-1]


def _generic(words: Sequence[str], at: int) -> Name | None:
    """A name that no "ce" turns into one of many: a question asks about volcanoes, not this one."""
    phrase = phrase_at(words, at)
    if phrase is not None and phrase.determiner in ("un", "une"):
        more = described(words, phrase)
        sure = titled(phrase) and ends_surely(words, phrase.end + len(more))
        return Name(join([titled(phrase), *more])) if sure else None
    name = name_at(words, at, longest=_LONGEST_NAME)
    return None if name is None or re.match(r"(?:ce|cet|cette|ces) ", name.text) else name


_WHETHER = (
    (r"est-ce que (?=il)", "s'"),
    (r"est-ce qu'(?=ils? )", "s'"),
    (r"est-ce (?:que |qu')", "si "),
    (r"(faut|pleut|neige)-(?:t-)?il ", r"s'il \1 "),
    (r"y a-t-il ", "s'il y a "),
    (r"(peut|doit|va|a|sait|devrait|pourrait|vit|mange)-(?:t-)?on ", r"si l'on \1 "),
)
"""How a question begins that yes or no answers, and how it goes on behind "savoir"."""
_BEING = ("est", "sont", "a", "ont", "\u00e9tait", "\u00e9taient", "avait", "avaient", "fut")
_QUESTION = r"(?:combien|o\u00f9|quand|qui|\u00e0 quoi|de quoi|quel(?:le)?s?)\b"


def _whether(text: str) -> str:
    """A question that yes or no answers: "si l'on peut vivre sans eau"; "" for any other."""
    for asked, told in _WHETHER:
        if match := re.match(asked, text, re.IGNORECASE):
            return match.expand(told) + text[match.end() :]
    return ""


def _what(words: Sequence[str]) -> str:
    """ "Ce qu'est l'inflation", of a question what it is."""
    text = join(list(words))
    what = re.match(_WHAT, text, re.IGNORECASE)
    rest = words_of(text[what.end() :]) if what else list(words[:-2])
    asked = what is not None or [word.lower() for word in words[-2:]] == ["c'est", "quoi"]
    phrase = phrase_at(rest) if asked and rest else None
    if phrase is None or stretched(rest, phrase) < len(rest):
        return ""
    return join([*(["ce", "que", "sont"] if phrase.plural else ["ce", "qu'est"]), *rest])


def _which(words: Sequence[str]) -> str:
    """A question that stays as it is behind "savoir": "\u00e0 quoi sert la rate"."""
    text = join(list(words))
    turned = any(re.match(_TURNED, word) for word in words) or "est-ce" in text
    acts = any(is_verb(word) or word in _BEING for word in words[1:])
    infinite = any(infinitive_at(words, at) for at in (1, 2))
    return text if re.match(_QUESTION, text) and acts and not (turned or infinite) else ""


def to_do(words: Sequence[str]) -> str:
    """A question how, where or when to do something, as it stands behind "savoir"; "" for any
    other, and for one that only the film maker asks."""
    own = any(
        word.lower() in ("mon", "ma", "mes", "ton", "ta", "tes", "me", "te")
        or word[:2].lower() in ("m'", "t'")
        for word in words
    )
    asked = words[0] in ("comment", "o\u00f9", "quand", "pourquoi") and infinitive_at(words, 1)
    whole = len(words) <= _LONGEST and not re.search("[,:]", join(list(words)))
    return join(list(words)) if asked and whole and not own else ""


def indirect(premise: str) -> str:
    """ "Pourquoi les flamants sont roses", of a question with "sont-ils"; "" if unsure."""
    text = re.sub(r"[.!? ]+$", "", premise)
    words = lowered(words_of(text) or ["ceci"])
    if re.search("[,:]", text) or len(words) > _LONGEST or words[1:] in ([], ["pas"]):
        return ""
    if words[0] not in ("pourquoi", "comment"):
        return _whether(join(words)) or _what(words) or _which(words)
    if words[1:2] and words[1][:6] == "est-ce":
        return ""
    said = re.match(r"(\w+)-(?:t-)?on$", words[1]) if words[1:] else None
    if said:
        joined = any(word in ("et", "ou", "mais") for word in words)
        return "" if joined else join([words[0], "on", said[1], *words[2:]])
    turned = [i for i, word in enumerate(words) if re.match(_TURNED, word)]
    if not turned:
        return "" if infinitive_at(words, 1) or "-ce" in text else join(words)
    match = re.match(_TURNED, words[turned[0]])
    start = turned[0]
    while start > 1 and words[start - 1].lower() in _OBJECTS:
        start -= 1
    phrase = phrase_at(words, 1)
    sure = phrase is not None and phrase.end <= start and len(turned) == 1
    joined = any(word in ("et", "ou", "mais") for word in words[start:])
    if (
        match is None
        or not sure
        or joined
        or match[2].lower() not in ("il", "ils", "elle", "elles")
    ):
        return ""
    return join([*words[: turned[0]], match[1], *words[turned[0] + 1 :]])
