"""Gemini by generateContent: text, speech, pictures, and the list of models.

Parsed by google-genai 3.4: `models.Models._generate_content` and `_generate_content_stream` into
`types.GenerateContentResponse`; `_list` and `get` into `types.Model`. What it sends inside
`thinkingConfig` and `speechConfig` keeps the names of Python.
"""

from __future__ import annotations

import base64
import functools
import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .answers import Reply
from .faults import Fault
from .google_errors import google_error, unknown
from .prices import IMAGES, MODELS, Charge
from .schema import answer_for
from .service import Call
from .sounds import hum
from .video import colour_of
from .world import World

__all__ = ["Gemini"]

TEXT = ("gemini-3.8-flash", "gemini-4-argon", "gemini-4-carbon", "gemini-3.5-flash-lite")
SPEECH = ("gemini-3.8-flash-tts", "gemini-3.8-flash-lite-tts")
IMAGE = ("gemini-nano-banana-2.1", "gemini-3-pro-image")
# google.md: 30 voices, of which it names two; these are the names of Gemini 2.5 (U22).
# fmt: off
VOICES = frozenset({
    "Zephyr", "Puck", "Charon", "Kore", "Fenrir", "Leda", "Orus", "Aoede", "Callirrhoe", "Autonoe",
    "Enceladus", "Iapetus", "Umbriel", "Algieba", "Despina", "Erinome", "Algenib", "Rasalgethi",
    "Laomedeia", "Achernar", "Alnilam", "Schedar", "Gacrux", "Pulcherrima", "Achird",
    "Zubenelgenubi", "Vindemiatrix", "Sadachbia", "Sadaltager", "Sulafat",
})
# fmt: on
RATE = 24000
_TURN = 0.2
"""Seconds between two speakers (U34)."""
_RATIOS = {"1:1": 1.0, "16:9": 16 / 9, "9:16": 9 / 16, "4:3": 4 / 3, "3:4": 3 / 4}
_SIZES = {"1K": 1024, "2K": 2048, "4K": 4096}


