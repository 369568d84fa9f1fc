"""Interrupts, and input that cannot become a film, through ComfyUI's HTTP API."""

import json
import time
import uuid
from pathlib import Path

import pytest

from tests.footage import make_clip
from tests.standins.ollama import Hang, OllamaStandIn

from .client import ComfyUI, Workflow, nodes_of, pictures, workflow

SMALL = {"OneReelShootDraft__resolution": "480p", "OneReelAssembleCut__resolution": "480p"}
WAVES = "The sea comes and the sea goes and nobody counts the waves."


def screenplay(scenes: int, **fields: object) -> str:
    return json.dumps({"title": "Sea", "scenes": [fields] * scenes})


def long_film(count: int, **widgets: object) -> Workflow:
    """First film of a screenplay of many scenes."""
    graph = workflow("first_film", **widgets)
    (writer,) = nodes_of(graph, "OneReelWriteScriptBuiltIn")
    lines = [f"{number}. {WAVES}" for number in range(count)]
    scenes = [{"narration": line, "duration": 7} for line in lines]
    graph[writer] = {
        "class_type": "OneReelLoadScreenplay",
        "inputs": {"text": json.dumps({"title": "Sea", "scenes": scenes}), "file": "none"},
    }
    return graph


def interrupted(comfyui: ComfyUI, graph: Workflow, node: str) -> None:
    """Interrupt a graph when a node has begun its work, and see that the node stopped for it."""
    client_id = uuid.uuid4().hex
    with comfyui.listening(client_id) as messages:
        prompt_id = comfyui.queue(graph, client_id=client_id)
        for message in messages:
            if message["type"] == "progress_state":
                states = message["data"]["nodes"]
                if node in states and states[node]["value"] > 0:
                    break
            assert message["type"] not in ("execution_success", "execution_error")
    comfyui.interrupt()
    run = comfyui.wait(prompt_id)
    assert run.messages[-1][0] == "execution_interrupted"
    assert run.messages[-1][1]["node_id"] == node


@pytest.mark.parametrize(("node", "scenes"), [("OneReelNarrate", 100), ("OneReelShootDraft", 25)])
def test_interrupt_stops(node: str, scenes: int, comfyui: ComfyUI):
    # To speak a scene takes moments, to shoot it seconds.
    graph = long_film(scenes, **SMALL)
    (key,) = nodes_of(graph, node)
    interrupted(comfyui, graph, key)
    assert half_written(comfyui) == []


@pytest.mark.parametrize(
    ("node", "inputs"),
    [
        ("OneReelRenderCut", {}),
        ("OneReelJoinClips", {"clips": ["v", 0], "more_clips": ["w", 0]}),
        ("OneReelCollectTake", {}),
    ],
)
def test_interrupt_stops_what_encodes(node: str, inputs: dict[str, object], comfyui: ComfyUI):
    graph = encoding(node, inputs, comfyui.input)
    (key,) = nodes_of(graph, node)
    interrupted(comfyui, graph, key)
    assert half_written(comfyui) == []


def encoding(node: str, inputs: dict[str, object], folder: Path) -> Workflow:
    """A graph in which a node encodes for seconds on any machine; `folder` is for its input."""
    scene = {"narration": "", "description": uuid.uuid4().hex, "duration": 20}
    text = json.dumps({"title": "Sea", "scenes": [scene]})
    graph = workflow("your_own_renderer")
    (writer,) = nodes_of(graph, "OneReelWriteScriptBuiltIn")
    graph[writer] = {
        "class_type": "OneReelLoadScreenplay",
        "inputs": {"text": text, "file": "none"},
    }
    if node != "OneReelJoinClips":
        return graph
    make_clip(folder / "long.mp4", frames=1440)
    save = {"video": ["join", 0], "filename_prefix": "joined"}
    return {
        **pictures(24),
        "w": {"class_type": "LoadVideo", "inputs": {"file": "long.mp4"}},
        "join": {"class_type": node, "inputs": inputs},
        "save": {"class_type": "OneReelSaveFilm", "inputs": save},
    }


def half_written(comfyui: ComfyUI) -> list[str]:
    folders = (comfyui.output, comfyui.output.parent / "temp")
    return [path.name for each in folders for path in each.rglob(".*") if path.is_file()]


def test_interrupt_stops_a_server_that_says_nothing_more(comfyui: ComfyUI, ollama: OllamaStandIn):
    ollama.chats.append(Hang('{"title": "The sea"'))
    graph = workflow("ollama_film", OneReelBrief__film="hanging")
    (key,) = nodes_of(graph, "OneReelWriteScriptOllama")
    interrupted(comfyui, graph, key)


