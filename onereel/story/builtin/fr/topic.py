"""What a French film is about: its parts, and how a noun phrase is named again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..cleaning import join
from .clauses import infinitive_at, is_verb
from .complements import completed
from .lexicon import elides, gender_of, lexicon, singular_of
from .nouns import Noun, articled, is_name, is_number, lowered, noun, word_in
from .phrases import first_phrase, phrase_end

__all__ = ["UNNAMED", "Topic", "named", "quoted", "several"]

UNNAMED = "cette histoire"
"""What an idea is called that has no name of its own."""
_LONGEST_WHOLE = 13
_LONGEST_SHORT = 6
_LONGEST_BETWEEN = 9
_ANYBODY = ("enfants", "gens", "hommes", "femmes", "personnes", "jeunes", "mots", "filles")
"""What is anybody at all without its clause: "les gens qui ne dorment pas"."""


@dataclass
class Topic:
    """The parts of a topic; an empty string is a part that the idea does not have."""

    whole: str
    """The noun phrase as the user gave it."""
    short: str = ""
    """How the film names it from then on."""
    plural: bool = False
    gender: str = ""
    ask: str = ""
    """An indirect question: "comment fonctionne un volcan"."""
    question: str = ""
    claim: str = ""
    """A clause that the film may say as it is: "le ciel est bleu"."""
    how: str = ""
    """What is asked about it: "comment", "pourquoi"."""
    task: str = ""
    """What to do, in the infinitive."""
    does: str = ""
    """What a product does: "suit le soleil"."""
    tag: str = ""
    whom: str = ""
    said: str = ""
    """The idea in quotation marks, where the film has no other name for it."""
    wares: str = ""
    """A bare noun of unknown gender: what is sold is "notre" whatever its gender."""
    others: tuple[str, ...] = ()
    """What it names beside `short`, where it names several things."""
    tags: set[str] = field(default_factory=set)


def named(words: Sequence[str]) -> Topic:
    """A noun phrase: long at first, without its tail from then on."""
    words = lowered(words)
    if [word.lower() for word in words[:2]] == ["l\u00e0", "o\u00f9"] and first_phrase(words[2:]):
        return replace(named(first_phrase(words[2:])), whole=join(["l\u00e0", *words[1:]]))
    if words[0] == "ce" and len(words) > 2 and re.match(r"(?:que|qui|dont|qu'.+)$", words[1]):
        return _what(words)
    if word_in(words[0], "towns") and not (len(words) > 1 and words[1][:1].isupper()):
        return Topic(join(words), short=words[0])
    if words[0].lower() in ("sous", "sur", "dans", "chez", "entre", "vers") and len(words) < 7:
        return quoted(join(words))
    if len(words) == 1 and words[0].isdigit():
        return quoted(words[0])
    if len(words) > 1 and words[0].isdigit() and word_in(words[1], "months"):
        return Topic(f"le {join(words)}", short=f"le {join(words[:2])}", gender="m")
    both = _pair(words)
    if both is not None:
        return both
    core, told_whole, described_animate = list(words), "", True
    if words[0].lower() in ("ceux", "celles") and words[1:2] == ["qui"]:
        text = join([words[0].lower(), *words[1:]])
        cuts = (at for at, word in enumerate(words) if at > 2 and word in ("quand", "lorsque"))
        short = join([words[0].lower(), *words[1 : next(cuts, len(words))]])
        return Topic(text, short=short, plural=True, tags={"clause"})
    if words[0].isdigit() and words[1:3] in (["%", "des"], ["%", "de"]) and len(words) > 3:
        whose = named(["les", *words[3:]])
        whose.whole = join(words)
        return whose
    if len(words) == 1 and word_in(words[0], "months"):
        return Topic(words[0], short=words[0], gender="m")
    for index, word in enumerate(words):
        told = re.match(r"(?:expliqu|racont)\u00e9e?s?$", word) is not None
        relative = word_in(word, "relatives") or word[:3] == "qu'"
        if index and (relative or word == "," or told):
            core = words[:index]
            told_whole = join(words) if told and len(words) <= _LONGEST_WHOLE else ""
            words = core if told else words
            break
    common = gender_of(core[0]) if singular_of(core[0].lower()) in lexicon().gender else ""
    if common and len(core) > 1 and core[0].lower() not in (*lexicon().names, *lexicon().persons):
        # "Temp\u00eate Boris" is "la temp\u00eate Boris".
        words = [words[0].lower(), *words[1:]]
        core = words[: len(core)]
    if is_name(core) or _is_title(core):
        first = lexicon().names.get(core[0].lower(), "")
        trade = [word for word in words[len(core) : len(core) + 3] if word in lexicon().persons]
        person = {"name"} if first or trade else set()
        topic = Topic(
            join(words if len(words) <= _LONGEST_WHOLE else core),
            short=join(core),
            gender=first,
            tags=person,
        )
    else:
        described = noun(core, words)
        described_animate = described.person
        bare = (
            not word_in(core[0], "determiners") and core[0][:2] != "l'" and not is_number(core[0])
        )
        if bare and not core[0].isupper():
            # A common noun has its capital from the start of the idea only.
            words = [words[0].lower(), *words[1:]]
            core = words[: len(core)]
            described = noun(core, words)
        if bare and "et" in core:
            # "Amour et poudre" share no article.
            return quoted(join(words))
        if bare and len(core) > 1 and not (described.gender or described.plural):
            topic = quoted(join(words if len(words) <= _LONGEST_WHOLE else core))
            if phrase_end(words) == len(words) or "et" in core:
                return topic
            topic.wares = join(core[: phrase_end(core)])
            return topic
        whole = join(words) if len(words) <= _LONGEST_WHOLE else join(core)
        if bare:
            whole = articled(whole.split(), described)
        vague = described.again.count(" ") < 2
        vague = vague or singular_of(described.head) not in lexicon().gender
        fits = len(whole.split()) <= _LONGEST_SHORT
        plain = vague and fits and whole != core[0]
        kept = plain and word_in(words[0], "determiners") and words[0] in ("le", "la", "les")
        again = articled(_bare_core(described, core), described) if bare else described.again
        short = whole if kept or (words[0][:2] == "l'" and plain) else again
        kept_words = core[: phrase_end(core)]
        if fits and len(core) == len(words) and not is_number(words[0]):
            short = _definite_whole(words, whole, bare=bare)
        elif 1 < len(kept_words) <= _LONGEST_SHORT + 1 and not is_number(words[0]):
            kept_text = join(kept_words)
            short = (
                articled(kept_words, described)
                if bare
                else _definite_whole(kept_words, kept_text, bare=False)
            )
        if "entre" in words and len(words) <= _LONGEST_BETWEEN:
            short = _definite_whole(words, whole, bare=bare)
        if is_number(words[0]) and word_in(singular_of(described.head), "times"):
            return quoted(join(words)) if len(words) > 2 else Topic(whole, short=whole, plural=True)
        if is_number(words[0]) and not described.animate:
            end = phrase_end(core) if len(core) > _LONGEST_SHORT else len(core)
            telling = (
                at for at in range(2, end) if core[at] == "\u00e0" and infinitive_at(core, at + 1)
            )
            end = next(telling, end)
            whole_name = end == len(words)
            short = f"{'les' if whole_name else 'ces'} {join(core[1:end])}"
        short = completed(core, short)
        anybody = short.removeprefix("les ") in _ANYBODY and len(core) < len(words)
        short = short.replace("les ", "ces ", 1) if anybody else short
        person = {"name"} if described.person else set()
        topic = Topic(
            whole, short=short, plural=described.plural, gender=described.gender, tags=person
        )
    most = any(
        one in ("le", "la", "les") and other in ("plus", "moins", "mieux")
        for one, other in pairwise(core[1:])
    )
    if most and len(core) <= _LONGEST_WHOLE:
        # "Les lois les plus \u00e9tranges" are not any laws.
        topic.short = topic.whole if len(core) == len(words) else join(core)
    counted = words[0] in ("les", "mes", "nos") and len(words) > 2 and is_number(words[1])
    if counted and not described_animate and not word_in(singular_of(words[2]), "times"):
        # No item of "les huit meilleures excuses" is about all eight.
        topic.short = re.sub(r"^(les|mes|nos) \S+ ", r"\1 ", topic.short)
    span = _SPANS.get(words[1].lower()) if len(words) > 3 else None
    if (
        span
        and words[0].lower() in ("un", "une")
        and words[2].lower() in (*("dans", "en", "\u00e0", "au", "aux", "avec", "chez", "sur"),)
    ):
        topic.short, topic.gender = span, "m" if span.startswith("ce ") else "f"
        if words[2] in ("avec", "chez") and word_in(words[3], "determiners"):
            # "Une nuit avec les dameurs" is about them.
            who = named(words[3:])
            topic = replace(who, whole=topic.whole)
    if words[0].lower() in ("le", "la") and len(words) > 3 and words[1] in _MOMENTS:
        topic.short = f"{'ce' if words[0] == 'le' else 'cette'} {words[1]}-l\u00e0"
    moment = _ELIDED_MOMENTS.get(words[0].lower())
    if moment and len(words) > 3 and word_in(words[1], "relatives"):
        topic.short, topic.tags = moment, topic.tags | {"event"}
    _add_use(topic, words)
    topic.whole = told_whole or topic.whole
    return topic


def _what(words: Sequence[str]) -> Topic:
    """ "Ce que disent les pierres" is named by its noun, where it has one."""
    inside = first_phrase(words[2:]) if words[1] == "que" else []
    if inside:
        about = named(inside)
        about.whole = join(list(words))
        return about
    return Topic(join(list(words)), short=join(list(words)), gender="m", tags={"clause"})


def _definite_whole(words: Sequence[str], whole: str, *, bare: bool) -> str:
    """A short noun phrase as a film names it again, with all that it says."""
    article = {"un": "le", "une": "la", "des": "les", "du": "le"}.get(words[0].lower(), "")
    if bare or not article:
        return whole
    rest = list(words[1:])
    if article != "les" and elides(rest[0]):
        return join([f"l'{rest[0]}", *rest[1:]])
    return join([article, *rest])


def _bare_core(described: Noun, core: Sequence[str]) -> list[str]:
    """The words that name a bare noun again, without an article that was guessed before."""
    again = described.again.removeprefix("les ").removeprefix("le ").removeprefix("la ")
    return again.removeprefix("l'").split() or list(core)


def _pair(words: list[str]) -> Topic | None:
    """Two nouns with their articles: "l'eau et la guerre"."""
    if "et" not in words[1:-1] or "entre" in words or len(words) > 7:
        return None
    at = words.index("et")
    left, right = words[:at], words[at + 1 :]
    for part in (left, right):
        article = word_in(part[0], "determiners") or part[0][:2].lower() == "l'"
        if not article or any(word_in(word, "relatives") or word == "," for word in part):
            return None
    genders = {noun(part).gender for part in (left, right)}
    gender = "f" if genders == {"f"} else "" if "" in genders else "m"
    name = f"{join(left)} et~{join(right)}"
    return Topic(name, short=name, plural=True, gender=gender)


def several(words: Sequence[str]) -> Topic | None:
    """Three things at least share no preposition: they are named like a title."""
    joined = "et" in words or words.count(",") > 1
    if "," not in words[:5] or not joined or len(words) > _LONGEST_WHOLE:
        return None
    each = [part.split() for part in re.split(r", | et ", join(list(words))) if part]
    owned = all(word_in(part[0], "determiners") or part[0][:2] == "l'" for part in each)
    comma = words.index(",")
    if (comma > 2 and not owned) or (is_name(words[:comma]) and words[comma + 1][:1].islower()):
        # "Zin\u00e9dine, \u00e9boueur et po\u00e8te" is one, and so is what has a complement.
        return None
    loose = any(word_in(word, "relatives", "pronouns") or is_verb(word) for word in words)
    articles = sum(word_in(word, "determiners", "numbers") for word in words)
    if articles == 1 or loose:
        return None
    if owned:
        first, *rest = (named(part) for part in each)
        rest_names = tuple(one.short for one in rest)
        return replace(first, whole=quoted(join(list(words))).short, others=rest_names)
    return quoted(join(list(words)))


def quoted(text: str) -> Topic:
    """What is no noun phrase is named like a title."""
    name = f"\u00ab {text[:1].upper()}{text[1:]} \u00bb"
    return Topic(name, short=name)


_SPANS = {
    "an": "cette ann\u00e9e", "ann\u00e9e": "cette ann\u00e9e", "jour": "cette journ\u00e9e",
    "journ\u00e9e": "cette journ\u00e9e", "nuit": "cette nuit", "semaine": "cette semaine",
    "mois": "ce mois", "hiver": "cet hiver",
}  # fmt: skip
"""What a film calls "un an dans la vie d'un phare" from then on."""
_ELIDED_MOMENTS = {
    "l'\u00e9t\u00e9": "cet \u00e9t\u00e9-l\u00e0", "l'hiver": "cet hiver-l\u00e0",
    "l'automne": "cet automne-l\u00e0", "l'ann\u00e9e": "cette ann\u00e9e-l\u00e0",
    "l'heure": "cette heure-l\u00e0", "l'instant": "cet instant-l\u00e0",
    "l'apr\u00e8s-midi": "cet apr\u00e8s-midi-l\u00e0",
    "l'\u00e9poque": "cette \u00e9poque-l\u00e0",
}  # fmt: skip
_MOMENTS = (
    "printemps",
    "jour",
    "matin",
    "soir",
    "nuit",
    "moment",
    "fois",
    "semaine",
    "journ\u00e9e",
)


def _is_title(words: Sequence[str]) -> bool:
    return (
        len(words) > 1 and words[0][:1].isupper() and all(word[:1].isupper() for word in words[1:2])
    )


def _add_use(topic: Topic, words: Sequence[str]) -> None:
    """For whom it is, and what it does."""
    at = next((i for i, word in enumerate(words) if i and word.lower() == "pour"), 0)
    if at and len(words) - at <= 7 and not infinitive_at(words, at + 1):
        topic.whom = join(list(words[at + 1 :]))
    if at:
        topic.tags.add("wares")
    relative = next((i for i, word in enumerate(words) if i and word.lower() == "qui"), 0)
    if relative and relative + 1 < len(words) and not 0 < at < relative:
        does = list(words[relative + 1 :])
        if is_verb(does[0]) or word_in(does[0], "clitics") or does[0][:2] in ("s'", "n'", "l'"):
            topic.does = join(does)
            topic.tags.add("wares")
