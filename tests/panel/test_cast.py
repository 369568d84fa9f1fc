"""Characters in the panel: made in words and pictures, cast, seen on scenes that name them."""

from __future__ import annotations

import io
import json
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw

from tests.comfyui.client import ComfyUI
from tests.standins import Fault, Google
from tests.standins.ollama import OllamaStandIn, Say

from .driver import Panel, api, make_film, settings, until_done

if TYPE_CHECKING:
    from playwright.sync_api import expect
else:
    expect = pytest.importorskip("playwright.sync_api").expect


def portrait(colour: str) -> dict[str, object]:
    picture = Image.new("RGB", (240, 320), colour)
    ImageDraw.Draw(picture).ellipse((70, 60, 170, 180), fill="peachpuff")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return {"name": f"{colour}.png", "mimeType": "image/png", "buffer": file.getvalue()}


def script(name: str) -> dict[str, object]:
    scenes = [
        {"id": "s01", "title": "The pier", "prompt": f"{name} runs along the pier"},
        {"id": "s02", "title": "Dawn", "prompt": "The harbour at dawn"},
    ]
    spoken = [{**each, "narration": "A kite.", "duration": 4} for each in scenes]
    return {"title": "The kite", "brief": {"idea": "A kite", "duration": 8}, "scenes": spoken}


def test_a_character_is_made_and_cast_and_taken_back(panel: Panel, comfyui: ComfyUI):
    name = f"Mia {uuid.uuid4().hex[:5].upper()}"
    panel.choose(panel.more(), "Characters")
    panel.button("New character").click()
    panel.root.get_by_label("Name", exact=True).fill(name)
    panel.root.get_by_label("What it looks like").fill("a girl of nine with red braids")
    panel.button("Save").click()
    item = panel.root.locator(".item", has_text=name)
    expect(item).to_contain_text("a girl of nine with red braids")
    expect(item).to_contain_text("In words only")
    for colour in ("teal", "navy"):
        with panel.page.expect_file_chooser() as chooser:
            item.get_by_role("button", name="Add a picture").click()
        before = item.locator("img").count()
        chooser.value.set_files([portrait(colour)])
        expect(item.locator("img")).to_have_count(before + 1)
    first = item.locator("img").first.get_attribute("src")
    item.get_by_role("button", name="Make it the first").click()
    expect(item.locator("img").nth(1)).to_have_attribute("src", first or "")

    body = {"screenplay": script(name), "action": "none"}
    film = api(comfyui, "POST", "/films", json=body)
    panel.open_film(film["id"])
    panel.cards().first.wait_for()
    panel.choose(panel.more(), "Cast")
    panel.root.get_by_role("checkbox", name=name).check()
    panel.button("Set the cast").click()
    expect(panel.cards().first).to_contain_text(name)
    expect(panel.cards().nth(1)).not_to_contain_text(name)
    panel.root.locator(".tools").get_by_role("button", name="Undo:").click()
    expect(panel.cards().first.locator(".about-scene p")).to_have_count(1)


def test_a_name_that_is_taken_is_said_and_nothing_typed_is_lost(panel: Panel, comfyui: ComfyUI):
    name = f"Holt {uuid.uuid4().hex[:5].upper()}"
    api(comfyui, "POST", "/characters", json={"name": name})
    panel.choose(panel.more(), "Characters")
    panel.button("New character").click()
    panel.root.get_by_label("Name", exact=True).fill(name.lower())
    panel.root.get_by_label("What it looks like").fill("another man")
    panel.button("Save").click()
    expect(panel.root.locator("dialog")).to_contain_text("already")
    expect(panel.root.get_by_label("What it looks like")).to_have_value("another man")


def test_a_new_film_is_cast_by_name(panel: Panel, comfyui: ComfyUI):
    name = f"Zoe{uuid.uuid4().hex[:5].upper()}"
    api(comfyui, "POST", "/characters", json={"name": name, "description": "a girl"})
    panel.root.locator("#idea").fill(f"{name} finds a kite")
    panel.ask_for_little()
    panel.root.get_by_role("button", name="Cast").click()
    panel.root.get_by_role("checkbox", name=name).check()
    panel.button("Set the cast").click()
    expect(panel.root.get_by_role("button", name="Cast")).to_have_text(name)
    with panel.page.expect_request("**/onereel/v1/films") as asked:
        panel.button("Rehearse free").click()
    assert asked.value.post_data_json["options"]["cast"] == name
    expect(panel.cards().first).to_contain_text(name, timeout=120_000)


@pytest.mark.parametrize("language", ["de", "ja"])
def test_characters_in_other_languages_fit(panel: Panel, comfyui: ComfyUI, language: str):
    api(comfyui, "POST", "/characters", json={"name": f"Mia{uuid.uuid4().hex[:5].upper()}"})
    settings(comfyui, {"Comfy.Locale": language})
    panel.root.locator(".top .button.square").last.click()
    panel.root.get_by_role("menuitem").first.click()
    panel.root.locator(".item").first.wait_for()
    panel.page.locator(".onereel-panel").evaluate("(element) => { element.style.width = '312px'; }")
    wide = panel.page.evaluate(
        "() => { const root = document.querySelector('.onereel-panel').shadowRoot;"
        " const edge = root.host.getBoundingClientRect().right + 1;"
        " return [...root.querySelectorAll('button, h1')].filter("
        " (each) => each.getBoundingClientRect().right > edge).length; }"
    )
    assert wide == 0
    assert "undefined" not in panel.root.inner_text()


