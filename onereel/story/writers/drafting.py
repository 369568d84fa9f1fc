"""Having a language model answer until its answer fits, in whatever it breaks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ...errors import ChooseAnotherModel
from ...work import Progress
from ..brief import Brief
from .answer import Answer, AnswerPart, UnreadableAnswer, answer_schema, read
from .asking import correction, expected_letters, tokens, usual_scenes
from .language_model import LanguageModel, Message, Question
from .shelf import Heard, NoShelf, Shelf

__all__ = ["Draft", "Drafting", "Form", "Kind", "film_form"]

_MOST_TIMES_EXPECTED = 6
"""An answer that many times as long as expected comes from a model that runs in circles."""

_SLICES = ((0.0, 0.6), (0.6, 0.8), (0.8, 0.9))
"""The part of the progress bar for each attempt."""

Kind = TypeVar("Kind", bound=AnswerPart)


@dataclass(frozen=True)
class Form(Generic[Kind]):
    """What is asked for, and how an answer is read and judged."""

    schema: Mapping[str, Any]
    read: Callable[[str], Kind]
    """Raises `UnreadableAnswer`; called in a thread."""
    judge: Callable[[Kind], tuple[str, ...]]
    """Says, to the model, what is wrong with an answer."""
    letters: int
    """About how many characters a good answer has."""
    creativity: float
    note: Callable[[str, int], str]
    """Says, to the user, what is being written: of the text so far, and the count of its pieces."""
    name: str = "a screenplay"
    """What no answer was, where none could be read."""


def film_form(brief: Brief, judge: Callable[[Answer], tuple[str, ...]]) -> Form[Answer]:
    """A whole film in one answer."""

    def note(text: str, count: int) -> str:
        scene = max(text.count('"narration"'), 1)
        return f"Writing scene {scene} of about {usual_scenes(brief)} ({count} pieces)."

    return Form(
        schema=answer_schema(brief),
        read=read,
        judge=judge,
        letters=expected_letters(brief),
        creativity=brief.creativity,
        note=note,
    )


@dataclass(frozen=True)
class Draft(Generic[Kind]):
    """One answer: its text, what was asked for if it is in it, and what is wrong with it."""

    text: str
    answer: Kind | None
    problems: tuple[str, ...]


class Drafting(Generic[Kind]):
    """One conversation about one thing.

    What is answered goes to `shelf` under the name `step` before anything else is asked, and what
    lies there already is not asked for again.
    """

    def __init__(
        self,
        model: LanguageModel,
        form: Form[Kind],
        asked: Sequence[Message],
        *,
        shelf: Shelf | None = None,
        step: str = "film",
    ) -> None:
        self._model = model
        self._form = form
        self._asked = asked
        self._shelf = shelf or NoShelf()
        self._step = step

    async def prepare(self) -> None:
        """Make the model ready for this conversation; raises as `LanguageModel.prepare`."""
        prompt = sum(tokens(message["content"]) for message in self._asked)
        await self._model.prepare(prompt=prompt, answer=-(-self._form.letters // 3))

    def after(self, answer: Kind, wish: str) -> Drafting[Kind]:
        """The same conversation after an answer, with another wish."""
        asked: list[Message] = [
            *self._asked,
            {"role": "assistant", "content": answer.model_dump_json()},
            {"role": "user", "content": wish},
        ]
        step = f"{self._step}, again"
        return Drafting(self._model, self._form, asked, shelf=self._shelf, step=step)

    async def best(self, progress: Progress) -> Kind:
        """Ask, tell what was wrong, and ask again; returns the answer with the least wrong in it.

        Raises:
            ChooseAnotherModel: no answer was what was asked for. Asked for once more, the model
                goes on from there.
            ServiceError: as the model raises.
            StorageError: an answer could not be kept.
        """
        drafts = [await self._draft(heard) for heard in await self._shelf.answers(self._step)]
        kept, attempts = len(drafts), self._model.attempts
        while True:
            best = _least_wrong(drafts)
            used_up = bool(drafts) and len(drafts) % attempts == 0
            if best is not None and best.answer is not None and (used_up or not best.problems):
                return best.answer
            if used_up and len(drafts) > kept:
                raise ChooseAnotherModel(
                    f"{self._model.name} answered {attempts} times, but never with"
                    f" {self._form.name}: choose another model, or ask for fewer scenes."
                )
            messages = self._again(drafts[-1]) if drafts else self._asked
            part = progress.part(*_SLICES[len(drafts) % attempts])
            drafts.append(await self._ask(messages, part, attempt=len(drafts)))

    async def once(self, progress: Progress) -> Draft[Kind]:
        """Ask a single time; raises as `best`, but for `ChooseAnotherModel`."""
        kept = await self._shelf.answers(self._step)
        if kept:
            return await self._draft(kept[0])
        return await self._ask(self._asked, progress, attempt=0)

    async def _ask(
        self, messages: Sequence[Message], progress: Progress, *, attempt: int
    ) -> Draft[Kind]:
        heard = await self._listen(messages, attempt, progress)
        await self._shelf.keep(self._step, heard)
        return await self._draft(heard)

    async def _draft(self, heard: Heard) -> Draft[Kind]:
        text = heard.text
        cut = ("Your answer was cut off because it is too long; write less.",)
        told = cut if heard.cut_off else ()
        try:
            # Mending half a megabyte of braces takes seconds, and the loop has others to serve.
            answer = await asyncio.to_thread(self._form.read, text)
        except UnreadableAnswer as error:
            return Draft(text, None, (*told, str(error)))
        return Draft(text, answer, (*told, *self._form.judge(answer)))

    async def _listen(self, messages: Sequence[Message], attempt: int, progress: Progress) -> Heard:
        """Hear one answer; raises as `LanguageModel.answer`."""
        text, thought, count = "", 0, 0
        expected = self._form.letters

        def hear(piece: str, thinking: str) -> bool:
            nonlocal text, thought, count
            count += 1
            text += piece
            thought += len(thinking)
            progress(min(len(text) / expected, 1.0), self._note(text, thought, count))
            return len(text) <= _MOST_TIMES_EXPECTED * expected

        form = self._form
        question = Question(messages, form.schema, form.creativity, attempt=attempt)
        cut_off = await self._model.answer(question, hear)
        return Heard(text, cut_off)

    def _note(self, text: str, thought: int, count: int) -> str:
        if not text:
            return f"Thinking ({count} pieces)." if thought else "Waiting for the first word."
        return self._form.note(text, count)

    def _again(self, draft: Draft[Kind]) -> list[Message]:
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


def _least_wrong(drafts: Sequence[Draft[Kind]]) -> Draft[Kind] | None:
    """Of the drafts that could be read; of equals, the last one."""
    usable = [draft for draft in reversed(drafts) if draft.answer is not None]
    return min(usable, key=lambda draft: len(draft.problems), default=None)
