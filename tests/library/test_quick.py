"""The quick estimate: never below what the film costs once it is written and spoken."""

import random
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest

from onereel.home import Home
from onereel.library.edits.changes import read_changes
from onereel.library.edits.editing import apply
from onereel.library.edits.revision import Version
from onereel.library.prices.quick import quick_estimate
from onereel.options import FilmOptions
from onereel.settings import BuyingSettings, GoogleSettings, OllamaSettings, Settings, VoiceSettings
from onereel.shoot.models.registry import Registry
from onereel.shoot.order import PaidOptions
from onereel.shoot.prices.bounds import longest_clips
from onereel.shoot.prices.estimate import estimate
from onereel.shoot.prices.lengths import clip_duration
from onereel.story.brief import Brief
from onereel.story.builtin import plan_scenes, write_builtin
from onereel.story.screenplay import Scene, Screenplay
from onereel.story.templates.built_in import templates
from onereel.story.writers.ollama import write_with_ollama
from onereel.voice.narrate import narrate
from tests.standins.ollama import OllamaStandIn

IDEAS = {
    "en": ("A lighthouse keeper finds a message in a bottle", "Five tricks for better sleep"),
    "de": ("Ein Uhrmacher repariert die Zeit", "Wie finden Bienen nach Hause?"),
    "fr": ("Un gardien de phare trouve une bouteille", "Cinq astuces pour mieux dormir"),
    "es": ("Un farero encuentra un mensaje en una botella", "Cinco trucos para dormir mejor"),
}
MODELS = ("", "veo-3.1-lite-generate-001", "gemini-omni-1.2-flash", "gemini-omni-1.1-flash")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("home")
    return Home(private=folder / "private", media=folder / "media")


@dataclass
class Wish:
    brief: Brief
    options: FilmOptions


