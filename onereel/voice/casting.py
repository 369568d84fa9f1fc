"""Who says what: the voices of a film, what each is given to say, and who steps in for whom."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ..cast.character import Character
from ..errors import (
    ChooseLanguage,
    ChooseVoice,
    InstallPart,
    MoneyError,
    OneReelError,
    ReviseSetting,
    ServiceError,
)
from ..settings import Settings
from ..story.screenplay import Screenplay
from .engines.known import AUTO, choose, normal_language
from .markup import Passage, passages, shown
from .purse import Purse
from .saying import Lexicon, Said, say
from .speech import SpeechEngine, SpeechOptions

__all__ = ["Casting", "Company", "Part", "Speaker"]

T = TypeVar("T")

_OUT_OF_REACH = (
    *(ServiceError, MoneyError, InstallPart),
    *(ChooseVoice, ChooseLanguage, ReviseSetting),
)
"""What keeps one voice from speaking, and not another."""


@dataclass(frozen=True)
class Speaker:
    """An engine and one of its voices."""

    engine: SpeechEngine
    voice: str

    @property
    def label(self) -> str:
        """Its name for people."""
        return f"{self.voice} ({self.engine.title})"


@dataclass(frozen=True)
class Part:
    """What one voice says in one go."""

    passage: Passage
    said: Said
    speaker: Speaker
    language: str
    speed: float
    seed: int
    style: str

    @property
    def options(self) -> SpeechOptions:
        """How its speaker speaks it."""
        return SpeechOptions(
            language=self.language,
            voice=self.speaker.voice,
            speed=self.speed,
            seed=self.seed,
            style=self.style if self.speaker.engine.styled else "",
        )


@dataclass(frozen=True)
class Casting:
    """The voices of one film: the narrator's, and one for each of its people."""

    narrator: Speaker
    people: Mapping[str, Speaker]
    """By the name in the cast."""
    language: str
    speed: float = 1.0
    seed: int = 0
    style: str = ""
    lexicon: Lexicon = field(default_factory=dict)

    def parts(self, narration: str, *, pace: float = 1.0) -> tuple[Part, ...]:
        """What is said of a narration, by whom; empty where nothing is."""
        # A lone surrogate, which JSON may carry, has no UTF-8.
        narration = narration.encode("utf-8", "replace").decode()
        found = passages(narration, tuple(self.people))
        return tuple(
            Part(
                passage=passage,
                said=self._said(passage, goes_on=i + 1 < len(found)),
                speaker=self.people.get(passage.speaker, self.narrator),
                language=self.language,
                speed=self._at(pace),
                seed=self.seed,
                style=self.style,
            )
            for i, passage in enumerate(found)
        )

    def paced(self, narration: str, paces: Iterable[float]) -> Iterator[tuple[Part, ...]]:
        """The same at each of several paces."""
        parts = self.parts(narration)
        for pace in paces:
            yield tuple(replace(part, speed=self._at(pace)) for part in parts)

    def _at(self, pace: float) -> float:
        return round(self.speed * pace, 3)

    def _said(self, passage: Passage, *, goes_on: bool) -> Said:
        said = say(passage.text, self.language, self.lexicon)
        # A voice that does not know that more follows ends as at a full stop.
        held = goes_on and passage.text[-1:].isalnum()
        return Said(f"{said.text},", said.owners) if held else said


