import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from onereel.errors import Cancelled, ChooseLanguage, ChooseVoice
from onereel.voice.align import timed_words
from onereel.voice.engines.known import choose, release, voice_names
from onereel.voice.signal import trim_bounds
from onereel.voice.speech import SpeechOptions
from onereel.voice.text import spoken, words
from onereel.work import Cancel

KANA = "\u3068\u3046\u304d\u3087\u3046\u306f\u304a\u304a\u304d\u3044\u3002"
ARABIC = "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643"
HINDI = "\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u0941\u0928\u093f\u092f\u093e"
CHINESE = "\u6211\u4eec\u5728\u6d77\u8fb9\u3002"
KANJI = "\u6771\u4eac\u306f\u5927\u304d\u3044"


def speak(text: str, language: str, *, engine: str = "auto", voice: str = "auto", **wish):
    chosen, name = choose(language, f"{engine}:{voice}" if engine != "auto" else voice)
    cancel = wish.pop("cancel", Cancel())
    options = SpeechOptions(language=language, voice=name, **wish)
    return chosen.speak(spoken(text), options, cancel=cancel)


@pytest.mark.parametrize(
    ("language", "engine", "voice"),
    [
        ("en", "hibari", "heart"),
        ("en-GB", "hibari", "heart"),
        ("de", "espeak", "German"),
        ("de-CH", "espeak", "German"),
        ("German", "espeak", "German"),
        ("pt-BR", "espeak", "Portuguese (Brazil)"),
        ("pt", "espeak", "Portuguese (Portugal)"),
        ("fr", "espeak", "French (France)"),
        ("zh-CN", "espeak", "Chinese (Mandarin, latin as English)"),
        ("ja", "espeak", "Japanese"),
        ("ar", "espeak", "Arabic"),
        ("hi_IN", "espeak", "Hindi"),
    ],
)
def test_each_language_finds_its_voice(language: str, engine: str, voice: str) -> None:
    chosen, name = choose(language, "auto")
    assert (chosen.name, name) == (engine, voice)


@pytest.mark.parametrize(
    ("language", "wanted", "engine", "voice"),
    [
        ("en", "Heart", "hibari", "heart"),
        ("en-US", "en-us", "espeak", "English (America)"),
        ("en", "english (scotland)", "espeak", "English (Scotland)"),
        ("de", "de+f2", "espeak", "German+f2"),
        ("en", "en+f2", "espeak", "English (America)+f2"),
    ],
)
def test_a_voice_is_found_by_name(language: str, wanted: str, engine: str, voice: str) -> None:
    chosen, name = choose(language, wanted)
    assert (chosen.name, name) == (engine, voice)


def test_an_unknown_language_names_some_that_there_are() -> None:
    with pytest.raises(ChooseLanguage, match=r"'xx-none'.*en, de, es"):
        choose("xx-none", "auto")
    with pytest.raises(ChooseLanguage, match="hibari speaks 'de'; choose a language such as en "):
        choose("de", "hibari")


def test_an_unknown_voice_names_those_that_there_are() -> None:
    with pytest.raises(ChooseVoice, match=r"'Zorro' for 'de'.*German"):
        choose("de", "Zorro")
    with pytest.raises(ChooseVoice, match="German"):
        choose("de", "heart")
    assert "heart" in voice_names("en")
    assert "English (Scotland)" in voice_names("en")


@pytest.mark.parametrize(
    ("language", "text"), [("ja", KANA), ("ar", ARABIC), ("hi", HINDI), ("zh", CHINESE)]
)
def test_other_scripts_are_spoken(language: str, text: str) -> None:
    speech = speak(text, language)
    begin, end = trim_bounds(speech.samples, speech.rate)
    assert 0.4 < (end - begin) / speech.rate < 5
    assert choose(language, "auto")[0].note(text, language) == ""


def test_script_that_is_spelled_out_is_told() -> None:
    espeak, _ = choose("ja", "espeak")
    assert "kanji" in espeak.note(KANJI, "ja")
    assert "Collect Lines" in espeak.note(KANJI, "ja")
    hibari, _ = choose("en", "hibari")
    assert "Arabic" in hibari.note(ARABIC, "en")


