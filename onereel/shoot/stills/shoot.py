"""Shoot Stills: each scene's pictures as one clip, timed to its narration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ...cast.picture import pixels_id
from ...errors import ReplaceMedia
from ...files import writing
from ...home import Home
from ...story.platforms import Resolution, picture_size
from ...story.screenplay import Scene, Screenplay
from ...values import FPS, digest, frames, whole_frames
from ...voice.line import Line
from ...work import Cancel, Progress
from ..clip_file import FINE, write_pictures
from ..crew import Meter, pinned_takes, scenes_among, shoot_together
from ..draft.look import camera_move
from ..planes import Planes
from ..take import Take
from ..takes import HANDLE, Takes, clip_name
from .beats import changes
from .focus import subject_of
from .moves import Path, kept_within, path_of

__all__ = ["FOCUSES", "MOVEMENTS", "STILLS_VERSION", "Focus", "Movement", "Pixels", "shoot_stills"]

STILLS_VERSION = 1
"""Counts changes of what such a clip looks like; a part of every take's key."""

Pixels = NDArray[np.uint8]
"""A picture: RGB, [H, W, 3], 0 to 255."""
Movement = Literal[
    "as the scene says",
    "push in",
    "pull out",
    "pan left",
    "pan right",
    "tilt up",
    "tilt down",
    "static",
]
MOVEMENTS: tuple[Movement, ...] = get_args(Movement)
Focus = Literal["subject", "middle", "top", "bottom", "left", "right"]
"""What the camera keeps in view; the subject is found, without a model."""
FOCUSES: tuple[Focus, ...] = get_args(Focus)

_POINTS: Mapping[Focus, tuple[float, float]] = {
    "middle": (0.5, 0.5),
    "top": (0.5, 0.25),
    "bottom": (0.5, 0.75),
    "left": (0.25, 0.5),
    "right": (0.75, 0.5),
}
_IN_TURN = ("push_in", "pull_out")
"""What pictures do one after the other where no words say it."""
_SPARE = 1.3
"""Pixels of the kept picture for each of the frame: fewer, and thin lines shimmer as they move."""
_LARGEST = 20_000 * 20_000
_LONGEST_FADE = Fraction(2, 5)
"""Of the shorter of two pictures' times."""


