"""What a French film says that it is about: what its idea names for certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..cleaning import join, words_of
from .belonging import stretched
from .certain import is_certain
from .fronts import brand
from .lexicon import elides, lexicon, singular_of
from .naming import Name, is_yours, name_at, name_of
from .nouns import (
    infinitive_at,
    is_known,
    is_name,
    is_number,
    is_participle,
    is_verb,
    keeps_article,
    lowered,
    word_in,
)
from .phrases import bare_phrase, phrase_at, pointed, titled
from .questions import subject_of
from .things import things_of
from .wares import called_kind, ware_of

__all__ = [
    "SHORT_NAME",
    "TALES",
    "acts_at",
    "does_something",
    "done_to",
    "mentioned",
    "named",
    "sold_as",
    "suited",
]

TALES = ("story", "trailer", "poem")
"""Templates that have heroes; the others speak about whoever acts."""
_SECTIONS = (
    *("m\u00e9t\u00e9o", "sport", "culture", "\u00e9conomie", "politique", "sant\u00e9", "justice"),
    *("soci\u00e9t\u00e9", "environnement", "transport", "\u00e9ducation", "emploi", "logement"),
)  # fmt: skip
"""What stands in front of a colon in any newspaper: no event."""
_MEASURES = ("g", "kg", "mg", "l", "cl", "ml", "cm", "m", "grammes", "kilos", "litres", "lot")
_LONGEST_NAME, SHORT_NAME = 6, 3
"""What is explained keeps all that belongs to it; elsewhere "ce bruit" will do."""


def named(
    headline: str, body: str, words: Sequence[str], *, asking: bool, marked: bool, template: str
) -> Name | None:
    """What the film calls the idea: what stands in front of its colon, where that is sure."""
    if not headline and template == "product" and not asking:
        return ware_of(words_of(join(list(words)).replace(":", ",")))
    at = next((k for k, word in enumerate(words) if word[-1:] == ":"), 0)
    if not headline and at:
        headline = join([*words[:at], words[at].rstrip(":")])
    if asking and not marked and not headline:
        # "Comment un village a sauv\u00e9 son \u00e9cole" tells of one village.
        return name_at(words, 1, longest=SHORT_NAME)
    if not headline:
        longest = _LONGEST_NAME if template == "explainer" else SHORT_NAME
        return subject_of(words) if asking else name_of(words, longest=longest)
    sold = (
        brand([*headline.split(), ",", *words_of(body)], sold=True) if template == "product" else ""
    )
    title = lowered(headline.split())
    kind = called_kind(headline.split())
    if sold and not kind:
        return Name(sold, brand=True)
    if template == "product" and kind:
        return Name(kind)
    return _ware(title, body) if template == "product" else _event(title)


def _ware(title: Sequence[str], body: str) -> Name | None:
    """What is for sale: "le v\u00e9lo Z\u00e9phyr (: pliable)", "(nouveau :) la brosse"."""
    phrase = phrase_at(title)
    whole = phrase is not None and stretched(title, phrase) == len(title) >= SHORT_NAME
    if phrase is not None and whole and title[0] in ("le", "la", "les"):
        return Name(join(list(title)), phrase.plural)
    bare = bare_phrase(title)
    if bare is not None and titled(bare) and any(is_name(each) for each in title[bare.end :]):
        # "Refuge du lac Blanc : nuit\u00e9es et repas"
        rest = title[bare.end :] if stretched(title, bare) == len(title) else []
        return Name(join([titled(bare), *rest]), bare.plural) if rest else None
    whole = bare is not None and stretched(title, bare) == len(title) > 1
    # "Cours de guitare : 12 le\u00e7ons"
    return (ware_of(title) if whole else None) or ware_of(lowered(words_of(body)))


def _event(title: Sequence[str]) -> Name | None:
    """What stands in front of a colon, where it is whole: "gr\u00e8ve \u00e0 Lille"."""
    if is_name(title[0]):
        return None  # "Rennes : le march\u00e9" is about no reindeer.
    if len(title) > 1 and title[0] in ("le", "la", "les") and all(map(is_name, title[1:])):
        return Name(join(list(title)), title[0] == "les") if not keeps_article(title) else None
    event = bare_phrase(title)
    if event is None:
        # "L'intelligence artificielle : menace ou espoir ?"
        known = None if keeps_article(title) else phrase_at(title)
        end = stretched(title, known) if known is not None else 0
        where = [*title, ""][end] in ("\u00e0", "en") and all(map(is_name, title[end + 1 :]))
        whole = end == len(title) or where  # "le nucl\u00e9aire en France"
        definite = title[0] in ("le", "la", "les") or title[0][:2] == "l'"
        sure = known is not None and whole and definite and titled(known)
        return Name(join(list(title)), known.plural) if sure and known else None
    end = stretched(title, event)
    rest = (re.sub("^l'", "", each) for each in title[end + 1 :])
    placed = all(is_name(each) for each in rest if each not in ("le", "la", "les"))
    near = [word.lower() for word in title[end : end + 2]] in (
        ["pr\u00e8s", "de"],
        ["pr\u00e8s", "du"],
    )
    placed = placed or (near and all(map(is_name, title[end + 2 :])))
    inside = near or [*title, ""][end] in ("\u00e0", "en", "dans", "au", "aux")  # "dans l'Aude"
    if inside and placed:
        title = title[:end]
    if end < len(title) or event.head in _SECTIONS:
        return None
    name = join([titled(event), *title[event.end :]])
    short = titled(event) and len(name.split()) <= _LONGEST_NAME
    text = name if short else pointed(event)
    return Name(text, event.plural) if text else None


def does_something(words: Sequence[str]) -> bool:
    """Whether a town or a body such as "la SNCF" does something with a thing."""
    start = 1 if words[0].lower() in ("le", "la", "les") else 0
    known = word_in(words[0], "towns", "lands") or re.match(r"(?:l')?[A-Z]{3,}", words[start])
    if not known or len(words) < start + 3 or not is_verb(words[start + 1]):
        return False
    behind = words[start + 2].lower()
    return word_in(behind, "determiners") or behind[:2] == "l'"


def mentioned(said: Sequence[Sequence[str]], template: str, *, general: bool) -> Name | None:
    """The first thing that the sentences of an idea surely name, where it has no name itself.

    "Quand les cigognes reviennent" can be told by speaking of them.
    """
    for words in (part for each in said for part in _pieces(each)):
        for thing in things_of(words, 0, "", general=general):
            if template == "product" and thing.place:
                continue  # where it is sold
            thing = _yours(thing, words) if template == "product" else thing
            name = suited(thing if is_certain(thing, words) else None, words, template)
            if name is not None:
                return name
    return _paired(said[0])


def _pieces(words: Sequence[str]) -> list[Sequence[str]]:
    """Where to look for what an idea is about: in front of its first subordinate clause, then in
    all of it; of something to do only what it is done to, not how or where."""
    ends = (at for at, word in enumerate(words) if at > 1 and _leads_away(word))
    main = words[: next(ends, len(words))]
    return [done_to(words)] if infinitive_at(words, 0) else [main, words]


def _leads_away(word: str) -> bool:
    return word_in(word, "relatives") or word in ("quand", "lorsque", "parce", "avant")


def done_to(words: Sequence[str]) -> Sequence[str]:
    """The words of something to do in front of how, where or when it is done."""
    hows = ("avec", "sans", "dans", "sur", "sous", "chez", "en", "par", "pendant", "pour", "entre")
    ends = (at for at, word in enumerate(words) if at and (word in hows or _leads_away(word)))
    return words[: next(ends, len(words))]


def _yours(thing: Name, words: Sequence[str]) -> Name:
    """What an advertisement calls the buyer's: "vos chats" are not "les chats"."""
    noun = re.sub(r"^(?:l'|l[ae]s? )", "", thing.text)
    first = noun.split()[0]
    at = words.index(first) if first in words else 0
    own = at > 0 and words[at - 1].lower() in ("votre", "vos", "ton", "ta", "tes")
    return replace(thing, text=f"{words[at - 1].lower()} {noun}") if own else thing


