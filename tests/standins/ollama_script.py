"""What the Ollama stand-in plays: its models, and how each answer goes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

__all__ = [
    "Behaviour",
    "Break",
    "Cut",
    "Hang",
    "Model",
    "Refuse",
    "Say",
    "bounded",
    "tokens",
    "what_is_seen",
]

_KEEP = 4
"""Tokens of its start that a prompt keeps when the rest is cut: Ollama's num_keep."""
_BYTES = 4
"""Bytes of a token, about, of the models that Ollama runs."""


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


def tokens(text: str) -> int:
    """How many tokens a text has, about."""
    return -(-len(text.encode()) // _BYTES)


def what_is_seen(messages: Sequence[Mapping[str, str]], num_ctx: int) -> str:
    """What of a conversation the model gets to see.

    Ollama's server/prompt.go, `chatPrompt`: the oldest messages are left out until the prompt fits
    into the context, but for system messages and the last one. What is still too long loses its
    beginning: its log says "truncating input prompt" limit=2050 prompt=8707 keep=4 where num_ctx is
    4096, so the first four tokens stay, and of the end as many as fill half of the context. The
    client is told nothing.
    """
    at = 0
    while True:
        left = [each for each in messages[:at] if each["role"] == "system"] + list(messages[at:])
        prompt = "\n".join(each["content"] for each in left)
        if tokens(prompt) <= num_ctx:
            return prompt
        if at >= len(messages) - 1:
            break
        at += 1
    data = prompt.encode()
    end = data[-_BYTES * ((num_ctx - _KEEP) // 2) :]
    return (data[: _BYTES * _KEEP] + end).decode("utf-8", "ignore")


def bounded(said: Say, prompt: str, options: Mapping[str, Any], num_ctx: int) -> Say:
    """An answer as long as num_predict and the context allow; beyond, it ends for its length.

    With `--context-shift`, as Ollama starts its runner, a longer one would go on and forget the
    beginning of its own question, which is worse.
    """
    text = said.text or ""
    most = min(options.get("num_predict", num_ctx), num_ctx - tokens(prompt))
    if tokens(text) <= most:
        return said
    cut = text.encode()[: max(most, 0) * _BYTES].decode("utf-8", "ignore")
    return replace(said, text=cut, done_reason="length")
