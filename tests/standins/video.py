"""Small real clips that say which take they are: H.264 and AAC in MP4, as Veo and Omni deliver.

The picture has the asked size, but costs next to nothing: one colour, taken from prompt, seed and
first picture, with a block that moves. Half a second is encoded and its packets are repeated; so is
one AAC frame of a tone whose period divides a frame. The container's comment says the rest, as
JSON.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import threading
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.container import OutputContainer

__all__ = ["C2PA", "FPS", "Clip", "clip_of", "colour_of", "render", "seconds_of"]

FPS = 24
C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""The extended type of the box that holds content credentials (C2PA 2.1, A.5)."""
_GROUP = 12
_RATE = 48000
_FRAME = 1024
_TONE = 8 * _RATE / _FRAME
_EXACT = {"fflags": "+bitexact"}
"""No dates and versions in the file."""
_encoding = threading.Lock()


@dataclass(frozen=True)
class Clip:
    """What determines the bytes of one clip."""

    prompt: str
    seed: int | None
    operation: str
    sample: int
    model: str
    width: int
    height: int
    seconds: int
    sound: bool
    first: str = ""
    """The digest of the picture that it begins with: another picture, another clip."""

    @property
    def comment(self) -> str:
        told = {name: value for name, value in asdict(self).items() if value or name != "first"}
        return json.dumps(told, ensure_ascii=False, sort_keys=True)


def clip_of(source: Path | bytes) -> Clip:
    """Read which take a file is, from its comment.

    Raises:
        KeyError: it is no clip of a stand-in, or the comment was lost.
    """
    with av.open(io.BytesIO(source) if isinstance(source, bytes) else str(source)) as file:
        return Clip(**json.loads(file.metadata["comment"]))


def seconds_of(data: bytes) -> int:
    """The whole seconds that a video file plays."""
    with av.open(io.BytesIO(data), "r") as file:
        return round((file.duration or 0) / av.time_base)


def colour_of(prompt: str, seed: int | None) -> tuple[int, int, int]:
    """The Y, U and V of a take's picture, far enough apart to survive encoding."""
    digest = hashlib.sha256(f"{seed} {prompt}".encode()).digest()
    return 64 + digest[0] % 8 * 16, 64 + digest[1] % 8 * 18, 64 + digest[2] % 8 * 18


@functools.lru_cache(maxsize=64)
def render(clip: Clip) -> bytes:
    """Make the file. The same clip gives the same bytes."""
    with _encoding:
        group = _group(clip.width, clip.height, colour_of(clip.prompt + clip.first, clip.seed))
        tone = _tone() if clip.sound else None
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4", container_options=_EXACT) as out:
        out.metadata["comment"] = clip.comment
        packets = _repeated(out, group, range(_GROUP), clip.seconds * FPS)
        if tone is not None:
            # The frames before are the encoder's run-up to a steady tone.
            packets += _repeated(out, tone, range(8, 9), clip.seconds * _RATE // _FRAME)
        for packet in sorted(packets, key=lambda one: (one.pts or 0) * one.time_base):
            out.mux(packet)
    return buffer.getvalue() + _credentials(clip)


def _repeated(
    out: OutputContainer, source: bytes, which: range, count: int
) -> list[av.Packet[Any]]:
    """Copy a stream, and some of its packets over and over."""
    with av.open(io.BytesIO(source), "r") as file:
        template = file.streams[0]
        found = [packet for packet in file.demux(template) if packet.size][which.start : which.stop]
        copy = out.add_stream_from_template(template)
        packets = []
        for number in range(count):
            old = found[number % len(found)]
            packet = av.Packet(bytes(old))
            packet.stream, packet.time_base = copy, old.time_base
            packet.pts = packet.dts = number * (old.duration or 0)
            packet.duration, packet.is_keyframe = old.duration, old.is_keyframe
            packets.append(packet)
        return packets


@functools.lru_cache(maxsize=64)
def _group(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """Encode one closed group of pictures as a file."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4", container_options=_EXACT) as out:
        stream = out.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.gop_size = _GROUP
        stream.options = {"preset": "ultrafast", "crf": "30", "bf": "0", "threads": "1"}
        for number in range(_GROUP):
            frame = av.VideoFrame(width, height, "yuv420p")
            for index, (plane, value) in enumerate(zip(frame.planes, colour, strict=True)):
                rows = np.full((plane.height, plane.line_size), value, np.uint8)
                if index == 0:
                    rows[: height // 8, number * 16 : number * 16 + height // 8] = 235
                plane.update(rows.tobytes())
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return buffer.getvalue()


@functools.lru_cache(maxsize=1)
def _tone() -> bytes:
    """Encode a tone as a file; from its ninth frame on, it is steady."""
    wave = 0.1 * np.sin(2 * np.pi * _TONE * np.arange(_FRAME) / _RATE)
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4", container_options=_EXACT) as out:
        stream = out.add_stream("aac", rate=_RATE, layout="stereo")
        stream.bit_rate = 128000
        for number in range(10):
            samples = np.stack([wave, wave]).astype(np.float32)
            frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = _RATE, number * _FRAME
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return buffer.getvalue()


def _credentials(clip: Clip) -> bytes:
    """A box with content credentials, shaped as C2PA's, with nothing signed in it (U26).

    C2PA 2.1, A.5.1: full box of type uuid, purpose "manifest", offset of the Merkle tree, then a
    JUMBF superbox (ISO 19566-5) whose description box has the type of a manifest store.
    """
    kind = bytes.fromhex("6332706100110010800000aa00389b71")  # "c2pa" and JUMBF's suffix
    description = _box(b"jumd", kind + b"\x03c2pa\0")
    store = _box(b"jumb", description + _box(b"json", clip.comment.encode()))
    return _box(b"uuid", C2PA + bytes(4) + b"manifest\0" + bytes(8) + store)


def _box(kind: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + kind + body
