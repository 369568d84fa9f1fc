"""ElevenLabs: the voices of a key, for credits that the owner lets go, with every word in time."""

import json
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import soundfile

from onereel.commands import voices as voices_command
from onereel.commands.checks import _elevenlabs
from onereel.errors import (
    AddKey,
    ChooseLanguage,
    ChooseVoice,
    EnterPrice,
    InstallPart,
    OneReelError,
    RaiseCap,
    ResolveTakes,
    RevisePrompt,
    ReviseSetting,
    SwitchOnBuying,
    WaitForQuota,
)
from onereel.home import Home
from onereel.reaching import speech_purse
from onereel.remote import Patience, Remote
from onereel.settings import BuyingSettings, ElevenLabsSettings, Settings, SpeechSettings
from onereel.shoot.buying.opening import open_ledger
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.casting import Casting, Speaker
from onereel.voice.engines.elevenlabs import USUAL, ElevenLabs
from onereel.voice.engines.elevenlabs_library import Library
from onereel.voice.engines.known import choose, voice_names
from onereel.voice.narrate import narrate
from onereel.voice.once import spoken_once
from onereel.work import Cancel
from tests.standins.elevenlabs import KEY, ElevenStandIn
from tests.standins.faults import Fault
from tests.standins.speech import SpeechStandIn

PRICE = f'["{USUAL}"]\nreads = true\nprice = 0.10\n'
TEXT = "The light goes on, all of it."
GEORGE = "George - Warm, Captivating Storyteller"


@pytest.fixture
def eleven() -> Iterator[ElevenStandIn]:
    with ElevenStandIn() as server:
        yield server


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "models.toml").write_text(PRICE, "utf-8")
    return Home(private=tmp_path, media=tmp_path / "media")


def settings_of(eleven: ElevenStandIn, *, key: str = KEY, on: bool = True, **more: object):
    buying = {name: more.pop(name) for name in ("film", "day") if name in more}
    return Settings(
        elevenlabs=ElevenLabsSettings(api_key=key, address=eleven.url, **more),
        buying=BuyingSettings(on=on, **buying),
    )


def film(*narrations: str, planned: int = 1, **brief: object) -> Screenplay:
    """In scenes that are planned too short for anybody to speak slower."""
    return Screenplay(
        title="Light",
        brief=Brief(idea="A lighthouse", **{"longest_shot": 20, "duration": 60, **brief}),
        scenes=tuple(
            Scene(id=f"s{i}", narration=text, duration=planned)
            for i, text in enumerate(narrations, 1)
        ),
    )


def told(play: Screenplay, home: Home, settings: Settings, **wish: object):
    purse = speech_purse(play.brief.film_id, home=home, settings=settings)
    wish = {"voice": "elevenlabs:George", **wish}
    return narrate(play, home=home, settings=settings, purse=purse, **wish)


def asked(eleven: ElevenStandIn) -> list[dict[str, object]]:
    sent = [each for each in eleven.requests if each.path.endswith("/with-timestamps")]
    return [json.loads(each.body) for each in sent]


def spent(home: Home, settings: Settings) -> list[tuple[str, Decimal, Decimal | None]]:
    with closing(open_ledger(home, settings)) as ledger:
        return [(each.model, each.ceiling, each.charged) for each in ledger.spendings()]


def speak(home: Home, settings: Settings, voice: str = GEORGE, text: str = TEXT, attempts: int = 1):
    """Buy one sentence, without patience."""
    purse = speech_purse("film", home=home, settings=settings)
    patience = Patience(silence=1.0, call=2.0, attempts=attempts, grace=0.5)
    engine = ElevenLabs(Library(settings.elevenlabs, Remote(patience)), purse)
    casting = Casting(narrator=Speaker(engine, voice), people={}, language="en")
    (part,) = casting.parts(text)
    return spoken_once(part, home, Cancel())


