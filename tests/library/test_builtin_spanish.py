import re
from fractions import Fraction
from functools import cache

import pytest

from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.builtin.es.clean import clean
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


@cache
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
                assert not text or text.lstrip("\u00bf\u00a1\u00ab")[0].isupper()
                assert not text or text.rstrip("\u00bb")[-1] in ".?!"


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


def test_a_headline_is_said_as_it_was_typed() -> None:
    idea = "Cortes de luz este jueves en dos pueblos de Teruel"
    assert idea[1:] in film(idea, "news").scenes[0].narration


def test_a_list_without_room_for_its_items_announces_no_number() -> None:
    play = film("7 se\u00f1ales de que necesitas dormir m\u00e1s", "listicle", duration=8)
    spoken = " ".join(scene.narration for scene in play.scenes)
    assert spoken.startswith("Se\u00f1ales de que necesitas dormir m\u00e1s")
    assert "7" not in spoken


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


@pytest.mark.parametrize(
    ("idea", "template", "topic"),
    [
        ("Abejas", "explainer", "las abejas"),
        ("agua", "explainer", "el agua"),
        ("c\u00f3mo funciona un volc\u00e1n", "explainer", "el volc\u00e1n"),
        ("para qu\u00e9 sirven las abejas", "explainer", "las abejas"),
        ("Explica qu\u00e9 es un agujero negro", "explainer", "el agujero negro"),
        ("Lumo, la l\u00e1mpara que sigue al sol", "explainer", "Lumo"),
        ("La inteligencia artificial llega a las aulas", "news", "la inteligencia artificial"),
        ("El r\u00edo Ebro se desborda en Zaragoza", "news", "el r\u00edo Ebro"),
        ("El Museo del Prado ampl\u00eda su horario", "news", "el Museo del Prado"),
        ("la Revoluci\u00f3n francesa en un minuto", "explainer", "la Revoluci\u00f3n francesa"),
        ("Ada Lovelace, pionera de la programaci\u00f3n", "documentary", "Ada Lovelace"),
        ("miel de romero", "documentary", "la miel de romero"),
        ("Miel de romero, sin calentar", "product", "la miel de romero"),
        ("El d\u00eda en que el mar desapareci\u00f3", "documentary", "el mar"),
        ("echo de menos a mi abuela", "poem", "mi abuela"),
        ("suben los alquileres un 12 % en Madrid", "news", "los alquileres"),
        (
            "cierra la librer\u00eda m\u00e1s antigua de Lugo",
            "news",
            "la librer\u00eda m\u00e1s antigua de Lugo",
        ),
        ("por qu\u00e9 so\u00f1amos", "explainer", "eso de so\u00f1ar"),
        ("como funciona una olla a presion", "explainer", "la olla a presi\u00f3n"),
        ("la vida secreta de los pulpos", "documentary", "la vida secreta de los pulpos"),
        # What a thing is for belongs to it.
        (
            "el taller de m\u00e1quinas de escribir de Valencia",
            "documentary",
            "el taller de m\u00e1quinas de escribir de Valencia",
        ),
        ("Ana y Luis abren un bar", "documentary", "el bar"),
        (
            "Nuestra cafetera port\u00e1til prepara un espresso",
            "product",
            "nuestra cafetera port\u00e1til",
        ),
        ("nieve, silencio, la casa de mis abuelos", "poem", "la nieve"),
        # What is not certain has no name: its pieces are quoted.
        ("Lo que aprend\u00ed viajando sola", "documentary", ""),
        ("Los peores regalos de Navidad", "product", "los peores regalos de Navidad"),
        ("Di adi\u00f3s a las maletas pesadas", "product", "las maletas pesadas"),
        ("Vuestra boda, en tres minutos", "product", "vuestra boda"),
        ("Mochila impermeable 20 litros para ir en bici", "product", "la mochila impermeable"),
        (
            "Jab\u00f3n de Alepo ecol\u00f3gico, pack de 4",
            "product",
            "el jab\u00f3n de Alepo ecol\u00f3gico",
        ),
        ("L\u00e1mpara de noche que simula el sol", "product", "la l\u00e1mpara de noche"),
        ("Alerta por inundaciones en Murcia", "news", "la alerta"),
        ("llueve sobre santiago", "poem", "Santiago"),
        ("La Revoluci\u00f3n francesa en cinco fechas", "lesson", "la Revoluci\u00f3n francesa"),
        ("Coj\u00edn de viaje hinchable, 200 g", "product", "el coj\u00edn de viaje hinchable"),
        ("reportaje sobre los bomberos de Soria", "documentary", "los bomberos de Soria"),
        ("y si mi perro pudiera hablar", "story", "mi perro"),
        ("\u00bfPor qu\u00e9 se nos pone la piel de gallina?", "explainer", "la piel de gallina"),
        ("C\u00f3mo Ferrol reinvent\u00f3 sus astilleros", "documentary", "Ferrol"),
        ("Sevilla: un bono para los estudiantes", "news", "el bono"),
        ("Una sola caldera", "trailer", "la caldera"),
        ("Bomberos rescatan a un ni\u00f1o en Cuenca", "news", "los bomberos"),
        ("Reserva tu mesa en Casa Amelia", "product", "tu mesa"),
        ("Antifaz de seda para dormir", "product", "el antifaz de seda"),
        ("Apag\u00f3n en el centro de Alicante", "news", "el apag\u00f3n"),
        ("la ca\u00edda del Imperio romano", "lesson", "la ca\u00edda del Imperio romano"),
        ("los numeros decimales", "lesson", "los n\u00fameros decimales"),
        ("Vivir con 80 a\u00f1os en un bloque", "documentary", "el bloque"),
        ("Lo ha olvidado todo, menos su nombre", "trailer", "su nombre"),
        ("La primera bici de carga plegable", "product", "la primera bici de carga plegable"),
        ("mercado central valencia madrugada", "documentary", "el mercado central"),
        ("Cierran tres colegios en Lugo", "news", "los colegios"),
        ("Faltan profesores: 200 plazas vacantes", "news", "los profesores"),
        ("correos repartira comida a los mayores", "news", "la comida"),
        ("La vida de la Costa da Morte", "poem", "la vida de la Costa da Morte"),
        ("el \u00faltimo verano antes del instituto", "poem", "el \u00faltimo verano"),
        ("6 cosas que un dentista nunca hace", "listicle", "el dentista"),
        ("Mi t\u00eda vende su coche", "product", "el coche"),
        ("Hervidor de vidrio con temporizador", "product", "el hervidor de vidrio"),
        ("Duerme mejor con el edred\u00f3n Nube", "product", "el edred\u00f3n Nube"),
        ("Retrato de una luthier de Granada", "documentary", "la luthier de Granada"),
        ("Apag\u00f3n masivo: 40.000 hogares sin luz", "news", "el apag\u00f3n masivo"),
        ("Una sola noche para salvar la presa", "trailer", "la presa"),
        ("inteligencia artificial y empleo", "explainer", "la inteligencia artificial"),
        ("una ni\u00f1a y un zorro cruzan el bosque", "story", "la ni\u00f1a"),
        ("Los salineros de C\u00e1diz y su lucha", "documentary", "los salineros de C\u00e1diz"),
        ("Termo de acero de 750 ml, sin pl\u00e1stico", "product", "el termo de acero"),
        ("Fundas n\u00f3rdicas de lino", "product", "las fundas n\u00f3rdicas de lino"),
        ("Bigotes, el pienso para gatos de piso", "product", "Bigotes"),
        ("secador de pelo silencioso", "product", "el secador de pelo silencioso"),
        ("\u00bfQui\u00e9n fue Cleopatra?", "explainer", "Cleopatra"),
        ("Descubren una rana m\u00e1s peque\u00f1a que una u\u00f1a", "news", "la rana"),
        ("antiguos mineros que ahora cr\u00edan abejas", "documentary", "estos antiguos mineros"),
    ],
)
def test_a_topic_is_named_where_every_word_of_it_is_certain(
    idea: str, template: str, topic: str
) -> None:
    found = slots(idea, template)
    assert found.get("topic", "") == topic
    assert topic or found["part"].startswith("\u00ab")