def _paired(words: Sequence[str]) -> Name | None:
    """The first of two that an idea only sets side by side: "nutrition et sommeil"."""
    at = words.index("et") if words.count("et") == 1 else 0
    halves = [list(words[:at]), list(words[at + 1 :])]
    found = [bare_phrase(half) if half else None for half in halves]
    if not all(
        each and is_known(each.noun[0]) and stretched(half, each) == len(half)
        for each, half in zip(found, halves, strict=True)
    ):
        return None
    first = titled(found[0]) if found[0] else ""
    return Name(join([first, *halves[0][found[0].end :]])) if first and found[0] else None


def suited(name: Name | None, words: Sequence[str], template: str) -> Name | None:
    """The name as a template can use it: what is explained is any of its kind."""
    if name is None or name.brand:
        return name
    mine = template == "documentary" and re.match(r"(?:mon|ma|mes|notre|nos) ", name.text)
    if template not in (*TALES, "product") and is_yours(name) and not mine:
        return None
    name = _defined(name, words) if template == "explainer" else name
    first, _, rest = name.text.partition(" ")
    swapped = {"ces": "les", "ce": "le", "cette": "la"}
    other = swapped.get(first) if template == "explainer" else None
    at = words.index(rest.split()[-1]) + 1 if other and rest.split()[-1] in words else 0
    behind = [*words[at:], ""][0].lower() if at else ""
    of = behind in ("de", "du", "des") or behind[:2] == "d'"
    counted = is_number(words[0]) and first == "ces"
    if other is None or counted or of or not rest[:1].islower():
        return name
    elided = other in ("le", "la") and elides(rest)
    return replace(name, text=f"l'{rest}" if elided else f"{other} {rest}")


