"""The Veo and bucket stand-ins, as the vendor's SDK and plain HTTP see them."""

import base64
import io
import time
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import av
import numpy as np
import pytest
import requests
from google.genai import errors, types

from tests.standins import Clip, Fault, clip_of
from tests.standins.google import EXPRESS_KEY, PROJECT
from tests.standins.video import C2PA, colour_of, render

from .standin_clients import FAST, Clients, clients, finished, until, veo

__all__ = ["clients"]

PNG = types.Image(image_bytes=b"first", mime_type="image/png")
LAST = types.Image(image_bytes=b"last", mime_type="image/png")
SUBMIT, POLL = ":predictLongRunning", ":fetchPredictOperation"
BUCKET = "/storage/v1/b/onereel-takes"


def reference(name: bytes) -> types.VideoGenerationReferenceImage:
    return types.VideoGenerationReferenceImage(
        image=types.Image(image_bytes=name, mime_type="image/png"), reference_type="ASSET"
    )


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_a_clip_is_what_was_asked_for_and_says_which_take_it_is(clients: Clients):
    operation = veo(
        clients.vertex, "a robot \u2603", seed=7, aspect_ratio="9:16", duration_seconds=6
    )
    (video,) = finished(clients.vertex, operation).response.generated_videos
    assert video.video.mime_type == "video/mp4"
    data = video.video.video_bytes
    clip = clip_of(data)
    assert (clip.prompt, clip.seed, clip.operation) == ("a robot \u2603", 7, operation.name)
    with av.open(io.BytesIO(data)) as file:
        picture, sound = file.streams.video[0], file.streams.audio[0]
        assert (picture.codec_context.name, picture.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (picture.width, picture.height, picture.average_rate) == (720, 1280, 24)
        assert picture.frames == 6 * 24 and picture.duration * picture.time_base == 6
        assert (sound.codec_context.name, sound.rate, sound.layout.name) == ("aac", 48000, "stereo")
        assert abs(float(sound.duration * sound.time_base) - 6) < 0.03
        frames = list(file.decode(picture))
        assert len(frames) == 6 * 24
        middle = frames[70].to_ndarray()
        colour = (middle[700, 400], middle[1280 + 200, 100], middle[1280 + 500, 100])
    assert np.allclose(colour, colour_of("a robot \u2603", 7), atol=4)
    assert colour_of("a robot \u2603", 7) != colour_of("a robot \u2603", 8)
    with av.open(io.BytesIO(data)) as file:
        samples = np.concatenate([f.to_ndarray()[0] for f in file.decode(audio=0)])
    assert 0.05 < np.abs(samples[4800:-4800]).max() < 0.2


def test_a_clip_carries_a_box_of_content_credentials_and_is_made_the_same_twice():
    clip = Clip("a robot", None, "op", 1, FAST, 1280, 720, 4, sound=False)
    data = render(clip)
    render.cache_clear()
    assert render(clip) == data
    kinds, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kinds.append((data[at + 4 : at + 8], data[at + 8 : at + 24]))
        at += size
    assert at == len(data) and kinds[-1] == (b"uuid", C2PA)
    with av.open(io.BytesIO(data)) as file:
        assert not file.streams.audio


def test_the_submit_of_every_field_is_the_wire_of_the_facts(clients: Clients):
    veo(
        clients.vertex,
        "robot",
        model="veo-3.1-generate-001",
        image=PNG,
        last_frame=LAST,
        number_of_videos=1,
        duration_seconds=8,
        seed=7,
        aspect_ratio="16:9",
        resolution="1080p",
        person_generation="allow_adult",
        negative_prompt="blur",
        generate_audio=True,
    )
    picture = {"bytesBase64Encoded": b64(b"first"), "mimeType": "image/png"}
    assert clients.body(SUBMIT) == {
        "instances": [
            {
                "prompt": "robot",
                "image": picture,
                "lastFrame": {**picture, "bytesBase64Encoded": b64(b"last")},
            }
        ],
        "parameters": {
            "sampleCount": 1,
            "durationSeconds": 8,
            "seed": 7,
            "aspectRatio": "16:9",
            "resolution": "1080p",
            "personGeneration": "allow_adult",
            "negativePrompt": "blur",
            "generateAudio": True,
        },
    }
    veo(clients.vertex, reference_images=[reference(b"one")], duration_seconds=8)
    (instance,) = clients.body(SUBMIT)["instances"]
    (given,) = instance["referenceImages"]
    assert given == {
        "image": {**picture, "bytesBase64Encoded": b64(b"one")},
        "referenceType": "ASSET",
    }


def test_an_operation_is_pending_then_done_and_a_saved_name_resumes_it(clients: Clients):
    clients.google.veo.looks = 2
    name = veo(clients.vertex).name
    saved = types.GenerateVideosOperation(name=name)
    assert clients.vertex.operations.get(saved).done is None
    assert clients.vertex.operations.get(saved).done is None
    time.sleep(clients.google.veo.latency)
    assert clients.vertex.operations.get(saved).done is True
    assert clients.body(POLL) == {"operationName": name}
    # What left is logged after it left, which is after the client has it.
    events = until(lambda: clients.kinds(name), lambda found: found[-1] == "last byte")
    assert events[0] == "charged" and events[-2:] == ["first byte", "last byte"]
    assert events.count("polled") == events.count("replied") == 3, "a submit and two looks"


def test_an_express_key_shoots_too_and_polls_by_the_name_of_the_project(clients: Clients):
    express = clients.express()
    operation = veo(express)
    assert operation.name.startswith(f"projects/{PROJECT}/")
    assert len(finished(express, operation).response.generated_videos) == 1
    submit = next(r for r in clients.google.requests if r.path.endswith(SUBMIT))
    assert submit.path == f"/v1beta1/publishers/google/models/{FAST}{SUBMIT}"
    assert {event.credential for event in clients.google.log.after()} == {"key standin-express-key"}


async def test_the_asynchronous_client_speaks_the_same_wire(clients: Clients):
    clients.google.veo.latency = 0
    client = clients.vertex.aio
    operation = await client.models.generate_videos(
        model=FAST,
        source=types.GenerateVideosSource(prompt="a robot"),
        config=types.GenerateVideosConfig(duration_seconds=4),
    )
    done = await client.operations.get(types.GenerateVideosOperation(name=operation.name))
    (video,) = done.response.generated_videos
    assert clip_of(video.video.video_bytes).operation == operation.name
    await client.aclose()


def test_every_door_wants_its_own_credential(clients: Clients):
    stranger = clients.express("another-key")
    with pytest.raises(errors.ClientError) as wrong:
        veo(stranger)
    assert wrong.value.code == 400
    assert wrong.value.details["error"]["details"][0]["reason"] == "API_KEY_INVALID"
    keys = {"x-goog-api-key": EXPRESS_KEY}
    assert (
        requests.get(f"{clients.google.url}/v1/models", headers=keys, timeout=5).status_code == 400
    )
    assert requests.get(f"{clients.google.url}/v1/models", timeout=5).status_code == 403
    for header in ({}, {"Authorization": "Bearer made-up"}, {"x-goog-api-key": "x"}):
        answer = requests.get(clients.google.url + BUCKET + "/o", headers=header, timeout=5)
        assert answer.status_code == 401
        assert answer.json()["error"]["status"] == "UNAUTHENTICATED"
    assert not clients.google.charges


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"duration_seconds": 5}, "duration"),
        ({"duration_seconds": 4, "reference_images": [reference(b"a")]}, "duration"),
        ({"duration_seconds": 8, "image": PNG, "reference_images": [reference(b"a")]}, "together"),
        ({"duration_seconds": 8, "reference_images": [reference(b"a")] * 4}, "at most 3"),
        ({"last_frame": LAST}, "needs an image"),
        ({"aspect_ratio": "1:1"}, "aspect ratio"),
        ({"resolution": "360p"}, "resolution"),
        ({"model": "veo-3.1-lite-generate-001", "resolution": "4k"}, "resolution"),
        ({"model": "veo-3.1-lite-generate-001", "image": PNG, "last_frame": LAST}, "lastFrame"),
        ({"number_of_videos": 5}, "sampleCount"),
        ({"output_gcs_uri": "https://example.com"}, "Cloud Storage"),
        ({"model": "veo-2.0-generate-001"}, "was not found"),
        ({"video": types.Video(uri="gs://onereel-takes/none", mime_type="video/mp4")}, "read"),
    ],
)
def test_what_the_models_do_not_take_is_refused_and_not_charged(
    clients: Clients, config: dict[str, Any], words: str
):
    with pytest.raises(errors.ClientError, match=words):
        veo(clients.vertex, **config)
    assert not clients.google.charges


