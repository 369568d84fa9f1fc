"""The longest clips that a film could need, before its voice is measured.

Narrate decides how long scenes last; what it can decide is bounded by how long their words may take
to say, by the film's length, and by the longest shot.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ...story.brief import MOST_SCENES, SHORTEST_SCENE, Brief
from ...story.further import further_scenes
from ...story.pace import estimate
from ...story.screenplay import Scene, Screenplay
from ...story.transitions import TRANSITION
from ...values import FPS
from ...voice.engines.known import normal_language
from ...voice.markup import passages, shown
from ...voice.narrate import line_room
from ...voice.retime import TOLERANCE
from ...voice.saying import say
from ...voice.text import breaks, speakable, words
from ...voice.timing import BREATH, LEAST_BREATH

__all__ = ["edited_lengths", "longest_clips", "most_spoken", "outlined", "scenes_as_split"]

_SLOWER, _LATER = Fraction(23, 20), Fraction(3, 10)
"""The slowest voice against `pace.estimate`: times, and seconds more. Over 1,450 lines in four
languages by 11 voices none passed 1.12 times and 0.3 s (2026-11-29)."""
_FASTER = Fraction(11, 10)
"""Narrate speaks up to 12 % faster where the film would overrun; a voice may fall short of it."""
_STRESSED = Fraction(23, 20)
"""How much longer stress makes a word, and a passage at most."""
_FRAME = 1 / FPS
_FREE = Fraction(3, 5)
"""Seconds of each scene that every writer leaves free of speech, at least."""


def most_spoken(text: str, language: str, speed: float) -> Fraction:
    """Seconds that the slowest voice takes for a narration, at most; 0 where nothing is said.

    Names of speakers are counted as if they were said: a little more than the turns between them.
    """
    tag = normal_language(language)
    return sum(
        (
            _slowest(estimate(say(passage.text, tag).text, language), speed)
            * (_STRESSED if passage.stressed else 1)
            + passage.pause
            for passage in passages(text)
        ),
        Fraction(0),
    )


def _slowest(estimated: Fraction, speed: float) -> Fraction:
    return (estimated * _SLOWER + _LATER) / Fraction(speed)


def scenes_as_split(screenplay: Screenplay, speed: float) -> Screenplay:
    """The screenplay with as many scenes as Narrate may split it into."""
    brief = screenplay.brief
    room = line_room(brief)
    taken = [scene.id for scene in screenplay.scenes]
    split: list[Scene] = []
    for scene in screenplay.scenes:
        most = 1 if scene.recording else _most_pieces(scene.narration, brief, room, speed)
        further = further_scenes(scene, [scene.narration] * most, taken) if most > 1 else [scene]
        taken += [each.id for each in further[1:]]
        split += further
    return screenplay.replace(scenes=tuple(split[:MOST_SCENES]))


def _most_pieces(text: str, brief: Brief, room: Fraction, speed: float) -> int:
    spoken = most_spoken(text, brief.language, speed)
    if spoken <= room:
        return 1
    text = shown(text)
    spans = words(text)
    ends = [0, *(span[1] for span, cut in zip(spans, breaks(text, spans), strict=True) if cut)]
    ends = ends if ends[-1] == spans[-1][1] else [*ends, spans[-1][1]]
    clauses = [text[start:end] for start, end in pairwise(ends)]
    most = _pieces(spoken, room)
    # Words between two commas are torn apart only where they are too long by themselves.
    if all(most_spoken(clause, brief.language, speed) <= room for clause in clauses):
        most = min(most, len(clauses))
    return min(most, len(spans))


def _pieces(spoken: Fraction, room: Fraction) -> int:
    """How many pieces a line is cut into at most: any two neighbours do not fit together."""
    return 1 if spoken <= room else math.ceil(2 * spoken / room + 1) - 1


def outlined(brief: Brief, count: int, speed: float) -> tuple[Fraction, Screenplay]:
    """A film of at most `count` scenes whose words nobody knows yet.

    Returns:
        The seconds that the slowest voice takes for all of it, and the film, with the further
        scenes that the longest of its lines may be split into.
    """
    fewest = min(brief.scene_count or brief.fewest_scenes, count)
    spoken = max(brief.duration * (1 + TOLERANCE) - _FREE * fewest, Fraction(0))
    longest, room = max(brief.longest_shot - _FREE, Fraction(0)), line_room(brief)
    # The shortest line that the slowest voice could not say in one shot.
    overlong = max((room * Fraction(speed) - _LATER) / _SLOWER, Fraction(1, 10))
    splits = min(count, int(spoken / overlong)) if longest > overlong else 0
    more = splits * (_pieces(_slowest(longest, speed), room) - 1)
    film = Screenplay(
        title=brief.film or brief.idea[:60],
        brief=brief,
        scenes=tuple(
            Scene(id=f"s{number:02d}", prompt=brief.idea)
            for number in range(1, min(count + more, MOST_SCENES) + 1)
        ),
    )
    return (spoken * _SLOWER + _LATER * len(film.scenes)) / Fraction(speed), film


@dataclass(frozen=True)
class _Step:
    """A clip's length, and from which length of its scene on it is asked for, in seconds."""

    clip: int
    scene: Fraction


