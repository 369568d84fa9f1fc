"""German ideas as people type them become clean sentences: umlauts, capitals, commas."""

from __future__ import annotations

import re

from ..cleaning import finished, sentences, spelled_out, straightened
from .lexicon import lexicon
from .lookup import look_up
from .phrases import adjective_like
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
_EXPLAIN = (
    r"(?i)^(?:bitte\s+)?(?:erkl\u00e4r|zeig|sag|erz\u00e4hl)e?(?:\s+(?:mir|uns|mal|bitte|doch|einmal))*\s*,\s*"
    r"(?=(?:wie|warum|wieso|weshalb|was|wer|wo|woher|wann|wozu)\b)"
)
_EXPLAIN_THIS = r"(?i)^(?:bitte\s+)?erkl\u00e4re?(?:\s+(?:mir|uns|mal|bitte))*\s+(?=\S)"
_EXPLAINED = (
    r"(?i),?\s+(?:ganz\s+|kurz\s+und\s+)?(?:einfach|kurz|leicht|schnell|verst\u00e4ndlich"
    r"|in (?:nur )?\w+ (?:Minuten|Sekunden|S\u00e4tzen|Worten|Schritten))"
    r"\s+(?:erkl\u00e4rt|gemacht)$"
)
_BRIEFLY = r"(?i)^((?:\S+ ){0,3}\S+) in (?:\d+ sekunden|einer minute)$"
"""How long the film is, behind a few words of what it is about."""
_STEPS = r"(?i)^in \w+ (?:\w+en )?schritten\s+(?=(?:\S+ ){1,6}\w+en$)"
_META = (
    r"(?i)^(?:der (?:film|ton|stil|clip)\b|das (?:video|ende)\b|die (?:stimmung|musik|stimme)\b"
    r"|bitte\b|mach\b|kein(?:e)? (?:text|musik)|stil:|ton:|dauer|l\u00e4nge|es soll(?:te)?\b"
    r"|ich (?:m\u00f6chte|will)\b)"
)
_ABBREVIATION = (
    r"(?i)\b(?:dr|prof|hr|fr|st|z\.b|d\.h|bzw|ca|nr|usw)\.$"
    r"|\b(?:d(?:er|ie|as|en|em|es)|am|zum|zur|vom|bis|seit)\s\d{1,3}\.$"  # "die 7. Klasse"
)
_BEFORE_NOUN = frozenset(("beim", "zum", "vom", "am", "im", "ins"))
_UMLAUTS = {"ae": "\u00e4", "oe": "\u00f6", "ue": "\u00fc"}


def clean(idea: str) -> str:
    """Straighten quotes, dashes and shouting; write umlauts and the capitals of nouns."""
    text = straightened(spelled_out(idea, conjunction="und"), drop="\u201f^~")
    if not re.search("[\u00e4\u00f6\u00fc\u00df\u00c4\u00d6\u00dc]", text):
        text = " ".join(_umlauts(word) for word in text.split())
    if text == text.lower() or (len(text.split()) > 3 and text[1:] == text[1:].lower()):
        text = _capitals(text)
    return _commas(_branded(text))


def _branded(text: str) -> str:
    """ "Treiblicht: eine Laterne" names the lantern, as "Treiblicht, eine Laterne" does."""
    match = re.match(r"([\w-]+): (?=(?:ein|eine|der|die|das) )", text)
    known = match is None or match[1].lower() in lexicon().forms or len(match[1]) < 3
    return text if known or match is None else f"{match[1]}, {text[match.end() :]}"


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
            relative = index > 0 and raw[index - 1].endswith(",") and following in closed
            phrase = not relative  # "die heute geht"
            continue
        if word.capitalize() in sets["he"] | sets["she"]:
            noun = True
        elif not word or word in closed:
            noun = False
            phrase = phrase and word not in sets["conjunctions"] | sets["prepositions"]
        elif index and _is_noun_behind(bare[index - 1], word, following, closed):
            noun, phrase = True, False
        elif word in lexicon().infinitives and bare[index - 1] in ("mehr", "alle", "viele"):
            noun = phrase = False
        elif phrase:
            more = not ended and following and following not in closed
            behind = bare[index + 2] if index + 2 < len(bare) else ""
            last = not behind or behind in closed or looks_finite(behind)
            # "eine junge imkerin will": the noun is the word that the phrase ends with.
            leads = more and last and adjective_like(word) and not looks_finite(following)
            known = word in lexicon().forms and following not in lexicon().forms and not leads
            noun = known or not more or not adjective_like(word) or looks_finite(following)
            noun = noun or (bool(entries) and not adjective_like(word))
            # "eine frisch operierte katze"
            open_noun = bool(look_up(behind)) and behind not in closed
            described = more and open_noun and adjective_like(following)
            noun = noun and not (described and not entries)
        elif looks_finite(word) and not verb:
            noun, verb = bool(entries) and index == 0 and not following, True
        else:
            noun = (bool(entries) and not looks_finite(word)) or (bool(entries) and index == 0)
            noun = noun or (index == 0 and looks_finite(following) and word.isalpha())
            # "lernt skateboard fahren": what is unknown in front of an infinitive is its object.
            unknown = not entries and not looks_finite(word) and not adjective_like(word)
            instead = index > 0 and bare[index - 1] in ("statt", "anstatt")  # "statt neu kaufen"
            acted_on = unknown and verb and following in lexicon().infinitives
            noun = noun or (acted_on and not instead)
            described = (
                index > 0 and bare[index - 1] not in closed and adjective_like(bare[index - 1])
            )
            noun = noun or (
                unknown and described and (ended or not following or following in closed)
            )
        if noun and not phrase and _is_participle(bare[:index], word, ended or not following):
            noun = False
        if noun:
            written[index] = raw[index][:1].upper() + raw[index][1:]
            phrase = False
        if ended:
            phrase = verb = False
    return " ".join(written)


