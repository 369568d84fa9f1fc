"""Ideas about somebody who does something: hero, deed, goal, object, trouble."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .clauses import MODALS, RELATIVES, find_verb, to_base, to_present
from .clean import join
from .lexicon import lexicon
from .nouns import ARTICLES, DETERMINERS, NUMBERS, POSSESSIVES, PREPOSITIONS, Noun, noun

__all__ = ["Tale", "hero_slots", "read_tale"]

_JOINTS = frozenset("but until because when while before after so although though and".split())
_WISHES = frozenset("want wish hope long yearn need dream try decide plan struggle learn".split())
_TIMES = re.compile(r"^(?:at|in|on|during|one|every|before|after)\b", re.IGNORECASE)
_TIME_NOUNS = frozenset(
    "night day morning evening midnight noon dawn dusk winter summer spring autumn week year"
    " christmas weekend afternoon sunrise sunset monday sunday saturday friday".split()
)
_LONGEST_DEED = 11
_LONGEST_NAME = 5


@dataclass
class Tale:
    """The parts of a tale; an empty string is a part that the idea does not have."""

    hero: Noun
    deed: str = ""
    """A finite predicate in the present: "builds a rocket out of junk"."""
    full: str = ""
    """The deed with its purpose."""
    base: str = ""
    goal: str = ""
    trouble: str = ""
    thing: str = ""
    where: str = ""
    when: str = ""
    extra: str = ""
    """What is said of the hero in an aside."""
    rest: list[str] = field(default_factory=list)


def read_tale(words: Sequence[str]) -> Tale | None:
    """Read `words` as a subject and what it does; None when no such reading is safe."""
    lead, words = _lead(list(words))
    if not words:
        return None
    tale = _apposition(words) or _relative(words) or _plain(words) or _being(words)
    if tale is not None and lead:
        tale.when = tale.when or lead
    return tale


def _lead(words: list[str]) -> tuple[str, list[str]]:
    """Split off "one winter night," or "in 1910," in front of the subject."""
    if "," in words[1:8] and (words[0].lower() in PREPOSITIONS or words[0].lower() == "one"):
        comma = words.index(",", 1)
        if words[0].lower() != "one" or words[comma - 1].lower() in _TIME_NOUNS:
            return join(words[:comma]).lower() if words[0].lower() != "one" else join(
                words[:comma]
            ), words[comma + 1 :]
    return "", words


def _subject(words: Sequence[str], context: Sequence[str]) -> Noun | None:
    """The noun phrase that `words` are, without "named X" and trailing places."""
    words = list(words)
    for index, word in enumerate(words):
        if word.lower() in ("named", "called") and 0 < index < len(words) - 1:
            described = noun(words[:index], context)
            name = noun([*words[index + 1 :]], context, named=True)
            gender = described.pronoun if described.person else name.pronoun
            pronoun = described.pronoun if not described.person else gender
            return Noun(
                join(words), name.first, described.head, False, described.person,
                described.animate or True, True, pronoun,
            )  # fmt: skip
    core = words
    for index, word in enumerate(words):
        if index and word.lower() in PREPOSITIONS:
            core = words[:index]
            break
    if not core or core[-1].lower() in DETERMINERS or core[-1] == ",":
        return None
    named = _is_name(core)
    found = noun(core, context, named=named)
    if found.first != join(words):
        found = Noun(join(words), found.again, *_tail(found))
    return found


def _tail(found: Noun) -> tuple[str, bool, bool, bool, bool, tuple[str, str, str, str]]:
    return found.head, found.plural, found.person, found.animate, found.named, found.pronoun


def _is_name(words: Sequence[str]) -> bool:
    sets = lexicon().sets
    if words[0].lower() in DETERMINERS | NUMBERS or words[0][:1].isdigit():
        return False
    known = {*sets["person"], *sets["being"], *sets["plural"]}
    if len(words) == 1 and (words[0].lower() in known or words[0].lower().endswith("s")):
        return False
    return all(word[:1].isupper() or word.lower() in ("of", "the", "von", "de") for word in words)


def _plain(words: list[str]) -> Tale | None:
    """A subject, then its verb."""
    first = words[0].lower()
    if first in (
        "i",
        "we",
        "you",
        "there",
        "it",
        "this",
        "that",
        "to",
        "what",
        "how",
        "why",
        "when",
    ):
        return None
    verb = find_verb(words, 1)
    if verb is None:
        return None
    phrase = words[: verb.index]
    if (
        first in lexicon().verbs
        and first not in lexicon().nouny
        and first not in lexicon().sets["person"]
    ):
        return None
    if len(phrase) == 1 and phrase[0].islower() and first not in DETERMINERS:
        # "mia finds a door": a lone singular noun in front of a verb is a name, typed in a hurry.
        known = lexicon().sets["being"] | lexicon().sets["person"]
        if verb.form.endswith("s") and first not in known and verb.form not in ("is", "has"):
            phrase = [phrase[0].capitalize()]
    hero = _subject(phrase, words)
    if hero is None:
        return None
    tale = Tale(hero)
    _places(tale, phrase)
    _deed(tale, [*verb.form.split(), *words[verb.index + 1 :]])
    return tale if tale.deed else None


def _relative(words: list[str]) -> Tale | None:
    """A subject, "who" or "that", and what it does or is; perhaps its main verb after that."""
    at = next((i for i, word in enumerate(words) if word.lower() in RELATIVES), 0)
    if not at or "," in words[:at] or words[at].lower() in ("whose", "whom"):
        return None
    if find_verb(words[:at], 1) is not None:
        return None
    hero = _subject(words[:at], words)
    predicate = to_present(words[at + 1 :], plural=hero.plural) if hero else None
    if hero is None or predicate is None:
        return None
    tale = Tale(hero)
    main = _main_after(predicate, hero)
    if main:
        tale.extra = join(predicate[:main])
        predicate = predicate[main:]
    _deed(tale, predicate)
    return tale if tale.deed else None


def _main_after(predicate: Sequence[str], hero: Noun) -> int:
    """Where the main verb follows a relative clause: "who can't swim becomes a lifeguard"."""
    if hero.plural:
        return 0
    for index in range(2, len(predicate) - 1):
        word, before = predicate[index].lower(), predicate[index - 1].lower()
        if before in RELATIVES | DETERMINERS | PREPOSITIONS | {
            "and",
            "or",
            ",",
            "to",
            "but",
            "it",
            "he",
            "she",
        }:
            continue
        if word in _JOINTS or word in RELATIVES:
            return 0
        if word in lexicon().nouny or not word.endswith("s"):
            continue
        found = find_verb(["It", word, *predicate[index + 1 :]], 1, plural=False)
        if found is not None and found.index == 1 and found.form == word:
            return index
    return 0


def _apposition(words: list[str]) -> Tale | None:
    """A name, a comma, and who that is: "Mia, a baker who ..."."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name = words[:comma]
    rest = words[comma + 1 :]
    if not rest or not _is_name(name) or rest[0].lower() not in ARTICLES | POSSESSIVES:
        return None
    if "," in rest:
        second = rest.index(",")
        described, tail = rest[:second], rest[second + 1 :]
        tale = _plain([*name, *tail]) if tail else None
    else:
        described, tale = rest, None
    inner = _relative(described) or _being(described)
    if inner is None:
        return None
    if tale is None:
        tale = inner
        tale.extra = ""
    else:
        tale.extra = f"is {inner.hero.first}" if not inner.deed else inner.deed
    person = inner.hero
    tale.hero = Noun(
        f"{join(name)}, {person.first},", join(name), person.head, False, person.person,
        person.animate, True, person.pronoun,
    )  # fmt: skip
    return tale


