"""Collect Lines: sound that any other node spoke becomes lines."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import MatchLists, ReplaceMedia
from ..home import Home
from ..story.brief import LONGEST_SCENE
from ..story.screenplay import Scene, Screenplay
from ..work import Cancel, Progress
from .align import timed_words
from .engines.known import normal_language
from .lengths import word_lengths
from .line import Line
from .lines import keep_line
from .markup import shown
from .retime import Narration, retimed
from .saying import say
from .signal import Samples, level, trim_bounds
from .text import speakable, words
from .timing import BREATH, LEAST_BREATH

__all__ = ["Sound", "collect_line", "collect_lines"]

Sound = tuple[npt.NDArray[Any], int]
"""Samples [C, T] or [T], float in -1 to 1, and how many there are per second."""

_LOWEST_RATE, _HIGHEST_RATE = 8_000, 655_350
"""What FLAC can hold, and what still carries speech."""


def collect_line(
    scene: Scene,
    samples: npt.NDArray[Any],
    rate: int,
    *,
    home: Home,
    language: str,
    names: Sequence[str] = (),
    engine: str = "collected",
) -> Line:
    """Keep somebody's speech as the line of `scene`, and find its words in the sound.

    The sound is mixed to mono at its own rate, trimmed of silence at both ends, and brought to
    the level of all lines.

    Args:
        scene: whose narration the sound speaks.
        samples: [C, T] or [T], float in -1 to 1.
        rate: samples per second.
        names: of the cast, which the narration may name as who speaks.

    Raises:
        ReplaceMedia: the sound is empty, silent, too long, or no sound at all.
        FreeDisk, MakeWritable, StorageError: the line could not be kept.
    """
    mono = _mono(scene.id, np.asarray(samples), rate)
    begin, end = trim_bounds(mono, rate)
    if end <= begin:
        raise ReplaceMedia(f"The sound for scene {scene.id} is silent; give it one with a voice.")
    finished = level(mono[begin:end], rate)
    if Fraction(len(finished), rate) + LEAST_BREATH > LONGEST_SCENE:
        raise ReplaceMedia(
            f"The sound for scene {scene.id} lasts {len(finished) / rate:.1f} s, and a scene at"
            f" most {LONGEST_SCENE} s; divide it."
        )
    narration, tag = scene.narration.strip(), normal_language(language)
    text = shown(narration, names)
    said = say(text, tag)
    weights = said.weights(word_lengths(said.text, tag), len(words(text)))
    return keep_line(
        scene.id,
        *(narration, text, finished, rate, timed_words(text, finished, rate, weights=weights)),
        language=tag,
        engine=engine,
        home=home,
    )


def _mono(scene_id: str, samples: npt.NDArray[Any], rate: int) -> Samples:
    if samples.ndim not in (1, 2) or not samples.size:
        raise ReplaceMedia(f"The sound for scene {scene_id} is empty; give it one with a voice.")
    if not _LOWEST_RATE <= rate <= _HIGHEST_RATE:
        raise ReplaceMedia(
            f"The sound for scene {scene_id} has {rate} samples per second;"
            " give it one with 8,000 or more."
        )
    mono = samples.astype(np.float32)
    mono = mono.mean(axis=0, dtype=np.float32) if mono.ndim == 2 else mono
    if not np.isfinite(mono).all():
        raise ReplaceMedia(
            f"The sound for scene {scene_id} has samples that are not numbers; make it anew."
        )
    return mono


def collect_lines(
    screenplay: Screenplay,
    sounds: Sequence[Sound],
    *,
    home: Home,
    breath: Fraction = BREATH,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Narration:
    """Give the narrated scenes, in their order, one sound each, and time the scenes to them.

    Raises:
        MatchLists: there are more or fewer sounds than narrated scenes.
        ReplaceMedia: a sound is unusable, as `collect_line`.
        ReviseScreenplay: the brief is `exact` and its length cannot be met.
    """
    cancel = cancel or Cancel()
    narrated = [scene for scene in screenplay.scenes if speakable(scene.narration)]
    if len(narrated) != len(sounds):
        raise MatchLists(
            f"There are {len(sounds)} sounds for {len(narrated)} scenes with narration;"
            " give one sound for each of them, in their order."
        )
    lines: dict[str, Line] = {}
    for i, (scene, (samples, rate)) in enumerate(zip(narrated, sounds, strict=True)):
        cancel.check()
        progress(i / len(narrated), f"Collecting {scene.title or scene.id}")
        lines[scene.id] = collect_line(
            *(scene, samples, rate),
            home=home,
            language=screenplay.brief.language,
            names=screenplay.speakers,
        )
    progress(1.0)
    spoken = [(scene, lines.get(scene.id)) for scene in screenplay.scenes]
    return retimed(screenplay, spoken, breath=max(breath, LEAST_BREATH))