def test_it_is_asked_as_the_api_wants_and_tells_when_each_word_begins(
    eleven: ElevenStandIn, home: Home
) -> None:
    settings = settings_of(eleven)
    (line,) = told(film(TEXT), home, settings).lines
    (request,) = [each for each in eleven.requests if each.method == "POST"]
    assert request.path == "/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb/with-timestamps"
    assert request.query == "output_format=pcm_24000"
    assert request.headers["xi-api-key"] == KEY
    assert asked(eleven) == [{"text": TEXT, "model_id": USUAL}]
    assert (line.engine, line.voice, line.text) == ("elevenlabs", GEORGE, TEXT)
    assert [word.text for word in line.words] == TEXT.split()
    # What the service told: a word of the hum each 0.35 s, less the silence before the first.
    starts = [float(word.start) for word in line.words]
    assert np.allclose(starts, [0.35 * i for i in range(7)], atol=0.03)
    samples, rate = soundfile.read(home.path(line.audio))
    assert (rate, len(samples)) == (24_000, line.samples)


def test_each_sentence_is_bought_once_for_what_the_service_says(
    eleven: ElevenStandIn, home: Home
) -> None:
    settings = settings_of(eleven)
    play = film(f"{TEXT} It goes off again.", "It goes off again.")
    first = told(play, home, settings)
    assert [body["text"] for body in asked(eleven)] == [TEXT, "It goes off again."]
    money = spent(home, settings)
    assert {model for model, _, _ in money} == {USUAL}
    wanted = sum(len(text) * Decimal("0.0001") for text in (TEXT, "It goes off again."))
    assert sum(ceiling for _, ceiling, _ in money) == wanted
    assert sum(charged for _, _, charged in money) == wanted
    assert sum(charge.amount for charge in eleven.charges) == wanted
    # Another pace, another stress, a lost line: nothing is asked for again, and times stay exact.
    slower = told(play, home, settings, speed=0.8)
    home.path(first.lines[0].audio).unlink()
    assert told(play, home, settings).lines == first.lines
    assert len(asked(eleven)) == 2
    stretch = float(slower.lines[1].words[-1].start / first.lines[1].words[-1].start)
    assert abs(stretch - 1.25) < 0.05
    # Nor where a scene has room for a slower voice: what was bought is drawn out here.
    roomy = told(film(play.scenes[1].narration, planned=4), home, settings)
    stretch = float(roomy.lines[0].words[-1].start / first.lines[1].words[-1].start)
    assert abs(stretch - 1.1) < 0.02
    assert len(asked(eleven)) == 2


def test_what_a_voice_did_cost_is_what_its_answer_says(eleven: ElevenStandIn, home: Home) -> None:
    settings = settings_of(eleven)
    eleven.factor = Decimal("0.5")
    told(film(TEXT), home, settings)
    ((_, ceiling, charged),) = spent(home, settings)
    assert charged == ceiling / 2 == eleven.charges[0].amount
    eleven.tells_cost, eleven.factor = False, Decimal(1)
    told(film("And now without a word."), home, settings)
    assert len(spent(home, settings)) == 2
    assert sum(charged for _, _, charged in spent(home, settings)) == sum(
        charge.amount for charge in eleven.charges
    )


def test_nothing_is_sent_while_buying_is_off_or_a_price_or_a_cap_is_missing(
    eleven: ElevenStandIn, home: Home
) -> None:
    with pytest.raises(SwitchOnBuying, match="buying on"):
        told(film(TEXT), home, settings_of(eleven, on=False))
    with pytest.raises(RaiseCap):
        told(film(TEXT * 5), home, settings_of(eleven, film=Decimal("0.01")))
    (home.private / "models.toml").unlink()
    with pytest.raises(EnterPrice, match=r'\["eleven_multilingual_v2"\], as reads = true'):
        told(film(TEXT), home, settings_of(eleven))
    with pytest.raises(EnterPrice, match="eleven_v9"):
        told(film(TEXT), home, settings_of(eleven, model="eleven_v9"))
    with pytest.raises(SwitchOnBuying, match="nobody pays here"):
        narrate(film(TEXT), home=home, settings=settings_of(eleven), voice="elevenlabs:George")
    assert asked(eleven) == []
    backed = told(film(TEXT), home, settings_of(eleven, on=False), backup_voices=["espeak"])
    assert backed.lines[0].engine == "espeak"
    assert "buying is off" in backed.notes[0]


