"""Templates: twelve built in, and what each of the four youngest does of its own."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

import pytest

from onereel.story.asking import request
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.builtin.packs import packs
from onereel.story.builtin.quoting import Quotation, find_quotation, find_steps
from onereel.story.looks import looks
from onereel.story.screenplay import Screenplay
from onereel.story.templates.built_in import family, own_call, template_of, templates
from onereel.story.templates.template import PICTURE

LANGUAGES = ("de", "en", "es", "fr")
STEPS = {
    "de": "Einen Reifen wechseln: 1. Rad ausbauen. 2. Mantel abziehen. 3. Schlauch einlegen.",
    "en": "How to change a tyre: 1. Take the wheel off. 2. Lever the tyre out. 3. Add a tube.",
    "es": "Cambiar una rueda: 1. Quita la rueda. 2. Saca la cubierta. 3. Pon una nueva.",
    "fr": "Changer un pneu : 1. Retirez la roue. 2. Retirez le pneu. 3. Posez un pneu neuf.",
}
QUOTES = {
    "de": (
        "\u201eWer k\u00e4mpft, kann in dem Kampf verlieren.\u201c - Bertolt Brecht",
        "Bertolt Brecht",
    ),
    "en": ('"The only way out is through." - Robert Frost', "Robert Frost"),
    "es": ("\u00abCaminante, no hay camino\u00bb - Antonio Machado", "Antonio Machado"),
    "fr": (
        "\u00ab L\u2019enfer, c\u2019est les autres. \u00bb - Jean-Paul Sartre",
        "Jean-Paul Sartre",
    ),
}


def film(language: str, template: str, idea: str, *, seconds: int = 40) -> Screenplay:
    brief = Brief(idea=idea, template=template, language=language, duration=Fraction(seconds))
    return write_builtin(brief)


@pytest.mark.parametrize("name", templates())
def test_every_template_says_all_that_it_is(name: str) -> None:
    each = templates()[name]
    assert all((each.label, each.about, each.tone, each.lens, each.music, each.call_to_action))
    assert len(each.look) == 3
    assert not set(each.look) & set(looks()), "a list of looks holds words"
    for arc in (each.topic, each.hero):
        assert arc[0].name == "hook"
        assert arc[-1].name == "ending"
        assert set(each.stretch) & {beat.name for beat in arc}
    assert own_call(each) == ""
    told = request(Brief(idea="Tides", template=name))
    assert each.about in told
    assert each.call_to_action in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", templates())
def test_every_beat_has_lines_in_every_language(name: str, language: str) -> None:
    banks = packs()[language].data.banks
    template = templates()[name]
    for kind, arc in template.arcs.items():
        lines = [banks.get(each, {}) for each in (*family(template), kind)]
        for beat in arc:
            spoken = beat.name == PICTURE or any(beat.name in bank for bank in lines)
            # A hero's arc is told by a topic's lines in a language that has no such heroes.
            assert spoken or kind == "hero", beat.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_how_to_counts_the_steps_that_the_idea_counts(language: str) -> None:
    front, steps = find_steps(STEPS[language])
    assert len(steps) == 3
    assert not re.search(r"\d", front)
    number = packs()[language].number
    scenes = [scene.narration for scene in film(language, "howto", STEPS[language]).scenes]
    told = [
        next(at for at, text in enumerate(scenes) if step in text and number(index) in text.lower())
        for index, step in enumerate(steps, 1)
    ]
    assert all(one < other for one, other in pairwise(told))


def test_a_how_to_that_cannot_tell_every_step_numbers_none() -> None:
    steps = " ".join(
        f"{at}. Fold the long {colour} paper strip over."
        for at, colour in enumerate(("red", "blue", "green", "white", "black", "brown"), 1)
    )
    spoken = " ".join(
        scene.narration for scene in film("en", "howto", f"A box: {steps}", seconds=8).scenes
    )
    assert "Fold" in spoken
    assert "Step" not in spoken


@pytest.mark.parametrize(
    "idea",
    ["How to draw a cat in 5 steps", "In 1999. A band in 2. Reich", "1. Boil water. 2. Add tea."],
)
def test_numbers_that_count_no_steps_are_left_alone(idea: str) -> None:
    assert find_steps(idea) == (idea, ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quote_film_quotes_word_for_word_twice_and_names_who_said_it(language: str) -> None:
    idea, by = QUOTES[language]
    quotation = find_quotation(idea, packs()[language])
    assert quotation is not None
    assert quotation.by == by
    scenes = [scene.narration for scene in film(language, "quote", idea).scenes]
    assert [quotation.words in text for text in scenes] == [
        True,
        *[False] * (len(scenes) - 2),
        True,
    ]
    assert by in scenes[0]
    # Between them the film stays with the quotation's own words.
    words = set(re.findall(r"\w+", quotation.words.lower()))
    assert all(words & set(re.findall(r"\w+", text.lower())) for text in scenes)


@pytest.mark.parametrize(
    ("idea", "words", "by"),
    [
        ("to be or not to be", "To be or not to be", ""),
        ("\u201cDance.\u201d", "Dance", ""),
        ("Seneca: \u201cWe waste a lot of it.\u201d", "We waste a lot of it", "Seneca"),
        ('"Be yourself." (Oscar Wilde)', "Be yourself", "Oscar Wilde"),
        ("Less is more \u2014 Mies van der Rohe", "Less is more", "Mies van der Rohe"),
        ('grandma said: "Eat first."', "Eat first", ""),
        ("Rise - and then fall", "Rise - and then fall", ""),
    ],
)
def test_a_quotation_is_found(idea: str, words: str, by: str) -> None:
    assert find_quotation(idea, packs()["en"]) == Quotation(words, by)


def test_what_only_speaks_of_a_quotation_is_none() -> None:
    for language, idea in (
        ("en", "A proverb about patience"),
        ("de", "Ein Zitat von Goethe"),
        ("es", "Un refr\u00e1n sobre el mar"),
        ("fr", "Un proverbe sur la mer"),
    ):
        assert find_quotation(idea, packs()[language]) is None
        assert film(language, "quote", idea).scenes[0].narration


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seconds", [8, 30, 120])
def test_a_music_video_says_little(language: str, seconds: int) -> None:
    idea = {"en": "Rain over Tokyo", "de": "Regen \u00fcber Berlin", "es": "Lluvia en Madrid"}
    play = film(language, "musicvideo", idea.get(language, "Pluie sur Paris"), seconds=seconds)
    spoken = [scene for scene in play.scenes if scene.narration]
    assert play.scenes[0].narration
    assert len(spoken) <= 3
    assert play.duration == seconds
    assert sum(len(scene.narration.split()) for scene in spoken) < 40
    assert "music: the song itself" in play.style.sound


def test_a_brief_names_a_template_by_its_label_too() -> None:
    for asked in ("musicvideo", "Music Video", " MUSIC VIDEO "):
        assert template_of(Brief(idea="x", template=asked)).name == "musicvideo"
