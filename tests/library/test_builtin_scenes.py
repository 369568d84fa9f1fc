"""What each scene says: something of the idea, in as many items as there is room for."""

import re
from fractions import Fraction

import pytest

from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.builtin.en.told import concern, focus, headline_subject
from onereel.story.builtin.packs import packs
from onereel.story.screenplay import Screenplay


def film(language: str, template: str, idea: str, *, seconds: int = 30) -> Screenplay:
    brief = Brief(idea=idea, template=template, language=language, duration=Fraction(seconds))
    return write_builtin(brief)


def slots(language: str, template: str, idea: str) -> dict[str, str]:
    return dict(packs()[language].analyse(idea, template=template).slots)


@pytest.mark.parametrize(
    ("language", "template", "idea"),
    [
        ("en", "news", "Bus fares to rise by ten percent in January"),
        ("en", "news", "Fishermen rescue whale caught in net"),
        ("en", "news", "Thousands march for cleaner air"),
        ("en", "trailer", "It never stops raining in Hollow Creek"),
        ("en", "documentary", "Marie Tharp mapped the ocean floor"),
        ("de", "listicle", "Zehn Irrt\u00fcmer \u00fcber den Schlaf"),
        ("de", "trailer", "Alles, was wir begraben haben, kommt zur\u00fcck"),
        ("es", "listicle", "Siete razones para llevar un diario"),
        ("fr", "listicle", "Sept raisons de tenir un journal"),
    ],
)
def test_every_scene_names_something_of_the_idea(language: str, template: str, idea: str) -> None:
    pack = packs()[language]
    frame = pack.sure(pack.analyse(idea, template=template), idea, template=template)
    named = frame.keywords | set(re.findall(r"\w+", frame.slots.get("this", "").lower()))
    for scene in film(language, template, idea).scenes:
        assert named & set(re.findall(r"[^\W_]+", scene.narration.lower())), scene.narration


@pytest.mark.parametrize(
    ("language", "idea"),
    [
        ("en", "Ten myths about sleep"),
        ("fr", "Dix id\u00e9es re\u00e7ues sur le sommeil"),
    ],
)
def test_a_list_promises_no_more_than_it_tells(language: str, idea: str) -> None:
    play = film(language, "listicle", idea)
    number = packs()[language].number(len(play.scenes) - 2)
    assert play.title.lower().startswith(number)
    assert number in play.scenes[0].narration.lower()
    assert number in play.scenes[-2].narration.lower()
    assert "ten" not in play.title.lower().split()


@pytest.mark.parametrize(
    ("language", "idea", "number"),
    [
        ("es", "Diez mitos sobre el sue\u00f1o", "diez"),
        ("de", "Zehn Irrt\u00fcmer \u00fcber den Schlaf", "zehn"),
    ],
)
def test_a_list_without_room_for_all_says_no_number(language: str, idea: str, number: str) -> None:
    hook = film(language, "listicle", idea).scenes[0].narration.lower()
    told = packs()[language].number(len(film(language, "listicle", idea).scenes) - 2)
    assert not {number, told} & set(re.findall(r"[^\W_]+", hook))
    whole = film(language, "listicle", idea, seconds=60).scenes[0].narration.lower()
    assert number in re.findall(r"[^\W_]+", whole)


def test_a_number_in_digits_stays_in_digits() -> None:
    play = film("en", "listicle", "12 reasons to visit Iceland")
    assert play.title == f"{len(play.scenes) - 2} Reasons to Visit Iceland"


def test_a_list_with_room_for_all_keeps_its_number() -> None:
    assert film("en", "listicle", "Ten myths about sleep", seconds=60).title.startswith("Ten")


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_nothing_is_said_behind_a_farewell(language: str) -> None:
    farewell = {"en": "Good night.", "de": "Guten Abend.", "es": "Buenas noches.", "fr": "Bonsoir."}
    for seed in range(8):
        brief = Brief(idea="El Dorado", template="news", language=language, duration=Fraction(30))
        last = write_builtin(brief, seed=seed).scenes[-1].narration
        assert farewell[language] not in last or last.endswith(farewell[language])


@pytest.mark.parametrize(
    ("idea", "named"),
    [
        ("Local bakery wins national bread prize", "the local bakery"),
        ("Hospital opens garden for patients and visitors", "the garden"),
        ("Teenager finds Roman coin while walking her dog", "the Roman coin"),
        ("Old cinema reopens after forty years", "the old cinema"),
    ],
)
def test_a_headline_is_named_by_its_own_noun(idea: str, named: str) -> None:
    assert (focus(idea.split()) or headline_subject(idea.split())) == named