def wish(seed: int) -> Wish:
    pick = random.Random(seed)
    language = pick.choice(list(IDEAS))
    model = pick.choice(MODELS)
    longest = 15 if model == "gemini-omni-1.2-flash" else pick.choice([8, 8, 6])
    duration = pick.choice([6, 12, 20, 30, 37.5, 45, 60, 250])
    scenes = pick.choice([0, 0, 0, -(-duration // longest), 2 + duration // 3])
    brief = Brief(
        idea=pick.choice(IDEAS[language]),
        language=language,
        duration=duration,
        template=pick.choice(list(templates())),
        scene_count=int(min(scenes, 40)) if scenes >= duration / longest else 0,
        longest_shot=longest,
        aspect=pick.choice(["16:9", "9:16", "1:1"]),
    )
    options = FilmOptions(
        renderer="omni" if "omni" in model else "veo",
        renderer_model=model,
        resolution=pick.choice(["720p", "1080p"]),
        speed=pick.choice([0.5, 0.8, 1, 1, 1.3, 2]),
        seed=seed,
    )
    return Wish(brief, options)


def real(screenplay: Screenplay, options: FilmOptions, home: Home) -> Decimal:
    """What the price card says of the film once its voice is measured."""
    spoken = narrate(screenplay, home=home, voice="espeak", speed=options.speed)
    asked = PaidOptions(
        renderer=options.renderer,
        model=options.renderer_model,
        resolution=options.resolution,
        seed=options.seed,
    )
    total = estimate(spoken.screenplay, asked, home=home, settings=Settings()).total
    assert total is not None
    return total


@pytest.mark.parametrize("seed", range(14))
def test_a_spoken_film_costs_no_more_than_its_quick_estimate(seed: int, home: Home):
    wanted = wish(seed)
    written = write_builtin(wanted.brief, seed=seed)
    cost = real(written, wanted.options, home)
    before = quick_estimate(wanted.brief, wanted.options, home=home, settings=Settings())
    between = quick_estimate(written, wanted.options, home=home, settings=Settings())
    assert before.scenes == len(written.scenes)
    assert before.at_most is not None
    assert between.at_most is not None
    assert before.at_most >= cost
    assert between.at_most >= cost
    # A ceiling that says nothing would always hold.
    assert between.at_most <= cost * 3


@pytest.mark.parametrize("scenes", [0, 5])
async def test_a_film_of_a_language_model_costs_no_more_either(scenes: int, home: Home):
    brief = Brief(idea=IDEAS["en"][0], duration=30, scene_count=scenes)
    options = FilmOptions(writer="ollama", model="llama3.2", renderer="veo")
    quote = quick_estimate(brief, options, home=home, settings=Settings())
    with OllamaStandIn() as ollama:
        settings = OllamaSettings(host=ollama.url)
        written = await write_with_ollama(brief, settings=settings, model="llama3.2")
    assert quote.at_most is not None
    assert quote.at_most >= real(written, options, home)


@pytest.mark.parametrize("seed", range(6))
def test_any_screenplay_costs_no_more_either(seed: int, home: Home):
    pick = random.Random(seed)
    sentences = ("The sea is calm tonight.", "Nobody looks up, and nobody asks why.", "Wait!")
    scenes = tuple(
        Scene(
            id=f"s{number}",
            narration=" ".join(pick.choices(sentences, k=pick.choice([0, 1, 2, 4, 9]))),
            prompt="the sea",
            duration=Fraction(pick.randint(10, 80), 10),
            transition=pick.choice(["cut", "dissolve", "fade"]),
        )
        for number in range(pick.randint(1, 8))
    )
    total = min(sum((scene.duration for scene in scenes), Fraction(0)), Fraction(60))
    brief = Brief(idea="The sea", duration=max(total, Fraction(4)))
    play = Screenplay(title="Sea", brief=brief, scenes=scenes)
    options = FilmOptions(renderer="omni", seed=seed)
    quote = quick_estimate(play, options, home=home, settings=Settings())
    assert quote.at_most is not None
    assert quote.at_most >= real(play, options, home)


@pytest.mark.parametrize("name", ["veo-3.1-fast-generate-001", "gemini-omni-1.2-flash"])
@pytest.mark.parametrize("seed", range(4))
def test_no_lengths_of_the_scenes_have_longer_clips(name: str, seed: int, home: Home):
    pick = random.Random(seed)
    model = Registry.load(home).model(name)
    count, total = pick.randint(2, 6), pick.randint(12, 30)
    brief = Brief(idea="The sea", duration=total, longest_shot=8, exact=True)
    play = Screenplay(
        title="Sea",
        brief=brief,
        scenes=tuple(
            Scene(id=f"s{n}", transition=pick.choice(["cut", "dissolve"]), duration=1)
            for n in range(count)
        ),
    )

    def clips(film: Screenplay) -> int:
        return sum(clip_duration(film, at, model) for at in range(count))

    legal = model.legal_durations()
    dearest = clips(longest_clips(play, legal, spoken=Fraction(0), speed=1))
    for _ in range(300):
        left, lengths = Fraction(total - count), []
        for _scene in play.scenes:
            more = min(Fraction(pick.randint(0, 168), 24), left)
            left -= more
            lengths.append(1 + more)
        pick.shuffle(lengths)
        pairs = zip(play.scenes, lengths, strict=True)
        film = play.replace(scenes=tuple(scene.replace(duration=each) for scene, each in pairs))
        assert clips(film) <= dearest


def test_it_says_why_the_film_may_not_be_bought(home: Home):
    brief = Brief(idea=IDEAS["en"][0], duration=30)
    options = FilmOptions(renderer="omni")
    key = GoogleSettings(gemini_api_key="AIza" + "x" * 35)

    def why(**settings: object) -> str:
        return quick_estimate(
            brief, options, home=home, settings=Settings.model_validate(settings)
        ).card.refusal

    assert "settings buying on" in why()
    assert "settings set gemini-api-key" in why(buying=BuyingSettings(on=True))
    on = BuyingSettings(on=True, day=Decimal("0.50"))
    assert "settings buying on --day" in why(buying=on, google=key)
    assert why(buying=BuyingSettings(on=True, day=Decimal(50)), google=key) == ""


def test_a_film_that_the_model_cannot_shoot_has_no_price_but_a_reason(home: Home):
    brief = Brief(idea=IDEAS["en"][0], duration=30)
    options = FilmOptions(renderer="veo", resolution="480p")
    quote = quick_estimate(brief, options, home=home, settings=Settings())
    assert quote.at_most is None
    assert not quote.allowed
    assert "720p, 1080p or 4k" in quote.card.refusal


def test_a_draft_is_free_and_needs_no_permission(home: Home):
    quote = quick_estimate(
        Brief(idea=IDEAS["en"][0], duration=45), FilmOptions(), home=home, settings=Settings()
    )
    assert (quote.at_most, quote.allowed, quote.seconds) == (0, True, 45)
    assert quote.scenes == plan_scenes(Brief(idea=IDEAS["en"][0], duration=45))


def test_only_approved_scenes_are_counted(home: Home):
    brief = Brief(idea=IDEAS["en"][0], duration=12, scene_count=3)
    first, *rest = write_builtin(brief).scenes
    play = write_builtin(brief).replace(scenes=(first.replace(approved=True), *rest))
    options = FilmOptions(renderer="veo", scenes="approved scenes")
    quote = quick_estimate(play, options, home=home, settings=Settings())
    assert [line.scene_id for line in quote.card.scenes] == [first.id]
    assert quote.scenes == 3


def test_what_would_be_cheaper_is_a_ceiling_too(home: Home):
    brief = Brief(idea=IDEAS["en"][0], duration=30)
    settings = Settings()
    quote = quick_estimate(brief, FilmOptions(renderer="veo"), home=home, settings=settings)
    lite = next(each for each in quote.card.alternatives if "Lite" in each.words)
    options = FilmOptions(renderer="veo", renderer_model="veo-3.1-lite-generate-001")
    assert lite.total == quick_estimate(brief, options, home=home, settings=settings).at_most
    assert not lite.reached


def test_a_measured_film_is_priced_as_it_is(home: Home):
    brief = Brief(idea=IDEAS["en"][0], duration=12, scene_count=3)
    options = FilmOptions(renderer="veo")
    written = write_builtin(brief)
    settings = Settings(voice=VoiceSettings(engine="espeak"))
    spoken = narrate(written, home=home, voice="espeak").screenplay
    before, between, after = (
        quick_estimate(each, options, home=home, settings=settings)
        for each in (brief, written, spoken)
    )
    assert [each.quick for each in (before, between, after)] == [True, True, False]
    assert after.at_most == real(written, options, home)
    assert before.at_most is not None
    assert before.at_most >= (between.at_most or 0) >= (after.at_most or 0)
    for other in ({"speed": 0.8}, {"voice": "English (Scotland)"}, {"seed": 7}):
        changed = options.replace(**other)
        assert quick_estimate(spoken, changed, home=home, settings=settings).quick


@pytest.mark.parametrize("seed", range(5))
def test_an_edited_film_costs_no_more_and_its_other_scenes_what_they_did(seed: int, home: Home):
    pick = random.Random(seed)
    brief = Brief(idea=IDEAS["en"][0], duration=24)
    options = FilmOptions(renderer=pick.choice(["veo", "omni"]))
    play = narrate(write_builtin(brief, seed=seed), home=home, voice="espeak").screenplay
    words = ("He runs.", "Nobody looks up, and nobody asks why the lamp is dark.", "The sea waits.")
    scene = pick.choice(play.scenes).id
    texts = " ".join(pick.choices(words, k=pick.randint(1, 4)))
    changes = [
        {"op": "set", "scene": scene, "fields": {"narration": texts}},
        {"op": "set", "scene": pick.choice(play.scenes).id, "fields": {"duration": 1.5}},
    ]
    version = Version(screenplay=play, options=options)
    edited = apply(read_changes(changes), version).version
    assert edited.screenplay is not None
    settings = Settings(voice=VoiceSettings(engine="espeak"))
    quote = quick_estimate(edited.screenplay, options, home=home, settings=settings)
    cost = real(edited.screenplay, options, home)
    assert quote.quick
    assert quote.at_most is not None
    assert cost <= quote.at_most <= cost * Decimal("1.6")
