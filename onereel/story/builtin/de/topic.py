"""Ideas about something: a question, a task, a product, or a bare noun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..cleaning import join
from .lexicon import lexicon
from .nouns import Noun, decline, nominative, read_noun, resolve
from .tale import RELATIVES
from .verbs import (
    finite,
    infinitive,
    is_plural,
    looks_finite,
    verb_last,
    with_zu,
    without_zu,
)

__all__ = ["Topic", "read_topic", "topic_slots"]

_LONGEST_ASK = 14


@dataclass
class Topic:
    """The parts of a topic; an empty string is a part that the idea does not have."""

    whole: str
    """The noun phrase in the nominative, as the user gave it."""
    noun: Noun
    ask: str = ""
    """An indirect question: "wie Bienen nach Hause finden"."""
    question: str = ""
    claim: str = ""
    task: str = ""
    """An infinitive: "Brot backen"."""
    task_zu: str = ""
    does: str = ""
    """What a product does: "folgt der Sonne"."""
    tag: str = ""
    whom: str = ""
    tags: set[str] = field(default_factory=set)


def read_topic(words: Sequence[str], premise: str) -> Topic:
    """Read an idea that is about no hero; what cannot be read is told as it was written."""
    words = list(words)
    first = words[0].lower()
    if first in lexicon().sets["questions"] and len(words) > 2:
        return _asked(words, premise) or _quote(words, premise)
    if premise.endswith("?") and len(words) > 2:
        return _whether(words, premise) or _quote(words, premise)
    return (
        _counted(words) or _brand(words) or _task(words) or _named(words) or _quote(words, premise)
    )


def _question(premise: str) -> str:
    return f"{premise[:1].upper()}{premise[1:].rstrip('.!? ')}?"


def _whether(words: Sequence[str], premise: str) -> Topic | None:
    """ "Koennen Pflanzen hoeren?": whether they can."""
    verb = words[0].lower()
    if "," in words or not (verb in lexicon().sets["modals"] or looks_finite(verb)):
        return None
    topic = _about((), words[1:], verb, "ob")
    topic.question = _question(premise)
    topic.ask = join(["ob", *verb_last(verb, list(words[1:]))])
    topic.tags.add("asked")
    return topic


def _verb_index(words: Sequence[str], direct: bool) -> int:
    """Where the verb of a question stands: second, behind the question's own words."""
    sets = lexicon().sets
    for index in range(1, min(5, len(words))):
        word = words[index]
        if word == ",":
            return 0
        if word in sets["modals"] or (word[:1].islower() and looks_finite(word)):
            return index
        if index == 1 and direct and word[:1].islower() and word not in (
            "viele", "viel", "lange", "oft", "alt", "gro\u00df", "weit", "schnell", "teuer", "hoch",
            "tief", "schwer", "hei\u00df", "kalt", "laut", "f\u00fcr", "gut", "gef\u00e4hrlich"
        ):  # fmt: skip
            return index
    return 0


def _asked(words: list[str], premise: str) -> Topic | None:
    """A question, direct or indirect."""
    asking = words[0].lower()
    comma = words.index(",") if "," in words else len(words)
    inner, after = words[:comma], words[comma:]
    direct = premise.endswith("?")
    at = _verb_index(inner, direct)
    if not direct and (at == len(inner) - 1 or not at or _follows_subject(inner, at)):
        return _indirect(inner, after)
    if not at:
        return None
    rest = inner[at + 1 :]
    ask = join([asking, *inner[1:at], *verb_last(inner[at], rest), *after])
    within = _inside(after[1:]) if not rest and len(after) > 2 else None
    topic = within or _about(inner[1:at], rest, inner[at], asking)
    topic.question = _question(premise)
    topic.ask = ask if rest and len(ask.split()) <= _LONGEST_ASK else ""
    topic.tags.add("asked")
    return topic


def _follows_subject(inner: Sequence[str], at: int) -> bool:
    """Whether a whole noun phrase stands between the question word and `at`: verb-final order."""
    if at < 2:
        return False
    found = read_noun(inner, 1)
    return (
        inner[0].lower() in ("wie", "warum", "wieso", "wo") and found is not None and found[1] <= at
    )


