import re
from fractions import Fraction

import pytest

from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.builtin.packs import packs
from onereel.story.builtin.reading import read_idea
from onereel.story.builtin.timing import BREATH
from onereel.story.pace import estimate
from onereel.story.screenplay import Screenplay
from onereel.story.templates.built_in import family, templates

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


def name(found: dict[str, str]) -> str:
    """What a film calls its idea: a noun phrase, else an infinitive."""
    return found["topic"] or found["doing"] or found["task"]


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
                assert not text or text.lstrip("\u00bf\u00a1\u00ab")[0].isupper()
                assert not text or text.rstrip("\u00bb")[-1] in ".?!"


def test_a_deed_is_taken_apart() -> None:
    found = slots("una nina de nueve anos construye un cohete para encontrar a su perro perdido")
    assert found["a_hero"] == "una ni\u00f1a de nueve a\u00f1os"
    assert found["hero"] == "la ni\u00f1a"
    assert found["al_hero"] == "a la ni\u00f1a"
    assert found["deed"] == "construye un cohete"
    assert found["goal"] == "encontrar a su perro perdido"
    assert found["object"] == "el cohete"


def test_the_past_stays_past_and_trouble_is_found() -> None:
    found = slots("Dos hermanas heredaron un faro, pero no se hablaban")
    assert found["full"] == "heredaron un faro, pero no se hablaban"
    assert found["trouble"] == "no se hablaban"


@pytest.mark.parametrize(
    ("idea", "topic"),
    [
        ("Abejas", "las abejas"),
        ("agua", "el agua"),
        ("c\u00f3mo funciona un volc\u00e1n", "el volc\u00e1n"),
        ("para qu\u00e9 sirven las abejas", "las abejas"),
        ("Lumo, la l\u00e1mpara que sigue al sol", "Lumo"),
        ("Cinco trucos para dormir mejor", "dormir mejor"),
        ("El d\u00eda en que el mar desapareci\u00f3", "aquel d\u00eda"),
    ],
)
def test_a_topic_is_named_again(idea: str, topic: str) -> None:
    assert name(slots(idea, "explainer")) == topic


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


@pytest.mark.parametrize(
    ("idea", "template", "topic"),
    [
        ("echo de menos a mi abuela", "poem", "mi abuela"),
        ("Mi abuela y yo hacemos croquetas los domingos", "story", "mi abuela"),
        ("Abrimos una panader\u00eda sin gluten en Valencia", "product", "la panader\u00eda"),
        ("Vendemos jabones artesanos", "product", "los jabones artesanos"),
        ("suben los alquileres un 12 % en Madrid", "news", "los alquileres"),
        (
            "El ayuntamiento cierra la \u00faltima librer\u00eda",
            "news",
            "la \u00faltima librer\u00eda",
        ),
        ("La inteligencia artificial llega a las aulas", "news", "la inteligencia artificial"),
        ("El r\u00edo Ebro se desborda en Zaragoza", "news", "el r\u00edo Ebro"),
        ("El 40 % de los j\u00f3venes no puede pagar un alquiler", "news", "los j\u00f3venes"),
        ("Nadie vuelve de la isla", "trailer", "la isla"),
        ("te espero en la estaci\u00f3n", "poem", "la estaci\u00f3n"),
        ("vendr\u00e1 la primavera", "poem", "la primavera"),
        ("Fallece a los 90 a\u00f1os la primera mujer piloto", "news", "la primera mujer piloto"),
    ],
)
def test_a_clause_is_told_whole_and_named_by_a_noun_in_it(
    idea: str, template: str, topic: str
) -> None:
    found = slots(idea, template)
    assert found["topic"] == topic
    assert found["told"].lower() == idea.lower().rstrip(".")
    assert idea[1:] in film(idea, template).scenes[0].narration


