"""French ideas as people type them become clean sentences."""

from __future__ import annotations

import re

from ..cleaning import finished, sentences, straightened
from .accents import accented, capital, cut, ligature, restored, without_has
from .lexicon import gender_by_end, lexicon, singular_of
from .typography import polish

__all__ = ["clean", "parts", "sentence"]

_KINDS = (
    r"(?:court[- ]m\u00e9trages?|films?|vid\u00e9os?|clips?|reels?|courts?|documentaires?"
    r"|reportages?|histoires?|contes?|r\u00e9cits?|bandes?-annonces?|publicit\u00e9s?|pubs?"
    r"|po\u00e8mes?|listes?|sc\u00e9narios?)"
)
_ORDER = (
    r"(?i)^(?:s'il (?:te|vous) pla\u00eet,?\s+)?"
    r"(?:(?:je (?:veux|voudrais|souhaite)|j'aimerais|fais(?:-moi)?|faites(?:-moi)?|cr\u00e9ez"
    r"|cr\u00e9e(?:-moi)?|raconte(?:z|-moi)?|\u00e9cri(?:s|vez)(?:-moi)?|montre(?:z|-moi)?)"
    r"\s+(?:voir\s+|faire\s+)?)?"
    rf"(?:(?:une?|le|la|ton|mon)\s+|l')(?:[\w-]+\s+){{0,2}}?{_KINDS}(?:\s+[\w-]+){{0,2}}?\s+"
    r"(?P<joint>sur|\u00e0 propos de|\u00e0 propos d'|de|d'|du|des|o\u00f9|qui raconte"
    r"|qui montre|qui explique)\s?"
)
_ABOUT = (
    rf"(?i)^(?:{_KINDS}\s+(?=sur|\u00e0 propos)"
    r"|portraits?\s+(?=d'une?\s|de (?:deux|trois|quatre|cinq|six)\s))"
    r"(?P<joint>sur|\u00e0 propos de|\u00e0 propos d'|d'|de)\s?(?=\w)"
)
"""What a film is, in front of what it is about: "reportage sur les pompiers"."""
_EXPLAIN = (
    r"(?i)^(?:(?:explique|raconte|d\u00e9cris|pr\u00e9sente|montre|dis)"
    r"(?:(?:-moi|-nous|z-moi|z-nous)\s|z?\s(?=(?:l[ea]s?|l'\w+|une?|des|du|ce|cette|ces|qui|que|mon"
    r"|ma|mes|notre|nos|comment|pourquoi|quand|o\u00f9)\s))"
    r"|(?:parle|parlez)(?:-moi|-nous)?\s+(?P<joint>de la|de l'|de|d'|du|des))\s*(?=\w)"
)
"""What only asks the film maker to explain; the idea is what stands behind it."""
_LABEL = (
    r"(?i)^(?:(?:petit|mini)[- ])?(?:cours|le\u00e7on|tuto(?:riel)?|atelier|expos\u00e9|fiche"
    r"|r\u00e9vision|chapitre|module|vid\u00e9o|sujet|th\u00e8me|projet|id\u00e9e|grammaire|conjugaison"
    r"|orthographe|math|math\u00e9matique|physique|chimie|biologie|g\u00e9ographie|philo|philosophie|formation"
    r"|masterclass|webinaire|conf\u00e9rence)s?"
    r"\b[^:,.]{0,30}:\s*(?=\w.{3})"
)
"""What kind of lesson it is, in front of what it is about: "cours d'histoire : la Commune"."""
_AUDIENCE = (
    r"(?i),?\s+(?:(?:bien |simplement )?(?:expliqu|racont)\u00e9e?s?\s+)?(?:pour|\u00e0|aux)\s+"
    r"(?:(?:les?|la|des?|une?|mes|mon|ma|tous)\s+|l')?(?:(?:jeunes|petits|grands|classe de)\s+)*"
    r"(?:enfants?|\u00e9l\u00e8ves?|d\u00e9butante?s?|nuls|novices?|ados?|adolescente?s?|petits"
    r"|coll\u00e9giens?|lyc\u00e9ens?|\u00e9tudiants?|parents|seniors?|fils|fille|neveu|ni\u00e8ce"
    r"|coll\u00e8gues?|c[em][12]|cp|[3-6](?:e|\u00e8|\u00e8me)|terminale|seconde|premi\u00e8re"
    r"|primaire|coll\u00e8ge|lyc\u00e9e)\b(?:\s(?:de|en|du) [^,:;?!]{1,20})?(?=\s*[?.!]?$)"
)
"""Whom a lesson is for: "aux enfants de 8 ans", "pour les d\u00e9butants", "\u00e0 des CM1"."""
_DONE_TO = (
    r"(?i)(?:comment |pourquoi )?(?:(?:bien|mieux) )?(?:faire|donner|apprendre|enseigner|lire"
    r"|offrir|parler|dire|montrer|annoncer|r\u00e9pondre|raconter) .*\b\u00e0 (?!des\b)"
)
"""What is done to somebody, whom the task cannot do without."""
_BRIEFLY = (
    r"(?i),?\s+(?:bien |simplement )?(?:expliqu|racont|r\u00e9sum)(?:\u00e9|e)e?s?"
    r"(?:\s+(?:simplement|facilement|clairement|en (?:une|\d+) (?:minutes?|secondes)))?(?=[.!]?$)"
)
"""What says how long or how simple the film is, nothing of what it is about."""
_TITLE = r"(?i)^(?:le |la |l').*\s(?:de|d'|du|des)\s?$"
"""No order, but what a story is called: "l'histoire secr\u00e8te du chewing-gum"."""
_META = (
    r"(?i)^(?:(?:le|la|les|l')\s?(?:film|vid\u00e9o|ton|style|ambiance|musique|voix|images?|clip)\b"
    r".*\b(?:doit|doivent|est|sont|sera)\b"
    r"|(?:ton|style|dur\u00e9e|format|musique|ambiance)\s*:|ajoute|utilise|fais|faites|je veux"
    r"|je voudrais|j'aimerais|pas de (?:texte|musique|voix|dialogue)|il faut que (?:le|la)"
    r"|\u00e7a doit|merci)"
)
_LONGEST_NAME = 5
_FEWEST_LINED = 3
_ASIDE = (
    r"(?i)^(recette|d\u00e9finition|prix|avis|sympt\u00f4mes) (?!d[eu']|des\b)"
    r"([^,:;?!\W][^,:;?!]*)$"
)
_GUIDED = (
    r"(?i)^([^,:;?!]+\w)(?<! pour)(?<! aux)(?<! les) ((?:mode d'emploi|tuto(?:riel)?|en bref"
    r"|faq|guide(?: pratique| complet)?|les bases|pas \u00e0 pas|d\u00e9butants?)\.?)$"
)
_WHAT_IS = r"(?i)^qu[' ]?est[- ]?ce que "
_LETTERED = r"(?i)\b((?:vitamine|h\u00e9patite)s?) ([a-k])\b(?!['\u2019])"
""""Vitamine d", which elides nothing."""
_ARTICLES = ("un", "une", "le", "la", "l")
_ABBREVIATION = r"(?i)\b(?:m|mm|mme|mlle|dr|st|ste|etc|av)\.$"

