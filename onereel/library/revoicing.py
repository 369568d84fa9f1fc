"""A film of the library in another language: a film of its own that plays the same takes."""

from __future__ import annotations

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
from ..work import Cancel, Progress
from .changes import ChooseTakeOf
from .films import Films
from .stored import StoredFilm

__all__ = ["revoice"]


async def revoice(
    film_id: str,
    language: str,
    *,
    service: str = "",
    model: str = "",
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

    Raises:
        ChooseFilm: there is no such film.
        ReviseScreenplay: it has no scenes yet, or is in that language already.
        ReplaceMedia: a take's file is damaged.
        OneReelError: as `onereel.revoicing.translated` raises.
    """
    film = films.get(film_id)
    screenplay = film.revision.screenplay
    if screenplay is None:
        raise ReviseScreenplay("This film has no scenes yet; have it written first.")
    # What cannot be lent is named before anything is paid for, or made.
    kept_takes(screenplay, home=home)
    carded = with_end_card(screenplay, film.revision.options.end_card)
    whole = await translated(
        carded,
        language,
        writer=translator_of(screenplay, service=service, model=model),
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
    made = films.create(spoken, options=options).film
    return _with_takes(made, screenplay, films, home)


def _with_takes(film: StoredFilm, before: Screenplay, films: Films, home: Home) -> StoredFilm:
    after = film.revision.screenplay
    lent = lend_takes(before, after, home=home) if after else ()
    if not lent:
        return film
    chosen = [ChooseTakeOf(scene=take.scene_id, take=take.id) for take in lent]
    return films.edit(film.id, film.revision.number, chosen, label="The takes of the film")