@pytest.mark.parametrize(
    ("config", "amount"),
    [
        ({"model": "veo-3.1-generate-001"}, "1.60"),
        ({"model": "veo-3.1-generate-001", "duration_seconds": 8, "resolution": "4k"}, "4.80"),
        ({"resolution": "1080p", "number_of_videos": 3}, "1.44"),
        ({"model": "veo-3.1-lite-generate-001"}, "0.20"),
    ],
)
def test_charges_follow_the_price_table_to_the_cent(
    clients: Clients, config: dict[str, Any], amount: str
):
    operation = veo(clients.vertex, "dear", **config)
    (charge,) = clients.google.charges
    assert charge.amount == Decimal(amount)
    assert (charge.operation, charge.prompt) == (operation.name, "dear")


def test_results_go_to_the_bucket_when_they_are_ripe_whether_or_not_anybody_looks(
    clients: Clients, tmp_path: Path
):
    clients.google.veo.latency = 0.3
    operation = veo(
        clients.vertex, output_gcs_uri="gs://onereel-takes/films/a/", number_of_videos=2
    )
    head = clients.token()
    listing = f"{clients.google.url}{BUCKET}/o?prefix=films/a/&maxResults=1"
    assert "items" not in requests.get(listing, headers=head, timeout=5).json()
    time.sleep(0.35)
    first = requests.get(listing, headers=head, timeout=5).json()
    second = requests.get(
        f"{listing}&pageToken={first['nextPageToken']}", headers=head, timeout=5
    ).json()
    assert "nextPageToken" not in second
    names = [item["name"] for page in (first, second) for item in page["items"]]
    assert all(name.endswith(f"/sample_{i}.mp4") for i, name in enumerate(names))
    videos = finished(clients.vertex, operation).response.generated_videos
    assert [video.video.uri for video in videos] == [f"gs://onereel-takes/{n}" for n in names]
    assert videos[0].video.video_bytes is None
    url = f"{clients.google.url}{BUCKET}/o/{quote(names[1], safe='')}"
    about = requests.get(url, headers=head, timeout=5).json()
    whole = requests.get(f"{url}?alt=media", headers=head, timeout=5)
    assert about["contentType"] == whole.headers["content-type"] == "video/mp4"
    assert int(about["size"]) == len(whole.content) and clip_of(whole.content).sample == 1
    part = requests.get(f"{url}?alt=media", headers={**head, "Range": "bytes=100-"}, timeout=5)
    assert (part.status_code, part.content) == (206, whole.content[100:])
    assert part.headers["content-range"] == f"bytes 100-{len(whole.content) - 1}/{about['size']}"
    beyond = requests.get(
        f"{url}?alt=media", headers={**head, "Range": "bytes=9999999-"}, timeout=5
    )
    assert beyond.status_code == 416
    assert requests.delete(url, headers=head, timeout=5).status_code == 204
    assert requests.get(url, headers=head, timeout=5).status_code == 404


