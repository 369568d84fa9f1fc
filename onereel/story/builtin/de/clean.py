"""German ideas as people type them become clean sentences: umlauts, capitals, commas."""

from __future__ import annotations

import re

from ..cleaning import finished, sentences, spelled_out, straightened
from .lexicon import lexicon
from .tagging import nouns_in
from .verbs import looks_finite

__all__ = ["as_task", "clean", "parts"]

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
_ASKED_FOR = (
    r"(?i)^(?:(?:hallo|hi|hey|moin|guten (?:tag|morgen|abend))[,!.]?\s+)?(?:bitte\s+)?"
    r"(?:kannst|k\u00f6nntest|k\u00f6nnt|k\u00f6nnten|w\u00fcrdest)\s+(?:du|ihr|sie)\s+(?:(?:mir|uns|bitte|mal)\s+)*"
    rf"(?:ein(?:e|en)?\s+)?(?:[\w-]+\s+){{0,2}}?{_KIND}\s+(?:dar\u00fcber\s+)?"
    r"(?:machen|erstellen|drehen|schreiben|produzieren)\s*,?\s+(?:in dem\s+)?"
)
"""What only asks for the film: "Kannst du mir ein Video dar\u00fcber machen, wie ...?"."""
_DARUEBER = (
    r"(?i)^(?:bitte\s+)?(?:(?:mach|erstell|schreib|dreh|produzier)e?(?:\s+(?:mir|uns|bitte|mal))*"
    r"|ich\s+(?:m\u00f6chte|will|brauche|h\u00e4tte gern))"
    rf"\s+(?:ein(?:e|en)?\s+)?(?:[\w-]+\s+){{0,2}}?{_KIND}\s+(?:dar\u00fcber|davon|dazu)\s*,?\s+"
)
"""The same as an order: "Bitte mach ein Video dar\u00fcber, wie ..."."""
_BROUGHT = (
    r"(?i)^(?:das ist|hier ist|hier kommt|neu:|jetzt neu:|darf ich vorstellen:)\s+"
    r"(?=[A-Z\u00c4\u00d6\u00dc][\w-]*, (?:ein|eine|der|die|das)\b)"
)
"""What brings a name and what it is: "Das ist Lumo, die Lampe"."""
_ODE = r"(?i)^(?:eine? )?(?:kleine |kurze )?(?:ode|hymne|loblied|lobgesang|elegie) (?:an|auf)\s+"
"""What a poem is about stands behind it in the accusative."""
_ABOUT = r"(?i)^(?P<by>\u00fcber)\s+(?=\S)"
_EXPLAIN = (
    r"(?i)^(?:bitte\s+)?(?:erkl\u00e4r|zeig|sag|erz\u00e4hl)e?(?:\s+(?:mir|uns|mal|bitte|doch|einmal))*\s*,\s*"
    r"(?=(?:wie|warum|wieso|weshalb|was|wer|wo|woher|wann|wozu)\b)"
)
_EXPLAIN_THIS = r"(?i)^(?:bitte\s+)?erkl\u00e4re?(?:\s+(?:mir|uns|mal|bitte))*\s+(?=\S)"
_EXPLAINED = (
    r"(?i),?\s+(?:ganz\s+|kurz\s+und\s+)?(?:einfach|kurz|leicht|schnell|verst\u00e4ndlich"
    r"|in (?:nur )?\w+ (?:Minuten?|Sekunden?|Satz|S\u00e4tzen|Worte?n?|Schritte?n?))"
    r"\s+(?:erkl\u00e4rt|gemacht)$"
)
_PLAINLY = (
    r"(?i),? (?:erkl\u00e4rt|kurz und knapp|(?:im|in der) \u00dcberblick|auf einen Blick"
    r"|in (?:Kurzform|aller K\u00fcrze|K\u00fcrze)"
    r"|in (?:einfachen|wenigen|klaren|eigenen) (?:Worten|S\u00e4tzen))$"
)
_BRIEFLY = r"(?i)^((?:\S+ ){0,3}\S+) in (?:\d+ sekunden|einer minute)$"
"""How long the film is, behind a few words of what it is about."""
_GRADE = r"(?i),? (?:\(?(?:f\u00fcr )?(?:die )?(?:klasse \d+|\d+\. klasse)\)?)$"
"""Whom a lesson is for: "Wasserkreislauf, Klasse 4"."""
_STEPS = r"(?i)^in \w+ (?:\w+en )?schritten\s+(?=(?:\S+ ){1,6}\w+en$)"
_IN_STEPS = r"(?i)\s*\(?\bin (?:nur )?\w+ (?:\w+en )?schritten\)?$"
_COURSE = (
    r"(?i)^(?:(?:ein(?:e)?|kurze?r?|kleine?r?) )*"
    r"(?:grundkurs|crashkurs|schnellkurs|kurs|einf\u00fchrung|lektion)"
    r"(?: (?:in|zu|zum|\u00fcber|:))?(?: (?:die|das|den|der))? "
    r"(?=[A-Z\u00c4\u00d6\u00dc]\w+(?:$| f\u00fcr\b))"
)
"""What only says that something is taught: "Grundkurs Zinseszins f\u00fcr Jugendliche"."""
_META = (
    r"(?i)^(?:der (?:film|ton|stil|clip)\b|das (?:video|ende)\b|die (?:stimmung|musik|stimme)\b"
    r"|bitte\b|mach\b|kein(?:e)? (?:text|musik)|stil:|ton:|dauer|l\u00e4nge|es soll(?:te)?\b"
    r"|ich (?:m\u00f6chte|will)\b"
    r"|(?:es|das) ist f\u00fcr\b"
    r"|(?:nur )?f\u00fcr (?:\w*kinder|anf\u00e4nger|erwachsene|jugendliche|teenager|alle)[.! ]*$"
    r"|(?:vielen |herzlichen )?dank(?:e)?\b)"
)
_ABBREVIATION = (
    r"(?i)\b(?:dr|prof|hr|fr|st|z\.b|d\.h|bzw|ca|nr|usw)\.$"
    r"|\b(?:d(?:er|ie|as|en|em|es)|am|zum|zur|vom|bis|seit"
    r"|(?:[mdsk]?ein|ihr|unser|eur)(?:e[mnrs]?)?)\s\d{1,3}\.$"  # "die 7. Klasse", "meinem 30."
)
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
    text = re.sub(r"^([A-Z]\w*[A-Z]\w*) ist (?=(?:ein|eine|der|die|das) )", r"\1: ", text)
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