_SIGNED = (
    r"^\s*[\"\u00ab\u201c]\s*(.+?)[\s.]*[\"\u00bb\u201d]\s*(?:-+|\u2013|\u2014|,|\()\s*"
    r"([A-Z\u00c0-\u00dd][\w.'\u2019 -]+?)\)?\s*$"
)
"""Somebody's words, and their name behind them."""


def clean(idea: str) -> str:
    """Straighten quotes and shouting, and give hasty spelling its accents back."""
    idea = re.sub(_SIGNED, r"\2 : \1", idea)
    text = straightened(idea, drop="~")
    text = re.sub(_LETTERED, lambda match: f"{match[1]} {match[2].upper()}", text)
    text = re.sub(r" (?=[,.;:!?])", "", text)
    text = re.sub(r"(?i)\b((?:qu')?est) ce (?=que |qu')", r"\1-ce ", text)
    text = re.sub(_WHAT_IS, "qu'est-ce que ", text)
    words = [ligature(word) for word in text.split()]
    known = lexicon().known
    if text.isascii():
        words = restored(words)
    else:
        # Where some accents are there, only what is no word without them lacks others.
        words = [word if cut(word)[1].lower() in known else accented(word) for word in words]
    words = [
        typed if at and typed[:1].isupper() and not _is_place(word) else word
        for at, (typed, word) in enumerate(zip(text.split(), words, strict=True))
    ]
    words = _turned(_hyphened(without_has(words)))
    words = _called([capital(word) for word in words])
    if len(words) > 1 and words[0] in ("A", "a"):
        words[0] = "\u00c0" if words[0] == "A" else "\u00e0"  # no idea begins with a verb
    return " ".join(words)