@pytest.mark.parametrize(
    ("idea", "named"),
    [
        ("Bus fares to rise by ten percent", "the bus fares"),
        ("Library fines are abolished", "the library fines"),
        ("Fishermen rescue whale caught in net", "the fishermen"),
        ("Storm knocks out power", "the storm"),
        ("Never lose your keys again", ""),
        ("When the last bus leaves", ""),
    ],
)
def test_a_headline_without_articles_has_a_subject(idea: str, named: str) -> None:
    assert headline_subject(idea.split()) == named


@pytest.mark.parametrize(
    ("idea", "named"),
    [
        ("Thousands march for cleaner air", "cleaner air"),
        ("It never stops raining in Hollow Creek", "Hollow Creek"),
        ("We rent tents at Lake Garda", ""),
        ("It rains in January", ""),
    ],
)
def test_what_a_headline_is_for_names_it(idea: str, named: str) -> None:
    assert concern(idea.split()) == named


@pytest.mark.parametrize(
    ("language", "template", "idea", "slot", "value"),
    [
        ("en", "news", "Should phones be banned in schools?", "part", "phones"),
        ("en", "poem", "Letters I never sent", "topic", "these letters"),
        ("en", "news", "Why are eggs so expensive?", "fact", "eggs are expensive"),
        ("en", "story", "A clockmaker's apprentice stops time", "deed", "stops time"),
        ("en", "story", "Mina swaps lives with her shadow", "a_hero", ""),
        ("en", "listicle", "Ten myths about sleep", "item", "myth"),
        (
            *("de", "product", "Spanisch lernen auf dem Weg zur Arbeit", "task"),
            "auf dem Weg zur Arbeit Spanisch lernen",
        ),
        ("de", "news", "Freiwillige sammeln Plastik am Strand", "hero_d", "den Freiwilligen"),
        ("es", "product", "Aprende franc\u00e9s de camino al trabajo", "topic", ""),
        ("es", "trailer", "Todo lo que enterramos vuelve", "topic", ""),
        (
            *("es", "documentary", "C\u00f3mo un pueblo peque\u00f1o salv\u00f3 su cine", "idea"),
            "c\u00f3mo un pueblo peque\u00f1o salv\u00f3 su cine",
        ),
        ("es", "documentary", "Un a\u00f1o en la vida de un faro", "topic", "la vida de un faro"),
        ("es", "listicle", "Diez mitos sobre el sue\u00f1o", "topic", ""),
        ("fr", "listicle", "Les lois les plus \u00e9tranges du monde", "topic", "ces lois"),
        ("fr", "documentary", "Un an dans la vie d'un phare", "topic", "ce phare"),
        (
            *("fr", "listicle", "Sept raisons de tenir un journal", "focus"),
            "tenir un journal",
        ),
    ],
)
def test_an_idea_is_read_as_its_writer_meant_it(
    language: str, template: str, idea: str, slot: str, value: str
) -> None:
    assert slots(language, template, idea).get(slot, "") == value


def test_items_of_a_list_keep_their_numbers() -> None:
    idea = "Was dir niemand \u00fcber das Auswandern sagt"
    spoken = [scene.narration for scene in film("de", "listicle", idea).scenes]
    assert all(line.startswith("Nummer ") for line in spoken[1:-1])


def named(language: str, template: str, idea: str) -> list[str]:
    """What the scenes of an idea can speak of beside its main thing."""
    frame = packs()[language].analyse(idea, template=template)
    keys = ("part", "focus", "topic")
    return [next(part.slots[key] for key in keys if key in part.slots) for part in frame.parts]


@pytest.mark.parametrize(
    ("language", "template", "idea", "parts"),
    [
        (
            *("en", "trailer", "Council approves footbridge over the canal despite protests"),
            ["the council", "the canal", "the protests"],
        ),
        ("en", "news", "Two brothers, one tractor, and a promise", ["the brothers", "the tractor"]),
        ("en", "poem", "Sunday afternoon in a laundromat in Queens", ["the laundromat"]),
        ("en", "news", "A girl with a fear of heights wants to become a roofer", []),
        ("en", "poem", "A teapot that whistles", []),
        ("de", "trailer", "Stadtrat genehmigt Br\u00fccke trotz Protesten", []),
        ("de", "documentary", "Die letzten Korbflechter von Lichtenfels", []),
        ("de", "poem", "Der Morgen nach einem einzigen Sturm", []),
        ("en", "news", "A lost glove travels from hand to hand through Vienna", ["Vienna"]),
        ("en", "news", "A shy baker only sings in lifts", ["the lifts"]),
        ("en", "news", "Two pirates argue over a map neither can read", ["the map"]),
        ("en", "product", "Three ways to tie a scarf", []),
        ("de", "poem", "Ein Schal wandert von Hand zu Hand durch Prag", []),
        ("de", "poem", "Das erste Rodeo meiner Schwester", []),
        ("de", "poem", "Die Sammlung nie abgeschickter Briefe meines Onkels", []),
        ("de", "poem", "Kann man seinen eigenen Namen vergessen?", []),
        ("en", "poem", "Four excuses for being late", []),
        ("de", "poem", "Der Junge, dessen Freunde verschwanden", []),
        ("de", "poem", "Eine Reise zu Fu\u00df nach Oslo", []),
        ("de", "poem", "Wie Island ohne Eisenbahn auskommt", []),
        ("de", "poem", "Opas letzter Sommer auf dem Hof", []),
        ("de", "story", "Ein Mann f\u00e4hrt mit seinen Kindern nach Kapstadt", ["Kapstadt"]),
        ("de", "story", "Feuerwehr rettet Kuh aus Swimmingpool", []),
    ],
)
def test_scenes_speak_of_everything_that_an_idea_surely_names(
    language: str, template: str, idea: str, parts: list[str]
) -> None:
    assert named(language, template, idea) == parts


