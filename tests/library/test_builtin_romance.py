"""Spanish and French read closely: what names an idea, and that each scene speaks of it."""

import itertools
import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from onereel.story import builtin
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.builtin.packs import packs
from onereel.story.builtin.quoting import find_quotation
from onereel.story.screenplay import Screenplay
from onereel.story.templates.built_in import templates

IDEAS = {
    "es": (
        "Seis maneras de sobrevivir a una mudanza",
        "Berenjena",
        "Aceite de oliva virgen extra de olivos centenarios",
        "En Bilbao, una orquesta de desempleados ensaya con instrumentos de basura",
        "Tormenta deja sin luz a mil hogares",
    ),
    "fr": (
        "Six fa\u00e7ons de survivre \u00e0 un d\u00e9m\u00e9nagement",
        "Aubergine",
        "Huile d'olive vierge extra d'oliviers centenaires",
        "\u00c0 Lille, un orchestre de ch\u00f4meurs r\u00e9p\u00e8te avec des instruments",
        "La SNCF supprime les billets en papier \u00e0 partir de mars",
    ),
}


@cache
def film(language: str, idea: str, template: str, seconds: int) -> Screenplay:
    return write_builtin(
        Brief(idea=idea, template=template, language=language, duration=Fraction(seconds))
    )


def slots(language: str, idea: str, template: str = "documentary") -> dict[str, str]:
    return dict(packs()[language].analyse(idea, template=template).slots)


def five_grams(play: Screenplay) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(scene.narration for scene in play.scenes).lower())
    return set(zip(*(words[start:] for start in range(5)), strict=False))


@pytest.mark.parametrize("language", ["es", "fr"])
@pytest.mark.parametrize("template", sorted(templates()))
def test_films_of_one_template_share_no_fifth_of_their_runs_of_five_words(
    language: str, template: str
) -> None:
    every = [five_grams(film(language, idea, template, 45)) for idea in IDEAS[language]]
    for one, other in itertools.combinations(every, 2):
        assert len(one & other) <= min(len(one), len(other)) / 5


@pytest.mark.parametrize("language", ["es", "fr"])
@pytest.mark.parametrize("seconds", [60, 120])
def test_every_scene_of_a_long_list_speaks_of_the_idea(language: str, seconds: int) -> None:
    for idea in IDEAS[language]:
        keywords = packs()[language].analyse(idea, template="listicle").keywords
        for scene in film(language, idea, "listicle", seconds).scenes:
            assert keywords & set(re.findall(r"[^\W_]+", scene.narration.lower())), scene


@pytest.mark.parametrize(
    ("language", "idea", "topic"),
    [
        ("es", "Berenjena", "la berenjena"),
        ("es", "Insomnio", "el insomnio"),
        ("es", "Amor y p\u00f3lvora", "el amor"),
        ("es", "Zaragoza", "Zaragoza"),
        ("es", "Victoria", "Victoria"),
        ("es", "C\u00f3mo elegir un buen mel\u00f3n", "elegir un buen mel\u00f3n"),
        ("es", "Aprende a tocar la guitarra en 30 d\u00edas", "tocar la guitarra"),
        ("es", "El reloj que mi padre compr\u00f3 en Praga se par\u00f3 ayer", "este reloj"),
        ("es", "Los percebeiros de Galicia", "los percebeiros de Galicia"),
        ("es", "El perro callejero del barrio duerme en un banco", "el perro callejero del barrio"),
        ("fr", "Rouille", "la rouille"),
        ("fr", "Du pain, du fromage et un couteau", "le pain"),
        ("fr", "Insomnie", "l'insomnie"),
        ("fr", IDEAS["fr"][4], "la SNCF"),
        ("fr", "Les dockers du Havre", "ces dockers"),
    ],
)
def test_a_film_names_its_idea_by_a_noun_that_is_certain(
    language: str, idea: str, topic: str
) -> None:
    found = slots(language, idea)
    assert (found.get("topic") or found["focus"]) == topic