def _being(words: list[str]) -> Tale | None:
    """Only a being, perhaps somewhere: "a lighthouse keeper in a storm"."""
    if "," in words:
        words = words[: words.index(",")]
    at = next((i for i, word in enumerate(words) if word.lower() in RELATIVES), len(words))
    hero = _subject(words[:at], words)
    if hero is None or not hero.animate:
        return None
    if words[0][:1].islower() and words[0].lower() not in DETERMINERS | NUMBERS and not hero.plural:
        if not words[0][0].isdigit():
            return None
    tale = Tale(hero)
    _places(tale, words[:at])
    return tale


def _places(tale: Tale, phrase: Sequence[str]) -> None:
    """A place behind the subject: "a keeper in a storm"."""
    at = next((i for i, word in enumerate(phrase) if i and word.lower() in PREPOSITIONS), 0)
    if at and phrase[at].lower() in ("in", "at", "on", "under", "inside", "near", "by", "beneath"):
        text = join(list(phrase[at:]))
        if _is_time(text):
            tale.when = text
        else:
            tale.where = text


def _is_time(phrase: str) -> bool:
    words = phrase.lower().split()
    return (
        bool(words)
        and _TIMES.match(phrase) is not None
        and (words[-1] in _TIME_NOUNS or re.fullmatch(r"\d{3,4}s?", words[-1]) is not None)
    )


