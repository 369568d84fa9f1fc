"""What the registry says of the paid models, and what it refuses before anything is sent."""

import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from onereel.cast.picture import Picture
from onereel.errors import AddKey, ChooseRenderer, EnterPrice, ReviseSetting
from onereel.home import Home
from onereel.shoot.models.model import Model
from onereel.shoot.models.registry import Registry
from onereel.shoot.models.retarget import adapted, replaced
from onereel.shoot.prices.pricing import price
from onereel.shoot.shot import Shot, ShotAspect, Task

TODAY = date(2026, 11, 21)
VEO, FAST, LITE = (f"veo-3.1-{kind}generate-001" for kind in ("", "fast-", "lite-"))
OMNI, OMNI_OLD = "gemini-omni-1.2-flash", "gemini-omni-1.1-flash"
LIVING = (VEO, FAST, LITE, OMNI, OMNI_OLD)
PICTURE = Picture(pixels="1f", name="pictures/1f.png")
BUNDLED = Path(__file__).parents[2] / "onereel" / "shoot" / "models" / "models.toml"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    (tmp_path / "private").mkdir()
    return Home(private=tmp_path / "private", media=tmp_path / "media")


@pytest.fixture
def registry(home: Home) -> Registry:
    return Registry.load(home)


def correct(home: Home, text: str) -> Registry:
    (home.private / "models.toml").write_text(text, "utf-8")
    return Registry.load(home)


def pictures_of(task: Task) -> dict[str, object]:
    return {
        "text": {},
        "image": {"first": PICTURE},
        "frames": {"first": PICTURE, "last": PICTURE},
        "references": {"references": (PICTURE,)},
        "extend": {"extends": "a" * 32},
    }[task]


def shot(model: Model, task: Task = "text", /, **fields: object) -> Shot:
    usual = {
        "renderer": model.renderer,
        "model": model.name,
        "task": task,
        "prompt": "A fox swims",
        "duration": (model.legal_durations(task, "720p") or (8,))[-1],
        **pictures_of(task),
    }
    return Shot.model_validate(usual | fields)


def test_every_row_has_a_date_and_a_source(registry: Registry):
    for name, row in tomllib.loads(BUNDLED.read_text("utf-8")).items():
        assert isinstance(row["checked"], date), name
        assert any(mark in row["source"] for mark in ("[D]", "[M]", "[T]", "[?]")), name
    assert {each.name for each in registry.usable(TODAY)} == set(LIVING)


def test_the_prices_are_those_of_the_facts(registry: Registry):
    wanted = {
        VEO: {"720p": "0.40", "1080p": "0.40", "4k": "0.60"},
        FAST: {"720p": "0.10", "1080p": "0.12", "4k": "0.30"},
        LITE: {"720p": "0.05", "1080p": "0.08"},
        OMNI: {"360p": "0.023", "720p": "0.07", "1080p": "0.105", "4k": "0.21"},
        OMNI_OLD: {"360p": "0.03", "720p": "0.10", "1080p": "0.15", "4k": "0.30"},
    }
    found = {
        each.name: {resolution: str(price) for resolution, price in each.prices.items()}
        for each in registry.usable(TODAY)
    }
    assert found == wanted


def test_legal_is_what_is_legal_and_everything_else_is_refused(registry: Registry):
    resolutions = ("360p", "480p", "720p", "1080p", "4k", "8k")
    tasks: tuple[Task, ...] = get_args(Task)
    counts = {True: 0, False: 0}
    for name, task, resolution, duration, aspect, sound in product(
        LIVING, tasks, resolutions, range(1, 18), get_args(ShotAspect), (True, False)
    ):
        model = registry.model(name)
        asked = shot(
            model, task, resolution=resolution, duration=duration, aspect=aspect, sound=sound
        )
        legal = (
            task in model.tasks
            and resolution in model.legal_resolutions(task)
            and duration in model.legal_durations(task, resolution)
            and aspect in model.legal_aspects(task, resolution)
            and (sound or model.sound == "optional")
        )
        counts[legal] += 1
        if legal:
            model.check(asked)
            assert price(asked, model) == duration * model.prices[resolution]
        else:
            with pytest.raises(ChooseRenderer, match=r"^Scene s1: [^\n]+\.$"):
                model.check(asked, scene="s1")
    # text, image, frames, references and extend of the facts file's table.
    veo = 2 * 2 * (3 * 3 * 3 + 3 + 3)
    lite = 2 * 2 * 2 * 2 * 3
    assert counts[True] == 2 * veo + lite + 2 * 5 * 4 * (13 + 8)


