"""A finished film checked: what a viewer would stumble over, in which scene, at which moment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import ValidationError

from ..files import file_digest, writing
from ..home import Home
from ..story.screenplay import Screenplay
from ..values import Value, digest
from ..voice.text import speakable
from ..work import Cancel, Progress
from .plan import Clip, Cut
from .watching import Seen, Stretch, watch

__all__ = ["Finding", "check_reel"]

_FORM = 1
"""Raised when a check changes, so that what was found before is looked for again."""
_FOLDER = "cache"
_NOTICED = 0.8
"""Seconds of a still picture from which on it is worth a word."""
_WHOLE = 0.9
"""The share of a clip that stands still in one that was meant to: a photograph, a title."""
_NOTHING_HEARD = 3.0
"""Seconds without any sound, where nobody was to speak."""
_VOICE_LOST = 0.6
"""The share of a line in which nothing is heard, when its voice is missing."""


class Finding(Value):
    """Something to look at."""

    scene: str
    """The scene's id."""
    at: float
    """Seconds from the beginning of the film."""
    words: str


def check_reel(
    path: Path,
    cut: Cut,
    *,
    home: Home,
    screenplay: Screenplay | None = None,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> tuple[Finding, ...]:
    """Watch a film once and say what is wrong with it, in the order of its moments.

    What the plan wants is no finding: a fade from black, a photograph, a draft that stands still.
    What was found is kept in the home's cache by the content of the film and its plan.

    Args:
        path: the film.
        cut: the plan that it was rendered from.
        screenplay: for scenes whose words nobody speaks.

    Raises:
        ReplaceMedia: the file is missing or damaged.
        Cancelled: the user stopped.
        StorageError: what was found cannot be kept.
    """
    key = digest("reel check", _FORM, file_digest(path), cut, screenplay)
    kept = home.private / _FOLDER / f"check-{key}.json"
    if (known := _kept(kept)) is not None:
        return known
    stop, length = cancel or Cancel(), max(float(cut.duration), 0.1)

    def heard(time: float) -> None:
        stop.check()
        progress(time / length, "Checking the film")

    found = sorted(
        _findings(watch(path, heard=heard), cut, screenplay), key=lambda finding: finding.at
    )
    with writing(kept, private=True) as temporary:
        temporary.write_text(json.dumps([each.model_dump() for each in found]), "utf-8")
    progress(1.0)
    return tuple(found)


def _kept(path: Path) -> tuple[Finding, ...] | None:
    try:
        return tuple(Finding.model_validate(each) for each in json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, ValidationError):
        return None


def _findings(seen: Seen, cut: Cut, screenplay: Screenplay | None) -> Iterable[Finding]:
    yield from _frozen(seen, cut)
    yield from _black(seen, cut)
    yield from _silent(seen, cut)
    for time in seen.clipped:
        yield _finding(cut, time, "the sound is clipped")
    yield from _uncaptioned(seen, cut)
    yield from _unspoken(cut, screenplay)


def _frozen(seen: Seen, cut: Cut) -> Iterable[Finding]:
    for clip, within in _by_clip(seen.frozen, cut):
        whole = within.duration >= _WHOLE * float(clip.duration)
        # What no model shot may be a photograph; a draft stands in for the shot, and may rest.
        meant = clip.draft or (whole and not clip.made_by)
        if within.duration < _NOTICED or meant or _is_black(within, seen):
            continue
        if within.duration <= float(clip.hold) + 0.2:
            words = f"held for {within.duration:.1f} s: its clip is too short"
        else:
            words = f"frozen {within.duration:.1f} s"
        yield Finding(scene=clip.scene_id, at=round(within.start, 2), words=words)


def _is_black(within: Stretch, seen: Seen) -> bool:
    """Black stands still, too, and is said as black."""
    return any(
        black.start <= within.start + 0.2 and black.end >= within.end - 0.2 for black in seen.black
    )


def _black(seen: Seen, cut: Cut) -> Iterable[Finding]:
    for clip, within in _by_clip(seen.black, cut):
        faded = float(clip.start + clip.overlap) if clip.transition == "fade" else 0.0
        length = within.end - max(within.start, faded)
        if length >= 0.4 and not clip.draft:
            at = max(within.start, faded)
            yield Finding(scene=clip.scene_id, at=round(at, 2), words=f"black {length:.1f} s")


def _silent(seen: Seen, cut: Cut) -> Iterable[Finding]:
    if not seen.has_sound:
        yield _finding(cut, 0.0, "the film has no sound")
        return
    lost = set()
    for line in cut.lines:
        start, end = float(line.start), float(line.start + line.duration)
        silence = sum(_shared(each, start, end) for each in seen.silent)
        if silence >= _VOICE_LOST * (end - start):
            lost.add(line.scene_id)
            yield Finding(
                scene=line.scene_id, at=round(start, 2), words="its voice cannot be heard"
            )
    for each in seen.silent:
        if each.duration >= _NOTHING_HEARD:
            finding = _finding(cut, each.start, f"nothing is heard for {each.duration:.1f} s")
            if finding.scene not in lost:
                yield finding


def _shared(stretch: Stretch, start: float, end: float) -> float:
    return max(0.0, min(stretch.end, end) - max(stretch.start, start))


def _uncaptioned(seen: Seen, cut: Cut) -> Iterable[Finding]:
    if cut.captions is None or not cut.lines:
        return
    if cut.captions.mode == "soft" and not seen.has_captions:
        yield _finding(cut, float(cut.lines[0].start), "the film's captions are missing")
        return
    for line in cut.lines:
        end = line.start + line.duration
        if not any(item.start < end and item.end > line.start for item in cut.captions.items):
            at = round(float(line.start), 2)
            yield Finding(scene=line.scene_id, at=at, words="its captions are missing")


def _unspoken(cut: Cut, screenplay: Screenplay | None) -> Iterable[Finding]:
    spoken = {line.scene_id for line in cut.lines}
    for clip in cut.clips:
        scene = screenplay.scene(clip.scene_id) if screenplay else None
        if clip.scene_id in spoken or scene is None:
            continue
        if speakable(scene.narration):
            words = "its narration is not spoken"
        elif spoken:
            words = "has no narration"
        else:
            continue
        yield Finding(scene=clip.scene_id, at=round(float(clip.start), 2), words=words)


def _by_clip(stretches: Sequence[Stretch], cut: Cut) -> Iterable[tuple[Clip, Stretch]]:
    """The part of each stretch in each clip, up to where the next one covers it."""
    ends = [float(clip.start + clip.overlap) for clip in cut.clips[1:]]
    for clip, end in zip(cut.clips, [*ends, float(cut.duration)], strict=True):
        for each in stretches:
            start, until = max(each.start, float(clip.start)), min(each.end, end)
            if until > start:
                yield clip, Stretch(start, until)


def _finding(cut: Cut, at: float, words: str) -> Finding:
    before = [clip for clip in cut.clips if float(clip.start) <= at + 0.05]
    scene = (before or list(cut.clips[:1]))[-1].scene_id
    return Finding(scene=scene, at=round(at, 2), words=words)
