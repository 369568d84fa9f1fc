"""Cloud Storage's JSON API, and the token endpoint that opens it.

Objects: https://docs.cloud.google.com/storage/docs/json_api/v1/objects (get, list, delete, insert
with uploadType=media). Tokens: `google.oauth2._client.jwt_grant` and `refresh_grant` send a form
and parse `access_token` and `expires_in`; the assertion's claims are RFC 7523's.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote

from .answers import Failure, Reply
from .google_errors import google_error
from .service import Call
from .world import Stored, World

__all__ = ["BUCKET", "Bucket", "Tokens", "ranged"]

BUCKET = "onereel-takes"


class Bucket:
    """Every bucket of the owner: `buckets` are those that exist."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.buckets = {BUCKET}

    def about(self, call: Call) -> tuple[str, str]:
        bucket, name = call.match["bucket"], unquote(call.match["name"])
        stored = self._world.objects(bucket)[name]
        return stored.operation, stored.clip.prompt if stored.clip else name

    def about_list(self, call: Call) -> tuple[str, str]:
        prefix = parse_qs(call.request.query)["prefix"][-1]
        for name, stored in self._world.objects(call.match["bucket"]).items():
            if name.startswith(prefix) and stored.clip:
                return stored.operation, stored.clip.prompt
        return "", prefix

    def bucket(self, call: Call) -> Reply:
        self._exists(call)
        name = call.match["bucket"]
        return Reply(
            {"kind": "storage#bucket", "id": name, "name": name, "location": "US-CENTRAL1"}
        )

    def get(self, call: Call) -> Reply:
        """Objects: get; metadata, or the bytes with alt=media."""
        stored = self._object(call)
        if parse_qs(call.request.query).get("alt", ["json"])[-1] != "media":
            return Reply(self._resource(call, stored))
        return ranged(stored.data, stored.mime, call.request.headers.get("range", ""))

    def list(self, call: Call) -> Reply:
        """Objects: list, with prefix, maxResults and pageToken."""
        self._exists(call)
        query = {name: values[-1] for name, values in parse_qs(call.request.query).items()}
        objects = self._world.objects(call.match["bucket"])
        names = sorted(name for name in objects if name.startswith(query.get("prefix", "")))
        start = int(query.get("pageToken") or 0)
        stop = start + int(query.get("maxResults") or 1000)
        body: dict[str, Any] = {"kind": "storage#objects"}
        # A page without objects has no `items`, and the last page no `nextPageToken`.
        if names[start:stop]:
            body["items"] = [self._resource(call, objects[name]) for name in names[start:stop]]
        if stop < len(names):
            body["nextPageToken"] = str(stop)
        return Reply(body)

    def insert(self, call: Call) -> Reply:
        """Objects: insert, uploadType=media."""
        self._exists(call)
        query = {name: values[-1] for name, values in parse_qs(call.request.query).items()}
        if query.get("uploadType") != "media" or not query.get("name"):
            raise google_error(400, "Only uploadType=media with a name is known here.")
        mime = call.request.headers.get("content-type", "application/octet-stream")
        name = f"{call.match['bucket']}/{query['name']}"
        stored = Stored(name, content=call.request.body, mime=mime, created=time.time())
        self._world.put(stored)
        return Reply(self._resource(call, stored))

    def delete(self, call: Call) -> Reply:
        stored = self._object(call)
        self._world.remove(stored.name)
        return Reply(b"", 204)

    def _exists(self, call: Call) -> None:
        if call.match["bucket"] not in self.buckets:
            raise google_error(404, "The specified bucket does not exist.")

    def _object(self, call: Call) -> Stored:
        self._exists(call)
        bucket, name = call.match["bucket"], unquote(call.match["name"])
        stored = self._world.objects(bucket).get(name)
        if stored is None:
            raise google_error(404, f"No such object: {bucket}/{name}")
        return stored

    def _resource(self, call: Call, stored: Stored) -> dict[str, Any]:
        bucket, _, name = stored.name.partition("/")
        data = stored.data
        created = datetime.fromtimestamp(stored.created, UTC).isoformat().replace("+00:00", "Z")
        host = call.request.headers.get("host", "")
        return {
            "kind": "storage#object",
            "id": f"{stored.name}/1",
            "name": name,
            "bucket": bucket,
            "generation": "1",
            "metageneration": "1",
            "contentType": stored.mime,
            "storageClass": "STANDARD",
            "size": str(len(data)),
            "md5Hash": base64.b64encode(hashlib.md5(data).digest()).decode(),
            "timeCreated": created,
            "updated": created,
            "mediaLink": f"http://{host}/download/storage/v1/b/{bucket}/o/{name}?alt=media",
        }


def ranged(data: bytes, mime: str, asked: str) -> Reply:
    """A clip, or the part of it that a Range header asks for (RFC 9110, 14)."""
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", asked)
    if match is None or not any(match.groups()):
        return Reply(data, content_type=mime, media=True, headers={"Accept-Ranges": "bytes"})
    first, last = match.groups()
    start = int(first) if first else max(len(data) - int(last), 0)
    stop = min(int(last) + 1, len(data)) if first and last else len(data)
    if start >= len(data):
        raise Failure(416, {"error": {"code": 416, "message": "Requested range not satisfiable"}})
    headers = {"Content-Range": f"bytes {start}-{stop - 1}/{len(data)}"}
    return Reply(data[start:stop], 206, content_type=mime, media=True, headers=headers)


class Tokens:
    """The OAuth token endpoint."""

    def __init__(self, world: World, account: str) -> None:
        self._world = world
        self._account = account
        self.lifetime = 3599

    def grant(self, call: Call) -> Reply:
        form = {key: values[-1] for key, values in parse_qs(call.request.body.decode()).items()}
        kind = form.get("grant_type", "")
        if kind == "urn:ietf:params:oauth:grant-type:jwt-bearer":
            if self._issuer(form.get("assertion", "")) != self._account:
                raise _denied("Invalid JWT Signature.")
        elif kind != "refresh_token" or not form.get("refresh_token"):
            raise _denied("Bad Request")
        token = f"standin-token-{self._world.name().hex}"
        self._world.issue(token)
        return Reply({"access_token": token, "expires_in": self.lifetime, "token_type": "Bearer"})

    def _issuer(self, assertion: str) -> str:
        """Read who signed; the signature is not checked, the claims are."""
        try:
            claims = assertion.split(".")[1]
            data = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
            return str(data["iss"]) if data["exp"] > time.time() else ""
        except (IndexError, KeyError, ValueError):
            return ""


def _denied(words: str) -> Failure:
    # google.oauth2._client._handle_error_response
    return Failure(400, {"error": "invalid_grant", "error_description": words})
