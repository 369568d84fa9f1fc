"""French ideas that ask nothing and have no hero: a noun phrase, a task, a list, a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..cleaning import join, words_of
from .clauses import find_verb, infinitive_at, is_verb
from .lexicon import elides, lexicon
from .lists import counted
from .nouns import is_name, lowered, noun, word_in
from .phrases import first_phrase
from .relatives import main_after
from .tale import split_lead
from .tasks import doing, doing_in, order, task
from .topic import UNNAMED, Topic, named, quoted, several

__all__ = ["named_by_verb", "read_statement"]

_LONGEST_SAID = 11
_INSIDE = (
    r"^(?:plong\u00e9e )?(?:au c\u0153ur|au fil|dans les coulisses|\u00e0 la rencontre"
    r"|\u00e0 la d\u00e9couverte|sur les traces|sur la piste|dans la peau|dans la t\u00eate"
    r"|dans l'intimit\u00e9|au pays|au temps|au chevet)\s(?:(?P<joint>du|des|de)\s|d')(?P<rest>.+)$"
)
"""Titles that only say that the film comes close: "au c\u0153ur des urgences"."""
_LONGEST_TAIL = 7
_TIMED = r"^[\w-]+ (?:secondes|minutes|heures|jours|nuits|semaines|mois) pour (?P<rest>.+)$"
"""A task and how long it may take: "24 heures pour sauver la for\u00eat"."""
_OPENING = (
    r"^(?:r\u00e9)?ouverture de (?P<what>(?:notre|nos|mon|ma) .+?)"
    r"(?=$|[.!]| (?:place|rue|quai|avenue|ce|le|au|\u00e0|en|dans|"
    r"(?:lun|mar|mercre|jeu|vendre|same)di)\b)"
)
"""What opens is what the film is about: "ouverture de notre librairie rue Foch samedi"."""


def read_statement(words: Sequence[str], premise: str) -> Topic:
    """Read an idea that asks nothing and has no hero."""
    together = several(lowered(words))
    if together is not None:
        return together
    dedicated = _dedicated(list(words))
    if dedicated is not None:
        return dedicated
    inside = re.match(_INSIDE, premise.rstrip(".!? "), re.IGNORECASE)
    if inside is not None:
        article = {"du": ["le"], "des": ["les"]}.get(inside["joint"].lower(), [])
        return named([*article, *words_of(inside["rest"])])
    somebody = _called(words[1:3]) if words[0].lower() in ("quand", "lorsque") else None
    if somebody is not None and "," in words:
        return replace(
            somebody, claim=join([words[0].lower(), *words[1:]]), tags={"claim", *somebody.tags}
        )
    opened = re.match(_OPENING, premise, re.IGNORECASE)
    if opened is not None:
        topic = named(words_of(opened["what"]))
        return replace(topic, whole=f"l'{premise[:1].lower()}{premise[1:].rstrip('.!? ')}")
    timed = re.match(_TIMED, premise.rstrip(".!? "), re.IGNORECASE)
    if timed is not None and infinitive_at(timed["rest"].split(), 0):
        topic = task(timed["rest"].split())
        return replace(topic, claim=premise.rstrip(".!? "), tags={"claim", *topic.tags})
    told = split_lead(list(words))[1]
    if told and told != list(words) and not word_in(told[0], "prepositions"):
        topic = read_statement(told, join(told))
        if not topic.claim and not topic.tags:
            # "Minuit, quai neuf": the hour is part of the title.
            return replace(topic, whole=quoted(premise.rstrip(".!? ")).short)
        words = told
    words = lowered(words)
    listed = counted(premise)
    if listed is not None:
        return listed
    ordered = order(words)
    if ordered is not None:
        return ordered
    if infinitive_at(words, 0) and not (len(words) == 1 and words[0] in lexicon().gender):
        return task(words)
    wish = re.match(
        r"^(?:je (?:veux|voudrais|souhaite)|j'aimerais|on veut|il faut)\s+"
        r"(?:(?:juste|seulement|toujours|vraiment)\s+)?(.+)$",
        premise,
        re.IGNORECASE,
    )
    if wish and infinitive_at(wish[1].split(), 0):
        return task(wish[1].rstrip(".! ").split())
    branded = _brand(words)
    if branded is not None:
        return branded
    at = find_verb(words, 1)
    relative = next((i for i, word in enumerate(words) if i and word_in(word, "relatives")), 0)
    while_doing = words[0].lower() == "en" and len(words) > 2 and words[1].endswith("ant")
    if (
        at
        or while_doing
        or words[0].lower() in ("ne", "n'y", "tout", "tous")
        or words[0][:2].lower() == "n'"
        or words[0][:2].lower() in ("j'", "c'")
        or words[0].lower()
        in ("je", "nous", "tu", "vous", "on", "il", "elle", "ils", "elles", "si", "quand")
        or word_in(words[0], "openers")
        or _many_do(words)
        or any(_is_ours(word) for word in words[:7])
        or any(word.lower() == "je" or word[:2] == "j'" for word in words[: relative or None])
    ):
        return _placed(_statement(words, premise, at), premise)
    if relative and relative + 3 < len(words):
        behind, own = words[relative + 1 :], words[relative].lower() != "qui"
        many = noun(words[:relative]).plural
        if main_after(behind, plural=many, own_subject=own) is not None:
            # "La prof qui chantait a rat\u00e9 son train" is no noun phrase.
            return _statement(words, premise, 0, subject=words[:relative])
    return named(words)


def _dedicated(words: list[str]) -> Topic | None:
    """ "Pour Jeanne, qui a cent ans" is for somebody, and nothing else happens in it."""
    aimed = words[0].lower() in ("\u00e0", "pour") and 1 < len(words) <= _LONGEST_SAID
    if not aimed or infinitive_at(words, 1) or find_verb(words[1:], 1):
        return None
    if "," in words and not word_in(words[words.index(",") + 1], "relatives"):
        return None
    topic = named(words[1:])
    topic.whole = join(words[1:])
    return topic


def _placed(topic: Topic, premise: str) -> Topic:
    """An idea without a name is named by where it plays: "sous le tilleul, rien ne change"."""
    place, rest = split_lead(words_of(premise))
    phrase = first_phrase(place.split()) if place and rest and topic.short == UNNAMED else []
    if not phrase:
        return topic
    where = named(phrase)
    return replace(topic, whole=where.short, short=where.short, plural=where.plural)


def _many_do(words: Sequence[str]) -> bool:
    """Whether several do something together: "Lucie, Paul et le chien partent"."""
    if "," not in words or "et" not in words or word_in(words[words.index(",") + 1], "relatives"):
        return False
    behind = words[words.index("et") + 2 :]
    return any(is_verb(word, plural=True) and word not in lexicon().gender for word in behind)


def _is_ours(word: str) -> bool:
    """Whether it says that I or we do something: "faisons", "moi"."""
    low = word.lower()
    ours = low.endswith("ons") and f"{low[:-3]}er" in lexicon().infinitives
    return ours or low in ("moi", "faisons", "sommes", "avons", "allons", "vivons", "prenons")


def _brand(words: list[str]) -> Topic | None:
    """ "Lumo, la lampe qui suit le soleil"."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    named_already = word_in(name[0], "determiners", "prepositions") or "'" in name[0][:3]
    if not rest or named_already or find_verb(name, 1):
        return None
    if not (word_in(rest[0], "determiners") or rest[0][:2] == "l'"):
        return None
    name = [word if word[:1].isupper() else word[:1].upper() + word[1:] for word in name]
    described = named(rest)
    topic = Topic(f"{join(name)}, {join(rest)}", short=join(name), tags={"brand"})
    topic.tags.add("wares")
    topic.tag, topic.does, topic.whom = join(rest), described.does, described.whom
    return topic


