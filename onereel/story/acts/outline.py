"""The outline of a long film: what it is about, who is in it, and what happens in which act."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, model_validator

from ...errors import ChooseAnotherModel
from ..bible import KINDS
from ..brief import Brief
from ..templates.built_in import template_of
from ..writers.answer import AnswerPart, Bible, People, Text, read_as, schema_of
from ..writers.asking import ANSWER_ONLY, FILM_FIELDS, about
from ..writers.drafting import Form
from ..writers.language_model import Message
from .plan import Plan

__all__ = ["Outline", "OutlinedAct", "outline_form", "outline_question", "whole"]

_LONGEST_SYNOPSIS = 600
"""Characters of two that became one."""

_LONGEST_LOOK = 120
"""Characters of what one looks like."""

_BIBLE = """\
- "bible": a list of at most MOST_CONSTANTS {"kind", "name", "description", "wearer"}: what looks \
the same in every act that shows it. "kind" is one of KINDS; "name" is what prompts call it, and \
"description" how it looks in at most fifteen words, both in English; "wearer" is who wears it, \
else empty. Empty if nothing comes twice
"""

_FIELDS = """\
- "acts": a list of acts in order, each with
  - "title": two to four words
  - "synopsis": what happens or is told in it, and where it ends, in one or two sentences; nothing \
that another act tells
  - "scenes": how many scenes it has, a number
Plan one story from act to act: open with something that makes people stay, let every act change \
what the one before left, and end on an image that they remember. Be concrete: names, objects, \
actions; no empty praise."""


def _to_count(value: object) -> int:
    """Take what models put where a number belongs; 0 where there is none."""
    if isinstance(value, list):
        return len(value)
    try:
        return max(min(int(float(str(value))), 1000), 0)
    except (ValueError, OverflowError):
        return 0


class OutlinedAct(AnswerPart):
    """One act in the model's words."""

    title: Text
    synopsis: Text
    scenes: Annotated[int, BeforeValidator(_to_count)]


class Outline(AnswerPart):
    """What all acts have in common, and what happens in each."""

    title: Text
    logline: Text
    style: Text
    cast: People
    bible: Bible
    acts: list[OutlinedAct]

    @model_validator(mode="after")
    def _has_acts(self) -> Self:
        if not any(act.synopsis for act in self.acts):
            raise ValueError("acts: write at least one act with a synopsis")
        return self


def outline_question(brief: Brief, plan: Plan) -> list[Message]:
    """What the model is asked first."""
    template = template_of(brief)
    each = plan.scenes // plan.acts
    lines = [
        *about(brief),
        f"The last act leads to this, which viewers are asked to do: {template.call_to_action}."
        if template.call_to_action
        else "",
        f"Length: {float(brief.duration):g} seconds in {plan.scenes} scenes.",
        f"Plan exactly {plan.acts} acts of about {each} scenes; no act has more than {plan.most},"
        f" and together they have {plan.scenes}.",
        "Write no scenes yet: you will be asked for them, act by act.",
    ]
    opening = f"You plan narrated films before they are written. {ANSWER_ONLY}{FILM_FIELDS}"
    kinds = _BIBLE.replace("KINDS", ", ".join(KINDS))
    bible = kinds.replace("MOST_CONSTANTS", str(plan.constants)) if plan.constants else ""
    return [
        {"role": "system", "content": f"{opening}{bible}{_FIELDS}"},
        {"role": "user", "content": "\n".join(line for line in lines if line)},
    ]


def outline_form(brief: Brief, plan: Plan) -> Form[Outline]:
    """How the outline is asked for and judged."""
    schema: dict[str, Any] = schema_of(Outline)
    acts = schema["properties"]["acts"]
    acts["minItems"] = acts["maxItems"] = plan.acts
    scenes = schema["$defs"]["OutlinedAct"]["properties"]["scenes"]
    scenes["minimum"], scenes["maximum"] = 1, plan.most
    schema["properties"]["bible"]["maxItems"] = plan.constants
    schema["$defs"]["AnswerConstant"]["properties"]["description"]["maxLength"] = _LONGEST_LOOK
    return Form(
        schema=schema,
        read=lambda text: _read(text, plan.constants),
        judge=lambda outline: _problems(outline, plan),
        letters=plan.outline_letters,
        creativity=brief.creativity,
        note=lambda text, count: f"Writing the outline ({count} pieces).",
        name="an outline",
    )


def whole(outline: Outline, plan: Plan, *, model: str) -> Outline:
    """The outline with as many acts as are planned, whatever the model wrote.

    Raises:
        ChooseAnotherModel: it has fewer acts than half of them.
    """
    acts = [act for act in outline.acts if act.synopsis]
    if 2 * len(acts) < plan.acts:
        raise ChooseAnotherModel(
            f"{model} planned {len(acts)} of {plan.acts} acts: choose another model, or ask for"
            " fewer scenes."
        )
    while len(acts) > plan.acts:
        acts = [*acts[:-2], _merged(*acts[-2:])]
    at = 0
    while len(acts) < plan.acts:
        acts = [*acts[:at], *_in_two(acts[at]), *acts[at + 1 :]]
        at += 2
    return outline.model_copy(update={"acts": acts})


def _read(text: str, constants: int) -> Outline:
    outline = read_as(text, Outline, "acts")
    # A model that keeps no schema may write a list that no act has room for.
    return outline.model_copy(update={"bible": outline.bible[:constants]})


def _problems(outline: Outline, plan: Plan) -> tuple[str, ...]:
    found: list[str] = []
    if len(outline.acts) != plan.acts:
        found.append(f"You planned {len(outline.acts)} acts; plan exactly {plan.acts}.")
    seen: dict[str, int] = {}
    for number, act in enumerate(outline.acts, 1):
        if not act.synopsis:
            found.append(f"Act {number} has no synopsis.")
        elif (before := seen.setdefault(act.synopsis.casefold(), number)) != number:
            found.append(f"Act {number} tells what act {before} tells; let it tell what follows.")
    names = [person.name.casefold() for person in outline.cast]
    if len(set(names)) < len(names):
        found.append("Two people of the cast have the same name; give each their own.")
    return tuple(found[:8])


def _merged(first: OutlinedAct, second: OutlinedAct) -> OutlinedAct:
    return first.model_copy(
        update={
            "synopsis": f"{first.synopsis} {second.synopsis}"[:_LONGEST_SYNOPSIS],
            "scenes": first.scenes + second.scenes,
        }
    )


def _in_two(act: OutlinedAct) -> tuple[OutlinedAct, OutlinedAct]:
    half = act.scenes // 2
    first = f"The first half of this: {act.synopsis}"
    second = f"The second half of this, and how it ends: {act.synopsis}"
    return (
        act.model_copy(update={"synopsis": first, "scenes": act.scenes - half}),
        act.model_copy(update={"synopsis": second, "scenes": half}),
    )
