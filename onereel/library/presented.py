"""Whether a film can have the scenes that its presenter is to be in, before anything is made."""

from __future__ import annotations

from ..cut.presented import check_scenes
from ..errors import RevisePresenter
from ..options import FilmOptions
from ..shoot.prices.bounds import scenes_as_split
from ..story.brief import Brief
from ..story.screenplay import Screenplay
from ..voice.text import speakable

__all__ = ["check_presented"]


def check_presented(options: FilmOptions, source: Brief | Screenplay) -> None:
    """Make sure that a film can have the scenes that its presenter is to be in, as far as that is
    known before its lines are spoken: a long one is split then.

    Raises:
        RevisePresenter: it cannot, or nobody speaks in it.
    """
    if not options.presenter or isinstance(source, Brief):
        return
    if not any(scene.recording or speakable(scene.narration) for scene in source.scenes):
        raise RevisePresenter(
            "Nobody speaks in this film, so a presenter has nothing to say; give a scene a"
            " narration, or leave the presenter out."
        )
    # A scene that is timed to its line was split already.
    split = (scene.replace(narration="") if scene.timed_to else scene for scene in source.scenes)
    most = scenes_as_split(source.replace(scenes=tuple(split)), options.speed)
    check_scenes(options.presenter_scenes, len(source.scenes), most=len(most.scenes))
