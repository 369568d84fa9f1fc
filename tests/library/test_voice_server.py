"""A speech server of OpenAI's API: what it says, whatever goes wrong with it, over HTTP."""

import json
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import soundfile

from onereel.errors import (
    AddKey,
    Cancelled,
    ChooseVoice,
    EnterPrice,
    OneReelError,
    RaiseCap,
    ResolveTakes,
    ReviseSetting,
    SwitchOnBuying,
    TryAgain,
    WaitForQuota,
)
from onereel.home import Home
from onereel.reaching import speech_purse
from onereel.remote import Patience, Remote
from onereel.settings import BuyingSettings, Settings, SpeechSettings
from onereel.shoot.buying.opening import open_ledger
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.casting import Casting, Speaker
from onereel.voice.engines.espeak import Espeak
from onereel.voice.engines.known import choose, voice_names
from onereel.voice.engines.speech_price import price_of
from onereel.voice.engines.speech_server import SpeechServer
from onereel.voice.narrate import narrate
from onereel.voice.once import spoken_once
from onereel.voice.signal import resampled, trim_bounds
from onereel.voice.speech import SpeechOptions
from onereel.work import Cancel
from tests.standins.faults import Fault
from tests.standins.speech import RATE, SpeechStandIn

TEXT = "The light goes on."
KEY = "sk-of-a-speech-server-1234"


@pytest.fixture
def server() -> Iterator[SpeechStandIn]:
    with SpeechStandIn() as standin:
        yield standin


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path, media=tmp_path / "media")


def settings_of(server: SpeechStandIn, **fields: object) -> Settings:
    return Settings(speech=SpeechSettings(address=server.url, **fields))


def engine(server: SpeechStandIn, *, attempts: int = 1, **fields: object) -> SpeechServer:
    patience = Patience(silence=0.6, attempts=attempts, base=0.01, quota=0.01, failures=3)
    return SpeechServer(settings_of(server, **fields).speech, Remote(patience))


def speak(speaker: SpeechServer, voice: str = "af_bella", cancel: Cancel | None = None):
    return speaker.speak(TEXT, SpeechOptions(language="en", voice=voice), cancel=cancel or Cancel())


def film(*narrations: str, planned: int = 1, **brief: object) -> Screenplay:
    """In scenes that are planned too short for anybody to speak slower."""
    return Screenplay(
        title="Light",
        brief=Brief(idea="A lighthouse", **{"duration": 12, "longest_shot": 20, **brief}),
        scenes=tuple(
            Scene(id=f"s{i}", narration=text, duration=planned)
            for i, text in enumerate(narrations, 1)
        ),
    )


def asked(server: SpeechStandIn) -> list[dict[str, object]]:
    bodies = [request for request in server.requests if request.path.endswith("/speech")]
    return [json.loads(request.body) for request in bodies]


def test_it_is_asked_as_the_api_wants(server: SpeechStandIn) -> None:
    speech = speak(engine(server))
    assert asked(server) == [
        {"model": "tts-1", "input": TEXT, "voice": "af_bella", "response_format": "wav"}
    ]
    assert speech.rate == 24_000
    assert abs(len(speech.samples) / speech.rate - 4 * 0.35) < 0.01
    assert 0.1 < np.abs(speech.samples).max() <= 1
    assert "authorization" not in {name.lower() for name in server.requests[-1].headers}


def test_a_key_goes_along_and_only_there(server: SpeechStandIn) -> None:
    server.key = KEY
    assert len(speak(engine(server, api_key=KEY)).samples)
    with pytest.raises(AddKey, match="set speech-api-key") as raised:
        speak(engine(server, api_key="sk-another-key-5678"))
    assert "5678" not in str(raised.value)


def test_voices_are_those_that_it_lists(server: SpeechStandIn) -> None:
    settings = settings_of(server)
    assert choose("en", "server", settings)[1] == "af_heart"
    assert choose("fr", "AF_Bella", settings)[1] == "af_bella"
    assert choose("en", "auto", settings)[0].local
    assert "bm_george" in voice_names("de", settings)
    with pytest.raises(ChooseVoice, match="af_heart"):
        choose("en", "server:Zorro", settings)


