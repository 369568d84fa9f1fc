"""Omni on the Gemini API, through Interactions: https://ai.google.dev/gemini-api/docs/interactions."""

from __future__ import annotations

import asyncio
import base64
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ...errors import Expired, OneReelError, ReplaceMedia, ServiceError, TryAgain, WaitForQuota
from ...home import Home
from ...remote import Patience
from ..service import (
    Broken,
    Delivered,
    Found,
    NotSubmitted,
    Pending,
    Refused,
    RemoteFile,
    Submitted,
)
from ..shot import Picture, Shot
from .answers import decoded, receipt
from .client import Client, gemini_access
from .download import Downloads, Original
from .failures import Told, not_submitted, of_operation, read_error, refused, unanswered
from .pictures import png
from .safety import charged, is_refusal, reasons
from .wire import Exchange

if TYPE_CHECKING:
    from ...settings import GoogleSettings

__all__ = ["Omni"]

_TASKS = {
    "text": "text_to_video",
    "image": "image_to_video",
    "frames": "image_to_video",
    "references": "reference_to_video",
    "extend": "extend",
}
_ENDED = ("completed", "incomplete", "budget_exceeded", "requires_action", "requires_continuation")
_ENDED_BADLY = re.compile(r"fail|error|cancel|expire|reject|abort", re.IGNORECASE)
_FILE = re.compile(r"(?:^|/)files/([A-Za-z0-9_-]+)(?::download)?(?:\?.*)?$")


