"""The scripts of films that are being bought, or were paid for: nobody writes them anew.

What a shot is hangs on every word of its scene. A language model seldom writes the same twice, and
a newer OneReel writes otherwise than an older one: asked again for a film of which a shot is bought
already, either would have all of it bought once more. So what a writer wrote is kept, and from the
first request on it is the film's script. What a writer was paid for is the film's script from the
beginning. Another seed asks for another script.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from .errors import BadInput, OneReelError, StorageError
from .files import writing
from .home import Home
from .settings import Settings
from .story.brief import Brief
from .story.screenplay import Screenplay
from .values import digest

__all__ = ["written"]

_LOG = logging.getLogger("onereel")


async def written(
    brief: Brief,
    *choices: object,
    home: Home,
    settings: Settings,
    write: Callable[[], Awaitable[Screenplay]],
    paid: bool = False,
) -> Screenplay:
    """Return what these choices wrote before, if it or shots of it are paid for; else let `write`.

    Args:
        brief: the film.
        choices: who writes, and all that he is told beside the brief: JSON values.
        write: called for a new script, which is kept.
        paid: whether the writer costs money.

    Raises:
        OneReelError: what `write` raises.
    """
    path = home.private / "scripts" / f"{digest(brief.film_id, *choices)}.json"
    if path.is_file() and (paid or await asyncio.to_thread(_begun, brief.film_id, home, settings)):
        try:
            return Screenplay.from_json(path.read_bytes())
        except (BadInput, OSError) as error:
            _LOG.warning("the script %s cannot be read and is written anew: %s", path.name, error)
    screenplay = await write()
    try:
        with writing(path, private=True) as temporary:
            temporary.write_text(screenplay.to_json(indent=1), "utf-8")
    except StorageError as error:
        # Where nothing can be written no shot is bought.
        _LOG.warning("the script of this film is not kept: %s", error)
    return screenplay


def _begun(film_id: str, home: Home, settings: Settings) -> bool:
    """Whether a shot of a film is bought, or may be."""
    # Only now: the ledger's database takes longer to load than everything else.
    from .shoot.ledger.ledger import DATABASE
    from .shoot.opening import open_ledger
    from .shoot.states import OPEN

    if not settings.ledger.url.get_secret_value() and not (home.private / DATABASE).exists():
        return False
    try:
        with open_ledger(home, settings) as ledger:
            bought = (*OPEN, "settled", "written off", "abandoned")
            return bool(ledger.entries(film_id=film_id, states=bought, limit=1))
    except OneReelError as error:
        # Who cannot look buys nothing either, and the next run may find it well.
        _LOG.warning("whether the film is begun cannot be seen: %s", error)
        return True
