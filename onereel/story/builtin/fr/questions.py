"""Ideas that ask: a direct question becomes an indirect one, and its subject the topic."""

from __future__ import annotations

import re

from ..cleaning import join, words_of
from .clauses import find_verb, infinitive_at, is_verb
from .lexicon import elides
from .nouns import is_name, lowered, word_in
from .phrases import first_phrase
from .statements import named_by_verb
from .tasks import doing, doing_in, task
from .topic import Topic, named

__all__ = ["asks", "read_question", "uncapitalised"]

_ASKING = (
    r"(?:comment|pourquoi|quand|d'o\u00f9|o\u00f9|combien(?: de [\w-]+| d'[\w-]+)?|\u00e0 quoi"
    r"|de quoi|en quoi|avec quoi|qui|que|quoi"
    r"|(?:\u00e0 |de |dans |pour )?quel(?:le)?s?(?: [\w-]+)?)"
)
_INVERTED = r"(?i)^([\w'\u2019]+)-(?:t-)?(ils?|elles?|on|nous|vous|tu|je|ce)$"


def asks(premise: str) -> bool:
    """Whether an idea is a question, direct or not."""
    text = premise.lower()
    first = text.split(" ")[0].rstrip(",")
    turned = word_in(first, "asking") and any(re.match(_INVERTED, word) for word in text.split())
    return (
        text.endswith("?")
        or turned
        or _whether_what_to_do(text)
        or (
            first in ("comment", "pourquoi", "combien", "qu'est-ce", "est-ce")
            or text.startswith("c'est quoi ")
            or re.match(
                r"^(?:\u00e0 quoi|quel(?:le)?s? (?:est|sont)|qui (?:est|sont|a|ont)"
                r"|que se passe(?:-t-il)?"
                r"|o\u00f9 (?:est|sont|va|vont)) ",
                text,
            )
            is not None
        )
    )


def _whether_what_to_do(text: str) -> bool:
    words = text.split()
    return words[0] in ("que", "quoi", "qui", "o\u00f9") and infinitive_at(words, 1)


def read_question(premise: str) -> Topic:
    """Read a question; `ask` is it in indirect speech."""
    text = re.sub(r"[.!? ]+$", "", premise)
    text = uncapitalised(text)
    ask, subject = _indirect(text)
    infinitive = re.match(r"^(?:comment|pourquoi|o\u00f9|quand) (.+)$", ask)
    if infinitive and infinitive_at(infinitive[1].split(), 0):
        topic = task(infinitive[1].split())
        topic.ask = ask if len(ask.split()) <= 14 else ""
    else:
        topic = _about(subject, ask)
        verbless = ask.startswith("si ") and not find_verb(ask.split()[1:], 1)
        # "Ce qu'est la dette, et pourquoi est-ce grave" is half a question still.
        twice = re.search(r",? (?:et|ou) .*(?:est-ce|-(?:t-)?(?:ils?|elles?|on|ce))\b", ask)
        topic.ask = ask if len(ask.split()) <= 18 and not verbless and not twice else ""
        fact = re.match(r"^(pourquoi|comment) (.+)$", ask)
        if (
            fact
            and subject
            and fact[2].startswith(join(subject))
            and _says_enough(fact[2], subject)
        ):
            topic.how, topic.claim = fact[1], re.sub(r"(?<= )si (?=\w)", "", fact[2], count=1)
        topic.tags.add("ask")
    if premise.endswith("?") or _is_inverted(text):
        topic.question = f"{text[:1].upper()}{text[1:]}?"
    return topic


def uncapitalised(question: str) -> str:
    """A question within a sentence: names in front of their verb keep their capital."""
    first, _, rest = question.partition(" ")
    named_first = re.match(_INVERTED, rest.split(" ")[0]) if rest else None
    if named_first and not word_in(first, "determiners", "asking", "pronouns"):
        return question
    return question[:1].lower() + question[1:]


def _says_enough(clause: str, subject: list[str]) -> bool:
    return len(subject) + 2 <= len(clause.split()) <= 14


def _is_inverted(text: str) -> bool:
    return any(re.match(_INVERTED, word) for word in text.split()) or "est-ce" in text


def _about(subject: list[str], ask: str) -> Topic:
    words = subject or first_phrase(re.split(r" (?:quand|lorsque|si) ", ask)[0].split())
    infinitive = doing_in(ask.split())
    if infinitive[:1] == ["faire"] and word_in(infinitive[1], "conjunctions"):
        # "Que faire si" and "que faire quand" name no deed.
        return Topic("ce sujet", short="ce sujet")
    if infinitive and (not words or ask.startswith(("si ", "s'"))):
        return doing(infinitive)
    if words:
        topic = named(words)
        topic.whole = topic.short if len(words) > 8 else topic.whole
        topic.does = ""
        topic.tags -= {"wares"}
        return topic
    name = [word for word in ask.split()[1:] if word[:1].isupper()]
    if name and is_name(name):
        return named(name)
    topic = named_by_verb(ask.split())
    return Topic("ce sujet", short="ce sujet") if topic.short.startswith("\u00ab") else topic