def _about(before: Sequence[str], rest: Sequence[str], verb: str, asking: str) -> Topic:
    """The noun that a question asks about, else the question itself."""
    sets = lexicon().sets
    for words in (list(rest), list(before)):
        start = 0
        while start < len(words) and words[start] in sets["pronouns"] | sets["adverbs"]:
            if words[start] in sets["determiners"] and read_noun(words, start, tail=False):
                break
            start += 1
        subject = not start or words[0] in ("sich", "so", "es")
        subject = subject and (asking not in ("wer", "was") or verb in ("ist", "sind"))
        phrase = words[start:] if subject else nominative(words[start:])
        if not phrase or phrase[0].lower() in ("einem", "dem", "des", "einen", "den", "mehr"):
            continue
        found = read_noun(phrase, 0, tail=False)
        if found is None or (not subject and phrase[0].lower() in sets["numbers"]):
            continue
        noun = resolve(found[0], plural=is_plural(verb)) if subject else found[0]
        if not subject and not noun.gender and not noun.det:
            continue
        if decline(noun, "nom"):
            return Topic(noun.text, noun)
    ours = verb in lexicon().infinitives or (rest[:1] == ["wir"] and verb.endswith("en"))
    if len(rest) == 1 and ours and verb not in sets["modals"]:
        noun = Noun("das", (), verb.capitalize(), gender="n", kind="thing")
        return Topic(f"das {noun.head}", noun)
    return _the_question()


def _the_question() -> Topic:
    noun = Noun("die", (), "Frage", gender="f", kind="thing")
    return Topic("diese Frage", noun, tags={"quoted"})


def _indirect(words: list[str], after: list[str]) -> Topic | None:
    """ "warum Staedte mehr Baeume pflanzen sollten", "wie man Brot backt"."""
    asking = words[0].lower()
    if words[1].lower() == "man":
        predicate = finite(words[2:])
        base = infinitive(predicate[0]) if predicate else ""
        if not base:
            return None
        prefix = predicate[-1] if len(predicate) > 1 and predicate[-1] != words[-2] else ""
        middle = predicate[1:-1] if prefix else predicate[1:]
        topic = _craft([*middle, prefix + base])
        topic.ask = join([asking, *words[1:]])
        return topic
    ask = join([asking, *words[1:], *after])
    found = read_noun(words, 1, tail=False)
    if found is None:
        topic = _about((), words[1:-1], words[-1], asking)
    else:
        noun = resolve(found[0], plural=is_plural(words[-1]))
        topic = Topic(noun.text, noun) if decline(noun, "nom") else _the_question()
        if asking in ("warum", "wieso", "weshalb") and not after:
            verb = words[-1]
            if verb in lexicon().sets["modals"] and verb not in ("hat", "haben", "ist", "sind"):
                subject = words[1 : found[1]]
                topic.claim = join([*subject, verb, *words[found[1] : -1]])
    topic.ask = ask if len(ask.split()) <= _LONGEST_ASK else ""
    topic.tags.add("asked")
    return topic


def _craft(words: Sequence[str]) -> Topic:
    """Something to do, from its infinitive."""
    zu = with_zu(words)
    named = _craft_name(words)
    if named:
        noun = Noun("das", (), named, gender="n", kind="thing")
        topic = Topic(f"die Kunst, {zu}" if zu and len(words) > 1 else f"das {named}", noun)
    else:
        noun = Noun("diese", (), "Kunst", gender="f", kind="thing")
        topic = Topic(f"die Kunst, {zu}" if zu else join(words), noun)
    topic.task, topic.task_zu = join(words), zu
    topic.tags.add("task")
    return topic


def _craft_name(words: Sequence[str]) -> str:
    """ "Brotbacken", "Jonglieren": what a short infinitive phrase is called as a noun."""
    if len(words) == 1:
        return words[0].capitalize()
    before = words[-2]
    if words[-1] == "lernen" and before in lexicon().infinitives:
        return _craft_name(words[:-1]) or before.capitalize()
    if len(words) != 2:
        return ""
    return before + words[-1] if before[:1].isupper() else words[-1].capitalize()