def test_speed_changes_the_length_of_both_engines() -> None:
    for engine in ("hibari", "espeak"):
        slow, fast = (
            len(speak("The light goes on again.", "en", engine=engine, speed=speed).samples)
            for speed in (0.8, 1.25)
        )
        assert 1.3 < slow / fast < 1.8


def test_the_same_seed_is_the_same_sound() -> None:
    one, two, other = (
        speak("The light goes on.", "en", engine="hibari", seed=seed).samples for seed in (3, 3, 4)
    )
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


def test_hibari_loads_again_after_release() -> None:
    before = speak("Once more.", "en", engine="hibari").samples
    release()
    assert np.array_equal(before, speak("Once more.", "en", engine="hibari").samples)


def test_a_voice_leaves_nothing_in_the_home_and_tells_nobody(tmp_path: Path) -> None:
    # onnxruntime keeps an id of the machine there, and what it has not sent yet.
    code = f"from {__name__} import speak; speak('Hello.', 'en', engine='hibari')"
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("engine", ["hibari", "espeak"])
def test_engines_know_when_each_word_begins(engine: str) -> None:
    text = "In 1995, Dr. Smith walked 25 miles; nobody thanked him. The sea kept its secret!"
    speech = speak(text, "en", engine=engine)
    assert sorted(speech.starts) == list(range(len(words(text))))
    starts = [speech.starts[i] for i in range(len(words(text)))]
    assert starts == sorted(starts)
    # The number takes longest to say, and the pause between the sentences is where it should be.
    spans = np.diff(starts)
    assert int(np.argmax(spans)) == 1
    pause = starts[10] - 0.05
    around = speech.samples[int((pause - 0.15) * speech.rate) : int(pause * speech.rate)]
    assert np.abs(around).max() < 0.1 * np.abs(speech.samples).max()


def test_words_by_energy_agree_with_exact_words() -> None:
    text = "Follow the river long enough and you will find the city, the harbour and the ocean."
    speech = speak(text, "en", engine="espeak")
    begin, end = trim_bounds(speech.samples, speech.rate)
    guessed = timed_words(text, speech.samples[begin:end], speech.rate)
    errors = [
        abs(float(word.start) - speech.starts[i] + begin / speech.rate)
        for i, word in enumerate(guessed)
    ]
    assert np.median(errors) < 0.06


HOSTILE = [
    "\x01\x1b[0m hi \x00 there",
    "9" * 500,
    "\u0661\u0662 \u00b9\u00bd \u2460",
    "<speak>hi</speak> [[x]] [a](/b/) [c](/ &amp;",
    KANJI + ARABIC,
    "x\u0301" * 200,
    "\u0218\u0146\u01a9pf \u01ba\u017f\U0001f46e\ufb2e",
    "\u200d\u200c\u200f hi\u00adthere",
    "-",
]


@pytest.mark.parametrize("engine", ["hibari", "espeak"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_ends_the_process(engine: str, text: str) -> None:
    speech = speak(text, "en", engine=engine)
    assert np.isfinite(speech.samples).all()
    assert all(0 <= i < max(len(words(text)), 1) for i in speech.starts)


def test_ten_thousand_words() -> None:
    speech = speak("word " * 10_000, "en", engine="espeak", speed=2.0)
    assert len(speech.starts) == 10_000


@pytest.mark.parametrize("engine", ["hibari", "espeak"])
def test_a_long_speech_can_be_stopped(engine: str) -> None:
    cancel = Cancel()
    cancel.request()
    with pytest.raises(Cancelled):
        speak("word " * 10_000, "en", engine=engine, cancel=cancel)


def test_threads_wait_for_each_other() -> None:
    # espeak-ng carries the phase of its wave from one call to the next: a few samples differ.
    alone = {language: len(speak("Radio 7", language).samples) for language in ("de", "hi", "fr")}
    heard: dict[str, list[bool]] = {language: [] for language in alone}

    def talk(language: str) -> None:
        for _ in range(4):
            again = len(speak("Radio 7", language).samples)
            heard[language].append(abs(again - alone[language]) < 0.02 * again)

    threads = [threading.Thread(target=talk, args=(language,)) for language in alone]
    assert len(set(alone.values())) == 3
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(same) == 4 and all(same) for same in heard.values())
