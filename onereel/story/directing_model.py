"""A director's pass by a language model over anybody's script."""

from __future__ import annotations

from ..errors import ChooseAnotherModel, ReviseBrief
from ..work import Progress
from .answer import Answer, AnswerConstant, AnswerPerson, AnswerScene
from .asking import instructions
from .brief import Brief
from .counts import counts
from .directing import is_settled, repaced
from .drafting import Drafting, film_form
from .language_model import LanguageModel, Message
from .pace import estimate
from .screenplay import Scene, Screenplay
from .shaping import problems, spoken_instead
from .timing import ROOM

__all__ = ["by_model"]

_WISH = """\
Here is a finished script as JSON. You are its director, and read it before it is shot. Look for: \
what does not follow from the scene before, or changes without a reason (people, clothes, places, \
light, time of day); words and images that come too often; scenes that drag or rush; cameras and \
framings that do not change from scene to scene. Change what gets better by it and leave \
everything else word for word as it is. Keep the {count} scenes and their order, the language of \
the narration ({language}), and about the length of each narration. What can be counted now: \
{faults}. Answer with the whole JSON."""


async def by_model(
    screenplay: Screenplay, model: LanguageModel, *, progress: Progress = Progress()
) -> Screenplay:
    """Have `model` go over a script; what comes back is as legal as what was given.

    The scenes keep their ids, order, language and sum; a narration that became too long for a
    shot, and anything of a scene that was approved or recorded, is not taken.

    Raises:
        ChooseAnotherModel: no answer was this film.
        ServiceError, MoneyError: as the model raises.
    """
    brief = _as_it_is(screenplay)
    faults = counts(screenplay).in_words()
    wish = _WISH.format(count=len(screenplay.scenes), language=brief.language, faults=faults)
    asked: list[Message] = [
        {"role": "system", "content": instructions()},
        {"role": "user", "content": f"{wish}\n\n{_as_answer(screenplay).model_dump_json()}"},
    ]
    form = film_form(brief, lambda answer: _wrong(answer, screenplay, brief))
    drafting = Drafting(model, form, asked)
    progress(0.0, f"{model.name} reads the script.")
    await drafting.prepare()
    answer = await drafting.best(progress)
    if len(answer.scenes) != len(screenplay.scenes) or spoken_instead(answer.scenes, brief):
        raise ChooseAnotherModel(
            f"{model.name} made another film of it: choose another model to direct."
        )
    return _taken(answer, screenplay, brief)


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


def _wrong(answer: Answer, screenplay: Screenplay, brief: Brief) -> tuple[str, ...]:
    count = len(screenplay.scenes)
    found = []
    if len(answer.scenes) != count:
        found.append(f"You wrote {len(answer.scenes)} scenes; keep exactly {count}.")
    silent = {at for at, scene in enumerate(screenplay.scenes, 1) if not scene.narration}
    said = (each for each in problems(answer, brief) if not each.startswith("You wrote"))
    found += [
        each for each in said if each not in {f"Scene {at} has no narration." for at in silent}
    ]
    return tuple(found)


def _taken(answer: Answer, screenplay: Screenplay, brief: Brief) -> Screenplay:
    """The script with what of the answer can be taken."""
    pairs = list(zip(screenplay.scenes, answer.scenes, strict=True))
    scenes = tuple(old if is_settled(old) else _scene(old, new, brief) for old, new in pairs)
    film = screenplay.replace(title=answer.title or screenplay.title, scenes=scenes)
    same_words = [each.narration for each in scenes] == [old.narration for old, _ in pairs]
    return film if same_words else repaced(film)


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
