"""Ideas about something: a task, a product, a list, a statement, or a bare noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..cleaning import join
from .clauses import find_verb, infinitive_at, infinitive_of, is_verb
from .deeds import object_of, verb_end
from .lexicon import elides, lexicon, singular_of
from .nouns import Noun, articled, is_name, is_number, lowered, noun, word_in
from .phrases import first_phrase
from .tale import split_lead

__all__ = ["UNNAMED", "Topic", "doing", "doing_in", "named", "quoted", "read_statement", "task", "topic_slots"]

_COUNTED = (
    r"^(?:les\s+|nos\s+|mes\s+)?"
    r"(?:(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|vingt)\s+)?"
    r"(?:[\w'-]+\s+){1,3}?"
    r"(?P<joint>sur|pour|de|d'|du|des|\u00e0 propos de|\u00e0 savoir sur)\s?(?P<rest>.+)$"
)
_AVOIDED = (
    r"^(?:les|des|\w+)?\s*[\w'-]+\s+\u00e0\s+(?:\u00e9viter|faire|conna\u00eetre|savoir|retenir|ne pas \w+)"
    r"\s+(?:en|sur|dans|pour|avant|avec)\s+(?P<rest>(?!\w+er\b).+)$"
)
"""What "les erreurs \u00e0 \u00e9viter en entretien d'embauche" is about."""
_UNTOLD = (
    r"^(?:les\s+)?(?:\w+\s+)?(?:choses|secrets|faits|v\u00e9rit\u00e9s)\s+qu(?:e\s|')(?:[\w'-]+\s+){2,6}?"
    r"(?P<joint>sur|\u00e0 propos de|du|des|de)\s(?P<rest>.+)$"
)
"""What "10 choses que vous ne saviez pas sur les poulpes" is about."""
_IMPERATIVES = {
    "apprends": "apprendre", "apprenez": "apprendre", "prends": "prendre", "prenez": "prendre",
    "fais": "faire", "faites": "faire", "mets": "mettre", "mettez": "mettre", "lis": "lire",
    "lisez": "lire", "\u00e9cris": "\u00e9crire", "\u00e9crivez": "\u00e9crire", "vis": "vivre",
    "vivez": "vivre", "deviens": "devenir", "devenez": "devenir", "construis": "construire",
    "construisez": "construire", "r\u00e9duis": "r\u00e9duire", "r\u00e9duisez": "r\u00e9duire",
    "d\u00e9couvre": "d\u00e9couvrir", "d\u00e9couvrez": "d\u00e9couvrir", "cours": "",
    "r\u00e9ussis": "r\u00e9ussir", "r\u00e9ussissez": "r\u00e9ussir", "choisis": "choisir",
    "choisissez": "choisir", "dors": "dormir", "dormez": "dormir",
}  # fmt: skip
"""Irregular imperatives that an idea begins with."""
UNNAMED = "cette histoire"
"""What an idea is called that has no name of its own."""
_LONGEST_WHOLE = 13
_LONGEST_SHORT = 6
_LONGEST_DOING = 7
_LONGEST_SAID = 11


@dataclass
class Topic:
    """The parts of a topic; an empty string is a part that the idea does not have."""

    whole: str
    """The noun phrase as the user gave it."""
    short: str = ""
    """How the film names it from then on."""
    plural: bool = False
    gender: str = ""
    ask: str = ""
    """An indirect question: "comment fonctionne un volcan"."""
    question: str = ""
    claim: str = ""
    """A clause that the film may say as it is: "le ciel est bleu"."""
    how: str = ""
    """What is asked about it: "comment", "pourquoi"."""
    task: str = ""
    """What to do, in the infinitive."""
    does: str = ""
    """What a product does: "suit le soleil"."""
    tag: str = ""
    whom: str = ""
    said: str = ""
    """The idea in quotation marks, where the film has no other name for it."""
    wares: str = ""
    """A bare noun of unknown gender: what is sold is "notre" whatever its gender."""
    tags: set[str] = field(default_factory=set)


def read_statement(words: Sequence[str], premise: str) -> Topic:
    """Read an idea that asks nothing and has no hero."""
    words = lowered(split_lead(list(words))[1] or words)
    counted = _counted(premise)
    if counted is not None:
        return counted
    if words[0].lower() in ("\u00e0", "pour") and len(words) < 7 and not infinitive_at(words, 1):
        dedicated = named(words[1:])
        dedicated.whole = dedicated.short
        return dedicated
    ordered = _order(words)
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
    if (
        at
        or words[0][:2].lower() in ("j'", "c'")
        or words[0].lower()
        in ("je", "nous", "tu", "vous", "on", "il", "elle", "ils", "elles", "si", "quand")
        or word_in(words[0], "openers")
    ):
        return _statement(words, premise, at)
    return named(words)


def _order(words: Sequence[str]) -> Topic | None:
    """ "Apprends \u00e0 cuisiner", "d\u00e9couvrez Lyon": an imperative is something to do."""
    if len(words) < 2:
        return None
    low = words[0].lower()
    polite = low.removesuffix("ez") + "er"
    known = lexicon().infinitives
    verb = _IMPERATIVES.get(low) or (polite if low.endswith("ez") and polite in known else "")
    if not verb or not (
        word_in(words[1], "determiners", "prepositions", "adverbs")
        or words[1][:2].lower() in ("l'", "d'")
        or words[1][:1].isupper()
    ):
        return None
    rest = list(words[1:])
    if verb == "apprendre" and rest[0] == "\u00e0" and infinitive_at(rest, 1):
        return task(rest[1:])
    return task([verb, *rest])


def _lists(premise: str) -> bool:
    return bool(lexicon().sets["list_words"] & set(premise.lower().split()[:5]))


def _whys(premise: str) -> Topic | None:
    """ "Les raisons pour lesquelles vous devriez lire plus" are about reading."""
    match = re.match(r"^.{0,20}\braisons pour (?:lesquelles|lesquels) (.+?)[.!? ]*$", premise, re.I)
    found = doing_in(match[1].split()) if match else []
    return doing(found) if found else None


def _counted(premise: str) -> Topic | None:
    """ "Cinq raisons de visiter Lyon", "10 id\u00e9es re\u00e7ues sur les requins"."""
    whys = _whys(premise)
    if whys is not None:
        return whys
    when = re.search(r"quand on (.+?)[.!? ]*$", premise)
    if when and _lists(premise):
        done = infinitive_of(when[1].split())
        if done:
            return task(done.split())
    match = re.match(_UNTOLD, premise.rstrip(".!? "), re.IGNORECASE)
    if match is not None and _lists(premise):
        article = {"du": "le", "des": "les"}.get(match["joint"].lower(), "")
        return named([*article.split(), *match["rest"].split()])
    match = re.match(_AVOIDED, premise.rstrip(".!? "), re.IGNORECASE)
    if match is not None and _lists(premise):
        return named(match["rest"].split())
    match = re.match(_COUNTED, premise.rstrip(".!? "), re.IGNORECASE)
    if match is None or not _lists(premise):
        return None
    joint, rest = match["joint"].lower(), match["rest"].split()
    if infinitive_at(rest, 0):
        at = next((i for i, word in enumerate(rest) if i and word[:1].isupper()), 0)
        if not re.search(r"\b(?:raisons|motifs)\b", premise.lower()):
            return task(rest)
        if not at:
            return doing(rest)
        article = word_in(rest[at - 1], "determiners")
        return named(rest[at - 1 if article else at :])
    article = {"du": "le", "des": "les"}.get(joint)
    return named([article, *rest] if article else rest)


def task(words: Sequence[str]) -> Topic:
    """Something to do: the film is about "l'art de" doing it."""
    words = [words[0][:1].lower() + words[0][1:], *words[1:]]
    done = words
    if (
        words[0] == "apprendre"
        and len(words) > 2
        and words[1] == "\u00e0"
        and infinitive_at(words, 2)
    ):
        done = words[2:]
    whole = _art(join(list(done)))
    short = _art(join(_brief(done)))
    return Topic(whole, short=short, gender="m", task=join(list(words)), tags={"task"})


def _art(infinitive: str) -> str:
    return f"l'art d'{infinitive}" if elides(infinitive) else f"l'art de {infinitive}"


def _brief(words: Sequence[str]) -> list[str]:
    """An infinitive with its object, without further circumstances."""
    for at in range(2, len(words)):
        if (
            word_in(words[at], "prepositions")
            and words[at].lower() not in ("de", "du", "des", "d'")
            and at > 1
        ):
            if (not word_in(words[at - 1], "determiners", "prepositions") and at > 2) or at > 3:
                return list(words[:at])
            if words[at].lower() in ("en", "dans", "sans", "avec", "chez", "pour"):
                return list(words[:at])
    return list(words[:7])


def named(words: Sequence[str]) -> Topic:
    """A noun phrase: long at first, without its tail from then on."""
    words = lowered(words)
    if words[0] == "ce" and len(words) > 2 and re.match(r"(?:que|qui|dont|qu'.+)$", words[1]):
        return Topic(join(words), short=join(words), gender="m", tags={"clause"})
    both = _pair(words)
    if both is not None:
        return both
    core = list(words)
    if len(words) == 1 and word_in(words[0], "months"):
        return Topic(words[0], short=words[0], gender="m")
    for index, word in enumerate(words):
        told = re.match(r"(?:expliqu|racont)\u00e9e?s?$", word) is not None
        if index and (word_in(word, "relatives") or word == "," or told):
            core = words[:index]
            words = core if told else words
            break
    if is_name(core) or _is_title(core):
        first = lexicon().names.get(core[0].lower(), "")
        topic = Topic(
            join(words if len(words) <= _LONGEST_WHOLE else core), short=join(core), gender=first
        )
    else:
        described = noun(core, words)
        bare = (
            not word_in(core[0], "determiners") and core[0][:2] != "l'" and not is_number(core[0])
        )
        if bare and not core[0].isupper():
            # A common noun has its capital from the start of the idea only.
            words = [words[0].lower(), *words[1:]]
            core = words[: len(core)]
            described = noun(core, words)
        if bare and len(core) > 1 and not (described.gender or described.plural):
            topic = quoted(join(words if len(words) <= _LONGEST_WHOLE else core))
            topic.wares = join(core[: phrase_end(core)])
            return topic
        whole = join(words) if len(words) <= _LONGEST_WHOLE else join(core)
        if bare:
            whole = articled(whole.split(), described)
        vague = described.again.count(" ") < 2
        vague = vague or singular_of(described.head) not in lexicon().gender
        fits = len(whole.split()) <= _LONGEST_SHORT
        plain = vague and fits and whole != core[0]
        kept = plain and word_in(words[0], "determiners") and words[0] in ("le", "la", "les")
        again = articled(_bare_core(described, core), described) if bare else described.again
        short = whole if kept or (words[0][:2] == "l'" and plain) else again
        if fits and len(core) == len(words) and not is_number(words[0]):
            short = _definite_whole(words, whole, bare=bare)
        topic = Topic(whole, short=short, plural=described.plural, gender=described.gender)
    if words[0].lower() in ("le", "la", "l'ann\u00e9e") and len(words) > 3 and words[1] in _MOMENTS:
        topic.short = f"{'ce' if words[0] == 'le' else 'cette'} {words[1]}-l\u00e0"
    _add_use(topic, words)
    return topic


def phrase_end(words: Sequence[str]) -> int:
    """Where a noun phrase meets "pour", "avec" and the like."""
    loose = ("pour", "avec", "sans", "dans", "sur", "qui", "que", ",")
    return next((i for i, word in enumerate(words) if i and word.lower() in loose), len(words))


def _definite_whole(words: Sequence[str], whole: str, *, bare: bool) -> str:
    """A short noun phrase as a film names it again, with all that it says."""
    article = {"un": "le", "une": "la", "des": "les", "du": "le"}.get(words[0].lower(), "")
    if bare or not article:
        return whole
    rest = list(words[1:])
    if article != "les" and elides(rest[0]):
        return join([f"l'{rest[0]}", *rest[1:]])
    return join([article, *rest])


def _bare_core(described: Noun, core: Sequence[str]) -> list[str]:
    """The words that name a bare noun again, without an article that was guessed before."""
    again = described.again.removeprefix("les ").removeprefix("le ").removeprefix("la ")
    return again.removeprefix("l'").split() or list(core)


def _pair(words: list[str]) -> Topic | None:
    """Two nouns with their articles: "l'eau et la guerre"."""
    if "et" not in words[1:-1] or len(words) > 7:
        return None
    at = words.index("et")
    left, right = words[:at], words[at + 1 :]
    for part in (left, right):
        article = word_in(part[0], "determiners") or part[0][:2].lower() == "l'"
        if not article or any(word_in(word, "relatives") or word == "," for word in part):
            return None
    genders = {noun(part).gender for part in (left, right)}
    gender = "f" if genders == {"f"} else "" if "" in genders else "m"
    name = f"{join(left)} et~{join(right)}"
    return Topic(name, short=name, plural=True, gender=gender)


def doing(words: Sequence[str]) -> Topic:
    """Something that the film speaks of, without telling how it is done: "l'id\u00e9e de voler"."""
    text = join(list(words))
    name = f"l'id\u00e9e d'{text}" if elides(text) else f"l'id\u00e9e de {text}"
    return Topic(name, short=name, gender="f")


def doing_in(words: Sequence[str]) -> list[str]:
    """The infinitive in a clause, with what follows it: "danser avec toi"; empty without any."""
    for index in range(1, len(words)):
        known = words[index].lower() in lexicon().infinitives
        if known and infinitive_at(words, index) and not word_in(words[index - 1], "determiners"):
            before = words[index - 1].lower()
            found = list(words[index:])
            if before in ("se", "me", "te", "nous", "vous", "y", "en"):
                found = [before if before in ("y", "en") else "se", *found]
            return found if len(found) <= _LONGEST_DOING and "," not in found else []
    return []


def quoted(text: str) -> Topic:
    """What is no noun phrase is named like a title."""
    name = f"\u00ab {text[:1].upper()}{text[1:]} \u00bb"
    return Topic(name, short=name)


_MOMENTS = ("jour", "matin", "soir", "nuit", "moment", "fois", "semaine", "journ\u00e9e")


def _is_title(words: Sequence[str]) -> bool:
    return (
        len(words) > 1 and words[0][:1].isupper() and all(word[:1].isupper() for word in words[1:2])
    )


def _add_use(topic: Topic, words: Sequence[str]) -> None:
    """For whom it is, and what it does."""
    at = next((i for i, word in enumerate(words) if i and word.lower() == "pour"), 0)
    if at and len(words) - at <= 7 and not infinitive_at(words, at + 1):
        topic.whom = join(list(words[at + 1 :]))
    if at:
        topic.tags.add("wares")
    relative = next((i for i, word in enumerate(words) if i and word.lower() == "qui"), 0)
    if relative and relative + 1 < len(words):
        does = list(words[relative + 1 :])
        if is_verb(does[0]) or word_in(does[0], "clitics") or does[0][:2] in ("s'", "n'", "l'"):
            topic.does = join(does)
            topic.tags.add("wares")


def _brand(words: list[str]) -> Topic | None:
    """ "Lumo, la lampe qui suit le soleil"."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    if not rest or word_in(name[0], "determiners", "prepositions") or find_verb(name, 1):
        return None
    if not (word_in(rest[0], "determiners") or rest[0][:2] == "l'"):
        return None
    name = [word if word[:1].isupper() else word[:1].upper() + word[1:] for word in name]
    described = named(rest)
    topic = Topic(f"{join(name)}, {join(rest)}", short=join(name), tags={"brand"})
    topic.tags.add("wares")
    topic.tag, topic.does, topic.whom = join(rest), described.does, described.whom
    return topic


