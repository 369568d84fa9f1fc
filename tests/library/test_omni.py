from __future__ import annotations

import base64
import threading
from types import FrameType
from typing import Any

import pytest

from onereel.errors import (
    AddKey,
    ChooseAnotherModel,
    Expired,
    ReplaceMedia,
    RevisePrompt,
    ServiceError,
    TryAgain,
    WaitForQuota,
)
from onereel.google.client import Client
from onereel.remote import Patience
from onereel.shoot.buying.service import Broken, Delivered, Outcome, Refused, RemoteFile
from onereel.shoot.google.omni import Omni
from onereel.shoot.shot import Shot
from tests.standins import Fault, clip_of
from tests.standins.google import GEMINI_KEY

from .google_services import (
    Studio,
    clip_path,
    declined,
    finished,
    omni_shot,
    outcome,
    studio,
    submitted,
)

__all__ = ["studio"]

HASTY = Patience(silence=0.4, call=3, transfer=3, base=0.01)
CREATE = "/v1/interactions"
MODELS = ("gemini-omni-1.1-flash", "gemini-omni-1.2-flash")


def looks(studio: Studio) -> int:
    return sum(
        request.method == "GET" and "/interactions/" in request.path
        for request in studio.google.requests
    )


def sent(studio: Studio, colour: str) -> dict[str, str]:
    data = (studio.home.media / "pictures" / f"{colour}.png").read_bytes()
    return {
        "type": "image",
        "data": base64.b64encode(data).decode(),
        "mime_type": "image/png",
    }


def modes(studio: Studio) -> dict[str, tuple[dict[str, Any], list[Any], dict[str, Any], Any]]:
    """Changes of the shot; what they make of the content, of the format and of the settings."""
    red, blue = studio.picture("red"), studio.picture("blue")
    reds, blues = sent(studio, "red"), sent(studio, "blue")

    def task(name: str, **more: Any) -> dict[str, Any]:
        return {"video_config": {"task": name}, **more}

    return {
        "text": ({}, [], {}, task("text_to_video")),
        "every option": (
            {"seed": 7, "aspect": "9:16", "resolution": "1080p", "duration": 8},
            [],
            {"aspect_ratio": "9:16", "resolution": "1080p", "duration": "8s"},
            task("text_to_video", seed=7),
        ),
        "zero is a seed": ({"seed": 0}, [], {}, task("text_to_video", seed=0)),
        "image": ({"task": "image", "first": red}, [reds], {}, task("image_to_video")),
        "frames": (
            {"task": "frames", "first": red, "last": blue},
            [{"type": "text", "text": "<FIRST_FRAME> <LAST_FRAME> a robot"}, reds, blues],
            {},
            task("image_to_video"),
        ),
        "references": (
            {"task": "references", "references": (red, blue)},
            [reds, blues],
            {},
            task("reference_to_video"),
        ),
    }


@pytest.mark.parametrize("model", MODELS)
async def test_each_mode_on_the_wire(studio: Studio, model: str) -> None:
    async with studio.omni() as omni:
        for name, (changes, content, form, config) in modes(studio).items():
            operation = await submitted(studio, omni, omni_shot(model=model, **changes))
            request = studio.google.requests[-1]
            assert (request.method, request.path, request.query) == ("POST", CREATE, "")
            assert request.headers["x-goog-api-key"] == GEMINI_KEY
            assert "authorization" not in request.headers
            text = [] if name == "frames" else [{"type": "text", "text": "a robot"}]
            assert request.json == {
                "model": model,
                "background": True,
                "store": True,
                "input": [{"type": "user_input", "content": [*text, *content]}],
                "response_format": {
                    "type": "video",
                    "resolution": "360p",
                    "aspect_ratio": "16:9",
                    "duration": "4s",
                    "delivery": "uri",
                    **form,
                },
                "generation_config": config,
            }, name
            assert operation.startswith("v1_")
    assert len(studio.google.charges) == studio.count(CREATE)