def _defined(name: Name, words: Sequence[str]) -> Name:
    """The name of what is explained with a participle that says which: "le pass\u00e9 compos\u00e9
    (avec \u00eatre)" is no other past."""
    end = len(name.text.split())
    definite = words[0] in ("le", "la", "les") and join(list(words[:end])) == name.text
    if not definite or not is_participle([*words, ""][end]) or len(words) < end + 2:
        return name
    led = word_in(words[end + 1], "prepositions") and words[end + 1] not in ("par", "de", "du")
    led = led and not re.match(r"(?:expliqu|racont)\u00e9", words[end])
    return replace(name, text=f"{name.text} {words[end]}") if led else name


def sold_as(name: Name, words: Sequence[str]) -> set[str]:
    """The tag of a ware that is yours already ("vos chaussures") or that nobody takes home: "notre
    boulangerie" is premises, "cette location" a service; of another none."""
    nouns = [word for word in name.text.lower().split() if is_known(word) and not name.brand][:1]
    noun = singular_of(nouns[0]) if nouns else ""
    if noun in lexicon().persons:
        return {"mentioned"}  # nobody is for sale
    # "Nettoyage" is done for you, as its verb says.
    doing = re.sub("(?:age|ement|ation)$", "er", noun)
    if word_in(noun, "services") or (doing != noun and doing in lexicon().infinitives):
        return {"service"}
    weighed = any(
        one[:1].isdigit() and unit.lower() in _MEASURES for one, unit in pairwise([*words, ""])
    )
    if word_in(noun, "premises") and not (name.plural or weighed):  # "caf\u00e9 moulu, 500 g"
        return {"premises"}
    if not re.match(r"(?:ton|ta|tes|votre|vos) ", name.text):
        return set()
    # "R\u00e9servez votre table": nobody cares for that.
    return {"mentioned"} if words[0].lower().endswith("ez") else {"yours", "mentioned"}


def acts_at(words: Sequence[str]) -> int:
    """Where somebody begins to act whom a trade or kind explains: "Thomas, boulanger," or "Malo le
    crabe"."""
    if words[1:2] in (["le"], ["la"]):
        return next((k for k in range(3, len(words)) if is_verb(words[k])), 0)
    if words[1:2] != [","]:
        return 0
    return next((k for k in range(2, len(words)) if is_verb(words[k]) and words[k - 1] == ","), 0)
