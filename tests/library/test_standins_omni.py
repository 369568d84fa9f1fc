"""The Omni stand-in and its files, as the vendor's SDK sees them."""

import base64
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from google.genai import _interactions as interactions
from google.genai import errors

from tests.standins import Fault, clip_of

from .standin_clients import OMNI, Clients, clients, ended, omni, until

__all__ = ["clients"]


def video_of(interaction: Any) -> Any:
    ((video,),) = [step.content for step in interaction.steps]
    return video


def test_the_create_of_every_field_is_the_wire_of_the_facts(clients: Clients):
    picture = {"type": "image", "data": "Zmlyc3Q=", "mime_type": "image/png"}
    shape = {
        "type": "video",
        "resolution": "1080p",
        "aspect_ratio": "16:9",
        "duration": "8s",
        "delivery": "uri",
    }
    made = clients.gemini.interactions.create(
        model=OMNI,
        background=True,
        store=True,
        input=[{"type": "user_input", "content": [{"type": "text", "text": "a robot"}, picture]}],
        response_format=shape,
        generation_config={"seed": 7, "video_config": {"task": "image_to_video"}},
    )
    assert made.status == "in_progress" and made.id.startswith("v1_") and made.model == OMNI
    assert clients.body("/interactions") == {
        "model": OMNI,
        "background": True,
        "store": True,
        "input": [
            {"type": "user_input", "content": [{"type": "text", "text": "a robot"}, picture]}
        ],
        "response_format": shape,
        "generation_config": {"seed": 7, "video_config": {"task": "image_to_video"}},
    }
    (request,) = clients.google.requests
    assert (request.method, request.path) == ("POST", "/v1/interactions")
    assert request.headers["x-goog-api-key"] == "standin-gemini-key"


def test_a_clip_by_uri_is_processed_then_active_and_streams_to_a_file(
    clients: Clients, tmp_path: Path
):
    clients.google.files.processing = 0.2
    made = omni(clients.gemini, "a robot", aspect_ratio="9:16")
    done = ended(clients.gemini, made.id)
    video = video_of(done)
    assert video.mime_type == "video/mp4" and video.data is None
    assert video.uri.startswith("https://generativelanguage.googleapis.com/v1/files/")
    name = f"files/{video.uri.split('files/')[1].split(':')[0]}"
    waiting = clients.gemini.files.get(name=name)
    assert waiting.state == "PROCESSING" and waiting.download_uri is None
    with pytest.raises(errors.ClientError, match="ACTIVE"):
        clients.gemini.files.download(file=video.uri)
    file = until(lambda: clients.gemini.files.get(name=name), lambda f: f.state == "ACTIVE")
    clients.gemini.files.download(file=file, destination=str(tmp_path / "clip.mp4"))
    clip = clip_of(tmp_path / "clip.mp4")
    assert (tmp_path / "clip.mp4").stat().st_size == file.size_bytes
    assert (clip.operation, clip.prompt, clip.seconds) == (made.id, "a robot", 3)
    assert (clip.width, clip.height, clip.sound) == (360, 640, True)
    (tokens,) = done.usage.output_tokens_by_modality
    assert (tokens.modality, tokens.tokens) == ("video", 3 * 5792)


async def test_the_asynchronous_client_speaks_the_same_wire(clients: Clients, tmp_path: Path):
    clients.google.files.processing = clients.google.omni.latency = 0
    client = clients.gemini.aio
    made = await client.interactions.create(
        model=OMNI,
        background=True,
        input="a robot",
        response_format={"type": "video", "duration": "3s", "delivery": "uri"},
    )
    video = video_of(await client.interactions.get(made.id))
    await client.files.download(file=video.uri, destination=str(tmp_path / "clip.mp4"))
    assert clip_of(tmp_path / "clip.mp4").operation == made.id
    await client.aclose()


def test_a_clip_can_come_inline_as_base64(clients: Clients):
    video = video_of(ended(clients.gemini, omni(clients.gemini, delivery="inline").id))
    assert video.uri is None and clip_of(base64.b64decode(video.data)).prompt == "a robot"


def test_looks_and_latency_keep_an_interaction_in_progress(clients: Clients):
    clients.google.omni.looks, clients.google.omni.latency = 1, 0
    id = omni(clients.gemini).id
    states = [clients.gemini.interactions.get(id).status for _ in range(2)]
    assert states == ["in_progress", "completed"]


def test_charges_follow_the_price_table_and_waiting_costs_nothing(clients: Clients):
    made = omni(clients.gemini, resolution="1080p", duration="8s")
    ended(clients.gemini, made.id)
    (charge,) = clients.google.charges
    assert (charge.operation, charge.amount) == (made.id, Decimal("0.840"))


def test_cancel_and_delete_end_an_interaction(clients: Clients):
    clients.google.omni.latency = 60
    id = omni(clients.gemini).id
    assert clients.gemini.interactions.cancel(id).status == "cancelled"
    assert clients.gemini.interactions.get(id).status == "cancelled"
    clients.gemini.interactions.delete(id)
    with pytest.raises(interactions.BadRequestError, match="not found"):
        clients.gemini.interactions.get(id)
    assert len(clients.google.charges) == 1


