"""Sounds read from files: any format in, stereo at the film's rate out, a block at a time."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.container import InputContainer
from av.error import FFmpegError
from av.filter import Graph
from av.stream import Disposition
from numpy.typing import NDArray

from ...errors import ReplaceMedia

__all__ = ["CHANNELS", "RATE", "Block", "Loop", "Sound", "has_sound"]

RATE = 48_000
"""Samples per second of every film."""

CHANNELS = 2

Block = NDArray[np.float32]
"""Samples as (CHANNELS, count), full scale at 1.0."""

_PREROLL = Fraction(1, 4)
"""Seconds decoded before the first one wanted: lossy codecs overlap their frames."""

_SEAM = RATE // 10
"""Samples over which the end of a loop melts into its beginning."""

_SLOWEST_TEMPO = 0.5
"""What one `atempo` filter can do."""


def _open(path: Path, name: str) -> InputContainer:
    try:
        return av.open(str(path))
    except (FFmpegError, OSError) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: Exception) -> ReplaceMedia:
    reason = getattr(error, "strerror", None) or str(error)
    return ReplaceMedia(f"{name} cannot be read as sound ({reason}); replace it by another file.")


def has_sound(path: Path, *, name: str) -> bool:
    """Whether the file has a sound track.

    Raises:
        ReplaceMedia: the file is missing or is no media; the sentence calls it `name`.
    """
    with _open(path, name) as container:
        return bool(container.streams.audio)


class Sound:
    """The sound of one file, read in order as blocks of (2, n) float32 at `RATE`.

    It begins at `start` seconds of the file's own time (0 is the first picture where there is one,
    else the first sample), ends at `end` or with the file, and plays at `speed` with its pitch
    kept. Mono comes out at the same loudness on both channels.

    Raises:
        ReplaceMedia: the file is missing, is no media, has no sound, or breaks off in rubbish;
            from the constructor and from `read`.
    """

    def __init__(
        self,
        path: Path,
        *,
        name: str,
        start: Fraction = Fraction(0),
        end: Fraction | None = None,
        speed: Fraction = Fraction(1),
    ) -> None:
        self._name = name
        self._start = start
        self._wanted = None if end is None else round((end - start) * RATE)
        self._speed = speed
        self._container = _open(path, name)
        if not self._container.streams.audio:
            self._container.close()
            raise ReplaceMedia(f"{name} has no sound in it; choose a file that has.")
        blocks = self._trimmed()
        self._blocks = blocks if speed == 1 else self._stretched(blocks)
        self._left = np.zeros((CHANNELS, 0), np.float32)

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
        """Close the file."""
        self._blocks.close()
        self._container.close()

    def read(self, count: int) -> Block:
        """The next `count` samples; fewer only at the end."""
        parts = [self._left]
        have = self._left.shape[1]
        while have < count:
            block = next(self._blocks, None)
            if block is None:
                break
            parts.append(block)
            have += block.shape[1]
        joined = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
        self._left = joined[:, count:]
        return joined[:, :count]

    def _decoded(self) -> Iterator[tuple[Fraction | None, Block]]:
        """Blocks at `RATE`, the first with the time of its first sample, counted as `start` is."""
        stream = self._container.streams.audio[0]
        pictures = [
            video
            for video in self._container.streams.video
            if not video.disposition & Disposition.attached_pic
        ]
        clock = pictures[0] if pictures else stream
        origin = (clock.start_time or 0) * (clock.time_base or Fraction(0))
        sought = self._start > _PREROLL and stream.time_base is not None
        if sought:
            goal = self._start - _PREROLL + origin
            self._container.seek(int(goal / (stream.time_base or 1)), stream=stream)
        resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE)
        time: Fraction | None = None
        heard = False
        for frame in self._container.decode(stream):
            if not heard:
                heard = True
                # Sound without a picture begins with its first sample, whatever its stamp says.
                stamped = (frame.pts or 0) * (frame.time_base or Fraction(0)) - origin
                time = stamped if pictures or sought else Fraction(0)
            for piece in resampler.resample(frame):
                yield time, cast(Block, piece.to_ndarray())
                time = None
        if heard:
            for piece in resampler.resample(None):
                yield time, cast(Block, piece.to_ndarray())
        elif not (pictures or sought):  # FFmpeg takes any file named .flac or .mp3 for sound
            raise ReplaceMedia(f"{self._name} holds no sound; replace it by another file.")

    def _trimmed(self) -> Generator[Block, None, None]:
        left = self._wanted
        skip = 0
        try:
            for time, decoded in self._decoded():
                block = decoded
                if time is not None:
                    skip = round((self._start - time) * RATE)
                    if skip < 0:
                        block = np.pad(block, ((0, 0), (-skip, 0)))
                        skip = 0
                if skip:
                    dropped = min(skip, block.shape[1])
                    skip -= dropped
                    block = block[:, dropped:]
                if left is not None:
                    block = block[:, :left]
                    left -= block.shape[1]
                if block.shape[1]:
                    yield block
                if left == 0:
                    return
        except FFmpegError as error:
            raise _unreadable(self._name, error) from error

    def _stretched(self, blocks: Iterator[Block]) -> Generator[Block, None, None]:
        graph = Graph()
        source = graph.add_abuffer(sample_rate=RATE, format="fltp", layout="stereo")
        chain = [source]
        tempo = float(self._speed)
        while tempo < _SLOWEST_TEMPO:
            chain.append(graph.add("atempo", str(_SLOWEST_TEMPO)))
            tempo /= _SLOWEST_TEMPO
        chain.append(graph.add("atempo", f"{tempo:.9f}"))
        chain.append(graph.add("aformat", "sample_fmts=fltp"))
        chain.append(graph.add("abuffersink"))
        for one, following in pairwise(chain):
            one.link_to(following)
        graph.configure()
        position = 0
        for block in blocks:
            frame = AudioFrame.from_ndarray(
                np.ascontiguousarray(block), format="fltp", layout="stereo"
            )
            frame.sample_rate = RATE
            frame.pts = position
            position += block.shape[1]
            source.push(frame)
            yield from _pulled(chain[-1])
        source.push(None)
        yield from _pulled(chain[-1])


def _pulled(sink: av.filter.context.FilterContext) -> Iterator[Block]:
    with suppress(av.BlockingIOError, av.EOFError):
        while True:
            yield cast(Block, cast(AudioFrame, sink.pull()).to_ndarray())


class Loop:
    """One file's sound over and over, without end and with seamless joins.

    Raises:
        ReplaceMedia: as `Sound` does, and where the file holds not one sample.
    """

    def __init__(self, path: Path, *, name: str) -> None:
        self._path = path
        self._name = name
        self._sound = Sound(path, name=name)
        self._held = self._sound.read(_SEAM)
        self._seam = self._held.shape[1]
        if not self._seam:
            self.close()
            raise ReplaceMedia(f"{name} holds no sound; replace it by another file.")

    def close(self) -> None:
        """Close the file."""
        self._sound.close()

    def read(self, count: int) -> Block:
        """The next `count` samples, always all of them."""
        parts: list[Block] = []
        have = 0
        while have < count:
            # The last samples read are held back: should the file end here, they are the seam.
            fresh = self._sound.read(count - have)
            if fresh.shape[1]:
                joined = np.concatenate([self._held, fresh], axis=1)
            else:
                joined = self._turn_around()
            part, self._held = joined[:, : -self._seam], joined[:, -self._seam :]
            parts.append(part[:, : count - have])
            have += parts[-1].shape[1]
        return np.concatenate(parts, axis=1)

    def _turn_around(self) -> Block:
        """Begin again; gives the seam and, held at its end, the samples after it."""
        self._sound.close()
        self._sound = Sound(self._path, name=self._name)
        head = self._sound.read(self._seam)
        following = self._sound.read(self._seam)
        if following.shape[1] < self._seam:  # too short to melt: play it end to end
            return np.concatenate([self._held, head], axis=1)
        angle = np.linspace(0, np.pi / 2, self._seam, dtype=np.float32)
        return np.concatenate(
            [self._held * np.cos(angle) + head * np.sin(angle), following], axis=1
        )
