"""A director's pass by a language model over anybody's script."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Self

from pydantic import model_validator

from ...errors import ChooseAnotherModel, ReviseBrief
from ...work import Progress
from ..brief import Brief
from ..pace import estimate
from ..screenplay import Scene, Screenplay
from ..timing import ROOM
from ..writers.answer import (
    Answer,
    AnswerConstant,
    AnswerPart,
    AnswerPerson,
    AnswerScene,
    answer_schema,
    check_scenes,
    read_as,
)
from ..writers.asking import instructions, tokens
from ..writers.drafting import Drafting, Form, film_form
from ..writers.language_model import LanguageModel, Message, Room
from ..writers.shaping import problems, spoken_instead
from ..writers.shelf import NoShelf, Shelf
from .acts import act_question, acts_to_direct
from .counts import counts
from .rules import is_settled, repaced

__all__ = ["by_model"]

_WISH = """\
Here is a finished script as JSON. You are its director, and read it before it is shot. Look for: \
what does not follow from the scene before, or changes without a reason (people, clothes, places, \
light, time of day); words and images that come too often; scenes that drag or rush; cameras and \
framings that do not change from scene to scene. Change what gets better by it and leave \
everything else word for word as it is. Keep the {count} scenes and their order, the language of \
the narration ({language}), and about the length of each narration. What can be counted now: \
{faults}. Answer with the whole JSON."""


class _ActAnswer(AnswerPart):
    """The scenes of an act in the model's words."""

    scenes: list[AnswerScene]

    @model_validator(mode="after")
    def _has_scenes(self) -> Self:
        check_scenes(self.scenes)
        return self


async def by_model(
    screenplay: Screenplay,
    model: LanguageModel,
    *,
    shelf: Shelf | None = None,
    progress: Progress = Progress(),
) -> Screenplay:
    """Have `model` go over a script; what comes back is as legal as what was given.

    A film that the model cannot take at once is gone over act by act, each known the film around
    it. The scenes keep their ids, order, language and sum. Not taken are a narration that became
    too long for a shot, anything of a scene that was approved or recorded, and a scene by which a
    count of the film (`counts.Counts`) would be worse than it was.

    Args:
        screenplay: the film.
        model: reached already.
        shelf: keeps the answers, of which none is asked for again.
        progress: hears about the answer as it arrives.

    Raises:
        ChooseAnotherModel: no answer was this film, or it is too long for the model.
        ServiceError, MoneyError: as the model raises.
        StorageError: an answer could not be kept.
    """
    progress(0.0, f"{model.name} reads the script.")
    shelf = shelf or NoShelf()
    room = await model.room()
    whole = _as_answer(screenplay)
    asked = _question(screenplay, whole)
    answer = tokens(whole.model_dump_json())
    asks = sum(tokens(message["content"]) for message in asked)
    at_once = room.context is None or asks + answer <= room.context
    if at_once and answer <= room.answer:
        return await _at_once(screenplay, model, asked, shelf=shelf, progress=progress)
    return await _in_acts(screenplay, model, whole, room, shelf=shelf, progress=progress)


def _question(screenplay: Screenplay, whole: Answer) -> list[Message]:
    faults = counts(screenplay).in_words()
    language = screenplay.brief.language
    wish = _WISH.format(count=len(screenplay.scenes), language=language, faults=faults)
    return [
        {"role": "system", "content": instructions()},
        {"role": "user", "content": f"{wish}\n\n{whole.model_dump_json()}"},
    ]


async def _at_once(
    screenplay: Screenplay,
    model: LanguageModel,
    asked: list[Message],
    *,
    shelf: Shelf,
    progress: Progress,
) -> Screenplay:
    brief = _as_it_is(screenplay)
    form = film_form(brief, lambda answer: _wrong(answer, screenplay, brief))
    drafting = Drafting(model, form, asked, shelf=shelf)
    await drafting.prepare()
    answer = await drafting.best(progress)
    _refuse_another_film(answer.scenes, screenplay, model)
    film = screenplay.replace(title=answer.title or screenplay.title)
    places = range(len(screenplay.scenes))
    return await asyncio.to_thread(_taken, answer.scenes, film, screenplay, places)


async def _in_acts(
    screenplay: Screenplay,
    model: LanguageModel,
    whole: Answer,
    room: Room,
    *,
    shelf: Shelf,
    progress: Progress,
) -> Screenplay:
    """Have the acts gone over one after the other; each is told how those before became."""
    acts = acts_to_direct(screenplay, whole.scenes, room, model=model.name)
    texts = [_as_json(whole.scenes[act.start : act.stop]) for act in acts]
    asked = [
        act_question(screenplay, whole.scenes, act, text)
        for act, text in zip(acts, texts, strict=True)
    ]
    await model.prepare(
        prompt=max(sum(tokens(each["content"]) for each in messages) for messages in asked),
        answer=max(tokens(text) for text in texts),
    )
    film = screenplay
    for number, (act, text) in enumerate(zip(acts, texts, strict=True), 1):
        part = screenplay.replace(scenes=screenplay.scenes[act.start : act.stop])
        drafting = Drafting(
            model,
            _act_form(part, text, f"Act {number} of {len(acts)}"),
            act_question(film, whole.scenes, act, text),
            shelf=shelf,
            step=f"scenes {act.start + 1} to {act.stop}",
        )
        begin, end = (place / len(whole.scenes) for place in (act.start, act.stop))
        answer = await drafting.best(progress.part(begin, end))
        _refuse_another_film(answer.scenes, part, model)
        film = await asyncio.to_thread(_taken, answer.scenes, film, screenplay, act)
    return film


