"""An idea too long for one scene: it begins in the first and goes on in those right behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from ..pace import estimate
from .pack import Frame, Pack

__all__ = ["spread", "told_as_written"]

_TOLD = ("said", "claim")
"""Slots in which the packs keep an idea that is told as it was written."""
_LEAST = 4
"""Words of a piece."""
_FEWEST = 4
"""Scenes of a film in which an idea can go on."""


def spread(frame: Frame, pack: Pack, room: Fraction, scenes: int) -> Frame:
    """The frame with its first clause in place of an idea that takes longer than `room` to say; the
    others are told as they are, at once behind it (`Frame.going_on` of `Frame.given`).

    An idea is cut only where its language joins clauses (`Pack.joints`), so that each piece is as
    it was written; one of a single clause is told without what it says by the way (`Pack.asides`).
    """
    name = _told_in(frame)
    text = told_as_written(frame)
    fits = estimate(text, pack.code) <= room
    if not name or fits or not pack.joints or scenes < _FEWEST or frame.kind != "topic":
        return frame
    first, *others = _pieces(text, pack, room)
    if not others and pack.asides:
        first = re.sub(pack.asides, "", text, count=1)
    if first == text:
        return frame
    told = [f"{each[:1].upper()}{each[1:].rstrip('.')}." for each in others]
    given = tuple(each for each in frame.given if each.rstrip(".") != text)
    slots = {**frame.slots, name: first}
    return replace(frame, slots=slots, given=(*told, *given), going_on=len(told))


def told_as_written(frame: Frame) -> str:
    """An idea that its film tells as it was written; empty where it only speaks of it."""
    return frame.slots.get(_told_in(frame), "")


def _told_in(frame: Frame) -> str:
    return next((each for each in _TOLD if frame.slots.get(each)), "")


def _pieces(text: str, pack: Pack, room: Fraction) -> list[str]:
    """The clauses of a text, as many together as can be said in `room` seconds."""
    starts = [0, *(found.start() for found in re.finditer(pack.joints, text)), len(text)]
    clauses = [text[at:end].strip(" ,") for at, end in pairwise(starts)]
    pieces: list[str] = []
    for clause in clauses:
        longer = f"{pieces[-1]}, {clause}" if pieces else clause
        whole = longer in text or longer.replace(", ", " ") in text
        short = bool(pieces) and len(clause.split()) < _LEAST
        if pieces and whole and (short or estimate(longer, pack.code) <= room):
            pieces[-1] = longer if longer in text else f"{pieces[-1]} {clause}"
        else:
            pieces.append(clause)
    return pieces
