"""Having a language model write a film: one way, whichever server the model is on."""

from __future__ import annotations

from ..errors import ServiceError
from ..work import Progress
from .answer import Answer
from .asking import instructions, refinement, request
from .brief import Brief
from .drafting import Drafting
from .language_model import LanguageModel, Message
from .shaping import Shaped, problems, shaped

__all__ = ["write_with"]


async def write_with(
    model: LanguageModel,
    brief: Brief,
    *,
    refine: bool = False,
    progress: Progress = Progress(),
) -> Shaped:
    """Have `model` write a screenplay.

    It is asked as often as it is worth asking, each time told what was wrong. An answer that is a
    screenplay but does not fit the brief is made to fit after the last attempt
    (`shaping.shaped`); what could not be is in the notes.

    Args:
        model: reached already.
        brief: the film; its duration is met exactly by the planned durations.
        refine: ask once more for a better version, and keep it if it is a legal one.
        progress: hears about the answer as it arrives.

    Raises:
        ChooseAnotherModel: no answer was a screenplay, or the film is too long for the model.
        ServiceError, MoneyError: as the model raises.
        ReviseBrief: there is no such template.
    """
    progress(0.0, f"Asking {model.name}.")
    asked: list[Message] = [
        {"role": "system", "content": instructions()},
        {"role": "user", "content": request(brief)},
    ]
    drafting = Drafting(model, brief, asked, judge=lambda answer: problems(answer, brief))
    await drafting.prepare()
    film = await drafting.best(progress.part(0.0, 0.5) if refine else progress)
    if refine and model.can_replay:
        film = await _refined(drafting, asked, film, brief, progress.part(0.5, 1.0))
    return shaped(film, brief, writer=model.writer)


async def _refined(
    drafting: Drafting, asked: list[Message], film: Answer, brief: Brief, progress: Progress
) -> Answer:
    messages: list[Message] = [
        *asked,
        {"role": "assistant", "content": film.model_dump_json()},
        {"role": "user", "content": refinement(brief)},
    ]
    try:
        draft = await drafting.draft(messages, progress)
    except ServiceError:
        # The first version is written and good: a failed second pass does not take it away.
        return film
    return film if draft.answer is None or draft.problems else draft.answer
