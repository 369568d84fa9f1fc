"""What a panel or a program sees of a film: plain values that become JSON as they are.

Times are seconds, money is a decimal string, moments are ISO 8601 in UTC, media are addresses
without a host. Sentences are English; what is `said` beside one is for other languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import JsonValue, PlainSerializer, WithJsonSchema

from ...money import decimal_string
from ...story.bible import Constant
from ...story.brief import Aspect, Brief
from ...story.screenplay import StyleBible, Transition
from ...values import Value
from ..said import Said
from ..states import Action, FilmState, JobState
from .characters import CharacterView
from .problems import Problem

__all__ = [
    "CaptionsView",
    "CheckView",
    "Dollars",
    "FilmCard",
    "FilmView",
    "FilmsPage",
    "JobView",
    "LineView",
    "MarkView",
    "MedicView",
    "ReelView",
    "SceneState",
    "SceneView",
    "ShootView",
    "TakeView",
    "WordView",
]

SceneState = Literal[
    "planned", "waiting", "shooting", "draft", "ready", "approved", "refused", "lost", "failed"
]


Dollars = Annotated[
    Decimal,
    PlainSerializer(decimal_string, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d+\.\d{2,}$"}),
]
"""US dollars, as a decimal string in JSON."""


class TakeView(Value):
    """A take of a scene."""

    id: str
    number: int
    renderer: str
    model: str
    shot_by: str
    """What people call the paid model; empty where none shot it."""
    seed: int
    state: Literal["draft", "ready", "refused", "failed", "unknown"]
    duration: float
    video: str
    thumbnail: str
    cost: Dollars
    note: str
    chosen: bool
    """Whether the film maker pinned it."""
    current: bool
    """Whether it was shot for the scene as it is now."""


class WordView(Value):
    """A spoken word, in seconds from the start of its line."""

    text: str
    start: float
    end: float


class LineView(Value):
    """The spoken narration of a scene."""

    audio: str
    waveform: str
    duration: float
    words: tuple[WordView, ...]
    recorded: bool
    """Whether it is the film maker's own voice."""


class MedicView(Value):
    """What the safety medic proposes for a refused scene, or changed."""

    diff: str
    """`[-taken out-]` and `{+put in+}`."""
    note: str
    note_said: Said | None
    field: Literal["prompt", "description"]
    text: str
    """The field in the proposed words; empty where the take was shot in them already."""


class SceneView(Value):
    """A scene with everything that was made of it."""

    id: str
    number: int
    """From 1."""
    title: str
    description: str
    narration: str
    prompt: str
    negative_prompt: str
    camera: str
    place: str
    mood: str
    transition: Transition
    uses: tuple[str, ...]
    """What it names of the continuity bible."""
    continues: bool
    """Whether it begins where the one before it ends."""
    cast: tuple[str, ...]
    """The ids of the characters it shows, who matters most first."""
    duration: float
    start: float
    approved: bool
    take_number: int
    """Which take is wanted."""
    state: SceneState
    fraction: float | None
    problem: Problem | None
    cost: Dollars | None
    """What was charged for it so far; None for nothing."""
    price: Dollars | None
    """What shooting it costs at most; None where nobody knows, or nothing is to pay."""
    thumbnail: str | None
    clip: str | None
    take: str | None
    """The id of the take that plays."""
    takes: tuple[TakeView, ...]
    line: LineView | None
    medic: MedicView | None


class JobView(Value):
    """A job of a film."""

    id: str
    action: Action
    state: JobState
    position: int | None
    """In the queue, from 1; None where it does not wait there."""
    wait: float | None
    """Seconds until it probably begins, by how long jobs like those before it took; None where it
    does not wait, or nobody knows."""
    stage: str
    scene: str
    fraction: float
    elapsed: float
    """Seconds since it began to run; 0 before."""
    expected: float | None
    """Seconds that it probably takes, from its beginning."""
    note: str
    note_said: Said | None
    problem: Problem | None


class CaptionsView(Value):
    """A film's captions as files."""

    vtt: str
    srt: str


class MarkView(Value):
    """Where a scene begins in a film."""

    scene: str
    start: float
    title: str


class CheckView(Value):
    """What a look at a film found."""

    scene: str
    at: float
    words: str
    words_said: Said | None


class ReelView(Value):
    """The finished film."""

    video: str
    thumbnail: str
    duration: float
    size: int
    """Bytes."""
    captions: CaptionsView | None
    marks: tuple[MarkView, ...]
    checks: tuple[CheckView, ...]
    current: bool
    """Whether it shows the film as it is now."""


class ShootView(Value):
    """What buying the approved scenes would mean."""

    scenes: int
    """How many would be bought."""
    at_most: Dollars | None
    """Dollars; None where a price is not known, or no paid renderer was chosen."""
    allowed: bool
    why: str
    """Why it is not allowed, and what to do; empty if it is."""
    why_said: Said | None


class FilmView(Value):
    """A film with everything that a panel shows of it."""

    id: str
    title: str
    logline: str
    state: FilmState
    revision: int
    undo: str | None
    undo_said: Said | None
    redo: str | None
    redo_said: Said | None
    brief: Brief
    options: Mapping[str, JsonValue]
    style: StyleBible
    cast: tuple[CharacterView, ...]
    bible: tuple[Constant, ...]
    """What looks the same in every scene that uses it."""
    writer: str
    """Who wrote it: "built-in", "ollama:llama3.2"; empty before it is written."""
    notes: tuple[str, ...]
    """How it came to be: whom a chain of writers asked in vain, what a director changed."""
    source: str
    duration: float
    spent: Dollars
    created: datetime
    changed: datetime
    job: JobView | None
    scenes: tuple[SceneView, ...]
    reel: ReelView | None
    shoot: ShootView


class FilmCard(Value):
    """A film in a list."""

    id: str
    title: str
    state: FilmState
    duration: float
    scenes: int
    spent: Dollars
    created: datetime
    changed: datetime
    aspect: Aspect
    thumbnail: str | None
    reel: bool


class FilmsPage(Value):
    """A page of a list of films."""

    films: tuple[FilmCard, ...]
    next: str | None
