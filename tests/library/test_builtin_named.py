"""What a film speaks of: all that its idea surely names, in the order in which it comes."""

from collections.abc import Sequence

import pytest

from onereel.story.builtin.packs import packs
from onereel.story.builtin.reading import read_idea

NAMES = ("hero", "topic", "part", "focus")


def named(language: str, template: str, idea: str) -> Sequence[str]:
    """The things that a film of the idea goes round; nothing where it would quote the idea."""
    frame = read_idea(idea, packs()[language], [template], numbered=False)
    if "verbatim" in frame.tags:
        return []
    if language == "en":
        return [frame.slots["part"], *(part.slots["part"] for part in frame.parts)]
    main = next(frame.slots[name] for name in NAMES if frame.slots.get(name))
    return [main, *(next(iter(part.slots.values())) for part in frame.parts)]


@pytest.mark.parametrize(
    ("template", "idea", "things"),
    [
        # Two nouns that are one thing.
        ("explainer", "supply and demand", "supply and demand"),
        ("explainer", "pros and cons of remote work", "the pros and cons of remote work"),
        ("explainer", "bitcoin vs gold", "bitcoin versus gold"),
        # What stands between a subject and its verb.
        (
            "explainer",
            "How do noise cancelling headphones actually work?",
            "noise cancelling headphones",
        ),
        ("news", "Train derails near Innsbruck, 12 injured", "the train"),
        ("product", "an app that waters your plants while you are away", "the app"),
        ("documentary", "Stray dogs of Moscow ride the subway", "stray dogs of Moscow, the subway"),
        ("poem", "my grandmother's hands kneading dough at dawn", "my grandmother's hands"),
        # A word that is somebody, a clause without a word of its own, an idiom.
        ("explainer", "What is a comet and could one hit us", "the comet"),
        ("explainer", "the real reason airplane windows are round", "airplane windows"),
        ("howto", "sourdough starter from scratch", "the sourdough starter"),
        ("lesson", "The difference between there, their and they're", "the difference"),
        # What is what it is about, and not where or for whom.
        ("trailer", "In a world without sleep, one girl dreams", "the girl"),
        ("explainer", "Inflation, explained with pizza", "inflation"),
        ("explainer", "explain tides to my 8 year old", "tides"),
        ("trailer", "They came for the gold", "the gold"),
        ("howto", "getting rid of fruit flies", "getting rid of fruit flies"),
        ("explainer", "What's the difference between a virus and a prion?", "the virus, the prion"),
        ("explainer", "Why is rent so expensive?", "rent"),
        ("explainer", "what makes sourdough sour", "sourdough"),
        ("explainer", "why are manhole covers round", "manhole covers"),
        ("explainer", "How long does it take to get to Mars?", "Mars"),
        ("explainer", "Cryptocurrency wallets explained", "cryptocurrency wallets"),
        ("explainer", "the rise and fall of Blockbuster", "the rise and fall of Blockbuster"),
        ("documentary", "What happened to the Route 66 motels", "the Route 66 motels"),
        ("documentary", "Plastic in the Arctic", "plastic, the Arctic"),
        ("musicvideo", "barefoot on the beach before sunrise", "the beach"),
        ("poem", "my grandfather's radio still plays", "my grandfather's radio"),
        (
            "news",
            "Driver hailed after pulling child from river",
            "the driver, the child, the river",
        ),
        ("musicvideo", "taxi lights reflected in puddles", "taxi lights, puddles"),
        ("trailer", "They told us the dam would hold", "the dam"),
        ("trailer", "When the tide goes out, something walks in", "the tide"),
        ("trailer", "She has a day to find her own killer", "the killer"),
        ("news", "Whale stranded in Baltic Sea", "the whale, the Baltic Sea"),
        ("news", "Zoo's oldest elephant turns 60", "the zoo's oldest elephant"),
        ("lesson", "The causes of the First World War", "the causes of the First World War"),
        ("howto", "whistle with two fingers", "whistling with two fingers"),
        ("howto", "get candle wax out of a carpet", "getting candle wax out of a carpet"),
        ("howto", "how do i train my dog", "training your dog"),
        ("howto", "Sleep better", "sleeping better"),
        # What is sold.
        ("product", "the softest hoodie you will ever own", "the softest hoodie"),
        ("product", "Natural shampoo bars with mint", "natural shampoo bars"),
        ("product", "PocketGarden: grow basil on your desk", "PocketGarden"),
        ("product", "Never iron a shirt again. Meet Steamly", "Steamly, the shirt"),
        ("product", "Freshly roasted coffee, ready at your door", "freshly roasted coffee"),
        ("product", "Tired of tangled cables? Meet CordKeeper", "CordKeeper, tangled cables"),
        (
            "product",
            "Your new favourite notebook: 120 pages of stone paper",
            "the notebook, the pages of stone paper",
        ),
        # How large a thing is, who is meant, what somebody is kept from.
        (
            "product",
            "TrailMug: a 450 ml titanium mug that keeps coffee hot, made in Oregon",
            "TrailMug, the titanium mug",
        ),
        ("product", "a 40 litre backpack for people who hate checking luggage", "the backpack"),
        ("documentary", "women who run the night markets of Taipei", "the women"),
        (
            "howto",
            "Stop your dog from barking at the postman",
            "stopping your dog from barking",
        ),
        (
            "product",
            "Meet Nestle & Bloom, a subscription box of seeds for gardeners",
            "Nestle and Bloom, the subscription box of seeds",
        ),
        (
            "product",
            "Our new rain jacket weighs 180 grams and fits in your pocket",
            "our new rain jacket",
        ),
        (
            "explainer",
            "what actually happens to your brain when you don't sleep",
            "the brain",
        ),
        ("lesson", "What are tectonic plates?", "tectonic plates"),
        (
            "lesson",
            "The difference between weather and climate",
            "the difference between weather and climate",
        ),
        ("poem", "an old dog sleeping in the sun", "the old dog, the sun"),
        ("trailer", "He was paid to forget her. She was paid to remind him.", "him"),
        ("listicle", "things my dad taught me about money", "money"),
        ("explainer", "why are some people left-handed", "this question"),
        (
            "product",
            "Olive & Ash: candles that smell of old libraries",
            "Olive and Ash, the candles",
        ),
        (
            "story",
            "Two rival bakers in the same street wake up in each other's bodies",
            "the rival bakers, the street",
        ),
        (
            "news",
            "Museum in Leeds finds lost Turner painting behind a cupboard",
            "the museum, the lost Turner painting, the cupboard",
        ),
        ("howto", "Change a flat tire on the side of the road", "changing the flat tire"),
        (
            "trailer",
            "A chef with no sense of taste, a critic, one kitchen",
            "the chef, the critic, the kitchen",
        ),
        ("news", "Trains cancelled across the north as heavy snow continues", "the trains"),
        ("listicle", "3 things nobody tells you about moving to a town", "moving to a town"),
        ("howto", "how to tie a tie when you are in a hurry", "the tie"),
        ("story", 'A nurse finds a note in a dead man\'s shoe: "Feed my cat"', "the note"),
        # What may be a noun and its verb is named by neither; an hour is no thing.
        ("trailer", "At 3 a.m. every phone in the city rings. Nobody answers.", "the phones"),
        ("story", "The night the carnival left town without my brother", "my brother"),
        ("explainer", "What does a black hole sound like?", "the black hole"),
        ("poem", "grandad's shed in november", "grandad's shed"),
        ("documentary", "women's football in the 1920s", "women's football, the 1920s"),
        ("lesson", "How photosynthesis works - for 10 year olds", "photosynthesis"),
        ("trailer", "1962. A submarine. One man says no.", "the submarine, the man"),
        ("howto", "i want to learn juggling in a weekend", "juggling in a weekend"),
    ],
)
def test_an_english_film_goes_round_what_its_idea_names(
    template: str, idea: str, things: str
) -> None:
    assert ", ".join(named("en", template, idea)) == things