def test_a_file_goes_with_its_interaction(clients: Clients):
    clients.google.files.processing = 0
    done = ended(clients.gemini, omni(clients.gemini).id)
    uri = video_of(done).uri
    assert clients.gemini.files.download(file=uri)
    clients.gemini.interactions.delete(done.id)
    with pytest.raises(errors.ClientError) as gone:
        clients.gemini.files.download(file=uri)
    assert gone.value.code == 403


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"duration": "8"}, "Invalid duration"),
        ({"duration": "20s"}, "Unsupported duration"),
        ({"aspect_ratio": "1:1"}, "aspect ratio"),
        ({"resolution": "480p"}, "resolution"),
    ],
)
def test_what_the_model_does_not_take_is_refused_and_not_charged(
    clients: Clients, form: dict[str, Any], words: str
):
    with pytest.raises(interactions.BadRequestError, match=words) as refused:
        omni(clients.gemini, **form)
    assert refused.value.body["error"]["code"] == "invalid_request"
    assert not clients.google.charges


def create(clients: Clients, given: Any, task: str, **more: Any) -> Any:
    return clients.gemini.interactions.create(
        model=OMNI,
        background=True,
        input=given,
        response_format={"type": "video", "resolution": "360p", "duration": "3s"},
        generation_config={"video_config": {"task": task}},
        **more,
    )


def test_a_task_wants_its_input(clients: Clients):
    with pytest.raises(interactions.BadRequestError, match="image_to_video"):
        create(clients, "a robot", "image_to_video")
    text, picture = {"type": "text", "text": "a"}, {"type": "image", "mime_type": "image/png"}
    with pytest.raises(interactions.BadRequestError, match="At most 6"):
        create(clients, [text, *[{**picture, "data": "AAAA"}] * 7], "reference_to_video")
    with pytest.raises(interactions.BadRequestError, match="base64"):
        create(clients, [text, {**picture, "data": "?"}], "image_to_video")
    with pytest.raises(interactions.BadRequestError, match="HTTP video"):
        create(clients, [text, {"type": "video", "uri": "https://example.com/a.mp4"}], "extend")
    assert not clients.google.charges


def test_an_interaction_goes_on_from_a_video_or_from_another_interaction(clients: Clients):
    first = ended(clients.gemini, omni(clients.gemini, delivery="inline").id)
    video = {"type": "video", "data": video_of(first).data, "mime_type": "video/mp4"}
    by_data = create(clients, [{"type": "text", "text": "on"}, video], "extend")
    by_name = create(clients, "on", "extend", previous_interaction_id=first.id)
    for made in (by_data, by_name):
        data = video_of(ended(clients.gemini, made.id)).data
        assert clip_of(base64.b64decode(data)).seconds == 6
    assert [charge.seconds for charge in clients.google.charges] == [3, 3, 3]


def outcome(clients: Clients, fault: Fault) -> Any:
    clients.google.plan.set([fault])
    return ended(clients.gemini, omni(clients.gemini).id)


@pytest.mark.parametrize("reason", ["SAFETY", "PROHIBITED_CONTENT"])
def test_a_blocked_prompt_is_a_400_with_the_reason(clients: Clients, reason: str):
    clients.google.plan.set([Fault("blocked", where="outcome", reason=reason)])
    with pytest.raises(interactions.BadRequestError) as blocked:
        omni(clients.gemini)
    assert reason in str(blocked.value.body)
    assert not clients.google.charges


@pytest.mark.parametrize(
    "fault", [Fault("text", where="outcome"), Fault("filtered", where="outcome")]
)
def test_a_refusal_can_be_completed_with_text_alone(clients: Clients, fault: Fault):
    done = outcome(clients, fault)
    ((part,),) = [step.content for step in done.steps]
    assert done.status == "completed" and part.type == "text" and "can't" in part.text
    assert not done.usage.output_tokens_by_modality and not clients.google.charges


def test_tokens_can_be_used_and_nothing_delivered(clients: Clients):
    done = outcome(clients, Fault("lost", where="outcome"))
    assert done.status == "completed" and not done.steps
    assert done.usage.output_tokens_by_modality[0].tokens > 0
    assert len(clients.google.charges) == 1


def test_an_answer_can_have_thoughts_and_words_before_the_clip(clients: Clients):
    done = outcome(clients, Fault("chatty", where="outcome"))
    assert [step.type for step in done.steps] == ["thought", "model_output", "model_output"]
    assert done.output_video.uri == done.steps[2].content[0].uri
    assert len(clients.google.charges) == 1


def test_an_interaction_can_fail_be_empty_or_hit_the_quota_after_it_was_accepted(clients: Clients):
    failed = outcome(clients, Fault("error", where="outcome", message="overload"))
    assert failed.status == "failed" and failed.errors[0].message == "overload"
    empty = outcome(clients, Fault("empty", where="outcome"))
    assert empty.status == "completed" and not empty.steps
    with pytest.raises(interactions.RateLimitError) as full:
        outcome(clients, Fault("quota", where="outcome"))
    assert full.value.body["error"]["code"] == "too_many_requests"
    assert not clients.google.charges


def test_one_generation_can_be_slow(clients: Clients):
    clients.google.plan.set([Fault("slow", where="outcome", match="tortoise", seconds=60)])
    slow, quick = omni(clients.gemini, "a tortoise"), omni(clients.gemini, "a hare")
    assert ended(clients.gemini, quick.id).status == "completed"
    assert clients.gemini.interactions.get(slow.id).status == "in_progress"
    assert len(clients.google.charges) == 2


def test_more_at_once_than_the_quota_are_turned_away(clients: Clients):
    clients.google.omni.at_once, clients.google.omni.latency = 1, 60
    omni(clients.gemini)
    with pytest.raises(interactions.RateLimitError):
        omni(clients.gemini)
    assert len(clients.google.charges) == 1
