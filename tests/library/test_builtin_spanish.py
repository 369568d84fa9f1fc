import re
from fractions import Fraction

import pytest

from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.builtin.packs import packs
from onereel.story.builtin.timing import BREATH
from onereel.story.pace import estimate
from onereel.story.screenplay import Screenplay
from onereel.story.templates import templates

SPANISH = packs()["es"]
IDEAS = (
    "Una violinista busca en el mercado la melod\u00eda que perdi\u00f3 de ni\u00f1a",
    "\u00bfPor qu\u00e9 cantan los gallos al amanecer?",
    "el ultimo circo del invierno",
    "Brisa, el ventilador que no hace ruido",
    "Dos alba\u00f1iles construyen una torre pero se quedan sin ladrillos",
    "C\u00f3mo escribir una carta de amor",
    "Golondrinas",
    "Un cocinero y una jueza se pierden en el desierto",
)


def film(idea: str, template: str = "story", *, seed: int = 0, **brief: object) -> Screenplay:
    return write_builtin(
        Brief.model_validate({"idea": idea, "language": "es", "template": template, **brief}),
        seed=seed,
    )


def grams(play: Screenplay) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(scene.narration for scene in play.scenes).lower())
    return set(zip(*(words[start:] for start in range(5)), strict=False))


def slots(idea: str, template: str = "story") -> dict[str, str]:
    return dict(SPANISH.analyse(idea, template=template).slots)


@pytest.mark.parametrize("count", [1, 6, 40, 120])
def test_scenes_hold_their_words_and_sum_to_the_length(count: int) -> None:
    for template in templates() if count < 40 else ("story", "listicle"):
        duration = Fraction(5 * count)
        play = film(IDEAS[0], template, scene_count=count, duration=duration)
        assert len(play.scenes) == count
        assert sum(scene.duration for scene in play.scenes) == duration
        assert any(scene.narration for scene in play.scenes)
        for scene in play.scenes:
            spoken = estimate(scene.narration, "es")
            assert not spoken or spoken + BREATH <= scene.duration + Fraction(1, 24)


def test_the_same_seed_tells_the_same_film_and_another_does_not() -> None:
    assert film(IDEAS[1]) == film(IDEAS[1])
    assert film(IDEAS[1]) != film(IDEAS[1], seed=1)


def test_no_two_films_share_a_fifth_of_their_runs_of_five_words() -> None:
    every = [
        (idea, grams(film(idea, template))) for idea in IDEAS for template in ("story", "product")
    ]
    for index, (idea, one) in enumerate(every):
        for other_idea, other in every[:index]:
            if idea != other_idea:
                assert len(one & other) <= min(len(one), len(other)) / 5


def test_narration_is_written_as_spanish_is() -> None:
    for index, idea in enumerate(IDEAS):
        for template in [*templates()][index % 2 :: 2]:
            for scene in film(idea, template).scenes:
                text = scene.narration
                assert not re.search(r"\b(?:de|a) el\b|\by h?i(?![aeo])|[{}@]|\s[,.;:]|,,", text)
                assert text.count("?") == text.count("\u00bf")
                assert not text or text.lstrip("\u00bf\u00a1")[0].isupper()
                assert not text or text[-1] in ".?!"


def test_a_deed_is_taken_apart() -> None:
    found = slots("una nina de nueve anos construye un cohete para encontrar a su perro perdido")
    assert found["a_hero"] == "una ni\u00f1a de nueve a\u00f1os"
    assert found["hero"] == "la ni\u00f1a"
    assert found["al_hero"] == "a la ni\u00f1a"
    assert found["deed"] == "construye un cohete"
    assert found["goal"] == "encontrar a su perro perdido"
    assert found["object"] == "el cohete"


def test_the_past_becomes_present_and_trouble_is_found() -> None:
    found = slots("Dos hermanas heredaron un faro, pero no se hablaban")
    assert found["full"] == "heredan un faro, pero no se hablan"
    assert found["trouble"] == "no se hablan"


