"""German ideas that name no thing: asked, said, or done by somebody who is told to."""

from __future__ import annotations

import re
from dataclasses import replace

from ..pack import Frame
from .hints import ANYBODY
from .lexicon import lexicon

__all__ = ["as_question", "as_statement", "is_named", "made_to", "turned"]

_MAKING = (
    r"(?i)wie (bringe|bekomme|kriege|\u00fcberrede|\u00fcberzeuge|bewege) ich"
    r" (meine?n? [^,]+?) (dazu|davon), (.+)$"
)
"""What somebody else is to do."""


_WHY_WE = (
    r"(?i)(?P<why>warum|wieso|weshalb) wir (?P<middle>(?:.* )?)"
    r"(?P<verb>[a-z\u00e4\u00f6\u00fc]+(?:en|eln|ern))"
)


def is_named(term: str) -> bool:
    """Whether a quoted term has a noun or a name in it."""
    return any(
        (word[:1].isupper() and word not in ANYBODY) or word.isdigit() for word in term.split()
    )


def made_to(frame: Frame, premise: str) -> Frame | None:
    """ "Wie bringe ich mein Kind dazu, Gem\u00fcse zu essen?" as something to do."""
    found = re.match(_MAKING, premise.rstrip(".!? "))
    if found is None:
        return None
    whom = re.sub(r"^mein", "dein", found[2])
    verb = f"{found[1].lower()}n"
    task, doing = (
        f"{whom} {found[3]} {verb}, {found[4]}",
        f"{whom} {found[3]} zu {verb}, {found[4]}",
    )
    names = {"task": task, "task_zu": doing, "topic": "diese Kunst", "topic_a": "diese Kunst"}
    names |= {"topic_d": "dieser Kunst", "whole": f"die Kunst, {doing},"}
    question = premise.rstrip(".!? ") + "?"
    return replace(
        frame,
        kind="topic",
        slots={**names, "a_topic": names["whole"]},
        tags=frozenset(("task", "single", "thing", "addressed")),
        title=question[:1].upper() + question[1:],
        parts=(),
    )


def turned(premise: str) -> str:
    """ "Warum wir blinzeln" as a question, "Warum blinzeln wir?"; nothing where it is none, or
    its verb may come apart."""
    found = re.fullmatch(_WHY_WE, premise.rstrip(".!? "))
    if found is None or found["verb"].startswith(tuple(lexicon().sets["prefixes"])):
        return ""
    words = (found["why"].capitalize(), found["verb"], "wir", found["middle"].strip())
    return f"{' '.join(filter(None, words))}?"


def as_question(quoting: Frame) -> Frame:
    """A question of anybody, "Wie spricht man fremde Menschen an?", as a question."""
    called = {"this": "diese Frage", "this_d": "dieser Frage", "whole": "diese Frage"}
    slots = {**called, "a_topic": "diese Frage", "question": quoting.slots["idea"]}
    tags = frozenset(("asked", "open", "single", "thing"))
    return replace(quoting, slots=slots, tags=tags, parts=(), kind="topic")


def as_statement(frame: Frame, premise: str) -> Frame:
    """What somebody says of themselves, "Was ich gern gewusst h\u00e4tte", as their words: no
    narrator asks it."""
    called = {"this": "diese Aussage", "this_d": "dieser Aussage", "whole": "diese Aussage"}
    slots = {**called, "a_topic": "diese Aussage", "claim": premise.rstrip(".! ")}
    tags = (frame.tags - {"asked"}) | {"claimed"}
    return replace(frame, slots=slots, tags=tags)
