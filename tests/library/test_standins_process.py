"""`python -m tests.standins`: the stand-ins as a process that other processes use and kill."""

import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import ollama
import requests
from google import genai
from google.genai import types

from tests.standins import Fault, Running, clip_of, running

from .standin_clients import finished, veo

ROOT = Path(__file__).parents[2]


def test_what_rests_on_hearsay_is_in_one_table():
    folder = ROOT / "tests" / "standins"
    code = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    table = (folder / "UNPROVEN.md").read_text("utf-8")
    rows = re.findall(r"(?m)^\| (U\d+) \|", table)
    assert rows == [f"U{number}" for number in range(1, len(rows) + 1)]
    assert set(re.findall(r"\bU\d+\b", code)) == set(rows)


def client_of(standins: Running) -> genai.Client:
    return genai.Client(
        vertexai=True,
        api_key=standins.express_key,
        http_options=types.HttpOptions(base_url=standins.google, timeout=5000),
    )


def test_it_tells_where_everything_is():
    with running() as standins:
        given = standins.environment
        assert requests.get(f"{standins.speech}/v1/models", timeout=5).ok
        assert ollama.Client(host=given["OLLAMA_HOST"]).list().models
        account = Path(given["GOOGLE_APPLICATION_CREDENTIALS"])
        assert json.loads(account.read_text("utf-8"))["token_uri"] == f"{standins.google}/token"
        code = (
            "from google import genai\n"
            "vertex = genai.Client(vertexai=True, project='p', location='us-central1')\n"
            "print(len(list(vertex.models.list())))\n"
            "gemini = genai.Client()\n"
            "print(len(list(gemini.models.list())))\n"
        )
        environment = {**os.environ, **given}
        environment.pop("GOOGLE_API_KEY", None)
        command = [sys.executable, "-c", code]
        ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        vertex, gemini = map(int, ran.stdout.split())
        assert vertex > 4 and gemini > 4
        standins.process.terminate()
        assert standins.process.wait(5) == 0
        assert not account.exists()


def test_it_takes_plans_and_tells_log_and_charges_over_http(tmp_path: Path):
    plan = tmp_path / "plan.json"
    plan.write_text('[{"what": "filtered", "where": "outcome", "match": "first"}]')
    with running("--plan", str(plan), "--latency", "0.01") as standins:
        client, panel = client_of(standins), standins.panel
        assert not finished(client, veo(client, "the first")).response.generated_videos
        address = f"{standins.google}/standin/plan"
        rules = requests.put(address, json=[{"what": "503", "where": "poll"}], timeout=5).json()
        assert [(rule["what"], rule["seen"]) for rule in rules] == [("filtered", 1), ("503", 0)]
        panel.plan()
        assert requests.get(address, timeout=5).json() == []
        finished(client, veo(client, "the second"))
        assert sum(event.kind == "charged" for event in panel.log()) == 1
        (charge,) = panel.charges()
        assert (charge.prompt, charge.amount, panel.total()) == (
            "the second",
            *[Decimal("0.40")] * 2,
        )
        panel.reset()
        assert panel.log() == panel.charges() == ()
        nothing = requests.get(f"{standins.google}/standin/nothing", timeout=5)
        assert nothing.status_code == 404


def test_a_stand_in_that_was_killed_goes_on_where_it_was(tmp_path: Path):
    state = tmp_path / "state.jsonl"
    words = ["--state", str(state), "--latency", "0.01"]
    with running(*words) as first:
        client = client_of(first)
        operation = veo(client, "a robot", seed=7)
        before = finished(client, operation).response.generated_videos[0].video.video_bytes
        first.process.kill()
    with state.open("a") as file:
        file.write('{"record": "charge", "opera')  # as a kill leaves it
    with running(*words, "--port", first.google.rpartition(":")[2]) as second:
        assert second.google == first.google
        after = finished(client, operation).response.generated_videos[0].video.video_bytes
        assert after == before and clip_of(after).seed == 7
        another = veo(client, "another")
        charged = [charge.operation for charge in second.panel.charges()]
        assert charged == [operation.name, another.name]
        log = second.panel.log()
        assert [event.number for event in log] == list(range(1, len(log) + 1))
        assert sum(event.kind == "charged" for event in log) == 2


def test_a_process_can_be_killed_exactly_at_an_event():
    code = (
        "import sys, requests\n"
        "print('sent', flush=True)\n"
        "body = {'instances': [{'prompt': 'a robot'}], 'parameters': {}}\n"
        "head = {'x-goog-api-key': sys.argv[2]}\n"
        "requests.post(sys.argv[1], json=body, headers=head, timeout=60)\n"
        "print('answered', flush=True)\n"
    )
    hold = Fault("hold", where="submit", event="charged")
    model = "publishers/google/models/veo-3.1-fast-generate-001"
    with running(faults=[hold]) as standins:
        url = f"{standins.google}/v1beta1/{model}:predictLongRunning"
        command = [sys.executable, "-c", code, url, standins.express_key]
        victim = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        (event,) = standins.panel.wait(1)
        assert event.kind == "charged"
        victim.kill()
        said, _ = victim.communicate()
        assert said.split() == ["sent"]
        assert standins.panel.go() and not standins.panel.go()
        (charge,) = standins.panel.charges()
        saved = types.GenerateVideosOperation(name=charge.operation)
        client = client_of(standins)
        assert finished(client, saved).response.generated_videos, "what was charged is delivered"
