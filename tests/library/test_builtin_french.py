from __future__ import annotations

import itertools
import re
from fractions import Fraction

import pytest

from onereel.story.brief import Brief
from onereel.story.builtin.fr import PACK
from onereel.story.builtin.reading import read_idea
from onereel.story.builtin.writer import write_builtin
from onereel.story.pace import estimate
from onereel.story.screenplay import Screenplay
from onereel.story.templates.built_in import family, templates

IDEAS = [
    "Une bergère apprend à lire à ses moutons",
    "Pourquoi les flamants sont-ils roses ?",
    "un vieux cordonnier repare les souliers d'une reine pour payer son loyer",
    "Le marché de nuit",
    "Comment choisir un bon melon",
    "Brisa, le ventilateur qui ne fait aucun bruit",
    "Deux jumelles veulent gravir la plus haute montagne, mais l'hiver arrive",
    "Les hérissons",
    "Un héron refuse de migrer. Il attend la neige.",
    "Est-ce que les plantes ont une mémoire ?",
]
# What no careful reader lets pass: a missing elision or contraction, a mark left over, a bare high
# point, a straight apostrophe, a doubled word.
WRONG = re.compile(
    r"\b(?:de|le|que|ne|se) (?=[aeiouâêîôûéè])(?!onze|oui)|(?<!\by )\b[àa] les?\b"
    r"|\bde les? (?=[a-z])|\bde des\b|\bde du\b|[~{}|'\u202f]|(?<!\u00a0)[?!;]|[a-zé] :|  "
    r"|\b(\w{2,}) \1\b|\bsi ils?\b|[.?!] [a-zéà]",
)


def film(idea: str, template: str = "story", seconds: int = 36, scenes: int = 0) -> Screenplay:
    brief = Brief(
        idea=idea,
        template=template,
        language="fr",
        duration=Fraction(seconds),
        scene_count=scenes,
    )
    return write_builtin(brief, seed=4)


@pytest.mark.parametrize("template", sorted(templates()))
@pytest.mark.parametrize("idea", IDEAS)
def test_films_are_clean_french_about_the_idea(idea: str, template: str) -> None:
    frame = read_idea(idea, PACK, family(templates()[template]), numbered=True)
    play = film(idea, template)
    spoken = [scene.narration for scene in play.scenes if scene.narration]
    assert len(spoken) >= (3 if template == "musicvideo" else len(play.scenes) - 1)
    for text in [*spoken, *(scene.description for scene in play.scenes), play.title, play.logline]:
        assert not WRONG.search(text), text
        assert text.lstrip("\u00ab\u00a0")[0].isupper()
    given = set(frame.given)
    for text in spoken:
        words = set(re.findall(r"[^\W_]+", text.lower()))
        assert words & frame.keywords or text in given, text


def test_no_two_films_share_a_fifth_of_their_five_grams() -> None:
    grams = []
    for idea in IDEAS:
        text = " ".join(scene.narration for scene in film(idea).scenes)
        words = re.findall(r"[^\W_]+", text.lower())
        grams.append({tuple(words[at : at + 5]) for at in range(len(words) - 4)})
    for one, other in itertools.combinations(grams, 2):
        assert len(one & other) < 0.2 * min(len(one), len(other))


@pytest.mark.parametrize(("scenes", "seconds"), [(1, 8), (6, 40), (40, 200), (120, 600)])
def test_narration_fits_any_number_of_scenes(scenes: int, seconds: int) -> None:
    play = film(IDEAS[2], seconds=seconds, scenes=scenes)
    assert len(play.scenes) == scenes
    assert sum(scene.duration for scene in play.scenes) == seconds
    for scene in play.scenes:
        assert estimate(scene.narration, "fr") < scene.duration
    titles = [scene.title for scene in play.scenes]
    assert len(set(titles)) == scenes


