"""Having a language model write a long film act by act."""

from __future__ import annotations

import re

from ...errors import ChooseAnotherModel
from ...work import Progress
from ..brief import Brief
from ..writers.answer import Answer, AnswerScene
from ..writers.drafting import Drafting
from ..writers.language_model import LanguageModel
from ..writers.refining import refined
from ..writers.shelf import Shelf
from .asking import ActAnswer, act_form, act_question
from .coherence import without_repeats
from .memory import memory
from .outline import Outline, outline_form, outline_question, whole
from .plan import Act, Plan, acts_of

__all__ = ["write_acts"]

_OUTLINE = 0.08
"""The outline's part of the progress bar."""


async def write_acts(
    model: LanguageModel,
    brief: Brief,
    plan: Plan,
    *,
    refine: bool = False,
    shelf: Shelf,
    progress: Progress = Progress(),
) -> Answer:
    """Have a film outlined, then written act by act.

    Each act is told the outline, what always looks the same, what happened, the last scenes word
    for word and the lines that were said, as far as there is room; each is judged and asked for
    again as a whole film is, and so is one that says or shows again what was there. What `shelf`
    holds is not asked for again, so that a film whose fifth act failed goes on with the fifth.

    Args:
        plan: `planned` made it for this model.
        refine: ask for a better version of each act, where the model has room for it.
        shelf: keeps every answer before the next is asked for.

    Raises:
        ChooseAnotherModel: no answer was an outline, or the scenes of an act, or an act was only
            what had been there before.
        ServiceError, MoneyError: as the model raises.
        StorageError: an answer could not be kept.
    """
    await model.prepare(prompt=plan.prompt, answer=plan.answer)
    outlining = Drafting(
        model,
        outline_form(brief, plan),
        outline_question(brief, plan),
        shelf=shelf,
        step="outline",
    )
    outline = whole(await outlining.best(progress.part(0.0, _OUTLINE)), plan, model=model.name)
    written: list[AnswerScene] = []
    summaries: list[str] = []
    for act in acts_of(brief, plan, [each.scenes for each in outline.acts]):
        begin, end = (
            _OUTLINE + (1 - _OUTLINE) * place / plan.scenes
            for place in (act.scenes.start, act.scenes.stop)
        )
        writer = _ActWriter(model, brief, plan, outline, shelf, refine=refine)
        answer = await writer.write(act, written, summaries, progress.part(begin, end))
        written += answer.scenes
        summaries.append(answer.summary or _in_short(answer))
    return Answer(
        title=outline.title,
        logline=outline.logline,
        style=outline.style,
        cast=outline.cast,
        bible=outline.bible,
        scenes=[_naming(scene, outline) for scene in written],
    )


class _ActWriter:
    """Writes the acts of one outline."""

    def __init__(
        self,
        model: LanguageModel,
        brief: Brief,
        plan: Plan,
        outline: Outline,
        shelf: Shelf,
        *,
        refine: bool,
    ) -> None:
        self._model = model
        self._brief = brief
        self._plan = plan
        self._outline = outline
        self._shelf = shelf
        self._refine = refine

    async def write(
        self,
        act: Act,
        written: list[AnswerScene],
        summaries: list[str],
        progress: Progress,
    ) -> ActAnswer:
        """Have one act written that follows on from `written`."""
        known = memory(
            self._brief,
            self._outline,
            act,
            written=written,
            summaries=summaries,
            room=self._plan.memory,
        )
        drafting = Drafting(
            self._model,
            act_form(self._brief, self._outline, self._plan, act, written=written),
            act_question(self._brief, self._plan, act, known),
            shelf=self._shelf,
            step=f"act {act.number}",
        )
        answer = await drafting.best(progress.part(0.0, 0.5) if self._refine else progress)
        if self._refine and self._model.can_replay:
            answer = await refined(drafting, answer, act.brief, progress.part(0.5, 1.0))
        scenes = without_repeats(answer.scenes, written)
        if 2 * len(scenes) < len(act.scenes):
            raise ChooseAnotherModel(
                f"{self._model.name} answered for act {act.number} of {self._plan.acts} with what"
                f" was there already ({len(scenes)} of {len(act.scenes)} scenes are new): choose"
                " another model, or ask for fewer scenes."
            )
        return answer.model_copy(update={"scenes": scenes})


def _naming(scene: AnswerScene, outline: Outline) -> AnswerScene:
    """The scene with what it names of the film's bible: an act's answer has no room to say it."""
    seen = " ".join((scene.prompt, scene.description, scene.place))
    found = [
        each.name
        for each in outline.bible
        if each.name and re.search(rf"(?<!\w){re.escape(each.name)}(?!\w)", seen, re.IGNORECASE)
    ]
    return scene.model_copy(update={"uses": found})


def _in_short(answer: ActAnswer) -> str:
    """What happened, by the scenes' own descriptions."""
    return " ".join(scene.description or scene.narration for scene in answer.scenes)
