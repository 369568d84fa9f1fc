"""From the service to the disk: each clip whole, checked, and described beside it."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
from PIL import Image

from ...errors import ReplaceMedia, TryAgain
from ...files import check_room, writing
from ...home import Home
from ..ledger import Attempt, Entry, KeptFile, Ledger
from ..ledger.checking import LESS_WHEN_EXTENDED, SLACK, ClipFacts, check_clip, sha256_of, shortest
from ..order import Order
from ..shot import Shot
from ..take import Take
from ..takes import Takes, clip_name
from .desk import Desk
from .service import Delivered, RemoteFile

__all__ = ["Delivery", "deliver", "for_scene", "kept", "make_room", "poster"]


_ROOM = 64 << 20
"""Bytes: more than a clip has."""


@dataclass(frozen=True)
class Delivery:
    """An answer to fetch, and what it cost."""

    entry: Entry
    attempt: Attempt
    answer: Delivered
    charged: Decimal


def make_room(entry: Entry, home: Home) -> None:
    """Make sure that a clip could be written, before it is paid for.

    Raises:
        FreeDisk, MakeWritable, StorageError: it could not.
    """
    check_room(home.path(_name(entry, 1)), size=_ROOM)


def kept(entry: Entry, home: Home) -> Take | None:
    """The take of an entry, if every file that came with it is on disk as it was."""
    if entry.state != "settled" or not all(_whole(file, home) for file in entry.clips):
        return None
    return entry.take


def for_scene(take: Take, order: Order) -> Take:
    """A take as the take of the order's scene: another film may have bought it first."""
    return take.replace(
        film_id=order.film_id, scene_id=order.scene.id, picture_id=order.scene.picture_id
    )


def _whole(file: KeptFile, home: Home) -> bool:
    path = home.path(file.name)
    return path.is_file() and path.stat().st_size == file.size and sha256_of(path) == file.sha256


async def deliver(delivery: Delivery, desk: Desk) -> tuple[Take, tuple[KeptFile, ...]]:
    """Fetch every clip of an answer; return the take of the first, which is the scene's.

    The others are takes of the scene too: see `Takes.samples`. So are all of a request that turns
    out to be paid beside another one for the same take.

    Raises:
        ServiceError: a clip could not be fetched whole; it is still at the service.
        StorageError: the disk refused.
        Cancelled: the user stopped it.
    """
    numbers = _numbers(delivery)
    files: list[KeptFile] = []
    facts: list[ClipFacts] = []
    for number, file in zip(numbers, delivery.answer.files, strict=True):
        path = desk.home.path(_name(delivery.entry, number))

        # Around all tries: one that broke off is gone on with.
        with writing(path) as temporary:
            found = await _fetched(file, temporary, delivery, desk)
        facts.append(found)
        files.append(
            KeptFile(
                name=path.relative_to(desk.home.media).as_posix(),
                sha256=found.sha256,
                size=found.size,
                source=file.uri,
                attempt=delivery.attempt.id,
            )
        )
    before = await asyncio.to_thread(_continued, delivery.entry, desk.ledger)
    note = await asyncio.to_thread(_note, delivery, desk.ledger)
    takes = [
        _take(delivery, number, file, found, before).replace(
            note=" ".join(filter(None, (note, _too_short(found, delivery.entry.shot))))
        )
        for number, file, found in zip(numbers, files, facts, strict=True)
    ]
    # What the answer cost stands in its first take.
    takes[0] = takes[0].replace(cost=delivery.charged)
    for take in takes:
        keep = partial(Takes(desk.home).keep, take)
        await asyncio.to_thread(desk.ledger.insist, keep)
    return takes[0], tuple(files)


def _numbers(delivery: Delivery) -> list[int]:
    """The numbers that the clips of an answer have among all clips of their take."""
    entry, count = delivery.entry, len(delivery.answer.files)
    taken = {each.name: each.attempt for each in entry.files}
    others = {name for name, attempt in taken.items() if attempt != delivery.attempt.id}
    free = (number for number in itertools.count(1) if _name(entry, number) not in others)
    return list(itertools.islice(free, count))


def _take_id(entry: Entry, number: int) -> str:
    return entry.key if number == 1 else f"{entry.key}-{number}"


async def _fetched(file: RemoteFile, path: Path, delivery: Delivery, desk: Desk) -> ClipFacts:
    async def fetch() -> ClipFacts:
        await desk.service.fetch(file, path)
        return await asyncio.to_thread(_checked, path, delivery.entry)

    return await desk.ask("fetch", fetch, delivery.attempt)


def _name(entry: Entry, number: int) -> str:
    return clip_name(entry.film_id, entry.scene_id, _take_id(entry, number))


def _checked(path: Path, entry: Entry) -> ClipFacts:
    try:
        return check_clip(path, entry.shot)
    except ReplaceMedia as error:
        raise TryAgain(
            f"The clip of scene {entry.scene_id} arrived broken ({error.user_message.rstrip('.')});"
            " it is still at the service: run again to fetch it."
        ) from None


def _note(delivery: Delivery, ledger: Ledger) -> str:
    """What is not as it was asked for, in words for the user."""
    told = []
    if diff := ledger.revision(delivery.entry.key):
        told.append(f"Shot in softer words: {diff}.")
    if held := delivery.answer.filtered:
        told.append(f"{held} of {delivery.entry.shot.samples} samples were held back by a filter.")
    return " ".join(told)


def _too_short(facts: ClipFacts, shot: Shot) -> str:
    if facts.duration >= shortest(shot):
        return ""
    return (
        f"It lasts {float(facts.duration):.1f} s, and not the {shot.duration} s that were asked for"
        " and paid."
    )


def _continued(entry: Entry, ledger: Ledger) -> Fraction:
    """Seconds of another scene's clip that a take goes on from; 0 where its scene has all of it."""
    base = ledger.entry(entry.shot.extends) if entry.shot.extends else None
    same = base and (base.film_id, base.scene_id) == (entry.film_id, entry.scene_id)
    return base.take.duration if base and base.take and not same else Fraction(0)


def _lead(facts: ClipFacts, before: Fraction, shot: Shot) -> Fraction:
    """Seconds of a clip that were there before: services give the old part along, or do not."""
    whole = before + shot.duration - LESS_WHEN_EXTENDED
    return before if before and facts.duration >= whole - SLACK else Fraction(0)


def _take(
    delivery: Delivery, number: int, file: KeptFile, facts: ClipFacts, before: Fraction
) -> Take:
    """The take of one clip of an answer."""
    entry, shot = delivery.entry, delivery.entry.shot
    return Take(
        id=_take_id(entry, number),
        film_id=entry.film_id,
        scene_id=entry.scene_id,
        picture_id=entry.picture_id,
        number=shot.number,
        renderer=shot.renderer,
        model=shot.model,
        seed=shot.seed or 0,
        state="ready",
        clip=file.name,
        duration=facts.duration,
        lead=_lead(facts, before, shot),
        width=facts.width,
        height=facts.height,
        fps=facts.fps,
        sound=facts.sound,
    )


def poster(take: Take, home: Home) -> Image.Image | None:
    """The first frame of a take; None where it cannot be read."""
    try:
        with av.open(str(home.path(take.clip))) as container:
            frame = next(container.decode(video=0), None)
            return Image.fromarray(frame.to_ndarray(format="rgb24")) if frame else None
    except (OSError, av.FFmpegError, IndexError):
        return None
