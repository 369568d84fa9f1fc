"""The fault plan and the event log, as the vendors' SDKs and the control panel see them."""

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
import requests
from google.genai import _interactions as interactions
from google.genai import errors

from tests.standins import Fault, Plan

from .standin_clients import Clients, clients, ended, finished, omni, until, veo

__all__ = ["clients"]

Error = type[BaseException]

# What google-genai 3.4 makes of each fault of a submit: Veo's client, Omni's client, and whether
# the generation was accepted and charged all the same.
SUBMITS: list[tuple[Fault, Error | None, Error | None, bool]] = [
    (Fault("latency", seconds=0.01), None, None, True),
    (Fault("hang"), httpx2.ReadTimeout, interactions.APITimeoutError, False),
    (Fault("hang", late=True), httpx2.ReadTimeout, interactions.APITimeoutError, True),
    (Fault("reset"), httpx2.ReadError, interactions.APIConnectionError, False),
    (Fault("reset", late=True), httpx2.ReadError, interactions.APIConnectionError, True),
    (Fault("disconnect"), httpx2.RemoteProtocolError, interactions.APIConnectionError, False),
    (Fault("400"), errors.ClientError, interactions.BadRequestError, False),
    (Fault("401"), errors.ClientError, interactions.AuthenticationError, False),
    (Fault("403"), errors.ClientError, interactions.PermissionDeniedError, False),
    (Fault("404"), errors.ClientError, interactions.NotFoundError, False),
    (Fault("429", retry=34), errors.ClientError, interactions.RateLimitError, False),
    (Fault("500"), errors.ServerError, interactions.InternalServerError, False),
    (Fault("500", late=True), errors.ServerError, interactions.InternalServerError, True),
    (Fault("503"), errors.ServerError, interactions.InternalServerError, False),
    (Fault("504"), errors.ServerError, interactions.InternalServerError, False),
    (Fault("garbage"), json.JSONDecodeError, interactions.APIError, True),
    (Fault("truncated"), json.JSONDecodeError, interactions.APIResponseValidationError, True),
    (Fault("cut"), httpx2.RemoteProtocolError, interactions.APIConnectionError, True),
    (Fault("duplicated"), None, None, True),
    (Fault("drip", seconds=0.001), None, None, True),
    (Fault("mime"), None, interactions.APIError, True),
]


def at(fault: Fault, where: str) -> Fault:
    return Fault.of({**vars(fault), "where": where})


@pytest.mark.parametrize(("fault", "on_veo", "on_omni", "charged"), SUBMITS)
def test_a_submit_meets_each_fault(
    clients: Clients, fault: Fault, on_veo: Error | None, on_omni: Error | None, charged: bool
):
    if fault.what == "hang":
        clients.patience = 300  # It never answers; who does answer may be slow on a busy machine.
    for submit, expected in (
        (lambda: veo(clients.vertex), on_veo),
        (lambda: omni(clients.gemini), on_omni),
    ):
        before = len(clients.google.charges)
        clients.google.plan.set([at(fault, "submit")])
        if expected is None:
            assert submit()
        else:
            with pytest.raises(expected):
                submit()
        assert len(clients.google.charges) - before == charged
        submit()


def test_a_full_quota_names_the_delay(clients: Clients):
    clients.google.plan.set([Fault("429", where="submit", retry=34, times=2)])
    with pytest.raises(errors.ClientError) as on_vertex:
        veo(clients.vertex)
    assert on_vertex.value.status == "RESOURCE_EXHAUSTED"
    (info,) = on_vertex.value.details["error"]["details"]
    assert info == {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "34s"}
    with pytest.raises(interactions.RateLimitError) as on_gemini:
        omni(clients.gemini)
    assert on_gemini.value.response.headers["retry-after"] == "34"


LOOKS: list[tuple[Fault, Error | None, Error | None]] = [
    (Fault("400"), errors.ClientError, interactions.BadRequestError),
    (Fault("404"), errors.ClientError, interactions.NotFoundError),
    (Fault("429"), errors.ClientError, interactions.RateLimitError),
    (Fault("500"), errors.ServerError, interactions.InternalServerError),
    (Fault("503"), errors.ServerError, interactions.InternalServerError),
    (Fault("reset"), httpx2.ReadError, interactions.APIConnectionError),
    (Fault("garbage"), json.JSONDecodeError, interactions.APIError),
    (Fault("truncated"), json.JSONDecodeError, interactions.APIResponseValidationError),
    (Fault("cut"), httpx2.RemoteProtocolError, interactions.APIConnectionError),
    (Fault("duplicated"), None, None),
    (Fault("drip", seconds=0.001), None, None),
]


