"""What ElevenLabs answers: sound with the time of every character, voices, or a refusal.

https://elevenlabs.io/docs/api-reference/text-to-speech/convert-with-timestamps and
https://elevenlabs.io/docs/api-reference/voices/search, as the SDK (elevenlabs 2.78) parses them;
the refusals by https://help.elevenlabs.io/hc/en-us/articles/19572237925521.
"""

from __future__ import annotations

import binascii
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import numpy as np

from ...errors import (
    AddKey,
    ChooseVoice,
    OneReelError,
    RevisePrompt,
    ReviseSetting,
    TryAgain,
    WaitForQuota,
)
from ...secrets import mask
from ..signal import Samples
from ..speech import Speech
from ..text import words

if TYPE_CHECKING:
    import httpx

__all__ = ["Listed", "credits_of", "refusal", "sound_of", "voices_of"]

_MONTH = 30 * 24 * 3600.0
"""Seconds: nobody waits for the credits of the next one."""
_QUOTA = ("quota_exceeded", "insufficient_credits")
_PLAN = ("payment_required", "paid_plan_required", "subscription_required")
_FORMAT = ("output_format_not_allowed", "invalid_output_format")
_VOICE = ("voice_not_found", "invalid_uid", "voice_does_not_exist")
_TEXT = ("content_against_policy", "text_too_long", "max_character_limit_exceeded")


@dataclass(frozen=True)
class Listed:
    """A voice that a key may use."""

    id: str
    name: str


def refusal(answer: httpx.Response, host: str) -> OneReelError | None:
    """What an answer that brings nothing means; None where it is none."""
    status = answer.status_code
    if status == 200:
        return None
    codes, words = _said(answer.content)
    why = f" ({words})" if words else ""
    wait = _seconds(answer.headers.get("retry-after", ""))
    if codes & set(_QUOTA):
        return WaitForQuota(
            f"ElevenLabs has no credits left for this{why}: buy some there, wait for the next month"
            " of your plan, or choose another voice.",
            retry_after=_MONTH,
        )
    if status == 402 or codes & set(_PLAN):
        return ChooseVoice(
            f"Your plan at ElevenLabs does not have this voice{why}: choose another voice, or"
            " another plan."
        )
    if codes & set(_FORMAT):
        return ReviseSetting(
            f"Your plan at ElevenLabs does not have this format{why}: set format = "
            '"pcm_24000" or "mp3_44100_128" under [elevenlabs] in the settings file.'
        )
    if codes & set(_VOICE) or (status == 404 and codes):
        return ChooseVoice(f"ElevenLabs does not have this voice any more{why}: choose another.")
    if status in (401, 403) and (codes or words):
        return AddKey(
            f"ElevenLabs does not take this key{why}: run `python -m onereel settings set"
            " elevenlabs-api-key`."
        )
    if status == 429:
        return WaitForQuota(
            f"ElevenLabs takes no more for now{why}; run again later.", retry_after=wait
        )
    if status >= 500 or status == 408:
        return TryAgain(f"ElevenLabs failed ({status}){why}; run again.", retry_after=wait)
    if codes & set(_TEXT) or (status in (400, 422) and why):
        return RevisePrompt(
            f"ElevenLabs does not speak these words{why}: change them, or choose another voice or"
            " model.",
        )
    return _elsewhere(host)


def _elsewhere(host: str) -> ReviseSetting:
    return ReviseSetting(
        f"Something answers at {host}, but not as ElevenLabs does; correct address under"
        " [elevenlabs] in the settings file."
    )


def _said(content: bytes) -> tuple[set[str], str]:
    """The codes of a refusal, and its words in one line that carries no secret.

    Either `{"detail": {"status", "message", "code", "type"}}`, or, where a field is wrong,
    `{"detail": [{"loc", "msg", "type"}]}`.
    """
    try:
        detail = json.loads(content)["detail"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return set(), ""
    if isinstance(detail, list):
        detail = next((each for each in detail if isinstance(each, dict)), {})
    if isinstance(detail, str):
        return set(), _one_line(detail)
    if not isinstance(detail, dict):
        return set(), ""
    codes = {str(detail[name]) for name in ("status", "code") if detail.get(name)}
    return codes, _one_line(str(detail.get("message") or detail.get("msg") or ""))


def _one_line(words: str) -> str:
    return " ".join(mask(words).split())[:200].rstrip(".")


def _seconds(text: str) -> float | None:
    try:
        return max(float(text), 0.0)
    except ValueError:
        return None


def sound_of(answer: httpx.Response, text: str, form: str, host: str) -> Speech | OneReelError:
    """The sound of an answer, and when each word of `text` begins; or why there is none."""
    told = _object(answer)
    if told is None or "audio_base64" not in told:
        return _elsewhere(host)
    try:
        data = binascii.a2b_base64(str(told["audio_base64"]), strict_mode=True)
        samples, rate = _decoded(data, form)
    except (ValueError, RuntimeError):
        samples, rate = np.zeros(0, np.float32), 1
    if not len(samples):
        return TryAgain("ElevenLabs sent something that is no sound; run again.")
    return Speech(samples, rate, _starts(text, told.get("alignment")))


def _decoded(data: bytes, form: str) -> tuple[Samples, int]:
    codec, _, rest = form.partition("_")
    if codec == "pcm":
        raw = np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.float32)
        return raw / np.float32(32768), int(rest)
    import soundfile

    samples, rate = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    return np.asarray(samples.mean(axis=1), np.float32), int(rate)


def _starts(text: str, alignment: object) -> dict[int, float]:
    """When each word of `text` begins, in seconds; nothing where the answer is about other
    characters."""
    if not isinstance(alignment, Mapping):
        return {}
    characters = alignment.get("characters")
    times = alignment.get("character_start_times_seconds")
    if not isinstance(characters, Sequence) or not isinstance(times, Sequence):
        return {}
    if len(characters) != len(times) or "".join(map(str, characters)) != text:
        return {}
    at: list[float] = []
    for character, time in zip(characters, times, strict=True):
        if isinstance(time, bool) or not isinstance(time, int | float) or not time >= 0:
            return {}
        at += [float(time)] * len(str(character))
    starts = [at[start] for start, _ in words(text)]
    # Times that go back are no times.
    return dict(enumerate(starts)) if starts == sorted(starts) else {}


def voices_of(answer: httpx.Response) -> tuple[tuple[Listed, ...], str] | None:
    """The voices of a page, and the token of the next; None where it is no page of voices."""
    told = _object(answer)
    voices = told.get("voices") if told else None
    if told is None or not isinstance(voices, list):
        return None
    found = tuple(
        Listed(str(each["voice_id"]), " ".join(str(each.get("name") or each["voice_id"]).split()))
        for each in voices
        if isinstance(each, dict) and each.get("voice_id")
    )
    return found, str(told.get("next_page_token") or "") if told.get("has_more") else ""


def credits_of(answer: httpx.Response) -> Decimal | None:
    """What an answer cost, in credits, by its header; None where it does not say."""
    try:
        told = Decimal(answer.headers.get("character-cost", ""))
    except InvalidOperation:
        return None
    return told if told.is_finite() and told >= 0 else None


def _object(answer: httpx.Response) -> dict[str, Any] | None:
    try:
        told = json.loads(answer.content)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
