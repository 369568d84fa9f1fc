"""The same film again: nothing that was bought is bought again, whatever changed around it."""

from __future__ import annotations

import shutil
import zipfile
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from onereel.cast.picture import keep_picture
from onereel.home import Home
from onereel.remote import Remote
from onereel.scripts import written
from onereel.shoot.buying.opening import open_desk, open_ledger, order_film
from onereel.shoot.buying.paid import shoot_orders
from onereel.shoot.draft import shoot_draft
from onereel.shoot.models.registry import Registry
from onereel.shoot.order import PaidOptions, Pictures, orders
from onereel.shoot.prices.estimate import estimate
from onereel.shoot.takes import Takes
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.screenplay import Screenplay
from onereel.story.writers.shelf import Shelf
from onereel.work import Cancel, Progress
from onereel.writers import WRITERS
from tests.reliability.production import OMNI, PATIENCE, VEO, Production, film

USUAL = PaidOptions(renderer="veo")


async def shot_by_an_older_pack(production: Production, screenplay: Screenplay) -> None:
    """Buy what the same wishes meant to a pack that worded prompts otherwise."""
    home, settings, remote = production.home, production.settings, Remote(PATIENCE)
    ordered = [
        # Whatever a pack makes of a scene, what was asked for stays the same.
        replace_prompt(order, f"Cinematic still: {order.shot.prompt}")
        for order in order_film(screenplay, production.options, home=home, settings=settings)
    ]
    with closing(open_ledger(home, settings)) as ledger:
        shot = ordered[0].shot
        async with open_desk(shot, ledger, home, settings, Cancel(), remote=remote) as desk:
            await shoot_orders(ordered, desk, at_once=4, progress=Progress())


def replace_prompt(order, prompt: str):
    return type(order)(**{**vars(order), "shot": order.shot.replace(prompt=prompt)})


@pytest.mark.parametrize("options", [VEO, OMNI], ids=["veo", "omni"])
async def test_after_an_upgrade_of_the_pack(options, google, tmp_path):
    production = Production(google, tmp_path, options=options)
    screenplay = film("Robot A works", "Robot B works")
    await shot_by_an_older_pack(production, screenplay)
    before = list(production.sent())
    assert all(prompt.startswith("Cinematic still") for prompt in before)
    takes = await production.shoot(screenplay, on_missing="stop")
    assert all(take.usable for take in takes.values())
    assert production.sent() == before


async def test_after_an_upgrade_a_take_that_was_under_way_is_brought_home(google, tmp_path):
    production = Production(google, tmp_path)
    screenplay = film("Robot A works", "Robot B works")
    google.veo.looks = 10_000
    await shot_by_an_older_pack(production, screenplay)
    google.veo.looks = 0
    for generation in google.world.generations.values():
        generation.pending = 0
    takes = await production.shoot(screenplay, on_missing="stop")
    assert all(take.usable for take in takes.values())
    assert len(production.sent()) == 2


@pytest.mark.parametrize("lost", ["nothing", "ledger.sqlite", "ledger.jsonl"])
async def test_with_the_home_of_an_older_pack(lost, google, tmp_path):
    """The home was made by the pack of commit 58ecbe5, whose tables are revision 0001."""
    with zipfile.ZipFile(Path(__file__).with_name("home_0001.zip")) as packed:
        packed.extractall(tmp_path)
    production = Production(google, tmp_path)
    (production.home.private / lost).unlink(missing_ok=True)
    bought = [
        *(await production.shoot(film("Robot A works", "Robot B works"))).values(),
        *(await production.shoot(film("Robot A works"), options=OMNI)).values(),
    ]
    assert [take.state for take in bought] == ["ready", "ready", "ready"]
    assert all(production.home.path(take.clip).is_file() for take in bought)
    charged = [entry.charged for entry in production.entries()]
    assert charged == [Decimal("0.40"), Decimal("0.40"), Decimal("0.092")]
    assert google.requests == []
    # What is missing is bought as ever, beside what is there.
    await production.shoot(film("Robot A works", "Robot B works", "Robot C works"))
    assert len(google.charges) == 1


async def test_after_the_usual_model_has_changed(google, tmp_path):
    production = Production(google, tmp_path, options=USUAL)
    screenplay = film("Robot A works", "Robot B works")
    before = await production.shoot(screenplay)
    rows = (
        '["veo-3.1-fast-generate-001"]\nusual = false\n["veo-3.1-lite-generate-001"]\nusual = true'
    )
    (production.home.private / "models.toml").write_text(rows, "utf-8")
    assert await production.shoot(screenplay) == before
    assert (await production.shoot(film("Robot C works")))["s01"].model.endswith(
        "lite-generate-001"
    )
    assert len(google.charges) == 3


