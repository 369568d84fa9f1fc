"""A film being shot in a process of its own, which may be killed at any moment."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

from onereel.errors import OneReelError
from onereel.home import Home
from onereel.settings import Settings
from onereel.shoot.buying.studio import shoot_paid
from onereel.shoot.order import PaidOptions
from onereel.story.brief import Brief
from onereel.story.builtin import write_builtin
from onereel.story.screenplay import Screenplay

__all__ = ["FORKS", "MODEL", "start", "story"]

MODEL = "veo-3.1-fast-generate-001"

# A fork of a process that has everything loaded: a start takes a moment, and kill -9 is real.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.reliability.preload"])


def story(scenes: int) -> Screenplay:
    """A film of so many scenes; always the same."""
    brief = Brief(
        idea="A lighthouse keeper finds a message in a bottle",
        duration=4 * scenes,
        scene_count=scenes,
    )
    return write_builtin(brief, seed=1)


def start(
    home: Home, screenplay: Screenplay, environment: Mapping[str, str], answer: Path
) -> BaseProcess:
    """Shoot a film in another process; what came of it is written to `answer` as JSON."""
    arguments = (home, screenplay.to_json(), dict(environment), answer)
    process = FORKS.Process(target=_shoot, args=arguments, daemon=True)
    process.start()
    return process


def _shoot(home: Home, screenplay: str, environment: Mapping[str, str], answer: Path) -> None:
    os.environ.update(environment)
    try:
        takes = asyncio.run(
            shoot_paid(
                Screenplay.from_json(screenplay),
                PaidOptions(renderer="veo", model=MODEL),
                home=home,
                settings=Settings.load(home),
                on_missing="leave out",
            )
        )
        told = {"states": {take.scene_id: take.state for take in takes}}
    except OneReelError as error:
        told = {"error": f"{type(error).__name__}: {error.user_message}"}
    answer.write_text(json.dumps(told), "utf-8")
