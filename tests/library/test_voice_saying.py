import ctypes
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onereel.voice.engines import espeak
from onereel.voice.saying import respelled, say
from onereel.voice.text import words

_TABLES = json.loads(Path(__file__).with_name("readings.json").read_text("utf-8"))
READINGS = _TABLES["read"]
# What espeak-ng 1.52 reads wrong by itself, measured by its phonemes.
WRONG = _TABLES["wrong"]
PLAIN = [
    "The scene is 16:9, and the ratio 3:2 holds.",
    "v3.2.1, COVID-19, AT&T, 1-2-3, 007, Node.js and MP3.",
    "Nothing to say otherwise: it stays; so.",
]


@pytest.mark.parametrize("language", READINGS)
def test_what_is_written_short_is_said_in_full(language: str) -> None:
    read = {text: say(text, language).text for text in READINGS[language]}
    assert read == READINGS[language]


@pytest.mark.parametrize("language", WRONG)
def test_the_voice_is_given_other_sounds_where_it_was_wrong(language: str) -> None:
    for text in WRONG[language]:
        said = say(text, language).text
        assert phonemes(said, language) != phonemes(text, language)
        assert not any(character.isdigit() for character in said)


def phonemes(text: str, language: str) -> str:
    library = espeak._loaded()
    library.call.espeak_TextToPhonemes.restype = ctypes.c_char_p
    voice = espeak.Espeak()._speaking(language)[0].identifier
    assert library.call.espeak_SetVoiceByName(voice.encode()) == 0
    left = ctypes.c_char_p(text.encode())
    heard = []
    while left.value:
        heard.append(library.call.espeak_TextToPhonemes(ctypes.byref(left), 1, 2).decode())
    return " ".join(heard)


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_what_no_rule_knows_stays(language: str, text: str) -> None:
    assert say(text, language).text == text


def test_each_said_word_knows_the_word_it_stands_for() -> None:
    text = "It cost $5.2 million in 1995."
    said = say(text, "en")
    shown = [text[start:end] for start, end in words(text)]
    assert [shown[owner] for owner in said.owners] == [
        *("It", "cost", "$5.2", "$5.2", "$5.2", "million", "million", "in", "1995.", "1995.")
    ]
    assert said.starts({0: 0.0, 3: 1.0, 6: 2.5, 8: 3.0}) == {0: 0.0, 2: 1.0, 3: 2.5, 5: 3.0}
    assert said.weights([1.0] * 10, 6) == (1, 1, 3, 2, 1, 2)


def test_the_lexicon_wins_over_every_rule() -> None:
    lexicon = {"en": {"OneReel": "one reel", "SQL": "sequel", "1984": "one nine eight four"}}
    said = say("onereel reads SQL, not MySQL, in 1984.", "en-gb", lexicon)
    assert said.text == "one reel reads sequel, not MySQL, in one nine eight four."
    assert respelled("SQL cost $5", "en", lexicon) == "sequel cost $5"
    own = {**lexicon, "en-gb": {"SQL": "ess queue ell"}}
    assert say("SQL", "en-gb", own).text == "ess queue ell"
    assert say("SQL", "de", own).text == "SQL"
    # As people write them: tags in capitals, words with blanks around, lines that say nothing.
    loose = {"DE_at": {" SQL ": "Es Ku El", "": "x", " ": "y", "MP3": " "}}
    assert say("SQL und MP3", "de-at", loose).text == "Es Ku El und MP3"


def test_other_languages_keep_their_figures() -> None:
    assert say("15 km", "it").text == "15 km"
    assert say("15 km", "it", {"it": {"km": "chilometri"}}).text == "15 chilometri"


@given(
    st.text(alphabet="0123456789.,:-/%$\u20ac kmIVXaA'\u00b0\n\"+=x#@\u2030\u00bdw", max_size=40),
    st.sampled_from(["en", "de", "es", "fr"]),
)
def test_any_text_is_said(text: str, language: str) -> None:
    said = say(text, language)
    assert len(said.owners) == len(words(said.text))
    count = len(words(text))
    assert all(0 <= owner < max(count, 1) for owner in said.owners)
    assert list(said.owners) == sorted(said.owners)
    assert np.isfinite(said.weights([1.0] * len(said.owners), max(count, 1))).all()
