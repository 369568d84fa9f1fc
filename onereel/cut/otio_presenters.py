"""Presenters as an editing program has them: pieces of their pictures and clips on one track."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, zip_longest
from typing import Any

from PIL import Image

from ..errors import ReplaceMedia
from ..home import Home
from ..values import frames
from .overlays.caption_place import overlays_floor
from .overlays.figures import GRACE, filling, whole_width
from .overlays.placing import box_of
from .overlays.presenting import Show, shows
from .plan import Cut, Presenter
from .probe import probe

__all__ = ["Piece", "Presented"]


@dataclass(frozen=True)
class Piece:
    """What of a presenter's file plays from one frame of the film to another, end excluded."""

    presenter: Presenter
    scene: str
    start: int
    end: int
    source: Fraction = Fraction(0)
    """Seconds of the file at which it begins."""
    held: bool = False
    """Whether the frame there stands still."""
    rise: int = 0
    """Frames within which it comes."""
    fall: int = 0
    """Frames within which it goes, before its end."""


class Presented:
    """The presenters of a Cut: what plays when, and where it stands on the picture."""

    def __init__(self, cut: Cut, home: Home) -> None:
        self._cut = cut
        self._home = home
        self._lines = {line.scene_id: line for line in cut.lines}
        self._looks = {each.media: self._look(each) for each in cut.presenters}

    def pieces(self) -> Iterator[Piece]:
        """All pieces, in order. As the film's clips do, each gives way where the next begins."""
        planned = list(shows(self._cut))
        for show, after in zip_longest(planned, planned[1:]):
            cut_off = after is not None and after.start < show.end
            end = after.start if cut_off else show.end
            own = list(self._of(show, end))
            for number, piece in enumerate(own):
                yield Piece(
                    *(piece.presenter, piece.scene, piece.start, piece.end),
                    *(piece.source, piece.held),
                    rise=0 if number else show.rise,
                    fall=show.fall if number == len(own) - 1 and not cut_off else 0,
                )

    def facts(self, presenter: Presenter) -> dict[str, Any]:
        """Its place and scale: `box` in pixels of the film, what of the file's picture fills it
        (`crop`: left, top, width and height, as shares of it), and how large a pixel of it is
        there."""
        box = box_of(presenter, self._cut, overlays_floor(self._cut))
        width, height, _ = self._looks[presenter.media]
        shown, x, across = width / height, box.x, box.width
        whole = presenter.place == "full frame"
        if whole and (inner := whole_width(shown, (box.width, box.height))):
            x, across = box.x + (box.width - inner) // 2, inner
        crop = filling(shown, (across, box.height))
        return {
            "place": presenter.place,
            "corner": presenter.corner,
            "size": presenter.size,
            "box": {"x": x, "y": box.y, "width": across, "height": box.height},
            "crop": dict(zip(("left", "top", "width", "height"), map(float, crop), strict=True)),
            "scale": float(across / (crop[2] * width)),
            "key": presenter.key,
            "moves": presenter.moves,
        }

    def _of(self, show: Show, end: int) -> Iterator[Piece]:
        presenter = self._cut.presenters[show.presenter]
        if presenter.is_picture:
            yield Piece(presenter, show.scenes[0][1], show.start, end)
            return
        for (start, scene), (after, _) in pairwise((*show.scenes, (end, ""))):
            yield from self._with_line(presenter, scene, start, min(after, end))

    def _with_line(self, presenter: Presenter, scene: str, start: int, end: int) -> Iterator[Piece]:
        """As `figures.MovingFigure` counts its frames."""
        line = self._lines.get(scene)
        length = self._looks[presenter.media][2]
        if line is None:
            yield Piece(presenter, scene, start, end, held=True)
            return
        fps = self._cut.fps
        at = max(start, frames(line.start, fps))
        if at > start:
            yield Piece(presenter, scene, start, min(at, end), held=True)
        anew = line.duration > length + GRACE
        spoken = line.duration if anew else min(line.duration + GRACE, length)
        stop = min(at + frames(spoken, fps), end)
        rounds = 0
        while at < stop:
            rounds += 1
            until = min(frames(line.start + rounds * length, fps), stop)
            if until > at:
                yield Piece(presenter, scene, at, until)
            at = max(at, until)
        if at < end:
            last = min(spoken % length if anew else spoken, length - 1 / fps)
            yield Piece(presenter, scene, at, end, max(last, Fraction(0)), held=True)

    def _look(self, presenter: Presenter) -> tuple[Fraction, Fraction, Fraction]:
        """The width and the height of its picture, upright and with square pixels, and the seconds
        that it plays; 0 for what stands still."""
        path = self._home.path(presenter.media)
        if presenter.is_picture:
            try:
                with Image.open(path, formats=("PNG",)) as picture:
                    return Fraction(picture.width), Fraction(picture.height), Fraction(0)
            except (OSError, ValueError, Image.DecompressionBombError):
                raise ReplaceMedia(f"{presenter.media} cannot be read; replace it.") from None
        video = probe(path).video
        wide, high = video.width * video.aspect, Fraction(video.height)
        turned = video.look.rotation in (90, 270)
        return (high, wide, video.duration) if turned else (wide, high, video.duration)
