"""A film watched and listened to once: where the picture stands still or is black, where nothing is
heard, and where the sound is clipped. Streaming, so that its length takes no memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from .opening import opened, picture_of

__all__ = ["Seen", "Stretch", "watch"]

_WIDTH = 160
"""Pixels: enough to see whether anything moves, and the noise of the codec is averaged out."""
_FROZEN = 0.8
_BLACK = 0.4
_SILENT = 1.0
"""Seconds from which on it is noticed."""
_STILL = 0.0015
"""Of the brightness, on average: what freezedetect takes for no change."""
_QUIET = "-60dB"
_FULL = 0.999
_IN_A_ROW = 4
"""Samples at full scale, one after the other, that make a clipped peak."""
_APART = 0.5
"""Seconds between two clipped peaks that are told apart."""


@dataclass(frozen=True)
class Stretch:
    """From when to when, in seconds of the film."""

    start: float
    end: float

    @property
    def duration(self) -> float:
        """Its length in seconds."""
        return self.end - self.start


@dataclass
class Seen:
    """What was seen and heard."""

    duration: float = 0.0
    """Seconds, up to the last frame."""
    frozen: list[Stretch] = field(default_factory=list)
    black: list[Stretch] = field(default_factory=list)
    silent: list[Stretch] = field(default_factory=list)
    clipped: list[float] = field(default_factory=list)
    has_sound: bool = False
    has_captions: bool = False


def watch(path: Path, *, heard: Callable[[float], None] = lambda time: None) -> Seen:
    """Watch a film file. `heard` is called with the time that was reached, in seconds.

    Frames that no other frame needs are skipped, which takes a third of the time and loses at most
    two frames of precision.

    Raises:
        ReplaceMedia: the file is missing or damaged.
    """
    seen = Seen()
    with opened(path) as container:
        picture = picture_of(container, path)
        picture.thread_type = "AUTO"
        picture.codec_context.skip_frame = "NONREF"
        sound = next(iter(container.streams.audio), None)
        seen.has_captions = bool(container.streams.subtitles)
        seen.has_sound = sound is not None
        eyes, ears = _Eyes(picture, seen), _Ears(sound, seen) if sound else None
        for packet in container.demux([each for each in (picture, sound) if each]):
            for frame in packet.decode():
                if isinstance(frame, VideoFrame):
                    eyes.see(frame)
                    heard(float(frame.time or 0))
                elif isinstance(frame, AudioFrame) and ears:
                    ears.hear(frame)
        eyes.close()
        if ears:
            ears.close()
    return seen


class _Detector:
    """A filter that writes into the metadata of frames when something began and ended."""

    def __init__(self, name: str, into: list[Stretch]) -> None:
        self._start, self._end = f"lavfi.{name}_start", f"lavfi.{name}_end"
        self._into = into
        self._since: float | None = None

    def read(self, metadata: dict[str, str]) -> None:
        if (started := metadata.get(self._start)) is not None:
            self._since = float(started)
        if (ended := metadata.get(self._end)) is not None and self._since is not None:
            self._into.append(Stretch(self._since, float(ended)))
            self._since = None

    def close(self, end: float) -> None:
        """What had not ended lasts to the end of the film."""
        if self._since is not None and end > self._since:
            self._into.append(Stretch(self._since, end))


class _Eyes:
    """Looks at a small picture for what is black or stands still."""

    def __init__(self, stream: VideoStream, seen: Seen) -> None:
        self._seen = seen
        self._fps = float(stream.average_rate or 24)
        self._frozen = _Detector("freezedetect.freeze", seen.frozen)
        self._black = _Detector("black", seen.black)
        graph = Graph()
        height = max(2, round(_WIDTH * stream.height / stream.width / 2) * 2)
        chain: list[Any] = [
            graph.add_buffer(template=stream, time_base=stream.time_base),
            graph.add("scale", f"{_WIDTH}:{height}:flags=fast_bilinear"),
            graph.add("format", "yuv420p"),
            graph.add("blackdetect", f"d={_BLACK}:pix_th=0.06"),
            graph.add("freezedetect", f"n={_STILL}:d={_FROZEN}"),
            graph.add("buffersink"),
        ]
        graph.link_nodes(*chain).configure()
        self._graph = graph

    def see(self, frame: VideoFrame) -> None:
        self._seen.duration = max(self._seen.duration, float(frame.time or 0) + 1 / self._fps)
        self._graph.vpush(frame)
        self._pull()

    def close(self) -> None:
        self._graph.vpush(None)
        self._pull()
        for detector in (self._frozen, self._black):
            detector.close(self._seen.duration)

    def _pull(self) -> None:
        with suppress(av.BlockingIOError, av.EOFError):
            while True:
                metadata = dict(self._graph.vpull().metadata)
                self._frozen.read(metadata)
                self._black.read(metadata)


class _Ears:
    """Listens for silence and for clipped peaks."""

    def __init__(self, stream: AudioStream, seen: Seen) -> None:
        self._seen = seen
        self._silent = _Detector("silence", seen.silent)
        self._end = 0.0
        graph = Graph()
        source = graph.add_abuffer(template=stream, time_base=stream.time_base)
        mono = graph.add("aformat", "sample_fmts=flt:channel_layouts=mono")
        detect = graph.add("silencedetect", f"noise={_QUIET}:d={_SILENT}")
        graph.link_nodes(source, mono, detect, graph.add("abuffersink")).configure()
        self._graph = graph

    def hear(self, frame: AudioFrame) -> None:
        start = float(frame.time or 0)
        self._end = max(self._end, start + frame.samples / frame.sample_rate)
        self._clipped(frame, start)
        self._graph.push(frame)
        self._pull()

    def close(self) -> None:
        self._graph.push(None)
        self._pull()
        self._silent.close(self._end)

    def _clipped(self, frame: AudioFrame, start: float) -> None:
        samples = frame.to_ndarray()
        if samples.dtype.kind != "f":
            samples = samples.astype(np.float32) / np.float32(2 ** (8 * samples.itemsize - 1) - 1)
        if not frame.format.is_planar:
            samples = samples.reshape(-1, frame.layout.nb_channels).T
        full = np.abs(samples) >= _FULL
        if not full.any():
            return
        last = full.shape[1] - _IN_A_ROW + 1
        runs = np.logical_and.reduce([full[:, at : at + last] for at in range(_IN_A_ROW)])
        for at in np.flatnonzero(runs.any(axis=0)):
            time = start + int(at) / frame.sample_rate
            if not self._seen.clipped or time - self._seen.clipped[-1] > _APART:
                self._seen.clipped.append(time)

    def _pull(self) -> None:
        with suppress(av.BlockingIOError, av.EOFError):
            while True:
                self._silent.read(dict(self._graph.pull().metadata))
