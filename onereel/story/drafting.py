"""Having a language model answer until its answer is a film that fits, in whatever it breaks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..errors import ChooseAnotherModel
from ..work import Progress
from .answer import Answer, UnreadableAnswer, answer_schema, read
from .asking import correction, expected_letters, tokens, usual_scenes
from .brief import Brief
from .language_model import LanguageModel, Message, Question

__all__ = ["Draft", "Drafting", "Judge"]

_MOST_TIMES_EXPECTED = 6
"""An answer that many times as long as expected comes from a model that runs in circles."""

_SLICES = ((0.0, 0.6), (0.6, 0.8), (0.8, 0.9))
"""The part of the progress bar for each attempt."""

Judge = Callable[[Answer], tuple[str, ...]]
"""Says, to the model, what is wrong with an answer."""


@dataclass(frozen=True)
class Draft:
    """One answer: its text, the film in it if there is one, and what is wrong with it."""

    text: str
    answer: Answer | None
    problems: tuple[str, ...]


class Drafting:
    """One conversation about one film."""

    def __init__(
        self, model: LanguageModel, brief: Brief, asked: Sequence[Message], *, judge: Judge
    ) -> None:
        self._model = model
        self._brief = brief
        self._asked = asked
        self._judge = judge
        self._expected = expected_letters(brief)

    async def prepare(self) -> None:
        """Make the model ready; raises as `LanguageModel.prepare`."""
        prompt = sum(tokens(message["content"]) for message in self._asked)
        await self._model.prepare(prompt=prompt, answer=-(-self._expected // 3))

    async def best(self, progress: Progress) -> Answer:
        """Ask, tell what was wrong, and ask again; returns the answer with the least wrong in it.

        Raises:
            ChooseAnotherModel: no answer was a film.
            ServiceError: as the model raises.
        """
        best: Draft | None = None
        last: Draft | None = None
        attempts = self._model.attempts
        for number in range(attempts):
            messages = self._asked if last is None else self._again(last)
            part = progress.part(*_SLICES[number])
            last = await self.draft(messages, part, attempt=number)
            if last.answer is not None and not last.problems:
                return last.answer
            if last.answer is not None and (
                best is None or len(last.problems) <= len(best.problems)
            ):
                best = last
        if best is None or best.answer is None:
            raise ChooseAnotherModel(
                f"{self._model.name} answered {attempts} times, but never with a screenplay: choose"
                " another model, or ask for fewer scenes."
            )
        return best.answer

    async def draft(
        self, messages: Sequence[Message], progress: Progress, *, attempt: int = 0
    ) -> Draft:
        """Ask once; raises as `LanguageModel.answer`."""
        text, cut_off = await self._listen(messages, attempt, progress)
        cut = ("Your answer was cut off because it is too long; write less.",) if cut_off else ()
        try:
            # Mending half a megabyte of braces takes seconds, and the loop has others to serve.
            answer = await asyncio.to_thread(read, text)
        except UnreadableAnswer as error:
            return Draft(text, None, (*cut, str(error)))
        return Draft(text, answer, (*cut, *self._judge(answer)))

    async def _listen(
        self, messages: Sequence[Message], attempt: int, progress: Progress
    ) -> tuple[str, bool]:
        """Hear one answer; returns its text and whether it was cut off for its length."""
        text, thought, count = "", 0, 0

        def hear(piece: str, thinking: str) -> bool:
            nonlocal text, thought, count
            count += 1
            text += piece
            thought += len(thinking)
            progress(min(len(text) / self._expected, 1.0), self._note(text, thought, count))
            return len(text) <= _MOST_TIMES_EXPECTED * self._expected

        question = Question(
            messages, answer_schema(self._brief), self._brief.creativity, attempt=attempt
        )
        cut_off = await self._model.answer(question, hear)
        return text, cut_off

    def _note(self, text: str, thought: int, count: int) -> str:
        if not text:
            return f"Thinking ({count} pieces)." if thought else "Waiting for the first word."
        scene = max(text.count('"narration"'), 1)
        return f"Writing scene {scene} of about {usual_scenes(self._brief)} ({count} pieces)."

    def _again(self, draft: Draft) -> list[Message]:
        """The conversation with the last answer, where there is room for it, and what was wrong."""
        asked, told = self._asked, correction(draft.problems)
        if not self._model.can_replay or not draft.text.strip():
            # Some chat templates choke on an empty turn.
            return [*asked[:-1], {"role": "user", "content": f"{asked[-1]['content']}\n\n{told}"}]
        said = draft.answer.model_dump_json() if draft.answer else draft.text[:2000]
        return [
            *asked,
            {"role": "assistant", "content": said},
            {"role": "user", "content": told},
        ]
