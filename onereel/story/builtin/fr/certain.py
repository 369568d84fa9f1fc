"""Whether a name that a French film could give its idea is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..cleaning import join
from .bits import is_adjective
from .lexicon import elides, gender_by_end, lexicon, singular_of
from .naming import Name
from .nouns import is_infinitive, is_known, is_name, is_number, is_verb, keeps_article, word_in
from .phrases import TWO_GENDERS
from .terms import nouns_worth

__all__ = ["is_certain", "sure_nouns"]

_WHERE = ("\u00e0", "au", "aux", "dans", "chez", "sur")
_TOLD = {"un": "m", "une": "f", "du": "m", "au": "m", "cet": "m", "cette": "f"}
"""What stands in front of one noun and says its gender."""
_WHOSE = ("mon", "ma", "mes", "ton", "ta", "tes", "son", "sa", "ses", "notre", "nos", "leur")
_BARE = 2
"""Words of a noun that has only its determiner."""


def is_certain(name: Name | None, words: Sequence[str]) -> bool:
    """Whether every word of a name is known, or the idea itself shows what it is.

    An unknown word is a noun where an article stands before it and nothing behind it can belong to
    it: "les dockers du Havre".
    """
    if name is None or name.weak or _is_vague(name.text) or _is_span(name.text, words):
        return False
    if re.match(r"(?:un|une|des) ", name.text):
        return False
    if re.match(r"(?:ceux|celles) qui ", name.text):
        return True  # whom the idea's own clause names
    if not _has_noun(name.text) or _goes_on(name.text, words):
        return False
    if " entre " in name.text and join(list(words)).endswith(name.text.split(" ", 1)[1]):
        return True  # "la diff\u00e9rence entre c'est et s'est"
    idea = [word.lower().rstrip(":") for word in words]
    text = re.sub(r"(?:(?<=^)|(?<=\s))[ld]'", "", name.text.replace("~", " "))
    for word in text.split():
        low = word.lower()
        small = word_in(low, "determiners", "prepositions", "numbers", "conjunctions", "relatives")
        known = (
            small
            or is_known(low)
            or is_infinitive(low)
            or is_adjective(low)
            or (gender_by_end(low) != "" and not is_verb(low))
            or word_in(low, "times", "months")
            or re.sub("\u00e9e?s?$", "er", low) in lexicon().infinitives
        )
        if known or word[:1].isupper() or word.isdigit():
            continue
        at = idea.index(low) if low in idea else -1
        many = text.startswith(("les ", "ces ", "des "))
        first = at - 1 if at > 1 and word_in(idea[at - 1], "prenominal") else at
        led = first > 0 and word_in(idea[first - 1], "determiners")
        led = led and (many or low[0] != "h")
        closed = at < 0 or at + 1 == len(idea) or words[at].endswith(":")
        behind = "," if closed else idea[at + 1]
        if not (led and (behind == "," or word_in(behind, "prepositions", "relatives"))):
            return False
    return True


def sure_nouns(words: Sequence[str], *, timely: bool, sold: bool = False) -> list[Name]:
    """The nouns that the dictionary alone makes certain, each with its definite article: what a
    film can speak of where the grammar of its idea is not sure.

    Those that say when are left out where they are not `timely` enough, and what another thing is
    of where one is `sold`: no "wedding dress" is about the bride.
    """
    towns = () if sold else (word for word in words if word_in(word, "towns") and is_name(word))
    found = {word: Name(word) for word in towns}
    for at, noun in enumerate(nouns_worth(words)):
        base = singular_of(noun)
        led = words[at - 1].lower() if at else ""
        # "Une luthi\u00e8re": of a word that no list has, the article says all.
        gender = _TOLD.get(led, "" if base in TWO_GENDERS else lexicon().gender.get(base, ""))
        plural = noun != base and led not in _TOLD
        # "Temps", "prix": of these only an article tells one from several.
        unmarked = not plural and noun.endswith(("s", "x", "z"))
        called = [*words, ""][at + 1][:1].isupper()  # "rue (des) Lilas"
        of = led in ("de", "d'") or words[at][:2].lower() == "d'"
        unsure = not gender or called or (unmarked and led not in (*_TOLD, "la"))
        vague = word_in(base, "list_words") or word_in(noun, "list_words")
        vague = vague or (word_in(base, "times", "months") and (not timely or is_number(led)))
        # "Ma s\u0153ur" is no sister as such, "plus un bruit" none.
        whose = base in lexicon().persons and (led in _WHOSE or not (plural or led or timely))
        denied = at > 1 and led in ("un", "une") and words[at - 2].lower() in ("plus", "pas", "ni")
        aside = whose or denied or led in ("se", "te", "me", "aucun", "aucune", "sans")
        if not noun or unsure or vague or aside or (of and (found or sold)):
            continue
        if word_in(noun, "kin", "months") and not word_in(led, "determiners"):
            found.setdefault(base, Name(noun))  # "quand mamie danse", "octobre rouille"
            continue
        article = "les " if plural else "l'" if elides(noun) else "le " if gender == "m" else "la "
        found.setdefault(base, Name(f"{article}{noun}", plural))
    telling = [
        each
        for base, each in found.items()
        if not (word_in(base, "relational") or _is_wanting(base, words))
    ]
    return telling if sold else telling or list(found.values())


def _is_wanting(noun: str, words: Sequence[str]) -> bool:
    """Whether a noun begins an idea bare and says little without what it is of: "besoin (d'un
    plombier)"."""
    behind = words[1].lower() if len(words) > 1 else ""
    return words[0].lower() == noun and (behind in ("de", "du", "des") or behind[:2] == "d'")


