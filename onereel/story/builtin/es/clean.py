"""Spanish ideas as people type them become clean sentences."""

from __future__ import annotations

import re

from .. import cleaning
from ..cleaning import finished, sentences, straightened
from .accents import marked, placed, with_adjectives, with_copulas, with_futures
from .lexicon import lexicon, plain
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, is_known_noun

__all__ = ["clean", "parts", "sentence_case", "words_of"]

_FORMS = (
    r"(?:pel\u00edcula|v\u00eddeo|video|corto|cortometraje|film|documental|historia|cuento|relato"
    r"|anuncio|spot|tr\u00e1iler|trailer|poema|noticia|reportaje|clip|reel|gui[o\u00f3]n"
    r"|explicaci\u00f3n|lista)"
)
_ORDER = (
    r"(?i)^(?:por favor,?\s+)?"
    r"(?:(?:quiero|quisiera|necesito|me gustar\u00eda|haz(?:me)?|crea|escribe"
    r"|cu\u00e9ntame|cuenta|produce|genera|prepara|vamos a hacer)"
    r"\s+(?:(?:hacer|ver|tener|crear|contar)\s+)?)?"
    rf"(?:un|una|la|el|mi)\s+(?:[\w-]+\s+){{0,2}}?{_FORMS}\s+(?:[\w-]+\s+){{0,2}}?"
    r"(?:sobre|acerca\s+de|en\s+(?:el|la)\s+que|donde|que\s+(?:cuente|explique|muestre|ense\u00f1e)"
    r"|de(?=\s+(?:un|una)\s)|del?(?=\s+c\u00f3mo))\s+"
)
_ABOUT = (
    rf"(?i)^(?:{_FORMS}\s+(?:sobre|acerca de)\s+(?=\w)"
    r"|retratos?\s+de\s(?=(?:una?|dos|tres|cuatro|cinco|seis)\s))"
)
"""What a film is, in front of what it is about: "reportaje sobre los bomberos"."""
_EXPLAIN = (
    r"(?i)^(?:expl[i\u00ed]ca(?:me|nos)?|cu\u00e9nta(?:me|nos)|h\u00e1bla(?:me|nos)|dime|descubre"
    r"|ense\u00f1a(?:me|nos))\s+(?:(?:de|sobre|acerca de)\s+(?=\w)"
    r"|(?=(?:qu\u00e9|que|c\u00f3mo|como|por qu|cu\u00e1ndo|cuando"
    r"|d\u00f3nde|donde|el|la|los|las|qui\u00e9n|quien)\b))"
)
"""What only asks the film maker to explain; the idea is what stands behind it."""
_ONCE = r"(?i)^(?:\u00e9rase|hab\u00eda|hubo)(?: una vez)?,?\s+(?=un\s|una\s|unos\s|unas\s|dos\s)"
_LABEL = (
    r"(?i)^(?:mini\s?)?(?:clase|curso|lecci\u00f3n|tutorial|taller|repaso|ficha|tema|cap\u00edtulo"
    r"|m\u00f3dulo|v\u00eddeo|video|proyecto|idea|gram\u00e1tica|lengua|matem\u00e1ticas|mates"
    r"|f\u00edsica|qu\u00edmica|biolog\u00eda|geograf\u00eda|filosof\u00eda|ortograf\u00eda"
    r"|formaci\u00f3n|masterclass|seminario|conferencia)s?"
    r"\b[^:,.]{0,30}:\s*(?=\w.{3})"
)
"""What kind of lesson it is, in front of what it is about: "clase de ciencias: la c\u00e9lula"."""
_BRIEFLY = (
    r"(?i)(?:\s+(?:contad|explicad|resumid)[oa]s?)?\s+en (?:un minuto|\d+ (?:segundos|minutos))$"
    r"|\s+(?:bien )?explicad[oa]s?\b[^,:.]*$"
)
"""What says how long or how simple the film is, nothing of what it is about."""
_AUDIENCE = (
    r"(?i),?\s+(?:(?:bien )?(?:explicad|contad)[oa]s?\s+)?(?:para|a)\s+"
    r"(?:(?:los|las|el|la|un|una|unos|mis|mi|todos)\s+)*(?:(?:j\u00f3venes|peque\u00f1os)\s+)?"
    r"(?:(?:primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|\d\u00ba?)(?= de)"
    r"|ni\u00f1[oa]s?|alumn[oa]s?|principiantes?|novat[oa]s?|dummies|torpes|adolescentes?"
    r"|estudiantes?|j\u00f3venes|mayores|padres|hij[oa]s?|sobrin[oa]s?|abuel[oa]s?|primaria"
    r"|secundaria|bachillerato|eso)\b(?:\s(?:de|en) [^,:;?!]{1,20})?(?=\s*[?.!]?$)"
)
"""Whom a lesson is for: "para ni\u00f1os de primaria", "a mi abuela"."""
_LONGEST_BRIEFLY = 8
"""Words of an idea at whose end a length is the film's, not what happens."""
_ORDER_DEL = rf"(?i)^.{{0,40}}?{_FORMS}\s+acerca\s+del\s+"
_META = (
    r"(?i)^(?:el (?:v\u00eddeo|video|tono|estilo|ritmo|final|narrador)\s+(?:debe|tiene|ha)"
    r"|la (?:pel\u00edcula|m\u00fasica|voz|narraci\u00f3n)\s+(?:debe|tiene|ha)"
    r"|debe (?:ser|tener|durar)|que (?:sea|tenga|dure)|por favor|usa |a\u00f1ade |incluye "
    r"|sin (?:texto|m\u00fasica|di\u00e1logo|voz)|estilo:|tono:|duraci\u00f3n|quiero que"
    r"|no (?:uses|muestres|pongas))"
)
_LONGEST_NAME = 5
_FEWEST_LINED = 3
_LETTERED = r"(?i)\b(vitaminas?|hepatitis) ([a-k])\b"
_ABBREVIATION = r"(?i)\b(?:sr|sra|srta|dr|dra|prof|etc|no|p\. ej|ee|uu)\.$"
_PUBLICLY = r"(?i)\ben publico\b"
_ASKED_TOO = r"(?i)(\bqu\u00e9 .*\by |\bc\u00f3mo .*\by )por que "
"""A second question, typed without its accent: "qu\u00e9 es y por que sube"."""
_BEFORE_NOUNS = DETERMINERS | NUMBERS | PREPOSITIONS
_ASKING = {
    plain(word): word
    for word in (
        *(
            "c\u00f3mo",
            "qu\u00e9",
            "qui\u00e9n",
            "qui\u00e9nes",
            "cu\u00e1ndo",
            "d\u00f3nde",
            "ad\u00f3nde",
        ),
        *("cu\u00e1nto", "cu\u00e1nta", "cu\u00e1ntos", "cu\u00e1ntas", "cu\u00e1l", "cu\u00e1les"),
    )
}