FAULTS = [
    (Fault("401", where="speech"), WaitForQuota, "no credits left"),
    (Fault("401", where="speech", reason="INVALID_API_KEY"), AddKey, "does not take this key"),
    (Fault("402", where="speech"), ChooseVoice, "does not have this voice"),
    (Fault("403", where="speech", reason="MISSING_PERMISSIONS"), AddKey, "does not take this key"),
    (Fault("403", where="speech", reason="OUTPUT_FORMAT_NOT_ALLOWED"), ReviseSetting, "format ="),
    (Fault("404", where="speech", reason="VOICE_NOT_FOUND"), ChooseVoice, "any more"),
    (Fault("409", where="speech", late=True), ResolveTakes, "nobody knows whether"),
    (Fault("422", where="speech"), RevisePrompt, "does not speak these words"),
    (Fault("429", where="speech"), WaitForQuota, "takes no more for now"),
    (Fault("500", where="speech"), ResolveTakes, r"failed \(500\)"),
    (Fault("503", where="speech"), ResolveTakes, r"failed \(503\)"),
    (Fault("garbage", where="speech"), OneReelError, "not as ElevenLabs does"),
    (Fault("truncated", where="speech"), OneReelError, "not as ElevenLabs does"),
    (Fault("cut", where="speech"), ResolveTakes, "broke off"),
    (Fault("disconnect", where="speech"), ResolveTakes, "broke off"),
    (Fault("reset", where="speech"), ResolveTakes, "broke off"),
    (Fault("hang", where="speech"), ResolveTakes, "sent nothing for 1 s"),
    (Fault("void", where="speech"), OneReelError, "not as ElevenLabs does"),
    (Fault("drip", where="speech", pieces=4, seconds=0.02), None, ""),
]


@pytest.mark.parametrize(
    ("fault", "kind", "words"), FAULTS, ids=[f"{f.what} {f.reason}" for f, _, _ in FAULTS]
)
def test_every_fault_is_one_sentence_and_its_money_is_known(
    eleven: ElevenStandIn, home: Home, fault: Fault, kind: type[OneReelError] | None, words: str
) -> None:
    settings = settings_of(eleven)
    eleven.plan.set([fault])
    if kind is None:
        assert len(speak(home, settings).samples)
        return
    with pytest.raises(kind, match=words) as raised:
        speak(home, settings)
    message = raised.value.user_message
    assert message.endswith(".")
    assert "\n" not in message
    assert KEY not in message
    assert "<" not in message
    ((_, ceiling, charged),) = spent(home, settings)
    if fault.what.startswith("4") and not fault.late:
        assert charged == 0
    elif fault.what in ("garbage", "truncated", "void"):
        # It was spoken, and the head of the answer said for how much.
        assert charged == eleven.charges[0].amount
    else:
        assert charged is None or charged == ceiling
        # A request whose end nobody knows is not made again by itself.
        count = len(asked(eleven))
        with pytest.raises(ResolveTakes):
            speak(home, settings)
        assert len(asked(eleven)) == count


def test_the_plan_decides_and_what_it_says_is_passed_on(eleven: ElevenStandIn, home: Home) -> None:
    eleven.credits = Decimal(5)
    with pytest.raises(WaitForQuota, match="You have 5 credits remaining"):
        speak(home, settings_of(eleven), attempts=3)
    # The next month is not waited for.
    assert len(asked(eleven)) == 1
    eleven.credits = Decimal(10_000)
    with pytest.raises(ReviseSetting, match="Pro tier"):
        speak(home, settings_of(eleven, format="pcm_44100"))
    eleven.pro = True
    assert speak(home, settings_of(eleven, format="pcm_44100")).rate == 44_100
    assert speak(home, settings_of(eleven, format="mp3_44100_128")).rate == 44_100
    eleven.library = ("JBFqnCBsd6RMkjVDRZzb",)
    with pytest.raises(ChooseVoice, match="Free users cannot use library voices"):
        speak(home, settings_of(eleven), text="Another sentence.")


