"""What the script of a film costs, before anybody is asked for it."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal

from ...errors import EnterPrice
from ...home import Home
from ...money import dollars
from ...options import COSTLY, FilmOptions
from ...reaching import text_model
from ...settings import Settings
from ...story.acts.plan import planned
from ...story.brief import Brief
from ...story.writers.asking import expected_letters, instructions, request, tokens
from ...story.writers.gemini_model import ATTEMPTS
from ...story.writers.gemini_words import longest_answer, room
from ...story.writers.text_model import TextModel, Thinking
from ...values import Value

__all__ = ["ScriptPrice", "dearest_answer", "rounded", "script_price"]

_SCHEMA = 1000
"""Tokens of the answer's schema, roughly."""
_CORRECTION = 1000
"""Tokens of what was wrong with an answer."""
_BYTES = 3
"""Bytes of a token, as `asking.tokens` counts."""
_LETTERS = 4
"""Bytes of a token of an answer."""


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
        (name, model, directs)
        for name, model, directs in (
            (options.writer, options.model, False),
            (options.director, options.director_model, True),
        )
        if name in COSTLY and (name == "gemini" or _gemini_is_asked(settings))
    ]
    if not asked:
        return None
    writing = settings.writing
    usual, at_most, names, sources = Decimal(0), Decimal(0), [], []
    for name, named, directs in asked:
        model = text_model(home, named if name == "gemini" and named else writing.gemini_model)
        thinking: Thinking = writing.thinking if name == "best" else "low"
        # Who directs reads the whole film first, and answers with the whole of it.
        questions = _whole(brief, 1) if directs else _questions(brief, model, thinking)
        try:
            for prompt, answer in questions:
                usual += model.price(prompt=prompt, answer=answer, today=today)
                at_most += dearest_answer(model, prompt, longest_answer(answer, thinking), today)
        except EnterPrice as error:
            return ScriptPrice(model=model.name, usual=None, at_most=None, words=error.user_message)
        names.append(model.name)
        sources.append(f"{model.source}, as of {model.checked}")
    usual, at_most = rounded(usual), rounded(at_most)
    models, known = " and ".join(dict.fromkeys(names)), "; ".join(dict.fromkeys(sources))
    where = "Where it writes, the" if all(name == "best" for name, _, _ in asked) else "The"
    return ScriptPrice(
        model=models,
        usual=usual,
        at_most=at_most,
        words=f"{where} script by {models} costs about {dollars(usual)}, and at most"
        f" {dollars(at_most)} ({known}).",
    )


def dearest_answer(model: TextModel, prompt: int, longest: int, today: date) -> Decimal:
    """What all attempts at one question may cost: what is reserved for each counts a byte of a
    question as a token, and all but the first hold the answer before and what was wrong with it."""
    first = _BYTES * prompt
    again = first + _LETTERS * longest + _BYTES * _CORRECTION
    prompts = (first, *[again] * (ATTEMPTS - 1))
    return sum(
        (model.price(prompt=each, answer=longest, today=today) for each in prompts), Decimal(0)
    )


def _questions(brief: Brief, model: TextModel, thinking: Thinking) -> list[tuple[int, int]]:
    """Tokens of each question to who writes, and of the answer to it."""
    plan = planned(brief, room(thinking), model=model.name)
    if plan is None:
        return _whole(brief, 0)
    prompt = plan.prompt + _SCHEMA
    return [(prompt, plan.outline), *[(prompt, plan.act)] * plan.acts]


def _whole(brief: Brief, times: int) -> list[tuple[int, int]]:
    """Tokens of a question for the whole film, in which it stands `times` already."""
    answer = -(-expected_letters(brief) // 3)
    return [(tokens(instructions() + request(brief)) + _SCHEMA + times * answer, answer)]


def _gemini_is_asked(settings: Settings) -> bool:
    """Whether a chain would come to ask Gemini for money."""
    key = settings.google.gemini_api_key.get_secret_value()
    return bool(key) and settings.buying.on and "gemini" in settings.writing.chain


def rounded(amount: Decimal) -> Decimal:
    """Up to a tenth of a cent: nobody reads more, and it is never less than it comes to."""
    return amount.quantize(Decimal("0.001"), rounding=ROUND_CEILING)