@pytest.mark.parametrize(
    ("idea", "topic"),
    [
        ("Abejas", "las abejas"),
        ("agua", "el agua"),
        ("c\u00f3mo funciona un volc\u00e1n", "el volc\u00e1n"),
        ("como encuentran las abejas el camino a casa", "las abejas"),
        ("Lumo, la l\u00e1mpara que sigue al sol", "Lumo"),
        ("Cinco trucos para dormir mejor", "dormir mejor"),
        ("El d\u00eda en que el mar desapareci\u00f3", "aquel d\u00eda"),
    ],
)
def test_a_topic_is_named_again(idea: str, topic: str) -> None:
    assert slots(idea, "explainer")["topic"] == topic


def test_a_question_keeps_its_signs_and_a_list_its_number() -> None:
    frame = SPANISH.analyse("\u00bfQu\u00e9 es la inflaci\u00f3n?", template="news")
    assert frame.title == "\u00bfQu\u00e9 es la inflaci\u00f3n?"
    assert SPANISH.analyse("Tres razones para visitar Oaxaca", template="listicle").items == 3


@pytest.mark.parametrize(
    ("infinitive", "single", "plural"),
    [
        ("encontrar", "encuentra", "encuentran"),
        ("pedir", "pide", "piden"),
        ("construir", "construye", "construyen"),
        ("so\u00f1ar", "sue\u00f1a", "sue\u00f1an"),
        ("continuar", "contin\u00faa", "contin\u00faan"),
        ("o\u00edr", "oye", "oyen"),
        ("sonre\u00edr", "sonr\u00ede", "sonr\u00eden"),
    ],
)
def test_verbs_agree(infinitive: str, single: str, plural: str) -> None:
    one = SPANISH.analyse("Una ni\u00f1a canta", template="story")
    many = SPANISH.analyse("Dos ni\u00f1as cantan", template="story")
    assert SPANISH.inflect("v", infinitive, one) == single
    assert SPANISH.inflect("v", infinitive, many) == plural


def test_words_that_meet_are_joined() -> None:
    assert SPANISH.polish("el mapa de el tesoro, de El Salvador y Irene") == (
        "el mapa del tesoro, de El Salvador e Irene"
    )
    assert SPANISH.polish("hielo y hierro, plata o oro") == "hielo y hierro, plata u oro"


@pytest.mark.parametrize(
    ("idea", "first", "deed"),
    [
        (
            "Una farera que no sabe nadar debe remar mar adentro",
            "una farera que no sabe nadar",
            "debe remar mar adentro",
        ),
        (
            "Dos hermanas que se odian deben compartir un barco",
            "dos hermanas que se odian",
            "deben compartir un barco",
        ),
        (
            "Un payaso que hace re\u00edr a todos llora en secreto",
            "un payaso que hace re\u00edr a todos",
            "llora en secreto",
        ),
        (
            "Una panadera a la que nadie escucha hornea un pan",
            "una panadera a la que nadie escucha",
            "hornea un pan",
        ),
        (
            "Un chico que pierde su sombra la busca",
            "un chico",
            "que pierde su sombra la busca",
        ),
        (
            "Una astronauta que ha olvidado la Tierra no la reconoce",
            "una astronauta",
            "que ha olvidado la Tierra no la reconoce",
        ),
        (
            "Un pintor que ya no ve los colores quiere recuperarlos",
            "un pintor",
            "que ya no ve los colores quiere recuperarlos",
        ),
        ("Un robot que quiere aprender a bailar", "un robot", "quiere aprender a bailar"),
        ("Un rat\u00f3n que guarda un faro", "un rat\u00f3n", "guarda un faro"),
    ],
)
def test_the_main_verb_behind_a_relative_clause_is_told(idea: str, first: str, deed: str) -> None:
    slots = SPANISH.analyse(idea, template="story").slots
    assert (slots["a_hero"], slots["deed"]) == (first, deed)
