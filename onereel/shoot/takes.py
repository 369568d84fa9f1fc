"""The takes on disk: each is a clip and a JSON file beside it, in its film's folder."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from pathlib import Path, PurePosixPath

import av
from pydantic import ValidationError

from ..errors import BadInput, MatchLists, ReplaceMedia
from ..files import storage_error, writing
from ..home import Home
from ..story.brief import Aspect
from ..story.platforms import picture_size
from ..story.screenplay import Scene
from ..values import Value, digest, frames
from .take import Take

__all__ = [
    "BROUGHT",
    "CHOSEN",
    "HANDLE",
    "Takes",
    "clip_name",
    "film_folder",
    "misshapen",
    "outdated",
    "pinned_ids",
]

_SAFE = r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
_SAFE_IN_A_FOLDER = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
BROUGHT = "brought"
"""The renderer of a take that the film maker brought along; it plays where it is chosen."""
HANDLE = Fraction(1, 2)
"""Seconds that a clip made here runs on after its scene, for a cross-fade to lie over."""
CHOSEN = ".chosen.json"
"""Ends the name of a scene's pin."""
_NO_TAKE = (".receipt.json", CHOSEN, "rehearsed.json")
"""Endings of JSON files that lie beside the takes."""
_ALIKE = 0.05
"""How far two shapes may be apart and still be one: sides are whole pixels."""


def clip_name(film_id: str, scene_id: str, take_id: str, suffix: str = ".mp4") -> str:
    """The media name of a take's clip: "takes/<film>/<scene>-<take>.mp4"."""
    return f"takes/{_folder_name(film_id)}/{_part(scene_id)}-{_part(take_id)}{suffix}"


def film_folder(home: Home, film_id: str) -> Path:
    """The folder of a film's takes."""
    return home.media / "takes" / _folder_name(film_id)


def _folder_name(film_id: str) -> str:
    # A film's id is a hash, but a collected clip may come with any name for its film.
    return film_id if re.fullmatch(_SAFE, film_id) else digest(film_id)[:16]


def _part(name: str) -> str:
    # Scenes and takes have such ids, but a take may come with any: it is not to lead elsewhere.
    return name if re.fullmatch(_SAFE_IN_A_FOLDER, name) else digest(name)[:16]


class _Pin(Value):
    """Which take a scene plays, and for which scene that was said."""

    take: str
    words_id: str
    wanted: int
    """The scene's `take` at that time."""


class Takes:
    """The takes of one home. A take is found by its film's folder and its scene's file names."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def path(self, take: Take) -> Path:
        """Where the take's clip is, or is to be."""
        return self._home.path(take.clip)

    def keep(self, take: Take) -> None:
        """Write the take's JSON beside its clip.

        Raises:
            StorageError: it cannot be written.
        """
        with writing(self.path(take).with_suffix(".json")) as path:
            path.write_text(take.to_json(indent=1), "utf-8")

    def has(self, take: Take) -> bool:
        """Whether this very take was kept and its clip is still whole."""
        path = self.path(take)
        there = path.with_suffix(".json").is_file()
        return there and _pictures(path) == frames(take.duration, take.fps)

    def plays(self, take: Take) -> bool:
        """Whether the take's clip can be read to its end, however long that is."""
        return _pictures(self.path(take)) > 0

    def find(self, film_id: str, scene_id: str, picture_id: str = "") -> tuple[Take, ...]:
        """The kept takes of a scene whose clip is there, by number; of one picture, if named.

        Raises:
            ReplaceMedia: a take's JSON file is damaged.
        """
        found = [
            take
            for take in _described(film_folder(self._home, film_id), f"{scene_id}-")
            if take.scene_id == scene_id
            and take.film_id == film_id
            and picture_id in ("", take.picture_id)
            and self.path(take).is_file()
        ]
        return tuple(sorted(found, key=_by_number))

    def of_film(self, film_id: str) -> dict[str, tuple[Take, ...]]:
        """All kept takes of a film whose clip is there, by scene id, each scene's by number.

        What is damaged is left out.
        """
        try:
            files = {each.name: each for each in os.scandir(film_folder(self._home, film_id))}
        except OSError:
            return {}
        names = {name for name, each in files.items() if each.is_file()}
        found: dict[str, list[Take]] = {}
        for name in sorted(names):
            if name.startswith(".") or not name.endswith(".json") or name.endswith(_NO_TAKE):
                continue
            with suppress(BadInput, OSError):
                take = _read_as(files[name].path, _mark(files[name]))
                if take.film_id == film_id and take.clip.rpartition("/")[2] in names:
                    found.setdefault(take.scene_id, []).append(take)
        return {scene: tuple(sorted(takes, key=_by_number)) for scene, takes in found.items()}

    def samples(self, take: Take) -> tuple[Take, ...]:
        """The takes of the other clips that came with a take, in order.

        Raises:
            ReplaceMedia: the JSON file of one is damaged.
        """
        clip = self.path(take)
        found = _described(clip.parent, f"{clip.stem}-") if take.clip else ()
        return tuple(each for each in found if self.path(each).is_file())

    def lend(self, take: Take, film_id: str, scene: Scene) -> Take:
        """Give another film's scene a take, with its clip in that film's own folder: a second name
        of the same file, or a copy where the disk has no such names.

        Raises:
            StorageError: it cannot be written.
        """
        suffix = PurePosixPath(take.clip).suffix
        lent = take.replace(
            film_id=film_id,
            scene_id=scene.id,
            picture_id=scene.picture_id,
            clip=clip_name(film_id, scene.id, take.id, suffix),
        )
        source, path = self.path(take), self.path(lent)
        if not path.is_file():
            with writing(path) as temporary:
                _same_file(source, temporary)
        self.keep(lent)
        return lent

    def choose(self, scene: Scene, take: Take) -> None:
        """Pin a take as the one its scene plays, until its words or its `take` change.

        A take that was shot in other words may be chosen; a draft is drawn for its scene.

        Raises:
            MatchLists: the take is of another scene, or a draft of the scene as it was before.
            StorageError: it cannot be written.
        """
        if take.scene_id != scene.id or outdated(take, scene):
            raise MatchLists(
                f"This take was not shot for scene {scene.id} as it is now; choose one that was."
            )
        pin = _Pin(take=take.id, words_id=scene.words_id, wanted=scene.take)
        with writing(self._pin(take.film_id, scene)) as path:
            path.write_text(pin.model_dump_json(), "utf-8")

    def unchoose(self, film_id: str, scene: Scene) -> None:
        """Take the pin of a scene away.

        Raises:
            StorageError: it cannot be removed.
        """
        path = self._pin(film_id, scene)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise storage_error(error, path) from error

    def pinned(self, film_id: str, scene: Scene) -> str:
        """The id of the take that was pinned for a scene as it is now; empty without one.

        Raises:
            ReplaceMedia: the pin's file is damaged.
            StorageError: it cannot be read.
        """
        path = self._pin(film_id, scene)
        if not path.is_file():
            return ""
        try:
            pin = _Pin.model_validate_json(path.read_bytes())
        except OSError as error:
            raise storage_error(error, path) from error
        except ValidationError:
            raise _damaged(path) from None
        # Another take number is a later wish than the pin.
        fits = (pin.words_id, pin.wanted) == (scene.words_id, scene.take)
        return pin.take if fits else ""

    def chosen(self, film_id: str, scene: Scene) -> Take | None:
        """The take that was pinned for a scene as it is now, if its clip is still there.

        Raises:
            ReplaceMedia: the pin's file, or a take's JSON file, is damaged.
        """
        pinned = self.pinned(film_id, scene)
        found = self.find(film_id, scene.id) if pinned else ()
        fitting = (take for take in found if take.id == pinned and not outdated(take, scene))
        return next(fitting, None)

    def _pin(self, film_id: str, scene: Scene) -> Path:
        return film_folder(self._home, film_id) / f"{scene.id}{CHOSEN}"


