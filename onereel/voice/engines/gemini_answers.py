"""What Gemini answers when it is asked to speak: sound, or why not; and what that cost."""

from __future__ import annotations

import binascii
import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np

from ...errors import ServiceError, TryAgain
from ...google.errand import REFUSED, Errand, took_nothing
from ...google.wire import Exchange
from ..signal import Samples

__all__ = ["SPEAKING", "cost_of", "nothing_heard", "sound_of"]

SPEAKING = Errand(work="speak", what="these words", instead="voice")


def cost_of(exchange: Exchange, price: Callable[[int, int], Decimal]) -> Decimal | None:
    """Dollars, by the price of so many tokens asked and answered; None where nobody knows."""
    answer = exchange.json()
    usage = answer.get("usageMetadata") if isinstance(answer, dict) else None
    if exchange.status == 200 and isinstance(usage, dict):
        asked, answered = usage.get("promptTokenCount"), usage.get("candidatesTokenCount")
        if isinstance(asked, int):
            return price(asked, answered if isinstance(answered, int) else 0)
    return Decimal(0) if took_nothing(exchange) else None


def _candidate(exchange: Exchange) -> dict[str, Any]:
    answer = exchange.json()
    candidates = answer.get("candidates") if isinstance(answer, dict) else None
    first = candidates[0] if isinstance(candidates, list) and candidates else None
    return first if isinstance(first, dict) else {}


def sound_of(exchange: Exchange) -> tuple[Samples, int] | None:
    """The sound of an answer: raw, little-endian, its rate in the type; or a file."""
    content = _candidate(exchange).get("content")
    parts = content.get("parts") if isinstance(content, dict) else None
    for part in parts if isinstance(parts, list) else ():
        inline = part.get("inlineData") if isinstance(part, dict) else None
        if not isinstance(inline, dict):
            continue
        try:
            data = binascii.a2b_base64(inline["data"], strict_mode=True)
            return _samples(data, str(inline.get("mimeType", "")).lower())
        except (KeyError, TypeError, ValueError, RuntimeError):
            return None
    return None


def _samples(data: bytes, kind: str) -> tuple[Samples, int] | None:
    if "l16" in kind or "pcm" in kind:
        rate = re.search(r"rate=(\d{4,6})", kind)
        raw = np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.float32)
        return (raw / np.float32(32768), int(rate[1]) if rate else 24_000) if len(raw) else None
    import soundfile

    samples, rate_of_file = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    mono = np.asarray(samples.mean(axis=1), np.float32)
    return (mono, int(rate_of_file)) if len(mono) else None


def nothing_heard(exchange: Exchange, host: str, model: str) -> ServiceError:
    """Why an answer has no sound."""
    answer = exchange.json()
    feedback = answer.get("promptFeedback") if isinstance(answer, dict) else None
    blocked = feedback.get("blockReason") if isinstance(feedback, dict) else None
    ended = str(blocked or _candidate(exchange).get("finishReason") or "")
    if blocked or ended in REFUSED:
        return SPEAKING.refused((ended,), model)
    return TryAgain(f"{host} sent no sound; run again, or choose another voice.")
