"""German ideas of something to do: "Brot backen"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .deeds import verb_at
from .lexicon import lexicon
from .lookup import look_up
from .mention import countable
from .nouns import Noun, read_noun
from .phrases import is_comparative_order
from .topic import Topic
from .verbs import infinitive, is_infinitive, with_zu

__all__ = ["craft", "order", "task"]


def craft(words: Sequence[str]) -> Topic:
    """Something to do, from its infinitive."""
    if words and re.fullmatch(r"Deine?[mnrs]?", words[0]):
        words = [words[0].lower(), *words[1:]]  # "Deinem Sohn den Tod erkl\u00e4ren"
    zu = with_zu(_with_article(words))
    named = _craft_name(words) or _deed_name(words)
    if named:
        noun = Noun("das", (), named, gender="n", kind="thing")
        topic = Topic(f"die Kunst, {zu}" if zu and len(words) > 1 else f"das {named}", noun)
    else:
        noun = Noun("diese", (), "Kunst", gender="f", kind="thing")
        topic = Topic(f"die Kunst, {zu}" if zu else join(words), noun)
    topic.task, topic.task_zu = join(_with_article(words)), zu
    topic.tags |= {"task", *(("learning",) if topic.task.endswith("lernen") else ())}
    return topic


def _with_article(words: Sequence[str]) -> list[str]:
    """ "Fahrrad reparieren" needs an article in a sentence; "Brot backen" does not."""
    bare = words[0][:1].islower() and words[0] not in lexicon().sets["determiners"]
    if len(words) == 3 and bare and words[2] not in _BARE:
        # "angebrannten Topf reinigen"
        ending = next((end for end in ("en", "es", "e") if words[0].endswith(end)), "")
        single = Noun("", (), words[1], gender=_OF_ENDING.get(ending, ""), kind="thing")
        one = {entry.gender for entry in look_up(words[1])} == {single.gender}
        return [_ONE[single.gender], *words] if one and countable(single) else list(words)
    noun = read_noun(words, tail=False) if words[-1] not in _BARE else None
    # "Kaffeemaschine mit Essig entkalken"
    alone = noun is not None and not noun[0].det and not noun[0].adjectives
    sets = lexicon().sets
    alone = alone and (len(words) == 2 or words[1] in sets["prepositions"] | sets["adverbs"])
    if noun is None or not alone or noun[0].gender not in _ONE or not countable(noun[0]):
        return list(words)
    return [_ONE[noun[0].gender], *words]


def _craft_name(words: Sequence[str]) -> str:
    """ "Brotbacken", "Jonglieren": what a short infinitive phrase is called as a noun."""
    if len(words) == 1:
        return words[0].capitalize()
    before = words[-2]
    if words[-1] == "lernen" and before.lower() in lexicon().infinitives:
        return _craft_name(words[:-1]) or before.capitalize()
    if len(words) != 2 or words[-1] not in lexicon().infinitives:
        return ""  # nobody says "Fruchtfliegenloswerden"
    if before[:1].isupper() and (before.endswith("e") or not look_up(before)):
        return ""  # "Hosenaehen" or "Hosennaehen"?
    return before + words[-1] if before[:1].isupper() else words[-1].capitalize()


def _deed_name(words: Sequence[str]) -> str:
    """ "Umtopfen", of "eine Orchidee umtopfen": its verb alone, where that says what is done."""
    acted_on = words[0].lower() in _ARTICLES or (len(words) == 2 and words[0][:1].isupper())
    return words[-1].capitalize() if acted_on and words[-1] not in _SAYING_LITTLE else ""


def task(words: list[str]) -> Topic | None:
    """ "Brot backen", "jonglieren lernen": a phrase that ends in an infinitive."""
    if words[0].lower() in ("wir", "sie"):
        return None  # "Wir tanzen im Regen"
    if len(words) > 3 and words[1] == "lernen" and words[0].lower() in lexicon().infinitives:
        return craft([*words[2:], words[0].lower(), "lernen"])
    if words[0].lower() == "ich" and words[1:2] and words[1] in ("will", "m\u00f6chte", "muss"):
        mine = {
            "mein": "ein",
            "meine": "eine",
            "meinen": "einen",
            "meinem": "einem",
            "meiner": "einer",
        }
        return craft([mine.get(word, word) for word in words[2:]]) if len(words) > 3 else None
    told = any(word in _SOMEBODY for word in words[1:3])  # "heute habe ich deine Stimme vergessen"
    if told or words[0].lower() in lexicon().sets["pronouns"] or words[-1][:1].isupper():
        return None
    if "," in words and words[words.index(",") + 1 :][:1] and words[words.index(",") + 1] in _HOW:
        # "Mit dem Rauchen aufhoeren, ohne zuzunehmen"
        comma = words.index(",")
        topic = task(list(words[:comma]))
        end = f", {join(words[comma + 1 :])}"
        if topic is not None and topic.task_zu:
            topic.task, topic.task_zu = topic.task + end, topic.task_zu + end
            topic.whole = f"die Kunst, {topic.task_zu}"
            return topic
    cut = next((at for at in range(2, len(words) - 1) if words[at] in (*_HOW, "wie")), 0)
    if cut and words[cut - 1] in lexicon().infinitives:
        return task(words[:cut])  # "Kleider flicken statt neu kaufen"
    last = words[-1]
    if len(words) < 2 or "," in words or (words[0].lower() in _ARTICLES and not _does(words)):
        return None
    if not is_infinitive(last) or last in lexicon().sets["modals"]:
        return None
    found = read_noun(words)
    sets = lexicon().sets
    if is_comparative_order(words):
        return craft([words[0].lower(), words[1]])
    starts = words[0].lower() in sets["prepositions"] | sets["adverbs"]
    starts = starts or (words[0].islower() and len(words) == 2)  # "vegan kochen"
    if found is None and not starts:
        return None
    if words[-1] == "lernen" and len(words) == 2:
        return (
            craft([infinitive(words[0].lower()) or words[0].lower(), "lernen"])
            if (words[0].lower() in lexicon().infinitives)
            else craft(words)
        )
    # "Weniger Essen wegwerfen": only a noun keeps the capital that opens an idea.
    named = found is not None and words[0] in (*found[0].head.split(), found[0].det)
    lead = words[0] if words[0][:1].isupper() and named else words[0].lower()
    return craft([lead, *words[1:-1], last])


def _does(words: Sequence[str]) -> bool:
    """Whether a thing that begins an idea is acted on: "Ein Zimmer an einem Tag streichen"."""
    found = read_noun(words, tail=False)
    one = found is not None and found[0].gender in ("n", "f") and words[0].lower() != "der"
    inner = range(1, len(words) - 1)
    # "im kleinen Zimmer"
    return one and not any(verb_at(words, at) and words[at + 1].islower() for at in inner)


_SOMEBODY = ("ich", "du", "er", "wir", "man", "niemand", "jemand")
"""Who does something, in a sentence."""
_ARTICLES = ("der", "die", "das", "ein", "eine")
_HOW = ("ohne", "um", "statt", "anstatt")
_OF_ENDING = {"en": "m", "es": "n", "e": "f"}
"""The gender of what is acted on, by the ending of the adjective in front."""
_ONE = {"m": "einen", "f": "eine", "n": "ein"}
_BARE = frozenset(
    (
        *("lernen", "\u00fcben", "spielen", "fahren", "backen", "kochen", "trinken", "essen"),
        *("machen", "h\u00f6ren", "lesen", "treiben", "sparen", "laufen", "tanzen", "haben"),
        *("finden", "halten", "nehmen", "geben", "bringen", "sprechen", "schlie\u00dfen"),
    )
)
"""Verbs whose object often has no article: "Klavier spielen", "Freude finden"."""
_SAYING_LITTLE = frozenset(
    (
        *("machen", "tun", "haben", "sein", "werden", "lassen", "bekommen", "geben", "nehmen"),
        *("bringen", "stellen", "setzen", "legen", "kommen", "gehen", "kriegen", "schaffen"),
    )
)
"""Verbs that do not say alone what is done: "eine Torte machen"."""
_OBJECTS = frozenset(
    f"{own}{end}" for own in ("ein", "dein") for end in ("", "e", "en", "er", "em")
) | frozenset(("dir", "dich", "euch", "die", "den", "das", "mehr", "in", "mit", "ohne"))
"""What follows an order: whom or what it is about."""


_ONE_OF = ("ein", "eine", "einen", "dein", "deine", "deinen", "dir")


def order(words: Sequence[str]) -> Topic | None:
    """ "Miete eine Ziege", "Bau dir ein Floss": an order becomes something to do."""
    denied = any(re.fullmatch(r"nicht|nie|niemals|kein\w*", word.lower()) for word in words)
    if len(words) < 3 or "," in words or denied:
        return None
    bare = words[1][:1].isupper() and words[0].lower() not in lexicon().forms  # "Zieh Tomaten"
    if words[1].lower() not in _OBJECTS and not bare:
        return None
    stem = words[0].lower().removesuffix("e")
    both = (f"{stem}en", f"{stem}n")
    base = next((verb for verb in both if verb in lexicon().infinitives), "")
    if not base and words[1] in _ONE_OF and words[0].endswith("e"):
        base = next(filter(is_infinitive, both), "")  # "Buche einen F\u00fchrer"
    if not base:
        return None
    rest = list(words[2:] if words[1].lower() in ("dir", "euch") else words[1:])
    if base == "lernen" and rest[-1] in lexicon().infinitives:
        return craft([*rest, base])
    prefix = rest[-1] if rest[-1] in lexicon().sets["prefixes"] else ""
    return craft([*(rest[:-1] if prefix else rest), prefix + base])
