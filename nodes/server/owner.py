"""What the owner decided: keys set and cleared, never read back; caps and buying shown."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from aiohttp import web
from pydantic import Field

from ...onereel.library.said import Said, said_of
from ...onereel.money import decimal_string
from ...onereel.settings.lines import LINES, Line, is_set, set_line, unset_line
from .adapter import no_such
from .guard import COOKIE, Guard, pass_of
from .problems import FieldProblem, Problem
from .routes import Answer, Body, Call, Route

__all__ = ["routes"]

_LABELS = {
    "gemini-api-key": "Gemini API key (Gemini, Omni)",
    "vertex-api-key": "Vertex AI express key (Veo)",
    "ollama-api-key": "Ollama key (ollama.com)",
    "speech-api-key": "Speech server key",
    "elevenlabs-api-key": "ElevenLabs key (voices)",
    "google-project": "Google Cloud project (Veo)",
    "google-location": "Google Cloud region",
    "google-bucket": "Google Cloud bucket for takes",
}


class KeySetting(Answer):
    """A key or a name: whether it is set, never what it is."""

    name: str
    label: str
    set: bool
    settable: bool
    """Whether this interface may set and clear it."""
    why: str
    why_said: Said | None
    """What else sets it."""
    command: str
    """How the owner sets it where ComfyUI runs."""


class Caps(Answer):
    """Dollars that may be spent at most; null: no cap."""

    film: str | None
    day: str | None
    month: str | None


class BuyingSetting(Answer):
    """Whether paid models may be used. Nothing here can switch it on or raise a cap."""

    on: bool
    words: str
    caps: Caps
    how: str
    """The owner's command, where ComfyUI runs."""


class ServerSetting(Answer):
    """Who is let in."""

    guard: str
    token_set: bool
    per_minute: int
    resume: bool


class SettingsView(Answer):
    """The settings, without what is secret."""

    keys: list[KeySetting]
    buying: BuyingSetting
    voice_engine: str
    medic: str
    lapsed_model: str
    server: ServerSetting


def _key(name: str, line: Line, call: Call) -> KeySetting:
    settable = line.secret
    why = ""
    if variable := line.winning or ("" if not line.standing_in else line.standing_in):
        why = f"The environment variable {variable} sets it."
    return KeySetting(
        name=name,
        label=_LABELS.get(name, name),
        set=is_set(call.settings, line),
        settable=settable,
        why=why,
        why_said=said_of(why),
        command=f"python -m onereel settings set {name}",
    )


def _settings(call: Call) -> SettingsView:
    settings = call.settings
    return SettingsView(
        keys=[_key(name, line, call) for name, line in LINES.items()],
        buying=buying_of(call),
        voice_engine=settings.voice.engine,
        medic=settings.buying.medic,
        lapsed_model=settings.buying.lapsed_model,
        server=ServerSetting(
            guard=settings.server.guard,
            token_set=bool(settings.server.token.get_secret_value()),
            per_minute=settings.server.per_minute,
            resume=settings.server.resume,
        ),
    )


def buying_of(call: Call) -> BuyingSetting:
    """Whether paid models may be used, and up to what."""
    buying = call.settings.buying
    caps = {
        name: None if (cap := getattr(buying, name)) is None else decimal_string(cap)
        for name in ("film", "day", "month")
    }
    return BuyingSetting(
        on=buying.on,
        words=buying.in_words(),
        caps=Caps(**caps),
        how="python -m onereel settings buying on --day 20 --film 10",
    )


class KeyBody(Body):
    """A key, as it was pasted."""

    value: Annotated[str, Field(min_length=1, max_length=10_000)]


def _line(call: Call) -> str:
    name = call.at["name"]
    if name not in LINES:
        raise no_such("key")
    if not LINES[name].secret:
        raise Problem(
            409,
            "owner-only",
            f"Only the owner sets this, where ComfyUI runs: python -m onereel settings set {name}",
        )
    return name


def _set_key(call: Call) -> KeySetting:
    name, value = _line(call), call.body.value
    try:
        if not LINES[name].clean(value):
            raise ValueError("it is empty")
    except ValueError as error:
        wrong = FieldProblem(name="value", detail=str(error))
        raise Problem(
            400, "wrong-fields", f"The key was not set: {error}.", fields=[wrong]
        ) from None
    set_line(call.home, name, value)
    return _told(name, call)


def _clear_key(call: Call) -> KeySetting:
    name = _line(call)
    unset_line(call.home, name)
    return _told(name, call)


def _told(name: str, call: Call) -> KeySetting:
    settings = type(call.settings).load(call.home)
    return _key(name, LINES[name], Call(call.home, settings, call.request))


class RoomView(Answer):
    """A cap and what counts against it; null: no cap."""

    period: str
    cap: str | None
    used: str
    left: str | None


class Budget(Answer):
    """What was spent and set aside, against the caps."""

    buying: BuyingSetting
    rooms: list[RoomView]
    spent_today: str
    held_today: str
    spent_this_month: str
    held_this_month: str
    unknown: int
    """Requests of unknown outcome, which wait for the owner's answer."""
    at: datetime


def _budget(call: Call) -> Budget:
    from ...onereel.shoot.buying.opening import caps_of
    from ...onereel.shoot.prices.pricing import room
    from .shelf import shelf

    caps, books = caps_of(call.settings), shelf(call.home, call.settings).ledger
    totals = books.totals(zone=caps.zone)
    rooms = [
        RoomView(
            period=each.name,
            cap=None if each.cap is None else decimal_string(each.cap),
            used=decimal_string(each.used),
            left=None if each.left is None else decimal_string(each.left),
        )
        for each in room(caps, totals)
    ]
    return Budget(
        buying=buying_of(call),
        rooms=rooms,
        spent_today=decimal_string(totals.day_charged),
        held_today=decimal_string(totals.day_held),
        spent_this_month=decimal_string(totals.month_charged),
        held_this_month=decimal_string(totals.month_held),
        unknown=books.unknown(),
        at=datetime.now(UTC),
    )


class SessionBody(Body):
    """The token that `python -m onereel settings token` shows."""

    token: Annotated[str, Field(min_length=1, max_length=200)]


def routes(guard: Guard) -> tuple[Route, ...]:
    """The routes of this file."""

    async def open_session(call: Call) -> web.Response:
        settings = call.settings.server
        await guard.check_token(call.body.token, call.request, settings)
        answer = web.Response(status=204)
        answer.set_cookie(
            COOKIE,
            pass_of(settings.token.get_secret_value()),
            path="/",
            httponly=True,
            samesite="Strict",
            secure=call.request.secure,
            max_age=30 * 24 * 60 * 60,
        )
        return answer

    async def close_session(call: Call) -> web.Response:
        answer = web.Response(status=204)
        answer.del_cookie(COOKIE, path="/")
        return answer

    return (
        Route("GET", "/settings", _settings, "What is set", SettingsView),
        Route(
            "PUT",
            "/settings/keys/{name}",
            _set_key,
            "Set a key",
            KeySetting,
            body=KeyBody,
            owner=True,
            fails=(409,),
        ),
        Route(
            "DELETE",
            "/settings/keys/{name}",
            _clear_key,
            "Forget a key",
            KeySetting,
            owner=True,
            fails=(409,),
        ),
        Route("GET", "/budget", _budget, "Spending against the caps", Budget),
        Route(
            "POST",
            "/session",
            open_session,
            "Show the token once, for a browser",
            status=204,
            body=SessionBody,
            open=True,
            fails=(401,),
        ),
        Route("DELETE", "/session", close_session, "Forget it", status=204, open=True),
    )