@pytest.mark.parametrize("name", LIVING)
def test_the_shortest_clip_that_covers_is_the_shortest(registry: Registry, name: str):
    model = registry.model(name)
    for task, frames in product(model.tasks, range(1, 24 * 17)):
        needed = Fraction(frames, 24)
        legal = model.legal_durations(task, "720p")
        found = model.shortest(needed, task=task, resolution="720p")
        if found is None:
            assert legal[-1] < needed
            with pytest.raises(ChooseRenderer, match=f"at most {legal[-1]} s"):
                model.legal_duration(needed, task=task, resolution="720p", scene="s1")
        else:
            assert found in legal
            assert found >= needed
            assert all(shorter < needed for shorter in legal if shorter < found)


@pytest.mark.parametrize(
    ("name", "task", "fields", "sentence"),
    [
        (LITE, "references", {}, "Lite .* does not shoot with reference pictures; .* from words"),
        (LITE, "frames", {}, "from words alone or from a first picture"),
        (LITE, "extend", {}, "on from the end of a clip"),
        (VEO, "references", {"references": (PICTURE,) * 4}, "at most 3 reference pictures, not 4"),
        (OMNI, "references", {"references": (PICTURE,) * 7}, "at most 6 reference pictures"),
        (VEO, "references", {"duration": 4}, "for 8 s, not for 4 s"),
        (VEO, "text", {"duration": 5}, "at 720p for 4, 6 or 8 s, not for 5 s"),
        (OMNI, "text", {"duration": 2}, "for 3 to 15 s, not for 2 s"),
        (OMNI_OLD, "text", {"duration": 11}, "for 3 to 10 s, not for 11 s"),
        (VEO, "text", {"resolution": "360p"}, "720p, 1080p or 4k, not at 360p"),
        (LITE, "text", {"resolution": "4k"}, "720p or 1080p, not at 4k"),
        (OMNI, "text", {"sound": False}, "always makes sound"),
        (OMNI, "text", {"negative_prompt": "blur"}, "no negative prompt"),
        (OMNI, "text", {"people": "allow_adult"}, "no setting for people"),
        (OMNI, "text", {"enhance": True}, "no switch for enhancing"),
        (OMNI, "text", {"samples": 2}, "makes one clip at a time, not 2"),
        (VEO, "text", {"samples": 5}, "at most 4 clips at a time, not 5"),
        (VEO, "text", {"seed": -1}, "seeds from 0 to 4294967295, not -1"),
        (VEO, "text", {"prompt": " "}, "needs a prompt"),
        (VEO, "text", {"first": PICTURE}, "takes no pictures, not a first picture"),
        (VEO, "image", {"first": None}, "takes a first picture, not none"),
        (VEO, "frames", {"last": None}, "a first picture and a last picture, not a first picture"),
        (VEO, "references", {"first": PICTURE}, "takes reference pictures, not a first picture"),
        (VEO, "extend", {"extends": ""}, "takes a clip to go on from, not none"),
        (VEO, "text", {"renderer": "omni"}, "choose one model"),
        (VEO, "text", {"model": FAST}, "choose one model"),
    ],
)
def test_each_kind_of_illegal_shot_is_refused_with_what_is_legal(
    registry: Registry, name: str, task: Task, fields: dict[str, object], sentence: str
):
    model = registry.model(name)
    with pytest.raises(ChooseRenderer, match=sentence):
        model.check(shot(model, task, **fields))


def test_an_extension_of_veo_needs_a_bucket(registry: Registry):
    model = registry.model(VEO)
    model.check(shot(model, "extend"))
    with pytest.raises(ChooseRenderer, match="bucket under \\[google\\]"):
        model.check(shot(model, "extend"), has_bucket=False)
    omni = registry.model(OMNI)
    omni.check(shot(omni, "extend"), has_bucket=False)


def test_what_nobody_knows_is_not_refused(registry: Registry):
    model = registry.model(OMNI_OLD)
    assert (model.seed, model.most_references, model.per_minute) == (None, None, None)
    model.check(shot(model, "references", seed=7, references=(PICTURE,) * 9))


def test_a_retired_model_is_named_with_its_successor(registry: Registry):
    found = registry.lapse("veo-3.0-fast-generate-001", TODAY)
    assert found is not None
    assert (found.state, found.successor) == ("retired", FAST)
    assert found.user_message == (
        f"Veo 3 Fast (veo-3.0-fast-generate-001) was retired on 2026-06-30; choose {FAST} instead."
    )
    with pytest.raises(ChooseRenderer, match="was retired on 2026-06-30"):
        old = registry.model("veo-3.0-fast-generate-001")
        old.check(shot(old, duration=8))
    for name in registry.models:
        expected = None if name in LIVING else "retired"
        lapse = registry.lapse(name, TODAY)
        assert (lapse.state if lapse else None) == expected
        assert lapse is None or lapse.successor in LIVING