class Company:
    """The voices that a film wishes for, in order: where one fails, the next steps in.

    `notes` say in sentences for the user who failed, and why.
    """

    def __init__(
        self,
        screenplay: Screenplay,
        *,
        settings: Settings | None = None,
        purse: Purse | None = None,
        voice: str = AUTO,
        backup_voices: Sequence[str] = (),
        speed: float = 1.0,
        seed: int = 0,
    ) -> None:
        self._screenplay = screenplay
        self._settings = settings
        self._purse = purse
        if voice.strip().lower() in ("", AUTO):
            told = (each.voice for each in screenplay.cast if each.role == "narrator")
            voice = next((each for each in told if each.strip()), AUTO)
        self._wishes = (voice, *(each.strip() for each in backup_voices if each.strip()))
        self._speed = speed
        self._seed = seed
        self._known: dict[int, Casting] = {}
        self._at = 0
        self.notes: list[str] = []

    @property
    def names(self) -> tuple[str, ...]:
        """The people of the film."""
        return self._screenplay.speakers

    @property
    def language(self) -> str:
        """The language that is spoken, as engines write it."""
        return normal_language(self._screenplay.brief.language)

    def shown(self, narration: str) -> str:
        """What of a narration is read on the screen."""
        return shown(narration, self.names)

    def now(self) -> Casting:
        """The first casting that has not failed.

        Raises:
            ChooseLanguage, ChooseVoice, InstallPart, ServiceError: the last voice cannot be had.
        """
        while True:
            try:
                return self._casting(self._at)
            except _OUT_OF_REACH as error:
                self._step_down(error)

    def say(self, speak: Callable[[Casting], T]) -> T:
        """Let the first voice speak that can.

        Raises:
            ServiceError, MoneyError, BadInput, InstallPart: as the last voice failed.
        """
        while True:
            casting = self.now()
            try:
                return speak(casting)
            except _OUT_OF_REACH as error:
                self._step_down(error)

    def say_again(self, speak: Callable[[Casting], T], by: Callable[[Casting], bool]) -> T | None:
        """Let speak who of those that were asked already spoke before, by `by`; None where nobody
        did, or it fails now."""
        for casting in self._known.values():
            if by(casting):
                try:
                    return speak(casting)
                except _OUT_OF_REACH:
                    return None
        return None

    def all(self) -> Iterator[Casting]:
        """Every casting that can be had, from the first wish to the last."""
        for number in range(len(self._wishes)):
            try:
                yield self._casting(number)
            except _OUT_OF_REACH:
                continue

    @property
    def wished(self) -> Casting | None:
        """What the film maker would have first, if it can be had."""
        return self._known.get(0)

    def chosen_for(self, speakers: Iterable[str]) -> Iterator[str]:
        """Which voices people got who speak and were given none, in a sentence."""
        casting = self.now()
        given = [each for each in self._screenplay.cast if _has_voice(each)]
        given += [each for each in self._screenplay.cast if each.role == "narrator"]
        wished = {name for each in given for name in (each.name, *each.also)}
        people = [name for name in dict.fromkeys(speakers) if name and name not in wished]
        if people:
            each = (f"{name} ({casting.people[name].voice})" for name in people)
            yield (
                f"Voices were chosen for {', '.join(each)}; the film's own is"
                f" {casting.narrator.label}."
            )

    def _step_down(self, error: OneReelError) -> None:
        if self._at + 1 == len(self._wishes):
            raise error
        self._at += 1
        self.notes.append(
            f"The voice {self._wishes[self._at - 1]} failed, so {self._wishes[self._at]} steps in:"
            f" {error.user_message}"
        )

    def _casting(self, number: int) -> Casting:
        if number not in self._known:
            narrator = self._speaker(self._wishes[number])
            self._known[number] = Casting(
                narrator=narrator,
                people=dict(self._people(narrator, first=number == 0)),
                language=self.language,
                speed=self._speed,
                seed=self._seed,
                style=self._screenplay.brief.voice_style.strip(),
                lexicon=self._settings.voice.lexicon if self._settings else {},
            )
        return self._known[number]

    def _speaker(self, voice: str) -> Speaker:
        return Speaker(*choose(self._screenplay.brief.language, voice, self._settings, self._purse))

    def _people(self, narrator: Speaker, *, first: bool) -> Iterator[tuple[str, Speaker]]:
        """A voice for each of the cast: their own, else one that nobody else has."""
        cast = self._screenplay.cast
        own = [self._own(each, narrator, first=first) for each in cast]
        others = narrator.engine.apart(self.language, narrator.voice)
        free = [each for each in others if Speaker(narrator.engine, each) not in own] or others
        left = itertools.cycle(Speaker(narrator.engine, each) for each in free)
        for person, speaker in zip(cast, own, strict=True):
            voice = speaker or next(left, narrator)
            for name in (person.name, *person.also):
                yield name, voice

    def _own(self, person: Character, narrator: Speaker, *, first: bool) -> Speaker | None:
        """The voice that somebody gave a person. Where the film's own voice failed, those of other
        engines stay."""
        if not _has_voice(person):
            return narrator if person.role == "narrator" else None
        try:
            speaker = self._speaker(person.voice)
        except _OUT_OF_REACH as error:
            self.notes.append(f"{person.name} gets another voice: {error.user_message}")
            return None
        failed = self._known.get(0)
        kept = first or failed is None or speaker.engine.name != failed.narrator.engine.name
        return speaker if kept else None


def _has_voice(person: Character) -> bool:
    return person.voice.strip().lower() not in ("", AUTO)