@pytest.mark.parametrize(("fault", "on_veo", "on_omni"), LOOKS)
def test_a_look_meets_each_fault_and_the_next_look_is_well(
    clients: Clients, fault: Fault, on_veo: Error | None, on_omni: Error | None
):
    operation = veo(clients.vertex)
    finished(clients.vertex, operation)
    id = ended(clients.gemini, omni(clients.gemini).id).id
    for look, expected in (
        (lambda: clients.vertex.operations.get(operation).done, on_veo),
        (lambda: clients.gemini.interactions.get(id).status == "completed", on_omni),
    ):
        clients.google.plan.set([at(fault, "poll")])
        if expected is not None:
            with pytest.raises(expected):
                look()
        assert look()
    assert len(clients.google.charges) == 2


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault("expired"), 403),
        (Fault("404"), 404),
        (Fault("401"), 401),
        (Fault("500"), 500),
        (Fault("reset"), httpx2.ReadError),
        (Fault("cut"), httpx2.RemoteProtocolError),
        (Fault("short"), lambda data, whole: data == whole[: len(whole) // 2]),
        (Fault("corrupt"), lambda data, whole: len(data) == len(whole) and data != whole),
        (Fault("void"), lambda data, whole: data == b""),
        (Fault("garbage"), lambda data, whole: data.startswith(b"<html>")),
        (Fault("drip", seconds=0.001), lambda data, whole: data == whole),
        (Fault("mime"), lambda data, whole: data == whole),
    ],
)
def test_a_download_meets_each_fault(clients: Clients, tmp_path: Path, fault: Fault, expected: Any):
    clients.google.files.processing = 0
    done = ended(clients.gemini, omni(clients.gemini).id)
    uri, target = done.steps[0].content[0].uri, tmp_path / "clip.mp4"
    whole = clients.gemini.files.download(file=uri)
    clients.google.plan.set([at(fault, "download")])
    if isinstance(expected, int):
        with pytest.raises(errors.APIError) as refused:
            clients.gemini.files.download(file=uri, destination=str(target))
        assert refused.value.code == expected
    elif isinstance(expected, type):
        with pytest.raises(expected):
            clients.gemini.files.download(file=uri, destination=str(target))
    else:
        clients.gemini.files.download(file=uri, destination=str(target))
        assert expected(target.read_bytes(), whole)
    assert clients.gemini.files.download(file=uri) == whole


def test_the_bucket_meets_faults_too(clients: Clients):
    finished(clients.vertex, veo(clients.vertex, output_gcs_uri="gs://onereel-takes/a"))
    head = clients.token()
    listing = f"{clients.google.url}/storage/v1/b/onereel-takes/o"
    name = requests.get(listing, headers=head, timeout=5).json()["items"][0]["name"]
    url = f"{listing}/{name.replace('/', '%2F')}"
    clients.google.plan.set(
        [
            Fault("503", where="storage"),
            Fault("expired", where="download"),
            Fault("mime", where="download", mime="text/html"),
        ]
    )
    assert requests.get(listing, headers=head, timeout=5).status_code == 503
    gone = requests.get(f"{url}?alt=media", headers=head, timeout=5)
    assert (gone.status_code, gone.json()["error"]["status"]) == (404, "NOT_FOUND")
    wrong = requests.get(f"{url}?alt=media", headers=head, timeout=5)
    assert wrong.headers["content-type"] == "text/html" and len(wrong.content) > 10000


def test_the_token_endpoint_meets_faults_too(clients: Clients):
    clients.google.plan.set([Fault("401", where="token", times=None)])
    with pytest.raises(Exception, match="credentials"):
        veo(clients.vertex)
    assert not clients.google.charges


@pytest.mark.parametrize("what", ["short", "corrupt", "mime"])
def test_an_inline_clip_is_spoiled_inside_an_answer_that_is_whole(clients: Clients, what: str):
    on_vertex, on_gemini = veo(clients.vertex), omni(clients.gemini, delivery="inline")
    finished(clients.vertex, on_vertex)
    good = ended(clients.gemini, on_gemini.id).steps[0].content[0]
    clients.google.plan.set([Fault(what, where="poll", mime="text/html", times=2)])
    video = clients.vertex.operations.get(on_vertex).response.generated_videos[0].video
    clip = clients.gemini.interactions.get(on_gemini.id).steps[0].content[0]
    whole = finished(clients.vertex, on_vertex).response.generated_videos[0].video
    if what == "mime":
        assert video.mime_type == clip.mime_type == "text/html"
        assert (video.video_bytes, clip.data) == (whole.video_bytes, good.data)
    else:
        assert video.mime_type == clip.mime_type == "video/mp4"
        assert video.video_bytes != whole.video_bytes and clip.data != good.data


