"""What a model cannot shoot of what is asked, in words that name what it can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ..shot import Shot, Task

if TYPE_CHECKING:
    from .model import Model

__all__ = ["lapse_in_words", "listed", "problems", "too_long"]


def problems(shot: Shot, model: Model, *, has_bucket: bool) -> Iterable[str]:
    """Say what the model cannot do of a shot, each with what is legal instead."""
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
        clips = "one clip" if model.most_samples == 1 else f"at most {model.most_samples} clips"
        yield f"{label} makes {clips} at a time, not {shot.samples}."


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
    task, resolution, shoots = shot.task, shot.resolution, f"{model.label} shoots"
    if resolution not in (legal := model.legal_resolutions(task)):
        yield f"{shoots} {_TASKS[task]} at {listed(legal)}, not at {resolution}."
    if shot.aspect not in (shapes := model.legal_aspects(task, resolution)):
        yield f"{shoots} {_TASKS[task]} in {listed(shapes)}, not in {shot.aspect}."
    if shot.duration not in (lengths := model.legal_durations(task, resolution)):
        yield (
            f"{shoots} {_TASKS[task]} at {resolution} for {_spans(lengths)} s,"
            f" not for {shot.duration} s."
        )
    if model.sound == "always" and not shot.sound:
        yield f"{model.label} always makes sound; ask for it, and turn the clip down in the Cut."
    if model.sound == "never" and shot.sound:
        yield f"{model.label} makes no sound; ask for a silent clip."


def _spans(lengths: Sequence[int]) -> str:
    """List whole seconds: "4, 6 or 8", but "3 to 15" where none between is missing."""
    whole = len(lengths) > 3 and lengths[-1] - lengths[0] == len(lengths) - 1
    return f"{lengths[0]} to {lengths[-1]}" if whole else listed(lengths)


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


def too_long(model: Model, seconds: Fraction, task: Task, resolution: str, scene: str) -> str:
    """Say that no clip of the model covers so many seconds, and what to do."""
    what = f"Scene {scene} needs" if scene else "The scene needs"
    legal = model.legal_durations(task, resolution)
    longest = f"at most {legal[-1]} s" if legal else "nothing"
    return (
        f"{what} {float(seconds):.3g} s of picture, and {model.label} shoots {_TASKS[task]}"
        f" {longest} at a time; shorten the scene, let Narrate split it, or choose another model."
    )


def lapse_in_words(model: Model, successor: str, *, retired: bool) -> str:
    """Say that a model is retired or retires, and what to choose instead."""
    when = f"{model.label} ({model.name}) {'was retired' if retired else 'retires'}"
    on = f" on {model.retires.isoformat()}" if model.retires else ""
    return f"{when}{on}; choose {successor or 'another model'} instead."


def listed(items: Sequence[object], word: str = "or") -> str:
    """List items as in a sentence: "4, 6 or 8"."""
    texts = [str(item) for item in items]
    return f" {word} ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)
