"""The stand-ins for text, speech and pictures, as their clients see them."""

import io
import itertools
from decimal import Decimal
from typing import Any

import av
import numpy as np
import ollama
import pydantic
import pytest
import requests
from google.genai import errors, types
from PIL import Image

from tests.standins import Fault, OllamaStandIn, SpeechStandIn
from tests.standins.ollama import Model
from tests.standins.sounds import FORMATS

from .standin_clients import LOCATION, Clients, clients

__all__ = ["clients"]

TEXT, SPEECH, IMAGE = "gemini-3.8-flash", "gemini-3.8-flash-tts", "gemini-nano-banana-2.1"


class Scene(pydantic.BaseModel):
    title: str
    shots: list[str] = pydantic.Field(min_length=2)


def ask(clients: Clients, model: str, words: str = "one two three", **config: Any) -> Any:
    given = types.GenerateContentConfig(**config)
    return clients.gemini.models.generate_content(model=model, contents=words, config=given)


def voice(name: str) -> types.VoiceConfig:
    return types.VoiceConfig(prebuilt_voice_config=types.PrebuiltVoiceConfig(voice_name=name))


def spoken(name: str) -> dict[str, Any]:
    config = types.SpeechConfig(voice_config=voice(name))
    return {"response_modalities": ["AUDIO"], "speech_config": config}


def test_text_is_scripted_or_echoes_and_comes_in_pieces(clients: Clients):
    clients.google.gemini.texts = ["a scripted answer"]
    assert ask(clients, TEXT).text == "a scripted answer"
    assert ask(clients, TEXT, "hello").text == "You said: hello"
    pieces = list(clients.gemini.models.generate_content_stream(model=TEXT, contents="hello there"))
    assert len(pieces) > 2 and "".join(piece.text for piece in pieces) == "You said: hello there"
    assert [piece.candidates[0].finish_reason for piece in pieces][-2:] == [None, "STOP"]
    assert pieces[0].usage_metadata.prompt_token_count > 0
    on_vertex = clients.vertex.models.generate_content(model=TEXT, contents="hello")
    assert on_vertex.text == "You said: hello"
    assert (
        f"/locations/{LOCATION}/publishers/google/models/{TEXT}" in clients.google.requests[-1].path
    )


def test_a_schema_is_honoured_in_both_spellings(clients: Clients):
    kind = "application/json"
    by_class = ask(clients, TEXT, response_mime_type=kind, response_schema=Scene)
    raw = ask(
        clients, TEXT, response_mime_type=kind, response_json_schema=Scene.model_json_schema()
    )
    for answer in (by_class, raw):
        assert len(Scene.model_validate_json(answer.text).shots) == 2
    assert isinstance(by_class.parsed, Scene)


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        (Fault("blocked", where="outcome"), lambda a: a.prompt_feedback.block_reason == "SAFETY"),
        (Fault("filtered", where="outcome"), lambda a: a.candidates[0].finish_reason == "SAFETY"),
        (Fault("empty", where="outcome"), lambda a: a.candidates[0].finish_reason == "STOP"),
    ],
)
def test_a_refusal_has_no_text_and_says_why(clients: Clients, fault: Fault, check: Any):
    clients.google.plan.set([fault])
    answer = ask(clients, TEXT)
    assert answer.text is None and check(answer)


def test_an_answer_can_be_cut_off_by_its_length(clients: Clients):
    clients.google.plan.set([Fault("unfinished", where="outcome")])
    answer = ask(clients, TEXT, "hello there")
    assert answer.candidates[0].finish_reason == "MAX_TOKENS"
    assert "You said: hello there".startswith(answer.text) and len(answer.text) > 5


def test_a_stream_can_break_and_a_quota_can_be_full(clients: Clients):
    clients.google.plan.set(
        [Fault("truncated", where="text"), Fault("429", where="text", retry=34)]
    )
    with pytest.raises(errors.UnknownApiResponseError):
        list(clients.gemini.models.generate_content_stream(model=TEXT, contents="hello there"))
    with pytest.raises(errors.ClientError) as full:
        ask(clients, TEXT)
    (info,) = full.value.details["error"]["details"]
    assert info["retryDelay"] == "34s" and full.value.status == "RESOURCE_EXHAUSTED"


def test_speech_is_raw_sound_with_its_rate_in_the_type(clients: Clients):
    (part,) = ask(clients, SPEECH, **spoken("Kore")).candidates[0].content.parts
    assert part.inline_data.mime_type == "audio/L16;codec=pcm;rate=24000"
    samples = np.frombuffer(part.inline_data.data, "<i2")
    assert len(samples) == 3 * round(0.35 * 24000)
    assert np.abs(samples[:6000]).max() > 5000 and not samples[6100:8300].any()
    (other,) = ask(clients, SPEECH, **spoken("Puck")).candidates[0].content.parts
    assert other.inline_data.data != part.inline_data.data
    with pytest.raises(errors.ClientError, match="Voice name"):
        ask(clients, SPEECH, **spoken("Nobody"))
    with pytest.raises(errors.ClientError, match="audio"):
        ask(clients, SPEECH)


def test_two_speakers_have_two_voices(clients: Clients):
    speakers = [
        types.SpeakerVoiceConfig(speaker=name, voice_config=voice(voice_name))
        for name, voice_name in (("Ann", "Kore"), ("Ben", "Puck"))
    ]
    many = types.MultiSpeakerVoiceConfig(speaker_voice_configs=speakers)
    config = types.SpeechConfig(multi_speaker_voice_config=many)
    answer = ask(clients, SPEECH, response_modalities=["AUDIO"], speech_config=config)
    assert answer.candidates[0].content.parts[0].inline_data.data
    speakers[1].voice_config = voice("Nobody")
    with pytest.raises(errors.ClientError, match="Voice name Nobody"):
        ask(clients, SPEECH, response_modalities=["AUDIO"], speech_config=config)


