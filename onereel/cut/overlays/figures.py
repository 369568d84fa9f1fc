"""Who presents: the pixels of a picture or of a clip, made to fill a place, cut out by its alpha
or by a key colour."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Protocol

import av.filter
import numpy as np
from av.codec.context import CodecContext
from av.container import InputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray
from PIL import Image

from ...errors import ReplaceMedia
from ..picture import Reader, matrix_of, shown_upright, upright
from ..probe import Media, VideoTrack, probe
from .keying import ColourKey

__all__ = ["GRACE", "Figure", "MovingFigure", "Pixels", "StillFigure", "filling", "whole_width"]

Pixels = NDArray[np.uint8]
"""(height, width, 4): sRGB, premultiplied by alpha."""

_HEADROOM = Fraction(1, 5)
"""Of what an upright picture has too much, the share that is cut off above: faces are up there."""
GRACE = Fraction(1, 2)
"""Seconds that a clip may be shorter or longer than its line without starting anew or stopping."""
_FILLS = Fraction(1, 2)
"""Of a place's width: a narrower picture would lose too much if it were cropped."""
_BLUR, _DIM = 48, 0.45
"""How many pixels become one, and how bright they are, behind such a picture."""
_VPX = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""The decoders that read alpha in WebM; FFmpeg's own ones skip it."""


class Figure(Protocol):
    """Where the pixels come from; all of one size."""

    def number(self, moment: Fraction, spoken: Fraction) -> int:
        """The frame shown `moment` seconds after a line of `spoken` seconds began."""
        ...

    def pixels(self, number: int) -> Pixels:
        """A frame.

        Raises:
            ReplaceMedia: the file is damaged there.
        """
        ...

    def close(self) -> None:
        """Give the file back."""
        ...


class StillFigure:
    """A picture."""

    def __init__(
        self, path: Path, size: tuple[int, int], *, key: ColourKey | None, whole: bool
    ) -> None:
        """Read the PNG at `path` and make it fill `size`; `whole` as in `MovingFigure`.

        Raises:
            ReplaceMedia: it is missing or damaged.
        """
        try:
            with Image.open(path, formats=("PNG",)) as file:
                picture = file.convert("RGBA").convert("RGBa")
        except (OSError, ValueError, Image.DecompressionBombError):
            raise ReplaceMedia(
                f"The presenter's picture {path.name} is missing or damaged; choose it again."
            ) from None
        fitted = _cover(picture, size)
        inner = whole_width(Fraction(picture.width, picture.height), size) if whole else None
        if inner:
            opaque = key is None and picture.getchannel("a").getextrema() == (255, 255)
            fitted = _blurred(fitted) if opaque else np.zeros_like(fitted)
            left = (size[0] - inner) // 2
            fitted[:, left : left + inner] = _cover(picture, (inner, size[1]))
        self._pixels = key.cut_out(fitted) if key else fitted

    def number(self, moment: Fraction, spoken: Fraction) -> int:
        """Always the same."""
        return 0

    def pixels(self, number: int) -> Pixels:
        """The picture."""
        return self._pixels

    def close(self) -> None:
        """Nothing is open."""


class MovingFigure:
    """A clip."""

    def __init__(
        self, path: Path, size: tuple[int, int], *, key: ColourKey | None, whole: bool
    ) -> None:
        """Prepare to read the clip at `path`; its file is opened with its first frame.

        A clip that is much narrower than `size` is cropped, or, if `whole`, shown from top to
        bottom: a cut-out alone, any other before a blur of itself.

        Raises:
            ReplaceMedia: it is missing or damaged, or has no moving picture.
        """
        media = probe(path)
        self._video = media.video
        self._reader = _SeeThroughReader(media, *size, keyed=key is not None, whole=whole)
        self._key = key

    def number(self, moment: Fraction, spoken: Fraction) -> int:
        """As `Presenter` says: it begins, ends and starts anew with its line."""
        length = self._video.duration
        moment = min(max(moment, Fraction(0)), spoken + GRACE)
        if spoken > length + GRACE:
            moment = min(moment, spoken) % length
        return self._video.frame_at(moment)

    def pixels(self, number: int) -> Pixels:
        """A frame of the clip."""
        pixels = np.asarray(self._reader.frame(number).to_ndarray(), np.uint8)
        return self._key.cut_out(pixels) if self._key else pixels

    def close(self) -> None:
        """Close the clip."""
        self._reader.close()


