"""The slots that French patterns use: of a topic, of a hero, of a part of either."""

from __future__ import annotations

import re

from ..cleaning import join
from ..pack import Part
from .clauses import find_verb, infinitive_at
from .deeds import Tale
from .nouns import word_in
from .questions import uncapitalised
from .topic import Topic

__all__ = ["hero_slots", "parts_of", "topic_slots"]

_OWN = frozenset(
    ("son", "sa", "ses", "leur", "leurs", "il", "elle", "ils", "elles", "lui", "eux", "se", "s")
)
"""Words that mean the hero: nobody else's quest has them."""
_LONGEST_NAME = 8
_LONGEST_CHORE = 5
_CIRCUMSTANCES = ("sans", "pour", "avant", "apr\u00e8s", "quand", "pendant", "afin", ",")


def _alone(topic: Topic) -> str:
    """The question as it stands alone, without its mark."""
    if topic.question.startswith("Et si "):
        return ""
    if topic.question:
        return uncapitalised(topic.question).rstrip("? \u00a0")
    return "" if re.match(r"(?:si|s'|ce) ?", topic.ask) else topic.ask


def _brief(name: str) -> str:
    """A long name without its last complements: no scene has room for nine words each time."""
    words = name.split()
    while len(re.findall(r"\w+", " ".join(words))) > _LONGEST_NAME:
        cuts = [
            at
            for at, word in enumerate(words)
            if at > 1 and (word_in(word, "prepositions") or word[:2].lower() == "d'")
        ]
        fixed = {"que", "qui", "o\u00f9", "dont", "entre", "et", "\u00ab"} & set(words)
        fixed |= {word for word in words if word.startswith("qu'") or "~" in word}
        if not cuts or fixed or infinitive_at(words, cuts[-1] + 1) or words[0] == "l'art":
            break
        cut = words[cuts[-1]]
        if cut[:2].lower() == "d'" and infinitive_at([cut[2:]], 0):
            break
        words = words[: cuts[-1]]
    return join(words)


_COMPLEMENT = r" (?P<joint>du|des|de la|de l')(?P<rest> ?\w[\w'-]*(?: [A-Z\u00c0-\u00dd][\w'-]*)+)"
_ARTICLES = {"du": "le", "des": "les", "de la": "la", "de l'": "l'"}


def parts_of(topic: Topic) -> tuple[Part, ...]:
    """What else an idea is about: "le canal du Midi" of "la fin du canal du Midi"."""
    if topic.others:
        return tuple(
            Part({"topic": each}, plural=each.startswith(("les ", "des ", "mes ", "ses ")))
            for each in topic.others
        )
    match = re.search(_COMPLEMENT, topic.whole)
    if match is None:
        return ()
    phrase = f"{_ARTICLES[match['joint']]}{match['rest']}"
    return (Part({"topic": phrase}, plural=match["joint"] == "des"),)


def _chore(task: str) -> str:
    """A long task without its circumstances: "lire une carte", of "... sans se perdre"."""
    words = task.split()
    when = next((at for at, word in enumerate(words) if at and word in ("quand", "lorsque")), 0)
    words = words[:when] if when else words
    if len(words) <= _LONGEST_CHORE:
        return join(words)
    cuts = [at for at, word in enumerate(words) if at > 1 and word in _CIRCUMSTANCES]
    return join(words[: cuts[0]] if cuts else words).rstrip(",")


def _clause(claim: str) -> str:
    """The first clause of a long claim, where it says something by itself."""
    words = claim.split(", ")[0].split()
    return join(words) if "," in claim and len(words) > 3 and find_verb(words, 1) else ""


def topic_slots(topic: Topic) -> dict[str, str]:
    """The slots that patterns about a topic use; a task is named by its verb alone."""
    art = "task" in topic.tags and topic.short.startswith("l'art d")
    return {
        "whole": "" if art else topic.whole,
        "topic": "" if art else _brief(topic.short or topic.whole),
        "son": "leur" if topic.plural else "son",
        "ask": topic.ask,
        "asked": _alone(topic),
        "question": topic.question,
        "fact": topic.claim,
        "clause": _clause(topic.claim),
        "said": topic.said,
        "how": topic.how,
        "task": topic.task,
        "chore": _chore(topic.task),
        "does": topic.does,
        "tag": topic.tag,
        "whom": topic.whom,
    }


def hero_slots(tale: Tale) -> dict[str, str]:
    """The slots that patterns about a hero use."""
    hero = tale.hero
    base = re.sub(
        r"^chercher (?=un|une|le|la|les|l'|des|son|sa|ses|leurs?)\b", "trouver ", tale.base
    )
    aimless = (not tale.act and not tale.goal) or not (hero.animate or hero.named)
    quest = tale.goal or ("" if aimless else base)
    learns = re.match(r"(?:apprendre|d\u00e9couvrir|voir|entendre|comprendre|savoir) qu", quest)
    if learns or re.match(r"(?:ne|lui|leur|le|la|les|y|en) |[nl]'", quest):
        # "Lui apprendre" says nothing where nobody was named.
        quest = ""
    return {
        "a_hero": hero.first,
        "hero": hero.again,
        "bref": hero.again if hero.named else hero.brief or hero.again,
        "il": hero.pronoun or hero.again,
        "son": "leur" if hero.plural else "son",
        "deed": tale.deed,
        "full": tale.full,
        "goal": tale.goal,
        "quest": quest,
        "feat": "" if _OWN & set(re.findall(r"[^\W_]+", quest.lower())) else quest,
        "trouble": tale.trouble,
        "where": tale.where,
        "lead": tale.lead,
        "extra": tale.extra,
    }