async def test_a_shot_goes_on_from_another_take(studio: Studio) -> None:
    shot = omni_shot(task="extend", extends="key", prompt="it waves")
    async with studio.omni() as omni:
        found = await finished(studio, omni, omni_shot())
        assert isinstance(found, Delivered)
        await omni.fetch(found.files[0], clip_path(studio))
        clip = RemoteFile(data=clip_path(studio).read_bytes())
        await submitted(studio, omni, shot, extends=clip)
        answer = await declined(studio, omni, shot, extends=found.files[0])
    assert (answer.outcome, type(answer.error)) == ("rejected", ReplaceMedia)
    assert studio.wire(CREATE)[-1]["input"][0]["content"][1] == {
        "type": "video",
        "data": base64.b64encode(clip.data).decode(),
        "mime_type": "video/mp4",
    }
    assert studio.wire(CREATE)[-1]["generation_config"] == {"video_config": {"task": "extend"}}


async def test_a_shot_goes_on_from_an_interaction(studio: Studio) -> None:
    shot = omni_shot(task="extend", extends="key", prompt="it waves")
    async with studio.omni() as omni:
        first = await submitted(studio, omni, omni_shot())
        found = await finished_with(studio, omni, shot, RemoteFile(operation=first))
        await omni.fetch(found.files[0], clip_path(studio))
    body = studio.wire(CREATE)[-1]
    assert body["previous_interaction_id"] == first
    assert body["input"] == [
        {"type": "user_input", "content": [{"type": "text", "text": "it waves"}]}
    ]
    assert clip_of(clip_path(studio)).seconds == 8


async def finished_with(studio: Studio, omni: Omni, shot: Shot, clip: RemoteFile) -> Delivered:
    operation = await submitted(studio, omni, shot, extends=clip)
    found = await outcome(omni, operation, shot)
    assert isinstance(found, Delivered)
    return found


async def test_a_clip_is_delivered_and_downloaded(studio: Studio) -> None:
    shot = omni_shot(seed=7)
    async with studio.omni() as omni:
        found = await finished(studio, omni, shot)
        assert isinstance(found, Delivered)
        (file,) = found.files
        await omni.fetch(file, clip_path(studio))
        assert await omni.find("f/1") is None
    clip = clip_of(clip_path(studio))
    assert (clip.prompt, clip.seed) == ("a robot", 7)
    assert file.mime == "video/mp4"
    assert '"status": "completed"' in found.answer
    assert studio.said == ["before"]
    for request in studio.google.requests:
        assert request.headers["x-goog-api-key"] == GEMINI_KEY


async def test_a_download_waits_until_the_file_is_active(studio: Studio) -> None:
    studio.google.files.processing = 0.3
    async with studio.omni() as omni:
        found = await finished(studio, omni, omni_shot())
        assert isinstance(found, Delivered)
        await omni.fetch(found.files[0], clip_path(studio))
    assert clip_of(clip_path(studio)).prompt == "a robot"


async def test_a_file_that_never_gets_active(studio: Studio) -> None:
    studio.google.files.processing = 60
    async with studio.omni(Patience(call=0.3, base=0.02)) as omni:
        found = await finished(studio, omni, omni_shot())
        assert isinstance(found, Delivered)
        with pytest.raises(TryAgain, match="not ready"):
            await omni.fetch(found.files[0], clip_path(studio))


async def test_the_sdk_is_loaded_off_the_event_loop(studio: Studio) -> None:
    opened: list[int] = []

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call" and frame.f_code is Client._open.__code__:
            opened.append(threading.get_ident())

    # Of threads that begin from now on: in the loop's own, nobody takes notes.
    threading.setprofile(note)
    try:
        async with studio.omni() as omni:
            await omni._client()
    finally:
        threading.setprofile(None)
    assert opened
    assert threading.get_ident() not in opened


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
    (Fault("blocked", where="outcome", reason="PROHIBITED_CONTENT"), "refused", RevisePrompt, 0),
]


async def test_each_fault_of_a_submit(studio: Studio) -> None:
    async with studio.omni(HASTY) as omni:
        for fault, expected, error, charges in SUBMIT_FAULTS:
            studio.google.reset()
            studio.google.plan.add(fault)
            creates = studio.count(CREATE)
            answer = await declined(studio, omni, omni_shot())
            assert (answer.outcome, type(answer.error)) == (expected, error), fault
            assert answer.retry_after == (34 if fault.what == "429" else None)
            # The SDK repeats nothing on its own.
            assert studio.count(CREATE) == creates + 1, fault
            assert len(studio.google.charges) == charges, fault


