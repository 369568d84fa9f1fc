"""Tests that need what this machine has not are left out, and one line says how many."""

from __future__ import annotations

from pathlib import Path

import pytest

__all__ = ["LEFT_OUT", "leave_out"]

LEFT_OUT = pytest.StashKey[dict[str, int]]()
"""Of a configuration: how many tests were left out, by the line that says so."""


def leave_out(config: pytest.Config, items: list[pytest.Item], below: Path, line: str) -> None:
    """Take the tests below a folder out of a run; `line` has `{}` for their number."""
    ours = [item for item in items if item.path.is_relative_to(below)]
    if not ours:
        return
    config.hook.pytest_deselected(items=ours)
    items[:] = [item for item in items if item not in ours]
    config.stash.setdefault(LEFT_OUT, {})[line] = len(ours)
