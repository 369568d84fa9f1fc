"""The Screenplay and its Scenes: the film in words."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Self

from pydantic import Field, model_validator

from ..cast.character import Appearance, Character
from ..values import Document, Seconds, Value, digest
from .brief import LONGEST_SCENE, MOST_SCENES, SHORTEST_SCENE, Brief
from .templates.template import Transition

__all__ = ["Recording", "Scene", "Screenplay", "StyleBible", "Transition"]


class StyleBible(Value):
    """What stays the same over all scenes, in words that a video model understands."""

    look: str = ""
    light: str = ""
    lens: str = ""
    palette: tuple[str, ...] = ()
    """Colour words or `#rrggbb`, darkest first."""
    sound: str = ""

    def in_words(self) -> str:
        """The part of every shot prompt that says the style."""
        parts = [self.look, self.light, self.lens, ", ".join(self.palette)]
        return ", ".join(part for part in parts if part)

    def added_to(self, prompt: str) -> str:
        """A shot prompt with the style behind it, where it does not carry it already."""
        style = self.in_words()
        if not style or style.casefold() in prompt.casefold():
            return prompt
        return f"{prompt.rstrip(' .')}. {style}" if prompt else style


class Recording(Value):
    """The film maker's own voice for a scene, in place of a speech engine's."""

    audio: str = Field(pattern=r"^lines/[0-9a-f]{32}\.flac$")
    """The media name of the line (`Home.path`)."""
    text: str
    """The words it speaks: it counts while they are the scene's narration."""


class Scene(Document):
    """One shot. `id` is stable: it survives reordering, rewriting and dropping other scenes."""

    NAME: ClassVar[str] = "scene"

    id: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    title: str = ""
    description: str = ""
    narration: str = ""
    prompt: str = ""
    """What the renderer is asked for: subject, action, camera, light, style."""
    negative_prompt: str = ""
    duration: Seconds = Fraction(5)
    camera: str = ""
    """In a camera operator's words: "slow push in", "pan left", "static"."""
    place: str = ""
    mood: str = ""
    cast: tuple[Appearance, ...] = ()
    """Who is seen in it of the screenplay's cast, who matters most first (`cast.finding`)."""
    transition: Transition = "cut"
    gain: float = Field(default=0.0, ge=-120, le=24)
    """Decibels by which its clip's own sound is louder than Assemble Cut has it; -120 mutes it."""
    approved: bool = False
    take: int = Field(default=1, ge=1, le=999)
    """Which take of it is wanted: a higher number asks for another, of this scene alone."""
    recording: Recording | None = None
    timed_to: str = ""
    """What its duration was measured from: the media name of its line, or "silence". Narrate keeps
    the duration while that is still so."""

    @model_validator(mode="after")
    def _lasts_long_enough(self) -> Self:
        if not SHORTEST_SCENE <= self.duration <= LONGEST_SCENE:
            raise ValueError(
                f"a scene lasts {SHORTEST_SCENE} to {LONGEST_SCENE} s,"
                f" not {float(self.duration):g} s"
            )
        return self

    @property
    def picture_id(self) -> str:
        """The hash of all that its picture shows: an edit of these fields needs a new take.

        All takes of the same words have it in common, so `take` is not in it.
        """
        return digest(*self._picture, str(self.duration))

    @property
    def words_id(self) -> str:
        """The hash of all that its picture shows, however long it shows it."""
        return digest(*self._picture)

    @property
    def _picture(self) -> tuple[str, ...]:
        shown = self.prompt if self.prompt.strip() else self.description
        words = (self.id, self.title, shown, self.negative_prompt, self.camera)
        looks = (part for each in self.cast for part in (each.character, each.look))
        return (*words, self.place, self.mood, *looks)


class Screenplay(Document):
    """A film in words: its title, its people, its style and its scenes in order."""

    NAME: ClassVar[str] = "screenplay"

    title: str
    logline: str = ""
    brief: Brief
    cast: tuple[Character, ...] = ()
    style: StyleBible = StyleBible()
    scenes: tuple[Scene, ...] = Field(min_length=1, max_length=MOST_SCENES)
    writer: str = ""
    """Who wrote it: "built-in", "ollama:llama3.2", "gemini:gemini-3.8-flash", "imported"."""
    directed: str = ""
    """Who went over it, as `writer` says it; empty where nobody did."""
    notes: tuple[str, ...] = ()
    """How it came to be, in sentences: whom a chain of writers asked in vain, what a director
    changed."""
    length: Seconds | None = None
    """Seconds that the film is to last, where edits made it longer or shorter than its brief."""
    pace: float = Field(default=1.0, ge=1, le=2)
    """How much faster than usual its voice speaks, so that the film is not too long."""

    @model_validator(mode="after")
    def _scene_ids_differ(self) -> Self:
        seen: set[str] = set()
        for scene in self.scenes:
            if scene.id in seen:
                raise ValueError(f"two scenes have the id {scene.id!r}; give each its own")
            seen.add(scene.id)
        return self

    @property
    def target(self) -> Fraction:
        """How long the film is to last, in seconds."""
        return self.brief.duration if self.length is None else self.length

    @property
    def duration(self) -> Fraction:
        """The sum of the scenes, in seconds."""
        return sum((scene.duration for scene in self.scenes), Fraction(0))

    @property
    def speakers(self) -> tuple[str, ...]:
        """The names of its cast, by which a narration says who speaks."""
        return tuple(name for each in self.cast for name in (each.name, *each.also))

    def scene(self, scene_id: str) -> Scene | None:
        """The scene of that id, if there is one."""
        return next((scene for scene in self.scenes if scene.id == scene_id), None)

    def seen_in(self, scene: Scene) -> tuple[Character, ...]:
        """The characters that a scene shows, who matters most first."""
        cast = {each.id: each for each in self.cast if each.cast}
        return tuple(cast[each.character] for each in scene.cast if each.character in cast)
