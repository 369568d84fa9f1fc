"""A stand-in for the Ollama server, as the Python client ollama 0.6.3 knows it.

Sources of the bodies: `ollama._types` (what the client parses) and Ollama's docs/api.md. The client
asks `/api/chat`, `/api/generate`, `/api/tags`, `/api/show`, `/api/ps`, `/api/pull`
(`ollama._client.AsyncClient`); streams are NDJSON, one object a line, and a line with the key
"error" is a fault in mid-stream (`AsyncClient._request`). The words of its errors are those of
Ollama's server/routes.go; those of `Break` and of any 500 are invented.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .server import Exchange, StandIn

__all__ = [
    "Break",
    "Cut",
    "Hang",
    "Model",
    "OllamaStandIn",
    "Refuse",
    "Say",
    "answer_for",
]

_NOW = "2026-11-21T12:00:00.000000Z"


@dataclass(frozen=True)
class Say:
    """Answer well: with `text`, or with what the request's schema asks for.

    `pause` seconds pass before each of the pieces, which have `piece` characters.
    """

    text: str | None = None
    thinking: str = ""
    done_reason: str = "stop"
    piece: int = 40
    pause: float = 0.0


@dataclass(frozen=True)
class Refuse:
    """Answer with an HTTP status and an error."""

    status: int
    error: str


@dataclass(frozen=True)
class Hang:
    """Send `text`, then nothing more, and keep the connection open."""

    text: str = ""


@dataclass(frozen=True)
class Cut:
    """Send `text`, then close the connection; `politely` ends the HTTP body, but not the answer."""

    text: str = ""
    politely: bool = False


@dataclass(frozen=True)
class Break:
    """Send `text`, then an error line, and end the stream properly."""

    text: str = ""
    error: str = "an error was encountered while running the model: CUDA error"


Behaviour = Say | Refuse | Hang | Cut | Break


@dataclass(frozen=True)
class Model:
    """One model on the server.

    `refuses_think` answers 400 whenever `think` is sent at all. Ollama itself refuses only a true
    one; no source confirms this of any proxy, and a client must survive it.
    """

    name: str = "llama3.2:latest"
    capabilities: tuple[str, ...] | None = ("completion", "tools", "thinking")
    context_length: int = 131072
    family: str = "llama"
    refuses_think: bool = False

    @property
    def details(self) -> dict[str, Any]:
        """ollama._types.ModelDetails."""
        return {
            "parent_model": "",
            "format": "gguf",
            "family": self.family,
            "families": [self.family],
            "parameter_size": "3.2B",
            "quantization_level": "Q4_K_M",
        }

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.name.encode()).hexdigest()


@dataclass
class OllamaStandIn(StandIn):
    """An Ollama server that plays a script.

    `chats` are the answers to /api/chat in order; when they are used up it answers well. `faults`
    maps another path to behaviours that go before its good answer. An unloaded model is still
    listed by /api/ps `lingers` times.
    """

    chats: list[Behaviour] = field(default_factory=list)
    models: tuple[Model, ...] = (Model(),)
    faults: dict[str, list[Behaviour]] = field(default_factory=dict)
    lingers: int = 0
    loaded: dict[str, int | None] = field(default_factory=dict)
    """Loaded models; a number counts how often an unloaded one is still listed."""

    def __post_init__(self) -> None:
        super().__init__()

    def asked(self, path: str) -> list[Any]:
        """The bodies of the requests to `path`, in order."""
        with self.lock:
            return [request.json for request in self.requests if request.path == path]

    def handle(self, exchange: Exchange) -> None:
        path = exchange.request.path
        with self.lock:
            queue = self.faults.get(path, [])
            fault = queue.pop(0) if queue else None
        if isinstance(fault, Refuse):
            return exchange.send(fault.status, {"error": fault.error})
        if isinstance(fault, Hang):
            return exchange.hang()
        if isinstance(fault, Cut):
            return exchange.drop()
        answers = {
            "/api/tags": self._tags,
            "/api/ps": self._ps,
            "/api/show": self._show,
            "/api/chat": self._chat,
            "/api/generate": self._generate,
            "/api/pull": self._pull,
        }
        if path not in answers:
            return exchange.send(404, b"404 page not found", content_type="text/plain")
        return answers[path](exchange)

    def _model(self, exchange: Exchange) -> Model | None:
        """The model that the request names; answers 404 when there is none."""
        name = exchange.request.json["model"]
        full = name if ":" in name else f"{name}:latest"
        found = next((model for model in self.models if model.name == full), None)
        if found is None:
            exchange.send(404, {"error": f"model '{name}' not found"})
        return found

    def _tags(self, exchange: Exchange) -> None:
        # ollama._types.ListResponse.Model
        models = [
            {
                "name": model.name,
                "model": model.name,
                "modified_at": _NOW,
                "size": 2019393189,
                "digest": model.digest,
                "details": model.details,
            }
            for model in self.models
        ]
        exchange.send(200, {"models": models})

    def _ps(self, exchange: Exchange) -> None:
        with self.lock:
            self.loaded = {name: left for name, left in self.loaded.items() if left != 0}
            names = list(self.loaded)
            for name, left in self.loaded.items():
                self.loaded[name] = None if left is None else left - 1
        # ollama._types.ProcessResponse.Model
        models = [
            {
                "name": model.name,
                "model": model.name,
                "size": 5137025024,
                "digest": model.digest,
                "details": model.details,
                "expires_at": _NOW,
                "size_vram": 5137025024,
                "context_length": 4096,
            }
            for model in self.models
            if model.name in names
        ]
        exchange.send(200, {"models": models})

    def _show(self, exchange: Exchange) -> None:
        if (model := self._model(exchange)) is None:
            return
        # ollama._types.ShowResponse; servers before 0.6.4 send no capabilities.
        body: dict[str, Any] = {
            "modelfile": f"FROM {model.name}",
            "parameters": "",
            "template": "{{ .Prompt }}",
            "details": model.details,
            "model_info": {
                "general.architecture": model.family,
                f"{model.family}.context_length": model.context_length,
            },
            "modified_at": _NOW,
        }
        if model.capabilities is not None:
            body["capabilities"] = list(model.capabilities)
        exchange.send(200, body)

    def _generate(self, exchange: Exchange) -> None:
        if (model := self._model(exchange)) is None:
            return
        request = exchange.request.json
        unload = not request.get("prompt") and request.get("keep_alive") == 0
        with self.lock:
            self.loaded[model.name] = self.lingers if unload else None
        # ollama._types.GenerateResponse; server/routes.go, GenerateHandler: "unload"
        reason = "unload" if unload else "load"
        body = {"model": model.name, "created_at": _NOW, "response": "", "done": True}
        exchange.send(200, {**body, "done_reason": reason})

    def _pull(self, exchange: Exchange) -> None:
        # ollama._types.ProgressResponse
        exchange.start_stream(content_type="application/x-ndjson")
        digest = f"sha256:{Model().digest}"
        for line in (
            {"status": "pulling manifest"},
            {"status": "pulling", "digest": digest, "total": 100, "completed": 50},
            {"status": "pulling", "digest": digest, "total": 100, "completed": 100},
            {"status": "success"},
        ):
            exchange.send_chunk(_line(line))
        exchange.end_stream()

    def _chat(self, exchange: Exchange) -> None:
        if (model := self._model(exchange)) is not None:
            self._chat_with(model, exchange)

    def _chat_with(self, model: Model, exchange: Exchange) -> None:
        request = exchange.request.json
        if model.capabilities is not None and "completion" not in model.capabilities:
            return exchange.send(400, {"error": f'"{request["model"]}" does not support chat'})
        cannot_think = model.capabilities is None or "thinking" not in model.capabilities
        if (model.refuses_think and "think" in request) or (cannot_think and request.get("think")):
            error = f'"{request["model"]}" does not support thinking'
            return exchange.send(400, {"error": error})
        with self.lock:
            self.loaded[model.name] = None
            behaviour = self.chats.pop(0) if self.chats else Say()
        if isinstance(behaviour, Refuse):
            return exchange.send(behaviour.status, {"error": behaviour.error})
        if isinstance(behaviour, Say) and behaviour.text is None:
            behaviour = Say(answer_for(request.get("format") or {}), pause=behaviour.pause)
        if isinstance(behaviour, Hang) and not behaviour.text:
            return exchange.hang()
        if request.get("stream", True):
            return self._stream(exchange, model, behaviour)
        return exchange.send(200, _whole(model, behaviour))

    def _stream(self, exchange: Exchange, model: Model, behaviour: Behaviour) -> None:
        exchange.start_stream(content_type="application/x-ndjson")
        for line in _pieces(model, behaviour):
            exchange.pause(behaviour.pause if isinstance(behaviour, Say) else 0)
            exchange.send_chunk(_line(line))
        match behaviour:
            case Hang():
                return exchange.hang()
            case Cut(politely=False):
                return exchange.drop()
            case Break(error=error):
                exchange.send_chunk(_line({"error": error}))
            case Say():
                exchange.send_chunk(_line(_last(model, behaviour)))
        return exchange.end_stream()


def answer_for(schema: dict[str, Any], *, name: str = "text", number: int = 1) -> str:
    """Write the JSON that a schema-honouring model would: every field, the fewest items."""
    return json.dumps(_instance(schema, schema, name, number), ensure_ascii=False)


def _instance(node: dict[str, Any], root: dict[str, Any], name: str, number: int) -> Any:
    if "$ref" in node:
        target = node["$ref"].removeprefix("#/$defs/")
        return _instance(root["$defs"][target], root, name, number)
    if node.get("type") == "object":
        properties = node.get("properties", {})
        return {key: _instance(value, root, key, number) for key, value in properties.items()}
    if node.get("type") == "array":
        count = node.get("minItems", 1)
        return [_instance(node["items"], root, name, index + 1) for index in range(count)]
    if "enum" in node:
        return node["enum"][number % len(node["enum"])]
    if node.get("type") in ("number", "integer"):
        return number
    return f"The keeper lights lamp {number}." if name == "narration" else f"{name} {number}"


def _pieces(model: Model, behaviour: Behaviour) -> Iterator[dict[str, Any]]:
    # ollama._types.ChatResponse and Message
    base = {"model": model.name, "created_at": _NOW, "done": False}
    if isinstance(behaviour, Refuse):
        return
    size = behaviour.piece if isinstance(behaviour, Say) else 40
    thinking = behaviour.thinking if isinstance(behaviour, Say) else ""
    for start in range(0, len(thinking), size):
        piece = {"role": "assistant", "content": "", "thinking": thinking[start : start + size]}
        yield {**base, "message": piece}
    text = behaviour.text or ""
    for start in range(0, len(text), size):
        yield {**base, "message": {"role": "assistant", "content": text[start : start + size]}}


def _last(model: Model, behaviour: Say) -> dict[str, Any]:
    # ollama._types.BaseGenerateResponse; durations in nanoseconds
    return {
        "model": model.name,
        "created_at": _NOW,
        "message": {"role": "assistant", "content": ""},
        "done": True,
        "done_reason": behaviour.done_reason,
        "total_duration": 4883583458,
        "load_duration": 1334875,
        "prompt_eval_count": 26,
        "prompt_eval_duration": 342546000,
        "eval_count": max(len(behaviour.text or "") // 4, 1),
        "eval_duration": 4535599000,
    }


def _whole(model: Model, behaviour: Behaviour) -> dict[str, Any]:
    if not isinstance(behaviour, Say):
        return {"error": "this behaviour needs a stream"}
    message = {"role": "assistant", "content": behaviour.text or ""}
    if behaviour.thinking:
        message["thinking"] = behaviour.thinking
    return {**_last(model, behaviour), "message": message}


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