@pytest.mark.parametrize(
    ("idea", "hero"),
    [
        ("una nina de nueve anos construye un cohete", "la ni\u00f1a"),
        ("Tres jubiladas atracan un banco", "las jubiladas"),
        ("Dos primas cruzan los Pirineos en patinete", "las primas"),
        ("2087. La \u00faltima abeja. No hay vuelta.", "la \u00faltima abeja"),
        ("En un mundo sin luz, una cartera esconde una foto", "la cartera"),
        ("\u00c9rase una vez una bruja que ten\u00eda miedo de volar", "la bruja"),
        ("Mi t\u00edo Ram\u00f3n nunca estuvo en Marte", "mi t\u00edo Ram\u00f3n"),
        ("Tom\u00e1s perdi\u00f3 la voz", "Tom\u00e1s"),
        ("Mi vecina habla con sus tomates, y le contestan", "mi vecina"),
        ("Cuando Ada hereda la librer\u00eda, encuentra un cuarto cerrado", "Ada"),
        ("Tras la riada, el viejo Tom\u00e1s rema por el pueblo", "el viejo Tom\u00e1s"),
        ("El reloj de mi padre se detuvo aquel d\u00eda", ""),
        ("Un cura sin fe y una atea organizan la romer\u00eda", ""),
        ("El relojero y su aprendiza buscan la hora que falta", ""),
        ("una hacker, un cura y un robo imposible", ""),
        ("a mi padre, que nunca aprendi\u00f3 a leer", ""),
    ],
)
def test_who_is_a_hero_for_certain(idea: str, hero: str) -> None:
    frame = SPANISH.analyse(idea, template="story")
    assert frame.slots.get("hero", "") == hero
    assert frame.kind == ("hero" if hero else "topic")


