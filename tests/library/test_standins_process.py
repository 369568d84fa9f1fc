"""`python -m tests.standins`: the stand-ins as a process that other processes use and kill."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ollama
import pytest
import requests
from google import genai
from google.genai import types

from tests.standins import Fault, clip_of

from .standin_clients import finished, veo

ROOT = Path(__file__).parents[2]
Start = Callable[..., tuple[subprocess.Popen[str], dict[str, Any]]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start stand-ins and read the line that they print; they end with the test."""
    running = []

    def begin(*words: str) -> tuple[subprocess.Popen[str], dict[str, Any]]:
        command = [sys.executable, "-m", "tests.standins", *words]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout is not None
        return process, json.loads(process.stdout.readline())

    yield begin
    for process in running:
        process.kill()
        process.wait()
        process.stdout.close()


def test_what_rests_on_hearsay_is_in_one_table():
    folder = ROOT / "tests" / "standins"
    code = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    table = (folder / "UNPROVEN.md").read_text("utf-8")
    rows = re.findall(r"(?m)^\| (U\d+) \|", table)
    assert rows == [f"U{number}" for number in range(1, len(rows) + 1)]
    assert set(re.findall(r"\bU\d+\b", code)) == set(rows)


def client_of(told: dict[str, Any]) -> genai.Client:
    return genai.Client(
        vertexai=True,
        api_key=told["express_key"],
        http_options=types.HttpOptions(base_url=told["google"], timeout=5000),
    )


def test_it_tells_where_everything_is(start: Start):
    process, told = start()
    given = told["environment"]
    assert requests.get(f"{told['speech']}/v1/models", timeout=5).ok
    assert ollama.Client(host=given["OLLAMA_HOST"]).list().models
    account = json.loads(Path(given["GOOGLE_APPLICATION_CREDENTIALS"]).read_text("utf-8"))
    assert account["token_uri"] == f"{told['google']}/token"
    code = (
        "from google import genai\n"
        "vertex = genai.Client(vertexai=True, project='p', location='us-central1')\n"
        "print(len(list(vertex.models.list())))\n"
        "gemini = genai.Client()\n"
        "print(len(list(gemini.models.list())))\n"
    )
    environment = {**os.environ, **given}
    environment.pop("GOOGLE_API_KEY", None)
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert all(int(count) > 4 for count in ran.stdout.split()) and len(ran.stdout.split()) == 2
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == 0
    assert not Path(given["GOOGLE_APPLICATION_CREDENTIALS"]).exists()


def test_it_takes_plans_and_tells_log_and_charges_over_http(start: Start, tmp_path: Path):
    plan = tmp_path / "plan.json"
    plan.write_text('[{"what": "filtered", "where": "outcome", "match": "first"}]')
    _, told = start("--plan", str(plan), "--latency", "0.01")
    panel, client = f"{told['google']}/standin", client_of(told)
    assert not finished(client, veo(client, "the first")).response.generated_videos
    more = [vars(Fault("503", where="poll"))]
    rules = requests.put(f"{panel}/plan", json=more, timeout=5).json()
    assert [(rule["what"], rule["seen"]) for rule in rules] == [("filtered", 1), ("503", 0)]
    requests.post(f"{panel}/plan", json=[], timeout=5)
    finished(client, veo(client, "the second"))
    assert requests.get(f"{panel}/plan", timeout=5).json() == []
    log = requests.get(f"{panel}/log", timeout=5).json()
    assert [event["kind"] for event in log if event["kind"] == "charged"] == ["charged"]
    charges = requests.get(f"{panel}/charges", timeout=5).json()
    assert charges["total"] == "0.40" and charges["charges"][0]["prompt"] == "the second"
    requests.post(f"{panel}/reset", timeout=5)
    assert requests.get(f"{panel}/log", timeout=5).json() == []
    assert requests.get(f"{panel}/charges", timeout=5).json()["total"] == "0"
    assert requests.get(f"{panel}/nothing", timeout=5).status_code == 404


def test_a_stand_in_that_was_killed_goes_on_where_it_was(start: Start, tmp_path: Path):
    state = ["--state", str(tmp_path / "state.jsonl"), "--latency", "0.01"]
    process, told = start(*state)
    client = client_of(told)
    operation = veo(client, "a robot", seed=7)
    before = finished(client, operation).response.generated_videos[0].video.video_bytes
    process.kill()
    process.wait()
    with (tmp_path / "state.jsonl").open("a") as file:
        file.write('{"record": "charge", "opera')  # as a kill leaves it
    _, again = start(*state, "--port", told["google"].rpartition(":")[2])
    assert again["google"] == told["google"]
    after = finished(client, operation).response.generated_videos[0].video.video_bytes
    assert after == before and clip_of(after).seed == 7
    second = veo(client, "another")
    assert second.name != operation.name
    panel = f"{told['google']}/standin"
    charges = requests.get(f"{panel}/charges", timeout=5).json()["charges"]
    assert [charge["operation"] for charge in charges] == [operation.name, second.name]
    log = requests.get(f"{panel}/log", timeout=5).json()
    assert [event["number"] for event in log] == list(range(1, len(log) + 1))
    assert sum(event["kind"] == "charged" for event in log) == 2


def test_a_process_can_be_killed_exactly_at_an_event(start: Start):
    _, told = start()
    panel = f"{told['google']}/standin"
    hold = [{"what": "hold", "where": "submit", "event": "charged"}]
    requests.post(f"{panel}/plan", json=hold, timeout=5)
    code = (
        "import sys, requests\n"
        "print('sent', flush=True)\n"
        "body = {'instances': [{'prompt': 'a robot'}], 'parameters': {}}\n"
        "head = {'x-goog-api-key': sys.argv[2]}\n"
        "requests.post(sys.argv[1], json=body, headers=head, timeout=60)\n"
        "print('answered', flush=True)\n"
    )
    model = "publishers/google/models/veo-3.1-fast-generate-001"
    url = f"{told['google']}/v1beta1/{model}:predictLongRunning"
    victim = subprocess.Popen(
        [sys.executable, "-c", code, url, told["express_key"]], stdout=subprocess.PIPE, text=True
    )
    events = requests.get(f"{panel}/wait?after=1&timeout=20", timeout=30).json()
    assert [event["kind"] for event in events] == ["charged"]
    victim.send_signal(signal.SIGKILL)
    said, _ = victim.communicate()
    assert said.split() == ["sent"]
    assert requests.post(f"{panel}/go", timeout=5).json() == {"held": True}
    (charge,) = requests.get(f"{panel}/charges", timeout=5).json()["charges"]
    saved = types.GenerateVideosOperation(name=charge["operation"])
    client = client_of(told)
    assert finished(client, saved).response.generated_videos, "what was charged is delivered"