class Gemini:
    """The models. `texts` are what the next answers say; then `writes` is asked for one with the
    whole conversation and the body of the request, and else it makes up its own.

    `say` speaks in place of the hum, given a text and a voice: a real one, whose words are known.
    """

    def __init__(self, world: World, strike: Callable[[str, str], tuple[Fault, ...]]) -> None:
        self._world = world
        self._strike = strike
        self.texts: list[str] = []
        self.writes: Callable[[str, Any], str] | None = None
        self.say: Callable[[str, str], NDArray[np.int16]] = _hum

    def about(self, call: Call) -> tuple[str, str]:
        return "", _words(call.request.json)

    def where(self, model: str) -> str:
        return "speech" if model in SPEECH else "image" if model in IMAGE else "text"

    def generate(self, call: Call) -> Reply:
        """generateContent and streamGenerateContent."""
        model = call.match["model"]
        if model not in TEXT + SPEECH + IMAGE:
            raise unknown(f"models/{model}")
        body = call.request.json
        outcome = next(iter(self._strike("outcome", _words(body))), None)
        make = {"text": self._text, "speech": self._speech, "image": self._image}[call.where]
        answer = self._head(model, body)
        if outcome and outcome.what == "blocked":
            answer["promptFeedback"] = {"blockReason": outcome.reason}
            return _said(call, [answer])
        parts = make(call, model, body)
        reason = "STOP"
        if outcome:
            parts, reason = _ended(outcome, call.where, parts)
        elif call.where == "image":
            self._charge(call, model)
        if call.where != "text" or not parts:
            return _said(call, [{**answer, "candidates": [_candidate(parts, reason)]}])
        return _said(call, [{**answer, "candidates": [one]} for one in _split(parts, reason)])

    def list_gemini(self, call: Call) -> Reply:
        """GET models, with pageSize and pageToken."""
        query = {name: values[-1] for name, values in parse_qs(call.request.query).items()}
        ids = [*TEXT, *SPEECH, *IMAGE, *(id for id in MODELS if not id.startswith("veo"))]
        start = int(query.get("pageToken") or 0)
        stop = start + int(query.get("pageSize") or 50)
        body: dict[str, Any] = {"models": [_model(id) for id in ids[start:stop]]}
        return Reply(body | ({"nextPageToken": str(stop)} if stop < len(ids) else {}))

    def list_vertex(self, call: Call) -> Reply:
        """GET publishers/google/models: types.Model by `_Model_from_vertex` (U25)."""
        names = (f"publishers/google/models/{id}" for id in [*TEXT, *MODELS])
        return Reply({"publisherModels": [{"name": name} for name in names]})

    def get(self, call: Call) -> Reply:
        """GET models/{id}."""
        id = call.match["model"]
        if id not in (*TEXT, *SPEECH, *IMAGE, *MODELS):
            raise unknown(f"models/{id}")
        return Reply(_model(id))

    def _head(self, model: str, body: dict[str, Any]) -> dict[str, Any]:
        tokens = max(len(_words(body)) // 4, 1)
        usage = {
            "promptTokenCount": tokens,
            "candidatesTokenCount": 8,
            "totalTokenCount": tokens + 8,
        }
        id = self._world.name().hex
        return {"usageMetadata": usage, "modelVersion": model, "responseId": id}

    def _text(self, call: Call, model: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        with self._world.lock:
            scripted = self.texts.pop(0) if self.texts else None
        if scripted is None and self.writes:
            scripted = self.writes(_conversation(body), body)
        config = body.get("generationConfig") or {}
        schema = config.get("responseJsonSchema") or _json_schema(
            config.get("responseSchema") or {}
        )
        if scripted is None and schema:
            scripted = answer_for(schema)
        return [{"text": scripted or f"You said: {_words(body)}"}]

    def _speech(self, call: Call, model: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        config = body.get("generationConfig") or {}
        if [one.upper() for one in config.get("responseModalities", [])] != ["AUDIO"]:
            raise google_error(400, "The model only answers with audio.")
        voices = _voices(config.get("speechConfig") or {})
        if wrong := [voice for voice in voices if voice not in VOICES]:
            raise google_error(400, f"Voice name {wrong[0]} is not supported.")
        parts = [part for part in body["contents"][-1]["parts"] if "text" in part]
        samples = _spoken(parts, config.get("speechConfig") or {}, voices, self.say)
        mime = f"audio/L16;codec=pcm;rate={RATE}"
        # Little-endian, although RFC 3551's L16 is not (U23).
        data = base64.b64encode(samples.astype("<i2").tobytes()).decode()
        return [{"inlineData": {"mimeType": mime, "data": data}}]

    def _image(self, call: Call, model: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        config = (body.get("generationConfig") or {}).get("imageConfig") or {}
        ratio, size = config.get("aspectRatio", "1:1"), config.get("imageSize", "1K")
        if ratio not in _RATIOS or size not in _SIZES:
            raise google_error(400, f"Unsupported image size {size} {ratio}.")
        side = _SIZES[size]  # U24
        wide = round(side * _RATIOS[ratio] ** 0.5 / 16) * 16
        tall = round(side / _RATIOS[ratio] ** 0.5 / 16) * 16
        form = "JPEG" if model == "gemini-3-pro-image" else "PNG"
        noisy = "noise" in _words(body)
        data = _drawn((wide, tall), colour_of(_words(body), None), form, noisy=noisy)
        return [{"inlineData": {"mimeType": f"image/{form.lower()}", "data": data}}]

    def _charge(self, call: Call, model: str) -> None:
        if (price := IMAGES.get(model)) is not None:
            name = f"image-{self._world.name()}"
            self._world.take(Charge(name, model, 0, price, call.prompt))
            call.operation = name
            call.record("charged", str(price))


@functools.lru_cache(maxsize=64)
def _drawn(size: tuple[int, int], colour: tuple[int, int, int], form: str, *, noisy: bool) -> str:
    """A picture of one colour, in Base64."""
    picture = Image.new("YCbCr", size, colour).convert("RGB")
    if noisy:
        # A megabyte and more, as real ones have.
        picture.paste(Image.effect_noise((1200, 1000), 200), (0, 0))
    buffer = io.BytesIO()
    picture.save(buffer, form)
    return base64.b64encode(buffer.getvalue()).decode()


def _said(call: Call, answers: list[dict[str, Any]]) -> Reply:
    """One JSON body of the last answer's shape, or a server-sent event for each."""
    if not call.request.path.endswith(":streamGenerateContent"):
        if len(answers) > 1:
            text = "".join(one["candidates"][0]["content"]["parts"][0]["text"] for one in answers)
            last = answers[-1]["candidates"][0]["finishReason"]
            answers = [{**answers[-1], "candidates": [_candidate([{"text": text}], last)]}]
        return Reply(answers[0])
    # _api_client._iter_response_stream: alt=sse, events parted by an empty line
    events = tuple(f"data: {json.dumps(one)}\r\n\r\n".encode() for one in answers)
    return Reply(content_type="text/event-stream", stream=events)


def _candidate(parts: list[dict[str, Any]], reason: str | None) -> dict[str, Any]:
    # types.Candidate; a piece of a stream has no finishReason but the last
    body: dict[str, Any] = {"index": 0}
    if parts:
        body["content"] = {"role": "model", "parts": parts}
    return body | ({"finishReason": reason} if reason else {})


def _split(parts: list[dict[str, Any]], reason: str) -> list[dict[str, Any]]:
    """A text as the pieces of a stream."""
    text = parts[0]["text"]
    size = max(len(text) // 4, 1)
    found = [text[start : start + size] for start in range(0, len(text), size)]
    return [
        _candidate([{"text": piece}], reason if number == len(found) - 1 else None)
        for number, piece in enumerate(found)
    ]


def _ended(
    outcome: Fault, where: str, parts: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], str]:
    """How a candidate ends: types.FinishReason."""
    match outcome.what:
        case "filtered":
            return [], "IMAGE_SAFETY" if where == "image" else "SAFETY"
        case "empty":
            return [], "STOP"
        case "text":
            return [{"text": outcome.message or "I can't help with that."}], "STOP"
        case "unfinished" if where == "text":
            return [{"text": parts[0]["text"][: len(parts[0]["text"]) // 2]}], "MAX_TOKENS"
        case _:
            return [], "OTHER"


def _words(body: dict[str, Any]) -> str:
    """The text of the last turn."""
    parts = body["contents"][-1]["parts"]
    return "\n".join(part["text"] for part in parts if "text" in part)


def _conversation(body: dict[str, Any]) -> str:
    """The texts of the system instruction and of all turns."""
    turns = [body.get("systemInstruction") or {}, *body["contents"]]
    return "\n".join(part.get("text", "") for turn in turns for part in turn.get("parts", ()))


def _hum(text: str, voice: str) -> NDArray[np.int16]:
    return hum(text, RATE, pitch=120.0 + 4 * sum(map(ord, voice)) % 160)


def _spoken(
    parts: list[dict[str, Any]],
    config: dict[str, Any],
    voices: list[str],
    say: Callable[[str, str], NDArray[np.int16]],
) -> NDArray[np.int16]:
    """The text of every part, word by word, by its speaker; a pause between two (U34).

    `types.MultiSpeakerVoiceConfig`: exactly two speakers; `types.SpeechMetadata`: each part names
    one of them.
    """
    many = _field(config, "multiSpeakerVoiceConfig")
    names = [_field(each, "speaker") for each in _speakers(config)] if many else []
    if many and len(names) != 2:
        raise google_error(400, "Exactly two speaker voice configurations must be provided.")
    pause = np.zeros(round(_TURN * RATE), np.int16)
    sounds: list[NDArray[np.int16]] = []
    for part in parts:
        told = _field(part, "speechMetadata") or {}
        speaker = _field(told, "speaker")
        if many and speaker and speaker not in names:
            raise google_error(400, f"Speaker {speaker} is not configured.")
        # Without one, the text names them by itself, as models before Gemini 3.8 want it.
        voice = voices[names.index(speaker)] if many and speaker else "".join(voices)
        sounds += [*([pause] if sounds else []), say(part["text"], voice)]
    return np.concatenate(sounds)


def _field(node: dict[str, Any], name: str) -> Any:
    """A field whose name comes in both spellings (google.md)."""
    snake = "".join(f"_{one.lower()}" if one.isupper() else one for one in name)
    return node.get(name, node.get(snake))


def _speakers(config: dict[str, Any]) -> list[dict[str, Any]]:
    many = _field(config, "multiSpeakerVoiceConfig")
    return _field(many, "speakerVoiceConfigs") if many else [config]


def _voices(config: dict[str, Any]) -> list[str]:
    """The voices of a speechConfig."""
    found = []
    for speaker in _speakers(config):
        voice = _field(speaker, "voiceConfig") or {}
        found.append(_field(_field(voice, "prebuiltVoiceConfig") or {}, "voiceName") or "Kore")
    return found


def _json_schema(schema: Any) -> Any:
    """Gemini's Schema as JSON Schema: types in lower case, and the SDK's `min_items`."""
    if isinstance(schema, list):
        return [_json_schema(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    clean = {key: _json_schema(value) for key, value in schema.items()}
    if isinstance(clean.get("type"), str):
        clean["type"] = clean["type"].lower()
    if "min_items" in clean:
        clean["minItems"] = clean["min_items"]
    return clean


def _model(id: str) -> dict[str, Any]:
    return {
        "name": f"models/{id}",
        "version": "001",
        "displayName": id,
        "inputTokenLimit": 1048576,
        "outputTokenLimit": 65536,
        "supportedGenerationMethods": ["generateContent"],
    }
