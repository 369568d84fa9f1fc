from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from onereel.errors import (
    AddKey,
    ChooseAnotherModel,
    Expired,
    OneReelError,
    RevisePrompt,
    ServiceError,
    TryAgain,
    WaitForQuota,
)
from onereel.google.safety import charged, is_refusal, reasons
from onereel.google.told import one_line, read_error
from onereel.home import Home
from onereel.secrets import hide
from onereel.settings import GoogleSettings
from onereel.shoot.buying.service import (
    Broken,
    Delivered,
    NotSubmitted,
    Outcome,
    Pending,
    Refused,
    RemoteFile,
    may_be_sent_again,
)
from onereel.shoot.google.omni import Omni
from onereel.shoot.google.veo import Veo
from tests.standins import Exchange, Fault, StandIn
from tests.standins.google import EXPRESS_KEY, GEMINI_KEY

from .google_services import (
    BUCKET,
    PATIENCE,
    Studio,
    clip_path,
    declined,
    omni_shot,
    outcome,
    studio,
    submitted,
    veo_shot,
)

__all__ = ["studio"]

KEY = "AIzaSyA1234567890abcdefghijklmnopqrstu"
NAME = "projects/p/locations/us-central1/publishers/google/models/m/operations/1"


class Scripted(StandIn):
    """Answers everything the same way."""

    def __init__(self) -> None:
        super().__init__()
        self.says(200, {})

    def says(self, status: int, body: object, **headers: str) -> None:
        """Answer with a body; `content_type` is one of the headers."""
        self._status, self._body, self._headers = status, body, headers

    def handle(self, exchange: Exchange) -> None:
        exchange.send(self._status, self._body, **self._headers)


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    with Scripted() as server:
        yield server


def express(server: StandIn, folder: Path, key: str = KEY) -> Veo:
    settings = GoogleSettings(project="", vertex_address=server.url)
    return Veo(
        settings.model_copy(update={"vertex_api_key": SecretStr(key)}),
        Home(folder, folder),
        patience=PATIENCE,
    )


def omni_at(server: StandIn, folder: Path) -> Omni:
    settings = GoogleSettings(gemini_address=server.url, gemini_api_key=SecretStr(KEY))
    return Omni(settings, Home(folder, folder), patience=PATIENCE)


async def silent() -> None:
    """Say nothing before sending."""


async def asked(service: Veo | Omni) -> NotSubmitted:
    shot = veo_shot() if isinstance(service, Veo) else omni_shot()
    answer = await service.submit(shot, folder="f/1", before_sending=silent)
    assert isinstance(answer, NotSubmitted)
    return answer


def rpc(code: int, status: str, message: str = "", **more: Any) -> dict[str, Any]:
    return {"error": {"code": code, "status": status, "message": message, **more}}


