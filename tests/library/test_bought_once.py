"""Words, voices and pictures are paid for once: real processes, kill -9, Interrupt.

The SDK talks to the stand-in; what is asked for twice would be paid for twice.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from onereel.cast.character import Character
from onereel.commands.ledger import main as ledger_command
from onereel.directors import DIRECT
from onereel.errors import (
    Cancelled,
    ChooseAnotherModel,
    ResolveTakes,
    RevisePrompt,
    StorageError,
    SwitchOnBuying,
)
from onereel.home import Home
from onereel.money import dollars
from onereel.reaching import speech_purse
from onereel.remote import Patience, Remote
from onereel.revoicing import translated
from onereel.settings import (
    BuyingSettings,
    GoogleSettings,
    LedgerSettings,
    Settings,
    WritingSettings,
)
from onereel.shoot.buying.opening import open_ledger
from onereel.shoot.drawing import DrawingOptions, draw_scenes
from onereel.shoot.ledger import Ledger, Spending
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.screenplay import Scene, Screenplay
from onereel.voice.engines.gemini import USUAL
from onereel.voice.narrate import narrate
from onereel.work import Cancel
from onereel.writers import WRITERS
from tests.ledger_work import home_in, processes
from tests.standins import Fault, Google
from tests.standins.google import GEMINI_KEY

PRICES = f'["{USUAL}"]\nspeaks = true\nrates = [{{ input = 1.00, output = 10.00 }}]\n'
PATIENCE = Patience(connect=5, silence=20, call=20, grace=2, attempts=3, base=0.01, most=60)
BRIEF = Brief(idea="A lighthouse keeper who is afraid of the dark", duration=Fraction(12))
PLACE = {
    "script": "text",
    "directing": "text",
    "translation": "text",
    "narration": "speech",
    "exchange": "speech",
    "picture": "image",
}
KINDS = tuple(PLACE)


def settings_for(url: str, *, lease: float = 60.0) -> Settings:
    return Settings(
        google=GoogleSettings(gemini_api_key=GEMINI_KEY, gemini_address=url),
        buying=BuyingSettings(on=True, day="100"),
        writing=WritingSettings(),
        ledger=LedgerSettings(lease=lease),
    )


ALONE = "The light goes on."
TALK = "ANNA: Who is there? Say something.\nBEN: Only me.\nANNA: In this weather?"
CAST = (
    Character(name="Anna", voice="gemini:Kore"),
    Character(name="Ben", voice="gemini:Puck"),
)


def spoken(words: str = ALONE) -> Screenplay:
    scene = Scene(id="s1", narration=words, prompt="A light", duration=Fraction(4))
    brief = Brief(idea="A lighthouse", longest_shot=20, duration=60)
    return Screenplay(title="Light", brief=brief, scenes=(scene,), cast=CAST)


async def buy(kind: str, home: Home, settings: Settings, cancel: Cancel | None = None) -> str:
    """Have one of the things; say what came."""
    work, remote = Work(home, settings, cancel=cancel or Cancel()), Remote(PATIENCE)
    if kind == "script":
        made = await WRITERS["gemini"].run(work, brief=BRIEF, model="", seed=0, remote=remote)
        return str(made["screenplay"].title)
    if kind == "directing":
        film = write_builtin(BRIEF)
        made = await DIRECT.run(work, screenplay=film, director="gemini", model="", seed=0)
        return str(made["notes"])
    if kind == "translation":
        told = {"writer": "gemini:", "home": home, "settings": settings, "cancel": cancel}
        return (await translated(write_builtin(BRIEF), "de", **told)).title
    if kind in ("narration", "exchange"):
        purse = speech_purse("film", home=home, settings=settings)
        known: dict[str, Any] = {"home": home, "settings": settings, "purse": purse}
        voice = {"voice": "gemini:Kore", "cancel": cancel}
        film = spoken(TALK if kind == "exchange" else ALONE)
        line = (await asyncio.to_thread(narrate, film, **known, **voice)).lines[0]
        return line.audio
    film = spoken()
    if kind == "large picture":
        film = film.replace(scenes=[film.scenes[0].replace(prompt="Nothing but noise")])
    drawn = await draw_scenes(
        film, DrawingOptions(), home=home, settings=settings, remote=remote, cancel=cancel
    )
    return str(drawn.missing or sorted(drawn.pictures))


def buy_elsewhere(kind: str, folder: Path, url: str) -> None:
    """In a process of its own, which says what came of it."""
    told = asyncio.run(buy(kind, home_in(folder), settings_for(url)))
    (folder / f"told-{os.getpid()}.json").write_text(json.dumps(told), "utf-8")


class Room:
    """A stand-in, and a home in which things are bought."""

    def __init__(self, google: Google, folder: Path) -> None:
        self.google = google
        self.folder = folder
        self.home = home_in(folder)
        self.home.private.mkdir(parents=True)
        (self.home.private / "models.toml").write_text(PRICES, "utf-8")

    def asked(self) -> int:
        return sum("enerateContent" in request.path for request in self.google.requests)

    def spent(self) -> tuple[Spending, ...]:
        """As whoever looks next sees it."""
        with open_ledger(self.home, settings_for(self.google.url)) as ledger:
            return ledger.spendings()

    async def buy(self, kind: str, *, lease: float = 60.0, cancel: Cancel | None = None) -> str:
        settings = settings_for(self.google.url, lease=lease)
        return await buy(kind, self.home, settings, cancel)

    def start(self, kind: str) -> Any:
        arguments = (kind, self.folder, self.google.url)
        process = processes().Process(target=buy_elsewhere, args=arguments)
        process.start()
        return process

    async def until_asked(self) -> None:
        while not self.asked():
            await asyncio.sleep(0.02)

    async def until(self, kind: str) -> None:
        """Wait for an event at the stand-in."""
        while not any(event.kind == kind for event in self.google.log.after()):
            await asyncio.sleep(0.02)

    def kept(self) -> list[Path]:
        """What was bought and is on disk."""
        folders = (self.home.private / "answers", self.home.media / "drawings")
        spoken = self.home.media / "lines" / "spoken"
        found = [path for each in (*folders, spoken) for path in each.glob("*")]
        return [path for path in found if not path.stem.endswith("onereel-")]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Google(latency=0) as google:
        yield Room(google, tmp_path)


@pytest.mark.parametrize("kind", ["narration", "script"])
async def test_two_processes_at_once_pay_once(room: Room, kind: str) -> None:
    room.google.plan.set([Fault("latency", where=PLACE[kind], seconds=1.0, times=None)])
    both = [room.start(kind) for _ in range(2)]
    for process in both:
        await asyncio.to_thread(process.join, 60)
    told = [json.loads(path.read_text("utf-8")) for path in room.folder.glob("told-*.json")]
    assert len(told) == 2
    assert told[0] == told[1]
    assert room.asked() == 1
    (spending,) = room.spent()
    assert spending.state == "settled"
    assert spending.charged


@pytest.mark.parametrize("kind", ["directing", "narration", "picture"])
async def test_killed_between_keeping_and_settling(room: Room, kind: str) -> None:
    """The next look settles what is kept, to the cent, and nothing is asked for again."""
    room.google.plan.set([Fault("hold", where=PLACE[kind])])
    process = room.start(kind)
    while not room.google.log.held:
        await asyncio.sleep(0.02)
    # Whoever wants to write into the ledger now has to wait.
    path = room.home.private / "ledger.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        room.google.log.go()
        while not room.kept():
            await asyncio.sleep(0.02)
        process.kill()
        await asyncio.to_thread(process.join, 60)
        lock.execute("ROLLBACK")
    with Ledger.open(room.home) as ledger:
        # What the one that was killed left behind.
        assert [each.charged for each in ledger.spendings()] == [None]
    (spending,) = room.spent()
    assert spending.state == "settled"
    assert spending.charged
    assert spending.charged <= spending.ceiling
    asked = room.asked()
    room.google.plan.set([])
    await room.buy(kind, lease=1.0)
    assert [each.charged for each in room.spent()].count(spending.charged) >= 1
    others = [each for each in room.spent() if each.key != spending.key]
    # A film of several answers goes on where it was broken off.
    assert room.asked() == asked + len(others)
    assert all(each.what == spending.what for each in others)


@pytest.mark.parametrize("kind", ["script", "translation"])
async def test_what_was_charged_and_never_came_is_not_asked_for_again(
    room: Room, kind: str
) -> None:
    """As for takes: the owner has to allow it, and may."""
    room.google.plan.set([Fault("blocked", where="outcome")])
    with pytest.raises(RevisePrompt):
        await room.buy(kind)
    (spending,) = room.spent()
    assert (spending.state, bool(spending.charged)) == ("failed", True)
    room.google.plan.set([])
    with pytest.raises(ResolveTakes, match="did not come") as raised:
        await room.buy(kind)
    assert dollars(spending.charged or Decimal(0)) in raised.value.user_message
    assert f"ledger try-again {spending.key[:8]}" in raised.value.user_message
    assert room.asked() == 1
    with Ledger.open(room.home) as ledger:
        assert ledger.try_spending_again(spending.key, "in other words").charged == spending.charged
    with suppress(ChooseAnotherModel):
        await room.buy(kind)
    assert room.asked() > 1
    assert sum(each.charged or 0 for each in room.spent()) > (spending.charged or 0)


@pytest.mark.parametrize("kind", ["script", "narration"])
async def test_killed_while_it_is_being_sent(
    room: Room, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody knows: it is listed, counts, is not asked for again, and the owner decides."""
    room.google.plan.set([Fault("hang", where=PLACE[kind])])
    process = room.start(kind)
    await room.until_asked()
    process.kill()
    await asyncio.to_thread(process.join, 60)
    settings_file = room.home.private / "settings.toml"
    settings_file.write_text("[buying]\non = true\n[ledger]\nlease = 1\n", "utf-8")
    with pytest.raises(ResolveTakes, match="not asked for again by itself") as raised:
        await room.buy(kind, lease=1.0)
    assert room.asked() == 1
    (spending,) = room.spent()
    assert (spending.state, spending.charged) == ("unknown", None)
    assert spending.key[:8] in raised.value.user_message
    monkeypatch.setenv("ONEREEL_HOME", str(room.home.private))
    assert ledger_command(["list", "--state", "unknown"]) == 0
    assert spending.key[:8] in capsys.readouterr().out
    assert ledger_command(["write-off", spending.key[:8]]) == 0
    with pytest.raises(ResolveTakes, match="was written off"):
        await room.buy(kind)
    assert ledger_command(["try-again", spending.key[:8]]) == 0
    await room.buy(kind)
    assert room.asked() == 2
    assert ledger_command(["show", spending.key[:8]]) == 0
    shown = capsys.readouterr().out
    for state in ("reserved", "submitting", "unknown", "written off", "abandoned"):
        assert state in shown
    with Ledger.open(room.home) as ledger:
        assert ledger.totals().day_held == 0


