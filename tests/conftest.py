"""Says at the end what was left out, whether one process ran the tests or several."""

from __future__ import annotations

from typing import Any

import pytest

from tests.leaving_out import LEFT_OUT


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
