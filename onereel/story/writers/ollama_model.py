"""What an Ollama model can do, and the context that one film needs of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...errors import ChooseAnotherModel
from ...settings import OllamaSettings
from .language_model import Room
from .ollama_server import in_our_words

if TYPE_CHECKING:
    import ollama

__all__ = ["Known", "Sized", "known", "size"]

_THINKING = 4096
"""Tokens left for thinking, which counts against the answer's limit (ollama #14645)."""

_LEAST_THINKING = 1024
"""With fewer a thought ends before the answer begins, and no answer comes."""

_CORRECTION = 1024
"""Tokens left for what was wrong with an earlier answer."""

_LEAST_CONTEXT = 4096
_CONTEXT_STEP = 1024


_LONGEST_ANSWER = 8192
"""Tokens that a model at home can be trusted with in one answer: some thirty scenes. What such
models were trained on ends after about 2,000 words, and beyond that they repeat themselves or stop
(Bai et al., LongWriter, 2024, arXiv:2408.07055); and every token of context is memory of a card
that has little: Ollama's own default is a context of 4,096."""


@dataclass(frozen=True)
class Known:
    """What the server says of a model; None where an old server, or an odd model, does not."""

    can_think: bool | None
    context: int | None
    """Tokens that it keeps in mind."""

    @property
    def room(self) -> Room:
        """See `LanguageModel.room`. A model that can think keeps the room for it where it has twice
        as much as any film needs: acts are shorter then, and its last attempt is one."""
        context = self.context
        if context is not None and self.can_think and context >= 2 * _LEAST_CONTEXT:
            context -= _LEAST_THINKING + _CORRECTION
        return Room(context=context, answer=_LONGEST_ANSWER)


@dataclass(frozen=True)
class Sized:
    """A model and how it will be asked.

    `num_ctx` and `num_predict` are Ollama's options, in tokens. `can_think` is None for an old
    server, which does not say. `can_replay` tells whether an earlier answer fits beside a new one,
    `may_think` whether a thought does.
    """

    name: str
    can_think: bool | None
    can_replay: bool
    may_think: bool
    num_ctx: int
    num_predict: int


async def known(client: ollama.AsyncClient, *, settings: OllamaSettings, name: str) -> Known:
    """Ask the server what a model can do.

    Raises:
        ServiceError: see `ollama_server.in_our_words`.
    """
    with in_our_words(settings, name):
        shown = await client.show(name)
    return Known(
        can_think=None if shown.capabilities is None else "thinking" in shown.capabilities,
        context=_context_length(shown.modelinfo or {}),
    )


def size(model: Known, *, name: str, prompt: int, answer: int) -> Sized:
    """Size the context to a conversation whose prompt and answer have so many tokens.

    A prompt that does not fit is cut in silence by the server, and so is, from its start, one that
    an answer outgrows. One size serves all attempts, because the server loads the model anew for
    each size.

    Thinking has what question, correction and answer leave of what the model keeps in mind, up to
    `_THINKING`; where that is too little for a thought to come to an end, it is not asked to.

    Raises:
        ChooseAnotherModel: the model cannot keep that much in mind.
    """
    thinking = 0 if model.can_think is False else _THINKING
    wanted = prompt + 2 * answer + _CORRECTION + thinking
    context = max(_LEAST_CONTEXT, -(-wanted // _CONTEXT_STEP) * _CONTEXT_STEP)
    limit = model.context
    if limit is not None and limit < prompt + answer:
        raise ChooseAnotherModel(
            f"{name} keeps {limit} tokens in mind and this film needs about {prompt + answer}:"
            " choose a model with a longer context, or fewer scenes."
        )
    context = min(context, limit or context)
    spare = context - prompt - answer - _CORRECTION
    return Sized(
        name=name,
        can_think=model.can_think,
        can_replay=context >= prompt + 2 * answer + _CORRECTION,
        may_think=model.can_think is not False and spare >= _LEAST_THINKING,
        num_ctx=context,
        # A model that is told not to think may do so all the same.
        num_predict=min(2 * answer + thinking, max(context - prompt, answer)),
    )


def _context_length(info: Mapping[str, Any]) -> int | None:
    lengths = [value for key, value in info.items() if key.endswith(".context_length")]
    return next((length for length in lengths if isinstance(length, int) and length > 0), None)
