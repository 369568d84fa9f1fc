"""A Gemini model as a `LanguageModel`: asked, paid and heard; what its failures mean."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from ...errors import Cancelled, OneReelError, TryAgain
from ...google.client import Client
from ...google.errand import Errand, took_nothing
from ...google.wire import Exchange
from ...remote import Remote
from ...till import Bought, Keeping, LastWord, NotHad, Purchase, Till
from ...values import digest
from ...work import Cancel
from .answers import Answers, KeptAnswer
from .gemini_words import Heard, configured, longest_answer, room, turns
from .language_model import Hear, Question, Room
from .text_model import TextModel, Thinking

if TYPE_CHECKING:
    from google.genai import types
    from google.genai.client import AsyncClient

__all__ = ["ATTEMPTS", "WRITING", "GeminiModel"]

ATTEMPTS = 3
"""How often a model is asked for one thing at most."""
_HEARD: Keeping[KeptAnswer, KeptAnswer] = Keeping(
    find=lambda: None,
    keep=lambda told: told,
    places=(),
    pack=lambda _told: b"",
    unpack=lambda _came: None,
)
"""What is said in a conversation is heard, and kept nowhere."""
WRITING = Errand(work="write", what="this idea", instead="writer")


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
        heard = Heard()
        exchange = await self._remote.ask(
            lambda: self._client.stream(
                lambda sdk: self._stream(sdk, question),
                lambda piece: heard.add(piece, hear),
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

    def _failure(self, exchange: Exchange, heard: Heard) -> OneReelError | None:
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

    def _charged(self, exchange: Exchange, heard: Heard) -> Decimal | None:
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
        system, contents = turns(question.messages)
        config = configured(
            *(question, self._model),
            system=system,
            thinking=self._thinking,
            seed=self._seed,
            longest=self._longest,
        )
        return await sdk.models.generate_content_stream(
            model=self.name, contents=contents, config=config
        )
