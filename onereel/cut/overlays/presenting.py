"""Presenters over the film's frames: who is seen when, in which pose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, zip_longest

from ...home import Home
from ...values import frames
from ..plan import Clip, Cut, PlacedLine
from .avatar import Avatar
from .overlay import Overlay
from .placing import box_of
from .pulse import Pulse

__all__ = ["Presenting", "Show", "shows"]

_WHOLE = Fraction(1)


@dataclass(frozen=True)
class Show:
    """One presenter over one or more scenes in a row, in frames of the film.

    It comes within `rise` frames and goes within the last `fall` ones before `end`.
    """

    presenter: int
    start: int
    end: int
    scenes: tuple[tuple[int, str], ...]
    """Where each scene begins, and its id."""
    rise: int
    fall: int

    def opacity(self, frame: int) -> Fraction:
        """As `Timeline` blends: no frame of a transition is wholly the old or the new picture."""
        up = Fraction(frame - self.start + 1, self.rise + 1)
        down = Fraction(self.end - frame, self.fall + 1)
        return min(up, down, _WHOLE)

    def scene(self, frame: int) -> str:
        """The scene whose line it speaks at a frame."""
        return next(scene for start, scene in reversed(self.scenes) if start <= frame)


class Presenting:
    """The `Overlays` of a Cut's presenters."""

    def __init__(self, cut: Cut, *, home: Home, floor: float) -> None:
        """Plan them; above `floor`, in pixels from the top, captions stay clear of them."""
        self._cut = cut
        self._home = home
        self._floor = floor
        self._lines = {line.scene_id: line for line in cut.lines}
        self._shows = tuple(shows(cut))
        self._avatars: dict[int, Avatar] = {}
        self._pulse: tuple[PlacedLine, Pulse] | None = None

    @property
    def spans(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """When somebody is seen, in seconds, end excluded."""
        fps = self._cut.fps
        return tuple((show.start / fps, show.end / fps) for show in self._shows)

    def overlays(self, time: Fraction) -> tuple[Overlay, ...]:
        """Who is seen over the frame that begins at `time`; two while one gives way to another.

        Raises:
            ReplaceMedia: a picture, a clip or a line is missing or damaged.
        """
        frame = frames(time, self._cut.fps)
        seen = [show for show in self._shows if show.start <= frame < show.end]
        self._release({show.presenter for show in seen})
        return tuple(self._overlay(show, frame) for show in seen)

    def close(self) -> None:
        """Close the clips."""
        self._release(set())

    def _overlay(self, show: Show, frame: int) -> Overlay:
        line = self._lines.get(show.scene(frame))
        moment = spoken = Fraction(0)
        lean = 0.0
        if line is not None:
            moment, spoken = frame / self._cut.fps - line.start, line.duration
            if self._cut.presenters[show.presenter].moves:
                lean = self._pulse_of(line).lean(frame - frames(line.start, self._cut.fps))
        avatar = self._avatar(show.presenter)
        return avatar.overlay(moment, spoken, lean=lean, opacity=show.opacity(frame))

    def _avatar(self, number: int) -> Avatar:
        if number not in self._avatars:
            presenter = self._cut.presenters[number]
            box = box_of(presenter, self._cut, self._floor)
            self._avatars[number] = Avatar(presenter, box, home=self._home)
        return self._avatars[number]

    def _pulse_of(self, line: PlacedLine) -> Pulse:
        if self._pulse is None or self._pulse[0] != line:
            path = self._home.path(line.media)
            name = f"The narration of scene {line.scene_id}"
            self._pulse = line, Pulse(path, name=name, fps=self._cut.fps)
        return self._pulse[1]

    def _release(self, wanted: set[int]) -> None:
        """Close what is not on the screen, as the clips of the film are closed."""
        for number in self._avatars.keys() - wanted:
            self._avatars.pop(number).close()


def shows(cut: Cut) -> Iterator[Show]:
    """Who is seen when: scenes in a row under one presenter are one show."""
    of_scene = {
        scene: number for number, each in enumerate(cut.presenters) for scene in each.scenes
    }
    clips = sorted(cut.clips, key=lambda clip: clip.start)
    runs = groupby(clips, key=lambda clip: of_scene.get(clip.scene_id))
    rows = [(number, list(run)) for number, run in runs]
    for (number, run), (next_number, next_run) in zip_longest(rows, rows[1:], fillvalue=(None, [])):
        if number is not None:
            yield _show(cut, number, run, next_number, next_run)


def _show(
    cut: Cut, number: int, run: list[Clip], next_number: int | None, next_run: list[Clip]
) -> Show:
    """It comes and goes with the transitions at both ends; one that gives way to another in the
    same place is covered by it, so that what is behind them does not shine through."""

    def frame(time: Fraction) -> int:
        return frames(time, cut.fps)

    start, end = frame(run[0].start), frame(next_run[0].start if next_run else cut.duration)
    fall = 0
    if next_run and next_run[0].transition not in ("cut", "fade"):
        gone = frame(next_run[0].start + next_run[0].overlap)
        if next_number is None or not _same_place(cut, number, next_number):
            fall = gone - end
        end = gone
    return Show(
        presenter=number,
        start=start,
        end=end,
        scenes=tuple((frame(clip.start), clip.scene_id) for clip in run),
        rise=0 if run[0].transition == "cut" else frame(run[0].start + run[0].overlap) - start,
        fall=fall,
    )


def _same_place(cut: Cut, one: int, other: int) -> bool:
    first, second = (
        (each.place, each.corner, each.size)
        for each in (cut.presenters[one], cut.presenters[other])
    )
    return first == second
