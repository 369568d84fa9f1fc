"""Ideas about something: a task, a product, an event, a list, or a bare noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .bare import articled
from .clauses import RELATIVES, base_of_gerund, find_verb, to_present
from .clean import join
from .heads import PARTS_OF, core_end, head_end
from .lexicon import gerund, is_base, is_verb, lexicon, word_set
from .listing import head_of_list
from .nouns import (
    ARTICLES,
    DETERMINERS,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    called,
    is_plural_word,
    lowered,
    noun,
    singular,
)
from .phrase import PARTICLES
from .statements import is_clause, is_event
from .told import concern, focus, headline_subject, said

__all__ = [
    "DEGREES",
    "ORDERS",
    "Topic",
    "asked",
    "is_order",
    "named",
    "read_task",
    "read_thing",
    "told",
    "topic_slots",
]

ORDERS = word_set("save stay keep get feel look make find build become cook bake read write speak")
"""Verbs that begin an order, whatever follows: "Stay warm"."""
_INVITATIONS = word_set(
    "come join visit call order buy try rent swap book claim download subscribe register donate win"
)
"""Orders that invite: what they say is not for learning."""
DEGREES = word_set("to better more less")
_BEST = word_set("best worst top")
_ORDINALS = word_set("last first only best worst most least")
_DESCRIBING = word_set(
    "long cool clean clear slow dry warm own complete live light open free mean express lost felt"
    " separate perfect found welcome bear bore narrow empty better faint still blind"
)
"""Verbs that are as often adjectives: "long winter nights"."""
_LONGEST_WHOLE = 14
_LONGEST_SHORT = 6


@dataclass(frozen=True)
class Topic:
    """The parts of a topic; an empty string is a part that the idea does not have."""

    whole: str
    """The noun phrase as the user gave it."""
    short: str = ""
    """How the film names it from then on."""
    plural: bool = False
    pronoun: tuple[str, str, str] = ("it", "it", "its")
    ask: str = ""
    """An indirect question: "how volcanoes work"."""
    question: str = ""
    """A direct one."""
    task: str = ""
    """What to do, in the base form: "learn to juggle in a week"."""
    does: str = ""
    """What a product does: "follows the sun"."""
    tag: str = ""
    """What a brand's product is: "the lamp that follows the sun"."""
    whom: str = ""
    """Whom it is for: "campers"."""
    said: str = ""
    """A sentence that is told as it was written."""
    focus: str = ""
    """A noun phrase of that sentence: "the nets"."""
    tags: frozenset[str] = frozenset()


def read_thing(words: list[str], premise: str) -> Topic:
    """Read an idea that is no question and about no hero; what cannot be read is told as it is."""
    if [word.lower() for word in words[:2]] == ["do", "not"]:
        return told(words, premise)
    branded = _brand(words)
    if branded is not None:
        return branded
    if words[0].lower() in _INVITATIONS and words[1:] and words[1].lower() != "to":
        return told(words, premise)
    if is_order(words):
        return read_task(words)
    if [word.lower() for word in words[:2]] == ["learning", "to"] and words[2:]:
        return read_task(["learn", *words[1:]])
    base = base_of_gerund(words[0].lower())
    if len(words) > 2 and words[1].lower() == "your" and words[0][-1] != "s":
        return read_task(words)  # "Book your next haircut": nothing else begins so
    objects = PREPOSITIONS | DETERMINERS | {"home", "together", "alone"}
    if base is not None and len(words) > 1 and words[1].lower() in objects:
        return read_task([base, *words[1:]])
    if words[0].lower() in ("imagine", "picture") and len(words) > 2:
        return named(words[1:])
    first = words[0] if words[1:2] == ["and"] else lowered(words)[0]
    if words[0].lower() in ("never", "always", "don't", "stop"):
        return told(words, premise)  # an order that names no deed to begin with
    if is_event(words) and "," in words and find_verb(words[words.index(",") + 1 :], 1):
        return told(words, premise)  # "The night the river froze, we walked to Denmark"
    best = words[0].lower() in _BEST and head_of_list(words) != ""
    sold = _described(words)
    if sold:
        return named(sold)
    clause = not best and is_clause([first, *lowered(words)[1:]])
    return told(words, premise) if clause else named(words)


def _described(words: list[str]) -> list[str]:
    """The thing of "Olive wood sunglasses, light and tough": nothing where a verb may be in it."""
    thing = words[: words.index(",")] if "," in words else []
    if not thing:
        return []
    plain = all(word.islower() and word.isalpha() for word in thing[1:])
    rest = words[len(thing) + 1 :]
    said_of = len(rest) == 3 and rest[1] == "and" and all(map(str.islower, rest))
    return lowered(thing) if said_of and plain and is_plural_word(thing[-1]) else []


