"""Tests inside a real ComfyUI; where there is none, one line says how many were left out."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.leaving_out import leave_out
from tests.standins import Google
from tests.standins.ollama import OllamaStandIn

from .client import BUYING, ComfyUI
from .host import find, running

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if find() is None:
        leave_out(
            *(config, items, _HERE),
            "No ComfyUI found: {} tests inside it were left out"
            " (COMFYUI_PATH names one; see README).",
        )


@pytest.fixture(scope="session")
def ollama() -> Iterator[OllamaStandIn]:
    with OllamaStandIn() as server:
        yield server


@pytest.fixture(scope="session")
def google() -> Iterator[Google]:
    # What is not ready at the first look is looked at again after seconds, as of the real service.
    with Google(latency=0) as server:
        yield server


def leave_behind(media: Path) -> None:
    """What a run that was killed two days ago left among the takes."""
    clip = media / "takes" / "film" / ".s01.onereel-killed.mp4"
    clip.parent.mkdir(parents=True)
    clip.touch()
    os.utime(clip, (0, time.time() - 2 * 24 * 60 * 60))


Start = Callable[..., ComfyUI]

HEARS = """
import json
from server import PromptServer

def heard(kind, data):
    with open(__file__ + ".heard", "a") as file:
        file.write(json.dumps([kind, data]) + "\\n")

def broken(kind, data):
    data.clear()
    raise ValueError("somebody else's fault")

hooks = getattr(PromptServer.instance, "onereel_hooks", [])
hooks += [broken, heard]
PromptServer.instance.onereel_hooks = hooks
NODE_CLASS_MAPPINGS = {}
"""
"""A pack that writes down what it hears."""


@pytest.fixture(scope="session")
def start(
    ollama: OllamaStandIn, google: Google, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Start]:
    """Starts further ComfyUIs, with options of `main.py` and packs beside this one; all end with
    the session."""
    found = find()
    assert found is not None
    with ExitStack() as stack:

        def one(*options: str, packs: Mapping[str, str] = MappingProxyType({})) -> ComfyUI:
            folder = tmp_path_factory.mktemp("comfyui")
            leave_behind(folder / "base" / "output" / "onereel")
            for name, source in packs.items():
                pack = folder / "base" / "custom_nodes" / name
                pack.mkdir(parents=True)
                (pack / "__init__.py").write_text(source, "utf-8")
            environment = {
                **google.environment(folder),
                "ONEREEL_OLLAMA__HOST": ollama.url,
                # The one voice that is there with nothing installed but the requirements.
                "ONEREEL_VOICE__ENGINE": "espeak",
                # The pack leaves a pointer in the user's configuration, not ours to change.
                "HOME": str(folder),
                "XDG_CONFIG_HOME": str(folder / "config"),
            }
            return stack.enter_context(
                running(found, folder / "base", *options, environment=environment)
            )

        yield one


@pytest.fixture(scope="session")
def comfyui(start: Start) -> ComfyUI:
    return start()


@pytest.fixture(scope="session")
def unusual(start: Start) -> ComfyUI:
    """One that answers the whole house, writes no workflow into what it saves, and has packs that
    hear of films. They load by name: one is there before OneReel, the other comes after it."""
    packs = dict.fromkeys(("AAA_before", "zzz_after"), HEARS)
    return start("--listen", "0.0.0.0", "--disable-metadata", packs=packs)


@pytest.fixture
def buying(comfyui: ComfyUI) -> Iterator[None]:
    """An owner who has switched buying on."""
    with comfyui.settings(BUYING):
        yield


@pytest.fixture
def not_buying(comfyui: ComfyUI) -> Iterator[None]:
    with comfyui.settings(""):
        yield
