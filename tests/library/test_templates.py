"""Templates: twelve built in, and what each of the four youngest does of its own."""

from __future__ import annotations

import re
import tomllib
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from onereel.commands import COMMANDS
from onereel.errors import ReviseBrief, ReviseTemplate
from onereel.home import Home
from onereel.library.batch.filling import filled
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.builtin.packs import packs
from onereel.story.builtin.quoting import Quotation, find_quotation, find_steps
from onereel.story.files import load_screenplay
from onereel.story.fountain.writing import to_fountain
from onereel.story.looks import looks
from onereel.story.screenplay import Screenplay
from onereel.story.templates.built_in import family, own_call, template_of, templates
from onereel.story.templates.of_film import template_of_film
from onereel.story.templates.own import (
    changed,
    every_template,
    folder,
    keep,
    named,
    to_toml,
    with_own,
)
from onereel.story.templates.template import PICTURE, Template
from onereel.story.writers.asking import request

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


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(private=tmp_path / "home", media=tmp_path / "media")


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


@pytest.mark.parametrize("idea", ["How to draw a cat in 5 steps", "In 1999. A band in 2. Reich"])
def test_numbers_that_count_no_steps_are_left_alone(idea: str) -> None:
    assert find_steps(idea) == (idea, ())


def test_a_list_of_steps_alone_is_about_its_first() -> None:
    steps = ("Boil water", "Add tea")
    assert find_steps("1. Boil water. 2. Add tea.") == (steps[0], steps)


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


OWN = """
label = "Grandma's kitchen"
like = "howto"
tone = "warm and funny"
pace = 4
look = "watercolour"
music = "an old radio"
captions = "burned"
call_to_action = "Cook it on Sunday."
topic = [["hook", 9, "warm"], ["look", 7, "joyful"], ["ending", 10, "joyful"]]
"""


def put(home: Home, name: str, text: str | bytes) -> Path:
    path = folder(home) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_in_the_settings_folder_is_a_template(home: Home) -> None:
    put(home, "kitchen.toml", OWN)
    own = every_template(home)[-1]
    assert (own.name, own.label, own.like) == ("kitchen", "Grandma's kitchen", "howto")
    howto = templates()["howto"]
    assert (own.lens, own.hero, own.about) == (howto.lens, howto.hero, howto.about)
    brief = with_own(Brief(idea="How to bake bread", template="Grandma's Kitchen"), home)
    assert brief.film_template == own
    assert brief.template == "kitchen"
    film = write_builtin(brief)
    assert film.style.look == looks()["watercolour"].style.look
    assert film.style.sound.endswith("music: an old radio")
    assert film.scenes[-1].narration.endswith("Cook it on Sunday.")
    assert film.duration == brief.duration
    assert len(film.scenes) == 8, "30 s at 4 s a scene"
    told = request(brief)
    assert "Tone: warm and funny." in told
    assert "Cook it on Sunday." in told
    assert looks()["watercolour"].style.look in told


def test_a_film_keeps_its_template_whatever_becomes_of_the_file(home: Home) -> None:
    path = put(home, "kitchen.toml", OWN)
    brief = with_own(Brief(idea="How to bake bread", template="kitchen"), home)
    path.unlink()
    again = Brief.from_json(brief.to_json())
    assert again == brief
    assert again.film_id == brief.film_id
    assert write_builtin(with_own(again, home)) == write_builtin(brief)
    with pytest.raises(ReviseBrief, match=r"no template 'kitchen': choose explainer, .* or lesson"):
        with_own(Brief(idea="How to bake bread", template="kitchen"), home)


