"""A tale or a topic becomes the Frame that a film is written from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ..pack import Frame, Part
from .articles import with_articles
from .clean import title_case, words_of
from .forms import hero_forms, topic_forms
from .heads import briefly, is_incomplete
from .hero import hero_slots
from .lexicon import lexicon, past_base, word_set
from .listing import announced, listed
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, singular
from .parts import asked_doing, bare_of, first_of, items_about, parts_of, things_first
from .phrase import may_be_verb
from .tale import Tale
from .things import caused_by, is_nameable
from .told import opening_of
from .topic import Topic, topic_slots
from .whether import INVERTED

__all__ = ["UNPLACED", "hero_frame", "topic_frame"]

_LONGEST_TITLE = 9
_TOLD_ALONG = frozenset(("story", "trailer", "poem"))
_OWN = ("your ", "my ", "our ")
_LONGEST_PART = 6
UNPLACED = frozenset(
    ("story", "trailer", "poem", "product", "explainer", "lesson", "howto", "listicle")
)
"""Templates that do not go round the places of the idea."""

_SAID_OF_ANYTHING = word_set(
    "say says said tell tells told know knows think look see way day one first never always every"
    " take makes make who what how why more most new still again time here there good long"
)
"""Words that lines about any idea may have."""


def _keywords(*phrases: str) -> frozenset[str]:
    stop = lexicon().sets["function"] | DETERMINERS | PREPOSITIONS | NUMBERS
    words = {
        word
        for phrase in phrases
        for word in re.findall(r"[^\W_]+", phrase.lower())
        if word not in stop and len(word) > 1
    }
    return frozenset(words - _SAID_OF_ANYTHING or words)


def _sentence(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,.!?")
    return with_articles(f"{text[:1].upper()}{text[1:]}.")


def hero_frame(tale: Tale, premise: str) -> Frame:
    """The frame of an idea about somebody, told beat by beat."""
    hero = tale.hero
    forms, known = hero_forms(hero_slots(tale))
    slots = {name: with_articles(text) for name, text in forms.items()}
    parts = parts_of(words_of(premise), slot="part", known=(hero.again, hero.first), placed=False)
    slots["part"] = parts[0].slots["part"] if parts else ""
    slots["said"] = _sentence(premise).rstrip(".")
    spoken = premise.partition(": ")[2].rstrip(".! ")
    if slots["full"] and 0 < len(spoken.split()) <= _LONGEST_TITLE:
        slots["full"] += f": {spoken}"  # "finds a note: Feed my cat"
    tags = {"plural" if hero.plural else "single"}
    tags |= {"person"} if hero.person else set()
    tags |= {"named"} if hero.named else set()
    tags |= {"they"} if hero.pronoun[0] == "they" else set()
    own = word_set("each his her its their you your my our me us")
    tags |= known | ({"goal"} if slots["goal"] else set())
    tags |= {name for name in ("trouble", "extra") if slots[name]}
    tags |= {"deed"} if slots["deed_base"] else {"idle"}
    tags |= set() if slots["deed"] else {"still"}
    tags |= {"own"} if own & set(slots["quest"].lower().split()) else set()
    bare = premise.rstrip(".! ")
    verb = (tale.deed.deed.split() or [""])[0]
    as_written = not verb or verb in bare.lower().split() or verb in ("is", "are")
    first_person = re.match(r"^(?:i|we)\b", bare, re.IGNORECASE) is not None
    told = f"{slots['a_hero']} {tale.deed.full}"
    told += f" and {tale.deed.turn}" if tale.deed.turn else ""
    in_past = any(past_base(word) for word in bare.split())
    headline = bare if as_written or first_person or in_past else told
    bare = bare if as_written and not first_person else told
    return Frame(
        kind="hero",
        slots=slots,
        subject=slots["a_hero"].rstrip(","),
        action=tale.deed.full if len(tale.deed.full.split()) <= 16 else tale.deed.deed,
        title=_hero_title(tale, with_articles(headline)),
        logline=_sentence(bare),
        tags=frozenset(tags),
        keywords=_keywords(premise, hero.again) | {hero.pronoun[0], hero.pronoun[2]},
        cast=((hero.again, _known(tale)),) if hero.named else (),
        parts=parts[1:],
    )


def _known(tale: Tale) -> str:
    """What is known of a named hero: who it is, else what it does."""
    hero = tale.hero
    described = re.sub(rf"(?:\b(?:named|called) )?{re.escape(hero.again)}", "", hero.first).strip(
        " ,"
    )
    return described or tale.deed.deed


def _hero_title(tale: Tale, premise: str) -> str:
    if len(premise.split()) <= _LONGEST_TITLE and "," not in premise:
        return title_case(premise)
    told = f"{tale.hero.first} {tale.deed.deed}"
    if tale.deed.deed and len(told.split()) <= _LONGEST_TITLE - 1 and "," not in told:
        return title_case(with_articles(told))
    if tale.deed.thing.startswith("the ") and " and " not in tale.hero.again:
        return title_case(f"{tale.hero.again} and {tale.deed.thing}")
    return title_case(tale.hero.again)


def _opening(text: str) -> str:
    """The first words of a long idea, not ending on a small one."""
    words = re.split(r", (?=who|which|when|where|but|so)\b", text)[0].split()[:6]
    while len(words) > 1 and (
        words[-1].lower() in DETERMINERS | PREPOSITIONS | {"and", "but"} or len(words[-1]) < 3
    ):
        words.pop()
    return " ".join(words).rstrip(",;:")


def _thoughts(topic: Topic, part: str, *, asks: bool) -> dict[str, str]:
    """What a list counts whose idea counts nothing: answers, or thoughts."""
    if asks:
        return {"item": {"why": "reason", "how": "way"}.get(topic.ask.split(" ")[0], "answer")}
    item, about = "thought", topic.focus or topic.short or part
    short = about and len(about.split()) <= _LONGEST_TITLE // 2 + 1
    return {"item": f"{item} about {about}" if short else item}


def _said_of_items(premise: str) -> dict[str, str]:
    """What all that a list counts is about, "about moving to a small town", or when it matters:
    "before you sign a lease"."""
    text = premise.rstrip(".!? ")
    for slot, words in (("about", "about"), ("timely", "before|after|when|while")):
        found = re.search(rf"\b(?:{words}) [^,:]+$", text)
        if found and 1 < len(found[0].split()) <= _LONGEST_PART + 1:
            return {slot: found[0]}
    return {}


def _counted(slots: Mapping[str, str]) -> str:
    """The item by which a line of a list is known, where it cannot say what that is about."""
    return "" if slots.get("about") or slots.get("timely") else slots.get("item", "")


def _words_of_it(topic: Topic, template: str) -> str:
    """What a film can speak of where the idea names nothing: its own words, or its question."""
    if topic.ask or topic.question:
        return "the answer" if template == "product" else "this question"
    if "told" not in topic.tags:
        return ""
    words = topic.said.split()
    own = words[:1] == ["Our"] and len(words) > 3 and words[1].islower()
    if own and words[1] not in lexicon().sets["adjective"] and may_be_verb(words[2]):
        return f"our {words[1]}"  # "Our honey tastes of heather"
    return {"product": "this offer", "news": "the story"}.get(template, "these words")


def topic_frame(topic: Topic, premise: str, template: str, *, headline: str) -> Frame:
    """The frame of any other idea; `headline` is what stood in front of its colon."""
    bare = premise.rstrip(".! ?")
    short = len(bare.split()) <= _LONGEST_TITLE + 3
    known_again = topic.short.startswith(("this ", "these ", "that "))
    title = topic.question or bare if short else "" if known_again else topic.short
    title = title if is_nameable(title) or short else ""
    if "brand" in topic.tags:
        title = topic.short
    main = topic.focus or topic.short
    items = announced(premise) if template == "listicle" else 0
    main = main if is_nameable(main) else ""
    parts = _topic_parts(topic, premise, main, template=template, counted=items > 0)
    if "told" in topic.tags and not topic.focus and parts:
        main, parts = parts[0].slots["part"], parts[1:]
        topic = replace(topic, focus=main)
    if template in ("explainer", "lesson", "howto") and not topic.said:
        # Whom it is told, it is not about: "the Cold War for twelve-year-olds".
        parts = tuple(part for part in parts if f" for {part.slots['part']}" not in premise)
    if (topic.ask or topic.question) and template not in _TOLD_ALONG:
        # What is the viewer's own ("your coffee") nobody asks about by itself.
        parts = tuple(part for part in parts if not part.slots["part"].startswith(_OWN))
        main = "" if main.startswith(_OWN) else main
    slots, known = topic_forms(topic_slots(topic), topic.tags)
    whole = main.startswith("the difference between ") and len(main.split()) <= _LONGEST_PART
    main = slots["coring"] if slots["doing"] else main if whole else briefly(main)
    main = main if main in premise else _known_again(main, premise)
    long = len(main.split()) > _LONGEST_PART + 2 * bool(slots["doing"])
    if items or (parts and (long or is_incomplete(main))):
        main = ""
    if template == "product" and "told" in topic.tags:
        named = [bare_of(main, words_of(premise)), *(part.slots["part"] for part in parts)]
        kept = things_first([each for each in named if each])
        main = kept[0] if kept else ""
        parts = tuple(part for part in parts if part.slots["part"] in kept[1:])
    last = _named_by(headline) or ("" if items else topic.short)
    lead = main or (parts[0].slots["part"] if parts else "")
    first = premise.split()[0].lower() if premise.split() else ""
    if first.endswith("ing") and lead.startswith(f"the {first} "):
        lead = lead.removeprefix("the ")  # "baking bread" is no bread
    slots["part"] = lead or last or _words_of_it(topic, template)
    parts = parts if main else parts[1:]
    known |= {"parted"} if slots["part"] else set()
    known |= {"indirect"} if topic.ask and not topic.question else set()
    known |= {"inquiry"} if topic.ask or topic.question else set()
    slots["opening"] = opening_of(slots["said"])
    if template == "listicle":
        asks = topic.ask or topic.question
        told = "told" in topic.tags and not items
        head = "" if "brand" in topic.tags else premise
        told = told and not premise.startswith(("Things ", "things "))
        counted = {} if asks or told else listed(head, topic.whole, topic.short, topic.task)
        if counted.get("item") == "way" and len(slots["core"].split()) in (1, 2, 3):
            counted["item"] = f"way to {slots['core']}"
        slots |= counted or _thoughts(topic, slots["part"], asks=bool(asks))
        slots["thing"] = slots["item"].split()[0]
        slots["things"] = f"{slots['thing']}s"
        known |= {"listed"} if counted else set()
        if counted and not items:
            # "And what about songs?" says nothing in a list of songs.
            names = [slots["part"], *(part.slots["part"] for part in parts)]
            kept = [each for each in names if each and singular(each.split()[-1]) != slots["thing"]]
            parts = tuple(part for part in parts if part.slots["part"] in kept[1:])
            slots["part"] = kept[0] if kept else ""
            known = known if kept else known - {"parted"}
        if items and counted:
            slots |= _said_of_items(premise)
            slots["part"] = slots.get("about", "").removeprefix("about ") or slots["part"]
            slots["said"] = _sentence(premise).rstrip(".")
            if slots["item"] == "thing" and len(slots.get("about", "").split()) in (2, 3):
                slots["item"] = f"thing {slots.pop('about')}"
            known |= {"announced"}
        parts = items_about(parts, slots["item"])
    return Frame(
        kind="topic",
        slots={name: with_articles(text) for name, text in slots.items()},
        subject=with_articles(topic.whole or bare),
        title=title_case(title or first_of(lead, parts, bare) or _opening(bare)),
        logline=topic.question or _sentence(bare),
        tags=topic.tags | known | {"plural" if topic.plural else "single"},
        keywords=_keywords(premise, _counted(slots) if "listed" in known else "")
        | ({"words", "question", "offer", "story"} if items or template != "listicle" else set())
        | ({"answer"} if template != "listicle" else set())
        | {*topic.short.lower().split()[-1:]},
        parts=parts,
        items=items,
    )


def _known_again(main: str, premise: str) -> str:
    """What the idea says without an article, as a line says it: "salt", but "the women" of "women
    who fought the fires", who are not all women."""
    bare = re.sub(r"^th(?:is|ese) (?=[a-z0-9])", "", main)
    told_which = rf"(?i)\b{re.escape(bare)} (?:who|whose|whom|which|that)\b"
    return f"the {bare}" if bare != main and re.search(told_which, premise) else bare