def test_a_server_that_lists_no_voices_takes_any(server: SpeechStandIn) -> None:
    server.lists_voices = False
    assert choose("en", "server:bm_george", settings_of(server))[1] == "bm_george"
    named = settings_of(server, voices=["af_bella"], languages=["en"])
    assert choose("en", "server", named)[1] == "af_bella"
    assert engine(server, voices=["x"], languages=["en"]).voices("de") == ()


FAULTS = [
    (Fault("garbage"), ReviseSetting, "page instead of sound"),
    (Fault("401"), AddKey, "wants another key"),
    (Fault("403"), AddKey, "wants another key"),
    (Fault("404"), ChooseVoice, "cannot speak this"),
    (Fault("429"), WaitForQuota, "takes no more for now"),
    (Fault("500"), TryAgain, r"failed \(500\)"),
    (Fault("503"), TryAgain, r"failed \(503\)"),
    (Fault("hang"), TryAgain, "sent nothing for 0.6 s"),
    (Fault("reset"), TryAgain, "broke off"),
    (Fault("disconnect"), TryAgain, "broke off"),
    (Fault("cut"), TryAgain, "broke off"),
    (Fault("void"), TryAgain, "no sound"),
    (Fault("short"), None, ""),
    (Fault("drip", pieces=4, seconds=0.05), None, ""),
]


@pytest.mark.parametrize(("fault", "kind", "words"), FAULTS, ids=[each[0].what for each in FAULTS])
def test_every_fault_is_one_sentence(
    server: SpeechStandIn, fault: Fault, kind: type[OneReelError] | None, words: str
) -> None:
    server.plan.set([fault])
    if kind is None:
        assert len(speak(engine(server)).samples)
        return
    with pytest.raises(kind, match=words) as raised:
        speak(engine(server))
    message = raised.value.user_message
    assert server.url.removeprefix("http://") in message
    assert "\n" not in message
    assert message.endswith(".")
    assert "<" not in message


def test_what_it_refuses_is_said_in_its_words(server: SpeechStandIn) -> None:
    with pytest.raises(ChooseVoice, match="Voice Zorro not found"):
        speak(engine(server), "Zorro")
    with pytest.raises(ChooseVoice, match="The model nothing does not exist"):
        speak(engine(server, model="nothing"))


def test_passing_failures_are_asked_again_and_lasting_ones_rest(server: SpeechStandIn) -> None:
    server.plan.set([Fault("503", times=2)])
    assert len(speak(engine(server, attempts=3)).samples)
    assert len(asked(server)) == 3
    server.plan.set([Fault("500", times=None)])
    tired = engine(server)
    for _ in range(3):
        with pytest.raises(TryAgain, match="failed"):
            speak(tired)
    count = len(asked(server))
    with pytest.raises(TryAgain, match="leaves it alone"):
        speak(tired)
    assert len(asked(server)) == count


def test_nobody_there_and_nothing_that_speaks(server: SpeechStandIn) -> None:
    gone = SpeechSettings(address="http://127.0.0.1:1")
    with pytest.raises(
        TryAgain, match=r"Nothing answers at 127\.0\.0\.1:1: start your speech server"
    ):
        speak(SpeechServer(gone, Remote(Patience(attempts=1))))
    elsewhere = SpeechSettings(address=f"{server.url}/somewhere/else")
    with pytest.raises((ReviseSetting, ChooseVoice), match="under \\[speech\\]"):
        speak(SpeechServer(elsewhere, Remote(Patience(attempts=1))))
    # A page for people that says "OK" to everything lists no voices either.
    server.plan.set([Fault("garbage")])
    with pytest.raises(ReviseSetting, match="a page instead of its voices"):
        engine(server).listed()


def test_it_can_be_stopped(server: SpeechStandIn) -> None:
    server.plan.set([Fault("hang")])
    cancel = Cancel()
    cancel.request()
    with pytest.raises(Cancelled):
        speak(engine(server), cancel=cancel)