def sentence(comfyui: ComfyUI, graph: Workflow) -> str:
    run = comfyui.run(graph)
    assert run.status == "error"
    error = run.message("execution_error")
    assert error["exception_type"].startswith("onereel."), error
    return run.error


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"idea": "  "}, "it is empty"),
        ({"idea": "\U0001f600 \U0001f680"}, "it has no words"),
        ({"idea": "word " * 10_000}, "shorten it to 4000"),
        ({"scene_count": -1}, "1 to 120 scenes"),
        ({"scene_count": 500}, "1 to 120 scenes"),
        ({"scene_count": 40, "duration": 8}, "40 scenes do not fit into 8 s"),
        ({"duration": 1}, "a film lasts 4 to 3600 s"),
        ({"duration": 10_800}, "a film lasts 4 to 3600 s"),
        ({"language": "tlh"}, "tlh"),
    ],
)
def test_a_brief_that_cannot_be_says_why(
    fields: dict[str, object], expected: str, comfyui: ComfyUI
):
    widgets = {f"OneReelBrief__{name}": value for name, value in fields.items()}
    said = sentence(comfyui, workflow("first_film", **widgets))
    assert expected in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "paste one, or choose a file"),
        ("{", "not valid JSON"),
        ('{"scenes": []}', "scenes"),
        ('{"scenes": [{"narration": "Hello.", "colour": "red"}]}', "colour is not a field"),
        ('{"version": 99, "scenes": []}', "newer OneReel"),
        ("%PDF-1.7", "is a PDF"),
        ("INT. HOUSE - DAY\n\n", "nothing to say"),
    ],
)
def test_a_screenplay_that_cannot_be_says_why(text: str, expected: str, comfyui: ComfyUI):
    graph = workflow("join_and_mux", OneReelLoadScreenplay__text=text)
    assert expected in sentence(comfyui, graph)


def test_a_screenplay_of_the_input_folder_is_read_again_when_it_changes(comfyui: ComfyUI):
    file = comfyui.input / "sea.json"
    file.write_text(screenplay(1, description="Sea.", duration=2), "utf-8")
    graph = {
        "1": {
            "class_type": "OneReelLoadScreenplay",
            "inputs": {"text": "", "file": "sea.json"},
        },
        "2": {"class_type": "PreviewAny", "inputs": {"source": ["1", 0]}},
    }
    assert "Sea." in comfyui.make(graph).outputs["2"]["text"][0]
    file.write_text(screenplay(1, description="Land.", duration=2), "utf-8")
    assert "Land." in comfyui.make(graph).outputs["2"]["text"][0]


def test_a_script_of_the_input_folder_is_a_screenplay(comfyui: ComfyUI):
    (comfyui.input / "calm.fountain").write_text("INT. SEA\n\nNARRATOR\nCalm.\n", "utf-8")
    graph = {
        "1": {
            "class_type": "OneReelLoadScreenplay",
            "inputs": {"text": "", "file": "calm.fountain"},
        },
        "2": {"class_type": "PreviewAny", "inputs": {"source": ["1", 0]}},
    }
    assert "Calm." in comfyui.make(graph).outputs["2"]["text"][0]


@pytest.mark.parametrize("name", ["../user/__onereel/settings.toml", "/etc/hostname", "none.json"])
def test_only_files_of_the_input_folder_can_be_named(name: str, comfyui: ComfyUI):
    graph = workflow("join_and_mux", OneReelLoadScreenplay__file=name)
    answer = comfyui.post(graph)
    assert answer.status_code == 400
    assert "value_not_in_list" in answer.text


@pytest.mark.parametrize("prefix", ["../outside", "/tmp/outside", "a/../../outside"])
def test_films_stay_in_the_output_folder(prefix: str, comfyui: ComfyUI):
    graph = {
        **pictures(2, 64, 64),
        "3": {
            "class_type": "OneReelSaveFilm",
            "inputs": {"video": ["v", 0], "filename_prefix": prefix},
        },
    }
    assert "inside ComfyUI's output folder" in sentence(comfyui, graph)