@pytest.mark.parametrize(
    ("idea", "chore"),
    [
        ("Cinco trucos para dormir mejor", "dormir mejor"),
        ("c\u00f3mo ordenar un trastero en un fin de semana", "ordenar un trastero"),
        ("aprende a tocar el piano", "tocar el piano"),
        ("Motivos para no rendirse", "no rendirte"),
        ("levantarse temprano", "levantarte temprano"),
        ("C\u00f3mo cambiar la rueda de una bici", "cambiar la rueda de una bici"),
        ("limpiar una plancha quemada con vinagre y sal", "limpiar una plancha"),
        ("c\u00f3mo hago para que mi hijo coma", "conseguir que tu hijo coma"),
        ("Ense\u00f1a a tu hijo a nadar sin miedo", "ense\u00f1ar a tu hijo a nadar"),
        ("10 cosas que aprend\u00ed sobre vivir en el extranjero", "vivir en el extranjero"),
    ],
)
def test_a_task_is_told_without_its_circumstances(idea: str, chore: str) -> None:
    assert slots(idea, "explainer")["focus"] == chore


@pytest.mark.parametrize("template", sorted(templates()))
def test_every_film_begins_with_its_idea(template: str) -> None:
    for idea in ("Y entonces llegaron ellos", "Cortes de luz en dos pueblos de Teruel"):
        assert idea[1:] in film(idea, template).scenes[0].narration


def test_a_list_says_the_number_that_was_typed_or_none() -> None:
    idea = "7 h\u00e1bitos de la gente que nunca pierde las llaves"
    for duration in (15, 30, 60):
        play = film(idea, "listicle", duration=duration)
        assert play.title == idea
        first = play.scenes[0].narration.lower()
        assert first.startswith(("7 h\u00e1bitos de la gente", "h\u00e1bitos de la gente"))


@pytest.mark.parametrize(
    ("idea", "told", "wish"),
    [
        ("Una cartera encuentra una carta sin remitente y decide entregarla",
         "la cartera encuentra una carta sin remitente", ""),
        ("Un relojero que ya no oye quiere arreglar el reloj de la plaza",
         "el relojero quiere arreglar el reloj de la plaza", "arreglar el reloj de la plaza"),
        ("Dos hermanas sue\u00f1an con abrir un cine", "las hermanas sue\u00f1an con abrir un cine",
         "abrir un cine"),
        ("Un ni\u00f1o perdi\u00f3 su sombra", "", ""),
        ("Una ni\u00f1a me cuenta su secreto", "", ""),
    ],
)  # fmt: skip
def test_what_a_hero_does_and_wants_is_told_again(idea: str, told: str, wish: str) -> None:
    found = slots(idea)
    assert (found["told"], found["focus"]) == (told, wish)


@pytest.mark.parametrize(
    ("idea", "one"),
    [
        ("7 errores que cometes al plantar tomates", "el error"),
        ("Cinco canciones del verano", "la canci\u00f3n"),
        ("Los 4 jard\u00ednes m\u00e1s bellos de Granada", "el jard\u00edn"),
        ("Tres im\u00e1genes de la guerra", "la imagen"),
    ],
)
def test_a_list_speaks_of_one_of_what_it_counts(idea: str, one: str) -> None:
    assert slots(idea, "listicle")["item_the"] == one
    play = film(idea, "listicle", duration=45)
    assert sum(one in scene.narration for scene in play.scenes) > 2
    assert not any("\u00ab" in scene.narration for scene in play.scenes)


@pytest.mark.parametrize(
    ("idea", "written"),
    [
        ("cuando volvias a casa", "cuando volv\u00edas a casa"),
        ("una nutria en el rio", "una nutria en el r\u00edo"),
        ("productos quimicos y ondas magneticas",
         "productos qu\u00edmicos y ondas magn\u00e9ticas"),
        ("hablar en publico en jaen", "hablar en p\u00fablico en Ja\u00e9n"),
        ("que es la inflacion y por que sube el pan",
         "qu\u00e9 es la inflaci\u00f3n y por qu\u00e9 sube el pan"),
        ("lluvia, neon y un saxofon", "lluvia, ne\u00f3n y un saxof\u00f3n"),
        ("las botas llegaron con el camion", "las botas llegaron con el cami\u00f3n"),
    ],
)  # fmt: skip
def test_accents_that_were_left_out_come_back(idea: str, written: str) -> None:
    assert clean(idea) == written