@pytest.mark.parametrize(
    ("template", "idea", "things"),
    [
        # An infinitive behind "beim", adjectives that are nouns, a noun in front of its verb.
        ("explainer", "Warum weint man beim Zwiebelschneiden?", "das Zwiebelschneiden"),
        (
            "trailer",
            "F\u00fcnf Fremde wachen nach Ladenschluss in einem Supermarkt auf",
            "die Fremden, der Ladenschluss, der Supermarkt",
        ),
        ("explainer", "Warum Flugzeugfenster rund sind", "die Flugzeugfenster"),
        ("news", "Mieten in K\u00f6ln um neun Prozent gestiegen", "die Mieten"),
        ("news", "Br\u00fccke nach Schiffsunfall gesperrt", "die Br\u00fccke, der Schiffsunfall"),
        ("documentary", "Warum der Aralsee verschwand", "der Aralsee"),
        # An hour is no clock, a dative no subject, and nobody sells a problem.
        (
            "trailer",
            "Um drei Uhr nachts klingeln alle Telefone der Stadt",
            "die Telefone, die Stadt",
        ),
        ("documentary", "Imkern auf den D\u00e4chern von Paris", "die D\u00e4cher, Paris"),
        ("documentary", "Wie die Kartoffel Europa ver\u00e4nderte", "die Kartoffel"),
        ("product", "Kabelsalat? Der KabelKrebs h\u00e4lt Ordnung.", "KabelKrebs"),
        ("product", "Der Kieselbecher: Kaffee, der hei\u00df bleibt", "der Kieselbecher"),
        ("listicle", "Was man f\u00fcr eine Woche in den Bergen braucht", "die Berge"),
        (
            "story",
            "Der Papagei meiner Nachbarin spricht mit der Stimme ihres toten Mannes",
            "der Papagei, die Stimme",
        ),
        # Its adjectives, and what shares its last part.
        (
            "explainer",
            "Schwarze L\u00f6cher und was passiert, wenn man hineinf\u00e4llt",
            "schwarze L\u00f6cher",
        ),
        (
            "explainer",
            "Vor- und Nachteile von Homeoffice",
            "die Vor- und Nachteile, das Homeoffice",
        ),
        ("documentary", "24 Stunden in einem Tokioter Supermarkt", "der Supermarkt"),
        # A relative pronoun tells one from many, and a verb who acts.
        ("poem", "An den Busfahrer, der gewartet hat", "der Busfahrer"),
        (
            "trailer",
            "In einer Welt ohne Schlaf tr\u00e4umt ein M\u00e4dchen",
            "das M\u00e4dchen",
        ),
        ("trailer", "die buchhalterin die ihre bank ausraubt", "die Buchhalterin, die Bank"),
        ("poem", "heute habe ich deine stimme vergessen", "deine Stimme"),
        ("documentary", "Wie Island Bananen anbaut", "Island"),
        ("documentary", "Was wurde aus den Motels der Route 66", "die Route, die Motels"),
        (
            "documentary",
            "Aufwachsen in einer Zirkusfamilie",
            "das Aufwachsen in einer Zirkusfamilie",
        ),
        ("lesson", "Die Weimarer Republik", "die Weimarer Republik"),
        ("explainer", "Was sagt die Schufa wirklich aus?", "die Schufa"),
        ("explainer", "was macht sauerteig sauer", "der Sauerteig"),
        (
            "explainer",
            "Quantenverschr\u00e4nkung einfach erkl\u00e4rt",
            "die Quantenverschr\u00e4nkung",
        ),
        ("trailer", "Niemand verl\u00e4sst Zimmer 9", "Zimmer 9"),
        ("trailer", "Tief unter Paris bewegen sich die Katakomben", "Paris"),
        ("trailer", "Agent Fuchs", "Agent Fuchs"),
        (
            "news",
            "\u00c4ltester Elefant im Zoo wird 60",
            "der \u00e4lteste Elefant, der Zoo",
        ),
        (
            "news",
            "Bauern blockieren Autobahn wegen Milchpreisen",
            "die Bauern, die Milchpreise",
        ),
        # What is sold.
        ("product", "Feste Shampoos mit Minze", "feste Shampoos mit Minze"),
        ("product", "StepLight: Schuhe, die dein Handy laden", "StepLight"),
        ("product", "nie wieder nasse socken", "nasse Socken"),
        ("product", "Wir reparieren alte Uhren", "alte Uhren"),
        ("product", "Glutenfreie Pfannkuchenmischung", "glutenfreie Pfannkuchenmischung"),
        ("product", "Frisch ger\u00f6steter Kaffee, jeden Tag", "frisch ger\u00f6steter Kaffee"),
        ("product", "Genug vom Kabelsalat? Hier kommt Ordnex", "Ordnex"),
        (
            "product",
            "Dein neues Lieblingsnotizbuch: 120 Seiten aus Steinpapier",
            "dein neues Lieblingsnotizbuch",
        ),
        (
            "product",
            "Klavierunterricht online f\u00fcr Erwachsene, die nie Zeit hatten",
            "der Klavierunterricht",
        ),
        # Somebody without a name, and what the next sentence names; nouns that only count.
        (
            "trailer",
            "Sie hatte alles vergessen. Bis auf eine Telefonnummer.",
            "sie, die Telefonnummer",
        ),
        ("story", "Hunderte Menschen warten auf einen Zug", "die Menschen"),
        (
            "story",
            "Nach der Flut rudert der alte Hinnerk durchs Dorf",
            "Hinnerk, das Dorf, die Flut",
        ),
        (
            "musicvideo",
            "Scheinwerfer auf der Landstra\u00dfe, das Radio rauscht, keiner sagt ein Wort",
            "das Radio",
        ),
        (
            "news",
            "Waldbrand bei J\u00fcterbog: 300 Menschen m\u00fcssen ihre H\u00e4user verlassen",
            "der Waldbrand, die H\u00e4user",
        ),
        (
            "news",
            "Forscher entdecken neue Froschart, kleiner als ein Fingernagel",
            "die Forscher",
        ),
        ("product", "Kochbox f\u00fcr Leute mit Nachtschicht", "die Kochbox"),
        ("explainer", "Was ist ein Schwarzes Loch?", "das Schwarze Loch"),
        ("explainer", "Warum ist das Tote Meer so salzig?", "das Tote Meer"),
        (
            "news",
            "Museum findet verschollenes Gem\u00e4lde hinter einem Schrank",
            "das Museum, das Gem\u00e4lde, der Schrank",
        ),
    ],
)
def test_a_german_film_goes_round_what_its_idea_names(
    template: str, idea: str, things: str
) -> None:
    assert ", ".join(named("de", template, idea)) == things