async def test_after_its_scenes_were_put_in_another_order(google, tmp_path):
    production = Production(google, tmp_path)
    screenplay = film("Robot A works", "Robot B works", "Robot C works")
    before = await production.shoot(screenplay)
    turned = screenplay.replace(scenes=screenplay.scenes[::-1])
    assert await production.shoot(turned) == before
    assert await production.shoot(turned.replace(scenes=turned.scenes[:2])) == {
        key: before[key] for key in ("s02", "s03")
    }
    assert len(google.charges) == 3


async def test_after_its_pictures_were_saved_anew(google, tmp_path):
    production = Production(google, tmp_path)
    screenplay = film("Robot A works", "Robot B works")
    noise = np.random.default_rng(4).integers(0, 255, (90, 160, 3), np.uint8)
    small, large = tmp_path / "small.png", tmp_path / "large.png"
    Image.fromarray(noise).save(small, compress_level=9, optimize=True)
    Image.fromarray(noise).save(large, compress_level=0, dpi=(300, 300))
    assert small.read_bytes() != large.read_bytes()

    def pictures(path: Path) -> dict[str, Pictures]:
        kept = keep_picture(np.asarray(Image.open(path).convert("RGB")), home=production.home)
        return {scene.id: Pictures(first=kept) for scene in screenplay.scenes}

    before = await production.shoot(screenplay, pictures=pictures(small))
    shutil.rmtree(production.home.path("pictures"))
    assert await production.shoot(screenplay, pictures=pictures(large)) == before
    assert len(google.charges) == 2


async def test_another_take_number_is_another_take_and_both_are_kept(google, tmp_path):
    production = Production(google, tmp_path)
    screenplay = film("Robot A works")
    first = await production.shoot(screenplay)
    second = await production.shoot(screenplay, options=VEO.replace(take=2))
    assert first["s01"].id != second["s01"].id
    assert await production.shoot(screenplay) == first
    assert await production.shoot(screenplay, options=VEO.replace(take=2)) == second
    assert len(google.charges) == 2


async def test_by_a_writer_who_never_writes_the_same_twice(google, tmp_path):
    production = Production(google, tmp_path)
    drafts = ["Robot A works", "Robot B works", "Robot C works", "Robot D works"]

    async def write(_shelf: Shelf) -> Screenplay:
        return film(drafts.pop(0))

    async def script(*choices: object) -> Screenplay:
        told = choices or ("ollama", "llama3.2", 0)
        where = {"home": production.home, "settings": production.settings}
        return await written(film("a robot").brief, *told, write=write, **where)

    # While nothing is bought, a new script is as good as the old one.
    assert (await script()).scenes[0].description == "Robot A works"
    second = await script()
    assert second.scenes[0].description == "Robot B works"
    before = await production.shoot(second)
    assert await script() == second
    assert await production.shoot(await script()) == before
    assert len(google.charges) == 1
    # Another seed is another wish.
    assert (await script("ollama", "llama3.2", 1)).scenes[0].description == "Robot C works"
    (kept,) = [
        path
        for path in (production.home.private / "scripts").iterdir()
        if "Robot B" in path.read_text("utf-8")
    ]
    kept.write_text("{")
    assert (await script()).scenes[0].description == "Robot D works"


async def test_by_a_newer_pack_whose_writer_writes_otherwise(google, tmp_path):
    production = Production(google, tmp_path)
    work = Work(production.home, production.settings)
    brief = Brief(idea="A potter and her bowl", duration=8, scene_count=2)
    made = await WRITERS["built-in"].run(work, brief=brief, seed=0)
    (kept,) = (production.home.private / "scripts").iterdir()
    first, second = made["screenplay"].scenes
    older = made["screenplay"].replace(scenes=(first.replace(prompt="As of old"), second))
    kept.write_text(older.to_json(), "utf-8")
    await production.shoot(older)
    again = await WRITERS["built-in"].run(work, brief=brief, seed=0)
    assert again["screenplay"] == older
    await production.shoot(again["screenplay"])
    assert len(google.charges) == 2


def another_take(screenplay: Screenplay, scene_id: str, take: int = 2) -> Screenplay:
    """The film, with another take wanted of one scene."""
    return screenplay.replace(
        scenes=[
            scene.replace(take=take) if scene.id == scene_id else scene
            for scene in screenplay.scenes
        ]
    )


async def test_another_take_of_one_scene_buys_that_scene_alone(google, tmp_path):
    production = Production(google, tmp_path)
    screenplay = film("Robot A works", "Robot B works", "Robot C works")
    first = await production.shoot(screenplay)
    again = another_take(screenplay, "s02")
    second = await production.shoot(again)
    assert google.charges[-1].prompt == "Robot B works"
    assert second["s02"].id != first["s02"].id and second["s02"].number == 2
    assert second == first | {"s02": second["s02"]}
    assert await production.shoot(again) == second
    assert await production.shoot(screenplay) == first
    # The second take of every scene is the one that is there of this one.
    whole = await production.shoot(screenplay, options=VEO.replace(take=2))
    assert whole["s02"] == second["s02"]
    assert len(google.charges) == 6