def _statement(
    words: Sequence[str], premise: str, at: int, *, subject: Sequence[str] = ()
) -> Topic:
    """A whole clause: it is said as it is, and its first noun phrase is what the film is about."""
    if words[0].lower() in ("quand", "si", "lorsque"):
        phrase = first_phrase(words[1:])
        topic = named(phrase) if phrase else named_by_verb(words)
        if "," in words and not premise.endswith("?"):
            topic.whole = topic.short or topic.whole
            topic.claim = join(words)
            topic.tags.add("claim")
        if words[0].lower() == "si" and any(re.search(r"ai(?:t|ent)$", word) for word in words):
            topic.question = f"Et {join([words[0].lower(), *words[1:]])} ?"
            topic.tags.add("ask")
        return topic
    if words[0].lower() in ("tout", "tous") and re.match(r"c(?:e|eux)$", words[1].lower()):
        phrase = first_phrase(words[3:])
        topic = named(phrase) if phrase else Topic(UNNAMED, short=UNNAMED)
        longer = _to_the_end(phrase, words) if phrase else []
        topic.short = join(longer) if longer != phrase else topic.short
        topic.whole = join([words[0].lower(), *words[1:]])
        return topic
    speaking = (
        word_in(words[0], "pronouns", "openers")
        or words[0].lower() == "ne"
        or words[0][:2].lower() == "n'"
        or any(map(_is_ours, words[:7]))
        or words[0][:2].lower() in ("j'", "c'")
    )
    known = list(subject) or (list(words[:at]) if at and not speaking else [])
    bare = word_in(words[0], "determiners") and not word_in(words[0], "pronouns")
    subject = known or first_phrase(words if bare else words[1:])
    infinitive = doing_in(words) if speaking else []
    # "Elle a perdu la vue": nobody said who that is, and sight is not what the film is about.
    somebody = words[0].lower() in ("il", "elle", "ils", "elles")
    topic = named(subject) if subject and not somebody else _unnamed(words)
    if len(subject) == 1 and subject[0][:1].isupper():
        topic = Topic(subject[0], short=subject[0])
    names = [word for word in words if word.lower() in lexicon().names and word[0].isupper()]
    if names:
        topic = Topic(names[0], short=names[0], tags={"name"})
    elif infinitive:
        topic = doing(infinitive)
    text = re.sub(r"[.!? ]+$", "", premise)
    if len(words) <= 22:
        common = lowered(words)[0][:1] == words[0][:1].lower()
        topic.claim = text[:1].lower() + text[1:] if common else text
        topic.tags.add("claim")
    topic.whole = topic.short or topic.whole
    return topic


