import random
from fractions import Fraction
from itertools import pairwise

import numpy as np

from onereel.values import FPS
from onereel.voice.align import timed_words
from onereel.voice.signal import LEVEL, envelope, level, loud, trim_bounds
from onereel.voice.timing import BREATH, LEAD, LEAST_BREATH, Span, fit, scene_span, silent_span


def test_any_total_within_the_spans_is_met_to_the_frame() -> None:
    chance = random.Random(1)
    for _ in range(300):
        spans = []
        for _ in range(chance.randrange(1, 40)):
            low = chance.randrange(24, 150)
            natural = low + chance.randrange(0, 40)
            spans.append(Span(low, natural, natural + chance.randrange(0, 100)))
        low, high = sum(s.low for s in spans), sum(s.high for s in spans)
        total = chance.randrange(low, high + 1)
        counts = fit(spans, total)
        assert sum(counts) == total
        assert all(s.low <= c <= s.high for s, c in zip(spans, counts, strict=True))
        assert sum(fit(spans, low - 5)) == low
        assert sum(fit(spans, high + 5)) == high


def test_pauses_grow_in_proportion() -> None:
    spans = [Span(48, 60, 400), Span(96, 120, 400)]
    assert fit(spans, 240) == (80, 160)
    assert fit(spans, 162) == (54, 108)


def test_a_scene_has_room_for_its_lead_and_its_line() -> None:
    span = scene_span(Fraction(31, 10), breath=BREATH, longest=Fraction(8))
    assert Fraction(span.low) / FPS >= Fraction(31, 10) + LEAST_BREATH > Fraction(31, 10) + LEAD
    assert span.natural == 93
    assert span.high == 192
    assert scene_span(Fraction(9), breath=BREATH, longest=Fraction(8)).high == 226
    assert silent_span(Fraction(3), longest=Fraction(8)) == Span(24, 72, 192)


def bursts(lengths: list[float], pauses: list[float], rate: int) -> np.ndarray:
    noise = np.random.default_rng(0)
    parts = []
    for length, pause in zip(lengths, pauses, strict=True):
        # A word swells and fades, as a syllable does.
        shape = np.sin(np.linspace(0.15, np.pi - 0.15, round(length * rate)))
        parts.append(0.3 * shape * noise.standard_normal(len(shape)))
        parts.append(np.zeros(round(pause * rate)))
    return np.concatenate(parts).astype(np.float32)


def test_words_are_found_in_the_sound() -> None:
    lengths = [0.2, 0.5, 0.3, 0.25, 0.6, 0.3]
    pauses = [0.0, 0.3, 0.0, 0.0, 0.0, 0.0]
    sound = bursts(lengths, pauses, 16_000)
    timed = timed_words("The mountains, far over everything lies", sound, 16_000)
    expected = np.cumsum([0.0, *(a + b for a, b in zip(lengths, pauses, strict=True))])[:-1]
    errors = [abs(float(w.start) - e) for w, e in zip(timed, expected, strict=True)]
    assert max(errors) < 0.06
    assert abs(float(timed[1].end) - 0.7) < 0.03


def test_words_in_a_sound_too_short_for_them_stay_inside() -> None:
    sound = bursts([0.03], [0.0], 16_000)
    timed = timed_words(" ".join(["word"] * 50), sound, 16_000)
    assert len(timed) == 50
    assert all(a.start <= a.end <= b.start for a, b in pairwise(timed))
    assert timed[-1].end <= Fraction(len(sound), 16_000)


def test_levels_are_equal_and_ends_are_trimmed() -> None:
    for gain in (0.01, 0.3, 3.0):
        sound = gain * bursts([0.5, 0.5], [0.2, 0.7], 16_000)
        begin, end = trim_bounds(sound, 16_000)
        assert end / 16_000 < 1.25
        finished = level(sound[begin:end], 16_000)
        shape = envelope(finished, 16_000)
        strength = np.sqrt(np.mean(shape[loud(shape)] ** 2))
        assert abs(20 * np.log10(strength / LEVEL)) < 0.3
        assert np.abs(finished).max() < 0.9
    assert trim_bounds(np.zeros(1000, np.float32), 16_000) == (0, 0)
    assert trim_bounds(np.zeros(0, np.float32), 16_000) == (0, 0)
