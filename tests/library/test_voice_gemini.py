"""Gemini speaks: by Google's own SDK, over HTTP, for money that the owner lets go."""

import asyncio
import json
import random
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import soundfile

from onereel.cast.character import Character
from onereel.errors import (
    AddKey,
    ChooseAnotherModel,
    EnterPrice,
    InstallPart,
    MoneyError,
    OneReelError,
    RaiseCap,
    ResolveTakes,
    RevisePrompt,
    SwitchOnBuying,
    TryAgain,
    WaitForQuota,
)
from onereel.film import estimate_film
from onereel.home import Home
from onereel.library.prices.quick import quick_estimate
from onereel.library.prices.voice import with_voice
from onereel.options import FilmOptions
from onereel.reaching import speech_purse
from onereel.remote import Patience, Remote
from onereel.settings import BuyingSettings, GoogleSettings, Settings
from onereel.shoot.buying.opening import open_ledger
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.casting import Casting, Speaker
from onereel.voice.engines.espeak import Espeak
from onereel.voice.engines.gemini import USUAL, Gemini
from onereel.voice.engines.gemini_request import parts_of
from onereel.voice.engines.known import choose
from onereel.voice.markup import TURN
from onereel.voice.narrate import narrate
from onereel.voice.once import spoken_once
from onereel.voice.purse import Turn
from onereel.voice.signal import resampled, trim_bounds
from onereel.voice.speaking import part_key
from onereel.voice.speech import SpeechOptions
from onereel.voice.together import cuts
from onereel.work import Cancel
from tests.standins import Google
from tests.standins.faults import Fault
from tests.standins.google import GEMINI_KEY

PRICES = f'["{USUAL}"]\nspeaks = true\nrates = [{{ input = 1.00, output = 10.00 }}]\n'
TEXT = "The light goes on."
RATE = 22_050
Span = tuple[int, int]


@pytest.fixture
def google() -> Iterator[Google]:
    with Google() as server:
        yield server


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "models.toml").write_text(PRICES, "utf-8")
    return Home(private=tmp_path, media=tmp_path / "media")


def settings_of(google: Google, *, key: str = GEMINI_KEY, **buying: object) -> Settings:
    return Settings(
        google=GoogleSettings(gemini_api_key=key, gemini_address=google.url),
        buying=BuyingSettings(**{"on": True, **buying}),
    )


def film(*narrations: str, cast: tuple[Character, ...] = (), **brief: object) -> Screenplay:
    return Screenplay(
        title="Light",
        cast=cast,
        brief=Brief(idea="A lighthouse", **{"longest_shot": 20, "duration": 60, **brief}),
        scenes=tuple(Scene(id=f"s{i}", narration=text) for i, text in enumerate(narrations, 1)),
    )


def told(play: Screenplay, home: Home, settings: Settings, **wish: object):
    purse = speech_purse(play.brief.film_id, home=home, settings=settings)
    return narrate(play, home=home, settings=settings, purse=purse, **{"voice": "Kore", **wish})


def asked(google: Google) -> list[dict[str, object]]:
    sent = [each for each in google.requests if each.path.endswith(":generateContent")]
    return [json.loads(each.body) for each in sent]


def spent(home: Home, settings: Settings) -> list[tuple[str, Decimal, Decimal | None]]:
    with closing(open_ledger(home, settings)) as ledger:
        return [(each.model, each.ceiling, each.charged) for each in ledger.spendings()]


def speak(google: Google, home: Home, settings: Settings):
    purse = speech_purse("film", home=home, settings=settings)
    patience = Patience(silence=1.0, call=2.0, attempts=1, grace=0.5)
    narrator = Speaker(Gemini(settings.google, USUAL, purse, Remote(patience)), "Kore")
    (part,) = Casting(narrator=narrator, people={}, language="en").parts(TEXT)
    return spoken_once(part, home, Cancel())