@pytest.mark.parametrize(
    ("idea", "hero"),
    [
        ("ella vuelve al pueblo y nadie la reconoce", "ella"),
        ("Eran siete", "ellos"),
        ("Un espantap\u00e1jaros enamorado de una corneja", "el espantap\u00e1jaros enamorado"),
        ("una topita que quer\u00eda ver las estrellas", "la topita"),
        ("Cuatro amigos, un atraco y ning\u00fan plan B", "los amigos"),
        ("Una falsificadora, un cuadro robado, una \u00faltima subasta", "la falsificadora"),
        ("El \u00faltimo d\u00eda de clase, un maestro pierde la voz", "el maestro"),
    ],
)
def test_somebody_is_a_hero_by_any_name(idea: str, hero: str) -> None:
    assert SPANISH.analyse(idea, template="trailer").slots.get("hero") == hero


def test_a_pronoun_is_never_a_bare_object() -> None:
    found = slots("Ella tiene tres d\u00edas para huir", "trailer")
    assert (found["hero"], found["al_hero"]) == ("ella", "")


@pytest.mark.parametrize(
    ("idea", "slot", "said"),
    [
        ("5 plantas que sobreviven sin luz", "when", None),
        ("4 planes para un d\u00eda de lluvia", "item_the", "el plan"),
        ("8 sitios donde dormir gratis en Europa", "when", None),
        ("5 pel\u00edculas que ver antes de morir", "when", None),
        (
            "Las 7 estaciones de tren m\u00e1s bonitas del mundo",
            "item_whole",
            "la estaci\u00f3n de tren",
        ),
        (
            "6 razones para adoptar un perro",
            "item_whole",
            "la raz\u00f3n para adoptar un perro",
        ),
    ],
)
def test_a_list_says_of_its_items_what_belongs_to_them(
    idea: str, slot: str, said: str | None
) -> None:
    assert SPANISH.analyse(idea, template="listicle").slots.get(slot) == said


@pytest.mark.parametrize(
    ("idea", "task"),
    [
        ("c\u00f3mo cambiar el aceite del coche paso a paso", "cambiar el aceite del coche"),
        ("conjugar el verbo ir en futuro", "conjugar el verbo ir en futuro"),
    ],
)
def test_a_task_ends_where_its_object_does(idea: str, task: str) -> None:
    assert slots(idea, "explainer")["focus"] == task


@pytest.mark.parametrize(
    ("idea", "theme"),
    [
        ("los 3 secretos de un buen caf\u00e9", "kitchen"),
        ("El Ayuntamiento cerrar\u00e1 el centro a los coches", "city"),
        ("Pintar una pared sin manchar el suelo", "home"),
        ("El sistema solar", "space"),
        ("Dos hermanos cruzan el Atl\u00e1ntico a remo", "sea"),
        ("Ola de calor: los colegios cerrar\u00e1n", "weather"),
        ("Cena mejor con el edred\u00f3n Nube", "kitchen"),
    ],
)
def test_pictures_are_those_of_what_the_idea_is_about(idea: str, theme: str) -> None:
    assert SPANISH.analyse(idea, template="listicle").themes[0] == theme


def test_a_lesson_may_ask_by_the_order_of_its_words() -> None:
    assert slots("duermen los peces", "explainer")["question"] == "\u00bfDuermen los peces?"
    where = slots("de donde viene el viento", "explainer")["question"]
    assert where == "\u00bfDe d\u00f3nde viene el viento?"
    who = slots("quien invento el boligrafo", "explainer")["question"]
    assert who == "\u00bfQui\u00e9n invent\u00f3 el bol\u00edgrafo?"
    assert not slots("Cierran los colegios", "news")["question"]


def test_coffee_that_is_weighed_is_no_place_to_go_to() -> None:
    frame = SPANISH.analyse("Caf\u00e9 en grano tostado en C\u00e1diz, 1 kg", template="product")
    assert "premises" not in frame.tags


def test_what_stands_in_front_of_somebody_says_when_or_where() -> None:
    frame = SPANISH.analyse("En Nochebuena, un repartidor pierde su moto", template="story")
    views = [frame.slots, *(part.slots for part in frame.parts)]
    assert frame.slots["hero"] == "el repartidor"
    assert not any("Nochebuena" in view.get("thing", "") for view in views)


def test_what_a_thing_is_of_has_nothing_of_its_own() -> None:
    frame = SPANISH.analyse("El mercado de Navidad de Sevilla", template="documentary")
    assert [part.slots["topic"] for part in frame.parts] == ["el mercado"]
