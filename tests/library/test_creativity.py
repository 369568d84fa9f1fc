"""Creativity is a control: what each writer does at 0 and at 1 differs, and one half changes
nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from onereel.commands.film import main
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.builtin.packs import packs
from onereel.story.builtin.wording import words_of
from onereel.story.writers.asking import request

IDEAS = {
    "en": ("A lighthouse keeper finds a message in a bottle", "How do bees find their way home?"),
    "de": ("Ein Uhrmacher repariert die Zeit", "Wie finden Bienen nach Hause?"),
    "es": ("Un farero encuentra un mensaje en una botella", "Por qu\u00e9 el mar es salado"),
    "fr": ("Un gardien de phare trouve un message", "Comment les abeilles retrouvent leur chemin"),
}
SEEDS = range(6)


def scenes(language: str, creativity: float) -> list[tuple[str, frozenset[str]]]:
    """Narrations of many scripts, each with the words of its idea."""
    found = []
    for idea in IDEAS[language]:
        keywords = packs()[language].analyse(idea, template="story").keywords
        brief = Brief(idea=idea, duration=Fraction(40), language=language, creativity=creativity)
        for seed in SEEDS:
            film = write_builtin(brief, seed=seed)
            assert film == write_builtin(brief, seed=seed)
            assert film.duration == 40
            found += [(scene.narration, frozenset(keywords)) for scene in film.scenes]
    return found


def closeness(told: list[tuple[str, frozenset[str]]]) -> float:
    """The share of words that are the idea's."""
    return sum(len(words_of(t) & keys) / max(len(words_of(t)), 1) for t, keys in told) / len(told)


@pytest.mark.parametrize("language", IDEAS)
def test_the_built_in_writer_strays_further(language: str) -> None:
    close, far = (scenes(language, creativity) for creativity in (0.0, 1.0))
    assert closeness(close) > closeness(far) * 1.02
    assert len({text for text, _ in close}) < len({text for text, _ in far})


def test_a_model_is_told_how_far_it_may_go() -> None:
    brief = Brief(idea="A keeper who is afraid of the dark")
    told = [
        request(brief.replace(creativity=creativity)) for creativity in (0, 0.3, 0.5, 0.7, 0.9, 1)
    ]
    assert len(set(told)) == 5
    assert "Stay with the idea" in told[0]
    assert len(told[2]) == min(map(len, told))
    assert "five ways to tell it" in told[5]


@pytest.mark.parametrize("wrong", ["2", "-0.1", "nan"])
def test_the_command_line_takes_it(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["A keeper", "--creativity", wrong]) == 2
    assert "creativity" in capsys.readouterr().err