def test_an_uploaded_video_is_extended_and_only_the_new_seconds_are_charged(clients: Clients):
    first = finished(clients.vertex, veo(clients.vertex)).response.generated_videos[0].video
    upload = f"{clients.google.url}/upload{BUCKET}/o?uploadType=media&name=in/one.mp4"
    head = {**clients.token(), "Content-Type": "video/mp4"}
    chunks = (first.video_bytes[i : i + 999] for i in range(0, len(first.video_bytes), 999))
    stored = requests.post(upload, data=chunks, headers=head, timeout=5).json()
    assert (stored["name"], stored["size"]) == ("in/one.mp4", str(len(first.video_bytes)))
    given = types.Video(uri="gs://onereel-takes/in/one.mp4", mime_type="video/mp4")
    operation = veo(clients.vertex, "and on", video=given)
    assert clients.body(SUBMIT)["instances"][0]["video"] == {
        "gcsUri": "gs://onereel-takes/in/one.mp4",
        "mimeType": "video/mp4",
    }
    video = finished(clients.vertex, operation).response.generated_videos[0].video
    assert clip_of(video.video_bytes).seconds == 8
    assert [charge.seconds for charge in clients.google.charges] == [4, 4]


def outcome(clients: Clients, fault: Fault, **config: Any) -> types.GenerateVideosOperation:
    clients.google.plan.set([fault])
    return finished(clients.vertex, veo(clients.vertex, **config))


