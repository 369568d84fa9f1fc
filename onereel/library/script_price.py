"""What the script of a film costs, before anybody is asked for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ..errors import EnterPrice
from ..home import Home
from ..money import dollars
from ..options import COSTLY, FilmOptions
from ..reaching import text_model
from ..settings import Settings
from ..story.asking import expected_letters, instructions, request, tokens
from ..story.brief import Brief
from ..story.gemini_model import ATTEMPTS, longest_answer
from ..values import Value

__all__ = ["ScriptPrice", "script_price"]

_SCHEMA = 1000
"""Tokens of the answer's schema, roughly."""


class ScriptPrice(Value):
    """Dollars for a script; None where nobody knows."""

    model: str
    usual: Decimal | None
    at_most: Decimal | None
    words: str


def script_price(
    brief: Brief, options: FilmOptions, *, home: Home, settings: Settings, today: date
) -> ScriptPrice | None:
    """Price the script of a brief; None where the writer costs nothing.

    A script that was paid for already is not asked for again, and yet priced here: nobody looks.

    Raises:
        ReviseBrief: there is no such template.
        ReviseSetting: a line of the owner's models is wrong.
    """
    asked = options.writer in COSTLY and not settings.buying.free_key
    if not asked or (options.writer == "best" and not _gemini_is_asked(settings)):
        return None
    writing = settings.writing
    model = text_model(home, options.model if options.writer == "gemini" else writing.gemini_model)
    thinking = writing.thinking if options.writer == "best" else "low"
    prompt = tokens(instructions() + request(brief)) + _SCHEMA
    answer = -(-expected_letters(brief) // 3)
    longest = longest_answer(answer, thinking)
    try:
        usual = model.price(prompt=prompt, answer=answer, today=today)
        once = model.price(prompt=prompt + longest, answer=longest, today=today)
    except EnterPrice as error:
        return ScriptPrice(model=model.name, usual=None, at_most=None, words=error.user_message)
    at_most = ATTEMPTS * once
    who = "The script by" if options.writer == "gemini" else "Where it writes, the script by"
    checked = f", as of {model.checked}" if model.checked else ""
    return ScriptPrice(
        model=model.name,
        usual=usual,
        at_most=at_most,
        words=f"{who} {model.name} costs about {_cents(usual)}, and at most {_cents(at_most)}"
        f" ({model.source}{checked}).",
    )


def _gemini_is_asked(settings: Settings) -> bool:
    """Whether a chain would come to ask Gemini for money."""
    key = settings.google.gemini_api_key.get_secret_value()
    return bool(key) and settings.buying.on and "gemini" in settings.writing.chain


def _cents(amount: Decimal) -> str:
    return dollars(amount.quantize(Decimal("0.001")))
