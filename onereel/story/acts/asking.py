"""The words in which a model is asked for one act, and how its answer is read and judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from pydantic import model_validator

from ..brief import Brief
from ..templates.built_in import template_of
from ..writers.answer import (
    AnswerPart,
    AnswerScene,
    Text,
    answer_schema,
    check_scenes,
    read_as,
)
from ..writers.asking import ANSWER_ONLY, about, narration_length, rhythm, scene_fields
from ..writers.drafting import Form
from ..writers.language_model import Message
from ..writers.shaping import problems
from .coherence import misspelled, repeats, words_of
from .outline import Outline
from .plan import Act, Plan

__all__ = ["ActAnswer", "act_form", "act_question"]

_MOST_TOLD = 8
"""Faults that are told at once: more would take the room of the answer."""

_FIELDS = """\
- "summary": what happened in these scenes and what has to stay true after them (names, places, \
clothes, numbers, time of day), in two sentences
You are told what was written already. Follow on from it; say no line again, show no picture \
again, and let people, places and things look and be called as before. Be concrete: names, \
objects, actions; no empty praise."""


class ActAnswer(AnswerPart):
    """One act in the model's words."""

    scenes: list[AnswerScene]
    summary: Text

    @model_validator(mode="after")
    def _has_scenes(self) -> Self:
        check_scenes(self.scenes)
        return self


def act_question(brief: Brief, plan: Plan, act: Act, memory: str) -> list[Message]:
    """What the model is asked for an act; `memory` is the film around it."""
    first, last = act.number == 1, act.number == plan.acts
    count = len(act.scenes)
    each = act.brief.duration / count
    opening = f"You write one act of a narrated film. {ANSWER_ONLY}"
    lines = [
        *about(brief),
        memory,
        f"Write act {act.number} of {plan.acts} now: scenes {act.scenes.start + 1} to"
        f" {act.scenes.stop} of {plan.scenes}, exactly {count} scenes of about {float(each):.1f}"
        f" seconds, {float(act.brief.duration):.1f} seconds together.",
        _place(brief, first=first, last=last),
        _spoken(brief, first=first, last=last),
        rhythm(brief, act.scenes, plan.scenes),
        narration_length(brief, each),
    ]
    return [
        {"role": "system", "content": f"{opening}{scene_fields()}{_FIELDS}"},
        {"role": "user", "content": "\n".join(line for line in lines if line)},
    ]


def act_form(
    brief: Brief, outline: Outline, plan: Plan, act: Act, *, written: Sequence[AnswerScene]
) -> Form[ActAnswer]:
    """How an act is asked for, and judged by itself and by what is written already."""
    known = _known_words(brief, outline)
    told: set[str] = set()

    def judge(answer: ActAnswer) -> tuple[str, ...]:
        names = [person.name for person in outline.cast]
        wrong = [
            (word, name)
            for word, name in misspelled(answer.scenes, names, known)
            if word not in told
        ]
        # Who insists on a word means another one than the name.
        told.update(word for word, _ in wrong)
        spelled = (
            f'You wrote "{word}"; if that is {name} of the cast, spell it so.'
            for word, name in wrong
        )
        found = (
            *problems(answer, act.brief, what="this act"),
            *repeats(answer.scenes, written),
            *spelled,
        )
        return found[:_MOST_TOLD]

    def note(text: str, count: int) -> str:
        scene = act.scenes.start + min(max(text.count('"narration"'), 1), len(act.scenes))
        return (
            f"Act {act.number} of {plan.acts}: writing scene {scene} of {plan.scenes}"
            f" ({count} pieces)."
        )

    return Form(
        schema=answer_schema(act.brief, ActAnswer),
        read=lambda text: read_as(text, ActAnswer, "scenes"),
        judge=judge,
        letters=act.letters,
        creativity=brief.creativity,
        note=note,
        name=f"the scenes of act {act.number}",
    )


def _known_words(brief: Brief, outline: Outline) -> frozenset[str]:
    """What the idea and the outline say: no slip of an act's pen."""
    acts = " ".join(f"{act.title} {act.synopsis}" for act in outline.acts)
    people = " ".join(person.description for person in outline.cast)
    same = " ".join(f"{each.name} {each.description}" for each in outline.bible)
    text = f"{brief.idea} {outline.title} {outline.logline} {acts} {people} {same}"
    return frozenset(word.casefold() for word in words_of(text))


def _place(brief: Brief, *, first: bool, last: bool) -> str:
    """What an act's place in the film asks of it."""
    begins = (
        "This act opens the film: its first line makes people stay."
        if first
        else "Begin where the scenes before it end; do not introduce the film or its people again."
    )
    if not last:
        return f"{begins} It does not end the film: leave open what the next acts tell."
    ending = template_of(brief).call_to_action
    asks = f" The last scene asks viewers to do this, in its own words: {ending}." if ending else ""
    return f"{begins} It ends the film, on an image that people remember.{asks}"


def _spoken(brief: Brief, *, first: bool, last: bool) -> str:
    if not template_of(brief).few_words:
        return ""
    ends = [name for name, here in (("first", first), ("last", last)) if here]
    also = f"in the {' and the '.join(ends)} scene and " if ends else ""
    return f'Narration: only {also}in one of every four scenes; the narration of all others is "".'
