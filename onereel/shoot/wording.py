"""The words that a paid model is asked in: the scene's own, its people, what stays the same."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ReviseScreenplay
from ..story.bible import told
from ..story.screenplay import Scene, Screenplay
from .models.model import Model

__all__ = ["Prompt", "prompt_of"]

_ONE_SHOT = "One continuous shot, no scene cuts."
"""For models that would cut by themselves: a scene is one shot."""
_ENDS = (".", "!", "?", "\u2026", "\u3002")
_NO_SPEECH = "No dialogue, no voice-over, no speech, no subtitles, no text on screen."
"""For narrated scenes: two voices at once cannot be mended in the Cut."""


@dataclass(frozen=True)
class Prompt:
    """What a model is asked for."""

    words: str
    left_out: tuple[str, ...] = ()
    """What of the continuity bible it has no room for, in words for people."""


def prompt_of(
    screenplay: Screenplay, scene: Scene, model: Model, cast: str, *, narrated: bool
) -> Prompt:
    """The prompt of a scene; `cast` are the words of who is seen in it (`casting`).

    What the scene uses of the continuity bible joins it in the bible's own words, the same in every
    scene; what does not fit the model's length is left out, light first, the place last.

    Raises:
        ReviseScreenplay: the scene has neither prompt nor description.
    """
    words = scene.prompt.strip() or scene.description.strip()
    if not words:
        raise ReviseScreenplay(
            f"Scene {scene.id} has no shot prompt and no description: write what it shows."
        )
    wishes = [_ONE_SHOT] if model.several_shots else []
    wishes += [_NO_SPEECH] if narrated else []
    constants, most = screenplay.used_in(scene), model.longest_prompt
    # A full stop and a space may join what is there already.
    room = most - len(" ".join([words, cast, *wishes])) - 2 if most else None
    more = " ".join([*([cast] if cast else []), *told(constants, words, room=room)])
    if more:
        words = f"{words if words.endswith(_ENDS) else words + '.'} {more}"
    left_out = (each.name for each in constants if not each.is_told_in(words))
    return Prompt(
        " ".join([words, *wishes]),
        tuple(f"{name}: left out, {model.label} reads {most} characters" for name in left_out),
    )
