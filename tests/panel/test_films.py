"""From an idea to a film in one's hands; changed, watched side by side, bought."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import av
import pytest
from playwright.sync_api import expect

from tests.comfyui.client import ComfyUI
from tests.standins import Google

from .driver import Panel, api, make_film, until_done

PATIENCE = 240_000


@pytest.fixture(scope="module")
def film(comfyui: ComfyUI) -> str:
    """A rehearsed film."""
    made = make_film(comfyui, "A baker finds a letter in the flour", action="rehearse")
    done = until_done(comfyui, made["id"])
    assert done["reel"], done["job"]
    return done["id"]


def test_a_newcomer_comes_to_a_film(panel: Panel, tmp_path: Path):
    panel.root.get_by_role("heading", name="Your first film").wait_for()
    panel.button("Use this idea: a lighthouse keeper").click()
    expect(panel.root.get_by_label("What is your film about?")).to_have_value(
        "A lighthouse keeper has kept the light burning for forty years,"
        " for a ship that never came home."
    )
    panel.root.get_by_label("Length", exact=True).select_option("15")
    panel.root.locator("summary").click()
    panel.root.get_by_label("Resolution").select_option("480p")
    panel.button("Rehearse free").click()

    panel.root.locator(".title").wait_for()
    expect(panel.cards().first).to_be_visible(timeout=PATIENCE)
    panel.wait_for_reel()
    states = panel.root.locator(".scene .state .chip").all_inner_texts()
    assert set(states) == {"Draft"}

    panel.button("Watch the film").first.click()
    video = panel.root.locator("#reel")
    video.evaluate("(video) => { video.muted = true; return video.play(); }")
    panel.page.wait_for_function(
        "() => document.querySelector('.onereel-panel').shadowRoot"
        ".querySelector('#reel').currentTime > 0.3"
    )
    said = video.evaluate("(video) => video.textTracks[0].cues.length")
    assert said > 0

    with panel.page.expect_download() as download:
        panel.root.get_by_role("link", name="Download film").click()
    saved = tmp_path / "film.mp4"
    download.value.save_as(saved)
    with av.open(str(saved)) as container:
        assert container.streams.video and container.streams.audio
        assert 10 < float(container.duration / av.time_base) < 20

    panel.button("To the scenes").click()
    panel.button("To the library").click()
    panel.root.get_by_role("tab", name="New film").click()
    expect(panel.root.get_by_role("heading", name="Your first film")).to_have_count(0)


def test_every_edit_can_be_undone(panel: Panel, film: str):
    panel.open_film(film)
    before = panel.titles()
    said = panel.root.locator(".said").first.inner_text()
    assert len(before) == 3

    def undone() -> None:
        panel.root.locator(".tools").get_by_role("button", name="Undo:").click()
        expect(panel.root.locator(".scene h2 > span:first-child")).to_have_text(before)
        expect(panel.root.locator(".said").first).to_have_text(said)

    panel.root.locator(".about-scene").first.click()
    panel.root.get_by_label("What is said").fill("A new sentence, written in place.")
    panel.button("Done").click()
    expect(panel.root.locator(".said").first).to_have_text("A new sentence, written in place.")
    undone()

    panel.choose(panel.button("More for scene 1"), "Move down")
    expect(panel.root.locator(".scene h2 > span:first-child")).to_have_text(
        [before[1], before[0], before[2]]
    )
    undone()

    panel.choose(panel.button("More for scene 1"), "Merge with the next")
    expect(panel.cards()).to_have_count(2)
    undone()

    panel.choose(panel.button("More for scene 1"), "Split …")
    panel.root.locator("dialog .row.wrap button").nth(3).click()
    expect(panel.cards()).to_have_count(4)
    undone()

    panel.choose(panel.button("More for scene 2"), "Remove")
    expect(panel.cards()).to_have_count(2)
    undone()

    panel.button("Add a scene").click()
    panel.root.locator("dialog").get_by_label("What is seen").fill("The empty street at dusk")
    panel.root.locator("dialog").get_by_role("button", name="Add").click()
    expect(panel.cards()).to_have_count(4)
    undone()


def test_a_scene_is_dragged_to_its_place(panel: Panel, film: str):
    panel.open_film(film)
    before = panel.titles()
    start = panel.root.locator(".thumb .number").first.bounding_box()
    end = panel.cards().nth(2).bounding_box()
    assert start and end
    mouse = panel.page.mouse
    mouse.move(start["x"] + 5, start["y"] + 5)
    mouse.down()
    mouse.move(start["x"] + 5, start["y"] + 40, steps=4)
    mouse.move(start["x"] + 5, end["y"] + end["height"], steps=8)
    mouse.up()
    expect(panel.root.locator(".scene h2 > span:first-child")).to_have_text(
        [before[1], before[2], before[0]]
    )
    expect(panel.root.locator("#stage-time")).to_have_count(0)
    panel.root.locator(".tools").get_by_role("button", name="Undo:").click()
    expect(panel.root.locator(".scene h2 > span:first-child")).to_have_text(before)


def test_another_take_side_by_side(panel: Panel, film: str):
    panel.open_film(film)
    panel.button("Redo scene 2").click()
    panel.root.get_by_label("What should be different?").wait_for()
    panel.root.locator("dialog").get_by_role("button", name="Rehearse free").click()
    card = panel.cards().nth(1)
    compare = card.get_by_role("button", name="Takes of scene 2 side by side")
    compare.wait_for(timeout=PATIENCE)
    until_done(panel.comfyui, film)

    compare.click()
    sides = panel.root.locator("dialog video")
    expect(sides).to_have_count(2)
    panel.button("Play both").click()
    panel.page.wait_for_function(
        "() => [...document.querySelector('.onereel-panel').shadowRoot"
        ".querySelectorAll('dialog video')].every((video) => video.currentTime > 0.5)"
    )
    times = sides.evaluate_all("(videos) => videos.map((video) => video.currentTime)")
    assert abs(times[0] - times[1]) < 0.2
    panel.button("Use A").click()
    expect(panel.root.locator("dialog .side").first.get_by_role("button")).to_have_text(
        "In the film"
    )
    panel.press("Escape")
    expect(panel.root.locator("dialog")).to_have_count(0)


def test_what_is_approved_is_bought_and_no_more(panel: Panel, google: Google):
    google.reset()
    made = make_film(
        panel.comfyui,
        "A ferry man and his last passenger",
        action="rehearse",
        resolution="720p",
        renderer="veo",
    )
    film = until_done(panel.comfyui, made["id"])
    panel.open_film(film["id"])
    panel.button("Approve scene 1").click()
    expect(panel.root.get_by_text("1 of 3 approved")).to_be_visible()
    shoot = panel.root.locator(".spend")
    expect(shoot).to_contain_text("at most $")
    ceiling = Decimal(shoot.inner_text().split("$")[1])
    shoot.click()
    expect(panel.root.locator(".scene .state .chip").first).to_have_text("Ready", timeout=PATIENCE)
    until_done(panel.comfyui, film["id"])
    charged = [charge.amount for charge in google.world.charges]
    assert len(charged) == 1
    assert sum(charged) <= ceiling
    panel.wait_for_reel()
    expect(panel.root.locator(".tools")).to_contain_text(f"${charged[0]:.2f}")


def test_what_cannot_be_bought_says_the_way_out(panel: Panel):
    made = make_film(panel.comfyui, "A piano tuner in the rain", action="rehearse", renderer="veo")
    film = until_done(panel.comfyui, made["id"])
    panel.open_film(film["id"])
    trouble = panel.root.locator(".scroll > div > .trouble")
    expect(trouble).to_contain_text("not at 480p")
    trouble.get_by_role("button").click()
    panel.root.get_by_label("Resolution").select_option("720p")
    panel.press("Escape")
    expect(trouble).to_have_count(0)


def test_the_chat_proposes_and_nothing_changes_before_it_is_applied(panel: Panel, film: str):
    panel.open_film(film)
    revision = api(panel.comfyui, "GET", f"/films/{film}")["revision"]
    line = panel.root.get_by_label("Say what to change", exact=True)
    line.fill("make scene 3 darker")
    line.press("Enter")
    proposal = panel.root.locator(".proposal")
    proposal.locator("ins").first.wait_for()
    assert api(panel.comfyui, "GET", f"/films/{film}")["revision"] == revision
    proposal.get_by_role("button", name="Apply").click()
    expect(proposal).to_have_count(0)
    assert api(panel.comfyui, "GET", f"/films/{film}")["revision"] != revision
    panel.root.locator(".tools").get_by_role("button", name="Undo:").click()
    expect(line).to_have_value("")
    line.fill("sing me a song")
    line.press("Enter")
    expect(panel.root.locator(".foot .trouble")).to_contain_text("shorter")


def test_the_graph_is_the_workflow(panel: Panel, film: str):
    panel.open_film(film, "film")
    panel.button("Open as graph").click()
    panel.hears("open as a graph")
    kinds = panel.page.evaluate(
        "() => window.comfyAPI.app.app.graph._nodes.map((node) => node.comfyClass ?? node.type)"
    )
    assert {"OneReelNarrate", "OneReelAssembleCut", "OneReelSaveFilm"} <= set(kinds)


def test_a_film_is_deleted_after_a_question(panel: Panel):
    film = make_film(panel.comfyui, "A short goodbye")
    panel.open_film(film["id"])
    panel.choose(panel.more(), "Delete …")
    expect(panel.root.locator("dialog")).to_contain_text(film["title"])
    panel.root.locator("dialog").get_by_role("button", name="Delete").click()
    panel.root.get_by_role("tab", name="Library", exact=True).wait_for()
    films = api(panel.comfyui, "GET", "/films?limit=200")["films"]
    assert film["id"] not in {each["id"] for each in films}
