"""The frames that the plan changes: clips mixed, what lies over them drawn, then encoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from fractions import Fraction

from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame

from ..encode import encode_pictures
from ..picture import Reader, blend, from_planes, planes
from ..timeline import Drawn, Picture, Timeline
from .overlay import Overlays, Stencil

__all__ = ["Painter"]


class Painter:
    """Draws and encodes the frames that the plan changes."""

    def __init__(self, timeline: Timeline, overlays: Sequence[Overlays], stack: ExitStack) -> None:
        """`overlays` are drawn in their order; `stack` closes what is opened."""
        self._timeline = timeline
        self._overlays = overlays
        self._stack = stack
        self._readers: dict[int, Reader] = {}
        self._stencils: dict[str, Stencil] = {}
        for each in overlays:
            stack.callback(each.close)

    def packets(self, piece: Drawn) -> Iterator[tuple[int, Packet[Stream]]]:
        """Encode a piece; each packet comes with its frame's number within the piece."""
        cut = self._timeline.cut
        for packet in encode_pictures(self._frames(piece), cut.width, cut.height, cut.fps):
            assert packet.pts is not None
            yield packet.pts, packet

    def _frames(self, piece: Drawn) -> Iterator[VideoFrame]:
        pictures = self._timeline.pictures(piece.start, piece.count)
        for number, picture in enumerate(pictures, piece.start):
            self._release({picture.clip, picture.under[0]} if picture.under else {picture.clip})
            yield self._covered(self._mixed(picture), number / self._timeline.cut.fps)

    def _mixed(self, picture: Picture) -> VideoFrame:
        frame = self._reader(picture.clip).frame(picture.frame)
        if picture.share == 1:
            return frame
        under = None
        if picture.under:
            clip, index = picture.under
            under = planes(self._reader(clip).frame(index))
        return from_planes(blend(planes(frame), under, picture.share))

    def _covered(self, frame: VideoFrame, time: Fraction) -> VideoFrame:
        found = [overlay for each in self._overlays for overlay in each.overlays(time)]
        if not found:
            return frame
        size = frame.width, frame.height
        known = self._stencils
        self._stencils = {each.key: known.get(each.key) or Stencil(each, *size) for each in found}
        picture = planes(frame)
        for overlay in found:
            self._stencils[overlay.key].lay_on(picture)
        return from_planes(picture)

    def _reader(self, clip: int) -> Reader:
        if clip not in self._readers:
            cut = self._timeline.cut
            reader = Reader(self._timeline.media[clip], cut.width, cut.height)
            self._readers[clip] = self._stack.enter_context(reader)
        return self._readers[clip]

    def _release(self, wanted: set[int]) -> None:
        """Close what is not on the screen: a film has many clips and a process few files."""
        for clip in self._readers.keys() - wanted:
            self._readers.pop(clip).close()
