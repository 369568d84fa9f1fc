"""Who may ask for what: same origin, token, and how often.

ComfyUI itself asks nobody for anything. What OneReel can do costs money and holds keys, so whoever
comes from beyond this computer shows a token (`python -m onereel settings token`), and no page of
another site can use the browser of somebody who may.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from collections import OrderedDict
from collections.abc import Sequence
from urllib.parse import urlsplit

from aiohttp import web
from aiolimiter import AsyncLimiter

from ...onereel.settings import ServerSettings
from ...onereel.web import is_loopback
from .problems import Action, Problem
from .routes import Route

__all__ = ["COOKIE", "Guard", "pass_of"]

COOKIE = "onereel"
_MOST_CLIENTS = 2000
_WRONG_TOKENS = 10
"""A minute, from one client."""
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "CF-Connecting-IP")


def pass_of(token: str) -> str:
    """What the cookie of a browser holds: made from the token, but not the token."""
    return hashlib.sha256(f"onereel-session:{token}".encode()).hexdigest()


class Guard:
    """Lets requests in, or says why not. `listening` are the addresses that ComfyUI listens on,
    `allowed` is the foreign origin that its own options allow."""

    def __init__(self, listening: Sequence[str], *, allowed: str = "") -> None:
        self._beyond = not all(is_loopback(address.strip()) for address in listening)
        self._allowed = allowed.lower()
        self._limits: OrderedDict[tuple[str, int], AsyncLimiter] = OrderedDict()

    async def admit(self, request: web.Request, route: Route, settings: ServerSettings) -> None:
        """Let a request in.

        Raises:
            Problem: 401, 403 or 429, with what to do.
        """
        if route.changes:
            self._check_origin(request)
        if self._guards(request, settings):
            await self._check_rate(request, settings.per_minute, "requests")
        if not route.open and self.asks(request, route, settings):
            await self._check_token(request, settings)

    def asks(self, request: web.Request, route: Route, settings: ServerSettings) -> bool:
        """Whether a request is counted, or asked for a token."""
        return self._guards(request, settings) or (route.owner and not self._is_near(request))

    async def check_token(self, given: str, request: web.Request, settings: ServerSettings) -> None:
        """Accept a token that somebody typed.

        Raises:
            Problem: it is the wrong one, or too many were.
        """
        token = settings.token.get_secret_value()
        if token and hmac.compare_digest(given.strip().encode(), token.encode()):
            return
        await self._check_rate(request, _WRONG_TOKENS, "wrong tokens")
        raise _no_token(token, "That is not the token.")

    async def _check_token(self, request: web.Request, settings: ServerSettings) -> None:
        token = settings.token.get_secret_value()
        cookie = request.cookies.get(COOKIE, "")
        if token and hmac.compare_digest(cookie.encode(), pass_of(token).encode()):
            return
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "bearer" and given:
            await self.check_token(given, request, settings)
            return
        raise _no_token(token, "OneReel is asked from beyond this computer.")

    def _check_origin(self, request: web.Request) -> None:
        """Refuse changes that a page of another site asks a browser for.

        Raises:
            Problem: 403.
        """
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        origin = request.headers.get("Origin")
        if origin and origin.lower() == self._allowed:
            return
        foreign = origin is not None and not _same_host(origin, request.host)
        if foreign or site not in ("same-origin", "none"):
            raise Problem(
                403,
                "foreign-origin",
                "Another site asked for this; open OneReel in ComfyUI itself, or call it from a"
                " program.",
            )

    def _guards(self, request: web.Request, settings: ServerSettings) -> bool:
        return settings.guard == "on" or (settings.guard == "auto" and not self._is_near(request))

    def _is_near(self, request: web.Request) -> bool:
        return not self._beyond and self._is_local(request)

    def _is_local(self, request: web.Request) -> bool:
        """Whether somebody at this computer asks, as far as can be told."""
        try:
            name = urlsplit(f"//{request.host}").hostname
        except ValueError:
            return False
        if any(header in request.headers for header in _FORWARDED):
            return False
        # A name that only looks like this computer may lead a browser here by its own DNS.
        return is_loopback(request.remote or "") and is_loopback(name or "")

    async def _check_rate(self, request: web.Request, per_minute: int, what: str) -> None:
        """Count a request.

        Raises:
            Problem: 429, with the seconds to wait.
        """
        client = (f"{request.remote} {what}", per_minute)
        limiter = self._limits.pop(client, None) or AsyncLimiter(per_minute, 60)
        self._limits[client] = limiter
        while len(self._limits) > _MOST_CLIENTS:
            self._limits.popitem(last=False)
        if not limiter.has_capacity():
            wait = max(1, math.ceil(60 / per_minute))
            raise Problem(
                429,
                "too-many-requests",
                f"Too many {what} in a minute; wait {wait} s and try again.",
                headers={"Retry-After": str(wait)},
                action=Action(label="Try again", do="retry"),
            )
        await limiter.acquire()


def _same_host(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
        ours = urlsplit(f"{parts.scheme}://{host}")
        usual = {"http": 80, "https": 443}.get(parts.scheme)
        return (
            usual is not None
            and parts.hostname == ours.hostname
            and (parts.port or usual) == (ours.port or usual)
        )
    except ValueError:
        return False


def _no_token(token: str, why: str) -> Problem:
    make = "shows it" if token else "makes one"
    return Problem(
        401,
        "token-needed",
        f"{why} It asks for its token: `python -m onereel settings token`, where ComfyUI runs,"
        f" {make}.",
        action=Action(label="Enter the token", do="token"),
        headers={"WWW-Authenticate": 'Bearer realm="OneReel"'},
    )
