"""Stills by Gemini with the real SDK against the stand-in: every fault, and never paid twice."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from onereel.cast.character import Character
from onereel.cast.finding import with_cast
from onereel.cast.picture import Picture, keep_picture
from onereel.commands.film import main as command_line
from onereel.commands.ledger import main as ledger_command
from onereel.errors import (
    AddKey,
    ApproveShots,
    Cancelled,
    ChooseRenderer,
    EnterPrice,
    OneReelError,
    RaiseCap,
    ReplaceMedia,
    ReviseScreenplay,
    SwitchOnBuying,
    WaitForQuota,
)
from onereel.remote import Patience, Remote
from onereel.settings import BuyingSettings, GoogleSettings, Settings
from onereel.shoot.drawing import (
    DrawingOptions,
    Drawn,
    draw_scenes,
    price_film,
    shelf,
)
from onereel.shoot.ledger import Ledger, Spending
from onereel.shoot.models.registry import Registry
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay, StyleBible
from onereel.work import Cancel, Progress, Report
from tests.ledger_work import home_in, processes, set_aside
from tests.standins import Fault, Google
from tests.standins.google import GEMINI_KEY

BANANA, PRO = "gemini-nano-banana-2.1", "gemini-3-pro-image"
PRICE = Decimal("0.0504")
PATIENCE = Patience(connect=5, silence=2, call=5, grace=2, attempts=3, base=0.01, most=0.05)
PATIENT = replace(PATIENCE, silence=60, call=60, grace=60)
PROMPTS = ("Mia runs along the pier", "The harbour at dawn", "Mia and Holt look at a map")


def film(*prompts: str, aspect: str = "16:9") -> Screenplay:
    words = prompts or PROMPTS
    scenes = tuple(
        Scene(id=f"s{number:02}", description=text, prompt=text, duration=Fraction(4))
        for number, text in enumerate(words, 1)
    )
    brief = Brief(idea="A harbour", aspect=aspect, duration=Fraction(4 * len(words)))
    style = StyleBible(look="grainy 16 mm film", lens="35 mm lens", light="low sun", sound="gulls")
    return Screenplay(title="Harbour", brief=brief, scenes=scenes, style=style)


def settings_for(url: str, *, buying: dict[str, Any] | None = None, **google: Any) -> Settings:
    door = {"gemini_address": url, "gemini_api_key": GEMINI_KEY, **google}
    allowed = {"on": True, "day": "100"} if buying is None else buying
    return Settings(google=GoogleSettings(**door), buying=BuyingSettings(**allowed))


class Room:
    """A stand-in, and a home in which films are drawn."""

    def __init__(self, google: Google, folder: Path) -> None:
        self.google = google
        self.folder = folder
        self.home = home_in(folder)
        self.heard: list[Report] = []

    async def draw(
        self,
        play: Screenplay | None = None,
        *,
        settings: Settings | None = None,
        patience: Patience = PATIENCE,
        model: str = "",
        seed: int = 0,
        **more: Any,
    ) -> Drawn:
        return await draw_scenes(
            play or film(),
            DrawingOptions(model=model, seed=seed),
            home=self.home,
            settings=settings or settings_for(self.google.url),
            remote=Remote(patience),
            progress=Progress(self.heard.append),
            **more,
        )

    def bodies(self) -> list[Any]:
        return [one.json for one in self.google.requests if one.path.endswith("generateContent")]

    def prompts(self) -> list[str]:
        return [body["contents"][0]["parts"][0]["text"] for body in self.bodies()]

    def charged(self) -> list[Decimal]:
        return [charge.amount for charge in self.google.charges]

    def spent(self) -> tuple[Spending, ...]:
        with Ledger.open(self.home) as ledger:
            return ledger.spendings()

    def figure(self, colour: str) -> Picture:
        pixels = np.asarray(Image.new("RGB", (600, 800), colour), np.uint8)
        return keep_picture(pixels, home=self.home)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Google(latency=0) as google:
        yield Room(google, tmp_path)


async def test_every_scene_has_a_picture_for_its_price(room: Room):
    drawn = await room.draw()
    assert list(drawn.pictures) == ["s01", "s02", "s03"]
    assert drawn.missing == {}
    for path in drawn.pictures.values():
        with Image.open(path) as picture:
            assert abs(picture.width / picture.height - 16 / 9) < 0.03
    assert room.charged() == [PRICE] * 3
    assert [(one.what, one.model, one.charged) for one in room.spent()] == [
        ("picture", BANANA, PRICE)
    ] * 3
    assert {one.film_id for one in room.spent()} == {film().brief.film_id}


async def test_the_price_is_said_before_anything_is_sent(room: Room):
    await room.draw()
    assert room.heard[0].note.startswith(
        "3 pictures by Nano Banana 2.1 (2K) cost at most $0.1512, $0.0504 each (ai.google.dev"
    )
    assert all(report.preview is not None for report in room.heard[1:])
    assert room.heard[-1].fraction == 1


async def test_what_is_asked(room: Room):
    play = film("Mia runs along the pier")
    negative = play.scenes[0].replace(negative_prompt="crowds")
    play = play.replace(scenes=(negative,))
    red, blue = room.figure("red"), room.figure("blue")
    prop = room.figure("white")
    mia = Character(id="1", name="Mia", description="red braids", pictures=(red, blue))
    drawn = await room.draw(with_cast(play, [mia]), references=[prop])
    (request,) = room.google.requests
    assert request.path == f"/v1/models/{BANANA}:generateContent"
    config = request.json["generationConfig"]
    assert config["responseModalities"] == ["IMAGE"]
    assert config["imageConfig"] == {"aspectRatio": "16:9", "imageSize": "2K"}
    words, *parts = request.json["contents"][0]["parts"]
    assert words["text"] == (
        "Mia runs along the pier. Lens: 35 mm lens. Light: low sun. Style: grainy 16 mm film."
        " Mia: red braids, as in reference pictures 2 and 3. One single picture that fills the"
        " whole frame, a still of a film, without any lettering, captions, borders or panels."
        " Not to be seen: crowds."
    )
    labels = [part["text"] for part in parts if "text" in part]
    assert labels == [f"Reference picture {number}:" for number in (1, 2, 3)]
    sent = [part["inlineData"] for part in parts if "inlineData" in part]
    # The SDK leaves the names inside as they are; Google reads both spellings.
    assert {each["mime_type"] for each in sent} == {"image/jpeg"}
    colours = [_colour(base64.urlsafe_b64decode(each["data"])) for each in sent]
    assert colours == ["white", "red", "blue"]
    assert drawn.reasons == {"s01": ("Mia (supporting): reference pictures 2 and 3",)}


def _colour(data: bytes) -> str:
    red, green, blue = Image.open(io.BytesIO(data)).convert("RGB").getpixel((300, 300))
    return "white" if green > 200 else "red" if red > blue else "blue"


async def test_everybody_is_shown_before_anybody_is_shown_twice(room: Room):
    play = film("Mia and Holt look at a map")
    pictures = tuple(room.figure(f"#{number:02x}0000") for number in range(0, 160, 20))
    others = tuple(room.figure(f"#0000{number:02x}") for number in range(0, 160, 20))
    cast = [
        Character(id="1", name="Mia", role="lead", pictures=pictures),
        Character(id="2", name="Holt", pictures=others),
    ]
    drawn = await room.draw(with_cast(play, cast))
    parts = room.bodies()[0]["contents"][0]["parts"]
    assert sum("inlineData" in part for part in parts) == 14
    assert "Mia: as in reference pictures 1, 3, 5, 7, 9, 11 and 13." in room.prompts()[0]
    assert "no room for 1 more" in drawn.reasons["s01"][0]


async def test_a_second_run_pays_nothing_and_needs_nobody(room: Room):
    first = await room.draw()
    off = settings_for("http://127.0.0.1:9", buying={"on": False}, gemini_api_key="")
    again = await room.draw(settings=off)
    assert again.pictures == first.pictures
    assert again.words == "3 pictures are there already."
    assert len(room.charged()) == 3
    await room.draw(seed=1)
    assert len(room.charged()) == 6


async def test_another_film_with_the_same_picture_has_it(room: Room):
    await room.draw(film("The harbour at dawn"))
    await room.draw(film("Waves", "The harbour at dawn", "The harbour at dawn"))
    assert len(room.charged()) == 2


async def test_a_changed_picture_draws_only_its_people_anew(room: Room):
    mia = Character(id="1", name="Mia", pictures=(room.figure("red"),))
    await room.draw(with_cast(film(), [mia]))
    assert len(room.charged()) == 3
    room.google.requests.clear()
    other = mia.replace(pictures=(room.figure("green"),))
    await room.draw(with_cast(film(), [other]))
    assert sorted(prompt[:8] for prompt in room.prompts()) == ["Mia and ", "Mia runs"]
    room.google.requests.clear()
    await room.draw(with_cast(film(), [other.replace(voice="kore")]))
    assert room.prompts() == []


async def test_a_jpeg_is_kept_as_it_came_for_the_price_that_the_owner_entered(room: Room):
    with pytest.raises(EnterPrice, match=r'under \["gemini-3-pro-image"\]'):
        await room.draw(model=PRO)
    assert room.bodies() == []
    room.home.private.mkdir(parents=True, exist_ok=True)
    rows = room.home.private / "models.toml"
    rows.write_text(f'["{PRO}"]\nprices = {{ 2K = 0.134 }}\n', "utf-8")
    drawn = await room.draw(film("The harbour at dawn"), model=PRO)
    path = drawn.pictures["s01"]
    assert path.suffix == ".jpg"
    with Image.open(path) as picture:
        assert picture.format == "JPEG"
    (spending,) = room.spent()
    assert spending.charged == Decimal("0.134")
    assert "models.toml of the owner" in drawn.words


@pytest.mark.parametrize("what", ["filtered", "blocked", "text"])
async def test_a_refusal_is_free_and_names_its_scene(room: Room, what: str):
    room.google.plan.set([Fault(what, where="outcome", match="Mia runs")])
    drawn = await room.draw()
    assert list(drawn.pictures) == ["s02", "s03"]
    assert list(drawn.missing) == ["s01"]
    assert drawn.missing_in_words.startswith("1 scene was not drawn. s01: ")
    assert drawn.missing_in_words.endswith("The other 2 are kept.")
    assert room.charged() == [PRICE] * 2
    assert sorted(one.charged for one in room.spent()) == [0, PRICE, PRICE]
    # Nothing is open: the next run asks for the one that is missing.
    assert list((await room.draw()).pictures) == ["s01", "s02", "s03"]
    assert room.charged() == [PRICE] * 3


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("500", where="image", times=None), "500"),
        (Fault("garbage", where="image", times=None), "no answer"),
        (Fault("truncated", where="image", times=None), "no answer"),
        (Fault("void", where="image", times=None), "no answer"),
        (Fault("cut", where="image", times=None), "no answer|broke off"),
        (Fault("reset", where="image", times=None), "broke off"),
        (Fault("disconnect", where="image", times=None), "broke off"),
        (Fault("hang", where="image", times=None), "in time"),
        (Fault("reset", where="image", times=None, late=True), "broke off"),
    ],
    ids=lambda value: value.what + "_late" * value.late if isinstance(value, Fault) else "",
)
async def test_what_may_have_been_paid_is_not_asked_again(room: Room, fault: Fault, words: str):
    room.google.plan.set([fault])
    play = film("The harbour at dawn")
    brisk = replace(PATIENCE, silence=0.3, call=1.0)
    drawn = await room.draw(play, patience=brisk)
    (why,) = drawn.missing.values()
    assert "nobody knows whether the picture of scene s01 was paid" in why
    assert len(room.bodies()) == 1
    (spending,) = room.spent()
    assert (spending.charged, spending.ceiling) == (None, PRICE)
    assert sum(room.charged()) <= PRICE
    room.google.plan.set([])
    again = await room.draw(play, patience=brisk)
    assert "An earlier request for it was broken off" in again.missing["s01"]
    assert f"ledger try-again {spending.key[:8]}" in again.missing["s01"]
    assert len(room.bodies()) == 1


async def test_the_owner_lets_it_be_asked_for_anew(
    room: Room, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    room.google.plan.set([Fault("cut", where="image")])
    play = film("The harbour at dawn")
    await room.draw(play)
    (spending,) = room.spent()
    monkeypatch.setenv("ONEREEL_HOME", str(room.home.private))
    assert ledger_command(["try-again", spending.key[:8]]) == 0
    assert "may buy the picture" in capsys.readouterr().out
    assert list((await room.draw(play)).pictures) == ["s01"]
    with Ledger.open(room.home) as ledger:
        assert ledger.totals().day_held == 0
        assert ledger.totals().day_charged == PRICE


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (Fault("429", where="image", times=None, retry=0.01), WaitForQuota, "no more requests"),
        (Fault("403", where="image", times=None), AddKey, "settings check"),
    ],
    ids=["quota", "forbidden"],
)
async def test_what_concerns_all_stops_all(
    room: Room, fault: Fault, kind: type[OneReelError], words: str
):
    room.google.plan.set([fault])
    with pytest.raises(kind, match=words):
        await room.draw(film(*(f"Wave {number}" for number in range(9))))
    assert len(set(room.prompts())) <= 5
    assert room.charged() == []
    assert {one.charged for one in room.spent()} == {Decimal(0)}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("503", where="image", times=None), "overloaded"),
        (Fault("404", where="image", times=None), "does not have"),
        (Fault("400", where="image", times=None), "cannot draw this"),
        (Fault("error", where="outcome", times=None), "drew nothing"),
        (Fault("empty", where="outcome", times=None), "drew nothing"),
    ],
    ids=lambda value: value.what if isinstance(value, Fault) else "",
)
async def test_what_was_not_taken_is_free(room: Room, fault: Fault, words: str):
    room.google.plan.set([fault])
    drawn = await room.draw(film("The harbour at dawn"))
    assert words in drawn.missing["s01"]
    assert {one.charged for one in room.spent()} == {Decimal(0)}
    room.google.plan.set([])
    assert list((await room.draw(film("The harbour at dawn"))).pictures) == ["s01"]


@pytest.mark.parametrize("what", ["429", "503"])
async def test_what_was_not_admitted_is_asked_again(room: Room, what: str):
    room.google.plan.set([Fault(what, where="image", retry=0.01)])
    assert len((await room.draw()).pictures) == 3
    assert len(room.bodies()) == 4
    assert room.charged() == [PRICE] * 3


async def test_no_network(tmp_path: Path):
    with Google() as google:
        room = Room(google, tmp_path)
    drawn = await room.draw(film("The harbour at dawn"))
    assert "cannot be reached" in drawn.missing["s01"]
    assert {one.charged for one in room.spent()} == {Decimal(0)}


@pytest.mark.parametrize(
    ("key", "words"), [("", "set gemini-api-key"), ("a-key-that-nobody-issued", "not valid")]
)
async def test_a_key_that_opens_nothing(room: Room, key: str, words: str):
    with pytest.raises(AddKey, match=words) as caught:
        await room.draw(settings=settings_for(room.google.url, gemini_api_key=key))
    assert "a-key-that-nobody-issued" not in caught.value.user_message
    assert room.charged() == []


async def test_nothing_is_sent_while_buying_is_off(room: Room):
    with pytest.raises(SwitchOnBuying, match=r"at most \$0.1512.*Buying is off"):
        await room.draw(settings=settings_for(room.google.url, buying={"on": False}))
    assert room.google.requests == []


async def test_nothing_is_sent_where_a_cap_would_be_passed(room: Room):
    capped = settings_for(room.google.url, buying={"on": True, "film": "0.15"})
    with pytest.raises(RaiseCap, match=r"These 3 pictures can cost up to 0\.16 dollars"):
        await room.draw(settings=capped)
    with pytest.raises(ApproveShots, match=r"more than the \$0.10"):
        await room.draw(at_most=Decimal("0.10"))
    assert room.google.requests == []
    assert len((await room.draw(at_most=Decimal("0.1512"))).pictures) == 3


async def test_a_free_key_needs_no_switch_and_no_ledger(room: Room):
    free = settings_for(room.google.url, buying={"free_key": True})
    drawn = await room.draw(settings=free)
    assert len(drawn.pictures) == 3
    assert "cost nothing" in drawn.words
    assert room.spent() == ()


async def test_shapes_sizes_and_empty_scenes_are_refused_before_anything_is_sent(room: Room):
    with pytest.raises(ReviseScreenplay, match="s01"):
        await room.draw(film(" "))
    rows = room.home.private / "models.toml"
    rows.parent.mkdir(parents=True, exist_ok=True)
    rows.write_text(f'["{BANANA}"]\naspects = ["16:9"]\n', "utf-8")
    with pytest.raises(ChooseRenderer, match="draws no 9:16"):
        await room.draw(film(aspect="9:16"))
    assert room.google.requests == []


async def test_who_stops_has_what_was_under_way(room: Room):
    cancel = Cancel()
    # The stand-in answers nobody before it is told to go.
    room.google.log.hold_at(1)
    waves = film(*(f"Wave {number}" for number in range(8)))
    drawing = asyncio.create_task(room.draw(waves, cancel=cancel, patience=PATIENT))
    while len(room.google.requests) < 4 or not room.google.log.held:
        await asyncio.sleep(0.02)
    cancel.request()
    room.google.log.go()
    with pytest.raises(Cancelled):
        await drawing
    assert len(room.charged()) == 4
    assert len(list((room.home.media / "drawings").glob("*.png"))) == 4
    assert {one.charged for one in room.spent()} <= {PRICE, Decimal(0)}


async def test_a_picture_that_was_deleted_is_not_bought_twice_in_silence(room: Room):
    play = film("The harbour at dawn")
    drawn = await room.draw(play)
    drawn.pictures["s01"].unlink()
    again = await room.draw(play)
    assert "is not bought twice" in again.missing["s01"]
    assert len(room.charged()) == 1


def test_what_is_no_picture_is_not_kept(room: Room):
    for data in (b"", b"<html>", _png()[:-40], b"%PDF-1.4"):
        with pytest.raises(ReplaceMedia):
            shelf.looked_at(data)
    assert shelf.find("0" * 32, room.home) is None
    sent = shelf.looked_at(_png() + b"marks of its origin")
    path = shelf.keep(sent, "0" * 32, room.home)
    assert path.read_bytes().endswith(b"marks of its origin")


def _png() -> bytes:
    buffer = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)
    Image.fromarray(noise).save(buffer, "PNG")
    return buffer.getvalue()


def draw_elsewhere(folder: Path, url: str, prompts: Sequence[str]) -> None:
    """In a process of its own; a line of JSON says what came of it."""
    drawn = asyncio.run(
        draw_scenes(
            film(*prompts),
            DrawingOptions(),
            home=home_in(folder),
            settings=settings_for(url),
            remote=Remote(PATIENT),
        )
    )
    told = [sorted(drawn.pictures), sorted(drawn.missing)]
    (folder / f"told-{os.getpid()}.json").write_text(json.dumps(told), "utf-8")


async def test_two_processes_at_once_pay_once(room: Room):
    room.google.plan.set([Fault("latency", where="image", seconds=0.3, times=None)])
    context = processes()
    arguments = (room.folder, room.google.url, PROMPTS)
    both = [context.Process(target=draw_elsewhere, args=arguments) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        await asyncio.to_thread(process.join, 60)
    told = [json.loads(path.read_text("utf-8")) for path in room.folder.glob("told-*.json")]
    assert told == [[["s01", "s02", "s03"], []]] * 2
    assert room.charged() == [PRICE] * 3
    assert [one.charged for one in room.spent()] == [PRICE] * 3


async def test_killed_between_the_charge_and_the_picture(room: Room):
    room.google.plan.set([Fault("drip", where="image", seconds=600)])
    play = film("The harbour at dawn")
    process = processes().Process(
        target=draw_elsewhere, args=(room.folder, room.google.url, ["The harbour at dawn"])
    )
    process.start()
    while not room.charged():
        await asyncio.sleep(0.05)
    process.kill()
    await asyncio.to_thread(process.join, 60)
    room.google.plan.set([])
    with Ledger.open(room.home) as ledger:
        assert (ledger.totals().day_held, ledger.totals().day_charged) == (PRICE, 0)
    # The lease of the one that was killed has to run out first.
    quick = settings_for(room.google.url).model_copy(
        update={"ledger": Settings().ledger.model_copy(update={"lease": 1.0})}
    )
    drawn = await room.draw(play, settings=quick)
    assert "it counts as $0.0504 and is not asked for again by itself" in drawn.missing["s01"]
    assert room.charged() == [PRICE]


async def test_an_estimate_sends_nothing(room: Room):
    settings = settings_for(room.google.url, buying={})
    usual = {"home": room.home, "settings": settings}
    price = price_film(film(), DrawingOptions(), **usual)
    assert (price.count, price.kept, price.at_most) == (3, 0, 3 * PRICE)
    price = price_film(film(), DrawingOptions(size="4K"), **usual)
    assert price.at_most is None
    assert "Nobody knows what a 4K picture" in price.words
    assert room.google.requests == []
    await room.draw(film(*PROMPTS[:2]))
    price = price_film(film(), DrawingOptions(), **usual)
    assert (price.count, price.kept, price.at_most) == (1, 2, PRICE)


def test_the_rows_of_models_that_draw(room: Room):
    registry = Registry.load(room.home)
    assert {name: bool(row.prices) for name, row in registry.images.items()} == {
        BANANA: True,
        PRO: False,
    }
    assert not set(registry.images) & {*registry.models, *registry.texts}
    assert registry.image("gemini-9-image").name == "gemini-9-image"


def test_what_a_request_that_was_given_up_costs_after_all(room: Room):
    with Ledger.open(room.home) as ledger:
        spending, lease = set_aside(ledger, PRICE, what="picture")
        ledger.send_spending(spending, lease)
        ledger.lose_spending(spending, reason="the network went")
        ledger.try_spending_again(spending.key, "not wanted")
        assert ledger.totals().day_held == ledger.totals().day_charged == 0
        ledger.settle_spending(spending, charged=PRICE, reason="it came after all")
        assert (ledger.totals().day_held, ledger.totals().day_charged) == (0, PRICE)
        ledger.settle_spending(spending, charged=Decimal(0))
        assert ledger.totals().day_charged == PRICE


def test_a_storyboard_from_the_command_line(
    room: Room, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("ONEREEL_HOME", str(room.home.private))
    monkeypatch.setenv("ONEREEL_GOOGLE__GEMINI_ADDRESS", room.google.url)
    monkeypatch.setenv("GEMINI_API_KEY", GEMINI_KEY)
    room.home.private.mkdir(parents=True)
    board = room.folder / "board.pdf"
    words = ["A lighthouse keeper", "--scenes", "2", "--duration", "8"]
    words += ["--storyboard", str(board), "--draw-with", "gemini"]
    assert command_line([*words, "--estimate"]) == 0
    assert "2 pictures by Nano Banana 2.1 (2K) cost at most $0.1008" in capsys.readouterr().out
    assert command_line(words) == 1
    assert "Buying is off" in capsys.readouterr().err
    assert command_line([*words, "--writer", "gemini", "--estimate"]) == 2
    assert command_line(["A lighthouse keeper", "--draw-with", "gemini"]) == 2
    assert not board.exists()
    assert room.google.requests == []
    (room.home.private / "settings.toml").write_text("[buying]\non = true\n", "utf-8")
    for _ in range(2):
        assert command_line(words) == 0
        assert board.read_bytes().startswith(b"%PDF")
    assert room.charged() == [PRICE] * 2
