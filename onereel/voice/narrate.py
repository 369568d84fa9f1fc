"""Narrate: a screenplay in; out come its scenes timed to their voice, and the lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..errors import ChooseVoice, ReviseScreenplay
from ..home import Home
from ..story.brief import LONGEST_SCENE, MOST_SCENES, Brief
from ..story.screenplay import Scene, Screenplay
from ..values import FPS, frames
from ..work import Cancel, Progress
from .engines import AUTO, choose, normal_language
from .line import Line
from .lines import speak_line
from .speech import SpeechEngine
from .split import further_scenes, pieces
from .text import speakable
from .timing import BREATH, LEAST_BREATH, Span, fit, scene_span, silent_span

__all__ = ["TOLERANCE", "Narration", "line_room", "narrate", "retimed"]

TOLERANCE = Fraction(5, 100)
"""Of the target duration, which the film meets within this (DESIGN, Time)."""
_MOST_FASTER = 1.12
"""What a listener takes for the same calm voice."""
_SLOWEST, _FASTEST = 0.5, 2.0
_FASTEST_SPEECH = 25
"""Letters per second that no voice exceeds at its own pace: rules out hours before they are spoken.
"""


@dataclass(frozen=True)
class Narration:
    """A screenplay whose scenes last as long as their voice needs, and its lines.

    `lines` holds one line for each scene that is spoken, in the order of the scenes; `notes` are
    sentences for the user.
    """

    screenplay: Screenplay
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()

    def line(self, scene_id: str) -> Line | None:
        """The line of that scene, if it is spoken."""
        return next((line for line in self.lines if line.scene_id == scene_id), None)


Spoken = tuple[Scene, Line | None]


def narrate(
    screenplay: Screenplay,
    *,
    home: Home,
    engine: str = AUTO,
    voice: str = AUTO,
    speed: float = 1.0,
    seed: int = 0,
    breath: Fraction = BREATH,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> Narration:
    """Speak the narration of every scene, split what no shot can hold, and time the scenes.

    The scenes sum to exactly the brief's duration when pauses, and a voice up to 12 % faster, can
    reach it; otherwise words win over time, and `notes` says by how much. Lines are kept in the
    home's `lines` folder and found there again.

    Args:
        screenplay: scenes with or without narration.
        home: where lines are kept.
        engine: a name of `engine_names`, or "auto".
        voice: a name of `voice_names`, or "auto".
        speed: 0.5 to 2; 1 is the voice's own pace.
        seed: for engines that vary.
        breath: seconds of each scene that its line leaves free, `LEAST_BREATH` at least.

    Raises:
        ChooseLanguage, ChooseVoice, InstallPart: as `choose`.
        ReviseScreenplay: the words need more scenes than a film has, or `exact` cannot be met.
        Cancelled, StorageError: as named.
    """
    if not _SLOWEST <= speed <= _FASTEST:
        raise ChooseVoice(f"No voice speaks at {speed:g} times its pace; choose 0.5 to 2.")
    brief = screenplay.brief
    breath = max(breath, LEAST_BREATH)
    if not any(speakable(scene.narration) for scene in screenplay.scenes):
        return retimed(screenplay, [(scene, None) for scene in screenplay.scenes], breath=breath)
    chosen, voice = choose(engine, brief.language, voice)
    speaker = _Speaker(
        chosen, voice, normal_language(brief.language), speed, seed, home, cancel or Cancel()
    )
    spoken = _within_shots(screenplay, speaker, breath, progress.part(0, 0.7))
    spoken = _fast_enough(spoken, speaker, brief, progress.part(0.7, 1))
    progress(1.0)
    notes = _reading_notes(chosen, speaker.language, spoken)
    return retimed(screenplay, spoken, breath=breath, notes=notes)


@dataclass(frozen=True)
class _Speaker:
    engine: SpeechEngine
    voice: str
    language: str
    speed: float
    seed: int
    home: Home
    cancel: Cancel

    def speak(self, scene: Scene, *, faster: float = 1.0) -> Line | None:
        self.cancel.check()
        if not speakable(scene.narration):
            return None
        return speak_line(
            scene.id,
            scene.narration,
            engine=self.engine,
            voice=self.voice,
            language=self.language,
            speed=self.speed * faster,
            seed=self.seed,
            home=self.home,
            cancel=self.cancel,
        )


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
        left = len(screenplay.scenes) - i - 1
        if len(spoken) + left > MOST_SCENES:
            raise ReviseScreenplay(_too_many(brief))
    return spoken


def _parts(scene: Scene, speaker: _Speaker, room: Fraction) -> list[Spoken]:
    line = speaker.speak(scene)
    if line is None or line.duration <= room:
        return [(scene, line)]
    texts = pieces(line.text, line.words, float(room))
    if len(texts) < 2:
        return [(scene, line)]
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


def _fast_enough(
    spoken: list[Spoken], speaker: _Speaker, brief: Brief, progress: Progress
) -> list[Spoken]:
    """Speak all lines faster, by one factor, if even the least pauses overrun the film."""
    allowed = brief.duration * (1 if brief.exact else 1 + TOLERANCE) * FPS // 1
    faster = 1.0
    for attempt in range(3):
        over = sum(span.low for span in _spans(spoken, brief, LEAST_BREATH)) - allowed
        if over <= 0 or faster >= _MOST_FASTER:
            break
        voice = float(sum(line.duration for _, line in spoken if line)) * float(FPS)
        needed = voice / (voice - over) if voice > over else math.inf
        faster = math.ceil(min(faster * needed, _MOST_FASTER) * 100 - 1e-6) / 100
        progress(attempt / 3, f"Speaking {faster - 1:.0%} faster")
        spoken = [(scene, speaker.speak(scene, faster=faster)) for scene, _ in spoken]
    return spoken


def _spans(spoken: Sequence[Spoken], brief: Brief, breath: Fraction) -> list[Span]:
    return [
        scene_span(line.duration, breath=breath, longest=brief.longest_shot)
        if line
        else silent_span(scene.duration, longest=brief.longest_shot)
        for scene, line in spoken
    ]


def _reading_notes(
    engine: SpeechEngine, language: str, spoken: Sequence[Spoken]
) -> tuple[str, ...]:
    notes = [engine.note(line.text, language) for _, line in spoken if line]
    unread = [scene.id for scene, line in spoken if not line and speakable(scene.narration)]
    if unread:
        notes.append(
            f"{engine.title} finds nothing it can say in {', '.join(unread)};"
            " choose another voice for that text."
        )
    return tuple(dict.fromkeys(note for note in notes if note))


def retimed(
    screenplay: Screenplay,
    spoken: Sequence[Spoken],
    *,
    breath: Fraction = BREATH,
    notes: tuple[str, ...] = (),
) -> Narration:
    """Give each scene the frames that its line and the film's length ask for.

    Raises:
        ReviseScreenplay: the brief is `exact` and its length cannot be met; or the voice of one
            scene is longer than any scene may be.
    """
    brief = screenplay.brief
    spans = _spans(spoken, brief, breath)
    _refuse_endless_scene(spoken, spans)
    target = frames(brief.duration)
    counts = fit(spans, target)
    total = sum(counts)
    if brief.exact and total != target:
        raise ReviseScreenplay(_missed(brief, spans, total))
    if abs(total - target) > target * TOLERANCE:
        notes = (*notes, _missed(brief, spans, total))
    scenes = tuple(
        scene.replace(duration=count / FPS)
        for (scene, _), count in zip(spoken, counts, strict=True)
    )
    lines = tuple(line for _, line in spoken if line)
    return Narration(screenplay.replace(scenes=scenes), lines, notes)


def _refuse_endless_scene(spoken: Sequence[Spoken], spans: Sequence[Span]) -> None:
    for (scene, _), span in zip(spoken, spans, strict=True):
        if span.low > LONGEST_SCENE * FPS:
            raise ReviseScreenplay(
                f"The voice of scene {scene.id} lasts {float(span.low / FPS):.1f} s, and a scene"
                f" at most {LONGEST_SCENE} s; divide its narration."
            )


def _missed(brief: Brief, spans: Sequence[Span], total: int) -> str:
    seconds, asked = float(total / FPS), float(brief.duration)
    if seconds > asked:
        return (
            f"The narration needs {seconds:.1f} s, {seconds - asked:.1f} s more than the {asked:g}"
            " s planned; shorten it or allow a longer film."
        )
    return (
        f"{len(spans)} scenes of at most {float(brief.longest_shot):g} s make {seconds:.1f} s,"
        f" {asked - seconds:.1f} s less than the {asked:g} s planned; write more scenes or"
        " allow longer shots."
    )
