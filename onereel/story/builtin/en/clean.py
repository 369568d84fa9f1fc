"""English ideas as people type them become clean sentences."""

from __future__ import annotations

import re

from ..cleaning import finished, join, sentences, spelled_out, straightened, words_of
from .lexicon import lexicon, speech, word_set
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS

__all__ = [
    "clean",
    "is_introduction",
    "join",
    "parts",
    "plain_start",
    "plain_subject",
    "title_case",
    "without_steps",
    "words_of",
]

_ORDER = (
    r"(?i)^(?:(?:hey|hi|hello|dear \w+)\b[,!.]?\s+)?"
    r"(?:please\s+|can you\s+|could you\s+|would you\s+)*"
    r"(?:(?:i\s+(?:want|need)|i'd like|i would like|let's|give me|make(?: me)?|create|write|produce"
    r"|generate|do|show me|tell me)(?:\s+(?:to\s+)?(?:make|create|see|have))?\s+)?"
    r"(?:(?:a|an|the|my|some)\s+)?(?:[\w-]+\s+){0,4}?"
    r"(?:film|video|movie|clip|reel|short|story|tale|documentary|explainer|ad|advert|commercial"
    r"|trailer|poem|news report|report|listicle|screenplay|script)"
    r"\s+(?:about|on|of|for|where|in which|that shows|showing|explaining|telling|following)\s+"
)
_TO_ME = r"(?i)^(?:explain|describe|tell|show)\s+(?:to\s+)?(?:me|us)\s+(?:about\s+)?"
_EXPLAIN = (
    r"(?i)^(?:explain|describe|introduce|explore|discover|present|explaining|introducing|exploring)\s+"
    r"(?!to\b)(.+?)(?:\s+to\s+(?:a|an|my|your|our)\s[\w-]+(?:\s[\w-]+){0,2})?$"
)
"""What is to be explained, without to whom: "compound interest"."""
_PLAINLY = (
    r"(?i)\s+(?:in (?:plain|simple|easy|other) (?:words|terms|language|english)|in a nutshell"
    r"|explained(?: simply| (?:for|to|in) [\w' ]+)?|made (?:easy|simple)|step by step|101"
    r"|,? ?(?:but )?for (?:my|your|a|an|complete|absolute|total|busy) [\w ]+"
    r"|for (?:\w+ )?(?:kids|children|beginners|dummies|teenagers|pupils)"
    r"|in (?:under )?(?:\d+|a|one|two|three|five|ten|sixty) (?:minutes?|seconds?))$"
)
_INTRO = (
    r"(?i)^(?:an? |the )?(?:(?:quick|short|brief|simple|basic|beginner'?s'?) )*"
    r"(?:intro(?:duction)? to|basics of|guide to|crash course (?:in|on)|overview of"
    r"|lesson (?:on|about|in)|primer on)\s+"
)
_AUDIENCE = (
    r"(?i)[,:]?\s+\(?(?:for )?(?:grade|year|class) \d+\)?$"
    r"|[,:]?\s+for (?:\w+[ -]year[ -]olds?|\d+(?:st|nd|rd|th)[ -]?grade(?:rs)?"
    r"|teenagers|teens|adults|seniors|students|pupils)$"
)
_STEPS = (
    r"(?i)\s*\(?\b(?:in|just) (?:\w+ )?(?:\d+|two|three|four|five|six|seven) (?:\w+ )?steps\)?$"
)
_GREETING = (
    r"(?i)^(?:(?:so|ok|okay|well|hey),?(?=\s+(?:what|why|how|who|when|where|is|are|do|does|can)\b)"
    r"|(?:an? )?(?:ode|hymn) to|elegy for|meet|introducing|presenting|this is|here is"
    r"|say hello to)\s+"
)
_META = (
    r"(?i)^(?:it (?:should|must|needs|has to)"
    r"|the (?:film|video|movie|clip|tone|style|mood|music|ending|voice|narrator|narration|look)\b"
    r"|(?:it'?s|this is) for\b|thanks\b|thank you\b|please|use "
    r"|make (?:it|sure|the)|keep (?:it|the)|i want|i'd like|i would like|we want|add "
    r"|include|no (?:text|music|dialogue|voice)|style:|tone:|target|duration|length"
    r"|don't (?:use|show)"
    r"|(?:just |only )?for (?:kids|children|adults|beginners|teens|teenagers|students)[.! ]*$)"
)
_ABBREVIATION = (
    r"(?i)\b(?:mr|mrs|ms|dr|st|prof|jr|sr|vs|etc|no|u\.s|e\.g|i\.e|[a-z]\.(?:[a-z]\.)*[a-z])\.$"
)
_SHORTEST_TITLE = 3
_ANYBODY = word_set("nobody everybody everyone somebody someone who that")
_SMALL = word_set(
    "de la du a an the and but or nor of in on at to for from by with as into vs per via than"
)


_ASKS_IS = r"(?i)\b(?:(what|who|where|how|why|when)'s|(what|who|where|how)s)\b"