@pytest.mark.parametrize(
    ("idea", "topic"),
    [
        ("Explica qu\u00e9 es un agujero negro", "el agujero negro"),
        ("para qu\u00e9 sirven los impuestos", "los impuestos"),
        ("por qu\u00e9 so\u00f1amos", "so\u00f1ar"),
        (
            "\u00bfEs malo comer huevos todos los d\u00edas?",
            "comer huevos todos los d\u00edas",
        ),
        (
            "Qu\u00e9 diferencia hay entre un gato y un tigre",
            "la diferencia entre un gato y un tigre",
        ),
        ("Diez razones para visitar Galicia", "Galicia"),
        ("Motivos para no rendirse", "no rendirse"),
        ("Errores al alquilar un piso", "alquilar un piso"),
        ("10 cosas que no sab\u00edas de los pulpos", "los pulpos"),
        ("Lo que aprend\u00ed viajando sola", "lo que aprend\u00ed viajando sola"),
        ("quienes limpian la ciudad de noche", "quienes limpian la ciudad de noche"),
        ("funda impermeable para bicicletas", "la funda impermeable"),
        ("Zapatillas hechas con redes de pesca recicladas", "las zapatillas"),
        ("La fotos\u00edntesis explicada a ni\u00f1os", "la fotos\u00edntesis"),
        ("7 plantas que sobreviven sin riego", "las plantas"),
        ("los oficios que desaparecen", "los oficios"),
        ("Ada Lovelace, pionera de la programaci\u00f3n", "Ada Lovelace"),
        ("Abril", "abril"),
    ],
)
def test_an_idea_of_any_form_is_named_by_its_own_words(idea: str, topic: str) -> None:
    assert name(slots(idea, "documentary")) == topic


def test_an_idea_without_a_noun_is_not_said_in_every_scene() -> None:
    told = [scene.narration for scene in film("Y entonces llegaron ellos").scenes]
    assert 1 <= sum("Y entonces llegaron ellos" in each for each in told) <= 3
    assert any("estas palabras" in each.lower() for each in told)


@pytest.mark.parametrize(
    ("idea", "kind"),
    [
        ("El reloj de mi padre se detuvo aquel d\u00eda", "topic"),
        ("Una l\u00e1mpara sue\u00f1a con el mar", "hero"),
        ("Tres jubiladas atracan un banco", "hero"),
    ],
)
def test_only_what_has_a_mind_is_a_hero(idea: str, kind: str) -> None:
    assert SPANISH.analyse(idea, template="story").kind == kind


def test_nobody_wants_what_befalls_them() -> None:
    assert slots("Dos hermanas heredan un faro")["quest"] == ""
    assert slots("Dos hermanas construyen un faro")["quest"] == "construir un faro"


def test_once_upon_a_time_and_the_length_of_the_film_are_no_part_of_the_idea() -> None:
    found = slots("\u00c9rase una vez una bruja que ten\u00eda miedo de volar")
    assert found["a_hero"] == "una bruja"
    assert slots("la Revoluci\u00f3n francesa en un minuto", "explainer")["topic"] == (
        "la Revoluci\u00f3n francesa"
    )


@pytest.mark.parametrize("template", sorted(templates()))
def test_every_scene_says_something_of_the_idea(template: str) -> None:
    for idea in (*IDEAS, "suben los alquileres en Madrid", "la vida de la poeta Gabriela Mistral"):
        kinds = family(templates()[template])
        frame = read_idea(idea, SPANISH, kinds, numbered=True)
        for scene in film(idea, template).scenes:
            words = set(re.findall(r"[^\W_]+", scene.narration.lower()))
            assert not words or words & frame.keywords, scene.narration


@pytest.mark.parametrize("template", sorted(templates()))
def test_an_idea_without_a_name_is_never_called_this_story(template: str) -> None:
    for idea in ("no s\u00e9 decir adi\u00f3s", "Cuando todos se van, alguien apaga la luz"):
        spoken = " ".join(scene.narration for scene in film(idea, template).scenes)
        assert not re.search(r"est[ae] (?:historia|idea|noticia|tema|asunto)\b", spoken)


def test_a_title_names_what_is_sold_and_its_points_are_told_one_by_one() -> None:
    frame = SPANISH.analyse(
        "Botas Trueno: cuero vegano, 300 gramos, suela recambiable", template="product"
    )
    assert frame.slots["topic"] == "Botas Trueno"
    points = [frame.slots[f"point_{at}"] for at in (1, 2, 3)]
    assert points == ["cuero vegano", "300 gramos", "suela recambiable"]


