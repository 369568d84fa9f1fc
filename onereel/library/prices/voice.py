"""What the voices of a film cost at most, before anybody speaks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

from ...errors import EnterPrice, OneReelError
from ...home import Home
from ...money import dollars
from ...options import FilmOptions
from ...reaching import speech_purse
from ...settings import Settings
from ...shoot.prices.bounds import scenes_as_split
from ...shoot.prices.price_card import PriceCard
from ...story.screenplay import Screenplay
from ...values import Value
from ...voice.casting import Casting, Company
from ...voice.engines.known import AUTO, local_names
from ...voice.once import unpaid
from ...voice.purse import Sale, Sells

__all__ = ["VoicePrice", "voice_price", "with_voice"]

_LETTERS_A_SECOND = 25
"""That no voice exceeds at its own pace."""
_SHORT = 20
"""Letters of a sentence where nobody knows the words: short ones cost more by the letter."""


class VoicePrice(Value):
    """Dollars for the sentences that are not spoken yet; None where nobody knows."""

    voices: str
    at_most: Decimal | None
    words: str


def voice_price(
    film: Screenplay,
    options: FilmOptions,
    *,
    spoken: Fraction | None = None,
    home: Home,
    settings: Settings,
) -> VoicePrice | None:
    """Price a film's voices; None where they cost nothing, or have said all of it.

    Args:
        film: with every scene that its scenes may be split into.
        spoken: seconds that the slowest voice takes, of a film whose words nobody knows yet.

    Raises:
        ReviseSetting: a line of the owner's models is wrong.
    """
    if not _may_cost(film, options, settings):
        return None
    purse = speech_purse(film.brief.film_id, home=home, settings=settings)
    company = Company(
        film,
        settings=settings,
        purse=purse,
        voice=options.voice,
        backup_voices=options.backups,
        speed=options.speed,
    )
    names: list[str] = []
    total = Decimal(0)
    try:
        for casting in company.all():
            for who, sale in _sales(casting, film, spoken, home):
                names.append(who)
                total += sale.price()
    except EnterPrice as error:
        return VoicePrice(voices=", ".join(names), at_most=None, words=error.user_message)
    except OneReelError:
        # A voice that cannot be had is named by whoever speaks.
        return None
    if not names:
        return None
    voices = ", ".join(dict.fromkeys(names))
    total = total.quantize(Decimal("0.001"), rounding=ROUND_CEILING)
    words = f"Its voices ({voices}) cost at most {dollars(total)} besides."
    return VoicePrice(voices=voices, at_most=total, words=words)


def with_voice(
    card: PriceCard, film: Screenplay, voice: str, *, home: Home, settings: Settings
) -> tuple[PriceCard, Decimal | None]:
    """Tell on a price card what a voice costs besides; returns what all of it costs at most.

    Args:
        card: of the shots.
        film: the film; what it may be split into is priced too.
        voice: as Narrate takes it; empty: nobody asks for it.

    Raises:
        ReviseSetting: a line of the owner's models is wrong.
    """
    if not voice.strip():
        return card, card.total
    options = FilmOptions(voice=voice)
    split = scenes_as_split(film, options.speed)
    price = voice_price(split, options, home=home, settings=settings)
    if price is None:
        return card, card.total
    total = None
    if card.total is not None and price.at_most is not None:
        total = card.total + price.at_most
    return card.replace(notes=(price.words, *card.notes)), total


def _may_cost(film: Screenplay, options: FilmOptions, settings: Settings) -> bool:
    """Whether any voice could be of an engine that costs money; cheap."""
    wished = [options.voice, *options.backups, *(each.voice for each in film.cast)]
    named = {wish.strip().lower().partition(":")[0] for wish in wished}
    free = {"", AUTO, *local_names()}
    return settings.voice.engine not in free or bool(named - free)


def _sales(
    casting: Casting, film: Screenplay, spoken: Fraction | None, home: Home
) -> Iterator[tuple[str, Sale]]:
    """Every sentence that is to be bought, and by whom it is spoken."""
    if spoken is not None:
        engine = casting.narrator.engine
        count = math.ceil(spoken * _LETTERS_A_SECOND / _SHORT)
        for _ in range(count if isinstance(engine, Sells) else 0):
            if isinstance(engine, Sells) and (sale := engine.sale("x" * _SHORT, casting.style)):
                yield casting.narrator.label, sale
        return
    for scene in film.scenes:
        if scene.recording is None:
            for part in casting.parts(scene.narration):
                for sale in unpaid(part, home):
                    yield part.speaker.label, sale
