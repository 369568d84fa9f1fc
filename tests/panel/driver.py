"""Drives the panel as a person does: by what is written on it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import requests

from tests.comfyui.client import ComfyUI

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

__all__ = ["PATIENCE", "PERSON", "TAB", "Held", "Panel", "make_film", "settings", "until_done"]

PATIENCE = 240_000
"""ms for whatever is waited for: a busy machine is slow, and what never comes is the fault."""

PERSON: dict[str, Any] = {
    "viewport": {"width": 1280, "height": 900},
    "locale": "en-US",
    # Colours half way between two are nobody's: axe would judge them too.
    "reduced_motion": "reduce",
}
"""Whose browser it is."""

TAB = 'button[aria-label^="OneReel"]'
"""The tab's button at the side."""

_SETTLED = """() => {
    const app = window.comfyAPI?.app?.app;
    return Boolean(app?.extensionManager?.getSidebarTabs().some((tab) => tab.id === "onereel"));
}"""


def settings(comfyui: ComfyUI, values: dict[str, Any]) -> None:
    """Set ComfyUI's own settings."""
    requests.post(f"{comfyui.url}/settings", json=values, timeout=60).raise_for_status()


def api(comfyui: ComfyUI, method: str, path: str, **more: Any) -> Any:
    """Call OneReel's API; its answer must be a success."""
    answer = requests.request(method, f"{comfyui.url}/onereel/v1{path}", timeout=120, **more)
    assert answer.ok, answer.text
    return answer.json() if answer.content else None


def make_film(
    comfyui: ComfyUI, idea: str, *, action: str = "none", scenes: int = 3, **options: Any
) -> Any:
    """A film of short scenes."""
    brief = {"idea": idea, "duration": 3 * scenes, "scene_count": scenes}
    options = {"resolution": "480p", **options}
    body = {"brief": brief, "options": options, "action": action}
    return api(comfyui, "POST", "/films", json=body)


def until_done(comfyui: ComfyUI, film: str) -> Any:
    """The film once nothing of it runs any more."""
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline:
        found = api(comfyui, "GET", f"/films/{film}")
        if not found["job"] or found["job"]["state"] not in ("waiting", "running"):
            return found
        time.sleep(0.3)
    raise TimeoutError(found["job"])


class Panel:
    """The panel on a page; it is opened when it is first looked at."""

    def __init__(self, page: Page, comfyui: ComfyUI) -> None:
        self.page = page
        self.comfyui = comfyui
        self.broken: list[str] = []
        page.set_default_timeout(120_000)
        page.on("pageerror", lambda error: self._note(error))
        page.on("console", lambda message: self._hear(message))

    @classmethod
    @contextmanager
    def in_browser(cls, browser: Browser, comfyui: ComfyUI) -> Iterator[Panel]:
        """A browser of its own, as another person's would be."""
        with cls.in_context(browser.new_context(**PERSON), comfyui) as panel:
            yield panel

    @classmethod
    @contextmanager
    def in_context(cls, context: BrowserContext, comfyui: ComfyUI) -> Iterator[Panel]:
        panel = cls(context.new_page(), comfyui)
        panel._leave()
        yield panel
        context.close()
        assert not panel.broken, panel.broken

    def start_anew(self) -> None:
        """Be as the page of somebody who was never here.

        A second page costs the browser all of ComfyUI's frontend again, which it has compiled here.
        """
        self.page.unroute_all(behavior="ignoreErrors")
        self._leave()
        # Only now: a page that is still open writes settings too, and ComfyUI's server puts back
        # what was changed while it wrote them.
        settings(self.comfyui, {"Comfy.Locale": "en", "onereel.Language": "comfyui"})
        self.page.context.clear_cookies()
        self.page.evaluate("localStorage.clear(), sessionStorage.clear()")
        self.broken.clear()

    def _leave(self) -> None:
        """Go where nothing runs, and what ComfyUI's pages keep can be reached."""
        self.page.goto(self._nowhere)

    @property
    def _nowhere(self) -> str:
        return f"{self.comfyui.url}/extensions/ComfyUI-OneReel/onereel.js"

    def _note(self, error: Any) -> None:
        # ComfyUI's own frontend has errors of its own.
        if "onereel" in f"{error}{getattr(error, 'stack', '')}".lower():
            self.broken.append(f"{error} {getattr(error, 'stack', '')}"[:600])

    def _hear(self, message: Any) -> None:
        # What is told before extensions are loaded is known to nobody.
        if message.type == "error" and "Unknown message type" not in message.text:
            self._note(message.text)

    def load(self) -> None:
        """Load ComfyUI and open the tab."""
        self.page.goto(self.comfyui.url)
        self.page.wait_for_function(_SETTLED, timeout=PATIENCE)
        self.page.locator(TAB).click()
        self.root.wait_for()

    @property
    def root(self) -> Locator:
        if self.page.url == self._nowhere:
            self.load()
        return self.page.locator(".onereel-panel .panel")

    def button(self, name: str, *, exact: bool = True) -> Locator:
        return self.root.get_by_role("button", name=name, exact=exact)

    def choose(self, menu: Locator, item: str) -> None:
        """Open a menu and take one of its entries."""
        menu.click()
        self.root.get_by_role("menuitem", name=item).click()

    def ask_for_little(self) -> None:
        """Wish for a film that is made soon; the usual one is of half a minute."""
        self.root.locator("summary").click()
        self.root.get_by_label("Resolution").select_option("480p")
        self.root.get_by_label("Exact length").fill("8")
        self.press("Tab")

    def more(self) -> Locator:
        """The button of the view's own menu."""
        return self.root.locator(".top").get_by_role("button", name="More", exact=True)

    def open_film(self, film: str, view: str = "scenes") -> None:
        """Go to a film as a reload does."""
        # The page writes down where it is when it is left.
        if self.page.url != self._nowhere:
            self._leave()
        kept = _json({"view": view, "film": film})
        self.page.evaluate("(kept) => sessionStorage.setItem('onereel.panel', kept)", kept)
        self.load()

    def cards(self) -> Locator:
        return self.root.locator(".scene")

    def titles(self) -> list[str]:
        self.cards().first.wait_for()
        return self.root.locator(".scene h2 > span:first-child").all_inner_texts()

    def wait_for_reel(self) -> None:
        """Until the film is cut."""
        self.button("Watch the film").first.wait_for(timeout=PATIENCE)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def hears(self, words: str) -> None:
        """Wait until screen readers are told."""
        live = self.root.locator("[role=status]", has_text=words)
        live.wait_for(state="attached")


class Held:
    """Requests that wait until they are let go."""

    def __init__(self, page: Page, place: str | re.Pattern[str]) -> None:
        self._page, self._place = page, place
        self._routes: list[Route] = []
        page.route(place, lambda route: self._routes.append(route))

    def next(self) -> Route:
        """The first that is not answered, once there is one."""
        deadline = time.monotonic() + PATIENCE / 1000
        while not self._routes and time.monotonic() < deadline:
            self._page.wait_for_timeout(20)
        return self._routes.pop(0)

    def let_go(self) -> None:
        """Hold nothing any more."""
        self._page.unroute(self._place)
        for route in self._routes:
            route.continue_()


def _json(value: Any) -> str:
    return json.dumps(value)
