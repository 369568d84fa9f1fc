from __future__ import annotations

import asyncio
import base64
import socket
from pathlib import Path
from typing import Any

import pytest

from onereel.errors import (
    AddKey,
    Cancelled,
    ChooseAnotherModel,
    Expired,
    ReplaceMedia,
    RevisePrompt,
    ReviseSetting,
    ServiceError,
    TryAgain,
    WaitForQuota,
)
from onereel.remote import Patience, Remote
from onereel.shoot.buying.service import (
    Broken,
    Delivered,
    NotSubmitted,
    Outcome,
    Pending,
    Refused,
    RemoteFile,
    Submitted,
    failure_of,
    may_be_sent_again,
)
from onereel.shoot.google.veo import Veo
from onereel.shoot.shot import Shot
from onereel.work import Cancel
from tests.standins import Fault, clip_of
from tests.standins.google import EXPRESS_KEY, LOCATION, PROJECT

from .google_services import (
    BUCKET,
    PATIENCE,
    Studio,
    clip_path,
    declined,
    finished,
    outcome,
    studio,
    submitted,
    veo_shot,
)

__all__ = ["studio"]

HOME = f"/v1beta1/projects/{PROJECT}/locations/{LOCATION}/publishers/google/models"
HASTY = Patience(silence=0.4, call=3, transfer=3, base=0.01)
SUBMIT, POLL = ":predictLongRunning", ":fetchPredictOperation"
MODELS = ("veo-3.1-generate-001", "veo-3.1-fast-generate-001", "veo-3.1-lite-generate-001")
LITE = MODELS[2]
USUAL = {
    "sampleCount": 1,
    "durationSeconds": 4,
    "aspectRatio": "16:9",
    "resolution": "720p",
    "generateAudio": True,
}


def sent(studio: Studio, colour: str) -> dict[str, str]:
    data = (studio.home.media / "pictures" / f"{colour}.png").read_bytes()
    return {"bytesBase64Encoded": base64.b64encode(data).decode(), "mimeType": "image/png"}