def test_a_model_is_warned_of_thirty_days_before(home: Home):
    registry = correct(
        home,
        f'["{VEO}"]\nretires = 2027-03-31\nsuccessor = "{FAST}"\n["{FAST}"]\nretires ='
        f' 2027-03-31\nsuccessor = "{OMNI}"\n',
    )
    assert registry.lapse(VEO, date(2027, 2, 28)) is None
    for day, state, successor in (
        (date(2027, 3, 1), "retiring", FAST),
        (date(2027, 3, 30), "retiring", FAST),
        (date(2027, 3, 31), "retired", OMNI),
    ):
        lapse = registry.lapse(VEO, day)
        assert lapse is not None
        assert (lapse.state, lapse.successor) == (state, successor)
        assert successor in lapse.user_message
    assert VEO not in {each.name for each in registry.usable(date(2027, 3, 31))}


def test_a_shot_of_a_retired_model_is_shot_by_the_successor(registry: Registry):
    living = shot(registry.model(VEO), seed=7)
    assert replaced(living, registry, TODAY) == living
    old = living.replace(model="veo-3.1-generate-preview")
    assert replaced(old, registry, TODAY) == living
    assert replaced(old, registry, date(2026, 10, 21)) == old
    unfit = old.replace(model="veo-3.1-lite-generate-preview", task="extend", extends="a" * 32)
    with pytest.raises(ChooseRenderer, match="does not shoot on from the end"):
        replaced(unfit, registry, TODAY)


def test_a_shot_is_adapted_to_what_another_model_can(registry: Registry):
    veo = shot(
        registry.model(VEO),
        seed=7,
        negative_prompt="blur",
        people="allow_adult",
        enhance=False,
        sound=False,
    )
    omni = adapted(veo, registry.model(OMNI), needed=Fraction(13, 2))
    assert (omni.renderer, omni.model, omni.duration, omni.sound) == ("omni", OMNI, 7, True)
    assert (omni.negative_prompt, omni.people, omni.enhance, omni.seed) == ("", "", None, 7)
    sharp = adapted(veo.replace(resolution="4k"), registry.model(LITE))
    assert (sharp.resolution, sharp.duration) == ("1080p", 8)
    long = shot(registry.model(OMNI), duration=14)
    for needed in (None, Fraction(27, 2)):
        with pytest.raises(ChooseRenderer, match="at most 8 s"):
            adapted(long, registry.model(VEO), needed=needed)
    # What only shows under a dissolve may be held.
    assert adapted(veo, registry.model(FAST), needed=Fraction(17, 2)).duration == 8


def test_the_door_is_the_best_that_is_open(registry: Registry):
    veo, omni = registry.model(VEO), registry.model(OMNI)
    assert veo.door({"gemini", "express", "vertex"}) == "vertex"
    assert (veo.reached({"express"}), veo.reached({"gemini"})) == (True, False)
    assert veo.door({"gemini", "express"}) == "express"
    assert omni.door({"gemini", "express", "vertex"}) == "gemini"
    with pytest.raises(AddKey, match=r"google-project.*settings set vertex-api-key"):
        veo.door({"gemini"})
    with pytest.raises(AddKey, match="settings set gemini-api-key"):
        omni.door({"vertex"})


def test_the_owner_corrects_one_figure_and_keeps_the_rest(home: Home):
    registry = correct(home, f'["{VEO}"]\nprices = {{ 720p = 0.35 }}\nsilent_prices.720p = 0.175\n')
    model = registry.model(VEO)
    assert model.prices == {
        "720p": Decimal("0.35"),
        "1080p": Decimal("0.40"),
        "4k": Decimal("0.60"),
    }
    assert (model.checked, model.source) == (None, "models.toml of the owner")
    assert model.tasks == ("text", "image", "frames", "references", "extend")
    assert price(shot(model, sound=False), model) == Decimal("1.4")
    assert model.cheaper_silent("720p")


def test_what_the_owner_writes_next_counts_at_once(home: Home):
    line = '["gemini-omni-1.2-flash"]\nper_day = {}\n'
    assert [correct(home, line.format(each)).model(OMNI).per_day for each in (3, 4, 3)] == [3, 4, 3]
    assert Registry.load(home) is Registry.load(home), "read once while nothing changes"
    (home.private / "models.toml").unlink()
    assert Registry.load(home).model(OMNI).per_day != 3