@pytest.mark.parametrize(
    ("idea", "slots"),
    [
        (IDEAS[0], {"hero": "la bergère", "il": "elle"}),
        (IDEAS[1], {"topic": "les flamants", "ask": "pourquoi les flamants sont roses"}),
        (
            IDEAS[2],
            {
                "hero": "le vieux cordonnier",
                "goal": "payer son loyer",
                "deed": "répare les souliers d'une reine",
            },
        ),
        (IDEAS[4], {"task": "choisir un bon melon", "topic": ""}),
        (IDEAS[5], {"topic": "Brisa", "does": "ne fait aucun bruit"}),
        (
            IDEAS[6],
            {
                "hero": "les deux jumelles",
                "il": "elles",
                "goal": "gravir la plus haute montagne",
                "trouble": "l'hiver arrive",
            },
        ),
        (IDEAS[8], {"hero": "le héron", "deed": "refuse de migrer"}),
        (IDEAS[9], {"topic": "les plantes", "ask": "si les plantes ont une mémoire"}),
    ],
)
def test_ideas_are_taken_apart(idea: str, slots: dict[str, str]) -> None:
    found = PACK.analyse(idea, template="story").slots
    assert {name: found[name] for name in slots} == slots


def test_joints_contract_only_what_a_pattern_marks() -> None:
    assert PACK.polish("près de~le hibou") == "près du hibou"
    assert PACK.polish("près de~l'horloge") == "près de l\u2019horloge"
    assert PACK.polish("à~les amis de~un roi") == "aux amis d\u2019un roi"
    assert PACK.polish("que~elle décide de le revoir") == "qu\u2019elle décide de le revoir"
    assert PACK.polish("rêve d~apprendre à d~les voir") == "rêve d\u2019apprendre à de les voir"
    assert PACK.polish("vraiment ? oui: voilà") == "vraiment\u00a0? oui\u00a0: voilà"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "un"),
        (21, "vingt et un"),
        (71, "soixante et onze"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (99, "quatre-vingt-dix-neuf"),
        (116, "cent seize"),
    ],
)
def test_numbers(number: int, words: str) -> None:
    assert PACK.number(number) == words


@pytest.mark.parametrize(
    ("idea", "first", "deed"),
    [
        (
            "Une gardienne de phare qui ne sait pas nager sauve un inconnu",
            "une gardienne de phare qui ne sait pas nager",
            "sauve un inconnu",
        ),
        (
            "Deux soeurs qui se détestent doivent partager un bateau",
            "deux sœurs qui se détestent",
            "doivent partager un bateau",
        ),
        (
            "Trois amis qui n'ont jamais vu la mer partent à pied",
            "trois amis qui n'ont jamais vu la mer",
            "partent à pied",
        ),
        (
            "Une horlogère que personne n'écoute répare le temps",
            "une horlogère que personne n'écoute",
            "répare le temps",
        ),
        (
            "Un garçon qui a perdu son ombre la cherche",
            "un garçon",
            "qui a perdu son ombre la cherche",
        ),
        (
            "Un garçon, qui a perdu son chien, le cherche en ville",
            "un garçon",
            "qui a perdu son chien le cherche en ville",
        ),
        (
            "Un peintre qui ne voit plus les couleurs veut les retrouver",
            "un peintre",
            "qui ne voit plus les couleurs veut les retrouver",
        ),
        ("Un chat qui aime la danse", "un chat", "aime la danse"),
        (
            "Un robot qui veut apprendre à danser",
            "un robot",
            "veut apprendre à danser",
        ),
    ],
)
def test_the_main_verb_behind_a_relative_clause_is_told(idea: str, first: str, deed: str) -> None:
    slots = PACK.analyse(idea, template="story").slots
    assert (slots["a_hero"], slots["deed"]) == (first, deed)


@pytest.mark.parametrize(
    ("idea", "template", "topic"),
    [
        ("ma grand-mère me manque", "poem", "ma grand-mère"),
        ("Nous vendons des savons artisanaux", "product", "les savons artisanaux"),
        ("Notre appli traduit les aboiements", "product", "notre appli"),
        ("La mairie interdit les trottinettes", "news", "la mairie"),
        ("Un incendie force l'évacuation du village", "news", "l'incendie"),
        ("40 % des jeunes ne peuvent pas payer un loyer", "news", "les jeunes"),
        ("Paris se réveille sous la neige", "news", "Paris"),
        ("Personne ne revient de l'île", "trailer", "l'île"),
        ("le printemps viendra", "poem", "le printemps"),
        ("Nîmes atteint 45 degrés", "news", "Nîmes"),
        ("je ne sais pas vivre sans toi", "poem", "l'idée de vivre sans toi"),
        ("Le vent a emporté le chapeau du maire", "story", "le vent"),
    ],
)
def test_a_clause_is_told_whole_and_named_by_a_noun_in_it(
    idea: str, template: str, topic: str
) -> None:
    found = PACK.analyse(idea, template=template).slots
    assert (found["topic"], found["fact"].lower()) == (topic, idea.lower())
    assert PACK.polish(idea[1:]) in film(idea, template).scenes[0].narration


