"""A narration cut in two where the film maker points."""

from __future__ import annotations

from ...errors import ReviseScreenplay
from ...story.screenplay import Scene, Screenplay
from ...voice.markup import divided, passages, shown
from ...voice.text import words

__all__ = ["parted"]


def parted(scene: Scene, at: int, screenplay: Screenplay) -> tuple[str, ...]:
    """The narrations of the two scenes that `scene` is split into before its word `at`.

    Who speaks, and what is stressed, is so in both.

    Raises:
        ReviseScreenplay: there is nothing before or behind that word.
    """
    spans = words(scene.narration)
    if not 0 < at < len(spans):
        raise ReviseScreenplay(
            f"Scene {scene.id} has {len(spans)} words; it can be split before the words"
            f" 1 to {len(spans) - 1}, counted from 0."
            if len(spans) > 1
            else f"Scene {scene.id} has too few words to split; add a scene behind it instead."
        )
    cut = spans[at][0]
    before, after = scene.narration[:cut].strip(), scene.narration[cut:].strip()
    names = screenplay.speakers
    read = shown(scene.narration, names)
    if read == scene.narration.strip():
        return before, after
    said = words(read)
    count = len(words(shown(before, names)))
    if not 0 < count < len(said):
        raise ReviseScreenplay(
            f"Nothing is said on one side of that word of scene {scene.id}; split it elsewhere."
        )
    cut = said[count][0]
    return divided(passages(scene.narration, names), [read[:cut].strip(), read[cut:].strip()])
