"""German ideas of something to do: "Brot backen"."""

from __future__ import annotations

from collections.abc import Sequence

from ..cleaning import join
from .lexicon import lexicon
from .nouns import Noun, read_noun
from .topic import Topic
from .verbs import infinitive, with_zu

__all__ = ["craft", "task"]


def craft(words: Sequence[str]) -> Topic:
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
    if words[-1] == "lernen" and before.lower() in lexicon().infinitives:
        return _craft_name(words[:-1]) or before.capitalize()
    if len(words) != 2:
        return ""
    return before + words[-1] if before[:1].isupper() else words[-1].capitalize()


def task(words: list[str]) -> Topic | None:
    """ "Brot backen", "jonglieren lernen": a phrase that ends in an infinitive."""
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
    if words[0].lower() in lexicon().sets["pronouns"] or words[-1][:1].isupper():
        return None
    last = words[-1]
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
            craft([infinitive(words[0].lower()) or words[0].lower(), "lernen"])
            if (words[0].lower() in lexicon().infinitives)
            else craft(words)
        )
    lead = words[0] if words[0][:1].isupper() and found else words[0].lower()
    return craft([lead, *words[1:-1], last])
