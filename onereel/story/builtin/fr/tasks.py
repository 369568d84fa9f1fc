"""French ideas about something to do: a task that is told, or the bare idea of doing it."""

from __future__ import annotations

from collections.abc import Sequence

from ..cleaning import join
from .clauses import infinitive_at
from .lexicon import elides, lexicon
from .nouns import word_in
from .topic import Topic

__all__ = ["doing", "doing_in", "order", "task"]

_IMPERATIVES = {
    "apprends": "apprendre", "apprenez": "apprendre", "prends": "prendre", "prenez": "prendre",
    "fais": "faire", "faites": "faire", "mets": "mettre", "mettez": "mettre", "lis": "lire",
    "lisez": "lire", "\u00e9cris": "\u00e9crire", "\u00e9crivez": "\u00e9crire", "vis": "vivre",
    "vivez": "vivre", "deviens": "devenir", "devenez": "devenir", "construis": "construire",
    "construisez": "construire", "r\u00e9duis": "r\u00e9duire", "r\u00e9duisez": "r\u00e9duire",
    "d\u00e9couvre": "d\u00e9couvrir", "d\u00e9couvrez": "d\u00e9couvrir", "cours": "",
    "r\u00e9ussis": "r\u00e9ussir", "r\u00e9ussissez": "r\u00e9ussir", "choisis": "choisir",
    "choisissez": "choisir", "dors": "dormir", "dormez": "dormir",
}  # fmt: skip
"""Irregular imperatives that an idea begins with."""
_YOURS = {"son": "votre", "sa": "votre", "ses": "vos", "se": "vous"}
"""A task is told to those who watch: "faire sa valise" is "faire votre valise"."""
_LONGEST_DOING = 7
_REFLEXIVE = {"me": ("je", "j'"), "te": ("tu",), "nous": ("on",), "vous": ("on",)}
"""With whom a pronoun in front of an infinitive means the one who does it."""


def order(words: Sequence[str]) -> Topic | None:
    """ "Apprends \u00e0 cuisiner", "d\u00e9couvrez Lyon": an imperative is something to do."""
    if len(words) < 2:
        return None
    low = words[0].lower()
    polite = low.removesuffix("ez") + "er"
    known = lexicon().infinitives
    verb = _IMPERATIVES.get(low) or (polite if low.endswith("ez") and polite in known else "")
    if not verb or not (
        word_in(words[1], "determiners", "prepositions", "adverbs")
        or words[1][:2].lower() in ("l'", "d'")
        or words[1][:1].isupper()
    ):
        return None
    rest = list(words[1:])
    if verb == "apprendre" and rest[0] == "\u00e0" and infinitive_at(rest, 1):
        return task(rest[1:])
    return task([verb, *rest])


def task(words: Sequence[str]) -> Topic:
    """Something to do: the film is about "l'art de" doing it."""
    words = [words[0][:1].lower() + words[0][1:], *words[1:]]
    words = [_YOURS.get(word.lower(), word) for word in words]
    if words[0].startswith("s'"):
        words = ["vous", words[0][2:], *words[1:]]
    done = words
    if (
        words[0] == "apprendre"
        and len(words) > 2
        and words[1] == "\u00e0"
        and infinitive_at(words, 2)
    ):
        done = words[2:]
    whole = _art(join(list(done)))
    short = _art(join(_brief(done)))
    return Topic(whole, short=short, gender="m", task=join(list(words)), tags={"task"})


def _art(infinitive: str) -> str:
    return f"l'art d'{infinitive}" if elides(infinitive) else f"l'art de {infinitive}"


def _brief(words: Sequence[str]) -> list[str]:
    """An infinitive with its object, without further circumstances."""
    for at in range(2, len(words)):
        if (
            word_in(words[at], "prepositions")
            and words[at].lower() not in ("de", "du", "des", "d'")
            and at > 1
        ):
            if (not word_in(words[at - 1], "determiners", "prepositions") and at > 2) or at > 3:
                return list(words[:at])
            if words[at].lower() in ("en", "dans", "sans", "avec", "chez", "pour"):
                return list(words[:at])
    return list(words[:7])


def doing(words: Sequence[str]) -> Topic:
    """Something that the film speaks of, without telling how it is done: "l'id\u00e9e de voler"."""
    text = join(list(words))
    nominal = lexicon().nominal.get(text, "")
    if nominal:
        return Topic(nominal, short=nominal, plural=nominal.startswith("les "))
    name = f"l'id\u00e9e d'{text}" if elides(text) else f"l'id\u00e9e de {text}"
    return Topic(name, short=name, gender="f", task=text, tags={"doing"})


def doing_in(words: Sequence[str]) -> list[str]:
    """The infinitive in a clause, with what follows it: "danser avec toi"; empty without any."""
    for index in range(1, len(words)):
        known = words[index].lower() in lexicon().infinitives
        if known and infinitive_at(words, index) and not word_in(words[index - 1], "determiners"):
            before = words[index - 1].lower()
            done = words[index].lower() in ("avoir", "\u00eatre") and len(words) - index < 5
            if before == "sans" or done:
                # "Partie sans fermer la porte", "croyait avoir oubli\u00e9": nothing to do.
                return []
            found = list(words[index:])
            owners = _REFLEXIVE.get(before, ())
            spoken = {word.lower()[:2] for word in words[: index - 1]} & {"je", "j'", "tu", "on"}
            if spoken and owners and not spoken & set(owners):
                # "Je n'ai pas su te dire au revoir": nobody says it to himself.
                return found if len(found) <= _LONGEST_DOING and "," not in found else []
            if before in ("se", "me", "te", "nous", "vous", "y", "en"):
                found = [before if before in ("y", "en") else "se", *found]
            return found if len(found) <= _LONGEST_DOING and "," not in found else []
    return []
