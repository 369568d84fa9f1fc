"""Which reading of a Spanish idea a film can be made of: a tale, or a topic."""

from __future__ import annotations

import itertools
import re

from ..cleaning import join
from .clauses import find_verb, is_infinitive, starts_clause
from .clean import words_of
from .deeds import Tale, is_minded, is_willed
from .lexicon import lexicon, plain, word_set
from .nouns import DETERMINERS, PREPOSITIONS, Noun
from .phrases import ADVERBS, first_phrase, is_first_person, is_mine
from .questions import GREETINGS, read_topic
from .tale import read_tale
from .tasks import is_count
from .told import about, unnamed
from .topic import ASKING, EVENTS, MONTHS, Topic
from .topic import named as name_topic

__all__ = ["FACTUAL", "answer", "is_hero", "may_be_tale", "offered", "read", "reported", "telling"]

FACTUAL = frozenset(("explainer", "product", "listicle", "documentary", "news"))
"""Templates in which a being that does nothing ("unas abejas") is a topic, no hero."""


_CROWDS = word_set("pueblo ciudad pa\u00eds barrio aldea familia multitud gente")
_LABELS = word_set(
    "hora urgente directo video tutorial receta reto episodio capitulo hilo noticia historia real"
    " opinion entrevista cuento poema aviso consejo importante atencion"
)


def may_be_tale(words: list[str], premise: str) -> bool:
    """Whether an idea is no question, event or greeting, so that a tale may be read in it."""
    first, words = words[0].lower(), [*words, ""]
    asks = first in ASKING or (first in PREPOSITIONS and words[1:2] == ["qu\u00e9"])
    event = (
        "," not in words[1:9]
        and words[1].lower() in EVENTS
        and first in ("el", "la", "esta", "este", "aquella", "aquel", "esa", "ese", "cada")
    )
    speaks = is_mine(words)
    greets = first in GREETINGS and len(words) > 2
    adverb = first in ADVERBS and words[1].lower() != ","
    dated = first in MONTHS
    return not (premise.endswith("?") or dated or asks or event or speaks or adverb or greets)


def is_hero(tale: Tale, template: str, named: str, further: list[str]) -> bool:
    """Whether a film can follow what the tale is about."""
    hero = tale.hero
    if template == "listicle" and is_count(hero.first.split()[0]):
        return False
    mine = hero.again.split()[0].lower() in ("mi", "mis", "nuestro", "nuestra")
    if mine and any(_speaks(words_of(each)) for each in further):
        # "Mi abuela guardaba un billete. Decid\u00ed hacer el viaje.": it is not her film.
        return False
    if named and (template == "product" or not (hero.animate or hero.named)):
        return False
    if template == "product" and (not hero.animate or hero.again.startswith(("tu ", "tus "))):
        return False
    if tale.deed and not (hero.animate or is_minded(tale)):
        return False
    if hero.head in _CROWDS and not (is_willed(tale) or is_minded(tale)):
        # What befalls a village is nobody's tale.
        return False
    institution = hero.first.split()[1:2]
    if (
        template in FACTUAL
        and hero.first[:3].lower() in ("el ", "la ")
        and institution[0].istitle()
    ):
        return False  # "la Guardia Civil"
    if template in FACTUAL and _is_place(tale, news=template == "news"):
        return False
    # What things do ("el ayuntamiento cierra la plaza") is news of a thing, nobody's tale.
    return hero.named or template not in FACTUAL or bool(tale.deed and hero.animate)


def _speaks(words: list[str]) -> bool:
    """Whether somebody speaks of himself: "decid\u00ed", "tengo", "me"."""
    past = (word for word in words if re.search(r"[\u00e9\u00ed]$", word))
    done = any(is_infinitive(word[:-1] + ending) for word in past for ending in ("ar", "er", "ir"))
    return done or any(is_first_person(words[at:]) for at in range(len(words)))


def _is_place(tale: Tale, *, news: bool) -> bool:
    """Whether a name is a town or, in the news, may be a firm; or somebody who does nothing."""
    hero, sets = tale.hero, lexicon().sets
    if not hero.named:
        return False
    name = plain(hero.again)
    known = plain(hero.again.split()[0]) in sets["bare_names"] | sets["names"] or " " in hero.again
    described = hero.first != hero.again
    firm = news and not (known or described or is_minded(tale))
    return not tale.deed or name in sets["places"] or firm


def telling(words: list[str], tale: Tale | None) -> list[str]:
    """The words that say where the film plays: no names, and not what is done."""
    called = set(tale.hero.again.split()) if tale is not None and tale.hero.named else set()
    told = [word for word in words if word not in called] or words
    if "," in words[1:4] and words[0].lower() not in DETERMINERS | PREPOSITIONS:
        told = words[words.index(",", 1) :]
    done = tale.deed.split()[:1] if tale is not None else []
    return [word for word in told if word not in done]


def read(words: list[str], premise: str, named: str, template: str) -> Topic:
    """The topic of the words behind a title, or of the title where that names it."""
    title = words_of(named)
    listed = "," in title
    if not title or listed or _is_label(title):
        return read_topic(words, premise)
    brand = title[-1][:1].isupper() and title[0].lower() not in DETERMINERS
    if brand and words[0].lower() in ("un", "una", "el", "la", "los", "las"):
        return read_topic([*title, ",", *words], premise)
    if brand and template == "product":
        topic = Topic(named, named, name=True, tag=premise.rstrip(".! "), tags={"brand"})
        topic.told = f"{named}: {topic.tag}"
        return topic
    if starts_clause(title) or is_infinitive(title[0]) or find_verb(title, 1) is not None:
        return read_topic(words, premise)
    topic = name_topic(title)
    if not premise.endswith("?"):
        topic.told = f"{named}: {premise.rstrip('.! ')}"
    return topic


def _is_label(title: list[str]) -> bool:
    """Whether a title only says what kind of film it is: "\u00faltima hora", "cap\u00edtulo 2"."""
    return plain(title[-1]) in _LABELS or title[-1].isdigit()


def reported(hero: Noun, told: str) -> Topic:
    """Whoever does something in the news: reports speak about somebody, and do not go along."""
    return Topic(
        hero.again, hero.again, plural=hero.plural, gender=hero.gender, person=hero.animate,
        told=told, name=hero.named,
    )  # fmt: skip


def answer(words: list[str]) -> Topic | None:
    """Whoever a question is answered with: "\u00bfCansado? LlaveLoca te avisa"."""
    tale = read_tale(words)
    if tale is None or not tale.hero.named:
        return None
    name = tale.hero.again
    return Topic(name, name, does=tale.deed, name=True, tags={"brand"})


def offered(further: list[str]) -> Topic:
    """What a product's question is answered with: "\u00bfCansado? Prueba nuestro cable"."""
    words = words_of(further[0])
    words = words[1:] if words[0].lower() in {*lexicon().forms, *PREPOSITIONS} else words
    led = itertools.dropwhile(lambda word: not word[:1].isupper(), words)
    name = join(list(itertools.takewhile(lambda word: word[:1].isupper(), led)))
    phrase = first_phrase(words)
    if name and (phrase is None or name not in join(phrase)):
        return Topic(name, name, name=True, tags={"brand"})
    return about(phrase, "") if phrase else unnamed("esta historia")