def _same_file(source: Path, path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
        os.link(source, path)
    except OSError:
        shutil.copyfile(source, path)


def outdated(take: Take, scene: Scene) -> bool:
    """Whether it is a draft of other words, or of another length, which is drawn anew for free."""
    return take.state == "draft" and take.picture_id != scene.picture_id


def misshapen(take: Take, aspect: Aspect) -> bool:
    """Whether it is a draft of another shape than its film has, which is drawn anew for free."""
    width, height = picture_size(aspect, "720p")
    return take.state == "draft" and abs(take.width * height / (take.height * width) - 1) > _ALIKE


def _by_number(take: Take) -> tuple[int, str, str]:
    return take.number, take.renderer, take.id


def pinned_ids(folder: Path) -> frozenset[str]:
    """The ids of the takes that are pinned in a film's folder; what is damaged pins nothing."""
    found = set()
    for path in folder.glob(f"*{CHOSEN}"):
        with suppress(OSError, ValidationError):
            found.add(_Pin.model_validate_json(path.read_bytes()).take)
    return frozenset(found)


def _pictures(path: Path) -> int:
    """Count the pictures of a clip; none where a packet is cut short, or where it is no clip.

    What the head of a file says is also true of one whose end is missing.
    """
    count = 0
    try:
        with av.open(str(path)) as container:
            picture = container.streams.video[0]
            for packet in container.demux():
                if packet.is_corrupt:
                    return 0
                count += packet.stream_index == picture.index and packet.size > 0
    except (OSError, av.FFmpegError, IndexError):
        return 0
    return count


def _described(folder: Path, beginning: str) -> Iterator[Take]:
    """The takes that JSON files of such names describe; receipts and pins lie beside them."""
    names = sorted(path.name for path in folder.glob("*.json"))
    for name in names:
        if name.startswith(beginning) and not name.endswith(_NO_TAKE):
            yield _read(folder / name)


def _read(path: Path) -> Take:
    try:
        return Take.from_json(path.read_bytes())
    except BadInput:
        raise _damaged(path) from None


def _mark(file: os.DirEntry[str]) -> tuple[int, int, int]:
    """Changes when somebody puts another file in the place of this one."""
    found = file.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


# A film that is being made is asked for every second, and its takes are what they were.
@lru_cache(maxsize=2048)
def _read_as(path: str, _mark: tuple[int, int, int]) -> Take:
    return _read(Path(path))


def _damaged(path: Path) -> ReplaceMedia:
    return ReplaceMedia(f"{path} is damaged; delete that file, then run again.")
