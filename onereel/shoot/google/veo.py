"""Veo on Vertex AI: https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/veo."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ...cast.picture import Picture
from ...errors import Expired, OneReelError
from ...google.client import Access, Client, express_access, vertex_access
from ...home import Home
from ...remote import Patience
from ..buying.service import Broken, Found, NotSubmitted, RemoteFile, Submitted
from ..shot import Shot
from .answers import receipt
from .bucket import Bucket
from .failures import not_submitted, unanswered
from .pictures import png
from .veo_found import veo_found

if TYPE_CHECKING:
    from google.genai import types

    from ...settings import GoogleSettings

__all__ = ["Veo"]

_LOCATION = r"projects/[^/]+/locations/([^/]+)/"


class Veo:
    """Veo, by project and location, or with an express key where there is no project."""

    def __init__(
        self, settings: GoogleSettings, home: Home, *, patience: Patience = Patience()
    ) -> None:
        self._settings = settings
        self._home = home
        self._patience = patience
        self._by_project = "vertex" in settings.reach()
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._clients: dict[str, Client] = {}
        self._bucket: Bucket | None = None

    @property
    def host(self) -> str:
        """The host that is asked for clips."""
        return self._access("").host

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
        """See `VideoService.check`: lists Vertex AI's models, which is free."""
        client = await self._client()
        exchange = await client.ask(
            lambda sdk: sdk.models.list(config={"page_size": 1}), seconds=self._patience.check
        )
        if exchange.status != 200 or exchange.json() is None:
            raise unanswered(exchange, host=client.host)
        if not self._by_project:
            return f"Vertex AI: {client.host} takes the express key."
        place = f"{self._settings.project}, {self._settings.location}"
        line = f"Vertex AI: {client.host} takes the sign-in ({place})."
        if self._settings.bucket and (bucket := await self._storage()):
            await bucket.list(f"{self._settings.bucket}/", most=1)
            line += f" Clips are kept in {self._settings.bucket}."
        return line

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
            source, config = await asyncio.to_thread(self._request, shot, folder, extends)
        except OneReelError as error:
            return NotSubmitted("rejected", error)
        exchange = await client.ask(
            lambda sdk: sdk.models.generate_videos(model=shot.model, source=source, config=config),
            before_sending=before_sending,
        )
        answer = exchange.json()
        if exchange.status == 200 and isinstance(answer, dict) and _is_text(answer.get("name")):
            return Submitted(answer["name"])
        return not_submitted(exchange, host=client.host, model=shot.model)

    async def look(self, operation: str, shot: Shot) -> Found:
        """See `VideoService.look`."""
        from google.genai import types

        # Where it runs, which need not be where the settings point by now.
        place = re.match(_LOCATION, operation)
        client = await self._client(place[1] if place else "")
        known = types.GenerateVideosOperation.model_validate({"name": operation})
        # What is paid is given up only on the second word.
        for patience in (self._patience.base, None):
            exchange = await client.ask(
                lambda sdk: sdk.operations.get(known), seconds=self._patience.transfer
            )
            answer = await asyncio.to_thread(exchange.json)
            if exchange.status == 200 and isinstance(answer, dict):
                return await asyncio.to_thread(veo_found, answer, shot.model)
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
        bucket = await self._storage()
        if bucket is None:
            raise Expired(
                "This clip lies in a bucket that OneReel cannot reach: sign in to its project, and"
                " name the project under [google] in the settings file."
            )
        await bucket.download(file.uri, destination)

    async def find(self, folder: str) -> tuple[RemoteFile, ...] | None:
        """See `VideoService.find`."""
        bucket = await self._storage() if self._settings.bucket else None
        if bucket is None:
            return None
        stored = await bucket.list(f"{self._settings.bucket}/{folder}/")
        return tuple(
            RemoteFile(uri=item.uri, mime=item.mime or "video/mp4")
            for item in stored
            if item.size and (item.mime.startswith("video/") or item.uri.endswith(".mp4"))
        )

    async def delete(self, operation: str) -> None:
        """Do nothing: Vertex AI has no such call for Veo."""

    def _access(self, location: str) -> Access:
        if self._by_project:
            return vertex_access(self._settings, location)
        return express_access(self._settings)

    async def _client(self, location: str = "") -> Client:
        access = self._access(location)
        async with self._opening:
            if access.location not in self._clients:
                client = Client(access, self._patience)
                self._clients[access.location] = await self._stack.enter_async_context(client)
        return self._clients[access.location]

    async def _storage(self) -> Bucket | None:
        client = await self._client()
        async with self._opening:
            if self._bucket is None and client.credentials is not None:
                bucket = Bucket(client.credentials, self._settings.storage_address, self._patience)
                self._bucket = await self._stack.enter_async_context(bucket)
        return self._bucket

    def _request(
        self, shot: Shot, folder: str, extends: RemoteFile | None
    ) -> tuple[types.GenerateVideosSource, types.GenerateVideosConfig]:
        """The request for a shot; what the shot leaves to the model stays out of it."""
        from google.genai import types

        def image(picture: Picture) -> types.Image:
            return types.Image(image_bytes=png(self._home, shot, picture), mime_type="image/png")

        source = types.GenerateVideosSource(
            prompt=shot.prompt,
            image=image(shot.first) if shot.first else None,
            video=_video(extends) if extends else None,
        )
        config = types.GenerateVideosConfig(
            number_of_videos=shot.samples,
            duration_seconds=shot.duration,
            seed=shot.seed,
            aspect_ratio=shot.aspect,
            resolution=shot.resolution,
            person_generation=shot.people or None,
            negative_prompt=shot.negative_prompt or None,
            enhance_prompt=shot.enhance,
            generate_audio=shot.sound,
            last_frame=image(shot.last) if shot.last else None,
            reference_images=[
                types.VideoGenerationReferenceImage(
                    image=image(picture),
                    reference_type=types.VideoGenerationReferenceType.ASSET,
                )
                for picture in shot.references
            ]
            or None,
            output_gcs_uri=self._output(folder),
        )
        return source, config

    def _output(self, folder: str) -> str | None:
        # With an express key nobody could fetch it from there.
        if not (self._settings.bucket and self._by_project):
            return None
        return f"{self._settings.bucket}/{folder}/"


def _video(clip: RemoteFile) -> types.Video:
    from google.genai import types

    if clip.uri:
        return types.Video(uri=clip.uri, mime_type=clip.mime)
    return types.Video(video_bytes=clip.data, mime_type=clip.mime)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)