def test_a_film_asks_it_once_for_each_line_whatever_its_pace(
    server: SpeechStandIn, home: Home
) -> None:
    settings = settings_of(server)
    play = film("The light goes on.", "It costs 5 km of rope, *all* of it.")
    first = narrate(play, home=home, settings=settings, voice="server:af_bella")
    assert [line.engine for line in first.lines] == ["server", "server"]
    assert [body["input"] for body in asked(server)] == [
        *("The light goes on.", "It costs five kilometers of rope, all of it.")
    ]
    slower = narrate(play, home=home, settings=settings, voice="server:af_bella", speed=0.8)
    assert len(asked(server)) == 2
    assert 1.15 < slower.lines[0].duration / first.lines[0].duration < 1.35
    for line in first.lines:
        assert [word.text for word in line.words] == line.text.split()
        samples, rate = soundfile.read(home.path(line.audio))
        assert (len(samples), rate) == (line.samples, line.rate)


def test_a_line_that_is_cut_asks_for_nothing_twice(server: SpeechStandIn, home: Home) -> None:
    settings = settings_of(server)
    text = "One two three four five six seven eight. Nine ten eleven. *Twelve* thirteen fourteen!"
    told = narrate(
        film(text, longest_shot=5, duration=10), home=home, settings=settings, voice="server"
    )
    assert len(told.lines) > 1
    assert " ".join(line.text for line in told.lines) == text.replace("*", "")
    assert [body["input"] for body in asked(server)] == [
        *("One two three four five six seven eight.", "Nine ten eleven."),
        "Twelve thirteen fourteen!",
    ]
    whole = narrate(film(text), home=home, settings=settings, voice="server")
    assert len(asked(server)) == 3
    (line,) = whole.lines
    starts = [float(line.words[i].start) for i in (0, 8, 11)]
    # Eight words of 0.35 s without the last one's gap, a pause; three words; a pause.
    assert np.allclose(starts, [0, 8 * 0.35 - 0.1 + 0.35, 11 * 0.35 - 0.2 + 0.7], atol=0.08)


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_words_are_found_in_its_sound(server: SpeechStandIn, home: Home, language: str) -> None:
    texts = json.loads(Path(__file__).with_name("spoken_texts.json").read_text("utf-8"))[language]
    espeak = Espeak()
    usual = SpeechOptions(language=language, voice=espeak.voices(language)[0])
    exact: dict[str, dict[int, float]] = {}

    def say(text: str) -> np.ndarray:
        speech = espeak.speak(text, usual, cancel=Cancel())
        begin, _ = trim_bounds(speech.samples, speech.rate)
        exact[text] = {i: start - begin / speech.rate for i, start in speech.starts.items()}
        return (resampled(speech.samples, speech.rate, RATE) * 30_000).astype(np.int16)

    server.say = say
    told = narrate(
        film(*texts, language=language, duration=60),
        home=home,
        settings=settings_of(server),
        voice="server:af_heart",
    )
    errors = [
        abs(float(line.words[i].start) - start)
        for line in told.lines
        for i, start in exact.get(line.text, {}).items()
    ]
    assert len(errors) > 25
    assert np.median(errors) < 0.06


def test_where_it_fails_the_next_voice_speaks_and_the_film_says_so(
    server: SpeechStandIn, home: Home
) -> None:
    # The first line comes; then the server has had enough.
    server.plan.set([Fault("401", where="speech", nth=2, times=None)])
    wish = {"voice": "server:af_heart", "backup_voices": ["espeak"]}
    told = narrate(
        film("The light.", "It goes on.", "And on."),
        home=home,
        **wish,
        settings=settings_of(server),
    )
    assert [line.engine for line in told.lines] == ["server", "espeak", "espeak"]
    failed, stepped_in = told.notes[:2]
    assert failed.startswith("The voice server:af_heart failed, so espeak steps in:")
    assert "wants another key" in failed
    assert stepped_in == "A backup voice, English (America), speaks s2, s3."
    # A voice that is back changes no scene that was timed without it.
    server.plan.set([])
    count = len(asked(server))
    again = narrate(told.screenplay, home=home, **wish, settings=settings_of(server))
    assert again.lines == told.lines
    assert len(asked(server)) == count
    assert stepped_in in again.notes


