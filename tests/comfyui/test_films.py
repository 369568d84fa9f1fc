"""Films through ComfyUI's HTTP API."""

import asyncio
import json
import shutil
import uuid
from fractions import Fraction
from pathlib import Path

import av
import pytest

from onereel.cut.plan import Cut
from onereel.film import make_film
from onereel.home import Home
from onereel.options import FilmOptions
from onereel.settings import Settings, VoiceSettings
from onereel.stage import Work
from onereel.story.brief import Brief
from onereel.story.files import read_screenplay
from onereel.story.screenplay import Screenplay
from tests.standins.ollama import OllamaStandIn

from .client import ComfyUI, Workflow, nodes_of, pictures, workflow

IDEA = "A lighthouse keeper finds a message in a bottle"
SHORT = {
    "OneReelBrief__duration": 6,
    "OneReelBrief__scene_count": 2,
    # A wide picture has nearly twice the pixels.
    "OneReelBrief__aspect": "1:1",
}
SMALL = {"OneReelShootDraft__resolution": "480p", "OneReelAssembleCut__resolution": "480p"}
EXAMPLES = {
    "first_film": {**SHORT, **SMALL},
    "ollama_film": {**SHORT, "OneReelBrief__duration": 8, "OneReelMakeFilm__resolution": "480p"},
    "your_own_renderer": SHORT,
    "stills_film": SHORT,
    "join_and_mux": {},
}


def brief(**fields: object) -> Workflow:
    """The node Brief as the examples have it, with other fields."""
    node = workflow("first_film", **SHORT)["1"]
    node["inputs"] |= fields
    return {"1": node}


def make_film_graph(**fields: object) -> Workflow:
    # Music is AUDIO on the graph.
    options = FilmOptions(resolution="480p").model_dump(mode="json", exclude={"music"})
    widgets = {**options, **fields}
    return {
        **brief(),
        "2": {"class_type": "OneReelMakeFilm", "inputs": {"brief": ["1", 0], **widgets}},
        "3": {
            "class_type": "OneReelSaveFilm",
            "inputs": {
                "video": ["2", 0],
                "screenplay": ["2", 1],
                "cut": ["2", 2],
                "filename_prefix": "films/made",
            },
        },
    }


def codecs(path: Path) -> list[str]:
    with av.open(str(path)) as container:
        return [stream.codec_context.name for stream in container.streams]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_makes_its_film_and_an_unchanged_one_runs_nothing(
    name: str, comfyui: ComfyUI, ollama: OllamaStandIn
):
    graph = workflow(name, **EXAMPLES[name])
    first = comfyui.make(graph)
    film = comfyui.film(first)
    assert codecs(film)[:2] == ["h264", "aac"]
    with av.open(str(film)) as container:
        frames = sum(1 for _ in container.decode(video=0))
    assert frames > 48
    second = comfyui.make(graph)
    assert second.cached == set(graph)
    assert second.videos == first.videos


def test_scene_by_scene_takes_one_scene_a_run_and_then_cuts(comfyui: ComfyUI):
    graph = workflow("scene_by_scene", **{**SHORT, "OneReelBrief__scene_count": 3})
    before = comfyui.made("takes")
    runs = [comfyui.make(graph) for _ in range(3)]
    clips = [path for path in comfyui.made("takes") - before if path.suffix == ".mp4"]
    assert len(clips) == 3
    assert [len(run.videos) for run in runs] == [0, 0, 1]
    assert codecs(comfyui.film(runs[-1]))[:2] == ["h264", "aac"]
    # Once more: the same film is listed again, and nothing is shot or saved a second time.
    assert comfyui.make(graph).videos == runs[-1].videos
    assert len(comfyui.made("takes") - before) == 2 * len(clips)
    # Every scene has its take, so what renders them is not even asked.
    renderer = {*nodes_of(graph, "EmptyImage"), *nodes_of(graph, "ImageAddNoise")}
    assert comfyui.make(graph).cached == graph.keys() - renderer


def test_other_words_redo_one_scene(comfyui: ComfyUI):
    graph = workflow("first_film", **{**SHORT, **SMALL}, OneReelBrief__film="edited")
    (narrate,) = nodes_of(graph, "OneReelNarrate").values()
    graph["edit"] = {
        "class_type": "OneReelEditScenes",
        "inputs": {"screenplay": narrate["inputs"]["screenplay"], "edits": ""},
    }
    narrate["inputs"]["screenplay"] = ["edit", 0]
    comfyui.make(graph)
    before = comfyui.made("takes") | comfyui.made("lines")
    graph["edit"]["inputs"]["edits"] = "2 prompt: a red boat on a black sea"
    comfyui.make(graph)
    shot = [path.suffix for path in comfyui.made("takes") - before]
    assert sorted(shot) == [".json", ".mp4"]
    assert not comfyui.made("lines") - before
    before |= comfyui.made("takes")
    # As long as its scene has room for at its voice's own pace.
    graph["edit"]["inputs"]["edits"] += (
        "\n1 narration: Nobody answers, not even the lamp in the tower."
    )
    comfyui.make(graph)
    spoken = [path for path in comfyui.made("lines") - before if path.suffix == ".flac"]
    assert len(spoken) == 1