def longest_clips(
    screenplay: Screenplay, legal: Sequence[int], *, spoken: Fraction, speed: float
) -> Screenplay:
    """Give the scenes the lengths, of all that Narrate could choose, whose clips cost most.

    Every scene lasts a second, and what is left of the film goes where it buys most seconds of
    clips; the last scene that gets something gets a whole step, so that nothing lies above.

    Args:
        screenplay: with all the scenes that it may be split into.
        legal: seconds that a clip may last, ascending.
        spoken: seconds that the slowest voice takes for all of it.
        speed: of the voice, against its own pace.
    """
    brief, scenes = screenplay.brief, screenplay.scenes
    shortest, longest = Fraction(SHORTEST_SCENE), min(brief.longest_shot, Fraction(legal[-1]))
    heard = [speakable(scene.narration) for scene in scenes]
    silent = len(heard) - sum(heard) if any(heard) else 0
    hurried = spoken / _FASTER + (len(scenes) - silent) * (LEAST_BREATH + _FRAME) + silent
    target = screenplay.target * (1 + TOLERANCE) + _FRAME
    left = max(target, hurried, _kept(screenplay, speed)) - shortest * len(scenes)
    tails = [_tail(following) for following in (*scenes[1:], None)]
    steps = [_steps(legal, longest, tail) for tail in tails]
    chosen = [0] * len(scenes)
    waiting = [(-_worth(each, 0), at) for at, each in enumerate(steps) if len(each) > 1]
    heapq.heapify(waiting)
    while waiting and left > 0:
        _, at = heapq.heappop(waiting)
        now, then = steps[at][chosen[at] : chosen[at] + 2]
        left -= then.scene - now.scene
        chosen[at] += 1
        if chosen[at] + 1 < len(steps[at]):
            heapq.heappush(waiting, (-_worth(steps[at], chosen[at]), at))
    return screenplay.replace(
        scenes=tuple(
            scene.replace(duration=min(max(each[which].clip - tail, shortest), longest))
            for scene, each, which, tail in zip(scenes, steps, chosen, tails, strict=True)
        )
    )


def edited_lengths(
    screenplay: Screenplay, speed: float, lines: Mapping[str, Fraction]
) -> Screenplay | None:
    """The longest scenes of a film that was timed, in the voice it was timed to, and edited since.

    Scenes that are still timed last as long as before, or as their line, and the others as their
    own words need, at most. None where Narrate would time all of them anew.

    `lines` are the seconds of the lines that scenes are timed to, by scene id.
    """
    brief = screenplay.brief
    if brief.exact or not any(scene.timed_to and scene.id in lines for scene in screenplay.scenes):
        return None
    scenes: list[Scene] = []
    for scene in screenplay.scenes:
        alone = screenplay.replace(scenes=(scene,))
        parts = (scene,) if scene.timed_to else scenes_as_split(alone, speed).scenes
        length = _longest(scene, lines.get(scene.id), brief, speed)
        taken = {each.id for each in (*screenplay.scenes, *scenes)}
        for number, part in enumerate(parts):
            name = part.id
            while number and name in taken:
                name += "-"
            scenes.append(part.replace(id=name, duration=length))
    return screenplay.replace(scenes=tuple(scenes[:MOST_SCENES]))


def _longest(scene: Scene, line: Fraction | None, brief: Brief, speed: float) -> Fraction:
    """How long a scene lasts at most that is timed by itself, or a piece of it."""
    breath = LEAST_BREATH if scene.timed_to else BREATH
    spoken = line if line is not None else most_spoken(scene.narration, brief.language, speed)
    needed = spoken + breath + _FRAME if spoken else scene.duration
    if scene.timed_to:
        return max(scene.duration, needed if spoken else scene.duration)
    return min(max(needed, Fraction(SHORTEST_SCENE)), brief.longest_shot)


def _kept(screenplay: Screenplay, speed: float) -> Fraction:
    """Seconds of a film that was timed before, whose edited scenes alone are timed anew."""
    scenes, language = screenplay.scenes, screenplay.brief.language
    if not any(scene.timed_to for scene in scenes):
        return Fraction(0)
    return sum(
        (
            scene.duration
            if scene.timed_to
            else max(scene.duration, most_spoken(scene.narration, language, speed) + BREATH)
            for scene in scenes
        ),
        Fraction(0),
    )


def _tail(following: Scene | None) -> Fraction:
    """Seconds that a clip plays on under the next scene, where that dissolves in."""
    return TRANSITION if following and following.transition == "dissolve" else Fraction(0)


def _steps(legal: Sequence[int], longest: Fraction, tail: Fraction) -> list[_Step]:
    """The clips a scene may get, from the shortest on, without those that a mix of others beats."""
    steps: list[_Step] = []
    since = Fraction(0)
    for clip in legal:
        step = _Step(clip, max(Fraction(SHORTEST_SCENE), since - tail + _FRAME))
        since = Fraction(clip)
        if step.scene > longest:
            break
        if steps and step.scene == steps[-1].scene:
            steps.pop()
        while len(steps) > 1 and _rise(steps[-2], steps[-1]) <= _rise(steps[-1], step):
            steps.pop()
        steps.append(step)
    return steps


def _rise(before: _Step, after: _Step) -> Fraction:
    return (after.clip - before.clip) / (after.scene - before.scene)


def _worth(steps: Sequence[_Step], at: int) -> Fraction:
    return _rise(steps[at], steps[at + 1])
