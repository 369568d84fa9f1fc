"""What a model can shoot of what is asked: refused before anything is sent, or adapted to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from ..errors import ChooseRenderer
from .models import Model, Registry, gone, lapse_in_words, listed
from .shot import Shot, Task

__all__ = ["adapted", "check", "legal_duration", "replaced"]


def legal_duration(
    model: Model, seconds: Fraction, task: Task = "text", resolution: str = ""
) -> int | None:
    """The shortest legal clip that covers `seconds`; None where none is that long."""
    covering = (legal for legal in model.legal_durations(task, resolution) if legal >= seconds)
    return next(covering, None)


def adapted(shot: Shot, model: Model, *, needed: Fraction | None = None) -> Shot:
    """The same shot as another model shoots it: the nearest legal length and resolution.

    It lasts as long as `needed` seconds ask for, or else as long as before. What the model has no
    setting for is left to the model; what it cannot do at all is refused.

    Raises:
        ChooseRenderer: the model cannot shoot this.
    """
    changes: dict[str, Any] = {"model": model.name, "renderer": model.renderer}
    legal = model.legal_resolutions(shot.task)
    if shot.resolution not in legal and legal:
        changes["resolution"] = legal[-1]
    resolution = str(changes.get("resolution", shot.resolution))
    seconds = Fraction(shot.duration) if needed is None else needed
    lengths = model.legal_durations(shot.task, resolution)
    covering = legal_duration(model, seconds, shot.task, resolution)
    changes["duration"] = covering or (lengths[-1] if lengths else shot.duration)
    changes["sound"] = {"always": True, "never": False}.get(model.sound or "", shot.sound)
    if model.negative_prompt is False:
        changes["negative_prompt"] = ""
    if model.seed is False:
        changes["seed"] = None
    if model.people is not None and shot.people not in model.people:
        changes["people"] = ""
    if model.enhance is False:
        changes["enhance"] = None
    other = shot.replace(**changes)
    check(other, model)
    if needed is None and other.duration < shot.duration:
        raise ChooseRenderer(
            f"{model.label} makes clips of at most {other.duration} s, not of {shot.duration} s."
        )
    return other


def replaced(shot: Shot, registry: Registry, today: date) -> Shot:
    """The shot itself, or, where its model is retired, the same shot by the successor.

    Raises:
        ChooseRenderer: nobody knows the model, it has no successor, or the successor cannot shoot
            this.
    """
    model = registry.model(shot.model)
    if not gone(model, today):
        return shot
    if (successor := registry.successor(shot.model, today)) is None:
        raise ChooseRenderer(lapse_in_words(model, "", retired=True))
    return adapted(shot, successor)


def check(shot: Shot, model: Model, *, has_bucket: bool = True) -> None:
    """Refuse what the model cannot shoot, before anything is sent.

    Raises:
        ChooseRenderer: naming what is legal instead.
    """
    for problem in _problems(shot, model, has_bucket):
        raise ChooseRenderer(problem)


def _problems(shot: Shot, model: Model, has_bucket: bool) -> Iterable[str]:
    label = model.label
    if (shot.model, shot.renderer) != (model.name, model.renderer):
        yield f"This shot is for {shot.model} ({shot.renderer}), not for {label}; choose one model."
    if not model.tasks:
        yield lapse_in_words(model, model.successor, retired=True)
    if shot.task not in model.tasks:
        legal = listed([_TASKS[task] for task in model.tasks])
        yield f"{label} does not shoot {_TASKS[shot.task]}; it shoots {legal}."
    yield from _wrong_pictures(shot, model, has_bucket)
    yield from _wrong_format(shot, model)
    yield from _wrong_words(shot, model)
    if shot.samples > (model.most_samples or shot.samples):
        yield f"{label} makes at most {model.most_samples} clips at a time, not {shot.samples}."


_TASKS: Mapping[Task, str] = {
    "text": "from words alone",
    "image": "from a first picture",
    "frames": "between a first and a last picture",
    "references": "with reference pictures",
    "extend": "on from the end of a clip",
}


def _wrong_pictures(shot: Shot, model: Model, has_bucket: bool) -> Iterable[str]:
    given = {
        name
        for name, there in (
            ("a first picture", shot.first),
            ("a last picture", shot.last),
            ("reference pictures", shot.references),
            ("a clip to go on from", shot.extends),
        )
        if there
    }
    wanted = _PICTURES[shot.task]
    if given != wanted:
        yield (
            f"A shot {_TASKS[shot.task]} takes {listed(sorted(wanted), 'and') or 'no pictures'},"
            f" not {listed(sorted(given), 'and') or 'none'}."
        )
    if model.most_references is not None and len(shot.references) > model.most_references:
        yield (
            f"{model.label} takes at most {model.most_references} reference pictures,"
            f" not {len(shot.references)}."
        )
    if shot.task == "extend" and model.extend_needs_bucket and not has_bucket:
        yield (
            f"{model.label} extends only clips that lie in your own bucket:"
            " name one as bucket under [google] in settings.toml."
        )


_PICTURES: Mapping[Task, set[str]] = {
    "text": set(),
    "image": {"a first picture"},
    "frames": {"a first picture", "a last picture"},
    "references": {"reference pictures"},
    "extend": {"a clip to go on from"},
}


def _wrong_format(shot: Shot, model: Model) -> Iterable[str]:
    task, resolution, where = shot.task, shot.resolution, f"{model.label} {_TASKS[shot.task]}"
    if resolution not in (legal := model.legal_resolutions(task)):
        yield f"{where} shoots at {listed(legal)}, not at {resolution}."
    if shot.aspect not in (shapes := model.legal_aspects(task, resolution)):
        yield f"{where} shoots {listed(shapes)}, not {shot.aspect}."
    if shot.duration not in (lengths := model.legal_durations(task, resolution)):
        yield f"{where} at {resolution} lasts {listed(lengths)} s, not {shot.duration} s."
    if model.sound == "always" and not shot.sound:
        yield f"{model.label} always makes sound; ask for it, and turn the clip down in the Cut."
    if model.sound == "never" and shot.sound:
        yield f"{model.label} makes no sound; ask for a silent clip."


def _wrong_words(shot: Shot, model: Model) -> Iterable[str]:
    label = model.label
    if not shot.prompt.strip():
        yield f"{label} needs a prompt; say in a sentence what the shot shows."
    if model.longest_prompt and len(shot.prompt) > model.longest_prompt:
        yield (
            f"{label} reads at most {model.longest_prompt} characters of a prompt,"
            f" not {len(shot.prompt)}; shorten it."
        )
    if model.negative_prompt is False and shot.negative_prompt:
        yield f"{label} takes no negative prompt; leave it empty, or say it in the prompt."
    if shot.seed is not None and model.seed is False:
        yield f"{label} takes no seed; leave it out."
    largest = model.largest_seed
    if shot.seed is not None and largest and not 0 <= shot.seed <= largest:
        yield f"{label} takes seeds from 0 to {largest}, not {shot.seed}."
    if shot.people and model.people is not None and shot.people not in model.people:
        legal = listed(model.people)
        yield (
            f"{label} takes {legal} for people, not {shot.people}."
            if legal
            else f"{label} has no setting for people; leave it to the model."
        )
    if shot.enhance is not None and model.enhance is False:
        yield f"{label} has no switch for enhancing the prompt; leave it to the model."
