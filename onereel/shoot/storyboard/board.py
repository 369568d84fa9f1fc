"""The frames of a storyboard: a picture for each scene, whoever made it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image, ImageOps

from ...cast.picture import read_still
from ...errors import MatchLists, ReplaceMedia
from ...home import Home
from ...story.platforms import Resolution, picture_size
from ...story.screenplay import Scene, Screenplay
from ...work import Cancel, Progress
from ..clip_frame import frame_at, upright
from ..draft.still import draw_still
from ..kept import kept_take
from ..take import Take
from ..takes import Takes

__all__ = ["Frame", "draw_frames", "picture_of", "pictures_on_disk"]


@dataclass(frozen=True)
class Frame:
    """A scene and the picture (RGB) that stands for it, in the film's shape."""

    scene: Scene
    picture: Image.Image


def draw_frames(
    screenplay: Screenplay,
    pictures: Mapping[str, Image.Image] | None = None,
    *,
    resolution: Resolution = "480p",
    seed: int = 0,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Iterator[Frame]:
    """Give each scene's frame in the film's order, one at a time.

    Args:
        pictures: by scene id, pictures of any size and shape: what is outside the film's is cut
            off. A scene without one is drawn.
        seed: of the drawings: those of a draft with the same seed.

    Raises:
        MatchLists: there is a picture of a scene that the screenplay does not have.
        Cancelled: the user stopped it.
    """
    given = pictures or {}
    if strange := sorted(set(given) - {scene.id for scene in screenplay.scenes}):
        raise MatchLists(
            f"There is a picture of scene {strange[0]}, which this film does not have."
        )
    size = picture_size(screenplay.brief.aspect, resolution)
    cancel = cancel or Cancel()
    for number, scene in enumerate(screenplay.scenes):
        cancel.check()
        progress(number / len(screenplay.scenes), f"Drawing {scene.title or scene.id}")
        if scene.id in given:
            picture = ImageOps.fit(given[scene.id].convert("RGB"), size)
        else:
            picture = draw_still(scene, screenplay, resolution=resolution, seed=seed)
        yield Frame(scene, picture)


def pictures_on_disk(
    screenplay: Screenplay, *, home: Home, seed: int = 0
) -> dict[str, Image.Image]:
    """The pictures of what was made already, by scene id: of the take that a scene plays, else its
    still by an image model (the usual one, with this seed), else of a draft of it as it is now."""
    # Only now: the ledger's database takes longer to load than everything else.
    from ..drawing import DrawingOptions, stills_on_disk

    stills = stills_on_disk(screenplay, DrawingOptions(seed=seed), home=home)
    found: dict[str, Image.Image] = {}
    for scene in screenplay.scenes:
        take = kept_take(screenplay, scene, home=home)
        still = None if take else stills.get(scene.id)
        take = take or _draft(screenplay, scene, home)
        # What is gone or damaged is drawn.
        with suppress(ReplaceMedia):
            if still:
                found[scene.id] = Image.fromarray(read_still(home.path(still)))
            elif take and take.clip:
                found[scene.id] = picture_of(home.path(take.clip), at=take.duration / 2)
    return found


def _draft(screenplay: Screenplay, scene: Scene, home: Home) -> Take | None:
    drafts = Takes(home).find(screenplay.brief.film_id, scene.id, scene.picture_id)
    return drafts[-1] if drafts else None


def picture_of(clip: Path, *, at: Fraction) -> Image.Image:
    """The picture (RGB) of a clip at a moment, in seconds, or its last before that.

    Raises:
        ReplaceMedia: it has none that can be read.
    """
    try:
        frame = frame_at(clip, at)
    except (OSError, av.FFmpegError):
        frame = None
    if frame is None:
        raise ReplaceMedia(f"{clip.name} shows no picture; shoot or collect that scene again.")
    return upright(frame)