def test_another_template_takes_the_place_of_ones_own(home: Home) -> None:
    put(home, "kitchen.toml", OWN)
    brief = with_own(Brief(idea="How to bake bread", template="kitchen"), home)
    other = Brief.from_data({**brief.model_dump(mode="json"), "template": "news"})
    assert other.film_template is None
    assert other == Brief(idea="How to bake bread", template="news")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.toml", 'colour = "red"', r"The template a\.toml: colour is not a field it knows\."),
        ("a.toml", 'name = "b"', r"a\.toml: name is not a field it knows"),
        ("a.toml", "tone = ", r"The template a\.toml cannot be read: Invalid value"),
        ("a.toml", b"tone = '\xff'", r"The template a\.toml is not a text file in UTF-8"),
        ("a.toml", "pace = 0.5", r"a\.toml: pace: must be at least 1\."),
        ("a.toml", "pace = true", r"a\.toml: pace: must be a number of seconds\."),
        ("a.toml", 'like = "opera"', r"a\.toml: like: There is no template 'opera': choose expl"),
        ("a.toml", "like = 3", r"a\.toml: like must be the name of a built-in template\."),
        ("a.toml", 'captions = "huge"', r"a\.toml: captions: "),
        ("a.toml", 'topic = [["hook", 9, "blue"], ["ending", 10, "warm"]]', r"'blue' is no mood"),
        ("a.toml", 'topic = [["hook", 11, "warm"], ["ending", 1, "warm"]]', r"must be at most 10"),
        (
            "a.toml",
            'topic = [["song", 9, "warm"], ["ending", 1, "warm"]]',
            "no beat 'song'; ",
        ),
        ("a.toml", 'topic = [["hook", 9, "warm"]]', r"a list of at least 2"),
        ("a.toml", f'tone = "{"x" * 301}"', r"tone: must have at most 300 characters"),
        ("a.toml", "#" * 100_001, r"The template a\.toml has more than 100 kB\."),
        ("story.toml", "", r"Rename the template story\.toml: a built-in one has that name\."),
        ("two words.toml", "", r"Rename the template two words\.toml: small letters"),
    ],
)
def test_a_bad_file_is_one_clear_sentence(
    name: str, text: str | bytes, sentence: str, home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    put(home, name, text)
    put(home, "good.toml", "")
    assert [each.name for each in every_template(home)] == [*templates(), "good"]
    assert len(caplog.messages) == 1
    assert re.search(sentence, caplog.messages[0])
    assert "\n" not in caplog.messages[0]
    if name == "a.toml":
        with pytest.raises(ReviseTemplate, match=sentence):
            with_own(Brief(idea="x", template="a"), home)


def test_a_template_of_a_finished_film_builds_another_film_as_that_one_is(home: Home) -> None:
    first = film("en", "documentary", "The well in the old courtyard", seconds=60)
    lengths = (3, 9, 3, 9, 6)
    scenes = tuple(
        scene.replace(duration=length, transition="dissolve" if at % 2 else "cut")
        for at, (scene, length) in enumerate(zip(first.scenes, lengths, strict=False))
    )
    made = template_of_film(first.replace(scenes=scenes, title="Wells"), name="wells")
    assert (made.pace, made.label, made.like) == (6, "Wells", "documentary")
    assert made.rhythm == (0.5, 1.5, 0.5, 1.5, 1)
    assert made.music == templates()["documentary"].music
    path = keep(made, home)
    assert keep(made, home) == path, "the same again is no other"
    assert named("wells", home) == made
    brief = with_own(Brief(idea="Why rivers bend", template="wells", duration=Fraction(30)), home)
    other = write_builtin(brief)
    assert [scene.transition for scene in other.scenes] == [each.transition for each in scenes]
    short, long = other.scenes[0].duration, other.scenes[1].duration
    assert short < long > other.scenes[2].duration
    assert other.style.look == first.style.in_words()
    told = request(brief)
    assert "Lengths of the scenes, one after the other: 3.0, 9.0, 3.0, 9.0, 6.0 seconds." in told
    with pytest.raises(ReviseTemplate, match="another template wells already"):
        keep(made.replace(tone="calm"), home)
    with pytest.raises(ReviseTemplate, match="a built-in one has it"):
        keep(changed(made, {}, name="wells").replace(name="news"), home)


@pytest.mark.parametrize("name", templates())
def test_every_template_survives_its_file(name: str, home: Home) -> None:
    built = templates()[name]
    assert Template(name=name, **tomllib.loads(to_toml(built))) == built
    own = changed(built, {"tone": 'so\u00df "quoted"', "pace": 7}, name="mine")
    keep(own, home)
    assert named("mine", home) == own
    assert len((folder(home) / "mine.toml").read_text("utf-8").splitlines()) < 8


def test_the_command_line_lists_shows_and_makes_templates(
    tmp_path: Path, home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONEREEL_HOME", str(home.private))
    screenplay = tmp_path / "film.json"
    screenplay.write_text(film("en", "poem", "Neon rain over Tokyo").to_json(), "utf-8")
    command = COMMANDS["templates"]
    assert command(["from", str(screenplay), "--name", "neon", "--label", "Neon"]) == 0
    assert Path(capsys.readouterr().out.strip()) == folder(home) / "neon.toml"
    assert command(["list"]) == 0
    listed = capsys.readouterr().out
    assert all(name in listed for name in (*templates(), "neon"))
    assert command(["show", "neon"]) == 0
    assert 'like = "poem"' in capsys.readouterr().out
    with pytest.raises(ReviseBrief, match="no template 'opera'"):
        command(["show", "opera"])


def test_a_template_of_ones_own_survives_fountain_and_a_workflow(home: Home) -> None:
    put(home, "kitchen.toml", OWN)
    brief = with_own(Brief(idea="How to bake bread", template="kitchen"), home)
    play = write_builtin(brief)
    assert load_screenplay(to_fountain(play), form="fountain") == play
    workflow = {"1": {"class_type": "OneReelBrief", "inputs": {"idea": "x"}}}
    inputs = filled(workflow, brief)["1"]["inputs"]
    assert Brief.from_data(inputs) == brief
    wired = {
        "1": {"class_type": "OneReelBrief", "inputs": {"film_template": inputs["film_template"]}}
    }
    assert Brief.from_data(filled(wired, Brief(idea="x"))["1"]["inputs"]).film_template is None


@pytest.mark.parametrize("like", ["", "opera", "mine"])
def test_a_template_from_outside_is_like_a_built_in_one(like: str) -> None:
    told = templates()["news"].model_dump(mode="json")
    bad = {"idea": "x", "film_template": {**told, "name": "mine", "like": like}}
    with pytest.raises(ReviseBrief, match="film_template: like must be one of explainer"):
        Brief.from_data(bad)


def test_a_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(ReviseTemplate, match=r"Choose a name of small letters.*not 'My Kitchen'"):
        changed(templates()["news"], {}, name="My Kitchen")
