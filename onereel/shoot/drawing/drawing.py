"""A Drawing: one still of a scene as it is asked of an image model."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...cast.picture import Picture
from ...story.bible import told
from ...story.brief import Aspect
from ...story.screenplay import Scene, Screenplay
from ...values import Value, digest
from ..casting import share_out
from ..models.image_model import ImageModel, ImageSize
from ..prompting import still_words

__all__ = ["Drawing", "DrawingOptions", "Wanted", "drawings"]

_MANNER = (
    "One single picture that fills the whole frame, a still of a film, without any lettering,"
    " captions, borders or panels."
)
_ENDS = (".", "!", "?", "\u3002")
_AS_MANY = 3
"""References for a model of which nobody knows how many it takes."""


class DrawingOptions(Value):
    """How a film's stills are drawn."""

    model: str = ""
    """Empty: the usual one."""
    size: ImageSize = "2K"
    seed: int = 0
    """Another seed, other pictures, paid anew."""


class Drawing(Value):
    """All that determines a picture."""

    model: str
    prompt: str
    references: tuple[Picture, ...] = ()
    aspect: Aspect
    size: ImageSize
    seed: int

    @property
    def key(self) -> str:
        """Its digest: the same key is the same picture, which is never paid for twice."""
        seen = [picture.pixels for picture in self.references]
        return digest("drawing/1", self.model, self.prompt, seen, self.aspect, self.size, self.seed)


@dataclass(frozen=True)
class Wanted:
    """A scene and its drawing."""

    scene: Scene
    drawing: Drawing
    reasons: tuple[str, ...] = ()
    """Who is shown by what, and why, in words for people."""


def drawings(
    screenplay: Screenplay,
    options: DrawingOptions,
    model: ImageModel,
    *,
    references: Sequence[Picture] = (),
    only: Collection[str] | None = None,
) -> tuple[Wanted, ...]:
    """What is asked for each scene, in the film's order.

    Args:
        screenplay: the film.
        options: how.
        model: who draws.
        references: pictures that every scene is shown beside those of its people.
        only: the ids of the scenes; None: all.

    Raises:
        ChooseRenderer: the model draws no such shape or size.
        ReviseScreenplay: a scene has no words to draw by.
    """
    model.check(screenplay.brief.aspect, options.size)
    return tuple(
        _wanted(scene, screenplay, options, model, references)
        for scene in screenplay.scenes
        if only is None or scene.id in only
    )


def _wanted(
    scene: Scene,
    screenplay: Screenplay,
    options: DrawingOptions,
    model: ImageModel,
    references: Sequence[Picture],
) -> Wanted:
    room = _AS_MANY if model.most_references is None else model.most_references
    cast = share_out(
        screenplay.seen_in(scene), room=room, label=model.label, given=references[:room]
    )
    drawing = Drawing(
        model=model.name,
        prompt=_prompt(scene, screenplay, cast.words),
        references=cast.references,
        aspect=screenplay.brief.aspect,
        size=options.size,
        # Another take of a scene is another picture.
        seed=options.seed + scene.take - 1,
    )
    return Wanted(scene, drawing, cast.reasons)


def _prompt(scene: Scene, screenplay: Screenplay, cast: str) -> str:
    words = still_words(scene, screenplay)
    constants = told(screenplay.used_in(scene), words)
    parts = [words if words.endswith(_ENDS) else f"{words}.", cast, *constants, _MANNER]
    if unwanted := scene.negative_prompt.strip().rstrip("."):
        parts.append(f"Not to be seen: {unwanted}.")
    return " ".join(part for part in parts if part)
