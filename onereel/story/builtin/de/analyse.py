"""A German idea becomes a Frame."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ..cleaning import join, split_headline, words_of
from ..pack import Frame, Theme, rank_themes
from .cases import nominative
from .clean import as_task, clean, parts
from .counting import Count, itemised, named_items, read_count
from .crafts import craft, order
from .deeds import Tale, verb_at
from .hints import spread_task
from .lexicon import lexicon
from .lookup import look_up
from .nouns import Noun
from .parts import parts_of
from .questions import read_topic, told
from .relatives import punctuated
from .sold import sold_by
from .subjects import by_headline, is_unknown, wanting
from .tale import hero_slots, read_tale
from .topic import Topic, topic_slots
from .verbs import is_infinitive, is_past
from .weights import weights_of

__all__ = ["analyse"]

_FACTUAL = frozenset(("explainer", "product", "listicle", "documentary", "news", "howto", "lesson"))
"""Templates in which a being that does nothing ("Bienen") is a topic, no hero."""
_PLAIN = frozenset(("explainer", "product", "howto", "lesson"))
"""Templates that explain or offer what others would tell a story of."""
_MOST_ITEMS = 20
_LONGEST_TITLE = 12
_LONGEST_TASK = 5
"""Words that a film may say again in each scene."""
_CALLED = {
    "product": "dieses Angebot",
    "news": "diese Nachricht",
    **dict.fromkeys(("explainer", "howto", "lesson"), "diese Aussage"),
    "listicle": "diese Aussage",
    "poem": "diese Zeile",
}
"""What a film calls an idea in which it is sure of no noun."""
_ONCE = r"(?i)^Es war(?:en)? einmal (?=[^,]+, (?:der|die|das)\b)"


def analyse(idea: str, template: str, themes: Mapping[str, Theme]) -> Frame:
    """Take an idea apart for a template."""
    premise, by, further = parts(clean(idea))
    premise = as_task(premise, template)
    named, premise = split_headline(premise)
    words = words_of(re.sub(_ONCE, "", premise)) or ["Alles"]
    if by == "\u00fcber":
        words = nominative(words) or words
        premise = " ".join(words).replace(" ,", ",") + ("?" if premise.endswith("?") else "")
    fixed = punctuated(words)
    if len(fixed) > len(words):
        words, premise = fixed, join(fixed)
    told_items = itemised(named, premise) if template == "listicle" else []
    if told_items:
        words, premise, named, further = words_of(named), named, "", [*told_items, *further]
    count = read_count(words) if template == "listicle" else None
    count = named_items(told_items, words, count) if told_items else count
    words = list(count.rest) if count else words
    spread = spread_task(words)
    words = spread or words
    whole = words[0].lower() in lexicon().sets["wholes"]
    tale = None
    asked_for = order(words) is not None or (template == "howto" and _is_deed(words))
    if not (asked_for or spread or whole or count or by == "von" or premise.endswith("?")):
        tale = read_tale(words)
    names = tale.hero.head.split()[1:] if tale is not None and tale.hero.named else []
    telling = [word for word in words if word not in names]
    ranked = rank_themes(weights_of(telling, further), themes)
    if tale is not None and template not in _PLAIN:
        tale.hero = wanting(tale.hero, tale.verb)
    if tale is not None and template == "news" and is_unknown(tale.hero):
        tale = None
    idle = tale is not None and not tale.verb and not tale.whole
    several = template == "documentary"  # no film knows what else they did
    if idle and template in _FACTUAL and (several or (tale is not None and not tale.hero.named)):
        tale = None
    if tale is not None and tale.hero.kind != "thing" and template not in _PLAIN:
        return _hero_frame(tale, words, premise, further, ranked, named)
    # "Forscher entdecken: ..." is followed by what they found, and by nothing to do.
    said = _states(named)
    topic = told(tale, premise) if tale is not None else read_topic(words, premise, stated=said)
    plain = not topic.tags & {"asked", "task", "quoted", "open", "brand", "aside"}
    if plain and topic.noun.animate and template not in _FACTUAL and tale is None:
        return _hero_frame(Tale(topic.noun), words, premise, further, ranked, named)
    topic = by_headline(topic, named, premise)
    if template == "product":
        sold = sold_by("" if _states(named) else named, premise, further)
        asked = premise if premise.endswith("?") else ""
        topic = replace(sold, question=asked) if sold else topic
    if template == "news" and topic.noun.plural and not topic.noun.det and topic.claim:
        topic.noun = replace(topic.noun, det="die")  # those of this report
    topic.tags |= {"past"} if tale is not None and is_past(tale.verb) else set()
    if "open" in topic.tags and topic.noun.head == "Idee":
        topic.whole = _CALLED.get(template, "diese Geschichte")
    if topic.noun.det in ("dein", "deine") or "yours" in topic.tags:
        topic = replace(topic, does="", told={})  # "Dein Rad repariert": no deed of the thing's
        topic.tags.add("yours")
    if (
        template == "product"
        and topic.task
        and (spread or topic.noun.det == "diese" or len(words) > len(topic.task.split()))
    ):
        # What somebody wants to do is offered as it was written: no film sells an art.
        topic = replace(topic, whole=_CALLED[template], claim=_title(premise))
        if spread and len(topic.task_zu.split()) > _LONGEST_TASK:
            # Said once in full, "Gitarre lernen in zehn Minuten" is then just "Gitarre lernen".
            short = craft(words[-2:])
            topic = replace(topic, task_zu=short.task_zu)
        if not topic.task_zu or len(topic.task_zu.split()) > _LONGEST_TASK:
            topic.tags.add("open")
    served = topic.claim and topic.noun.animate
    served = served or topic.noun.head == "Frage"
    if template == "product" and ("hinted" in topic.tags or served):
        offer = Noun("diese", (), "Idee", gender="f", kind="thing")
        topic = replace(topic, noun=offer, whole=_CALLED[template], tags={"open"})
    if template == "product" and "open" in topic.tags:
        words = []  # "Wir reparieren alte Kameras" sells no cameras
    return _listed(_topic_frame(topic, words, premise, further, ranked, named), count, named)


def _is_deed(words: list[str]) -> bool:
    """Whether a guide's few words are something to do: "Reifen wechseln" tells of no tyres."""
    first = look_up(words[0])
    thing = all(entry.kind != "person" for entry in first)
    return thing and 1 < len(words) <= _LONGEST_TASK and is_infinitive(words[-1])


