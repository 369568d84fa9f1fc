"""Twelve templates, four languages, three lengths: exact, spoken in time, nothing twice or empty.

A cover of a third is written by default: every template in every language, every length with both.
`ONEREEL_EVERY_FILM=1` writes all 144.
"""

from __future__ import annotations

import os
from fractions import Fraction

import pytest

from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.builtin.timing import BREATH
from onereel.story.pace import estimate
from onereel.story.templates.template import BUILT_IN
from onereel.story.timing import ROOM
from onereel.values import FPS
from tests.library.test_builtin_long import IDEAS

LENGTHS = (8, 60, 600)
FILMS = [
    pytest.param(template, language, LENGTHS[length], id=f"{template}-{language}-{LENGTHS[length]}")
    for row, template in enumerate(BUILT_IN)
    for column, language in enumerate(IDEAS)
    for length in range(len(LENGTHS))
    if os.environ.get("ONEREEL_EVERY_FILM") or (row + column) % len(LENGTHS) == length
]
_SLOWEST = Fraction(27, 25)
"""A voice that takes 8 % longer than estimated."""


@pytest.mark.parametrize(("template", "language", "seconds"), FILMS)
def test_a_film_is_exact_and_says_and_shows_nothing_twice(
    template: str, language: str, seconds: int
) -> None:
    idea = IDEAS[language][BUILT_IN.index(template) % len(IDEAS[language])]
    brief = Brief(idea=idea, template=template, language=language, duration=Fraction(seconds))
    film = write_builtin(brief)
    assert film.duration == seconds
    assert film == write_builtin(brief)
    for scene in film.scenes:
        assert (scene.duration * FPS).denominator == 1
        assert 1 <= scene.duration <= brief.longest_shot
        assert scene.title
        assert scene.prompt
        assert scene.description
        assert scene.camera
        assert scene.place
        spoken = estimate(scene.narration, language)
        if spoken:
            assert spoken + BREATH <= scene.duration
            # No voice has it told in two.
            assert spoken * _SLOWEST + ROOM <= brief.longest_shot
    shown = [(scene.title, scene.prompt) for scene in film.scenes]
    assert len(set(shown)) == len(shown)
    said = [scene.narration for scene in film.scenes if scene.narration]
    assert said
    assert len(set(said)) == len(said)
