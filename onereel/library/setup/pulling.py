"""Language models fetched by the user's own Ollama server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from ...errors import ChooseAnotherModel, TryAgain
from ...settings import OllamaSettings
from ...story.writers.ollama_server import connected, in_our_words
from ...work import Progress
from .parts import full_name

if TYPE_CHECKING:
    import ollama

__all__ = ["pull", "pulled"]


async def pulled(settings: OllamaSettings) -> dict[str, int]:
    """The models that the server has, with their bytes.

    Raises:
        StartOllama: nothing answers.
        ServiceError: the server refuses.
    """
    async with connected(settings) as client:
        with in_our_words(settings):
            listed = await client.list()
    return {each.model: int(each.size or 0) for each in listed.models if each.model}


async def pull(name: str, settings: OllamaSettings, *, progress: Progress = Progress()) -> None:
    """Have the server fetch a model; safe to repeat. What a stopped pull brought stays there.

    Raises:
        ChooseAnotherModel: Ollama's library has no such model.
        StartOllama, TryAgain, ServiceError: see `ollama_server.in_our_words`.
    """
    import ollama

    name = full_name(name)
    layers: dict[str, tuple[int, int]] = {}
    last = ""
    async with connected(settings) as client:
        with in_our_words(settings, name):
            try:
                answering: Any = await client.pull(name, stream=True)
                async with aclosing(answering) as lines:
                    async for line in _lines(lines):
                        last = line.status or last
                        if line.digest and line.total:
                            layers[line.digest] = (line.completed or 0, line.total)
                        _tell(name, last, layers, progress)
            except ollama.ResponseError as error:
                if "does not exist" in error.error or "not found" in error.error:
                    raise ChooseAnotherModel(
                        f"Ollama's library has no model {name}; choose another, such as llama3.2."
                    ) from None
                raise
    if last != "success":
        raise TryAgain(
            f"Ollama stopped fetching {name}; fetch it again, and it goes on from there."
        )
    progress(1.0, f"{name} is there.")


async def _lines(answering: Any) -> AsyncIterator[ollama.ProgressResponse]:
    async for line in answering:
        yield line


def _tell(name: str, status: str, layers: dict[str, tuple[int, int]], progress: Progress) -> None:
    done = sum(completed for completed, _ in layers.values())
    total = sum(whole for _, whole in layers.values())
    if not total:
        progress(0.0, f"{name}: {status}")
        return
    note = f"{done / 1e9:.1f} of {total / 1e9:.1f} GB" if done < total else status
    # Layers are announced one by one, the largest first: the last hundredth is for the others.
    progress(min(done / total, 0.99), f"{name}: {note}")