def _deed(tale: Tale, predicate: list[str]) -> None:
    """Take a predicate apart: deed, purpose, goal, object, trouble, place and time at its end."""
    cut = next(
        (i for i, word in enumerate(predicate) if i and (word.lower() in _JOINTS or word == ",")
         and not _joins_nouns(predicate, i)),
        len(predicate),
    )  # fmt: skip
    head, tail = predicate[:cut], predicate[cut:]
    while tail and tail[0] == ",":
        tail = tail[1:]
    if tail and tail[0].lower() == "but":
        tale.trouble = _trouble(tail[1:], tale)
    tale.full = join(predicate if len(predicate) <= 24 else head)
    first = to_base(head)
    infinitive = next(
        (i for i in range(1, len(head) - 1)
         if head[i].lower() == "to" and head[i + 1].lower() in lexicon().verbs),
        0,
    )  # fmt: skip
    if infinitive and first and first[0] in _WISHES and infinitive <= 2:
        tale.goal = join(head[infinitive + 1 :])
    elif head[0].lower() in ("must", "should") and len(head) > 1:
        tale.goal = join(head[1:])
    elif (
        infinitive
        and infinitive > 1
        and head[infinitive - 1].lower() not in ("how", "has", "have", "what", "where")
    ):
        tale.goal = join(head[infinitive + 1 :])
        if infinitive > 2:
            head = head[:infinitive]
    if len(head) > _LONGEST_DEED:
        head = _shortened(head)
    tale.deed = join(head)
    base = to_base(head)
    tale.base = join(base) if base else ""
    tale.thing = _object(head)
    end = next((i for i in range(len(head) - 1, 0, -1) if head[i].lower() in PREPOSITIONS), 0)
    if end:
        phrase = join(head[end:])
        if _is_time(phrase):
            tale.when = phrase


def _joins_nouns(words: Sequence[str], at: int) -> bool:
    """Whether an "and" joins two nouns rather than two clauses."""
    if words[at].lower() in ("before", "after", "until"):
        return False
    if words[at].lower() != "and" or at + 1 >= len(words):
        return False
    following = words[at + 1].lower()
    return find_verb(["It", *words[at + 1 :]], 1, plural=False) is None and following not in MODALS


def _trouble(words: list[str], tale: Tale) -> str:
    """A clause behind "but"; one without a subject gets the hero's name."""
    for stop in (",",):
        if stop in words:
            words = words[: words.index(stop)]
    if not words or len(words) > 12:
        return ""
    if to_present(words, plural=tale.hero.plural) and words[0].lower() not in DETERMINERS:
        return f"{tale.hero.again} {join(words)}"
    return join(words) if find_verb(words, 1) is not None else ""


def _shortened(head: list[str]) -> list[str]:
    """Cut a long deed at its last joint that leaves a whole clause."""
    for at in range(min(_LONGEST_DEED, len(head) - 1), 3, -1):
        low = head[at].lower()
        if (
            low in PREPOSITIONS | RELATIVES | {"and"}
            and head[at - 1].lower() not in PREPOSITIONS | DETERMINERS
        ):
            return head[:at]
    return head


def _object(head: Sequence[str]) -> str:
    """The short object right behind the verb, with its article made definite."""
    index = 1
    if head[0].lower() in MODALS | {"is", "are"} and len(head) > 2:
        index = 2
    if head[0].lower() in ("is", "are") and (len(head) < 3 or not head[1].endswith("ing")):
        return ""
    if index >= len(head):
        return ""
    determiner = head[index].lower()
    if determiner not in ARTICLES | POSSESSIVES | NUMBERS:
        return ""
    end = index + 1
    while end < len(head) and not _ends_object(head[end]):
        end += 1
    phrase = list(head[index:end])
    if not 2 <= len(phrase) <= _LONGEST_NAME or phrase[-1].lower().endswith("ly"):
        return ""
    if determiner in POSSESSIVES:
        return join(phrase)
    return "the " + join(phrase[1:])


def _ends_object(word: str) -> bool:
    low = word.lower()
    return (
        low in PREPOSITIONS | RELATIVES | DETERMINERS | MODALS
        or low in ("and", "or", ",", "than", "out", "back", "together", "alone", "again", "made")
        or low.endswith("ing")
        and low
        not in (
            "king",
            "ring",
            "wing",
            "string",
            "spring",
            "thing",
            "painting",
            "building",
            "wedding",
            "morning",
            "evening",
        )
        or _participle(low)
    )


def _participle(word: str) -> bool:
    """Whether a word in -ed can only be a verb here."""
    return word.endswith("ed") and len(word) > 4


def hero_slots(tale: Tale) -> dict[str, str]:
    """The slots that patterns about a hero use."""
    hero = tale.hero
    he, him, his, himself = hero.pronoun
    return {
        "a_hero": hero.first.rstrip(","),
        "hero": hero.again,
        "he": he,
        "him": him,
        "his": his,
        "himself": himself,
        "deed": tale.deed,
        "full": tale.full,
        "deed_base": tale.base,
        "goal": tale.goal,
        "quest": tale.goal or (tale.base if not tale.base.startswith("be ") else ""),
        "trouble": tale.trouble,
        "object": tale.thing,
        "where": tale.where,
        "when": tale.when,
        "extra": tale.extra,
    }