def _task(words: list[str]) -> Topic | None:
    """ "Brot backen", "jonglieren lernen": a phrase that ends in an infinitive."""
    if len(words) > 3 and words[1] == "lernen" and words[0].lower() in lexicon().infinitives:
        return _craft([*words[2:], words[0].lower(), "lernen"])
    if words[0].lower() == "ich" and words[1:2] and words[1] in ("will", "m\u00f6chte", "muss"):
        mine = {
            "mein": "ein",
            "meine": "eine",
            "meinen": "einen",
            "meinem": "einem",
            "meiner": "einer",
        }
        return _craft([mine.get(word, word) for word in words[2:]]) if len(words) > 3 else None
    if words[0].lower() in lexicon().sets["pronouns"]:
        return None
    last = words[-1].lower()
    if len(words) < 2 or "," in words or words[0].lower() in ("der", "die", "das", "ein", "eine"):
        return None
    base = infinitive(last)
    if base != last or last not in lexicon().infinitives or last in lexicon().sets["modals"]:
        return None
    found = read_noun(words)
    sets = lexicon().sets
    starts = words[0].lower() in sets["prepositions"] | sets["adverbs"]
    if found is None and not starts:
        return None
    if words[-1] == "lernen" and len(words) == 2:
        return (
            _craft([infinitive(words[0].lower()) or words[0].lower(), "lernen"])
            if (words[0].lower() in lexicon().infinitives)
            else _craft(words)
        )
    lead = words[0] if words[0][:1].isupper() and found else words[0].lower()
    return _craft([lead, *words[1:-1], last])


def _named(words: list[str]) -> Topic | None:
    """A noun phrase, perhaps with a relative clause."""
    found = read_noun(words)
    if found is None:
        return None
    noun, end = found
    rest = words[end:]
    if rest and rest[0] != ",":
        return None
    noun = resolve(noun, plural=noun.plural or (noun.det == "die" and _seems_plural(noun)))
    if not decline(noun, "nom"):
        return None
    whole = join(words) if len(words) <= 14 else noun.text
    topic = Topic(whole if noun.det == "" else whole[:1].lower() + whole[1:], noun)
    if not noun.det and noun.adjectives:
        topic.whole = whole[:1].lower() + whole[1:]
    if noun.head in lexicon().sets["time_nouns"] and rest[1:] and rest[1] in ("in", "an"):
        topic.tags.add("event")
    if rest and rest[1:] and rest[1].lower() in RELATIVES:
        if noun.head in lexicon().sets["time_nouns"]:
            topic.tags.add("event")
        clause = rest[2:]
        clause = clause[: clause.index(",")] if "," in clause else clause
        words_in_order = finite(clause)
        if words_in_order and rest[1].lower() in ("der", "die", "das"):
            topic.does = join(words_in_order)
    tail = noun.tail.split()
    if tail[:1] == ["f\u00fcr"]:
        topic.whom = " ".join(tail[1:])
    return topic


def _seems_plural(noun: Noun) -> bool:
    return not noun.gender and noun.head.endswith(("en", "s"))


def _counted(words: list[str]) -> Topic | None:
    """ "Gruende, frueher aufzustehen": what the list is about."""
    if words[0] not in lexicon().lists["things_counted"] or words[1:2] != [","]:
        return None
    base = without_zu(words[3:] if words[2] == "um" else words[2:])
    return _craft(base.split()) if base else None


