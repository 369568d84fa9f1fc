"""Speech that is no speech: a hum for each word, with gaps between, so that timing can be seen."""

from __future__ import annotations

import io

import av
import numpy as np
from numpy.typing import NDArray

__all__ = ["FORMATS", "encode", "hum"]

FORMATS = {
    "mp3": ("mp3", "mp3", "audio/mpeg"),
    "wav": ("wav", "pcm_s16le", "audio/wav"),
    "flac": ("flac", "flac", "audio/flac"),
    "aac": ("adts", "aac", "audio/aac"),
    "opus": ("ogg", "libopus", "audio/ogg"),
    "pcm": ("s16le", "pcm_s16le", "audio/pcm"),
}
"""Container, codec and content type of each `response_format` of OpenAI's speech API."""
_FRAMES = {"mp3": 1152, "aac": 1024, "opus": 960}
_WORD, _GAP = 0.25, 0.1


def hum(text: str, rate: int, *, pitch: float = 180.0, speed: float = 1.0) -> NDArray[np.int16]:
    """One hum of 0.25 s a word and 0.1 s of silence after each; mono, 16 bit."""
    word = round(_WORD / speed * rate)
    wave = 8000 * np.sin(2 * np.pi * pitch * np.arange(word) / rate) * np.hanning(word)
    gap = np.zeros(round(_GAP / speed * rate))
    return np.concatenate([wave, gap] * max(len(text.split()), 1)).astype(np.int16)


def encode(samples: NDArray[np.int16], rate: int, form: str) -> bytes:
    """Put mono sound into one of `FORMATS`; Opus at 48 kHz."""
    container, codec, _ = FORMATS[form]
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container) as out:
        stream = out.add_stream(codec, rate=48000 if form == "opus" else rate, layout="mono")
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
        frame.sample_rate, frame.pts = rate, 0
        resampler = av.AudioResampler(stream.format, "mono", stream.rate, _FRAMES.get(form, 4096))
        for ready in (*resampler.resample(frame), *resampler.resample(None)):
            out.mux(stream.encode(ready))
        out.mux(stream.encode(None))
    return buffer.getvalue()
