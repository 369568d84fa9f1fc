"""What scenes that begin where others end would be shot again for, in a film of the library."""

from __future__ import annotations

from ...home import Home
from ...settings import Settings
from ...shoot.prices.rebuy import Rebuy, rebuys
from ..films import Films
from ..shots import chain_of
from .card import paid_options

__all__ = ["offered_frames"]


def offered_frames(
    film_id: str, films: Films, *, home: Home, settings: Settings
) -> tuple[Rebuy, ...]:
    """The scenes that begin where an earlier take ended, with all that letting go of that frame
    would have shot again; none while no paid model is chosen.

    Raises:
        ChooseFilm: there is no such film.
        ChooseRenderer, ReviseScreenplay: it cannot be shot so.
        ReplaceMedia: a clip cannot be read.
    """
    version = films.get(film_id).revision
    screenplay, options = version.screenplay, paid_options(version.options)
    if options is None or screenplay is None:
        return ()
    if not any(scene.continues for scene in screenplay.scenes):
        return ()
    with films.database.reading() as session:
        return rebuys(chain_of(session, screenplay, options, home=home, settings=settings))
