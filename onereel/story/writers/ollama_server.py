"""The Ollama server: how to reach it, what its failures mean, and how to free its memory."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

from ...errors import (
    AddKey,
    ChooseAnotherModel,
    PullModel,
    ReviseSetting,
    ServiceError,
    StartOllama,
    TryAgain,
)
from ...settings import OllamaSettings
from ...web import certificates, is_local

if TYPE_CHECKING:
    import httpx
    import ollama

__all__ = ["chat", "connected", "in_our_words", "release"]

_CONNECT = 10.0
"""Seconds to wait for a connection; the settings' time-out is for a model that loads or thinks."""

_LOOK = 0.1
"""Seconds between two looks at the list of loaded models."""

_log = logging.getLogger("onereel")


@asynccontextmanager
async def connected(settings: OllamaSettings) -> AsyncIterator[ollama.AsyncClient]:
    """Lend a client of the server that the settings name; it closes with the block.

    Raises:
        ReviseSetting: the host is no address.
    """
    import httpx
    import ollama

    key = settings.api_key.get_secret_value()
    try:
        client = ollama.AsyncClient(
            host=settings.host,
            headers={"authorization": f"Bearer {key}"} if key else None,
            # The client's own default is to wait for ever.
            timeout=httpx.Timeout(settings.timeout, connect=min(settings.timeout, _CONNECT)),
            auth=_key_for_its_own_host,
            verify=certificates(),
            trust_env=not is_local(settings.host),
        )
    except (ValueError, httpx.InvalidURL) as error:
        raise ReviseSetting(
            f"{settings.host!r} is no address of a server ({error}); correct host under [ollama]"
            " in the settings file, for example http://127.0.0.1:11434."
        ) from None
    async with client:
        yield client


@contextmanager
def in_our_words(settings: OllamaSettings, model: str = "") -> Iterator[None]:
    """Turn the client's errors into ours.

    Raises:
        StartOllama: nothing answers at the address, or something that is not Ollama.
        PullModel: the server does not have the model.
        ChooseAnotherModel: the model cannot chat, or is too big for the machine.
        AddKey: the server wants to know who asks.
        ReviseSetting: the host is no HTTP address.
        TryAgain: the server was silent for too long, broke off or failed.
    """
    import httpx
    import ollama

    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, ConnectionError):
        # The client turns ConnectError into ConnectionError, but not when it streams.
        raise StartOllama(
            f"Nothing answers at {settings.host}: start Ollama (open its app or run `ollama"
            " serve`), or correct host under [ollama] in the settings file."
        ) from None
    except httpx.TimeoutException:
        raise TryAgain(
            f"Ollama sent nothing for {settings.timeout:g} s: run again, choose a smaller model, or"
            " raise timeout under [ollama] in the settings file."
        ) from None
    except httpx.UnsupportedProtocol:
        raise ReviseSetting(
            f"{settings.host!r} is no HTTP address; correct host under [ollama] in the settings"
            " file, for example http://127.0.0.1:11434."
        ) from None
    except httpx.HTTPError as error:
        raise TryAgain(
            f"Ollama broke off in the middle of its answer ({_one_line(str(error))}); run again."
        ) from None
    except ollama.ResponseError as error:
        raise _refusal(error, settings, model) from None
    except (ValueError, TypeError):
        raise _not_ollama(settings) from None


async def chat(
    client: ollama.AsyncClient,
    *,
    settings: OllamaSettings,
    model: str,
    messages: Sequence[Mapping[str, str]],
    think: bool | None,
    schema: Mapping[str, Any],
    options: Mapping[str, Any],
) -> AsyncGenerator[ollama.ChatResponse, None]:
    """Stream one answer, piece by piece.

    A model that refuses the parameter `think` is asked again without it.

    Raises:
        ServiceError: see `in_our_words`.
    """
    import ollama

    with in_our_words(settings, model):
        for asked in (think, None):
            try:
                pieces: Any = await client.chat(
                    model=model,
                    messages=messages,
                    stream=True,
                    think=asked,
                    format=dict(schema),
                    options=options,
                )
                async with aclosing(pieces):
                    async for piece in pieces:
                        yield piece
                return
            except ollama.ResponseError as error:
                if asked is None or error.status_code != 400 or "think" not in error.error:
                    raise


async def release(client: ollama.AsyncClient, model: str, *, patience: float) -> bool:
    """Ask the server to unload a model, and look until it is gone; `patience` is in seconds.

    Returns:
        Whether the model is gone. It is no error if it is not: the film is written all the same.
    """
    import httpx
    import ollama

    try:
        async with asyncio.timeout(patience):
            await client.generate(model=model, keep_alive=0)
            while _full_name(model) in {
                _full_name(loaded.model or "") for loaded in (await client.ps()).models
            }:
                await asyncio.sleep(_LOOK)
    except (TimeoutError, httpx.TimeoutException, ollama.ResponseError):
        _log.warning("Ollama still holds %s in memory.", model)
        return False
    except (httpx.HTTPError, ConnectionError, ValueError):
        # Nobody answers there, or not as Ollama does: then nobody holds it either.
        return False
    return True


def _refusal(error: ollama.ResponseError, settings: OllamaSettings, model: str) -> ServiceError:
    words = _one_line(str(error.error))
    status = error.status_code
    if status == 404:
        return _missing(words, settings, model)
    if status in (401, 403):
        return AddKey(
            f"Ollama wants to know who asks ({words}): run `ollama signin`, or for"
            " https://ollama.com `python -m onereel settings set ollama-api-key`."
        )
    if "memory" in words.lower():
        return ChooseAnotherModel(f"{model} does not fit ({words}); choose a smaller model.")
    if status == 400:
        return ChooseAnotherModel(f"{model} cannot write ({words}); choose another model.")
    return TryAgain(f"Ollama failed ({words}); run again.")


def _missing(words: str, settings: OllamaSettings, model: str) -> ServiceError:
    if model and "not found" in words and "model" in words:
        return PullModel(
            f"Ollama does not have {model}: run `ollama pull {model}`, or choose another model."
        )
    return _not_ollama(settings)


def _not_ollama(settings: OllamaSettings) -> StartOllama:
    return StartOllama(
        f"Something answers at {settings.host}, but not as Ollama does; start Ollama there, or"
        " correct host under [ollama] in the settings file."
    )


def _key_for_its_own_host(request: httpx.Request) -> httpx.Request:
    # The client would send a key, and OLLAMA_API_KEY too, to whatever host it is given.
    if request.url.host != "ollama.com" or request.url.scheme != "https":
        request.headers.pop("authorization", None)
    return request


def _full_name(model: str) -> str:
    return model if ":" in model.rsplit("/", 1)[-1] else f"{model}:latest"


def _one_line(words: str) -> str:
    return " ".join(words.split())[:200]
