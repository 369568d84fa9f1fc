"""Ideas about something: a question, a task, a product, or a bare noun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .clean import join
from .lexicon import lexicon
from .nouns import Noun, decline, read_noun, resolve
from .tale import RELATIVES
from .verbs import finite, infinitive, is_plural, looks_finite, verb_last, with_zu

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
        return _quote(words, premise)
    return _brand(words) or _task(words) or _named(words) or _quote(words, premise)


def _question(premise: str) -> str:
    return f"{premise[:1].upper()}{premise[1:].rstrip('.!? ')}?"


def _verb_index(words: Sequence[str], direct: bool) -> int:
    """Where the verb of a question stands: second, behind the question's own words."""
    sets = lexicon().sets
    for index in range(1, min(5, len(words))):
        word = words[index]
        if word == ",":
            return 0
        if word in sets["modals"] or word[:1].islower() and looks_finite(word):
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
    topic = _about(inner[1:at], rest, inner[at], asking)
    topic.question = _question(premise)
    topic.ask = ask if rest and len(ask.split()) <= _LONGEST_ASK else ""
    topic.tags.add("asked")
    return topic


def _follows_subject(inner: Sequence[str], at: int) -> bool:
    """Whether a whole noun phrase stands between the question word and `at`: verb-final order."""
    if at < 2:
        return False
    found = read_noun(inner, 1)
    return inner[0].lower() in ("wie", "warum", "wieso", "wo") and found is not None and found[1] <= at


def _about(before: Sequence[str], rest: Sequence[str], verb: str, asking: str) -> Topic:
    """The noun that a question asks about, else the question itself."""
    for words, at in ((list(rest), 0), (list(before), 0)):
        start = at
        while start < len(words) and words[start] in ("sich", "es", "so", "denn", "eigentlich"):
            start += 1
        found = read_noun(words, start, tail=False) if start < len(words) else None
        if found is None:
            continue
        det = words[start].lower()
        subject = asking not in ("wer", "was", "welcher", "welche", "welches") or verb in ("ist", "sind")
        if det in ("einen", "den", "einem", "dem", "des", "keinen") or not subject:
            continue
        noun = resolve(found[0], plural=is_plural(verb))
        if decline(noun, "nom"):
            return Topic(_article(noun), noun)
    return _the_question()


def _article(noun: Noun) -> str:
    return noun.text


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
        topic = _the_question()
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
    if len(words) == 1:
        noun = Noun("das", (), words[0].capitalize(), gender="n", kind="thing")
        topic = Topic(f"das {noun.head}", noun)
    else:
        noun = Noun("diese", (), "Kunst", gender="f", kind="thing")
        topic = Topic(f"die Kunst, {zu}" if zu else join(words), noun)
    topic.task, topic.task_zu = join(words), zu
    topic.tags.add("task")
    return topic


def _task(words: list[str]) -> Topic | None:
    """ "Brot backen", "jonglieren lernen": a phrase that ends in an infinitive."""
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
        return _craft([infinitive(words[0].lower()) or words[0].lower(), "lernen"]) if (
            words[0].lower() in lexicon().infinitives
        ) else _craft(words)
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
    noun = resolve(noun, plural=noun.plural or noun.det == "die" and _seems_plural(noun))
    if not decline(noun, "nom"):
        return None
    whole = join(words) if len(words) <= 14 else noun.text
    topic = Topic(whole if noun.det == "" else whole[:1].lower() + whole[1:], noun)
    if not noun.det and noun.adjectives:
        topic.whole = whole[:1].lower() + whole[1:]
    if rest and rest[1:] and rest[1].lower() in RELATIVES:
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


def _brand(words: list[str]) -> Topic | None:
    """ "Lumo, die Lampe, die der Sonne folgt"."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    starts = rest and rest[0].lower() in ("der", "die", "das", "ein", "eine", "unser", "unsere")
    if not starts or name[0].lower() in lexicon().sets["determiners"] | lexicon().sets["prepositions"]:
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
        topic = _the_question()
        topic.question = _question(premise)
        return topic
    noun = Noun("die", (), "Idee", gender="f", kind="thing")
    topic = Topic("diese Idee", noun, tags={"quoted"})
    if len(words) <= 24:
        text = premise.rstrip(".!? ")
        topic.claim = text[:1].upper() + text[1:]
    return topic


def topic_slots(topic: Topic) -> dict[str, str]:
    """The slots that patterns about a topic use; cases are named by their first letter."""
    noun = topic.noun
    this = topic.whole if topic.tags & {"quoted"} else ""
    if this:
        nominative, accusative, dative = this, this, f"dieser {noun.head}"
    elif noun.det == "diese":
        nominative, accusative, dative = "diese Kunst", "diese Kunst", "dieser Kunst"
    else:
        nominative, accusative, dative = (decline(noun, case) for case in ("nom", "acc", "dat"))
    return {
        "whole": topic.whole,
        "topic": nominative,
        "topic_a": accusative,
        "topic_d": dative,
        "ask": topic.ask,
        "question": topic.question,
        "claim": topic.claim,
        "task": topic.task,
        "task_zu": topic.task_zu,
        "does": topic.does,
        "tag": topic.tag,
        "whom": topic.whom,
    }
