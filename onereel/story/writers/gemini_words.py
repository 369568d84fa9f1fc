"""What a Gemini model is asked and answers, in the words of its SDK."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ...google.errand import REFUSED
from .language_model import Hear, Message, Question, Room
from .text_model import TextModel, Thinking

if TYPE_CHECKING:
    from google.genai import types

__all__ = ["Heard", "configured", "longest_answer", "room", "turns"]

_ROOM: dict[Thinking, int] = {"low": 4096, "auto": 16384, "medium": 16384, "high": 32768}
"""Tokens left for thinking, which count against the answer's limit, and cost what it costs."""
_LONGEST_ANSWER = 65_536
"""Tokens that a Gemini model writes at most."""
_WARMEST = 1.5
"""The temperature of a creativity of 1; that of one half is near Gemini's own 1.0."""
_COOLEST = 0.4
_UNKNOWN_TO_GEMINI = ("maxLength",)
"""Words of JSON Schema that its structured output does not know."""


def room(thinking: Thinking) -> Room:
    """How much a Gemini model takes at a time: what it writes is bounded, not what it reads, and
    an answer has room to be twice as long as expected."""
    return Room(context=None, answer=(_LONGEST_ANSWER - _ROOM[thinking]) // 2)


def longest_answer(answer: int, thinking: Thinking) -> int:
    """How many tokens an answer may have that should have `answer`, thinking included."""
    return min(2 * answer + _ROOM[thinking], _LONGEST_ANSWER)


@dataclass
class Heard:
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

    def add(self, piece: types.GenerateContentResponse, hear: Hear) -> bool:
        """Take in a piece, and tell it to `hear`; whether more is wanted."""
        usage = piece.usage_metadata
        if usage is not None:
            self.prompt = usage.prompt_token_count or self.prompt
            self.answer = (usage.candidates_token_count or 0) + (usage.thoughts_token_count or 0)
        if piece.prompt_feedback is not None and piece.prompt_feedback.block_reason:
            self.blocked = piece.prompt_feedback.block_reason.value
            return True
        candidate = next(iter(piece.candidates or ()), None)
        if candidate is None:
            return True
        parts = (candidate.content and candidate.content.parts) or ()
        text = "".join(part.text or "" for part in parts if not part.thought)
        thought = "".join(part.text or "" for part in parts if part.thought)
        self.text += text
        self.enough = not hear(text, thought)
        if candidate.finish_reason:
            self.ended = candidate.finish_reason.value
            if self.ended in REFUSED:
                self.blocked = self.ended
        return not self.enough


def turns(messages: Sequence[Message]) -> tuple[str, list[types.ContentUnion]]:
    """The system's word, and the turns of the conversation."""
    from google.genai import types

    system = "\n\n".join(each["content"] for each in messages if each["role"] == "system")
    said: list[types.ContentUnion] = [
        types.Content(
            role="model" if each["role"] == "assistant" else "user",
            parts=[types.Part(text=each["content"])],
        )
        for each in messages
        if each["role"] != "system"
    ]
    return system, said


def configured(
    question: Question,
    model: TextModel,
    *,
    system: str,
    thinking: Thinking,
    seed: int,
    longest: int,
) -> types.GenerateContentConfig:
    """How a question is asked: as JSON of its schema, of at most `longest` tokens."""
    from google.genai import types

    more: dict[str, Any] = {}
    if model.temperature:
        warmth = _COOLEST + (_WARMEST - _COOLEST) * question.creativity
        more["temperature"] = round(warmth, 2)
    levels = model.thinking
    if thinking != "auto" and (not levels or thinking in levels):
        more["thinking_config"] = types.ThinkingConfig(
            thinking_level=types.ThinkingLevel(thinking.upper())
        )
    return types.GenerateContentConfig(
        system_instruction=system,
        response_mime_type="application/json",
        response_json_schema=_without_unknown(question.schema),
        max_output_tokens=longest,
        seed=(seed + question.attempt) & 0x7FFFFFFF,
        **more,
    )


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
