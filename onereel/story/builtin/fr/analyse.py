"""A French idea becomes a Frame."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ..cleaning import join, split_headline, words_of
from ..pack import Frame, Part, Theme
from .bits import bits_of, is_series
from .certain import is_certain, sure_nouns
from .clean import clean, parts, sentence
from .fronts import front, told_short
from .heroes import Hero, read_hero
from .lexicon import lexicon
from .lists import Listed, read_list
from .naming import Name, is_yours
from .nouns import (
    infinitive_at,
    is_number,
    is_verb,
    lowered,
    word_in,
)
from .questions import asks, indirect, is_saying, is_supposed, is_told, to_do
from .subjects import (
    SHORT_NAME,
    TALES,
    acts_at,
    does_something,
    done_to,
    mentioned,
    named,
    sold_as,
    suited,
)
from .tasks import chore_of
from .terms import quoted, words_worth
from .themes import themes_of
from .things import things_of
from .typography import polish, title

__all__ = ["analyse"]

_LONGEST_TITLE = 16
_MOST_BITS = 6
_LONGEST_CHORE = 6
_OWN = {"mon", "ma", "mes", "ton", "ta", "tes", "notre", "nos", "votre", "vos"}
_LONGEST_SAID, _LONGEST_SPOKEN = 9, 20
_DAY = r"le (?:\d+|1er) \w+$"
""""Le 31 d\u00e9cembre", which only says when."""


def analyse(idea: str, template: str, themes: Mapping[str, Theme]) -> Frame:
    """Take an idea apart for a template."""
    premise, further = parts(
        clean(idea), sold=template == "product", taught=template == "explainer"
    )
    words = _several(lowered(words_of(premise) or ["ceci"]))
    headline, body = split_headline(premise)
    asking = asks(premise) or asks(body)
    telling = template in TALES and not asking and not headline
    hero = read_hero(words) if telling else None
    marked = asking and not is_told(premise, words)
    slots = _slots(premise, words, asking=asking, marked=marked)
    if hero is not None:
        return _framed(premise, words, further, themes, template=template, slots=slots, hero=hero)
    tags = {"ask"} if marked else {"wonder"} if asking else set()
    tags |= {"whatif"} if is_supposed(premise) else set()
    tags |= {"headed"} if ":" in premise else set()
    listed = read_list(words) if template == "listicle" else None
    titled_so = lowered(headline.split()) if headline else words
    counted = listed or (read_list(words) if template == "explainer" else None)
    addressed = template in ("explainer", "product", "listicle")
    chore = chore_of(titled_so, longest=_LONGEST_CHORE, yours=addressed)
    chore = chore or (counted.chore if counted else "")
    if addressed:
        # "Mon enfant" is yours.
        chore = re.sub(r"\b(?:mon|ma)\b", "votre", re.sub(r"\bmes\b", "vos", chore))
    whose = {word.lower() for word in chore.split()}
    if whose & (_OWN - ({"votre", "vos"} if addressed else set())):
        chore = ""  # "ranger ma chambre" is not said to you
    if listed:
        slots["listed"] = slots["idea"]
        tags |= {"listed"} | ({"numbered"} if listed.items else set())
        slots |= listed.slots() if listed.items else {}
        if listed.item == "chose":
            # "La chose" says nothing by itself.
            tags |= {"vague"}
            slots |= {} if listed.tail else {"item": "", "item_the": ""}
        tags |= {"items"} if slots.get("item") else set()
    if chore:
        tags |= {"task"} | ({"self"} if chore.startswith("vous ") else set())
        slots["task"] = _task(words, chore)
    slots["focus"] = chore
    if asking and not chore:
        slots["ask"] = slots["ask"] or to_do(words)
    name, nouns = None, list[Name]()
    if not chore and (template == "product" or ":" in premise or not is_series(words)):
        name = (
            listed.name
            if listed
            else named(headline, body, words, asking=asking, marked=marked, template=template)
        )
        name = suited(name if is_certain(name, words) else None, words, template)
        if name is not None and template == "news" and does_something(words):
            # "Nantes teste des bus" is news of buses.
            thing = mentioned([words[2:]], template, general=False)
            town = word_in(words[0], "towns", "lands")
            told = thing is not None and (town or len(thing.text.split()) > SHORT_NAME)
            name = thing if told else name
    if not (chore or name or is_saying(words)):
        # "Ce que deviennent nos d\u00e9chets (une fois le camion parti)" is about no truck.
        once = (at for at in range(2, len(words)) if list(words[at : at + 2]) == ["une", "fois"])
        main = words[: next(once, len(words))]
        said = [main, *(lowered(words_of(each)) for each in further)]
        general = asking or listed is not None or template == "product"
        name = mentioned(said, template, general=general)
        nouns = (
            []
            if name
            else sure_nouns(
                done_to(main) if infinitive_at(main, 0) else main,
                timely=template in TALES,
                sold=template == "product",
            )
        )
        name = nouns[0] if nouns else name
        # What an advertisement only mentions is not for sale.
        tags |= {"mentioned"} if name and template == "product" else set()
    return _framed(
        premise,
        words,
        further,
        themes,
        slots=slots,
        tags=tags,
        name=name,
        nouns=nouns,
        listed=listed,
        template=template,
    )


def _several(words: Sequence[str]) -> list[str]:
    """ "D'anciens mineurs" with the article that is hidden in front of the adjective."""
    bare = words[0][2:] if words[0].lower().startswith("d'") else ""
    led = word_in(bare, "prenominal") and bare.endswith(("s", "x"))
    return ["des", bare, *words[1:]] if led else list(words)


def _task(words: Sequence[str], chore: str) -> str:
    """All that there is to do, as it was typed, of which `chore` is the beginning."""
    text = join(list(words))
    first = re.escape(chore.removeprefix("vous ").split()[0])
    found = re.search(rf"(?i)\b(?:se |s')?{first}", text)
    rest = text[found.start() :] if found else chore
    return rest if len(rest.split()) <= _LONGEST_TITLE else chore


def _slots(premise: str, words: Sequence[str], *, asking: bool, marked: bool) -> dict[str, str]:
    """The idea as it was typed, ready to stand behind a colon; a question with its mark."""
    bare = re.sub(r"[.!? ]+$|^[^\w]+", "", premise) or words[0]
    small = words[0][:1] + bare[1:]
    if len(words) > _LONGEST_SPOKEN and not asking:
        small = told_short(words, front(words)) or small
    ask = indirect(premise) if asking else ""
    return {"idea": polish(small), "question": polish(f"{small} ?") if marked else "", "ask": ask}


def _keywords(*phrases: str) -> frozenset[str]:
    stop = lexicon().sets["function"] | lexicon().sets["determiners"]
    stop |= lexicon().sets["prepositions"]
    words = [word for phrase in phrases for word in re.findall(r"[^\W_]+", phrase.lower())]
    # An idea of small words alone ("sans toi") is known by them.
    return frozenset([word for word in words if word not in stop and len(word) > 2] or words)


def _framed(
    premise: str,
    words: Sequence[str],
    further: Sequence[str],
    themes: Mapping[str, Theme],
    *,
    slots: dict[str, str],
    tags: set[str] | None = None,
    hero: Hero | None = None,
    name: Name | None = None,
    nouns: Sequence[Name] = (),
    listed: Listed | None = None,
    template: str,
) -> Frame:
    """The frame of what was read; `nouns` are all that is sure of an idea without a name."""
    general = bool({"ask", "wonder", "task"} & (tags or set())) or listed is not None
    general = general or template == "explainer"
    known = hero.again if hero else name.text if name else ""
    taken = known or slots["focus"]
    start = _behind(words, hero) if hero else int(listed is not None)
    things = things_of(words, start, known, general=general) if known and not nouns else []
    things = [each for each in things if is_certain(each, words) and not is_yours(each)]
    things += nouns[1:]
    things = [each for each in things if not re.match(_DAY, each.text)]
    if template == "news":
        # Where something happens is no news by itself, nor are the doors that a market opens.
        owners = ("leur", "leurs", "son", "sa", "ses")
        theirs = {each for before, each in pairwise(words) if before in owners}
        things = [
            each
            for each in things
            if not (each.place or word_in(each.text, "towns", "lands"))
            and each.text.split()[-1] not in theirs
        ]
    plural = hero.plural if hero else bool(name and name.plural)
    slots = {**slots, "son": "leur" if plural else "son"}
    told = slots["ask"] and not taken
    tags = {*(tags or ()), "plural" if plural else "single"} | (set() if told else {"parted"})
    views: list[dict[str, str]] = [{"other": each.text} for each in things]
    plain = lowered(words_of(re.sub("[:;]", ",", premise)) or ["ceci"])
    if listed and is_number(plain[0]) and word_in([*plain, ""][1], "list_words"):
        plain = plain[1:]
    if hero is not None:
        slots |= {"hero": known, "il": hero.pronoun or known, "goal": hero.goal}
        tags |= {"tale"} | ({"named"} if hero.named else set()) | ({"goal"} if hero.goal else set())
        tags |= {"pronoun"} if known == hero.pronoun else set()
    elif name is not None:
        slots["topic"] = known
        sold = template == "product" and "mentioned" not in tags
        tags |= sold_as(name, words) if sold else set()
        tags |= {"name"} if name.person else set()
    elif not slots["focus"]:
        tags.add("quoted")
        slots["said"] = quoted(slots["idea"]) if len(words) <= _LONGEST_SAID else ""
        views = [{"word": word} for word in words_worth(plain)]
    if (nouns or "quoted" in tags) and not slots["ask"]:
        bits = bits_of(plain, asked="ask" in tags)
        if template == "product" and further and "ask" in tags:
            # What answers the question is what is offered.
            bits = [*bits_of(lowered(words_of(further[0]))), *bits][:_MOST_BITS]
        views = _beside([{"part": bit} for bit in bits], views)
    slots |= views[0] if views else {}
    others = tuple(Part(view) for view in views[1:])
    if slots.get("question"):
        premise = f"{premise.rstrip('.!? ')}?"
    pronouns = {hero.pronoun} if hero and hero.pronoun else set()
    return Frame(
        kind="hero" if hero else "topic",
        slots=slots,
        subject=hero.first.replace("~", " ") if hero else _shown(words) or known,
        action=join(hero.deed.split()[:18]) if hero else "",
        title=_title(premise, known),
        logline=sentence(premise),
        tags=frozenset(tags),
        keywords=_keywords(premise, known, slots.get("item", ""), *further) | pronouns,
        themes=themes_of(words, further, themes),
        given=tuple(further),
        cast=((known.replace("~", " "), hero.deed),) if hero and hero.named else (),
        parts=others,
        items=listed.items if listed else 0,
    )


def _behind(words: Sequence[str], hero: Hero) -> int:
    """Where what is not the hero may begin: behind his name, "ma voisine H\u00e9l\u00e8ne" is one
    person, or behind what explains it."""
    if hero.named:
        return acts_at(words)
    known = hero.again.lower().split()
    name, start = len(known), front(words)
    follows = lowered(words[:name]) == known and words[name : name + 1] and words[name].istitle()
    # What the hero is of, as "du troisi\u00e8me \u00e9tage", is nothing beside him.
    acts = (
        at
        for at in range(start + 1, len(words))
        if (is_verb(words[at]) or words[at] in ("est", "sont", "a", "ont"))
        and not word_in(words[at - 1], "determiners", "prepositions")
    )
    return max(name + 1 if follows else 0, next(acts, 0))


def _shown(words: Sequence[str]) -> str:
    """The idea as a shot prompt says it; no comma of a bracket stands in front of a colon."""
    return re.sub(r"[, ]+(?=:)", "", join(list(words[:14])))


def _beside(some: Sequence[dict[str, str]], more: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Views of one kind beside those of another, as many as the longer has."""
    if not (some and more):
        return [*some, *more]
    most = max(len(some), len(more))
    return [some[at % len(some)] | more[at % len(more)] for at in range(most)]


def _title(premise: str, known: str) -> str:
    """The idea, if it is short; else its first clause, its name or its first words."""
    bare = premise.rstrip(".! ")
    if len(bare.split()) <= _LONGEST_TITLE:
        return title(bare)
    clause = re.split(r"[,:;.] ", bare)[0]
    if not front(words_of(premise)) and 2 < len(clause.split()) <= _LONGEST_TITLE:
        return title(clause)
    named = known and not re.match(r"(?:ce|cet|cette|ces) ", known)
    return title(known.replace("~", " ")) if named else title(f"{join(bare.split()[:8])}\u2026")