def _states(headline: str) -> bool:
    """Whether a headline is a sentence that goes on behind its colon: "Forscher entdecken"."""
    words = words_of(headline)
    last = len(words) - 1
    # "Die Bahn kuendigt an"
    last -= last > 1 and words[last] in lexicon().sets["prefixes"]
    return last > 0 and verb_at(words, last)


def _listed(frame: Frame, count: Count | None, headline: str) -> Frame:
    """What a list film says of each item depends on what the idea counts."""
    if count is None:
        # "Warum ich Hunde mag: 4 Gr\u00fcnde"
        counts = re.search(r"(?:^|: )(\S+) \w+$", frame.logline.rstrip(". "))
        number = counts[1].lower() if counts else ""
        ones = lexicon().lists["ones"]
        items = int(number) if number.isdigit() else ones.index(number) if number in ones else 0
        # No line counts a question: "jetzt kommen sie: Warum ..."
        told = replace(frame, items=items, tags=frame.tags | {"headed"})
        return told if 1 < items <= _MOST_ITEMS else frame
    tags = frame.tags | {"listed"} | ({"about"} if count.about else set())
    slots = {**frame.slots, **count.slots}
    slots |= {key: _headed(headline, slots[key]) for key in ("announced", "counted")}
    title = _title(slots["announced"])
    return replace(
        frame,
        items=count.items,
        slots=slots,
        tags=tags,
        title=title if len(title.split()) <= _LONGEST_TITLE else frame.title,
        keywords=frame.keywords | _keywords(slots.get("item"), count.counted),
    )


def _keywords(*phrases: str | None) -> frozenset[str]:
    sets = lexicon().sets
    stop = sets["function"] | sets["determiners"] | sets["prepositions"] | sets["numbers"]
    return frozenset(
        word for phrase in phrases for word in re.findall(r"[^\W_]+", (phrase or "").lower())
        if word not in stop and len(word) > 2
    )  # fmt: skip


def _title(text: str) -> str:
    text = text.strip(" ,.!")
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" ,.!?")
    return f"{text[:1].upper()}{text[1:]}."


def _headed(headline: str, sentence: str) -> str:
    return f"{headline}: {sentence}" if headline else sentence


def _opening(text: str) -> str:
    """The first words of a long idea, up to a comma where there is one."""
    first = text.split(",")[0].split()
    if len(text.split()) <= _LONGEST_TITLE:
        return text  # rather a long title than half a sentence
    if 2 <= len(first) <= _LONGEST_TITLE:
        return " ".join(first)
    return " ".join(text.split()[:6]) + " \u2026"


