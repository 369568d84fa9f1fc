"""50 clients poll a real ComfyUI: OneReel's reads against ComfyUI's own `/queue`.

    python -m benchmarks.load [SECONDS]

First, in turn, a ComfyUI with the pack and one without: both run the same nodes of ComfyUI's own,
and every client asks for `/queue` once a second. Then with 1,000 films and 10,000 operations in the
library, while one film is made and three wait: every client asks for something once a second, and
`/queue` is among it.
"""

from __future__ import annotations

import http.client
import json
import random
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import requests

from benchmarks import ledger, library
from onereel.home import Home
from tests.comfyui.client import ComfyUI, Workflow
from tests.comfyui.host import find, running

_CLIENTS = 50
_PAUSE = 1.0
"""Seconds from one question of a client to its next."""
_FILMS = 1000
_OPERATIONS = 10_000
_WAITING = 3
_ROUNDS = 5
_SEED = 5
_API = "onereel/v1"
_QUEUE = "/queue"
_OFTEN = 6
"""How often a client asks for `/queue` while it asks once for each of OneReel's: all of those are
measured by it, and of a few answers the p99 is the luck of one."""
_GOAL = 3

Times = Mapping[str, Sequence[float]]


def main() -> None:
    """Print the tables."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 180.0
    comfyui = find()
    if comfyui is None:
        raise SystemExit("No ComfyUI found; COMFYUI_PATH names one.")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        environment = {
            "HOME": name,
            "XDG_CONFIG_HOME": f"{name}/config",
            "ONEREEL_VOICE__ENGINE": "espeak",
        }
        long_film = _fill(folder / "with")
        bare, full = (
            stack.enter_context(
                running(comfyui, folder / each, environment=environment, pack=each == "with")
            )
            for each in ("without", "with")
        )
        _print_queue([_round(full, bare, seconds / 6, number) for number in range(_ROUNDS)])
        _print_reads(_reads(full, long_film, seconds))


def _fill(base: Path) -> str:
    """Fill the library of a ComfyUI that is not running yet; give the id of its longest film."""
    home = Home(base / "user" / "__onereel", base / "output" / "onereel")
    films = [
        library.screenplay(f"The film of keeper number {number}", 6).brief.film_id
        for number in range(_FILMS)
    ]
    ledger.fill(home, _OPERATIONS, films=films)
    opened = library.fill(home, _FILMS)
    try:
        return library.long_film(home, opened)
    finally:
        opened.close()


def _reads(server: ComfyUI, long_film: str, seconds: float) -> Times:
    """The seconds that each answer took, by address, while one film is made and three wait."""
    started = [_start_film(server, number) for number in range(1 + _WAITING)]
    _await_first_progress(server, started[0])
    operation = server.get(f"{_API}/operations?limit=1")["operations"][0]
    film = operation["film"]
    named = {
        "films, a page of 20": "/films?limit=20",
        "films, a search": "/films?search=keeper+17",
        "the film that is being made": f"/films/{started[0]}",
        "a film that waits": f"/films/{started[-1]}",
        "a film of 6 scenes, 10 operations": f"/films/{film}",
        "a film of 75 scenes, 300 takes": f"/films/{long_film}",
        "a film's screenplay": f"/films/{film}/export/screenplay",
        "a film's graph": f"/films/{film}/graph",
        "operations, a page of 50": "/operations",
        "spendings": "/spendings",
        "characters": "/characters",
        "operations of a film": f"/operations?film={film}",
        "an operation": f"/operations/{operation['key']}",
        "budget": "/budget",
        "audit": "/audit",
        "events": "/events?after=0",
        "health": "/health",
        "metrics": "/metrics",
        "settings": "/settings",
        "choices": "/choices",
        "models": "/models",
        "voices": "/voices",
        "setup": "/setup",
        "workflows": "/workflows",
    }
    addresses = {_QUEUE: _QUEUE, **{what: f"/{_API}{path}" for what, path in named.items()}}
    # Once each: what is loaded when it is first used.
    for path in addresses.values():
        requests.get(server.url + path, timeout=60).raise_for_status()
    times = _poll(server.url, addresses, seconds)
    state = server.get(f"{_API}/films/{started[0]}")["job"]["state"]
    assert state == "running", f"the film did not last: {state}"
    requests.post(f"{server.url}/queue", json={"clear": True}, timeout=60)
    server.interrupt()
    _await_quiet(server)
    return times


def _start_film(server: ComfyUI, number: int) -> str:
    scenes = [
        {"narration": f"In part {number} this is what scene {each} has to say.", "duration": 8}
        for each in range(1, 121)
    ]
    body = {"screenplay": {"title": f"The long one {number}", "scenes": scenes}}
    answer = requests.post(f"{server.url}/{_API}/films", json=body, timeout=120)
    answer.raise_for_status()
    return str(answer.json()["id"])


def _await_first_progress(server: ComfyUI, film_id: str) -> None:
    while server.get(f"{_API}/films/{film_id}")["job"]["fraction"] == 0:
        time.sleep(0.3)


def _round(full: ComfyUI, bare: ComfyUI, seconds: float, number: int) -> Sequence[Sequence[float]]:
    """The times with the pack and without; every other round begins with the other."""
    order = (full, bare) if number % 2 else (bare, full)
    found = {each.url: _queue_alone(each, seconds) for each in order}
    return found[full.url], found[bare.url]


def _queue_alone(server: ComfyUI, seconds: float) -> Sequence[float]:
    """The seconds that answers of `/queue` took while ComfyUI's own nodes run."""
    for number in range(1 + _WAITING):
        server.queue(_chain(number))
    time.sleep(2)
    times = _poll(server.url, {_QUEUE: _QUEUE}, seconds)
    assert server.get("queue")["queue_running"], "the nodes did not last"
    requests.post(f"{server.url}/queue", json={"clear": True}, timeout=60)
    server.interrupt()
    _await_quiet(server)
    return times[_QUEUE]


