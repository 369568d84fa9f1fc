"""What the nodes and the setting are called in other languages: complete, in the form that
ComfyUI's frontend reads. tests/comfyui compares it with the nodes themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LOCALES = Path(__file__).resolve().parents[2] / "locales"
LANGUAGES = ("en", "de", "es", "fr", "ja", "zh")


def texts(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(node, str):
        yield path, node
        return
    for name, inner in node.items():
        yield from texts(inner, (*path, name))


def told(language: str) -> dict[tuple[str, ...], str]:
    """What is said of the nodes and of the panel's setting."""
    files = [LOCALES / language / f"{name}.json" for name in ("nodeDefs", "settings")]
    return {
        path: text for file in files for path, text in texts(json.loads(file.read_text("utf-8")))
    }


def test_there_is_a_folder_for_each_language():
    assert sorted(path.name for path in LOCALES.iterdir()) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_texts(language: str):
    assert told(language).keys() == told("en").keys()
    assert all(text.strip() == text != "" for text in told(language).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_text_is_taken_for_a_placeholder(language: str):
    """vue-i18n reads braces, at signs and bars; `{'{'}` writes them."""
    for path, text in told(language).items():
        assert not re.search(r"[{}@|]", re.sub(r"\{'[{}@|]'\}", "", text)), path


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_sentences_are_translated(language: str):
    english = told("en")
    same = [
        path
        for path, text in told(language).items()
        if text == english[path] and len(text.split()) > 2
    ]
    assert same == []


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_what_is_typed_or_chosen_stays_as_it_is(language: str):
    """Values of menus are not translated, nor is what a field understands."""
    typed = (
        r"auto:|approved scenes|drop 4|order 1 3 2|4n\+1|8n\+1|%date:yyyy-MM-dd%|llama3\.2|\.json"
    )
    translated = told(language)
    for path, text in told("en").items():
        for word in re.findall(typed, text):
            assert word.rstrip(":") in translated[path], path
