"""While ComfyUI does not answer: whatever did not come is told, and comes by itself later."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .driver import TAB, Panel, settings

SAID = "ComfyUI does not answer. Is it still running?"


@pytest.mark.parametrize("way", ["alone", "by its button"])
def test_what_did_not_come_at_the_start_comes_later(panel: Panel, way: str):
    page = panel.page
    page.route("**/onereel/v1/choices", lambda route: route.abort())
    page.goto(panel.comfyui.url)
    page.locator(TAB).click()
    told = page.get_by_role("alert").filter(has_text=SAID)
    again = told.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    page.unroute("**/onereel/v1/choices")
    if way != "alone":
        again.click()
    expect(panel.root.get_by_label("Length", exact=True)).to_be_visible()
    expect(told).to_have_count(0)


@pytest.mark.parametrize("module", ["panel", "dom", "words/fr"])
def test_a_panel_that_did_not_load_says_so(panel: Panel, module: str):
    page = panel.page
    settings(panel.comfyui, {"Comfy.Locale": "fr"})
    page.route(f"**/panel/{module}.mjs", lambda route: route.abort())
    page.goto(panel.comfyui.url)
    page.locator(TAB).click()
    told = page.get_by_role("alert").filter(
        has_text="OneReel n\u2019a pas pu \u00eatre charg\u00e9."
    )
    again = told.get_by_role("button", name="R\u00e9essayer")
    again.click()
    expect(again).to_be_visible()
    page.unroute(f"**/panel/{module}.mjs")
    again.click()
    expect(panel.root.get_by_role("tab", name="Nouveau film")).to_be_visible()
    expect(told).to_have_count(0)
    # What did not load is an error on the console, too.
    panel.broken.clear()


def test_a_view_that_did_not_come_comes_later(panel: Panel):
    panel.page.route("**/panel/library.mjs", lambda route: route.abort())
    panel.root.get_by_role("tab", name="Library").click()
    told = panel.root.get_by_role("alert").filter(has_text=SAID)
    expect(told.get_by_role("button", name="Try again")).to_be_visible()
    panel.page.unroute("**/panel/library.mjs")
    expect(panel.root.locator(".finder")).to_be_visible()
    expect(told).to_have_count(0)


def test_what_was_pressed_while_comfyui_was_away_can_be_pressed_again(panel: Panel):
    panel.root.get_by_label("What is your film about?").fill("A lamp waits for a ship")
    panel.ask_for_little()
    expect(panel.root.locator(".price")).to_contain_text("scenes")
    panel.page.route("**/panel/make_film.mjs", lambda route: route.abort())
    panel.button("Rehearse free").click()
    notice = panel.root.locator(".notice")
    expect(notice).to_contain_text(SAID)
    panel.page.unroute("**/panel/make_film.mjs")
    notice.get_by_role("button", name="Try again").click()
    expect(panel.root.locator(".title")).to_be_visible()
