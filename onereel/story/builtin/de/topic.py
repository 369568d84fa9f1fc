"""German ideas about something: a task, a product, a list, or a bare noun."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..cleaning import join
from .cases import bare, decline
from .deeds import RELATIVES
from .lexicon import lexicon
from .lookup import look_up
from .mention import countable, introduced, resolve
from .nouns import Noun, read_noun
from .relatives import opens_relative
from .verbs import finite, looks_finite, without_zu

__all__ = ["Topic", "brand", "called", "is_oblique", "named", "quote", "topic_slots"]

_LIKE_EIN = ("ein", "mein", "dein", "unser", "euer")
_RANKS = frozenset(("erste", "ersten", "letzte", "letzten", "einzige", "einzigen"))
_CASES = ("nom", "acc", "dat")
_SUCH = ("solche", "solche", "solchen")
_LONGEST_TAIL = 4
_BESIDE = r"(?:in|nach|vor|bei|an|auf|unter|gegen|wegen|trotz) ([A-Z\u00c4\u00d6\u00dc]\S+)(?: .*)?"
"""What follows a noun without an article of its own."""
_LONGEST_CLAUSE = 5


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
    clause: str = ""
    """What the noun cannot do without: "nichts zu tun" of "die Kunst, nichts zu tun"."""
    title: str = ""
    """The idea in short, where it is told as it was written."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What the thing does, as a main clause and as others: see `tale.told_slots`."""


def named(words: list[str]) -> Topic | None:
    """A noun phrase, perhaps with a relative clause."""
    found = read_noun(words)
    if found is None:
        return None
    noun, end = found
    if noun.det.startswith("kein") or _is_span(noun) or is_oblique(noun.det):
        return None
    beside = None if noun.det else re.fullmatch(_BESIDE, noun.tail)
    if beside and _is_one(beside[1]):
        noun = replace(noun, tail="")  # "Brand in Hof unter Kontrolle": a headline's place
    rest = words[end:]
    # "Sieben Fremde in einem Zug und einer luegt" are seven strangers.
    if rest and rest[0] not in (",", "und") and not _belongs_to_noun(rest):
        return None
    many = noun.det == "die" and _seems_plural(noun)
    # "Yogamatten aus Kork": a long word that nobody knows, and hardly an infinitive.
    many = many or (not noun.det and not noun.gender and bool(re.search(r".{6}en$", noun.head)))
    noun = resolve(noun, plural=noun.plural or many)
    if not decline(noun, "nom"):
        return None
    if noun.det == "mehr" and not noun.gender:
        return Topic(join(words), noun, tags={"quoted"})
    whole = join(words) if len(words) <= 14 else noun.text
    keep = not noun.det or noun.det[:1].isupper()
    topic = Topic(whole if keep else whole[:1].lower() + whole[1:], noun)
    topic.clause = _clause(rest)
    if not noun.det and noun.adjectives:
        topic.whole = whole[:1].lower() + whole[1:]
    if noun.head in lexicon().sets["time_nouns"] and rest[1:] and rest[1] in ("in", "an"):
        topic.tags.add("event")
    if noun.head in lexicon().sets["time_nouns"] and noun.tail and noun.det in ("ein", "eine"):
        topic.tags.add("event")
    if rest and rest[1:] and rest[1].lower() in RELATIVES:
        if noun.head in lexicon().sets["time_nouns"]:
            topic.tags.add("event")
        clause = rest[2:]
        clause = clause[: clause.index(",")] if "," in clause else clause
        words_in_order = finite(clause)
        if words_in_order and rest[1].lower() in ("der", "die", "das"):
            topic.does = join(words_in_order)
    # Behind several, "das" begins another sentence: "Scheinwerfer, das Radio rauscht".
    several = noun.plural and [*rest, "", ""][1].lower() not in ("das", "der", "den", "dem")
    if rest and opens_relative(rest[1:]) and several and not noun.det and not noun.adjectives:
        # "Orte, an denen man weinen kann" are not any places.
        topic.tags.add("such")
    tail = noun.tail.split()
    served = any(entry.kind == "person" for word in tail[1:] for entry in look_up(word))
    if tail[:1] == ["f\u00fcr"] and served and "in" not in tail:
        topic.whom = " ".join(tail[1:])
    return topic


