"""A Gemini model as a `LanguageModel`: what it is asked, what its answers and failures mean."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from ...errors import Cancelled, OneReelError, TryAgain
from ...google.client import Client
from ...google.errand import REFUSED, Errand, took_nothing
from ...google.wire import Exchange
from ...remote import Remote
from ...till import Bought, Keeping, LastWord, NotHad, Purchase, Till
from ...values import digest
from ...work import Cancel
from .answers import Answers, KeptAnswer
from .language_model import Hear, Message, Question, Room
from .text_model import TextModel, Thinking

if TYPE_CHECKING:
    from google.genai import types
    from google.genai.client import AsyncClient

__all__ = ["ATTEMPTS", "WRITING", "GeminiModel", "longest_answer", "room"]

ATTEMPTS = 3
"""How often a model is asked for one thing at most."""
_ROOM: dict[Thinking, int] = {"low": 4096, "auto": 16384, "medium": 16384, "high": 32768}
"""Tokens left for thinking, which count against the answer's limit, and cost what it costs."""
_LONGEST_ANSWER = 65_536
"""Tokens that a Gemini model writes at most."""
_WARMEST = 1.5
"""The temperature of a creativity of 1; that of one half is near Gemini's own 1.0."""
_COOLEST = 0.4
_UNKNOWN_TO_GEMINI = ("maxLength",)
"""Words of JSON Schema that its structured output does not know."""
_HEARD: Keeping[KeptAnswer, KeptAnswer] = Keeping(
    find=lambda: None,
    keep=lambda told: told,
    places=(),
    pack=lambda _told: b"",
    unpack=lambda _came: None,
)
"""What is said in a conversation is heard, and kept nowhere."""
WRITING = Errand(work="write", what="this idea", instead="writer")


@dataclass
class _Heard:
    """What came of one answer."""

    ended: str = ""
    """Why it ended; empty while it has not."""
    blocked: str = ""
    """Why a safety filter let nothing through."""
    prompt: int = 0
    answer: int = 0
    """Tokens, thinking included."""
    enough: bool = False
    text: str = ""


class GeminiModel:
    """A model behind an open door."""

    def __init__(
        self,
        client: Client,
        model: TextModel,
        *,
        thinking: Thinking,
        seed: int,
        till: Till | None,
        answers: Answers | None,
        remote: Remote,
        cancel: Cancel,
    ) -> None:
        self._client = client
        self._model = model
        self._thinking = thinking
        self._seed = seed
        self._till = till
        self._answers = answers
        self._remote = remote
        self._cancel = cancel
        self._longest = 0
        self._heard: list[str] = []
        self.failure: OneReelError | None = None
        """What kept it from answering last."""

    @property
    def name(self) -> str:
        """See `LanguageModel`."""
        return self._model.name

    @property
    def writer(self) -> str:
        """See `LanguageModel`."""
        return f"gemini:{self._model.name}"

    @property
    def attempts(self) -> int:
        """See `LanguageModel`."""
        return ATTEMPTS

    @property
    def can_replay(self) -> bool:
        """See `LanguageModel`: a film is nothing beside a million tokens."""
        return True

    async def room(self) -> Room:
        """See `LanguageModel.room`."""
        return room(self._thinking)

    async def prepare(self, *, prompt: int, answer: int) -> None:
        """See `LanguageModel.prepare`."""
        self._longest = longest_answer(answer, self._thinking)

    async def answer(self, question: Question, hear: Hear) -> bool:
        """See `LanguageModel.answer`. What is paid for is kept, and heard again for nothing.

        Raises:
            AddKey, WaitForQuota, ChooseAnotherModel, TryAgain: see `google.told.said`.
            RevisePrompt: a safety filter refused.
            MoneyError: nothing was asked, because of money, or it may have been paid.
        """
        self.failure = None
        try:
            return await self._answered(question, hear)
        except OneReelError as error:
            self.failure = error
            raise

    async def _answered(self, question: Question, hear: Hear) -> bool:
        if self._till is None:
            told = await self._ask(question, hear, None)
            if isinstance(told, NotHad):
                raise told.error
            return told.value.cut
        answers, asked = self._answers, False
        known = self._digest(question)
        key = await asyncio.to_thread(answers.key, known) if answers else known
        purchase = Purchase(key=key, model=self.name, price=partial(self._ceiling, question))

        async def ask(last_word: LastWord) -> Bought[KeptAnswer] | NotHad:
            nonlocal asked
            asked = True
            return await self._ask(question, hear, last_word)

        keeping = answers.keeping(key) if answers else _HEARD
        answer = await self._till.buy(purchase, keeping, ask=ask, cancel=self._cancel)
        self._heard.append(known)
        if not asked:
            hear(answer.text, "")
        return answer.cut

    def forget(self) -> None:
        """Let all that it answered, and was of no use, be asked anew."""
        for known in self._heard:
            if self._answers:
                self._answers.forget(known)

    def _digest(self, question: Question) -> str:
        """Everything that an answer depends on; a conversation is never the same twice."""
        asked = (question.messages, question.schema, question.creativity)
        how = (self.name, self._thinking, self._longest, self._seed + question.attempt)
        return digest("answer/1", *asked, *how) if self._answers else uuid.uuid4().hex

    async def _ask(
        self, question: Question, hear: Hear, last_word: LastWord | None
    ) -> Bought[KeptAnswer] | NotHad:
        heard = _Heard()
        exchange = await self._remote.ask(
            lambda: self._client.stream(
                lambda sdk: self._stream(sdk, question),
                lambda piece: _hear(piece, heard, hear),
                before_sending=last_word,
            ),
            what="write",
            host=self._client.host,
            model=self.name,
            turned_away=lambda exchange: WRITING.turned_away(
                exchange, self._client.host, self.name
            ),
            failed=lambda exchange: WRITING.failure(exchange, self._client.host, self.name),
            cancel=self._cancel,
            # How far a paid question came has to be known.
            interruptible=last_word is None,
        )
        charged = self._charged(exchange, heard)
        if error := self._failure(exchange, heard):
            return NotHad(error, charged)
        cut = heard.enough or heard.ended == "MAX_TOKENS"
        note = f"{heard.prompt} tokens asked, {heard.answer} answered"
        return Bought(KeptAnswer(text=heard.text, cut=cut), charged, note)

    def _failure(self, exchange: Exchange, heard: _Heard) -> OneReelError | None:
        if self._cancel.requested and not heard.ended:
            return Cancelled()
        if error := WRITING.failure(exchange, self._client.host, self.name):
            return error
        if heard.blocked:
            return WRITING.refused((heard.blocked,), self.name)
        if not heard.ended and not heard.enough:
            return TryAgain(
                f"{self._client.host} broke off in the middle of its answer; run again."
            )
        return None

    def _charged(self, exchange: Exchange, heard: _Heard) -> Decimal | None:
        """Dollars; None where nobody knows."""
        if heard.prompt and (heard.ended or heard.blocked):
            return self._price(heard.prompt, heard.answer)
        return Decimal(0) if took_nothing(exchange) else None

    def _ceiling(self, question: Question) -> Decimal:
        # A token is never less than a byte.
        said = (json.dumps(question.schema), *(each["content"] for each in question.messages))
        return self._price(sum(len(text.encode()) for text in said), self._longest)

    def _price(self, prompt: int, answer: int) -> Decimal:
        if self._till is None:
            return Decimal(0)
        return self._model.price(prompt=prompt, answer=answer, today=datetime.now(UTC).date())

    async def _stream(
        self, sdk: AsyncClient, question: Question
    ) -> AsyncIterator[types.GenerateContentResponse]:
        system, contents = _contents(question.messages)
        return await sdk.models.generate_content_stream(
            model=self.name, contents=contents, config=self._config(question, system)
        )

    def _config(self, question: Question, system: str) -> types.GenerateContentConfig:
        from google.genai import types

        more: dict[str, Any] = {}
        if self._model.temperature:
            warmth = _COOLEST + (_WARMEST - _COOLEST) * question.creativity
            more["temperature"] = round(warmth, 2)
        levels = self._model.thinking
        if self._thinking != "auto" and (not levels or self._thinking in levels):
            more["thinking_config"] = types.ThinkingConfig(
                thinking_level=types.ThinkingLevel(self._thinking.upper())
            )
        return types.GenerateContentConfig(
            system_instruction=system,
            response_mime_type="application/json",
            response_json_schema=_without_unknown(question.schema),
            max_output_tokens=self._longest,
            seed=(self._seed + question.attempt) & 0x7FFFFFFF,
            **more,
        )