def _is_place(word: str) -> bool:
    """Whether a capital in the middle is that of a place or person whose accents are known."""
    low, known = cut(word)[1].lower(), lexicon()
    return low in known.sets["towns"] | known.sets["lands"] | set(known.names)


def _hyphened(words: list[str]) -> list[str]:
    """The hyphens of "arc en ciel" and "ma grand m\u00e8re"."""
    found: list[str] = []
    at = 0
    while at < len(words):
        long, short = "-".join(words[at : at + 3]), "-".join(words[at : at + 2])
        core = short.lower().strip(",.!?")
        if words[at + 1 : at + 2] == ["en"] and long.lower().strip(",.!?") in lexicon().gender:
            found.append(long)
        elif (
            singular_of(core) in lexicon().persons and "-" in core and re.match("grand|petit", core)
        ):
            found.append(short)
        else:
            found.append(words[at])
        at += found[-1].count("-") - words[at].count("-") + 1
    return found


def _turned(words: list[str]) -> list[str]:
    """The hyphen of "pourquoi le pain rassis fait il": no pronoun stands behind a verb without."""
    asking = words[:1] and words[0].lower() in lexicon().sets["asking"]
    for at in range(len(words) - 2, 1, -1) if asking else ():
        verb, who = words[at].lower(), words[at + 1].lower()
        led = words[at - 1].lower() in lexicon().sets["conjunctions"] | {"que"}
        if verb in lexicon().singular and who in ("il", "elle") and not led:
            joint = "-" if verb[-1] in "td" else "-t-"
            words = [*words[:at], f"{words[at]}{joint}{who}", *words[at + 2 :]]
        elif verb in lexicon().plural and who in ("ils", "elles") and not led:
            words = [*words[:at], f"{words[at]}-{who}", *words[at + 2 :]]
    return words


def _called(words: list[str]) -> list[str]:
    """Capitals for first names typed without, and for the family names of somebody explained.

    "samira chante" and "rosa bonheur, une peintre": a word that means something else keeps its own.
    """
    known = lexicon()
    if any(word[:1].isupper() for word in words[1:]):
        return words
    comma = next((at + 1 for at, word in enumerate(words[:3]) if word.endswith(",")), 0)
    behind = [word.strip(",.") for word in words[comma : comma + 2]] if comma else []
    explained = len(behind) == 2 and behind[0] in _ARTICLES and behind[1] in known.persons
    explained = explained and words[0].strip(",").lower() in known.names
    taken = known.sets["adjectives"] | known.sets["prenominal"] | set(known.gender)
    named = [
        word.strip(",.!?") in known.names and word.strip(",.!?") not in {*taken, *known.singular}
        for word in words
    ]
    for at, word in enumerate(words[:2]):
        # "Mamie claudine part": behind her stands no other word that nobody knows.
        strange = word.isalpha() and word.lower() not in {*known.known, *known.plural, *taken}
        strange = strange and word.lower() not in known.singular  # "papi construit"
        named[at] |= bool(at) and words[0].lower() in known.sets["kin"] and strange
    return [
        word.capitalize() if named[at] or (explained and at < comma) else word
        for at, word in enumerate(words)
    ]


def parts(text: str, *, sold: bool = False, taught: bool = False) -> tuple[str, list[str]]:
    """Split an idea into its premise and the user's further sentences, without their orders.

    A lesson that is `sold` keeps what it is called: "cours de guitare : 12 le\u00e7ons". What is
    `taught` is not about those whom it is for.
    """
    raw = sentences(text, _ABBREVIATION)
    told = [piece for piece in raw if not re.match(_META, piece) or re.match(_ORDER, piece)] or raw
    if len(told) > 1 and re.fullmatch(r"\d{4}\.?", told[0]):
        # "1944. Une institutrice cache des enfants." says when, not what.
        told = [f"En {told[0].rstrip('.')}, {told[1][:1].lower()}{told[1][1:]}", *told[2:]]
    further = [
        sentence(piece) for piece in told[1:] if len(piece.split()) > 1 and not _signs(piece)
    ]
    premise = _keyed(re.sub(_ONCE, "", told[0]))
    bare = _without_order(premise if sold else re.sub(_LABEL, "", premise))
    done = re.match(_DONE_TO, bare)  # "faire manger des l\u00e9gumes \u00e0 mon enfant"
    bare = (re.sub(_AUDIENCE, "", bare) or bare) if taught and not done else bare
    shorter = len(bare.split()) <= _LONGEST_NAME and not sold
    return (re.sub(_BRIEFLY, "", bare) or bare) if shorter else bare, further