def test_make_film_plans_the_very_cut_that_the_library_plans(comfyui: ComfyUI, tmp_path: Path):
    graph = make_film_graph(seed=3)
    graph["4"] = {"class_type": "PreviewAny", "inputs": {"source": ["2", 2]}}
    run = comfyui.make(graph)
    # espeak-ng does not speak a text twice to the very sample, and the voice is the clock.
    shutil.copytree(comfyui.output / "onereel" / "lines", tmp_path / "media" / "lines")
    fields = brief()["1"]["inputs"]
    film = asyncio.run(
        make_film(
            Brief.from_data(fields),
            tmp_path / "film.mp4",
            options=FilmOptions(resolution="480p", seed=3),
            work=Work(
                Home(tmp_path / "private", tmp_path / "media"),
                Settings(voice=VoiceSettings(engine="espeak")),
            ),
        )
    )
    assert run.outputs["4"]["text"] == [film.cut.to_json(indent=1)]
    saved = comfyui.film(run)
    assert read_screenplay(saved.with_suffix(".screenplay.json")) == film.screenplay
    with av.open(str(saved)) as container:
        assert container.streams.video[0].frames == film.reel.frames


def test_a_film_of_a_screenplay_is_the_film_of_its_brief(comfyui: ComfyUI):
    graph = make_film_graph()
    graph["4"] = {"class_type": "PreviewAny", "inputs": {"source": ["2", 2]}}
    from_brief = comfyui.make(graph).outputs["4"]
    del graph["2"]["inputs"]["brief"]
    graph["5"] = {
        "class_type": "OneReelWriteScriptBuiltIn",
        "inputs": {"brief": ["1", 0], "seed": 0},
    }
    graph["2"]["inputs"]["screenplay"] = ["5", 0]
    assert comfyui.make(graph).outputs["4"] == from_brief


def test_make_film_lays_music_under(comfyui: ComfyUI):
    graph = make_film_graph()
    # Narrate's AUDIO is the only sound that ComfyUI can make without a model and a file.
    graph["5"] = {
        "class_type": "OneReelLoadScreenplay",
        "inputs": {"text": '{"scenes": [{"narration": "La la la la la la."}]}', "file": "none"},
    }
    graph["6"] = {
        "class_type": "OneReelNarrate",
        "inputs": {"screenplay": ["5", 0], "voice": "auto", "speed": 1, "seed": 0, "breath": 0.75},
    }
    graph["2"]["inputs"]["music"] = ["6", 2]
    graph["4"] = {"class_type": "PreviewAny", "inputs": {"source": ["2", 2]}}
    before = comfyui.made("music")
    cut = Cut.from_json(comfyui.make(graph).outputs["4"]["text"][0])
    assert cut.music and comfyui.output.joinpath("onereel", cut.music.media).is_file()
    assert [path.suffix for path in comfyui.made("music") - before] == [".flac"]


def test_a_script_is_read_in_the_language_and_the_look_that_are_given(comfyui: ComfyUI):
    text = "Die Flut kommt zweimal am Tag.\n\nNiemand fragt sie, warum."
    given = {"text": text, "file": "none", "language": "de", "look": "watercolour"}
    graph = {
        "1": {"class_type": "OneReelLoadScreenplay", "inputs": given},
        "2": {"class_type": "PreviewAny", "inputs": {"source": ["1", 0]}},
    }
    screenplay = Screenplay.from_json(comfyui.make(graph).outputs["2"]["text"][0])
    assert (screenplay.brief.language, screenplay.brief.look) == ("de", "watercolour")
    assert all("watercolour painting" in scene.prompt for scene in screenplay.scenes)
    graph["1"]["inputs"] |= {"text": f"Language: fr\n\n{text}", "platform": "tiktok"}
    screenplay = Screenplay.from_json(comfyui.make(graph).outputs["2"]["text"][0])
    brief = screenplay.brief
    assert (brief.language, brief.platform, brief.aspect) == ("fr", "tiktok", "9:16")


def test_two_films_at_once_are_two_films(comfyui: ComfyUI):
    prompts = [comfyui.queue(make_film_graph(seed=seed)) for seed in (11, 12)]
    films = [comfyui.film(comfyui.wait(prompt)) for prompt in prompts]
    assert len(set(films)) == 2
    screenplays = [read_screenplay(film.with_suffix(".screenplay.json")) for film in films]
    assert screenplays[0] != screenplays[1]


