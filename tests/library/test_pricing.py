"""Clip lengths, ceilings and the price card."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from onereel.cut.assemble import assemble
from onereel.errors import ChooseRenderer, EnterPrice
from onereel.home import Home
from onereel.shoot.models.registry import Registry
from onereel.shoot.prices.lengths import clip_duration, clip_seconds, shot_aspect
from onereel.shoot.prices.price_card import PriceCard, price_card
from onereel.shoot.prices.pricing import PlannedShot, Room, price, room
from onereel.shoot.shot import Shot
from onereel.shoot.take import Take
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.values import FPS

TODAY = date(2026, 11, 21)
VEO, FAST = "veo-3.1-generate-001", "veo-3.1-fast-generate-001"
OMNI = "gemini-omni-1.2-flash"
DISSOLVES = ("cut", "dissolve", "cut", "fade", "dissolve")
DURATIONS = (Fraction(5), Fraction("7.9"), Fraction(3), Fraction(1), Fraction(8))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "private").mkdir()
    return Home(private=tmp_path / "private", media=tmp_path / "media")


@pytest.fixture
def registry(home: Home) -> Registry:
    return Registry.load(home)


def screenplay(*scenes: tuple[Fraction, str], aspect: str = "16:9") -> Screenplay:
    return Screenplay(
        title="Sail",
        brief=Brief(idea="A cat sails home", aspect=aspect, longest_shot=60),
        scenes=tuple(
            Scene(id=f"s{number}", duration=duration, transition=transition, prompt="A cat sails")
            for number, (duration, transition) in enumerate(scenes, 1)
        ),
    )


def planned(play: Screenplay, registry: Registry, name: str, **fields: object) -> list[PlannedShot]:
    model = registry.model(name)
    resolution = str(fields.get("resolution", "720p"))
    return [
        PlannedShot(
            scene_id=scene.id,
            shot=Shot.model_validate(
                {
                    "renderer": model.renderer,
                    "model": name,
                    "prompt": scene.prompt,
                    "duration": clip_duration(play, index, model, resolution=resolution),
                    "aspect": shot_aspect(play.brief.aspect, model),
                }
                | fields
            ),
            needed=clip_seconds(play, index),
        )
        for index, scene in enumerate(play.scenes)
    ]


def test_a_clip_covers_its_scene_and_the_dissolve_that_follows():
    play = screenplay(*zip(DURATIONS, DISSOLVES, strict=True))
    needed = [clip_seconds(play, index) for index in range(5)]
    assert needed == [
        Fraction("5.5"),
        Fraction(190, 24),  # 7.9 s are 189.6 frames, and a hard cut follows
        Fraction(3),  # what fades up from black lies over nothing
        Fraction(3, 2),  # half of the shorter scene at most
        Fraction(8),
    ]


@pytest.mark.parametrize("name", [VEO, OMNI])
def test_the_cut_finds_in_the_clips_all_that_it_plays(home: Home, registry: Registry, name: str):
    play = screenplay(*zip(DURATIONS, DISSOLVES, strict=True))
    model = registry.model(name)
    takes = []
    for index, scene in enumerate(play.scenes):
        length = clip_duration(play, index, model, resolution="720p")
        assert length in model.durations
        takes.append(clip(home, scene, length))
    cut = assemble(play, takes, home=home, fit="trim")
    assert cut.duration == sum(Fraction(round(each * 24 + 0.49), 24) for each in DURATIONS)
    assert [each.hold for each in cut.clips] == [0, 0, 0, 0, 0]
    assert [each.speed for each in cut.clips] == [1, 1, 1, 1, 1]


def clip(home: Home, scene: Scene, length: int) -> Take:
    name = f"takes/{scene.id}.mp4"
    path = home.path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=24, options={"preset": "ultrafast"})
        stream.width = stream.height = 32
        for _ in range(length * 24):
            frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return Take(
        id=scene.id,
        film_id="f",
        scene_id=scene.id,
        picture_id=scene.picture_id,
        renderer="veo",
        clip=name,
        duration=Fraction(length),
        width=32,
        height=32,
        fps=FPS,
    )


def test_what_only_shows_under_a_dissolve_may_be_held(registry: Registry):
    play = screenplay((Fraction(8), "cut"), (Fraction(8), "dissolve"))
    assert clip_seconds(play, 0) == Fraction(17, 2)
    assert clip_duration(play, 0, registry.model(VEO)) == 8
    assert clip_duration(play, 0, registry.model(OMNI)) == 9


def test_a_scene_that_no_clip_covers_is_named(registry: Registry):
    play = screenplay((Fraction(4), "cut"), (Fraction(9), "cut"))
    with pytest.raises(ChooseRenderer, match=r"Scene s2 needs 9 s .* at most 8 s .* Narrate split"):
        clip_duration(play, 1, registry.model(VEO))
    assert clip_duration(play, 1, registry.model(OMNI)) == 9


def test_a_square_film_is_shot_wide_and_cropped(registry: Registry):
    model = registry.model(VEO)
    assert [shot_aspect(aspect, model) for aspect in ("16:9", "9:16", "1:1")] == [
        "16:9",
        "9:16",
        "16:9",
    ]
    play = screenplay((Fraction(4), "cut"), aspect="1:1")
    card = price_card(planned(play, registry, VEO), registry, aspect="1:1", today=TODAY)
    assert card.scenes[0].crop == "shot 16:9, cropped to 1:1"
    assert "cropped to 1:1" in card.in_words()


def test_the_ceiling_counts_seconds_and_samples(registry: Registry):
    shot = Shot(renderer="veo", model=VEO, prompt="x", duration=6, resolution="4k", samples=3)
    assert price(shot, registry.model(VEO)) == Decimal("0.60") * 6 * 3
    omni = Shot(renderer="omni", model=OMNI, prompt="x", duration=7, resolution="360p")
    assert price(omni, registry.model(OMNI)) == Decimal("0.161")


@dataclass
class Caps:
    film: Decimal | None = None
    day: Decimal | None = Decimal(5)
    month: Decimal | None = Decimal(100)


@dataclass
class Totals:
    film_held: Decimal = Decimal(0)
    film_charged: Decimal = Decimal(1)
    day_held: Decimal = Decimal(1)
    day_charged: Decimal = Decimal(2)
    month_held: Decimal = Decimal(1)
    month_charged: Decimal = Decimal("3.5")


def test_the_card_adds_up_and_says_what_the_caps_leave(registry: Registry):
    play = screenplay((Fraction(5), "cut"), (Fraction("7.9"), "dissolve"), (Fraction(3), "cut"))
    shots = planned(play, registry, VEO)
    shots[2] = shots[2].replace(owned=True)
    card = price_card(
        shots, registry, title="Sail", today=TODAY, reach={"vertex"}, rooms=room(Caps(), Totals())
    )
    assert [line.ceiling for line in card.scenes] == [Decimal("2.4"), Decimal("3.2"), Decimal(0)]
    assert (card.total, card.seconds) == (Decimal("5.6"), 14)
    assert [each.left for each in card.rooms] == [None, Decimal(2), Decimal("95.5")]
    words = card.in_words()
    assert "At most $5.60 for 14 s of clips (2 to buy, 1 bought already)." in words
    assert "Cap for this film: none; $1.00 used." in words
    assert "$2.00 left, which is $3.60 too little" in words
    assert "settings buying on --day 8.60`" in words
    assert "Cap for this month: $100.00, $4.50 used, $95.50 left." in words
    assert "other packs' paid nodes" in words
    (row,) = [line for line in words.splitlines() if line.startswith("s2")]
    assert " ".join(row.split()) == "s2 Veo 3.1 8 s 7.92 s 720p 16:9 yes $3.20"
    assert PriceCard.model_validate_json(card.model_dump_json()) == card


def test_room_is_never_below_nothing():
    assert Room(name="day", cap=Decimal(5), used=Decimal(7)).left == 0


def test_alternatives_are_cheaper_legal_and_cover_the_scenes(registry: Registry):
    play = screenplay((Fraction(5), "cut"), (Fraction("7.9"), "dissolve"), (Fraction(3), "cut"))
    shots = planned(play, registry, VEO, resolution="4k")
    card = price_card(shots, registry, today=TODAY, reach={"vertex"})
    totals = {each.words: each.total for each in card.alternatives}
    assert card.total == Decimal("10.8")
    assert totals == {
        "Veo 3.1 Lite (preview), at 1080p": Decimal("1.44"),  # the best that it has
        "Gemini Omni 1.2 Flash": Decimal("3.57"),  # 6 + 8 + 3 s
        "Gemini Omni 1.1 Flash": Decimal("5.1"),
        "Veo 3.1 Fast": Decimal("5.4"),
        "the same at 720p": Decimal("7.2"),
        "the same at 1080p": Decimal("7.2"),
    }
    assert list(totals.values()) == sorted(totals.values())
    assert [each.words for each in card.alternatives if not each.reached] == [
        "Gemini Omni 1.2 Flash",
        "Gemini Omni 1.1 Flash",
    ]
    assert "no key for it yet" in card.in_words()


def test_what_no_other_model_can_shoot_is_not_offered(registry: Registry):
    play = screenplay((Fraction(14), "cut"))
    card = price_card(planned(play, registry, OMNI), registry, today=TODAY)
    assert [each.words for each in card.alternatives] == [
        "the same at 360p",
        "the same in shorter clips, which the Cut slows down by a fifth at most",
    ]


def test_silence_is_offered_once_its_price_is_known(home: Home):
    (home.private / "models.toml").write_text(f'["{VEO}"]\nsilent_prices.720p = 0.20\n', "utf-8")
    registry = Registry.load(home)
    play = screenplay((Fraction(4), "cut"))
    card = price_card(planned(play, registry, VEO), registry, today=TODAY)
    totals = {each.words: each.total for each in card.alternatives}
    assert totals["the same without sound"] == Decimal("0.8")
    silent = price_card(planned(play, registry, VEO, sound=False), registry, today=TODAY)
    assert (silent.total, silent.notes) == (Decimal("0.8"), ())
    fast = price_card(planned(play, registry, FAST, sound=False), registry, today=TODAY)
    assert "without sound is not known" in fast.notes[0]
    assert str(home.private / "models.toml") in fast.notes[0]


def test_an_unknown_price_is_shown_and_cannot_be_bought(home: Home):
    (home.private / "models.toml").write_text(
        f'["{OMNI}"]\nresolutions = ["720p", "1080p", "4k", "360p", "8k"]\n', "utf-8"
    )
    registry = Registry.load(home)
    play = screenplay((Fraction(4), "cut"))
    (each,) = planned(play, registry, OMNI, resolution="8k")
    with pytest.raises(EnterPrice, match=r"a second of Gemini Omni 1\.2 Flash at 8k costs"):
        price(each.shot, registry.model(OMNI))
    card = price_card([each], registry, today=TODAY)
    assert (card.total, card.alternatives) == (None, ())
    words = card.in_words()
    assert "An unknown sum for 4 s of clips" in words
    assert str(home.private / "models.toml") in words


def test_a_lapsing_model_is_warned_of_on_the_card(home: Home):
    (home.private / "models.toml").write_text(
        f'["{VEO}"]\nretires = 2026-12-01\nsuccessor = "{FAST}"\n', "utf-8"
    )
    registry = Registry.load(home)
    play = screenplay((Fraction(4), "cut"))
    card = price_card(planned(play, registry, VEO), registry, today=TODAY)
    assert card.notes == (f"Veo 3.1 ({VEO}) retires on 2026-12-01; choose {FAST} instead.",)


def test_a_take_of_a_model_that_is_gone_is_still_bought(registry: Registry):
    shot = Shot(renderer="veo", model="veo-1.0", prompt="x", duration=5)
    bought = PlannedShot(scene_id="s1", shot=shot, needed=Fraction(5), owned=True)
    card = price_card([bought], registry, today=TODAY)
    assert (card.total, card.seconds) == (0, 0)
    with pytest.raises(ChooseRenderer, match=r"no model 'veo-1\.0'"):
        price_card([bought.replace(owned=False)], registry, today=TODAY)


def test_an_illegal_shot_is_named_on_the_card(registry: Registry):
    play = screenplay((Fraction(4), "cut"), (Fraction(4), "cut"))
    shots = planned(play, registry, VEO)
    shots[1] = shots[1].replace(shot=shots[1].shot.replace(duration=5))
    with pytest.raises(ChooseRenderer, match=r"Scene s2: .* 4, 6 or 8 s, not for 5 s"):
        price_card(shots, registry, today=TODAY)
