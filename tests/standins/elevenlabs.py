"""A stand-in for ElevenLabs: voices of a key, and speech with the time of every character.

https://elevenlabs.io/docs/api-reference/text-to-speech/convert-with-timestamps and
https://elevenlabs.io/docs/api-reference/voices/search, field by field as the SDK (elevenlabs 2.78)
sends and parses them: `xi-api-key`; `text_to_speech/raw_client.py`, `AudioWithTimestampsResponse`,
`CharacterAlignmentResponseModel`, `voices/raw_client.py`, `GetVoicesV2Response`. Refusals have the
form of https://help.elevenlabs.io/hc/en-us/articles/19572237925521; their statuses are those that
users of the API report (U32). What it costs is U33.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import parse_qs

from .answers import Failure, Reply
from .faults import Fault
from .prices import Charge
from .service import Call, Route, Service
from .sounds import encode, hum

__all__ = ["KEY", "ElevenStandIn"]

KEY = "sk_0123456789abcdef0123456789abcdef0123456789abcdef"
_CREDITS = {
    "eleven_multilingual_v2": Decimal(1),
    "eleven_v3": Decimal(1),
    "eleven_flash_v2_5": Decimal("0.5"),
}
"""By the model, for one character (U33)."""
_DOLLARS = Decimal("0.10") / 1000
"""For one credit (U33)."""
_WORD, _GAP = 0.25, 0.1


@dataclass
class ElevenStandIn(Service):
    """ElevenLabs."""

    voices: tuple[tuple[str, str], ...] = (
        ("JBFqnCBsd6RMkjVDRZzb", "George - Warm, Captivating Storyteller"),
        ("EXAVITQu4vr4xnSDxMaL", "Sarah - Mature, Reassuring, Confident"),
        ("CwhRBWXzGAHq8TQ4Fs17", "Roger - Laid-Back, Casual, Resonant"),
        ("aaaaaaaaaaaaaaaaaaaa", "Twin"),
        ("bbbbbbbbbbbbbbbbbbbb", "Twin"),
    )
    """Ids and names."""
    key: str = KEY
    credits: Decimal = Decimal(10_000)
    """What is left of the plan."""
    pro: bool = False
    """Whether the plan has PCM at 44.1 kHz."""
    library: tuple[str, ...] = ()
    """Ids of voices that the plan does not have."""
    page: int = 3
    """Voices on a page, whatever is asked for."""
    tells_cost: bool = True
    factor: Decimal = Decimal(1)
    """What a voice costs more than others."""
    taken: list[Charge] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @property
    def charges(self) -> tuple[Charge, ...]:
        return tuple(self.taken)

    def routes(self) -> tuple[Route, ...]:
        speak = r"/v1/text-to-speech/([^/]+)/with-timestamps"
        return (
            Route("POST", speak, "speech", self._speak, self._about),
            Route("GET", "/v2/voices", "voices", self._voices),
        )

    def admit(self, call: Call, door: str) -> None:
        if call.request.headers.get("xi-api-key") != self.key:
            raise _refusal(401, "invalid_api_key", "Invalid API key")

    def failure(self, call: Call, fault: Fault) -> Reply:
        status = fault.http_status
        if status == 422:
            wrong = {"loc": ["body", "text"], "msg": "field required", "type": "missing"}
            return Reply({"detail": [wrong]}, 422)
        usual = {401: "quota_exceeded", 402: "payment_required", 429: "system_busy"}
        given = fault.reason != "SAFETY"
        code = fault.reason.lower() if given else usual.get(status, "unknown")
        reply = _refusal(status, code, fault.message or f"Error {status}.").reply
        headers = {} if fault.retry is None else {"Retry-After": f"{fault.retry:g}"}
        return Reply(reply.body, reply.status, headers=headers)

    def nowhere(self) -> Reply:
        return Reply({"detail": "Not Found"}, 404)

    def _about(self, call: Call) -> tuple[str, str]:
        return "", call.request.json["text"]

    def _speak(self, call: Call) -> Reply:
        body, query = call.request.json, parse_qs(call.request.query)
        text, model = body["text"], body.get("model_id", "eleven_multilingual_v2")
        voice = call.match[1]
        if voice not in dict(self.voices):
            message = f"A voice for the voice_id {voice} was not found."
            raise _refusal(400, "voice_not_found", message)
        if voice in self.library:
            message = "Free users cannot use library voices via the API."
            raise _refusal(402, "payment_required", message, code="paid_plan_required")
        if model not in _CREDITS:
            raise _refusal(400, "model_not_found", f"A model with model ID {model} does not exist.")
        form = query.get("output_format", ["mp3_44100_128"])[0]
        codec, rate = re.fullmatch(r"(pcm|mp3)_(\d+)(?:_\d+)?", form).groups()  # type: ignore[union-attr]
        if form == "pcm_44100" and not self.pro:
            message = f"Output format '{form}' is only available on the Pro tier and above."
            raise _refusal(403, "output_format_not_allowed", message)
        cost = _CREDITS[model] * len(text) * self.factor
        if cost > self.credits:
            message = f"You have {self.credits} credits remaining, while {cost} are required."
            raise _refusal(401, "quota_exceeded", f"This request exceeds your quota. {message}")
        self.credits -= cost
        number = f"request-{call.number}"
        self.taken.append(Charge(number, model, 0, cost * _DOLLARS, text))
        call.record("charged", str(cost))
        pitch = 140.0 + 30 * list(dict(self.voices)).index(voice)
        sound = encode(hum(text, int(rate), pitch=pitch), int(rate), codec)
        alignment = _alignment(text)
        answer = {
            "audio_base64": base64.b64encode(sound).decode(),
            "alignment": alignment,
            "normalized_alignment": alignment,
        }
        told = {"character-cost": f"{cost.normalize():f}"} if self.tells_cost else {}
        return Reply(answer, headers={"request-id": number, **told}, media=True)

    def _voices(self, call: Call) -> Reply:
        query = parse_qs(call.request.query)
        first = int(query.get("next_page_token", ["0"])[0])
        size = min(int(query.get("page_size", ["10"])[0]), self.page)
        shown = self.voices[first : first + size]
        more = first + size < len(self.voices)
        return Reply(
            {
                "voices": [
                    {"voice_id": id, "name": name, "category": "premade", "labels": {}}
                    for id, name in shown
                ],
                "has_more": more,
                "total_count": len(self.voices),
                "next_page_token": str(first + size) if more else None,
            }
        )


def _alignment(text: str) -> dict[str, list[object]]:
    """When each character is heard: a word's share its hum, and a space has the gap."""
    starts: list[object] = []
    at = 0.0
    for word in re.findall(r"\S+\s*", text):
        letters = len(word.rstrip())
        starts += [round(at + _WORD * i / letters, 3) for i in range(letters)]
        starts += [round(at + _WORD, 3)] * (len(word) - letters)
        at += _WORD + _GAP
    ends = [*starts[1:], round(at, 3)]
    return {
        "characters": list(text),
        "character_start_times_seconds": starts,
        "character_end_times_seconds": ends,
    }


def _refusal(status: int, word: str, message: str, *, code: str = "") -> Failure:
    detail = {"status": word, "message": message} | ({"code": code} if code else {})
    return Failure(status, {"detail": detail})
