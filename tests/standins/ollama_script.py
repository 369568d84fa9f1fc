"""What the Ollama stand-in plays: its models, and how each answer goes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

__all__ = ["Behaviour", "Break", "Cut", "Hang", "Model", "Refuse", "Say"]


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
