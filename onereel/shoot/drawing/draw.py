"""Have a still drawn for each scene, a few at once, each kept the moment it exists."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from PIL import Image

from ...cast.picture import STILLS, Picture
from ...errors import (
    AddKey,
    Cancelled,
    MoneyError,
    OneReelError,
    ResolveTakes,
    StorageError,
    WaitForOther,
    WaitForQuota,
)
from ...google.client import Client, gemini_access
from ...home import Home
from ...remote import Patience, Remote
from ...settings import Settings
from ...story.screenplay import Screenplay
from ...work import Cancel, Progress
from ..buying.bills import has_bills
from ..buying.once import Once
from ..buying.opening import open_ledger
from ..ledger import Ledger
from ..models.registry import Registry
from . import shelf
from .drawing import DrawingOptions, Wanted, drawings
from .painter import Painter
from .price import DrawingPrice, check_purchase, price_of

__all__ = ["DRAWING", "Drawn", "draw_scenes"]

_AT_ONCE = 4
_PREVIEW = 512
"""Pixels of its longer side."""
_FOR_ALL = (AddKey, Cancelled, MoneyError, StorageError, WaitForQuota)
"""What struck one scene and would strike the others too."""
_FOR_ONE = (ResolveTakes, WaitForOther)
"""The errors of money that concern one scene alone."""

DRAWING = Remote(Patience(call=300.0, grace=60.0))
"""A picture that nobody waits for is paid and lost: who stops waits for those under way."""


@dataclass(frozen=True)
class Drawn:
    """The stills of a film."""

    pictures: dict[str, Path]
    """By scene id, in the film's order."""
    missing: dict[str, str]
    """Why a scene has none, by its id."""
    reasons: dict[str, tuple[str, ...]]
    """Who is shown in a scene by what, and why."""
    words: str
    """What they cost, in a sentence."""

    @property
    def missing_in_words(self) -> str:
        """Name every scene that was not drawn, and why; empty where all were."""
        # What strikes all scenes alike is said once.
        alike: dict[str, list[str]] = {}
        for scene, why in self.missing.items():
            alike.setdefault(why.rstrip("."), []).append(scene)
        if not alike:
            return ""
        each = "; ".join(f"{', '.join(scenes)}: {why}" for why, scenes in alike.items())
        count = len(self.missing)
        kept = f" The other {len(self.pictures)} are kept." if self.pictures else ""
        return f"{count} {'scene was' if count == 1 else 'scenes were'} not drawn. {each}.{kept}"