@pytest.mark.parametrize(
    ("idea", "topic"),
    [
        ("Explique-moi la photosynthèse", "la photosynthèse"),
        ("La photosynthèse expliquée aux enfants", "la photosynthèse"),
        ("À quoi sert la rate", "la rate"),
        ("que mettre dans sa valise", "la valise"),
        ("Combien coûte la vie à Paris ?", "la vie à Paris"),
        ("Quand faut-il tailler les rosiers", "les rosiers"),
        ("pourquoi nous rêvons", "le rêve"),
        ("Faut-il manger cinq fruits par jour ?", "l'idée de manger cinq fruits par jour"),
        ("Si le soleil ne se levait pas demain", "le soleil"),
        ("Dix raisons de visiter la Bretagne", "la Bretagne"),
        ("10 choses que vous ne saviez pas sur les poulpes", "les poulpes"),
        ("Les erreurs à éviter en entretien d'embauche", "l'entretien d'embauche"),
        ("Ce que j'ai appris en voyageant seule", "ce que j'ai appris en voyageant seule"),
        ("ceux qui nettoient la ville la nuit", "ceux qui nettoient la ville la nuit"),
        ("la différence entre climat et météo", "la différence entre climat et météo"),
        (
            "Les meilleurs films d'horreur des années 80",
            "les meilleurs films d'horreur des années 80",
        ),
        ("à mon petit frère", "mon petit frère"),
        ("Avril", "avril"),
    ],
)
def test_an_idea_of_any_form_is_named_by_its_own_words(idea: str, topic: str) -> None:
    assert PACK.analyse(idea, template="documentary").slots["topic"] == topic


def test_two_nouns_are_plural_and_share_a_preposition() -> None:
    frame = PACK.analyse("l'eau et la guerre", template="documentary")
    assert "plural" in frame.tags
    assert (
        PACK.polish(f"parler de~{frame.slots['topic']}") == "parler de l\u2019eau et de la guerre"
    )


def test_what_is_sold_needs_no_gender() -> None:
    slots = PACK.analyse("zoumpe imperméable pour vélos", template="product").slots
    assert slots["topic"] == "notre zoumpe imperméable"
    slots = PACK.analyse("housse imperméable pour vélos", template="product").slots
    assert slots["topic"] == "la housse imperméable pour vélos"


def test_an_idea_without_a_noun_is_its_own_refrain() -> None:
    spoken = " ".join(scene.narration for scene in film("Et puis ils sont arrivés").scenes)
    assert "«\u00a0Et puis ils sont arrivés\u00a0»" in spoken


@pytest.mark.parametrize(
    ("idea", "kind"),
    [
        ("La montre de mon père s'est arrêtée ce jour-là", "topic"),
        ("Une lampe rêve de la mer", "hero"),
        ("Personne ne revient de l'île", "topic"),
    ],
)
def test_only_what_has_a_mind_is_a_hero(idea: str, kind: str) -> None:
    assert PACK.analyse(idea, template="story").kind == kind


def test_orders_and_once_upon_a_time_are_no_part_of_the_idea() -> None:
    slots = PACK.analyse("Apprends à cuisiner avec peu d'argent", template="listicle").slots
    assert slots["task"] == "cuisiner avec peu d'argent"
    slots = PACK.analyse("Il était une fois une sorcière qui danse", template="story").slots
    assert slots["a_hero"] == "une sorcière"


def test_a_second_deed_has_no_infinitive() -> None:
    slots = PACK.analyse("Un garçon vole la lune et la cache", template="story").slots
    assert slots["quest"] == "voler la lune"


