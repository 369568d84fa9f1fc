"""Versions of a film as edits see them: their screenplay, a scene of it, other scenes in it."""

from __future__ import annotations

from collections.abc import Iterable

from ...cast.finding import recast
from ...errors import ReviseScreenplay
from ...story.screenplay import Scene, Screenplay
from .revision import Version

__all__ = ["found", "scene_ids", "with_scenes", "with_screenplay", "written"]


def scene_ids(version: Version) -> tuple[str, ...]:
    """The ids of its scenes, in order."""
    return tuple(scene.id for scene in version.screenplay.scenes) if version.screenplay else ()


def written(version: Version) -> Screenplay:
    """Its screenplay.

    Raises:
        ReviseScreenplay: there is none yet.
    """
    if version.screenplay is None:
        raise ReviseScreenplay("This film has no scenes yet; have it written first.")
    return version.screenplay


def found(scene_id: str, version: Version) -> tuple[Screenplay, Scene]:
    """Its screenplay, and a scene of it.

    Raises:
        ReviseScreenplay: there is no such scene.
    """
    screenplay = written(version)
    scene = screenplay.scene(scene_id)
    if scene is None:
        raise ReviseScreenplay(f"This film has no scene {scene_id[:64]!r} any more; load it again.")
    return screenplay, scene


def with_scenes(version: Version, scenes: Iterable[Scene]) -> Version:
    """A version with these scenes."""
    return with_screenplay(version, written(version).replace(scenes=tuple(scenes)))


def with_screenplay(version: Version, screenplay: Screenplay) -> Version:
    """A version with this screenplay. A scene that is to show something else lets go of its
    take."""
    before = written(version)
    screenplay = recast(screenplay)
    chosen = {
        scene.id: version.chosen[scene.id]
        for scene in screenplay.scenes
        if scene.id in version.chosen and _shows_the_same(scene, before.scene(scene.id))
    }
    return version.replace(screenplay=screenplay, chosen=chosen)


def _shows_the_same(new: Scene, old: Scene | None) -> bool:
    return old is not None and new.replace(title=old.title).words_id == old.words_id