def test_a_saved_film_carries_its_workflow_as_core_writes_it(comfyui: ComfyUI):
    graph = make_film_graph()
    graph["4"] = {
        "class_type": "SaveVideo",
        "inputs": {
            "video": ["2", 0],
            "filename_prefix": "films/core",
            "format": "auto",
            "codec": "auto",
        },
    }
    drawn = {"nodes": [], "links": [], "name": "a \u00fcber workflow"}
    run = comfyui.make(graph, extra_data={"extra_pnginfo": {"workflow": drawn}})
    ours, core = (
        comfyui.output / video["subfolder"] / video["filename"]
        for key in ("3", "4")
        for video in run.outputs[key]["images"]
    )
    assert run.outputs["3"].keys() == run.outputs["4"].keys()
    with av.open(str(ours)) as film, av.open(str(core)) as reference:
        assert film.metadata == reference.metadata
        carried = json.loads(film.metadata["prompt"])
        for node in carried.values():
            # ComfyUI's own mark of this run, not the film maker's.
            node.pop("is_changed", None)
        assert carried == graph
        assert json.loads(film.metadata["workflow"]) == drawn
        # Copied, not encoded again: core copies too, and so the packets are the same.
        assert [bytes(packet) for packet in film.demux()] == [
            bytes(packet) for packet in reference.demux()
        ]


def test_disable_metadata_is_honoured(unusual: ComfyUI):
    drawn = {"extra_pnginfo": {"workflow": {"nodes": []}}}
    inputs = {"video": ["v", 0], "filename_prefix": "films/silent"}
    saved = {"class_type": "OneReelSaveFilm", "inputs": inputs}
    run = unusual.make({**pictures(2, 64, 64), "3": saved}, extra_data=drawn)
    with av.open(str(unusual.film(run))) as container:
        assert not {"prompt", "workflow"} & container.metadata.keys()


def test_captions_and_screenplay_lie_beside_the_film(comfyui: ComfyUI):
    film = comfyui.film(comfyui.make(make_film_graph(seed=5)))
    spoken = read_screenplay(film.with_suffix(".screenplay.json")).scenes[0].narration.split()
    for suffix in (".srt", ".vtt"):
        assert spoken[0] in film.with_suffix(suffix).read_text("utf-8")
    assert codecs(film) == ["h264", "aac", "mov_text"]
    assert not [path for path in film.parent.iterdir() if path.name.startswith(".")]


def test_the_ollama_film_is_the_models(comfyui: ComfyUI, ollama: OllamaStandIn):
    graph = workflow("ollama_film", **EXAMPLES["ollama_film"], OneReelBrief__film="asked")
    asked = len(ollama.asked("/api/chat"))
    film = comfyui.film(comfyui.make(graph))
    assert len(ollama.asked("/api/chat")) == asked + 1
    screenplay = read_screenplay(film.with_suffix(".screenplay.json"))
    assert screenplay.writer == "ollama:llama3.2:latest"
    assert screenplay.duration == pytest.approx(Fraction(8), rel=0.05)


def test_a_directed_film_says_what_was_changed(comfyui: ComfyUI):
    graph = workflow("first_film", **SHORT, **SMALL, OneReelBrief__film="directed")
    (writer,) = nodes_of(graph, "OneReelWriteScriptBuiltIn")
    (narrate,) = nodes_of(graph, "OneReelNarrate")
    told = {"director": "built-in", "model": "", "seed": 0}
    graph["90"] = {
        "class_type": "OneReelDirectScript",
        "inputs": {"screenplay": [writer, 0], **told},
    }
    graph["91"] = {"class_type": "PreviewAny", "inputs": {"source": ["90", 1]}}
    graph[narrate]["inputs"]["screenplay"] = ["90", 0]
    film = read_screenplay(comfyui.film(comfyui.make(graph)).with_suffix(".screenplay.json"))
    assert (film.writer, film.directed) == ("built-in", "built-in")
    assert film.notes[0].startswith("The built-in writer directed it and changed ")
    made = make_film_graph(director="built-in", seed=3)
    film = read_screenplay(comfyui.film(comfyui.make(made)).with_suffix(".screenplay.json"))
    assert film.directed == "built-in"


def test_work_shows_progress_words_and_pictures(comfyui: ComfyUI):
    client_id = uuid.uuid4().hex
    graph = workflow("first_film", **SHORT, **SMALL, OneReelBrief__film=client_id)
    (draft,) = nodes_of(graph, "OneReelShootDraft")
    seen: list[dict] = []
    with comfyui.listening(client_id) as messages:
        prompt_id = comfyui.queue(graph, client_id=client_id)
        for message in messages:
            seen.append(message)
            if message["type"] in ("execution_success", "execution_error"):
                break
    assert message["data"]["prompt_id"] == prompt_id
    assert message["type"] == "execution_success"
    bars = [
        message["data"]["nodes"][draft]["value"]
        for message in seen
        if message["type"] == "progress_state" and draft in message["data"]["nodes"]
    ]
    assert len({bar for bar in bars if 0 < bar < 1}) >= 2
    assert bars == sorted(bars)
    assert {"preview", "text"} <= {message["type"] for message in seen}