@pytest.mark.parametrize(
    ("language", "idea"),
    [
        ("en", "Council approves footbridge over the canal despite protests"),
        ("de", "Ein Mann f\u00e4hrt mit seinen Kindern nach Kapstadt"),
    ],
)
def test_a_long_film_comes_back_to_every_part(language: str, idea: str) -> None:
    spoken = " ".join(
        scene.narration for scene in film(language, "trailer", idea, seconds=90).scenes
    ).lower()
    for part in named(language, "trailer", idea):
        assert part.lower().split()[-1] in spoken


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("seconds", [8, 12, 15])
def test_a_short_film_says_its_whole_idea_first(language: str, seconds: int) -> None:
    ideas = {
        "en": "When the lights go out, the children teach their parents",
        "de": "Als das Licht ausgeht, erz\u00e4hlen die Kinder Geschichten",
    }
    for template in ("explainer", "news", "poem", "documentary", "trailer"):
        first = film(language, template, ideas[language], seconds=seconds).scenes[0]
        assert ideas[language] in first.narration, (template, first.narration)


@pytest.mark.parametrize(
    ("language", "template", "idea", "slot", "value"),
    [
        (
            *("en", "poem", "Is it wrong to eat lunch at your desk?", "part"),
            "your desk",
        ),
        ("en", "poem", "Is there life on Venus?", "ask", ""),
        ("en", "poem", "Lemon", "topic", "the lemon"),
        ("en", "poem", "Seven mistakes first-time landlords make", "a_hero", ""),
        ("en", "poem", "Bike couriers in the rain", "task", ""),
        (
            "en",
            "news",
            "When grandma rides a skateboard",
            "said",
            "When grandma rides a skateboard",
        ),
        (
            *("en", "trailer", "Firefighters pull cow from swimming pool", "deed"),
            "pull a cow from a swimming pool",
        ),
        (
            *("en", "trailer", "Train stuck in tunnel for three hours", "whole"),
            "a train stuck in a tunnel for three hours",
        ),
        ("en", "listicle", "Six things to pack for a night train", "part", "the night train"),
        (
            "en",
            "listicle",
            "My neighbour collects broken clocks",
            "item",
            "thought about the broken clocks",
        ),
        ("en", "story", "Twin sisters swap jobs for a week", "deed", "swap jobs for a week"),
        (
            *("en", "story", "A boy who no longer wanted to fly builds wings", "extra"),
            "no longer wants to fly",
        ),
        ("de", "poem", "Der Geruch alter B\u00fccher", "topic_d", "dem Geruch alter B\u00fccher"),
        ("de", "poem", "Vier Gewohnheiten, die arm machen", "topic_d", "den vier Gewohnheiten"),
        ("de", "poem", "Weniger Plastik im Alltag", "topic_d", "weniger Plastik im Alltag"),
        (
            *("de", "poem", "Mein erster Tag als Lehrer", "topic_a"),
            "meinen ersten Tag als Lehrer",
        ),
        (
            *("de", "poem", "Die Kunst, nichts zu tun", "topic_d"),
            "der Kunst, nichts zu tun,",
        ),
        ("de", "news", "Mozart und der Kanarienvogel", "hero_a", "Mozart und den Kanarienvogel"),
        (
            *("de", "poem", "Wie Island ohne Eisenbahn auskommt", "question"),
            "Wie kommt Island ohne Eisenbahn aus?",
        ),
        (
            *("de", "poem", "Ist es unh\u00f6flich, hier zu essen?", "ask"),
            "ob es unh\u00f6flich ist, hier zu essen",
        ),
        ("de", "product", "Bau dir ein Flo\u00df", "task_zu", "ein Flo\u00df zu bauen"),
        (
            "de",
            "product",
            "R\u00e4um deinen Keller auf",
            "task_zu",
            "deinen Keller aufzur\u00e4umen",
        ),
        (
            *("en", "poem", "The night the river froze, my aunt walked to Denmark", "said"),
            "The night the river froze, my aunt walked to Denmark",
        ),
        (
            "en",
            "poem",
            "Court rules that rivers may sue",
            "said",
            "Court rules that rivers may sue",
        ),
        ("en", "poem", "Since the clocks stopped, Otto has been twelve", "a_hero", ""),
        ("en", "trailer", "Our village's forgotten choir", "a_hero", ""),
        (
            *("en", "poem", "Record number of storks return to Alsace", "said"),
            "Record number of storks return to Alsace",
        ),
        (
            *("en", "poem", "Is it possible to forget your own name?", "part"),
            "forgetting your own name",
        ),
        ("en", "poem", "The boy whose dreams came true a day too late", "part", ""),
        ("de", "poem", "Kann man seinen eigenen Namen vergessen?", "topic", "der Name"),
        ("de", "poem", "Der Koch und die Admiralin", "hero_d", "dem Koch und der Admiralin"),
        (
            *("de", "product", "Besser schlafen ohne Bildschirm", "task_zu"),
            "ohne Bildschirm besser zu schlafen",
        ),
        (
            *("de", "product", "Einen Reifen in zehn Minuten flicken", "task_zu"),
            "einen Reifen in zehn Minuten zu flicken",
        ),
        (
            *("de", "product", "Ein Zimmer an einem Nachmittag streichen", "task_zu"),
            "ein Zimmer an einem Nachmittag zu streichen",
        ),
        ("de", "poem", "Seit wann benutzen Menschen Gabeln?", "topic_d", "Gabeln"),
        (
            *("en", "poem", "Thieves return stolen violin with a note", "deed"),
            "return a stolen violin with a note",
        ),
        (
            *("de", "product", "Reis kochen ohne dass er anbrennt", "task_zu"),
            "Reis zu kochen, ohne dass er anbrennt",
        ),
        ("de", "poem", "Treiblicht: eine Laterne", "topic", "Treiblicht"),
        ("de", "product", "Sch\u00f6ner scheitern", "task_zu", "sch\u00f6ner zu scheitern"),
        ("de", "story", "Bring deinem Hund bei, zu warten", "tag", ""),
        ("de", "story", "Forschern gelingt Ernte", "hero", ""),
        ("de", "story", "Wenn Oma Skateboard f\u00e4hrt", "hero", "Oma"),
    ],
)
def test_the_words_around_a_noun_keep_what_they_mean(
    language: str, template: str, idea: str, slot: str, value: str
) -> None:
    assert slots(language, template, idea).get(slot, "") == value