@pytest.mark.parametrize(
    ("language", "idea", "whole"),
    [
        # A list counts things of its kind, and says when or what they are of.
        ("es", "7 cosas que debes saber antes de adoptar un gato", "antes de adoptar un gato"),
        ("es", "8 pueblos de Asturias para visitar", "el pueblo de Asturias"),
        ("fr", "7 choses \u00e0 savoir avant d'adopter un chat", "avant d'adopter un chat"),
        ("fr", "5 id\u00e9es de cadeaux pour un p\u00e8re", "l'id\u00e9e de cadeau"),
        ("fr", "Top 5 des s\u00e9ries sur la mer", "la s\u00e9rie sur la mer"),
    ],
)
def test_a_list_is_told_by_one_of_what_it_counts(language: str, idea: str, whole: str) -> None:
    frame = packs()[language].analyse(idea, template="listicle")
    assert whole in (frame.slots.get("when"), frame.slots.get("item_whole"))
    item = frame.slots["item"]
    told = [scene.narration for scene in film(language, idea, "listicle", 60).scenes]
    assert sum(item in line for line in told) >= frame.items - 2


@pytest.mark.parametrize(
    ("language", "idea", "topic"),
    [
        ("es", "clase de ciencias: la c\u00e9lula", "la c\u00e9lula"),
        ("es", "la inflacion explicada facil", "la inflaci\u00f3n"),
        ("es", "diferencia entre virus y bacteria", "la diferencia entre virus y bacteria"),
        ("es", "estufa de pellets ventajas precio", "la estufa de pellets"),
        ("fr", "cours d'histoire : la Commune de Paris", "la Commune de Paris"),
        ("fr", "poele a granules avantages prix", "les po\u00eales \u00e0 granul\u00e9s"),
        ("fr", "diff\u00e9rence entre virus et bact\u00e9rie",
         "la diff\u00e9rence entre virus et bact\u00e9rie"),
        ("fr", "pyrenees", "les Pyr\u00e9n\u00e9es"),
        ("fr", "L'\u00e9nergie solaire : menace ou espoir ?", "l'\u00e9nergie solaire"),
        ("fr", "vitamine d hiver carence", "la vitamine D"),
        ("fr", "budget participatif mode d'emploi", "le budget participatif"),
        ("fr", "dans les coulisses du tri postal", "le tri postal"),
        ("fr", "Grammaire : l'accord du verbe", "l'accord du verbe"),
        ("es", "seguro de vida funcionamiento impuestos", "el seguro de vida"),
        ("es", "C\u00f3mo se defienden las plantas de los insectos", "las plantas"),
        ("es", "por qu\u00e9 tenemos hipo", "el hipo"),
        ("es", "que es el open data", "el open data"),
        ("es", "el subjuntivo presente, nivel B1", "el subjuntivo presente"),
        ("fr", "isolation maison aides 2026", "l'isolation"),
        ("es", "El IVA: \u00bfpara qu\u00e9 sirve?", "el IVA"),
        ("fr", "La TVA : \u00e0 quoi sert-elle ?", "la TVA"),
        ("fr", "c'est quoi l'open data", "l'open data"),
        ("fr", "recette quiche lorraine", "la quiche lorraine"),
        ("fr", "un si\u00e8cle de tramways \u00e0 Lyon", "les tramways"),
        ("fr", "Les marais de Gu\u00e9rande et le travail du sel", "les marais de Gu\u00e9rande"),
    ],
)  # fmt: skip
def test_what_a_lesson_is_about_stands_behind_its_label_and_in_front_of_what_is_asked(
    language: str, idea: str, topic: str
) -> None:
    assert packs()[language].analyse(idea, template="explainer").slots["topic"] == topic


@pytest.mark.parametrize(
    ("language", "idea"), [("fr", "La Commune de Paris"), ("fr", "et"), ("es", "y")]
)
@pytest.mark.parametrize("template", ["explainer", "story", "product"])
def test_an_idea_may_end_anywhere(language: str, idea: str, template: str) -> None:
    assert film(language, idea, template, 8).scenes


