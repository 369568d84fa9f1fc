"""German ideas as people type them become clean sentences: umlauts, capitals, commas."""

from __future__ import annotations

import re

from ..cleaning import finished, sentences, spelled_out, straightened
from .commas import with_commas_set
from .lexicon import lexicon
from .tagging import nouns_in
from .verbs import looks_finite

__all__ = ["as_task", "clean", "marked", "parts"]

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
_GRADE = (
    r"(?i)(?:, f\u00fcr (?:\w+j\u00e4hrige|kinder|anf\u00e4nger|jugendliche|sch\u00fcler)"
    r"|,? \(?(?:f\u00fcr )?(?:die )?(?:klasse \d+|\d+\. klasse)\)?)$"
)
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
_WHAT_IF = r"(?i)(?:(?:und )?was w\u00e4re,? wenn|und wenn) .*\w"
_OPENING = frozenset(
    ["wenn", "weil", "dass", "ob", "als", "wie", "was", "warum", "wieso", "weshalb", "wann", "wo"]
)
"""What begins a clause that ends in its verb."""
_STOPS = frozenset(",.?!")
_UMLAUTS = {"ae": "\u00e4", "oe": "\u00f6", "ue": "\u00fc"}


def clean(idea: str) -> str:
    """Straighten quotes, dashes and shouting; write umlauts and the capitals of nouns."""
    text = straightened(spelled_out(idea, conjunction="und"), drop="\u201f^~")
    if not re.search("[\u00e4\u00f6\u00fc\u00df\u00c4\u00d6\u00dc]", text):
        text = " ".join(_umlauts(word) for word in text.split())
    if text == text.lower() or (len(text.split()) > 3 and text[1:] == text[1:].lower()):
        text = _capitals(text)
    return with_commas_set(_branded(marked(text)))


def marked(text: str) -> str:
    """The question "was w\u00e4re, wenn ..." with its mark, without which it is often typed."""
    return f"{text}?" if re.fullmatch(_WHAT_IF, text) else text


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


_LETTERS = frozenset(
    (
        "wlan",
        "usb",
        "pdf",
        "tv",
        "ki",
        "eu",
        "usa",
        "dna",
        "dns",
        "lkw",
        "pkw",
        "gps",
        "nasa",
        "led",
    )
)
"""Nouns that are read letter by letter, and written large."""


def _large(noun: str) -> str:
    """A noun with its capitals: "Sprachlern-App", "WLAN"."""
    if noun in _LETTERS:
        return noun.upper()
    first, *middle, last = noun.split("-") if "-" in noun else (noun, "")
    known = [each.capitalize() if each in lexicon().forms else each for each in middle]
    return "-".join(filter(None, [first[:1].upper() + first[1:], *known, last.capitalize()]))


def _ends_in_verbs(words: list[str]) -> set[int]:
    """Where a clause of "ich" or "wir" ends in its verb: "wenn ich laufen hasse"."""
    verbs: set[int] = set()
    who = ""
    for at, word in enumerate(words):
        opened = at > 0 and words[at - 1] in _OPENING
        who = "" if word in _STOPS else word if opened and word in ("ich", "wir") else who
        ended = at + 1 == len(words) or words[at + 1] in _STOPS
        ours = who == "wir" and word.endswith(("en", "eln", "ern"))
        mine = who == "ich" and word.endswith("e") and f"{word}n" in lexicon().infinitives
        if ended and (ours or mine):
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
    premise = _asked_for_oneself(premise)
    wished = re.match(_WISHED, premise)
    premise = wished[1][:1].upper() + wished[1][1:] if wished else premise
    asked = re.match(_HOW_TO, premise)
    return asked[1][:1].upper() + asked[1][1:] if asked else premise


def _asked_for_oneself(premise: str) -> str:
    """ "Wie erkl\u00e4re ich meinem Sohn den Tod?" as what is done, to "deinem Sohn"."""
    asked = re.match(r"Wie (\w+)e ich ([^,]+?)\??$", premise)
    if not asked:
        return premise
    words = re.sub(r"\bmein(?=e?[mnrs]?\b)", "dein", asked[2]).split()
    prefix = words[-1] if words[-1] in lexicon().sets["prefixes"] else ""
    base = f"{prefix}{asked[1]}en"
    known = {base, f"{asked[1]}en"} & lexicon().infinitives
    own = {"mich", "mir", "ich"} & set(words)
    if not known or own or len(words) < 2:
        return premise
    done = " ".join([*(words[:-1] if prefix else words), base])
    return f"{done[:1].upper()}{done[1:]}"


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
    premise = re.sub(_GRADE, "", premise) or premise
    premise = re.sub(_IN_STEPS, "", re.sub(_COURSE, "", premise))
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