class Omni:
    """Omni, with a Gemini API key."""

    def __init__(
        self, settings: GoogleSettings, home: Home, *, patience: Patience = Patience()
    ) -> None:
        self._access = gemini_access(settings)
        self._home = home
        self._patience = patience
        self._downloads = Downloads(patience)
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._opened: Client | None = None

    @property
    def host(self) -> str:
        """The host that is asked for clips."""
        return self._access.host

    async def __aenter__(self) -> Self:
        """Open; connections are made on first use."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close every connection."""
        await self._stack.aclose()

    async def check(self) -> str:
        """See `VideoService.check`: lists the models, which is free."""
        client = await self._client()
        exchange = await client.ask(
            lambda sdk: sdk.models.list(config={"page_size": 1}), seconds=self._patience.check
        )
        if exchange.status != 200 or exchange.json() is None:
            raise unanswered(exchange, host=client.host)
        return f"Gemini API: {client.host} takes the key."

    async def submit(
        self,
        shot: Shot,
        *,
        folder: str,
        before_sending: Callable[[], Awaitable[None]],
        extends: RemoteFile | None = None,
    ) -> Submitted | NotSubmitted:
        """See `VideoService.submit`."""
        try:
            client = await self._client()
            request = await asyncio.to_thread(self._request, shot, extends)
        except OneReelError as error:
            return NotSubmitted("rejected", error)
        exchange = await client.ask(
            lambda sdk: sdk.interactions.create(**request), before_sending=before_sending
        )
        answer = exchange.json()
        if exchange.status == 200 and isinstance(answer, dict) and answer.get("id"):
            return Submitted(str(answer["id"]))
        return not_submitted(exchange, host=client.host, model=shot.model)

    async def look(self, operation: str, shot: Shot) -> Found:
        """See `VideoService.look`."""
        client = await self._client()
        exchange = await client.ask(
            lambda sdk: sdk.interactions.get(operation, stream=False),
            seconds=self._patience.transfer,
        )
        answer = await asyncio.to_thread(exchange.json)
        if exchange.status == 200 and isinstance(answer, dict) and "status" in answer:
            return await asyncio.to_thread(_found, answer, shot.model)
        return _unknown(exchange, client.host, shot.model)

    async def fetch(self, file: RemoteFile, destination: Path) -> None:
        """See `VideoService.fetch`."""
        if file.data:
            await asyncio.to_thread(destination.write_bytes, file.data)
            return
        # Only the name is taken from the answer: the key goes to no other host.
        named = _FILE.search(file.uri)
        if named is None:
            raise Expired(f"The address of this clip, {file.uri[:200]}, is none of Google's files.")
        client = await self._client()
        original = await self._ready(client, named[1])
        await self._downloads.get(
            client.http,
            f"{self._access.address.rstrip('/')}/v1/files/{named[1]}:download?alt=media",
            destination,
            original=original,
            headers={"x-goog-api-key": self._access.key},
        )

    async def find(self, folder: str) -> tuple[RemoteFile, ...] | None:
        """See `VideoService.find`: the Gemini API writes to no bucket."""
        return None

    async def delete(self, operation: str) -> None:
        """See `VideoService.delete`: cancels what still runs, then forgets it."""
        client = await self._client()
        await client.ask(lambda sdk: sdk.interactions.cancel(operation))
        exchange = await client.ask(lambda sdk: sdk.interactions.delete(operation))
        if exchange.status is None or exchange.status >= 400:
            error = unanswered(exchange, host=client.host)
            if not isinstance(error, Expired):
                raise error

    async def _client(self) -> Client:
        async with self._opening:
            if self._opened is None:
                client = Client(self._access, self._patience)
                self._opened = await self._stack.enter_async_context(client)
        return self._opened

    async def _ready(self, client: Client, name: str) -> Original:
        """Wait until a file can be downloaded: a clip may be done before its file is ACTIVE."""
        deadline = time.monotonic() + self._patience.call
        while True:
            exchange = await client.ask(lambda sdk: sdk.files.get(name=f"files/{name}"))
            answer = exchange.json()
            if exchange.status != 200 or not isinstance(answer, dict):
                raise unanswered(exchange, host=client.host)
            state = str(answer.get("state", "ACTIVE")).upper()
            if state == "FAILED":
                raise Expired(f"{client.host} could not keep this clip; it is lost there.")
            if state != "PROCESSING":
                size = str(answer.get("sizeBytes", ""))
                return Original(int(size) if size.isdecimal() else 0)
            if time.monotonic() > deadline:
                raise TryAgain(f"{client.host} is not ready to hand out a clip; run again.")
            await asyncio.sleep(self._patience.base)

    def _request(self, shot: Shot, extends: RemoteFile | None) -> dict[str, Any]:
        """The request for a shot; what the shot leaves to the model stays out of it."""
        config: dict[str, Any] = {"video_config": {"task": _TASKS[shot.task]}}
        if shot.seed is not None:
            config["seed"] = shot.seed
        content: list[dict[str, Any]] = [{"type": "text", "text": _words(shot)}]
        pictures = [picture for picture in (shot.first, shot.last) if picture]
        content += [self._image(picture) for picture in (*pictures, *shot.references)]
        more: dict[str, Any] = {}
        if extends is not None and extends.operation:
            more["previous_interaction_id"] = extends.operation
        elif extends is not None:
            content.append(_video(extends))
        return {
            **more,
            "model": shot.model,
            # It goes on when nobody listens, can be asked for by its id for days, and is never
            # continued by the SDK on its own, which would be further paid requests.
            "background": True,
            "store": True,
            "input": [{"type": "user_input", "content": content}],
            "response_format": {
                "type": "video",
                "resolution": shot.resolution,
                "aspect_ratio": shot.aspect,
                "duration": f"{shot.duration}s",
                "delivery": "uri",
            },
            "generation_config": config,
        }

    def _image(self, picture: Picture) -> dict[str, Any]:
        data = base64.b64encode(png(self._home, picture)).decode("ascii")
        return {"type": "image", "data": data, "mime_type": "image/png"}


def _words(shot: Shot) -> str:
    """The prompt; two pictures are told to be frames by tags in it, and by nothing else.

    https://ai.google.dev/gemini-api/docs/omni (2026-09-18), "Tags in the prompt".
    """
    if shot.task != "frames" or "<LAST_FRAME>" in shot.prompt:
        return shot.prompt
    return f"<FIRST_FRAME> <LAST_FRAME> {shot.prompt}"


