"""What a film costs in another language, before anybody is asked to translate it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ...errors import EnterPrice
from ...home import Home
from ...money import dollars
from ...reaching import text_model
from ...settings import Settings
from ...story.screenplay import Screenplay
from ...story.translating import questions
from ...story.writers.gemini_words import longest_answer
from ...values import Value
from .ceiling import check_ceiling
from .script import dearest_answer, rounded

__all__ = ["TranslationPrice", "check_agreed", "translation_price"]


class TranslationPrice(Value):
    """Dollars for a translation; None where nobody knows."""

    model: str
    at_most: Decimal | None
    words: str


def translation_price(
    screenplay: Screenplay,
    language: str,
    *,
    writer: str,
    home: Home,
    settings: Settings,
    today: date,
) -> TranslationPrice | None:
    """Price a translation by all that its questions and their corrections may cost; None where it
    costs nothing.

    What was paid for already is not asked for again, and yet priced here: nobody looks.

    Args:
        writer: who translates, as `revoicing.translator_of` names it.

    Raises:
        ReviseScreenplay: the film is in that language already.
        ReviseSetting: a line of the owner's models is wrong.
    """
    asked = questions(screenplay, language)
    service, _, named = writer.partition(":")
    if service != "gemini" or settings.buying.free_key:
        return None
    model = text_model(home, named)
    at_most = Decimal(0)
    try:
        for prompt, letters in asked:
            at_most += dearest_answer(model, prompt, longest_answer(letters, "low"), today)
    except EnterPrice as error:
        return TranslationPrice(model=model.name, at_most=None, words=error.user_message)
    at_most = rounded(at_most)
    return TranslationPrice(
        model=model.name,
        at_most=at_most,
        words=f"The translation by {model.name} costs at most {dollars(at_most)} ({model.source},"
        f" as of {model.checked}).",
    )


def check_agreed(price: TranslationPrice | None, ceiling: Decimal | None) -> None:
    """Make sure that the film maker saw what a translation can cost, and agreed to it.

    Raises:
        EnterPrice: nobody knows what it costs.
        ApproveShots: nobody agreed to it, or to less.
    """
    if price is None:
        return
    if price.at_most is None:
        raise EnterPrice(price.words)
    check_ceiling(price.at_most, ceiling, work="Translating", again="translate")