def told(words: Sequence[str], premise: str) -> Topic:
    """A sentence nobody needs to take apart: it is said as it was written."""
    text = _with_comma(said(premise))
    named_as = focus(words) or headline_subject(words) or concern(words)
    if base_of_gerund(words[0].lower()) is not None:
        # "Writing letters at night" is no sentence: it is named whole, as nothing has to agree.
        end = next((i for i, word in enumerate(words) if word.lower() in RELATIVES), len(words))
        named_as = join([words[0].lower(), *words[1:end]]) if end <= _LONGEST_SHORT else named_as
    return Topic("", said=text, focus=named_as, tags=frozenset({"told"}))


def asked(question: str, *, ask: str = "") -> Topic:
    """A question whose subject is not plain; it is asked as it was written."""
    tags = frozenset() if ask else frozenset({"asked"})
    words = re.findall(r"[\w'-]+", question or ask)
    return Topic("", question=question, ask=ask, focus=focus(words), tags=tags)


def named(words: Sequence[str]) -> Topic:
    """A noun phrase: long at first, without its tail from then on."""
    words = lowered(words)
    ranked = words[0] == "top" and words[1:2] != [] and (words[1] in NUMBERS or words[1].isdigit())
    if (
        ranked
        or words[0] in _ORDINALS
        or (words[0].endswith("est") and words[0] not in ("forest", "honest"))
    ):
        words = ["the", *words]  # "last bus to the coast"
    done = words[1:2] and base_of_gerund(words[1].lower()) is not None and not words[0].istitle()
    if done and [*words, ",", ","][2].lower() in PREPOSITIONS | {","} and words[0].isalpha():
        text = join(words[:2])  # "chimney sweeping across the Lake District"
        return Topic(join(words), short=text, tags=frozenset({"bare"}))
    end = core_end(words)
    end = next((at for at in range(2, end) if words[at] in ("explained", "told")), end)
    if len(called(words[:end])) > end:
        words, end = ["a", *articled(words)], end + 1
    whole = join(words if len(words) <= _LONGEST_WHOLE else words[:end])
    if is_event(words):
        return Topic(whole, short=f"that {words[1].lower()}")
    core = words[1:end] if words[0] == "all" and words[1:2] == ["the"] else words[:end]
    described = noun(core[: head_end(core)], words)
    short = join(core)
    if core[0].lower() in ("a", "an") and len(core) > 1:
        short = join(["this" if core[1].lower() in PARTS_OF else "the", *core[1:]])
    elif core[0].lower() == "one" and len(core) > 1:
        short = join(["the", *core[1:]])
    elif re.search(r" and (?:an?|one) ", join(core)):
        both = join(["the" if word in ("a", "an", "one") else word for word in core])
        short = both if both.startswith("the ") else f"the {both}"  # "four hikers and a mountain"
    elif core[0].lower() in NUMBERS or core[0].isdigit():
        short = f"these {join(core)}"
    elif len(core) < len(words) and core[0].islower() and core[0].lower() not in DETERMINERS:
        short = f"{'these' if described.plural else 'this'} {join(core)}"
    topic = Topic(whole, short=short, plural=described.plural, pronoun=described.pronoun[:3])
    if not described.animate and not described.plural:
        topic = replace(topic, pronoun=("it", "it", "its"))
    bare = core[0].islower() and core[0] not in DETERMINERS | NUMBERS and not described.plural
    return replace(
        topic,
        whom=_whom(words),
        does=_does(words, plural=topic.plural),
        tags=frozenset({"bare"}) if bare else frozenset(),
    )


def _whom(words: Sequence[str]) -> str:
    """The people in "a lantern for campers"."""
    at = next((i for i, word in enumerate(words) if i and word.lower() == "for"), 0)
    people = list(words[at + 1 :])
    if not at or not 1 <= len(people) <= 6:
        return ""
    end = next((i for i, w in enumerate(people) if i and w.lower() in PREPOSITIONS | RELATIVES), 6)
    described = noun(people[:end], people)
    agents = people[:end][-1].lower().endswith(("ers", "ors", "ists", "parents", "pets", "owners"))
    return join(people) if described.animate or agents else ""


def _does(words: Sequence[str], *, plural: bool) -> str:
    """The predicate in "the lamp that follows the sun"."""
    at = next((i for i, word in enumerate(words) if i and word.lower() in ("that", "which")), 0)
    predicate = to_present(words[at + 1 :], plural=plural) if at else None
    return join(predicate) if predicate and len(predicate) <= 10 else ""