def test_a_headline_is_said_as_it_was_typed() -> None:
    idea = "Cortes de luz este jueves en dos pueblos de Teruel"
    assert idea in film(idea, "news").scenes[0].narration


def test_a_list_without_room_for_its_items_announces_no_number() -> None:
    play = film("7 se\u00f1ales de que necesitas dormir m\u00e1s", "listicle", duration=8)
    spoken = " ".join(scene.narration for scene in play.scenes)
    assert spoken.startswith("Se\u00f1ales de que necesitas dormir m\u00e1s")
    assert "7" not in spoken


def test_an_adjective_that_looks_like_a_verb_gets_no_subject() -> None:
    idea = "Sal marina recogida a mano en C\u00e1diz, sin aditivos"
    assert slots(idea, "product")["told"].lower() == idea.lower()


def test_a_name_among_reasons_takes_no_article() -> None:
    assert slots("6 razones para visitar Cuenca en invierno", "listicle")["topic"] == "Cuenca"


def test_a_list_says_the_number_that_was_typed_or_none() -> None:
    idea = "7 h\u00e1bitos de la gente que nunca pierde las llaves"
    for duration in (15, 30, 60):
        play = film(idea, "listicle", duration=duration)
        assert play.title == idea
        first = play.scenes[0].narration.lower()
        assert first.startswith(("7 h\u00e1bitos de la gente", "h\u00e1bitos de la gente"))


@pytest.mark.parametrize(
    ("idea", "topic"),
    [
        ("\u00bfQu\u00e9 es la inflaci\u00f3n, en realidad?", "la inflaci\u00f3n"),
        ("Suspendido el ferry entre Algeciras y Ceuta por el temporal", "el ferry"),
        ("Nueva app para aprender euskera en 10 minutos al d\u00eda", "la nueva app"),
        (
            "Mermeladas caseras de higo, hechas en peque\u00f1os lotes",
            "las mermeladas caseras de higo",
        ),
        ("Detenida en M\u00e1laga una red que vend\u00eda entradas falsas", "la red"),
        ("Fallece a los 101 a\u00f1os la \u00faltima molinera", "la \u00faltima molinera"),
        ("El Museo del Prado ampl\u00eda su horario este verano", "el Museo del Prado"),
        ("\u00bfQu\u00e9 pas\u00f3 con los gusanos de seda?", "los gusanos de seda"),
        ("Reabre el teatro de Olmedo tras ocho a\u00f1os", "el teatro de Olmedo"),
        ("Cierran al ba\u00f1o tres playas de M\u00e1laga", "las playas de M\u00e1laga"),
        ("El barrio de Triana antes de los turistas", "el barrio de Triana"),
        ("Brisa Marina, jab\u00f3n s\u00f3lido sin pl\u00e1stico", "Brisa Marina"),
        ("Velas hechas a mano en nuestro peque\u00f1o taller de Cuenca", "las velas"),
    ],
)
def test_a_title_is_the_idea_as_it_was_typed(idea: str, topic: str) -> None:
    frame = SPANISH.analyse(idea, template="news")
    assert frame.title == idea
    assert frame.slots["topic"] == topic


@pytest.mark.parametrize(
    "idea",
    [
        "La casa de mis suegros esconde un secreto",
        "El mar devuelve todo lo que le tiramos",
        "La \u00faltima llamada son\u00f3 en una casa sin tel\u00e9fono",
        "Agosto se va sin avisar",
    ],
)
def test_what_things_do_too_makes_no_hero_of_them(idea: str) -> None:
    assert SPANISH.analyse(idea, template="trailer").kind == "topic"


@pytest.mark.parametrize(
    ("idea", "topic"),
    [
        ("\u00bfHarto de las humedades? Llama a Secamuro", "Secamuro"),
        ("\u00bfTe cuesta dormir? Prueba nuestra almohada", "nuestra almohada"),
    ],
)
def test_the_trouble_that_a_question_names_is_not_what_is_sold(idea: str, topic: str) -> None:
    assert slots(idea, "product")["topic"] == topic