@pytest.mark.parametrize(
    ("language", "idea", "ware"),
    [
        ("es", "Regala un curso de cer\u00e1mica en Talavera", "el curso de cer\u00e1mica"),
        ("es", "Nuevo sal\u00f3n de t\u00e9 en la plaza", "el sal\u00f3n de t\u00e9"),
        ("es", "La bicicleta C\u00e9firo: 80 km, plegable, 14 kg", "la bicicleta C\u00e9firo"),
        ("es", "galletas de avena y cacao hechas en Burgos", "las galletas de avena y cacao"),
        ("fr", "Offrez un stage de poterie \u00e0 Limoges !", "ce stage de poterie"),
        ("fr", "Nouveau salon de th\u00e9 place du march\u00e9", "ce salon de th\u00e9"),
        ("fr", "Le v\u00e9lo Z\u00e9phyr : 80 km, pliable, 14 kg", "le v\u00e9lo Z\u00e9phyr"),
        ("fr", "Cours de guitare : 12 le\u00e7ons", "ce cours de guitare"),
        ("fr", "Le Petit Atelier, r\u00e9paration de jouets", "le Petit Atelier"),
        ("fr", "Le Comptoir des Th\u00e9s, 120 infusions", "le Comptoir des Th\u00e9s"),
        ("es", "La Casa del T\u00e9, 120 infusiones", "la Casa del T\u00e9"),
        ("es", "Mi Cuaderno de Sue\u00f1os, la agenda", "Mi Cuaderno de Sue\u00f1os"),
        ("fr", "Mon Carnet de R\u00eaves, l'agenda", "Mon Carnet de R\u00eaves"),
        ("es", "Esterilla de yoga de algod\u00f3n", "la esterilla de yoga de algod\u00f3n"),
        ("es", "Velas perfumadas de cera, hechas en Alicante", "las velas perfumadas de cera"),
        ("es", "El Peque\u00f1o Taller, reparaci\u00f3n de juguetes", "el Peque\u00f1o Taller"),
    ],
)
def test_what_is_for_sale_stands_behind_its_praise(language: str, idea: str, ware: str) -> None:
    assert slots(language, idea, "product")["topic"] == ware


@pytest.mark.parametrize(
    ("language", "idea", "topic"),
    [
        ("es", "Bilbao estrena su primer puente", "el puente"),
        ("es", "Falta de medicamentos: el gobierno promete reservas", "la falta de medicamentos"),
        ("es", "Terremoto de magnitud 5,2 en Granada", "el terremoto"),
        ("fr", "Bordeaux inaugure son premier pont", "ce premier pont"),
        (
            "fr",
            "Gr\u00e8ve des postiers \u00e0 Lille : la collecte reprend",
            "la gr\u00e8ve des postiers",
        ),
    ],
)
def test_where_something_happens_is_no_news_by_itself(language: str, idea: str, topic: str) -> None:
    assert slots(language, idea, "news")["topic"] == topic


@pytest.mark.parametrize(
    ("language", "idea", "hero", "others"),
    [
        ("es", "To\u00f1o el cangrejo quiere cruzar la carretera", "To\u00f1o", {"la carretera"}),
        ("es", "una nube tiene miedo de la tormenta", "la nube", {"la tormenta"}),
        (
            "es",
            "Un espantap\u00e1jaros sue\u00f1a con ver el mar",
            "el espantap\u00e1jaros",
            {"el mar"},
        ),
        ("es", "Tom\u00e1s, panadero de Lugo, pierde el olfato", "Tom\u00e1s", {"el olfato"}),
        ("fr", "Malo le crabe veut traverser la route", "Malo", {"la route"}),
        ("fr", "Thomas, boulanger \u00e0 Roubaix, perd l'odorat", "Thomas", {"l'odorat"}),
    ],
)
def test_what_explains_a_name_is_nothing_beside_it(
    language: str, idea: str, hero: str, others: set[str]
) -> None:
    frame = packs()[language].analyse(idea, template="story")
    views = [frame.slots, *(part.slots for part in frame.parts)]
    said = {view.get("other") or view.get("thing") for view in views}
    assert frame.slots["hero"] == hero
    assert said - {None} == others


