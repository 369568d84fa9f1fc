"""What a panel sees of each scene, in words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from ...shoot.buying.medic import soften
from ...shoot.ledger import Entry
from ...shoot.take import Take
from ...voice.line import Line
from ...voice.lines import RECORDED
from ..media import media_url
from ..said import said_of
from .plain import LineView, MedicView, SceneView, TakeView, WordView
from .problems import Mend, Problem, problem_of
from .standing import SceneFacts

__all__ = ["SceneViews"]


class SceneViews:
    """The views of a film's scenes; one is made anew when anything that is known of its scene is
    otherwise. For one thread at a time."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[SceneFacts, SceneView]] = {}

    def of(self, scenes: Iterable[SceneFacts]) -> tuple[SceneView, ...]:
        """Their views, in this order."""
        before, self._made = self._made, {}
        for facts in scenes:
            made = before.get(facts.scene.id)
            same = made is not None and made[0] == facts
            self._made[facts.scene.id] = made if made and same else (facts, _view(facts))
        return tuple(view for _, view in self._made.values())


def _view(facts: SceneFacts) -> SceneView:
    """What a panel sees of a scene."""
    scene, playing = facts.scene, facts.playing
    cost = sum((entry.charged for entry in facts.shot.entries), Decimal(0))
    clip = media_url(playing.clip) if playing and playing.usable else ""
    return SceneView(
        id=scene.id,
        number=facts.number,
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
        start=round(float(facts.start), 3),
        approved=scene.approved,
        take_number=scene.take,
        state=facts.state,
        fraction=facts.fraction,
        problem=_problem(facts),
        cost=cost or None,
        price=facts.shot.price,
        thumbnail=_thumbnail(facts, clip),
        clip=clip or None,
        take=playing.id if playing else None,
        takes=tuple(_take(facts, take) for take in facts.takes),
        line=_line(facts.line) if facts.line else None,
        medic=_medic(facts),
    )


def _thumbnail(facts: SceneFacts, clip: str) -> str | None:
    """The clip's picture; while that is a draft's, rather the still that is drawn already."""
    still = facts.shot.still.name if facts.shot.still else ""
    if still and not (facts.playing and facts.playing.state == "ready"):
        return f"{media_url(still)}/thumbnail"
    return f"{clip}/thumbnail" if clip else None


def _take(facts: SceneFacts, take: Take) -> TakeView:
    video = media_url(take.clip)
    return TakeView(
        id=take.id,
        number=take.number,
        renderer=take.renderer,
        model=take.model,
        shot_by=facts.labels.get(take.model, ""),
        seed=take.seed,
        state=take.state,
        duration=round(float(take.duration - take.lead), 3),
        video=video,
        thumbnail=f"{video}/thumbnail",
        cost=take.cost,
        note=take.note,
        chosen=take.id == facts.chosen,
        current=take.picture_id == facts.scene.picture_id,
    )


def _problem(facts: SceneFacts) -> Problem | None:
    """What is wrong with it, and what mends it."""
    entry = facts.shot.entry
    reason = entry.told_by.reason if entry and entry.told_by else ""
    match facts.state:
        case "refused":
            return Problem(
                detail=_refusal(reason),
                action=Mend(label="Shoot it again", do="redo"),
            )
        case "failed":
            return _failed(entry, reason)
        case "lost":
            return Problem(
                detail="Whether the service took this request is not known, so it counts as"
                " spent; look for it once more, write it off, or try again.",
                action=_about("Look for it", "resume", entry),
            )
        case "shooting" if facts.work is None:
            return Problem(
                detail="This shot is still at the service; continue the film to fetch it.",
                action=_about("Continue", "resume", entry),
            )
    if facts.chosen and not any(take.id == facts.chosen for take in facts.takes):
        return Problem(
            detail="The chosen take is not on the disk any more; choose another.",
            action=Mend(label="Shoot it again", do="redo"),
        )
    if facts.shot.problem and facts.state != "ready":
        return problem_of(facts.shot.problem)
    return None


def _failed(entry: Entry | None, reason: str) -> Problem:
    charged = entry and entry.told_by and entry.told_by.charged
    if charged or (entry and entry.state == "written off"):
        return Problem(
            detail=_sentence(reason, "This shot was charged and did not arrive."),
            action=_about("See money", "money", entry),
        )
    return Problem(
        detail=_sentence(reason, "This shot failed, at no cost."),
        action=Mend(label="Continue", do="resume"),
    )


def _medic(facts: SceneFacts) -> MedicView | None:
    """Softer words for a refused scene, or those that its take was shot in."""
    entry = facts.shot.entry
    field = "prompt" if facts.scene.prompt.strip() else "description"
    if facts.state == "refused" and entry:
        words = getattr(facts.scene, field)
        reason = entry.told_by.reason if entry.told_by else ""
        revision = soften(words, reason.split("; "))
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
        (each for each in facts.shot.entries if entry and each.revised_to == entry.key), None
    )
    if revised and facts.state == "ready":
        note = "It was shot in softer words."
        return MedicView(
            diff=revised.diff, note=note, note_said=said_of(note), field=field, text=""
        )
    return None


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
