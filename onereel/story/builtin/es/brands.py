"""Spanish ideas that name a thing and say what it is, and those that name several."""

from __future__ import annotations

from ..cleaning import join
from .clauses import starts_clause
from .lexicon import lexicon
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, is_known_noun
from .topic import ASKING, CONJUNCTIONS, LONGEST_TOLD, Topic, lowered, named

__all__ = ["brand", "several"]


def several(words: list[str]) -> Topic | None:
    """Three things at least: "pan, queso y una navaja" are named all three, or none."""
    if "," not in words[:5] or not {"y", "e"} & set(words[2:]) or len(words) > LONGEST_TOLD:
        return None
    if "que" in words or any(starts_clause(words[at:]) for at in range(1, len(words) - 1)):
        return None
    text = join(lowered(words))
    sure = is_known_noun(words[0]) or words[0].lower() in NUMBERS
    return Topic(text[:1].lower() + text[1:], plural=True) if sure else None


def brand(words: list[str]) -> Topic | None:
    """ "Lumo, la l\u00e1mpara que sigue al sol"."""
    if "," not in words[1:6]:
        return None
    comma = words.index(",", 1)
    name, rest = words[:comma], words[comma + 1 :]
    if not rest or "," in rest:
        return None
    listed = {"y", "e"} & set(rest) and "que" not in rest
    if name[0].lower() in CONJUNCTIONS or listed:
        return None
    if len(name) > 1 and name[0].lower() in lexicon().forms and name[1][:1].isupper():
        name = name[1:]  # "Nace Brote, la maceta que ..."
    if rest[0].lower() not in ("un", "una", "el", "la", "los", "las"):
        if not (name[0][:1].isupper() and rest[0].islower()) or starts_clause(rest):
            return None
        if name[0].lower() in DETERMINERS | ASKING:
            return None
        made = rest[0].lower() in PREPOSITIONS | {"reci\u00e9n"}
        if len(name) > 1 and not name[1][:1].isupper() and (is_known_noun(name[0]) or made):
            # "Zumo de manzana, sin az\u00facar": a thing and how it is made.
            thing = named(list(name))
            thing.whole = f"{thing.whole}, {join(rest)},"
            return thing
        # "Ada Lovelace, pionera de la programaci\u00f3n"
        return Topic(join(words), join(name), name=True, person=True)
    if name[0].lower() in DETERMINERS | NUMBERS | PREPOSITIONS | CONJUNCTIONS | ASKING:
        return None
    called = join([word if word[:1].isupper() else word.capitalize() for word in name])
    described = named(rest)
    return Topic(
        f"{called}, {described.whole},", called, gender=described.gender, tag=described.whole,
        does=described.does, whom=described.whom, purpose=described.purpose, name=True,
        person=described.person, tags={"brand"},
    )  # fmt: skip
