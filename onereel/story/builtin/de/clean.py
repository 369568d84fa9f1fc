"""German ideas as people type them become clean sentences: umlauts, capitals, commas."""

from __future__ import annotations

import re

from ..cleaning import finished, sentences, straightened
from .lexicon import lexicon
from .nouns import adjective_like, look_up
from .verbs import looks_finite

__all__ = ["clean", "parts"]

_KIND = (
    r"(?:film|kurzfilm|video|clip|geschichte|kurzgeschichte|m\u00e4rchen|doku|dokumentation|dokumentarfilm"
    r"|erkl\u00e4rvideo|erkl\u00e4rfilm|werbung|werbespot|spot|trailer|gedicht|bericht|nachrichtenbeitrag|beitrag"
    r"|liste|reel|drehbuch|produktfilm)"
)
_ORDER = (
    r"(?i)^(?:bitte\s+)?(?:(?:ich\s+(?:m\u00f6chte|will|brauche|h\u00e4tte gern|w\u00fcnsche mir)"
    r"|mach(?:e)?(?: mir| uns)?|erstelle?(?: mir)?|schreib(?:e)?(?: mir)?|dreh(?:e)?"
    r"|erz\u00e4hl(?:e)?(?: mir)?|zeig(?:e)?(?: mir)?|produzier(?:e)?)\s+)?"
    rf"(?:ein(?:e|en)?\s+)?(?:[\w-]+\s+){{0,2}}?{_KIND}\s+(?P<by>\u00fcber|von|zum thema)\s+"
)
_ABOUT = r"(?i)^(?P<by>\u00fcber)\s+(?=\S)"
_META = (
    r"(?i)^(?:der (?:film|ton|stil|clip)\b|das (?:video|ende)\b|die (?:stimmung|musik|stimme)\b"
    r"|bitte\b|mach\b|kein(?:e)? (?:text|musik)|stil:|ton:|dauer|l\u00e4nge|es soll(?:te)?\b"
    r"|ich (?:m\u00f6chte|will)\b)"
)
_ABBREVIATION = r"(?i)\b(?:dr|prof|hr|fr|st|z\.b|d\.h|bzw|ca|nr|usw)\.$"
_UMLAUTS = {"ae": "\u00e4", "oe": "\u00f6", "ue": "\u00fc"}


def clean(idea: str) -> str:
    """Straighten quotes, dashes and shouting; write umlauts and the capitals of nouns."""
    text = straightened(idea, drop="\u201f^~")
    if not re.search("[\u00e4\u00f6\u00fc\u00df\u00c4\u00d6\u00dc]", text):
        text = " ".join(_umlauts(word) for word in text.split())
    if text == text.lower() or (len(text.split()) > 3 and text[1:] == text[1:].lower()):
        text = _capitals(text)
    return _commas(text)


def _umlauts(word: str) -> str:
    low = word.lower()
    for plain, sharp in lexicon().sharp.items():
        if low.startswith(plain) or (plain in low and len(plain) > 5):
            at = low.index(plain)
            fixed = sharp if word[at].islower() else sharp.capitalize()
            word = word[:at] + fixed + word[at + len(plain) :]
            low = word.lower()
    if any(kept in low for kept in lexicon().keep):
        return word

    def umlaut(match: re.Match[str]) -> str:
        letter = _UMLAUTS[match[0].lower()]
        return letter.upper() if match[0][0].isupper() else letter

    return re.sub(r"ae|oe|(?<![aeq\u00e4])ue", umlaut, word, flags=re.IGNORECASE)


def _capitals(text: str) -> str:
    """Give the nouns of an idea typed in small letters their capitals."""
    sets = lexicon().sets
    closed = sets["prepositions"] | sets["pronouns"] | sets["adverbs"] | sets["conjunctions"]
    closed |= sets["questions"] | sets["determiners"] | sets["modals"] | sets["prefixes"]
    raw = text.split()
    bare = [word.strip(".,;:!?()").lower() for word in raw]
    written = list(raw)
    phrase = False
    verb = False
    for index, word in enumerate(bare):
        following = bare[index + 1] if index + 1 < len(bare) else ""
        ended = raw[index][-1:] in ",.;:!?"
        entries = look_up(word)
        if word in sets["determiners"] or word in sets["numbers"]:
            phrase = True
            continue
        if word.capitalize() in sets["he"] | sets["she"]:
            noun = True
        elif not word or word in closed:
            noun = False
            phrase = phrase and word not in sets["conjunctions"] | sets["prepositions"]
        elif phrase:
            more = not ended and following and following not in closed
            known = word in lexicon().forms and following not in lexicon().forms
            noun = known or not more or not adjective_like(word) or looks_finite(following)
            noun = noun or (bool(entries) and not adjective_like(word))
        elif looks_finite(word) and not verb:
            noun, verb = bool(entries) and index == 0 and not following, True
        else:
            noun = (bool(entries) and not looks_finite(word)) or (bool(entries) and index == 0)
            noun = noun or (index == 0 and looks_finite(following) and word.isalpha())
        if noun:
            written[index] = raw[index][:1].upper() + raw[index][1:]
            phrase = False
        if ended:
            phrase = verb = False
    return " ".join(written)


def _commas(text: str) -> str:
    """Set the comma in front of clauses where the user left it out."""
    text = re.sub(r"(?<=[\w]) (?=um (?:[\w-]+ ){0,8}?(?:zu \w+en\b|\w+zu\w+en\b))", ", ", text)
    return re.sub(r"(?<=[\w]) (?=(?:aber|doch|weil|dass|obwohl|damit|sobald) \w)", ", ", text)


def parts(text: str) -> tuple[str, str, list[str]]:
    """Split an idea into its premise, the preposition that governs it, and further sentences."""
    raw = sentences(text, _ABBREVIATION)
    told = [raw[0], *(piece for piece in raw[1:] if not re.match(_META, piece))]
    match = re.match(_ORDER, told[0]) or re.match(_ABOUT, told[0])
    premise = told[0][match.end() :].strip() if match else told[0]
    by = match["by"].lower() if match else ""
    further = [finished(piece) for piece in told[1:] if len(piece.split()) > 1]
    return premise or told[0], by, further
