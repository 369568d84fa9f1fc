"""Edits: pure functions from one version of a film to the next, with a sentence for what cannot be.

Scene ids stay with their scenes. A scene that shows or says something else is no longer approved.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import singledispatch
from typing import Any

from pydantic import ValidationError

from ..cast.finding import recast, with_cast
from ..errors import ReviseScreenplay
from ..options import FilmOptions
from ..story.brief import MOST_SCENES, SHORTEST_SCENE
from ..story.further import further_scenes
from ..story.looks import look_named, restyled
from ..story.screenplay import Scene, Screenplay
from ..values import in_words
from ..voice.narrate import FASTEST, SLOWEST
from .changes import (
    AcceptFrames,
    AddScene,
    ApproveScenes,
    Change,
    ChooseTakeOf,
    MergeScenes,
    MoveScene,
    RecordLine,
    RedoScene,
    RemoveScene,
    Rewrite,
    SetBible,
    SetCast,
    SetLook,
    SetOptions,
    SetPlatform,
    SetScene,
    SetShape,
    SetTitle,
    SplitScene,
    VoiceOf,
)
from .labels import label_of
from .parting import parted
from .retelling import retold
from .revision import Version
from .rewriting import bounded, joined, merged, rewritten
from .versions import found, scene_ids, with_scenes, with_screenplay, written

__all__ = ["Edited", "apply"]


@dataclass(frozen=True)
class Edited:
    """A version, what was done to come to it, and the ids of the scenes that it made."""

    version: Version
    label: str
    made: tuple[str, ...] = ()


def apply(changes: Sequence[Change], version: Version, *, taken: Collection[str] = ()) -> Edited:
    """Make all of the changes, one after the other, or none of them.

    Args:
        taken: ids that scenes of this film had in other versions; no new scene gets one of them.

    Raises:
        ReviseScreenplay: one of them cannot be made; the sentence says why and what to do.
    """
    edited, label = version, label_of(changes, version)
    used = {*taken, *scene_ids(version)}
    made: list[str] = []
    for change in changes:
        edited = _apply(change, edited, used)
        new = [each for each in scene_ids(edited) if each not in used]
        used.update(new)
        made += new
    return Edited(_with_length(edited, version), label, tuple(made))


@singledispatch
def _apply(change: Change, version: Version, taken: Collection[str]) -> Version:
    raise NotImplementedError(change)


@_apply.register
def _(change: SetScene, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    return with_scenes(
        version,
        (
            rewritten(each, change.fields, screenplay) if each is scene else each
            for each in screenplay.scenes
        ),
    )


@_apply.register
def _(change: MoveScene, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    count = len(screenplay.scenes)
    if change.to >= count:
        raise ReviseScreenplay(
            f"Scene {scene.id} cannot move behind the last of {count} scenes;"
            f" choose a place from 0 to {count - 1}."
        )
    others = [each for each in screenplay.scenes if each is not scene]
    return with_scenes(version, (*others[: change.to], scene, *others[change.to :]))


@_apply.register
def _(change: RemoveScene, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    if len(screenplay.scenes) == 1:
        raise ReviseScreenplay("A film keeps at least one scene; rewrite it instead.")
    return with_scenes(version, (each for each in screenplay.scenes if each is not scene))


@_apply.register
def _(change: AddScene, version: Version, taken: Collection[str]) -> Version:
    screenplay = written(version)
    place = 0
    if change.after:
        _, before = found(change.after, version)
        place = screenplay.scenes.index(before) + 1
    _room_for(1, screenplay)
    scene = rewritten(Scene(id=_new_id(taken)), change.fields, screenplay)
    if not any(text.strip() for text in (scene.prompt, scene.description, scene.narration)):
        raise ReviseScreenplay("Say what the new scene shows: write its prompt or description.")
    return with_scenes(version, (*screenplay.scenes[:place], scene, *screenplay.scenes[place:]))


@_apply.register
def _(change: SplitScene, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    texts = parted(scene, change.at, screenplay)
    _room_for(1, screenplay)
    share = [Fraction(len(text), sum(map(len, texts))) for text in texts]
    parts = [
        part.replace(duration=bounded(scene.duration * portion), approved=False)
        for part, portion in zip(further_scenes(scene, texts, taken), share, strict=True)
    ]
    return with_scenes(
        version,
        (new for each in screenplay.scenes for new in (parts if each is scene else [each])),
    )


@_apply.register
def _(change: MergeScenes, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    index = screenplay.scenes.index(scene)
    if index == len(screenplay.scenes) - 1:
        raise ReviseScreenplay(f"Scene {scene.id} is the last one; there is no next to merge with.")
    both = merged(scene, screenplay.scenes[index + 1], screenplay)
    scenes = screenplay.scenes
    return with_scenes(version, (*scenes[:index], both, *scenes[index + 2 :]))


@_apply.register
def _(change: ApproveScenes, version: Version, taken: Collection[str]) -> Version:
    screenplay = written(version)
    for name in change.scenes:
        found(name, version)
    return with_scenes(
        version,
        (
            scene.replace(approved=change.approved) if scene.id in change.scenes else scene
            for scene in screenplay.scenes
        ),
    )


@_apply.register
def _(change: ChooseTakeOf, version: Version, taken: Collection[str]) -> Version:
    found(change.scene, version)
    others = {scene: take for scene, take in version.chosen.items() if scene != change.scene}
    chosen = {**others, change.scene: change.take} if change.take else others
    return version.replace(chosen=chosen)


@_apply.register
def _(change: RecordLine, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    if change.recording and change.recording.text != scene.narration.strip():
        raise ReviseScreenplay(
            f"The recording says other words than scene {scene.id}; write what it says into the"
            " scene, or record it again."
        )
    return with_scenes(
        version,
        (
            each.replace(recording=change.recording) if each is scene else each
            for each in screenplay.scenes
        ),
    )


@_apply.register
def _(change: VoiceOf, version: Version, taken: Collection[str]) -> Version:
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


@_apply.register
def _(change: SetOptions, version: Version, taken: Collection[str]) -> Version:
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
    return version.replace(options=options)


@_apply.register
def _(change: SetTitle, version: Version, taken: Collection[str]) -> Version:
    screenplay = written(version)
    title = change.title.strip()
    if not title:
        raise ReviseScreenplay("A film has a title; write at least one word.")
    return version.replace(screenplay=screenplay.replace(title=title))


@_apply.register
def _(change: SetLook, version: Version, taken: Collection[str]) -> Version:
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


@_apply.register
def _(change: SetShape, version: Version, taken: Collection[str]) -> Version:
    return _shown(version, aspect=change.aspect)


@_apply.register
def _(change: SetPlatform, version: Version, taken: Collection[str]) -> Version:
    aspect = change.aspect or written(version).brief.aspect
    return _shown(version, platform=change.platform, aspect=aspect)


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


@_apply.register
def _(change: Rewrite, version: Version, taken: Collection[str]) -> Version:
    return version.replace(
        screenplay=retold(written(version), change.screenplay, taken=taken), chosen={}
    )


@_apply.register
def _(change: SetCast, version: Version, taken: Collection[str]) -> Version:
    screenplay = written(version)
    people = tuple(each for each in screenplay.cast if not each.cast)
    cast = with_cast(screenplay.replace(cast=people), change.characters)
    return with_screenplay(version, cast)


@_apply.register
def _(change: SetBible, version: Version, taken: Collection[str]) -> Version:
    screenplay = written(version)
    try:
        return with_screenplay(version, screenplay.replace(bible=change.entries))
    except ValidationError as error:
        raise ReviseScreenplay(f"This cannot be kept the same: {in_words(error)}.") from None


@_apply.register
def _(change: AcceptFrames, version: Version, taken: Collection[str]) -> Version:
    for name in change.scenes:
        _, scene = found(name, version)
        if not scene.continues:
            raise ReviseScreenplay(
                f"Scene {scene.id} begins by itself; only one that continues has a frame to let go"
                " of."
            )
    return with_scenes(
        version,
        (
            scene.replace(frame=scene.frame + 1) if scene.id in change.scenes else scene
            for scene in written(version).scenes
        ),
    )


@_apply.register
def _(change: RedoScene, version: Version, taken: Collection[str]) -> Version:
    screenplay, scene = found(change.scene, version)
    wanted: dict[str, Any] = {"take": scene.take + 1, "approved": False}
    if note := change.note.strip():
        # Where nobody wrote a prompt, the description is what a renderer is asked for.
        field = "prompt" if scene.prompt.strip() else "description"
        wanted[field] = joined(getattr(scene, field), note)
    try:
        again = scene.replace(**wanted)
    except ValidationError as error:
        raise ReviseScreenplay(
            f"Scene {scene.id} cannot be shot again: {in_words(error)}."
        ) from None
    others = {name: take for name, take in version.chosen.items() if name != scene.id}
    scenes = (again if each is scene else each for each in screenplay.scenes)
    return with_scenes(version.replace(chosen=others), scenes)


def _with_length(edited: Version, before: Version) -> Version:
    """Remember that the film is to be longer or shorter now, so that no other scene makes up for
    it."""
    old, new = before.screenplay, edited.screenplay
    if old is None or new is None or old.duration == new.duration:
        return edited
    if not {scene.id for scene in old.scenes} & {scene.id for scene in new.scenes}:
        # Another script is as long as it was asked to be.
        return edited
    # What the film was off its target before is no wish of the film maker's.
    length = max(old.target + new.duration - old.duration, Fraction(SHORTEST_SCENE))
    usual = None if length == new.brief.duration else length
    return edited.replace(screenplay=new.replace(length=usual))


def _room_for(more: int, screenplay: Screenplay) -> None:
    if len(screenplay.scenes) + more > MOST_SCENES:
        raise ReviseScreenplay(
            f"A film has at most {MOST_SCENES} scenes; merge or remove one first."
        )


def _new_id(taken: Collection[str]) -> str:
    number = 1
    while f"s{number:02d}" in taken:
        number += 1
    return f"s{number:02d}"