def test_nothing_listens_for_a_while_and_then_again(clients: Clients):
    operation = veo(clients.vertex)
    clients.google.plan.set([Fault("refuse", where="poll", seconds=0.3)])
    clients.vertex.operations.get(operation)

    def refused() -> bool:
        try:
            requests.get(clients.google.url, timeout=5)
        except requests.ConnectionError as error:
            return "refused" in str(error)
        return False

    until(refused, bool)
    with pytest.raises(httpx2.ConnectError):
        veo(clients.vertex)
    assert len(clients.google.charges) == 1
    until(lambda: not refused(), bool)
    assert veo(clients.vertex).name


def test_a_rule_strikes_the_nth_match_so_many_times():
    plan = Plan([Fault("500", where="submit", match="dog", nth=2, times=2)])
    struck = [bool(plan.strike("submit", words)) for words in ("a dog", "a cat", *["a dog"] * 4)]
    assert struck == [False, False, True, True, False, False]
    assert not plan.strike("poll", "a dog")
    assert plan.json[0]["seen"] == 5


def test_rules_that_exclude_each_other_strike_one_after_the_other():
    faults = [Fault("500"), Fault("503"), Fault("latency", seconds=1, times=None)]
    plan = Plan(faults)
    struck = [[fault.what for fault in plan.strike("poll", "")] for _ in range(3)]
    assert struck == [["500", "latency"], ["503", "latency"], ["latency"]]


@pytest.mark.parametrize(
    "rule",
    [
        {"what": "sabotage"},
        {"what": "500", "where": "nowhere"},
        {"what": "filtered", "where": "submit"},
        {"what": "500", "where": "outcome"},
        {"what": "500", "when": "now"},
        {"what": "hold", "where": "submit", "event": "later"},
    ],
)
def test_a_plan_that_means_nothing_is_refused(clients: Clients, rule: dict[str, Any]):
    with pytest.raises((ValueError, TypeError)):
        Fault.of(rule)
    answer = requests.post(f"{clients.google.url}/standin/plan", json=[rule], timeout=5)
    assert answer.status_code == 400


def test_the_log_tells_what_happened_in_order(clients: Clients):
    clients.google.plan.set([Fault("503", where="submit", match="first")])
    with pytest.raises(errors.ServerError):
        veo(clients.vertex, "the first")
    operation = veo(clients.vertex, "the second", output_gcs_uri="gs://onereel-takes/a")
    finished(clients.vertex, operation)
    events = clients.google.log.after()
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert [event.kind for event in events if event.prompt == "the first"] == [
        "received",
        "faulted",
    ]
    second = [event for event in events if event.prompt == "the second"]
    # What left is logged after it left, which may be after the client came back.
    kinds = [event.kind for event in second]
    assert kinds[:2] == ["received", "charged"] and set(kinds[2:4]) == {"replied", "polled"}
    assert second[1].operation == operation.name and second[1].detail == "0.40"
    (token,) = clients.google.world.tokens
    assert {event.credential for event in second} == {f"bearer {token}"}
    assert second[0].exchange == second[1].exchange != second[-1].exchange


def held(clients: Clients, work: Callable[[], object], *, charges: int) -> threading.Thread:
    """Start work that runs into a hold; return when the stand-in is held."""
    thread = threading.Thread(target=work)
    thread.start()
    until(lambda: clients.google.log.held, bool)
    assert len(clients.google.charges) == charges
    return thread


@pytest.mark.parametrize(("event", "charges"), [("received", 0), ("charged", 1), ("replied", 1)])
def test_a_hold_stops_everything_at_one_event(clients: Clients, event: str, charges: int):
    clients.google.plan.set([Fault("hold", where="submit", event=event)])
    veo_client = clients.vertex
    thread = held(clients, lambda: veo(veo_client), charges=charges)
    other = threading.Thread(target=lambda: omni(clients.gemini))
    other.start()
    time.sleep(0.1)
    assert clients.google.log.after()[-1].kind == event, "nobody gets past it"
    assert requests.post(f"{clients.google.url}/standin/go", timeout=5).json() == {"held": True}
    thread.join()
    other.join()
    assert len(clients.google.charges) == 2


def test_a_hold_by_number_stops_at_that_event(clients: Clients):
    url = f"{clients.google.url}/standin"
    veo_client = clients.vertex
    requests.post(f"{url}/hold", json={"at": 4}, timeout=5)
    thread = held(clients, lambda: veo(veo_client), charges=1)
    (event,) = requests.get(f"{url}/wait?after=3&timeout=5", timeout=6).json()
    assert (event["number"], event["kind"]) == (4, "charged")
    assert requests.get(f"{url}/wait?after=4&timeout=0.05", timeout=5).json() == []
    clients.google.log.go()
    thread.join()