def _brand(words: list[str]) -> Topic | None:
    """ "Lumo, die Lampe, die der Sonne folgt"."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    starts = rest and rest[0].lower() in ("der", "die", "das", "ein", "eine", "unser", "unsere")
    if (
        not starts
        or name[0].lower() in lexicon().sets["determiners"] | lexicon().sets["prepositions"]
    ):
        return None
    described = _named(rest)
    if described is None:
        return None
    name = [word[:1].upper() + word[1:] for word in name]
    noun = Noun("", (), join(name), gender=described.noun.gender, kind="thing", named=True)
    topic = Topic(f"{join(name)}, {described.whole}", noun, tags={"brand"})
    topic.tag, topic.does, topic.whom = described.whole, described.does, described.whom
    return topic


def _quote(words: Sequence[str], premise: str) -> Topic:
    """What nobody can read is named, and told as it was written."""
    if premise.endswith("?"):
        behind = words[words.index(",") + 1 :] if "," in words else []
        topic = (_inside(behind) if len(behind) > 1 else None) or _the_question()
        topic.question = _question(premise)
        return topic
    inside = _inside(words) or _bare(words)
    if inside is not None:
        topic = inside
    else:
        noun = Noun("die", (), "Idee", gender="f", kind="thing")
        topic = Topic("diese Idee", noun, tags={"quoted"})
    if len(words) <= 24:
        text = premise.rstrip(".!? ")
        topic.claim = text[:1].upper() + text[1:]
    return topic


def _short_tail(tail: str) -> str:
    """What a head cannot do without, if it is short: "der Stadt", "ohne Namen"."""
    words = tail.split()
    second = next(
        (i for i, word in enumerate(words) if i and word in lexicon().sets["prepositions"]),
        len(words),
    )
    words = words[:second]
    return " ".join(words) if len(words) <= 3 and words[:1] != ["f\u00fcr"] else ""


def _this(phrase: str) -> str:
    """ "der Nacht" becomes "dieser Nacht"."""
    article, _, rest = phrase.partition(" ")
    return f"{'dieses' if article == 'das' else 'dies' + article[1:].replace('ie', 'e')} {rest}"


def _inside(words: Sequence[str]) -> Topic | None:
    """What a phrase such as "Als der Schnee nicht mehr kam", "In Berlin" is about."""
    sets = lexicon().sets
    clause = words[0].lower() in sets["conjunctions"] | {"wo"}
    if not clause and words[0].lower() not in sets["prepositions"]:
        return None
    found = read_noun(words, 1, tail=False)
    if found is None or words[1].lower() in ("einen", "den", "einem", "dem"):
        return None
    if not clause and words[1].lower() in sets["determiners"]:
        return None
    noun = resolve(found[0], plural=is_plural(words[-1])) if clause else found[0]
    if not clause and not noun.gender:
        noun = resolve(noun, plural=False)
    return Topic(noun.text, noun) if decline(noun, "dat") else None


def _bare(words: Sequence[str]) -> Topic | None:
    """The first noun without an article whose gender is known: "Angst vor der Zukunft"."""
    for at in range(len(words)):
        before = words[at - 1].lower() if at else ""
        if before in lexicon().sets["determiners"] | lexicon().sets["prepositions"]:
            continue
        found = read_noun(words, at)
        if found is None or found[0].adjectives or found[0].pair or found[0].named:
            continue
        noun = found[0]
        if (not noun.det or (not at and noun.det in ("der", "die", "das"))) and noun.gender:
            return Topic(noun.text, noun)
    return None


def topic_slots(topic: Topic) -> dict[str, str]:
    """The slots that patterns about a topic use; cases are named by their first letter."""
    noun = topic.noun
    this = topic.whole if topic.tags & {"quoted"} else ""
    if this:
        first, second, third = this, this, f"dieser {noun.head}"
    elif noun.det == "diese":
        first, second, third = "diese Kunst", "diese Kunst", "dieser Kunst"
    else:
        forms = [decline(noun, case) for case in ("nom", "acc", "dat")]
        owner = _short_tail(noun.tail)
        if owner and noun.adjectives and noun.det in ("der", "die", "das"):
            # "Das kleinste Theater der Welt" is not the theatre of the world.
            forms = [decline(replace(noun, det=""), case) for case in ("nom", "acc", "dat")]
        first, second, third = (f"{form} {owner}".strip() if form else "" for form in forms)
        if "event" in topic.tags:
            first, second, third = (_this(form) for form in forms)
    return {
        "whole": topic.whole,
        "topic": first,
        "topic_a": second,
        "topic_d": third,
        "ask": topic.ask,
        "question": topic.question,
        "claim": topic.claim,
        "task": topic.task,
        "task_zu": topic.task_zu,
        "does": topic.does,
        "tag": topic.tag,
        "whom": topic.whom,
    }
