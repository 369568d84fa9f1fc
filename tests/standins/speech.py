"""A stand-in for a speech server that speaks OpenAI's API, as local ones do.

https://platform.openai.com/docs/api-reference/audio/createSpeech: JSON in, sound out; errors as
`{"error": {"message", "type", "param", "code"}}`. `/v1/audio/voices` is no part of OpenAI's API:
Kokoro-FastAPI and its kin have it (U27).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .answers import Failure, Reply
from .faults import Fault
from .service import Call, Route, Service, credential_of
from .sounds import FORMATS, encode, hum

__all__ = ["SpeechStandIn"]

RATE = 24000


@dataclass
class SpeechStandIn(Service):
    """A speech server. Without a `key` it lets everybody in, as local ones do."""

    voices: tuple[str, ...] = ("af_heart", "af_bella", "bm_george")
    models: tuple[str, ...] = ("kokoro", "tts-1")
    key: str = ""
    lists_voices: bool = True
    say: Callable[[str], NDArray[np.int16]] | None = None
    """What speaks in place of the hum, mono at `RATE`: a real voice, whose words are known."""

    def __post_init__(self) -> None:
        super().__init__()

    def routes(self) -> tuple[Route, ...]:
        return (
            Route("POST", "/v1/audio/speech", "speech", self._speak, self._about),
            Route("GET", "/v1/audio/voices", "voices", self._voices),
            Route("GET", "/v1/models", "models", self._models),
        )

    def admit(self, call: Call, door: str) -> None:
        if self.key and credential_of(call.request) != f"bearer {self.key}":
            raise _refusal(401, "Incorrect API key provided.", code="invalid_api_key")

    def failure(self, call: Call, fault: Fault) -> Reply:
        reply = _refusal(fault.http_status, fault.message or f"Error {fault.what}").reply
        headers = {} if fault.retry is None else {"Retry-After": f"{fault.retry:g}"}
        return Reply(reply.body, reply.status, headers=headers)

    def nowhere(self) -> Reply:
        return Reply({"detail": "Not Found"}, 404)

    def _about(self, call: Call) -> tuple[str, str]:
        return "", call.request.json["input"]

    def _speak(self, call: Call) -> Reply:
        try:
            body = call.request.json
            text, voice, form = body["input"], body["voice"], body.get("response_format", "mp3")
            speed = float(body.get("speed", 1.0))
        except (KeyError, TypeError, ValueError):
            raise _refusal(400, "Invalid body.") from None
        if body.get("model") not in self.models:
            raise _refusal(404, f"The model {body.get('model')} does not exist.", param="model")
        if voice not in self.voices:
            raise _refusal(400, f"Voice {voice} not found.", param="voice")
        if form not in FORMATS or not text.strip() or not 0.25 <= speed <= 4:
            raise _refusal(400, "Invalid value.", param="response_format")
        pitch = 140.0 + 30 * self.voices.index(voice)
        heard = self.say(text) if self.say else hum(text, RATE, pitch=pitch, speed=speed)
        sound = encode(heard, RATE, form)
        return Reply(sound, content_type=FORMATS[form][2], media=True)

    def _voices(self, call: Call) -> Reply:
        return Reply({"voices": list(self.voices)}) if self.lists_voices else self.nowhere()

    def _models(self, call: Call) -> Reply:
        data = [{"id": id, "object": "model", "created": 0, "owned_by": "x"} for id in self.models]
        return Reply({"object": "list", "data": data})


def _refusal(status: int, message: str, *, param: str | None = None, code: str = "") -> Failure:
    kind = "invalid_request_error" if status < 500 else "server_error"
    error = {"message": message, "type": kind, "param": param, "code": code or None}
    return Failure(status, {"error": error})