def _is_one(word: str) -> bool:
    """Whether a noun is one thing, which would have its article in a sentence."""
    entries = look_up(word)
    return bool(entries) and all(entry.gender != "p" and entry.plural for entry in entries)


def is_oblique(det: str) -> bool:
    """Whether no nominative begins so: "Meiner Schwester zum Abschied"."""
    return re.fullmatch(r"(?:[mds]?ein|ihr|unser|eur)e[rmn]|dem|den", det) is not None


def _clause(rest: Sequence[str]) -> str:
    """A short infinitive behind a noun's comma."""
    clause = list(rest[1:]) if rest[:1] == [","] else []
    short = 1 < len(clause) <= _LONGEST_CLAUSE and "," not in clause
    return join(clause) if short and without_zu(clause) else ""


def _is_span(noun: Noun) -> bool:
    """ "Fuenf Minuten": without the number it would be another title."""
    sets = lexicon().sets
    return noun.head in sets["time_nouns"] and (noun.det in sets["numbers"] or noun.det.isdigit())


def _belongs_to_noun(rest: Sequence[str]) -> bool:
    """Whether no verb follows: "fuer zwei", "direkt an die Haustuer"."""
    small = [word for word in rest if word[:1].islower()]
    begins = lexicon().sets["prepositions"] | lexicon().sets["adverbs"]
    return rest[0] in begins and not any(map(looks_finite, small))


def _seems_plural(noun: Noun) -> bool:
    return not noun.gender and noun.head.endswith(("en", "s"))