def test_it_is_asked_with_its_voice_and_the_films_style(google: Google, home: Home) -> None:
    settings = settings_of(google)
    narration = told(film(TEXT, voice_style="calm and near."), home, settings, voice="gemini:puck")
    (body,) = asked(google)
    # What is read stands alone: an instruction beside it in the text would be read aloud, too.
    assert body["contents"][0]["parts"] == [
        {"text": TEXT, "speechMetadata": {"style": "calm and near."}}
    ]
    config = body["generationConfig"]
    assert config["responseModalities"] == ["AUDIO"]
    assert "Puck" in json.dumps(config["speechConfig"])
    (line,) = narration.lines
    assert (line.engine, line.voice, line.text) == ("gemini", "Puck", TEXT)
    assert [word.text for word in line.words] == TEXT.split()
    samples, rate = soundfile.read(home.path(line.audio))
    assert (rate, len(samples)) == (24_000, line.samples)


def test_every_word_is_paid_once_and_written_down(google: Google, home: Home) -> None:
    settings = settings_of(google)
    play = film(TEXT, "It goes off again.")
    first = told(play, home, settings)
    money = spent(home, settings)
    assert [model for model, _, _ in money] == [USUAL, USUAL]
    for _, ceiling, charged in money:
        assert charged is not None
        assert 0 < charged < ceiling
    # Another pace, another stress, a lost line: what was said is not said again.
    told(play, home, settings, speed=0.9)
    told(film("The *light* goes on."), home, settings)
    home.path(first.lines[0].audio).unlink()
    assert told(play, home, settings).lines == first.lines
    assert len(asked(google)) == 2
    assert spent(home, settings) == money


def test_nothing_is_sent_while_buying_is_off_or_a_price_or_a_cap_is_missing(
    google: Google, home: Home
) -> None:
    dear = PRICES.replace("10.00", "1000.00")
    (home.private / "models.toml").write_text(dear, "utf-8")
    refusals = [
        (settings_of(google, on=False), SwitchOnBuying, "buying on"),
        (settings_of(google, film=Decimal("0.01")), RaiseCap, "cap"),
    ]
    for settings, kind, words in refusals:
        with pytest.raises(kind, match=words):
            told(film(TEXT), home, settings)
    (home.private / "models.toml").unlink()
    with pytest.raises(EnterPrice, match="speaks = true"):
        told(film(TEXT), home, settings_of(google))
    with pytest.raises(MoneyError):
        narrate(film(TEXT), home=home, settings=settings_of(google), voice="Kore")
    assert asked(google) == []
    backed = told(film(TEXT), home, settings_of(google, on=False), backup_voices=["espeak"])
    assert backed.lines[0].engine == "espeak"
    assert "buying is off" in backed.notes[0]


def test_a_key_that_pays_nothing_needs_no_switch(google: Google, home: Home) -> None:
    (home.private / "models.toml").unlink()
    settings = settings_of(google, on=False, free_key=True)
    assert told(film(TEXT), home, settings).lines[0].engine == "gemini"
    assert spent(home, settings) == []


FAULTS = [
    (Fault("400", where="speech"), ChooseAnotherModel, "cannot speak this"),
    (Fault("403", where="speech"), AddKey, "does not let this key"),
    (Fault("404", where="speech"), ChooseAnotherModel, "does not have"),
    (Fault("429", where="speech"), WaitForQuota, "takes no more"),
    (Fault("408", where="speech", late=True), ResolveTakes, "failed"),
    (Fault("409", where="speech", late=True), ResolveTakes, "failed"),
    (Fault("500", where="speech"), ResolveTakes, "failed"),
    (Fault("garbage", where="speech"), ResolveTakes, "no answer"),
    (Fault("disconnect", where="speech"), ResolveTakes, "broke off"),
    (Fault("hang", where="speech"), ResolveTakes, "in time"),
    (Fault("blocked", where="outcome", reason="SAFETY"), RevisePrompt, "safety filter"),
    (Fault("filtered", where="outcome"), RevisePrompt, "safety filter"),
    (Fault("empty", where="outcome"), TryAgain, "no sound"),
    (Fault("text", where="outcome"), TryAgain, "no sound"),
]