def _as_json(part: Sequence[AnswerScene]) -> str:
    # What a scene uses of the bible is not the model's to change.
    return _ActAnswer(scenes=list(part)).model_dump_json(exclude={"scenes": {"__all__": {"uses"}}})


def _act_form(part: Screenplay, text: str, name: str) -> Form[_ActAnswer]:
    brief, count = _as_it_is(part), len(part.scenes)
    schema = answer_schema(brief, _ActAnswer)
    schema["properties"]["scenes"].update(minItems=count, maxItems=count)

    def note(said: str, pieces: int) -> str:
        scene = min(max(said.count('"narration"'), 1), count)
        return f"{name}: going over scene {scene} of {count} ({pieces} pieces)."

    return Form(
        schema=schema,
        read=lambda said: read_as(said, _ActAnswer, "scenes"),
        judge=lambda answer: _wrong(answer, part, brief),
        letters=len(text),
        creativity=brief.creativity,
        note=note,
        name=f"these {count} scenes",
    )


def _refuse_another_film(
    scenes: Sequence[AnswerScene], screenplay: Screenplay, model: LanguageModel
) -> None:
    if len(scenes) != len(screenplay.scenes) or spoken_instead(scenes, screenplay.brief):
        raise ChooseAnotherModel(
            f"{model.name} made another film of it: choose another model to direct."
        )


def _as_it_is(screenplay: Screenplay) -> Brief:
    """A brief that asks for just this film."""
    longest = max(scene.duration for scene in screenplay.scenes)
    brief = screenplay.brief
    try:
        return brief.replace(
            duration=screenplay.duration,
            scene_count=len(screenplay.scenes),
            longest_shot=max(brief.longest_shot, longest),
        )
    except (ReviseBrief, ValueError):
        # An edited film may be shorter than any that is written; its model is asked less exactly.
        return brief


def _as_answer(screenplay: Screenplay) -> Answer:
    return Answer(
        title=screenplay.title,
        logline=screenplay.logline,
        style=screenplay.style.in_words(),
        cast=[
            AnswerPerson(name=person.name, description=person.description)
            for person in screenplay.cast
        ],
        bible=[
            AnswerConstant(
                kind=each.kind,
                name=each.name,
                description=each.description,
                wearer=each.wearer,
            )
            for each in screenplay.bible
        ],
        scenes=[
            AnswerScene(
                **{
                    name: str(getattr(scene, name))
                    for name in ("title", "description", "narration", "prompt")
                },
                camera=scene.camera,
                mood=scene.mood,
                place=scene.place,
                uses=list(scene.uses),
            )
            for scene in screenplay.scenes
        ],
    )


def _wrong(answer: Answer | _ActAnswer, screenplay: Screenplay, brief: Brief) -> tuple[str, ...]:
    count = len(screenplay.scenes)
    found = []
    if len(answer.scenes) != count:
        found.append(f"You wrote {len(answer.scenes)} scenes; keep exactly {count}.")
    # What it could not do better is no reason to ask, and pay, again.
    had = {_about(each) for each in problems(_as_answer(screenplay), brief)}
    said = (each for each in problems(answer, brief) if not each.startswith("You wrote"))
    return (*found, *(each for each in said if _about(each) not in had))


def _about(problem: str) -> str:
    """A problem without its figures."""
    return problem.partition(" takes ")[0]


def _taken(
    answers: Sequence[AnswerScene], film: Screenplay, before: Screenplay, places: range
) -> Screenplay:
    """The film with what of the answers can be taken.

    Args:
        answers: the scenes of an act.
        film: the film as it is by now.
        before: as it was given; no count becomes worse than its.
        places: where the act's scenes are.
    """
    brief, faults = _as_it_is(before), counts(before)
    for at, new in zip(places, answers, strict=True):
        old = film.scenes[at]
        if is_settled(old):
            continue
        scene = _scene(old, new, brief)
        scenes = (*film.scenes[:at], scene, *film.scenes[at + 1 :])
        trial = film.replace(scenes=scenes)
        trial = trial if scene.narration == old.narration else repaced(trial)
        if counts(trial).no_worse_than(faults):
            film = trial
    return film


def _scene(old: Scene, new: AnswerScene, brief: Brief) -> Scene:
    fields = {
        "title": new.title,
        "description": new.description,
        "prompt": new.prompt,
        "camera": new.camera,
        "mood": new.mood,
        "place": new.place,
    }
    changes = {name: value for name, value in fields.items() if value}
    fits = estimate(new.narration, brief.language) + ROOM <= brief.longest_shot
    if new.narration and old.narration and fits:
        changes["narration"] = new.narration
    return old.replace(**changes)
