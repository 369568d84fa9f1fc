"""Estimates: what a film costs at most, before anything is bought."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from ...onereel.errors import ReviseBrief
from ...onereel.library.said import Said, said_of
from ...onereel.money import decimal_string
from ...onereel.options import FilmOptions
from ...onereel.story.brief import Brief
from .owner import RoomView
from .routes import Answer, Body, Call, Route
from .seeing import GivenScreenplay, screenplay_of
from .shelf import shelf

__all__ = ["ROUTES"]


class EstimateBody(Body):
    """A brief, a screenplay or the id of a film, and how it is to be shot; options left out are
    the film's own."""

    brief: Brief | None = None
    screenplay: GivenScreenplay | None = None
    film: Annotated[str, Field(pattern="^[0-9a-f]{16}$")] | None = None
    options: FilmOptions | None = None


class PriceLine(Answer):
    """A scene; null where nobody knows its price."""

    scene: str
    title: str
    model: str
    duration: int
    resolution: str
    aspect: str
    crop: str
    sound: bool
    at_most: str | None
    owned: bool


class CheaperOffer(Answer):
    """What would cost less."""

    words: str
    at_most: str
    reached: bool


class ScriptCost(Answer):
    """Dollars for the script itself; null where nobody knows."""

    model: str
    usual: str | None
    at_most: str | None
    words: str


class VoiceCost(Answer):
    """Dollars for the voices; null where nobody knows."""

    voices: str
    at_most: str | None
    words: str


class Price(Answer):
    """What a film costs at most; `quick`: before its voice is measured."""

    at_most: str | None
    scenes: int
    seconds: float
    lines: list[PriceLine]
    script: ScriptCost | None
    """What writing it costs besides; null where that costs nothing."""
    voice: VoiceCost | None
    """What its voices cost besides; null where they cost nothing, or have spoken."""
    allowed: bool
    why: str
    why_said: Said | None
    notes: list[str]
    alternatives: list[CheaperOffer]
    rooms: list[RoomView]
    quick: bool


def _estimate(call: Call) -> Price:
    # Only now: the ledger's database would slow down every start of ComfyUI.
    from ...onereel.library.prices.quick import quick_estimate

    body: EstimateBody = call.body
    given = [each for each in (body.brief, body.screenplay, body.film) if each is not None]
    if len(given) != 1:
        raise ReviseBrief("Send a brief, a screenplay or the id of a film, one of them.")
    options = body.options or FilmOptions()
    known = {"home": call.home, "settings": call.settings}
    if body.film is not None:
        film = shelf(call.home, call.settings).films.get(body.film)
        source = film.revision.screenplay or film.brief
        quote = quick_estimate(source, body.options or film.revision.options, **known)
    elif body.screenplay is not None:
        source = screenplay_of(body.screenplay)
        quote = quick_estimate(source, options, **known)
    else:
        quote = quick_estimate(body.brief, options, **known)
    card = quote.card
    return Price(
        at_most=_sum(quote.at_most),
        scenes=quote.scenes,
        seconds=float(quote.seconds),
        lines=[
            PriceLine(
                scene=line.scene_id,
                title=line.title,
                model=line.model,
                duration=line.duration,
                resolution=line.resolution,
                aspect=line.aspect,
                crop=line.crop,
                sound=line.sound,
                at_most=_sum(line.ceiling),
                owned=line.owned,
            )
            for line in card.scenes
        ],
        script=quote.script
        and ScriptCost(
            model=quote.script.model,
            usual=_sum(quote.script.usual),
            at_most=_sum(quote.script.at_most),
            words=quote.script.words,
        ),
        voice=quote.voice
        and VoiceCost(
            voices=quote.voice.voices,
            at_most=_sum(quote.voice.at_most),
            words=quote.voice.words,
        ),
        allowed=quote.allowed,
        why=card.refusal,
        why_said=said_of(card.refusal, card.refused_as),
        notes=list(card.notes),
        alternatives=[
            CheaperOffer(words=each.words, at_most=decimal_string(each.total), reached=each.reached)
            for each in card.alternatives
        ],
        rooms=[
            RoomView(
                period=each.name,
                cap=_sum(each.cap),
                used=decimal_string(each.used),
                left=_sum(each.left),
            )
            for each in card.rooms
        ],
        quick=quote.quick,
    )


def _sum(amount: Decimal | None) -> str | None:
    return None if amount is None else decimal_string(amount)


ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        "/estimate",
        _estimate,
        "What a film costs at most; nothing is sent or bought",
        Price,
        body=EstimateBody,
        fails=(404,),
        slow=True,
    ),
)