@pytest.mark.parametrize(("fault", "kind", "words"), FAULTS, ids=[each[0].what for each in FAULTS])
def test_every_fault_is_one_sentence_and_its_money_is_known(
    google: Google, home: Home, fault: Fault, kind: type[OneReelError], words: str
) -> None:
    settings = settings_of(google)
    google.plan.set([fault])
    with pytest.raises(kind, match=words) as raised:
        speak(google, home, settings)
    assert raised.value.user_message.endswith(".")
    assert GEMINI_KEY not in raised.value.user_message
    ((_, ceiling, charged),) = spent(home, settings)
    free = fault.what in ("400", "403", "404", "429")
    unknown = fault.what in ("408", "409", "500", "garbage", "disconnect", "hang")
    assert (charged == 0) == free
    assert (charged is None or charged == ceiling) == unknown


def test_voices_are_found_by_name_and_never_taken_by_themselves(google: Google) -> None:
    settings = settings_of(google)
    assert choose("de", "gemini:auto", settings)[1] == "Kore"
    assert choose("de", "zephyr", settings)[0].name == "gemini"
    assert choose("de", "auto", settings)[0].local
    engine, voice = choose("en", "Puck", settings)
    others = engine.apart("en", voice)
    assert len({voice, *others}) == 30
    keyless = Settings(google=GoogleSettings(gemini_api_key="", gemini_address=google.url))
    with pytest.raises(InstallPart, match="set gemini-api-key"):
        choose("en", "gemini:Puck", keyless)


def test_another_style_is_another_sound(google: Google) -> None:
    speaker = Speaker(*choose("en", "Kore", settings_of(google)))
    local = Speaker(*choose("en", "espeak"))
    keys = [
        part_key(part)
        for narrator in (speaker, local)
        for style in ("calm", "loud")
        for part in Casting(narrator=narrator, people={}, language="en", style=style).parts(TEXT)
    ]
    assert keys[0] != keys[1]
    assert keys[2] == keys[3]


def test_what_it_costs_is_said_before_it_is_spoken(google: Google, home: Home) -> None:
    settings = settings_of(google)
    play = film(TEXT, "It goes off again. And on.")
    known = {"home": home, "settings": settings}
    gemini = FilmOptions(voice="gemini:Kore")
    price = quick_estimate(play, gemini, **known).voice
    assert price is not None
    assert price.at_most is not None
    assert asked(google) == []
    told(play, home, settings)
    ceilings = sum(ceiling for _, ceiling, _ in spent(home, settings))
    assert len(asked(google)) == 3
    assert ceilings <= price.at_most <= ceilings + Decimal("0.001")
    # What is spoken costs nothing, and a free voice never does.
    assert quick_estimate(play, gemini, **known).voice is None
    assert quick_estimate(film("Other words."), FilmOptions(voice="espeak"), **known).voice is None
    free = settings_of(google, free_key=True)
    assert quick_estimate(film("Other."), gemini, home=home, settings=free).voice is None
    # Before it is written: no film that fits its length costs more.
    brief = Brief(idea="A lighthouse", duration=24)
    unwritten = quick_estimate(brief, FilmOptions(voice="Kore", writer="ollama"), **known)
    assert unwritten.voice is not None
    assert "Kore (Gemini)" in unwritten.voice.words
    assert unwritten.voice.words in unwritten.card.notes
    written = quick_estimate(write_builtin(brief), gemini, **known).voice
    assert written is not None
    assert written.at_most <= unwritten.voice.at_most
    (home.private / "models.toml").unlink()
    nobody = quick_estimate(film("More."), gemini, **known).voice
    assert nobody is not None
    assert (nobody.at_most, "speaks = true" in nobody.words) == (None, True)


def test_an_estimate_on_the_command_line_buys_no_voice(google: Google, home: Home) -> None:
    work = Work(home, settings_of(google))
    options = FilmOptions(renderer="veo", voice="gemini:Kore")
    play = film(TEXT, longest_shot=8)
    play = play.replace(scenes=(play.scenes[0].replace(prompt="A light"),))
    card = asyncio.run(estimate_film(play, options=options, work=work))
    assert any("Kore (Gemini)" in note for note in card.notes)
    assert asked(google) == []
    known = {"home": home, "settings": settings_of(google)}
    priced, total = with_voice(card, play, "gemini:Kore", **known)
    assert priced.notes[0].startswith("Its voices (Kore (Gemini)) cost at most $")
    assert card.total is not None
    assert total is not None
    assert total > card.total


