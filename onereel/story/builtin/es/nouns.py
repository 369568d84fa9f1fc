"""Spanish noun phrases: gender, number, and how a film names them again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .lexicon import lexicon, plain, word_set

__all__ = [
    "ARTICLES",
    "BEFORE",
    "COUNTED",
    "DETERMINERS",
    "NUMBERS",
    "POSSESSIVES",
    "PREPOSITIONS",
    "Gender",
    "Noun",
    "definite",
    "gender_of",
    "is_known_noun",
    "is_plural_word",
    "noun",
    "singular",
]

Gender = Literal["m", "f", ""]
_FEMALE = word_set("una la las unas esta estas esa esas aquella aquellas otra otras toda todas")
_MALE = word_set("un el los unos este estos ese esos aquel aquellos otro otros todo todos al del")
ARTICLES = word_set("un una unos unas el la los las")
POSSESSIVES = word_set("mi mis tu tus su sus nuestro nuestra nuestros nuestras")
NUMBERS = word_set(
    "dos tres cuatro cinco seis siete ocho nueve diez once doce trece quince veinte"
    " treinta cincuenta cien mil"
)
DETERMINERS = _FEMALE | _MALE - {"al", "del"} | POSSESSIVES | word_set(
    "cada alg\u00fan ning\u00fan alguna ninguna algunos algunas muchos muchas pocos pocas"
    " varios varias cualquier ambos ambas"
)  # fmt: skip
PREPOSITIONS = word_set(
    "a al ante bajo con contra de del desde durante en entre hacia hasta para por"
    " seg\u00fan sin sobre tras mediante"
)
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


@dataclass(frozen=True)
class Noun:
    """A noun phrase without its relative clause.

    `first` names it for the first time ("una mujer de Cuenca"), `again` from then on ("la mujer").
    """

    first: str
    again: str
    head: str
    gender: Gender
    plural: bool
    person: bool
    animate: bool
    named: bool


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
    would = re.sub(r"ian?s?$", "", plain(word)) in lexicon().written  # "deber\u00edas"
    ends = re.search(r"(?:cion|sion|dad|tad|tud|umbre|aje|ismo|miento|eria)$", bare) is not None
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
    if bare.endswith(("ista", "crata", "ma")):
        return ""
    if bare.endswith("o"):
        return "m"
    if bare.endswith("a"):
        return "f"
    return "m" if re.search(r"(?:[iulnrt])$", bare) else ""


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


def noun(words: Sequence[str], *, named: bool = False) -> Noun:
    """Describe the noun phrase `words`: determiner first, at least one word."""
    core = _core(words)
    first = words[0].lower()
    if len(words) <= 4 and len(core) < len(words) and words[len(core)].lower() in ("de", "del"):
        core = list(words) if words[-2].lower() not in NUMBERS else core
    if not named:
        core = _unfinished(core, list(words))
    determined = first in DETERMINERS or first in NUMBERS or first.isdigit()
    rest = core[1:] if determined and len(core) > 1 else core
    head = rest[1] if len(rest) > 1 and rest[0].lower() in BEFORE else rest[0]
    if rest[0].lower() in BEFORE and len(rest) > 1 and not _looks_noun(rest[1]):
        head = rest[0]
    bare = singular(head)
    sets = lexicon().sets
    person = bare in sets["person"] or (
        re.search(_PERSON_END, bare) is not None and bare not in _NOT_PERSON
    )
    return Noun(
        first=" ".join(words).replace(" ,", ","),
        again=" ".join(core if named else _again(core)),
        head=head,
        gender="" if named else _gender(words, head) or _told_gender(rest),
        plural=not named and _plural(words, head),
        person=named or person,
        animate=named or person or bare in sets["being"],
        named=named,
    )


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


def _looks_noun(word: str) -> bool:
    return is_known_noun(word) or not plain(word).endswith(
        ("ado", "ada", "ido", "ida", "oso", "osa")
    )


def _core(words: Sequence[str]) -> list[str]:
    """The phrase up to its first preposition, save "de" and one noun: "vendedor de globos"."""
    for index, word in enumerate(words):
        low = word.lower()
        if index == 0 or low not in PREPOSITIONS:
            if low in (",", "que", "y") and index:
                return list(words[:index])
            continue
        after = words[index + 1].lower() if index + 1 < len(words) else ""
        bare = after and after not in DETERMINERS | NUMBERS and not after.isdigit()
        if low == "de" and bare and index + 2 >= len(words) and index <= 3:
            return list(words[: index + 2])
        follows = words[index + 2].lower() if index + 2 < len(words) else ""
        if low == "de" and bare and follows in PREPOSITIONS | {",", "que"}:
            return list(words[: index + 2])
        return list(words[:index])
    return list(words)


def _unfinished(core: list[str], words: list[str]) -> list[str]:
    """Without a participle whose complement is cut: "un perro atrapado" of "atrapado tres dias"."""
    for at, word in enumerate(core[2:], 2):
        follows = words[at + 1].lower() if at + 1 < len(words) else ""
        stays = follows in ("", "de", "del", ",", "que", "y")
        tied = follows in PREPOSITIONS | DETERMINERS | NUMBERS or follows.isdigit()
        if tied and not stays and re.search(r"[ai]d[oa]s?$", word.lower()):
            return core[:at]
    return core


def _gender(words: Sequence[str], head: str) -> Gender:
    first = words[0].lower()
    if first in ("un", "el") and plain(head) in lexicon().sets["tonic"]:
        return "f"
    if first in _FEMALE:
        return "f"
    if first in _MALE:
        return "m"
    return gender_of(head)


def _plural(words: Sequence[str], head: str) -> bool:
    first = words[0].lower()
    if first in ("un", "una", "el", "la", "este", "esta", "ese", "esa", "cada", "mi", "tu", "su"):
        return False
    if first in ("los", "las", "unos", "unas", "estos", "estas", "mis", "tus", "sus"):
        return True
    if first in NUMBERS or (first.isdigit() and first != "1"):
        return True
    return is_plural_word(head)


def _again(core: list[str]) -> list[str]:
    named = definite(core)
    if named is None:
        return core
    return named[:4] if len(named) > 4 and "de" not in named[:5] else named
