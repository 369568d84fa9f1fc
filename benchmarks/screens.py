"""README's pictures of ComfyUI: the graph of first_film once it ran, and four views of the panel.

    python -m benchmarks.screens FOLDER

FOLDER gets graph.jpg and panel.jpg; look at them before they go into .github/pictures. ComfyUI and
the browser are found as the tests find them; prices are those of the stand-ins.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.comfyui.client import BUYING, ComfyUI
from tests.comfyui.host import find, running
from tests.panel.driver import PATIENCE, Panel, api, settings, until_done
from tests.standins import Google

_EXAMPLE = Path(__file__).parents[1] / "example_workflows" / "first_film.json"
_IDEA = (
    "A lighthouse keeper has kept the light burning for forty years, for a ship that never came"
    " home."
)
_GAP, _QUALITY = 12, 88
_SECONDS = 12
"""Where the film is looked at."""
_EDGE = 24
"""Pixels around the graph."""

_SHOW = """([graph, scale, edge]) => {
    const app = window.comfyAPI.app.app;
    graph.nodes = graph.nodes.filter((node) => node.type !== "MarkdownNote");
    graph.extra = { ...graph.extra, ds: undefined };
    return app.loadGraphData(graph).then(() => {
        const nodes = app.graph._nodes;
        const left = Math.min(...nodes.map((node) => node.pos[0]));
        const top = Math.min(...nodes.map((node) => node.pos[1]));
        app.canvas.ds.scale = scale;
        app.canvas.ds.offset = [edge / scale - left + 80 / scale, edge / scale - top + 200 / scale];
        app.canvas.setDirty(true, true);
    });
}"""
_QUEUE = "() => window.comfyAPI.app.app.queuePrompt(0, 1)"
_BOX = """() => {
    const app = window.comfyAPI.app.app;
    const { scale, offset } = app.canvas.ds;
    const corner = app.canvas.canvas.getBoundingClientRect();
    const boxes = app.graph._nodes.map((node) => [
        node.pos[0], node.pos[1] - 30, node.pos[0] + node.size[0], node.pos[1] + node.size[1],
    ]);
    const at = (value, axis) => (value + offset[axis]) * scale + (axis ? corner.top : corner.left);
    return [
        at(Math.min(...boxes.map((box) => box[0])), 0),
        at(Math.min(...boxes.map((box) => box[1])), 1),
        at(Math.max(...boxes.map((box) => box[2])), 0),
        at(Math.max(...boxes.map((box) => box[3])), 1),
    ];
}"""


def graph(page: Page, comfyui: ComfyUI) -> Image.Image:
    """The first example with the film that it made."""
    page.set_viewport_size({"width": 1960, "height": 900})
    page.goto(comfyui.url)
    page.wait_for_function("() => window.comfyAPI?.app?.app?.graph")
    page.wait_for_timeout(5000)
    page.evaluate(_SHOW, [json.loads(_EXAMPLE.read_text("utf-8")), 0.8, _EDGE])
    page.evaluate(_QUEUE)
    page.wait_for_function("() => document.querySelector('video')?.readyState > 1", timeout=600_000)
    page.locator("video").first.evaluate("(video) => { video.pause(); video.currentTime = 3; }")
    page.wait_for_timeout(3000)
    left, top, right, bottom = page.evaluate(_BOX)
    clip = {"x": left - _EDGE, "y": top - 2 * _EDGE}
    clip |= {"width": right - left + 2 * _EDGE, "height": bottom - top + 6 * _EDGE}
    return opened(page.screenshot(clip=clip))


def views(panel: Panel) -> list[Image.Image]:
    """A film that is thought of, its scenes, one of them that is changed, and the film."""
    made: list[Image.Image] = []
    brief = {"idea": _IDEA, "duration": 30, "template": "explainer", "platform": "youtube"}
    film = api(
        panel.comfyui,
        "POST",
        "/films",
        json={
            "brief": {**brief, "look": "cinema"},
            "options": {"renderer": "veo"},
            "action": "rehearse",
        },
    )["id"]
    until_done(panel.comfyui, film)
    panel.load()
    panel.root.get_by_label("What is your film about?").fill(_IDEA)
    panel.root.get_by_label("For", exact=True).select_option("youtube")
    panel.root.get_by_label("Length", exact=True).select_option("30")
    panel.root.get_by_label("Look", exact=True).select_option("cinema")
    panel.root.get_by_role("button", name="Shoot, at most").wait_for()
    made.append(seen(panel))
    panel.open_film(film)
    for number in (1, 2):
        panel.button(f"Approve scene {number}").click()
        panel.root.get_by_text(re.compile(rf"{number} of \d+ approved")).wait_for()
    panel.cards().nth(1).focus()
    made.append(seen(panel))
    panel.press("e")
    panel.root.locator(".wave").first.wait_for()
    made.append(seen(panel))
    panel.button("Done").click()
    panel.button("Watch the film").first.click()
    video = panel.root.locator("video")
    video.evaluate(f"(video) => {{ video.currentTime = {_SECONDS}; }}")
    panel.page.wait_for_timeout(3000)
    video.hover()
    made.append(seen(panel))
    return made


def seen(panel: Panel) -> Image.Image:
    """The panel as it is now."""
    panel.page.wait_for_timeout(2500)
    return opened(panel.page.locator(".onereel-panel").screenshot())


def opened(data: bytes) -> Image.Image:
    """A screenshot as a picture."""
    return Image.open(io.BytesIO(data)).convert("RGB")


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Pictures in a row."""
    width = sum(each.width for each in pictures) + _GAP * (len(pictures) - 1)
    board = Image.new("RGB", (width, max(each.height for each in pictures)), "black")
    x = 0
    for each in pictures:
        board.paste(each, (x, 0))
        x += each.width + _GAP
    return board


def main(arguments: list[str]) -> None:
    """Make both."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    comfyui = find()
    if comfyui is None:
        raise SystemExit("No ComfyUI found; COMFYUI_PATH names one.")
    chromium = os.environ.get("ONEREEL_CHROMIUM") or shutil.which("chromium")
    flags = shlex.split(os.environ.get("ONEREEL_CHROMIUM_FLAGS", ""))
    with tempfile.TemporaryDirectory() as temporary, Google() as google:
        home = {"HOME": temporary, "XDG_CONFIG_HOME": f"{temporary}/config"}
        environment = {**google.environment(Path(temporary)), **home}
        with (
            running(comfyui, Path(temporary) / "base", environment=environment) as server,
            sync_playwright() as playwright,
        ):
            server.private.mkdir(parents=True, exist_ok=True)
            (server.private / "settings.toml").write_text(BUYING, "utf-8")
            settings(server, {"Comfy.TutorialCompleted": True})
            browser = playwright.chromium.launch(executable_path=chromium, args=flags)
            with Panel.in_browser(browser, server, width=1480) as panel:
                panel.page.set_default_timeout(PATIENCE)
                board = beside(views(panel))
                board.save(folder / "panel.jpg", quality=_QUALITY)
            page = browser.new_page(viewport={"width": 1960, "height": 900})
            graph(page, server).save(folder / "graph.jpg", quality=_QUALITY)
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
