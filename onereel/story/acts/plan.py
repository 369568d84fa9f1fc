"""Whether a film is written act by act, and in which acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ...errors import ChooseAnotherModel
from ..brief import SHORTEST_FILM, Brief
from ..templates.built_in import template_of
from ..timing import share_out
from ..writers.asking import (
    expected_letters,
    instructions,
    request,
    scenes_letters,
    tokens,
    usual_scenes,
)
from ..writers.language_model import Room

__all__ = ["Act", "Plan", "acts_of", "planned"]

_FEWEST = 4
"""Scenes of an act: with fewer it is no act any more."""
_ACTS = 3
"""A film that is parted at all has a beginning, a middle and an end."""
_MEMORY = range(900, 3000)
"""Tokens of what an act is told of the others: from what it needs to follow on, to what still
changes anything."""
_FRAME = 300
"""Tokens of what is asked of an act besides what is asked of a whole film."""
_CORRECTION = 512
"""Tokens left for what was wrong with an earlier answer."""
_SUMMARY_LETTERS = 500
"""Characters of an act's summary and the JSON around it."""
_HEAD_LETTERS = 900
"""Characters of an outline before its acts: title, logline, style, cast."""
_CONSTANT_LETTERS = 135
"""Characters of an entry of its continuity bible."""
_MOST_CONSTANTS = 6
"""Entries: every act is told all of them."""
_SYNOPSIS_LETTERS = 260
"""Characters of an act in an outline."""


@dataclass(frozen=True)
class Plan:
    """How a film is parted, in tokens of its questions and answers."""

    acts: int
    scenes: int
    most: int
    """Scenes of the longest act."""
    memory: int
    """Tokens of what an act is told of the others."""
    prompt: int
    """Of the longest question, without what was wrong with an earlier answer."""
    outline: int
    """Of the outline, as an answer."""
    act: int
    """Of the longest act, as an answer."""
    constants: int = 0
    """Entries of the continuity bible for which the outline has room."""

    @property
    def outline_letters(self) -> int:
        """About how many characters a good outline has."""
        return 3 * self.outline

    @property
    def answer(self) -> int:
        """Of the longest answer."""
        return max(self.outline, self.act)


@dataclass(frozen=True)
class Act:
    """One act in the film: its number from 1, and its scenes' places from 0."""

    number: int
    scenes: range
    brief: Brief
    """A brief that asks for these scenes alone."""

    @property
    def letters(self) -> int:
        """About how many characters a good answer has."""
        return scenes_letters(len(self.scenes), self.brief.duration) + _SUMMARY_LETTERS


def planned(brief: Brief, room: Room, *, model: str) -> Plan | None:
    """How a film is written act by act; None where it is written in one answer, as most are.

    One answer is better where it can be had: the model sees the whole film, and nothing is said
    twice to it. It can be had where question and answer fit into the context together, and where
    the answer is no longer than the model can be trusted with (`Room.answer`): a question that
    does not fit loses its beginning in silence, an answer that does not ends in the middle of a
    scene, and both grow by some 650 characters a scene. Else the acts are as long as the context
    allows, the fewer the seams the better, but an answer is no more than half of it: the other half
    is what an act has to know of the others, and what was wrong with an earlier answer.

    All counts are of `asking.tokens`, which are more than there will be.

    Args:
        brief: the film.
        room: the model's.
        model: its name, for the sentence.

    Raises:
        ChooseAnotherModel: the context is too short even for the shortest acts.
        ReviseBrief: there is no such template.
    """
    asked = tokens(instructions()) + tokens(request(brief))
    # The bible is the outline's: an act is told of it by its memory, and writes none.
    frame = tokens(instructions(keeps=False)) + tokens(request(brief)) + _FRAME
    whole = -(-expected_letters(brief) // 3)
    fits = room.context is None or asked + whole <= room.context
    if fits and whole <= room.answer:
        return None
    scenes = usual_scenes(brief)
    for most in range(scenes, _FEWEST - 1, -1):
        plan = _parted(brief, scenes, most, frame)
        needed = frame + _CORRECTION + max(plan.outline, _MEMORY.start + plan.act)
        spare = _MEMORY.stop if room.context is None else room.context - needed
        half = room.context is None or 2 * plan.act <= room.context
        if plan.answer <= room.answer and spare >= 0 and half:
            memory = min(_MEMORY.start + spare, _MEMORY.stop)
            return _with_constants(replace(plan, memory=memory, prompt=frame + memory), room)
    raise ChooseAnotherModel(
        f"{model} keeps {room.context} tokens in mind, too few for this film even act by act:"
        " choose a model with a longer context, or fewer scenes."
    )


def _parted(brief: Brief, scenes: int, most: int, frame: int) -> Plan:
    """The plan whose acts have `most` scenes at most."""
    acts = max(-(-scenes // most), min(_ACTS, scenes // _FEWEST), 1)
    longest = -(-scenes // acts) if acts > -(-scenes // most) else most
    letters = scenes_letters(longest, brief.duration * longest / scenes) + _SUMMARY_LETTERS
    return Plan(
        acts=acts,
        scenes=scenes,
        most=longest,
        memory=_MEMORY.start,
        prompt=frame + _MEMORY.start,
        outline=-(-(_HEAD_LETTERS + _SYNOPSIS_LETTERS * acts) // 3),
        act=-(-letters // 3),
    )


def _with_constants(plan: Plan, room: Room) -> Plan:
    """The plan with a continuity bible in its outline, as long as that has room for it."""
    each = _CONSTANT_LETTERS // 3
    left = room.answer - plan.outline
    if room.context is not None:
        left = min(left, room.context - plan.prompt - plan.outline)
    constants = min(max(left // each, 0), _MOST_CONSTANTS)
    return replace(plan, outline=plan.outline + constants * each, constants=constants)


def acts_of(brief: Brief, plan: Plan, wanted: Sequence[int]) -> tuple[Act, ...]:
    """The acts of a film, as long as an outline wants them where that can be.

    Args:
        wanted: scenes of each act; there are `plan.acts` of them.
    """
    most = max(plan.most, -(-plan.scenes // plan.acts))
    counts = share_out(
        plan.scenes,
        [max(count, 1) for count in wanted],
        [min(_FEWEST, plan.scenes // plan.acts)] * plan.acts,
        [most] * plan.acts,
    )
    acts: list[Act] = []
    begin = 0
    for number, count in enumerate(counts, 1):
        scenes = range(begin, begin + count)
        acts.append(Act(number, scenes, _asked_for(brief, scenes, plan.scenes)))
        begin += count
    return tuple(acts)


def _asked_for(brief: Brief, scenes: range, count: int) -> Brief:
    template = template_of(brief)
    shares = [template.length_at(place, count) for place in range(count)]
    share = Fraction(sum(shares[scenes.start : scenes.stop])) / Fraction(sum(shares))
    length = min(brief.duration * share, len(scenes) * brief.longest_shot)
    return brief.replace(
        duration=max(length, Fraction(SHORTEST_FILM), Fraction(len(scenes))),
        scene_count=len(scenes),
    )