def test_the_owner_adds_a_model(home: Home):
    row = """
["veo-4.0-generate-001"]
renderer = "veo"
source = "the price list of 2027"
usual = true
doors = ["vertex"]
tasks = ["text"]
durations = [8, 16]
aspects = ["16:9"]
resolutions = ["1080p"]
sound = "never"
"""
    registry = correct(home, row + f'["{FAST}"]\nusual = false\n')
    model = registry.model("veo-4.0-generate-001")
    assert model.label == "veo-4.0-generate-001"
    assert registry.usual("veo") == model.name
    assert model.shortest(Fraction(9)) == 16
    silent = shot(model, resolution="1080p", duration=16, sound=False)
    model.check(silent)
    with pytest.raises(ChooseRenderer, match="makes no sound"):
        model.check(silent.replace(sound=True))
    with pytest.raises(EnterPrice) as raised:
        price(silent, model)
    assert str(home.private / "models.toml") in raised.value.user_message
    assert '["veo-4.0-generate-001"]' in raised.value.user_message


def test_the_usual_models_are_reached_without_a_name(registry: Registry):
    assert (registry.usual("veo"), registry.usual("omni")) == (FAST, OMNI)


def test_a_silent_clip_is_cheaper_only_where_sound_is_a_choice(registry: Registry):
    assert registry.model(VEO).cheaper_silent("720p")
    assert not registry.model(OMNI).cheaper_silent("720p")
    # How much cheaper nobody knows: the ceiling stays that of a clip with sound.
    model = registry.model(VEO)
    assert price(shot(model, sound=False), model) == price(shot(model), model) == Decimal("3.2")


def test_limits_narrow_by_task_and_by_resolution(home: Home):
    registry = correct(
        home,
        f"""
[["{VEO}".limits]]
at = ["4k"]
durations = [8]
[["{VEO}".limits]]
tasks = ["extend"]
resolutions = ["720p"]
aspects = ["16:9"]
""",
    )
    model = registry.model(VEO)
    assert model.legal_durations("text", "4k") == (8,)
    assert model.legal_durations("text", "720p") == (4, 6, 8)
    assert model.legal_resolutions("extend") == ("720p",)
    assert model.legal_aspects("extend") == ("16:9",)
    with pytest.raises(ChooseRenderer, match="at 4k for 8 s, not for 6 s"):
        model.check(shot(model, resolution="4k", duration=6))


def test_an_unknown_model_is_answered_with_the_known(registry: Registry):
    with pytest.raises(ChooseRenderer, match=f"no model 'sora'; choose {VEO}") as raised:
        registry.model("sora")
    assert "veo-3.0" not in raised.value.user_message


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[veo", "not valid TOML"),
        ("[veo-3.1-generate-001]\nfps = 30", r'in quotes: \["veo-3\.1-generate-001"\]'),
        ("fps = 30", "fps belongs to no model"),
        (f'["{VEO}"]\nwings = 2', "wings is not a field"),
        (f'["{VEO}"]\nprices = {{ 720p = -1 }}', r"prices\.720p"),
        (f'["{VEO}"]\nprices = {{ 720p = 0 }}', r"prices\.720p"),
        (f'["{VEO}"]\nprices = {{ 720p = nan }}', r"prices\.720p"),
        (f'["{VEO}"]\nprices = {{ 720p = "cheap" }}', r"prices\.720p"),
        (f'["{VEO}"]\nprices = {{ 8k = 1 }}', "8k is not one of its resolutions"),
        (f'["{VEO}"]\ndurations = [0]', r"durations\.0"),
        (f'["{VEO}"]\ndurations = []', "durations is missing"),
        (f'["{VEO}"]\nretires = "soon"', "retires"),
        (f'["{VEO}"]\nsuccessor = "sora"', "sora is no known model"),
        (f'["{VEO}"]\nsuccessor = "{VEO}"', "its own successor"),
        ('["sora"]\nrenderer = "veo"\nsource = "x"', '"sora".*doors is missing'),
        ('["sora"]\nsource = "x"', "renderer is missing"),
    ],
)
def test_a_wrong_line_of_the_owners_rows_is_named(home: Home, text: str, sentence: str):
    with pytest.raises(ReviseSetting, match=sentence) as raised:
        correct(home, text)
    assert str(home.private / "models.toml") in raised.value.user_message
    assert "\n" not in raised.value.user_message


def test_rows_that_are_no_text_are_named(home: Home):
    (home.private / "models.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ReviseSetting, match="cannot be read"):
        Registry.load(home)
