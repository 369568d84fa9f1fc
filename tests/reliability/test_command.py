"""`python -m onereel` with a paid renderer, as an owner with fifty dollars runs it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILM = ("A potter and her bowl", "--duration", "8", "--scenes", "2", "--resolution", "720p")


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run it with the provider's keys in the environment."""
    environment = {
        **os.environ,
        "ONEREEL_HOME": str(folder / "home"),
        "ONEREEL_VOICE__ENGINE": "espeak",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        [sys.executable, "-m", "onereel", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


@pytest.mark.parametrize("renderer", ["veo", "omni"])
def test_while_buying_is_off_no_request_leaves(renderer, google, tmp_path):
    for words in ((), ("--on-missing", "draft"), ("--on-missing", "leave-out")):
        result = run(tmp_path, *FILM, "--renderer", renderer, *words)
        assert result.returncode == 1
        assert result.stderr.splitlines()[-1].startswith("Buying is off, so nothing was sent: ")
        assert not result.stdout
    priced = run(tmp_path, *FILM, "--renderer", renderer, "--estimate")
    assert priced.returncode == 0, priced.stderr
    assert "At most $" in priced.stdout
    assert google.requests == []
    assert list(tmp_path.glob("*.mp4")) == []


def test_a_film_is_priced_bought_once_and_stopped_by_its_cap(google, tmp_path):
    shoot = (*FILM, "--renderer", "veo")
    card = run(tmp_path, *shoot, "--estimate").stdout
    (ceiling,) = re.findall(r"At most \$(\d+\.\d\d) for", card)
    assert run(tmp_path, "settings", "buying", "on", "--day", "0.50").returncode == 0
    poor = run(tmp_path, *shoot)
    assert poor.returncode == 1
    needed = re.search(r"settings buying on --day (\S+)$", poor.stderr.strip())
    assert needed and needed[1] == ceiling
    assert not google.charges

    assert run(tmp_path, "settings", "buying", "on", "--day", ceiling).returncode == 0
    made = run(tmp_path, *shoot)
    assert made.returncode == 0, made.stderr
    assert Path(made.stdout.splitlines()[-1]).is_file()
    spent = sum((charge.amount for charge in google.charges), Decimal(0))
    assert f"2 shots of this film cost ${spent}" in made.stderr
    assert spent <= Decimal(ceiling)

    assert run(tmp_path, "settings", "buying", "off").returncode == 0
    before = len(google.requests)
    again = run(tmp_path, *shoot)
    assert again.returncode == 0, again.stderr
    assert "every scene is bought already" in run(tmp_path, *shoot, "--estimate").stdout
    assert len(google.requests) == before