def test_voices_are_those_of_the_key_over_all_pages(eleven: ElevenStandIn, home: Home) -> None:
    settings = settings_of(eleven)
    names = voice_names("de", settings)
    assert GEORGE in names
    # Two of one name are told apart by their ids.
    twins = [name for name in names if name.startswith("Twin")]
    assert twins == ["Twin aaaaaaaaaaaaaaaaaaaa", "Twin bbbbbbbbbbbbbbbbbbbb"]
    pages = [each.query for each in eleven.requests]
    assert ["next_page_token=3" in page for page in pages] == [False, True]
    for voice in ("elevenlabs:george", "GEORGE", GEORGE.lower(), "JBFqnCBsd6RMkjVDRZzb"):
        engine, name = choose("de", voice, settings)
        assert (engine.name, name) == ("elevenlabs", GEORGE)
    assert choose("en", "auto", settings)[0].local
    with pytest.raises(ChooseVoice, match="no voice 'Zorro'"):
        choose("en", "elevenlabs:Zorro", settings)
    purse = speech_purse("film", home=home, settings=settings)
    with pytest.raises(ChooseLanguage, match="ElevenLabs speaks 'sw'"):
        choose("sw", "elevenlabs", settings, purse)
    with pytest.raises(InstallPart, match="set elevenlabs-api-key"):
        choose("en", "elevenlabs:George", settings_of(eleven, key=""))
    engine, voice = choose("en", "elevenlabs:George", settings)
    assert len({voice, *engine.apart("en", voice)}) == len(eleven.voices)


def test_a_voice_that_is_gone_from_the_key_is_backed_up(eleven: ElevenStandIn, home: Home) -> None:
    settings = settings_of(eleven)
    told(film(TEXT), home, settings)
    eleven.voices = eleven.voices[1:]
    wish = {"backup_voices": ["espeak"]}
    backed = told(film("It goes off again."), home, settings, **wish)
    assert backed.lines[0].engine == "espeak"
    assert "does not have this voice any more" in backed.notes[0]
    assert "A backup voice" in " ".join(backed.notes)


def test_a_key_for_another_service_and_an_address_of_something_else(
    eleven: ElevenStandIn, home: Home
) -> None:
    other = settings_of(eleven, key="sk_of_another_account_1234")
    with pytest.raises(AddKey, match=r"does not take this key \(Invalid API key\)") as raised:
        told(film(TEXT), home, other)
    assert "1234" not in raised.value.user_message
    assert spent(home, other) == [] or all(charged == 0 for _, _, charged in spent(home, other))
    with SpeechStandIn() as speech:
        wrong = Settings(
            elevenlabs=ElevenLabsSettings(api_key=KEY, address=speech.url),
            buying=BuyingSettings(on=True),
        )
        with pytest.raises(ReviseSetting, match="not as ElevenLabs does; correct address"):
            told(film(TEXT), home, wrong, voice="elevenlabs:George")
    assert asked(eleven) == []


def test_the_command_lists_them_beside_those_of_this_machine(
    eleven: ElevenStandIn,
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("ONEREEL_HOME", str(home.private))
    monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)
    monkeypatch.setenv("ONEREEL_ELEVENLABS__ADDRESS", eleven.url)
    assert voices_command.main(["--language", "de"]) == 0
    listed = capsys.readouterr().out
    assert f"elevenlabs:{GEORGE}  " in listed
    assert "German+f2" in listed
    # A model that does not speak a language offers no voice for it.
    assert voices_command.main(["--language", "sw"]) == 0
    assert "elevenlabs:" not in capsys.readouterr().out
    assert voices_command.main(["--language", "xx-none"]) == 1


def test_the_check_asks_whether_the_key_is_taken(eleven: ElevenStandIn, home: Home) -> None:
    def found(settings: Settings) -> tuple[str, str]:
        (line,) = _elevenlabs(home, settings)
        return line.state, line.words

    assert found(settings_of(eleven)) == ("ok", "5 voices, for $0.10 a thousand credits.")
    assert found(settings_of(eleven, on=False))[0] == "off"
    assert found(settings_of(eleven, key="sk_of_another_account_1234"))[0] == "wrong"
    state, words = found(settings_of(eleven, key=""))
    assert (state, "set elevenlabs-api-key" in words) == ("off", True)
    (home.private / "models.toml").unlink()
    state, words = found(settings_of(eleven))
    assert (state, "price = 0.00" in words) == ("off", True)


def test_the_key_goes_to_its_own_host_only(eleven: ElevenStandIn, home: Home) -> None:
    with SpeechStandIn() as speech:
        settings = Settings(
            elevenlabs=ElevenLabsSettings(api_key=KEY, address=eleven.url),
            speech=SpeechSettings(address=speech.url),
            buying=BuyingSettings(on=True),
        )
        told(film(TEXT), home, settings)
        told(film(TEXT), home, settings, voice="server:af_bella")
        assert all(KEY not in json.dumps(each.headers) for each in speech.requests)
        assert any(each.path.endswith("/speech") for each in speech.requests)
