"""What a film maker brings along: a clip or a still becomes a take, a sound the scene's voice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import av
import numpy as np
from av.stream import Disposition
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from ..cast.picture import STILLS, read_still
from ..cut.sound.sounds import RATE, Sound
from ..cut.soundtrack import keep_music_file
from ..errors import ReplaceMedia, ReviseScreenplay
from ..home import Home
from ..shoot.collect import collect_clip, collect_frames
from ..shoot.kept import next_number
from ..shoot.takes import BROUGHT, HANDLE
from ..story.brief import LONGEST_SCENE
from ..story.platforms import picture_size
from ..story.screenplay import Recording, Scene, Screenplay
from ..values import FPS, frames
from ..voice.collect import collect_line
from ..voice.lines import RECORDED
from ..voice.text import speakable
from .edits.changes import Change, ChooseTakeOf, RecordLine, SetOptions
from .films import Films
from .stored import StoredFilm

__all__ = ["bring_music", "bring_to_scene"]

_SUFFIXES = {"matroska,webm": ".webm", "avi": ".avi"}
"""By FFmpeg's name of a container; all others are kept as MP4's family."""

_MAGIC = (
    rb"(?s).{4}ftyp|\x1aE\xdf\xa3|RIFF.{4}(AVI |WAVE)|FORM.{4}AIF|fLaC|OggS|ID3|\xff[\xe0-\xff]"
    rb"|GIF8|\x00\x00\x01\xba|G.{187}G"
)
"""How media files begin. A playlist, which FFmpeg would follow to other files, begins otherwise."""
_PLAYLISTS = frozenset({"hls", "concat", "dash", "sdp", "image2"})

_Kind = Literal["clip", "still", "sound"]


def bring_to_scene(
    film_id: str,
    scene_id: str,
    file: Path,
    *,
    films: Films,
    home: Home,
    revision: int | None = None,
) -> StoredFilm:
    """Give a scene a clip, a still or a recorded narration, as an edit that can be undone.

    What the file is, is seen in it and not by its name. A clip or a still becomes a take and is
    chosen; a sound becomes the voice that speaks the scene's words.

    Args:
        revision: the one that the film maker saw; None takes the one that is there then.

    Raises:
        ChooseFilm: there is no such film.
        ReloadFilm: `revision` is given, and not the current one.
        ReviseScreenplay: the film has no such scene, or a sound comes to one without words.
        ReplaceMedia: the file is none of these, or damaged.
        StorageError: it cannot be kept.
    """
    film = films.get(film_id)
    screenplay = film.revision.screenplay
    scene = screenplay.scene(scene_id) if screenplay else None
    if screenplay is None or scene is None:
        raise ReviseScreenplay(f"This film has no scene {scene_id[:64]!r} any more; load it again.")
    number = screenplay.scenes.index(scene) + 1
    change: Change
    match _kind(file):
        case "sound":
            change = _recorded(scene, file, screenplay, home)
            label = f"Recorded the voice of scene {number}"
        case "still":
            change = _still(scene, file, screenplay, home)
            label = f"Brought a still of scene {number}"
        case "clip":
            change = _clip(scene, file, screenplay, home)
            label = f"Brought a clip of scene {number}"
    return films.edit(film_id, revision, [change], label=label)


def bring_music(
    film_id: str, file: Path, *, films: Films, home: Home, revision: int | None = None
) -> StoredFilm:
    """Put a music file under a film, as an edit that can be undone.

    Raises:
        ChooseFilm, ReloadFilm, StorageError: as `bring_to_scene`.
        ReplaceMedia: it is no music.
    """
    if _kind(file) == "still":
        raise ReplaceMedia("This is a picture; choose a piece of music.")
    media = keep_music_file(file, home=home)
    return films.edit(film_id, revision, [SetOptions(fields={"music": media})], label="New music")


def _kind(file: Path) -> _Kind:
    if _is_still(file):
        return "still"
    try:
        with file.open("rb") as opened:
            media = re.match(_MAGIC, opened.read(400))
        if media:
            with av.open(str(file)) as container:
                if container.format.name in _PLAYLISTS:
                    pass
                elif _moving(container):
                    return "clip"
                elif container.streams.audio:
                    return "sound"
    except (OSError, ValueError, av.FFmpegError):
        pass
    raise ReplaceMedia(
        "This file is no clip, no picture and no sound that can be read; choose another."
    )


def _is_still(file: Path) -> bool:
    try:
        with Image.open(file, formats=STILLS) as still:
            return not getattr(still, "is_animated", False)
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError):
        return False


def _moving(container: av.container.InputContainer) -> bool:
    """Whether there is a moving picture in it; the cover of a song is none."""
    return any(
        not stream.disposition & Disposition.attached_pic for stream in container.streams.video
    )


def _clip(scene: Scene, file: Path, screenplay: Screenplay, home: Home) -> Change:
    with av.open(str(file)) as container:
        suffix = _SUFFIXES.get(container.format.name, ".mp4")
    take = collect_clip(
        scene,
        file,
        film_id=screenplay.brief.film_id,
        home=home,
        number=next_number(screenplay, scene, home=home),
        renderer=BROUGHT,
        suffix=suffix,
    )
    return ChooseTakeOf(scene=scene.id, take=take.id)


def _still(scene: Scene, file: Path, screenplay: Screenplay, home: Home) -> Change:
    picture = _picture(file, screenplay)
    # A scene that comes to last longer holds the last frame, which looks the same.
    count = frames(scene.duration + HANDLE)
    take = collect_frames(
        scene,
        _repeated(picture, count),
        fps=FPS,
        film_id=screenplay.brief.film_id,
        home=home,
        number=next_number(screenplay, scene, home=home),
        renderer=BROUGHT,
    )
    return ChooseTakeOf(scene=scene.id, take=take.id)


def _picture(file: Path, screenplay: Screenplay) -> NDArray[np.uint8]:
    """A still no larger than the largest film."""
    return read_still(file, longest=max(picture_size(screenplay.brief.aspect, "1080p")))


def _repeated(picture: NDArray[np.uint8], count: int) -> Iterator[NDArray[np.uint8]]:
    for _ in range(count):
        yield picture


def _recorded(scene: Scene, file: Path, screenplay: Screenplay, home: Home) -> Change:
    if not speakable(scene.narration):
        raise ReviseScreenplay(
            f"Scene {scene.id} has no narration; write down what the recording says first."
        )
    with Sound(file, name="The recording") as sound:
        # A second more than any scene may have is enough to see that it is too long.
        samples = sound.read(RATE * (LONGEST_SCENE + 1))
    line = collect_line(
        *(scene, samples, RATE),
        home=home,
        language=screenplay.brief.language,
        names=screenplay.speakers,
        engine=RECORDED,
    )
    return RecordLine(scene=scene.id, recording=Recording(audio=line.audio, text=line.narration))