class Counter:
    """A priced server, a home, and a film's voices there."""

    def __init__(self, server: SpeechStandIn, home: Home, **fields: object) -> None:
        patience = Patience(silence=0.6, attempts=3, base=0.01, quota=0.01, failures=9)
        told = {"price": Decimal("0.015"), **fields}
        self.home = home
        self.settings = settings_of(server, **told).model_copy(
            update={"buying": BuyingSettings(on=True, film=Decimal("0.01"))}
        )
        self.remote = Remote(patience)

    def speak(self, text: str = TEXT, cancel: Cancel | None = None):
        purse = speech_purse("film", home=self.home, settings=self.settings)
        engine = SpeechServer(self.settings.speech, self.remote).paid_by(purse)
        narrator = Speaker(engine, "af_bella")
        (part,) = Casting(narrator=narrator, people={}, language="en").parts(text)
        return spoken_once(part, self.home, cancel or Cancel())

    def spent(self) -> list[tuple[str, Decimal | None]]:
        with open_ledger(self.home, self.settings) as ledger:
            return [(each.state, each.charged) for each in ledger.spendings()]


def test_a_priced_server_counts_in_the_caps(server: SpeechStandIn, home: Home) -> None:
    counter = Counter(server, home)
    counter.speak()
    counter.speak()
    cost = Decimal("0.015") * len(TEXT) / 1000
    assert counter.spent() == [("settled", cost)]
    assert len(asked(server)) == 1
    with pytest.raises(RaiseCap, match="The narration can cost up to"):
        counter.speak("The light goes on, and " * 60)
    counter.settings = counter.settings.model_copy(update={"buying": BuyingSettings()})
    with pytest.raises(SwitchOnBuying, match="buying is off"):
        counter.speak("Another sentence.")
    assert counter.speak() is not None
    with pytest.raises(SwitchOnBuying, match="nobody pays here"):
        speak(engine(server, price=1))


@pytest.mark.parametrize(
    ("fault", "tried", "state"),
    [
        (Fault("400", where="speech"), 1, "failed"),
        (Fault("429", where="speech", retry=0.01), 2, "settled"),
        (Fault("500", where="speech"), 1, "unknown"),
        (Fault("disconnect", where="speech"), 1, "unknown"),
        (Fault("hang", where="speech"), 1, "unknown"),
        (Fault("garbage", where="speech"), 1, "unknown"),
    ],
    ids=lambda value: value.what if isinstance(value, Fault) else "",
)
def test_what_a_priced_server_may_have_taken_is_not_asked_again(
    server: SpeechStandIn, home: Home, fault: Fault, tried: int, state: str
) -> None:
    server.plan.set([fault])
    counter = Counter(server, home)
    if state == "settled":
        counter.speak()
    else:
        with pytest.raises(ResolveTakes if state == "unknown" else ChooseVoice):
            counter.speak()
    assert len(asked(server)) == tried
    assert [each for each, _ in counter.spent()] == [state]


def test_who_stops_a_priced_server_is_obeyed(server: SpeechStandIn, home: Home) -> None:
    server.plan.set([Fault("latency", where="speech", seconds=5)])
    cancel = Cancel()
    threading.Timer(1.0, cancel.request).start()
    counter = Counter(server, home)
    counter.remote = Remote(Patience(silence=20))
    with pytest.raises(Cancelled):
        counter.speak(cancel=cancel)
    assert counter.spent() == [("unknown", None)]


def test_a_key_beyond_this_computer_needs_a_price(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key nobody can be billed, and what runs here is its owner's."""
    far = {"address": "https://speech.example.com/v1", "api_key": KEY}
    with pytest.raises(EnterPrice, match=r"price under \[speech\].*price = 0"):
        price_of(TEXT, SpeechSettings(**far))
    assert price_of(TEXT, SpeechSettings(**far, price=0)) == 0
    assert price_of("x" * 500, SpeechSettings(**far, price="0.03")) == Decimal("0.015")
    assert price_of(TEXT, SpeechSettings(address="http://192.168.1.5:8880")) == 0
    assert price_of(TEXT, SpeechSettings(address="http://127.0.0.1:8880", api_key=KEY)) == 0
    # What a launcher happens to set must not make it free.
    monkeypatch.setenv("ONEREEL_SPEECH__PRICE", "0")
    monkeypatch.setenv("ONEREEL_SPEECH__MODEL", "tts-1-hd")
    speech = Settings().speech
    assert (speech.price, speech.model) == (None, "tts-1-hd")
