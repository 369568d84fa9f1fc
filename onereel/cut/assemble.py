"""From scenes, takes and lines to the first Cut: what plays when, and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeVar

from ..errors import MatchLists, ShootMissing
from ..home import Home
from ..shoot.shot import PAID
from ..shoot.take import Take
from ..story.platforms import Platform, Resolution, picture_size, platform_of
from ..story.screenplay import Scene, Screenplay
from ..story.transitions import TRANSITION, overlaps, tails
from ..values import FPS, whole_frames
from ..voice.line import Line
from ..voice.markup import shown
from ..voice.text import speakable
from ..voice.timing import LEAD
from .plan import MUTE_DB, Clip, Cut, Loudness, PlacedLine
from .probe import probe

__all__ = ["FITS", "Fit", "OnMissing", "assemble"]

Fit = Literal["auto", "trim", "fill", "hold", "speed"]
FITS: tuple[Fit, ...] = ("auto", "trim", "fill", "hold", "speed")
OnMissing = Literal["stop", "leave out"]

_SLOWEST, _FASTEST = Fraction(4, 5), Fraction(5, 4)
_LITTLE = {"auto": Fraction(1, 12), "fill": Fraction(1)}
"""Seconds of a clip left over that a scene plays on rather than cut off."""
_SHORT_FREEZE = Fraction(1, 2)
"""Seconds. A longer freeze shows, so `auto` slows the clip down first."""


@dataclass(frozen=True)
class _Shot:
    """A scene with its take and line, measured."""

    scene: Scene
    take: Take
    line: Line | None
    length: Fraction
    """Of the clip's picture behind its lead, in seconds."""


@dataclass(frozen=True)
class _Play:
    """How a clip fills a scene."""

    duration: Fraction
    source_out: Fraction
    speed: Fraction = Fraction(1)

    @property
    def hold(self) -> Fraction:
        return self.duration - self.source_out / self.speed


def assemble(
    screenplay: Screenplay,
    takes: Iterable[Take],
    lines: Iterable[Line] = (),
    *,
    home: Home,
    resolution: Resolution = "720p",
    width: int | None = None,
    height: int | None = None,
    fit: Fit = "auto",
    transition_length: Fraction = TRANSITION,
    on_missing: OnMissing = "stop",
    clip_gain_db: float = -6.0,
    reencode: bool = False,
) -> Cut:
    """Plan the film: each scene's take, fitted to the scene, with its line over it.

    Scenes, takes and lines are joined by scene id; of several takes of a scene the one with the
    highest number plays. Scenes begin when the screenplay says: a dissolve lies over the tail of
    the clip before, or over its last frame where no tail is left.

    `fit`: "trim" drops the clip's tail; "fill" lets the scene last as long as the clip when at most
    a second is left over; "hold" freezes the last frame of a clip that is too short; "speed" plays
    it 0.8 to 1.25 times as fast; "auto" trims, fills where a frame or two are left, and freezes
    up to half a second before it slows down. Whatever is missing after that is frozen, whatever is
    left over dropped. `clip_gain_db` is the clips' own sound in scenes that have a line; each
    scene's `gain` comes on top. `width` and `height` win over `resolution`. The film is brought to
    the loudness of its brief's platform, and keeps clear of what that covers.

    Raises:
        MatchLists: takes or lines of other scenes, or a line that does not fit its scene.
        ShootMissing: scenes without a usable take, all named.
        ReplaceMedia: a clip is missing or damaged.
        ReviseSetting: the owner's file of platforms is wrong.
    """
    size = _size(screenplay, resolution, width, height)
    shots = _shots(screenplay, list(takes), list(lines), on_missing, home)
    clips: list[Clip] = []
    placed: list[PlacedLine] = []
    start = Fraction(0)
    # A scene that fills its clip makes the film longer than was asked.
    little = Fraction(0) if screenplay.brief.exact else _LITTLE.get(fit, Fraction(0))
    durations = [whole_frames(shot.scene.duration) for shot in shots]
    scenes = [shot.scene for shot in shots]
    overlapping = overlaps(scenes, durations, transition_length)
    under = tails(scenes, overlapping)
    for index, shot in enumerate(shots):
        tail = under[index]
        play = _fit(shot.length, durations[index], tail, fit, little)
        clip = _clip(shot, play, tail, start, overlapping[index], index == 0, clip_gain_db)
        clips.append(_up_to_its_end(clip, shot, shots[index + 1 :]))
        if shot.line:
            placed.append(_place(shot.scene, shot.line, start, play.duration))
        start += play.duration
    platform = platform_of(screenplay.brief, home)
    return Cut(
        title=screenplay.title,
        film_id=screenplay.brief.film_id,
        width=size[0],
        height=size[1],
        clips=tuple(clips),
        lines=tuple(placed),
        loudness=_loudness(platform),
        safe=platform.safe_in(screenplay.brief.aspect),
        reencode=reencode,
    )


def _loudness(platform: Platform) -> Loudness:
    """What the platform plays films at; as usual where that is not known."""
    asked = {"integrated": platform.loudness, "peak": platform.peak}
    return Loudness.model_validate({k: v for k, v in asked.items() if v is not None})


def _size(
    screenplay: Screenplay, resolution: Resolution, width: int | None, height: int | None
) -> tuple[int, int]:
    usual = picture_size(screenplay.brief.aspect, resolution)
    # H.264 halves the chroma, so sides are even.
    return (width or usual[0]) // 2 * 2, (height or usual[1]) // 2 * 2


