"""Webhooks: who is named in the settings file hears when a film is done or stuck.

A message says which film, and nothing that only this machine may know: no sentence (it may hold a
path), no key, no prompt. It is signed as https://www.standardwebhooks.com describes.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Mapping
from typing import Literal
from urllib.parse import urlsplit

from ..errors import OneReelError, ServiceError, TryAgain, WaitForQuota
from ..remote import Patience, Remote
from ..settings import NotifySettings
from ..values import Value, digest
from ..web import http_client
from ..work import Cancel

__all__ = ["Notice", "notify", "signature"]

_LOG = logging.getLogger("onereel")
_REMOTE = Remote(Patience(attempts=4, base=2.0, most=60.0))
_PREFIX = "whsec_"
_USER_AGENT = "OneReel"


class Notice(Value):
    """What happened to a film."""

    event: Literal["done", "stuck"]
    film: str
    """Its id."""
    title: str
    job: str
    """The job that ended so: the same job is told once, however often it is sent."""
    seconds: float | None = None
    """How long the film is, once it is done."""
    problem: str = ""
    """What must be done about it, by the name of the error: "FreeDisk", "RaiseCap"."""
    at: str
    """When, as ISO 8601 in UTC."""

    @property
    def id(self) -> str:
        """The same for the same event of the same job."""
        return f"msg_{digest('notice', self.event, self.film, self.job)[:24]}"

    def body(self) -> bytes:
        """What is sent."""
        told = {"type": f"film.{self.event}", "timestamp": self.at}
        data = self.model_dump(mode="json", exclude={"event", "at"}, exclude_none=True)
        return json.dumps({**told, "data": data}, ensure_ascii=False).encode()


def signature(secret: str, notice: Notice, seconds: int) -> str:
    """Sign a message that is sent at a moment, in whole seconds since 1970."""
    signed = f"{notice.id}.{seconds}.".encode() + notice.body()
    mac = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(mac).decode()}"


def _key(secret: str) -> bytes:
    if secret.startswith(_PREFIX):
        try:
            return binascii.a2b_base64(secret.removeprefix(_PREFIX), strict_mode=True)
        except ValueError:
            pass
    return secret.encode()


async def notify(
    notice: Notice,
    settings: NotifySettings,
    *,
    remote: Remote = _REMOTE,
    cancel: Cancel | None = None,
) -> tuple[str, ...]:
    """Tell everybody in the settings. No film fails because somebody cannot be told.

    Returns:
        One sentence for each that could not be told; they are in the log, too.
    """
    telling = [_tell(notice, address, settings, remote, cancel) for address in settings.webhooks]
    return tuple(sentence for sentence in await asyncio.gather(*telling) if sentence)


async def _tell(
    notice: Notice,
    address: str,
    settings: NotifySettings,
    remote: Remote,
    cancel: Cancel | None,
) -> str:
    # The rest of the address may be a secret of its own.
    host = urlsplit(address).netloc
    try:
        await remote.ask(
            lambda: _post(notice, address, host, settings),
            what="webhook",
            host=host,
            correlation=notice.id,
            cancel=cancel,
        )
    except OneReelError as error:
        _LOG.warning("%s did not hear of %s: %s", host, notice.film, error.user_message)
        return error.user_message
    return ""


async def _post(notice: Notice, address: str, host: str, settings: NotifySettings) -> None:
    import httpx

    try:
        async with (
            asyncio.timeout(settings.timeout),
            http_client(address, timeout=settings.timeout) as client,
            # What is answered is of no interest, and could be endless.
            client.stream(
                "POST", address, content=notice.body(), headers=_headers(notice, settings)
            ) as answer,
        ):
            _judge(answer.status_code, answer.headers.get("retry-after", ""), host)
    except (httpx.HTTPError, TimeoutError, OSError) as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise TryAgain(f"The webhook at {host} does not answer ({reason}).") from None
    except (httpx.InvalidURL, ValueError):
        raise ServiceError(
            f"The webhook at {host} has no address that can be called; correct webhooks under"
            " [notify] in the settings file."
        ) from None


def _headers(notice: Notice, settings: NotifySettings) -> Mapping[str, str]:
    now = int(time.time())
    headers = {
        "content-type": "application/json",
        "user-agent": _USER_AGENT,
        "webhook-id": notice.id,
        "webhook-timestamp": str(now),
    }
    if secret := settings.secret.get_secret_value():
        headers["webhook-signature"] = signature(secret, notice, now)
    return headers


def _judge(status: int, retry_after: str, host: str) -> None:
    if status < 300:
        return
    if status < 400:
        raise ServiceError(
            f"The webhook at {host} has moved; write its new address as webhooks under [notify] in"
            " the settings file."
        )
    wait = float(retry_after) if retry_after.isdecimal() else None
    if status == 429:
        raise WaitForQuota(f"The webhook at {host} takes no more for now (429).", retry_after=wait)
    if status == 408 or status >= 500:
        raise TryAgain(f"The webhook at {host} failed ({status}).", retry_after=wait)
    raise ServiceError(
        f"The webhook at {host} refused the message ({status}); correct webhooks or secret under"
        " [notify] in the settings file."
    )
