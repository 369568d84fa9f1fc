"""Further forms of what an idea says, for patterns that name it again and again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .clauses import RELATIVES
from .clean import join
from .deeds import is_time
from .lexicon import gerund, is_verb, lexicon, word_set
from .nouns import ARTICLES, DETERMINERS, NUMBERS, POSSESSIVES, PREPOSITIONS, is_plural_word, noun
from .phrase import PARTICLES

__all__ = ["hero_forms", "topic_forms"]

_LIGHT = word_set("be become have take make give need want")
_WISHES = word_set("want wish hope long yearn need dream try decide plan struggle learn refuse")
_ONCE = word_set(
    "promise get gain earn"
    " inherit buy sell marry arrive return leave forget accept quit bury wake adopt invite"
    " find lose meet discover win receive break fall die witness catch steal"
)
_SMALL = word_set(
    "shoe sock coat glove envelope wallet purse cupboard bread cake wall mirror bottle box book"
    " books pocket drawer jar suitcase bag letter cup hat photo"
)
_PLACES = word_set("in inside under beneath at near behind aboard")
_NO_PLACES = word_set(
    "language voice hurry moment fact end way time love game match race war contest accident bet"
    " fight"
)
_STOPS = PREPOSITIONS | RELATIVES | {"and", "or", "but", ",", "to", "when", "while"}
_LONGEST_PLACE = 5
_LONGEST_OBJECT = 4
_LONGEST_BRIEF = 6
_LONGEST_ECHO = 3
_LONGEST_MOVE = 9
_MOVING = frozenset(("get", "put", "bring", "take", "keep", "let", "set", "move", "fit", "make"))
_TOWARD = frozenset(
    (
        "into",
        "onto",
        "out",
        "off",
        "on",
        "in",
        "over",
        "through",
        "up",
        "down",
        "to",
        "back",
        "away",
    )
)
"""Where something is moved, without which the move is none."""
_CHANGING = word_set("turn transform convert put bring change")
_STOPPING = word_set("stop keep prevent protect save free tell know separate hide distinguish")
"""What is done "from" something, which is half of it: "keep cats from the sofa"."""
_OWN = word_set("your our my")
_WHEN = word_set("this every next today tonight tomorrow")


def hero_forms(slots: Mapping[str, str]) -> tuple[dict[str, str], frozenset[str]]:
    """Complete the slots of a tale; the tags say the number of its object.

    New slots: `doing` ("collecting broken umbrellas"), `questing` (its wish in that form),
    `company` ("her grandmother"), `where` ("in the old train"), `deadline` ("midnight"),
    `one_hero`, `one_object` ("one stolen instrument"), `quest_again`, which names the object as
    known ("find the stolen instrument"), and `brief`, its core.
    """
    told = dict(slots)
    base = slots["deed_base"].split()
    words = slots["full"].split()
    deadline = _deadline(words)
    if deadline:
        for name in ("quest", "goal"):
            told[name] = told[name].replace(f" before {deadline}", "")
    told["deadline"] = deadline
    wish = bool(base) and base[0] in _WISHES
    told["doing"] = "" if wish else _doing(base)
    told["questing"] = _doing(told["goal"].split())
    told["object"] = slots["object"] or _plural_object(base)
    if told["object"].split(" ")[0] in POSSESSIVES:
        told["object"] = ""  # "his memory" is nothing to look at
    told["company"] = _company(words)
    told["where"] = _where(words)
    told["one_hero"] = _one(slots["a_hero"])
    told["one_object"] = _one_object(told["object"], f"{told['quest']} {slots['deed']}")
    told["quest_again"] = _again(told["quest"], told["object"])
    told["brief"] = _brief(told["quest_again"], told["object"])
    if told["brief"] and len(told["doing"].split()) > _LONGEST_BRIEF:
        told["doing"] = _doing(told["brief"].split())
    if len(told["doing"].split()) > _LONGEST_BRIEF:
        told["doing"] = ""  # "fighting over a clock that does not work" is no name of it
    tags = {"wish"} if wish or slots["deed"].startswith("must ") else set()
    plural = told["object"] and is_plural_word(told["object"].split()[-1])
    tags |= {"once"} if base and base[0] in _ONCE and not told["goal"] else set()
    # "get locked in a freezer" is nobody's plan.
    suffered = base[:1] in (["get"], ["be"]) and base[1:2] and _is_participle(base[1])
    tags |= {"objects"} if plural else set()
    tags |= {"once"} if suffered else set()
    return told, frozenset(tags)


def topic_forms(
    slots: Mapping[str, str], tags: frozenset[str]
) -> tuple[dict[str, str], frozenset[str]]:
    """Complete the slots of a topic; the tags say which kind of idea it is.

    New slots: `fact` ("cats purr" of "why cats purr"), `doing` ("saving water at home", in place of
    a topic) with `core` and `coring` ("save water", "saving water"), `kind` and `a_kind` ("the
    alarm clock"). Tags: `ask` with `why`, `how`, `what` or `whether`; `fact`; `does`; `whom`;
    `your` for a task of "your" own; `noun` for what is only named, `short` if in few words.
    """
    told = {**slots, "fact": "", "doing": "", "core": "", "coring": ""}
    more = set()
    ask = slots["ask"]
    if ask:
        first = ask.split()[0]
        more |= {"ask", first if first in ("why", "how", "whether") else "what"}
        if first == "why" and " should " not in ask and " must " not in ask:
            told["fact"] = re.sub(r" (?:so|such) ", " ", ask.partition(" ")[2], count=1)
            more.add("fact")
    if "task" in tags:
        told["doing"] = slots["whole"]
        told["core"] = _core(slots["task"].split())
        core = told["core"].split()
        told["coring"] = join([gerund(core[0]), *core[1:]]) if core else slots["whole"]
        told["topic"] = told["whole"] = ""
        more |= {"your"} if _OWN & set(slots["task"].lower().split()) else set()
    if not more and not tags & {"task", "asked", "told"}:
        more.add("noun")
    more |= {"short"} if len(slots["topic"].split()) <= _LONGEST_ECHO else set()
    more |= {"focused"} if slots["focus"] else set()
    more |= {"whom"} if slots["whom"] else set()
    tag = (slots["tag"] or slots["whole"]).split()
    told["kind"] = _kind(tag)
    told["a_kind"] = f"a {told['kind'].removeprefix('the ')}" if told["kind"] else ""
    more |= {"does"} if slots["does"] else set()
    return told, frozenset(more)


def _is_participle(word: str) -> bool:
    return word in lexicon().participle or word.endswith("ed")


def _doing(base: Sequence[str]) -> str:
    if not base or not is_verb(base[0], be=True):
        return ""
    return join([gerund(base[0]), *base[1:]])


def _deadline(words: Sequence[str]) -> str:
    at = next((i for i, word in enumerate(words) if i and word.lower() == "before"), 0)
    rest = words[at + 1 :] if at else []
    if not 1 <= len(rest) <= 3 or not is_time(f"before {' '.join(rest)}"):
        return ""
    return join(list(rest))


def _plural_object(base: Sequence[str]) -> str:
    """The bare plural behind a verb, made definite: "the broken umbrellas"."""
    end = next((i for i, word in enumerate(base) if i and word.lower() in _STOPS), len(base))
    phrase = list(base[1:end])
    if not 1 <= len(phrase) <= _LONGEST_OBJECT or not is_plural_word(phrase[-1]):
        return ""
    if phrase[0].lower() in DETERMINERS | NUMBERS or phrase[0].lower() in _LIGHT:
        return ""
    return join(["the", *phrase])


def _company(words: Sequence[str]) -> str:
    """Whom the hero has along: "her grandmother" of "with her grandmother"."""
    at = next((i for i, word in enumerate(words) if i and word.lower() == "with"), 0)
    rest = list(words[at + 1 :]) if at else []
    end = next((i for i, word in enumerate(rest) if word.lower() in _STOPS), len(rest))
    phrase = rest[:end]
    if not 2 <= len(phrase) <= _LONGEST_OBJECT or phrase[0].lower() not in ARTICLES | POSSESSIVES:
        return ""
    return _the(phrase) if noun(phrase, words).animate else ""


def _where(words: Sequence[str]) -> str:
    """The place of the idea, as known: "in the old train" of "opens a bakery in an old train"."""
    for at in range(len(words) - 1, 1, -1):
        if words[at].lower() not in _PLACES:
            continue
        rest = list(words[at + 1 :])
        end = next((i for i, word in enumerate(rest) if word.lower() in _STOPS), len(rest))
        phrase = rest[:end]
        if not 2 <= len(phrase) <= _LONGEST_PLACE or phrase[0].lower() not in ARTICLES:
            continue
        if is_time(join([words[at].lower(), *phrase])) or phrase[-1].endswith("ing"):
            continue
        owned = any(word.endswith("'s") for word in phrase)
        if phrase[-1].lower() in _SMALL | _NO_PLACES or owned:
            continue
        return f"{words[at].lower()} {_the(phrase)}"
    return ""


def _the(phrase: Sequence[str]) -> str:
    if phrase[0].lower() in ("a", "an"):
        return join(["the", *phrase[1:]])
    return join(list(phrase))


def _one(phrase: str) -> str:
    match = re.match(r"^an? (?!few |lot )([^,]+)$", phrase)
    return f"one {match[1]}" if match else ""


def _one_object(known: str, told: str) -> str:
    """ "One stolen instrument", where the idea says "a stolen instrument"."""
    bare = known.removeprefix("the ")
    if bare == known or not re.search(rf"\ban? {re.escape(bare)}\b", told):
        return ""
    return f"one {bare}"


def _again(clause: str, known: str) -> str:
    """The clause with its object as known, where that is safe; else as it is."""
    words = clause.split()
    bare = known.removeprefix("the ")
    if bare == known or not words or words[0] in _LIGHT or words[0].rstrip("s") in _LIGHT:
        return clause
    return re.sub(rf"\ban? {re.escape(bare)}\b", known, clause, count=1)


def _brief(quest: str, known: str) -> str:
    """The verb and its object without what follows: "build the rocket"; short ones as they are."""
    words = quest.split()
    bare = known.removeprefix("the ")
    found = re.match(rf"^\S+ (?:\S+ )?{re.escape(bare)}\b", quest) if bare else None
    if found is not None:
        size = len(found[0].split())
        after = words[size].lower() if size < len(words) else ""
        if after != "to" and after in PREPOSITIONS | RELATIVES:
            return found[0]
    return quest if len(words) <= _LONGEST_BRIEF else ""


def _core(task: Sequence[str]) -> str:
    """A task named again: "save water", "juggle", "sharpen the knife"."""
    words = list(task)
    if words[0] in _CHANGING and {"into", "to"} & set(words):
        return join(words)  # "turn your balcony into a garden"
    if words[0] in _MOVING and _TOWARD & set(words[1:]) and len(words) <= _LONGEST_MOVE:
        return join(words)  # "get your cat into a carrier" is no getting of a cat
    least = 1
    if words[:2] == ["learn", "to"] and len(words) > 2:
        words, least = words[2:], 0
    end = next(
        (
            i
            for i, word in enumerate(words)
            if least + (word == "for") < i < len(words) - 1
            and word.lower() in (_STOPS - {"of"}) | _WHEN
            and not (word == "to" and words[i + 1 : i + 2] and is_verb(words[i + 1]))
            and not (word == "from" and words[0] in _STOPPING)
        ),
        len(words),
    )
    out = words[end : end + 2]
    end += out[1:] == ["of"] and out[0] in PARTICLES  # "get the wax out of a carpet"
    words = words[:end]
    whole = words[0] in _LIGHT or "to" in words  # "teach a dog to sit" is no teaching of the sit
    if len(words) > 2 and words[1] in ("a", "an") and not whole:
        words = [words[0], "the", *words[2:]]
    return join(words) if len(words) < len(task) or "the" in words[:2] else join(list(task))


def _kind(words: Sequence[str]) -> str:
    """What a product is, as known: "the alarm clock"."""
    stops = _STOPS - {"of"}
    end = next((i for i, word in enumerate(words) if i and word.lower() in stops), len(words))
    phrase = list(words[:end])
    if len(phrase) < 2 or phrase[0].lower() not in ("a", "an", "the"):
        return ""
    return _the(phrase)
