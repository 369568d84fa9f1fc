"""Join Clips: films end to end in one file, packets copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import numpy as np
import soundfile
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

from ..errors import MatchLists
from ..files import system_name, writing
from ..work import Cancel, Progress
from .opening import opened
from .output import Track, add_sound, create, in_order, of_stream
from .probe import AudioTrack, Media, probe
from .sound.aac import FRAME, encode_aac
from .sound.sounds import CHANNELS, RATE, Sound
from .sound.wav import disk_errors
from .strip import Strip

__all__ = ["join_clips"]

_BLOCK = 2 * RATE
_GRACE = 64
"""Samples that frames may overlap by the rounding of a container's ticks."""


def join_clips(
    paths: Sequence[Path],
    destination: Path,
    *,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Path:
    """Put clips end to end in one MP4, at `destination`.

    Each clip begins exactly where the picture of the one before ends. Packets are copied where the
    clips' codecs allow; a clip of another size, codec or pixel format is made to fit the first one,
    and sounds that differ are encoded anew as AAC, 48 kHz stereo. Clips without sound are silent.

    Raises:
        MatchLists: there are no clips.
        ReplaceMedia: a clip is missing, damaged or has no picture.
        FreeDisk, MakeWritable, StorageError: the disk refused.
        Cancelled: the user stopped the work.
    """
    if not paths:
        raise MatchLists("There are no clips to join; connect at least one video.")
    cancel = cancel or Cancel()
    clips = []
    for path in paths:
        cancel.check()
        clips.append(probe(path))
    strip = Strip(clips)
    with writing(destination) as temporary:
        wav = temporary.with_suffix(".wav")
        try:
            copyable = _same_sound([clip.audio for clip in clips if clip.audio])
            if any(clip.audio for clip in clips) and not copyable:
                _sound_of_all(strip, clips, wav, progress.part(0, 0.3), cancel)
            with create(temporary) as container:
                picture = strip.add_to(container)
                tracks: list[Track] = [strip.packets(picture)]
                if wav.exists():
                    sound = add_sound(container, RATE, CHANNELS)
                    tracks.append(of_stream(encode_aac(wav), sound))
                elif copyable:
                    tracks.append(_copied_sound(container, strip, clips))
                in_order(
                    container,
                    tracks,
                    duration=strip.duration,
                    progress=progress.part(0.3 if wav.exists() else 0, 1),
                    cancel=cancel,
                    note="Joining the clips",
                )
        finally:
            wav.unlink(missing_ok=True)
    progress(1, "The clips are joined")
    return destination


def _same_sound(sounds: Sequence[AudioTrack]) -> bool:
    """Whether one decoder plays all sounds: AAC-LC with one set-up, which we can also write."""
    return (
        bool(sounds)
        and all(sound.codec == "aac" for sound in sounds)
        and len({(sound.rate, sound.channels, sound.parameters) for sound in sounds}) == 1
        and sounds[0].profile == "LC"
        and sounds[0].channels <= CHANNELS
    )


def _sound_of_all(
    strip: Strip, clips: Sequence[Media], wav: Path, progress: Progress, cancel: Cancel
) -> None:
    """Decode every clip's sound to its exact place."""
    with disk_errors(), soundfile.SoundFile(system_name(wav), "w", RATE, CHANNELS, "FLOAT") as file:
        for clip, start, end in zip(clips, strip.starts, strip.starts[1:], strict=False):
            count = round(end * RATE) - round(start * RATE)
            _write_sound(file, clip.path if clip.audio else None, count, cancel.check)
            progress(float(end / strip.duration), "Reading the sound")


def _write_sound(
    file: soundfile.SoundFile, path: Path | None, count: int, check: Callable[[], None]
) -> None:
    """Append `count` samples of a file's sound at 48 kHz stereo; silence where there is none."""
    if path is not None:
        with Sound(path, name=path.name) as sound:
            while count:
                check()
                block = sound.read(min(_BLOCK, count))
                if not block.shape[1]:
                    break
                file.write(block.T)
                count -= block.shape[1]
    while count:
        size = min(_BLOCK, count)
        file.write(np.zeros((size, CHANNELS), np.float32))
        count -= size


def _copied_sound(
    container: OutputContainer, strip: Strip, clips: Sequence[Media]
) -> Iterator[Packet[Stream]]:
    first = next(clip for clip in clips if clip.audio)
    with opened(first.path, packets_only=True) as source:
        template = source.streams.audio[0]
        stream = container.add_stream_from_template(template, opaque=True)
    assert first.audio is not None
    stream.metadata.clear()
    stream.time_base = Fraction(1, first.audio.rate)
    return _sound_packets(stream, strip, clips, first.audio)


def _sound_packets(
    stream: AudioStream, strip: Strip, clips: Sequence[Media], kind: AudioTrack
) -> Iterator[Packet[Stream]]:
    """AAC frames of all clips: those that overlap are dropped, gaps are filled with silence."""
    base = Fraction(1, kind.rate)
    silence = _silent_frame(kind)
    # The codec's run-up lies before the film's first sample.
    at = -FRAME

    def stamped(packet: Packet[Stream], time: int, end: int) -> Packet[Stream]:
        packet.stream = stream
        packet.time_base = base
        packet.pts = packet.dts = time
        # The last frame ends with the picture, not with its own 1024 samples.
        packet.duration = min(FRAME, end - time)
        return packet

    def filled(until: int) -> Iterator[Packet[Stream]]:
        nonlocal at
        while at + FRAME <= until:
            yield stamped(Packet(silence), at, at + FRAME)
            at += FRAME

    for clip, start, end in zip(clips, strip.starts, strip.starts[1:], strict=False):
        begin, finish = round(start * kind.rate), round(end * kind.rate)
        for packet, seconds in _aac_frames(clip):
            time = begin + round((seconds - clip.video.start) * kind.rate)
            last = end == strip.duration
            if time >= finish or (time + FRAME > finish and not last):
                break
            if time < at - _GRACE:
                continue
            time = max(time, at)
            yield from filled(time)
            at = time + FRAME
            yield stamped(packet, time, finish if last else at)
        yield from filled(finish)


def _aac_frames(clip: Media) -> Iterator[tuple[Packet[Stream], Fraction]]:
    if clip.audio is None:
        return
    with opened(clip.path, packets_only=True) as source:
        stream = source.streams.audio[0]
        for packet in source.demux(stream):
            if packet.size and packet.pts is not None:
                yield cast("Packet[Stream]", packet), packet.pts * packet.time_base


def _silent_frame(kind: AudioTrack) -> bytes:
    """One AAC frame of silence in the clips' own format."""
    context: AudioCodecContext = av.CodecContext.create("aac", "w")
    context.sample_rate = kind.rate
    context.layout = "stereo" if kind.channels == CHANNELS else "mono"
    context.format = "fltp"
    context.time_base = Fraction(1, kind.rate)
    quiet = np.zeros((kind.channels, FRAME), np.float32)
    packets: list[Packet[AudioStream]] = []
    for number in range(4):
        frame = AudioFrame.from_ndarray(quiet, format="fltp", layout=context.layout.name)
        frame.sample_rate, frame.pts = kind.rate, number * FRAME
        packets += context.encode(frame)
    return bytes(packets[-1])
