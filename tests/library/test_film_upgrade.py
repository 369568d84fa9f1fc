"""A film that an older pack made opens, plays what was bought, and is edited as any other."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from onereel.home import Home
from onereel.library.edits.changes import read_changes
from onereel.library.edits.foreseeing import foresee
from onereel.library.films import Films
from onereel.library.jobs import Jobs
from onereel.library.views.film import Views
from onereel.settings import Settings

FILM = "2c86a6015543bf82"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Made by the pack of commit da1f53f, whose tables are revision 0002: a film of two scenes, the
    first of them bought, without its drafts and its reel."""
    with zipfile.ZipFile(Path(__file__).with_name("film_0002.zip")) as packed:
        packed.extractall(tmp_path)
    return Home(private=tmp_path / "private", media=tmp_path / "media")


@pytest.fixture
def films(home: Home) -> Iterator[Films]:
    found = Films.open(home, Settings())
    yield found
    found.close()


def test_a_film_of_an_older_pack_opens_and_is_edited(home: Home, films: Films) -> None:
    def scenes() -> list[tuple[str, str | None]]:
        view = Views(films, Jobs(films.database), home).film(FILM, settings=Settings())
        return [(scene.state, scene.take) for scene in view.scenes]

    (bought, take), (second, none) = scenes()
    assert (bought, second, none) == ("ready", "planned", None)
    assert take
    view = Views(films, Jobs(films.database), home).film(FILM, settings=Settings())
    assert view.title == "A Keeper and His Lamp"
    assert view.spent == Decimal("0.60")
    assert [card.id for card in Views(films, Jobs(films.database), home).cards().films] == [FILM]

    look = read_changes([{"op": "look", "look": "noir"}])
    found = foresee(FILM, look, films, home=home, settings=Settings())
    assert found.again == (view.scenes[0].id,)
    assert found.at_most == Decimal("0.60")
    keep = read_changes([{"op": "choose", "scene": view.scenes[0].id, "take": take}])
    films.edit(FILM, view.revision, [*look, *keep])
    assert scenes()[0] == ("ready", take)
    films.undo(FILM)
    assert scenes() == [(bought, take), (second, none)]
