"""Another script of the same film: told in another tone, by another template, or just once more."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ...cast.finding import with_cast
from ...directors import direct
from ...options import FilmOptions
from ...stage import Work
from ...story.bible import MOST_CONSTANTS, Constant
from ...story.brief import LONGEST_FILM, SHORTEST_FILM, Brief
from ...story.looks import Look, looks, restyled
from ...story.screenplay import Scene, Screenplay, StyleBible
from ...story.settled import settled
from ...writers import WRITERS

__all__ = ["retold", "tell_again"]


async def tell_again(
    work: Work, before: Screenplay, options: FilmOptions, *, template: str, tone: str, another: int
) -> Screenplay:
    """Have a film's writer, and its director, write it once more. Nothing is changed by it.

    Args:
        template: what kind of film it is to be, by its name.
        tone: in words; empty for that of the template.
        another: each number asks for a further script of the same wishes.

    Raises:
        ReviseBrief, ReviseTemplate: there is no such template, or its file cannot be used.
        OneReelError: as the writer raises.
    """
    brief = before.brief
    if template != brief.template:
        brief = brief.changed_in_its_film(template=template, film_template=None)
        brief = brief.changed_in_its_film(**_kind(settled(brief, work.home)))
    brief = brief.changed_in_its_film(tone=tone.strip())
    if before.length is not None:
        # As long as edits have made it, and then not of so many scenes as it was asked to have.
        length = min(max(before.length, SHORTEST_FILM), LONGEST_FILM)
        brief = brief.changed_in_its_film(duration=length, scene_count=0)
    seed = (options.seed + another) % 2**32
    stage = WRITERS[options.writer]
    chosen: dict[str, Any] = {
        name: getattr(options, field) for name, field in stage.choices.items()
    }
    made = await stage.run(work, brief=brief, **{**chosen, "seed": seed})
    directed = await direct(
        work,
        screenplay=made["screenplay"],
        director=options.director,
        model=options.director_model,
        seed=seed,
    )
    found: Screenplay = directed["screenplay"]
    return found


def retold(before: Screenplay, told: Screenplay, *, taken: Collection[str]) -> Screenplay:
    """Put another script in the place of the one that a film has.

    The film stays what it is: its id, its shape, its language, its length, its look, what stays the
    same in it, and the characters that were cast in it. Its scenes are new ones, and nobody
    approved them.

    Args:
        told: the other script; of its brief only the template and the tone count.
        taken: ids that no scene of it may get.
    """
    people = tuple(each for each in before.cast if each.cast)
    script = told.replace(
        brief=before.brief.changed_in_its_film(**_kind(told.brief)),
        # Whom the library has is cast by the film maker alone.
        cast=tuple(each for each in told.cast if not each.cast),
        scenes=_as_new(told.scenes, taken),
        bible=_together(told.bible, before.bible),
        length=before.length,
    )
    return with_cast(restyled(script, _look(before.style)), people)


def _kind(brief: Brief) -> dict[str, Any]:
    return {name: getattr(brief, name) for name in ("template", "film_template", "tone")}


def _as_new(scenes: tuple[Scene, ...], taken: Collection[str]) -> tuple[Scene, ...]:
    fresh = {"approved": False, "cast": (), "take": 1, "frame": 1, "recording": None}
    number, new = 0, []
    for scene in scenes:
        number += 1
        while f"s{number:02d}" in taken:
            number += 1
        new.append(scene.replace(id=f"s{number:02d}", timed_to="", **fresh))
    return tuple(new)


def _together(told: tuple[Constant, ...], before: tuple[Constant, ...]) -> tuple[Constant, ...]:
    """What the film maker said stays the same, and what is new in the script."""
    known = {each.name.casefold() for each in before}
    new = (each for each in told if each.name.casefold() not in known)
    return (*before, *new)[:MOST_CONSTANTS]


def _look(style: StyleBible) -> Look:
    named = (each for each in looks().values() if each.style.in_words() == style.in_words())
    return next(named, None) or Look(name="", label="", style=style, avoid="")
