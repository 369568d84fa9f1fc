"""Chains of voices and of writers: whatever breaks, a finished film and a true account of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import av
import pytest

from onereel.film import make_film
from onereel.home import Home
from onereel.options import FilmOptions
from onereel.reaching import speech_purse
from onereel.settings import (
    BuyingSettings,
    ElevenLabsSettings,
    GoogleSettings,
    OllamaSettings,
    Settings,
    SpeechSettings,
)
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.engines.elevenlabs import USUAL as ELEVEN
from onereel.voice.engines.gemini import USUAL as GEMINI
from onereel.voice.narrate import narrate
from tests.standins import Fault, Google
from tests.standins.elevenlabs import KEY, ElevenStandIn
from tests.standins.google import GEMINI_KEY
from tests.standins.speech import SpeechStandIn

PRICES = (
    f'["{GEMINI}"]\nspeaks = true\nrates = [{{ input = 1.00, output = 10.00 }}]\n'
    f'["{ELEVEN}"]\nreads = true\nprice = 0.10\n'
)
VOICES = {"server": "server:af_heart", "gemini": "gemini:Kore", "elevenlabs": "elevenlabs:George"}
BREAKS = [
    *[("server", Fault(what, where="speech", nth=2, times=None)) for what in ("401", "404")],
    *[("server", Fault(what, where="speech", nth=2, times=None)) for what in ("garbage", "void")],
    *[("gemini", Fault(what, where="speech", nth=2, times=None)) for what in ("400", "403", "404")],
    *[("gemini", Fault(what, where="speech", nth=2, times=None)) for what in ("500", "garbage")],
    ("gemini", Fault("disconnect", where="speech", nth=2, times=None)),
    ("gemini", Fault("blocked", where="outcome", nth=2, times=None, reason="SAFETY")),
    *[("gemini", Fault(what, where="outcome", nth=2, times=None)) for what in ("filtered", "text")],
    *[("elevenlabs", Fault(what, where="speech", nth=2, times=None)) for what in ("401", "402")],
    *[("elevenlabs", Fault(what, where="speech", nth=2, times=None)) for what in ("422", "500")],
    ("elevenlabs", Fault("404", where="speech", nth=2, times=None, reason="VOICE_NOT_FOUND")),
    *[("elevenlabs", Fault(what, where="speech", nth=2, times=None)) for what in ("cut", "void")],
]


class House:
    """Three services that speak, a home, and what it settles."""

    def __init__(
        self, google: Google, eleven: ElevenStandIn, server: SpeechStandIn, folder: Path
    ) -> None:
        self.google = google
        self.plans = {"server": server.plan, "gemini": google.plan, "elevenlabs": eleven.plan}
        self.home = Home(private=folder, media=folder / "media")
        (folder / "models.toml").write_text(PRICES, "utf-8")
        self.settings = Settings(
            google=GoogleSettings(gemini_api_key=GEMINI_KEY, gemini_address=google.url),
            elevenlabs=ElevenLabsSettings(api_key=KEY, address=eleven.url),
            speech=SpeechSettings(address=server.url),
            ollama=OllamaSettings(host="http://127.0.0.1:9"),
            buying=BuyingSettings(on=True, film=Decimal(5), day=Decimal(5)),
        )


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Google() as google, ElevenStandIn() as eleven, SpeechStandIn() as server:
        yield House(google, eleven, server, tmp_path)


@pytest.mark.parametrize(
    ("engine", "fault"), BREAKS, ids=[f"{name} {fault.what}" for name, fault in BREAKS]
)
def test_every_fault_of_a_voice_leaves_a_whole_narration_and_says_who_spoke(
    house: House, engine: str, fault: Fault
) -> None:
    house.plans[engine].set([fault])
    brief = Brief(idea="A lighthouse", duration=60, longest_shot=20)
    texts = ("The light goes on.", "It turns once.", "Nobody saw it.")
    scenes = tuple(Scene(id=f"s{at}", narration=text) for at, text in enumerate(texts, 1))
    play = Screenplay(title="Light", brief=brief, scenes=scenes)
    purse = speech_purse(brief.film_id, home=house.home, settings=house.settings)
    told = narrate(
        play,
        home=house.home,
        settings=house.settings,
        purse=purse,
        voice=VOICES[engine],
        backup_voices=["espeak"],
    )
    assert tuple(line.text for line in told.lines) == texts
    assert [line.engine for line in told.lines] == [engine, "espeak", "espeak"]
    failed, stepped_in = told.notes[:2]
    assert failed.startswith("The voice ")
    assert "espeak steps in" in failed
    assert "s2, s3" in stepped_in


async def test_a_film_is_made_where_every_writer_and_every_voice_but_the_last_fails(
    house: House, tmp_path: Path
) -> None:
    house.google.plan.set(
        [
            Fault("blocked", where="outcome", times=None, reason="SAFETY"),
            Fault("403", where="speech", times=None),
        ]
    )
    house.plans["server"].set([Fault("garbage", where="speech", times=None)])
    house.plans["elevenlabs"].set([Fault("401", where="speech", times=None)])
    film = await make_film(
        Brief(idea="A lighthouse keeper who is afraid of the dark", duration=Fraction(8)),
        tmp_path / "film.mp4",
        options=FilmOptions(
            writer="best",
            resolution="480p",
            voice=VOICES["elevenlabs"],
            backup_voices=f"{VOICES['gemini']}; {VOICES['server']}; espeak",
        ),
        work=Work(house.home, house.settings),
    )
    with av.open(str(film.reel.path)) as container:
        assert container.duration / av.time_base == pytest.approx(8, abs=0.5)
    account = " ".join(film.notes)
    assert film.screenplay.writer == "built-in"
    for said in (
        "The built-in writer wrote the script.",
        "Gemini did not write it:",
        "Ollama did not write it:",
        "elevenlabs:George failed",
        "gemini:Kore",
        "server:af_heart",
    ):
        assert said in account
    assert {line.engine for line in film.lines} == {"espeak"}
