"""A film of the library in another language: a film of its own that plays the same takes."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from ..errors import ReviseScreenplay
from ..home import Home
from ..revoicing import (
    lend_takes,
    translated,
    translator_of,
    with_end_card,
    without_end_card,
)
from ..settings import Settings
from ..shoot.kept import kept_takes
from ..story.screenplay import Screenplay
from ..values import digest
from ..work import Cancel, Progress
from .edits.changes import ChooseTakeOf
from .films import Films
from .prices.translation import TranslationPrice, check_agreed, translation_price
from .stored import StoredFilm

__all__ = ["price_revoicing", "revoice"]


def price_revoicing(
    film_id: str,
    language: str,
    *,
    service: str = "",
    model: str = "",
    films: Films,
    home: Home,
    settings: Settings,
) -> TranslationPrice | None:
    """What `revoice` can cost at most; None where it costs nothing.

    Raises:
        ChooseFilm: there is no such film.
        ReviseScreenplay: it has no scenes yet, or is in that language already.
        ChooseLanguage: nobody was chosen who could translate it.
    """
    film = films.get(film_id)
    screenplay = _written(film)
    return _price(
        with_end_card(screenplay, film.revision.options.end_card),
        language,
        translator_of(screenplay, service=service, model=model),
        home,
        settings,
    )


async def revoice(
    film_id: str,
    language: str,
    *,
    service: str = "",
    model: str = "",
    ceiling: Decimal | None = None,
    key: str = "",
    films: Films,
    home: Home,
    settings: Settings,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> StoredFilm:
    """Translate a film and make a film of the translation, with every take that was made for good.

    Nothing is spoken or shot: a rehearsal of the new film does the rest, for nothing.

    Args:
        service: "ollama" or "gemini"; empty takes the model that wrote the film.
        ceiling: dollars that the film maker saw and agreed to; a paid model needs it.
        key: of the request; where the same one asked for it before, that film is returned.

    Raises:
        ChooseFilm: there is no such film.
        ReloadFilm: the key came with another request before.
        ApproveShots: the price is higher by now, or nobody agreed to one.
        ReviseScreenplay: it has no scenes yet, or is in that language already.
        ReplaceMedia: a take's file is damaged.
        OneReelError: as `onereel.revoicing.translated` raises.
    """
    film = films.get(film_id)
    screenplay = _written(film)
    asked = digest("revoice", film_id, language, service, model)
    if key and (known := films.requested(key, asked)):
        # Whoever was killed in between made it, and chose no takes yet.
        return known if known.revision.parent else _with_takes(known, screenplay, films, home)
    # What cannot be lent is named before anything is paid for, or made.
    kept_takes(screenplay, home=home)
    carded = with_end_card(screenplay, film.revision.options.end_card)
    writer = translator_of(screenplay, service=service, model=model)
    check_agreed(_price(carded, language, writer, home, settings), ceiling)
    whole = await translated(
        carded,
        language,
        writer=writer,
        home=home,
        settings=settings,
        progress=progress,
        cancel=cancel,
    )
    spoken, end_card = without_end_card(whole)
    # A voice speaks one language, and so does a card.
    options = film.revision.options.replace(
        voice="auto", backup_voices="", end_card=end_card or film.revision.options.end_card
    )
    made = films.create(spoken, options=options, key=key, asked=asked)
    return _with_takes(made.film, screenplay, films, home) if made.new else made.film


def _written(film: StoredFilm) -> Screenplay:
    if film.revision.screenplay is None:
        raise ReviseScreenplay("This film has no scenes yet; have it written first.")
    return film.revision.screenplay


def _price(
    carded: Screenplay, language: str, writer: str, home: Home, settings: Settings
) -> TranslationPrice | None:
    today = datetime.now(UTC).date()
    return translation_price(
        carded, language, writer=writer, home=home, settings=settings, today=today
    )


def _with_takes(film: StoredFilm, before: Screenplay, films: Films, home: Home) -> StoredFilm:
    after = film.revision.screenplay
    lent = lend_takes(before, after, home=home) if after else ()
    if not lent:
        return film
    chosen = [ChooseTakeOf(scene=take.scene_id, take=take.id) for take in lent]
    return films.edit(film.id, film.revision.number, chosen, label="The takes of the film")