def _signs(piece: str) -> bool:
    """Whether a sentence is only the name of who said the one in front of it."""
    words = piece.strip(".!? ").split()
    small = ("de", "du", "des", "la", "le", "d'")
    if words[0].lower() in lexicon().sets["prepositions"] | lexicon().sets["conjunctions"]:
        return False  # "Sauf In\u00e8s."
    return len(words) <= _LONGEST_NAME and all(w[:1].isupper() or w in small for w in words)


_ONCE = r"(?i)^il (?:\u00e9tait|y avait) une fois,?\s+(?=une?\s|des\s|deux\s)"


def _without_order(premise: str) -> str:
    match = re.match(_ORDER, premise) or re.match(_ABOUT, premise)
    if match and re.match(_TITLE, match[0]):
        match = None
    match = match or re.match(_EXPLAIN, premise)
    if match is None or len(premise) - match.end() < 3:
        return premise
    if not match["joint"]:
        return premise[match.end() :]
    article = {"du": "le ", "des": "les ", "de la": "la ", "de l'": "l'"}.get(
        match["joint"].lower(), ""
    )
    return article + premise[match.end() :]


def _keyed(premise: str) -> str:
    """What somebody typed as into a search box, with the points that it lacks: "vaccin grippe
    avantages prix" asks about two sides of a thing."""
    guided = re.match(_GUIDED, premise)
    # "Guitare d\u00e9butants" is for them; "les jardiniers d\u00e9butants" are.
    described = guided and guided[2][:3] == "d\u00e9b" and any(map(_led, premise.split()))
    premise = premise if described else re.sub(_GUIDED, r"\1 : \2", premise)
    premise = re.sub(_ASIDE, r"\2 : \1", premise)
    words = premise.rstrip(".").split()
    aspects = lexicon().sets["aspects"]
    at = next((k for k, word in enumerate(words) if k and word.lower() in aspects), len(words))
    nouns = (singular_of(word.lower()) in lexicon().gender for word in words[at:])
    asked = (word.lower() in aspects or gender_by_end(word.lower()) != "" for word in words[at:])
    if not all(noun or side for noun, side in zip(nouns, asked, strict=True)):
        at = len(words)
    if re.search(r"[,:;?!]", premise):
        return premise
    if at == len(words):
        return _lined_up(words) or premise
    if not at or _led(words[at - 1]):
        return premise
    # "Le prix" and "quel avis" are asked for in a sentence; "secondaires" are the effects.
    points = ["" if word.lower() == "secondaires" else "," for word in words[at:]]
    told = "".join(f"{point} {word}" for point, word in zip(points, words[at:], strict=True))
    return f"{' '.join(words[:at])} :{told.lstrip(',')}"


def _lined_up(words: list[str]) -> str:
    """Three nouns and more without a word between them, with commas; "" for anything else."""
    low = [word.lower() for word in words]
    nouns = [singular_of(word) in lexicon().gender for word in low]
    others = lexicon().sets["adjectives"]
    plain = all(
        noun or word in others or (len(word) == 1 and word != "\u00e0") or word.isdigit()
        for noun, word in zip(nouns, low, strict=True)
    )
    typed = all(word.islower() or len(word) == 1 or word.isdigit() for word in words[1:])
    apart = sum(nouns) > 1 and not nouns[1]  # "compost thermique rendement"
    if not (plain and typed and nouns[0] and (sum(nouns) >= _FEWEST_LINED or apart)):
        return ""
    said = (f", {word}" if noun else f" {word}" for noun, word in zip(nouns, words, strict=True))
    return "".join(said).strip(", ")


def _led(word: str) -> bool:
    known = lexicon().sets
    small = known["determiners"] | known["prepositions"] | known["conjunctions"]
    return word.lower() in small | known["prenominal"] | {"quel", "quels", "quelles", "quelle"}


def sentence(text: str) -> str:
    """A sentence with its capital and its point."""
    return polish(finished(text))
