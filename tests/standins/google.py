"""A stand-in for Google: Vertex AI, Cloud Storage, OAuth tokens and the Gemini API on one port.

The real ones are hosts of their own; a path tells them apart. Every route wants the credential
that its host wants, and every request's credential is in the log, so a test can see that no key
went where it does not belong.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from .answers import Reply
from .faults import Fault
from .google_errors import bad_key, error_for, google_error, no_token
from .google_files import Files
from .google_gemini import Gemini
from .google_omni import Omni
from .google_storage import Bucket, Tokens
from .google_veo import Veo
from .prices import Charge
from .service import Call, Route, Service
from .world import World

__all__ = ["EXPRESS_KEY", "GEMINI_KEY", "Google"]

PROJECT = "standin-project"
LOCATION = "us-central1"
GEMINI_KEY = "standin-gemini-key"
EXPRESS_KEY = "standin-express-key"
_ACCOUNT = f"onereel@{PROJECT}.iam.gserviceaccount.com"
_VERSION = "/(?:v1|v1beta|v1beta1)"
_MODEL = r"publishers/google/models/(?P<model>[^/:]+)"
_PROJECT = rf"{_VERSION}/(?P<resource>projects/[^/]+/locations/[^/]+/{_MODEL})"
_EXPRESS = rf"{_VERSION}/(?P<resource>{_MODEL})"
_PUBLISHED = rf"{_VERSION}/publishers/google/models"
_MODELS = rf"{_VERSION}/models"
_CONTENT = ":(?:generateContent|streamGenerateContent)"
_GENERATE = rf"/(?P<model>[^/:]+){_CONTENT}"
_INTERACTION = rf"{_VERSION}/interactions"
_FILE = rf"{_VERSION}/files/(?P<id>[^/:]+)"
_STORAGE = r"/storage/v1/b/(?P<bucket>[^/]+)"


class Google(Service):
    """The whole of it.

    `state` is a file to remember in; a generation takes `latency` seconds, and `looks` looks find
    it unfinished even after that.
    """

    def __init__(
        self, *, port: int = 0, state: Path | None = None, latency: float = 0.05, looks: int = 0
    ) -> None:
        self.world = World(state)
        strike = lambda where, prompt: self.plan.strike(where, prompt)  # noqa: E731
        self.veo = Veo(self.world, strike, f"projects/{PROJECT}/locations/{LOCATION}")
        self.omni = Omni(self.world, strike)
        self.files = Files(self.world)
        self.gemini = Gemini(self.world, strike)
        self.bucket = Bucket(self.world)
        self.tokens = Tokens(self.world, _ACCOUNT)
        self._pace = (latency, looks)
        self._at_its_pace()
        super().__init__(port=port, log=self.world.log)

    @property
    def charges(self) -> tuple[Charge, ...]:
        with self.world.lock:
            return tuple(self.world.charges)

    def reset(self) -> None:
        super().reset()
        self.world.clear()
        self._at_its_pace()

    def _at_its_pace(self) -> None:
        for service in (self.veo, self.omni):
            service.latency, service.looks = self._pace

    def environment(self, folder: Path) -> dict[str, str]:
        """Write throw-away credentials into `folder`; return what points the SDKs here."""
        return {
            "GOOGLE_APPLICATION_CREDENTIALS": str(self.credentials(folder)),
            "GOOGLE_CLOUD_PROJECT": PROJECT,
            "GOOGLE_CLOUD_LOCATION": LOCATION,
            "GOOGLE_VERTEX_BASE_URL": self.url,
            "GOOGLE_GEMINI_BASE_URL": self.url,
            "STORAGE_EMULATOR_HOST": self.url,
            "GEMINI_API_KEY": GEMINI_KEY,
        }

    def credentials(self, folder: Path) -> Path:
        """A service account whose tokens come from here (google.oauth2.service_account)."""
        account = {
            "type": "service_account",
            "project_id": PROJECT,
            "private_key_id": "standin",
            "private_key": _private_key(),
            "client_email": _ACCOUNT,
            "client_id": "1",
            "token_uri": f"{self.url}/token",
        }
        path = folder / "standin-account.json"
        path.write_text(json.dumps(account), "utf-8")
        return path

    def routes(self) -> tuple[Route, ...]:
        veo, omni, gemini = self.veo, self.omni, self.gemini
        bucket, files = self.bucket, self.files
        submit, poll = ":predictLongRunning", ":fetchPredictOperation"
        one = rf"{_STORAGE}/o/(?P<name>[^?]+)"
        return (
            Route("POST", "/token", "token", self.tokens.grant),
            Route("POST", _PROJECT + submit, "submit", veo.submit, veo.about_submit, "token"),
            Route("POST", _PROJECT + poll, "poll", veo.poll, veo.about_poll, "either"),
            Route("POST", _EXPRESS + submit, "submit", veo.submit, veo.about_submit, "express"),
            Route("POST", _INTERACTION, "submit", omni.create, omni.about_create, "gemini"),
            Route("GET", rf"{_INTERACTION}/(?P<id>[^/]+)", "poll", omni.get, omni.about, "gemini"),
            Route(
                "DELETE",
                rf"{_INTERACTION}/(?P<id>[^/]+)",
                "delete",
                omni.delete,
                omni.about,
                "gemini",
            ),
            Route(
                "POST",
                rf"{_INTERACTION}/(?P<id>[^/]+)/cancel",
                "cancel",
                omni.cancel,
                omni.about,
                "gemini",
            ),
            Route("GET", _MODELS, "models", gemini.list_gemini, door="gemini"),
            Route("GET", rf"{_MODELS}/(?P<model>[^/:]+)", "models", gemini.get, door="gemini"),
            Route("GET", _PUBLISHED, "models", gemini.list_vertex, door="either"),
            Route("POST", _MODELS + _GENERATE, "text", gemini.generate, gemini.about, "gemini"),
            Route("POST", _PROJECT + _CONTENT, "text", gemini.generate, gemini.about, "token"),
            Route("POST", _EXPRESS + _CONTENT, "text", gemini.generate, gemini.about, "express"),
            Route("GET", _FILE, "files", files.get, files.about, "gemini"),
            Route(
                "GET",
                _FILE + ":download",
                "download",
                self.files.download,
                self.files.about,
                "gemini",
            ),
            Route("GET", _STORAGE, "storage", bucket.bucket, door="token"),
            Route("GET", _STORAGE + "/o", "storage", bucket.list, bucket.about_list, "token"),
            Route("GET", one, "storage", bucket.get, bucket.about, "token"),
            Route("GET", "/download" + one, "download", bucket.get, bucket.about, "token"),
            Route("DELETE", one, "delete", bucket.delete, bucket.about, "token"),
            Route("POST", rf"/upload{_STORAGE}/o", "upload", bucket.insert, door="token"),
        )

    def where(self, route: Route, call: Call) -> str:
        if route.where == "text":
            return self.gemini.where(call.match["model"])
        media = "alt=media" in call.request.query.split("&")
        return "download" if route.where == "storage" and media else route.where

    def admit(self, call: Call, door: str) -> None:
        kind, _, secret = call.credential.partition(" ")
        if door == "either":
            door = "express" if kind == "key" else "token"
        if door == "token" and (kind != "bearer" or secret not in self.world.tokens):
            raise no_token()
        if door in ("express", "gemini"):
            if kind != "key":
                raise google_error(403, "Method doesn't allow unregistered callers.")  # U21
            if secret != {"express": EXPRESS_KEY, "gemini": GEMINI_KEY}[door]:
                raise bad_key()

    def failure(self, call: Call, fault: Fault) -> Reply:
        if fault.what == "expired" and "/files/" in call.request.path:
            name = call.match["id"]
            words = f"You do not have permission to access the File {name} or it may not exist."
            return google_error(403, words).reply
        return error_for(fault, interactions="/interactions" in call.request.path)


@functools.cache
def _private_key() -> str:
    """A key of this process alone: making one takes a good part of a second."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