def test_what_is_over_is_not_asked_of_the_future() -> None:
    for seed in range(6):
        brief = Brief(
            idea="Die Frau, die ihren Schatten verkaufte", template="trailer", language="de"
        )
        spoken = " ".join(scene.narration for scene in write_builtin(brief, seed=seed).scenes)
        assert "geschieht, wenn" not in spoken


@pytest.mark.parametrize(
    ("language", "idea", "told"),
    [
        (
            "en",
            "Two sisters who haven't spoken since 1998 get stuck in a lift on the day of their"
            " mother's funeral, and only one of them knows why their father left",
            "And only one of them knows why their father left.",
        ),
        (
            "de",
            "Am ersten Mai findet die B\u00fcrgermeisterin einer kleinen Stadt ein Walbaby"
            " im Freibad und beschlie\u00dft gegen jeden Rat, ihm den Weg ins Meer zu zeigen",
            "Und beschlie\u00dft gegen jeden Rat, ihm den Weg ins Meer zu zeigen.",
        ),
    ],
)
def test_an_idea_too_long_for_a_scene_goes_on_in_the_next(
    language: str, idea: str, told: str
) -> None:
    first, second, *_ = film(language, "story", idea, seconds=60).scenes
    assert first.narration and idea.startswith(first.narration.rstrip("."))
    assert second.narration.startswith(told)


@pytest.mark.parametrize(
    ("language", "idea"),
    [("en", "life after the mine"), ("de", "Die Toten schreiben nicht zur\u00fcck")],
)
@pytest.mark.parametrize("template", ["documentary", "listicle"])
def test_a_film_quotes_three_times_at_most(language: str, idea: str, template: str) -> None:
    lines = [scene.narration for scene in film(language, template, idea, seconds=45).scenes]
    assert sum("\u201c" in line or "\u201e" in line for line in lines) <= 3
