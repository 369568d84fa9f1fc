"""The other things that an English idea names, each of which a scene can speak of."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ..pack import Part
from .clauses import RELATIVES
from .clean import join
from .lexicon import gerund, is_verb, lexicon, past_base, word_set
from .nouns import ARTICLES, DETERMINERS, NUMBERS, PREPOSITIONS, is_plural_word, singular
from .phrase import is_clear_verb, phrase_of
from .things import bare_things, doings, is_nameable, known_things, side_by_side_of
from .told import concern, headline_subject, phrases

__all__ = ["asked_doing", "bare_of", "first_of", "items_about", "parts_of", "things_first"]

_MOST = 4
_SHORT = 6
_WHERE = r"\b(?:in|at|from|on|off|near|across|to|between(?: \w+ and)?) "
_TYING = word_set("when while if after once as since because until before")
_BEHIND = r"\s(?:of|in|at|on|with|from|for|between|about|by)\s"


def parts_of(
    words: Sequence[str],
    *,
    slot: str,
    known: Collection[str] = (),
    bare: bool = False,
    asked: bool = False,
    placed: bool = True,
) -> tuple[Part, ...]:
    """What the idea names beside `known`, in the order of the idea.

    Args:
        words: the idea.
        slot: the slot of the main thing, in whose place a part can stand.
        known: phrases that the film names anyway.
        bare: whether a plural that has no article in the idea stays without: "onions".
        asked: whether it is a question, which is about any such thing: "a good apology".
        placed: whether it is about the places, too, that it names: "Bristol".
    """
    found: list[str] = []
    for phrase in _in_order(words):
        if not placed and re.search(_WHERE + re.escape(phrase) + r"\b", " ".join(words)):
            continue
        if not bare and _completes(phrase, words):
            continue  # "a fear of heights" is about no heights
        if re.search(rf"(?i)\bit (?:is )?{re.escape(_core(phrase))}\b", " ".join(words)):
            continue  # "is it possible to forget"
        if re.search(rf"\b{re.escape(_core(phrase))} to\b", " ".join(words)) and _core(phrase) in (
            "heart",
            "chance",
            "courage",
            "right",
            "urge",
        ):
            continue  # "nobody had the heart to tell it"
        if not _named_in(phrase, [each.lower() for each in (*known, *found)]):
            any_such = asked and f" a {_core(phrase)} " in f" {' '.join(words)} "
            plain = bare_of(phrase, words) if bare else phrase
            found.append(f"a {_core(phrase)}" if any_such else plain)
    text = " ".join(words)
    if not any(known) and all(re.search(_WHERE + re.escape(each), text) for each in found):
        # What happened is about more than where: "Fishing boat rescued off Cornwall".
        things = [bare_of(each, words) if bare else each for each in known_things(words)]
        found = [*things, *found]
    return tuple(_part(phrase, slot) for phrase in found[:_MOST])


def _in_order(words: Sequence[str]) -> list[str]:
    if not words:
        return []
    text = " ".join(words).lower()
    objects, subjects, others = phrases(words)
    named = [headline_subject(words), concern(words), *_names(words), *doings(words)]
    bare = [*bare_things(words), *side_by_side_of(words)]
    more = [*_side_by_side(words), *subjects, *objects, *others, *named, *bare]
    each = dict.fromkeys(filter(is_nameable, more))
    return sorted(each, key=lambda phrase: text.find(_core(phrase).lower()))


def asked_doing(words: Sequence[str]) -> str:
    """What "is it possible to forget your name" asks about: "forgetting your name"."""
    at = next((i for i, word in enumerate(words) if word == "to"), 0)
    rest = list(words[at + 1 :])
    if [word.lower() for word in words[1:2]] != ["it"] or not at or not 0 < len(rest) <= _SHORT:
        return ""
    return join([gerund(rest[0]), *rest[1:]]) if is_verb(rest[0]) else ""


def _names(words: Sequence[str]) -> list[str]:
    """Proper names inside the idea, where it is no title: "Iceland", "the Andes"."""
    large = [word[:1].isupper() for word in words[1:]]
    if not any(large) or 2 * sum(large) > len(large):
        return []
    found, at = list[str](), 1
    titled = words[0].lower() in lexicon().sets["title"] or words[1:2] != ["and"]
    if words[0][:1].isupper() and titled and large[0] and large[1:2] == [False]:
        found.append(" ".join(words[:2]))  # "Inspector Brandt", "Marie Tharp"
    while at < len(words):
        end = at
        while end < len(words) and words[end][:1].isupper() and words[end].isalpha():
            end += 1
        after = words[end].lower() if end < len(words) else "."
        ends = after in PREPOSITIONS | DETERMINERS | {"and", "or", ",", ".", "who", "when"}
        before = words[at - 1]
        acts = before.islower() and is_verb(before)
        owner = before.lower() == "the" or before.lower() in PREPOSITIONS or acts
        if end > at and owner and (ends or past_base(after)) and words[at] != "I":
            name = " ".join(words[at:end])
            found.append(f"the {name}" if before.lower() == "the" else name)
        at = max(end, at + 1)
    return found


def _side_by_side(words: Sequence[str]) -> list[str]:
    """The things that an idea sets side by side: "Two brothers, one tractor, and a promise"."""
    sets = lexicon().sets
    beings = sets["person"] | sets["being"]
    pair = [word.lower() for word in words[:3]]
    if len(pair) == 3 and pair[1] == "and" and {pair[0], pair[2]} <= beings:
        return [f"the {pair[0]} and {pair[2]}"]
    text = " ".join(words).replace(" , and ", " , ").replace(" and ", " , ")
    things = [thing.split() for thing in text.split(" , ")]
    adjectives = lexicon().sets["adjective"]
    bare = all(len(each) == 2 and each[0].lower() in adjectives for each in things)
    if len(things) > 1 and bare and not any(is_clear_verb(each[1].lower()) for each in things):
        return [" ".join(each).lower() for each in things]  # "Low tide, early light"
    plain = all(1 < len(each) < 4 and is_plural_word(each[-1]) for each in things)
    if len(things) > 1 and plain and "and" not in words:
        return [" ".join([each[0].lower(), *each[1:]]) for each in things]
    leads = ARTICLES | NUMBERS
    if len(things) < 2 or not all(len(each) > 1 and each[0].lower() in leads for each in things):
        return []
    ends = PREPOSITIONS | DETERMINERS | RELATIVES | {"i", "we", "you", "they", "he", "she", "it"}
    found = []
    for thing in things:
        end = next((i for i in range(2, len(thing)) if thing[i].lower() in ends), len(thing))
        phrase = phrase_of(thing[:end], subject=False, end=[*thing, ","][end])
        if phrase != f"the {' '.join(thing[1:end])}":
            return []
        found.append(phrase)
    return found


def _core(phrase: str) -> str:
    words = phrase.split()
    return " ".join(words[1:] if words[0].lower() in DETERMINERS | NUMBERS else words)


def _completes(phrase: str, words: Sequence[str]) -> bool:
    """Whether it only says of what another noun is; "afraid of clouds" says more."""
    core = _core(phrase).split()
    for at in range(2, len(words)):
        if list(words[at : at + len(core)]) == core and words[at - 1] == "of":
            return words[at - 2].lower() not in lexicon().sets["adjective"]
    return False


def _named_in(phrase: str, known: Collection[str]) -> bool:
    """Whether one of `known` has the same noun, not counting what belongs to it."""
    last = phrase.split()[-1].lower()
    return any(last in re.split(_BEHIND, each)[0].split() for each in known)


def bare_of(phrase: str, words: Sequence[str]) -> str:
    """Without the article that a plural got, where the idea has none."""
    if not phrase.startswith("the ") or not is_plural_word(phrase):
        return phrase
    core = phrase.removeprefix("the ").split()
    low = [word.lower() for word in words]
    same = [word.lower() for word in core]
    at = next((i for i in range(len(low)) if low[i : i + len(same)] == same), 0)
    led = at and low[at - 1] in DETERMINERS | NUMBERS
    return phrase if led or (at and low[at - 1].isdigit()) else " ".join(core)


def things_first(phrases: Sequence[str]) -> list[str]:
    """Without beings, if things are left: what teaches adults to swim is about swimming."""
    beings = lexicon().sets["person"] | lexicon().sets["being"]
    last = {phrase: phrase.split()[-1].lower() for phrase in phrases}
    things = [p for p in phrases if last[p] not in beings and singular(last[p]) not in beings]
    return things or list(phrases)


def _part(phrase: str, slot: str) -> Part:
    if slot == "part":
        return Part({"part": phrase})
    plural = is_plural_word(phrase.split()[-1])
    it, them, its = ("they", "them", "their") if plural else ("it", "it", "its")
    return Part({slot: phrase, "part": phrase, "it": it, "them": them, "its": its}, plural)


def first_of(main: str, parts: tuple[Part, ...], premise: str) -> str:
    """What a long idea names first."""
    named = [main, *(part.slots.get("part", "") for part in parts)]
    clause, comma, rest = premise.partition(", ")
    if comma and clause.split()[0].lower() in _TYING:
        premise = rest  # "When the power goes out, a librarian ..." is about her
    at = {each: premise.lower().find(each.split()[-1].lower()) for each in named if each}
    at = {each: place for each, place in at.items() if place >= 0} or at
    return min(at, key=lambda each: at[each]) if at else ""


def _counts(item: str) -> bool:
    """Whether a list counts the idea's own things, and not facts about it."""
    return item.split(" about ")[0] not in ("fact", "thought")


def items_about(parts: tuple[Part, ...], item: str) -> tuple[Part, ...]:
    """Items about each part, where the idea does not say what it counts: "a fact about tea"."""
    if _counts(item):
        return parts
    thing = item.split(" about ")[0]
    return tuple(
        Part({"part": named, "item": f"{thing} about {named}"})
        for named in (part.slots["part"] for part in parts)
    )
