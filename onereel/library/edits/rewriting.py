"""One scene rewritten, or two made into one, with what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from ...errors import ReviseScreenplay
from ...shoot.rehearsal import SHOWN
from ...story.brief import LONGEST_SCENE, SHORTEST_SCENE
from ...story.pace import estimate
from ...story.screenplay import MOST_USED, Scene, Screenplay
from ...story.timing import ROOM
from ...values import in_words, whole_frames
from ...voice.markup import shown
from ...voice.text import speakable

__all__ = ["FIELDS", "bounded", "joined", "merged", "rewritten"]

FIELDS = (
    *("title", "description", "narration", "prompt", "negative_prompt"),
    *("duration", "camera", "place", "mood", "transition", "uses", "continues"),
)
"""What can be set in a scene."""


def rewritten(scene: Scene, fields: Mapping[str, Any], screenplay: Screenplay) -> Scene:
    """Set fields of a scene. New words last about as long as they take to say.

    Raises:
        ReviseScreenplay: there is no such field, or it cannot hold that.
    """
    for name in fields:
        if name not in FIELDS:
            raise ReviseScreenplay(
                f"A scene has no field {name!r} that can be set; the fields are"
                f" {', '.join(FIELDS)}."
            )
    try:
        new = scene.replace(**fields)
    except ValidationError as error:
        raise ReviseScreenplay(
            f"Scene {scene.id} cannot be changed so: {in_words(error)}."
        ) from None
    if new.narration != scene.narration and "duration" not in fields:
        new = _as_long_as_its_words(new, screenplay)
    return new.replace(approved=False) if _shows_another(new, scene) else new


def _shows_another(new: Scene, old: Scene) -> bool:
    return any(getattr(new, name) != getattr(old, name) for name in SHOWN)


def _as_long_as_its_words(scene: Scene, screenplay: Screenplay) -> Scene:
    """About what Narrate will measure, so that the film's length and price are near the truth."""
    read = shown(scene.narration, screenplay.speakers)
    if not speakable(read):
        return scene
    spoken = estimate(read, screenplay.brief.language)
    return scene.replace(duration=bounded(spoken + ROOM))


def bounded(duration: Fraction) -> Fraction:
    """The nearest duration that a scene may have, in whole frames."""
    fitted = min(max(duration, Fraction(SHORTEST_SCENE)), Fraction(LONGEST_SCENE))
    return min(whole_frames(fitted), Fraction(LONGEST_SCENE))


def merged(first: Scene, second: Scene, screenplay: Screenplay) -> Scene:
    """Make one scene of two, with the id of the first.

    Raises:
        ReviseScreenplay: no shot could hold what both of them say.
    """
    narration = joined(first.narration, second.narration)
    longest = screenplay.brief.longest_shot
    spoken = estimate(narration, screenplay.brief.language)
    needed = spoken + ROOM if spoken else Fraction(0)
    together = first.duration + second.duration
    if max(needed, min(together, longest)) > longest or (not spoken and together > LONGEST_SCENE):
        raise ReviseScreenplay(
            f"Scenes {first.id} and {second.id} would last {float(max(needed, together)):.1f} s"
            f" together, and a shot of this film at most {float(longest):g} s; shorten what they"
            " say first."
        )
    # What a split made of one scene becomes that one again.
    prompt = first.prompt if second.prompt.startswith(first.prompt.rstrip()) else None
    return first.replace(
        title=first.title or second.title,
        narration=narration,
        description=_once(first.description, second.description),
        prompt=_once(first.prompt, second.prompt) if prompt is None else prompt,
        negative_prompt=_once(first.negative_prompt, second.negative_prompt, ", "),
        uses=tuple(dict.fromkeys((*first.uses, *second.uses)))[:MOST_USED],
        duration=min(together, longest),
        approved=False,
        recording=None,
        timed_to="",
    )


def _once(first: str, second: str, between: str = " ") -> str:
    if second.strip() in first:
        return first
    return between.join(part for part in (first.strip(), second.strip()) if part)


def joined(text: str, more: str) -> str:
    """Write two texts as one: a space between them, unless their script has none."""
    text, more = text.strip(), more.strip()
    if not text or not more:
        return text or more
    if text[-1].isalnum() and more[:1].isupper():
        text += "."
    wide = ord(text[-1]) > _WIDE and ord(more[0]) > _WIDE
    return f"{text}{more}" if wide else f"{text} {more}"


_WIDE = 0x2E80
"""From here on Unicode has the scripts that are written without spaces."""
