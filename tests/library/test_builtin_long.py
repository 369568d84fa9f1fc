"""Ten minutes: what there is to say of an idea is shared out over all scenes, and said once."""

from collections import Counter
from fractions import Fraction
from itertools import groupby

import pytest

from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.builtin.wording import sentences_of
from onereel.story.templates.template import BUILT_IN

LANGUAGES = ("en", "de", "es", "fr")
IDEAS = {
    "en": ("A lighthouse keeper builds a rocket out of junk", "Kombucha", "why do cats purr"),
    "de": (
        "Ein Leuchtturmw\u00e4rter baut eine Rakete aus Schrott",
        "Kombucha",
        "Warum schnurren Katzen?",
    ),
    "es": (
        "Un farero construye un cohete con chatarra",
        "la kombucha",
        "\u00bfPor qu\u00e9 ronronean los gatos?",
    ),
    "fr": (
        "Un gardien de phare construit une fus\u00e9e avec de la ferraille",
        "le kombucha",
        "Pourquoi les chats ronronnent-ils ?",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", BUILT_IN)
def test_ten_minutes_are_told_to_their_end(language: str, template: str) -> None:
    for idea in IDEAS[language]:
        brief = Brief(idea=idea, template=template, language=language, duration=Fraction(600))
        play = write_builtin(brief)
        assert play.duration == 600
        spoken = [scene.narration for scene in play.scenes]
        assert sum(map(bool, spoken)) >= 0.6 * len(spoken)
        if template == "explainer" and language in ("en", "de"):
            assert all(spoken)
        silences = [len(list(run)) for said, run in groupby(spoken, bool) if not said]
        assert max(silences, default=0) <= 2
        lines = Counter(
            line for text in spoken for line in sentences_of(text) if any(map(str.isalpha, line))
        )
        assert max(lines.values()) == 1, lines.most_common(3)
        assert len({(scene.title, scene.description) for scene in play.scenes}) == len(spoken)