def brand(words: list[str]) -> Topic | None:
    """ "Lumo, die Lampe, die der Sonne folgt"."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    starts = rest and rest[0].lower() in ("der", "die", "das", "ein", "eine", "unser", "unsere")
    sets = lexicon().sets
    no_names = sets["determiners"] | sets["prepositions"] | sets["numbers"]
    # "Bring deinem Hund bei, ..." has small words in front of its comma, and no name.
    if not starts or name[0].lower() in no_names or not all(map(_large, name)):
        return None
    described = named(rest)
    if described is None:
        return None
    name = [word[:1].upper() + word[1:] for word in name]
    noun = Noun("", (), join(name), gender=described.noun.gender, kind="thing", named=True)
    topic = Topic(f"{join(name)}, {described.whole}", noun, tags={"brand"})
    topic.tag, topic.does, topic.whom = described.whole, described.does, described.whom
    return topic


def called(words: Sequence[str]) -> Topic | None:
    """A name alone: "Schornsteinfeger Brandt", "FunkPlus"; nothing where it may be no name."""
    sets = lexicon().sets
    small = sets["determiners"] | sets["prepositions"] | sets["numbers"]
    if not words or words[0].lower() in small or not all(map(_large, words)):
        return None
    name = join(list(words))
    noun = Noun("", (), name, gender="n", kind="thing", named=True)
    return Topic(name, noun, tags={"brand"})


def _large(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit() or any(map(str.isupper, word))


def _this(phrase: str) -> str:
    """ "der Nacht" becomes "dieser Nacht"."""
    article, _, rest = phrase.partition(" ")
    return f"{'dieses' if article == 'das' else 'dies' + article[1:].replace('ie', 'e')} {rest}"


def quote(text: str) -> str:
    """A phrase as a title, which stands in every case: nobody declines what is in quotes."""
    text = text.strip(" ,.!?")
    return f"\u201e{text[:1].upper()}{text[1:]}\u201c"


def _needs_no_article(noun: Noun) -> bool:
    """Whether the idea names no single thing: "Bienen", "kaltes Wasser"."""
    if noun.det or noun.pair or noun.named or not noun.gender:
        return False
    if set(noun.adjectives) & _RANKS:
        return False  # "Erste Stoerche": the first, and not any
    regular = all(re.search(r"e[nrs]?$", word) for word in noun.adjectives)
    return regular and (noun.plural or (bool(noun.adjectives) and not countable(noun)))


def _forms(topic: Topic) -> list[str]:
    """Nominative, accusative and dative; a title in quotes where a form is not certain."""
    noun = topic.noun
    if "quoted" in topic.tags:
        return [quote(topic.whole)] * 3
    if noun.det == "diese":
        return [f"{this} {noun.head}" for this in ("diese", "diese", "dieser")]
    if "event" in topic.tags:
        return [_this(decline(noun, case)) for case in _CASES]
    named_list = noun.head in lexicon().lists["things_counted"]
    if "such" in topic.tags:
        forms = [f"{such} {bare(noun, case)}" for such, case in zip(_SUCH, _CASES, strict=True)]
    elif named_list and not noun.det and not noun.adjectives:
        # "Tipps fuer das Eisbaden" are not any tips.
        forms = [f"{these} {noun.head}" for these in ("diese", "diese")]
        forms.append(f"diesen {bare(noun, 'dat')}")
    elif noun.det in lexicon().sets["numbers"] or noun.det.isdigit():
        # "Neun Dinge" are not any things: the number stays.
        kept = replace(noun, det="", adjectives=(noun.det, *noun.adjectives))
        forms = [decline(kept, case) for case in _CASES]
    elif _needs_no_article(noun):
        forms = [bare(noun, case) for case in _CASES]
    else:
        # "Das kleinste Theater" is not any theatre: the adjective stays.
        # "Ein Schwarzes Loch" is no other hole.
        term = any(map(str.istitle, noun.adjectives))
        definite = (noun.det in ("der", "die", "das") or term) and noun.gender and not noun.pair
        # "Die erste Buerste, die sich selbst reinigt" is not the first one without its clause.
        ranked = "," in topic.whole and set(noun.adjectives) & _RANKS
        kept = replace(noun, det="") if definite and not ranked else noun
        forms = [decline(kept, case) for case in _CASES]
    tail = noun.tail
    if len(tail.split()) > _LONGEST_TAIL:
        tail = _owner(tail)
    tail = tail if len(tail.split()) <= _LONGEST_TAIL and not noun.pair else ""
    # "Unser neuer Laden in Freiburg": there is one, and "unser neuer Laden" is that.
    # "Ferienwohnung am See mit Balkon" is the one at the lake.
    tail = re.sub(r"(?<=\w) (?:mit|ohne|f\u00fcr) .*", "", tail)
    if tail.startswith("f\u00fcr ") or noun.det.removesuffix("e") in _LIKE_EIN[1:]:
        tail = tail if tail.startswith(("als ", "mit ")) else ""
    if len(noun.head.split()) > 2:
        tail = ""
    if not noun.gender and noun.det in _LIKE_EIN and not noun.adjectives:
        # Masculine or neuter: without the lexicon only the nominative is certain to sound right.
        return [f"{noun.det} {noun.head}", "", ""]
    title = quote(noun.short if not noun.pair else noun.text)
    end = f", {topic.clause}," if topic.clause else ""
    return [f"{form} {tail}".strip() + end if form else title for form in forms]


def _owner(tail: str) -> str:
    """What belongs to a noun without what follows: "der W\u00e4rter auf Helgoland" is whose life it
    was, "nach der Kohle in der Lausitz" when that is."""
    words = tail.split()
    prepositions = lexicon().sets["prepositions"]
    end = next((at for at, word in enumerate(words) if at and word in prepositions), len(words))
    return " ".join(words[:end]) if end <= _LONGEST_TAIL else ""


def _closed(phrase: str) -> str:
    """With the comma that ends its relative clause; it goes where a stop follows."""
    return f"{phrase}," if "," in phrase else phrase


def _whole(topic: Topic) -> str:
    if topic.tags & {"quoted", "open"}:
        return quote(topic.title) if topic.title else topic.whole
    return topic.whole


def _introduced(topic: Topic) -> str:
    """The whole at its first mention; one word alone is a title, and takes no article."""
    front = introduced(topic.noun).removesuffix(topic.noun.text)
    if not front or " " not in topic.whole or "quoted" in topic.tags:
        return topic.whole
    if topic.whole.startswith(front):
        return topic.whole
    return front + topic.whole


def _dative_of_this(this: str) -> str:
    return this.replace("dieses ", "diesem ").replace("diese ", "dieser ")


def topic_slots(topic: Topic) -> dict[str, str]:
    """The slots that patterns about a topic use; cases are named by their first letter."""
    if "open" in topic.tags:
        first = second = third = ""
    else:
        first, second, third = _forms(topic)
    return {
        "this": topic.whole if "open" in topic.tags else "",
        "this_d": _dative_of_this(topic.whole) if "open" in topic.tags else "",
        "whole": _closed(_whole(topic)),
        "a_topic": _closed(_introduced(topic)),
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
        **topic.told,
    }
