"""From what a script says and shows to scenes that any renderer can shoot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from ..errors import ReviseScreenplay
from ..values import in_words
from .brief import LONGEST_SCENE, MOST_SCENES
from .further import free_id, further_scenes
from .pace import estimate
from .screenplay import Scene
from .sentences import halves
from .timing import ROOM, scene_length

__all__ = ["Beat", "scenes_of"]

_SHOWN = 60
"""Letters of a heading that name its scene."""


@dataclass(frozen=True)
class Beat:
    """What is said and shown at one time, before anybody knows how long it takes."""

    title: str = ""
    seen: str = ""
    spoken: str = ""
    """Lines that begin with the name of one of `speakers` and a colon are that person's."""
    speakers: tuple[str, ...] = ()
    prompt: str = ""
    """Empty: the scene is asked for by what is seen in it, else by what is spoken."""
    place: str = ""
    transition: str = "cut"
    number: str = ""
    """The script's own number of the scene: its id, where no other scene has it."""
    given: dict[str, Any] = field(default_factory=dict)
    """Fields of the scene, as the script says them outright."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say and nothing to show."""
        return not (self.seen or self.spoken or self.given)


def scenes_of(beats: Sequence[Beat], *, language: str, longest: Fraction) -> tuple[Scene, ...]:
    """Make scenes of beats: each as long as its words, none longer than `longest` seconds.

    Words that take longer are told in further scenes, which are cut at the ends of sentences, else
    of clauses. A beat that says its duration itself is one scene of that duration.

    Raises:
        ReviseScreenplay: there is nothing to film, or too much.
    """
    beats = [beat for beat in beats if not beat.empty]
    if not beats:
        raise ReviseScreenplay(
            "This script has nothing to say and nothing to show; write below its headings what is"
            " spoken."
        )
    _refuse_endless(len(beats), Fraction(0))
    spoken = sum((estimate(beat.spoken, language) for beat in beats), Fraction(0))
    _refuse_endless(len(beats), spoken)
    taken = {str(beat.given.get("id", "")) for beat in beats}
    scenes: list[Scene] = []
    for beat in beats:
        scene = _scene(beat, taken, number=len(scenes) + 1, language=language)
        taken.add(scene.id)
        further = [scene]
        if "duration" not in beat.given:
            texts = _pieces(scene.narration, beat.speakers, language, longest - ROOM)
            further = further_scenes(scene, texts, taken)
            further = [_timed(each, beat.speakers, language) for each in further]
        taken.update(each.id for each in further)
        scenes += [_prompted(each, beat) for each in further]
    _refuse_endless(len(scenes), Fraction(0))
    return tuple(scenes)


def _refuse_endless(scenes: int, spoken: Fraction) -> None:
    if scenes > MOST_SCENES:
        raise ReviseScreenplay(
            f"This script makes {scenes} shots, and a film has at most {MOST_SCENES}; film it in"
            " parts, or join its shortest paragraphs."
        )
    if spoken > MOST_SCENES * LONGEST_SCENE:
        raise ReviseScreenplay(
            f"This script takes about {int(spoken / 60)} minutes to speak, and a film has at most"
            f" {MOST_SCENES} shots; film it in parts."
        )


def _scene(beat: Beat, taken: set[str], *, number: int, language: str) -> Scene:
    fields: dict[str, Any] = {
        "title": beat.title,
        "description": beat.seen,
        "narration": beat.spoken,
        "prompt": beat.prompt,
        "place": beat.place,
        "transition": beat.transition,
        **beat.given,
    }
    if "id" not in fields:
        fields["id"] = beat.number if beat.number not in {"", *taken} else free_id(number, taken)
    if "duration" not in fields:
        words = _words(str(fields["narration"]), beat.speakers)
        fields["duration"] = scene_length(words, language)
    try:
        return Scene.model_validate(fields)
    except ValidationError as error:
        named = f" ({beat.title[:_SHOWN]})" if beat.title else ""
        raise ReviseScreenplay(
            f"Scene {number}{named} cannot be used: {in_words(error)}."
        ) from None


def _pieces(text: str, speakers: Sequence[str], language: str, limit: Fraction) -> list[str]:
    """Cut a text into pieces that each take at most `limit` seconds to say, if words allow it."""
    todo, done = [text], list[str]()
    while todo:
        part = todo.pop()
        long = estimate(_words(part, speakers), language) > limit
        first, second = _cut(part, speakers) if long else (part, "")
        if second and len(done) <= MOST_SCENES:
            todo += [second, first]
        else:
            done.append(part)
    return done


def _cut(text: str, speakers: Sequence[str]) -> tuple[str, str]:
    """Cut a text between two speeches, or a speech in its middle: both parts are that person's."""
    if ends := [found.start() for found in re.finditer("\n", text)]:
        middle = min(ends, key=lambda end: abs(2 * end - len(text)))
        return text[:middle].strip(), text[middle:].strip()
    named = re.match(_named(speakers), text)
    who = named[0] if named else ""
    first, second = halves(text[len(who) :])
    return f"{who}{first}", f"{who}{second}" if second else ""


def _words(text: str, speakers: Sequence[str]) -> str:
    """What is heard of a text: no names before colons."""
    return re.sub(_named(speakers), "", text)


def _named(speakers: Sequence[str]) -> str:
    names = "|".join(map(re.escape, sorted(speakers, key=len, reverse=True)))
    return rf"(?m:^)(?:{names}): " if names else r"(?!)"


def _timed(scene: Scene, speakers: Sequence[str], language: str) -> Scene:
    words = _words(scene.narration, speakers)
    return scene.replace(duration=scene_length(words, language))


def _prompted(scene: Scene, beat: Beat) -> Scene:
    if scene.prompt or "prompt" in beat.given:
        return scene
    words = _words(scene.narration, beat.speakers)
    return scene.replace(prompt=scene.description or words)