def test_a_blocked_prompt_comes_at_the_door_or_as_the_end_of_the_operation(clients: Clients):
    clients.google.plan.set([Fault("blocked", where="outcome", code="58061214")])
    with pytest.raises(errors.ClientError, match="could not be submitted") as door:
        veo(clients.vertex)
    assert door.value.code == 400 and "58061214" in str(door.value)
    late = outcome(clients, Fault("blocked", where="outcome", late=True))
    assert late.error["code"] == 3 and "Support codes: 42237218" in late.error["message"]
    assert late.response is None and not clients.google.charges


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("filtered", where="outcome", code="15236754"), "Support codes: 15236754"),
        (Fault("audio", where="outcome"), "issue with the audio"),
    ],
)
def test_a_filtered_clip_is_done_without_videos_and_free(
    clients: Clients, fault: Fault, words: str
):
    answer = outcome(clients, fault).response
    assert answer.generated_videos is None and answer.rai_media_filtered_count == 1
    assert words in answer.rai_media_filtered_reasons[0]
    assert "not" in answer.rai_media_filtered_reasons[0] and not clients.google.charges
    again = finished(clients.vertex, veo(clients.vertex)).response
    assert len(again.generated_videos) == 1, "it strikes once"


def test_partly_filtered_samples_are_charged_for_what_is_delivered(clients: Clients):
    fault = Fault("filtered", where="outcome", samples=1)
    answer = outcome(clients, fault, number_of_videos=3).response
    assert (len(answer.generated_videos), answer.rai_media_filtered_count) == (2, 1)
    assert clients.google.charges[0].amount == Decimal("0.80")


def test_an_operation_can_fail_free_or_charged_be_empty_or_never_end(clients: Clients):
    free = outcome(clients, Fault("error", where="outcome", status=8, message="full"))
    assert free.error == {"code": 8, "message": "full"} and not clients.google.charges
    outcome(clients, Fault("error", where="outcome", charged=True))
    assert len(clients.google.charges) == 1
    empty = outcome(clients, Fault("empty", where="outcome"))
    assert empty.done and not empty.response.generated_videos and not empty.error
    clients.google.plan.set([Fault("never", where="outcome")])
    operation = veo(clients.vertex)
    time.sleep(0.1)
    assert not clients.vertex.operations.get(operation).done


def test_one_generation_can_be_slow_and_is_charged_all_the_same(clients: Clients):
    clients.google.plan.set([Fault("slow", where="outcome", match="tortoise", seconds=60)])
    slow = veo(clients.vertex, "a tortoise")
    assert finished(clients.vertex, veo(clients.vertex, "a hare")).response.generated_videos
    assert not clients.vertex.operations.get(slow).done and len(clients.google.charges) == 2


def test_a_body_of_another_shape_is_a_400(clients: Clients):
    url = f"{clients.google.url}/v1/publishers/google/models/{FAST}{SUBMIT}"
    head = {"x-goog-api-key": EXPRESS_KEY}
    for body in (b"{", b"[]", b"{}", b'{"instances": []}'):
        answer = requests.post(url, data=body, headers=head, timeout=5)
        assert answer.status_code == 400
        assert "Invalid JSON payload" in answer.json()["error"]["message"]
    assert requests.post(f"{clients.google.url}/v1/nowhere", timeout=5).status_code == 404


def test_an_unknown_operation_is_not_found(clients: Clients):
    name = f"{veo(clients.vertex).name}0"
    with pytest.raises(errors.ClientError) as gone:
        clients.vertex.operations.get(types.GenerateVideosOperation(name=name))
    assert gone.value.code == 404


def test_more_at_once_than_the_quota_are_turned_away(clients: Clients):
    clients.google.veo.at_once, clients.google.veo.latency = 2, 60
    veo(clients.vertex), veo(clients.vertex)
    with pytest.raises(errors.ClientError, match="Quota exceeded") as full:
        veo(clients.vertex)
    assert full.value.code == 429 and len(clients.google.charges) == 2
