"""Spanish noun phrases: gender, number, and how a film names them again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from .lexicon import lexicon, plain, word_set

__all__ = [
    "ARTICLES",
    "BEFORE",
    "CALENDAR",
    "COUNTED",
    "DETERMINERS",
    "NUMBERS",
    "POSSESSIVES",
    "PREPOSITIONS",
    "Gender",
    "definite",
    "gender_of",
    "is_being",
    "is_either",
    "is_known_noun",
    "is_person",
    "is_plural_word",
    "singular",
]

Gender = Literal["m", "f", ""]
_FEMALE = word_set("una la las unas esta estas esa esas aquella aquellas otra otras toda todas")
_MALE = word_set("un el los unos este estos ese esos aquel aquellos otro otros todo todos al del")
ARTICLES = word_set("un una unos unas el la los las")
POSSESSIVES = word_set(
    "mi mis tu tus su sus nuestro nuestra nuestros nuestras vuestro vuestra vuestros vuestras"
)
NUMBERS = word_set(
    "dos tres cuatro cinco seis siete ocho nueve diez once doce trece quince veinte"
    " treinta cincuenta cien mil catorce diecis\u00e9is diecisiete dieciocho diecinueve veintiuno"
    " veintid\u00f3s veinticuatro veinticinco cuarenta sesenta setenta ochenta noventa doscientos"
    " trescientos quinientos"
)
DETERMINERS = _FEMALE | _MALE - {"al", "del"} | POSSESSIVES | word_set(
    "cada alg\u00fan ning\u00fan alguna ninguna algunos algunas muchos muchas pocos pocas"
    " varios varias cualquier ambos ambas"
)  # fmt: skip
PREPOSITIONS = word_set(
    "a al ante bajo con contra de del desde durante en entre hacia hasta para por"
    " seg\u00fan sin sobre tras mediante"
)
CALENDAR = word_set(
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    " lunes martes mi\u00e9rcoles jueves viernes s\u00e1bado domingo"
)
"""What has no capital in Spanish."""
COUNTED = word_set(
    "razones trucos consejos cosas maneras formas ideas claves pasos motivos secretos"
    " datos curiosidades errores h\u00e1bitos mitos leyendas mentiras verdades preguntas reglas"
    " lecciones ejercicios ventajas"
)
"""What lists count."""
BEFORE = word_set(
    "gran grandes nuevo nueva nuevos nuevas buen buena buenos buenas mal malos malas"
    " viejo vieja viejos viejas antiguo antigua antiguos antiguas primer primera primeros"
    " primeras \u00faltimo \u00faltima \u00faltimos \u00faltimas mejor mejores peor"
    " peores peque\u00f1o peque\u00f1a peque\u00f1os peque\u00f1as tercer tercera segunda"
    " segundo \u00fanico \u00fanica joven j\u00f3venes pobre verdadero verdadera grandes"
    " mismo misma propio propia"
)
_PERSON_END = r"(?:ista|log[oa]|grafo|grafa|dor|dora)s?(?:es)?$"
_NOT_PERSON = word_set(
    "ordenador computador computadora despertador ascensor catalogo dialogo monologo"
    " prologo lista autopista pista revista entrevista vista conquista lavadora secador"
    " refrigerador borrador comedor mostrador corredor contador batidora calculadora"
    " aspiradora impresora parador"
)


_EITHER = word_set("espia guia colega atleta policia guardia vigia camarada acrobata turista")
"""People whose name does not tell whether they are women."""


def singular(word: str) -> str:
    """The singular of a plural noun, written without accents."""
    bare = plain(word)
    if bare in lexicon().sets["singular"] or not bare.endswith("s"):
        return bare
    if bare.endswith("ces"):
        return f"{bare[:-3]}z"
    if re.search(r"[lnrdyj]es$", bare):
        shorter = bare[:-2]
        known = lexicon().sets
        if bare[:-1] in known["masculine"] | known["feminine"] | known["being"] | known["person"]:
            return bare[:-1]
        return bare[:-1] if re.search(r"[bcdfgpt][lr]$|ll$|rn$", shorter) else shorter
    return bare[:-1]


def is_plural_word(word: str) -> bool:
    """Whether a bare noun is plural, by its form and a list of exceptions."""
    bare = plain(word)
    return bare.endswith("s") and len(bare) > 3 and bare not in lexicon().sets["singular"]


def is_known_noun(word: str) -> bool:
    """Whether the lexicon or a sure suffix says that `word` is a noun."""
    sets, bare = lexicon().sets, singular(word)
    listed = any(
        bare in sets[name] for name in ("person", "being", "masculine", "feminine", "common")
    )
    stem = re.sub(r"ian?s?$", "", plain(word))  # "deber\u00edas", "quer\u00eda"
    would = bool({stem, f"{stem}er", f"{stem}ir"} & set(lexicon().written))
    # "Esterilla": what is small is a thing, if it is no adjective and no verb.
    small = re.search(r"ill[ao]$", bare) is not None
    small = small and bare not in sets["adjectives"] and bare not in lexicon().forms
    suffix = r"(?:cion|sion|dad|tad|tud|umbre|aje|ismo|miento|eria)$"
    ends = small or re.search(suffix, bare) is not None
    return listed or (ends and not would)


def gender_of(word: str) -> Gender:
    """The gender of a bare noun, or nothing when it is not sure."""
    sets, bare = lexicon().sets, singular(word)
    if bare in sets["masculine"]:
        return "m"
    if bare in sets["feminine"]:
        return "f"
    if bare in _EITHER:
        return ""
    if bare in sets["person"] and bare.endswith(("ista", "nte", "poeta", "pirata", "astronauta")):
        return ""
    if re.search(r"(?:cion|sion|xion|gion|dad|tad|tud|umbre|triz|itis|eza|encia|ancia|ia)$", bare):
        return "f"
    if re.search(r"(?:aje|or|ismo|miento)$", bare):
        return "m"
    if bare.endswith(("ista", "crata")) or (bare.endswith("ma") and bare not in sets["person"]):
        return ""
    if bare.endswith("o"):
        return "m"
    if bare.endswith("a"):
        return "f"
    return "m" if re.search(r"(?:[iulnrt]|az)$", bare) else ""


def definite(words: Sequence[str]) -> list[str] | None:
    """A noun phrase with the definite article; None when its gender is not sure.

    Args:
        words: a noun phrase with an indefinite article, a number, or nothing in front.
    """
    first = words[0].lower()
    if first in ("el", "la", "los", "las") or first in POSSESSIVES:
        return list(words)
    if first == "un":
        return ["el", *words[1:]]
    if first in ("una", "unos", "unas"):
        return [{"una": "la", "unos": "los", "unas": "las"}[first], *words[1:]]
    if first in DETERMINERS and first not in ("varios", "varias", "algunos", "algunas"):
        return None
    counted = first in NUMBERS or first.isdigit() or first in DETERMINERS
    rest = list(words[1:] if counted else words)
    if not rest:
        return None
    head = rest[1] if len(rest) > 1 and rest[0].lower() in BEFORE else rest[0]
    told = _told_gender(rest)
    gender = (
        told if told and singular(head) in lexicon().sets["person"] else gender_of(head) or told
    )
    if (
        not gender
        and is_plural_word(head)
        and (singular(head) in _EITHER or singular(head).endswith(("ista", "nte")))
    ):
        # Of a group that may be mixed, the masculine is right.
        gender = "m"
    if not gender:
        return None
    if is_plural_word(head):
        return ["los" if gender == "m" else "las", *rest]
    article = "el" if gender == "m" or plain(rest[0]) in lexicon().sets["tonic"] else "la"
    return [article, *rest]


def is_either(word: str) -> bool:
    """Whether a noun is somebody of either sex: "esp\u00eda"."""
    bare = singular(word)
    return bare in _EITHER or bare.endswith(("ista", "nte"))


def is_being(word: str) -> bool:
    """Whether a noun is an animal or the like, also a small one: "topita"."""
    bare, beings = singular(word), lexicon().sets["being"]
    stem = re.sub("qu$", "c", re.sub("c?it[oa]$", "", bare))
    return bare in beings or (
        stem != bare and not {stem, f"{stem}o", f"{stem}a"}.isdisjoint(beings)
    )


def is_person(word: str) -> bool:
    """Whether a noun is somebody."""
    bare = singular(word)
    ends = re.search(_PERSON_END, bare) is not None and bare not in _NOT_PERSON
    return bare in lexicon().sets["person"] or ends


def _told_gender(phrase: Sequence[str]) -> Gender:
    """The gender that an adjective behind the noun gives away: "piratas jubilados"."""
    for word in phrase[1:]:
        if word.lower() in PREPOSITIONS | {"que", ",", "y"}:
            return ""
        if word.lower().endswith(("o", "os")):
            return "m"
        if word.lower().endswith(("a", "as")) and not word.lower().endswith(("ista", "istas")):
            return "f"
    return ""