def _shots(
    screenplay: Screenplay,
    takes: list[Take],
    lines: list[Line],
    on_missing: OnMissing,
    home: Home,
) -> list[_Shot]:
    _all_known(screenplay, takes, "take", "Shoot")
    _all_known(screenplay, lines, "line", "Narrate")
    chosen = {scene.id: _chosen(scene, takes) for scene in screenplay.scenes}
    missing = [scene for scene in screenplay.scenes if chosen[scene.id] is None]
    if missing and (on_missing == "stop" or len(missing) == len(screenplay.scenes)):
        raise ShootMissing(_missing_in_words(missing, takes))
    spoken = _lines_by_scene(screenplay, lines)
    return [
        _Shot(
            scene,
            take,
            spoken.get(scene.id),
            max(probe(home.path(take.clip)).video.duration - take.lead, 1 / FPS),
        )
        for scene in screenplay.scenes
        if (take := chosen[scene.id]) is not None
    ]


_Made = TypeVar("_Made", Take, Line)


def _all_known(screenplay: Screenplay, made: Sequence[_Made], what: str, by: str) -> None:
    known = {scene.id for scene in screenplay.scenes}
    strange = sorted({each.scene_id for each in made} - known)
    if strange:
        raise MatchLists(
            f"There are {what}s for {_scenes_in_words(strange)}, which the screenplay does not"
            f" have; give Assemble Cut the screenplay that {by} worked on."
        )


def _chosen(scene: Scene, takes: list[Take]) -> Take | None:
    usable = [take for take in takes if take.scene_id == scene.id and take.usable]
    if not usable:
        return None
    latest = max(take.number for take in usable)
    found = {take.id: take for take in usable if take.number == latest}
    if len(found) > 1:
        raise MatchLists(
            f"Scene {scene.id} has {len(found)} takes numbered {latest}; give it one of them."
        )
    return next(iter(found.values()))


def _missing_in_words(missing: list[Scene], takes: list[Take]) -> str:
    notes = {take.scene_id: take.note.rstrip(".") for take in takes if take.note}
    names = [
        f"{scene.id} ({notes[scene.id]})" if scene.id in notes else scene.id for scene in missing
    ]
    return (
        f"No usable take for {_scenes_in_words(names)}:"
        " shoot what is missing, or let Assemble Cut leave it out."
    )


def _lines_by_scene(screenplay: Screenplay, lines: list[Line]) -> dict[str, Line]:
    spoken: dict[str, Line] = {}
    for line in lines:
        if line.scene_id in spoken:
            raise MatchLists(f"Scene {line.scene_id} has two lines; give it one.")
        spoken[line.scene_id] = line
    silent = [
        scene.id
        for scene in screenplay.scenes
        if lines and speakable(shown(scene.narration)) and scene.id not in spoken
    ]
    if silent:
        raise MatchLists(
            f"No line for {_scenes_in_words(silent)}, which have narration;"
            " narrate this screenplay again."
        )
    return spoken


def _scenes_in_words(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"scene {names[0]}"
    return f"scenes {', '.join(names[:-1])} and {names[-1]}"


def _fit(length: Fraction, duration: Fraction, tail: Fraction, fit: Fit, little: Fraction) -> _Play:
    """Fit a clip of `length` into a scene of `duration`, of which `tail` shows in the next one.

    The scene plays on for what is left of the clip, where that is at most `little`.
    """
    spare = length - duration
    if fit == "speed":
        return _paced(length, duration)
    if spare >= 0:
        rest = (spare - tail) * FPS // 1 / FPS
        if 0 < rest <= little:
            duration += rest
        return _Play(duration, duration)
    if fit == "auto" and -spare > _SHORT_FREEZE:
        return _paced(length, duration)
    return _Play(duration, length)


def _paced(length: Fraction, duration: Fraction) -> _Play:
    speed = min(max(length / duration, _SLOWEST), _FASTEST)
    return _Play(duration, min(length, duration * speed), speed)


def _clip(
    shot: _Shot,
    play: _Play,
    tail: Fraction,
    start: Fraction,
    overlap: Fraction,
    first: bool,
    clip_gain_db: float,
) -> Clip:
    more = min(tail * play.speed, shot.length - play.source_out)
    transition = shot.scene.transition if overlap else "cut"
    return Clip(
        scene_id=shot.scene.id,
        take_id=shot.take.id,
        media=shot.take.clip,
        start=start,
        source_in=shot.take.lead,
        source_out=shot.take.lead + play.source_out + more,
        speed=play.speed,
        hold=play.hold + tail - more / play.speed,
        # Before the first scene there is nothing but black.
        transition="fade" if first and transition == "dissolve" else transition,
        overlap=overlap,
        gain_db=max((clip_gain_db if shot.line else 0.0) + shot.scene.gain, MUTE_DB),
        draft=shot.take.state == "draft",
        made_by=shot.take.model if shot.take.renderer in PAID else "",
    )


def _up_to_its_end(clip: Clip, shot: _Shot, following: Sequence[_Shot]) -> Clip:
    """The clip with its end in place of its beginning, where the next scene goes on from its last
    frame."""
    after = following[0] if following else None
    if after is None or not after.scene.continues or after.take.renderer not in PAID:
        return clip
    spare = (shot.take.lead + shot.length - clip.source_out) * FPS // 1 / FPS
    if shot.take.state == "draft" or spare <= 0:
        return clip
    return clip.replace(source_in=clip.source_in + spare, source_out=clip.source_out + spare)


def _place(scene: Scene, line: Line, start: Fraction, duration: Fraction) -> PlacedLine:
    room = duration - line.duration
    if room < 0:
        raise MatchLists(
            f"The line of scene {scene.id} lasts {float(line.duration):.1f} s and the scene"
            f" {float(duration):.1f} s; give Assemble Cut the screenplay that Narrate returned."
        )
    return PlacedLine(
        scene_id=scene.id,
        media=line.audio,
        start=start + min(LEAD, room),
        duration=line.duration,
    )