_SIGNED = (
    r"^\s*[\"\u00ab\u201c]\s*(.+?)[\s.]*[\"\u00bb\u201d]\s*(?:-+|\u2013|\u2014|,|\()\s*"
    r"([A-Z\u00c0-\u00dd][\w.'\u2019 -]+?)\)?\s*$"
)
"""Somebody's words, and their name behind them."""


def clean(idea: str) -> str:
    """Straighten quotes and shouting, and put back accents that were plainly left out."""
    idea = re.sub(_GRADE, "", re.sub(_SIGNED, r"\2: \1", idea))
    text = straightened(idea, drop="\u00bf\u00a1")
    text = re.sub(_LETTERED, lambda match: f"{match[1]} {match[2].upper()}", text)
    text = re.sub(_PUBLICLY, "en p\u00fablico", text)
    typed = text.split()
    careful = re.search("[\u00e1\u00e9\u00ed\u00f3\u00fa]", text) is not None
    typed = with_adjectives(typed)
    pairs = zip(typed, ["", *typed], strict=False)
    words = with_futures([marked(*pair, careful=careful) for pair in pairs])
    return re.sub(_ASKED_TOO, "\\1por qu\u00e9 ", _question(placed(with_copulas(words))))


_GRADE = (
    r"(?i),? \(?(?:para )?\d(?:\u00ba|\u00b0|\u00aa|er|ro|do|to|o)? (?:curso )?(?:de )?(?:la )?"
    r"(?:eso|primaria|secundaria|bachillerato)\)?\.?$"
)
"""Whom a lesson is for: "La fotos\u00edntesis, 1\u00ba de la ESO"."""
_FOR_WHOM = (("para", "quien"), ("para", "quienes"))


def _question(words: list[str]) -> str:
    """Accent the question word of an idea that asks."""
    if not words:
        return ""
    asks = words[-1].endswith("?")
    first = words[0].lower()
    led = first == "por" or (first in ("para", "a", "de", "con", "en") and _verb_at(words, 2))
    # "Para quienes odian el despertador" asks nothing.
    led = led and (asks or (first, words[1].lower()) not in _FOR_WHOM)
    if led and first != "por" and words[1].lower() in _ASKING and words[1].lower() != "que":
        return " ".join([words[0], _ASKING[words[1].lower()], *words[2:]])
    if led and len(words) > 2 and words[1].lower() in ("que", "qu\u00e9"):
        return " ".join([words[0], "qu\u00e9", *words[2:]])
    if first in _ASKING and len(words) > 1 and (asks or _asks_plainly(first, words)):
        accent = _ASKING[first]
        past = _told_past(words[1]) if first != "que" else words[1]
        words = [accent if words[0].islower() else accent.capitalize(), past, *words[2:]]
    return " ".join(words)


def _verb_at(words: list[str], at: int) -> bool:
    return at < len(words) and words[at].lower() in {*lexicon().forms, "se", "le", "les", "nos"}