def _large(noun: str) -> str:
    """A noun with its capitals: "Sprachlern-App"."""
    first, *middle, last = noun.split("-") if "-" in noun else (noun, "")
    known = [each.capitalize() if each in lexicon().forms else each for each in middle]
    return "-".join(filter(None, [first[:1].upper() + first[1:], *known, last.capitalize()]))


def _ends_in_verbs(words: list[str]) -> set[int]:
    """Where a clause of "ich" ends in its verb: "wenn ich laufen hasse"."""
    verbs: set[int] = set()
    begun = False
    for at, word in enumerate(words):
        opened = at > 0 and words[at - 1] in ("wenn", "weil", "dass", "ob", "als", "wie", "was")
        begun = (begun and word not in (",", ".", "?", "!")) or (word == "ich" and opened)
        ended = at + 1 == len(words) or words[at + 1] in (",", ".", "?", "!")
        if begun and ended and word.endswith("e") and f"{word}n" in lexicon().infinitives:
            verbs.add(at)
    return verbs


def _capitals(text: str) -> str:
    """Give the nouns of an idea typed in small letters their capitals."""
    pieces = re.findall(r"[\w'-]+|\s+|[^\w\s]", text.lower())
    words = [piece for piece in pieces if not piece.isspace()]
    found = nouns_in(words)
    verbs = _ends_in_verbs(words)
    capitals = (capital and at not in verbs for at, capital in enumerate(found))
    noun = (not piece.isspace() and next(capitals) for piece in pieces)
    return "".join(
        _large(piece) if large else piece for piece, large in zip(pieces, noun, strict=True)
    )


_RELATIVE = r"(?:die|denen) (?:ich|du|man|wir|ihr|es|niemand|keiner|jeder|fast jeder|kaum jemand)"
"""What opens a relative clause of many, and nothing else: "Dinge die ich gern gewusst haette"."""
_WITHOUT = (
    r"(?:ohne|statt|anstatt) (?:[\w-]+ ){0,5}?(?:zu \w+en|(?:durch|ab|an|auf|aus|ein|zu|um)zu\w+n)"
)
"""An infinitive that ends an idea: "ohne durchzudrehen"."""
_TRYING = (
    "versucht|versuchen|beschlie\u00dft|beschlie\u00dfen|hofft|hoffen|plant|planen|wagt|wagen|droht|drohen"
    "|vergisst|vergessen|verspricht|versprechen"
)
_ASKED = "(?:wo|wie|was|wann|warum|woher|wohin)"
_ONE_CONJUNCTION = (
    "ohne|statt|anstatt|au\u00dfer|so|als|auch|nur|selbst|gerade|vor allem|immer"
    "|erst|und|oder|wie|denn|egal|genau|fast|kurz|lange|noch|sogar|besonders|jedes Mal"
)


_LAST_RELATIVE = (
    r"(?<=\w )([A-Z\u00c4\u00d6\u00dc][\w-]+) "
    r"(?=(?:der|die|das) (?:[a-z\u00e4\u00f6\u00fc\u00df]+ ){0,3}"
    r"[a-z\u00e4\u00f6\u00fc\u00df]+t[?.!]*$)"
)
"""What a noun does, at the end of an idea: "einen Papierflieger der wirklich fliegt"."""
_CORRELATED = (
    r"(?i)^((?:ist|war|w\u00e4re|wird|lohnt sich|macht|hilft) es [\w-]+|lohnt es sich)"
    r" (?=(?:[\w-]+ ){1,7}(?:zu \w+n|\w{2,}zu\w+n)[?.! ]*$)"
)
"""What a clause with "zu" says more of: "Ist es gef\u00e4hrlich, jemanden zu wecken"."""