async def test_a_key_that_nobody_issued(studio: Studio) -> None:
    key = "AIzaSyWrongWrongWrongWrongWrongWrong123"
    async with studio.omni(gemini_api_key=key) as omni:
        answer = await declined(studio, omni, omni_shot())
        assert (answer.outcome, type(answer.error)) == ("rejected", AddKey)
        assert key not in answer.error.user_message
        with pytest.raises(AddKey):
            await omni.check()
        with pytest.raises(AddKey):
            await omni.look("v1_0", omni_shot())


@pytest.mark.parametrize("what", ["drip", "mime", "duplicated", "latency"])
async def test_an_operation_is_taken_from_an_odd_answer(studio: Studio, what: str) -> None:
    studio.google.plan.add(Fault(what, where="submit", seconds=0.02))
    async with studio.omni() as omni:
        operation = await submitted(studio, omni, omni_shot())
    assert operation == studio.google.charges[0].operation


async def test_a_look_that_fails_says_nothing_of_the_operation(studio: Studio) -> None:
    faults: list[tuple[str, type[ServiceError]]] = [
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
    shot = omni_shot()
    async with studio.omni(HASTY) as omni:
        operation = await submitted(studio, omni, shot)
        for number, (what, error) in enumerate(faults, 1):
            studio.google.plan.set([Fault(what, where="poll", retry=2)])
            with pytest.raises(ServiceError) as caught:
                await omni.look(operation, shot)
            assert type(caught.value) is error, what
            assert looks(studio) == number
        assert isinstance(await outcome(omni, operation, shot), Delivered)
    assert len(studio.google.charges) == 1


async def test_text_without_a_clip_is_a_refusal(studio: Studio) -> None:
    async with studio.omni() as omni:
        found = await finished(studio, omni, omni_shot(), Fault("text", where="outcome"))
    assert isinstance(found, Refused)
    assert isinstance(found.error, RevisePrompt)
    assert any("violate our policies" in text for text in found.reasons)
    assert found.charged is False
    assert studio.google.charges == ()


async def test_a_clip_behind_thoughts_and_words(studio: Studio) -> None:
    async with studio.omni() as omni:
        found = await finished(studio, omni, omni_shot(), Fault("chatty", where="outcome"))
        assert isinstance(found, Delivered)
        await omni.fetch(found.files[0], clip_path(studio))
    assert clip_of(clip_path(studio)).prompt == "a robot"


async def test_a_refusal_after_the_interaction_was_accepted(studio: Studio) -> None:
    async with studio.omni() as omni:
        found = await finished(
            studio, omni, omni_shot(), Fault("blocked", where="outcome", late=True)
        )
    assert isinstance(found, Refused)
    assert found.charged is False


async def test_quota_that_the_first_look_tells(studio: Studio) -> None:
    studio.google.plan.add(Fault("quota", where="outcome"))
    async with studio.omni() as omni:
        operation = await submitted(studio, omni, omni_shot())
        with pytest.raises(WaitForQuota) as caught:
            await outcome(omni, operation, omni_shot())
    assert caught.value.retry_after == 23.397


async def test_a_clip_that_was_paid_and_is_not_there(studio: Studio) -> None:
    async with studio.omni() as omni:
        found = await finished(studio, omni, omni_shot(), Fault("lost", where="outcome"))
    assert isinstance(found, Broken)
    assert found.charged is True
    assert "tokens of video" in found.error.user_message
    assert len(studio.google.charges) == 1


@pytest.mark.parametrize("what", ["error", "empty"])
async def test_an_interaction_ends_without_a_clip(studio: Studio, what: str) -> None:
    async with studio.omni() as omni:
        found = await finished(studio, omni, omni_shot(), Fault(what, where="outcome"))
    assert isinstance(found, Broken)
    assert isinstance(found.error, TryAgain)
    assert found.charged is (None if what == "error" else False)


async def test_an_interaction_that_nobody_knows(studio: Studio) -> None:
    async with studio.omni() as omni:
        found = await omni.look("v1_unknown", omni_shot())
    assert isinstance(found, Broken)
    assert isinstance(found.error, Expired)


async def test_deleting_stops_an_interaction_and_forgets_it(studio: Studio) -> None:
    studio.google.plan.add(Fault("never", where="outcome"))
    shot = omni_shot()
    async with studio.omni() as omni:
        operation = await submitted(studio, omni, shot)
        await omni.delete(operation)
        assert isinstance(await omni.look(operation, shot), Broken)
        await omni.delete(operation)
        studio.google.plan.set([Fault("500", where="delete")])
        with pytest.raises(TryAgain):
            await omni.delete(operation)


async def delivered(studio: Studio, omni: Omni, shot: Shot) -> RemoteFile:
    found = await finished(studio, omni, shot)
    assert isinstance(found, Delivered)
    return found.files[0]


async def test_each_fault_of_a_download(studio: Studio) -> None:
    faults: list[tuple[str, type[ServiceError]]] = [
        ("reset", TryAgain),
        ("disconnect", TryAgain),
        ("hang", TryAgain),
        ("cut", TryAgain),
        ("short", TryAgain),
        ("void", TryAgain),
        ("garbage", TryAgain),
        ("500", TryAgain),
        ("503", TryAgain),
        ("429", WaitForQuota),
        ("401", AddKey),
        ("403", AddKey),
        ("expired", Expired),
    ]
    async with studio.omni(HASTY) as omni:
        file = await delivered(studio, omni, omni_shot())
        for what, error in faults:
            studio.google.plan.set([Fault(what, where="download")])
            with pytest.raises(ServiceError) as caught:
                await omni.fetch(file, clip_path(studio))
            assert type(caught.value) is error, what
            await omni.fetch(file, clip_path(studio))
            assert clip_of(clip_path(studio)).prompt == "a robot", what
        for what, error in [("expired", Expired), ("500", TryAgain), ("401", AddKey)]:
            studio.google.plan.set([Fault(what, where="files")])
            with pytest.raises(error):
                await omni.fetch(file, clip_path(studio))


async def test_a_broken_download_goes_on_where_it_stopped(studio: Studio) -> None:
    async with studio.omni() as omni:
        file = await delivered(studio, omni, omni_shot())
        studio.google.plan.add(Fault("cut", where="download"))
        with pytest.raises(TryAgain):
            await omni.fetch(file, clip_path(studio))
        half = clip_path(studio).stat().st_size
        await omni.fetch(file, clip_path(studio))
    assert half > 0
    assert studio.google.requests[-1].headers["range"] == f"bytes={half}-"
    assert clip_of(clip_path(studio)).prompt == "a robot"


@pytest.mark.parametrize(
    "uri",
    [
        "https://evil.example/video.mp4",
        "https://evil.example/v1/files/../secrets",
        "gs://somebody/else.mp4",
        "file:///etc/passwd",
    ],
)
async def test_a_clip_from_elsewhere_is_not_fetched(studio: Studio, uri: str) -> None:
    async with studio.omni() as omni:
        with pytest.raises(Expired):
            await omni.fetch(RemoteFile(uri=uri), clip_path(studio))
    assert studio.google.requests == []
    assert not clip_path(studio).exists()


async def test_the_key_goes_to_no_host_that_an_answer_names(studio: Studio) -> None:
    async with studio.omni() as omni:
        file = await delivered(studio, omni, omni_shot())
        name = file.uri.rpartition("/files/")[2]
        elsewhere = RemoteFile(uri=f"https://evil.example/v1/files/{name}")
        await omni.fetch(elsewhere, clip_path(studio))
    assert clip_of(clip_path(studio)).prompt == "a robot"


async def test_a_picture_that_is_gone(studio: Studio) -> None:
    shot = omni_shot(task="image", first=studio.picture("red"))
    studio.home.path("pictures/red.png").unlink()
    async with studio.omni() as omni:
        answer = await declined(studio, omni, shot)
    assert (answer.outcome, type(answer.error)) == ("rejected", ReplaceMedia)
    assert studio.google.requests == []


async def test_one_line_says_that_the_key_is_good(studio: Studio) -> None:
    async with studio.omni() as omni:
        line = await omni.check()
    assert line == f"Gemini API: {omni.host} takes the key."
    assert studio.google.charges == ()
