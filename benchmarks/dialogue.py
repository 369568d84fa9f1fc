"""What two voices say in one request, cut into lines: how far each cut is off.

    python -m benchmarks.dialogue [FOLDER]

FOLDER holds voices that were fetched (Piper's, Kokoro's). Voices of this machine say lines in turn,
with pauses of known lengths between them, or none; the cuts are then found as Gemini's are.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from functools import cache
from itertools import combinations, cycle

import numpy as np

from onereel.voice.casting import Speaker
from onereel.voice.engines import known as engines
from onereel.voice.signal import Samples, level, resampled, trim_bounds
from onereel.voice.speech import SpeechOptions
from onereel.voice.together import cuts
from onereel.work import Cancel

from .voices import settings_for

RATE = 24_000
"""Samples a second, as Gemini's."""
TALK = (
    *("Did you lock the gate?", "I always lock the gate.", "Then why is it open?", "Me?", "Hush."),
    *("Look at the mud.", "Somebody has been here.", "A fox, perhaps.", "Foxes do not wear boots."),
    *("What did you hear?", "Wings, I think.", "It came from the barn.", "You go first.", "Oh."),
    *("You are the one with the lantern.", "Fair enough.", "Hold the ladder still."),
    *("There is an owl up here!", "And four eggs in the hay.", "So who wore the boots?"),
    *("I did, last night.", "You might have told me sooner.", "Where is the fun in that?"),
    "Let us go in and eat.",
)
_PAUSES = ((0.0, 0.0), (0.02, 0.1), (0.1, 0.5), (0.5, 1.5))
_VOICES, _EACH = 3, 5
"""Of each engine; and exchanges of each two."""


def exchange(
    pair: Sequence[Speaker], chance: random.Random, pauses: tuple[float, float]
) -> tuple[list[str], Samples, list[tuple[float, float]]]:
    """What two voices say in turn, its sound, and where its pauses begin and end, in seconds."""
    talk = chance.sample(TALK, chance.randrange(2, 6))
    pieces: list[Samples] = []
    known: list[tuple[float, float]] = []
    for text, who in zip(talk, cycle(pair), strict=False):
        if pieces:
            begin = sum(map(len, pieces))
            pieces.append(np.zeros(round(chance.uniform(*pauses) * RATE), np.float32))
            known.append((begin / RATE, (begin + len(pieces[-1])) / RATE))
        pieces.append(alone(who, text))
    return talk, np.concatenate(pieces), known


@cache
def alone(who: Speaker, text: str) -> Samples:
    """A line without the silence around it."""
    speech = who.engine.speak(text, SpeechOptions(language="en", voice=who.voice), cancel=Cancel())
    samples = resampled(speech.samples, speech.rate, RATE)
    begin, end = trim_bounds(samples, RATE)
    return level(samples[begin:end], RATE)


def main(folder: str) -> None:
    """Print the table of cuts between two voices that were asked in one request."""
    speakers = [
        Speaker(engine, voice)
        for engine in engines.installed(settings_for(folder))
        if engine.local
        for voice in engine.voices("en")[:_VOICES]
    ]
    print(f"Voices: {', '.join(each.voice for each in speakers)}.")
    print("| pause, s | cuts | off by > 60 ms | > 120 ms | median, ms | most, ms |")
    print("|---|---|---|---|---|---|")
    for pauses in _PAUSES:
        chance = random.Random(2026)
        off: list[float] = []
        for pair in _EACH * list(combinations(speakers, 2)):
            talk, sound, known = exchange(pair, chance, pauses)
            for cut, (begin, end) in zip(cuts(sound, RATE, talk, "en"), known, strict=True):
                off.append(1000 * max(begin - cut / RATE, cut / RATE - end, 0))
        lasts = " to ".join(f"{each:g}" for each in dict.fromkeys(pauses))
        wrong, far = (sum(each > limit for each in off) for limit in (60, 120))
        row = (lasts, len(off), wrong, far, f"{np.median(off):.0f}", f"{max(off):.0f}")
        print("|", " | ".join(map(str, row)), "|", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
