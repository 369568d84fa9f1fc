"""Narrate: a screenplay in; out come its scenes timed to their voice, and the lines."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from ..errors import ChooseVoice, ReviseScreenplay
from ..home import Home
from ..settings import Settings
from ..story.brief import MOST_SCENES, Brief
from ..story.further import further_scenes
from ..story.platforms import remarks
from ..story.screenplay import Scene, Screenplay
from ..work import Cancel, Progress
from .casting import Casting, Company
from .engines.known import AUTO
from .line import Line
from .lines import RECORDED, kept_line, line_name, recorded_lines, speak_line
from .markup import divided, passages
from .pacing import paced, paces
from .purse import Purse
from .retime import Narration, Spoken, retimed
from .split import pieces
from .text import speakable
from .timing import BREATH, LEAST_BREATH

__all__ = ["Narration", "line_room", "narrate"]

SLOWEST, FASTEST = 0.5, 2.0
"""Times its own pace that a voice may be asked to speak."""
_FASTEST_SPEECH = 25
"""Letters per second that no voice exceeds at its own pace: rules out hours before they are spoken.
"""


def narrate(
    screenplay: Screenplay,
    *,
    home: Home,
    settings: Settings | None = None,
    purse: Purse | None = None,
    voice: str = AUTO,
    backup_voices: Sequence[str] = (),
    speed: float = 1.0,
    seed: int = 0,
    breath: Fraction = BREATH,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Narration:
    """Speak the narration of every scene, split what no shot can hold, and time the scenes.

    The scenes sum to exactly the film's `target` when pauses, and a voice up to 12 % faster, can
    reach it; otherwise words win over time, and `notes` says by how much. A line that leaves its
    scene silent for long is spoken up to 12 % slower, at a `speed` of 1. Lines are kept in the
    home's `lines` folder and found there again. A scene with a `recording` of its words is not
    spoken: the recording is its line, and is never split.

    To narrate a second time changes nothing: scenes whose duration was measured from the same line
    keep it, so that an edit of one scene leaves the pictures of all others as they are.

    Args:
        screenplay: scenes with or without narration.
        home: where lines are kept.
        settings: which engine speaks, what opens those of servers, and the lexicon.
        purse: who pays a voice that costs money; without it such a voice fails.
        voice: what `choose` takes.
        backup_voices: more of these; where a voice fails, the next speaks the line and those after
            it, and `notes` says so.
        speed: 0.5 to 2; 1 is the voice's own pace.
        seed: for engines that vary.
        breath: seconds of each scene that its line leaves free, `LEAST_BREATH` at least.

    Raises:
        ChooseLanguage, ChooseVoice, InstallPart, ServiceError, MoneyError: as the last voice
            failed.
        ReviseScreenplay: the words need more scenes than a film has, or `exact` cannot be met.
        Cancelled, StorageError: as named.
    """
    if not SLOWEST <= speed <= FASTEST:
        raise ChooseVoice(f"No voice speaks at {speed:g} times its pace; choose 0.5 to 2.")
    breath = max(breath, LEAST_BREATH)
    recorded = recorded_lines(screenplay, home)
    company = Company(
        screenplay,
        settings=settings,
        purse=purse,
        voice=voice,
        backup_voices=backup_voices,
        speed=speed,
        seed=seed,
    )
    to_speak = [
        scene
        for scene in screenplay.scenes
        if scene.id not in recorded and speakable(company.shown(scene.narration))
    ]
    if not to_speak:
        spoken = [(scene, recorded.get(scene.id)) for scene in screenplay.scenes]
        return _told(retimed(screenplay, spoken, breath=breath), home, progress)
    company.now()
    speaker = _Speaker(company, speed, home, recorded, cancel or Cancel())
    spoken = _within_shots(screenplay, speaker, breath, progress.part(0, 0.7))
    told = {line for _, line in spoken}
    spoken, pace = paced(
        screenplay,
        spoken,
        speaker.speak,
        speed=speed,
        breath=breath,
        progress=progress.part(0.7, 1),
    )
    notes = (*company.notes, *_reading_notes(company, spoken))
    narration = retimed(screenplay.replace(pace=pace), spoken, breath=breath, notes=notes)
    return _told(narration, home, progress, told)


def _told(
    narration: Narration, home: Home, progress: Progress, told: Container[Line | None] = ()
) -> Narration:
    """Report what is ready and was not told yet, and return it, with what its platform makes of its
    length: before anything of it is paid for."""
    for line in narration.lines:
        if line not in told:
            progress(1.0, made=line)
    film = narration.screenplay
    progress(1.0, made=film)
    return replace(narration, notes=(*narration.notes, *remarks(film.brief, film.duration, home)))


@dataclass(frozen=True)
class _Speaker:
    company: Company
    speed: float
    home: Home
    recorded: Mapping[str, Line]
    """By scene id, lines that the film maker spoke."""
    cancel: Cancel

    def speak(self, scene: Scene, pace: float = 1.0, before: Line | None = None) -> Line | None:
        """Speak a scene; at another pace than `before`, who spoke that does: somebody who failed
        since has said these words, and may have been paid for them."""
        self.cancel.check()
        if line := self.recorded.get(scene.id):
            return line
        if not speakable(self.company.shown(scene.narration)):
            return None
        if scene.timed_to and (line := self._timed_to(scene, pace)):
            return line

        def said(casting: Casting) -> Line | None:
            return speak_line(
                scene.id,
                scene.narration,
                casting.parts(scene.narration, pace=pace),
                home=self.home,
                cancel=self.cancel,
            )

        if before and (line := self.company.say_again(said, lambda by: _is_by(by, before))):
            return line
        return self.company.say(said)

    def _timed_to(self, scene: Scene, pace: float) -> Line | None:
        """The line that the scene lasts as long as, by whichever voice: one that comes back would
        move every picture."""
        for casting in self.company.all():
            for parts in casting.paced(scene.narration, paces(pace, self.speed)):
                if line_name(parts) == scene.timed_to:
                    return kept_line(scene.id, scene.narration, parts, self.home)
        return None


def line_room(brief: Brief, breath: Fraction = BREATH) -> Fraction:
    """Seconds that a line may last; a longer one is split."""
    room = brief.longest_shot - breath
    if room < brief.longest_shot / 2:
        room = brief.longest_shot - min(LEAST_BREATH, brief.longest_shot / 2)
    return room


def _within_shots(
    screenplay: Screenplay, speaker: _Speaker, breath: Fraction, progress: Progress
) -> list[Spoken]:
    """Speak every scene; where a line is longer than a shot, split it into further scenes."""
    brief = screenplay.brief
    room = line_room(brief, breath)
    _refuse_endless(screenplay, room * Fraction(speaker.speed))
    taken = [scene.id for scene in screenplay.scenes]
    spoken: list[Spoken] = []
    for i, scene in enumerate(screenplay.scenes):
        progress(i / len(screenplay.scenes), f"Speaking {scene.title or scene.id}")
        parts = _parts(scene, speaker, room)
        texts = [part.narration for part, _ in parts]
        scenes = further_scenes(scene, texts, taken) if len(parts) > 1 else [scene]
        taken += [further.id for further in scenes[1:]]
        for further, (_, line) in zip(scenes, parts, strict=True):
            named = line.replace(scene_id=further.id) if line else None
            spoken.append((further, named))
            progress((i + 1) / len(screenplay.scenes), made=named)
        left = len(screenplay.scenes) - i - 1
        if len(spoken) + left > MOST_SCENES:
            raise ReviseScreenplay(_too_many(brief))
    return spoken


def _parts(scene: Scene, speaker: _Speaker, room: Fraction) -> list[Spoken]:
    line = speaker.speak(scene)
    if line is None or line.duration <= room or scene.id in speaker.recorded:
        return [(scene, line)]
    texts = pieces(line.text, line.words, float(room))
    if len(texts) < 2:
        return [(scene, line)]
    if line.script:
        texts = divided(passages(line.script, speaker.company.names), texts)
    # A piece spoken alone ends more slowly than inside its sentence, and may have to be cut again.
    return [part for text in texts for part in _parts(scene.replace(narration=text), speaker, room)]


def _refuse_endless(screenplay: Screenplay, room: Fraction) -> None:
    narrations = [scene.narration for scene in screenplay.scenes]
    letters = sum(character.isalpha() for text in narrations for character in text)
    if letters > MOST_SCENES * room * _FASTEST_SPEECH:
        raise ReviseScreenplay(_too_many(screenplay.brief))


def _too_many(brief: Brief) -> str:
    return (
        f"The narration needs more than {MOST_SCENES} scenes of at most"
        f" {float(brief.longest_shot):g} s; shorten it or allow longer shots."
    )


def _reading_notes(company: Company, spoken: Sequence[Spoken]) -> Iterator[str]:
    """What the user should know of the voices."""
    yield from _stepped_in(company, spoken)
    casting = company.now()
    lines = [line for _, line in spoken if line and line.engine != RECORDED]
    parts = [part for line in lines for part in casting.parts(line.narration)]
    yield from company.chosen_for(part.passage.speaker for part in parts)
    notes = (part.speaker.engine.note(part.passage.text, company.language) for part in parts)
    yield from dict.fromkeys(note for note in notes if note)
    unread = [
        scene.id for scene, line in spoken if not line and speakable(company.shown(scene.narration))
    ]
    if unread:
        yield (
            f"{casting.narrator.engine.title} finds nothing it can say in {', '.join(unread)};"
            " choose another voice for that text."
        )


def _stepped_in(company: Company, spoken: Sequence[Spoken]) -> Iterator[str]:
    """Which scenes somebody else speaks than who was wished for."""
    wished = company.wished
    by: dict[str, list[str]] = {}
    for scene, line in spoken:
        if line and line.engine != RECORDED and not (wished and _is_by(wished, line)):
            by.setdefault(line.voice, []).append(scene.id)
    for voice, scenes in by.items():
        yield f"A backup voice, {voice}, speaks {', '.join(scenes)}."


def _is_by(casting: Casting, line: Line) -> bool:
    parts = casting.parts(line.narration)
    names = ", ".join(dict.fromkeys(part.speaker.voice for part in parts))
    return (line.engine, line.voice) == (parts[0].speaker.engine.name, names) if parts else True
