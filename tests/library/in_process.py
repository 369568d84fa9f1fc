"""The command line without a process of its own: the same `main` and the same files, but Python and
OneReel are loaded already. What only a process shows, its tests show in processes."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from onereel.commands import main

__all__ = ["Command", "command"]

Command = Callable[..., CompletedProcess[str]]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Runs it in a folder, with words, what is piped into it, and its environment."""

    def run(
        folder: Path, *words: str, given: str = "", environment: Mapping[str, str]
    ) -> CompletedProcess[str]:
        with monkeypatch.context() as there:
            there.chdir(folder)
            there.setattr(sys, "argv", ["onereel", *words])
            there.setattr(sys, "stdin", io.StringIO(given))
            for name, value in environment.items():
                there.setenv(name, value)
            capfd.readouterr()
            try:
                code = main()
            except SystemExit as stopped:
                code = stopped.code
        told = capfd.readouterr()
        return CompletedProcess(words, code, told.out, told.err)

    return run