def room(thinking: Thinking) -> Room:
    """How much a Gemini model takes at a time: what it writes is bounded, not what it reads, and
    an answer has room to be twice as long as expected."""
    return Room(context=None, answer=(_LONGEST_ANSWER - _ROOM[thinking]) // 2)


def longest_answer(answer: int, thinking: Thinking) -> int:
    """How many tokens an answer may have that should have `answer`, thinking included."""
    return min(2 * answer + _ROOM[thinking], _LONGEST_ANSWER)


def _hear(piece: types.GenerateContentResponse, heard: _Heard, hear: Hear) -> bool:
    usage = piece.usage_metadata
    if usage is not None:
        heard.prompt = usage.prompt_token_count or heard.prompt
        heard.answer = (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0)
    if piece.prompt_feedback is not None and piece.prompt_feedback.block_reason:
        heard.blocked = piece.prompt_feedback.block_reason.value
        return True
    candidate = next(iter(piece.candidates or ()), None)
    if candidate is None:
        return True
    parts = (candidate.content and candidate.content.parts) or ()
    text = "".join(part.text or "" for part in parts if not part.thought)
    thought = "".join(part.text or "" for part in parts if part.thought)
    heard.text += text
    heard.enough = not hear(text, thought)
    if candidate.finish_reason:
        heard.ended = candidate.finish_reason.value
        if heard.ended in REFUSED:
            heard.blocked = heard.ended
    return not heard.enough


def _contents(messages: Sequence[Message]) -> tuple[str, list[types.ContentUnion]]:
    """The system's word, and the turns of the conversation."""
    from google.genai import types

    system = "\n\n".join(each["content"] for each in messages if each["role"] == "system")
    turns: list[types.ContentUnion] = [
        types.Content(
            role="model" if each["role"] == "assistant" else "user",
            parts=[types.Part(text=each["content"])],
        )
        for each in messages
        if each["role"] != "system"
    ]
    return system, turns


def _without_unknown(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_without_unknown(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _without_unknown(value)
        for key, value in schema.items()
        if key not in _UNKNOWN_TO_GEMINI
    }