@pytest.mark.parametrize(
    ("model", "form", "paid"), [(IMAGE, "PNG", 1), ("gemini-3-pro-image", "JPEG", 0)]
)
def test_a_picture_has_the_asked_shape(clients: Clients, model: str, form: str, paid: int):
    shape = types.ImageConfig(aspect_ratio="16:9", image_size="2K")
    answer = ask(clients, model, response_modalities=["IMAGE"], image_config=shape)
    data = answer.candidates[0].content.parts[0].inline_data
    picture = Image.open(io.BytesIO(data.data))
    assert picture.format == form and data.mime_type == f"image/{form.lower()}"
    assert abs(picture.width / picture.height - 16 / 9) < 0.02 and picture.width > 2048
    assert sum(c.amount for c in clients.google.charges) == paid * Decimal("0.0504")
    clients.google.plan.set([Fault("filtered", where="outcome")])
    refused = ask(clients, model, response_modalities=["IMAGE"])
    assert refused.candidates[0].finish_reason == "IMAGE_SAFETY"
    assert len(clients.google.charges) == paid


def test_models_are_listed_page_by_page(clients: Clients):
    names = [model.name for model in clients.gemini.models.list(config={"page_size": 3})]
    assert f"models/{TEXT}" in names and "models/gemini-omni-1.2-flash" in names
    assert not any("veo" in name for name in names)
    assert len(names) == len(set(names)) > 6
    assert clients.gemini.models.get(model=TEXT).input_token_limit == 1048576
    with pytest.raises(errors.ClientError, match="was not found"):
        clients.gemini.models.get(model="gemini-2")
    on_vertex = [model.name for model in clients.vertex.models.list()]
    assert "publishers/google/models/veo-3.1-generate-001" in on_vertex


def speak(server: SpeechStandIn, **body: Any) -> requests.Response:
    given = {"model": "tts-1", "input": "one two three", "voice": "af_heart", **body}
    head = {"Authorization": "Bearer secret"}
    return requests.post(f"{server.url}/v1/audio/speech", json=given, headers=head, timeout=5)


@pytest.mark.parametrize("form", FORMATS)
def test_a_speech_server_speaks_every_format(form: str):
    with SpeechStandIn() as server:
        answer = speak(server, response_format=form)
        slow = speak(server, response_format=form, speed=0.5)
    assert answer.headers["content-type"] == FORMATS[form][2]
    lengths = []
    for body in (answer.content, slow.content):
        raw = {"format": "s16le", "options": {"sample_rate": "24000"}} if form == "pcm" else {}
        with av.open(io.BytesIO(body), **raw) as file:
            lengths.append(sum(frame.samples / frame.rate for frame in file.decode(audio=0)))
    assert lengths == pytest.approx([1.05, 2.1], abs=0.08)


def test_a_speech_server_words_its_refusals_as_openai_does():
    with SpeechStandIn(key="other") as server:
        assert speak(server).json()["error"]["code"] == "invalid_api_key"
    with SpeechStandIn(key="secret") as server:
        assert speak(server, voice="nobody").json()["error"]["param"] == "voice"
        assert speak(server, model="none").status_code == 404
        assert speak(server, response_format="midi").status_code == 400
        server.plan.set([Fault("429", where="speech", match="one two", retry=2), Fault("cut")])
        full = speak(server)
        assert (full.status_code, full.headers["retry-after"]) == (429, "2")
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            speak(server)
        events = [(event.kind, event.detail) for event in server.log.after()]
        assert events[-2:] == [("faulted", "cut"), ("first byte", events[-1][1])]


def test_a_speech_server_may_list_its_models_and_voices():
    with SpeechStandIn() as server:
        models = requests.get(f"{server.url}/v1/models", timeout=5).json()
        assert [model["id"] for model in models["data"]] == ["kokoro", "tts-1"]
        voices = requests.get(f"{server.url}/v1/audio/voices", timeout=5).json()
        assert voices == {"voices": ["af_heart", "af_bella", "bm_george"]}
        server.lists_voices = False
        assert requests.get(f"{server.url}/v1/audio/voices", timeout=5).status_code == 404


def test_ollama_pulls_with_progress_and_has_the_model_then():
    with OllamaStandIn(models=(), library=(Model("qwen3:8b"),)) as server:
        client = ollama.Client(host=server.url)
        lines = list(client.pull("qwen3:8b", stream=True))
        layer = [line for line in lines if line.digest]
        done = [line.completed for line in layer if line.completed is not None]
        assert all(a < b for a, b in itertools.pairwise(done)) and done[-1] == layer[-1].total
        assert (lines[0].status, lines[-1].status) == ("pulling manifest", "success")
        assert [model.model for model in client.list().models] == ["qwen3:8b"]
        assert "completion" in client.show("qwen3:8b").capabilities
        with pytest.raises(ollama.ResponseError, match="file does not exist"):
            list(client.pull("nothing", stream=True))
        assert client.pull("qwen3:8b").status == "success"


def test_ollama_takes_a_fault_plan_too():
    with OllamaStandIn() as server:
        client = ollama.Client(host=server.url)
        server.plan.set([Fault("500", where="chat", match="hello", message="out of memory")])
        with pytest.raises(ollama.ResponseError, match="out of memory"):
            client.chat("llama3.2", [{"role": "user", "content": "hello"}])
        assert client.chat("llama3.2", [{"role": "user", "content": "hello"}]).message.content
        kinds = [(event.kind, event.prompt) for event in server.log.after()]
        assert kinds[:2] == [("received", "hello"), ("faulted", "hello")]
