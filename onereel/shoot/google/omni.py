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

from ...cast.picture import Picture
from ...errors import Expired, OneReelError, ReplaceMedia, TryAgain
from ...google.client import Client, gemini_access
from ...google.safety import charged, is_refusal, reasons
from ...google.told import read_error
from ...google.wire import Exchange
from ...home import Home
from ...remote import Patience
from ..buying.service import Broken, Found, NotSubmitted, Refused, RemoteFile, Submitted
from ..shot import Shot
from .answers import receipt
from .download import Downloads, Original
from .failures import not_submitted, refused, unanswered
from .omni_found import omni_found
from .pictures import png

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
_FILE = r"(?:^|/)files/([A-Za-z0-9_-]+)(?::download)?(?:\?.*)?$"


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
        # What is paid is given up only on the second word.
        for patience in (self._patience.base, None):
            exchange = await client.ask(
                lambda sdk: sdk.interactions.get(operation, stream=False),
                seconds=self._patience.transfer,
            )
            answer = await asyncio.to_thread(exchange.json)
            if exchange.status == 200 and isinstance(answer, dict) and "status" in answer:
                return await asyncio.to_thread(omni_found, answer, shot.model)
            if found := _refusal(exchange, shot.model):
                return found
            error = unanswered(exchange, host=client.host, model=shot.model)
            if not isinstance(error, Expired):
                break
            if patience is None:
                return Broken(error, receipt(answer))
            await asyncio.sleep(patience)
        raise error

    async def fetch(self, file: RemoteFile, destination: Path) -> None:
        """See `VideoService.fetch`."""
        if file.data:
            await asyncio.to_thread(destination.write_bytes, file.data)
            return
        # Only the name is taken from the answer: the key goes to no other host.
        named = re.search(_FILE, file.uri)
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
                client = Client(self._access, self._patience, interactions=True)
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
        content += [self._image(shot, picture) for picture in (*pictures, *shot.references)]
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

    def _image(self, shot: Shot, picture: Picture) -> dict[str, Any]:
        data = base64.b64encode(png(self._home, shot, picture)).decode("ascii")
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


def _refusal(exchange: Exchange, model: str) -> Refused | None:
    """A safety filter's word, where a look is answered with it."""
    told = read_error(exchange.json())
    if exchange.status != 400 or told is None or not is_refusal(told.all):
        return None
    said = reasons([told.message])
    return Refused(refused(said, model), receipt(exchange.json()), said, charged([told.message]))
