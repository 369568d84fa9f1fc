"""Tests of the side panel, in Chromium and a real ComfyUI; where one is missing, one line says so.

`ONEREEL_CHROMIUM` names the browser, `ONEREEL_CHROMIUM_FLAGS` its flags. `ONEREEL_FRONT_ENDS` names
folders of further frontends (the `static` folder of their wheels), joined as a PATH is.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.comfyui.client import ComfyUI
from tests.comfyui.conftest import Start, google, ollama, start
from tests.comfyui.host import find
from tests.leaving_out import leave_out

from .driver import PATIENCE, PERSON, Panel, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType

__all__ = ["google", "ollama", "start"]

_HERE = Path(__file__).parent
_FRONT_ENDS = ["", *filter(None, os.environ.get("ONEREEL_FRONT_ENDS", "").split(os.pathsep))]


def _chromium() -> str | None:
    named = os.environ.get("ONEREEL_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("google-chrome")


def _missing() -> str:
    if find() is None:
        return "No ComfyUI"
    if importlib.util.find_spec("playwright") is None:
        return "No Playwright"
    return "" if _chromium() else "No Chromium"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if missing := _missing():
        leave_out(
            *(config, items, _HERE),
            f"{missing} found: {{}} tests of the panel were left out"
            " (COMFYUI_PATH and ONEREEL_CHROMIUM name them; see README).",
        )


# Not for the session: while it lives, no other test can run an event loop of its own
# (https://github.com/microsoft/playwright-pytest/issues/167).
@pytest.fixture(scope="package")
def chromium() -> Iterator[BrowserType]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright.chromium


def _started() -> dict[str, Any]:
    flags = shlex.split(os.environ.get("ONEREEL_CHROMIUM_FLAGS", ""))
    return {"executable_path": _chromium(), "args": flags}


@pytest.fixture(scope="package")
def browser(chromium: BrowserType) -> Iterator[Browser]:
    """For whoever else looks on."""
    found = chromium.launch(**_started())
    yield found
    found.close()


@pytest.fixture(scope="session", params=_FRONT_ENDS, ids=lambda folder: folder or "usual")
def comfyui(request: pytest.FixtureRequest, start: Start) -> ComfyUI:
    options = ("--front-end-root", request.param) if request.param else ()
    made: ComfyUI = start(*options)
    made.private.mkdir(parents=True, exist_ok=True)
    (made.private / "settings.toml").write_text("[buying]\non = true\nday = 1000\n", "utf-8")
    # Nobody looks at the graph, which is drawn anew as often as it may.
    settings(made, {"Comfy.TutorialCompleted": True, "LiteGraph.Canvas.MaximumFps": 5})
    return made


@pytest.fixture(scope="package")
def page_of_all(
    comfyui: ComfyUI, chromium: BrowserType, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Panel]:
    # In a profile on the disk, as people have: in one that is only in memory Chromium compiles
    # ComfyUI's frontend anew for every page.
    profile = tmp_path_factory.mktemp("chromium")
    with Panel.in_context(
        chromium.launch_persistent_context(profile, **_started(), **PERSON), comfyui
    ) as opened:
        yield opened


@pytest.fixture
def panel(page_of_all: Panel) -> Iterator[Panel]:
    page_of_all.start_anew()
    yield page_of_all
    assert not page_of_all.broken, page_of_all.broken
