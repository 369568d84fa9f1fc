"""A revision of a film: its words and wishes at one point of its history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from ...options import FilmOptions
from ...story.screenplay import Screenplay
from ...values import Value, digest

__all__ = ["Revision", "Version"]


_IN_THE_FILM = {"voice", "speed", "seed", "resolution", "captions", "music"}
"""Options that change a film whose scenes stay as they are."""

_CARDED = {"cards", "end_card"}

_PRESENTED = {
    *("presenter", "presenter_place", "presenter_corner", "presenter_key", "presenter_scenes"),
}


class Version(Value):
    """The words and wishes of a film."""

    screenplay: Screenplay | None = None
    """None before the film is written."""
    options: FilmOptions = FilmOptions()
    chosen: Mapping[str, str] = Field(default_factory=dict)
    """By scene id, the id of the take that the film maker chose."""

    @property
    def made_of(self) -> str:
        """The digest of everything that a finished film shows and says."""
        screenplay = self.screenplay
        if screenplay is None:
            return ""
        scenes = [
            # What an older pack did not know of changes nothing while it is as usual.
            scene.model_dump(mode="json", exclude={"approved", "timed_to"}, exclude_defaults=True)
            for scene in screenplay.scenes
        ]
        heard = self.options.model_dump(mode="json", include=_IN_THE_FILM)
        # What most films do not have is not in the digest.
        others = {person.name: person.voice for person in screenplay.cast if person.voice}
        stand_ins = (self.options.backups,) if self.options.backups else ()
        seen = self.options.model_dump(mode="json", include=_PRESENTED)
        presented = (seen,) if self.options.presenter else ()
        carded = self.options.model_dump(mode="json", include=_CARDED)
        titled = (carded,) if self.options.cards != "off" else ()
        changed = (screenplay.brief.aspect,) if screenplay.brief.of_film else ()
        told = (*stand_ins, *([others] if others else ()), *presented, *titled, *changed)
        return digest(scenes, heard, dict(self.chosen), *told)


class Revision(Version):
    """A version in a film's history."""

    number: int = Field(ge=1)
    parent: int | None = None
    label: str = ""
    """What the film maker did to come here, in words."""
    at: datetime
