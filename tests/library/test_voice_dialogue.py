"""Several voices, pauses and stress in one line, measured in the sound that was written."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from onereel.cast.character import Character
from onereel.errors import ChooseVoice
from onereel.home import Home
from onereel.options import FilmOptions
from onereel.settings import Settings, VoiceSettings
from onereel.story.brief import Brief
from onereel.story.files import read_screenplay
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.line import Line
from onereel.voice.narrate import Narration, narrate
from onereel.voice.signal import envelope, resampled
from onereel.voice.stretch import stretched

TALK = "It was dark. ANNA: Who is there?\nBEN: Only me, your brother.\nNobody moved."


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path, media=tmp_path / "media")


def film(*narrations: str, cast: tuple[Character, ...] = (), **brief: object) -> Screenplay:
    return Screenplay(
        title="Light",
        brief=Brief(idea="A lighthouse", **{"longest_shot": 20, "duration": 30, **brief}),
        cast=cast,
        # Planned so short that nobody speaks slower.
        scenes=tuple(
            Scene(id=f"s{i}", narration=text, duration=1) for i, text in enumerate(narrations, 1)
        ),
    )


ANNA, BEN = Character(name="Anna"), Character(name="Ben")


def the_line(narration: Narration) -> Line:
    (line,) = narration.lines
    return line


def sound(line: Line, home: Home) -> np.ndarray:
    samples, rate = soundfile.read(home.path(line.audio), dtype="float32")
    assert (len(samples), rate) == (line.samples, line.rate)
    return samples


def pitch(samples: np.ndarray, rate: int) -> float:
    found = []
    size = int(0.04 * rate)
    for start in range(0, len(samples) - size, size // 2):
        frame = samples[start : start + size] - samples[start : start + size].mean()
        likeness = np.correlate(frame, frame, "full")[size - 1 :]
        low, high = int(rate / 400), int(rate / 60)
        best = low + int(np.argmax(likeness[low:high]))
        if likeness[0] > 0.1 and likeness[best] > 0.5 * likeness[0]:
            found.append(rate / best)
    return float(np.median(found))


@pytest.mark.parametrize("voice", ["espeak", "hibari"])
def test_three_voices_speak_one_line_and_no_name_is_heard(home: Home, voice: str) -> None:
    line = the_line(narrate(film(TALK, cast=(ANNA, BEN)), home=home, voice=voice))
    assert line.text == "It was dark. Who is there? Only me, your brother. Nobody moved."
    assert line.narration == TALK
    assert [word.text for word in line.words] == line.text.split()
    assert len(line.voice.split(", ")) == 3
    samples = sound(line, home)
    turns = [line.words[0:3], line.words[3:6], line.words[6:10], line.words[10:12]]
    heard = [
        pitch(samples[int(turn[0].start * line.rate) : int(turn[-1].end * line.rate)], line.rate)
        for turn in turns
    ]
    assert abs(heard[0] - heard[3]) < 0.15 * heard[0]
    assert len({round(each / 8) for each in heard[:3]}) == 3
    shape = envelope(samples, line.rate)
    for before, after in pairwise(turns):
        gap = shape[
            int(before[-1].end / Fraction("0.005")) + 2 : int(after[0].start / Fraction("0.005"))
            - 2
        ]
        assert len(gap) > 30
        assert gap.max() < 0.1 * shape.max()


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("gate.txt", "It was dark.\nANNA: Who is there?\nBEN: Only me.\n\nNobody moved."),
        ("gate.md", "It was dark.\n**Anna:** Who is there?\n**Ben** (low): Me.\nAnna: Oh."),
        ("gate.txt", "ANNA\nWho is there?\n\nBEN\nOnly me.\n\nANNA\nOh."),
        ("gate.fountain", "INT. BARN - NIGHT\n\nANNA\nWho is there?\n\nBEN\nOnly me."),
        ("gate.txt", "NARRATOR: It was dark.\nHOST 1: Who is there?\nHOST 2: Only me."),
        ("gate.json", '{"scenes": [{"narration": "It was dark.\\nANNA: Who?\\nBEN: Me."}]}'),
    ],
)
def test_who_speaks_in_a_script_without_a_cast_has_a_voice(
    home: Home, tmp_path: Path, name: str, script: str
) -> None:
    (tmp_path / name).write_text(script, "utf-8")
    film = read_screenplay(tmp_path / name)
    told = narrate(film, home=home, voice="espeak")
    one, other = (each.name for each in film.cast)
    voices = dict.fromkeys(voice for line in told.lines for voice in line.voice.split(", "))
    english = "English (America)"
    # The film's own speaks where nobody else does.
    own = [english] if "dark" in script else []
    assert list(voices) == [*own, f"{english}+f5", f"{english}+m8"]
    assert not any(
        each in word.text for line in told.lines for word in line.words for each in (one, other)
    )
    assert told.notes[0] == (
        f"Voices were chosen for {one} ({english}+f5), {other} ({english}+m8); the film's own is"
        f" {english} (espeak-ng)."
    )
    assert narrate(film, home=home, voice="espeak").lines == told.lines


def test_words_of_a_dialogue_are_timed_as_each_voice_times_them(home: Home) -> None:
    line = the_line(narrate(film(TALK, cast=(ANNA, BEN)), home=home, voice="espeak"))
    alone = the_line(narrate(film("Nobody moved."), home=home, voice="espeak"))
    shift = line.words[10].start - alone.words[0].start
    error = line.words[11].start - alone.words[1].start - shift
    assert abs(error) < Fraction(1, 50)


def test_voices_of_people_are_theirs_and_stay_apart(home: Home) -> None:
    own = (Character(name="Anna", voice="espeak:en+m3"), BEN, Character(name="Cleo"))
    text = "ANNA: One.\nBEN: Two.\nCLEO: Three.\nFour."
    line = the_line(narrate(film(text, cast=own), home=home, voice="espeak"))
    voices = line.voice.split(", ")
    assert voices[0] == "English (America)+m3"
    assert len(set(voices)) == 4
    again = the_line(narrate(film(text, cast=own), home=home, voice="espeak"))
    assert again == line
    gone = (Character(name="Anna", voice="nobody"), BEN)
    told = narrate(film(TALK, cast=gone), home=home, voice="espeak")
    assert any("Anna gets another voice" in note and "nobody" in note for note in told.notes)
    assert len(the_line(told).voice.split(", ")) == 3


def test_a_narrator_of_the_cast_is_the_narrator(home: Home) -> None:
    teller = Character(name="Old Tom", also=("Grandpa",), role="narrator", voice="espeak:en+m8")
    text = "It was dark. GRANDPA: Very dark. ANNA: Oh."
    line = the_line(narrate(film(text, cast=(teller, ANNA)), home=home))
    assert line.text == "It was dark. Very dark. Oh."
    assert line.voice.split(", ")[0] == "English (America)+m8"
    assert len(line.voice.split(", ")) == 2
    wished = the_line(narrate(film("It was dark.", cast=(teller,)), home=home, voice="espeak"))
    assert wished.voice == "English (America)"


def test_a_pause_is_as_long_as_it_is_written(home: Home) -> None:
    line = the_line(narrate(film("The light [pause 1.2] goes on. [pause 0.7]"), home=home))
    assert line.text == "The light goes on."
    samples = sound(line, home)
    inside = samples[int(line.words[1].end * line.rate) : int(line.words[2].start * line.rate)]
    assert 1.15 < len(inside) / line.rate < 1.35
    assert np.abs(inside[len(inside) // 8 : -len(inside) // 8]).max() < 0.01
    assert np.abs(samples[-int(0.68 * line.rate) :]).max() == 0
    plain = the_line(narrate(film("The light goes on."), home=home))
    assert line.duration - plain.duration > Fraction(3, 2)


def test_a_stressed_word_is_louder_and_longer(home: Home) -> None:
    plain = the_line(narrate(film("He never came back again."), home=home, voice="espeak"))
    line = the_line(narrate(film("He *never* came back again."), home=home, voice="espeak"))
    assert [word.text for word in line.words] == [word.text for word in plain.words]
    lengths = [[float(w.end - w.start) for w in each.words] for each in (plain, line)]
    assert 1.1 < lengths[1][1] / lengths[0][1] < 1.2
    assert abs(lengths[1][3] - lengths[0][3]) < 0.03
    loud = [
        np.sqrt(np.mean(sound(each, home)[int(w.start * each.rate) : int(w.end * each.rate)] ** 2))
        for each in (plain, line)
        for w in [each.words[1]]
    ]
    assert 1.2 < loud[1] / loud[0] < 1.7
    assert np.abs(sound(line, home)).max() <= 0.85


def test_a_long_dialogue_is_split_between_its_sentences(home: Home) -> None:
    text = (
        "ANNA: I have waited for you since the morning, and nobody came. Not even *you*.\n"
        "BEN: The road was flooded. We had to walk around the lake, all of us, in the rain."
    )
    told = narrate(film(text, cast=(ANNA, BEN), longest_shot=8, duration=12), home=home)
    assert len(told.lines) >= 2
    assert " ".join(line.text for line in told.lines) == (
        "I have waited for you since the morning, and nobody came. Not even you."
        " The road was flooded. We had to walk around the lake, all of us, in the rain."
    )
    for line in told.lines:
        assert line.narration.startswith(("ANNA:", "Anna:", "BEN:", "Ben:"))
    assert narrate(told.screenplay, home=home).lines == told.lines


def test_the_lexicon_is_heard_and_not_shown(home: Home) -> None:
    lexicon = {"en": {"Qxz": "a very long and winding name indeed"}}
    settings = Settings(voice=VoiceSettings(engine="espeak", lexicon=lexicon))
    line = the_line(narrate(film("Call Qxz now."), home=home, settings=settings))
    plain = the_line(narrate(film("Call Qxz now."), home=home, voice="espeak"))
    assert line.text == "Call Qxz now."
    assert [word.text for word in line.words] == ["Call", "Qxz", "now."]
    assert line.audio != plain.audio
    assert line.duration - plain.duration > Fraction(1, 2)
    assert line.words[1].end - line.words[1].start > 1


def test_numbers_take_their_time(home: Home) -> None:
    line = the_line(narrate(film("It was 1789, not 5 km away."), home=home, voice="espeak"))
    assert [word.text for word in line.words] == ["It", "was", "1789,", "not", "5", "km", "away."]
    spans = [float(word.end - word.start) for word in line.words]
    assert int(np.argmax(spans)) == 2


def test_a_voice_that_fails_is_replaced_and_the_film_says_so(home: Home) -> None:
    told = narrate(
        film("The light goes on."),
        home=home,
        voice="Zorro",
        backup_voices=["hibari:none", "espeak"],
    )
    assert the_line(told).engine == "espeak"
    assert [note.split(" failed")[0] for note in told.notes[:2]] == [
        "The voice Zorro",
        "The voice hibari:none",
    ]
    assert "so espeak steps in: There is no voice" in told.notes[1]
    assert told.notes[2] == "A backup voice, English (America), speaks s1."
    assert (
        narrate(told.screenplay, home=home, voice="hibari", backup_voices=["espeak"]).lines
        == told.lines
    )
    with pytest.raises(ChooseVoice, match="none"):
        narrate(film("Hi."), home=home, voice="Zorro", backup_voices=["hibari:none"])


def test_backup_voices_stand_in_one_widget() -> None:
    assert FilmOptions(backup_voices=" Kore ;de+f2; ").backups == ("Kore", "de+f2")
    assert FilmOptions.model_validate({}).backups == ()


@pytest.mark.parametrize("factor", [0.8, 0.9, 1.12, 1.5])
def test_a_stretched_sound_keeps_its_pitch(factor: float) -> None:
    rate = 24_000
    time = np.arange(rate) / rate
    tone = sum(np.sin(2 * np.pi * 130 * k * time) / k for k in range(1, 6)).astype(np.float32) / 4
    longer = stretched(tone, rate, factor)
    assert len(longer) == round(rate * factor)
    assert abs(pitch(longer, rate) - 130) < 3
    assert 0.9 < longer.std() / tone.std() < 1.1


def test_a_resampled_sound_keeps_its_place_and_length() -> None:
    click = np.zeros(22_050, np.float32)
    click[11_025] = 1
    moved = resampled(click, 22_050, 24_000)
    assert len(moved) == 24_000
    assert abs(int(np.argmax(np.abs(moved))) - 12_000) <= 1
