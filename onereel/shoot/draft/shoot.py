"""Shoot Draft: every scene of a screenplay as a moving animatic."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from ...files import writing
from ...home import Home
from ...lettering import Lettering
from ...story.platforms import Resolution, picture_size
from ...story.screenplay import Scene, Screenplay
from ...values import FPS, digest, frames, whole_frames
from ...work import Cancel, Progress
from ..clip_file import RATE
from ..crew import Meter, pinned_takes, scenes_among, shoot_together
from ..rehearsal import remember_rehearsal
from ..take import Take
from ..takes import HANDLE, Takes, clip_name, misshapen
from .ambience import ambience
from .camera import MOVES
from .clip import write_clip
from .look import Look, look_of
from .scenery import paint
from .slate import scene_text, scene_title, set_slate
from .still import scene_seed

__all__ = ["DRAFT_VERSION", "shoot_draft"]

DRAFT_VERSION = 9
"""Counts changes of what a draft looks or sounds like; a part of every draft's key."""

_SILENT = Progress()


def shoot_draft(
    screenplay: Screenplay,
    *,
    home: Home,
    resolution: Resolution = "720p",
    seed: int = 0,
    number: int = 1,
    only: Collection[str] | None = None,
    fonts: Iterable[Path] = (),
    progress: Progress = _SILENT,
    cancel: Cancel | None = None,
) -> tuple[Take, ...]:
    """Shoot every scene, or those with an id in `only`, in the screenplay's order.

    A take lasts its scene's duration (in whole frames) plus `HANDLE`. A clip that is already there
    with the same key is reused, and a take that was chosen for its scene is not shot anew. Each
    clip is kept the moment it is made.

    Args:
        resolution: The picture's shorter side.
        seed: Varies the pictures and the sounds; the same seed gives the same clips.
        number: Which take; shown on the slate, and another number is another clip.
        fonts: Font files of the user's own (`settings.cut.fonts`).

    Raises:
        InstallFont: a script on a slate that no face here covers; nothing is shot then.
        MatchLists: `only` names a scene that the screenplay does not have.
        StorageError: a clip cannot be written.
        Cancelled: the user stopped it; finished clips stay.
    """
    scenes = scenes_among(screenplay, only)
    lettering = Lettering(fonts)
    size = picture_size(screenplay.brief.aspect, resolution)
    takes = Takes(home)
    chosen = pinned_takes(screenplay.brief.film_id, scenes, takes)
    aspect = screenplay.brief.aspect
    pinned = {name: take for name, take in chosen.items() if not misshapen(take, aspect)}
    jobs = [
        _Job.plan(scene, screenplay, size, seed, number, lettering)
        for scene in scenes
        if scene.id not in pinned
    ]
    missing = [job for job in jobs if not takes.has(job.take)]
    total = sum(job.frames for job in missing)
    meter = Meter(total, "Shooting drafts", progress, cancel or Cancel())
    shoot_together(
        missing,
        lambda job, threads: job.shoot(takes, lettering, meter, threads=threads),
        meter=meter,
    )
    remember_rehearsal(screenplay, scenes, home=home)
    progress(1.0, "Drafts are ready")
    shot = pinned | {job.take.scene_id: job.take for job in jobs}
    return tuple(shot[scene.id] for scene in scenes)


@dataclass(frozen=True)
class _Job:
    """One scene to shoot, and the take that it is going to be."""

    scene: Scene
    look: Look
    take: Take
    language: str
    seed: int

    @classmethod
    def plan(
        cls,
        scene: Scene,
        screenplay: Screenplay,
        size: tuple[int, int],
        seed: int,
        number: int,
        lettering: Lettering,
    ) -> _Job:
        look = look_of(scene, screenplay)
        brief, number = screenplay.brief, number + scene.take - 1
        words = (*scene_title(scene), scene_text(scene))
        key = digest(
            ("draft", DRAFT_VERSION),
            (brief.film_id, scene.id, scene.picture_id, str(scene.duration), size, seed, number),
            (words, brief.language, lettering.check(" ".join(words), language=brief.language)),
            asdict(look),
        )
        take = Take(
            id=key,
            film_id=brief.film_id,
            scene_id=scene.id,
            picture_id=scene.picture_id,
            number=number,
            renderer="draft",
            model=f"draft-{DRAFT_VERSION}",
            seed=seed,
            state="draft",
            clip=clip_name(brief.film_id, scene.id, key),
            duration=whole_frames(scene.duration) + HANDLE,
            width=size[0],
            height=size[1],
            fps=FPS,
            sound=True,
        )
        own = scene_seed(scene, seed=seed, number=number)
        return cls(scene, look, take, brief.language, own)

    @property
    def frames(self) -> int:
        return frames(self.take.duration)

    def shoot(self, takes: Takes, lettering: Lettering, meter: Meter, *, threads: int) -> None:
        meter.check()
        size = (self.take.width, self.take.height)
        piece = paint(self.look, width=size[0], height=size[1], seed=self.seed)
        slate = set_slate(
            self.scene,
            self.look,
            width=size[0],
            height=size[1],
            number=self.take.number,
            language=self.language,
            lettering=lettering,
        )
        sound = ambience(
            self.look.place,
            self.look.weather,
            samples=self.frames * RATE // int(FPS),
            seed=self.seed,
        )
        meter.check()
        with writing(takes.path(self.take)) as path:
            poster = write_clip(
                path,
                piece=piece,
                slate=slate,
                move=MOVES[self.look.camera],
                accent=self.look.palette.accent,
                sound=sound,
                size=size,
                frames=self.frames,
                scene_frames=frames(self.scene.duration),
                threads=threads,
                each_frame=meter.frame,
            )
        takes.keep(self.take)
        meter.clip(self.scene.title or self.scene.id, poster, self.take)
