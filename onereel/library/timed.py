"""Which scenes of a film last what was measured, in the voice that its options ask for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..home import Home
from ..options import FilmOptions
from ..settings import Settings
from ..story.screenplay import Scene, Screenplay
from ..voice.casting import Company
from ..voice.lines import line_name, line_seconds
from ..voice.pacing import paces
from ..voice.retime import SILENCE
from ..voice.text import speakable
from ..voice.timing import LEAST_BREATH

__all__ = ["Timed", "timed"]


@dataclass(frozen=True)
class Timed:
    """A film without the marks of scenes that were timed to other words or another voice."""

    film: Screenplay
    lines: Mapping[str, Fraction]
    """By scene id, the seconds of the lines that scenes are timed to."""

    @property
    def measured(self) -> bool:
        """Whether every scene lasts what Narrate will give it: edits may have made one shorter than
        its line."""
        return all(
            scene.timed_to
            and scene.duration >= self.lines.get(scene.id, -LEAST_BREATH) + LEAST_BREATH
            for scene in self.film.scenes
        )


def timed(film: Screenplay, options: FilmOptions, *, home: Home, settings: Settings) -> Timed:
    """Look which scenes Narrate would leave as they are; nothing is spoken."""
    lines: dict[str, Fraction] = {}
    kept: list[Scene] = []
    expected = _expected(film, options, settings)
    for scene in film.scenes:
        known = scene.timed_to and scene.timed_to in expected.get(scene.id, ())
        seconds = (
            line_seconds(scene.timed_to, home) if known and scene.timed_to != SILENCE else None
        )
        if known and (seconds is not None or scene.timed_to == SILENCE):
            kept.append(scene)
            if seconds is not None:
                lines[scene.id] = seconds
        else:
            kept.append(scene.replace(timed_to=""))
    return Timed(film.replace(scenes=tuple(kept)), lines)


def _expected(
    film: Screenplay, options: FilmOptions, settings: Settings
) -> dict[str, Collection[str]]:
    """By scene id, what each scene is timed to once one of its voices spoke it."""
    if not any(scene.timed_to for scene in film.scenes):
        return {}
    company = Company(
        film,
        settings=settings,
        voice=options.voice,
        backup_voices=options.backups,
        speed=options.speed,
        seed=options.seed,
    )
    castings = tuple(company.all())
    if not castings:
        return {}
    names: dict[str, Collection[str]] = {}
    for scene in film.scenes:
        recording = scene.recording
        if recording and recording.text == scene.narration.strip():
            names[scene.id] = (recording.audio,)
        elif speakable(company.shown(scene.narration)):
            names[scene.id] = {
                line_name(parts)
                for casting in castings
                for parts in casting.paced(scene.narration, paces(film.pace, options.speed))
            }
        else:
            names[scene.id] = (SILENCE,)
    return names
