"""For everybody: by keyboard, by ear, in each language, in both themes, in two tabs, on a small
screen, with a large library."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, ConsoleMessage, Response, expect

from tests.comfyui.client import ComfyUI

from .driver import TAB, Panel, api, make_film, settings, until_done

PATIENCE = 240_000
EXTENSION = "/extensions/ComfyUI-OneReel"
LANGUAGES = ("de", "fr", "es", "ja", "zh")
UNWRITTEN = ("ja", "zh")
SCREENS = ("Money", "Health", "Keys", "Settings")


@pytest.fixture(scope="module")
def film(comfyui: ComfyUI) -> str:
    """A rehearsed film."""
    made = make_film(comfyui, "A gardener talks to the moon", action="rehearse")
    done = until_done(comfyui, made["id"])
    assert done["reel"], done["job"]
    return done["id"]


@pytest.fixture(scope="module")
def axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""Rules that a theme can break: what is drawn is the same in each."""


def serious(panel: Panel, axe: str, rules: list[str]) -> list[str]:
    """What axe finds in the panel that is serious or worse; of every rule, where none is named."""
    if not panel.page.evaluate("() => 'axe' in window"):
        panel.page.evaluate(axe)
    only = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    found = panel.page.evaluate("(only) => axe.run('.onereel-panel', only)", only)
    return [
        f"{each['id']}: {each['nodes'][0]['html']}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("theme", "rules"), [("dark", []), ("light", OF_COLOURS)])
def test_axe_finds_nothing_serious(panel: Panel, film: str, axe: str, theme: str, rules: list[str]):
    settings(panel.comfyui, {"Comfy.ColorPalette": theme})
    try:
        panel.open_film(film)
        assert panel.page.locator(".onereel-panel").get_attribute("data-theme") == theme
        panel.cards().first.wait_for()
        assert serious(panel, axe, rules) == []
        panel.button("More for scene 1").click()
        assert serious(panel, axe, rules) == []
        panel.root.get_by_role("menuitem", name="Edit").click()
        assert serious(panel, axe, rules) == []
        panel.press("Escape")
        panel.button("Redo scene 1").click()
        assert serious(panel, axe, rules) == []
        panel.press("Escape")
        panel.button("Watch the film").first.click()
        panel.root.locator("#reel").wait_for()
        assert serious(panel, axe, rules) == []
        panel.button("To the scenes").click()
        panel.button("To the library").click()
        panel.root.locator(".tile").first.wait_for()
        assert serious(panel, axe, rules) == []
        for screen in SCREENS:
            panel.choose(panel.more(), screen)
            panel.root.locator(".page:not([aria-busy])").wait_for()
            assert serious(panel, axe, rules) == [], screen
            panel.button("Back").click()
        panel.root.get_by_role("tab", name="New film").click()
        assert serious(panel, axe, rules) == []
        panel.root.locator("summary").click()
        panel.root.get_by_label("Captions").wait_for()
        assert serious(panel, axe, rules) == []
    finally:
        settings(panel.comfyui, {"Comfy.ColorPalette": "dark"})


def test_the_keyboard_alone_is_enough(panel: Panel, film: str):
    panel.open_film(film)
    panel.cards().first.wait_for()
    before = panel.titles()
    first = panel.cards().first
    first.focus()
    panel.press("ArrowDown", "Alt+ArrowUp")
    titles = panel.root.locator(".scene h2 > span:first-child")
    expect(titles).to_have_text([before[1], before[0], before[2]])
    panel.press("Control+z")
    expect(titles).to_have_text(before)
    panel.press("Control+Shift+z")
    expect(titles).to_have_text([before[1], before[0], before[2]])
    panel.press("Control+z")
    expect(titles).to_have_text(before)

    panel.press("Home")
    expect(first).to_be_focused()
    panel.press("a")
    expect(first.locator(".chip")).to_have_text("Approved")
    panel.hears("Scene 1: Approved.")
    panel.press("a")
    expect(first.locator(".chip")).to_have_text("Draft")
    panel.press("e")
    narration = panel.root.get_by_label("What is said")
    expect(narration).to_be_focused()
    panel.press("Escape")
    expect(narration).to_have_count(0)
    expect(first).to_be_focused()
    panel.press("r")
    expect(panel.root.get_by_label("What should be different?")).to_be_focused()
    panel.press("Escape")
    panel.press("Space")
    expect(panel.root.locator("#stage-time")).to_contain_text("/ 0:")
    panel.press("?")
    expect(panel.root.locator("dialog")).to_contain_text("Walk through the scenes")
    panel.press("Escape")
    expect(panel.root.locator("dialog")).to_have_count(0)


def test_typing_reaches_no_shortcut_of_comfyui(panel: Panel):
    count = "() => window.comfyAPI.app.app.graph._nodes.length"
    panel.load()
    panel.page.evaluate(
        "() => { const { app } = window.comfyAPI.app;"
        " app.graph.add(LiteGraph.createNode('OneReelBrief')); }"
    )
    nodes = panel.page.evaluate(count)
    idea = panel.root.get_by_label("What is your film about?")
    idea.click()
    panel.page.keyboard.type("mcgr .b")
    panel.press("Control+z", "Delete", "Backspace")
    panel.page.wait_for_timeout(500)
    assert panel.page.evaluate(count) == nodes
    assert panel.page.locator("dialog[open], .p-dialog").count() == 0


def test_a_reload_changes_nothing(panel: Panel, film: str):
    idea = panel.root.get_by_label("What is your film about?")
    idea.fill("A half written idea")
    panel.load()
    expect(idea).to_have_value("A half written idea")
    panel.open_film(film)
    panel.cards().nth(2).wait_for()
    titles = panel.titles()
    panel.load()
    panel.cards().nth(2).wait_for()
    assert panel.titles() == titles


def test_two_tabs_show_the_same(panel: Panel, browser: Browser, film: str):
    with Panel.in_browser(browser, panel.comfyui) as other:
        for each in (panel, other):
            each.open_film(film)
            each.cards().first.wait_for()
        panel.button("Approve scene 2").click()
        expect(other.cards().nth(1).locator(".chip")).to_have_text("Approved")
        other.root.locator(".tools").get_by_role("button", name="Undo:").click()
        expect(panel.cards().nth(1).locator(".chip")).to_have_text("Draft")


def test_another_language_while_it_is_open(panel: Panel, film: str):
    choose = "(code) => window.comfyAPI.app.app.extensionManager.setting.set('Comfy.Locale', code)"
    panel.load()
    for code, words in (
        ("de", "Neuer Film"),
        ("ja", "\u65b0\u3057\u3044\u4f5c\u54c1"),
        ("en", "New film"),
    ):
        panel.page.evaluate(choose, code)
        panel.root.get_by_role("tab", name=words, exact=True).wait_for()
    # A language of its own, which ComfyUI need not have.
    panel.choose(panel.more(), "Settings")
    panel.root.get_by_label("Language", exact=True).select_option("de")
    own = panel.root.get_by_label("Sprache", exact=True)
    panel.page.evaluate(choose, "ja")
    panel.load()
    panel.choose(panel.root.locator(".top [aria-haspopup=menu]"), "Einstellungen")
    expect(own).to_have_value("de")
    own.select_option("comfyui")
    expect(panel.root.get_by_label("\u8a00\u8a9e", exact=True)).to_have_value("comfyui")


def test_the_server_is_heard_in_the_language_of_the_panel(panel: Panel, film: str):
    own = "window.comfyAPI.app.app.extensionManager.setting"
    choose = f"(code) => {own}.set('onereel.Language', code)"
    panel.open_film(film)
    panel.button("Approve scene 1").click()
    undo = panel.root.locator(".tools").get_by_role("button").first
    expect(undo).to_have_accessible_name("Undo: Approved scene 1")
    panel.page.evaluate(choose, "de")
    expect(undo).to_have_accessible_name("R\u00fcckg\u00e4ngig: Szene 1 freigegeben")
    undo.click()
    expect(panel.cards().first.locator(".chip")).to_have_text("Entwurf")
    panel.button("Zur Bibliothek").click()
    # Its figures, too: a comma before the tenths.
    panel.choose(panel.root.locator(".top [aria-haspopup=menu]"), "Zustand")
    free = panel.root.locator(".service", has_text="Speicher")
    expect(free).to_contain_text(re.compile(r"[^\d.,]\d+(,\d)?\sGB frei"))
    panel.button("Zur\u00fcck").click()
    panel.root.get_by_role("tab", name="Neuer Film").click()
    panel.root.locator("summary").click()
    length = panel.root.locator("#exact-duration")
    length.fill("1")
    # What is typed outlives what is drawn meanwhile.
    panel.page.evaluate(choose, "fr")
    panel.root.get_by_role("tab", name="Nouveau film").wait_for()
    panel.page.evaluate(choose, "de")
    panel.root.get_by_role("tab", name="Neuer Film").wait_for()
    length.press("Tab")
    told = panel.root.locator(".trouble .told")
    expect(told).to_contain_text("Ein Film dauert 4 bis 3.600 s, nicht 1 s")


TOLD = """() => {
    const said = [];
    const look = (node) => {
        if (node.nodeType === 3) said.push(node.textContent.trim());
        const names = "#language option, #voice option, style, code, kbd, .commands";
        if (node.nodeType === 1 && node.matches(names)) return;
        for (const name of ["aria-label", "title", "placeholder"])
            if (node.getAttribute?.(name)) said.push(node.getAttribute(name));
        node.childNodes.forEach(look);
    };
    look(document.querySelector(".onereel-panel").shadowRoot);
    return said;
}"""
NAMES = (
    "OneReel|ComfyUI|Gemini|Google|Cloud|Vertex|Veo|Omni|Fast|Flash|Lite|Ollama|ElevenLabs|Kokoro|"
    "YouTube|Shorts|Instagram|Reels|TikTok|LinkedIn|Fountain|WebVTT|OTIO|JSON|PDF|SRT|VHS|"
    "Enter|Space|espeak|Community License|Terms of Use"
)
"""What is called so in Japanese too, licences among it, as are languages that the browser has no
name for."""


def english(panel: Panel) -> set[str]:
    """What is seen in a Japanese panel, and is two English words or more."""
    known = re.compile(rf"\b({NAMES})\b|[\w./:-]*[./:_\d][\w./:-]*")
    told = {known.sub("", text) for text in panel.page.evaluate(TOLD)}
    return {text for text in told if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", text)}


def test_a_newcomer_who_speaks_japanese_reads_japanese_and_comes_to_a_film(
    panel: Panel, comfyui: ComfyUI
):
    said = "\u706f\u53f0\u5b88\u306f\u6bce\u6669\u3042\u304b\u308a\u3092\u3068\u3082\u3059\u3002"
    script = f"\u706f\u53f0\n\n{said}"
    body = {"screenplay": script, "language": "ja", "action": "none"}
    film = api(comfyui, "POST", "/films", json=body)["id"]
    settings(comfyui, {"Comfy.Locale": "ja"})
    ways = panel.root.locator("#ways-out")
    ways.wait_for()
    assert english(panel) == set()
    # Nothing fails: the ways to a film are shown, and the first of them is in reach.
    panel.root.locator("#idea").fill("\u706f\u53f0\u5b88")
    panel.root.locator(".foot button").first.click()
    expect(ways.get_by_role("button").first).to_be_focused()
    for at in range(len(SCREENS) + 1):
        panel.root.locator(".top [aria-haspopup=menu]").click()
        panel.root.get_by_role("menuitem").nth(at).click()
        panel.root.locator(".top.deep").wait_for()
        panel.page.wait_for_load_state("networkidle")
        assert english(panel) == set(), at
        panel.root.locator(".top button").first.click()
    ways.get_by_role("button", name="\u82f1\u8a9e").click()
    expect(ways).to_have_count(0)
    expect(panel.root.locator("#language")).to_have_value("en")
    panel.open_film(film)
    panel.cards().first.wait_for()
    panel.root.locator(".about-scene").first.click()
    panel.root.locator(".scene textarea").first.wait_for()
    assert english(panel) == set()


WORDS = (".", "drawer", "cast", "continuity", "film", "unwritten", "views", "examples")
"""Folders of the panel's sentences."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(panel: Panel, language: str):
    def values(text: str) -> set[str]:
        return set(re.findall(r"\{\w+\}", text))

    for folder in WORDS:
        place = f"{EXTENSION}/panel/words/{folder}"
        load = f"async (code) => (await import(`{place}/${{code}}.mjs`)).default"
        english: dict[str, str] = panel.page.evaluate(load, "en")
        words: dict[str, str] = panel.page.evaluate(load, language)
        assert list(words) == list(english), folder
        # The one form that counts to one need not say so.
        wrong = {key: text for key, text in words.items() if values(text) != values(english[key])}
        assert wrong == {}, folder


CUT_OFF = """() => {
    const root = document.querySelector('.onereel-panel').shadowRoot;
    const edge = root.host.getBoundingClientRect().right + 1;
    return [...root.querySelectorAll('button, input, textarea, select, h1, video')]
        .filter((each) => each.getBoundingClientRect().right > edge)
        .map((each) => each.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize("language", ["en", "de", "ja"])
def test_a_small_screen_cuts_nothing_off(panel: Panel, comfyui: ComfyUI, film: str, language: str):
    settings(comfyui, {"Comfy.Locale": language})

    def narrow() -> list[str]:
        panel.page.locator(".onereel-panel").evaluate(
            "(element) => { element.style.width = '312px'; }"
        )
        return panel.page.evaluate(CUT_OFF)

    panel.open_film(film)
    panel.cards().first.wait_for()
    panel.root.locator(".about-scene").first.click()
    assert narrow() == []
    line = panel.root.locator(".chat input")
    line.fill("xyzzy")
    line.press("Enter")
    panel.root.locator(".commands").wait_for()
    assert narrow() == []
    panel.root.locator(".top button").first.click()
    panel.root.get_by_role("tab").first.click()
    panel.root.locator("summary").click()
    panel.root.locator("#captions").wait_for()
    assert narrow() == []
    for at in range(len(SCREENS)):
        panel.root.locator(".top [aria-haspopup=menu]").click()
        panel.root.get_by_role("menuitem").nth(at).click()
        panel.root.locator(".page:not([aria-busy])").wait_for()
        assert narrow() == [], SCREENS[at]
        panel.root.locator(".top button").first.click()


def test_a_tall_film_leaves_room_for_what_is_below_it(panel: Panel):
    brief = {"idea": "A tall tower", "duration": 4, "scene_count": 1, "aspect": "9:16"}
    body = {"brief": brief, "options": {"resolution": "480p"}, "action": "rehearse"}
    made = until_done(panel.comfyui, api(panel.comfyui, "POST", "/films", json=body)["id"])
    panel.open_film(made["id"], "film")
    reel, download = panel.root.locator("#reel"), panel.root.get_by_role("link").first
    reel.wait_for()
    below = reel.evaluate("(video) => video.getBoundingClientRect().bottom")
    assert below <= download.evaluate("(link) => link.getBoundingClientRect().top")


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_opening_loads_little(comfyui: ComfyUI, panel: Panel, language: str):
    settings(comfyui, {"Comfy.Locale": language, "onereel.Language": language})
    page = panel.page
    loaded: set[str] = set()
    told: list[str] = []

    def note(response: Response) -> None:
        if EXTENSION in response.url and response.url.endswith((".js", ".mjs")):
            loaded.add(response.url.partition(f"{EXTENSION}/")[2])

    def hear(message: ConsoleMessage) -> None:
        told.append(message.text)

    page.on("response", note)
    page.on("console", hear)
    try:
        page.goto(comfyui.url)
        page.wait_for_selector(TAB, timeout=90_000)
        page.wait_for_load_state("networkidle")
        assert loaded == {"onereel.js"}, "at start only the entry is loaded"
        make_film(comfyui, "A film that somebody else begins")
        page.wait_for_load_state("networkidle")
        assert not [words for words in told if "onereel.films" in words]
        page.locator(TAB).click()
        panel.root.wait_for()
        # A newcomer is shown the way to a first film, or the ways out where nobody writes the
        # language.
        if language in UNWRITTEN:
            panel.root.locator("#ways-out").wait_for()
        else:
            page.evaluate(f"import('{EXTENSION}/panel/guide.mjs')")
        page.wait_for_load_state("networkidle")
    finally:
        page.remove_listener("response", note)
        page.remove_listener("console", hear)
    shown = "unwritten" if language in UNWRITTEN else "guide"
    assert {
        f"panel/{each}.mjs" for each in ("panel", "new_film", f"words/{language}", shown)
    } <= loaded
    # What a page has loaded before it has no more; the server has it.
    sizes = {
        name: len(requests.get(f"{comfyui.url}{EXTENSION}/{name}", timeout=60).content)
        for name in sorted(loaded)
    }
    print(language, len(sizes), sum(sizes.values()))
    assert sum(sizes.values()) < 100_000, json.dumps(sizes, indent=1)


def test_while_buying_is_off_it_says_how_to_switch_it_on(panel: Panel, comfyui: ComfyUI):
    path = comfyui.private / "settings.toml"
    before = path.read_text("utf-8")
    path.write_text("", "utf-8")
    try:
        expect(panel.root.locator(".why")).to_contain_text("python -m onereel settings buying on")
        expect(panel.root.locator(".spend")).to_be_disabled()
        expect(panel.button("Rehearse free")).to_be_enabled()
        panel.root.locator(".why").get_by_role("button").click()
        expect(panel.root.locator(".page")).to_contain_text("Buying is off")
    finally:
        path.write_text(before, "utf-8")


def test_where_a_token_is_asked_for_it_is_typed_once(panel: Panel, comfyui: ComfyUI, film: str):
    path = comfyui.private / "settings.toml"
    before = path.read_text("utf-8")
    token = "a-token-that-somebody-made"
    path.write_text(f'{before}\n[server]\nguard = "on"\ntoken = "{token}"\n', "utf-8")
    try:
        panel.button("Enter token").click()
        field = panel.root.get_by_label("Token", exact=True)
        expect(field).to_be_focused()
        field.fill("another one")
        panel.press("Enter")
        expect(panel.root.locator("dialog .wrong")).to_contain_text("not the token")
        field.fill(token)
        panel.press("Enter")
        expect(panel.root.locator("dialog")).to_have_count(0)
        panel.root.get_by_label("Kind").wait_for()
        panel.root.get_by_role("tab", name="Library").click()
        panel.page.wait_for_function(
            "() => document.querySelector('.onereel-panel').shadowRoot"
            ".querySelector('.tile img')?.naturalWidth > 0"
        )
        panel.load()
        panel.root.get_by_role("tab", name="New film").click()
        panel.root.get_by_label("Kind").wait_for()
    finally:
        path.write_text(before, "utf-8")


def test_the_server_goes_away_and_comes_back(panel: Panel, film: str):
    panel.open_film(film)
    panel.cards().first.wait_for()
    panel.page.route("**/onereel/v1/films/*/edits", lambda route: route.abort())
    panel.button("Approve scene 1").click()
    notice = panel.root.locator(".notice")
    expect(notice).to_contain_text("ComfyUI does not answer")
    panel.page.unroute("**/onereel/v1/films/*/edits")
    notice.get_by_role("button", name="Try again").click()
    expect(panel.cards().first.locator(".chip")).to_have_text("Approved")
    panel.button("Approve scene 1").click()
    expect(panel.cards().first.locator(".chip")).to_have_text("Draft")


def test_a_node_with_a_film_is_collected_as_a_take(panel: Panel):
    panel.load()
    wired = panel.page.evaluate(
        """async () => {
            const { app } = window.comfyAPI.app;
            const node = LiteGraph.createNode("LoadVideo");
            app.graph.add(node);
            const items = app.collectNodeMenuItems(node);
            const item = items.find((each) => each?.content === "OneReel: Collect as take");
            item.callback();
            const link = () =>
                app.graph._nodes
                    .find((each) => each.comfyClass === "OneReelCollectTake")
                    ?.inputs.find((input) => input.name === "video")?.link ?? null;
            for (let time = 0; link() === null && time < 600; time += 1) {
                await new Promise((then) => setTimeout(then, 50));
            }
            const other = LiteGraph.createNode("OneReelBrief");
            const without = app.collectNodeMenuItems(other);
            return {
                linked: link(),
                offered: without.some((each) => each?.content === "OneReel: Collect as take"),
            };
        }"""
    )
    assert wired["linked"] is not None
    assert not wired["offered"]


def test_in_nodes_2_widgets_and_commands_work(panel: Panel):
    settings(panel.comfyui, {"Comfy.VueNodes.Enabled": True})
    try:
        panel.load()
        panel.page.locator(TAB).click()
        panel.page.evaluate(
            """() => {
                const { app } = window.comfyAPI.app;
                app.graph.clear();
                const [brief, video] = ["OneReelBrief", "LoadVideo"].map((each, index) => {
                    const node = LiteGraph.createNode(each);
                    node.pos = [80 + index * 480, 120];
                    app.graph.add(node);
                    return node;
                });
                Object.assign(app.canvas.ds, { scale: 1, offset: [0, 0] });
                app.canvas.setDirty(true, true);
            }"""
        )
        nodes = panel.page.locator("[data-node-id]")
        brief, video = nodes.filter(has_text="Brief"), nodes.filter(has_text="Load Video")
        brief.locator("textarea").first.fill("A keeper and his lamp")
        value = "() => window.comfyAPI.app.app.graph._nodes[0].widgets[0].value"
        assert panel.page.evaluate(value) == "A keeper and his lamp"
        video.get_by_text("Load Video").first.click(button="right")
        panel.page.get_by_text("Convert to Subgraph").wait_for()
        # Older frontends show no extension's commands there.
        command = panel.page.get_by_role("menuitem", name="OneReel: Collect as take")
        if command.count():
            command.click()
            expect(nodes.filter(has_text="Collect Take")).to_be_visible()
    finally:
        settings(panel.comfyui, {"Comfy.VueNodes.Enabled": False})


def test_a_model_that_soon_retires_is_exchanged_at_one_click(panel: Panel):
    rows = panel.comfyui.private / "models.toml"
    soon = datetime.now(UTC).date() + timedelta(days=9)
    rows.write_text(
        f'["veo-3.1-lite-generate-001"]\nretires = {soon}\n'
        'successor = "veo-3.1-fast-generate-001"\n',
        "utf-8",
    )
    try:
        panel.load()
        models = panel.page.evaluate(
            """async () => {
                const { app } = window.comfyAPI.app;
                const node = LiteGraph.createNode("OneReelShootWithVeo");
                app.graph.add(node);
                const menu = node.widgets.find((each) => each.name === "model");
                menu.value = "veo-3.1-lite-generate-001";
                const items = app.collectNodeMenuItems(node);
                const item = items.find((each) => each?.content?.includes("successor"));
                const seen = [];
                for (const told of ["shoots from now on.", "goes on."]) {
                    item.callback();
                    const said = () => document.body.textContent.includes(told);
                    for (let time = 0; !said() && time < 600; time += 1) {
                        await new Promise((then) => setTimeout(then, 50));
                    }
                    seen.push(menu.value.split(" ")[0]);
                }
                return seen;
            }"""
        )
    finally:
        rows.unlink()
    # The successor itself goes on.
    assert models == ["veo-3.1-fast-generate-001"] * 2


def test_a_node_that_costs_says_what_a_second_costs(panel: Panel):
    rows = panel.comfyui.private / "models.toml"
    rows.write_text('["veo-3.1-fast-generate-001"]\nsilent_prices = { 720p = 0.08 }\n', "utf-8")
    try:
        panel.load()
        told = panel.page.evaluate(
            """async () => {
                const { app } = window.comfyAPI.app;
                const [veo, draft] = ["OneReelShootWithVeo", "OneReelShootDraft"].map((each) => {
                    const node = LiteGraph.createNode(each);
                    app.graph.add(node);
                    return node;
                });
                const set = (name, value) => {
                    veo.widgets.find((each) => each.name === name).value = value;
                };
                set("model", "veo-3.1-fast-generate-001");
                set("resolution", "720p");
                const price = (node) =>
                    node.badges
                        .map((each) => (each.call ? each() : each).text)
                        .find((text) => text.startsWith("$"));
                for (let time = 0; !price(veo) && time < 50; time += 1) {
                    await new Promise((then) => setTimeout(then, 200));
                }
                const seen = ["auto", "on", "off"].map((sound) => {
                    set("sound", sound);
                    return price(veo);
                });
                return [...seen, price(draft) ?? "free"];
            }"""
        )
    finally:
        rows.unlink()
    assert told == ["$0.08-0.10/s", "$0.10/s", "$0.08/s", "free"]


def test_a_film_that_is_gone_shows_the_way_to_the_library(panel: Panel):
    film = make_film(panel.comfyui, "A film that will be gone")
    api(panel.comfyui, "DELETE", f"/films/{film['id']}")
    panel.open_film(film["id"])
    panel.root.locator(".trouble").get_by_role("button", name="To the library").click()
    panel.root.get_by_role("tab", name="Library", exact=True).wait_for()
