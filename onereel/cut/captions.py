"""Captions from the spoken words: what stands on the screen, from when to when, and in files.

SubRip and WebVTT are written here and not by pysubs2, which drops text in braces from SRT and
escapes nothing in VTT.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import zip_longest
from pathlib import Path

from ..errors import MatchLists
from ..files import writing
from ..voice.line import Line
from .breaking import break_lines, is_wide, line_length, split, units
from .overlays.caption_place import CaptionPlace, captions_top
from .plan import Caption, CaptionMode, Captions, Cut, PlacedLine

__all__ = ["add_captions", "srt", "vtt", "write_sidecars"]

_SHORTEST = Fraction(1)
"""Seconds that a caption stays, where there is room."""

_LINGER = Fraction(1, 2)
"""Seconds that it may outstay its last word; a shorter pause to the next one is bridged."""

_GAP_FRAMES = 2

_READ_PER_SECOND = 17
"""Characters that a viewer reads in a second; half as many where characters are words."""

_JOINER = "\u2060"
"""The word joiner: invisible, of no width, and enough to keep players from seeing a tag."""


def add_captions(
    cut: Cut,
    lines: Iterable[Line],
    *,
    mode: CaptionMode = "soft",
    language: str = "",
    max_chars: int | None = None,
    max_lines: int = 2,
) -> Cut:
    """Caption every line that the Cut places, from its word timings.

    Breaks at sentences and clauses, balances two rows, starts on the frame of the first word.
    `max_chars` per row defaults to the script's and the picture's usual measure (42 for Latin on
    a wide picture). `language` defaults to the first line's. Mode "off" takes captions away.

    Raises:
        MatchLists: the Cut places a line of a scene that none of `lines` belongs to.
    """
    if mode == "off":
        return cut.replace(captions=None)
    spoken = {line.scene_id: line for line in lines}
    placed = sorted(cut.lines, key=lambda line: line.start)
    share = CaptionPlace.of(cut).share(cut.width)
    drafts: list[Caption] = []
    for place in placed:
        if place.scene_id not in spoken:
            raise MatchLists(
                f"Scene {place.scene_id!r} is spoken in the cut, but its line is not among those"
                " given to the captions; connect the lines that the cut was assembled from."
            )
        line = spoken[place.scene_id]
        limit = max_chars or line_length(line.text, cut.width, cut.height, share=share)
        drafts += _of_line(line, place, limit, max_lines)
    first = spoken[placed[0].scene_id].language if placed else "en"
    items = tuple(_timed(drafts, cut))
    return cut.replace(captions=Captions(mode=mode, language=language or first, items=items))


def _of_line(line: Line, place: PlacedLine, limit: int, max_lines: int) -> list[Caption]:
    return [
        Caption(
            text=break_lines(group, limit, max_lines),
            start=place.start + group[0].start,
            end=place.start + max(group[-1].end, group[0].start),
        )
        for group in split(units(line), limit, max_lines)
    ]


def _timed(drafts: list[Caption], cut: Cut) -> Iterator[Caption]:
    """Put captions on frames: long enough to read where there is room, never over each other."""
    frame = 1 / cut.fps
    gap = _GAP_FRAMES * frame
    before = Fraction(0)
    for caption, following in zip_longest(drafts, drafts[1:]):
        start = min(max(caption.start // frame * frame, before), cut.duration - frame)
        next_start = following.start // frame * frame if following else None
        room = cut.duration if next_start is None else next_start - gap
        wanted = max(caption.end, start + _SHORTEST, start + _reading_time(caption.text))
        end = min(max(caption.end + _LINGER, wanted), room)
        if next_start is not None and next_start - end < _LINGER:
            end = room
        end = max(end // frame * frame, start + frame)
        before = end
        yield Caption(text=caption.text, start=start, end=end)


def _reading_time(text: str) -> Fraction:
    wide = sum(is_wide(character) for character in text)
    return Fraction(len(text) + wide, _READ_PER_SECOND)


def srt(cut: Cut) -> str:
    """The captions as SubRip; empty where there are none."""
    return "".join(
        f"{number}\n{_clock(caption.start, ',')} --> {_clock(caption.end, ',')}\n{text}\n\n"
        for number, (caption, text) in enumerate(_shown(cut, _srt_text), start=1)
    )


def vtt(cut: Cut) -> str:
    """The captions as WebVTT (https://www.w3.org/TR/webvtt1/), where the burned ones would stand
    if the film's platform covers something."""
    stands = _cue_settings(cut)
    return "WEBVTT\n\n" + "".join(
        f"{_clock(caption.start, '.')} --> {_clock(caption.end, '.')}{stands}\n{text}\n\n"
        for caption, text in _shown(cut, _vtt_text)
    )


def _cue_settings(cut: Cut) -> str:
    if cut.safe is None:
        return ""
    place = CaptionPlace.of(cut)
    line = 100 * captions_top(cut) / cut.height
    position = 100 * place.middle(cut.width) / cut.width
    size = 100 * place.widest(cut.width) / cut.width
    return f" line:{line:.1f}% position:{position:.1f}% size:{size:.1f}%"


def write_sidecars(cut: Cut, film: Path) -> tuple[Path, Path] | None:
    """Write both files beside `film`, under its name; None where the Cut has no captions.

    Raises:
        StorageError: the disk refused.
    """
    if not (cut.captions and cut.captions.items):
        return None
    paths = film.with_suffix(".srt"), film.with_suffix(".vtt")
    for path, text in zip(paths, (srt(cut), vtt(cut)), strict=True):
        with writing(path) as temporary:
            temporary.write_text(text, "utf-8", newline="\n")
    return paths


def _shown(cut: Cut, escape: Callable[[str], str]) -> list[tuple[Caption, str]]:
    items = cut.captions.items if cut.captions else ()
    texts = ((caption, escape(_rows(caption.text))) for caption in items)
    return [(caption, text) for caption, text in texts if text]


def _rows(text: str) -> str:
    """No blank rows, which would end the caption early."""
    rows = (row.strip() for row in re.split(r"[\r\n\v\f\x85\u2028\u2029]+", text))
    return "\n".join(row for row in rows if row)


def _srt_text(text: str) -> str:
    # SubRip has no escapes: players read <b>, {\an8}, an arrow and times wherever they stand.
    text = text.replace("-->", f"--{_JOINER}>")
    text = re.sub(r"(:\d\d)(?=[.,]\d)", rf"\1{_JOINER}", text)
    text = re.sub(r"<(?=[A-Za-z/!])", f"<{_JOINER}", text)
    return re.sub(r"\{(?=[\\A-Za-z])", f"{{{_JOINER}", text)


def _vtt_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(time: Fraction, point: str) -> str:
    total = round(time * 1000)
    seconds, thousandths = divmod(total, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}{point}{thousandths:03}"
