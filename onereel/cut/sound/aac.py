"""AAC encoding on all cores: long sound is cut into chunks that are encoded side by side."""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import soundfile
from av.audio.frame import AudioFrame
from av.packet import Packet
from av.stream import Stream

from ...files import system_name

__all__ = ["BIT_RATE", "FRAME", "encode_aac"]

FRAME = 1024
"""Samples in an AAC frame; also the encoder's delay, which players are told to skip."""
BIT_RATE = 192_000

_OPTIONS = {"aac_pns": "0"}
"""FFmpeg's encoder puts other noise in the place of noise, now and then at four times its power:
peaks of 6 dB too much, and 2 dB below the sound what should be like it. At our bit rate it need
not save. https://ffmpeg.org/ffmpeg-codecs.html#aac"""

_CHUNK = 800
"""Frames: about 17 s of sound, half a megabyte of packets."""
_WARM_UP = 16
"""Frames encoded and thrown away, so that a chunk begins as if it had never been cut."""


def encode_aac(path: Path, *, workers: int | None = None) -> Iterator[Packet[Stream]]:
    """Encode a sound file (any rate the codec knows, mono or stereo) to AAC at 192 kbit/s.

    Packets come in order, `pts` in samples from `-FRAME`: the codec's first frame is its run-up.
    Every AAC frame stands alone but for the overlap with the one before it, so chunks encoded
    apart, each with a run-up of its own, join without a seam.
    """
    info = soundfile.info(system_name(path))
    total = -(-info.frames // FRAME) + 1
    bounds = [*range(0, total, _CHUNK), total]
    if len(bounds) > 2 and bounds[-1] - bounds[-2] < _WARM_UP:
        del bounds[-2]
    workers = workers or min(4, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers, thread_name_prefix="onereel-aac") as pool:
        waiting: deque[Future[list[Packet[Stream]]]] = deque()
        chunks = iter(itertools.pairwise(bounds))
        try:
            while True:
                while len(waiting) <= workers and (chunk := next(chunks, None)):
                    last = chunk[1] == total
                    waiting.append(pool.submit(_encode_chunk, path, *chunk, last))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _encode_chunk(path: Path, begin: int, end: int, last: bool) -> list[Packet[Stream]]:
    """Packets `begin` to `end` of the whole sound."""
    head = max(0, begin - _WARM_UP)
    kept: list[Packet[Stream]] = []
    with soundfile.SoundFile(system_name(path)) as sound:
        context = av.CodecContext.create("aac", "w")
        context.sample_rate = sound.samplerate
        context.layout = "stereo" if sound.channels == 2 else "mono"
        context.format = "fltp"
        context.bit_rate = BIT_RATE
        context.options = _OPTIONS
        context.time_base = Fraction(1, sound.samplerate)
        sound.seek(head * FRAME)

        def keep(packets: list[Packet[Stream]]) -> bool:
            for packet in packets:
                assert packet.pts is not None
                number = packet.pts // FRAME + 1
                if begin <= number < end:
                    kept.append(packet)
            return len(kept) == end - begin

        at = head * FRAME
        while True:
            samples = sound.read(FRAME, dtype="float32", always_2d=True)
            if not len(samples):
                keep(context.encode(None))
                return kept
            frame = AudioFrame.from_ndarray(
                np.ascontiguousarray(samples.T), format="fltp", layout=context.layout.name
            )
            frame.sample_rate = sound.samplerate
            frame.pts, frame.time_base = at, Fraction(1, sound.samplerate)
            at += len(samples)
            if keep(context.encode(frame)) and not last:
                return kept