def _named_by(headline: str) -> str:
    """What a headline in front of a colon names: "the study", "chess"."""
    word = headline.lower()
    if not headline.istitle() or word.endswith(("ing", "ed")):
        return ""
    sets = lexicon().sets
    counted = word.split()[-1] in sets["count"] | sets["person"] | sets["being"]
    return f"the {word}" if counted else word


def _topic_parts(
    topic: Topic, premise: str, main: str, *, template: str, counted: bool
) -> tuple[Part, ...]:
    """What else the idea names; a list or a brand goes round one thing."""
    words = words_of(premise.replace(": ", ", "))
    caused = caused_by(words) if (topic.ask or topic.question) and not main else ""
    if caused:
        return (Part({"part": caused}),)
    if topic.question:
        if doing := asked_doing(words):
            return (Part({"part": doing}),)
        # "a zipper works" has its verb's form; "does a zipper work" has not.
        turned = words_of(topic.ask)[1:] if topic.ask else []
        words = turned or words[1 if words[0].lower() in INVERTED else 2 :]
    if topic.task and [word.lower() for word in words[:2]] == ["learn", "to"]:
        words = words[2:]
    told = "told" in topic.tags
    slot = "focus" if told else "topic" if topic.short else "part"
    if "brand" in topic.tags:
        return ()
    return parts_of(
        words,
        slot=slot,
        known=(main,),
        bare=counted or not told,
        asked=bool(topic.question or topic.ask) and template != "documentary",
        placed=template not in UNPLACED,
    )
