"""How a film is made: who writes, speaks and shoots it, and with what."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, field_validator

from .cut.assemble import OnMissing as AssembleMissing
from .cut.cards import MOST_LETTERS
from .cut.overlays.keying import key_code
from .cut.plan import CaptionMode, CardMode, Corner, PresenterPlace
from .cut.presented import EVERY_SCENE, NUMBERED_SCENES, check_scenes
from .errors import BadInput
from .shoot.order import Wanted
from .shoot.prompting import Manner
from .shoot.take import OnMissing
from .story.brief import MOST_SCENES
from .story.platforms import Resolution
from .values import Value

__all__ = ["BOUGHT", "COSTLY", "Director", "FilmOptions", "Renderer", "Writer"]

Writer = Literal["built-in", "ollama", "gemini", "best"]
"""Best: whoever can, by the chain in the settings."""
COSTLY: frozenset[Writer] = frozenset({"gemini", "best"})
"""Writers that may cost money."""
Director = Literal["none", "built-in", "ollama", "gemini", "best"]
"""Who goes over the script once more; none leaves it as it was written."""
Renderer = Literal["draft", "veo", "omni", "stills"]
"""Stills: a picture of every scene by an image model, and the camera over it."""
BOUGHT: frozenset[Renderer] = frozenset({"veo", "omni", "stills"})
"""Renderers that cost money."""


class FilmOptions(Value):
    """How a film is made. What it is about stands in its Brief."""

    writer: Writer = "built-in"
    model: str = ""
    """The model of a writer that has several: of ollama and gemini. Those of best stand in the
    settings."""
    director: Director = "none"
    director_model: str = ""
    """The model of a director that has several."""
    seed: int = Field(default=0, ge=0, lt=2**32)
    cast: str = ""
    """Characters of the library that play in it: names or ids, parted by commas; * for everybody
    whom the script names."""
    voice: str = "auto"
    backup_voices: str = ""
    """Who speaks where `voice` fails, in order, with semicolons between."""
    speed: float = 1.0
    renderer: Renderer = "draft"
    renderer_model: str = ""
    """The model of a paid renderer; empty takes its usual one."""
    on_missing: OnMissing = "stop"
    """What becomes of scenes that a paid renderer could not shoot."""
    scenes: Wanted = "every scene"
    """Which scenes a paid renderer shoots; the others are drafts."""
    resolution: Resolution = "720p"
    captions: CaptionMode = "soft"
    music: str = Field(default="", pattern=r"^(music/[0-9a-f]{32}\.flac)?$")
    """The media name of music under the film (`keep_music_file`); empty for none."""
    presenter: str = Field(default="", max_length=200)
    """Who presents the film: a character of the library by name or id, or the media name of a
    picture or a clip (`keep_presenter_file`); empty for nobody."""
    presenter_place: PresenterPlace = "corner circle"
    presenter_corner: Corner = "bottom right"
    presenter_key: str = Field(default="", max_length=40)
    """The colour of the presenter that is seen through, such as green or #00b140."""
    presenter_scenes: str = Field(
        default=EVERY_SCENE, max_length=200, json_schema_extra={"pattern": NUMBERED_SCENES}
    )
    """The scenes that show the presenter: all, or numbers such as 1, 3-5."""

    optimise: bool = False
    """Whether each shot prompt of a script that is written for this film says all that the film
    knows (`shoot.prompting`); a screenplay that is there keeps its words."""
    cards: CardMode = "off"
    """The film's title over its first seconds, and what it ends with over its last ones."""
    end_card: str = Field(default="", max_length=MOST_LETTERS)
    """What it ends with: the first row large, those after it small; empty takes the title."""

    @field_validator("presenter_key")
    @classmethod
    def _key_is_a_colour(cls, key: str) -> str:
        try:
            return key_code(key)
        except BadInput as error:
            raise ValueError(error.user_message.rstrip(".")) from None

    @field_validator("presenter_scenes")
    @classmethod
    def _scenes_are_numbered(cls, scenes: str) -> str:
        if not re.search(NUMBERED_SCENES, scenes):
            raise ValueError('must be "all", or numbers such as 1, 3-5')
        try:
            check_scenes(scenes)
        except BadInput:
            raise ValueError(
                f'must be "all", or numbers from 1 to {MOST_SCENES} such as 1, 3-5'
            ) from None
        return scenes

    @property
    def backups(self) -> tuple[str, ...]:
        """The backup voices one by one."""
        return tuple(name for each in self.backup_voices.split(";") if (name := each.strip()))

    @property
    def manner(self) -> Manner:
        """Whose models its prompts are for."""
        return self.renderer if self.renderer in ("veo", "omni") else "any"

    @property
    def unshot(self) -> AssembleMissing:
        """What the Cut does with scenes that are still missing after the shoot."""
        return "leave out" if self.on_missing == "leave out" else "stop"