async def draw_scenes(
    screenplay: Screenplay,
    options: DrawingOptions,
    *,
    home: Home,
    settings: Settings,
    references: Sequence[Picture] = (),
    only: Collection[str] | None = None,
    at_most: Decimal | None = None,
    remote: Remote = DRAWING,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Drawn:
    """Return a still for each scene: the one on disk, or a new one.

    Every picture is in the ledger before it is asked for. A refusal of a safety filter costs
    nothing and concerns its scene alone.

    Args:
        screenplay: the film; its people are shown to the model by their pictures.
        options: who draws, how large.
        home: where pictures are kept.
        settings: key, switch and caps.
        references: pictures that every scene is shown beside those of its people.
        only: the ids of the scenes; None: all.
        at_most: dollars that the film maker agreed to; None: only the caps count.
        remote: asks again where nothing was taken.
        progress: hears of each picture, and shows it.
        cancel: obeyed at once, but for what is under way, which is waited for.

    Raises:
        ChooseRenderer, ReviseScreenplay: see `drawings`.
        MoneyError: see `check_purchase`; nothing was sent.
        AddKey, WaitForQuota, StorageError: it concerns all; what was drawn before is kept.
        Cancelled: the user stopped; what was drawn is kept.
    """
    model = Registry.load(home).image(options.model)
    wanted = drawings(screenplay, options, model, references=references, only=only)
    found: dict[str, Path | OneReelError] = {}
    for each in wanted:
        if path := shelf.find(each.drawing.key, home):
            found[each.scene.id] = path
    missing = [each for each in wanted if each.scene.id not in found]
    price = price_of(missing, kept=len(found), model=model, settings=settings)
    progress(0, price.words)
    if not missing and has_bills(home):
        # A process died when it had kept one, and before it was settled.
        (await asyncio.to_thread(open_ledger, home, settings)).close()
    if missing:
        stop = cancel or Cancel()
        async with AsyncExitStack() as stack:
            till = None
            if not settings.buying.free_key:
                ledger = stack.enter_context(await asyncio.to_thread(open_ledger, home, settings))
                film_id = screenplay.brief.film_id
                till = Once(film_id, "picture", home, settings, ledger=ledger)
                await asyncio.to_thread(_check, price, till, ledger, at_most)
            access = gemini_access(settings.google)
            client = await stack.enter_async_context(Client(access, remote.patience))
            # A price that nobody knows was refused.
            painter = Painter(client, home, remote, stop, till, price.each or Decimal(0))
            found |= await _all_of(missing, painter, _Meter(len(missing), progress))
    return _sorted_out(wanted, found, price.words)


def _check(price: DrawingPrice, till: Once, ledger: Ledger, at_most: Decimal | None) -> None:
    totals = ledger.totals(film_id=till.film_id, zone=till.settings.buying.zone)
    check_purchase(price, till.settings, totals, at_most=at_most)


async def _all_of(
    missing: Sequence[Wanted], painter: Painter, meter: _Meter
) -> dict[str, Path | OneReelError]:
    """The picture of every scene, or why it has none.

    Raises:
        OneReelError: it concerns all; those that were under way were waited for.
    """
    turn = asyncio.Semaphore(_AT_ONCE)
    fatal: list[OneReelError] = []

    async def one(each: Wanted) -> Path | OneReelError:
        async with turn:
            if fatal:
                return fatal[0]
            try:
                path = await painter.draw(each)
            except OneReelError as error:
                if isinstance(error, _FOR_ALL) and not isinstance(error, _FOR_ONE):
                    fatal.append(error)
                meter.missed(each, error)
                return error
            meter.drawn(each, await asyncio.to_thread(_preview, path))
            return path

    # A fault of our own in one scene must not cut off what the others have sent.
    results = await asyncio.gather(*map(one, missing), return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, OneReelError):
            raise result
    if fatal:
        raise fatal[0]
    named = zip(missing, results, strict=True)
    return {each.scene.id: told for each, told in named if isinstance(told, Path | OneReelError)}


def _sorted_out(
    wanted: Sequence[Wanted], found: Mapping[str, Path | OneReelError], words: str
) -> Drawn:
    pictures: dict[str, Path] = {}
    missing: dict[str, str] = {}
    for each in wanted:
        told = found[each.scene.id]
        if isinstance(told, Path):
            pictures[each.scene.id] = told
        else:
            missing[each.scene.id] = told.user_message
    reasons = {each.scene.id: each.reasons for each in wanted if each.reasons}
    return Drawn(pictures, missing, reasons, words)


def _preview(path: Path) -> Image.Image:
    with Image.open(path, formats=STILLS) as picture:
        picture.thumbnail((_PREVIEW, _PREVIEW))
        return picture.convert("RGB")


class _Meter:
    """Reports each picture as it arrives."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total, self._progress, self._done = total, progress, 0

    def drawn(self, each: Wanted, preview: Image.Image) -> None:
        self._tell(f"{_name(each)} is drawn.", preview)

    def missed(self, each: Wanted, error: OneReelError) -> None:
        self._tell(f"{_name(each)} is not drawn: {error.user_message}", None)

    def _tell(self, words: str, preview: Image.Image | None) -> None:
        self._done += 1
        self._progress(self._done / self._total, words, preview=preview)


def _name(each: Wanted) -> str:
    return each.scene.title or each.scene.id
