"""The film's file: tracks side by side in one MP4, written as a stream."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

from ..work import Cancel, Progress
from .plan import Caption
from .sound.aac import BIT_RATE

__all__ = [
    "Track",
    "add_captions",
    "add_sound",
    "caption_packets",
    "create",
    "in_order",
    "of_stream",
]

Track: TypeAlias = "Iterable[Packet[Stream]]"

_CAPTION_CLOCK = Fraction(1, 1000)
# What mov_text's sample description is made of; players set their own size.
_CAPTION_STYLE = """\
[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, \
Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, \
Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
_LANGUAGES: dict[str, str] = json.loads(
    Path(__file__).with_name("languages.json").read_text("utf-8")
)


def create(path: Path, metadata: Mapping[str, str] | None = None) -> OutputContainer:
    """Open an MP4 for writing, its index at the front, with `metadata` of any keys."""
    container = av.open(
        str(path),
        "w",
        format="mp4",
        container_options={
            "movflags": "+faststart+use_metadata_tags",
            # Edit lists are written in this clock; FFmpeg's own, 1000, rounds frames away.
            "movie_timescale": "48000",
        },
    )
    container.metadata.update(metadata or {})
    return container


def add_sound(container: OutputContainer, rate: int, channels: int) -> Stream:
    """Add an AAC track for the packets of `encode_aac`."""
    layout = "stereo" if channels == 2 else "mono"
    return container.add_stream("aac", rate=rate, layout=layout, bit_rate=BIT_RATE)


def add_captions(container: OutputContainer, language: str) -> Stream:
    """Add a mov_text track; `language` is a tag such as "en" or "pt-BR"."""
    stream = container.add_stream("mov_text", time_base=_CAPTION_CLOCK)
    stream.codec_context.subtitle_header = _CAPTION_STYLE.encode()
    primary = language.lower().partition("-")[0]
    stream.metadata["language"] = _LANGUAGES.get(primary, primary if len(primary) == 3 else "und")
    return stream


def caption_packets(captions: Sequence[Caption], stream: Stream) -> Iterator[Packet[Stream]]:
    """Timed text samples (3GPP TS 26.245, 5.17): a 16-bit length and UTF-8.

    The muxer ends each caption by an empty sample; only the gap before the first is ours.
    """
    if captions and captions[0].start > 0:
        yield _caption("", Fraction(0), captions[0].start, stream)
    for caption in captions:
        yield _caption(caption.text, caption.start, caption.end, stream)


def _caption(text: str, start: Fraction, end: Fraction, stream: Stream) -> Packet[Stream]:
    data = text.encode()
    packet: Packet[Stream] = Packet(len(data).to_bytes(2, "big") + data)
    packet.stream = stream
    packet.time_base = _CAPTION_CLOCK
    packet.pts = packet.dts = round(start / _CAPTION_CLOCK)
    packet.duration = round(end / _CAPTION_CLOCK) - packet.pts
    packet.is_keyframe = True
    return packet


def in_order(
    container: OutputContainer,
    tracks: Sequence[Track],
    *,
    duration: Fraction,
    progress: Progress,
    cancel: Cancel,
    note: str,
) -> None:
    """Mux tracks of packets, each in its own decoding order, by time; report how far it got.

    Raises:
        Cancelled: the user stopped the work.
    """
    reported = 0.0
    for packet in heapq.merge(*tracks, key=_seconds):
        cancel.check()
        done = _seconds(packet) / float(duration)
        if done - reported >= 0.01:
            reported = done
            progress(done, note)
        container.mux(packet)


def of_stream(packets: Iterator[Packet[Stream]], stream: Stream) -> Iterator[Packet[Stream]]:
    """Hand packets of an encoder to the track they belong to."""
    for packet in packets:
        packet.stream = stream
        yield packet


def _seconds(packet: Packet[Stream]) -> float:
    return (packet.dts or 0) * float(packet.time_base)