@pytest.mark.parametrize("kind", ["script", "directing", "translation"])
async def test_stopped_while_it_is_written(room: Room, kind: str) -> None:
    cancel = Cancel()
    room.google.plan.set([Fault("drip", where="text", seconds=600)])
    writing = asyncio.create_task(room.buy(kind, cancel=cancel))
    await room.until("first byte")
    cancel.request()
    with pytest.raises(Cancelled):
        await writing
    (spending,) = room.spent()
    assert (spending.state, spending.charged) == ("unknown", None)


async def test_stopped_before_it_is_taken(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    """What is turned away and waits to be sent again was not taken: its money is free."""
    cancel = Cancel()
    room.google.plan.set([Fault("429", where="text", retry=55, times=None)])
    writing = asyncio.create_task(room.buy("script", cancel=cancel))
    while "is tried again in" not in caplog.text:
        await asyncio.sleep(0.02)
    cancel.request()
    with pytest.raises(Cancelled):
        await writing
    (spending,) = room.spent()
    assert (spending.state, spending.charged) == ("failed", Decimal(0))
    with Ledger.open(room.home) as ledger:
        assert ledger.totals().day_held == 0
    room.google.plan.set([])
    assert await room.buy("script")


@pytest.mark.parametrize("kind", ["script", "directing", "translation", "picture"])
async def test_what_is_gone_from_the_disk_is_not_paid_for_twice(room: Room, kind: str) -> None:
    await room.buy(kind)
    asked, before = room.asked(), room.spent()
    for path in (*room.kept(), *(room.home.private / "scripts").glob("*")):
        path.unlink()
    try:
        told = await room.buy(kind)
    except ResolveTakes as error:
        told = error.user_message
    assert "gone from the disk and is not bought twice" in told
    assert room.asked() == asked
    assert room.spent() == before


@pytest.mark.parametrize("kind", ["narration", "exchange"])
async def test_a_sentence_that_is_gone_is_not_paid_for_twice(room: Room, kind: str) -> None:
    await room.buy(kind)
    asked = room.asked()
    longest = max(room.kept(), key=lambda path: path.stat().st_size)
    for path in room.home.path("lines").glob("*.*"):
        path.unlink()
    for path in room.kept():
        if path != longest or kind == "narration":
            path.unlink()
    if kind == "narration":
        with pytest.raises(ResolveTakes, match="gone from the disk"):
            await room.buy(kind)
    else:
        # It was kept as a whole, and is cut once more.
        await room.buy(kind)
    assert room.asked() == asked


FOLDERS = {
    "narration": "media/lines/spoken",
    "picture": "media/drawings",
    "script": "private/answers",
}


@pytest.mark.parametrize("kind", FOLDERS)
async def test_what_comes_and_finds_no_place_is_kept_once_there_is_one(
    room: Room, kind: str
) -> None:
    room.google.plan.set([Fault("hold", where=PLACE[kind], event="received")])
    buying = asyncio.create_task(room.buy(kind))
    while not room.google.log.held:
        await asyncio.sleep(0.02)
    place = room.folder / FOLDERS[kind]
    place.rmdir()
    place.write_text("no folder", "utf-8")
    room.google.log.go()
    with pytest.raises(StorageError, match=r"; \$0\.0\d* were paid for .*: run again once it can"):
        await buying
    (spending,) = room.spent()
    assert spending.state == "settled"
    assert spending.charged
    place.unlink()
    room.google.plan.set([])
    assert await room.buy(kind)
    assert room.asked() == 1
    assert room.spent() == (spending,)
    assert not list((room.home.private / "bills").iterdir())


@pytest.mark.parametrize("kind", FOLDERS)
async def test_nothing_is_asked_for_that_could_not_be_kept(room: Room, kind: str) -> None:
    place = room.folder / FOLDERS[kind]
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("no folder", "utf-8")
    with pytest.raises(StorageError, match=re.escape(str(place))):
        await room.buy(kind)
    assert room.asked() == 0
    assert room.spent() == ()


async def test_buying_is_switched_off_in_the_middle_of_a_film(room: Room) -> None:
    path = room.home.private / "settings.toml"
    switch = "[buying]\non = {}\n[google]\ngemini_api_key = {!r}\ngemini_address = {!r}\n"
    path.write_text(switch.format("true", GEMINI_KEY, room.google.url), "utf-8")
    settings = Settings.load(room.home)
    room.google.plan.set([Fault("latency", where="speech", seconds=0.5, times=None)])
    purse = speech_purse("film", home=room.home, settings=settings)
    play = spoken("The light goes on. The bell rings twice. Nobody is there.")
    speaking = asyncio.create_task(
        asyncio.to_thread(
            narrate, play, home=room.home, settings=settings, purse=purse, voice="gemini:Kore"
        )
    )
    await room.until_asked()
    path.write_text(switch.format("false", GEMINI_KEY, room.google.url), "utf-8")
    with pytest.raises(SwitchOnBuying, match="buying is off"):
        await speaking
    assert room.asked() == 1
    assert [each.state for each in room.spent()] == ["settled"]


async def test_answers_of_no_use_are_asked_for_anew(room: Room) -> None:
    room.google.gemini.texts = ["I am sorry."] * 3
    for asked in (3, 4):
        if asked == 3:
            with pytest.raises(Exception, match="answered 3 times"):
                await room.buy("script")
        else:
            assert await room.buy("script")
        assert room.asked() == asked
    assert [each.state for each in room.spent()] == ["settled"] * 4
