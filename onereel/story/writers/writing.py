"""Having a language model write a film: one way, whichever server the model is on."""

from __future__ import annotations

from ...errors import ChooseAnotherModel
from ...work import Progress
from ..acts.plan import planned
from ..acts.writing import write_acts
from ..brief import Brief
from .answer import Answer
from .asking import instructions, request
from .drafting import Drafting, film_form
from .language_model import LanguageModel, Message
from .refining import refined
from .shaping import Shaped, problems, shaped, spoken_instead
from .shelf import NoShelf, Shelf

__all__ = ["write_with"]


async def write_with(
    model: LanguageModel,
    brief: Brief,
    *,
    refine: bool = False,
    shelf: Shelf | None = None,
    progress: Progress = Progress(),
) -> Shaped:
    """Have `model` write a screenplay.

    It is asked as often as it is worth asking, each time told what was wrong. An answer that is a
    screenplay but does not fit the brief is made to fit after the last attempt
    (`shaping.shaped`); what could not be is in the notes. A film that is too long for one answer
    is written act by act (`acts.planned`).

    Args:
        model: reached already.
        brief: the film; its duration is met exactly by the planned durations.
        refine: ask once more for a better version, and keep it if it is a legal one.
        shelf: keeps the answers, of which none is asked for again.
        progress: hears about the answer as it arrives.

    Raises:
        ChooseAnotherModel: no answer was a screenplay, or in the film's language, or the film is
            too long for the model.
        ServiceError, MoneyError: as the model raises.
        StorageError: an answer could not be kept.
        ReviseBrief: there is no such template.
    """
    progress(0.0, f"Asking {model.name}.")
    shelf = shelf or NoShelf()
    plan = planned(brief, await model.room(), model=model.name)
    if plan is None:
        film = await _at_once(model, brief, refine=refine, shelf=shelf, progress=progress)
    else:
        film = await write_acts(model, brief, plan, refine=refine, shelf=shelf, progress=progress)
    if tongue := spoken_instead(film.scenes, brief):
        raise ChooseAnotherModel(
            f"{model.name} wrote in {tongue.name}, but the film's language is {brief.language}:"
            " choose another model."
        )
    return shaped(film, brief, writer=model.writer)


async def _at_once(
    model: LanguageModel, brief: Brief, *, refine: bool, shelf: Shelf, progress: Progress
) -> Answer:
    asked: list[Message] = [
        {"role": "system", "content": instructions()},
        {"role": "user", "content": request(brief)},
    ]
    form = film_form(brief, lambda answer: problems(answer, brief))
    drafting = Drafting(model, form, asked, shelf=shelf)
    await drafting.prepare()
    film = await drafting.best(progress.part(0.0, 0.5) if refine else progress)
    if refine and model.can_replay:
        film = await refined(drafting, film, brief, progress.part(0.5, 1.0))
    return film