@pytest.mark.parametrize(
    ("language", "idea", "steps"),
    [
        ("es", "3 pasos para un huerto: preparar la tierra, sembrar y regar", ("sembrar", "regar")),
        ("fr", "3 gestes pour un jardin : b\u00eacher, semer, arroser", ("semer", "arroser")),
    ],
)
def test_steps_that_an_idea_counts_are_told(
    language: str, idea: str, steps: tuple[str, ...]
) -> None:
    told = " ".join(scene.narration for scene in film(language, idea, "howto", 40).scenes)
    assert all(f": {step}." in told.replace("\u00a0", "").replace(" :", ":") for step in steps)


def test_a_capital_in_the_middle_gets_no_accent() -> None:
    idea = "S\u00e9isme \u00e0 Limoges et dans les Alpes-Maritimes"
    assert packs()["fr"].analyse(idea, template="news").title == idea


@pytest.mark.parametrize(
    ("language", "idea"),
    [
        ("es", "es bueno el teletrabajo para el planeta"),
        ("fr", "le t\u00e9l\u00e9travail est-il bon pour la plan\u00e8te"),
    ],
)
def test_a_question_that_turns_its_subject_gets_its_mark(language: str, idea: str) -> None:
    assert slots(language, idea, "explainer")["question"].endswith("?")


@pytest.mark.parametrize(
    ("language", "idea", "text", "spoken"),
    [
        ("fr", "Une vieille juge rit", "On aide la vieille juge. La vieille juge avance.",
         "On aide la vieille juge. Elle avance."),
        ("fr", "Une vieille juge rit", "Une porte claque. La vieille juge avance.",
         "Une porte claque. La vieille juge avance."),
        ("es", "Una pescadera quiere bailar", "Nadie ayuda a la pescadera. La pescadera no espera.",
         "Nadie ayuda a la pescadera. No espera."),
    ],
)  # fmt: skip
def test_whoever_was_just_named_comes_back_by_a_pronoun(
    language: str, idea: str, text: str, spoken: str
) -> None:
    pack = packs()[language]
    assert pack.again(text, pack.analyse(idea, template="story")) == spoken


@pytest.mark.parametrize(
    ("language", "idea", "parts"),
    [
        ("es", "no llores, me dijiste", {"\u00abno llores\u00bb", "\u00abme dijiste\u00bb"}),
        ("es", "lo dejamos para otro d\u00eda",
         {"\u00abpara otro d\u00eda\u00bb", "\u00ablo dejamos para otro d\u00eda\u00bb"}),
        ("fr", "trop tard pour pleurer", {"\u00ab trop tard pour pleurer \u00bb"}),
        ("fr", "en hiver, il neige, tu ne reviens pas",
         {"\u00ab il neige \u00bb", "\u00ab tu ne reviens pas \u00bb"}),
    ],
)  # fmt: skip
def test_an_idea_that_is_not_certain_is_quoted_piece_by_piece(
    language: str, idea: str, parts: set[str]
) -> None:
    frame = packs()[language].analyse(idea, template="news")
    views = [frame.slots, *(part.slots for part in frame.parts)]
    assert not {"topic", "hero"} & set(frame.slots)
    assert {view["part"] for view in views if "part" in view} == parts


@pytest.mark.parametrize("language", ["es", "fr"])
@pytest.mark.parametrize("template", ["story", "product", "news", "howto", "trailer"])
def test_a_piece_of_an_idea_stands_as_it_was_typed(language: str, template: str) -> None:
    idea = {
        "es": "xq los zurrupetos del norte gluben sin parar, dice mi t\u00eda",
        "fr": "pkoi les zurrupets du nord glubent sans arr\u00eat, dit ma tante",
    }[language]
    spoken = " ".join(scene.narration for scene in film(language, idea, template, 45).scenes)
    polished = packs()[language].polish(idea).lower()
    for piece in re.findall("\u00ab[\\s\u00a0]*(.*?)[\\s\u00a0]*\u00bb", spoken):
        assert piece.lower() in polished, piece


