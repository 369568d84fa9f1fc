"""The film's sound as it will be heard: mixed, encoded, decoded again and measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
from av.packet import Packet
from av.stream import Stream

from ...files import writing
from ...home import Home
from ...work import Cancel, Progress
from ..output import add_sound
from ..plan import Cut
from .aac import FRAME, encode_aac
from .loudness import Level, Meter
from .mix import CODEC_ROOM, Mix, mix_sound, remaster
from .sounds import Block

__all__ = ["finish_sound", "sound_packets"]

_TOLERANCE = 0.4
"""LU that the encoded film may differ from its target."""

_TRIES = 4
_MARGIN = 0.1
"""Decibels beyond what the last encoding overshot."""


def finish_sound(
    cut: Cut,
    *,
    home: Home,
    destination: Path,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Mix:
    """Mix the film's sound and encode it to AAC in `destination`, an .m4a file.

    AAC changes loudness and peaks, dense music by more than a decibel, and how much is known only
    afterwards. So the encoded sound is decoded and measured as it is made; in the rare film that
    misses `cut.loudness`, the mix is brought nearer and encoded again. `integrated` and `peak` are
    those of the encoded sound.

    Raises:
        As `mix_sound` does.
    """
    cancel = cancel or Cancel()
    wave = destination.with_name(f"{destination.stem}-mix.wav")
    try:
        mix = mix_sound(
            cut, home=home, destination=wave, progress=progress.part(0, 0.4), cancel=cancel
        )
        target = aim = cut.loudness.integrated
        ceiling = cut.loudness.peak - CODEC_ROOM
        for attempt in range(_TRIES):
            share = progress.part(0.4 + 0.5 * attempt / _TRIES, 1)
            level = _encode(mix, destination, share, cancel)
            if mix.integrated is None or level.integrated is None:
                break
            quiet = target - level.integrated
            over = level.peak - cut.loudness.peak
            if abs(quiet) <= _TOLERANCE and over <= 0:
                break
            if attempt < _TRIES - 1:
                aim += quiet
                ceiling -= max(over + _MARGIN, 0.0)
                mix = remaster(mix, integrated=aim, ceiling=ceiling, cancel=cancel)
    finally:
        wave.unlink(missing_ok=True)
    progress(1.0, "Sound finished")
    return replace(mix, path=destination, integrated=level.integrated, peak=level.peak)


def sound_packets(path: Path) -> Iterator[Packet[Any]]:
    """The packets of a finished sound, as `encode_aac` gives them: `pts` from `-FRAME`."""
    with av.open(str(path)) as container:
        for number, packet in enumerate(container.demux(container.streams.audio[0])):
            if packet.size:
                packet.pts = packet.dts = (number - 1) * FRAME
                yield packet


def _encode(mix: Mix, destination: Path, progress: Progress, cancel: Cancel) -> Level:
    meter = Meter()
    with (
        writing(destination) as temporary,
        av.open(str(temporary), "w", format="mp4") as container,
    ):
        stream = add_sound(container, mix.rate, mix.channels)
        container.start_encoding()
        decoder = av.CodecContext.create("aac", "r")
        decoder.extradata = stream.codec_context.extradata
        heard = -FRAME
        for packet in encode_aac(mix.path):
            cancel.check()
            heard = _hear(decoder, packet, heard, mix.samples, meter)
            packet.stream = stream
            container.mux(packet)
            progress(heard / mix.samples, "Encoding the sound")
        _hear(decoder, None, heard, mix.samples, meter)
    return meter.finish()


def _hear(
    decoder: av.CodecContext,
    packet: Packet[Stream] | None,
    heard: int,
    samples: int,
    meter: Meter,
) -> int:
    """Measure what `packet` holds; gives the film's sample that follows it."""
    for frame in cast(av.AudioCodecContext, decoder).decode(packet):
        block = cast(Block, frame.to_ndarray())
        begin, end = max(0, -heard), min(block.shape[1], samples - heard)
        if begin < end:
            meter.push(np.ascontiguousarray(block[:, begin:end]))
        heard += block.shape[1]
    return heard
