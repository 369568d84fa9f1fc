"""The provider of every test here, started once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.standins import Google


@pytest.fixture(scope="session")
def provider() -> Iterator[Google]:
    with Google(latency=0) as server:
        yield server


@pytest.fixture
def google(provider: Google, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Google:
    """The provider, as if just started, and this process pointed at it."""
    provider.reset()
    provider.requests.clear()
    for name, value in provider.environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    return provider
