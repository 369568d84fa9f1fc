"""From the service to the disk: each clip whole, checked, and with its receipt beside it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from ..cut.probe import probe
from ..errors import ReplaceMedia, TryAgain
from ..files import file_digest, writing
from ..home import Home
from ..remote import Remote
from ..work import Cancel
from .ledger import Attempt, Entry, KeptFile, check_clip, write_receipt
from .order import Order
from .service import Delivered, RemoteFile, VideoService
from .take import Take
from .takes import Takes, clip_name

__all__ = ["Delivery", "deliver", "kept", "take_of"]


@dataclass(frozen=True)
class Delivery:
    """An answer to fetch, and what it cost."""

    entry: Entry
    attempt: Attempt
    answer: Delivered
    charged: Decimal


def kept(entry: Entry, order: Order, home: Home) -> Take | None:
    """The take of an entry for the order's scene, if every file of it is on disk as it was."""
    if entry.state != "settled" or entry.take is None:
        return None
    if not all(_whole(file, home) for file in entry.files):
        return None
    return entry.take.replace(
        film_id=order.film_id, scene_id=order.scene.id, picture_id=order.scene.picture_id
    )


def _whole(file: KeptFile, home: Home) -> bool:
    path = home.path(file.name)
    return path.is_file() and path.stat().st_size == file.size and file_digest(path) == file.sha256


async def deliver(
    delivery: Delivery, service: VideoService, remote: Remote, *, home: Home, cancel: Cancel
) -> tuple[KeptFile, ...]:
    """Fetch every clip of an answer.

    Raises:
        ServiceError: a clip could not be fetched whole; it is still at the service.
        StorageError: the disk refused.
        Cancelled: the user stopped it.
    """
    model, files = delivery.entry.shot.model, delivery.answer.files
    kept_files = []
    for number, file in enumerate(files, start=1):
        path = home.path(_name(delivery.entry, number))

        async def fetch(file: RemoteFile = file, path: Path = path) -> None:
            with writing(path) as temporary:
                await service.fetch(file, temporary)
                await asyncio.to_thread(_check, temporary, delivery.entry)

        await remote.ask(fetch, model, cancel=cancel)
        kept_files.append(await asyncio.to_thread(_kept_file, file, path, delivery, home))
    return tuple(kept_files)


def _name(entry: Entry, number: int) -> str:
    key = entry.key if number == 1 else f"{entry.key}-{number}"
    return clip_name(entry.film_id, entry.scene_id, key)


def _check(path: Path, entry: Entry) -> None:
    try:
        check_clip(path, entry.shot)
    except ReplaceMedia as error:
        raise TryAgain(
            f"The clip of scene {entry.scene_id} arrived broken ({error.user_message.rstrip('.')});"
            " it is still at the service: run again to fetch it."
        ) from None


def _kept_file(file: RemoteFile, path: Path, delivery: Delivery, home: Home) -> KeptFile:
    return KeptFile(
        name=path.relative_to(home.media).as_posix(),
        sha256=file_digest(path),
        size=path.stat().st_size,
        source=file.uri,
        attempt=delivery.attempt.id,
    )


def take_of(delivery: Delivery, files: tuple[KeptFile, ...], *, home: Home) -> Take:
    """Describe a delivered take, and keep its description and its receipt beside the clip."""
    entry, shot = delivery.entry, delivery.entry.shot
    video = probe(home.path(files[0].name)).video
    note = ""
    if delivery.answer.filtered:
        note = f"{delivery.answer.filtered} of {shot.samples} samples were held back by a filter."
    take = Take(
        id=entry.key,
        film_id=entry.film_id,
        scene_id=entry.scene_id,
        picture_id=entry.picture_id,
        number=shot.number,
        renderer=shot.renderer,
        model=shot.model,
        seed=shot.seed or 0,
        state="ready",
        clip=files[0].name,
        duration=Fraction(video.duration),
        width=video.width,
        height=video.height,
        fps=video.fps,
        sound=shot.sound,
        cost=delivery.charged,
        note=note,
    )
    Takes(home).keep(take)
    write_receipt(home, delivery, files)
    return take
