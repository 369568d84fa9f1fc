"""A noun that an idea surely names, though its sentence cannot be read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import lexicon
from .lookup import look_up
from .nouns import Noun, read_noun
from .tagging import is_tagged_infinitive, tags_of
from .topic import Topic

__all__ = ["ANYBODY", "anything", "mentioned", "spread_task"]

ANYBODY = frozenset(("Menschen", "Leute"))
"""Whom a question names without being about them."""

_BETTER = frozenset(
    (
        *("besser", "sch\u00f6ner", "schneller", "leichter", "l\u00e4nger", "ges\u00fcnder"),
        *("langsamer", "g\u00fcnstiger", "billiger", "ruhiger", "gesund", "richtig", "gut"),
        *("sicher", "gemeinsam", "allein", "zusammen", "weniger", "mehr"),
    )
)
"""What says how something is done, in front of its infinitive: "Besser schlafen"."""
_DONE_TO_THINGS = frozenset(
    (
        *("senken", "sparen", "lernen", "kochen", "backen", "bauen", "malen", "pflanzen", "planen"),
        *("reparieren", "kaufen", "verkaufen", "finden", "schreiben", "lesen", "putzen", "pflegen"),
        *("z\u00fcchten", "n\u00e4hen", "stricken", "ernten", "sammeln", "vermeiden", "l\u00f6sen"),
    )
)
"""What things in the plural do not do themselves: "Heizkosten senken mit Verstand"."""
_WAYS = r"(?i)(?:vegan|roh|frei|los|isch|ig|lich|bar|arm|sam|weise|w\u00e4rts)$"
"""How words end that say in which way something is done: "Vegan kochen"."""
_OURS = ("mein", "dein", "unser")
_POSSESSIVES = ("ein", "mein", "dein", "sein", "ihr", "unser")
_GENDERS = {
    "der": "m",
    "das": "n",
    "die": "fp",
    **dict.fromkeys(("den", "einen"), "m"),
    **dict.fromkeys(("dem", "im", "am", "vom", "zum", "beim"), "mn"),
    **{f"{own}em": "mn" for own in _POSSESSIVES},
    **{f"{own}er": "f" for own in _POSSESSIVES},
    **{f"{own}e": "f" for own in _POSSESSIVES},
    **dict.fromkeys(_POSSESSIVES, "mn"),
    "zur": "f",
}


def anything(words: Sequence[str]) -> Topic | None:
    """A noun whose gender the lexicon knows: in "was im Gehirn passiert", the brain."""
    tags = tags_of(tuple(words)) if words else ()
    for at, word in enumerate(words):
        if tags[at] in ("ADJ(D)", "ADV"):
            continue  # "Tief unter Paris"
        if at and words[at - 1].lower() in ("als", "einen", "den", "einem", "dem"):
            continue  # "Als Kind"; "einen Drachen": one, whose form looks like many
        entries = lexicon().forms.get(word.lower(), ())
        if (
            word not in ANYBODY | lexicon().sets["time_nouns"]
            and not word.endswith("tag")
            and word[:1].isupper()
            and len({entry.gender for entry in entries}) == 1
        ):
            gender = entries[0].gender
            det = {"m": "der", "f": "die", "n": "das"}.get(gender, "")
            noun = Noun(det, (), word, gender=gender, kind=entries[0].kind)
            return Topic(noun.text, noun)
    return None


def mentioned(words: Sequence[str]) -> Topic | None:
    """A noun whose gender its article or preposition leaves no doubt about."""
    sets = lexicon().sets
    for at, word in enumerate(words[:-1]):
        low = word.lower()
        behind = at and words[at - 1].lower() in sets["prepositions"]
        fits = "f" if behind and low == "der" else _GENDERS.get(low, "")
        entries = look_up(words[at + 1]) if words[at + 1][:1].isupper() else ()
        genders = {entry.gender for entry in entries} & set(fits)
        if len(genders) != 1 or words[at + 1] in sets["time_nouns"]:
            continue
        gender = genders.pop()
        own = next((own for own in _OURS if re.fullmatch(rf"{own}(?:e[mnr]?)?", low)), "")
        det = {"m": "der", "n": "das"}.get(gender, "die")
        if own:
            det = own if gender in ("m", "n") else f"{own}e"  # "deine Stimme" is not any voice
        owner = words[at + 2 : at + 4]
        owned = len(owner) == 2 and owner[0] in ("der", "des") and owner[1][:1].isupper()
        tail = " ".join(owner) if owned else ""  # "am Rand der Stadt"
        noun = Noun(det, (), words[at + 1], tail, gender=gender, kind=entries[0].kind)
        return Topic(noun.text, noun)
    return None


def _moved(words: Sequence[str]) -> list[str]:
    """ "Einen Reifen wechseln am Strassenrand", "Pflanzen richtig giessen im Winter", with the
    infinitive at the end: behind an accusative, or an adverb, it is no finite verb."""
    small = lexicon().sets["prepositions"]
    at = next((k for k in range(2, min(len(words) - 2, 5)) if _is_done(words[k])), 0)
    if not at or "," in words or words[at + 1] not in small or _is_done(words[-1]):
        return []
    led = words[0].lower() in ("einen", "den", "deinen", "seinen", "ihren")
    front = words[:at]
    noun = next((k for k, word in enumerate(front) if k and word[:1].isupper()), 0)
    how = front[-1].lower() in _BETTER and look_up(words[0]) and noun == 0
    if not ((led and noun == at - 1) or how):
        return []
    first = words[0].lower() if led else words[0]
    return [*words[at + 1 :], first, *words[1 : at + 1]]


def _is_done(word: str) -> bool:
    return word in lexicon().infinitives or is_tagged_infinitive(word)


def spread_task(words: Sequence[str]) -> list[str]:
    """ "Spanisch lernen auf dem Weg zur Arbeit" with its infinitive at the end; else nothing.

    Only behind a noun in the singular, which no verb in -en can have as its subject.
    """
    if moved := _moved(words):
        return moved
    if len(words) < 4 or "," in words or words[1] not in lexicon().infinitives:
        return []
    first, small = words[0], lexicon().sets["prepositions"]
    how = first.lower() in _BETTER or (
        not look_up(first) and not first.endswith(("e", "s", "en", "er", "isch"))
    )
    if how and words[2] in small and words[-1] not in lexicon().infinitives:
        # "Vegan kochen fuer Einsteiger" is done by them, and not for them.
        # Only what surely says how is no noun: "Yoga lernen", "Aquarell malen".
        manner = first.lower() in _BETTER | lexicon().infinitives or re.search(_WAYS, first)
        lead = first.lower() if manner else first
        return [*(words[2:] if words[2] != "f\u00fcr" else ()), lead, words[1]]
    found = read_noun([first], tail=False)
    if words[1] == "lernen" and first.lower() in lexicon().infinitives:
        first = first.lower()  # "Kochen lernen mit Resten"
    spoken = first.endswith("isch") and words[1] in ("lernen", "sprechen", "\u00fcben")
    many = not spoken and (found is None or found[0].gender == "p" or (
        not found[0].gender and first.endswith(("e", "en", "er", "n", "s"))
    ))  # fmt: skip
    ends = words[-1] in lexicon().infinitives
    things = found is not None and found[0].kind == "thing" and words[1] in _DONE_TO_THINGS
    behind = words[2] in small or words[2] == "als"
    if (many and not things) or ends or not behind:
        return []
    # "Steuern sparen als Student" is done so by students, and is still the same.
    return [*(words[2:] if words[2] not in ("als", "f\u00fcr") else ()), first, words[1]]