def modes(studio: Studio) -> dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Changes of the shot, and what they make of the instance and of the parameters."""
    red, blue = studio.picture("red"), studio.picture("blue")
    asset = {"image": sent(studio, "red"), "referenceType": "ASSET"}
    other = {"image": sent(studio, "blue"), "referenceType": "ASSET"}
    return {
        "text": ({}, {}, {}),
        "every option": (
            {
                "seed": 7,
                "negative_prompt": "blur",
                "people": "allow_adult",
                "enhance": True,
                "aspect": "9:16",
                "resolution": "1080p",
                "sound": False,
                "samples": 2,
                "duration": 6,
            },
            {},
            {
                "seed": 7,
                "negativePrompt": "blur",
                "personGeneration": "allow_adult",
                "enhancePrompt": True,
                "aspectRatio": "9:16",
                "resolution": "1080p",
                "generateAudio": False,
                "sampleCount": 2,
                "durationSeconds": 6,
            },
        ),
        "zero is a seed and False is an answer": (
            {"seed": 0, "enhance": False},
            {},
            {"seed": 0, "enhancePrompt": False},
        ),
        "image": ({"task": "image", "first": red}, {"image": sent(studio, "red")}, {}),
        "frames": (
            {"task": "frames", "first": red, "last": blue},
            {"image": sent(studio, "red"), "lastFrame": sent(studio, "blue")},
            {},
        ),
        "references": (
            {"task": "references", "references": (red, blue), "duration": 8},
            {"referenceImages": [asset, other]},
            {"durationSeconds": 8},
        ),
    }


@pytest.mark.parametrize("model", MODELS)
async def test_each_mode_on_the_wire(studio: Studio, model: str) -> None:
    async with studio.veo() as veo:
        for name, (changes, instance, parameters) in modes(studio).items():
            if model == LITE and name in ("frames", "references"):
                continue
            shot = veo_shot(model=model, **changes)
            operation = await submitted(studio, veo, shot)
            request = studio.google.requests[-1]
            assert request.method == "POST"
            assert request.path == f"{HOME}/{model}{SUBMIT}"
            assert request.query == ""
            assert request.headers["authorization"].startswith("Bearer standin-token-")
            assert "x-goog-api-key" not in request.headers
            assert request.json == {
                "instances": [{"prompt": "a robot", **instance}],
                "parameters": {**USUAL, **parameters},
            }, name
            assert operation.startswith(f"{HOME.removeprefix('/v1beta1/')}/{model}/operations/")
    assert len(studio.google.charges) == studio.count(SUBMIT)


async def test_a_shot_goes_on_from_another_take_in_the_bucket(studio: Studio) -> None:
    first, shot = veo_shot(), veo_shot(task="extend", extends="key", prompt="it waves")
    async with studio.veo(bucket=BUCKET) as veo:
        found = await finished(studio, veo, first)
        assert isinstance(found, Delivered)
        clip = found.files[0]
        await submitted(studio, veo, shot, extends=clip)
    assert studio.wire(SUBMIT)[-1] == {
        "instances": [{"prompt": "it waves", "video": {"gcsUri": clip.uri, "mimeType": clip.mime}}],
        "parameters": {**USUAL, "storageUri": f"{BUCKET}/f/1/"},
    }


async def test_a_shot_goes_on_from_a_clip_on_disk(studio: Studio) -> None:
    async with studio.veo() as veo:
        found = await finished(studio, veo, veo_shot())
        assert isinstance(found, Delivered)
        data = found.files[0].data
        shot = veo_shot(task="extend", extends="key")
        await submitted(studio, veo, shot, extends=RemoteFile(data=data))
    video = studio.wire(SUBMIT)[-1]["instances"][0]["video"]
    assert video == {"bytesBase64Encoded": base64.b64encode(data).decode(), "mimeType": "video/mp4"}


async def test_an_express_key_opens_vertex_without_a_project(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What lies in the environment for others must not change who asks, or where.
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "somebody-else")
    monkeypatch.setenv("GOOGLE_API_KEY", "somebody-elses-key")
    shot = veo_shot()
    async with studio.express() as veo:
        found = await finished(studio, veo, shot)
        assert isinstance(found, Delivered)
        assert await veo.find("f/1") is None
    submit, *polls = studio.google.requests
    assert submit.path == f"/v1beta1/publishers/google/models/{shot.model}{SUBMIT}"
    for request in (submit, *polls):
        assert request.headers["x-goog-api-key"] == EXPRESS_KEY
        assert "authorization" not in request.headers
    assert "storageUri" not in studio.wire(SUBMIT)[0]["parameters"]


async def test_keys_in_the_environment_do_not_replace_the_sign_in(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", "somebody-elses-key")
    monkeypatch.setenv("GOOGLE_GENAI_API_VERSION", "v7")
    monkeypatch.setenv("GOOGLE_GENAI_USE_VERTEXAI", "false")
    async with studio.veo() as veo:
        await submitted(studio, veo, veo_shot())
    assert studio.count(f"{HOME}/{veo_shot().model}{SUBMIT}") == 1
    assert all("x-goog-api-key" not in request.headers for request in studio.google.requests)


async def test_the_last_word_is_spoken_with_the_token_in_hand(studio: Studio) -> None:
    async with studio.veo() as veo:
        await submitted(studio, veo, veo_shot())
    said = [(event.where, event.detail) for event in studio.google.log.after() if not event.at < 0]
    places = [where for where, _ in said]
    assert places.index("token") < places.index("before sending") < places.index("submit")
    assert studio.said == ["before"]


async def test_what_the_last_word_raises_stops_the_request(studio: Studio) -> None:
    async def no() -> None:
        raise TryAgain("The ledger says no.")

    async with studio.veo() as veo:
        with pytest.raises(TryAgain, match="ledger says no"):
            await veo.submit(veo_shot(), folder="f/1", before_sending=no)
        assert studio.count(SUBMIT) == 0
        await submitted(studio, veo, veo_shot())


async def test_nothing_is_sent_where_nobody_listens(studio: Studio) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}"
        async with studio.veo(vertex_address=address) as veo:
            answer = await declined(studio, veo, veo_shot())
    assert answer.outcome == "not sent"
    assert isinstance(answer.error, TryAgain)
    assert "cannot be reached" in answer.error.user_message
    assert studio.said == []


async def test_nothing_is_sent_to_a_host_without_a_name(studio: Studio) -> None:
    async with studio.veo(vertex_address="https://nobody.invalid") as veo:
        answer = await declined(studio, veo, veo_shot())
    assert answer.outcome == "not sent"
    assert studio.said == []


async def test_nothing_is_sent_without_tls(studio: Studio) -> None:
    address = studio.google.url.replace("http://", "https://")
    async with studio.veo(vertex_address=address) as veo:
        answer = await declined(studio, veo, veo_shot())
    assert answer.outcome == "not sent"
    assert studio.said == []


async def test_nothing_is_sent_when_the_connection_hangs(studio: Studio) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        callers = [socket.socket() for _ in range(8)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(full.getsockname())
        address = f"http://127.0.0.1:{full.getsockname()[1]}"
        patience = Patience(connect=0.2, call=3)
        async with studio.veo(patience, vertex_address=address) as veo:
            answer = await declined(studio, veo, veo_shot())
        for caller in callers:
            caller.close()
    assert answer.outcome == "not sent"
    assert studio.said == []


async def test_no_key_goes_over_an_open_line(studio: Studio) -> None:
    async with studio.veo(vertex_address="http://example.com") as veo:
        answer = await declined(studio, veo, veo_shot())
    assert answer.outcome == "rejected"
    assert isinstance(answer.error, ReviseSetting)


async def test_a_sign_in_that_no_longer_works(studio: Studio) -> None:
    studio.google.plan.add(Fault("400", where="token", times=None))
    async with studio.veo() as veo:
        answer = await declined(studio, veo, veo_shot())
    assert answer.outcome == "rejected"
    assert isinstance(answer.error, AddKey)
    assert "gcloud auth application-default login" in answer.error.user_message
    assert studio.said == []


async def test_no_sign_in_at_all(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    file = studio.folder / "account.json"
    file.write_text("{}", "utf-8")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
    async with studio.veo() as veo:
        answer = await declined(studio, veo, veo_shot())
    assert answer.outcome == "rejected"
    assert isinstance(answer.error, AddKey)


async def test_a_picture_that_is_gone(studio: Studio) -> None:
    shot = veo_shot(task="image", first=studio.picture("red"))
    studio.home.path("pictures/red.png").unlink()
    async with studio.veo() as veo:
        answer = await declined(studio, veo, shot)
    assert answer.outcome == "rejected"
    assert isinstance(answer.error, ReplaceMedia)
    assert studio.count(SUBMIT) == 0


SUBMIT_FAULTS: list[tuple[Fault, Outcome, type[Exception], int]] = [
    (Fault("400", where="submit"), "rejected", ChooseAnotherModel, 0),
    (Fault("401", where="submit"), "rejected", AddKey, 0),
    (Fault("403", where="submit"), "rejected", AddKey, 0),
    (Fault("404", where="submit"), "rejected", ChooseAnotherModel, 0),
    (Fault("429", where="submit", retry=34), "not admitted", WaitForQuota, 0),
    (Fault("503", where="submit"), "not admitted", TryAgain, 0),
    (Fault("408", where="submit"), "unknown", TryAgain, 0),
    (Fault("409", where="submit"), "unknown", TryAgain, 0),
    (Fault("500", where="submit"), "unknown", TryAgain, 0),
    (Fault("502", where="submit"), "unknown", TryAgain, 0),
    (Fault("504", where="submit"), "unknown", TryAgain, 0),
    (Fault("reset", where="submit"), "unknown", TryAgain, 0),
    (Fault("disconnect", where="submit"), "unknown", TryAgain, 0),
    (Fault("500", where="submit", late=True), "unknown", TryAgain, 1),
    (Fault("reset", where="submit", late=True), "unknown", TryAgain, 1),
    (Fault("disconnect", where="submit", late=True), "unknown", TryAgain, 1),
    (Fault("hang", where="submit", late=True), "unknown", TryAgain, 1),
    (Fault("garbage", where="submit"), "unknown", TryAgain, 1),
    (Fault("truncated", where="submit"), "unknown", TryAgain, 1),
    (Fault("cut", where="submit"), "unknown", TryAgain, 1),
    (Fault("void", where="submit"), "unknown", TryAgain, 1),
    (Fault("blocked", where="outcome"), "refused", RevisePrompt, 0),
]


async def test_each_fault_of_a_submit(studio: Studio) -> None:
    async with studio.veo(HASTY) as veo:
        for fault, expected, error, charges in SUBMIT_FAULTS:
            studio.google.reset()
            studio.google.plan.add(fault)
            submits, said = studio.count(SUBMIT), len(studio.said)
            answer = await declined(studio, veo, veo_shot())
            assert (answer.outcome, type(answer.error)) == (expected, error), fault
            assert answer.retry_after == (34 if fault.what == "429" else None)
            assert "\n" not in answer.error.user_message
            # The SDK repeats nothing on its own.
            assert (studio.count(SUBMIT), len(studio.said)) == (submits + 1, said + 1), fault
            assert len(studio.google.charges) == charges, fault


@pytest.mark.parametrize("what", ["drip", "mime", "duplicated", "latency"])
async def test_an_operation_is_taken_from_an_odd_answer(studio: Studio, what: str) -> None:
    studio.google.plan.add(Fault(what, where="submit", seconds=0.02))
    async with studio.veo() as veo:
        operation = await submitted(studio, veo, veo_shot())
    assert operation == studio.google.charges[0].operation


async def test_the_support_code_of_a_refused_prompt(studio: Studio) -> None:
    studio.google.plan.add(Fault("blocked", where="outcome", code="61493863"))
    async with studio.veo() as veo:
        answer = await declined(studio, veo, veo_shot())
    assert "violence (61493863)" in answer.reasons
    assert "could not be submitted" in answer.error.user_message


POLL_FAULTS = [
    ("400", TryAgain),
    ("401", AddKey),
    ("403", AddKey),
    ("429", WaitForQuota),
    ("500", TryAgain),
    ("503", TryAgain),
    ("504", TryAgain),
    ("reset", TryAgain),
    ("disconnect", TryAgain),
    ("hang", TryAgain),
    ("garbage", TryAgain),
    ("truncated", TryAgain),
    ("cut", TryAgain),
    ("void", TryAgain),
]


async def test_a_look_that_fails_says_nothing_of_the_operation(studio: Studio) -> None:
    shot = veo_shot()
    async with studio.veo(HASTY) as veo:
        operation = await submitted(studio, veo, shot)
        for number, (what, error) in enumerate(POLL_FAULTS, 1):
            studio.google.plan.set([Fault(what, where="poll", retry=2)])
            with pytest.raises(ServiceError) as caught:
                await veo.look(operation, shot)
            assert type(caught.value) is error, what
            assert caught.value.retry_after == (2 if what in ("429", "500", "503", "504") else None)
            assert studio.count(POLL) == number
        assert isinstance(await outcome(veo, operation, shot), Delivered)
    assert len(studio.google.charges) == 1


async def test_an_operation_at_work_is_pending(studio: Studio) -> None:
    studio.google.plan.add(Fault("never", where="outcome"))
    shot = veo_shot()
    async with studio.veo() as veo:
        operation = await submitted(studio, veo, shot)
        assert isinstance(await veo.look(operation, shot), Pending)


async def test_every_sample_is_delivered(studio: Studio) -> None:
    shot = veo_shot(samples=3, seed=7)
    async with studio.veo() as veo:
        found = await finished(studio, veo, shot)
        assert isinstance(found, Delivered)
        for number, file in enumerate(found.files):
            await veo.fetch(file, clip_path(studio))
            clip = clip_of(clip_path(studio))
            assert (clip.prompt, clip.seed, clip.sample) == ("a robot", 7, number)
    assert len(found.files) == 3
    assert found.filtered == 0
    assert len(found.answer) < 2000
    assert "characters)" in found.answer


async def test_some_samples_are_held_back(studio: Studio) -> None:
    shot = veo_shot(samples=3)
    async with studio.veo() as veo:
        fault = Fault("filtered", where="outcome", samples=2, code="90789179")
        found = await finished(studio, veo, shot, fault)
    assert isinstance(found, Delivered)
    assert (len(found.files), found.filtered) == (1, 2)
    assert "sexual content (90789179)" in found.reasons


@pytest.mark.parametrize(
    ("fault", "reason", "charged"),
    [
        (Fault("blocked", where="outcome", late=True), "video safety (42237218)", False),
        (Fault("filtered", where="outcome"), "video safety (42237218)", False),
        (Fault("audio", where="outcome"), "issue with the audio", False),
        (
            Fault("error", where="outcome", status=3, message="Blocked: it violates our policies."),
            "violates our policies",
            None,
        ),
        (
            Fault("filtered", where="outcome", message="Held back. Support codes: 17301594"),
            "child (17301594)",
            None,
        ),
    ],
)
async def test_a_filter_holds_everything_back(
    studio: Studio, fault: Fault, reason: str, charged: bool | None
) -> None:
    async with studio.veo() as veo:
        found = await finished(studio, veo, veo_shot(), fault)
    assert isinstance(found, Refused)
    assert isinstance(found.error, RevisePrompt)
    assert any(reason in text for text in found.reasons)
    assert found.charged is charged
    assert studio.google.charges == ()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("error", where="outcome", status=13), TryAgain),
        (Fault("error", where="outcome", status=14), TryAgain),
        (Fault("error", where="outcome", status=8), WaitForQuota),
        (Fault("error", where="outcome", status=3, message="Bad frame rate."), ChooseAnotherModel),
        (Fault("error", where="outcome", status=7), AddKey),
        (Fault("empty", where="outcome"), TryAgain),
    ],
)
async def test_an_operation_ends_without_a_clip(
    studio: Studio, fault: Fault, error: type[Exception]
) -> None:
    async with studio.veo() as veo:
        found = await finished(studio, veo, veo_shot(), fault)
    assert isinstance(found, Broken)
    assert type(found.error) is error
    assert found.charged is None
    assert '"done": true' in found.answer


async def test_an_operation_that_nobody_knows(studio: Studio) -> None:
    shot = veo_shot()
    async with studio.veo() as veo:
        known = await submitted(studio, veo, shot)
        found = await veo.look(known[:-4] + "ffff", shot)
    assert isinstance(found, Broken)
    assert isinstance(found.error, Expired)
    assert found.charged is None


async def test_an_operation_is_given_up_only_on_the_second_word(studio: Studio) -> None:
    shot = veo_shot()
    async with studio.veo() as veo:
        operation = await submitted(studio, veo, shot)
        studio.google.plan.add(Fault("404", where="poll"))
        assert isinstance(await outcome(veo, operation, shot), Delivered)
        studio.google.plan.add(Fault("404", where="poll", times=2))
        assert isinstance(await veo.look(operation, shot), Broken)


async def test_an_operation_is_asked_for_where_it_runs(studio: Studio) -> None:
    shot = veo_shot()
    async with studio.veo() as veo:
        operation = await submitted(studio, veo, shot)
    async with studio.veo(location="europe-west4") as moved:
        assert isinstance(await outcome(moved, operation, shot), Delivered)
        await submitted(studio, moved, shot)
    polls = [request for request in studio.google.requests if request.path.endswith(POLL)]
    assert {request.path for request in polls} == {f"{HOME}/{shot.model}{POLL}"}
    assert "/locations/europe-west4/" in studio.google.requests[-1].path


async def delivered_to_bucket(studio: Studio, veo: Veo, shot: Shot) -> RemoteFile:
    found = await finished(studio, veo, shot)
    assert isinstance(found, Delivered)
    assert found.files[0].uri.startswith(f"{BUCKET}/f/1/")
    return found.files[0]


async def test_clips_come_from_the_bucket(studio: Studio) -> None:
    async with studio.veo(bucket=BUCKET) as veo:
        file = await delivered_to_bucket(studio, veo, veo_shot(seed=3))
        assert await veo.find("f/1") == (file,)
        assert await veo.find("f/2") == ()
        await veo.fetch(file, clip_path(studio))
    assert clip_of(clip_path(studio)).seed == 3
    assert all("x-goog-api-key" not in request.headers for request in studio.google.requests)


async def test_a_long_list_comes_in_pages(studio: Studio) -> None:
    shot = veo_shot(samples=4)
    async with studio.veo(bucket=BUCKET) as veo:
        await finished(studio, veo, shot)
        found = await veo.find("f/1")
    assert found is not None
    assert len(found) == 4


DOWNLOAD_FAULTS = [
    ("reset", TryAgain),
    ("disconnect", TryAgain),
    ("hang", TryAgain),
    ("cut", TryAgain),
    ("short", TryAgain),
    ("corrupt", TryAgain),
    ("void", TryAgain),
    ("garbage", TryAgain),
    ("500", TryAgain),
    ("503", TryAgain),
    ("429", WaitForQuota),
    ("401", AddKey),
    ("403", AddKey),
    ("expired", Expired),
]


async def test_each_fault_of_a_download(studio: Studio) -> None:
    async with studio.veo(HASTY, bucket=BUCKET) as veo:
        file = await delivered_to_bucket(studio, veo, veo_shot())
        for what, error in DOWNLOAD_FAULTS:
            studio.google.plan.set([Fault(what, where="download")])
            with pytest.raises(ServiceError) as caught:
                await veo.fetch(file, clip_path(studio))
            assert type(caught.value) is error, what
            await veo.fetch(file, clip_path(studio))
            assert clip_of(clip_path(studio)).prompt == "a robot", what


@pytest.mark.parametrize("what", ["drip", "mime", "latency"])
async def test_a_download_survives(studio: Studio, what: str) -> None:
    async with studio.veo(bucket=BUCKET) as veo:
        file = await delivered_to_bucket(studio, veo, veo_shot())
        studio.google.plan.add(Fault(what, where="download", seconds=0.02))
        await veo.fetch(file, clip_path(studio))
    assert clip_of(clip_path(studio)).prompt == "a robot"


async def test_a_broken_download_goes_on_where_it_stopped(studio: Studio) -> None:
    async with studio.veo(bucket=BUCKET) as veo:
        file = await delivered_to_bucket(studio, veo, veo_shot())
        studio.google.plan.add(Fault("cut", where="download"))
        with pytest.raises(TryAgain):
            await veo.fetch(file, clip_path(studio))
        half = clip_path(studio).stat().st_size
        await veo.fetch(file, clip_path(studio))
    assert half > 0
    assert studio.google.requests[-1].headers["range"] == f"bytes={half}-"
    assert clip_of(clip_path(studio)).prompt == "a robot"


async def test_a_list_that_fails(studio: Studio) -> None:
    async with studio.veo(bucket=BUCKET) as veo:
        await delivered_to_bucket(studio, veo, veo_shot())
        for what, error in (("500", TryAgain), ("403", AddKey), ("garbage", TryAgain)):
            studio.google.plan.set([Fault(what, where="storage")])
            with pytest.raises(error):
                await veo.find("f/1")


async def test_a_bucket_that_does_not_exist(studio: Studio) -> None:
    async with studio.veo(bucket="gs://another-bucket") as veo:
        with pytest.raises(Expired):
            await veo.find("f/1")


async def test_a_damaged_clip_in_the_answer_is_looked_for_again(studio: Studio) -> None:
    shot = veo_shot()
    async with studio.veo() as veo:
        studio.google.plan.add(Fault("mime", where="poll", mime="video/webm"))
        found = await finished(studio, veo, shot)
    assert isinstance(found, Delivered)
    assert found.files[0].mime in ("video/webm", "video/mp4")


async def test_one_service_class_serves_one_event_loop_after_the_other(studio: Studio) -> None:
    async def once() -> str:
        async with studio.veo() as veo:
            return await submitted(studio, veo, veo_shot())

    operations = await asyncio.gather(
        asyncio.to_thread(asyncio.run, once()), asyncio.to_thread(asyncio.run, once())
    )
    assert len(set(operations)) == 2


async def test_many_scenes_at_once_share_a_service(studio: Studio) -> None:
    shots = [veo_shot(seed=number) for number in range(8)]
    async with studio.veo() as veo:
        operations = await asyncio.gather(*(submitted(studio, veo, shot) for shot in shots))
        found = await asyncio.gather(
            *(outcome(veo, name, shot) for name, shot in zip(operations, shots, strict=True))
        )
        for shot, answer in zip(shots, found, strict=True):
            assert isinstance(answer, Delivered)
            await veo.fetch(answer.files[0], clip_path(studio))
            assert clip_of(clip_path(studio)).seed == shot.seed


async def test_a_client_that_stops_leaves_nothing_running(studio: Studio) -> None:
    studio.google.plan.add(Fault("hang", where="poll"))
    shot = veo_shot()
    async with studio.veo() as veo:
        operation = await submitted(studio, veo, shot)
        look = asyncio.create_task(veo.look(operation, shot))
        await asyncio.sleep(0.2)
        look.cancel()
        with pytest.raises(asyncio.CancelledError):
            await look
        assert isinstance(await outcome(veo, operation, shot), Delivered)
    assert PATIENCE.attempts == 3


def test_the_host_is_googles_own_by_default(tmp_path: Path) -> None:
    from onereel.google.client import vertex_access
    from onereel.home import Home
    from onereel.settings import GoogleSettings

    def address(location: str) -> str:
        settings = GoogleSettings(project="p", location=location, vertex_address="")
        return vertex_access(settings).address

    assert address("us-central1") == "https://us-central1-aiplatform.googleapis.com"
    assert address("global") == "https://aiplatform.googleapis.com"
    assert address("eu") == "https://aiplatform.eu.rep.googleapis.com"
    settings = GoogleSettings(project="", vertex_address="", vertex_api_key=EXPRESS_KEY)
    veo = Veo(settings, Home(tmp_path, tmp_path))
    assert veo.host == "aiplatform.googleapis.com"


async def test_one_line_says_that_the_sign_in_or_the_key_is_good(studio: Studio) -> None:
    async with studio.veo() as veo, studio.express() as express:
        line = await veo.check()
        assert line == f"Vertex AI: {veo.host} takes the sign-in ({PROJECT}, {LOCATION})."
        assert await express.check() == f"Vertex AI: {veo.host} takes the express key."
    assert studio.google.charges == ()


async def test_what_is_wrong_with_the_sign_in_is_said_in_one_line(studio: Studio) -> None:
    wrong = studio.veo(project="", vertex_api_key="somebody-elses-key")
    async with studio.veo() as veo, wrong:
        with pytest.raises(AddKey):
            await wrong.check()
        studio.google.plan.add(Fault("403", where="models"))
        with pytest.raises(AddKey):
            await veo.check()
        studio.google.plan.add(Fault("garbage", where="models"))
        with pytest.raises(TryAgain):
            await veo.check()


async def test_a_check_reads_the_bucket_too_and_is_soon_tired(studio: Studio) -> None:
    async with studio.veo(bucket=BUCKET) as veo:
        assert (await veo.check()).endswith(f"Clips are kept in {BUCKET}.")
    async with studio.veo(bucket="gs://another-bucket") as veo:
        with pytest.raises(Expired):
            await veo.check()
    studio.google.plan.add(Fault("hang", where="models"))
    async with studio.veo(Patience(check=0.2)) as veo:
        with pytest.raises(TryAgain, match="in time"):
            await veo.check()


async def test_a_submit_that_was_not_admitted_is_sent_again(studio: Studio) -> None:
    studio.google.plan.add(Fault("503", where="submit"), Fault("429", where="submit"))
    remote, shot = Remote(PATIENCE), veo_shot()
    async with studio.veo() as veo:
        answer = await remote.ask(
            lambda: veo.submit(shot, folder="f/1", before_sending=studio.before),
            what="submit",
            host=veo.host,
            model=shot.model,
            turned_away=may_be_sent_again,
            failed=failure_of,
            interruptible=False,
        )
    assert isinstance(answer, Submitted)
    assert (studio.count(SUBMIT), len(studio.google.charges)) == (3, 1)
    assert studio.said == ["before"] * 3


async def test_a_submit_whose_outcome_is_unknown_is_not_sent_again(studio: Studio) -> None:
    studio.google.plan.add(Fault("reset", where="submit", late=True, times=None))
    remote, shot = Remote(Patience(failures=2, attempts=1)), veo_shot()

    async def ask() -> Submitted | NotSubmitted:
        return await remote.ask(
            lambda: veo.submit(shot, folder="f/1", before_sending=studio.before),
            what="submit",
            host=veo.host,
            model=shot.model,
            turned_away=may_be_sent_again,
            failed=failure_of,
            interruptible=False,
        )

    async with studio.veo() as veo:
        for number in (1, 2):
            answer = await ask()
            assert isinstance(answer, NotSubmitted)
            assert answer.outcome == "unknown"
            assert studio.count(SUBMIT) == number
        # Two in a row: the service is left alone before it takes more money without a word.
        with pytest.raises(TryAgain, match="in a row"):
            await ask()
    assert studio.count(SUBMIT) == 2


async def test_stopping_ends_a_look_that_hangs(studio: Studio) -> None:
    studio.google.plan.add(Fault("hang", where="poll"))
    cancel, remote, shot = Cancel(), Remote(), veo_shot()
    async with studio.veo() as veo:
        operation = await submitted(studio, veo, shot)
        asyncio.get_running_loop().call_later(0.1, cancel.request)
        with pytest.raises(Cancelled):
            await remote.ask(
                lambda: veo.look(operation, shot), what="look", host=veo.host, cancel=cancel
            )


async def stopped(studio: Studio, fault: Fault, *, grace: float) -> Submitted | NotSubmitted:
    """Submit, and stop when the request has arrived at the stand-in."""
    studio.google.plan.add(fault)
    async with studio.veo(Patience(grace=grace)) as veo:
        submit = veo.submit(veo_shot(), folder="f/1", before_sending=studio.before)
        task = asyncio.create_task(submit)
        while studio.count(SUBMIT) == 0:
            await asyncio.sleep(0.01)
        task.cancel()
        return await task


async def test_a_request_that_has_left_is_waited_for_when_somebody_stops(studio: Studio) -> None:
    slow = Fault("latency", where="submit", seconds=0.3)
    answer = await stopped(studio, slow, grace=5)
    assert isinstance(answer, Submitted)
    assert answer.operation == studio.google.charges[0].operation


async def test_a_request_that_has_left_and_is_not_answered_is_unknown(studio: Studio) -> None:
    hang = Fault("hang", where="submit", late=True)
    answer = await stopped(studio, hang, grace=0.1)
    assert isinstance(answer, NotSubmitted)
    assert answer.outcome == "unknown"
    assert len(studio.google.charges) == 1


async def test_a_request_that_is_about_to_leave_does_not_when_somebody_stops(
    studio: Studio,
) -> None:
    begun, decided = asyncio.Event(), False

    async def deciding() -> None:
        nonlocal decided
        begun.set()
        await asyncio.sleep(0.2)
        decided = True

    async with studio.veo() as veo:
        submit = veo.submit(veo_shot(), folder="f/1", before_sending=deciding)
        task = asyncio.create_task(submit)
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        # The ledger was not left in the middle of a word.
        assert decided
        assert studio.count(SUBMIT) == 0
        await submitted(studio, veo, veo_shot())
