"""Scripts in plain text and Markdown, as people write them for videos."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onereel.errors import ReviseScreenplay
from onereel.story.files import load_screenplay, read_screenplay
from onereel.story.fountain.writing import to_fountain
from onereel.story.script import form_of

MARKDOWN = """---
language: en
aspect: "9:16"
---

# Why tea is hot

## [0:00-0:10] Hook

**Narrator:** Have you *ever* burned your tongue?
[VISUAL: a steaming cup, close]

MUSIC: soft piano

> a kettle whistles

Water boils at a hundred degrees. See [the chart](https://example.org/chart).

<!-- a joke here? -->

## Ending

1. Thanks for watching,
2. and good night!

![the cup, empty](cup.png)
"""


def said(script: str) -> list[tuple[str, str, str]]:
    scenes = load_screenplay(script).scenes
    return [(scene.title, scene.description, scene.narration) for scene in scenes]


def test_a_markdown_script():
    film = load_screenplay(MARKDOWN)
    assert (film.title, film.brief.aspect, film.writer) == ("Why tea is hot", "9:16", "imported")
    assert said(MARKDOWN) == [
        ("Hook", "a steaming cup, close", "Have you ever burned your tongue?"),
        ("Hook", "a kettle whistles", "Water boils at a hundred degrees. See the chart."),
        ("Ending", "the cup, empty", "Thanks for watching, and good night!"),
    ]
    assert film.scenes[0].prompt == "a steaming cup, close"
    assert load_screenplay(to_fountain(film)) == film


def test_paragraphs_of_plain_text_are_scenes():
    script = """The tide

Twice a day
the sea changes its mind.

Nobody asks it why.
"""
    film = load_screenplay(script)
    assert film.title == "The tide"
    assert [scene.narration for scene in film.scenes] == [
        "Twice a day the sea changes its mind.",
        "Nobody asks it why.",
    ]
    assert [scene.prompt for scene in film.scenes] == [scene.narration for scene in film.scenes]


def test_values_may_stand_above_a_plain_text():
    film = load_screenplay("Title: Gezeiten\nLanguage: de\nTone: ruhig\n\nDas Meer geht.\n")
    assert (film.title, film.brief.language, film.brief.tone) == ("Gezeiten", "de", "ruhig")
    assert [scene.narration for scene in film.scenes] == ["Das Meer geht."]


@pytest.mark.parametrize(
    "seen",
    [
        "[VISUAL: waves at night]",
        "[waves at night]",
        "(B-ROLL: waves at night)",
        "B-roll: waves at night",
        "**VISUAL:** waves at night",
        "> waves at night",
        "> Visual: waves at night",
        "*waves at night*",
        "_Shot: waves at night_",
        "[0:15] SHOT 3: waves at night",
        "![waves at night](waves.png)",
    ],
)
def test_what_is_seen(seen: str):
    words = "The sea changes its mind."
    assert said(f"{seen}\n\n{words}") == [("", "waves at night", words)]
    assert said(f"{seen}\n{words}")[0][1:] == ("waves at night", words)


@pytest.mark.parametrize(
    "line",
    [
        "NARRATOR: The sea.",
        "Narrator (calm): The sea.",
        "VO: The sea.",
        "**V.O.:** The sea.",
        "AUDIO:\nThe sea.",
        "Voiceover:\n\nThe sea.",
        "[0:00 - 0:15] The sea.",
        "00:15 The sea.",
        "- The sea.",
        "The sea. [pause]",
        "(softly)\nThe sea.",
        "SFX: gulls\n\nThe sea.",
        "```\nnot this\n```\nThe sea.",
    ],
)
def test_what_is_spoken(line: str):
    assert [narration for _, _, narration in said(line) if narration] == ["The sea."]


def test_pictures_after_their_paragraphs():
    script = "One.\n\n> first\n\nTwo.\n\n> second\n"
    assert said(script) == [("", "first", "One."), ("", "second", "Two.")]
    assert said("> first\n\nOne.\n\n> second\n\nTwo.\n") == said(script)


def test_a_script_in_two_columns():
    script = """# Tides

| Time | Visual | Audio |
|------|:-------|-------|
| 0:00 | waves  | Twice a day the *sea* changes its mind. |
| 0:05 | a child |  |
| 0:09 |  | Nobody asks it why. |

| Tools | Price |
|---|---|
| pen | 2 |
"""
    assert said(script) == [
        ("", "waves", "Twice a day the sea changes its mind."),
        ("", "a child", "Nobody asks it why."),
    ]
    alone = (
        "| Visual | Audio |\n|---|---|\n| a gate \\| a door | It opens. |\n| a hall | It shuts. |"
    )
    assert said(alone) == [("", "a gate | a door", "It opens."), ("", "a hall", "It shuts.")]


def test_lines_of_the_cast_are_theirs():
    page = "Title: Tides\nCast:\n    Anna Berg: a keeper\n    Ben\n\n"
    film = load_screenplay(
        f"{page}It was dark\nANNA: Who is there\nand why\nBen (softly): Only me\n\nNOTE: so it was"
    )
    assert [each.narration for each in film.scenes] == [
        "It was dark\nAnna Berg: Who is there and why\nBen: Only me",
        "NOTE: so it was",
    ]
    assert load_screenplay(to_fountain(film), form="fountain") == film


@pytest.mark.parametrize(
    ("script", "people"),
    [
        (
            "Mr. Brown: Hi.\nLady of the Lake: Hello.\nMr. Brown: Bye.",
            ["Mr. Brown", "Lady of the Lake"],
        ),
        ("It was dark.\n\nANNA: Who?\n\nANNA (louder): Who?", ["ANNA"]),
        ("MOTHER: Who?\nMother: Who?\nTHE KING: I.", ["MOTHER", "THE KING"]),
        ("STEP 1: Boil.\nSTEP 2: Pour.\nHINWEIS: Heiss.", []),
        ("Myth: a\nFact: b\nMyth: c\nFact: d", []),
        ("Paris: a city.\nRome: another.\nThe sea: moves.", []),
        ("WARNING: hot.\n\nHost 1: The sea.", []),
        ("IMPORTANT: Lies.\nREASON 1: It is so.\nREASON 2: It is.", []),
        ("Title: T\nCast:\n    Cleo\n\nANNA: Who?\nBEN: Me.", ["Cleo"]),
    ],
)
def test_people_are_found_by_their_lines(script: str, people: list[str]):
    assert [each.name for each in load_screenplay(script, form="prose").cast] == people


def test_scene_lines_are_titles():
    assert said("SCENE 1: The harbour\n\nShips sleep.\n\nScene 2\n\nThey wake.") == [
        ("The harbour", "", "Ships sleep."),
        ("Scene 2", "", "They wake."),
    ]


def test_a_long_paragraph_is_cut_at_sentences():
    text = " ".join(f"This is the sentence with the number {number}." for number in range(9))
    film = load_screenplay(text)
    assert " ".join(scene.narration for scene in film.scenes) == text
    assert all(scene.duration <= film.brief.longest_shot for scene in film.scenes)
    assert film.brief.longest_shot == Fraction(8)


def test_the_name_of_a_file_is_the_title_of_a_script_without_one(tmp_path: Path):
    path = tmp_path / "the tide.txt"
    path.write_text("The sea changes its mind. Nobody asks it why.", "utf-8")
    assert read_screenplay(path).title == "the tide"


def test_what_a_script_does_not_say_is_as_usual():
    usual = {"language": "de", "aspect": "9:16"}
    film = load_screenplay("Aspect: 1:1\nTitle: Meer\n\nDas Meer ist still.", usual=usual)
    assert (film.brief.language, film.brief.aspect) == ("de", "1:1")
    by_hand = load_screenplay('{"scenes": [{"narration": "Still."}]}', usual=usual)
    assert (by_hand.brief.language, by_hand.brief.aspect) == ("de", "9:16")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('{"scenes": []}', "json"),
        ("[1, 2]", "json"),
        ("[VISUAL: a cup]\n\nTea.", "prose"),
        ("[0:00] Tea.", "prose"),
        ("INT. HOUSE - DAY\n\nTea.", "fountain"),
        ("NARRATOR (V.O.)\nTea.", "fountain"),
        ("INTRO\nTea is hot.", "prose"),
        ("NARRATOR: Tea.", "prose"),
        ("Tea. INT. HOUSE - DAY is a heading.", "prose"),
    ],
)
def test_the_form_of_a_text(text: str, form: str):
    assert form_of(text) == form


@pytest.mark.parametrize("name", ["tea.txt", "tea.fountain", "tea.SPMD", "tea"])
def test_a_file_is_read_by_its_name_or_its_text(tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_text("INT. HOUSE - DAY\n\nNARRATOR\nTea.\n", "utf-8")
    assert [scene.title for scene in read_screenplay(path).scenes] == ["INT. HOUSE - DAY"]


def test_the_examples_of_the_help_page_are_films():
    page = Path(__file__).parents[2] / "web" / "docs" / "OneReelLoadScreenplay" / "en.md"
    examples = re.findall(r"(?s)```(\w+)\n(.*?)```", page.read_text("utf-8"))
    assert [name for name, _ in examples] == ["markdown", "fountain", "json"]
    for name, text in examples:
        film = load_screenplay(text)
        assert film.title == "Tides", name
        assert film.scenes[0].narration == "Twice a day the sea changes its mind."
        assert len(film.scenes) == 2


_LINES = st.sampled_from(
    [
        *("# Tea", "> a cup", "*a cup*", "[a cup]", "VISUAL:", "NARRATOR: Tea.", "---", "```"),
        *("Scene 1", "[0:10]", "- Tea", "(softly)", "", "<!--", "Tea is hot.", "|a|b|", "Title: T"),
        "|Visual|Audio|\n|-|-|\n|a cup|Tea.|",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(_LINES | st.text(max_size=20), max_size=10).map("\n".join))
def test_any_text_is_a_film_or_one_sentence(script: str):
    try:
        film = load_screenplay(script)
    except ReviseScreenplay as error:
        assert "\n" not in error.user_message
        return
    assert load_screenplay(to_fountain(film), form="fountain") == film
