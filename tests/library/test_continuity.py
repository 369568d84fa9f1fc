"""The continuity bible: the same words in every scene that uses them, and no others."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from onereel.cast.character import character_of
from onereel.cast.finding import recast
from onereel.cast.picture import Picture
from onereel.errors import ReviseScreenplay
from onereel.home import Home
from onereel.library.edits.changes import ApproveScenes, SetBible, SetScene, read_changes
from onereel.library.edits.editing import apply
from onereel.library.edits.revision import Version
from onereel.shoot.drawing.drawing import DrawingOptions, drawings
from onereel.shoot.models.registry import Registry
from onereel.shoot.order import Order, PaidOptions, Pictures, orders
from onereel.shoot.prompting import optimise
from onereel.story.bible import Constant
from onereel.story.brief import Brief
from onereel.story.edit import edit_scenes, read_edits
from onereel.story.files import load_screenplay
from onereel.story.fountain.writing import to_fountain
from onereel.story.screenplay import Scene, Screenplay, StyleBible
from onereel.story.split import split_scenes
from onereel.values import digest

NOWHERE = Home(private=Path("/nowhere"), media=Path("/nowhere"))
REGISTRY = Registry.load(NOWHERE)
DAY = date(2026, 11, 21)

KITCHEN = Constant(kind="place", name="The kitchen", description="a blue-tiled kitchen")
COAT = Constant(kind="wardrobe", name="the yellow coat", wearer="Mia", description="an oilskin")
LAMP = Constant(kind="prop", name="the brass lamp", description="dented, its glass cracked")
DUSK = Constant(kind="light", name="dusk", description="low red sun from the left")
BIBLE = (DUSK, LAMP, COAT, KITCHEN)


def film(bible: tuple[Constant, ...] = BIBLE) -> Screenplay:
    def scene(number: int, prompt: str, **fields: Any) -> Scene:
        return Scene(id=f"s{number:02}", prompt=prompt, duration=Fraction(4), **fields)

    return Screenplay(
        title="Bible",
        brief=Brief(idea="A bible"),
        bible=bible,
        scenes=(
            scene(1, "Mia cooks", place="the kitchen", uses=("The Yellow Coat",)),
            scene(2, "The sea"),
            scene(3, "A table", place="the kitchen", uses=("dusk", "the brass lamp")),
        ),
    )


def ordered(play: Screenplay, renderer: str = "veo", **more: Any) -> dict[str, Order]:
    options = PaidOptions(renderer=renderer)
    found = orders(play, options, registry=REGISTRY, today=DAY, **more)
    return {order.scene.id: order for order in found}


def from_before() -> Screenplay:
    """A film as it was made before there was a continuity bible."""
    mia = character_of(
        "Mia",
        description="A girl in a red coat",
        pictures=(Picture(pixels="a" * 32, name="pictures/a.png"),),
    )
    scenes = (
        Scene(
            id="s01",
            title="The quay",
            prompt="Mia walks along the quay",
            narration="She is late.",
            camera="pan left",
            place="the quay",
            mood="calm",
            duration=Fraction(5),
        ),
        Scene(
            id="s02",
            description="The lamp goes out",
            negative_prompt="people",
            duration=Fraction(4),
        ),
    )
    style = StyleBible(look="watercolour", light="dusk")
    brief = Brief(idea="A film from before")
    return recast(Screenplay(title="Before", brief=brief, cast=(mia,), style=style, scenes=scenes))


# Computed by the OneReel of before, at 0e5769f: what was bought under these is never bought again.
SHOTS = {
    "veo": {
        "s01": ("9fc26a7ab56352c6899e113789f9f123", "fc3a7779d34ee012d1f27ea53c8437f2"),
        "s02": ("793ed3d2c23ecd2eda6a77441cb7b4de", "86d3e4c877fdabd89d8010b545a888f5"),
    },
    "omni": {
        "s01": ("36380325622b583ab1f607af84d040aa", "1aff4b0cb822af6018bd8be1decdd8b3"),
        "s02": ("498422b221739aff18135e37ee98c1e8", "7d62c584e27e51f6b2b8d9ba12c36101"),
    },
}


@pytest.mark.parametrize("renderer", SHOTS)
def test_what_was_bought_before_has_the_keys_it_had(renderer):
    given = {"s02": Pictures(first=Picture(pixels="b" * 32, name="pictures/b.png"))}
    options = PaidOptions(renderer=renderer, seed=7)
    found = orders(from_before(), options, registry=REGISTRY, pictures=given, today=DAY)
    assert {order.scene.id: (order.shot.key, order.asked) for order in found} == SHOTS[renderer]


def test_what_was_made_before_is_byte_for_byte_what_it_was():
    play = from_before()
    assert [(scene.picture_id, scene.words_id) for scene in play.scenes] == [
        ("2da7f20bf16e85f905245922b208fff2", "99af0caf0d8af03e914638d37f13eebf"),
        ("28c36e0764c9e7d5e71b7eed859477d8", "c53b251fb54ce493c3a6c80056068adf"),
    ]
    # Scripts that were translated or directed for money are found by this one.
    assert digest(play) == "54c90e5877910e22be05568a21c2d764"
    assert digest(play.to_json()) == "a95c0833d573d86754bc83be44989bd6"
    assert digest(play.scenes[0].to_json()) == "0257771870146d3ef15b41dda9196771"
    assert Version(screenplay=play).made_of == "0bb46c2a22585473521e0de433d8d5af"
    model = REGISTRY.images["gemini-nano-banana-2.1"]
    drawn = drawings(play, DrawingOptions(model=model.name), model)
    assert [each.drawing.key for each in drawn] == [
        "1ed44bbf11f8d491aa40215a0fc3b198",
        "dddaad894355f7ef037829b6a2b85e38",
    ]
    assert Screenplay.from_json(play.to_json()) == play


def test_a_place_is_told_in_the_same_words_wherever_it_is():
    shots = ordered(film())
    words = "The kitchen: a blue-tiled kitchen."
    assert shots["s01"].shot.prompt == f"Mia cooks. {words} Mia wears the yellow coat: an oilskin."
    assert shots["s02"].shot.prompt == "The sea"
    assert shots["s03"].shot.prompt == (
        f"A table. {words} the brass lamp: dented, its glass cracked."
        " Light, dusk: low red sun from the left."
    )


def test_it_is_told_to_stills_and_to_other_packs_too():
    model = REGISTRY.images["gemini-nano-banana-2.1"]
    drawn = drawings(film(), DrawingOptions(model=model.name), model)
    told = [shot.prompt for shot in split_scenes(film())]
    for prompt in (drawn[2].drawing.prompt, told[2]):
        assert "The kitchen: a blue-tiled kitchen. the brass lamp: dented" in prompt
    assert told[1] == "The sea"


def test_the_optimiser_leaves_it_to_the_shot_so_that_it_is_said_once():
    play = optimise(film(), "veo").screenplay
    prompt = ordered(play)["s03"].shot.prompt
    assert prompt.count("blue-tiled") == prompt.count("dented") == 1


def test_a_new_description_is_a_new_take_of_exactly_the_scenes_that_use_it():
    before = ordered(film())
    brighter = DUSK.replace(description="no sun at all")
    after = ordered(film((brighter, LAMP, COAT, KITCHEN)))
    changed = {name for name in before if before[name].shot.key != after[name].shot.key}
    asked = {name for name in before if before[name].asked != after[name].asked}
    assert changed == asked == {"s03"}
    other = ordered(film((DUSK, LAMP, COAT, KITCHEN.replace(description="a green kitchen"))))
    assert {name for name in before if before[name].asked != other[name].asked} == {"s01", "s03"}


def test_entries_that_say_nothing_change_nothing():
    bare = film(())
    named = film(tuple(each.replace(description="") for each in BIBLE))
    unused = film((Constant(kind="prop", name="a boat", description="red"),))
    for play in (named, unused):
        assert ordered(play) == {
            name: Order(**{**vars(order), "scene": play.scene(name)})
            for name, order in ordered(bare).items()
        }


def test_what_does_not_fit_the_model_is_left_out_and_told_light_first(tmp_path):
    most = len("A table. The kitchen: a blue-tiled kitchen.") + 2
    row = f'["veo-3.1-fast-generate-001"]\nlongest_prompt = {most}\n'
    (tmp_path / "models.toml").write_text(row, "utf-8")
    short = Registry.load(Home(private=tmp_path, media=tmp_path))
    order = orders(film(), PaidOptions(renderer="veo"), registry=short, today=DAY)[2]
    assert order.shot.prompt == "A table. The kitchen: a blue-tiled kitchen."
    assert order.shot.cast == tuple(
        f"{name}: left out, Veo 3.1 Fast reads {most} characters"
        for name in ("the brass lamp", "dusk")
    )


def test_an_edit_takes_the_approval_of_the_scenes_it_changes_and_can_be_undone():
    version = Version(screenplay=film())
    approved = apply([ApproveScenes(scenes=("s01", "s02", "s03"))], version).version
    entries = (DUSK.replace(description="noon"), LAMP, COAT, KITCHEN)
    edited = apply([SetBible(entries=entries)], approved)
    assert edited.label == "New continuity bible"
    assert [scene.approved for scene in edited.version.screenplay.scenes] == [True, True, False]
    again = apply([SetBible(entries=BIBLE)], edited.version).version
    assert ordered(again.screenplay)["s03"].shot.key == ordered(film())["s03"].shot.key


def test_a_scene_comes_to_use_what_it_names():
    version = Version(screenplay=film())
    used = apply([SetScene(scene="s02", fields={"uses": ["dusk"]})], version).version.screenplay
    assert ordered(used)["s02"].shot.prompt == "The sea. Light, dusk: low red sun from the left."
    typed, _ = edit_scenes(film(), read_edits("2 uses: dusk, the brass lamp", film()))
    assert typed.scene("s02").uses == ("dusk", "the brass lamp")


def test_it_is_edited_a_line_an_entry():
    lines = """
        place the kitchen: a white room
        wardrobe the hat (Holt): of straw
        light dusk:
        2 uses: the hat
    """
    text = "\n".join(line.strip() for line in lines.splitlines())
    play, _ = edit_scenes(film(), read_edits(text, film()))
    prompts = {name: order.shot.prompt for name, order in ordered(play).items()}
    assert prompts["s02"] == "The sea. Holt wears the hat: of straw."
    assert "the kitchen: a white room." in prompts["s01"]
    assert "dusk" not in prompts["s03"]


def test_a_heading_of_a_script_names_a_place():
    script = "INT. KITCHEN - DAY\n\nMia cooks.\n\nINT. KITCHEN - NIGHT\n\nThe lamp burns.\n"
    play = load_screenplay(script, form="fountain")
    tiles = Constant(kind="place", name="kitchen", description="blue tiles")
    told = ordered(play.replace(bible=(tiles,)))
    assert all("kitchen: blue tiles." in order.shot.prompt for order in told.values())
    assert len(told) == 2


@pytest.mark.parametrize(
    "entries, why",
    [
        ([{"kind": "place", "name": "a"}, {"kind": "prop", "name": "A"}], "are called 'A'"),
        ([{"kind": "smell", "name": "a"}], "bible.entries.0.kind"),
        ([{"kind": "place", "name": "  "}], "must not be empty"),
        ([{"kind": "place", "name": "a", "description": "x" * 401}], "at most 400 characters"),
    ],
)
def test_a_bible_that_cannot_be_is_refused_in_words(entries, why):
    with pytest.raises(ReviseScreenplay, match=why):
        apply(read_changes([{"op": "bible", "entries": entries}]), Version(screenplay=film()))


def test_documents_with_and_without_one_read_back():
    play = film()
    assert Screenplay.from_json(play.to_json()) == play
    assert load_screenplay(to_fountain(play), form="fountain") == play
    bare = film(())
    assert '"bible"' not in bare.to_json()
    assert load_screenplay(to_fountain(bare), form="fountain") == bare
