"""The estimate of speaking time, held against espeak-ng itself."""

import json
from pathlib import Path

import numpy as np
import pytest

from onereel.story.pace import estimate, words_per_second
from onereel.voice.engines.espeak import Espeak
from onereel.voice.speech import SpeechOptions
from onereel.work import Cancel

SILENCE = 0.01
TEXTS = json.loads(Path(__file__).with_name("spoken_texts.json").read_text(encoding="utf-8"))


def spoken_seconds(text: str, language: str) -> float:
    engine = Espeak()
    voice = engine.voices(language)[0]
    speech = engine.speak(text, SpeechOptions(language=language, voice=voice), cancel=Cancel())
    loudness = np.abs(speech.samples)
    heard = np.nonzero(loudness > SILENCE * loudness.max())[0]
    return float(heard[-1] - heard[0] + 1) / speech.rate


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_the_estimate_is_typically_within_a_tenth_of_what_espeak_says(language):
    errors = []
    for text in TEXTS[language]:
        said = spoken_seconds(text, language)
        errors.append(abs(float(estimate(text, language)) - said) / said)
    assert np.median(errors) < 0.1
    assert max(errors) < 0.25


def test_regions_and_unknown_languages_have_a_pace():
    assert estimate("Die Flut kommt.", "de-AT") == estimate("Die Flut kommt.", "de")
    assert estimate("La marea obbedisce alla luna.", "it") > 1
    assert words_per_second("xx") == 3


def test_longer_texts_take_longer_and_pauses_count():
    assert estimate("", "en") == estimate(" ... ", "en") == 0
    assert estimate("He waits. She goes.", "en") > estimate("He waits she goes.", "en")
    assert estimate("7000", "en") > estimate("7", "en")
