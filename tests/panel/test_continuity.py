"""What stays the same from scene to scene, in the panel: described, used, gone on from, bought."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from tests.comfyui.client import ComfyUI
from tests.reliability.killing import until
from tests.standins import Google

from .driver import Panel, api, until_done

if TYPE_CHECKING:
    from playwright.sync_api import expect
else:
    expect = pytest.importorskip("playwright.sync_api").expect

PATIENCE = 240_000


def made(comfyui: ComfyUI, **scene: object) -> str:
    """A film of three scenes of its own."""
    mark = uuid.uuid4().hex[:6]
    scenes = [
        {
            "id": f"s{number:02}",
            "title": title,
            "prompt": f"{title} {mark}",
            "narration": "The harbour wakes, and the boats go out.",
            "duration": 4,
            **scene,
        }
        for number, title in enumerate(("Harbour", "Boat", "Storm"), start=1)
    ]
    play = {"title": "A chain", "brief": {"idea": mark, "duration": 12}, "scenes": scenes}
    options = {"renderer": "veo", "resolution": "720p"}
    body = {"screenplay": play, "options": options, "action": "none"}
    return str(api(comfyui, "POST", "/films", json=body)["id"])


def test_a_place_is_described_once_and_used_by_the_scenes_that_name_it(panel: Panel):
    film = made(panel.comfyui, place="The kitchen, at night")
    panel.open_film(film)
    panel.cards().first.wait_for()
    panel.choose(panel.more(), "What stays the same")
    dialog = panel.root.locator("dialog")
    expect(dialog.get_by_label("Name", exact=True)).to_have_value("The kitchen")
    dialog.get_by_label("What it looks like").fill("blue tiles")
    dialog.get_by_role("button", name="Add").click()
    dialog.get_by_label("Kind").nth(1).select_option("wardrobe")
    dialog.get_by_label("Name", exact=True).nth(1).fill("the coat")
    dialog.get_by_label("Who wears it").fill("Mia")
    dialog.get_by_label("What it looks like").nth(1).fill("an oilskin")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_have_count(0)
    view = api(panel.comfyui, "GET", f"/films/{film}")
    assert [(each["kind"], each["name"], each["wearer"]) for each in view["bible"]] == [
        ("place", "The kitchen", ""),
        ("wardrobe", "the coat", "Mia"),
    ]
    panel.choose(
        panel.cards().nth(1).get_by_role("button", name="More for scene 2"), "What stays the same"
    )
    expect(dialog.get_by_role("checkbox", name="The kitchen")).to_be_disabled()
    dialog.get_by_role("checkbox", name="the coat").check()
    dialog.get_by_role("checkbox", name="Begins where scene 1 ends").check()
    dialog.get_by_role("button", name="Done").click()

    def scene() -> tuple[list[str], bool]:
        found = api(panel.comfyui, "GET", f"/films/{film}")["scenes"][1]
        return found["uses"], found["continues"]

    # Edits are sent one after the other, and nobody waits for them at a dialog's end.
    until(lambda: scene() == (["the coat"], True))
    panel.root.locator(".tools").get_by_role("button", name="Undo:").click()
    until(lambda: scene() == (["the coat"], False))


def test_another_first_frame_is_shown_with_its_price_and_bought_once_it_is_accepted(
    panel: Panel, google: Google
):
    google.reset()
    film = made(panel.comfyui, continues=True)
    path = f"/films/{film}"
    bought = {"action": "shoot", "scenes": "every", "ceiling": "10"}
    api(panel.comfyui, "POST", f"{path}/run", json=bought)
    view = until_done(panel.comfyui, film)
    redo = {"revision": view["revision"], "action": "shoot", "ceiling": "10", "note": "in fog"}
    api(panel.comfyui, "POST", f"{path}/scenes/s01/redo", json=redo)
    until_done(panel.comfyui, film)
    assert len(google.charges) == 4
    panel.open_film(film)
    offer = panel.root.locator(".frames")
    expect(offer).to_contain_text("Scene 2 begins where an earlier take of scene 1 ended")
    expect(offer).to_contain_text("2 scenes are shot again: 2 and 3")
    for image in offer.locator("img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("naturalWidth", 1280)
    offer.get_by_role("button", name="Accept: at most $0.80").click()
    expect(offer).to_have_count(0)
    assert len(google.charges) == 4
    assert api(panel.comfyui, "POST", "/estimate", json={"film": film})["at_most"] == "0.80"