def _told_past(word: str) -> str:
    """A past form that lost its accent, behind a word that asks: "quien invento el reloj"."""
    marked = f"{word[:-1]}\u00f3"
    return marked if word.endswith("o") and marked in lexicon().forms else word


def _asks_plainly(first: str, words: list[str]) -> bool:
    if any("," in word for word in words[:6]):
        return False
    second = words[1].lower()
    follows = second in lexicon().forms or second in ("se", "le", "les", "lo", "no", "nos")
    follows = follows or _told_past(second) != second
    if first in ("como", "que"):
        return follows or (first == "como" and plain(second).endswith(("ar", "er", "ir")))
    return follows and first in (
        "quien",
        "donde",
        "cuanto",
        "cuantos",
        "cuantas",
        "cual",
    )


def parts(text: str, *, sold: bool = False, taught: bool = False) -> tuple[str, list[str]]:
    """Split an idea into its premise and the user's further sentences, without their orders.

    A lesson that is `sold` keeps what it is called: "curso de guitarra: 12 lecciones". What is
    `taught` is not about those whom it is for.
    """
    raw = sentences(text, _ABBREVIATION)
    told = [piece for piece in raw if not re.match(_META, piece)] or raw
    if len(told) > 1 and re.fullmatch(r"\d{4}\.?", told[0]):
        # "1944. Una maestra esconde a unos ni\u00f1os." says when, not what.
        told = [f"En {told[0].rstrip('.')}, {told[1][:1].lower()}{told[1][1:]}", *told[2:]]
    premise = re.sub(_ORDER_DEL, "el ", told[0]).strip()
    premise = re.sub(_ORDER, "", premise).strip() or told[0]
    premise = re.sub(_ABOUT, "", premise).strip() or premise
    premise = re.sub(_EXPLAIN, "", premise).strip() or premise
    premise = _keyed(premise)
    premise = re.sub(_ONCE, "", premise).strip()
    premise = premise if sold else re.sub(_LABEL, "", premise).strip()
    premise = (re.sub(_AUDIENCE, "", premise) or premise) if taught else premise
    if len(premise.split()) <= _LONGEST_BRIEFLY:
        premise = re.sub(_BRIEFLY, "", premise).strip()
    further = [
        _finished(piece) for piece in told[1:] if len(piece.split()) > 1 and not _signs(piece)
    ]
    return _question(premise.split()), further


def _keyed(premise: str) -> str:
    """What somebody typed as into a search box, with the points that it lacks: "vacuna gripe
    ventajas precio" asks about two sides of a thing."""
    words = premise.rstrip(".").split()
    aspects = lexicon().sets["aspects"]
    at = next((k for k, word in enumerate(words) if k and plain(word) in aspects), len(words))
    if not all(is_known_noun(word) or plain(word) in aspects for word in words[at:]):
        at = len(words)
    led = at and words[at - 1].lower() in _BEFORE_NOUNS | {"y", "e", "o", "que", "qu\u00e9"}
    if re.search(r"[,:;?!]", premise):
        return premise
    if at == len(words):
        return _lined_up(words) or premise
    if not at or led:
        return premise
    return f"{' '.join(words[:at])}: {', '.join(words[at:])}"


def _lined_up(words: list[str]) -> str:
    """Three nouns and more without a word between them, with commas; "" for anything else."""
    nouny = lexicon().sets["nouny"] - _BEFORE_NOUNS
    nouns = [is_known_noun(word) or plain(word).removesuffix("s") in nouny for word in words]
    others = lexicon().sets["adjectives"]
    plainly = all(
        noun or plain(word) in others or len(word) == 1 or word.isdigit()
        for noun, word in zip(nouns, words, strict=True)
    )
    typed = all(word.islower() or len(word) == 1 or word.isdigit() for word in words[1:])
    if not (plainly and typed and nouns[0] and sum(nouns) >= _FEWEST_LINED):
        return ""
    said = (f", {word}" if noun else f" {word}" for noun, word in zip(nouns, words, strict=True))
    return "".join(said).strip(", ")


def _signs(piece: str) -> bool:
    """Whether a sentence is only the name of who said the one in front of it."""
    words = piece.strip(".!? ").split()
    small = ("de", "del", "la", "el", "los", "y")
    return len(words) <= _LONGEST_NAME and all(w[:1].isupper() or w in small for w in words)


def _finished(sentence: str) -> str:
    sentence = finished(_question(sentence.strip(" ,;:-").split()))
    return {"?": "\u00bf", "!": "\u00a1"}.get(sentence[-1], "") + sentence


def words_of(premise: str) -> list[str]:
    """The words of a premise; whatever parts clauses is a comma."""
    return cleaning.words_of(re.sub(r"[;:]", ",", premise))


def sentence_case(text: str) -> str:
    """A Spanish title: only its first letter is raised."""
    return text[:1].upper() + text[1:]