def _called(words: Sequence[str]) -> Topic | None:
    """Who a clause begins with: "mamie Odette apprend \u00e0 conduire", "Nour s'en va"."""
    if words[0].lower() in lexicon().persons and words[1:] and words[1][:1].isupper():
        name = join(list(words[:2]))
    elif words[0].lower() in lexicon().names and words[0][:1].isupper():
        name = words[0]
    else:
        return None
    return Topic(name, short=name, tags={"name"})


def _to_the_end(phrase: list[str], words: Sequence[str]) -> list[str]:
    """The phrase with what is left behind it, where that is no clause: "la vie dans un village"."""
    at = next((i for i, word in enumerate(words) if word == phrase[-1]), len(words) - 1)
    tail = list(words[at + 1 :])
    clause = "," in tail or any(word_in(word, "relatives", "clitics") for word in tail)
    clause = clause or find_verb([*phrase, *tail], len(phrase)) > 0
    return phrase if clause or len(tail) > _LONGEST_TAIL else [*phrase, *tail]


def _unnamed(words: Sequence[str]) -> Topic:
    """A story whose idea has nothing to be called by; the idea itself is its refrain."""
    topic = named_by_verb(words)
    somebody = words[0].lower() in ("il", "elle", "ils", "elles")
    if somebody or topic.short.startswith(("\u00ab", "le fait ")):
        name = [word for word in words[1:] if word[:1].isupper()]
        if name and is_name(name):
            return Topic(join(name), short=join(name))
        said = quoted(join(list(words))).short if len(words) <= _LONGEST_SAID else ""
        return Topic(UNNAMED, short=UNNAMED, said=said)
    return topic


def named_by_verb(words: Sequence[str]) -> Topic:
    """Name an idea without any noun by its verb: "le r\u00eave", "le fait de courir"."""
    for word in words:
        low = word.lower()
        infinitive = lexicon().singular.get(low) or lexicon().plural.get(low)
        if low in lexicon().infinitives:
            infinitive = low
        if low.endswith("ons") and f"{low[:-3]}er" in lexicon().infinitives:
            infinitive = f"{low[:-3]}er"
        if infinitive and infinitive not in (
            "\u00eatre",
            "avoir",
            "faire",
            "pouvoir",
            "devoir",
            "falloir",
        ):
            name = lexicon().nominal.get(infinitive, "")
            joint = "d'" if elides(infinitive) else "de "
            name = name or f"le fait {joint}{infinitive}"
            return Topic(name, short=name, plural=name.startswith("les "), gender="m")
    return quoted(join(list(words)))