@pytest.mark.parametrize(
    ("idea", "template", "topic"),
    [
        ("pourquoi le pain rassit plus vite au frigo", "explainer", "le pain"),
        ("Fermeture du pont Neuf pour travaux", "news", "la fermeture du pont Neuf"),
        ("Tempête Boris : 12 départements en alerte", "news", "la tempête Boris"),
        ("Pompiers volontaires : une nuit à Millau", "documentary", "les pompiers volontaires"),
        ("ce que disent les pierres", "poem", "les pierres"),
        ("14 juillet", "poem", "le 14 juillet"),
        ("c'est quoi la dette publique", "explainer", "la dette publique"),
        ("Les mains de mon père sentaient le bois", "poem", "les mains de mon père"),
        ("À Venise, la nuit, l'eau monte sans bruit", "poem", "l'eau"),
        ("Restaurant Chez Fatou, cuisine sénégalaise", "product", "le restaurant Chez Fatou"),
        ("un deuxième vol en un mois, la mairie s'explique", "news", "le deuxième vol en un mois"),
        ("Une lycéenne élue maire des jeunes à Dijon", "news", "la lycéenne"),
        ("Elle a perdu la vue", "trailer", "cette histoire"),
        ("Il neige sur Alger", "story", "Alger"),
    ],
)
def test_what_a_film_is_about_is_a_whole_noun_of_the_idea(
    idea: str, template: str, topic: str
) -> None:
    assert PACK.analyse(idea, template=template).slots["topic"] == topic


@pytest.mark.parametrize(
    ("idea", "slot", "value"),
    [
        ("trois astuces pour mieux dormir quand on travaille de nuit", "chore", "mieux dormir"),
        ("Comment choisir son vélo : 6 critères", "task", "choisir votre vélo"),
        ("Les erreurs des débutants en photographie", "topic", "la photographie"),
        ("Les 7 plus beaux villages d'Alsace", "topic", "les plus beaux villages d'Alsace"),
        ("huit métiers qui n'existaient pas hier", "topic", "ces métiers"),
        ("3 habitudes qui ruinent votre sommeil", "topic", "votre sommeil"),
        ("cinq conseils aux parents d'ados", "topic", "les parents d'ados"),
    ],
)
def test_a_list_is_about_what_it_counts_things_of(idea: str, slot: str, value: str) -> None:
    assert PACK.analyse(idea, template="listicle").slots[slot] == value


@pytest.mark.parametrize(
    ("idea", "told"),
    [
        ("cinq erreurs à éviter quand on repeint un plafond", "repeindre un plafond"),
        ("trois raisons de courir le matin", "courir le matin"),
        ("dix conseils sur le jardin", "jardin"),
    ],
)
def test_a_list_too_short_to_count_tells_one_thing(idea: str, told: str) -> None:
    first, *_, last = film(idea, "listicle", 8).scenes
    assert "en voici un" in first.narration.lower()
    assert told in last.narration.lower()
    assert "numéro" not in last.narration.lower()


def test_items_of_a_list_are_what_it_announces() -> None:
    items = [
        scene.narration
        for scene in film("cinq raisons de visiter Lyon", "listicle", 40).scenes
        if scene.narration.startswith("Numéro")
    ]
    assert len(items) == 5
    assert all(re.search(r": visiter Lyon, (?:pour|par)", item) for item in items)


def test_a_clause_in_front_and_all_that_follows_are_told() -> None:
    idea = "Quand sa mère perd la mémoire, Lina décide de lui apprendre ses recettes avant Noël"
    frame = PACK.analyse(idea, template="story")
    assert frame.slots["lead"] == "quand sa mère perd la mémoire"
    assert (frame.slots["hero"], frame.slots["quest"]) == ("Lina", "")
    assert PACK.polish(idea) in film(idea, seconds=45).scenes[0].narration


def test_a_title_with_a_relative_clause_is_no_deed() -> None:
    slots = PACK.analyse("Le robot qui voulait pleurer", template="story").slots
    assert (slots["a_hero"], slots["deed"]) == ("le robot qui voulait pleurer", "")
    assert slots["goal"] == "pleurer"


@pytest.mark.parametrize("template", ["documentary", "explainer", "news", "listicle", "product"])
def test_a_film_of_facts_speaks_of_no_weather(template: str) -> None:
    themes = PACK.data.themes.values()
    scenery = {
        item for theme in themes for name in ("sound", "light") for item in theme.lists[name]
    }
    spoken = " ".join(scene.narration for scene in film("Simone Veil", template, 60).scenes).lower()
    assert not [item for item in scenery if item in spoken]


def test_a_year_alone_is_when_and_not_what() -> None:
    slots = PACK.analyse("1944. Une institutrice cache des enfants.", template="trailer").slots
    assert (slots["lead"], slots["a_hero"]) == ("en 1944", "une institutrice")


@pytest.mark.parametrize(
    ("idea", "theme"),
    [("le système solaire", "space"), ("Simone Veil", "any"), ("la construction du port", "any")],
)
def test_only_clear_words_call_a_theme(idea: str, theme: str) -> None:
    assert PACK.analyse(idea, template="documentary").themes[0] == theme


