"""What a speech server of the owner's costs."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlsplit

from ...errors import EnterPrice
from ...settings import SpeechSettings
from ...web import is_loopback

__all__ = ["price_of", "rate_of"]


def rate_of(settings: SpeechSettings) -> Decimal | None:
    """Dollars for 1,000 characters; None where nobody knows.

    Without a key nobody can be billed, and what runs on this computer is its owner's: both cost
    nothing, unless the owner says otherwise.
    """
    if settings.price is not None:
        return settings.price
    own = is_loopback(urlsplit(settings.address).hostname or "")
    return Decimal(0) if own or not settings.api_key.get_secret_value() else None


def price_of(text: str, settings: SpeechSettings) -> Decimal:
    """Dollars for a text.

    Raises:
        EnterPrice: nobody knows.
    """
    rate = rate_of(settings)
    if rate is None:
        raise EnterPrice(
            f"Nobody knows what the speech server at {urlsplit(settings.address).netloc} costs:"
            " enter price under [speech] in the settings file, in dollars for 1,000 characters;"
            " price = 0 if it costs nothing."
        )
    return rate * len(text) / 1000
