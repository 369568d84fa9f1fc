"""Edits: quick ones, those that meet somebody else's, and words that are still being typed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from playwright.sync_api import expect

from tests.comfyui.client import ComfyUI

from .driver import Held, Panel, api, make_film, until_done

HIDDEN = """() => {
    const root = document.querySelector('.onereel-panel').shadowRoot;
    return [...root.querySelectorAll('.top button, .tools button, .foot button, .notice button')]
        .filter((each) => {
            const { left, top, width, height } = each.getBoundingClientRect();
            const hit = root.elementFromPoint(left + width / 2, top + height / 2);
            return !each.contains(hit);
        })
        .map((each) => each.outerHTML.slice(0, 120));
}"""
"""Buttons that something else lies over."""


@pytest.fixture(scope="module")
def film(comfyui: ComfyUI) -> str:
    made = make_film(comfyui, "A cook forgets the salt", action="write")
    return until_done(comfyui, made["id"])["id"]


def retitle(panel: Panel, film: Any, scene: int, title: str) -> None:
    """Change a title as somebody else would."""
    change = {"op": "set", "scene": film["scenes"][scene]["id"], "fields": {"title": title}}
    body = {"revision": film["revision"], "changes": [change]}
    api(panel.comfyui, "POST", f"/films/{film['id']}/edits", json=body)


def names(panel: Panel, titles: list[str]) -> None:
    expect(panel.root.locator(".scene h2 > span:first-child")).to_have_text(titles)


def test_what_is_done_quickly_is_done_in_turn(panel: Panel, film: str, tmp_path: Path):
    panel.open_film(film)
    a, b, c = panel.titles()
    edits = Held(panel.page, "**/films/*/edits")
    panel.cards().first.focus()
    panel.press("Alt+ArrowDown", "Alt+ArrowDown")
    edits.next().continue_()
    second = edits.next()
    # What is shown is what was asked for, not what is done already.
    names(panel, [b, c, a])
    panel.press("Alt+ArrowUp")
    names(panel, [b, a, c])
    second.continue_()
    edits.next().continue_()
    undo = panel.root.locator(".tools").get_by_role("button").first
    expect(undo).to_have_accessible_name("Undo: Moved scene 3 to place 2")
    names(panel, [b, a, c])

    steps = Held(panel.page, "**/films/*/undo")
    undo.click()
    undo.click()
    undo.click()
    for _ in range(3):
        steps.next().continue_()
    expect(undo).to_be_disabled()
    names(panel, [a, b, c])

    sound = tmp_path / "waltz.wav"
    soundfile.write(sound, np.sin(np.arange(48_000) * 0.03) * 0.3, 48_000)
    music = Held(panel.page, "**/films/*/music")
    # Nor does it learn of it by looking.
    Held(panel.page, re.compile(rf"/films/{film}$"))
    panel.choose(panel.more(), "Film settings")
    with panel.page.expect_file_chooser() as chooser:
        panel.button("Choose a file").click()
    chooser.value.set_files(sound)
    upload = music.next()
    done = upload.fetch()
    panel.root.get_by_label("Captions", exact=True).select_option("burned")
    upload.fulfill(response=done)
    edits.next().continue_()
    panel.press("Escape")
    undo.click()
    undo.click()
    for _ in range(2):
        steps.next().continue_()
    expect(undo).to_be_disabled()
    expect(panel.root.locator(".notice")).to_have_count(0)


def test_only_what_somebody_else_changed_is_in_the_way(panel: Panel, film: str):
    panel.open_film(film)
    cards = panel.cards()
    cards.nth(2).wait_for()
    seen = api(panel.comfyui, "GET", f"/films/{film}")
    edits = Held(panel.page, "**/films/*/edits")
    for scene, words in ((1, "One"), (2, "Two")):
        panel.choose(panel.button(f"More for scene {scene}"), "Edit")
        panel.root.get_by_label("Title", exact=True).fill(words)
        panel.press("Escape")
    first = edits.next()
    retitle(panel, seen, 2, "Three")
    first.continue_()
    notice = panel.root.locator(".notice")
    expect(notice).to_contain_text("changed elsewhere")
    titles = panel.root.locator(".scene h2 > span:first-child")
    expect(titles.nth(2)).to_have_text("Three")
    for width in ("", "312px"):
        panel.page.locator(".onereel-panel").evaluate(
            "(element, width) => { element.style.width = width; }", width
        )
        assert panel.page.evaluate(HIDDEN) == []
    notice.get_by_role("button", name="Change it anyway").click()
    edits.next().continue_()
    expect(titles).to_have_text(["One", "Two", "Three"])
    expect(notice).to_have_count(0)


def test_what_is_being_typed_stays(panel: Panel, film: str):
    panel.open_film(film)
    panel.choose(panel.button("More for scene 1"), "Edit")
    said = panel.root.get_by_label("What is said", exact=True)
    said.fill("Half a sente")
    seen = api(panel.comfyui, "GET", f"/films/{film}")
    retitle(panel, seen, 0, "Salt")
    expect(panel.root.get_by_label("Title", exact=True)).to_have_value("Salt")
    expect(said).to_have_value("Half a sente")
    panel.press("End", "n", "c", "e", ".", "Escape")
    expect(panel.root.locator(".said").first).to_have_text("Half a sentence.")
