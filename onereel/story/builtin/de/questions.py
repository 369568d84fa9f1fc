"""German ideas that ask something, or are about no hero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..cleaning import join
from .cases import decline, nominative
from .crafts import craft, order, task
from .deeds import Tale, is_headline, is_one_verb, verb_at
from .hints import ANYBODY, anything, mentioned
from .lexicon import lexicon
from .mention import introduced, resolve
from .nouns import Noun, read_noun
from .quoted import inside, question, quoted, statement, the_question
from .tale import read_tale, told_slots
from .topic import Topic, brand, named
from .verbs import finite, infinitive, is_plural, looks_finite, verb_last

__all__ = ["read_topic", "told"]

_LONGEST_ASK = 18
_EVEN = ("auch", "selbst", "sogar", "nur")
_FILLERS = frozenset(("eigentlich", "denn", "wohl", "blo\u00df", "\u00fcberhaupt"))


def read_topic(words: Sequence[str], premise: str, *, stated: bool = False) -> Topic:
    """Read an idea that is about no hero; what cannot be read is told as it was written.

    `stated` ideas say what is so, and nothing to do: "Forscher entdecken: ..."
    """
    words = _asking_first(list(words))
    first = words[0].lower().split()[-1]
    comma = words.index(",") if "," in words else len(words)
    if not premise.endswith("?") and verb_at(words, comma + 1):
        return quoted(words, premise)  # "Wo das Kino stand, parken Autos" asks nothing
    if first in lexicon().sets["questions"] and len(words) > 2:
        return _asked(words, premise) or quoted(words, premise)
    if premise.endswith("?") and len(words) > 1:
        return _whether(words, premise) or quoted(words, premise)
    clause = first in lexicon().sets["conjunctions"] and len(words) > 2
    if first in lexicon().sets["wholes"] or clause:
        return quoted(words, premise)
    if words[0].lower() in _EVEN:
        return _even(words, premise) or quoted(words, premise)
    to_do = None if stated else order(words) or task(words)
    return brand(words) or to_do or named(words) or quoted(words, premise)


def _even(words: Sequence[str], premise: str) -> Topic | None:
    """ "Auch Tintenfische traeumen": about those who do it, and told as it was written."""
    tale = read_tale(words[1:]) if len(words) > 2 else None
    if tale is None or not tale.verb or not decline(tale.hero, "dat"):
        return None
    noun = tale.hero if tale.hero.det or tale.hero.named else replace(tale.hero, det="die")
    return Topic(noun.text, noun, claim=statement(premise))


def _asking_first(words: list[str]) -> list[str]:
    """With "seit wann" and the like as one word."""
    two = words[1:2] and words[1].lower() in lexicon().sets["questions"]
    if two and words[0].lower() in ("seit", "bis", "ab", "von", "mit", "f\u00fcr", "bei", "nach"):
        return [f"{words[0]} {words[1]}", *words[2:]]
    return words


def told(tale: Tale, premise: str) -> Topic:
    """A thing that does something is no hero: the film is about it, and says what it does."""
    noun = tale.hero
    if not noun.det and noun.adjectives and noun.gender in ("m", "f", "n"):
        # "Erster Schnee legt ... lahm": this snow, not any.
        noun = replace(noun, det={"m": "der", "f": "die", "n": "das"}[noun.gender])
    phrase = not tale.full and not tale.whole
    if phrase:
        # "Ein Rucksack, der sich selbst traegt" is no sentence: it names the thing.
        whole = premise.rstrip(".!? ")
        small = noun.det or noun.adjectives
        topic = Topic(whole[:1].lower() + whole[1:] if small else whole, noun)
    else:
        topic = Topic(introduced(tale.hero), noun, claim=statement(premise))
        if is_one_verb(tale.rest) and not tale.whole and not is_headline(tale.hero, tale.rest):
            topic.told = told_slots(tale)
    if noun.det and not tale.whole and "," not in tale.deed and len(tale.rest) < _LONGEST_ASK:
        topic.does = tale.deed
    return topic


def _whether(words: Sequence[str], premise: str) -> Topic | None:
    """ "Koennen Pflanzen hoeren?": whether they can."""
    verb = words[0].lower()
    comma = words.index(",") if "," in words else len(words)
    inner, after = list(words[1:comma]), list(words[comma:])
    if not (verb in lexicon().sets["modals"] or looks_finite(verb)):
        return None
    topic = _about((), inner, verb, "ob")
    topic.question = question(premise)
    topic.ask = join(["ob", *verb_last(verb, inner), *after])
    topic.tags |= {"asked", "whether"}
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
    if not direct and (cut := _compared(inner)):
        inner, after = inner[:cut], [*inner[cut:], *after]
    at = _verb_index(inner, direct)
    last = inner[-1] in lexicon().sets["modals"] and inner[-2] in lexicon().infinitives
    if not direct and (_asks_twice(words) or len(inner) < 2):
        return None
    if not direct and (at == len(inner) - 1 or not at or last or _follows_subject(inner, at)):
        return _indirect(inner, after)
    if not at:
        return None
    rest = [word for word in inner[at + 1 :] if word not in _FILLERS]
    ask = join([asking, *inner[1:at], *verb_last(inner[at], rest), *after])
    within = inside(after[1:]) if not rest and len(after) > 2 else None
    topic = within or _about(inner[1:at], rest, inner[at], asking)
    if (
        inner[at] in lexicon().infinitives
        and rest[:1]
        and rest[0] in lexicon().sets["prepositions"]
    ):
        # "Was tun bei Hitze?" has no subject, and no other order.
        ask = ""
    if _asks_twice(words):
        ask = ""
    topic.question = question(premise)
    topic.ask = ask if (rest or after) and len(ask.split()) <= _LONGEST_ASK else ""
    topic.ask = "" if "du" in ask.split() else topic.ask
    topic.tags.add("asked")
    return topic


def _compared(inner: Sequence[str]) -> int:
    """Where a comparison stands behind the last verb: "was Ameisen besser koennen als wir"."""
    behind = (at for at in range(3, len(inner)) if inner[at] == "als")
    verbs = lexicon().sets["modals"]
    return next((at for at in behind if inner[at - 1] in verbs or looks_finite(inner[at - 1])), 0)


def _asks_twice(words: Sequence[str]) -> bool:
    """ "Wie entsteht ein Regenbogen und warum ist er rund": no clause with one verb at its end."""
    begins = lexicon().sets["questions"] | lexicon().sets["modals"]
    return any(word in ("und", "oder") and after in begins for word, after in pairwise(words))


def _given_names() -> frozenset[str]:
    return lexicon().sets["he"] | lexicon().sets["she"] | lexicon().sets["called"]


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
        if found is not None and found[0].head in ANYBODY:
            continue
        if found is None or (not subject and phrase[0].lower() in sets["numbers"]):
            continue
        # "Was sagt die Schufa": one, though nobody knows the word.
        open_one = found[0].det == "die" and not found[0].gender
        known = subject or open_one
        noun = resolve(found[0], plural=is_plural(verb)) if known else found[0]
        if not subject and not noun.gender and not noun.det:
            continue
        if decline(noun, "nom"):
            return Topic(noun.text, noun)
    ours = verb in lexicon().infinitives or (rest[:1] == ["wir"] and verb.endswith("en"))
    if len(rest) == 1 and ours and verb not in sets["modals"]:
        noun = Noun("das", (), verb.capitalize(), gender="n", kind="thing")
        return Topic(f"das {noun.head}", noun)
    return anything(rest) or mentioned(rest) or the_question()


def _indirect(words: list[str], after: list[str]) -> Topic | None:
    """ "warum Staedte mehr Baeume pflanzen sollten", "wie man Brot backt"."""
    asking = words[0].lower()
    if words[1].lower() == "man" and asking in ("wie", "warum", "wieso", "weshalb"):
        # "wie man singen lernen sollte": the modal says nothing of the craft.
        modal = words[-1] in lexicon().sets["modals"] and words[-2] in lexicon().infinitives
        predicate = finite(words[2:-1] if modal else words[2:])
        base = infinitive(predicate[0]) if predicate else ""
        if not base:
            return None
        last = words[-3] if modal else words[-2]
        prefix = predicate[-1] if len(predicate) > 1 and predicate[-1] != last else ""
        middle = predicate[1:-1] if prefix else predicate[1:]
        topic = craft([*middle, prefix + base])
        topic.ask = join([asking, *words[1:]])
        return topic
    ask = join([asking, *words[1:], *after])
    found = read_noun(words, 1, tail=False)
    if found is None:
        topic = _about((), words[1:-1], words[-1], asking)
    else:
        noun = resolve(found[0], plural=is_plural(words[-1]))
        known = decline(noun, "nom") and noun.head not in ANYBODY
        # "Wie Tschernobyl Europa veraenderte": two names, or one?
        called, whole = noun.head.partition(" ")[::2], found[1] == len(words) - 1
        known = known and not (called[1] and whole and called[0] not in _given_names())
        topic = Topic(noun.text, noun) if known else the_question()
        if asking in ("warum", "wieso", "weshalb") and not after:
            verb = words[-1]
            if verb in lexicon().sets["modals"] and verb not in ("hat", "haben", "ist", "sind"):
                subject = words[1 : found[1]]
                topic.claim = join([*subject, verb, *words[found[1] : -1]])
    # "Wer wissen will, was du wissen solltest": two persons for one.
    topic.ask = ask if len(ask.split()) <= _LONGEST_ASK and "du" not in ask.split() else ""
    # "Wie still der Bahnhof ist": how still is it?
    degree = asking == "wie" and found is None and words[1][:1].islower() and len(words) > 3
    degree = degree and words[1] not in lexicon().sets["pronouns"]
    lead = 2 if degree and read_noun(words, 2, tail=False) else 1
    direct = finite(words[lead:])
    if direct and not topic.claim:
        topic.question = question(join([asking, *words[1:lead], *direct, *after]))
    topic.tags.add("asked")
    return topic
