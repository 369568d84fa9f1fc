"""Presenters for a Cut: their pictures and clips kept as media, then planned over its scenes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..cast.character import Character
from ..cast.picture import STILLS, check_portrait_size, pixels_id, upright_still
from ..errors import MatchLists, RevisePresenter
from ..files import file_digest, writing
from ..home import Home
from ..story.screenplay import Screenplay
from ..voice.line import Line
from .overlays.keying import key_code
from .plan import Corner, Cut, Presenter, PresenterPlace
from .presented import EVERY_SCENE, chosen_scenes
from .probe import probe

__all__ = [
    "KEPT",
    "Motion",
    "add_presenter",
    "for_lines",
    "keep_presenter_file",
    "keep_presenter_picture",
    "portrait_of",
]

KEPT = r"(presenters/[0-9a-f]{32}\.[a-z0-9]{2,5}|pictures/[A-Za-z0-9_-]{1,64}\.png)"
"""What the media names of presenters look like; the second kind is a character's picture."""

Motion = Literal["pictures", "always", "never"]
"""What moves with the voice. Clips have movements of their own."""

_LONGEST_SIDE = 2160
"""Pixels: no film shows more of a picture."""


def add_presenter(
    cut: Cut,
    media: str | Mapping[str, str],
    *,
    screenplay: Screenplay | None = None,
    scenes: str = EVERY_SCENE,
    place: PresenterPlace = "corner circle",
    corner: Corner = "bottom right",
    size: float = 1.0,
    key: str = "",
    motion: Motion = "pictures",
) -> Cut:
    """Show somebody over scenes of the film, who speaks their lines.

    `media` is what `keep_presenter_picture` or `keep_presenter_file` gave, or a character's
    picture: one for all scenes, or one for each scene id, as talking-head clips are. `scenes` is
    "all", or numbers and ids such as "1, 3-5"; they are counted in `screenplay` where it is given,
    with the scenes that were left out of the cut. Another presenter over the same scene gives way.
    `key` is the colour to see through ("green", "#00b140"); empty for none.

    Raises:
        MatchLists: nobody speaks in the cut.
        RevisePresenter: there is no such scene, or the key is no vivid colour.
    """
    if not cut.lines:
        raise MatchLists(
            "Nobody speaks in this cut, so a presenter has nothing to say; give Assemble Cut the"
            " lines of Narrate."
        )
    clips = sorted(cut.clips, key=lambda clip: clip.start)
    seen = list(dict.fromkeys(clip.scene_id for clip in clips))
    counted = [scene.id for scene in screenplay.scenes] if screenplay else seen
    wanted = [scene for scene in chosen_scenes(scenes, counted) if scene in seen]
    if not wanted:
        # All of them were left out: they could not be shot.
        return cut
    of_media: dict[str, list[str]] = {}
    for scene in wanted:
        name = media if isinstance(media, str) else media.get(scene)
        if name:
            of_media.setdefault(name, []).append(scene)
    if not of_media:
        raise RevisePresenter(
            "None of the presenter's clips belongs to the chosen scenes; choose others."
        )
    code = key_code(key)
    new = (
        Presenter(
            media=name,
            scenes=tuple(of),
            place=place,
            corner=corner,
            size=size,
            key=code,
            moves=motion == "always" or (motion == "pictures" and name.endswith(".png")),
        )
        for name, of in of_media.items()
    )
    taken = {scene for of in of_media.values() for scene in of}
    return cut.replace(presenters=(*_without(cut.presenters, taken), *new))


def _without(presenters: Sequence[Presenter], scenes: set[str]) -> list[Presenter]:
    left = (
        (each, tuple(scene for scene in each.scenes if scene not in scenes)) for each in presenters
    )
    return [each.replace(scenes=kept) for each, kept in left if kept]


def for_lines(media: Sequence[str], lines: Sequence[Line]) -> str | dict[str, str]:
    """Pictures or clips as `add_presenter` takes them: one for all, or one for each line.

    Raises:
        MatchLists: there are several, but not as many as lines.
        RevisePresenter: there is none.
    """
    if not media:
        raise RevisePresenter(
            "Nobody is there to present; connect a picture, a clip, or a character with a picture."
        )
    if len(media) == 1:
        return media[0]
    if len(media) != len(lines):
        raise MatchLists(
            f"There are {len(media)} pictures or clips of the presenter and {len(lines)} lines;"
            " give one for all scenes, or Narrate's lines and one for each."
        )
    return {line.scene_id: name for line, name in zip(lines, media, strict=True)}


def portrait_of(character: Character) -> str:
    """The media name of a character's best picture.

    Raises:
        RevisePresenter: it has none.
    """
    if not character.pictures:
        raise RevisePresenter(
            f"{character.name} has no picture to present with; give the character one."
        )
    return character.pictures[0].name


def keep_presenter_picture(pixels: NDArray[np.uint8], *, home: Home) -> str:
    """Keep a picture of a presenter, and give its media name.

    `pixels` is (height, width, 3 or 4): sRGB, with straight alpha where there are four.

    Raises:
        ReplaceMedia: a side has fewer than 64 pixels, or both together more than 40 million.
        StorageError: it cannot be written.
    """
    height, width = pixels.shape[:2]
    check_portrait_size(width, height)
    return _keep_image(Image.fromarray(pixels), home)


def keep_presenter_file(path: Path, *, home: Home) -> str:
    """Keep a picture or a clip of a presenter as it is, and give its media name.

    Raises:
        ReplaceMedia: it is neither, is damaged, or has no moving picture.
        StorageError: it cannot be written.
    """
    if _is_still(path):
        still = upright_still(path)
        check_portrait_size(*still.size)
        return _keep_image(still, home)
    # Decodes one frame: what cannot be shown is said now, and not at the end of a long film.
    assert probe(path).video.look
    ending = path.suffix.lower().lstrip(".")
    ending = ending if re.fullmatch("[a-z0-9]{2,5}", ending) and ending != "png" else "mp4"
    media = f"presenters/{file_digest(path)}.{ending}"
    kept = home.path(media)
    if not kept.is_file():
        with writing(kept) as temporary:
            shutil.copyfile(path, temporary)
    return media


def _is_still(path: Path) -> bool:
    try:
        with Image.open(path, formats=STILLS) as image:
            return image.format != "GIF" or not getattr(image, "is_animated", False)
    except Image.DecompressionBombError:
        return True
    except (OSError, ValueError):
        return False


def _keep_image(image: Image.Image, home: Home) -> str:
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    media = f"presenters/{pixels_id(np.asarray(image, np.uint8))}.png"
    path = home.path(media)
    if not path.is_file():
        with writing(path) as temporary:
            image.save(temporary, "PNG")
    return media
