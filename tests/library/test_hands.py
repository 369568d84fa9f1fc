from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from onereel.errors import Cancelled
from onereel.home import Home
from onereel.shoot.draft import shoot_draft
from onereel.shoot.draft.hands import Hands
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.work import Cancel, Progress, Report

SCENES = tuple(
    Scene(id=f"s0{n}", description=f"A keeper\u2019s light, {n}.", place="coast", duration=1)
    for n in (1, 2)
)
FILM = Screenplay(title="Light", brief=Brief(idea="a light", aspect="1:1"), scenes=SCENES)


@pytest.fixture
def hands() -> Iterator[Hands]:
    found = Hands()
    yield found
    found.close()


@pytest.fixture
def home(tmp_path: Path) -> Callable[[str], Home]:
    return lambda name: Home(private=tmp_path / name, media=tmp_path / name)


def drawing() -> list[psutil.Process]:
    """The processes that draw for this one."""
    found = []
    for each in psutil.Process().children():
        # One that was killed has no command any more.
        with suppress(psutil.Error):
            if "onereel.shoot.draft.hand" in " ".join(each.cmdline()):
                found.append(each)
    return found


def test_other_processes_draw_the_very_same(hands: Hands, home, caplog) -> None:
    shown: list[bytes] = []

    def listen(report: Report) -> None:
        if report.preview:
            shown.append(report.preview.tobytes())

    heard = Progress(listen)
    here = shoot_draft(FILM, home=home("here"), resolution="480p", progress=heard)
    there = shoot_draft(
        FILM, home=home("there"), resolution="480p", draw=hands.draw, progress=heard
    )
    assert here == there
    for take in here:
        drawn = [home(name).path(take.clip).read_bytes() for name in ("here", "there")]
        assert drawn[0] == drawn[1]
    assert sorted(shown[:2]) == sorted(shown[2:])
    assert not caplog.records
    kept = {each.pid for each in drawing()}
    assert kept
    shoot_draft(FILM, home=home("there"), resolution="480p", draw=hands.draw, number=2)
    assert kept & {each.pid for each in drawing()}
    hands.close()
    assert not drawing()


def test_what_dies_while_it_draws_is_drawn_here(hands: Hands, home, caplog) -> None:
    def kill(report: Report) -> None:
        for process in drawing():
            process.kill()

    takes = shoot_draft(
        FILM, home=home("media"), resolution="480p", draw=hands.draw, progress=Progress(kill)
    )
    assert all(home("media").path(take.clip).stat().st_size for take in takes)
    assert "it is drawn in this one" in caplog.text


def test_whoever_stops_waits_for_no_process(hands: Hands, home) -> None:
    cancel = Cancel()
    long = FILM.replace(scenes=tuple(each.replace(duration=60) for each in SCENES))
    with pytest.raises(Cancelled):
        shoot_draft(
            long,
            home=home("media"),
            draw=hands.draw,
            progress=Progress(lambda report: cancel.request()),
            cancel=cancel,
        )
    assert not drawing()
    assert not [path for path in home("media").media.rglob("*") if path.is_file()]