class _SeeThroughReader(Reader):
    """The frames of a clip with their alpha, filling their place, in premultiplied RGBA."""

    def __init__(self, media: Media, width: int, height: int, *, keyed: bool, whole: bool) -> None:
        super().__init__(media, width, height)
        self._keyed = keyed
        self._whole = whole

    def _decode(self, container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
        decoder = _VPX.get(stream.codec_context.name)
        if decoder is None or stream.metadata.get("alpha_mode") != "1":
            return container.decode(stream)
        return _decoded_by(decoder, container, stream)

    def _fit(self, frame: VideoFrame) -> VideoFrame:
        return self._filtered(frame)

    def _new_graph(
        self, video: VideoTrack, frame: VideoFrame, size: tuple[int, int]
    ) -> av.filter.Graph:
        graph = av.filter.Graph()
        add = graph.add
        chain = upright(graph, video, frame)
        chain += [add("scale", f"in_color_matrix={matrix_of(frame)}"), add("format", "gbrap")]
        alpha = any(part.is_alpha for part in frame.format.components)
        if alpha:
            chain.append(add("premultiply", "inplace=1"))
        shown = shown_upright(video, frame)
        inner = whole_width(shown, size) if self._whole else None
        if inner is None:
            chain += _covering(graph, shown, size)
        elif alpha or self._keyed:
            chain += _covering(graph, shown, (inner, size[1]))
            chain.append(add("pad", f"{size[0]}:{size[1]}:-1:-1:black@0"))
        else:
            chain = _before_its_blur(graph, chain, shown, inner, size)
        chain += [add("format", "rgba"), add("buffersink")]
        graph.link_nodes(*chain).configure()
        return graph


_Chain = list[av.filter.context.FilterContext]


def _covering(graph: av.filter.Graph, shown: Fraction, size: tuple[int, int]) -> _Chain:
    """Filters that make a picture fill a place."""
    left, top, width, height = filling(shown, size)
    whole = round(size[0] / width), round(size[1] / height)
    at = round(left * whole[0]), round(top * whole[1])
    return [
        graph.add("scale", f"{whole[0]}:{whole[1]}:flags=bicubic"),
        graph.add("crop", f"{size[0]}:{size[1]}:{at[0]}:{at[1]}"),
        graph.add("setsar", "1"),
    ]


def _before_its_blur(
    graph: av.filter.Graph, chain: _Chain, shown: Fraction, inner: int, size: tuple[int, int]
) -> _Chain:
    """The picture from top to bottom, `inner` pixels wide, before a dark blur of itself."""
    ways = graph.add("split")
    graph.link_nodes(*chain, ways)
    small = (max(size[0] // _BLUR, 2), max(size[1] // _BLUR, 2))
    behind = [
        *_covering(graph, shown, small),
        graph.add("lutrgb", f"r=val*{_DIM}:g=val*{_DIM}:b=val*{_DIM}"),
        graph.add("scale", f"{size[0]}:{size[1]}:flags=bicubic"),
    ]
    before = _covering(graph, shown, (inner, size[1]))
    both = graph.add("overlay", "(W-w)/2:0:format=gbrp")
    for output, way in enumerate((behind, before)):
        ways.link_to(way[0], output, 0)
        graph.link_nodes(*way)
        way[-1].link_to(both, 0, output)
    return [both]


def _decoded_by(
    decoder: str, container: InputContainer, stream: VideoStream
) -> Iterator[VideoFrame]:
    context = CodecContext.create(decoder, "r")
    assert isinstance(context, VideoCodecContext)
    for packet in container.demux(stream):
        yield from context.decode(packet if packet.size else None)


def filling(
    shown: Fraction, size: tuple[int, int]
) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """What of a picture fills a place: left, top, width and height, as shares of the picture."""
    place = Fraction(*size)
    width, height = min(place / shown, Fraction(1)), min(shown / place, Fraction(1))
    return (1 - width) / 2, (1 - height) * _HEADROOM, width, height


def whole_width(shown: Fraction, size: tuple[int, int]) -> int | None:
    """The width of a picture that is as high as the place; None where it nearly fills it."""
    if shown / Fraction(*size) >= _FILLS:
        return None
    return max(2, round(shown * size[1] / 2) * 2)


def _cover(picture: Image.Image, size: tuple[int, int]) -> Pixels:
    """Make a premultiplied picture fill a place."""
    left, top, width, height = filling(Fraction(picture.width, picture.height), size)
    box = (
        float(left * picture.width),
        float(top * picture.height),
        float((left + width) * picture.width),
        float((top + height) * picture.height),
    )
    pixels = np.asarray(picture.resize(size, Image.Resampling.LANCZOS, box), np.uint8)
    # The filter overshoots; a colour never has more than its alpha.
    return np.minimum(pixels, pixels[..., 3:])


def _blurred(pixels: Pixels) -> Pixels:
    """A dark blur of an opaque picture."""
    size = pixels.shape[1], pixels.shape[0]
    small = Image.fromarray(pixels[..., :3]).reduce(_BLUR).resize(size, Image.Resampling.BICUBIC)
    dark = np.asarray(small, np.float32) * np.float32(_DIM)
    return np.dstack([dark.astype(np.uint8), pixels[..., 3]])
