"""Webhooks: signed, retried, never redirected, and nothing private in them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onereel.errors import ReviseSetting
from onereel.home import Home
from onereel.library.notify import Notice, notify
from onereel.remote import Patience, Remote
from onereel.settings import NotifySettings, Settings, settings_file
from tests.listener import Listener, listening

PATIENCE = Patience(attempts=3, base=0.01, most=0.05, failures=100)
DONE = Notice(
    event="done",
    film="0123456789abcdef",
    title="Der W\u00e4rter",
    job="p-1",
    seconds=45.0,
    at="2026-11-29T19:00:00Z",
)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as server:
        yield server


async def told(*listeners: Listener, notice: Notice = DONE, **more: Any) -> tuple[str, ...]:
    settings = NotifySettings(webhooks=tuple(each.url for each in listeners), **more)
    return await notify(notice, settings, remote=Remote(PATIENCE))


async def test_a_message_is_signed_as_the_standard_says(listener: Listener):
    key = b"0123456789abcdef01234567"
    secret = "whsec_" + base64.b64encode(key).decode()
    assert await told(listener, secret=secret) == ()
    ((headers, body),) = listener.heard
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert secret not in str(headers) + body.decode()


async def test_a_message_says_which_film_and_nothing_else(listener: Listener):
    stuck = Notice(
        event="stuck", film=DONE.film, title="Sea", job="p-2", problem="FreeDisk", at=DONE.at
    )
    await told(listener, notice=stuck)
    body = json.loads(listener.heard[0][1])
    assert body == {
        "type": "film.stuck",
        "timestamp": DONE.at,
        "data": {"film": DONE.film, "title": "Sea", "job": "p-2", "problem": "FreeDisk"},
    }
    assert "webhook-signature" not in listener.heard[0][0]


async def test_who_fails_is_told_again_with_the_same_id(listener: Listener):
    listener.statuses = [(503, {}), (429, {"retry-after": "0"})]
    assert await told(listener) == ()
    assert len(listener.heard) == 3
    assert len({headers["webhook-id"] for headers, _ in listener.heard}) == 1


async def test_another_job_has_another_id(listener: Listener):
    await told(listener)
    await told(listener, notice=DONE.replace(job="p-2"))
    assert len({headers["webhook-id"] for headers, _ in listener.heard}) == 2


async def test_who_refuses_is_not_told_again(listener: Listener):
    listener.statuses = [(401, {})]
    (sentence,) = await told(listener)
    assert "refused the message (401)" in sentence
    assert "token=abc" not in sentence
    assert len(listener.heard) == 1


async def test_no_redirect_is_followed(listener: Listener):
    with Listener() as elsewhere:
        threading.Thread(target=elsewhere.serve_forever, daemon=True).start()
        listener.statuses = [(307, {"location": elsewhere.url})]
        (sentence,) = await told(listener)
        assert "has moved" in sentence
        assert elsewhere.heard == []
        elsewhere.shutdown()


async def test_who_hangs_or_is_gone_keeps_nobody_else_from_hearing(listener: Listener):
    with Listener() as slow:
        threading.Thread(target=slow.serve_forever, daemon=True).start()
        slow.pause = 1.5
        sentences = await told(slow, listener, timeout=1)
        assert len(sentences) == 1
        assert "does not answer" in sentences[0]
        assert len(listener.heard) == 1
        slow.shutdown()
    (sentence,) = await told(slow)
    assert "does not answer" in sentence


def _home(folder: Path, lines: str) -> Home:
    home = Home(private=folder, media=folder / "media")
    settings_file(home).write_text(lines, "utf-8")
    return home


def test_addresses_come_from_the_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ONEREEL_NOTIFY__WEBHOOKS", '["https://evil.example.com"]')
    home = _home(tmp_path, '[notify]\nwebhooks = ["https://example.com/h?k=1"]\nsecret = "abc"\n')
    settings = Settings.load(home)
    assert settings.notify.webhooks == ("https://example.com/h?k=1",)
    assert "abc" in set(settings.secrets())


@pytest.mark.parametrize(
    "address", ["example.com", "file:///etc/passwd", "https://a:b@example.com", "gopher://x", ""]
)
def test_a_wrong_address_is_said_in_words(address: str, tmp_path: Path):
    home = _home(tmp_path, f'[notify]\nwebhooks = ["{address}"]\n')
    with pytest.raises(ReviseSetting, match="must be an address such as"):
        Settings.load(home)
