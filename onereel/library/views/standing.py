"""How each scene stands: derived from its words, its takes, the ledger and the open job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from pydantic import JsonValue

from ...shoot.models.model import Model
from ...shoot.states import UNDER_WAY
from ...shoot.take import Take
from ...shoot.takes import BROUGHT, misshapen, outdated
from ...story.brief import Aspect
from ...story.screenplay import Scene
from ...voice.line import Line
from ..shots import SceneShot
from ..states import Action, JobState
from .plain import SceneState

__all__ = ["SceneFacts", "Work"]

_USUAL_LATENCY = 90
"""Seconds from request to clip where nobody knows."""
_ALMOST = 0.95
"""How far a shot is said to be at most, before it is here."""


@dataclass(frozen=True)
class Work:
    """What of a film's open job a scene's state hangs on."""

    action: Action
    state: JobState
    scenes: JsonValue
    """The ids of those that it is for, or a word for them."""
    stage: str
    scene: str


@dataclass(frozen=True)
class SceneFacts:
    """All that is known of one scene."""

    scene: Scene
    number: int
    start: Fraction
    aspect: Aspect
    """Of the film."""
    shot: SceneShot
    on_disk: tuple[Take, ...]
    """Kept takes of the scene, by number, whatever its words were."""
    chosen: str
    """The id of the take that the film maker chose; empty without one."""
    line: Line | None
    work: Work | None
    """The film's open job."""
    model: Model | None
    """The paid model that is chosen."""
    labels: Mapping[str, str]
    """What people call the paid models, by name."""
    at: datetime | None
    """Now, where a shot of the scene is at a service: that goes by the clock."""

    @cached_property
    def takes(self) -> tuple[Take, ...]:
        """Takes on disk, and those that another film bought, that this scene can play."""
        here = {take.id: take for take in self.on_disk}
        entry = self.shot.entry
        if self.shot.owned and entry and entry.take and entry.take.id not in here:
            mine = entry.take.replace(
                film_id=self.on_disk[0].film_id if self.on_disk else entry.take.film_id,
                scene_id=self.scene.id,
                picture_id=self.scene.picture_id,
            )
            return (*self.on_disk, mine)
        return self.on_disk

    @cached_property
    def playing(self) -> Take | None:
        """The take that the scene plays: the chosen, else what was bought for it as it is now, else
        the latest of these words, else their draft."""
        chosen = next((take for take in self.takes if take.id == self.chosen), None)
        if chosen and not self._is_drawn_anew(chosen):
            return chosen
        entry = self.shot.entry
        if self.shot.owned and entry and entry.take:
            wanted = entry.take.id
            return next((take for take in self.takes if take.id == wanted), entry.take)
        fitting = [
            take
            for take in self.takes
            if take.picture_id == self.scene.picture_id
            and not self._is_drawn_anew(take)
            and take.number >= self.scene.take
            and take.renderer != BROUGHT
        ]
        ready = [take for take in fitting if take.state == "ready"]
        return max(ready or fitting, key=lambda take: take.number, default=None)

    def _is_drawn_anew(self, take: Take) -> bool:
        return outdated(take, self.scene) or misshapen(take, self.aspect)

    @cached_property
    def pending(self) -> bool:
        """Whether the open job is to make a take of the scene that is not there yet."""
        if self.work is None or self.work.action not in ("rehearse", "shoot"):
            return False
        scenes = self.work.scenes
        if isinstance(scenes, list) and self.scene.id not in scenes:
            return False
        bought = self.work.action == "shoot" and (scenes != "approved" or self.scene.approved)
        if bought:
            return not (self.playing and self.playing.state == "ready")
        return self.playing is None

    @cached_property
    def state(self) -> SceneState:
        """How it stands, in one word."""
        playing = self.playing
        if playing and playing.state == "ready":
            return "ready"
        entry = self.shot.entry
        state = entry.state if entry else "planned"
        if self.pending and self.work and self.work.state == "waiting":
            return "waiting"
        if state in UNDER_WAY:
            return "shooting"
        if state == "unknown":
            return "lost"
        if self.pending and self.work:
            return "shooting" if self._is_being_shot else "waiting"
        if state == "refused" and not (entry and entry.revised_to):
            return "refused"
        if state in ("failed", "written off"):
            return "failed"
        if self.scene.approved:
            return "approved"
        return "draft" if playing else "planned"

    @property
    def _is_being_shot(self) -> bool:
        assert self.work
        # Drafts are drawn all at once; shots that were ordered are seen in the ledger.
        drafting = self.work.stage == "Shooting" and self.work.action == "rehearse"
        return self.work.scene == self.scene.id or drafting

    @property
    def fraction(self) -> float | None:
        """How far its shot is, 0 to 1, by the clock; None where nobody can say."""
        entry = self.shot.entry
        if self.state != "shooting" or not (entry and self.at and entry.state in UNDER_WAY):
            return None
        usual = (self.model and self.model.usual_latency) or _USUAL_LATENCY
        since = (self.at - entry.told_by.started).total_seconds() if entry.told_by else 0
        return round(min(max(since / usual, 0.0), _ALMOST), 2)