def test_a_long_film_also_speaks_of_what_else_its_idea_names() -> None:
    idea = (
        "Luc\u00eda, una ni\u00f1a de nueve a\u00f1os, encuentra en el desv\u00e1n un mapa de noche"
    )
    spoken = [scene.narration for scene in film(idea, duration=120).scenes]
    assert sum("mapa" in line or "la ni\u00f1a" in line.lower() for line in spoken) > 6


@pytest.mark.parametrize(
    ("idea", "one"),
    [
        ("tres postres sin horno", "uno de los postres sin horno"),
        ("7 plantas que sobreviven sin riego", "una de las plantas que sobreviven sin riego"),
        (
            "10 inventos espa\u00f1oles que cambiaron el mundo",
            "uno de los inventos espa\u00f1oles que cambiaron el mundo",
        ),
        ("Cinco razones para leer", "una de las razones para leer"),
    ],
)
def test_one_of_what_a_list_counts_agrees_with_itself(idea: str, one: str) -> None:
    assert slots(idea, "listicle")["one"] == one


@pytest.mark.parametrize(
    ("idea", "template", "kind"),
    [
        ("Si te cuesta madrugar, este despertador te ayuda", "product", "topic"),
        ("una hacker, un cura y un robo imposible", "trailer", "topic"),
        ("a mi padre, que nunca aprendi\u00f3 a leer", "poem", "topic"),
        ("Tom\u00e1s perdi\u00f3 la voz y habla con los gatos", "story", "hero"),
        ("En un mundo sin luz, una archivera esconde una foto", "trailer", "hero"),
    ],
)
def test_who_is_a_hero_and_who_is_not(idea: str, template: str, kind: str) -> None:
    assert SPANISH.analyse(idea, template=template).kind == kind


def test_a_pair_is_never_one_of_the_two() -> None:
    play = film("El relojero y su aprendiza buscan la hora que falta", duration=60)
    assert not re.search(r"[Ee]l relojero (?!y )", " ".join(s.narration for s in play.scenes))


@pytest.mark.parametrize(
    ("idea", "template", "never"),
    [
        ("Sube el precio del alquiler en Palma", "news", "el alquiler sube"),
        ("\u00bfEn qu\u00e9 trabajan los que trabajan de noche?", "documentary", "sobre los hay"),
        ("por qu\u00e9 deber\u00edas tener un huerto en el balc\u00f3n", "listicle", "las deber"),
        (
            "\u00bfQu\u00e9 significa que un pa\u00eds est\u00e9 en crisis?",
            "explainer",
            "del pa\u00eds est\u00e9",
        ),
        ("Nadie alquila el piso del cuarto por el ruido", "story", "tambi\u00e9n el cuarto"),
        ("madre, ya no tengo fr\u00edo", "poem", "la madre"),
        ("Yoga para embarazadas en Alicante", "product", "la yoga"),
        ("Dos esp\u00edas se enamoran en Berl\u00edn", "trailer", "las esp"),
        ("Si me olvidas, que sea despacio", "poem", "pienso en si"),
        ("Cinco mujeres que cambiaron la ciencia", "listicle", "las mujeres no"),
        ("La niebla lleg\u00f3 el lunes", "trailer", "el lunes, pronto"),
    ],
)
def test_what_is_not_sure_is_said_of_nothing(idea: str, template: str, never: str) -> None:
    for seed in range(4):
        brief = Brief(idea=idea, template=template, language="es", duration=Fraction(30))
        spoken = " ".join(scene.narration for scene in write_builtin(brief, seed=seed).scenes)
        assert never not in spoken.lower().replace(idea.lower(), "")


def test_a_long_task_is_not_said_in_every_scene() -> None:
    spoken = film("C\u00f3mo hacer una copia de seguridad del m\u00f3vil", "explainer").scenes
    told = [scene.narration for scene in spoken]
    assert sum("copia de seguridad" in each for each in told) < len(told)
    assert any("hacerlo" in each.lower() for each in told)