def _video(clip: RemoteFile) -> dict[str, Any]:
    if not clip.data:
        # "HTTP video input is not supported by the model": github.com/Comfy-Org/ComfyUI/pull/15014
        raise ReplaceMedia("Omni goes on only from a take that is on disk; shoot that take first.")
    data = base64.b64encode(clip.data).decode("ascii")
    return {"type": "video", "data": data, "mime_type": clip.mime}


def _unknown(exchange: Exchange, host: str, model: str) -> Found:
    error = unanswered(exchange, host=host, model=model)
    told = read_error(exchange.json())
    if exchange.status == 400 and told is not None and is_refusal(told.all):
        said = reasons([told.message])
        return Refused(
            refused(said, model), receipt(exchange.json()), said, charged([told.message])
        )
    if isinstance(error, Expired):
        return Broken(error, receipt(exchange.json()))
    raise error


def _found(answer: dict[str, Any], model: str) -> Found:
    status = str(answer["status"])
    # A word that nobody knows yet: a paid clip may still come.
    if status not in _ENDED and not _ENDED_BADLY.search(status):
        return Pending()
    kept = receipt(answer)
    files, texts = _outputs(answer)
    if files:
        return Delivered(files, kept)
    paid = _video_tokens(answer)
    errors = [error for error in map(read_error, _errors(answer)) if error]
    words = [*(error.all for error in errors), *texts, str(answer.get("finish_reason", ""))]
    if any(is_refusal(text) for text in words) or (status == "completed" and texts and not paid):
        said = reasons([*(error.message for error in errors), *texts])
        cost = charged(said) if paid is None else bool(paid)
        return Refused(refused(said, model), kept, reasons=said, charged=cost)
    if paid:
        return Broken(
            TryAgain(
                f"{model} was paid for {paid} tokens of video, but delivered no clip: ask Google"
                " for the money back with the evidence that OneReel keeps."
            ),
            kept,
            charged=True,
        )
    return Broken(_ending(status, errors, model), kept, charged=None if paid is None else False)


def _ending(status: str, errors: list[Told], model: str) -> ServiceError:
    if status == "budget_exceeded":
        return WaitForQuota(f"{model} stopped at the budget of its project: raise it at Google.")
    if errors:
        return of_operation(errors[0], model)
    return TryAgain(f"{model} ended as {status!r} without a clip; run again.")


def _outputs(answer: dict[str, Any]) -> tuple[tuple[RemoteFile, ...], list[str]]:
    """The clips and the texts of an interaction."""
    files: list[RemoteFile] = []
    texts: list[str] = []
    for step in answer.get("steps") or []:
        if not isinstance(step, dict) or step.get("type") != "model_output":
            continue
        for item in step.get("content") or []:
            kind = item.get("type") if isinstance(item, dict) else None
            if kind == "text" and item.get("text"):
                texts.append(str(item["text"]))
            elif kind == "video" and (file := _file(item)):
                files.append(file)
    return tuple(files), texts


def _file(item: dict[str, Any]) -> RemoteFile | None:
    mime = str(item.get("mime_type") or "video/mp4")
    if uri := item.get("uri"):
        return RemoteFile(uri=str(uri), mime=mime)
    if data := item.get("data"):
        return RemoteFile(data=decoded(str(data)), mime=mime)
    return None


def _errors(answer: dict[str, Any]) -> list[Any]:
    listed = answer.get("errors")
    errors = listed if isinstance(listed, list) else []
    return [*errors, answer["error"]] if answer.get("error") else errors


def _video_tokens(answer: dict[str, Any]) -> int | None:
    """Tokens of video that count as used; None where the service does not say."""
    usage = answer.get("usage")
    if not isinstance(usage, dict):
        return None
    counts = usage.get("output_tokens_by_modality")
    if not isinstance(counts, list):
        return None
    return sum(
        int(count.get("tokens") or 0)
        for count in counts
        if isinstance(count, dict) and str(count.get("modality")).lower() == "video"
    )
