"""What a film maker can change in a film, as values."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from ...cast.character import Character
from ...errors import ReviseScreenplay
from ...story.bible import MOST_CONSTANTS, Constant
from ...story.brief import LONGEST_LOOK, MOST_SCENES, Aspect
from ...story.platforms import Resolution
from ...story.screenplay import Recording, Screenplay
from ...values import Value, in_words

__all__ = [
    "MOST_CHANGES",
    "AcceptFrames",
    "AddScene",
    "ApproveScenes",
    "Change",
    "ChooseTakeOf",
    "MergeScenes",
    "MoveScene",
    "RecordLine",
    "RedoScene",
    "RemoveScene",
    "Rewrite",
    "SetBible",
    "SetCast",
    "SetLook",
    "SetOptions",
    "SetPlatform",
    "SetScene",
    "SetShape",
    "SetTitle",
    "SplitScene",
    "VoiceOf",
    "read_changes",
]

MOST_CHANGES = 500
"""In one edit: more than every field that a writer would rewrite in the longest film."""
MOST_CHARACTERS = 20
"""In one film."""

Fields = dict[str, JsonValue]


class SetScene(Value):
    """New values of a scene's fields."""

    op: Literal["set"] = "set"
    scene: str
    fields: Fields


class MoveScene(Value):
    """Another place for a scene: `to` is its index from 0 once it is there."""

    op: Literal["move"] = "move"
    scene: str
    to: int = Field(ge=0)


class RemoveScene(Value):
    """A film without this scene."""

    op: Literal["remove"] = "remove"
    scene: str


class AddScene(Value):
    """A new scene behind the scene `after`; empty: before all others."""

    op: Literal["add"] = "add"
    after: str = ""
    fields: Fields = Field(default_factory=dict)


class SplitScene(Value):
    """Two scenes of one: the second begins with the word `at` of the narration, from 0."""

    op: Literal["split"] = "split"
    scene: str
    at: int = Field(ge=0)


class MergeScenes(Value):
    """One scene of two: this one and the next."""

    op: Literal["merge"] = "merge"
    scene: str


class ApproveScenes(Value):
    """Whether scenes may be bought as they are."""

    op: Literal["approve"] = "approve"
    scenes: tuple[str, ...] = Field(min_length=1)
    approved: bool = True


class ChooseTakeOf(Value):
    """The take that a scene plays; empty leaves that to OneReel again."""

    op: Literal["choose"] = "choose"
    scene: str
    take: str


class RecordLine(Value):
    """A recording as a scene's voice; None has the speech engine speak again."""

    op: Literal["record"] = "record"
    scene: str
    recording: Recording | None = None


class VoiceOf(Value):
    """Who speaks what the narrations give a person; empty lets OneReel choose again."""

    op: Literal["voice"] = "voice"
    person: str
    voice: str = Field(default="", max_length=200)


class SetOptions(Value):
    """New values of `FilmOptions`."""

    op: Literal["options"] = "options"
    fields: Fields


class SetTitle(Value):
    """Another title."""

    op: Literal["title"] = "title"
    title: str = Field(max_length=300)


class SetLook(Value):
    """Another look for the whole film: by its name, or in words. Takes that were chosen stay
    chosen."""

    op: Literal["look"] = "look"
    look: str = Field(max_length=LONGEST_LOOK)


class SetShape(Value):
    """Another shape of the film's picture. Takes that were chosen stay chosen, and
    are cropped, or stand between bars where that would lose too much: the preview says which."""

    op: Literal["shape"] = "shape"
    aspect: Aspect


class SetPlatform(Value):
    """Where the film is shown: what it keeps clear, its loudness and the length that it may have
    follow; its shape, as with `shape`; and its resolution."""

    op: Literal["platform"] = "platform"
    platform: str = Field(min_length=1, max_length=60)
    """Its name or its label."""
    aspect: Aspect | None = None
    """The shape of the picture; without it, the platform's, or the film's where that has none."""
    resolution: Resolution | None = None
    """Without it, what the platform shows best, or the film's where that is not known."""


class Rewrite(Value):
    """Another script in place of the one before (`retelling.retold` makes it): its scenes are new
    ones. The film keeps its look and its characters; takes of the old scenes stay on disk, and
    undoing brings them back."""

    op: Literal["rewrite"] = "rewrite"
    screenplay: Screenplay
    """Its brief says the template and the tone that it was told in."""


class SetCast(Value):
    """Who plays in the film, in place of those who did; the scenes that name them show them."""

    op: Literal["cast"] = "cast"
    characters: tuple[Character, ...] = Field(max_length=MOST_CHARACTERS)


class SetBible(Value):
    """The continuity bible, in place of the one before; the scenes that use what changes in it are
    to be shot anew, and no others."""

    op: Literal["bible"] = "bible"
    entries: tuple[Constant, ...] = Field(max_length=MOST_CONSTANTS)


class AcceptFrames(Value):
    """Scenes that let go of the frame they were shot from, and begin where the one before them ends
    by then: they are to be bought again."""

    op: Literal["accept frames"] = "accept frames"
    scenes: tuple[str, ...] = Field(min_length=1, max_length=MOST_SCENES)


class RedoScene(Value):
    """Another take of a scene; the note joins its shot prompt."""

    op: Literal["redo"] = "redo"
    scene: str
    note: str = Field(default="", max_length=2000)


Change = Annotated[
    SetScene
    | MoveScene
    | RemoveScene
    | AddScene
    | SplitScene
    | MergeScenes
    | ApproveScenes
    | ChooseTakeOf
    | RecordLine
    | VoiceOf
    | SetOptions
    | SetTitle
    | SetLook
    | SetShape
    | SetPlatform
    | Rewrite
    | SetCast
    | SetBible
    | AcceptFrames
    | RedoScene,
    Field(discriminator="op"),
]

_LIST: TypeAdapter[tuple[Change, ...]] = TypeAdapter(
    Annotated[tuple[Change, ...], Field(min_length=1, max_length=MOST_CHANGES)]
)


def read_changes(data: object) -> tuple[Change, ...]:
    """Read a list of changes from parsed JSON.

    Raises:
        ReviseScreenplay: one of them is none; the sentence names it.
    """
    try:
        return _LIST.validate_python(data)
    except ValidationError as error:
        raise ReviseScreenplay(f"These changes cannot be used: {in_words(error)}.") from None
