"""The files API of Gemini: where Omni leaves its clips.

Parsed by google-genai 3.4: `files.Files.get` (types.File) and `files.Files.download`.
"""

from __future__ import annotations

import base64
import hashlib
import time
from datetime import UTC, datetime, timedelta

from .answers import Reply
from .google_errors import google_error
from .google_storage import ranged
from .service import Call
from .video import render
from .world import Generation, World

__all__ = ["API", "Files", "file_id", "zulu"]

API = "https://generativelanguage.googleapis.com/v1"
"""`_transformers.t_file_name` takes a name only from an https URI, and the SDK puts its own base
URL before it."""
_KEPT = timedelta(hours=48)


class Files:
    """The files of interactions. `processing` is how long a new one is not ACTIVE yet."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.processing = 0.05

    def about(self, call: Call) -> tuple[str, str]:
        generation = self._holder(call.match["id"])
        return (generation.id, generation.prompt) if generation else ("", "")

    def get(self, call: Call) -> Reply:
        """GET files/{id}: types.File."""
        generation = self._file(call)
        id, clip = call.match["id"], generation.delivered[0]
        ready = generation.accepted + generation.latency
        active = time.time() >= ready + self.processing
        body = {
            "name": f"files/{id}",
            "mimeType": "video/mp4",
            "state": "ACTIVE" if active else "PROCESSING",
            "source": "GENERATED",
            "uri": f"{API}/files/{id}",
            "createTime": zulu(ready),
            "updateTime": zulu(ready),
            "expirationTime": zulu(ready + _KEPT.total_seconds()),
        }
        if active:
            data = render(clip)
            digest = hashlib.sha256(data).hexdigest().encode()
            body |= {
                "sizeBytes": str(len(data)),
                "sha256Hash": base64.b64encode(digest).decode(),
                "downloadUri": f"{API}/files/{id}:download?alt=media",
            }
        return Reply(body)

    def download(self, call: Call) -> Reply:
        """GET files/{id}:download?alt=media, with Range (U30)."""
        generation = self._file(call)
        if time.time() < generation.accepted + generation.latency + self.processing:
            # U18
            raise google_error(400, "The file is not in an ACTIVE state and usage is not allowed.")
        data = render(generation.delivered[0])
        return ranged(data, "video/mp4", call.request.headers.get("range", ""))

    def _holder(self, file: str) -> Generation | None:
        with self._world.lock:
            all_of_them = list(self._world.generations.values())
        return next((one for one in all_of_them if file_id(one.id) == file), None)

    def _file(self, call: Call) -> Generation:
        generation = self._holder(call.match["id"])
        gone = generation is None or not generation.ripe or not generation.delivered
        if generation is None or gone or generation.state:
            # The files API answers 403 for a file that is gone, as for one that never was (U17).
            words = "You do not have permission to access the File {} or it may not exist."
            raise google_error(403, words.format(call.match["id"]))
        return generation


def file_id(interaction: str) -> str:
    """The file of an interaction: lower-case letters and digits, as `t_file_name` wants."""
    return hashlib.sha256(interaction.encode()).hexdigest()[:12]


def zulu(seconds: float) -> str:
    """A time as google.protobuf.Timestamp writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