@pytest.mark.parametrize(
    "body",
    [
        rpc(429, "RESOURCE_EXHAUSTED", "Too much."),
        [rpc(429, "RESOURCE_EXHAUSTED", "Too much.")],
        {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Too much."},
    ],
)
def test_an_error_is_read_in_each_of_its_shapes(body: Any) -> None:
    told = read_error(body)
    assert told is not None
    assert (told.code, told.status, told.message) == ("429", "RESOURCE_EXHAUSTED", "Too much.")
    assert told.words == "Too much"


@pytest.mark.parametrize("body", [None, [], {}, "error", 7, {"name": "x"}, {"error": 3}, [[]]])
def test_what_is_no_error_is_not_read_as_one(body: Any) -> None:
    assert read_error(body) is None


@pytest.mark.parametrize(
    ("details", "message", "seconds"),
    [
        ([{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34s"}], "", 34),
        ([{"reason": "X"}, {"retryDelay": "1.5s"}], "", 1.5),
        ([], "Quota. Please retry in 23.397s.", 23.397),
        ([{"retryDelay": 34}], "", None),
        ("nonsense", "", None),
        ([None, 3], "", None),
        (None, "Please retry.", None),
    ],
)
def test_the_servers_own_delay(details: Any, message: str, seconds: float | None) -> None:
    told = read_error(rpc(429, "RESOURCE_EXHAUSTED", message, details=details))
    assert told is not None
    assert told.retry_after == seconds


@pytest.mark.parametrize(
    "words",
    [
        "The prompt couldn't be submitted.",
        "The prompt couldn\u2019t be submitted.",
        "Sorry, it might violate our policies.",
        "400 The request was blocked. Reason: SAFETY",
        "finish reason PROHIBITED_CONTENT",
        "Veo could not generate 1 videos. Support codes: 42237218",
        "This prompt contains words that violate Vertex AI's usage guidelines.",
        "The image contains sensitive words that violate Google's Responsible AI practices.",
        "We encountered an issue with the audio for your prompt.",
    ],
)
def test_the_words_of_a_safety_filter(words: str) -> None:
    assert is_refusal(words)


@pytest.mark.parametrize(
    "words",
    [
        "Internal error encountered.",
        "You exceeded your current quota, please check your plan and billing details.",
        "API key not valid. Please pass a valid API key.",
        "User location is not supported for the API use.",
        "Unsupported output video duration 5 seconds.",
        "The model is overloaded. Please try again later.",
        "Request contains an invalid argument.",
        "safety_settings: unknown name",
        "API_KEY_SERVICE_BLOCKED",
        "Requests to this API method are blocked.",
        "Permission 'aiplatform.endpoints.predict' denied on resource.",
    ],
)
def test_other_words_are_no_refusal(words: str) -> None:
    assert not is_refusal(words)


@pytest.mark.parametrize(
    ("codes", "meaning"),
    [
        ("58061214 17301594", "child"),
        ("29310472 15236754", "celebrity"),
        ("64151117 42237218", "video safety"),
        ("62263041", "dangerous content"),
        ("57734940 22137204", "hate"),
        ("89371032 49114662 63429089 72817394 60599140", "prohibited content"),
        ("35561574 35561575", "third-party content"),
        ("90789179 43188360", "sexual content"),
        ("78610348", "toxic language"),
        ("61493863 56562880", "violence"),
        ("32635315", "vulgar language"),
        ("74803281 29578790 42876398", "other"),
    ],
)
def test_support_codes_are_told_in_words(codes: str, meaning: str) -> None:
    for code in codes.split():
        text = f"Held back.\n Support codes: {code}"
        assert reasons([text]) == (f"Held back. Support codes: {code}", f"{meaning} ({code})")
    many = reasons([f"Support codes: {', '.join(codes.split())}"])
    assert many[1:] == tuple(f"{meaning} ({code})" for code in codes.split())


def test_reasons_come_once_and_unknown_codes_stay_as_they_are() -> None:
    assert reasons(["A 12345678.", "A 12345678.", "", "  "]) == ("A 12345678.",)


@pytest.mark.parametrize(
    ("words", "cost"),
    [
        ("You will not be charged for this request.", False),
        ("You have not been charged for this attempt.", False),
        ("You won\u2019t be charged.", False),
        ("The prompt could not be submitted.", False),
        ("You will be charged for this request.", None),
        ("Held back.", None),
    ],
)
def test_whether_a_refusal_costs(words: str, cost: bool | None) -> None:
    assert charged([words]) is cost


def test_no_secret_comes_through_in_a_sentence() -> None:
    hide("my-own-secret-key")
    words = one_line(f"Key {KEY}\n of my-own-secret-key,  Bearer ya29.abcdefghijklmnop was refused")
    assert "AIza" not in words
    assert "my-own-secret-key" not in words
    assert "ya29" not in words
    assert "\n" not in words
    assert words.startswith("Key ***")


ODD_ANSWERS: list[tuple[int, object, Outcome, type[Exception]]] = [
    (429, b"<html>Too many</html>", "unknown", WaitForQuota),
    (503, b"<html>Unavailable</html>", "unknown", TryAgain),
    (503, rpc(503, "INTERNAL", "Oops."), "unknown", TryAgain),
    (503, rpc(503, "UNAVAILABLE"), "not admitted", TryAgain),
    (400, b"<html>Bad</html>", "rejected", ChooseAnotherModel),
    (
        400,
        rpc(400, "FAILED_PRECONDITION", "User location is not supported."),
        "rejected",
        AddKey,
    ),
    (403, rpc(403, "PERMISSION_DENIED", "Billing is disabled."), "rejected", AddKey),
    (400, rpc(400, "X", "Blocked by our safety filters."), "refused", RevisePrompt),
    (403, rpc(403, "X", "Blocked by organization policy."), "rejected", AddKey),
    (413, b"", "rejected", ChooseAnotherModel),
    (200, [], "unknown", TryAgain),
    (200, [1], "unknown", TryAgain),
    (200, "text", "unknown", TryAgain),
    (200, b"null", "unknown", TryAgain),
    (200, {"name": ""}, "unknown", TryAgain),
    (200, {"name": 7, "id": ""}, "unknown", TryAgain),
    (200, rpc(500, "INTERNAL"), "unknown", TryAgain),
    (201, {"name": NAME}, "unknown", TryAgain),
    (204, b"", "unknown", TryAgain),
]


async def test_odd_answers_to_a_submit(scripted: Scripted, tmp_path: Path) -> None:
    async with express(scripted, tmp_path) as veo, omni_at(scripted, tmp_path) as omni:
        for status, body, expected, error in ODD_ANSWERS:
            scripted.says(status, body)
            for service in (veo, omni):
                answer = await asked(service)
                assert (answer.outcome, type(answer.error)) == (expected, error), (status, body)
                again = may_be_sent_again(answer)
                assert again is (answer.error if expected == "not admitted" else None)
    assert len(scripted.requests) == 2 * len(ODD_ANSWERS)


async def test_a_redirect_is_not_followed(scripted: Scripted, tmp_path: Path) -> None:
    with Scripted() as elsewhere:
        scripted.says(307, b"", Location=f"{elsewhere.url}/steal")
        async with express(scripted, tmp_path) as veo, omni_at(scripted, tmp_path) as omni:
            for service in (veo, omni):
                assert (await asked(service)).outcome == "unknown"
                with pytest.raises(ServiceError):
                    await service.check()
            with pytest.raises(ServiceError):
                await veo.look(NAME, veo_shot())
            with pytest.raises(ServiceError):
                await omni.fetch(RemoteFile(uri="files/abc"), clip_path_of(tmp_path))
        assert elsewhere.requests == []


class Moved(StandIn):
    """A files API that hands clips out elsewhere."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target

    def handle(self, exchange: Exchange) -> None:
        if exchange.request.query:
            exchange.send(302, b"", Location=self.target)
        else:
            exchange.send(200, {"name": "files/abc", "state": "ACTIVE", "sizeBytes": "4"})


async def test_a_download_is_followed_elsewhere_without_the_key(tmp_path: Path) -> None:
    with Scripted() as elsewhere, Moved(f"{elsewhere.url}/clip") as server:
        elsewhere.says(200, b"clip")
        async with omni_at(server, tmp_path) as omni:
            await omni.fetch(RemoteFile(uri="files/abc"), clip_path_of(tmp_path))
            assert clip_path_of(tmp_path).read_bytes() == b"clip"
            elsewhere.says(302, b"", Location=f"{server.url}/v1/files/abc:download?alt=media")
            with pytest.raises(ServiceError):
                await omni.fetch(RemoteFile(uri="files/abc"), clip_path_of(tmp_path))
            server.target = "http://evil.example/clip"
            with pytest.raises(OneReelError):
                await omni.fetch(RemoteFile(uri="files/abc"), clip_path_of(tmp_path))
    for request in elsewhere.requests:
        assert "x-goog-api-key" not in request.headers
        assert KEY not in str(request)


@pytest.mark.parametrize(
    ("status", "message", "error"),
    [
        (400, "Invalid interaction name: v1_1.", Expired),
        (400, "API key expired. Please renew the API key.", AddKey),
        (400, "API key not found. Please pass a valid API key.", TryAgain),
        (400, "Request contains an invalid argument.", TryAgain),
        (404, "", Expired),
    ],
)
async def test_what_a_look_that_is_answered_with_an_error_means(
    scripted: Scripted, tmp_path: Path, status: int, message: str, error: type[OneReelError]
) -> None:
    scripted.says(status, rpc(status, "INVALID_ARGUMENT", message))
    async with omni_at(scripted, tmp_path) as omni:
        if error is Expired:
            found = await omni.look("v1_1", omni_shot())
            assert isinstance(found, Broken)
            assert isinstance(found.error, Expired)
        else:
            with pytest.raises(error):
                await omni.look("v1_1", omni_shot())


def clip_path_of(folder: Path) -> Path:
    return folder / "clip.mp4"


async def test_headers_say_when_to_come_back(scripted: Scripted, tmp_path: Path) -> None:
    scripted.says(503, rpc(503, "UNAVAILABLE"), Retry_After="7")
    async with express(scripted, tmp_path) as veo:
        answer = await asked(veo)
        assert answer.retry_after == 7
        with pytest.raises(TryAgain) as caught:
            await veo.look(NAME, veo_shot())
        assert caught.value.retry_after == 7


async def test_a_proxy_that_refuses_is_no_request(
    scripted: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", scripted.url)
    monkeypatch.setenv("NO_PROXY", "")
    said: list[str] = []

    async def before() -> None:
        said.append("before")

    settings = GoogleSettings(
        project="", vertex_address="https://vertex.invalid", vertex_api_key=SecretStr(KEY)
    )
    async with Veo(settings, Home(tmp_path, tmp_path), patience=PATIENCE) as veo:
        answer = await veo.submit(veo_shot(), folder="f", before_sending=before)
    assert isinstance(answer, NotSubmitted)
    assert answer.outcome == "not sent"
    assert said == []


async def test_headers_that_are_no_http_are_never_sent(scripted: Scripted, tmp_path: Path) -> None:
    async with express(scripted, tmp_path, key="line\nbreak") as veo:
        answer = await asked(veo)
    assert (answer.outcome, type(answer.error)) == ("rejected", AddKey)
    assert "line" not in answer.error.user_message
    assert scripted.requests == []


async def test_no_key_at_all_is_not_replaced_by_one_of_the_environment(
    scripted: Scripted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_API_KEY", KEY)
    async with express(scripted, tmp_path, key="") as veo:
        answer = await asked(veo)
    assert (answer.outcome, type(answer.error)) == ("rejected", AddKey)
    assert "set vertex-api-key" in answer.error.user_message
    assert scripted.requests == []


def output(*content: Any, **more: Any) -> dict[str, Any]:
    steps = [{"type": "model_output", "content": list(content)}]
    return {"status": "completed", "steps": steps, **more}


def used(tokens: int) -> dict[str, Any]:
    return {"output_tokens_by_modality": [{"modality": "video", "tokens": tokens}]}


FILE = {"type": "video", "uri": "https://x/v1/files/abc:download?alt=media"}
INLINE = {"type": "video", "mime_type": "video/mp4", "data": base64.b64encode(b"clip").decode()}
ERROR = {"code": "internal", "message": "Something broke."}
BLOCKED = {"code": "blocked", "message": "Blocked by our safety filters."}


INTERACTIONS: list[tuple[Any, type, bool | None]] = [
    ({"status": "in_progress"}, Pending, None),
    ({"status": "queued"}, Pending, None),
    (output(INLINE), Delivered, None),
    (output({"type": "text", "text": "Here it is."}, FILE), Delivered, None),
    ({"status": "failed", "errors": [ERROR]}, Broken, None),
    ({"status": "failed", "errors": [ERROR], "usage": used(0)}, Broken, False),
    ({"status": "failed", "error": ERROR, "usage": used(9)}, Broken, True),
    ({"status": "failed", "errors": [BLOCKED]}, Refused, None),
    ({"status": "failed", "errors": [BLOCKED], "usage": used(0)}, Refused, False),
    ({"status": "failed", "errors": [BLOCKED], "usage": used(9)}, Refused, True),
    ({"status": "cancelled"}, Broken, None),
    ({"status": "incomplete", "usage": used(0)}, Broken, False),
    ({"status": "budget_exceeded"}, Broken, None),
    ({"status": "requires_action"}, Broken, None),
    ({"status": "requires_continuation"}, Broken, None),
    ({"status": "a word of 2027"}, Pending, None),
    ({"status": "generation_failed"}, Broken, None),
    ({"status": "incomplete", "finish_reason": "SAFETY"}, Refused, None),
    ({"status": "completed"}, Broken, None),
    ({"status": "completed", "steps": None, "usage": []}, Broken, None),
    ({"status": "completed", "steps": [None, 3], "usage": used(5)}, Broken, True),
    (output({"type": "video"}, usage=used(5)), Broken, True),
    (output({"type": "video", "uri": ""}, 7), Broken, None),
    (output({"type": "text", "text": "I cannot do that."}), Refused, None),
    (output({"type": "text", "text": "No."}, usage=used(0)), Refused, False),
    (output({"type": "text", "text": "Here!"}, usage=used(7)), Broken, True),
]


async def test_how_an_interaction_may_stand(scripted: Scripted, tmp_path: Path) -> None:
    async with omni_at(scripted, tmp_path) as omni:
        for answer, kind, cost in INTERACTIONS:
            scripted.says(200, answer)
            found = await omni.look("v1_1", omni_shot())
            assert type(found) is kind, answer
            if isinstance(found, Broken | Refused):
                assert found.charged is cost, answer
                assert json.loads(found.answer) == answer
            if isinstance(found, Delivered):
                assert len(found.files) == 1


async def test_a_clip_within_the_answer(scripted: Scripted, tmp_path: Path) -> None:
    long = base64.b64encode(bytes(10_000)).decode()
    scripted.says(200, output({**INLINE, "data": long}))
    async with omni_at(scripted, tmp_path) as omni:
        found = await omni.look("v1_1", omni_shot())
        assert isinstance(found, Delivered)
        await omni.fetch(found.files[0], clip_path_of(tmp_path))
        assert clip_path_of(tmp_path).read_bytes() == bytes(10_000)
        assert long not in found.answer
        scripted.says(200, output({**INLINE, "data": "###"}))
        with pytest.raises(TryAgain, match="damaged"):
            await omni.look("v1_1", omni_shot())


async def test_a_refusal_that_the_look_tells(scripted: Scripted, tmp_path: Path) -> None:
    scripted.says(400, {"error": {"code": "SAFETY", "message": "The request was blocked."}})
    async with omni_at(scripted, tmp_path) as omni:
        assert isinstance(await omni.look("v1_1", omni_shot()), Refused)


VIDEO = {"bytesBase64Encoded": base64.b64encode(b"clip").decode(), "mimeType": "video/mp4"}


def done(**response: Any) -> dict[str, Any]:
    return {"name": NAME, "done": True, "response": response}


OPERATIONS: list[tuple[Any, type, bool | None]] = [
    ({"name": NAME}, Pending, None),
    ({"name": NAME, "done": False, "metadata": {"x": 1}}, Pending, None),
    (done(videos=[VIDEO]), Delivered, None),
    (done(videos=[{"gcsUri": "gs://b/a.mp4"}], raiMediaFilteredCount=1), Delivered, None),
    (done(videos=[None, {}, VIDEO]), Delivered, None),
    (done(), Broken, None),
    (done(videos=[]), Broken, None),
    (done(videos=None, raiMediaFilteredCount=0), Broken, None),
    (done(videos=[{}]), Broken, None),
    ({"name": NAME, "done": True}, Broken, None),
    ({"name": NAME, "done": True, "response": None}, Broken, None),
    (done(raiMediaFilteredCount=1), Refused, None),
    (done(raiMediaFilteredReasons=["You will not be charged."]), Refused, False),
    ({"name": NAME, "done": True, "error": {"code": 13}}, Broken, None),
    ({"name": NAME, "done": True, "error": {"message": "Not been charged."}}, Broken, False),
    ({"name": NAME, "done": True, "error": "Oops"}, Broken, None),
    ({"name": NAME, "done": True, "error": {"code": 3, "message": "RAI block"}}, Refused, None),
]


async def test_how_an_operation_may_stand(scripted: Scripted, tmp_path: Path) -> None:
    async with express(scripted, tmp_path) as veo:
        for answer, kind, cost in OPERATIONS:
            scripted.says(200, answer)
            found = await veo.look(NAME, veo_shot())
            assert type(found) is kind, answer
            if isinstance(found, Broken | Refused):
                assert found.charged is cost, answer
                assert json.loads(found.answer) == answer
            if isinstance(found, Delivered):
                assert len(found.files) == 1


async def test_a_damaged_clip_within_the_answer(scripted: Scripted, tmp_path: Path) -> None:
    scripted.says(200, done(videos=[{"bytesBase64Encoded": "###"}]))
    async with express(scripted, tmp_path) as veo:
        with pytest.raises(TryAgain, match="damaged"):
            await veo.look(NAME, veo_shot())


async def test_a_page_of_somebody_else_ends_no_operation(
    scripted: Scripted, tmp_path: Path
) -> None:
    scripted.says(404, b"<html>Not found</html>", content_type="text/html")
    async with express(scripted, tmp_path) as veo, omni_at(scripted, tmp_path) as omni:
        with pytest.raises(TryAgain):
            await veo.look(NAME, veo_shot())
        with pytest.raises(TryAgain):
            await omni.look("v1_1", omni_shot())


async def test_a_clip_in_a_bucket_that_nobody_here_can_open(
    scripted: Scripted, tmp_path: Path
) -> None:
    async with express(scripted, tmp_path) as veo:
        with pytest.raises(Expired, match="sign in"):
            await veo.fetch(RemoteFile(uri="gs://b/a.mp4"), clip_path_of(tmp_path))
    assert scripted.requests == []


async def test_no_key_in_logs_errors_answers_or_requests_to_others(
    studio: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hide(GEMINI_KEY, EXPRESS_KEY)
    told: list[str] = []
    async with (
        studio.veo(bucket=BUCKET) as veo,
        studio.express() as other,
        studio.omni() as omni,
    ):
        for service, shot in ((veo, veo_shot()), (other, veo_shot()), (omni, omni_shot())):
            for what in ("401", "403", "429", "500", "reset", "garbage"):
                echo = f"Nobody knows {GEMINI_KEY} and {EXPRESS_KEY}."
                studio.google.plan.set([Fault(what, where="submit", message=echo)])
                answer = await declined(studio, service, shot)
                told += [str(answer), answer.error.user_message, *answer.reasons]
            studio.google.plan.set([])
            found = await outcome(service, await submitted(studio, service, shot), shot)
            assert isinstance(found, Delivered)
            await service.fetch(found.files[0], clip_path(studio))
            told += [found.answer, str(found)[:1000], repr(service), repr(vars(service))]
    tokens = {
        request.headers["authorization"].removeprefix("Bearer ")
        for request in studio.google.requests
        if "authorization" in request.headers
    }
    assert tokens
    told += [record.getMessage() for record in caplog.records]
    told += [str(vars(record)) for record in caplog.records if record.name != "asyncio"]
    for secret in (GEMINI_KEY, EXPRESS_KEY, *tokens):
        assert [text for text in told if secret in text] == []
    for request in studio.google.requests:
        key = request.headers.get("x-goog-api-key", "")
        bearer = request.headers.get("authorization", "")
        gemini = request.path.startswith(("/v1/interactions", "/v1/files"))
        assert key == (GEMINI_KEY if gemini else EXPRESS_KEY) or not key
        assert not (key and bearer)
        assert GEMINI_KEY not in f"{request.path}{request.query}{request.body!r}"