def _hero_frame(
    tale: Tale,
    words: list[str],
    premise: str,
    further: list[str],
    ranked: tuple[str, ...],
    named: str,
) -> Frame:
    slots = hero_slots(tale)
    sentence = _sentence(premise).rstrip(".") if tale.full or tale.whole else ""
    sentence = sentence or ("" if tale.verb else premise.rstrip(".!? "))
    slots["premise"] = sentence if slots["a_hero"] == tale.hero.text else ""
    slots["claim"] = "" if slots["deed"] else sentence
    if named:
        slots |= {"premise": "", "claim": _headed(named, _sentence(premise).rstrip("."))}
    hero = tale.hero
    tags = {"plural" if hero.plural else "single", *(("headed",) if named else ())}
    tags |= {"past"} if is_past(tale.verb) else set()
    tags |= {"fuller"} if tale.full and tale.full != tale.deed else set()
    tags |= {"person"} if hero.kind == "person" else set()
    tags |= {"named"} if hero.named else set()
    tags |= {"animate"} if hero.animate else {"inanimate"}
    heads = [word for word in hero.text.split() if word[:1].isupper()] if hero.pair else []
    parts = parts_of(words, slot="part", known=[hero.head, *hero.head.split(), *heads])
    slots |= parts[0].slots if parts else {}
    title = "" if _states(named) else named
    if not title:
        bare = _headed(named, _sentence(premise)) if named else premise
        bare = bare.rstrip(".! ")
        title = bare if len(bare.split()) <= _LONGEST_TITLE else ""
    if not title:
        title = f"{slots['hero']} und {slots['object']}" if slots["object"] else hero.text
    return Frame(
        kind="hero",
        slots=slots,
        subject=hero.text,
        action=tale.deed if tale.verb and len(tale.deed.split()) <= 16 else "",
        title=_title(title),
        logline=_headed(named, _sentence(premise)),
        tags=frozenset({*tags, "parted"}),
        keywords=_keywords(
            named, premise, *(slots[key] for key in ("hero", "hero_a", "hero_d", "object_d"))
        ),
        themes=ranked,
        given=tuple(further),
        cast=((hero.head, tale.aside or tale.deed),) if hero.named else (),
        parts=parts[1:],
    )


def _topic_frame(
    topic: Topic,
    words: list[str],
    premise: str,
    further: list[str],
    ranked: tuple[str, ...],
    named: str,
) -> Frame:
    slots = topic_slots(topic)
    slots |= {
        key: _headed(named, slots[key]) for key in ("whole", "claim", "question") if slots[key]
    }
    one = bool(topic.tags & {"quoted"} or topic.task)
    # What an idea names by the way is no subject of its own.
    own = bool(words) and words[0].lower() in lexicon().sets["pronouns"]
    one = one or own or bool(slots["topic"] and not topic.noun.pair)
    parts = () if one else parts_of(words, slot="topic", known=topic.noun.head.split())
    plural = topic.noun.plural
    if parts and not slots["topic"]:
        slots |= parts[0].slots
        plural, parts = bool(parts[0].plural), parts[1:]
    quoted = bool(topic.tags & {"quoted", "open"})
    bare = premise.rstrip(".!? ")
    short = len(bare.split()) <= _LONGEST_TITLE
    # An indirect question has no mark of its own: "Wie Island ohne Eisenbahn auskommt".
    direct = topic.question.rstrip("?").lower() == bare.lower()
    mark = "?" if direct and short else ""
    title = "" if _states(named) else named
    if not title:
        begun = _headed(named, _sentence(bare).rstrip(".")) if named else bare
        title = begun + mark if short else named or ("" if quoted else slots["topic"])
    if "brand" in topic.tags:
        title = topic.noun.head
    return Frame(
        kind="topic",
        slots=slots,
        subject=" ".join(bare.split()[:14]) if quoted else topic.whole,
        title=_title(title or _opening(bare)),
        logline=_headed(named, topic.question or _sentence(bare)),
        tags=frozenset(
            {
                *topic.tags,
                *(("claimed",) if topic.claim else ()),
                *(("task",) if topic.task else ()),
                *(("headed",) if named else ()),
                "plural" if plural else "single",
                topic.noun.kind if topic.noun.kind in ("person", "animal") else "thing",
            }
        ),
        keywords=_keywords(
            named, premise, *(slots[key] for key in ("topic", "topic_a", "topic_d", "this"))
        ),
        themes=ranked,
        given=tuple(further),
        parts=parts,
    )