ANNA = Character(name="Anna", voice="gemini:Kore")
BEN = Character(name="Ben", voice="gemini:Puck")
TALK = "ANNA: Who is there? Say something.\nBEN: Only me.\nANNA: In this weather?"


def texts(google: Google) -> list[list[str]]:
    return [[part["text"] for part in body["contents"][0]["parts"]] for body in asked(google)]


def test_two_that_talk_are_asked_together_and_each_sentence_is_kept(
    google: Google, home: Home
) -> None:
    settings = settings_of(google)
    (line,) = told(film(TALK, cast=(ANNA, BEN), voice_style="calm"), home, settings).lines
    (body,) = asked(google)
    parts = body["contents"][0]["parts"]
    said = [(part["speechMetadata"]["speaker"], part["text"]) for part in parts]
    assert said == [
        *(("Kore", "Who is there? Say something."), ("Puck", "Only me.")),
        ("Kore", "In this weather?"),
    ]
    assert {part["speechMetadata"]["style"] for part in parts} == {"calm"}
    config = json.dumps(body["generationConfig"]["speechConfig"])
    assert config.count("Kore") == config.count("Puck") == 2
    assert [word.text for word in line.words] == " ".join(line.text.split()).split()
    ((_, ceiling, charged),) = spent(home, settings)
    assert charged is not None
    assert 0 < charged < ceiling
    # Cut into scenes, paced, or alone: what was said is not asked for again.
    again = film(TALK, cast=(ANNA, BEN), voice_style="calm", longest_shot=2)
    assert len(told(again, home, settings).lines) > 1
    told(film("BEN: Only me.", cast=(ANNA, BEN), voice_style="calm"), home, settings, speed=0.9)
    assert len(asked(google)) == len(spent(home, settings)) == 1
    # Of a talk that is half known, the new sentence alone is asked for.
    other = film(TALK.replace("weather", "storm"), cast=(ANNA, BEN), voice_style="calm")
    told(other, home, settings)
    assert texts(google)[1:] == [["In this storm?"]]


def test_a_talk_has_every_turn_at_its_time(google: Google, home: Home) -> None:
    heard: list[tuple[str, float]] = []

    def say(text: str, voice: str) -> np.ndarray:
        sound = real(text, "English (America)+f2" if voice == "Kore" else "English (America)")
        heard.append((text, len(sound) / 22_050))
        return (resampled(sound, 22_050, 24_000) * 30_000).astype(np.int16)

    google.gemini.say = say
    talk = "ANNA: Who is there?\nBEN: Nobody that you know.\nANNA: In this weather?\nBEN: Listen."
    (line,) = told(film(talk, cast=(ANNA, BEN)), home, settings_of(google)).lines
    assert len(asked(google)) == 1
    at = 0.0
    words = iter(line.words)
    for text, seconds in heard:
        first = next(words)
        assert abs(float(first.start) - at) < 0.06
        for _ in text.split()[1:]:
            next(words)
        at += seconds + float(TURN)
    assert abs(float(line.duration) + float(TURN) - at) < 0.06


def real(text: str, voice: str, pace: float = 1.0) -> np.ndarray:
    """A sentence by espeak-ng, without the silence around it."""
    options = SpeechOptions(language="en", voice=voice, speed=pace)
    speech = Espeak().speak(text, options, cancel=Cancel())
    begin, end = trim_bounds(speech.samples, speech.rate)
    return speech.samples[begin:end]


def test_three_that_talk_are_asked_two_at_a_time(google: Google, home: Home) -> None:
    settings = settings_of(google)
    cleo = Character(name="Cleo", voice="gemini:Leda")
    talk = "ANNA: One.\nBEN: Two.\nCLEO: Three.\nBEN: Four.\nANNA: Five."
    (line,) = told(film(talk, cast=(ANNA, BEN, cleo)), home, settings).lines
    assert texts(google) == [["One.", "Two."], ["Three.", "Four."], ["Five."]]
    assert [word.text for word in line.words] == ["One.", "Two.", "Three.", "Four.", "Five."]
    # Another engine between them ends a talk.
    ben = Character(name="Ben", voice="espeak")
    told(film("ANNA: Six.\nBEN: Seven.\nANNA: Eight.", cast=(ANNA, ben)), home, settings)
    assert texts(google)[3:] == [["Six."], ["Eight."]]


