"""Frames of clips, made to fit the film: decoded one after another, never a clip in memory."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from types import TracebackType
from typing import Self

import av
import av.filter
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from .framing import framing
from .opening import damaged, picture_of, reading
from .probe import Media, VideoTrack, is_plain

__all__ = ["Reader", "blend", "from_planes", "matrix_of", "planes", "shown_upright", "upright"]

_UNSPECIFIED = 2  # AVCOL_SPC_UNSPECIFIED
_TURNS = {90: ("cclock",), 180: ("clock", "clock"), 270: ("clock",)}


class Reader:
    """The frames of one clip, asked for in rising order, at the film's size in yuv420p."""

    def __init__(self, media: Media, width: int, height: int) -> None:
        """Prepare to read; the file is opened with the first frame."""
        self._media = media
        self._size = (width, height)
        self._container: InputContainer | None = None
        self._decoded: Iterator[VideoFrame] = iter(())
        self._index = -1
        self._raw: VideoFrame | None = None
        self._fitted: VideoFrame | None = None
        self._graph: av.filter.Graph | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file and its decoder back."""
        if self._container is not None:
            self._container.close()
        self._container = None
        # The iterator, too, keeps the decoder and its frames alive.
        self._decoded = iter(())
        self._raw = self._fitted = self._graph = None
        self._index = -1

    def frame(self, index: int) -> VideoFrame:
        """Frame `index` of the clip, counted from 0 as shown.

        Raises:
            ReplaceMedia: the clip is damaged there.
        """
        with reading(self._media.path):
            if self._must_seek(index):
                self._seek(index)
            while self._index < index:
                self._step()
            if self._fitted is None:
                assert self._raw is not None
                self._fitted = self._fit(self._raw)
            return self._fitted

    def _must_seek(self, index: int) -> bool:
        if self._container is None or index < self._index:
            return True
        video = self._media.video
        starts = video.shown[video.keys]
        return bool(np.any((starts > self._index + 1) & (starts <= index)))

    def _seek(self, index: int) -> None:
        if self._container is None:
            self._container = av.open(str(self._media.path))
        stream = picture_of(self._container, self._media.path)
        self._container.seek(int(self._media.video.pts[index]), stream=stream)
        self._decoded = self._decode(self._container, stream)
        self._index = -1

    def _decode(self, container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
        return container.decode(stream)

    def _step(self) -> None:
        video = self._media.video
        frame = next(self._decoded, None)
        if frame is None or frame.is_corrupt:
            raise damaged(self._media.path, self._index + 1)
        if frame.pts is None:
            self._index += 1
        else:
            self._index = int(np.searchsorted(video.pts, frame.pts, side="right")) - 1
        self._raw, self._fitted = frame, None

    def _fit(self, frame: VideoFrame) -> VideoFrame:
        video = self._media.video
        if (frame.width, frame.height) == self._size and video.aspect == 1 and is_plain(video.look):
            return frame
        return self._filtered(frame)

    def _filtered(self, frame: VideoFrame) -> VideoFrame:
        if self._graph is None:
            self._graph = self._new_graph(self._media.video, frame, self._size)
        self._graph.push(frame)
        fitted = self._graph.pull()
        assert isinstance(fitted, VideoFrame)
        return fitted

    def _new_graph(
        self, video: VideoTrack, frame: VideoFrame, size: tuple[int, int]
    ) -> av.filter.Graph:
        return _graph(video, frame, size)


def shown_upright(video: VideoTrack, frame: VideoFrame) -> Fraction:
    """Width over height of a frame as it is shown."""
    shown = Fraction(frame.width, frame.height) * video.aspect
    return 1 / shown if video.look.rotation in (90, 270) else shown


def upright(
    graph: av.filter.Graph, video: VideoTrack, frame: VideoFrame
) -> list[av.filter.context.FilterContext]:
    """Begin a chain of filters: frames of `video`, turned upright."""
    source = graph.add_buffer(
        width=frame.width,
        height=frame.height,
        format=frame.format,
        time_base=video.time_base,
    )
    turns = _TURNS.get(video.look.rotation, ())
    return [source, *(graph.add("transpose", turn) for turn in turns)]


def matrix_of(frame: VideoFrame) -> str:
    """The colour matrix of a frame as the filter `scale` calls it; BT.709 where it says none."""
    return "auto" if frame.colorspace != _UNSPECIFIED else "bt709"


def _graph(video: VideoTrack, frame: VideoFrame, size: tuple[int, int]) -> av.filter.Graph:
    """Turn, scale and crop (or frame in black) to `size`, in BT.709 limited-range yuv420p."""
    width, height = size
    shown = shown_upright(video, frame)
    film = Fraction(width, height)
    crop = framing(shown, film).fills
    by_width = (shown < film) == crop
    inner = (width, _even(width / shown)) if by_width else (_even(height * shown), height)
    graph = av.filter.Graph()
    nodes = upright(graph, video, frame)
    nodes.append(
        graph.add(
            "scale",
            f"{inner[0]}:{inner[1]}:flags=bicubic"
            f":in_color_matrix={matrix_of(frame)}:out_color_matrix=bt709:out_range=tv",
        )
    )
    if crop:
        nodes.append(graph.add("crop", f"{width}:{height}"))
    else:
        nodes.append(graph.add("pad", f"{width}:{height}:-1:-1"))
    nodes.append(graph.add("format", "yuv420p"))
    nodes.append(graph.add("buffersink"))
    graph.link_nodes(*nodes).configure()
    return graph


def _even(length: Fraction) -> int:
    return max(2, round(length / 2) * 2)


def planes(frame: VideoFrame) -> NDArray[np.uint8]:
    """Copy a yuv420p frame: (height * 3 / 2, width) uint8."""
    return np.ascontiguousarray(frame.to_ndarray(), np.uint8)


def from_planes(picture: NDArray[np.uint8]) -> VideoFrame:
    """Make a yuv420p frame of what `planes` gives."""
    return VideoFrame.from_ndarray(picture, format="yuv420p")


def blend(
    over: NDArray[np.uint8], under: NDArray[np.uint8] | None, share: Fraction
) -> NDArray[np.uint8]:
    """Mix two pictures; `share` (0 to 1) is the upper one's, None below is black."""
    weight = round(share * 256)
    mixed = over.astype(np.uint16)
    mixed *= np.uint16(weight)
    if under is None:
        height = over.shape[0] * 2 // 3
        mixed[:height] += np.uint16(16 * (256 - weight) + 128)
        mixed[height:] += np.uint16(128 * (256 - weight) + 128)
    else:
        lower = under.astype(np.uint16)
        lower *= np.uint16(256 - weight)
        mixed += lower
        mixed += np.uint16(128)
    mixed >>= 8
    return mixed.astype(np.uint8)