def is_order(words: Sequence[str]) -> bool:
    """Whether an idea tells somebody to do something: "Learn to juggle in a week"."""
    first = words[0].lower()
    if not is_base(first) or len(words) < 2:
        return False
    second = words[1].lower()
    if not is_verb(first):
        return second in ARTICLES | POSSESSIVES  # "patch a tube"
    if first in ORDERS and not second.endswith("s") and second not in ("and", "or", "of"):
        return True
    if first in lexicon().nouny:
        return second in ARTICLES | POSSESSIVES | PARTICLES or second in DEGREES
    if first not in _DESCRIBING and not second.endswith("s") and second not in ("and", "or"):
        return True
    follows = second in DETERMINERS | PREPOSITIONS | NUMBERS or second in DEGREES
    return (
        follows
        or second == "how"
        or second.endswith("s")
        or (
            len(words) == 2 and second not in lexicon().sets["mass"]  # "dry ice"
        )
    )


def read_task(words: Sequence[str]) -> Topic:
    """Something to do, in the base form; the film speaks of doing it."""
    base = [words[0].lower(), *words[1:]]
    if base[0] == "do" and words[1:] and words[1].lower() in PREPOSITIONS:
        # "Things to do on a rainy Sunday": the doing needs its object again.
        base.insert(1, "something")
    tags = frozenset({"task", "doing"})
    # Behind "how to" even a word that no list knows is a verb, unless it is an adverb.
    if base[0].endswith("ly") or base[0] in ("not", "never", "always", "better", "best"):
        return Topic("this craft", short="this craft", task=join(base), tags=tags)
    whole = [gerund(base[0]), *base[1:]]
    doing = whole
    if base[0] == "learn" and base[1:2] == ["to"] and is_verb(base[2].lower()):
        doing = [gerund(base[2].lower()), *base[3:]]
    stops = PREPOSITIONS | {"without", "and", "so", "before"}
    # "getting rid of fruit flies" is no getting rid.
    stops -= {"of"} if doing[2:3] == ["of"] else set()
    end = next((i for i, word in enumerate(doing) if i and word.lower() in stops), len(doing))
    short = doing if len(doing) <= 3 else doing[:end] if end <= 5 else doing[:1]
    return Topic(join(whole), short=join(short), task=join(base), tags=tags)


def _brand(words: list[str]) -> Topic | None:
    """ "Lumo, the lamp that follows the sun"."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    coined = any(letter.isupper() for letter in name[0][1:]) or (
        len(name) == 1 and name[0][:1].isupper() and "," not in rest and not is_clause(rest)
    )
    if not rest or not (coined or rest[0].lower() in ARTICLES | POSSESSIVES):
        return None
    if len(name) > 2 and is_clause(name):
        return None  # "We were never told: the village under the reservoir"
    if len(name) == 1 and is_plural_word(name[0]) and singular(name[0]) in _beings():
        return None  # "Pigeons: heroes of two world wars"
    led = len(name) > 1 and name[0] == "The" and name[1][:1].isupper()  # "The Wanderlamp"
    if any(word.lower() in DETERMINERS | PREPOSITIONS | NUMBERS for word in name[led:]):
        return None
    name = [word if word[:1].isupper() else word.capitalize() for word in name]
    name = ["the", *name[1:]] if led else name
    described = named(rest)
    return replace(
        described,
        whole=f"{join(name)}, {described.whole}",
        short=join(name),
        plural=False,
        pronoun=("it", "it", "its"),
        tag=described.whole,
        does=_does(lowered(rest), plural=False),
        tags=frozenset({"brand"}),
    )


def _beings() -> frozenset[str]:
    sets = lexicon().sets
    return sets["count"] | sets["person"] | sets["being"]


def _with_comma(clause: str) -> str:
    """Set the comma that people leave out: "when the last bee dies everything changes"."""
    words = clause.split()
    if not words or words[0].lower() not in ("when", "if", "while") or "," in clause:
        return clause
    verb = find_verb(words[1:], 1)
    at = verb.index + 2 if verb is not None else 0
    main = word_set("everything everyone nobody nothing the a all he she they it we you my our")
    rest = words[at:]
    object_of_it = bool(rest) and rest[0] in DETERMINERS and find_verb(rest, 1) is None
    if 0 < at < len(words) and object_of_it:
        return clause  # "when grandma rides a skateboard"
    if 0 < at < len(words) and words[at] in main and words[at - 1] not in ("is", "are"):
        return f"{' '.join(words[:at])}, {' '.join(words[at:])}"
    return clause


def topic_slots(topic: Topic) -> dict[str, str]:
    """The slots that patterns about a topic use."""
    it, them, its = topic.pronoun
    return {
        "whole": topic.whole,
        "topic": topic.short or topic.whole,
        "it": it,
        "them": them,
        "its": its,
        "ask": topic.ask,
        "question": topic.question,
        "said": topic.said,
        "focus": topic.focus,
        "task": topic.task,
        "does": topic.does,
        "tag": topic.tag,
        "whom": topic.whom,
    }
