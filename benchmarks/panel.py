"""How the side panel feels with 200 films and one of 75 scenes, in Chromium and a real ComfyUI.

    python -m benchmarks.panel [FRONT_END]

Counts tasks that hold the page longer than 50 ms, as the browser sees them (Long Tasks API), while
a person opens the tab, scrolls through the library, opens the film and works in it; and measures
the first paint of the tab after the click. ComfyUI and the browser are found as the tests find
them; FRONT_END is the `static` folder of another frontend's wheel.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import requests
from playwright.sync_api import Page, sync_playwright

from tests.comfyui.host import find, running
from tests.panel.driver import TAB

_FILMS = 200
_SCENES = 75
_WALK = 20

_WATCH = """() => {
    window.oneReelTasks = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.oneReelTasks.push(entry.duration);
    }).observe({ type: "longtask" });
}"""
_TAKE = "() => window.oneReelTasks.splice(0)"
_PAINT = """(tab) => new Promise((done) => {
    const button = document.querySelector(tab);
    const begun = performance.now();
    const look = () => {
        const shown = document.querySelector(".onereel-panel")?.shadowRoot?.querySelector(".top");
        // The frame that holds it has been painted when the next one begins.
        if (shown) requestAnimationFrame(() => done(performance.now() - begun));
        else requestAnimationFrame(look);
    };
    button.click();
    look();
})"""


def _library(url: str) -> str:
    """Fill the library; give the large film's id."""

    def post(body: dict[str, Any]) -> str:
        answer = requests.post(f"{url}/onereel/v1/films", json=body, timeout=120)
        answer.raise_for_status()
        return str(answer.json()["id"])

    for number in range(_FILMS - 1):
        post({"brief": {"idea": f"Film number {number} of many"}, "action": "none"})
    scenes = [
        {"narration": f"This is what scene {number} has to say, in one sentence."}
        for number in range(1, _SCENES + 1)
    ]
    return post({"screenplay": {"title": "The long one", "scenes": scenes}, "action": "none"})


def _settled(page: Page, *, ms: int = 700) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(ms)


def _work(page: Page, film: str) -> list[tuple[str, list[float]]]:
    """What a person does, with the long tasks of each step."""
    steps: list[tuple[str, list[float]]] = []

    def done(what: str) -> None:
        _settled(page)
        steps.append((what, page.evaluate(_TAKE)))

    root = page.locator(".onereel-panel .panel")
    done("open the tab")
    root.get_by_role("tab", name="Library").click()
    root.locator(".tile").first.wait_for()
    done("open the library")
    scroller = root.locator(".scroll")
    while scroller.evaluate(
        "(list) => { const before = list.scrollTop; list.scrollTop += 600;"
        " return list.scrollTop > before; }"
    ):
        page.wait_for_timeout(60)
    done(f"scroll through {root.locator('.tile').count()} films")
    root.get_by_label("Search").fill("long one")
    root.locator(".tile", has_text="long one").first.wait_for()
    done("search")
    root.locator(".tile .open", has_text="long one").first.click()
    root.locator(".scene").first.wait_for()
    done(f"open {root.locator('.scene').count()} scenes")
    root.locator(".scene").first.focus()
    for _ in range(_WALK):
        page.keyboard.press("ArrowDown")
    done(f"walk through {_WALK} scenes")
    page.keyboard.press("Alt+ArrowUp")
    done("move a scene")
    page.keyboard.press("e")
    root.get_by_label("What is said").fill("Something else is said here now.")
    root.get_by_role("button", name="Done").click()
    done("edit a scene")
    page.keyboard.press("Control+z")
    done("undo")
    return steps


def main(arguments: list[str]) -> None:
    """Print the table."""
    front_end = ("--front-end-root", arguments[0]) if arguments else ()
    comfyui = find()
    if comfyui is None:
        raise SystemExit("No ComfyUI found; COMFYUI_PATH names one.")
    chromium = os.environ.get("ONEREEL_CHROMIUM") or shutil.which("chromium")
    flags = shlex.split(os.environ.get("ONEREEL_CHROMIUM_FLAGS", ""))
    with tempfile.TemporaryDirectory() as folder:
        environment = {"HOME": folder, "XDG_CONFIG_HOME": f"{folder}/config"}
        with (
            running(comfyui, Path(folder) / "base", *front_end, environment=environment) as server,
            sync_playwright() as playwright,
        ):
            film = _library(server.url)
            told = {"Comfy.TutorialCompleted": True}
            requests.post(f"{server.url}/settings", json=told, timeout=60).raise_for_status()
            browser = playwright.chromium.launch(executable_path=chromium, args=flags)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(server.url)
            page.wait_for_selector(TAB, timeout=90_000)
            _settled(page, ms=5000)
            page.evaluate(_WATCH)
            paints = [page.evaluate(_PAINT, TAB)]
            steps = _work(page, film)
            for _ in range(4):
                page.locator(TAB).click()
                _settled(page)
                paints.append(page.evaluate(_PAINT, TAB))
            browser.close()
    print("| step | tasks > 50 ms | longest, ms | goal |")
    print("|---|---|---|---|")
    for what, tasks in steps:
        print(f"| {what} | {len(tasks)} | {max(tasks, default=0):.0f} | < 200 |")
    shown = ", ".join(f"{each:.0f}" for each in paints)
    print(f"| first paint of the tab after the click, ms: first, then again | | {shown} | < 100 |")


if __name__ == "__main__":
    main(sys.argv[1:])