def _indirect(text: str) -> tuple[str, list[str]]:
    """The indirect question and the words of its subject."""
    what = re.match(
        r"^(?:qu'est-ce que c'est qu(?:e |')|(?:c'est quoi|qu'est-ce que c'est)"
        r"(?: au juste| exactement| vraiment)?,?|qu'est-ce qu(?:e |')|que sont|qu'est)"
        r"\s*(.+)$",
        text,
    )
    if what:
        asked = re.split(
            r",? et (?=(?:\u00e0 quoi|pourquoi|comment|que|qui|o\u00f9|quand)\b)", what[1]
        )[0]
        ask, subject = _what(asked, plural=text.startswith("que sont"))
        return ask if asked == what[1] else "", subject
    makes = re.match(r"^qu'est-ce qui (.+)$", text)
    if makes:
        return f"ce qui {makes[1]}", first_phrase(makes[1].split())
    plain = re.match(rf"^({_ASKING}) est-ce qu(?:e |')(.+)$", text)
    if plain:
        return f"{plain[1]} {plain[2]}", _subject(plain[2].split())
    whether = re.match(r"^est-ce qu(?:e |')(.+)$", text)
    if whether:
        return _whether(whether[1]), _subject(whether[1].split())
    return _turned(text)


def _what(rest: str, *, plural: bool) -> tuple[str, list[str]]:
    words = words_of(rest)
    if "," in words:
        # "C'est quoi, en fait, l'inflation ?" is asked in its own words only.
        return "", first_phrase(words)
    at = find_verb(words, 1)
    if at or word_in(words[0], "pronouns"):
        return f"ce qu'{rest}" if elides(words[0]) else f"ce que {rest}", _subject(words)
    return f"ce que sont {rest}" if plural or words[0] in (
        "les",
        "des",
    ) else f"ce qu'est {rest}", words


def _whether(clause: str) -> str:
    if re.match(r"ils?\b", clause):
        return f"s'{clause}"
    return f"si l'{clause}" if re.match(r"on\b", clause) else f"si {clause}"


def _subject(words: list[str]) -> list[str]:
    at = find_verb(words, 1)
    if words and word_in(words[0], "pronouns"):
        # "Pourquoi on b\u00e2ille quand les autres b\u00e2illent" is not about the others.
        cut = next((i for i, word in enumerate(words) if word in ("quand", "lorsque", "si")), None)
        return first_phrase(words[:cut])
    return words[:at] if at else first_phrase(words)


def _owned_subject(words: list[str]) -> list[str]:
    """A short subject with what it is of: "(\u00e0 quoi servent) les moustaches du chat"."""
    owned = 4 <= len(words) <= 6 and words[2] in ("du", "des", "de")
    loose = any(word_in(word, "relatives", "conjunctions", "clitics") for word in words[4:])
    return words if owned and word_in(words[0], "determiners") and not loose else []


def _turned(text: str) -> tuple[str, list[str]]:
    """Undo an inversion: "les abeilles retrouvent-elles" is "les abeilles retrouvent"."""
    match = re.match(rf"^({_ASKING})\s+(.+)$", text)
    asking, words = (match[1], words_of(match[2])) if match else ("", words_of(text))
    at = next((i for i, word in enumerate(words) if re.match(_INVERTED, word)), -1)
    if at < 0:
        return _straight(asking, words)
    inverted = re.match(_INVERTED, words[at])
    assert inverted is not None
    verb, pronoun = inverted[1], inverted[2].lower()
    subject, rest = words[:at], words[at + 1 :]
    clitics: list[str] = []
    while subject and (subject[-1] in ("se", "ne", "y", "en", "le", "la", "les", "lui")):
        clitics.insert(0, subject.pop())
    group = [*clitics, verb]
    if verb == "a" and clitics == ["y"]:
        subject, named_subject = ["il"], first_phrase(rest)
    elif subject:
        named_subject = lowered(subject)
        subject = named_subject
    else:
        subject, named_subject = [pronoun], first_phrase(rest)
    if asking in ("que", "quoi"):
        if group[:1] == ["se"]:
            return join(["ce", "qui", *group, *rest]), first_phrase(rest)
        return join(
            [
                "ce",
                "qu'" + subject[0] if elides(subject[0]) else f"que {subject[0]}",
                *subject[1:],
                *group,
                *rest,
            ]
        ), named_subject
    clause = join([*subject, *group, *rest])
    return (f"{asking} {clause}" if asking else _whether(clause)), named_subject


def _straight(asking: str, words: list[str]) -> tuple[str, list[str]]:
    """No inversion, or only that of a noun: "comment fonctionne un volcan"."""
    clause = join(words)
    if not asking:
        return _whether(clause), _subject(words)
    if asking == "que" and infinitive_at(words, 0):
        return f"que {clause}", first_phrase(words)
    if words and (is_verb(words[0]) or words[0] in ("se", "s'")):
        behind = words[1 : words.index("dans")] if "dans" in words[2:] else words[1:]
        subject = _owned_subject(behind) or first_phrase(behind)
        if asking == "que":
            return f"ce que {clause}", subject
        return f"{asking} {clause}", subject or [word for word in words[1:] if word[:1].isupper()]
    return f"{asking} {clause}", _subject(words)
