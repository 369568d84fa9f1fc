"""1,000 films in the library against 20: a page of the list, a search, a film's view, an edit.

python -m benchmarks.library [MANY] [ROUNDS]

Then the view of a film of 75 scenes with 4 takes each: made anew, and while nothing changed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from itertools import cycle
from pathlib import Path

from onereel.home import Home
from onereel.library.edits.changes import SetScene
from onereel.library.films import Films
from onereel.library.jobs import Jobs
from onereel.library.views.film import Views
from onereel.options import FilmOptions
from onereel.settings import Settings
from onereel.shoot.take import Take
from onereel.shoot.takes import Takes, clip_name
from onereel.story.brief import Brief
from onereel.story.screenplay import Scene, Screenplay
from onereel.values import digest

__all__ = ["fill", "long_film", "screenplay"]

_FEW = 20
_PAGE = 20


def main() -> None:
    """Print the tables."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 21
    with tempfile.TemporaryDirectory() as name:
        small, large = (Home(Path(name, each), Path(name, each, "media")) for each in "sl")
        few, lots = fill(small, _FEW), fill(large, many)
        print(f"| work | {_FEW} films, ms | {many} films, ms | ratio |")
        print("|---|---|---|---|")
        for work, prepare in (
            (f"a page of {_PAGE} films", _page),
            ("a search that finds one", _search),
            ("the view of a film of 6 scenes", _view),
            ("an edit", _edit),
        ):
            less, more = _alternate(prepare(small, few), prepare(large, lots), rounds)
            print(f"| {work} | {less * 1000:.1f} | {more * 1000:.1f} | {more / less:.2f} |")
        anew, again = _alternate(*_long(small, few), rounds)
        print("\n| a film of 75 scenes with 4 takes each | ms |\n|---|---|")
        print(f"| its view, made anew | {anew * 1000:.1f} |")
        print(f"| its view, while nothing changed | {again * 1000:.1f} |")


def screenplay(idea: str, scenes: int) -> Screenplay:
    """The words of a film."""
    return Screenplay(
        title=idea,
        brief=Brief(idea=idea, duration=Fraction(scenes * 6)),
        scenes=tuple(
            Scene(
                id=f"s{number:02}",
                title=f"Scene {number}",
                narration=f"In scene {number} somebody says a sentence of usual length.",
                prompt=f"A lighthouse in a storm, seen from angle {number}, film grain.",
                duration=Fraction(6),
            )
            for number in range(1, scenes + 1)
        ),
    )


def fill(home: Home, films: int) -> Films:
    """Make films of 6 scenes."""
    opened = Films.open(home, Settings.load(home))
    for number in range(films):
        opened.create(screenplay(f"The film of keeper number {number}", 6))
    return opened


def _views(home: Home, films: Films) -> Views:
    return Views(films, Jobs(films.database), home)


def _page(home: Home, films: Films) -> Callable[[], object]:
    views = _views(home, films)
    return lambda: views.cards(limit=_PAGE)


def _search(home: Home, films: Films) -> Callable[[], object]:
    views = _views(home, films)
    return lambda: views.cards(search="keeper 17")


def _view(home: Home, films: Films) -> Callable[[], object]:
    film_id, settings = min(films.ids()), Settings.load(home)
    return lambda: _views(home, films).film(film_id, settings=settings)


def _edit(home: Home, films: Films) -> Callable[[], object]:
    film_id, moods = min(films.ids()), cycle(["calm", "tense"])

    def work() -> None:
        number = films.get(film_id).revision.number
        films.edit(film_id, number, [SetScene(scene="s01", fields={"mood": next(moods)})])

    return work


def _long(home: Home, films: Films) -> tuple[Callable[[], object], Callable[[], object]]:
    film_id, settings = long_film(home, films), Settings.load(home)
    views = _views(home, films)
    return (
        lambda: _views(home, films).film(film_id, settings=settings),
        lambda: views.film(film_id, settings=settings),
    )


def long_film(home: Home, films: Films) -> str:
    """Make a film of 75 scenes with 4 takes each; give its id."""
    film = films.create(screenplay("A long film", 75), options=FilmOptions(renderer="veo")).film
    takes = Takes(home)
    for scene in film.revision.screenplay.scenes if film.revision.screenplay else ():
        for number in range(1, 5):
            key = digest(scene.id, number)
            take = Take(
                id=key,
                film_id=film.id,
                scene_id=scene.id,
                picture_id=scene.picture_id,
                number=number,
                renderer="draft",
                state="draft",
                clip=clip_name(film.id, scene.id, key),
                duration=scene.duration,
                width=1280,
                height=720,
                fps=Fraction(24),
            )
            takes.keep(take)
            takes.path(take).touch()
    return film.id


def _alternate(
    first: Callable[[], object], second: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """The median seconds of two pieces of work, done in turn."""
    first(), second()
    times = [(_seconds(first), _seconds(second)) for _ in range(rounds)]
    return statistics.median(time[0] for time in times), statistics.median(
        time[1] for time in times
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