@pytest.fixture(scope="module")
def made(comfyui: ComfyUI) -> Any:
    """A rehearsed film, of which others are made."""
    return until_done(comfyui, make_film(comfyui, "A kite", action="rehearse", scenes=2)["id"])


def test_a_film_is_heard_in_another_language(panel: Panel, made: Any, ollama: OllamaStandIn):
    scenes = [
        {"id": scene["id"], "title": f"Szene {scene['number']}", "narration": "Ein Satz."}
        for scene in made["scenes"]
    ]
    ollama.chats = [Say(json.dumps({"title": "Der Drachen", "logline": "", "scenes": scenes}))]
    panel.open_film(made["id"], view="film")
    panel.button("Another language \u2026").click()
    dialog = panel.root.locator("dialog")
    dialog.get_by_label("Language").select_option("de")
    # A server of the film maker's own answers, and costs nothing.
    expect(dialog.get_by_label("Translated by")).to_have_value("ollama")
    expect(dialog.get_by_label("Model")).to_have_value(ollama.models[0].name)
    dialog.get_by_role("button", name="Translate and rehearse", exact=True).click()
    expect(panel.root.locator("h1")).to_contain_text("Der Drachen")
    expect(panel.cards().first).to_contain_text("Ein Satz.")


def test_a_paid_translation_is_bought_by_the_button_that_says_its_price(
    panel: Panel, comfyui: ComfyUI, made: Any, google: Google
):
    google.reset()
    scenes = [
        {"id": scene["id"], "title": "", "narration": "Ein Satz."} for scene in made["scenes"]
    ]
    google.gemini.texts = [json.dumps({"title": "Die Glocke", "logline": "", "scenes": scenes})]
    panel.open_film(made["id"], view="film")
    panel.button("Another language \u2026").click()
    dialog = panel.root.locator("dialog")
    dialog.get_by_label("Language").select_option("de")
    dialog.get_by_label("Translated by").select_option("gemini")
    price = api(comfyui, "GET", f"/films/{made['id']}/revoice?language=de&service=gemini")
    button = dialog.get_by_role("button", name="Translate and rehearse, at most $")
    expect(button).to_be_visible()
    assert Decimal(price["at_most"]) > 0
    button.click()
    expect(panel.root.locator("h1")).to_contain_text("Die Glocke")
    expect(panel.cards().first).to_contain_text("Ein Satz.")


def test_who_cannot_translate_says_what_to_do(panel: Panel, made: Any):
    panel.open_film(made["id"], view="film")
    panel.button("Another language \u2026").click()
    dialog = panel.root.locator("dialog")
    dialog.get_by_label("Translated by").select_option("ollama")
    dialog.get_by_label("Model").fill("nobody-has-this")
    dialog.get_by_role("button", name="Translate and rehearse").click()
    expect(dialog.locator(".notice.wrong")).to_contain_text("nobody-has-this")
    expect(dialog.get_by_label("Model")).to_have_value("nobody-has-this")


def test_a_rehearsal_that_a_paid_writer_writes_says_what_it_costs(
    panel: Panel, comfyui: ComfyUI, google: Google
):
    panel.root.locator("#idea").fill("A door that nobody opens")
    panel.root.locator("summary").click()
    panel.root.get_by_label("Writer").select_option("gemini")
    expect(panel.root.get_by_role("button", name="Rehearse, at most $")).to_be_visible()
    panel.root.get_by_label("Writer").select_option("built-in")
    expect(panel.button("Rehearse free")).to_be_visible()


def test_what_was_charged_and_never_came_is_allowed_in_money(
    panel: Panel, comfyui: ComfyUI, google: Google
):
    google.reset()
    google.plan.set([Fault("blocked", where="outcome")])
    film = make_film(comfyui, "A script that nobody lets through", action="write", writer="gemini")
    until_done(comfyui, film["id"])
    google.plan.set([])
    listed = f"/spendings?film={film['id']}"
    (spending,) = api(comfyui, "GET", listed)["spendings"]
    assert (spending["state"], spending["may"]) == ("failed", ["try-again"])
    every = api(comfyui, "GET", "/spendings?limit=200")["spendings"]
    # They come in pages, here of one.
    panel.page.route(
        "**/spendings?limit=200*",
        lambda route: route.continue_(url=route.request.url.replace("limit=200", "limit=1")),
    )
    panel.choose(panel.more(), "Money")
    older = panel.button("Show older ones")
    for _ in every[1:]:
        with panel.page.expect_response("**/spendings?limit=1&cursor=*"):
            older.click()
    expect(older).to_have_count(0)
    item = panel.root.locator("section", has_text="Not bought again by itself").locator(".item")
    expect(item.first).to_contain_text("nothing came")
    item.first.get_by_role("button", name="Allow buying again").click()
    expect(panel.root.get_by_text("Not bought again by itself")).to_have_count(0)
    (spending,) = api(comfyui, "GET", listed)["spendings"]
    assert (spending["state"], spending["may"]) == ("abandoned", [])
    assert Decimal(spending["charged"]) > 0
