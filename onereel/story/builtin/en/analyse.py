"""An English idea becomes a Frame."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ..pack import Frame, Theme, rank_themes
from .around import offered
from .clauses import find_verb
from .clean import title_case, words_of
from .frames import hero_frame, topic_frame
from .hero import is_certain
from .lexicon import is_verb, lexicon, word_set
from .listing import tail_count
from .nouns import DETERMINERS, NUMBERS, PREPOSITIONS, singular
from .offers import is_order
from .premise import premise_of
from .questions import read_topic
from .statements import NARRATORS, is_clause, is_event
from .tale import Tale, read_tale
from .topic import Topic, told
from .whether import asks

__all__ = ["analyse"]

_TALES = frozenset(("story", "trailer", "poem"))
"""Templates that follow somebody; in the others, what somebody does is told as it was written."""
_KNOWN = ("count", "person", "being", "plural", "proper", "acronym", "men", "women", "singular")
_LONGEST_TURNED = 8
"""The longest question that is also told as "why it is so": where its verb goes is a guess."""
_NO_TALES = word_set("how why what when where which who if is are can do does")
_QUOTED = r"^[\"\u201c\u201e\u00ab][^\"\u201d\u00bb]+[\"\u201d\u201c\u00bb]\s*(?::|-|\u2013|\u2014)"
_HEADS = word_set("wanted idea product ad advert video new sale offer")
"""Words that head an advertisement and are no brand: "Wanted: a friend"."""


def analyse(idea: str, template: str, themes: Mapping[str, Theme]) -> Frame:
    """Take an idea apart for a template."""
    premise, further = premise_of(idea, template)
    if asks(words_of(premise)):
        premise = f"{premise.rstrip('.! ')}?"
    quoted = re.match(_QUOTED, idea.strip()) is not None
    headline, premise = _headline(premise, product=template == "product", quoted=quoted)
    premise, further, items, item = _counting(premise, further, template)
    words = words_of(premise.replace(": ", ", ")) or ["this"]
    ranked = rank_themes(_weights([*words_of(headline), *words], further), themes)
    tale = _tale(words, premise) if template in _TALES else None
    if tale is not None:
        frame = hero_frame(tale, premise)
    else:
        topic = _topic(words, premise, template)
        frame = topic_frame(topic, premise, template, headline=headline)
    name = offered(premise, further) if template == "product" else ""
    if name and frame.slots.get("part") == "the answer":
        said = frame.keywords | {*words_of(name.lower())}
        frame = replace(frame, slots={**frame.slots, "part": name}, keywords=said)
    if template == "listicle" and items:
        frame = replace(frame, items=items, slots={**frame.slots, "item": item})
    title = title_case(headline) if headline else frame.title
    given = dict.fromkeys(sentence for sentence in further if sentence != frame.logline)
    if "told" in frame.tags and not frame.slots["said"]:
        given = dict.fromkeys(further)
    return replace(frame, title=title, themes=ranked, given=tuple(given))


def _counting(premise: str, further: list[str], template: str) -> tuple[str, list[str], int, str]:
    """Take off what only counts: "Why walk more: 5 reasons", "... Four theories."; in a tale, "Two
    brothers." are who it is about."""
    if template in _TALES:
        return premise, further, 0, ""
    before, colon, after = premise.rpartition(":")
    for sentence, rest in (
        (after if colon else "", before),
        *((each, premise) for each in further),
    ):
        items, item = tail_count(sentence) if sentence else (0, "")
        if items:
            return rest, [each for each in further if each != sentence], items, item
    return premise, further, 0, ""


def _topic(words: list[str], premise: str, template: str) -> Topic:
    """A report says what is no question as a headline; only a plain noun phrase is a subject."""
    tale = _tale(words, premise)
    if tale is not None and tale.extra and tale.deed.deed:
        return told(words, premise)  # "a tailor who sews for ghosts falls behind on his rent"
    topic = read_topic(words, premise)
    # Whether what stands behind a comma is still asked, nobody knows: "What is inflation, really?".
    if topic.question and (len(words) > _LONGEST_TURNED or "," in words):
        topic = replace(topic, ask="", tags=topic.tags | {"asked"})
    subject = (
        len(words) < 3
        or words[0].lower() in DETERMINERS
        or topic.ask
        or topic.question
        or topic.task
    )
    return told(words, premise) if template == "news" and not subject else topic


def _headline(premise: str, *, product: bool, quoted: bool) -> tuple[str, str]:
    """Split "Title: what happens"; where the title is `quoted`, it may be a sentence."""
    match = re.match(r"^([^:]{2,50}):\s+(.{12,})$", premise)
    if match is None:
        return "", premise
    title, rest = match[1], match[2]
    motto = quoted or title.split()[0].lower() in NARRATORS | {"it", "nobody", "everybody"}
    if motto and _is_named(words_of(rest)):
        return title, rest  # "We were never told: the village under the reservoir"
    if find_verb(words_of(title), 1) is not None and is_clause(words_of(title)):
        return "", premise  # "Strike enters third week: islanders run low on milk"
    # "BrewBuddy: a machine that ..." names the machine; "Wanted: a friend" only heads the idea.
    coined = re.match(r"^[A-Z]\w*[A-Z]\w*$", title) is not None
    word = title[:1].isupper() and " " not in title and title.lower() not in _HEADS
    articled = rest.split()[0].lower() in ("a", "an", "the")
    sets = lexicon().sets
    known = frozenset[str]().union(*(sets[name] for name in _KNOWN))
    brand = (
        word and not {title.lower(), singular(title)} & known and not title.endswith(("ing", "ed"))
    )
    brand = brand and not is_verb(title.lower()) and not is_clause(words_of(rest))
    own = product and title.split()[0].lower() in DETERMINERS  # "The quiet fan: cool air ..."
    if coined or brand or own or (product and title[:1].isalpha() and (word or articled)):
        return title, f"{title}, {rest}"
    return title, rest


def _is_named(words: list[str]) -> bool:
    """Whether a thing or a question follows a motto, and no sentence that it belongs to."""
    first = words[0].lower()
    return first in ("how", "why") or (first in DETERMINERS | NUMBERS and not is_clause(words))


def _tale(words: list[str], premise: str) -> Tale | None:
    """Read the idea as a tale, where it is surely one."""
    if premise.endswith("?") or words[0].lower() in _NO_TALES or is_order(words) or is_event(words):
        return None
    tale = read_tale(words)
    dated = words[0].lower() in ("last", "this", "next") and "," in words[1:5]
    if tale is not None and dated:
        return None  # "Last winter, Sara planted a coin": its lines would be of any day
    if tale is not None and "but" in words and not tale.deed.trouble:
        return None  # "my cat talks, but only on Sundays": half of it is another thing
    return tale if tale is not None and is_certain(tale, words) else None


def _weights(words: list[str], further: list[str]) -> dict[str, float]:
    """The words of the premise weigh most, those at its front a little more."""
    weights: dict[str, float] = {}
    for sentence in further:
        for word in re.findall(r"[\w-]+", sentence.lower()):
            weights[word] = 0.3
    for index, word in enumerate(words):
        low = word.lower().removesuffix("'s")
        for part in {low, *low.split("-")}:
            weights[part] = max(1.25 - 0.04 * index, 0.8)
        if re.fullmatch(r"1\d{3}s?", low):
            weights["history"] = 1.0
    grammar = DETERMINERS | PREPOSITIONS
    return {word: weight for word, weight in weights.items() if word not in grammar}