def _has_noun(text: str) -> bool:
    """Whether a name is more than an adjective: "le petit dernier" is not."""
    words = re.sub(r"(?:(?<=^)|(?<=\s))[ld]'", "", text.replace("~", " ")).split()
    return any(not word_in(word, "determiners", "prenominal", "prepositions") for word in words)


def _goes_on(text: str, words: Sequence[str]) -> bool:
    """Whether more belongs to a name: "cette cr\u00e8me indice (50)", "ce temps (des cerises)"."""
    last = text.replace("~", " ").split()[-1]
    at = words.index(last) + 1 if last in words else len(words)
    behind = words[at] if at < len(words) else ""
    whose = behind.lower() in ("de", "du", "des") or behind[:2].lower() == "d'"
    # "Ce maire" will do for "le maire de S\u00e8te", no "fin" for what ends.
    points = re.match(r"(?:ce|cet|cette|ces) ", text) is not None
    noun = singular_of(text.split()[1].lower()) if points else ""
    more = len(text.split()) > _BARE  # "cette piste cyclable (du port)"
    sure = points and (more or not word_in(noun, "relational", "promises", "times"))
    whose = whose and (last[:1].isupper() or not sure)
    return whose or (behind[:1].isdigit() and not last.isdigit())


def _is_vague(text: str) -> bool:
    """Whether its noun is what lists count ("ces raisons") or says when ("ce soir-l\u00e0")."""
    nouns = [word for word in text.split() if not word_in(word, "determiners", "prenominal")]
    dated = any(word.endswith(("-l\u00e0", "-ci")) for word in nouns)
    listed = bool(nouns) and word_in(nouns[0], "list_words")
    return dated or (listed and not word_in(nouns[0], "list_things"))


def _is_span(text: str, words: Sequence[str]) -> bool:
    """Whether some time begins an idea ("une journ\u00e9e avec Ali"), or "Le Havre"."""
    led = word_in(words[0], "determiners", "numbers") and words[0].lower() not in ("le", "la", "l'")
    placed = words[0].lower() in ("le", "la", "l'") and [*words, "", ""][2] in _WHERE
    led = led or (
        placed and text != join(list(words))
    )  # "La nuit (au march\u00e9 de Rungis)" is about the market
    return keeps_article(words) or (led and _times(words[1:2]) and words[1] in text)


def _times(words: Sequence[str]) -> bool:
    return any(
        singular_of(word.lower()) in (*lexicon().sets["times"], "journ\u00e9e") for word in words
    )