@pytest.mark.parametrize(
    ("idea", "item"),
    [
        ("7 habitudes des gens qui ne perdent jamais leurs clés", "Habitude"),
        ("5 erreurs des parents qui débutent avec un bébé", "Erreur"),
        ("Les trois erreurs des jeunes conducteurs", "Erreur"),
        ("4 erreurs qu'on fait tous avec sa voiture en hiver", "Erreur"),
    ],
)
def test_what_people_do_is_listed_and_not_the_people(idea: str, item: str) -> None:
    play = film(idea, "listicle", 30)
    first, *middle, _ = [scene.narration for scene in play.scenes]
    assert play.title == PACK.polish(idea)
    assert PACK.polish(idea) in first
    assert all(text.startswith(f"{item} numéro") for text in middle)


@pytest.mark.parametrize(
    "idea",
    ["Des chercheurs découvrent que les pieuvres rêvent", "Les agriculteurs bloquent une route"],
)
def test_no_line_of_a_bank_disagrees_with_several(idea: str) -> None:
    wrong = re.compile(r"\b(?:que|où) (?:va|peut|doit|fait|veut|est)\b[^.?]*\bles \w+s \?")
    for template in templates():
        for scene in film(idea, template, 90).scenes:
            assert not wrong.search(scene.narration), scene.narration


@pytest.mark.parametrize(
    ("idea", "ask"),
    [
        ("C'est quoi, l'inflation ?", "ce qu'est l'inflation"),
        ("C'est quoi au juste, la dette publique ?", "ce qu'est la dette publique"),
        ("C'est quoi, en deux mots, la dette publique ?", ""),
    ],
)
def test_a_comma_is_no_part_of_an_indirect_question(idea: str, ask: str) -> None:
    assert PACK.analyse(idea, template="explainer").slots["ask"] == ask


@pytest.mark.parametrize(
    ("idea", "template", "topic"),
    [
        (
            "La vie dans un phare dont plus personne n'a besoin",
            "documentary",
            "la vie dans un phare",
        ),
        (
            "La fin d'une mine que tout le village pleure encore",
            "documentary",
            "la fin d'une mine",
        ),
        ("La maison de mon enfance vendue à des inconnus", "poem", "la maison de mon enfance"),
        ("À quoi servent les moustaches du chat ?", "explainer", "les moustaches du chat"),
        ("Trois desserts sans four pour un soir de canicule", "listicle", "ces desserts"),
        ("Mes vingt ans", "poem", "mes vingt ans"),
        ("Là où finit la route", "documentary", "la route"),
        ("La chaise vide de mon oncle", "poem", "la chaise vide de mon oncle"),
        ("Sous le lac", "trailer", "« Sous le lac »"),
        ("Une semaine avec les gardes du littoral", "documentary", "les gardes du littoral"),
        ("Ceux qui restent quand l'usine ferme", "documentary", "ceux qui restent"),
        ("Les enfants qui ne parlent qu'alsacien", "documentary", "ces enfants"),
        ("10 mots bretons qu'on utilise sans le savoir", "listicle", "ces mots bretons"),
        ("Tisane du soir aux plantes de nos montagnes", "product", "la tisane du soir"),
        ("Miel de châtaignier récolté par nos soins", "product", "le miel de châtaignier"),
        ("Je n'ai pas su te dire au revoir", "poem", "l'idée de dire au revoir"),
        ("Tu es partie sans fermer la porte", "poem", "la porte"),
        (
            "La liaison vers l'île d'Yeu suspendue après la tempête",
            "news",
            "la liaison vers l'île d'Yeu",
        ),
        (
            "Le pont de l'île de Ré rouvert à la circulation",
            "news",
            "le pont de l'île de Ré",
        ),
        (
            "Quand mamie Odette apprend à conduire, tout le quartier retient son souffle",
            "story",
            "mamie Odette",
        ),
        ("Ouverture de notre librairie place Foch samedi", "product", "notre librairie"),
    ],
)
def test_a_name_keeps_what_it_means_nothing_without(idea: str, template: str, topic: str) -> None:
    assert PACK.analyse(idea, template=template).slots["topic"] == topic


def test_a_deed_ends_before_the_day_that_ends_it() -> None:
    idea = "Deux frères se disputent une ferme jusqu'au jour où le toit s'envole"
    assert PACK.analyse(idea, template="story").slots["quest"] == "se disputer une ferme"
