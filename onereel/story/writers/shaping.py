"""Make a legal screenplay of a model's answer: its scenes, narration and length fit the brief."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from ...cast.character import Character
from ...values import Value
from ..bible import KINDS, MOST_CONSTANTS, Constant
from ..brief import SHORTEST_SCENE, Brief
from ..builtin.language import other_language
from ..builtin.packs import packs
from ..looks import Look, look_of
from ..pace import estimate
from ..screenplay import MOST_USED, Scene, Screenplay, StyleBible
from ..sentences import halves, sentences
from ..templates.built_in import template_of
from ..templates.template import Transition
from ..timing import ROOM, fit_durations
from ..tongues import Tongue
from .answer import Answer, AnswerScene
from .asking import most_scenes

__all__ = ["Shaped", "problems", "shaped", "spoken_instead"]

_TOLERANCE = Fraction(21, 20)
"""The whole narration may be this much over: the estimate itself is no better."""

_LONGEST_NAME, _LONGEST_WORDS = 120, 400
"""Characters of an entry of the continuity bible, whatever a model that keeps no schema writes."""

_SILENT = Fraction(3)
"""Seconds that a scene without narration would like to last."""


class Shaped(Value):
    """A screenplay made of an answer, and what had to be left in spite of the brief."""

    screenplay: Screenplay
    notes: tuple[str, ...] = ()


class _HasScenes(Protocol):
    @property
    def scenes(self) -> list[AnswerScene]: ...


def problems(answer: _HasScenes, brief: Brief, *, what: str = "the film") -> tuple[str, ...]:
    """Say, to the model, everything in a readable answer that does not fit the brief.

    `what` names what was asked for.
    """
    found: list[str] = []
    scenes = answer.scenes
    fewest, most = _fewest(brief), most_scenes(brief)
    if not fewest <= len(scenes) <= most:
        wanted = f"exactly {most}" if fewest == most else f"{fewest} to {most}"
        found.append(f"You wrote {len(scenes)} scenes; write {wanted}.")
    silent = template_of(brief).few_words
    if silent and not any(scene.narration for scene in scenes):
        found.append("No scene has any narration; give the first and the last one a few words.")
    for number, scene in enumerate(scenes, 1):
        if not scene.narration and not silent:
            found.append(f"Scene {number} has no narration.")
        if not scene.prompt and not scene.description:
            found.append(f"Scene {number} has no prompt.")
        found += _too_long(number, scene, brief)
    if tongue := spoken_instead(scenes, brief):
        found.append(f"The narration is in {tongue.name}; write it in {brief.language}.")
    spoken = sum((_wanted(scene, brief) for scene in scenes), Fraction(0))
    if spoken > brief.duration * _TOLERANCE:
        percent = round(100 * (1 - brief.duration / spoken))
        found.append(
            f"All narration together takes {float(spoken):.0f} seconds to speak and {what} has"
            f" {float(brief.duration):g}: shorten it by {percent} percent."
        )
    return tuple(found)


def spoken_instead(scenes: Sequence[AnswerScene], brief: Brief) -> Tongue | None:
    """The language that is spoken where it plainly is not the film's."""
    spoken = " ".join(scene.narration for scene in scenes)
    return other_language(spoken, brief.language, packs())


def shaped(answer: Answer, brief: Brief, *, writer: str) -> Shaped:
    """Make a legal screenplay of any readable answer.

    Too many scenes: the shortest neighbours become one. Too few: the longest is told in two. Too
    much narration is cut at the end of a sentence; a single sentence that is too long is kept and
    noted, because half a sentence is worse than a film a second too long. The durations sum to
    `brief.duration` exactly.
    """
    scenes = [scene for scene in answer.scenes if not scene.empty]
    scenes = _counted(scenes, brief)
    scenes = _shortened(scenes, brief)
    wanted = [_wanted(scene, brief) for scene in scenes]
    durations = fit_durations(wanted, brief.duration, longest=brief.longest_shot)
    look = look_of(brief) or Look("", "", StyleBible(look=answer.style), avoid="")
    template = template_of(brief)
    bible = _bible(answer)
    screenplay = Screenplay(
        title=answer.title or brief.film or _first_words(brief.idea),
        logline=answer.logline,
        brief=brief,
        cast=tuple(
            Character(name=person.name, description=person.description)
            for person in answer.cast
            if person.name
        ),
        style=look.style.replace(sound=f"music: {template.music}" if template.music else ""),
        bible=bible,
        scenes=tuple(
            _scene(
                number,
                scene,
                bible,
                duration,
                look,
                template.transition_at(number - 1, len(scenes)),
            )
            for number, (scene, duration) in enumerate(zip(scenes, durations, strict=True), 1)
        ),
        writer=writer,
    )
    return Shaped(screenplay=screenplay, notes=_notes(scenes, brief))


def _fewest(brief: Brief) -> int:
    return brief.scene_count or brief.fewest_scenes


def _wanted(scene: AnswerScene, brief: Brief) -> Fraction:
    """How long the scene would like to last, in seconds."""
    if not scene.narration:
        return min(_SILENT, brief.longest_shot)
    return max(estimate(scene.narration, brief.language) + ROOM, Fraction(SHORTEST_SCENE))


def _too_long(number: int, scene: AnswerScene, brief: Brief) -> list[str]:
    seconds = _wanted(scene, brief)
    if seconds <= brief.longest_shot:
        return []
    percent = max(round(100 * (1 - brief.longest_shot / seconds)), 5)
    return [
        f"The narration of scene {number} takes {float(seconds - ROOM):.1f} seconds to speak and"
        f" at most {float(brief.longest_shot - ROOM):.1f} fit: shorten it by {percent} percent."
    ]