def _is_participle(before: list[str], word: str, last: bool) -> bool:
    """Whether a word ends a clause with "wird" or "hat": "wie wird kaese gemacht"."""
    helped = set(before) & {"wird", "werden", "wurde", "wurden", "ist", "sind", "hat", "haben"}
    return last and bool(helped) and re.search(r"^\w{0,5}ge\w{2,}(?:t|en)$", word) is not None


_RELATIVE = r"(?:die|denen) (?:ich|du|man|wir|ihr|niemand|keiner|jeder|fast jeder|kaum jemand)"
"""What opens a relative clause of many, and nothing else: "Dinge die ich gern gewusst haette"."""
_ONE_CONJUNCTION = "ohne|statt|anstatt|au\u00dfer|so|als|auch|nur|selbst|gerade|vor allem"


def _commas(text: str) -> str:
    """Set the comma in front of clauses where the user left it out."""
    text = re.sub(r"(?<=[\w]) (?=(?:ohne|statt|anstatt|au\u00dfer) dass\b)", ", ", text)
    text = re.sub(r"(?<=[\w]) (?=um (?:[\w-]+ ){0,8}?(?:zu \w+en\b|\w+zu\w+en\b))", ", ", text)
    text = re.sub(rf"(\b[A-Z\u00c4\u00d6\u00dc][\w-]*) (?={_RELATIVE}\b)", r"\1, ", text)
    # "Er zaudert, springt aber": there "aber" joins nothing.
    text = re.sub(r"(, \w+) (?=(?:aber|doch) \w)", "\\1\u00a0", text)
    text = re.sub(
        r"(?<=[\w])(?<!\bum) (?=(?:aber|doch|weil|dass|obwohl|damit|sobald) \w)", ", ", text
    ).replace("\u00a0", " ")
    # "ohne dass", "auch weil" are one conjunction.
    return re.sub(rf"(?i)\b({_ONE_CONJUNCTION}), (?=dass\b|weil\b|damit\b)", r"\1 ", text)


def parts(text: str) -> tuple[str, str, list[str]]:
    """Split an idea into its premise, the preposition that governs it, and further sentences."""
    raw = sentences(text, _ABBREVIATION)
    told = [raw[0], *(piece for piece in raw[1:] if not re.match(_META, piece))]
    match = re.match(_ORDER, told[0]) or re.match(_ABOUT, told[0])
    premise = told[0][match.end() :].strip() if match else told[0]
    by = match["by"].lower() if match else ""
    if not match:
        premise, by = _without_order(premise)
    premise = re.sub(_EXPLAINED, "", premise.rstrip(".!"))
    premise = re.sub(_BRIEFLY, r"\1", re.sub(_STEPS, "", premise))
    further = [finished(piece) for piece in told[1:] if len(piece.split()) > 1]
    return premise or told[0], by, further


def _without_order(premise: str) -> tuple[str, str]:
    """Drop "Erklaere mir", in front of a question or of what stands in the accusative.

    "So funktioniert ein Motor" promises the answer to a question, and becomes that question.
    """
    so = re.match(r"So (?=(\w+) (du\b)?)", premise)
    if so and (looks_finite(so[1]) or so[2]):
        return f"Wie {premise[so.end() :].rstrip('.! ')}?", ""
    asked = re.match(_EXPLAIN, premise)
    if asked:
        rest = premise[asked.end() :]
        return rest[:1].upper() + rest[1:], ""
    this = re.match(_EXPLAIN_THIS, premise)
    return (premise[this.end() :], "\u00fcber") if this else (premise, "")


def _is_noun_behind(before: str, word: str, following: str, closed: frozenset[str]) -> bool:
    """Whether "im", "beim" and the like make a noun of a verb or adjective: "beim kochen"."""
    if before not in _BEFORE_NOUN or (before == "am" and word.endswith("sten")):
        return False
    last = not following or following in closed or looks_finite(following)
    return word in lexicon().infinitives or (last and word not in closed)
