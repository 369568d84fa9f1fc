"""The owner's Cloud Storage bucket, where Veo leaves its clips.

JSON API: https://cloud.google.com/storage/docs/json_api/v1/objects
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, urlencode

from ...errors import AddKey, Expired, ServiceError, TryAgain
from ...google.client import no_token
from ...google.told import one_line, why_of
from ...google.wire import Exchange, host_of, http_client, watching
from ...remote import Patience
from .download import Downloads, Original
from .failures import unanswered

if TYPE_CHECKING:
    import httpx2
    from google.auth.credentials import Credentials
    from google.auth.exceptions import GoogleAuthError

__all__ = ["Bucket", "StoredObject"]

_STORAGE = "https://storage.googleapis.com"


@dataclass(frozen=True)
class StoredObject:
    """One object of a bucket; `uri` is its `gs://` address, `size` in bytes."""

    uri: str
    size: int
    mime: str


class Bucket:
    """Cloud Storage with the credentials of a Vertex client."""

    def __init__(self, credentials: Credentials, address: str, patience: Patience) -> None:
        self._credentials = credentials
        self._address = address.rstrip("/") or _STORAGE
        self._patience = patience
        self._downloads = Downloads(patience)
        self._lock = threading.Lock()
        self._http: httpx2.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        """Open.

        Raises:
            ReviseSetting: the address is no address.
        """
        self._http = await asyncio.to_thread(http_client, self._address, self._patience)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._http is not None:
            await self._http.aclose()

    async def download(self, uri: str, destination: Path) -> None:
        """Stream the object at `gs://bucket/name` into `destination`.

        Raises:
            ServiceError: it broke off, is refused, or is gone (`Expired`).
        """
        bucket, name = _split(uri)
        path = f"/storage/v1/b/{quote(bucket, safe='')}/o/{quote(name, safe='')}"
        item = await self._ask(path, bucket)
        version = str(item.get("generation", ""))
        pinned = {"alt": "media"} | ({"generation": version} if version else {})
        await self._downloads.get(
            self._client,
            f"{self._address}{path}?{urlencode(pinned)}",
            destination,
            original=Original(_number(item.get("size")), str(item.get("md5Hash", "")), version),
            headers=await self._headers(),
        )

    async def list(self, prefix: str, *, most: int | None = None) -> tuple[StoredObject, ...]:
        """List the objects under `gs://bucket/prefix`, at most `most` of them.

        Raises:
            ServiceError: the list could not be had.
        """
        bucket, start = _split(prefix)
        found: list[StoredObject] = []
        page = ""
        while True:
            asked = {"prefix": start} | ({"pageToken": page} if page else {})
            asked |= {"maxResults": str(most)} if most else {}
            path = f"/storage/v1/b/{quote(bucket, safe='')}/o?{urlencode(asked)}"
            answer = await self._ask(path, bucket)
            found += [_stored(bucket, item) for item in answer.get("items") or [] if "name" in item]
            page = str(answer.get("nextPageToken") or "")
            if not page or (most and len(found) >= most):
                return tuple(found)

    async def _ask(self, path: str, bucket: str) -> dict[str, Any]:
        import httpx2

        exchange = Exchange()
        try:
            with watching(exchange):
                async with asyncio.timeout(self._patience.call):
                    await self._client.get(self._address + path, headers=await self._headers())
        except (httpx2.HTTPError, TimeoutError) as error:
            exchange.error = error
        answer = exchange.json()
        if exchange.status == 200 and isinstance(answer, dict):
            return answer
        raise unanswered(exchange, host=host_of(self._address), model=f"the bucket {bucket}")

    @property
    def _client(self) -> httpx2.AsyncClient:
        assert self._http is not None, "used outside its block"
        return self._http

    async def _headers(self) -> dict[str, str]:
        token = await asyncio.to_thread(self._token)
        headers = {"authorization": f"Bearer {token}"}
        if project := self._credentials.quota_project_id:
            headers["x-goog-user-project"] = project
        return headers

    def _token(self) -> str:
        from google.auth.exceptions import GoogleAuthError
        from google.auth.transport.requests import Request

        with self._lock:
            try:
                if not self._credentials.valid:
                    self._credentials.refresh(Request())  # type: ignore[no-untyped-call]
            except (GoogleAuthError, AttributeError, LookupError, TypeError) as error:
                raise _unsigned(no_token(error)) from None
            return str(self._credentials.token)


def _unsigned(error: GoogleAuthError) -> ServiceError:
    from google.auth.exceptions import TransportError

    if error.retryable or isinstance(error, TransportError):
        return TryAgain(f"Google's sign-in cannot be reached ({why_of(error)}); run again.")
    return AddKey(
        f"Google's sign-in no longer works ({one_line(str(error))}): run `gcloud auth"
        " application-default login` again."
    )


def _split(uri: str) -> tuple[str, str]:
    if not uri.startswith("gs://"):
        raise Expired(f"The address of this clip, {uri[:200]}, is none of Cloud Storage.")
    bucket, _, name = uri.removeprefix("gs://").partition("/")
    return bucket, name


def _stored(bucket: str, item: Any) -> StoredObject:
    return StoredObject(
        uri=f"gs://{bucket}/{item['name']}",
        size=_number(item.get("size")),
        mime=str(item.get("contentType", "")),
    )


def _number(text: Any) -> int:
    return int(text) if str(text).isdecimal() else 0
