"""From an idea to a film in one's hands; changed, watched side by side, bought."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from PIL import Image
from playwright.sync_api import Browser, Locator, expect

from tests.comfyui.client import ComfyUI
from tests.footage import make_clip
from tests.reliability.killing import until
from tests.standins import Fault, Google

from .driver import Held, Panel, api, make_film, until_done

PATIENCE = 240_000


@pytest.fixture(scope="module")
def film(comfyui: ComfyUI) -> str:
    """A rehearsed film."""
    made = make_film(comfyui, "A baker finds a letter in the flour", action="rehearse")
    done = until_done(comfyui, made["id"])
    assert done["reel"], done["job"]
    return done["id"]


def without_percents(text: str) -> str:
    """What is under way at the service goes on between two looks."""
    return re.sub(r"\d+ %", "%", text)


def test_a_newcomer_comes_to_a_film(panel: Panel, tmp_path: Path):
    for each in api(panel.comfyui, "GET", "/films?limit=200")["films"]:
        # What another test began is not deleted while it is made.
        until_done(panel.comfyui, each["id"])
        api(panel.comfyui, "DELETE", f"/films/{each['id']}")
    library = Held(panel.page, re.compile(r"/onereel/v1/films\?"))
    panel.load()
    # Nobody waits for a slow library; who has not begun meanwhile is shown the way all the same.
    panel.root.get_by_label("Length", exact=True).wait_for()
    library.next().continue_()
    panel.root.get_by_role("heading", name="Your first film").wait_for()
    library.let_go()
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


def test_a_look_has_a_name_or_is_in_words_of_ones_own(panel: Panel):
    look = panel.root.get_by_label("Look", exact=True)
    with panel.page.expect_request(lambda each: '"look":"watercolour"' in (each.post_data or "")):
        look.select_option("Watercolour")
    own = panel.root.get_by_label("Own words \u2026")
    expect(own).to_have_count(0)
    look.select_option("Own words \u2026")
    expect(own).to_be_focused()
    panel.page.keyboard.type("everything in red")
    panel.root.get_by_label("What is your film about?").fill("A cat sails home")
    panel.ask_for_little()
    panel.load()
    expect(own).to_have_value("everything in red")
    panel.button("Rehearse free").click()
    panel.cards().first.wait_for()
    (card,) = api(panel.comfyui, "GET", "/films?search=cat sails")["films"]
    film = api(panel.comfyui, "GET", f"/films/{card['id']}")
    assert film["brief"]["look"] == film["style"]["look"] == "everything in red"
    assert film["scenes"]
    assert all("verything in red" in scene["prompt"] for scene in film["scenes"])
    # Nothing of this is seen in its pictures.
    api(panel.comfyui, "POST", f"/films/{card['id']}/cancel")
    until_done(panel.comfyui, card["id"])


def test_the_cheapest_film_with_pictures_is_drawn(panel: Panel, google: Google):
    google.reset()
    panel.root.get_by_label("What is your film about?").fill("A clockmaker mends an hour")
    panel.root.locator("summary").click()
    panel.root.get_by_label("Shot by").select_option("stills")
    panel.root.get_by_label("Resolution").select_option("480p")
    panel.root.get_by_label("Exact length").fill("8")
    panel.root.get_by_label("Scenes (0").fill("2")
    panel.press("Tab")
    expect(panel.root.locator(".price")).to_contain_text("Drawn stills (Gemini)at most $0.1008")
    panel.root.locator(".spend", has_text="at most $0.1008").click()
    panel.root.locator(".title").wait_for()
    expect(panel.cards()).to_have_count(2, timeout=PATIENCE)
    chips = panel.root.locator(".scene .state .chip")
    expect(chips).to_have_text(["Ready", "Ready"], timeout=PATIENCE)
    panel.wait_for_reel()
    assert [charge.amount for charge in google.charges] == [Decimal("0.0504")] * 2
    # Another take is another picture, bought by the button that says its price.
    panel.button("Redo scene 1").click()
    panel.root.locator("dialog").get_by_role("button", name="Shoot it, at most $0.0504").click()
    expect(panel.cards().first.locator(".take-row")).to_contain_text("of 2", timeout=PATIENCE)
    expect(panel.cards().first.locator(".take-row")).to_contain_text("Stills")
    assert len(google.charges) == 3


def test_the_look_is_changed_afterwards_and_what_was_bought_stays(panel: Panel, google: Google):
    google.reset()
    made = make_film(
        panel.comfyui,
        "A bell under the ice",
        action="rehearse",
        scenes=2,
        resolution="720p",
        renderer="veo",
    )
    film = until_done(panel.comfyui, made["id"])
    panel.open_film(film["id"])
    panel.button("Redo scene 1").click()
    panel.root.locator("dialog").get_by_role("button", name="Shoot it, at most").click()
    first = panel.cards().first.locator(".state .chip")
    expect(first).to_have_text("Ready", timeout=PATIENCE)
    until_done(panel.comfyui, film["id"])
    asked = panel.root.locator("dialog .trouble")
    look = panel.root.get_by_label("Look", exact=True)
    done = panel.root.locator("dialog").get_by_role("button", name="Done")

    panel.choose(panel.more(), "Film settings")
    look.select_option("Watercolour")
    expect(asked).to_contain_text("1 scene was bought as it is. Shooting it again: at most $")
    asked.get_by_role("button", name="Keep these takes").click()
    expect(asked).to_have_count(0)
    expect(look).to_have_value("watercolour")
    done.click()
    expect(first).to_have_text("Ready")
    expect(panel.cards().nth(1).locator(".state .chip")).to_have_text("Planned")
    undo = panel.root.locator(".tools").get_by_role("button", name="Undo:")
    undo.click()
    expect(panel.cards().nth(1).locator(".state .chip")).to_have_text("Draft")

    # In words of one's own; what was bought is let go of.
    panel.choose(panel.more(), "Film settings")
    look.select_option("Own words \u2026")
    expect(panel.root.locator("#options-own-look")).to_be_focused()
    panel.page.keyboard.type("everything in red")
    panel.press("Tab")
    asked.get_by_role("button", name="Let them go").click()
    done.click()
    expect(first).to_have_text("Planned")
    found = api(panel.comfyui, "GET", f"/films/{film['id']}")
    assert found["style"]["look"] == "everything in red"
    assert all("verything in red" in scene["prompt"] for scene in found["scenes"])
    undo.click()
    expect(first).to_have_text("Ready")

    # Another shape: how what is kept would be seen is said, and drafts are drawn anew.
    panel.choose(panel.more(), "Film settings")
    shape = panel.root.get_by_label("Shape", exact=True)
    shape.select_option("9:16")
    cropped = "Scene 1, if kept: cropped to 32% of the picture and enlarged "
    expect(asked).to_contain_text(f"{cropped}1.8 times")
    # A platform brings its own, and the resolution that it shows best.
    platform = panel.root.get_by_label("For", exact=True)
    platform.select_option("TikTok")
    expect(platform).to_have_value("tiktok")
    expect(asked).to_contain_text(f"{cropped}2.7 times")
    asked.get_by_role("button", name="Keep these takes").click()
    expect(asked).to_have_count(0)
    expect(shape).to_have_value("9:16")
    expect(platform).to_have_value("tiktok")
    expect(panel.root.get_by_label("Resolution")).to_have_value("1080p")
    done.click()
    expect(first).to_have_text("Ready")
    expect(panel.cards().nth(1).locator(".state .chip")).to_have_text("Planned")
    undo.click()
    expect(panel.cards().nth(1).locator(".state .chip")).to_have_text("Draft")

    # Another script: looked at with its price before it takes the place of this one.
    titles = panel.titles()
    panel.choose(panel.more(), "Write it again")
    dialog = panel.root.locator("dialog")
    dialog.get_by_label("Kind").select_option("Trailer")
    dialog.get_by_role("button", name="Write it again").click()
    expect(dialog.locator(".told-anew li").nth(1)).to_be_visible()
    expect(dialog).to_contain_text("1 scene was bought for the script that is there.")
    assert panel.titles() == titles
    dialog.get_by_role("button", name="Use this script").click()
    expect(first).to_have_text("Planned")
    undo.click()
    expect(first).to_have_text("Ready")
    assert panel.titles() == titles
    assert len(google.charges) == 1


def test_an_idea_in_another_language_than_its_film_says_what_to_do(panel: Panel):
    panel.root.get_by_label("What is your film about?").fill(
        "Ein W\u00e4rter, der sich vor der Dunkelheit f\u00fcrchtet"
    )
    panel.root.get_by_label("Language", exact=True).select_option("fr")
    said = panel.root.get_by_text("The idea is in German, but the film's language is French")
    expect(said.first).to_be_visible()
    expect(said.first).to_contain_text("write the idea in French")
    # What is refused already is not made: the button beside the sentence mends it.
    before = len(api(panel.comfyui, "GET", "/films?limit=200")["films"])
    panel.button("Rehearse free").click()
    way = panel.button("Language: German")
    expect(way).to_be_focused()
    assert len(api(panel.comfyui, "GET", "/films?limit=200")["films"]) == before
    way.click()
    expect(panel.root.get_by_label("Language", exact=True)).to_have_value("de")
    expect(said).to_have_count(0)


def test_a_platform_brings_its_shape_and_says_what_it_takes(panel: Panel):
    platform = panel.root.get_by_label("For", exact=True)
    length = panel.root.get_by_label("Length", exact=True)
    with panel.page.expect_request(
        lambda each: all(
            words in (each.post_data or "")
            for words in ('"platform":"tiktok"', '"aspect":"9:16"', '"resolution":"1080p"')
        )
    ):
        platform.select_option("TikTok")
    expect(panel.root.get_by_text("TikTok: 0:21 to 0:34 is usual.")).to_be_visible()
    platform.select_option("YouTube Shorts")
    length.select_option("300")
    too_long = panel.root.get_by_text("YouTube Shorts takes films of at most 3:00")
    expect(too_long).to_be_visible()
    with panel.page.expect_request(lambda each: '"resolution":"720p"' in (each.post_data or "")):
        platform.select_option("Anywhere")
    expect(too_long).to_have_count(0)


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
    expect(panel.root.locator(".peaks")).to_have_attribute("style", re.compile("image/svg"))
    panel.button("Hear the line").click()
    expect(panel.root.locator(".wave")).to_have_class("wave plays")
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
        scenes=2,
        resolution="720p",
        renderer="veo",
    )
    film = until_done(panel.comfyui, made["id"])
    panel.open_film(film["id"])
    panel.button("Approve scene 1").click()
    expect(panel.root.get_by_text("1 of 2 approved")).to_be_visible()
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


@pytest.fixture
def short_leases(comfyui: ComfyUI) -> Iterator[None]:
    """Nobody waits a minute for a process that was killed."""
    path = comfyui.private / "settings.toml"
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n[ledger]\nlease = 1.5\n", "utf-8")
    yield
    path.write_text(before, "utf-8")


def test_a_film_goes_on_after_comfyui_died_and_is_not_paid_for_twice(
    panel: Panel, browser: Browser, google: Google, short_leases: None
):
    google.reset()
    # At the second look: by then both scenes are ordered, and one is there.
    google.plan.set([Fault("hold", where="poll", event="polled", nth=2)])
    panel.root.get_by_label("What is your film about?").fill("A diver looks for a bell")
    panel.root.locator("summary").click()
    panel.root.get_by_label("Exact length").fill("8")
    panel.root.get_by_label("Scenes (0").fill("2")
    panel.press("Tab")
    expect(panel.root.locator(".price")).to_contain_text("2 scenes")
    panel.root.locator(".spend").click()
    panel.root.locator(".title").wait_for()
    until(lambda: google.log.held)
    film = api(panel.comfyui, "GET", "/films?sort=created&limit=1")["films"][0]["id"]
    with Panel.in_browser(browser, panel.comfyui) as other:
        other.open_film(film)
        tabs = (panel, other)
        for tab in tabs:
            tab.root.locator(".scene .chip", has_text="Shooting").first.wait_for()
        titles = panel.titles()
        # Two were asked for; a line that the voice needs longer for is told in one more.
        assert len(titles) in (2, 3)
        assert panel.comfyui.kill()
        google.plan.set([])
        google.log.go()
        panel.comfyui.start()
        for tab in tabs:
            expect(tab.button("Go on").first).to_be_visible(timeout=60_000)
        shown = panel.root.locator(".scenes, .scroll > .trouble")
        told = [without_percents(text) for text in shown.all_inner_texts()]
        panel.load()
        expect(panel.button("Go on").first).to_be_visible()
        assert [without_percents(text) for text in shown.all_inner_texts()] == told
        panel.button("Go on").first.click()
        for tab in tabs:
            tab.wait_for_reel()
            assert tab.titles() == titles
            states = tab.root.locator(".scene .state .chip").all_inner_texts()
            assert states == ["Ready"] * len(titles)
    charged = [charge.amount for charge in google.charges]
    assert len(charged) == len(titles)
    expect(panel.root.locator(".tools")).to_contain_text(f"${sum(charged):.2f}")


def test_a_script_of_ones_own_is_brought(panel: Panel, tmp_path: Path):
    latin = tmp_path / "latin.fountain"
    latin.write_text("INT. CAF\u00c9 - JOUR\n\nUn th\u00e9.\n", "latin-1")
    script = tmp_path / "calm.fountain"
    script.write_text("Title: Calm\n\nINT. SEA\n\nNARRATOR\nThe sea is calm.\n", "utf-16")

    def bring(file: Path) -> None:
        with panel.page.expect_file_chooser() as chooser:
            panel.button("A script of your own: Choose a file").click()
        chooser.value.set_files(file)

    panel.root.locator("summary").click()
    bring(latin)
    expect(panel.root.locator(".notice")).to_contain_text("latin.fountain is not text in UTF-8")
    bring(script)
    expect(panel.root.locator(".title")).to_contain_text("Calm")
    expect(panel.cards()).to_have_count(1)
    expect(panel.cards().first).to_contain_text("The sea is calm.")


def test_what_is_brought_is_in_the_film(panel: Panel, film: str, tmp_path: Path):
    panel.open_film(film)
    card = panel.cards().first
    card.wait_for()
    before = panel.root.locator(".tools").text_content()
    assert before
    undo = panel.root.locator(".tools").get_by_role("button", name="Undo:")

    def choose(menu: Locator, item: str, file: Path) -> None:
        with panel.page.expect_file_chooser() as chooser:
            panel.choose(menu, item)
        chooser.value.set_files(file)

    menu = panel.button("More for scene 1")
    clip = make_clip(tmp_path / "mine.mp4")
    choose(menu, "Own clip, still or voice", clip)
    panel.hears("mine.mp4 is in the film.")
    expect(card.locator(".take-row")).to_contain_text("Own clip")
    expect(card.locator(".chip")).to_have_text("Ready")
    undo.click()
    expect(card.locator(".chip")).to_have_text("Draft")

    voice = tmp_path / "voice.wav"
    soundfile.write(voice, np.sin(np.arange(96_000) * 0.03) * 0.3, 48_000)
    choose(menu, "Own clip, still or voice", voice)
    panel.hears("voice.wav is in the film.")
    undo.click()

    nothing = tmp_path / "nothing.png"
    nothing.write_bytes(b"no picture at all")
    choose(menu, "Own clip, still or voice", nothing)
    with panel.page.expect_file_chooser() as chooser:
        panel.root.locator(".notice").get_by_role("button", name="Choose another").click()
    chooser.value.set_files(clip)
    panel.hears("mine.mp4 is in the film.")
    undo.click()

    panel.choose(panel.more(), "Film settings")
    with panel.page.expect_file_chooser() as chooser:
        panel.button("Choose a file").click()
    chooser.value.set_files(voice)
    panel.button("Take Music out").click()
    expect(panel.button("Choose a file")).to_be_visible()
    panel.press("Escape")
    undo.click()
    undo.click()
    expect(panel.root.locator(".tools")).to_have_text(before)


def test_a_presenter_is_seen_through_where_its_colour_is_named(panel: Panel):
    picture = io.BytesIO()
    Image.new("RGB", (90, 120), (0, 177, 64)).save(picture, "PNG")
    header = {"Content-Type": "image/png"}
    kept = api(panel.comfyui, "POST", "/presenters", data=picture.getvalue(), headers=header)
    made = make_film(panel.comfyui, "A screen of green", action="write", **kept)
    film = until_done(panel.comfyui, made["id"])["id"]
    panel.open_film(film)
    panel.choose(panel.more(), "Film settings")

    def say(label: str, words: str) -> None:
        panel.root.get_by_label(label).fill(words)
        panel.press("Tab")

    def kept_as(option: str) -> str:
        return api(panel.comfyui, "GET", f"/films/{film}")["options"][option]

    say("Colour to see through", "green")
    until(lambda: kept_as("presenter_key") != "")
    say("In which scenes", "1, 3")
    until(lambda: kept_as("presenter_scenes") == "1, 3")


def test_refused_words_are_softened_or_written_anew(panel: Panel, google: Google):
    google.reset()
    google.plan.set([Fault("blocked", where="outcome", match="sword", code="56562880", times=None)])
    made = make_film(
        panel.comfyui,
        "A fencer and her shadow",
        action="write",
        resolution="720p",
        renderer="veo",
    )
    film = until_done(panel.comfyui, made["id"])
    scene = film["scenes"][0]["id"]
    change = {
        "op": "set",
        "scene": scene,
        "fields": {"prompt": "A woman raises her sword at dawn."},
    }
    body = {"revision": film["revision"], "changes": [change]}
    api(panel.comfyui, "POST", f"/films/{film['id']}/edits", json=body)
    panel.open_film(film["id"])
    card = panel.cards().first

    def shoot() -> None:
        panel.button("Redo scene 1").click()
        panel.root.locator("dialog").get_by_role("button", name="Shoot it, at most").click()

    shoot()
    expect(card.locator(".chip")).to_have_text("Refused", timeout=PATIENCE)
    until_done(panel.comfyui, film["id"])
    refused = card.locator(".trouble")
    expect(refused.locator("del")).to_have_text("sword")
    expect(refused.locator("ins")).to_have_text("staff")
    assert not google.charges

    refused.get_by_role("button", name="Write my own").click()
    words = panel.root.get_by_label("Words for the model")
    expect(words).to_have_value("A woman raises her sword at dawn.")
    panel.press("Escape")
    refused.get_by_role("button", name="Use it").click()
    expect(refused).to_have_count(0)
    shoot()
    expect(card.locator(".chip")).to_have_text("Ready", timeout=PATIENCE)
    assert [charge.prompt.count("staff") for charge in google.charges] == [1]


def test_what_cannot_be_bought_says_the_way_out(panel: Panel):
    idea = "A piano tuner in the rain"
    made = make_film(panel.comfyui, idea, action="rehearse", scenes=2, renderer="veo")
    film = until_done(panel.comfyui, made["id"])
    panel.open_film(film["id"])
    trouble = panel.root.locator(".scroll > div > .trouble")
    expect(trouble).to_contain_text("not at 480p")
    # A rehearsal needs no model that shoots so.
    panel.button("Redo scene 1").click()
    panel.root.locator("dialog").get_by_role("button", name="Rehearse free").click()
    expect(panel.cards().first.locator(".take-row")).to_contain_text("of 2", timeout=PATIENCE)
    until_done(panel.comfyui, film["id"])
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
    understood = panel.root.locator(".foot .trouble")
    understood.get_by_role("button", name="shorter", exact=True).click()
    expect(line).to_have_value("shorter")
    expect(understood).to_have_count(0)


def test_a_film_is_kept_as_a_kind_of_film(panel: Panel, film: str):
    panel.open_film(film)
    panel.choose(panel.more(), "Keep as a kind of film")
    panel.root.get_by_label("Title").fill("Like the first one")
    panel.button("Save").click()
    panel.hears("Like the first one is a kind of film now")
    choices = api(panel.comfyui, "GET", "/choices")
    assert "like-the-first-one" in [each["name"] for each in choices["templates"]]


def test_the_graph_is_the_workflow(panel: Panel, film: str):
    panel.open_film(film, "film")
    panel.button("Open as graph").click()
    panel.hears("open as a graph")
    kinds = panel.page.evaluate(
        "() => window.comfyAPI.app.app.graph._nodes.map((node) => node.comfyClass ?? node.type)"
    )
    assert {"OneReelNarrate", "OneReelAssembleCut", "OneReelSaveFilm"} <= set(kinds)


def test_a_film_that_waits_says_its_place_and_when_it_begins(panel: Panel, film: str):
    # One was rehearsed before, so its time is known; the page is there before they begin.
    panel.open_film(film)
    panel.cards().first.wait_for()
    ahead, behind = (
        make_film(panel.comfyui, f"A film that is {place}", action="rehearse", resolution="1080p")
        for place in ("ahead", "behind")
    )
    panel.button("To the library").click()
    panel.root.locator(".tile .open", has_text="is behind").click()
    card = panel.root.locator(".job")
    expect(card).to_contain_text("Place 1 in the queue")
    expect(card).to_contain_text(re.compile(r"begins in (about \d+:\d\d|a moment)"))
    for each in (behind, ahead):
        api(panel.comfyui, "POST", f"/films/{each['id']}/cancel")
    expect(card).not_to_contain_text("Place 1 in the queue")


def test_a_film_is_deleted_after_a_question(panel: Panel):
    film = make_film(panel.comfyui, "A short goodbye")
    panel.open_film(film["id"])
    panel.choose(panel.more(), "Delete …")
    expect(panel.root.locator("dialog")).to_contain_text(film["title"])
    panel.root.locator("dialog").get_by_role("button", name="Delete").click()
    panel.root.get_by_role("tab", name="Library", exact=True).wait_for()
    films = api(panel.comfyui, "GET", "/films?limit=200")["films"]
    assert film["id"] not in {each["id"] for each in films}