def test_lists_of_different_lengths_are_named(comfyui: ComfyUI):
    graph = {
        "1": {
            "class_type": "OneReelLoadScreenplay",
            "inputs": {"text": screenplay(2, narration="Hello there."), "file": "none"},
        },
        "2": {
            "class_type": "OneReelLoadScreenplay",
            "inputs": {"text": screenplay(1, narration="Hello there."), "file": "none"},
        },
        "3": {
            "class_type": "OneReelNarrate",
            "inputs": {
                "screenplay": ["2", 0],
                "voice": "auto",
                "speed": 1,
                "seed": 0,
                "breath": 0.75,
            },
        },
        "4": {
            "class_type": "OneReelCollectLines",
            "inputs": {"screenplay": ["1", 0], "audio": ["3", 2], "breath": 0.75},
        },
        "5": {"class_type": "PreviewAny", "inputs": {"source": ["4", 0]}},
    }
    assert "1 sounds for 2 scenes" in sentence(comfyui, graph)


def test_a_voice_that_does_not_exist_is_named(comfyui: ComfyUI):
    graph = workflow("first_film", OneReelNarrate__voice="Caruso")
    assert "'Caruso'" in sentence(comfyui, graph)


@pytest.mark.parametrize("data", [b"", b"not a film at all"])
def test_a_clip_that_is_none_is_refused(data: bytes, comfyui: ComfyUI):
    (comfyui.input / "broken.mp4").write_bytes(data)
    graph = {
        "1": {"class_type": "LoadVideo", "inputs": {"file": "broken.mp4"}},
        "2": {"class_type": "OneReelJoinClips", "inputs": {"clips": ["1", 0]}},
        "3": {
            "class_type": "OneReelSaveFilm",
            "inputs": {"video": ["2", 0], "filename_prefix": "broken"},
        },
    }
    assert "broken.mp4" in sentence(comfyui, graph)
    assert not list(comfyui.output.glob("*broken*"))


def test_a_model_that_the_server_does_not_have_is_named(comfyui: ComfyUI):
    graph = workflow("ollama_film", OneReelWriteScriptOllama__model="llama99")
    assert "ollama pull llama99" in sentence(comfyui, graph)


def test_make_film_of_nothing_says_what_to_connect(comfyui: ComfyUI):
    graph = workflow("ollama_film")
    (make,) = nodes_of(graph, "OneReelMakeFilm").values()
    del make["inputs"]["screenplay"]
    assert "Connect a brief or a screenplay" in sentence(comfyui, graph)


def test_letters_that_cannot_be_burned_in_are_said_before_anything_is_shot(comfyui: ComfyUI):
    # No machine has fonts for all of these: Medefaidrin, Khitan small script, CJK extension G.
    text = screenplay(1, narration="\U00016e40 \U00018b00 \U00030000.")
    graph = {
        "1": {"class_type": "OneReelLoadScreenplay", "inputs": {"text": text, "file": "none"}},
        "2": {
            "class_type": "OneReelMakeFilm",
            "inputs": {
                "screenplay": ["1", 0],
                "writer": "built-in",
                "model": "",
                "seed": 0,
                "voice": "auto",
                "speed": 1,
                "renderer": "draft",
                "resolution": "480p",
                "captions": "burned",
            },
        },
        "3": {
            "class_type": "OneReelSaveFilm",
            "inputs": {"video": ["2", 0], "filename_prefix": "unwritten"},
        },
    }
    run = comfyui.run(graph)
    assert run.error.startswith("No font on this machine can draw")
    assert run.message("execution_error")["executed"] == ["1"]


def test_an_idea_in_another_language_than_its_film_says_what_to_do(comfyui: ComfyUI):
    idea = "Ein W\u00e4rter, der sich vor der Dunkelheit f\u00fcrchtet"
    graph = workflow("first_film", OneReelBrief__idea=idea, OneReelBrief__language="fr")
    run = comfyui.run(graph)
    assert run.error.startswith("The idea is in German, but the film's language is French:")
    assert "write the idea in French, or let Write Script (Ollama)" in run.error
    (writer,) = nodes_of(graph, "OneReelWriteScriptBuiltIn")
    assert run.message("execution_error")["node_id"] == writer


def test_what_a_killed_run_left_goes_when_comfyui_starts(comfyui: ComfyUI):
    deadline = time.monotonic() + 60
    while half_written(comfyui) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert half_written(comfyui) == []


def test_an_error_inside_make_film_shows_on_make_film(comfyui: ComfyUI):
    graph = workflow("ollama_film", OneReelMakeFilm__voice="Caruso", OneReelBrief__film="caruso")
    (make,) = nodes_of(graph, "OneReelMakeFilm")
    run = comfyui.run(graph)
    assert "'Caruso'" in run.error
    assert run.message("execution_error")["node_id"] == make