def _commas(text: str) -> str:
    """Set the comma in front of clauses where the user left it out."""
    text = re.sub(
        r"\b([\u00dc\u00fc]ber|[Ff]\u00fcr|[Dd]urch)s (?=[A-Z\u00c4\u00d6\u00dc])", r"\1 das ", text
    )
    text = re.sub(r"(?<=[\w]) (?=(?:ohne|statt|anstatt|au\u00dfer) dass\b)", ", ", text)
    text = re.sub(r"(?<=[\w]) (?=um (?:[\w-]+ ){0,8}?(?:zu \w+en\b|\w+zu\w+en\b))", ", ", text)
    text = re.sub(
        r"(\b[A-Z\u00c4\u00d6\u00dc][\w-]+) (?=(?:warum|weshalb|wieso) \w)", r"\1, ", text
    )
    text = re.sub(rf"(\b[A-Z\u00c4\u00d6\u00dc][\w-]*) (?={_RELATIVE}\b)", r"\1, ", text)
    text = re.sub(_LAST_RELATIVE, r"\1, ", text)
    text = re.sub(_CORRELATED, r"\1, ", text)
    text = re.sub(rf"\b({_TRYING}) (?=(?:[\w-]+ ){{1,6}}zu \w+n\.?$)", r"\1, ", text)
    # "Er zaudert, springt aber": there "aber" joins nothing.
    text = re.sub(r"(, \w+) (?=(?:aber|doch) \w)", "\\1\u00a0", text)
    text = re.sub(
        r"(?<=[\w])(?<!\bum) "
        r"(?=(?:aber|doch|weil|dass|obwohl|damit|sobald|wenn|bevor|nachdem|falls) \w)",
        ", ",
        text,
    ).replace("\u00a0", " ")
    text = re.sub(rf"(?<=\w) (?={_WITHOUT}$)", ", ", text)
    # "ohne dass", "auch weil" are one conjunction.
    text = re.sub(rf"(?<=\w) (?={_ASKED} (?:er|sie|es|man|ich|du|wir|ihr) )", ", ", text)
    return re.sub(
        rf"(?i)\b({_ONE_CONJUNCTION}), (?=(?:dass|weil|damit|wenn|bevor|{_ASKED})\b)", r"\1 ", text
    )


_HOW_TO = (
    r"(?i)^wie (?:kann|k\u00f6nnte|soll|sollte|muss|darf) (?:ich|man|wir|du) (?:am besten )?"
    r"(\w.+ \w+n)\??$"
)


_WISHED = (
    r"(?i)^ich (?:w\u00fcrde gern|m\u00f6chte|m\u00f6chte gern|will|w\u00fcsste gern)"
    r"(?: wissen| lernen| erfahren)?, (wie man .+)$"
)


def as_task(premise: str, template: str) -> str:
    """What a guide that asks how something can be done is about: "schneller einschlafen"."""
    if template not in ("howto", "lesson"):
        return premise
    wished = re.match(_WISHED, premise)
    premise = wished[1][:1].upper() + wished[1][1:] if wished else premise
    asked = re.match(_HOW_TO, premise)
    return asked[1][:1].upper() + asked[1][1:] if asked else premise


def parts(text: str) -> tuple[str, str, list[str]]:
    """Split an idea into its premise, the preposition that governs it, and further sentences."""
    asked = re.match(_ASKED_FOR, text) or re.match(_DARUEBER, text) or re.match(_BROUGHT, text)
    if asked:
        text = text[asked.end() :].replace("?", ".", 1)
        text = text[:1].upper() + text[1:]
    raw = sentences(text, _ABBREVIATION)
    told = [raw[0], *(piece for piece in raw[1:] if not re.match(_META, piece))]
    match = re.match(_ORDER, told[0]) or re.match(_ABOUT, told[0])
    premise = told[0][match.end() :].strip() if match else told[0]
    by = match["by"].lower() if match else ""
    ode = re.match(_ODE, premise)
    if ode:
        premise, by = premise[ode.end() :], "\u00fcber"
    elif not match:
        premise, by = _without_order(premise)
    premise = re.sub(_PLAINLY, "", re.sub(_EXPLAINED, "", premise.rstrip(".!")))
    premise = re.sub(_BRIEFLY, r"\1", re.sub(_STEPS, "", premise))
    premise = re.sub(r",? Schritt f\u00fcr Schritt$", "", premise)
    premise = re.sub(_IN_STEPS, "", re.sub(_COURSE, "", premise))
    premise = re.sub(_GRADE, "", premise) or premise
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