async def test_a_chosen_take_plays_whatever_else_is_asked(google, tmp_path):
    production = Production(google, tmp_path)
    screenplay = film("Robot A works", "Robot B works")
    await production.shoot(screenplay)
    second = await production.shoot(screenplay, options=VEO.replace(take=2))
    takes = Takes(production.home)
    takes.choose(screenplay.scenes[1], second["s02"])
    for options in (VEO.replace(seed=9), VEO.replace(resolution="1080p", duration=8), OMNI):
        before = len(google.charges)
        asked = estimate(screenplay, options, home=production.home, settings=production.settings)
        assert [line.scene_id for line in asked.scenes] == ["s01"]
        assert "chosen: s02" in asked.in_words()
        found = await production.shoot(screenplay, options=options)
        assert found["s02"] == second["s02"]
        (charge,) = google.charges[before:]
        assert charge.prompt.startswith("Robot A works")
    drafts = shoot_draft(screenplay, home=production.home, resolution="480p")
    assert [take.state for take in drafts] == ["draft", "ready"]
    # What is wanted after that is another one.
    third = await production.shoot(another_take(screenplay, "s02", 3))
    assert third["s02"].number == 3


async def test_a_chosen_take_whose_clip_is_gone_is_fetched_and_not_bought(google, tmp_path):
    production = Production(google, tmp_path)
    screenplay = film("Robot A works")
    before = await production.shoot(screenplay)
    Takes(production.home).choose(screenplay.scenes[0], before["s01"])
    clip = production.home.path(before["s01"].clip)
    for damage in (clip.unlink, lambda: clip.write_bytes(b"half")):
        damage()
        for options in (VEO.replace(seed=9), OMNI):
            assert await production.shoot(screenplay, options=options) == before
    assert clip.is_file()
    assert len(google.charges) == 1


async def test_a_chosen_take_that_nobody_has_any_more_is_not_played(google, tmp_path):
    production = Production(google, tmp_path)
    screenplay = film("Robot A works")
    before = await production.shoot(screenplay)
    Takes(production.home).choose(screenplay.scenes[0], before["s01"])
    clip = production.home.path(before["s01"].clip)
    clip.write_bytes(clip.read_bytes()[:-5000])
    google.world.generations.clear()
    take = (await production.shoot(screenplay, on_missing="draft"))["s01"]
    assert (take.state, take.note[:35]) == ("draft", "The paid clip of scene s01 is gone ")
    assert len(google.charges) == 1


async def test_a_chosen_draft_keeps_nothing_from_being_bought(google, tmp_path):
    production = Production(google, tmp_path)
    screenplay = film("Robot A works")
    (draft,) = shoot_draft(screenplay, home=production.home, resolution="480p")
    Takes(production.home).choose(screenplay.scenes[0], draft)
    takes = await production.shoot(screenplay)
    assert takes["s01"].state == "ready"
    assert len(google.charges) == 1


def test_the_takes_of_released_packs_keep_their_keys(tmp_path):
    """Whoever changes one of these has every film bought again: fields that come later stay out of
    a digest while they are their default."""
    assert film("Robot A works").brief.film_id == "be398d219f45cce0"
    home = Home(private=tmp_path / "private", media=tmp_path / "media")
    ordered = [
        orders(
            film("Robot A works"),
            options,
            registry=Registry.load(home),
            today=date(2026, 11, 21),
        )[0]
        for options in (USUAL, VEO.replace(take=2), OMNI)
    ]
    assert [(order.shot.key, order.asked) for order in ordered] == [
        ("ae681d1c909aa08a54ecf8b0ca2004ae", "20667c2af0ea324f51ceb86d9cff4f04"),
        ("78b4976788d3c4e68158ada412a90bca", "b963be4e3763f299550da7af3b32461a"),
        ("2ef2be61878764d9d47c1f4f9acaccff", "6d97fc8fcb77dfa919b0b69b38d19815"),
    ]


async def test_by_two_films_that_share_a_scene(google, tmp_path):
    production = Production(google, tmp_path)
    await production.shoot(film("Robot A works"))
    takes = await production.shoot(film("Robot A works", idea="Another film of robots"))
    assert takes["s01"].usable
    assert len(google.charges) == 1


async def test_but_another_picture_or_another_shape_is_another_take(google, tmp_path):
    production = Production(google, tmp_path)
    await production.shoot(film("Robot A works"))
    described = await production.shoot(film("Robot B works"))
    assert google.charges[-1].prompt == "Robot B works"
    tall = film("Robot B works")
    tall = tall.replace(brief=tall.brief.replace(aspect="9:16"))
    takes = await production.shoot(tall)
    assert takes["s01"].height > takes["s01"].width
    assert takes["s01"].id != described["s01"].id
    assert len(google.charges) == 3