def test_a_talk_is_free_with_a_free_key_and_not_sent_while_buying_is_off(
    google: Google, home: Home
) -> None:
    play = film(TALK, cast=(ANNA, BEN))
    with pytest.raises(SwitchOnBuying, match="buying on"):
        told(play, home, settings_of(google, on=False))
    assert asked(google) == []
    google.plan.set([Fault("429", where="speech", times=None, retry=90)])
    with pytest.raises(WaitForQuota):
        told(play, home, settings_of(google))
    assert [charged for _, _, charged in spent(home, settings_of(google))] == [0]
    google.plan.set([])
    told(play, home, settings_of(google, on=False, free_key=True))
    assert len(spent(home, settings_of(google))) == 1


def test_models_before_the_structured_ones_are_told_in_the_text() -> None:
    turns = (Turn("Kore", "Who is there?"), Turn("Puck", "Only me."))
    (part,) = parts_of(turns, "calm.", "gemini-2.5-flash-preview-tts")
    assert part.text == "Read aloud, calm:\nKore: Who is there?\nPuck: Only me."
    assert part.speech_metadata is None
    (alone,) = parts_of(turns[:1], "", "gemini-3.1-flash-tts-preview")
    assert alone.text == "Who is there?"
    assert len(parts_of(turns, "", "gemini-4-flash-tts")) == 2


LINES = [
    *("Who is there?", "Only me.", "The light went out an hour ago.", "Then we have to row."),
    *("In this weather?", "There is nobody else.", "No.", "Listen to the bell, it stopped."),
]


def dialogues(least: float, most: float) -> Iterator[tuple[list[str], np.ndarray, list[Span]]]:
    """What two voices of espeak-ng say, its sound, and where its pauses are, in samples; they last
    from `least` to `most` seconds."""
    chance = random.Random(3)
    for _ in range(12):
        talk = chance.sample(LINES, chance.randrange(2, 6))
        sounds, known = [], []
        for i, text in enumerate(talk):
            if sounds:
                silence = np.zeros(round(chance.uniform(least, most) * RATE), np.float32)
                begin = sum(map(len, sounds))
                known.append((begin, begin + len(silence)))
                sounds.append(silence)
            voice, pace = (("English (America)", 0.9), ("English (America)+f2", 1.15))[i % 2]
            sounds.append(real(text, voice, pace))
        yield talk, np.concatenate(sounds), known


def test_a_talk_is_cut_where_one_ends_and_the_other_begins() -> None:
    for talk, sound, known in dialogues(0.1, 0.5):
        for cut, (begin, end) in zip(cuts(sound, RATE, talk, "en"), known, strict=True):
            assert begin - 0.06 * RATE < cut < end + 0.06 * RATE


def test_a_talk_without_a_pause_is_cut_there_too() -> None:
    """By what is said: the voices speak at paces of their own, so its length tells nothing."""
    off = [
        max(begin - cut, cut - end, 0) / RATE
        for talk, sound, known in dialogues(0, 0)
        for cut, (begin, end) in zip(cuts(sound, RATE, talk, "en"), known, strict=True)
    ]
    # By the lengths of the words alone, one is off by 0.44 s.
    assert np.median(off) < 0.015
    assert max(off) < 0.05


def test_a_talk_is_not_cut_before_a_final_t() -> None:
    """The quiet before its burst is no end of a line."""
    lines = ("There is a boat.", "That was the toast.", "She wanted that cart.", "Ask about it.")
    sounds = [
        real(text, voice, 1.0)
        for text, voice in zip(lines, ("English (Caribbean)", "English (America)") * 2, strict=True)
    ]
    ends = np.cumsum([len(each) for each in sounds])[:-1]
    found = cuts(np.concatenate(sounds), RATE, lines, "en")
    assert max(abs(cut - end) / RATE for cut, end in zip(found, ends, strict=True)) < 0.03


def test_a_talk_in_a_language_without_a_voice_here_is_cut_by_its_letters() -> None:
    (talk, sound, known), *_ = dialogues(0.3, 0.5)
    for cut, (begin, end) in zip(cuts(sound, RATE, talk, "xx"), known, strict=True):
        assert begin - 0.06 * RATE < cut < end + 0.06 * RATE
