"""Long films, written act by act by models whose context is small, and coherent as a whole."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from onereel.errors import (
    Cancelled,
    ChooseAnotherModel,
    OneReelError,
    RaiseCap,
    ResolveTakes,
    TryAgain,
)
from onereel.home import Home
from onereel.library.prices.quick import quick_estimate
from onereel.options import FilmOptions
from onereel.remote import Patience, Remote
from onereel.settings import (
    BuyingSettings,
    GoogleSettings,
    OllamaSettings,
    Settings,
    WritingSettings,
)
from onereel.shoot.ledger import Ledger, Spending
from onereel.stage import Work
from onereel.story.acts.coherence import misspelled, repeats, without_repeats
from onereel.story.acts.plan import acts_of, planned
from onereel.story.brief import Brief
from onereel.story.screenplay import Screenplay
from onereel.story.sentences import sentences
from onereel.story.split import split_scenes
from onereel.story.writers.answer import AnswerScene
from onereel.story.writers.asking import tokens
from onereel.story.writers.gemini_words import room as gemini_room
from onereel.story.writers.language_model import Room
from onereel.work import Cancel, Progress, Report
from onereel.writers import WRITERS
from tests.library.long_films import CAST, COAT, OILSKIN, STAIRS, WORN, Novelist
from tests.standins import Fault, Google
from tests.standins.google import GEMINI_KEY
from tests.standins.ollama import Cut, Hang, Model, OllamaStandIn, Refuse, Say

LONG = Brief(
    idea="A lighthouse keeper who is afraid of the dark", duration=Fraction(600), scene_count=75
)
PAID = LONG.replace(duration=Fraction(960), scene_count=120)
SMALL = Model(context_length=4096, capabilities=("completion",))
PATIENCE = Patience(connect=5, silence=2, call=5, attempts=3, base=0.01, most=0.05)


class Desk:
    """A home, and the writers of long films that work there."""

    def __init__(self, folder: Path, google: Google, ollama: OllamaStandIn) -> None:
        self.home = Home(folder / "private", folder / "media")
        self.google = google
        self.ollama = ollama
        self.novelist = Novelist()
        self.heard: list[Report] = []
        self.cancel = Cancel()
        google.gemini.writes = self.novelist.for_gemini
        ollama.writes = self.novelist.for_ollama
        ollama.models = (SMALL,)

    def settings(self, **buying: Any) -> Settings:
        return Settings(
            google=GoogleSettings(gemini_address=self.google.url, gemini_api_key=GEMINI_KEY),
            ollama=OllamaSettings(host=self.ollama.url, timeout=5),
            buying=BuyingSettings(on=True, **{"film": "100", "day": "100", **buying}),
            writing=WritingSettings(),
        )

    async def write(self, writer: str, brief: Brief, **buying: Any) -> Screenplay:
        work = Work(
            self.home,
            self.settings(**buying),
            progress=Progress(self.heard.append),
            cancel=self.cancel,
        )
        told: dict[str, Any] = {"model": "llama3.2", "seed": 0}
        if writer == "gemini":
            told = {"model": "", "seed": 0, "remote": Remote(PATIENCE)}
        made = await WRITERS[writer].run(work, brief=brief, **told)
        found: Screenplay = made["screenplay"]
        return found

    async def small(self, brief: Brief = LONG) -> Screenplay:
        """By a model that keeps 4096 tokens in mind."""
        return await self.write("ollama", brief)

    def spent(self) -> tuple[Spending, ...]:
        with Ledger.open(self.home) as ledger:
            return ledger.spendings()

    def notes(self) -> list[str]:
        return [report.note for report in self.heard]

    def left(self) -> list[str]:
        """What lies in the folder of scripts."""
        return sorted(path.name for path in (self.home.private / "scripts").glob("*"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Google() as google, OllamaStandIn() as ollama:
        yield Desk(tmp_path, google, ollama)


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def check_coherent(film: Screenplay, brief: Brief = LONG) -> None:
    """What the assembled script is: nothing twice, one style, one length, names as in the cast."""
    assert len(film.scenes) == brief.scene_count
    assert [scene.id for scene in film.scenes] == [
        f"s{number:02d}" for number in range(1, brief.scene_count + 1)
    ]
    assert abs(film.duration - brief.duration) <= brief.duration / 20
    assert all(1 <= scene.duration <= brief.longest_shot for scene in film.scenes)
    lines = Counter(plain(line) for each in film.scenes for line in sentences(each.narration))
    assert max(lines.values()) == 1, lines.most_common(3)
    pictures = Counter(plain(scene.prompt) for scene in film.scenes)
    assert max(pictures.values()) == 1, pictures.most_common(3)
    assert [person.name for person in film.cast] == [CAST]
    assert all("lantern light" in scene.prompt for scene in film.scenes)
    named = re.findall(r"\bAnd\w+", " ".join(f"{s.narration} {s.prompt}" for s in film.scenes))
    assert set(named) <= {CAST}
    assert Screenplay.from_json(film.to_json()) == film


def steps(film: Screenplay) -> list[int]:
    return [int(found) for s in film.scenes for found in re.findall(r"^Step (\d+)", s.narration)]


def acts_in(desk: Desk) -> int:
    return len({step for step in desk.novelist.asked if step.startswith("act")})


async def test_75_scenes_within_4096_tokens(desk: Desk) -> None:
    film = await desk.small()
    check_coherent(film)
    # One story: each act went on from what it was shown of the one before.
    assert steps(film) == list(range(1, 76))
    assert film.writer == "ollama:llama3.2"
    assert film.title == "Every Step"
    asked = desk.ollama.asked("/api/chat")
    assert desk.novelist.asked[0] == "outline"
    assert len(asked) == 1 + acts_in(desk)
    assert acts_in(desk) > 10
    # The server loads the model anew for each size of its context.
    assert {request["options"]["num_ctx"] for request in asked} == {4096}
    for request, seen in zip(asked, desk.ollama.seen, strict=True):
        assert all(message["content"] in seen for message in request["messages"])
    assert desk.ollama.loaded == {}


async def test_each_act_knows_the_outline_and_where_the_film_is(desk: Desk) -> None:
    await desk.small()
    acts = [seen for seen in desk.ollama.seen if "Write act" in seen]
    for seen in acts:
        assert "Every Step" in seen
        assert f"{CAST}: sixty, grey beard, yellow coat" in seen
    assert "opens the film" in acts[0]
    assert "word for word" not in acts[0]
    for number, seen in enumerate(acts[1:], 2):
        assert "opens the film" not in seen
        assert "at landing " in seen.partition("What happened")[2]
        assert "say none of them again" in seen
        assert f"This act, act {number} of {len(acts)}" in seen
    assert all("does not end the film" in seen for seen in acts[:-1])
    assert "It ends the film" in acts[-1]


async def test_what_looks_the_same_is_known_to_every_act_and_every_shot(desk: Desk) -> None:
    film = await desk.small()
    assert [(each.kind, each.name, each.wearer) for each in film.bible] == [
        ("wardrobe", COAT, CAST),
        ("place", STAIRS, ""),
        ("prop", "golden key", ""),
    ]
    for seen in desk.ollama.seen[1:]:
        told = seen.partition("What always looks the same")[2]
        assert f"- {COAT} (of {CAST}): {OILSKIN}" in told
        assert f"- {STAIRS}: {WORN}" in told
    prompts = [shot.prompt for shot in split_scenes(film)]
    assert len(prompts) == 75
    for prompt in prompts:
        assert f"{CAST} wears {COAT}: {OILSKIN}" in prompt
        assert f"{STAIRS}: {WORN}" in prompt
        # No scene shows it.
        assert "bent" not in prompt


async def test_an_outline_from_before_there_was_a_bible_goes_on(desk: Desk) -> None:
    desk.novelist.plays["outline"] = [lambda outline: outline.pop("bible")]
    film = await desk.small()
    check_coherent(film)
    assert film.bible == ()
    assert not any("always looks the same;" in seen for seen in desk.ollama.seen[1:])


@pytest.mark.parametrize("bible", ["none", [3, None], [{"name": None}], [{"kind": "smell"}] * 40])
async def test_an_outline_s_bible_that_is_none_does_no_harm(desk: Desk, bible: object) -> None:
    desk.novelist.plays["outline"] = [lambda outline: outline.update(bible=bible)]
    film = await desk.small()
    check_coherent(film)
    assert film.bible == ()


async def test_an_outline_decides_how_long_acts_are(desk: Desk) -> None:
    def longer_first(outline: dict[str, Any]) -> None:
        for number, act in enumerate(outline["acts"]):
            act["scenes"] = 6 if number < 4 else 4

    desk.novelist.plays["outline"] = [longer_first]
    film = await desk.small()
    check_coherent(film)
    found = re.findall(r"exactly (\d+) scenes", "\n".join(desk.ollama.seen))
    counts = [int(each) for each in found]
    assert sum(counts) == 75
    assert counts[:4] == [6, 6, 6, 6]
    assert max(counts) == 6


@pytest.mark.parametrize("wrong", [-3, 2], ids=["too few", "too many"])
async def test_a_wrong_number_of_acts_is_told_then_made_right(desk: Desk, wrong: int) -> None:
    def miscounted(outline: dict[str, Any]) -> None:
        acts = outline["acts"]
        further = [{"title": "More", "synopsis": f"More {n}.", "scenes": 5} for n in range(wrong)]
        outline["acts"] = [*acts, *further] if wrong > 0 else acts[:wrong]

    desk.novelist.plays["outline"] = [miscounted] * 3
    check_coherent(await desk.small())
    assert desk.novelist.count("outline") == 3
    assert "acts; plan exactly" in desk.ollama.seen[1]


@pytest.mark.parametrize("said", ["I cannot plan films.", '{"acts": []}', '{"acts": [{}]}'])
async def test_no_outline_is_refused_in_words(desk: Desk, said: str) -> None:
    desk.novelist.plays["outline"] = [said] * 3
    with pytest.raises(ChooseAnotherModel, match="never with an outline"):
        await desk.small()
    assert desk.novelist.asked == ["outline"] * 3


@pytest.mark.parametrize(
    "broken",
    [
        lambda good: f"```json\n{good}\n```",
        lambda good: f"Act 3 begins:\n{good}",
        lambda good: good[:-3],
        lambda good: good.replace('"', "'").replace("does not", "doesnt"),
    ],
    ids=["fenced", "chatter", "never closed", "single quotes"],
)
async def test_an_act_whose_json_is_bad_is_mended(desk: Desk, broken: Any) -> None:
    good = desk.novelist.act("", 1, 6)
    desk.novelist.plays["act 1"] = [broken(good)]
    check_coherent(await desk.small())
    assert desk.novelist.count("act 1") == 1


async def test_an_act_that_is_no_json_is_told_and_asked_again(desk: Desk) -> None:
    desk.novelist.plays["act 3"] = ["Once upon a time.", "{" * 999]
    check_coherent(await desk.small())
    assert desk.novelist.count("act 3") == 3
    again = [seen for seen in desk.ollama.seen if "cannot be filmed yet" in seen]
    assert "not JSON" in again[0]
    assert all(message in again[0] for message in ("Write act 3 of", "word for word"))


async def test_an_act_that_never_is_one_keeps_those_before_it(desk: Desk) -> None:
    desk.novelist.plays["act 5"] = ["no"] * 3
    with pytest.raises(ChooseAnotherModel, match="never with the scenes of act 5"):
        await desk.small()
    film = await desk.small()
    check_coherent(film)
    assert steps(film) == list(range(1, 76))
    counts = Counter(desk.novelist.asked)
    assert counts.pop("act 5") == 4
    assert set(counts.values()) == {1}
    # The same question with the same seed would get the same answer.
    seeds = [
        request["options"]["seed"]
        for request in desk.ollama.asked("/api/chat")
        if "Write act 5 of" in request["messages"][1]["content"]
    ]
    assert len(set(seeds)) == 4


@pytest.mark.parametrize(
    ("dies", "kind"),
    [
        (Refuse(500, "boom"), TryAgain),
        (Cut('{"scenes": [{"title": "'), TryAgain),
        (Cut('{"scenes": [', politely=True), TryAgain),
        (Refuse(404, "model 'llama3.2' not found"), OneReelError),
    ],
    ids=["500", "cut", "ended early", "gone"],
)
async def test_an_act_that_dies_loses_no_other(
    desk: Desk, dies: Any, kind: type[OneReelError]
) -> None:
    desk.novelist.plays["act 4"] = [dies]
    with pytest.raises(kind):
        await desk.small()
    assert desk.novelist.asked[-1] == "act 4"
    check_coherent(await desk.small())
    assert desk.novelist.count("act 4") == 2
    assert desk.novelist.count("outline") == desk.novelist.count("act 3") == 1
    # Whole, the script is all there is: the answers to it are gone.
    (kept,) = desk.left()
    assert not kept.endswith(".answers.json")


async def test_what_was_wrong_with_an_answer_is_known_after_a_break(desk: Desk) -> None:
    desk.novelist.plays["act 2"] = ["no", Refuse(500, "boom")]
    with pytest.raises(TryAgain):
        await desk.small()
    check_coherent(await desk.small())
    assert desk.novelist.count("act 2") == 3
    again = [seen for seen in desk.ollama.seen if "Write act 2 of" in seen]
    assert "not JSON" in again[-1]


async def test_a_damaged_shelf_is_begun_anew(desk: Desk) -> None:
    desk.novelist.plays["act 2"] = [Refuse(500, "boom")]
    with pytest.raises(TryAgain):
        await desk.small()
    (name,) = desk.left()
    (desk.home.private / "scripts" / name).write_text('{"outline": [[1', "utf-8")
    check_coherent(await desk.small())
    assert desk.novelist.count("outline") == 2


async def test_a_line_that_was_said_is_told_and_asked_again(desk: Desk) -> None:
    def as_before(act: dict[str, Any]) -> None:
        act["scenes"][1] = desk.novelist.scene(2)

    desk.novelist.plays["act 3"] = [as_before]
    film = await desk.small()
    check_coherent(film)
    assert steps(film) == list(range(1, 76))
    (again,) = [seen for seen in desk.ollama.seen if "cannot be filmed yet" in seen]
    assert "The narration of scene 2 says again what scene 2 of the film said" in again
    assert "The prompt of scene 2 is that of scene 2 of the film" in again


async def test_a_model_that_repeats_itself_to_the_end_is_told_less(desk: Desk) -> None:
    def as_before(act: dict[str, Any]) -> None:
        act["scenes"][1] = act["scenes"][0]
        act["scenes"][2]["narration"] += " " + desk.novelist.scene(1)["narration"]

    desk.novelist.plays["act 3"] = [as_before] * 3
    film = await desk.small()
    check_coherent(film)
    assert desk.novelist.count("act 3") == 3


async def test_an_act_of_repeats_is_refused_in_words(desk: Desk) -> None:
    def as_before(act: dict[str, Any]) -> None:
        act["scenes"] = [desk.novelist.scene(number) for number in range(1, 7)]

    desk.novelist.plays["act 3"] = [as_before] * 3
    with pytest.raises(ChooseAnotherModel, match=r"act 3 of 13 .*0 of 6 scenes are new"):
        await desk.small()
    assert desk.novelist.asked[-1] == "act 3"


async def test_a_name_spelled_otherwise_is_told(desk: Desk) -> None:
    def misspelled_there(act: dict[str, Any]) -> None:
        scene = act["scenes"][0]
        scene["narration"] = scene["narration"].replace(CAST, "Andres")

    desk.novelist.plays["act 2"] = [misspelled_there]
    check_coherent(await desk.small())
    (again,) = [seen for seen in desk.ollama.seen if "cannot be filmed yet" in seen]
    assert 'You wrote "Andres"; if that is Anders of the cast, spell it so.' in again


async def test_an_act_cut_for_its_length_is_told(desk: Desk) -> None:
    desk.novelist.plays["act 2"] = [Say(desk.novelist.act("", 2, 3), done_reason="length")]
    check_coherent(await desk.small())
    (again,) = [seen for seen in desk.ollama.seen if "cannot be filmed yet" in seen]
    assert "cut off" in again


async def test_progress_tells_the_act_and_its_words(desk: Desk) -> None:
    await desk.small()
    notes = desk.notes()
    assert any(re.fullmatch(r"Writing the outline \(\d+ pieces\)\.", note) for note in notes)
    told = [re.match(r"Act (\d+) of (\d+): writing scene (\d+) of 75", note) for note in notes]
    found = [tuple(map(int, each.groups())) for each in told if each]
    assert found == sorted(found)
    assert {act for act, _, _ in found} == set(range(1, acts_in(desk) + 1))
    assert {scene for _, _, scene in found} == set(range(1, 76))
    fractions = [report.fraction for report in desk.heard]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


_WRITING = """
import asyncio, sys
from pathlib import Path
from onereel.home import Home
from onereel.settings import OllamaSettings, Settings
from onereel.stage import Work
from onereel.writers import WRITERS
from onereel.story.brief import Brief
home, host, brief = sys.argv[1:]
settings = Settings(ollama=OllamaSettings(host=host))
work = Work(Home(Path(home) / "private", Path(home) / "media"), settings)
told = {"brief": Brief.from_json(brief), "model": "llama3.2", "seed": 0}
asyncio.run(WRITERS["ollama"].run(work, **told))
"""


async def test_kill_9_between_two_acts_loses_neither(desk: Desk, tmp_path: Path) -> None:
    desk.novelist.plays["act 4"] = [Hang()]
    words = ["-c", _WRITING, str(tmp_path), desk.ollama.url, LONG.to_json()]
    process = subprocess.Popen([sys.executable, *words])
    try:
        while "act 4" not in desk.novelist.asked:
            assert process.poll() is None
            await asyncio.sleep(0.05)
    finally:
        process.kill()
        process.wait()
    (kept,) = desk.left()
    assert kept.endswith(".answers.json")
    check_coherent(await desk.small())
    counts = Counter(desk.novelist.asked)
    assert counts.pop("act 4") == 2
    assert set(counts.values()) == {1}


@pytest.mark.parametrize("within", [True, False], ids=["within an act", "between acts"])
async def test_cancel_is_obeyed_and_keeps_what_is_written(desk: Desk, within: bool) -> None:
    if within:
        desk.novelist.plays["act 4"] = [Hang('{"scenes": [{"title": "')]
    else:
        desk.novelist.plays["act 4"] = [lambda act: desk.cancel.request()]
    writing = asyncio.create_task(desk.small())
    while "act 4" not in desk.novelist.asked:
        await asyncio.sleep(0.01)
    desk.cancel.request()
    with pytest.raises(Cancelled):
        await asyncio.wait_for(writing, 60)
    assert desk.ollama.loaded == {}
    desk.cancel = Cancel()
    check_coherent(await desk.small())
    assert desk.novelist.count("act 3") == 1


@pytest.mark.parametrize(("context", "thinks"), [(4096, False), (8192, True), (131072, True)])
async def test_the_third_attempt_of_an_act_thinks_where_it_can(
    desk: Desk, context: int, thinks: bool
) -> None:
    desk.ollama.models = (Model(context_length=context),)
    desk.novelist.plays["act 2"] = ["no", "no"]
    check_coherent(await desk.small())
    asked = desk.ollama.asked("/api/chat")
    (size,) = {request["options"]["num_ctx"] for request in asked}
    assert size <= context
    act = [each for each in asked if "Write act 2 of" in each["messages"][1]["content"]]
    assert [request["think"] for request in act] == [False, False, thinks]
    if thinks:
        # Question, answer and a thought fit into what the model keeps in mind.
        count = int(re.findall(r"exactly (\d+) scenes", act[2]["messages"][1]["content"])[0])
        asks = sum(tokens(message["content"]) for message in act[2]["messages"])
        answer = tokens(desk.novelist.act("", 2, count))
        assert asks + answer + 1024 <= size


async def test_what_is_written_well_in_one_go_still_is(desk: Desk) -> None:
    brief = LONG.replace(duration=Fraction(60), scene_count=8)
    desk.ollama.chats = [Say(json.dumps({"scenes": [desk.novelist.scene(n) for n in range(8)]}))]
    assert len((await desk.small(brief)).scenes) == 8
    (request,) = desk.ollama.asked("/api/chat")
    assert "You write short narrated films." in request["messages"][0]["content"]
    assert "exactly 8 scenes" in request["messages"][1]["content"]


async def test_gemini_writes_the_longest_films_in_acts(desk: Desk) -> None:
    film = await desk.write("gemini", PAID)
    check_coherent(film, PAID)
    assert steps(film) == list(range(1, 121))
    assert film.writer == "gemini:gemini-3.8-flash"
    assert len(desk.spent()) == 1 + acts_in(desk) == 4
    assert await desk.write("gemini", PAID) == film
    assert len(desk.spent()) == 4


async def test_no_act_is_paid_for_twice(desk: Desk) -> None:
    desk.google.plan.set([Fault("503", where="text", match="Write act 2 of", times=None)])
    with pytest.raises(TryAgain):
        await desk.write("gemini", PAID)
    desk.google.plan.set([])
    check_coherent(await desk.write("gemini", PAID), PAID)
    assert desk.novelist.asked == ["outline", "act 1", "act 2", "act 3"]
    # The act that was turned away cost nothing.
    assert sum(bool(each.charged) for each in desk.spent()) == 4
    assert None not in [each.charged for each in desk.spent()]


async def test_an_act_of_no_use_keeps_the_paid_ones_before_it(desk: Desk) -> None:
    desk.novelist.plays["act 2"] = ["no"] * 3
    with pytest.raises(ChooseAnotherModel, match="never with the scenes of act 2"):
        await desk.write("gemini", PAID)
    check_coherent(await desk.write("gemini", PAID), PAID)
    assert Counter(desk.novelist.asked) == {"outline": 1, "act 1": 1, "act 2": 4, "act 3": 1}
    assert len(desk.spent()) == 7


async def test_an_act_that_may_be_paid_for_waits_for_its_owner(desk: Desk) -> None:
    desk.google.plan.set([Fault("500", where="text", match="Write act 2 of")])
    for _ in range(2):
        with pytest.raises(ResolveTakes, match="ledger try-again"):
            await desk.write("gemini", PAID)
    assert desk.novelist.asked == ["outline", "act 1"]
    (unknown,) = (each for each in desk.spent() if each.charged is None)
    with Ledger.open(desk.home) as ledger:
        ledger.try_spending_again(unknown.key, "the bill shows none")
    check_coherent(await desk.write("gemini", PAID), PAID)
    assert desk.novelist.asked == ["outline", "act 1", "act 2", "act 3"]


async def test_each_attempt_of_an_act_is_in_the_ledger(desk: Desk) -> None:
    desk.novelist.plays["act 2"] = ["no"]
    check_coherent(await desk.write("gemini", PAID), PAID)
    assert len(desk.spent()) == 5
    assert {each.what for each in desk.spent()} == {"script"}


async def test_a_cap_holds_over_all_acts_and_what_is_paid_stays(desk: Desk) -> None:
    quote = quick_estimate(
        PAID, FilmOptions(writer="gemini"), home=desk.home, settings=desk.settings()
    )
    desk.google.plan.set([Fault("500", where="text", match="Write act 2 of")])
    with pytest.raises(ResolveTakes):
        await desk.write("gemini", PAID)
    (unknown,) = (each for each in desk.spent() if each.charged is None)
    assert quote.script is not None and quote.script.at_most is not None
    assert unknown.ceiling < quote.script.at_most
    # It counts as the most it can cost, also against what the next act of another film may cost.
    other = PAID.replace(idea="A lighthouse keeper who is afraid of the sea")
    cap = str(round(unknown.ceiling * 3 / 2, 2))
    with pytest.raises(RaiseCap):
        await desk.write("gemini", other, day=cap)
    asked = list(desk.novelist.asked)
    with pytest.raises(RaiseCap):
        await desk.write("gemini", other, day=cap)
    assert desk.novelist.asked == asked
    check_coherent(await desk.write("gemini", other), other)
    assert desk.novelist.asked.count("act 1") == 2


def test_the_price_said_before_covers_every_act(desk: Desk) -> None:
    price = quick_estimate(
        PAID, FilmOptions(writer="gemini"), home=desk.home, settings=desk.settings()
    ).script
    assert price is not None and price.at_most is not None and price.usual is not None
    desk.novelist.plays = {step: ["no", "no"] for step in ("outline", "act 1", "act 2", "act 3")}
    asyncio.run(desk.write("gemini", PAID))
    spent = desk.spent()
    assert len(spent) == 12
    assert sum(each.ceiling for each in spent) <= price.at_most
    assert 0 < price.usual < price.at_most


async def test_an_unfinished_film_of_gemini_is_written_by_the_next_and_goes_on_later(
    desk: Desk,
) -> None:
    desk.google.plan.set([Fault("503", where="text", match="Write act 2 of", times=None)])
    work = Work(desk.home, desk.settings())
    made = await WRITERS["best"].run(work, brief=PAID, seed=0)
    assert made["screenplay"].writer == "ollama:llama3.2:latest"
    check_coherent(made["screenplay"], PAID)
    desk.google.plan.set([])
    made = await WRITERS["best"].run(work, brief=PAID, seed=0)
    assert made["screenplay"].writer == "gemini:gemini-3.8-flash"
    asked = [each for each in desk.novelist.asked if each == "outline"]
    # Once by each of the two.
    assert len(asked) == 2


LIMITS = (4096, 8192, 32768, 131072)


@pytest.mark.parametrize("language", ["en", "ja", "ru"])
@pytest.mark.parametrize("limit", LIMITS)
def test_plans_fit_the_context(limit: int, language: str) -> None:
    for seconds, count in ((60, 0), (120, 0), (300, 60), (600, 75), (960, 120)):
        brief = LONG.replace(duration=Fraction(seconds), scene_count=count, language=language)
        plan = planned(brief, Room(limit, 8192), model="m")
        if plan is None:
            continue
        assert plan.prompt + plan.answer <= limit
        acts = acts_of(brief, plan, [1, 100, *[5] * (plan.acts - 2)])
        assert [act.scenes.start for act in acts] == [0, *(act.scenes.stop for act in acts[:-1])]
        assert acts[-1].scenes.stop == plan.scenes
        assert all(len(act.scenes) <= plan.most for act in acts)
        assert sum(act.brief.duration for act in acts) == brief.duration


def test_the_shorter_the_context_the_more_acts() -> None:
    plans = [planned(LONG, Room(limit, 8192), model="m") for limit in LIMITS]
    counts = [plan.acts for plan in plans if plan]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1] == 3
    assert planned(LONG, gemini_room("low"), model="m") is None
    with pytest.raises(ChooseAnotherModel, match="even act by act"):
        planned(LONG, Room(2048, 8192), model="m")


def scene(narration: str = "", prompt: str = "") -> AnswerScene:
    return AnswerScene.model_validate({"narration": narration, "prompt": prompt})


def test_repeats_are_found_by_words_and_short_ones_may_come_again() -> None:
    before = [scene("The lamp goes out. Why not?", "A lamp on a table")]
    assert repeats([scene("the lamp goes out!", "A bell")], before)
    assert repeats([scene("A bell rings.", "a lamp, on a table.")], before)
    assert not repeats([scene("Why not? He goes.", "A bell")], before)
    assert not repeats([scene("", ""), scene("", "")], before)
    assert repeats([scene("\u706f\u304c\u6d88\u3048\u307e\u3057\u305f\u3002")] * 2, [])


def test_what_is_left_without_repeats_says_nothing_twice() -> None:
    said = [scene("The lamp goes out. He waits there.", "A lamp")]
    again = [
        scene("The lamp goes out. A bell rings out.", "A bell"),
        scene("The lamp goes out.", "A rope"),
        scene("He climbs the stairs.", "A lamp"),
        scene("", "A bell"),
    ]
    left = without_repeats(again, said)
    assert [each.narration for each in left] == ["A bell rings out.", "He climbs the stairs."]
    assert left[1].prompt == "A lamp. Seen from closer."
    assert repeats(left, said) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Andres climbs.", [("Andres", "Anders")]),
        ("Annders climbs.", [("Annders", "Anders")]),
        ("Anders's boat. Anderse.", []),
        ("The Andres, and andres too.", []),
        ("Sanders and Andrew.", []),
        ("ANDERS: I climb.", []),
    ],
)
def test_names_are_known_by_one_letter(text: str, found: list[tuple[str, str]]) -> None:
    assert list(misspelled([scene(text)], ["Anders", "Mia"], ())) == found
    assert misspelled([scene(text)], ["Anders"], ("andres", "annders")) == ()


def test_tokens_are_never_fewer_than_the_stand_in_counts() -> None:
    from tests.standins.ollama_script import tokens as counted

    for text in ("Every step", "\u706f\u304c\u6d88", "\u043b\u0430\u043c\u043f\u0430"):
        assert tokens(text * 50) >= counted(text * 50)
