"""What the server says, in other languages: no sentence of it is lost when its English changes."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from onereel import errors
from onereel.library.edits.changes import ApproveScenes, MoveScene, SetOptions, SetScene
from onereel.library.edits.labels import label_of
from onereel.library.edits.revision import Version
from onereel.library.said import Said, said_by, said_of
from onereel.library.views.problems import Problem, problem_of
from onereel.story.brief import Brief
from onereel.story.builtin.writer import write_builtin

ROOT = Path(__file__).parents[2]
LANGUAGES = ("de", "es", "fr", "ja", "zh")
ENGLISH: dict[str, str] = tomllib.loads(
    (ROOT / "onereel" / "library" / "said.toml").read_text("utf-8")
)
KINDS = {name for name in errors.__all__ if issubclass(getattr(errors, name), errors.OneReelError)}
"""Failures; the HTTP interface has some more."""


def template(node: ast.expr) -> str:
    """A text of the source, with {} for what is put into it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        # What `format` fills in stands in braces with a name.
        return re.sub(r"\{\w+\}", "{}", node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(template(part) for part in node.values)
    return "{}"


@cache
def written() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """Every text of the source as a pattern, and how many letters of it stand there."""
    found: set[str] = set()
    for folder in ("onereel", "nodes"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            found |= {template(node) for node in ast.walk(tree) if isinstance(node, ast.expr)}
    return tuple(
        (letters(text), re.compile(".+?".join(map(re.escape, text.rstrip(".").split("{}")))))
        for text in found
    )


def letters(text: str) -> int:
    return len(re.findall("[A-Za-z]", text))


def stands_there(sentence: str) -> bool:
    # A text that is little but what is put into it fits anything.
    least = max(3, 0.4 * letters(sentence))
    return any(own >= least and text.fullmatch(sentence) for own, text in written())


def values(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("code", ENGLISH)
def test_every_sentence_stands_in_the_source(code: str) -> None:
    sample = re.sub(r"\{\w+\}", "5", ENGLISH[code])
    assert stands_there(sample.rstrip("."))
    found = said_of(sample)
    assert found == Said(code=code, values=dict.fromkeys(values(ENGLISH[code]), "5"))


def words(language: str) -> Iterator[tuple[str, str]]:
    text = (ROOT / "web" / "panel" / "words" / "said" / f"{language}.mjs").read_text("utf-8")
    for key, value in re.findall(r'(?m)^\t(\w+):\s+(".+"),$', text):
        yield key, json.loads(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_and_every_failure_is_translated(language: str) -> None:
    said = dict(words(language))
    assert {key for key in said if key[0].islower()} == set(ENGLISH)
    assert {key for key in said if key[0].isupper()} >= KINDS
    for code, english in ENGLISH.items():
        # A command and the like may say for itself what stands in the English.
        assert values(said[code]) <= values(english), code
        assert said[code] != english


def test_a_label_has_a_code_and_its_values() -> None:
    version = Version(screenplay=write_builtin(Brief(idea="A fox swims", duration=12)))
    assert version.screenplay
    first, second = (scene.id for scene in version.screenplay.scenes[:2])
    for change, said in (
        (SetScene(scene=second, fields={"mood": "x", "negative_prompt": ""}), "edit_set"),
        (SetOptions(fields={"voice": "x"}), "edit_options"),
        (MoveScene(scene=second, to=0), "edit_move"),
        (ApproveScenes(scenes=(first, second)), "edit_approve_many"),
    ):
        found = said_of(label_of([change], version))
        assert found and found.code == said
    found = said_of(label_of([SetScene(scene=second, fields={"negative_prompt": ""})], version))
    assert found and found.values == {"fields": "negative prompt", "number": "2"}


def test_an_error_without_a_sentence_has_its_kind() -> None:
    assert said_by(errors.FreeDisk("It is full.")) == Said(code="FreeDisk")
    assert said_of("Whatever else is said.") is None
    assert said_of("") is None
    busy = errors.WaitForFilm("'Fox' is being worked on; cancel that first.")
    assert said_by(busy) == Said(code="film_busy_cancel", values={"title": "'Fox'"})


def test_a_problem_that_was_kept_is_read_again() -> None:
    problem = problem_of(errors.AddKey("Bring a key."))
    assert problem.said == Said(code="AddKey")
    kept = problem.model_dump_json(exclude={"said"})
    assert Problem.model_validate_json(kept) == problem
