"""How each scene stands: derived from its words, its takes, the ledger and the open job."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ...shoot.buying.medic import soften
from ...shoot.ledger import Entry
from ...shoot.models.model import Model
from ...shoot.states import UNDER_WAY
from ...shoot.take import Take
from ...shoot.takes import BROUGHT, misshapen, outdated
from ...story.brief import Aspect
from ...story.screenplay import Scene
from ...voice.line import Line
from ...voice.lines import RECORDED
from ..jobs import Job
from ..media import media_url
from ..said import said_of
from ..shots import SceneShot
from .plain import LineView, MedicView, SceneState, SceneView, TakeView, WordView
from .problems import Mend, Problem, problem_of

__all__ = ["SceneFacts"]

_USUAL_LATENCY = 90
"""Seconds from request to clip where nobody knows."""
_ALMOST = 0.95
"""How far a shot is said to be at most, before it is here."""


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
    job: Job | None
    """The film's open job."""
    model: Model | None
    """The paid model that is chosen."""
    labels: Mapping[str, str]
    """What people call the paid models, by name."""
    at: datetime

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
        if self.job is None or self.job.action not in ("rehearse", "shoot"):
            return False
        scenes = self.job.wanted.get("scenes")
        if isinstance(scenes, list) and self.scene.id not in scenes:
            return False
        bought = self.job.action == "shoot" and (scenes != "approved" or self.scene.approved)
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
        if self.pending and self.job and self.job.state == "waiting":
            return "waiting"
        if state in UNDER_WAY:
            return "shooting"
        if state == "unknown":
            return "lost"
        if self.pending and self.job:
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
        assert self.job
        # Drafts are drawn all at once; shots that were ordered are seen in the ledger.
        drafting = self.job.stage == "Shooting" and self.job.action == "rehearse"
        return self.job.scene == self.scene.id or drafting

    @property
    def fraction(self) -> float | None:
        """How far its shot is, 0 to 1, by the clock; None where nobody can say."""
        entry = self.shot.entry
        if self.state != "shooting" or entry is None or entry.state not in UNDER_WAY:
            return None
        usual = (self.model and self.model.usual_latency) or _USUAL_LATENCY
        since = (self.at - entry.attempts[-1].started).total_seconds()
        return round(min(max(since / usual, 0.0), _ALMOST), 2)

    @property
    def problem(self) -> Problem | None:
        """What is wrong with it, and what mends it."""
        entry = self.shot.entry
        reason = entry.attempts[-1].reason if entry and entry.attempts else ""
        match self.state:
            case "refused":
                return Problem(
                    detail=_refusal(reason),
                    action=Mend(label="Shoot it again", do="redo"),
                )
            case "failed":
                return self._failed(entry, reason)
            case "lost":
                return Problem(
                    detail="Whether the service took this request is not known, so it counts as"
                    " spent; look for it once more, write it off, or try again.",
                    action=_about("Look for it", "resume", entry),
                )
            case "shooting" if self.job is None:
                return Problem(
                    detail="This shot is still at the service; continue the film to fetch it.",
                    action=_about("Continue", "resume", entry),
                )
        if self.chosen and not any(take.id == self.chosen for take in self.takes):
            return Problem(
                detail="The chosen take is not on the disk any more; choose another.",
                action=Mend(label="Shoot it again", do="redo"),
            )
        if self.shot.problem and self.state != "ready":
            return problem_of(self.shot.problem)
        return None

    def _failed(self, entry: Entry | None, reason: str) -> Problem:
        charged = entry and entry.attempts[-1].charged
        if charged or (entry and entry.state == "written off"):
            return Problem(
                detail=_sentence(reason, "This shot was charged and did not arrive."),
                action=_about("See money", "money", entry),
            )
        return Problem(
            detail=_sentence(reason, "This shot failed, at no cost."),
            action=Mend(label="Continue", do="resume"),
        )

    @property
    def medic(self) -> MedicView | None:
        """Softer words for a refused scene, or those that its take was shot in."""
        entry = self.shot.entry
        field = "prompt" if self.scene.prompt.strip() else "description"
        if self.state == "refused" and entry:
            words = getattr(self.scene, field)
            revision = soften(words, entry.attempts[-1].reason.split("; "))
            if revision is None:
                return None
            note = "Softer words might pass."
            return MedicView(
                diff=revision.diff,
                note=note,
                note_said=said_of(note),
                field=field,
                text=revision.prompt,
            )
        revised = next(
            (each for each in self.shot.entries if entry and each.revised_to == entry.key), None
        )
        if revised and self.state == "ready":
            note = "It was shot in softer words."
            return MedicView(
                diff=revised.diff, note=note, note_said=said_of(note), field=field, text=""
            )
        return None

    def view(self) -> SceneView:
        """What a panel sees of it."""
        scene, playing = self.scene, self.playing
        cost = sum((entry.charged for entry in self.shot.entries), Decimal(0))
        clip = media_url(playing.clip) if playing and playing.usable else ""
        return SceneView(
            id=scene.id,
            number=self.number,
            title=scene.title,
            description=scene.description,
            narration=scene.narration,
            prompt=scene.prompt,
            negative_prompt=scene.negative_prompt,
            camera=scene.camera,
            place=scene.place,
            mood=scene.mood,
            transition=scene.transition,
            uses=scene.uses,
            continues=scene.continues,
            cast=tuple(each.character for each in scene.cast),
            duration=round(float(scene.duration), 3),
            start=round(float(self.start), 3),
            approved=scene.approved,
            take_number=scene.take,
            state=self.state,
            fraction=self.fraction,
            problem=self.problem,
            cost=cost or None,
            price=self.shot.price,
            thumbnail=self._thumbnail(clip),
            clip=clip or None,
            take=playing.id if playing else None,
            takes=tuple(self._take(take) for take in self.takes),
            line=_line(self.line) if self.line else None,
            medic=self.medic,
        )

    def _thumbnail(self, clip: str) -> str | None:
        """The clip's picture; while that is a draft's, rather the still that is drawn already."""
        still = self.shot.still.name if self.shot.still else ""
        if still and not (self.playing and self.playing.state == "ready"):
            return f"{media_url(still)}/thumbnail"
        return f"{clip}/thumbnail" if clip else None

    def _take(self, take: Take) -> TakeView:
        video = media_url(take.clip)
        return TakeView(
            id=take.id,
            number=take.number,
            renderer=take.renderer,
            model=take.model,
            shot_by=self.labels.get(take.model, ""),
            seed=take.seed,
            state=take.state,
            duration=round(float(take.duration - take.lead), 3),
            video=video,
            thumbnail=f"{video}/thumbnail",
            cost=take.cost,
            note=take.note,
            chosen=take.id == self.chosen,
            current=take.picture_id == self.scene.picture_id,
        )


def _line(line: Line) -> LineView:
    audio = media_url(line.audio)
    return LineView(
        audio=audio,
        waveform=f"{audio}/waveform",
        duration=round(float(line.duration), 3),
        words=tuple(
            WordView(
                text=word.text, start=round(float(word.start), 3), end=round(float(word.end), 3)
            )
            for word in line.words
        ),
        recorded=line.engine == RECORDED,
    )


def _refusal(reason: str) -> str:
    """What a safety filter said, without its own many words where its codes say what they mean."""
    meant = ", ".join(dict.fromkeys(re.findall(r"; ([a-z -]+) \(\d{8}\)", reason)))
    if meant:
        return f"The safety filter refused this shot ({meant}); change its words or pictures."
    return _sentence(reason, "The model refused this scene; change its words.")


def _sentence(reason: str, otherwise: str) -> str:
    """The first sentence of a ledger's reason, which may go on with a service's own words."""
    first = reason.split("; ")[0].strip()
    return first or otherwise


def _about(label: str, do: str, entry: Entry | None) -> Mend:
    return Mend.model_validate({"label": label, "do": do, "operation": entry.key if entry else ""})
