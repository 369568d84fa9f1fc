"""`python -m tests.standins`: the stand-ins as a process of their own, for tests of processes.

It prints one line of JSON: the addresses, and the environment that points the vendors' SDKs and
OneReel at them. Every address answers the paths of `control.py` too. It ends on SIGTERM and SIGINT.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

from . import Google, OllamaStandIn, SpeechStandIn
from .faults import Fault
from .google import EXPRESS_KEY
from .google_storage import BUCKET


def main(words: list[str] | None = None) -> int:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m tests.standins", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="of Google; free ones by default")
    parser.add_argument("--plan", type=Path, help="a JSON file of faults")
    parser.add_argument("--state", type=Path, help="remember operations and charges in this file")
    parser.add_argument("--latency", type=float, default=0.05, help="seconds a generation takes")
    parser.add_argument("--looks", type=int, default=0, help="how many looks find it unfinished")
    parser.add_argument("--at-once", type=int, default=10_000, help="generations of one model")
    chosen = parser.parse_args(words)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="standins-")))
        google = stack.enter_context(
            Google(port=chosen.port, state=chosen.state, latency=chosen.latency, looks=chosen.looks)
        )
        google.veo.at_once = google.omni.at_once = chosen.at_once
        ollama = stack.enter_context(OllamaStandIn())
        speech = stack.enter_context(SpeechStandIn())
        if chosen.plan:
            google.plan.set([Fault.of(rule) for rule in json.loads(chosen.plan.read_text("utf-8"))])
        environment = {
            **google.environment(folder),
            "OLLAMA_HOST": ollama.url,
            "OPENAI_BASE_URL": f"{speech.url}/v1",
        }
        line = {
            "google": google.url,
            "ollama": ollama.url,
            "speech": speech.url,
            "bucket": f"gs://{BUCKET}",
            "express_key": EXPRESS_KEY,
            "environment": environment,
        }
        print(json.dumps(line), flush=True)
        stop.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