def _counted(scenes: list[AnswerScene], brief: Brief) -> list[AnswerScene]:
    most = most_scenes(brief)
    while len(scenes) > most:
        pairs = range(len(scenes) - 1)
        first = min(
            pairs, key=lambda at: _wanted(scenes[at], brief) + _wanted(scenes[at + 1], brief)
        )
        scenes = [*scenes[:first], _merged(*scenes[first : first + 2]), *scenes[first + 2 :]]
    while len(scenes) < most:
        longest = max(range(len(scenes)), key=lambda at: _wanted(scenes[at], brief))
        overlong = _wanted(scenes[longest], brief) > brief.longest_shot
        if len(scenes) >= _fewest(brief) and not overlong:
            break
        scenes = [*scenes[:longest], *_in_two(scenes[longest]), *scenes[longest + 1 :]]
    return scenes


def _merged(first: AnswerScene, second: AnswerScene) -> AnswerScene:
    return first.model_copy(
        update={
            "title": first.title or second.title,
            "description": _joined(first.description, second.description),
            "narration": _joined(first.narration, second.narration),
            # One shot shows one thing: the second prompt goes, unless it is the only one.
            "prompt": first.prompt or second.prompt,
        }
    )


def _in_two(scene: AnswerScene) -> tuple[AnswerScene, AnswerScene]:
    before, after = halves(scene.narration)
    shown = scene.prompt or scene.description or scene.narration
    closer = f"{shown.rstrip(' .')}. Seen from closer."
    return (
        scene.model_copy(update={"narration": before}),
        scene.model_copy(update={"narration": after, "prompt": closer, "camera": "slow push in"}),
    )


def _shortened(scenes: list[AnswerScene], brief: Brief) -> list[AnswerScene]:
    """Drop last sentences until every scene fits its shot and all fit the film."""
    scenes = list(scenes)
    for at, scene in enumerate(scenes):
        while _wanted(scene, brief) > brief.longest_shot:
            if (shorter := _without_last_sentence(scene)) is None:
                break
            scenes[at] = scene = shorter
    while sum((_wanted(scene, brief) for scene in scenes), Fraction(0)) > (
        brief.duration * _TOLERANCE
    ):
        by_length = sorted(range(len(scenes)), key=lambda at: -_wanted(scenes[at], brief))
        cut = next(((at, s) for at in by_length if (s := _without_last_sentence(scenes[at]))), None)
        if cut is None:
            break
        scenes[cut[0]] = cut[1]
    return scenes


def _without_last_sentence(scene: AnswerScene) -> AnswerScene | None:
    spoken = sentences(scene.narration)
    if len(spoken) < 2:
        return None
    kept = scene.narration[: scene.narration.rindex(spoken[-1])].rstrip()
    return scene.model_copy(update={"narration": kept})


def _bible(answer: Answer) -> tuple[Constant, ...]:
    """What the model keeps the same, as far as it can be kept: each name once."""
    found: dict[str, Constant] = {}
    for each in answer.bible:
        name = each.name.casefold()
        if each.kind in KINDS and name and each.description and name not in found:
            wearer = each.wearer if each.kind == "wardrobe" else ""
            found[name] = Constant(
                kind=each.kind,
                name=each.name[:_LONGEST_NAME],
                description=each.description[:_LONGEST_WORDS],
                wearer=wearer[:_LONGEST_NAME],
            )
    return tuple(found.values())[:MOST_CONSTANTS]


def _used(scene: AnswerScene, bible: Sequence[Constant]) -> tuple[str, ...]:
    """The names of a scene that the bible has, as it writes them."""
    found = [each.name for each in bible if any(map(each.is_called, scene.uses))]
    return tuple(found)[:MOST_USED]


def _scene(
    number: int,
    scene: AnswerScene,
    bible: Sequence[Constant],
    duration: Fraction,
    look: Look,
    begins: Transition | None,
) -> Scene:
    return Scene(
        id=f"s{number:02d}",
        title=scene.title,
        description=scene.description,
        narration=scene.narration,
        prompt=look.style.added_to(scene.prompt or scene.description or scene.narration),
        negative_prompt=look.avoid,
        duration=duration,
        camera=scene.camera,
        place=scene.place,
        mood=scene.mood,
        uses=_used(scene, bible),
        transition=begins or "cut",
    )


def _notes(scenes: list[AnswerScene], brief: Brief) -> tuple[str, ...]:
    spoken = sum((_wanted(scene, brief) for scene in scenes), Fraction(0))
    notes = [
        f"The narration of scene {number} is one sentence of about"
        f" {float(_wanted(scene, brief) - ROOM):.1f} s; shorten it to fit a shot of"
        f" {float(brief.longest_shot):g} s."
        for number, scene in enumerate(scenes, 1)
        if _too_long(number, scene, brief)
    ]
    if spoken > brief.duration * _TOLERANCE:
        notes.append(
            f"The narration takes about {float(spoken):.0f} s, and the film was to last"
            f" {float(brief.duration):g} s; shorten it or allow a longer film."
        )
    return tuple(notes)


def _joined(first: str, second: str) -> str:
    space = "" if first.endswith(("\u3002", "\uff01", "\uff1f", "\u300d")) else " "
    return f"{first}{space}{second}".strip()


def _first_words(idea: str) -> str:
    words = idea.split()
    return " ".join(words[:6]).rstrip(".,;:!?")
