"""The scripts of films that are being bought, or were paid for: nobody writes them anew.

What a shot is hangs on every word of its scene. A language model seldom writes the same twice, and
a newer OneReel writes otherwise than an older one: asked again for a film of which a shot is bought
already, either would have all of it bought once more. So what a writer wrote is kept, and from the
first request on it is the film's script. What a writer was paid for is the film's script from the
beginning. Another seed asks for another script.

While a script is written, every answer to it is kept beside it, so that nothing is asked for twice
where it breaks off: a film of many acts goes on with the act that failed.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

from .errors import BadInput, OneReelError, StorageError
from .files import writing
from .home import Home
from .settings import Settings
from .story.brief import Brief
from .story.screenplay import Screenplay
from .story.writers.shelf import Heard, Shelf
from .values import digest

__all__ = ["answers_kept", "written"]

_LOG = logging.getLogger("onereel")


async def written(
    brief: Brief,
    *choices: object,
    home: Home,
    settings: Settings,
    write: Callable[[Shelf], Awaitable[Screenplay]],
    paid: bool = False,
) -> Screenplay:
    """Return what these choices wrote before, if it or shots of it are paid for; else let `write`.

    Args:
        brief: the film.
        choices: who writes, and all that he is told beside the brief: JSON values.
        write: called for a new script, which is kept, with a shelf for the answers to it.
        paid: whether the writer costs money.

    Raises:
        OneReelError: what `write` raises.
    """
    # A film that is told anew keeps its id: then the wishes say which script is meant.
    wishes = (brief,) if brief.of_film else ()
    path = home.private / "scripts" / f"{digest(brief.film_id, *choices, *wishes)}.json"
    if path.is_file() and (paid or await asyncio.to_thread(_begun, brief.film_id, home, settings)):
        try:
            return Screenplay.from_json(path.read_bytes())
        except (BadInput, OSError) as error:
            _LOG.warning("the script %s cannot be read and is written anew: %s", path.name, error)
    shelf = _Folder(path.with_suffix(".answers.json"), paid=paid)
    screenplay = await write(shelf)
    try:
        with writing(path, private=True) as temporary:
            temporary.write_text(screenplay.to_json(indent=1), "utf-8")
    except StorageError as error:
        # Where nothing can be written no shot is bought.
        _LOG.warning("the script of this film is not kept: %s", error)
    else:
        shelf.clear()
    return screenplay


def answers_kept(*choices: object, home: Home) -> Shelf:
    """A shelf that is there for good, of what these choices were answered.

    Args:
        choices: all that the answers depend on: JSON values.
        home: where it stands.
    """
    return _Folder(home.private / "scripts" / f"{digest(*choices)}.answers.json", paid=False)


class _Folder:
    """A `Shelf` in one file."""

    def __init__(self, path: Path, *, paid: bool) -> None:
        self._path = path
        self._paid = paid
        self._kept: dict[str, list[Heard]] | None = None

    async def answers(self, step: str) -> Sequence[Heard]:
        """See `Shelf`."""
        return tuple((await self._read()).get(step, ()))

    async def keep(self, step: str, heard: Heard) -> None:
        """See `Shelf`; what was not paid for may get lost where nothing can be written."""
        kept = await self._read()
        kept.setdefault(step, []).append(heard)
        try:
            await asyncio.to_thread(self._write, json.dumps(kept, ensure_ascii=True))
        except StorageError as error:
            if self._paid:
                raise
            _LOG.warning("the answers to this film are not kept: %s", error)

    def clear(self) -> None:
        """Forget all of it: the script is whole."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    async def _read(self) -> dict[str, list[Heard]]:
        if self._kept is None:
            self._kept = await asyncio.to_thread(self._load)
        return self._kept

    def _load(self) -> dict[str, list[Heard]]:
        try:
            kept = json.loads(self._path.read_bytes())
            return {
                str(step): [Heard(str(text), bool(cut_off)) for text, cut_off in answers]
                for step, answers in kept.items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            _LOG.warning("%s cannot be read and is begun anew: %s", self._path.name, error)
            return {}

    def _write(self, text: str) -> None:
        with writing(self._path, private=True) as temporary:
            temporary.write_text(text, "utf-8")


def _begun(film_id: str, home: Home, settings: Settings) -> bool:
    """Whether a shot of a film is bought, or may be."""
    # Only now: the ledger's database takes longer to load than everything else.
    from .shoot.buying.opening import open_ledger
    from .shoot.ledger.ledger import DATABASE
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
