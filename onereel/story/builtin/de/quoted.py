"""German ideas that can only be told as they were written, and what they surely name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..cleaning import join
from .cases import decline, nominative
from .deeds import verb_at
from .hints import ANYBODY, anything, mentioned
from .lexicon import lexicon
from .lookup import is_dative_plural, look_up
from .mention import resolve
from .nouns import Noun, read_noun
from .relatives import opens_relative
from .topic import Topic, is_oblique
from .verbs import finite, is_plural, looks_finite

__all__ = ["inside", "question", "quoted", "statement", "the_question"]

_LONGEST = 18
_OTHERS = frozenset(("er", "sie", "es", "man", "niemand", "jemand", "jeder", "keiner"))
"""Pronouns of those who are told of: what they deal with is what the film can name."""
_LONGEST_QUOTE = 4
_LONGEST_TITLE = 10


def quoted(words: Sequence[str], premise: str) -> Topic:
    """What nobody can read is named, and told as it was written."""
    if premise.endswith("?"):
        behind = words[words.index(",") + 1 :] if "," in words else []
        topic = (inside(behind) if len(behind) > 1 else None) or the_question()
        topic.question = question(premise)
        return topic
    topic = _bare(words) or _hinted(words) or _as_written(words, premise)
    if len(words) <= _LONGEST_TITLE:
        topic.title = premise
    if len(words) <= 24 and _is_sentence(words):
        topic.claim = statement(premise)
    return topic


def _hinted(words: Sequence[str]) -> Topic | None:
    """A noun that a sentence or a phrase surely names, though it is not what it begins with."""
    topic = _fronted(words) or inside(words)
    topic = topic or (mentioned(words) if _is_sentence(words) else None)
    # "Wir reparieren Kameras" is about no camera.
    own = words[0].lower() in lexicon().sets["pronouns"] and words[0].lower() not in _OTHERS
    topic = topic or (anything(words) if _is_sentence(words) and not own else None)
    if own and "dass" in words[:-2]:
        return inside(words[words.index("dass") :])
    if topic is not None and words[0].lower() in _OTHERS and not _is_known(topic.noun, words):
        return None
    ours = topic is not None and topic.noun.det[:3] in ("mei", "dei", "uns")
    if topic is None or (own and not ours):
        return None
    topic.tags |= {"hinted", *(("aside",) if words[0].lower() in _OTHERS else ())}
    return topic


def _is_known(noun: Noun, words: Sequence[str]) -> bool:
    """Whether a sentence about "her" names somebody, or what it takes for known: "die Insel"."""
    at = words.index(noun.head) if noun.head in words else 0
    return noun.animate or words[at - 1].lower() in ("der", "die", "das", "den", "dem")


def _as_written(words: Sequence[str], premise: str) -> Topic:
    short = len(words) <= _LONGEST_QUOTE and not _is_sentence(words)
    noun = Noun("diese", (), "Idee", gender="f", kind="thing")
    return Topic(premise if short else "diese Idee", noun, tags={"quoted" if short else "open"})


def _is_sentence(words: Sequence[str]) -> bool:
    first, sets = words[0].lower(), lexicon().sets
    someone = first in sets["pronouns"]
    clause = first in sets["conjunctions"] and len(words) > 3 and bool(finite(words[1:]))
    main = _without_relative(words)
    return someone or clause or any(verb_at(words, at) for at in range(1, len(main)))


def inside(words: Sequence[str]) -> Topic | None:
    """What a phrase such as "Als der Schnee nicht mehr kam", "In Berlin" is about."""
    sets = lexicon().sets
    clause = words[0].lower() in sets["conjunctions"] | {"wo"}
    last = words[-1].lower()
    ended = "," in words or looks_finite(last) or last in sets["modals"]
    if words[0].lower() == "als" and not ended:
        return None  # "Als Kind hatte ich einen Hund"
    poem = words[0].lower() == "an" and words[1].lower() in ("den", "die", "das", "meine", "meinen")
    if words[0].lower() == "f\u00fcr" or poem:
        return _dedicated(words)
    if not clause and words[0].lower() not in sets["prepositions"]:
        return None
    found = read_noun(words, 1, tail=False)
    if found is None or words[1].lower() in ("einen", "den", "einem", "dem"):
        return None
    if not clause and (
        words[1].lower() in sets["determiners"] | sets["numbers"] or look_up(words[1])
    ):
        return None
    noun = resolve(found[0], plural=is_plural(words[-1])) if clause else found[0]
    if not clause and is_dative_plural(noun.head):
        noun = replace(noun, head=noun.head[:-1], gender="p")
    if not clause and not noun.gender:
        noun = resolve(noun, plural=False)
    return Topic(noun.text, noun) if decline(noun, "dat") else None


def _fronted(words: Sequence[str]) -> Topic | None:
    """What the main clause behind a clause is about: "Als er kam, sass ein Pinguin da"."""
    if words[0].lower() not in lexicon().sets["conjunctions"] or "," not in words:
        return None
    verb = words.index(",") + 1
    found = read_noun(words, verb + 1, tail=False) if verb_at(words, verb) else None
    if found is None or words[verb + 1].lower() in ("einen", "den", "einem", "dem"):
        return None
    noun = resolve(found[0], plural=is_plural(words[verb]))
    if noun.plural and not noun.det and not noun.adjectives:
        noun = replace(noun, det="die")
    known = noun.gender and noun.head not in ANYBODY
    return Topic(noun.text, noun) if known and decline(noun, "dat") else None


def _dedicated(words: Sequence[str]) -> Topic | None:
    """Whom "Fuer meine Tochter, die heute auszieht" is about."""
    phrase = nominative(words[1:])
    found = read_noun(phrase) if phrase else None
    if found is None or not decline(found[0], "dat"):
        return None
    return Topic(found[0].text, found[0])


def _bare(words: Sequence[str]) -> Topic | None:
    """The noun in front whose gender is known: "Nachhilfe per Video, bezahlbar und gut"."""
    found = read_noun(words)
    if found is None or found[0].pair or found[0].named or not found[0].gender:
        return None
    if (
        found[0].det.startswith("kein")
        or is_oblique(found[0].det)
        or found[0].head in lexicon().sets["time_nouns"]
    ):
        return None
    noun, end = found
    if not noun.det and noun.head.lower() in lexicon().infinitives and look_up(noun.head):
        # "Mieten in Koeln gestiegen": what rose is no renting.
        many = all(entry.gender == "p" for entry in look_up(noun.head))
        noun = replace(noun, det="die", gender="p") if many and end < len(words) else noun
    if end < len(words) and not found[0].det and noun.tail.split()[:1] != []:
        # "Bruecke nach Schiffsunfall gesperrt": it is no bridge after one.
        noun = replace(noun, tail="") if _is_beside(noun.tail) else noun
    if any(word[:1].isupper() or word.isdigit() for word in words[end : end + 1]):
        return None
    main = _without_relative(words)
    if any(verb_at(words, at) and looks_finite(words[at]) for at in range(1, len(main))):
        return None
    whole = join(words) if len(words) <= _LONGEST else noun.text
    keep = (not noun.det and not noun.adjectives) or noun.det[:1].isupper()
    return Topic(whole if keep else whole[:1].lower() + whole[1:], noun)


def _without_relative(words: Sequence[str]) -> Sequence[str]:
    """What stands in front of a relative clause that ends an idea."""
    comma = list(words).index(",") if "," in words else len(words)
    rest = words[comma + 1 :]
    return words[:comma] if opens_relative(rest) and "," not in rest else words


def _is_beside(tail: str) -> bool:
    """Whether what follows a noun belongs to what a headline says of it: "nach Unfall"."""
    front, *rest = tail.split()
    led = lexicon().sets["determiners"] | {"dem", "den", "der", "des"}
    bare = front in lexicon().sets["prepositions"] - {"im", "am", "zum", "zur", "vom", "beim"}
    return bare and rest[:1] != [] and rest[0].lower() not in led


def question(premise: str) -> str:
    """The idea as a question, with its capital and its mark."""
    return f"{premise[:1].upper()}{premise[1:].rstrip('.!? ')}?"


def statement(premise: str) -> str:
    """The idea as a statement, without its stop."""
    text = premise.rstrip(".!? ")
    return text[:1].upper() + text[1:]


def the_question() -> Topic:
    """What a film calls a question that surely names nothing."""
    noun = Noun("diese", (), "Frage", gender="f", kind="thing")
    return Topic("diese Frage", noun, tags={"open"})
