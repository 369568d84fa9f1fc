"""A director's pass by rules: what is said twice, cameras in a row, pictures in a row, the pace.

It never adds a word to what is spoken, so it works in every language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from ...diff import word_diff
from ..pace import estimate
from ..screenplay import Scene, Screenplay
from ..sentences import sentences
from ..timing import ROOM, fit_durations
from ..writers.answer import CAMERA_MOVES
from .counts import content_words, counts, seconds_short

__all__ = ["FIELDS", "by_rules", "is_settled", "repaced", "script_diff"]

FIELDS = ("title", "description", "narration", "prompt", "camera", "mood", "place", "duration")
"""What of a scene a director may change."""

_ALIKE = 0.6
"""The share of its words that makes a sentence the same as an earlier one."""
_FEWEST = 3
"""Words of a sentence that can be compared at all."""
_FRAMINGS = ("Seen from closer.", "Seen from farther away.", "Seen from the side.")


def by_rules(screenplay: Screenplay) -> Screenplay:
    """Improve what can be counted (`counts.Counts`), or return the script as it is.

    The scenes keep their ids and their order; the film keeps its length, each scene its bounds.
    What was approved or recorded stays as it is, and the pace of what was measured.
    """
    film = screenplay
    for improve in (_without_repeats, _other_cameras, _other_pictures, _other_pace):
        changed = improve(film)
        if counts(changed).no_worse_than(counts(film)):
            film = changed
    return film


def script_diff(before: Screenplay, after: Screenplay) -> tuple[str, ...]:
    """What a director changed, one field a line: `s03 camera: [-static-]{+pan left+}`."""
    lines = []
    if before.title != after.title:
        lines.append(f"title: {word_diff(before.title, after.title)}")
    olds = {scene.id: scene for scene in before.scenes}
    for new in after.scenes:
        old = olds[new.id]
        for field in FIELDS:
            was, now = (_shown(getattr(scene, field)) for scene in (old, new))
            if was != now:
                lines.append(f"{new.id} {field}: {word_diff(was, now)}")
    return tuple(lines)


def _shown(value: object) -> str:
    return f"{float(value):.1f} s" if isinstance(value, Fraction) else str(value)


def _each(screenplay: Screenplay, change: Callable[[Scene], Scene]) -> Screenplay:
    return screenplay.replace(scenes=tuple(change(scene) for scene in screenplay.scenes))


def is_settled(scene: Scene) -> bool:
    """Whether somebody approved it, or spoke its words."""
    return bool(scene.approved or scene.recording)


def _without_repeats(screenplay: Screenplay) -> Screenplay:
    """Take out sentences that the film has said, or nearly, where the scene says something else."""
    said: list[frozenset[str]] = []

    def change(scene: Scene) -> Scene:
        parts = sentences(scene.narration)
        kept = []
        for sentence in parts:
            words = frozenset(content_words(sentence))
            again = len(words) >= _FEWEST and any(_alike(words, other) for other in said)
            said.append(words)
            if not again:
                kept.append(sentence)
        if not kept or len(kept) == len(parts) or is_settled(scene):
            return scene
        return scene.replace(narration=" ".join(kept))

    return _each(screenplay, change)


def _alike(first: frozenset[str], second: frozenset[str]) -> bool:
    return len(first & second) >= _ALIKE * len(first | second)


def _other_cameras(screenplay: Screenplay) -> Screenplay:
    """Where the camera moves as in the scene before, let it move as it seldom did so far."""
    scenes = list(screenplay.scenes)
    used = Counter(scene.camera for scene in scenes)
    for at in range(1, len(scenes)):
        scene = scenes[at]
        if not scene.camera or scene.camera != scenes[at - 1].camera or is_settled(scene):
            continue
        near = {each.camera for each in scenes[at - 1 : at + 2]}
        free = [move for move in CAMERA_MOVES if move not in near]
        move = min(free, key=lambda each: (used[each], CAMERA_MOVES.index(each)))
        used[move] += 1
        scenes[at] = scene.replace(camera=move, prompt=_moved(scene, move))
    return screenplay.replace(scenes=tuple(scenes))


def _moved(scene: Scene, move: str) -> str:
    """The prompt with the other move, where it names the one before."""
    return re.sub(rf"(?i)\b{re.escape(scene.camera)}\b", move, scene.prompt)


def _other_pictures(screenplay: Screenplay) -> Screenplay:
    """Where a scene shows just what the one before shows, look at it from elsewhere."""
    scenes = list(screenplay.scenes)
    turn = 0
    for at in range(1, len(scenes)):
        scene, before = scenes[at], scenes[at - 1]
        shown = scene.prompt or scene.description
        same = shown.split() == (before.prompt or before.description).split()
        if not shown or not same or is_settled(scene):
            continue
        framing = _FRAMINGS[turn % len(_FRAMINGS)]
        scenes[at] = scene.replace(prompt=f"{shown.rstrip(' .')}. {framing}")
        turn += 1
    return screenplay.replace(scenes=tuple(scenes))


def _other_pace(screenplay: Screenplay) -> Screenplay:
    """Share the film's seconds out by what is said, where some scene has too few."""
    language = screenplay.brief.language
    short = any(seconds_short(scene, language) for scene in screenplay.scenes)
    return repaced(screenplay) if short else screenplay


def repaced(screenplay: Screenplay) -> Screenplay:
    """The same film, each scene as long as its narration needs of the whole; as it is where that
    cannot be, or a scene is approved or was measured already."""
    scenes, brief = screenplay.scenes, screenplay.brief
    if any(is_settled(scene) or scene.timed_to for scene in scenes):
        return screenplay
    wanted = [
        max(estimate(scene.narration, brief.language) + ROOM, Fraction(1))
        if scene.narration.strip()
        else scene.duration
        for scene in scenes
    ]
    longest = max(brief.longest_shot, *(scene.duration for scene in scenes))
    try:
        lengths = fit_durations(wanted, screenplay.duration, longest=longest)
    except ValueError:
        return screenplay
    return screenplay.replace(
        scenes=tuple(
            scene.replace(duration=length) for scene, length in zip(scenes, lengths, strict=True)
        )
    )
