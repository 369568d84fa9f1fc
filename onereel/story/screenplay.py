"""The Screenplay and its Scenes: the film in words."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator

from ..cast.character import Appearance, Character
from ..values import GrownDocument, Seconds, Value, digest, total
from .bible import MOST_CONSTANTS, Constant, Name, marks, used
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


def _listed(value: object) -> object:
    """A list as people write it in a line, "the kitchen, a red scarf"."""
    if isinstance(value, str):
        return [each.strip() for each in value.split(",") if each.strip()]
    return value


MOST_USED = 12
"""Constants that a scene names: more than a prompt has room for."""


class Scene(GrownDocument):
    """One shot. `id` is stable: it survives reordering, rewriting and dropping other scenes."""

    NAME: ClassVar[str] = "scene"
    LATER: ClassVar[frozenset[str]] = frozenset({"uses", "constant", "continues", "frame"})

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
    uses: Annotated[tuple[Name, ...], BeforeValidator(_listed)] = Field(
        default=(), max_length=MOST_USED
    )
    """What it names of the continuity bible (`Screenplay.bible`), beside its place."""
    constant: str = ""
    """The digest of what that looks like; empty where nothing is described. With it a scene is
    another picture once that is, and no other scene is."""
    continues: bool = False
    """Whether it begins where the previous one ends: with the last frame of that one's take."""
    frame: int = Field(default=1, ge=1, le=999)
    """Which first frame is wanted where it continues: a higher number lets go of the one that it
    was shot from, and takes the previous scene's last frame as that is then."""
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
        # What most films do not have is not in it, so that they stay the films they were.
        constant = ("constant", self.constant) if self.constant else ()
        begins = ("continues", str(self.frame)) if self.continues else ()
        return (*words, self.place, self.mood, *looks, *constant, *begins)


class Screenplay(GrownDocument):
    """A film in words: its title, its people, its style and its scenes in order."""

    NAME: ClassVar[str] = "screenplay"
    LATER: ClassVar[frozenset[str]] = frozenset({"bible"})

    title: str
    logline: str = ""
    brief: Brief
    cast: tuple[Character, ...] = ()
    style: StyleBible = StyleBible()
    bible: tuple[Constant, ...] = Field(default=(), max_length=MOST_CONSTANTS)
    """The continuity bible: places, wardrobe, props and light, each told in the same words in every
    scene that uses it."""
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

    @model_validator(mode="after")
    def _constants_differ(self) -> Self:
        seen: set[str] = set()
        for each in self.bible:
            if each.name.casefold() in seen:
                raise ValueError(
                    f"two entries of the continuity bible are called {each.name!r}; give one of"
                    " them another name"
                )
            seen.add(each.name.casefold())
        return self

    @model_validator(mode="after")
    def _scenes_know_what_they_use(self) -> Self:
        scenes = tuple(_knowing(scene, self.used_in(scene)) for scene in self.scenes)
        if any(new is not old for new, old in zip(scenes, self.scenes, strict=True)):
            # Frozen for whoever has it; here it is still being made.
            self.__dict__["scenes"] = scenes
        return self

    @property
    def target(self) -> Fraction:
        """How long the film is to last, in seconds."""
        return self.brief.duration if self.length is None else self.length

    @property
    def duration(self) -> Fraction:
        """The sum of the scenes, in seconds."""
        return total(scene.duration for scene in self.scenes)

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

    def used_in(self, scene: Scene) -> tuple[Constant, ...]:
        """What a scene uses of the continuity bible, what matters most first."""
        return used(self.bible, names=scene.uses, place=scene.place) if self.bible else ()


def _knowing(scene: Scene, constants: tuple[Constant, ...]) -> Scene:
    """The scene, no longer approved where what it uses has come to look otherwise."""
    looks = marks(constants)
    constant = digest("constant", *looks) if looks else ""
    if constant == scene.constant:
        return scene
    return scene.replace(constant=constant, approved=False)
