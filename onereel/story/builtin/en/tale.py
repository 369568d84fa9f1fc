"""Ideas about somebody who does something: who that is, and where the predicate begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .clauses import MODALS, RELATIVES, base_of_gerund, find_verb, to_present
from .clean import join
from .deeds import Deed, is_time, read_deed
from .lexicon import is_verb, lexicon, past_base, word_set
from .nouns import (
    ARTICLES,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    Noun,
    called,
    lowered,
    noun,
)

__all__ = ["Tale", "read_tale"]

_NO_SUBJECTS = word_set(
    "someone somebody i we you he she they there it this that these those to what how why when here"
    " let nobody everybody"
    " everyone no something everything nothing"
)
_STOPS = word_set("and or but because when while if")
_ADVERBS = word_set("never always often once still finally suddenly just only also even not")
_UNWILLED = word_set("accidentally unknowingly mistakenly unwittingly reluctantly barely nearly")
_DEGREES = word_set("no longer never always still only once just also")
_JUST_THEN = word_set("now then suddenly finally soon")
_OF_SOMEBODY = word_set("his her he she him")
_CONJUNCTIONS = word_set("when while once")
_WILLED = word_set("must wants tries dreams decides hopes promises refuses hates loves learns")


@dataclass(frozen=True)
class Tale:
    """The parts of a tale; an empty string is a part that the idea does not have."""

    hero: Noun
    deed: Deed = field(default_factory=Deed)
    when: str = ""
    """A time that the idea begins with: "in 1910"."""
    extra: str = ""
    """What is said of the hero in an aside: "loses his sense of taste"."""


_TYING = word_set("since until unless if because although though")


def read_tale(words: Sequence[str]) -> Tale | None:
    """Read `words` as a subject and what it does; None when no such reading is safe."""
    if words[0].lower() in _TYING and "," in words:
        return None  # "Since the clocks stopped, Otto has been twelve" is only true as a whole
    when, words = _lead(list(words))
    words = lowered(words) if words else []
    if not words or base_of_gerund(words[0]) is not None:
        return None  # "counting sheep in Iceland" is about no sheep
    tale = _apposition(words) or _relative(words) or _plain(words) or _being(words)
    return replace(tale, when=when) if tale is not None else None


def _lead(words: list[str]) -> tuple[str, list[str]]:
    """Split off "one winter night," or "in 1910," in front of the subject."""
    if "," not in words[1:9]:
        return "", words
    comma = words.index(",", 1)
    lead = join([words[0].lower(), *words[1:comma]])
    rest = words[comma + 1 :]
    led = bool(rest) and (rest[0].lower() in DETERMINERS | NUMBERS or rest[0][:1].isupper())
    if is_time(lead) or (led and words[0].lower() in PREPOSITIONS | _CONJUNCTIONS):
        return lead, rest
    return "", words


def _subject(words: Sequence[str], context: Sequence[str]) -> Noun | None:
    """The noun phrase that `words` are; "named X" gives the name, a place is said only once."""
    if not words:
        return None
    words = called(list(words))
    if words[-1].lower() in DETERMINERS | _STOPS | PREPOSITIONS or words[-1] == ",":
        return None
    at = next((i for i, word in enumerate(words) if word.lower() in ("named", "called")), 0)
    if 0 < at < len(words) - 1:
        described = noun(words[:at], context)
        name = noun(words[at + 1 :], context, named=True)
        known = described.pronoun[0] in ("he", "she") or not described.person
        return replace(
            described,
            first=join(words),
            again=name.first,
            plural=False,
            animate=True,
            named=True,
            pronoun=described.pronoun if known else name.pronoun,
        )
    if len(words) > 2 and words[1].lower() in lexicon().sets["title"] and words[1][:1].isupper():
        # "old Mr Okafor" is Mr Okafor from then on.
        name = noun(words[1:], context, named=True)
        return replace(name, first=join([words[0].lower(), *words[1:]]), again=join(words[1:]))
    core = words
    for index, word in enumerate(words):
        if index and word.lower() in PREPOSITIONS:
            core = words[:index]
            break
    if core[-1].lower() in DETERMINERS:
        return None
    if len(core) > 2 and core[1] == "and" and core[0][:1].isupper():
        pair = replace(noun(core, context), again=join(core), plural=True, named=True)
        if core[0].lower() not in DETERMINERS | NUMBERS:
            return replace(pair, first=join(words), animate=True)
    return replace(noun(core, context, named=_is_name(core)), first=join(words))


def _is_name(words: Sequence[str]) -> bool:
    sets = lexicon().sets
    if words[0].lower() in DETERMINERS | NUMBERS or words[0][:1].isdigit():
        return False
    if words[0].endswith("'s") or "and" in words:
        return False
    known = sets["person"] | sets["being"] | sets["plural"] | sets["acronym"]
    if len(words) == 1 and (words[0].lower() in known or words[0].lower().endswith("s")):
        return words[0].lower() in sets["men"] | sets["women"]
    return all(word[:1].isupper() or word.lower() in ("of", "the", "von", "de") for word in words)


def _plain(words: list[str]) -> Tale | None:
    """A subject, then its verb."""
    first = words[0].lower()
    sets = lexicon().sets
    verb = find_verb(words, 1) if first not in _NO_SUBJECTS else None
    if verb is None:
        return None
    phrase = words[: verb.index]
    if is_verb(first) and first not in lexicon().nouny | sets["person"]:
        return None
    if phrase[-1].lower() in _ADVERBS | _UNWILLED:
        return None  # "an accountant accidentally becomes a spy" is told as it is
    if len(phrase) > 1 and re.search(r"[^i]ly$", phrase[-1]):
        phrase = phrase[:-1]  # "a driver secretly repaints the signs"
    if len(phrase) == 1 and first in sets["men"] | sets["women"]:
        phrase = [first.capitalize()]  # "grandpa"
    alone = len(phrase) == 1 and phrase[0].islower() and first not in DETERMINERS
    if alone and first not in sets["person"] | sets["being"] and not first.endswith("s"):
        # "mia finds a door" was typed in a hurry; a lone word that is no name is a thing.
        if (
            first not in sets["men"] | sets["women"]
            and words[0] == first
            and not _named_like(first)
            and not _willed(verb.form, words[verb.index + 1 :])
            and not _OF_SOMEBODY & {word.lower() for word in words}
        ):
            return None
        phrase = [first.capitalize()]
    hero = _subject(phrase, words)
    if hero is None:
        return None
    return Tale(hero, read_deed([*verb.form.split(), *words[verb.index + 1 :]], hero))


def _willed(form: str, rest: Sequence[str]) -> bool:
    """Whether only somebody does this: a lone word in front, "marta must", is then a name."""
    return form.split()[0].lower() in _WILLED and [word.lower() for word in rest[:1]] != ["be"]


def _named_like(word: str) -> bool:
    """Whether a lone lower-case word is likelier a name than a thing."""
    return word.endswith(("ia", "na", "ra", "la", "elle", "ette"))


def _relative(words: list[str]) -> Tale | None:
    """A subject, "who" or "that", and what it does or is; perhaps its main verb after that."""
    at = next((i for i, word in enumerate(words) if word.lower() in RELATIVES), 0)
    if not at or {",", "and"} & set(words[:at]) or words[at].lower() in ("whose", "whom"):
        return None
    if find_verb(words[:at], 1) is not None:
        return None
    hero = _subject(words[:at], words)
    begin = next((i for i in range(at + 1, len(words)) if words[i].lower() not in _DEGREES), at + 1)
    predicate = to_present(words[begin:], plural=hero.plural) if hero else None
    # "who no longer wanted to deliver letters"
    adverbs = words[at + 1 : begin]
    predicate = [*adverbs, *predicate] if predicate else None
    if hero is None or predicate is None:
        return None
    main = _main_after(predicate, hero, len(adverbs) + 2)
    aside = predicate[:main]
    extra = join(aside[:-1] if aside[-1:] and aside[-1] in _JUST_THEN else aside)
    deed = read_deed(predicate[main:], hero)
    if not main and past_base(words[at + 1].lower()) is not None:
        deed = Deed(deed.deed, deed.full)  # what "the astronaut who came back" did is over
    return Tale(hero, deed, extra=extra)


def _main_after(predicate: Sequence[str], hero: Noun, start: int) -> int:
    """Where the main verb follows a relative clause: "who can't swim becomes a lifeguard"."""
    no_noun = RELATIVES | DETERMINERS | PREPOSITIONS | {"and", "or", "to", "it", "he", "she"}
    for index in range(start, len(predicate) - 1):
        word, before = predicate[index].lower(), predicate[index - 1].lower()
        if word in _STOPS | RELATIVES | {"before", "after", "until", ","}:
            return 0
        if before in no_noun | {"they", "we", "you", "i"}:
            continue
        if word in MODALS:
            return index
        if hero.plural:
            # "who build boats race across" and "who hate each other share a": a noun, then a verb.
            after = predicate[index + 1].lower()
            objects = DETERMINERS | PREPOSITIONS | NUMBERS
            follows = word not in lexicon().nouny or after in objects
            ends = before == "other" or before[-1:] == "s" or past_base(before) is not None
            if is_verb(word) and follows and ends:
                return index
            continue
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
    name, rest = words[:comma], words[comma + 1 :]
    if not rest or not _is_name(name) or rest[0].lower() not in ARTICLES | POSSESSIVES:
        return None
    described, tail = rest, []
    if "," in rest:
        described, tail = rest[: rest.index(",")], rest[rest.index(",") + 1 :]
    outer = _plain([*name, *tail]) if tail else None
    inner = _relative(described) or _being(described)
    if inner is None and outer is not None:
        # The name acts, so whatever it is, it is somebody.
        inner = Tale(replace(noun(described, words), person=True, animate=True))
    if inner is None:
        return None
    person = inner.hero
    pronoun = noun(name, words, named=True).pronoun if person.person else person.pronoun
    if person.pronoun[0] in ("he", "she"):
        pronoun = person.pronoun
    hero = replace(
        person,
        first=f"{join(name)}, {person.first},",
        again=join(name),
        plural=False,
        named=True,
        pronoun=pronoun,
    )
    if outer is None:
        return Tale(hero, inner.deed)
    return Tale(hero, outer.deed, extra=inner.deed.deed)


def _being(words: list[str]) -> Tale | None:
    """Only a being, perhaps somewhere: "a lighthouse keeper in a storm"."""
    if "," in words:
        words = words[: words.index(",")]
    begins = RELATIVES | {"where"}
    at = next((i for i, word in enumerate(words) if word.lower() in begins), len(words))
    hero = _subject(words[:at], words) if find_verb(words[:at], 1) is None else None
    if hero is None or "of" in words[:at] or words[0].lower() in _NO_SUBJECTS:
        return None
    titled = words[0].lower() in lexicon().sets["title"] and len(words) > 1
    if hero.named and not titled:
        known = lexicon().sets["men"] | lexicon().sets["women"]
        return Tale(hero) if words[0].lower() in known else None
    return Tale(hero) if hero.animate and not _possessed(words[:at]) else None


def _possessed(words: Sequence[str]) -> bool:
    """Whether a thing of somebody's is meant: "a cat's life"."""
    return words[-1].endswith("'s") or words[0].lower() in ("my", "our", "your")
