"""A stand-in for the Ollama server, as the Python client ollama 0.6.3 knows it.

Sources of the bodies: `ollama._types` (what the client parses) and Ollama's docs/api.md. The client
asks `/api/chat`, `/api/generate`, `/api/tags`, `/api/show`, `/api/ps`, `/api/pull`
(`ollama._client.AsyncClient`); streams are NDJSON, one object a line, and a line with the key
"error" is a fault in mid-stream (`AsyncClient._request`). The words of its errors are those of
Ollama's server/routes.go; those of `Break` and of any 500 are invented
(U29).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .answers import Reply
from .ollama_script import (
    Behaviour,
    Break,
    Cut,
    Hang,
    Model,
    Refuse,
    Say,
    bounded,
    what_is_seen,
)
from .schema import answer_for
from .server import Exchange
from .service import Call, Route, Service

__all__ = ["Break", "Cut", "Hang", "Model", "OllamaStandIn", "Refuse", "Say"]

_CONTEXT = 4096
"""Tokens, where a request names none: Ollama's default below 24 GiB of video memory (ollama.md)."""
_NOW = "2026-11-21T12:00:00.000000Z"
_PULLED = {"status": "success"}


@dataclass
class OllamaStandIn(Service):
    """An Ollama server that plays a script, besides the fault plan of every service.

    `chats` are the answers to /api/chat in order; when they are used up, `writes` is asked for one
    with what the model sees of the prompt and the request, and else it answers well. `faults` maps
    another path to behaviours that go before its good answer. An unloaded model is still
    listed by /api/ps `lingers` times.
    """

    chats: list[Behaviour] = field(default_factory=list)
    writes: Callable[[str, Any], Behaviour] | None = None
    seen: list[str] = field(default_factory=list)
    """What the model saw of each chat's prompt: all of it, where that fits into the context."""
    models: tuple[Model, ...] = (Model(),)
    faults: dict[str, list[Behaviour]] = field(default_factory=dict)
    library: tuple[Model, ...] = (Model("qwen3:8b"), Model())
    """What can be pulled."""
    pull_pause: float = 0.0
    """Seconds before each line of a pull."""
    lingers: int = 0
    loaded: dict[str, int | None] = field(default_factory=dict)
    """Loaded models; a number counts how often an unloaded one is still listed."""

    def __post_init__(self) -> None:
        super().__init__()

    def asked(self, path: str) -> list[Any]:
        """The bodies of the requests to `path`, in order."""
        with self.lock:
            return [request.json for request in self.requests if request.path == path]

    def routes(self) -> tuple[Route, ...]:
        return (
            self._route("GET", "/api/tags", "models", self._tags),
            self._route("GET", "/api/ps", "models", self._ps),
            self._route("POST", "/api/show", "models", self._show),
            self._route("POST", "/api/chat", "chat", self._chat),
            self._route("POST", "/api/generate", "chat", self._generate),
            self._route("POST", "/api/pull", "download", self._pull),
        )

    def nowhere(self) -> Reply:
        return Reply(b"404 page not found", 404, "text/plain")

    def _route(
        self, method: str, path: str, where: str, answer: Callable[[Exchange], None]
    ) -> Route:
        """A path whose scripted behaviours go before its good answer."""

        def play(call: Call) -> None:
            with self.lock:
                queue = self.faults.get(path, [])
                behaviour = queue.pop(0) if queue else None
            match behaviour:
                case Refuse(status=status, error=error):
                    call.exchange.send(status, {"error": error})
                case Hang():
                    call.exchange.hang()
                case Cut():
                    call.exchange.drop()
                case _:
                    answer(call.exchange)

        return Route(method, path, where, play, _about)

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
        # ollama._types.ProgressResponse; docs/api.md, "Pull a Model"
        request = exchange.request.json
        name = request["model"] if ":" in request["model"] else f"{request['model']}:latest"
        found = next((model for model in self.library if model.name == name), None)
        # In mid-stream after a 200, where the client asked for a stream (U28).
        error = None if found else {"error": "pull model manifest: file does not exist"}
        if not request.get("stream", True):
            self._have(found)
            exchange.send(500 if error else 200, error or _PULLED)
        else:
            exchange.start_stream(content_type="application/x-ndjson")
            for line in [error] if error else _progress(found.digest if found else ""):
                exchange.pause(self.pull_pause)
                # The manifest is on the disk before the last line says so.
                if line == _PULLED:
                    self._have(found)
                exchange.send_chunk(_line(line))
            exchange.end_stream()

    def _have(self, model: Model | None) -> None:
        with self.lock:
            if model and model not in self.models:
                self.models = (*self.models, model)

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
        options = request.get("options") or {}
        num_ctx = min(options.get("num_ctx", _CONTEXT), model.context_length)
        seen = what_is_seen(request["messages"], num_ctx)
        with self.lock:
            self.loaded[model.name] = None
            self.seen.append(seen)
            scripted = self.chats.pop(0) if self.chats else None
        behaviour = scripted or (self.writes(seen, request) if self.writes else Say())
        if isinstance(behaviour, Refuse):
            return exchange.send(behaviour.status, {"error": behaviour.error})
        if isinstance(behaviour, Say) and behaviour.text is None:
            behaviour = Say(answer_for(request.get("format") or {}), pause=behaviour.pause)
        if isinstance(behaviour, Say):
            behaviour = bounded(behaviour, seen, options, num_ctx)
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


def _about(call: Call) -> tuple[str, str]:
    """The last message of a chat, or the model that is meant."""
    body = call.request.json
    return body.get("model", ""), body["messages"][-1]["content"] if "messages" in body else ""


def _progress(digest: str) -> Iterator[dict[str, Any]]:
    """The lines of a pull; a layer is named by the first twelve digits of its digest."""
    yield {"status": "pulling manifest"}
    layer = {"status": f"pulling {digest[:12]}", "digest": f"sha256:{digest}", "total": 2019393189}
    yield layer
    for tenth in range(1, 11):
        yield {**layer, "completed": 2019393189 * tenth // 10}
    yield {"status": "verifying sha256 digest"}
    yield {"status": "writing manifest"}
    yield _PULLED


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