@pytest.mark.parametrize(
    ("language", "template", "idea", "nouns"),
    [
        ("es", "trailer", "Despierta en la vida de otra", ("vida",)),
        ("es", "news", "Encuentra su alianza perdida", ("alianza",)),
        ("fr", "poem", "Je reviens toujours \u00e0 la m\u00eame gare", ("gare",)),
        ("fr", "documentary", "portrait d'une luthi\u00e8re bretonne", ("luthi\u00e8re",)),
    ],
)
def test_a_film_seldom_quotes_where_it_can_speak_of_a_noun(
    language: str, template: str, idea: str, nouns: tuple[str, ...]
) -> None:
    lines = [scene.narration for scene in film(language, idea, template, 45).scenes]
    assert sum("\u00ab" in line for line in lines) <= 3
    assert all(any(noun in line for noun in nouns) for line in lines if "\u00ab" not in line)


@pytest.mark.parametrize(
    ("idea", "ask"),
    [
        ("duermen las plantas?", "si duermen las plantas"),
        ("\u00bfDeber\u00edamos trabajar menos?", "si deber\u00edamos trabajar menos"),
        ("\u00bfGanas de escapar?", ""),
        ("qu\u00e9 hacer en Bilbao con ni\u00f1os: 5 ideas", ""),
    ],
)
def test_what_yes_or_no_answers_is_asked_whether_it_is_so(idea: str, ask: str) -> None:
    assert slots("es", idea, "explainer")["ask"] == ask


@pytest.mark.parametrize(
    ("language", "template", "idea", "topic"),
    [
        (
            "es",
            "product",
            "Jabones de leche de burra hechos a mano",
            "los jabones de leche de burra",
        ),
        ("es", "news", "Tres lobos vistos cerca de un colegio", "los lobos"),
        (
            "es",
            "documentary",
            "Los pastores del Pirineo frente al lobo",
            "los pastores del Pirineo",
        ),
        ("es", "lesson", "la mitosis", "la mitosis"),
        ("es", "lesson", "iniciaci\u00f3n al ganchillo", "el ganchillo"),
        ("es", "product", "Kodo, reloj inteligente para ni\u00f1os", "Kodo"),
        ("es", "product", "T\u00e1peres para comer en la oficina", ""),
        ("fr", "lesson", "Introduction aux probabilit\u00e9s", "les probabilit\u00e9s"),
        ("fr", "product", "la chaise Ondine, pliable, 2 kg", "la chaise Ondine"),
        ("fr", "trailer", "On a vol\u00e9 la tour Eiffel", "la tour Eiffel"),
    ],
)
def test_nothing_belongs_to_a_name_that_may_belong_to_what_follows(
    language: str, template: str, idea: str, topic: str
) -> None:
    assert slots(language, idea, template).get("topic", "") == topic


def test_two_subjects_of_one_verb_are_never_one_hero() -> None:
    frame = packs()["es"].analyse(
        "Un cura sin fe y una atea devota organizan la romer\u00eda", template="story"
    )
    assert frame.slots.get("hero", "") == ""


@pytest.mark.parametrize(
    ("idea", "items"),
    [
        ("12 errores que cometemos al congelar el pan", 12),
        ("30 d\u00edas sin az\u00facar", 0),
        ("Siete d\u00edas en Per\u00fa", 0),
        ("Siete playas de Per\u00fa", 7),
    ],
)
def test_a_list_counts_things_and_no_days(idea: str, items: int) -> None:
    assert packs()["es"].analyse(idea, template="listicle").items == items


def test_words_that_begin_a_sentence_are_joined_too() -> None:
    polish = packs()["es"].polish
    assert polish("y Irene canta") == "e Irene canta"
    assert polish("\u00bfy Irene?") == "\u00bfy Irene?"


