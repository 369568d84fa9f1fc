"""The prompt optimiser: says to a video model all that a film knows of a scene, in its order."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from ..diff import word_diff
from ..errors import ReviseScreenplay
from ..story.screenplay import Scene, Screenplay
from .shot import PaidRenderer

__all__ = ["MANNERS", "Manner", "Optimised", "optimise", "still_words"]

Manner = PaidRenderer | Literal["any"]
"""Whose models a prompt is for: a paid renderer's, or any other nodes'."""
MANNERS: tuple[Manner, ...] = ("any", "veo", "omni")

_ALREADY = 0.6
"""Which share of a part's words a prompt has to have for the part to be said already."""
_SMALL = 3
"""Letters of words that say nothing by themselves."""


@dataclass(frozen=True)
class Optimised:
    """A film whose scenes are asked for in full."""

    screenplay: Screenplay
    diff: str
    """What changed, a scene a line: `{+put in+}`; empty where nothing did."""

    @property
    def notes(self) -> tuple[str, ...]:
        """The same for the film maker, below a sentence that says what it is."""
        if not self.diff:
            return ("Every prompt said all that the film knows.",)
        return ("Prompts were completed by what the film knows:", *self.diff.splitlines())


def optimise(
    screenplay: Screenplay, manner: Manner = "any", *, only: Collection[str] | None = None
) -> Optimised:
    """Complete the shot prompts and negative prompts of all scenes, or of those with an id in
    `only`, in the manner of a renderer's models.

    Subject and action are the scene's own words, which are kept as they are; camera, lens, light,
    style and sound join them where they are not said yet, in the order that the model likes. What
    does not fit its length is left out, the least important first. People of the cast are told to
    the model later, with their pictures (`casting`).

    Raises:
        ReviseScreenplay: a scene has neither prompt nor description.
    """
    data = _data()[manner]
    scenes = tuple(
        _optimised(scene, screenplay, data) if only is None or scene.id in only else scene
        for scene in screenplay.scenes
    )
    diffs = (_diff(old, new) for old, new in zip(screenplay.scenes, scenes, strict=True))
    return Optimised(screenplay.replace(scenes=scenes), "\n".join(filter(None, diffs)))


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("prompting.toml").read_text("utf-8"))


def still_words(scene: Scene, film: Screenplay) -> str:
    """What a scene and its film say of one picture of it: no sound, and no move of the camera.

    Raises:
        ReviseScreenplay: the scene has neither prompt nor description.
    """
    return _fitted(_words(scene), _said(scene, film), _data()["still"])


def _words(scene: Scene) -> str:
    words = scene.prompt.strip() or scene.description.strip()
    if not words:
        raise ReviseScreenplay(
            f"Scene {scene.id} has no shot prompt and no description: write what it shows."
        )
    return words


def _optimised(scene: Scene, film: Screenplay, manner: Mapping[str, Any]) -> Scene:
    words = _words(scene)
    prompt = _fitted(words, _said(scene, film), manner)
    negative = scene.negative_prompt
    if manner["avoid"]:
        negative = ", ".join(_together(negative, manner["avoid"]))
    if prompt != words or negative != scene.negative_prompt:
        # What was approved was other words.
        return scene.replace(prompt=prompt, negative_prompt=negative, approved=False)
    return scene


def _said(scene: Scene, film: Screenplay) -> dict[str, str]:
    """What scene and film say of each part."""
    style = film.style
    sound, _, _ = style.sound.partition("; music:")
    return {
        "place": scene.place,
        "camera": scene.camera,
        "lens": style.lens,
        "light": ", ".join(part for part in (style.light, _mood(scene)) if part),
        "style": ", ".join(part for part in (style.look, ", ".join(style.palette)) if part),
        "sound": sound,
    }


def _mood(scene: Scene) -> str:
    return f"{scene.mood} mood" if scene.mood else ""


def _fitted(words: str, said: Mapping[str, str], manner: Mapping[str, Any]) -> str:
    told = {name: _missing(words, text) for name, text in said.items() if name in manner["order"]}
    sentences = _data()["parts"]
    parts = {name: sentences[name].format(text) for name, text in told.items() if text}
    for least in ("", *_data()["parts"]["dispensable"]["order"]):
        parts.pop(least, None)
        prompt = _joined(words, parts, manner["order"])
        if len(prompt) <= manner["longest"]:
            return prompt
    return words


def _missing(words: str, text: str) -> str:
    """The phrases of a text that words do not say yet."""
    phrases = (phrase.strip().rstrip(".") for phrase in text.split(","))
    return ", ".join(phrase for phrase in phrases if phrase and not _has(words, phrase))


def _joined(words: str, parts: Mapping[str, str], order: Sequence[str]) -> str:
    ended = words if words.endswith((".", "!", "?", "\u3002")) or not parts else f"{words}."
    told = {**parts, "words": ended}
    return " ".join(told[name] for name in order if name in told)


def _has(words: str, text: str) -> bool:
    """Whether words say a text already, in these or nearly these words."""
    known, wanted = _stems(words), _stems(text)
    return not wanted or len(wanted & known) >= _ALREADY * len(wanted)


def _stems(text: str) -> set[str]:
    # "pans left" says "pan left", "pushes in slowly" says "slow push in".
    found = re.findall(r"\w+", text.lower())
    return {word[:4] for word in found if len(word) >= _SMALL}


def _together(*lists: str) -> Iterable[str]:
    """The entries of lists parted by commas, each once."""
    entries = (entry.strip() for text in lists for entry in text.split(","))
    return {entry.lower(): entry for entry in entries if entry}.values()


def _diff(old: Scene, new: Scene) -> str:
    before = (old.prompt.strip() or old.description.strip(), old.negative_prompt)
    after = (new.prompt, new.negative_prompt) if new is not old else before
    if before == after:
        return ""
    told = [word_diff(before[0], after[0])]
    if before[1] != after[1]:
        told.append(f"without: {word_diff(before[1], after[1])}")
    return f"{old.id}: {' '.join(told)}"
