"""What the script of a film costs, before anybody is asked for it."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal

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
    """Price the script of a brief, and its director; None where both cost nothing.

    A script that was paid for already is not asked for again, and yet priced here: nobody looks.

    Raises:
        ReviseBrief: there is no such template.
        ReviseSetting: a line of the owner's models is wrong.
    """
    if settings.buying.free_key:
        return None
    asked = [
        (name, model)
        for name, model in (
            (options.writer, options.model),
            (options.director, options.director_model),
        )
        if name in COSTLY and (name == "gemini" or _gemini_is_asked(settings))
    ]
    if not asked:
        return None
    writing = settings.writing
    answer = -(-expected_letters(brief) // 3)
    prompt = tokens(instructions() + request(brief)) + _SCHEMA
    usual, at_most, names, sources = Decimal(0), Decimal(0), [], []
    for number, (name, named) in enumerate(asked):
        model = text_model(home, named if name == "gemini" and named else writing.gemini_model)
        longest = longest_answer(answer, writing.thinking if name == "best" else "low")
        # Who directs reads the whole film first.
        read = prompt + number * answer
        try:
            usual += model.price(prompt=read, answer=answer, today=today)
            once = model.price(prompt=read + longest, answer=longest, today=today)
        except EnterPrice as error:
            return ScriptPrice(model=model.name, usual=None, at_most=None, words=error.user_message)
        at_most += ATTEMPTS * once
        names.append(model.name)
        sources.append(f"{model.source}, as of {model.checked}")
    usual, at_most = _rounded(usual), _rounded(at_most)
    models, known = " and ".join(dict.fromkeys(names)), "; ".join(dict.fromkeys(sources))
    where = "Where it writes, the" if all(name == "best" for name, _ in asked) else "The"
    return ScriptPrice(
        model=models,
        usual=usual,
        at_most=at_most,
        words=f"{where} script by {models} costs about {dollars(usual)}, and at most"
        f" {dollars(at_most)} ({known}).",
    )


def _gemini_is_asked(settings: Settings) -> bool:
    """Whether a chain would come to ask Gemini for money."""
    key = settings.google.gemini_api_key.get_secret_value()
    return bool(key) and settings.buying.on and "gemini" in settings.writing.chain


def _rounded(amount: Decimal) -> Decimal:
    """Up to a tenth of a cent: nobody reads more, and it is never less than it comes to."""
    return amount.quantize(Decimal("0.001"), rounding=ROUND_CEILING)