def _statement(words: Sequence[str], premise: str, at: int) -> Topic:
    """A whole clause: it is said as it is, and its first noun phrase is what the film is about."""
    if words[0].lower() in ("quand", "si", "lorsque"):
        phrase = first_phrase(words[1:])
        topic = named(phrase) if phrase else named_by_verb(words)
        if words[0].lower() == "si" and any(re.search(r"ai(?:t|ent)$", word) for word in words):
            topic.question = f"Et {join([words[0].lower(), *words[1:]])} ?"
            topic.tags.add("ask")
        return topic
    speaking = word_in(words[0], "pronouns", "openers") or words[0][:2].lower() in ("j'", "c'")
    subject = list(words[:at]) if at and not speaking else first_phrase(words[1:])
    subject = _done_to(words, at, subject) or subject
    infinitive = doing_in(words) if speaking else []
    if infinitive:
        topic = doing(infinitive)
    else:
        topic = named(subject) if subject else _unnamed(words)
    text = re.sub(r"[.!? ]+$", "", premise)
    if len(words) <= 22:
        topic.claim = text[:1].lower() + text[1:] if lowered(words)[0] == words[0].lower() else text
        topic.tags.add("claim")
    topic.whole = topic.short or topic.whole
    return topic


def _done_to(words: Sequence[str], at: int, subject: Sequence[str]) -> list[str]:
    """What a thing does its deed to is the news: "la mairie interdit les trottinettes"."""
    ours = bool(subject) and word_in(subject[0], "possessives")
    if not at or not subject or ours or noun(list(subject)).animate:
        return []
    deed = list(words[at:])
    found = object_of(deed, after=verb_end(deed))[0].split()
    unclear = not found or word_in(found[0], "possessives") or any(c.isdigit() for c in found)
    return [] if unclear or is_number(found[-1]) else found


def _unnamed(words: Sequence[str]) -> Topic:
    """A story whose idea has nothing to be called by; the idea itself is its refrain."""
    topic = named_by_verb(words)
    if topic.short.startswith("\u00ab"):
        said = topic.short if len(words) <= _LONGEST_SAID else ""
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


def _alone(topic: Topic) -> str:
    """The question as it stands alone, without its mark."""
    if topic.question:
        return topic.question[:1].lower() + topic.question[1:].rstrip("? \u00a0")
    return "" if re.match(r"(?:si|s'|ce) ?", topic.ask) else topic.ask


def topic_slots(topic: Topic) -> dict[str, str]:
    """The slots that patterns about a topic use; a task is named by its verb alone."""
    art = "task" in topic.tags and topic.short.startswith("l'art d")
    return {
        "whole": "" if art else topic.whole,
        "topic": "" if art else topic.short or topic.whole,
        "son": "leur" if topic.plural else "son",
        "sa": "leur" if topic.plural else "sa",
        "ask": topic.ask,
        "asked": _alone(topic),
        "question": topic.question,
        "fact": topic.claim,
        "said": topic.said,
        "how": topic.how,
        "task": topic.task,
        "does": topic.does,
        "tag": topic.tag,
        "whom": topic.whom,
    }