def clean(idea: str) -> str:
    """Straighten quotes, shouting, lower-case names and common misspellings."""
    text = straightened(spelled_out(idea, conjunction="and"))
    text = re.sub(r"(?i)\bvs\.? (?=\w)", "versus ", text)
    # The stop of "3 a.m." would end a sentence.
    text = re.sub(r"\b(\d[\d:]*) ?([apAP])\.?[mM]\b(?:\.(?= [a-z]))?", _hour, text)
    text = re.sub(_ASKS_IS, r"\1\2 is", text)
    words = [_word(word) for word in _untitled(text).split()]
    return " ".join(map(_placed, ["", *words], words))


def _hour(match: re.Match[str]) -> str:
    return f"{match[1]}{match[2].lower()}m"


def _untitled(text: str) -> str:
    """A sentence typed as a title, "Nobody Leaves The Room", in small letters; names stay."""
    words = re.findall(r"[^\W\d]+(?:'[^\W\d]+)?", text)
    if len(words) < _SHORTEST_TITLE or not all(map(str.istitle, words)):
        return text
    sets = lexicon().sets
    small = sets["function"] | NUMBERS | DETERMINERS | PREPOSITIONS | _ANYBODY
    known = all(word.lower() in small or speech(word.lower()) for word in words)
    proper = sets["proper"] | sets["men"] | sets["women"]
    named = any(word.lower() in proper or len(word) == 1 for word in words[1:])
    return text[:1] + text[1:].lower() if known and not named else text


def _placed(before: str, word: str) -> str:
    """A place that was typed small: no dictionary knows "innsbruck" behind "near"."""
    core = word.strip(".,;:!?()")
    unknown = core.islower() and core.isalpha() and len(core) > 3 and not speech(core)
    sets = lexicon().sets
    known = sets["mass"] | sets["function"] | sets["plural"] | NUMBERS | DETERMINERS | PREPOSITIONS
    joined = any(speech(core[:at]) and speech(core[at:]) for at in range(3, len(core) - 2))
    unknown = unknown and core not in known and not joined
    return (
        word.replace(core, core.capitalize(), 1) if unknown and before in ("in", "near") else word
    )


def _word(word: str) -> str:
    core = word.strip(".,;:!?()")
    if not core:
        return word
    low = core.lower()
    sets = lexicon().sets
    if core in ("i", "i'm", "i've", "i'll", "i'd"):
        fixed = core.capitalize()
    elif low in sets["acronym"] and (core.islower() or core.isupper()):
        fixed = low.upper() if low != "wifi" else "WiFi"
        fixed = core if low == "us" or (low in ("ii",) and core.islower()) else fixed
    elif core.endswith("'s") and low[:-2] in sets["acronym"]:
        fixed = low[:-2].upper() + "'s"
    elif core.islower() and (
        {low, low.removesuffix("'s")} & sets["proper"]
        or (low.endswith("days") and low[:-1] in sets["proper"])
    ):
        fixed = core if low in ("march", "may", "turkey", "china", "earth") else core.capitalize()
    elif core.islower() and low in (sets["men"] | sets["women"]) - sets["noun_names"]:
        fixed = core.capitalize()
    elif core.islower() and low in lexicon().spelling:
        fixed = lexicon().spelling[low]
    else:
        return word
    return word.replace(core, fixed, 1)


def parts(text: str) -> tuple[str, list[str]]:
    """Split an idea into its premise and the user's further sentences, without their orders."""
    raw = sentences(text, _ABBREVIATION)
    told = [piece for piece in raw if not re.match(_META, piece)] or raw
    premise = re.sub(_ORDER, "", told[0]).strip() or told[0]
    premise = re.sub(_TO_ME, "", premise) or premise
    premise = re.sub(_EXPLAIN, r"\1", re.sub(_GREETING, "", premise).strip()) or premise
    further = [finished(piece) for piece in told[1:] if len(piece.split()) > 1]
    return premise, further


def is_introduction(sentence: str) -> bool:
    """Whether a sentence brings what is sold: "Introducing Lumo", "Meet Lumo"."""
    return re.match(_GREETING, sentence) is not None


def plain_start(sentence: str) -> str:
    """A sentence without its "Introducing"."""
    return re.sub(_GREETING, "", sentence)


def plain_subject(premise: str) -> str:
    """What is to be explained, without how or to whom: "photosynthesis in plain words"."""
    bare = re.sub(_AUDIENCE, "", re.sub(_INTRO, "", premise.rstrip(".! ")))
    return re.sub(_PLAINLY, "", re.sub(_STEPS, "", bare)).rstrip(" ,") or premise


def without_steps(premise: str) -> str:
    """A task without how many steps it has: "change a tyre (in 6 steps)"."""
    return re.sub(_STEPS, "", premise.rstrip(".! ")) or premise


def title_case(text: str) -> str:
    """English title case; what is capitalised inside stays as it is."""
    words = text.split()
    last = len(words) - 1
    return " ".join(
        word
        if any(letter.isupper() for letter in word)
        else word
        if index and words[index - 1][-1].isdigit() and len(word) < _SHORTEST_TITLE
        else word
        if word.lower() in _SMALL and index not in (0, last)
        else "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
        for index, word in enumerate(words)
    )
