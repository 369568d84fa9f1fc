"""Which frames of a film are copied and which are drawn anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..values import frames
from .plan import Clip, Cut
from .probe import Media, VideoTrack, is_plain

__all__ = ["Copied", "Drawn", "Picture", "Timeline", "plays_as_is"]

Spans = Sequence[tuple[Fraction, Fraction]]

_SHORTEST_COPY = 4
"""Frames. A shorter piece is drawn: its keyframe would cost more than copying saves."""


@dataclass(frozen=True)
class Copied:
    """Film frames `start` to `start + count`: packets of `clip` from its frame `first` on."""

    start: int
    count: int
    clip: int
    first: int


@dataclass(frozen=True)
class Drawn:
    """Film frames `start` to `start + count`, encoded anew."""

    start: int
    count: int


@dataclass(frozen=True)
class Picture:
    """What one film frame shows: a frame of a clip, perhaps mixed with what lies under it."""

    clip: int
    frame: int
    share: Fraction = Fraction(1)
    """How much of the clip is seen, 0 to 1; the rest is `under`."""
    under: tuple[int, int] | None = None
    """A clip and its frame; None is black."""


def plays_as_is(video: VideoTrack, cut: Cut) -> bool:
    """Whether packets of this track can stand in the film's own track."""
    return (
        video.codec == "h264"
        and (video.width, video.height) == (cut.width, cut.height)
        and video.aspect == 1
        and video.constant
        and not video.trimmed
        and video.fps == cut.fps
        and is_plain(video.look)
    )


class Timeline:
    """A Cut in whole frames, against the clips as they are on disk."""

    def __init__(self, cut: Cut, media: Sequence[Media], spans: Spans = ()) -> None:
        """Lay out `cut`; `media` has one entry per clip, `spans` is what overlays cover."""
        self.cut = cut
        self.media = media
        self.spans = spans
        self.count = frames(cut.duration, cut.fps)
        self.order = sorted(range(len(cut.clips)), key=lambda index: cut.clips[index].start)
        self.starts = [self._frame(cut.clips[index].start) for index in self.order]

    def pieces(self) -> tuple[Copied | Drawn, ...]:
        """The film from its first frame to its last, without gaps."""
        pieces: list[Copied | Drawn] = []
        at = 0
        for copied in self._copies():
            if copied.start > at:
                pieces.append(Drawn(at, copied.start - at))
            pieces.append(copied)
            at = copied.start + copied.count
        if at < self.count:
            pieces.append(Drawn(at, self.count - at))
        return tuple(pieces)

    def pictures(self, start: int, count: int) -> Iterator[Picture]:
        """What the film frames `start` to `start + count` show."""
        place = max(self._place(start), 0)
        for number in range(start, start + count):
            while place + 1 < len(self.starts) and self.starts[place + 1] <= number:
                place += 1
            yield self._picture(place, number)

    def _picture(self, place: int, number: int) -> Picture:
        index = self.order[place]
        clip = self.cut.clips[index]
        frame = self._source_frame(index, number)
        # Frame k of n shows (k + 1) / (n + 1) of the new clip: no frame is wholly the old one.
        blended = self._frame(clip.start + clip.overlap) - self.starts[place]
        step = number - self.starts[place] + 1
        if clip.transition == "cut" or step > blended:
            return Picture(index, frame)
        share = Fraction(step, blended + 1)
        if clip.transition == "fade" or place == 0:
            return Picture(index, frame, share)
        below = self.order[place - 1]
        return Picture(index, frame, share, (below, self._source_frame(below, number)))

    def _source_frame(self, index: int, number: int) -> int:
        clip, video = self.cut.clips[index], self.media[index].video
        played = (number / self.cut.fps - clip.start) * clip.speed
        last = video.frame_at(clip.source_out - 1 / (2 * max(video.fps, self.cut.fps)))
        return min(video.frame_at(clip.source_in + max(played, Fraction(0))), last)

    def _copies(self) -> Iterator[Copied]:
        for place, index in enumerate(self.order):
            clip, video = self.cut.clips[index], self.media[index].video
            if self.cut.reencode or clip.speed != 1 or not plays_as_is(video, self.cut):
                continue
            first_film = self.starts[place]
            first_source = self._source_frame(index, first_film)
            for low, high in self._untouched(place, clip, first_source):
                source = first_source + low - first_film
                found = _run(video, source, source + high - low)
                if found is not None:
                    begin, end = found
                    yield Copied(first_film + begin - first_source, end - begin, index, begin)

    def _untouched(self, place: int, clip: Clip, source: int) -> Iterator[tuple[int, int]]:
        """The film frames that show nothing but this clip, playing."""
        video = self.media[self.order[place]].video
        low = self.starts[place]
        following = self.starts[place + 1] if place + 1 < len(self.starts) else self.count
        playing = self._frame(clip.end - clip.hold)
        high = min(following, playing, low + video.frames - source)
        if clip.transition != "cut":
            low = self._frame(clip.start + clip.overlap)
        for start, end in sorted(self.spans):
            # The frame shown when a caption comes begins at or after its start.
            covered, free = self._frame(start), self._frame(end)
            if covered < high and free > low:
                if covered > low:
                    yield low, covered
                low = max(low, free)
        if high > low:
            yield low, high

    def _frame(self, time: Fraction) -> int:
        """The first film frame that begins at or after `time`."""
        return frames(time, self.cut.fps)

    def _place(self, number: int) -> int:
        return sum(start <= number for start in self.starts) - 1


def _run(video: VideoTrack, low: int, high: int) -> tuple[int, int] | None:
    """The longest run of frames inside `low` to `high` that can be cut out by packets."""
    begin = next((int(key) for key in video.clean if key >= low and video.boundaries[key]), None)
    if begin is None:
        return None
    end = next(end for end in range(min(high, video.frames), -1, -1) if video.boundaries[end])
    return (begin, end) if end - begin >= _SHORTEST_COPY else None