def shoot_stills(
    screenplay: Screenplay,
    pictures: Mapping[str, Sequence[Pixels]],
    *,
    lines: Sequence[Line] = (),
    home: Home,
    resolution: Resolution = "720p",
    movement: Movement = "as the scene says",
    focus: Focus = "subject",
    fade: float = 0.4,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> tuple[Take, ...]:
    """Shoot the scenes that have pictures, in the screenplay's order.

    A clip lasts its scene's duration plus `HANDLE`. Several pictures follow one another, on words
    of the scene's line. A clip that is there already with the same key is reused, a take that was
    chosen for its scene is not shot anew, and each clip is kept the moment it is made.

    Args:
        pictures: by scene id, the pictures of the scene in order, of any size and shape.
        lines: of the narration, in any order.
        movement: of the camera, for every picture; or as each scene's own words have it.
        fade: seconds for which a picture dissolves into the next of its scene; 0 cuts.

    Raises:
        MatchLists: there are pictures of a scene that the screenplay does not have.
        ReplaceMedia: a scene has no picture, one that is empty or larger than 400 megapixels, or
            more pictures than frames.
        StorageError: a clip cannot be written.
        Cancelled: the user stopped it; finished clips stay.
    """
    scenes = scenes_among(screenplay, pictures)
    for scene in scenes:
        _check(scene, pictures[scene.id])
    spoken = {line.scene_id: line for line in lines}
    size = picture_size(screenplay.brief.aspect, resolution)
    takes = Takes(home)
    found = pinned_takes(screenplay.brief.film_id, scenes, takes)
    # A draft stands in for a picture only while there is none.
    pinned = {name: take for name, take in found.items() if take.state != "draft"}
    manner = _Manner(movement, focus, fade, size)
    jobs = [
        _Job.plan(scene, screenplay, pictures[scene.id], spoken.get(scene.id), manner)
        for scene in scenes
        if scene.id not in pinned
    ]
    missing = [job for job in jobs if not takes.has(job.take)]
    total = sum(frames(job.take.duration) for job in missing)
    meter = Meter(total, "Shooting stills", progress, cancel or Cancel())
    shoot_together(
        missing, lambda job, threads: job.shoot(takes, meter, threads=threads), meter=meter
    )
    progress(1.0, "The stills are shot")
    shot = pinned | {job.take.scene_id: job.take for job in jobs}
    return tuple(shot[scene.id] for scene in scenes)


def _check(scene: Scene, pictures: Sequence[Pixels]) -> None:
    name = scene.title or scene.id
    if not pictures:
        raise ReplaceMedia(f"{name} has no picture; connect at least one for each scene.")
    if len(pictures) > frames(scene.duration):
        raise ReplaceMedia(
            f"{name} has {len(pictures)} pictures for {frames(scene.duration)} frames; connect"
            " fewer, or make the scene longer."
        )
    for pixels in pictures:
        if pixels.ndim != 3 or pixels.shape[2] != 3 or not pixels.size:
            raise ReplaceMedia(f"A picture of {name} is empty; connect one that shows something.")
        if pixels.shape[0] * pixels.shape[1] > _LARGEST:
            raise ReplaceMedia(
                f"A picture of {name} is {pixels.shape[1]} x {pixels.shape[0]} pixels; make it"
                " smaller than 20000 x 20000."
            )


@dataclass(frozen=True)
class _Manner:
    """How every picture is shown."""

    movement: Movement
    focus: Focus
    fade: float
    size: tuple[int, int]

    def move(self, scene: Scene, number: int) -> str:
        """The move over picture `number` of a scene."""
        if self.movement != "as the scene says":
            return self.movement.replace(" ", "_")
        return camera_move(scene) or _IN_TURN[number % len(_IN_TURN)]


@dataclass(frozen=True)
class _Job:
    """One scene to shoot, and the take that it is going to be."""

    scene: Scene
    pictures: Sequence[Pixels]
    line: Line | None
    manner: _Manner
    take: Take

    @classmethod
    def plan(
        cls,
        scene: Scene,
        screenplay: Screenplay,
        pictures: Sequence[Pixels],
        line: Line | None,
        manner: _Manner,
    ) -> _Job:
        film_id = screenplay.brief.film_id
        words = [[word.text, str(word.start)] for word in line.words] if line else []
        key = digest(
            ("stills", STILLS_VERSION),
            (film_id, scene.id, scene.picture_id, str(scene.duration), scene.take),
            (manner.movement, manner.focus, manner.fade, manner.size),
            [pixels_id(each) for each in pictures],
            # One picture is shown all the time, whatever is said.
            words if len(pictures) > 1 else [],
        )
        take = Take(
            id=key,
            film_id=film_id,
            scene_id=scene.id,
            picture_id=scene.picture_id,
            number=scene.take,
            renderer="stills",
            model=f"stills-{STILLS_VERSION}",
            clip=clip_name(film_id, scene.id, key),
            duration=whole_frames(scene.duration) + HANDLE,
            width=manner.size[0],
            height=manner.size[1],
            fps=FPS,
        )
        return cls(scene, pictures, line, manner, take)

    def shoot(self, takes: Takes, meter: Meter, *, threads: int) -> None:
        with writing(takes.path(self.take)) as path:
            poster = write_pictures(
                path,
                self._frames(meter),
                size=self.manner.size,
                quality=FINE,
                threads=threads,
                poster=frames(self.scene.duration) // 2,
            )
        takes.keep(self.take)
        meter.clip(self.scene.title or self.scene.id, poster, self.take)

    def _frames(self, meter: Meter) -> Iterator[Planes]:
        """All frames of the clip, one after the other; two pictures are in memory at most."""
        cuts = changes(len(self.pictures), frames(self.scene.duration), float(FPS), self.line)
        ends = [*cuts, frames(self.take.duration)]
        start = 0
        before: _Shown | None = None
        for number, end in enumerate(ends):
            over = self._overlap(start, end, before)
            meter.check()
            shown = _Shown.prepare(self, number, start, end + self._reach(ends, number))
            for frame in range(start, end):
                seen = shown.at(frame)
                if before and frame - start < over:
                    seen = before.at(frame).mixed(seen, (frame - start + 1) / (over + 1))
                yield seen
                meter.frame()
            start, before = end, shown

    def _overlap(self, start: int, end: int, before: _Shown | None) -> int:
        """For how many frames the picture before is still seen."""
        if before is None:
            return 0
        shorter = min(end - start, start - before.start)
        return min(round(self.manner.fade * float(FPS)), int(shorter * _LONGEST_FADE))

    def _reach(self, ends: Sequence[int], number: int) -> int:
        """How many frames a picture moves on under the next one."""
        return round(self.manner.fade * float(FPS)) if number + 1 < len(ends) else 0


@dataclass(frozen=True)
class _Shown:
    """A picture ready to be looked at, and the camera's way over it."""

    planes: Planes
    path: Path
    size: tuple[int, int]
    start: int
    end: int

    @classmethod
    def prepare(cls, job: _Job, number: int, start: int, end: int) -> _Shown:
        manner = job.manner
        picture = Image.fromarray(job.pictures[number])
        focus = subject_of(picture) if manner.focus == "subject" else _POINTS[manner.focus]
        way = path_of(
            manner.move(job.scene, number),
            picture.size,
            manner.size,
            focus=focus,
            seconds=(end - start) / float(FPS),
        )
        scale = manner.size[0] * _SPARE / way.tightest
        area = kept_within(way.area, picture.size)
        # Planes have even sides.
        width, height = (
            max(2, round((area[axis + 2] - area[axis]) * scale / 2) * 2) for axis in (0, 1)
        )
        kept = picture.resize((width, height), Image.Resampling.LANCZOS, area, reducing_gap=3.0)
        return cls(Planes.of(kept), way.inside(area, (width, height)), manner.size, start, end)

    def at(self, frame: int) -> Planes:
        """The frame of that number of the clip."""
        time = (frame - self.start) / max(1, self.end - 1 - self.start)
        box = kept_within(self.path.at(min(1.0, time)), self.planes.y.size)
        return self.planes.seen(box, *self.size, Image.Resampling.BICUBIC)
