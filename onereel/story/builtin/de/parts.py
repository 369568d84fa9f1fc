"""The other things that a German idea names, each of which a scene can speak of.

Only a noun counts whose gender leaves no doubt: its article or the lexicon must say it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ..pack import Part
from .cases import decline
from .hints import ANYBODY
from .lexicon import lexicon
from .lookup import look_up
from .nouns import Noun, read_noun
from .phrases import adjective_like, is_term, opens_phrase, owner_size
from .readings import forms_of, genitive, is_form, led_by, noun_of, owned
from .tagging import is_tagged_adjective, is_tagged_name, tags_of
from .unnamed import COUNTING, IDIOMS, MEASURES, STATES, VAGUE
from .verbs import is_plural, looks_finite

__all__ = ["parts_of", "things"]

_MOST = 4
_CASES = ("nom", "acc", "dat")
_OWNERS = ("ein", "sein", "ihr")
_GENDERS: Mapping[str, str] = {
    "das": "n",
    "die": "fp",
    "den": "mp",
    **dict.fromkeys(("dem", "im", "am", "vom", "zum", "beim"), "mn"),
    **dict.fromkeys(("ins", "ans"), "n"),
    "zur": "f",
    **dict.fromkeys(_OWNERS, "mn"),
    **{f"{own}en": "mp" for own in _OWNERS},
    **{f"{own}em": "mn" for own in _OWNERS},
    **{f"{own}er": "fp" for own in _OWNERS},
    **{f"{own}e": "fp" for own in _OWNERS},
    "einen": "m",
    "einer": "f",
    "eine": "f",
}
"""The genders that a determiner allows, in any case; "p" is the plural."""
_STRONG = {"es": "n", "er": "m", "en": "m"}
"""Endings of adjectives without an article, by the gender of what a verb takes."""
_YOURS = {"dein": "mn", "deine": "fp", "deinen": "mp", "deinem": "mn", "deiner": "f"}
_ABSENT = ("ohne", "null", "statt", "kein", "keine", "keinen", "keinem", "keiner")
_DENYING = ("nie", "niemals", "nicht", "kaum", "fast", "noch")
_OF_CITY = r"[A-Z\u00c4\u00d6\u00dc][a-z\u00e4\u00f6\u00fc\u00df]+er"
_POINTING = {"der": "m", "das": "n", "die": "fp", "den": "m", "dem": "mn", "dessen": "mn"}
"""Relative pronouns, and the genders of what they point back to."""
_OF_PLACES = ("ien", "stadt", "burg", "berg", "dorf", "furt", "heim", "hausen", "bach")
_NAMELESS = ("e", "heit", "keit", "ung", "t", "en", "er", "es", "schaft", "nis")
"""Endings of unknown words that are likelier nouns than names: "in Eile"."""


def things(words: Sequence[str]) -> list[Noun]:
    """The nouns that an idea names, in its order."""
    found: list[Noun] = []
    tags = tags_of(tuple(words)) if words else ()
    for at, word in enumerate(words):
        if not tags[at].startswith(("N", "XY", "FM")) and tags[at] not in ("VV(INF)", "ADJ(A)"):
            continue  # "Tief unter Paris"
        if not at and f"{word.lower().removesuffix('e')}en" in lexicon().infinitives:
            continue  # "Bring", "Miete": perhaps an order
        if not word[:1].isupper() or not word.replace("-", "").isalpha():
            continue
        after = words[at + 1] if at + 1 < len(words) else ","
        begins = not at and not look_up(word) and not word.endswith("s")
        if begins and after[:1].islower() and not looks_finite(after):
            continue  # "Vergiss alles, was du wei\u00dft"
        noun = _at(words, at)
        if noun is not None and noun.head not in [other.head for other in found]:
            found.append(noun)
    return found


def parts_of(words: Sequence[str], *, slot: str, known: Collection[str]) -> tuple[Part, ...]:
    """What the idea names beside the heads in `known`.

    `slot` is the slot of the main thing; those of its accusative and dative end in _a and _d.
    """
    names = (slot, f"{slot}_a", f"{slot}_d")
    found: list[Part] = []
    if own := owned(words):
        plural = None if slot == "part" else own.plural
        found.append(Part(dict(zip(names, own.forms, strict=True)), plural))
    for noun in things(words):
        forms = [decline(noun, case) for case in _CASES]
        if front := _hyphened(words, noun.head):
            forms = [form.replace(" ", f" {front} ", 1) for form in forms]
        if noun.head not in known and all(forms):
            plural = None if slot == "part" else noun.plural
            found.append(Part(dict(zip(names, forms, strict=True)), plural))
    return tuple(found[:_MOST])


def _hyphened(words: Sequence[str], head: str) -> str:
    """What shares its last part with a noun: "Vor- und" of "Vor- und Nachteile"."""
    at = words.index(head) if head in words else 0
    shared = at > 1 and words[at - 1] in ("und", "oder") and words[at - 2].endswith("-")
    if not shared:
        return ""
    front = words[at - 2]
    return f"{front[:1].upper()}{front[1:]} {words[at - 1]}"


def _at(words: Sequence[str], at: int) -> Noun | None:
    """The noun at `at`, as a film names it again; None where anything about it is unsure."""
    sets = lexicon().sets
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else ","
    closed = sets["prepositions"] | sets["pronouns"] | sets["conjunctions"] | sets["adverbs"]
    if word in sets["adjective_nouns"] and at and words[at - 1].lower() in sets["numbers"]:
        return Noun("", (), f"{word}n", gender="p", kind="person")  # "fuenf Fremde"
    if word == "Leben" and after.lower() in ("eines", "einer", "des", "der", "von", "vom"):
        return None  # whose life it is, it is about
    if after.lower() in sets["numbers"] and after not in ("ein", "eine"):
        return None  # "an Gleis neun"
    if word in ("Euro", "Dollar", "Cent", "Prozent"):
        return None  # "f\u00fcr einen Euro"
    if word in sets["time_nouns"] | ANYBODY | VAGUE | COUNTING | sets["adjective_nouns"]:
        return None
    if word.lower() in closed or word.removesuffix("n") in sets["time_nouns"]:
        return None
    if at and owner_size(words[at - 1 :]) == 1:
        owned = read_noun(list(words[at - 1 :]), tail=False)
        return owned[0] if owned and owned[1] == 2 else None  # "Opas Schuppen"
    if owner_size(words[at:]):
        return None  # "Opas letzter Sommer"
    if after.isdigit() and look_up(word) and at + 2 >= len(words):
        led = at > 0 and (words[at - 1].lower() in _GENDERS or words[at - 1] == "der")
        if not led:
            return Noun("", (), f"{word} {after}", kind="thing", named=True)  # "Zimmer 9"
    if word in (*words[max(at - 2, 0) : max(at - 1, 0)], *words[at + 2 : at + 3]):
        return None  # "von Hand zu Hand"
    several = any(each.lower() in sets["numbers"] for each in words[max(at - 2, 0) : at])
    if after == "werden" and not several:
        return None  # what somebody wants to become is not there yet
    before = words[at - 1] if at else ""
    if before in COUNTING:
        return led_by(word, {"p"}, (), doing=False, behind=False)
    opened = before.lower() in closed | sets["questions"] or before.lower() in _GENDERS
    opened = at == 1 and (opened or (adjective_like(before) and opens_phrase(before, word)))
    of_city = at > 1 and bool(re.fullmatch(_OF_CITY, before)) and words[at - 2].lower() in _GENDERS
    if of_city:  # "in einem Tokioter Supermarkt"
        return _at([*words[: at - 1], *words[at:]], at - 1)
    made = re.search(r"ische[nrs]?$", before) or is_tagged_adjective(before.lower())
    if before[:1].isupper() and at > 1 and is_term(before, word) and made:
        # "das Tote Meer": its adjective is a name's.
        genders = {entry.gender for entry in look_up(word)}
        lead = words[at - 2].lower()
        genders &= set(_GENDERS.get(lead, "mfnp" if lead == "der" else ""))
        sure = len(genders) == 1
        return Noun("", (before,), word, gender=genders.pop(), kind="thing") if sure else None
    # "(Wie) die Kartoffel Europa (veraenderte)": whatever follows, it is that.
    asking = at == 1 and before.lower() in sets["questions"] | sets["modals"] and _many(word)
    known = at > 0 and before.lower() in {*_GENDERS, "der"} and word.lower() in lexicon().forms
    known = known and re.fullmatch(_OF_CITY, word) is None
    if (after[:1].isupper() and not known and not asking) or (
        before[:1].isupper() and not (opened or _many(before))
    ):
        return None  # one of two words of a name
    first = at
    while first and _is_adjective(words, first - 1):
        first -= 1
    lead = words[first - 1].lower() if first else ""
    if lead in ("ein", "eine", "einen", "der", "die", "das") and words[first - 2 : first - 1] == [
        "als"
    ]:
        return None  # "kleiner als ein Fingernagel"
    if first > 2 and words[first - 2] == "wie" and lead in ("ein", "eine"):
        return None  # "einparken wie ein Profi"
    if lead[:3] == "jed":
        return None  # "gegen jeden Rat": any, and none of them
    if lead in _ABSENT:
        return None  # "ohne Klebeband" has none
    if first and first < at and words[first - 1] in _DENYING:
        return None  # "nie abgeschickte Briefe" were not sent
    if first and first < at and words[first - 1] in ("sehr", "ganz", "so"):
        first -= 1  # "ein sehr w\u00fctender Schwan"
        lead = words[first - 1].lower() if first else ""
    adjectives = words[first:at]
    counted = lead in sets["numbers"] or lead.isdigit()
    if lead == "1" or ((counted or lead[:1].isdigit()) and word in MEASURES):
        return None
    if counted or lead in _GENDERS or lead == "der":
        allowed = "p" if counted else _GENDERS.get(lead, "mfp")
        behind = first > 1 and words[first - 2].lower() in sets["prepositions"]
        behind = behind and not (words[first - 2] == "um" and "zu" in words[at:])
        # "das Leben der W\u00e4rter", but "Wenn der Gletscher geht"
        owning = first > 1 and words[first - 2][:1].isupper()
        owning = owning and not (first == 2 and words[0].lower() in closed | sets["questions"])
        allowed = "fp" if lead == "der" and (behind or owning) else allowed
        fronted = lead == "der" and first > 1 and looks_finite(words[first - 2])
        if fronted and adjectives and not look_up(word):
            return Noun("", (), word, gender="m", kind="person", named=True)  # "der alte Hinnerk"
        doing = lead in ("beim", "zum", "vom", "im")
        if after == "," and words[at + 2 :]:  # "den Busfahrer, der gewartet hat" is one
            allowed = "".join(
                g for g in _POINTING.get(words[at + 2].lower(), "mfnp") if g in allowed
            )
        return led_by(word, set(allowed), adjectives, doing=doing, behind=behind)
    if re.fullmatch(r"\d+\.", lead):
        return None  # "die 5. Klasse" is one of many
    if lead in ("des", "eines"):
        return genitive(word)
    if (yours := _YOURS.get(lead)) and not adjectives:
        entries = [entry for entry in forms_of(word) if entry.gender in yours]
        one = len(entries) == 1
        return replace(noun_of(word, entries[0]), det="dein") if one else None
    # "zu Fu\u00df"; "meiner Schwester" is somebody's, and only the teller can say "my".
    if lead in ("zu", "aufs") or re.fullmatch(r"(?:[mdk]ein|unser|eur|euer)(?:e[mnrs]?)?", lead):
        return None
    if not first and adjectives:
        return None
    many = looks_finite(after) and is_plural(after)  # "Busfahrer streiken"
    asked = at == 1 and words[0].lower() in sets["questions"]
    # "Warum Flugzeugfenster rund sind"
    many = many or (asked and words[-1].islower() and is_plural(words[-1]))
    return _bare(words, word, lead, adjectives, many=many)


def _many(word: str) -> bool:
    """Whether a noun can only be a plural, so that another stands on its own: "Menschen Schuhe"."""
    entries = lexicon().forms.get(word.lower(), ())
    return bool(entries) and all(entry.gender == "p" for entry in entries)


def _is_adjective(words: Sequence[str], at: int) -> bool:
    word = words[at]
    verbs = lexicon().infinitives
    return word[:1].islower() and adjective_like(word) and word not in verbs and word != ","


def _bare(
    words: Sequence[str], word: str, lead: str, adjectives: Sequence[str], *, many: bool
) -> Noun | None:
    """A noun without an article, or a name behind a preposition."""
    sets = lexicon().sets
    behind = lead in sets["prepositions"]
    if word.isupper() and len(word) > 2 and not adjectives:
        return Noun("", (), word, kind="thing", named=True)  # "WLAN"
    if behind and not adjectives and word in IDIOMS:
        return None
    at = list(words).index(word)
    if lead in ("in", "aus", "nach") and not adjectives and tags_of(tuple(words))[at] == "NE":
        return Noun("", (), word, kind="thing", named=True)  # "in Bayern"
    entries = forms_of(word)
    at = list(words).index(word)
    after = words[at + 1] if at + 1 < len(words) else ","
    if not lead and not at and looks_finite(after) and not is_plural(after):
        entries = [entry for entry in entries if entry.gender != "p"]  # "Meeresspiegel steigt"
    if many and any(entry.gender == "p" for entry in entries):
        entries = [entry for entry in entries if entry.gender == "p"]
    if not behind:
        # "Imkern auf den D\u00e4chern": no dative stands there by itself.
        entries = [entry for entry in entries if entry.gender != "p" or is_form(word, entry)]
    genders = {entry.gender for entry in entries}
    if word.endswith(("chen", "lein")) and not many:
        return None  # one or many
    exact = word.lower() in lexicon().forms
    if lead in ("von", "bei", "in", "aus", "um") and not exact and genders - {"p"}:
        return None  # "von Lichtenfels" is no sort of rock
    if lead in ("nach", "aus", "in", "von") and not exact and word.endswith(_OF_PLACES):
        return Noun("", (), word, kind="thing", named=True)  # "nach Kapstadt"
    if word.lower() in lexicon().infinitives and not lead and not adjectives and not entries:
        return Noun("", (), word, gender="n", kind="thing")  # "Warten an der Haltestelle"
    closed = sets["determiners"] | sets["numbers"] | sets["prepositions"]
    if not entries and lead not in closed and not adjectives and is_tagged_name(word):
        return Noun("", (), word, kind="thing", named=True)  # "Wer hat Stonehenge gebaut"
    if not entries:
        articles = any(each.lower() in sets["determiners"] for each in words)
        # "Kuh aus Swimmingpool": where articles are left out, it may be any noun.
        name = (
            behind
            and (articles or lead == "nach")
            and not adjectives
            and not word.lower().endswith(_NAMELESS)
        )
        return Noun("", (), word, kind="thing", named=True) if name else None
    if adjectives and exact and looks_finite(lead):
        # "Findet verschollenes Gem\u00e4lde": its ending says what it is.
        told = [each for each in entries if each.gender in _STRONG.get(adjectives[-1][-2:], "")]
        if len(told) == 1 and told[0].plural:
            return noun_of(word, told[0])
    if word.lower() in lexicon().infinitives or (adjectives and genders != {"p"}):
        return None
    if genders != {"p"} and lead in STATES and not adjectives:
        return None
    return noun_of(word, entries[0]) if len(genders) == 1 else None
