"""Which process runs which tests, and in what order; says at the end what was left out."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.leaving_out import LEFT_OUT

_HERE = Path(__file__).parent
_WHOLE = ("panel", "comfyui")
"""Folders whose files share a ComfyUI and a browser: two processes would start two of each."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first: at the end of a run both processes have short files left."""
    ranks = {name: rank for rank, name in enumerate((*_WHOLE, "reliability"))}
    sizes = Counter(item.path for item in items)

    def place(item: pytest.Item) -> tuple[int, int]:
        folder = item.path.relative_to(_HERE).parts[0]
        return ranks.get(folder, len(ranks)), -sizes[item.path]

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """What is loaded now stays loaded: no full collection need look through it (3 % of the time of
    tests that start no process)."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Several processes share the tests by file, but some folders are one process's own."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            folder = Path(file).parent
            return str(folder) if folder.name in _WHOLE else file

    # Its own order is by the number of tests, and the longest are few.
    config.option.loadscopereorder = False
    return Scheduling(config, log) if config.option.dist == "loadfile" else None


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = session.config.stash.get(LEFT_OUT, {})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear what a worker left out: all of them look through the same tests."""
    told = getattr(node, "workeroutput", {}).get("left_out", {})
    node.config.stash.setdefault(LEFT_OUT, {}).update(told)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for line, count in config.stash.get(LEFT_OUT, {}).items():
        terminalreporter.write_line(line.format(count))