@pytest.mark.parametrize(
    ("template", "idea", "task"),
    [
        (
            "howto",
            "Nein sagen ohne schlechtes Gewissen",
            "ohne schlechtes Gewissen Nein zu sagen",
        ),
        ("howto", "Fruchtfliegen loswerden", "Fruchtfliegen loszuwerden"),
        (
            "howto",
            "wie bringe ich mein kleinkind dazu, gem\u00fcse zu essen",
            "dein Kleinkind dazu zu bringen, Gem\u00fcse zu essen",
        ),
        (
            "howto",
            "Einen Reifen wechseln am Stra\u00dfenrand",
            "am Stra\u00dfenrand einen Reifen zu wechseln",
        ),
        (
            "howto",
            "Kaffeemaschine mit Essig entkalken",
            "eine Kaffeemaschine mit Essig zu entkalken",
        ),
    ],
)
def test_a_german_task_has_its_articles(template: str, idea: str, task: str) -> None:
    frame = read_idea(idea, packs()["de"], [template], numbered=False)
    assert frame.slots["task_zu"] == task


@pytest.mark.parametrize(
    ("language", "template", "idea", "title"),
    [
        ("en", "listicle", "top ten castles in wales", "Top Ten Castles in Wales"),
        ("en", "news", "ferry stuck near innsbruck", "Ferry Stuck Near Innsbruck"),
        ("en", "explainer", "The placebo effect, explained in one minute", "The Placebo Effect"),
        ("de", "explainer", "Der Placeboeffekt in einer Minute erkl\u00e4rt", "Der Placeboeffekt"),
        ("de", "lesson", "Photosynthese in einfachen Worten", "Photosynthese"),
        ("de", "explainer", "lohnen sich balkonkraftwerke", "Lohnen sich Balkonkraftwerke?"),
        (
            "de",
            "story",
            "die katze die b\u00fcrgermeister werden wollte",
            "Die Katze, die B\u00fcrgermeister werden wollte",
        ),
        (
            "de",
            "poem",
            "das ger\u00e4usch wenn mein vater sich rasiert",
            "Das Ger\u00e4usch, wenn mein Vater sich rasiert",
        ),
    ],
)
def test_a_title_has_the_points_and_capitals_that_were_left_out(
    language: str, template: str, idea: str, title: str
) -> None:
    frame = read_idea(idea, packs()[language], [template], numbered=False)
    assert frame.title == title


def test_a_clause_of_its_own_is_no_part_of_a_deed() -> None:
    idea = "mein nachbar baut ein boot und es passt nicht durch die t\u00fcr"
    assert "told_last" not in packs()["de"].analyse(idea, template="story").slots


@pytest.mark.parametrize(
    ("language", "idea", "theme"),
    [
        ("en", "getting rid of fruit flies", "any"),
        ("en", "A single stain", "any"),
        ("de", "Warum weint man", "any"),
        ("de", "Vor- und Nachteile", "any"),
        ("en", "a night at the harbour", "sea"),
    ],
)
def test_a_word_beside_the_subject_calls_no_theme(language: str, idea: str, theme: str) -> None:
    assert packs()[language].analyse(idea, template="explainer").themes[0] == theme


@pytest.mark.parametrize(
    ("language", "template", "idea", "lead"),
    [
        ("en", "listicle", "Seven", "seven"),
        ("de", "documentary", "Frauen der", "Frauen der"),
        ("de", "explainer", "Zinseszins", "Zinseszins"),
    ],
)
def test_an_idea_that_stops_short_is_read(
    language: str, template: str, idea: str, lead: str
) -> None:
    assert read_idea(idea, packs()[language], [template], numbered=False).subject == lead
