"""Edits of a whole film: its title, its look and shape, who plays and speaks, how it is made."""

from __future__ import annotations

from collections.abc import Callable, Collection

from pydantic import ValidationError

from ...cast.finding import recast, with_cast
from ...errors import ReviseScreenplay
from ...options import FilmOptions
from ...story.looks import look_named, restyled
from ...values import in_words
from ...voice.narrate import FASTEST, SLOWEST
from ..presented import check_presented
from .changes import (
    Rewrite,
    SetBible,
    SetCast,
    SetLook,
    SetOptions,
    SetPlatform,
    SetShape,
    SetTitle,
    VoiceOf,
)
from .retelling import retold
from .revision import Version
from .versions import with_screenplay, written

__all__ = ["FILM_EDITS"]


def _voice_of(change: VoiceOf, version: Version, taken: Collection[str]) -> Version:
    screenplay = written(version)
    names = [person.name for person in screenplay.cast]
    if change.person not in names:
        raise ReviseScreenplay(
            f"{change.person[:80]!r} is not in this film's cast; choose {' or '.join(names)}."
            if names
            else "This film has no cast to give voices to."
        )
    cast = (
        each.replace(voice=change.voice.strip()) if each.name == change.person else each
        for each in screenplay.cast
    )
    return version.replace(screenplay=screenplay.replace(cast=tuple(cast)))


def _set_options(change: SetOptions, version: Version, taken: Collection[str]) -> Version:
    for name in change.fields:
        if name not in FilmOptions.model_fields:
            raise ReviseScreenplay(
                f"A film has no option {name!r}; the options are"
                f" {', '.join(FilmOptions.model_fields)}."
            )
    try:
        options = version.options.replace(**change.fields)
    except ValidationError as error:
        raise ReviseScreenplay(f"These options cannot be used: {in_words(error)}.") from None
    if not SLOWEST <= options.speed <= FASTEST:
        raise ReviseScreenplay(
            f"No voice speaks at {options.speed:g} times its pace; choose {SLOWEST} to {FASTEST}."
        )
    if version.screenplay and {"presenter", "presenter_scenes"} & change.fields.keys():
        check_presented(options, version.screenplay)
    return version.replace(options=options)


def _set_title(change: SetTitle, version: Version, taken: Collection[str]) -> Version:
    screenplay = written(version)
    title = change.title.strip()
    if not title:
        raise ReviseScreenplay("A film has a title; write at least one word.")
    return version.replace(screenplay=screenplay.replace(title=title))


def _set_look(change: SetLook, version: Version, taken: Collection[str]) -> Version:
    screenplay = written(version)
    look = look_named(change.look)
    if look is None:
        raise ReviseScreenplay("Name a look, or say in your own words how the film is to look.")
    made = restyled(screenplay, look)
    scenes = (
        new if new.prompt == old.prompt else new.replace(approved=False)
        for old, new in zip(screenplay.scenes, made.scenes, strict=True)
    )
    # A take that was chosen plays on: the film maker decides when it is shot in the new look.
    return version.replace(screenplay=recast(made.replace(scenes=tuple(scenes))))


def _set_shape(change: SetShape, version: Version, taken: Collection[str]) -> Version:
    return _shown(version, aspect=change.aspect)


def _set_platform(change: SetPlatform, version: Version, taken: Collection[str]) -> Version:
    aspect = change.aspect or written(version).brief.aspect
    shown = _shown(version, platform=change.platform, aspect=aspect)
    options = version.options.replace(resolution=change.resolution or version.options.resolution)
    return shown if options == version.options else shown.replace(options=options)


def _shown(version: Version, **changes: str) -> Version:
    """The film in another place or shape."""
    screenplay = written(version)
    brief = screenplay.brief.changed_in_its_film(**changes)
    if brief == screenplay.brief:
        return version
    made = screenplay.replace(brief=brief)
    if brief.aspect == screenplay.brief.aspect:
        return version.replace(screenplay=made)
    # As with another look, a take that was chosen plays on, fitted into the new shape.
    scenes = tuple(scene.replace(approved=False) for scene in screenplay.scenes)
    return version.replace(screenplay=made.replace(scenes=scenes))


def _rewrite(change: Rewrite, version: Version, taken: Collection[str]) -> Version:
    return version.replace(
        screenplay=retold(written(version), change.screenplay, taken=taken), chosen={}
    )


def _set_cast(change: SetCast, version: Version, taken: Collection[str]) -> Version:
    screenplay = written(version)
    people = tuple(each for each in screenplay.cast if not each.cast)
    cast = with_cast(screenplay.replace(cast=people), change.characters)
    return with_screenplay(version, cast)


def _set_bible(change: SetBible, version: Version, taken: Collection[str]) -> Version:
    screenplay = written(version)
    try:
        return with_screenplay(version, screenplay.replace(bible=change.entries))
    except ValidationError as error:
        raise ReviseScreenplay(f"This cannot be kept the same: {in_words(error)}.") from None


FILM_EDITS: tuple[Callable[..., Version], ...] = (
    _voice_of,
    _set_options,
    _set_title,
    _set_look,
    _set_shape,
    _set_platform,
    _rewrite,
    _set_cast,
    _set_bible,
)
"""One for each change; its first argument says which."""