@pytest.mark.parametrize("language", ["es", "fr"])
@pytest.mark.parametrize("template", sorted(templates()))
def test_a_short_film_does_not_begin_by_going_on(language: str, template: str) -> None:
    idea = {
        "es": "Una app que te avisa antes de que se te queme la comida",
        "fr": "Une application qui vous pr\u00e9vient avant que votre repas ne br\u00fble",
    }[language]
    first = film(language, idea, template, 8).scenes[0].narration
    assert not re.search(r"(?:Volv|Segui|Sig|Reven|Continu|^Et |\u00bfY )", first), first


def test_small_words_call_no_theme() -> None:
    # Without its accent, "te" is also tea.
    frame = packs()["es"].analyse("Todo lo que no te cuentan de los pueblos", template="poem")
    assert "kitchen" not in frame.themes


@pytest.mark.parametrize(
    ("language", "idea", "name"),
    [
        ("es", "Un gato encerrado dos semanas en un s\u00f3tano sale por la ventana", "el gato"),
        ("fr", "Un chat enferm\u00e9 deux nuits dans une cave sort par la fen\u00eatre", "le chat"),
    ],
)
def test_a_hero_is_named_again_without_half_of_a_complement(
    language: str, idea: str, name: str
) -> None:
    assert re.sub("[~\u00a0]", " ", slots(language, idea, "story")["hero"]) == name


@pytest.mark.parametrize("language", ["es", "fr"])
def test_a_list_of_ten_says_nothing_twice_of_its_hero(language: str) -> None:
    idea = {
        "es": "Una familia numerosa vive en un faro",
        "fr": "Une famille nombreuse vit dans un phare",
    }[language]
    said = [
        re.sub(r"^N\S+ \S+ ?: ", "", scene.narration).split(".")[0]
        for scene in film(language, idea, "listicle", 60).scenes
        if scene.narration.startswith("N")
    ]
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("language", "idea"),
    [
        ("es", "C\u00f3mo cruzar un r\u00edo helado sin que nadie se moje los zapatos nuevos"),
        ("fr", "Comment traverser une rivi\u00e8re gel\u00e9e sans que personne se mouille"),
    ],
)
def test_a_list_of_a_long_task_speaks_of_it_in_each_item(language: str, idea: str) -> None:
    for seed in range(3):
        play = write_builtin(
            Brief(idea=idea, template="listicle", language=language, duration=Fraction(45)),
            seed=seed,
        )
        named = {"es": ("cruzar", "r\u00edo"), "fr": ("traverser", "rivi\u00e8re")}[language]
        assert all(any(word in s.narration for word in named) for s in play.scenes)


def test_no_french_pattern_forgets_that_what_fills_it_may_begin_with_a_vowel() -> None:
    folder = Path(builtin.__file__).parent / "fr" / "beats"
    for path in folder.glob("*.toml"):
        assert not re.search(r"\b(?:de|que|le|la) \{(?!v:|part|word)", path.read_text("utf-8")), (
            path.name
        )


@pytest.mark.parametrize(
    ("language", "idea", "told"),
    [
        ("fr", "explique les fractions \u00e0 des CM1", "Les fractions."),
        ("fr", "Les volcans expliqu\u00e9s aux enfants de 8 ans", "Les volcans."),
        ("es", "que es la fotosintesis para ni\u00f1os", "\u00bfQu\u00e9 es la fotos\u00edntesis?"),
        ("es", "El sistema solar para tercero de primaria", "El sistema solar."),
    ],
)
def test_whom_a_lesson_is_for_is_not_what_it_is_about(language: str, idea: str, told: str) -> None:
    assert packs()[language].analyse(idea, template="explainer").logline == told


@pytest.mark.parametrize(
    ("language", "idea", "by"),
    [
        ("fr", "Le doute est le commencement de la sagesse. Aristote", "Aristote"),
        (
            "es",
            "La duda es el comienzo de la verdad. Arist\u00f3teles",
            "Arist\u00f3teles",
        ),
        ("es", "Nunca dejes de mirar al cielo. Siempre.", ""),
    ],
)
def test_a_last_name_alone_signs_a_quotation(language: str, idea: str, by: str) -> None:
    quotation = find_quotation(idea, packs()[language])
    assert quotation is not None
    assert quotation.by == by