def _chain(number: int) -> Workflow:
    """Work for the processor, in nodes that every ComfyUI has; none of it was ever done before."""
    graph: dict[str, dict[str, Any]] = {
        "0": {
            "class_type": "EmptyImage",
            "inputs": {
                "width": 2048,
                "height": 2048,
                "batch_size": 1,
                "color": (time.time_ns() // 1000 + number) % 0xFFFFFF,
            },
        }
    }
    for step in range(1, 100):
        blurred = {"image": [f"{step - 1}", 0], "blur_radius": 31, "sigma": 9.0}
        graph[f"{step}"] = {"class_type": "ImageBlur", "inputs": blurred}
    last = str(len(graph) - 1)
    graph["end"] = {"class_type": "PreviewImage", "inputs": {"images": [last, 0]}}
    return graph


def _await_quiet(server: ComfyUI) -> None:
    while any(server.get("queue").values()):
        time.sleep(0.3)


def _poll(url: str, addresses: Mapping[str, str], seconds: float) -> Times:
    """Let all clients ask once a second, each for the addresses in an order of its own."""
    times: dict[str, list[float]] = defaultdict(list)
    wrong: list[str] = []
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        dice = random.Random(_SEED + number)
        names = [what for what in addresses for _ in range(_OFTEN if what == _QUEUE else 1)]
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        due = time.monotonic() + dice.random() * _PAUSE
        todo: list[str] = []
        while due < end:
            time.sleep(max(0.0, due - time.monotonic()))
            todo = todo or dice.sample(names, len(names))
            what = todo.pop()
            begun = time.perf_counter()
            connection.request("GET", addresses[what])
            answer = connection.getresponse()
            answer.read()
            times[what].append(time.perf_counter() - begun)
            if answer.status != 200:
                wrong.append(f"{what}: {answer.status}")
            due = max(due + _PAUSE, time.monotonic())
        connection.close()

    threads = [threading.Thread(target=client, args=(each,)) for each in range(_CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong, json.dumps(wrong[:10])
    return times


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _print_reads(times: Times) -> None:
    ours = {what: each for what, each in times.items() if what != _QUEUE}
    all_ours = [each for found in ours.values() for each in found]
    base = times[_QUEUE]
    print("| read | answers | median, ms | p99, ms | p99 / p99 of /queue | goal |")
    print("|---|---|---|---|---|---|")
    rows = {"ComfyUI's `/queue`": base, **ours, "all of OneReel's": all_ours}
    for what, found in rows.items():
        ratio, goal = _p99(found) / _p99(base), "" if found is base else f"<= {_GOAL}"
        middle, late = median(found) * 1000, _p99(found) * 1000
        print(f"| {what} | {len(found)} | {middle:.1f} | {late:.1f} | {ratio:.2f} | {goal} |")


def _print_queue(rounds: Sequence[Sequence[Sequence[float]]]) -> None:
    full, bare = ([time for each in found for time in each] for found in zip(*rounds, strict=True))
    print("| `/queue` alone | answers | median, ms | p99, ms | p99 of each round, ms |")
    print("|---|---|---|---|---|")
    for what, found, place in (("with the pack", full, 0), ("without", bare, 1)):
        middle, late = median(found) * 1000, _p99(found) * 1000
        each = ", ".join(f"{_p99(pair[place]) * 1000:.0f}" for pair in rounds)
        print(f"| {what} | {len(found)} | {middle:.1f} | {late:.0f} | {each} |")
    ratios = [_p99(pair[0]) / _p99(pair[1]) for pair in rounds]
    print(
        f"| with / without | | {median(full) / median(bare):.2f} | {_p99(full) / _p99(bare):.2f} |"
        f" median {median(ratios):.2f} |\n"
    )


if __name__ == "__main__":
    main()
