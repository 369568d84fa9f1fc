"""A film that a model cannot go over at once, in acts: which scenes each has, what it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...errors import ChooseAnotherModel
from ..acts.memory import Page
from ..screenplay import Scene, Screenplay
from ..writers.answer import AnswerScene
from ..writers.asking import ANSWER_ONLY, scene_fields, tokens
from ..writers.language_model import Message, Room
from .counts import content_words, counts

__all__ = ["act_question", "acts_to_direct"]

_MEMORY = 800
"""Tokens of what an act is told of the film around it."""
_CORRECTION = 512
"""Tokens left for what was wrong with an earlier answer."""
_NEAR = 2
"""Scenes that are told word for word, before an act; of those behind it the next one is."""
_LINE = 200
"""Characters of what is told in short."""
_OFTEN = 3
"""Scenes that say a word from which on the film says it often."""
_MOST_WORDS = 20

_WISH = """\
Here are scenes {first} to {last} of the {count} of a finished script, as JSON. You are its \
director, and read them before they are shot, knowing the film around them. Look for: what does \
not follow from the scene before, or changes without a reason (people, clothes, places, light, \
time of day); words and images that come too often; scenes that drag or rush; cameras and framings \
that do not change from scene to scene. Change what gets better by it and leave everything else \
word for word as it is. Keep the {here} scenes and their order, the language of the narration \
({language}), and about the length of each narration. What can be counted in them now: {faults}. \
Answer with the whole JSON of these {here} scenes."""


def acts_to_direct(
    screenplay: Screenplay, scenes: Sequence[AnswerScene], room: Room, *, model: str
) -> tuple[range, ...]:
    """Share the scenes out, so that each act and its better version fit beside what it is told.

    Args:
        screenplay: the film.
        scenes: its scenes as an answer has them.
        room: the model's.
        model: its name, for the sentence.

    Raises:
        ChooseAnotherModel: not even one scene fits.
    """
    empty = [message["content"] for message in act_question(screenplay, scenes, range(0), "")]
    frame = sum(map(tokens, empty)) + _MEMORY + _CORRECTION
    sizes = [tokens(scene.model_dump_json()) for scene in scenes]
    begins = [0]
    for at in range(len(scenes)):
        act = sum(sizes[begins[-1] : at + 1])
        if _fits(act, frame, room):
            continue
        if at == begins[-1] or not _fits(sizes[at], frame, room):
            raise ChooseAnotherModel(
                f"{model} keeps {room.context} tokens in mind, too few to direct this film even"
                " scene by scene: choose a model with a longer context."
            )
        begins.append(at)
    ends = [*begins[1:], len(scenes)]
    return tuple(range(begin, end) for begin, end in zip(begins, ends, strict=True))


def _fits(act: int, frame: int, room: Room) -> bool:
    # A better version may be a little longer.
    answer = act + act // 4
    return answer <= room.answer and (room.context is None or frame + act + answer <= room.context)


def act_question(
    screenplay: Screenplay, scenes: Sequence[AnswerScene], act: range, answer: str
) -> list[Message]:
    """What the model is asked for the scenes of an act.

    Args:
        screenplay: the film, the acts before as they were directed.
        scenes: its scenes as an answer has them.
        act: which of them are asked for.
        answer: those as JSON.
    """
    part = screenplay.scenes[act.start : act.stop]
    faults = counts(screenplay.replace(scenes=part)).in_words() if part else ""
    wish = _WISH.format(
        first=act.start + 1,
        last=act.stop,
        count=len(scenes),
        here=len(act),
        language=screenplay.brief.language,
        faults=faults,
    )
    around = _around(screenplay, act) if part else ""
    return [
        {
            "role": "system",
            "content": f"You are the director of narrated films. {ANSWER_ONLY}{scene_fields()}",
        },
        {"role": "user", "content": "\n\n".join(filter(None, (wish, around, answer)))},
    ]


def _around(screenplay: Screenplay, act: range) -> str:
    """The film around an act, in `_MEMORY` tokens at most; what matters most first."""
    scenes = screenplay.scenes
    page = Page(_MEMORY)
    page.add(f'The whole film: "{screenplay.title}". {screenplay.logline}'[: 2 * _LINE])
    before = range(max(act.start - _NEAR, 0), act.start)
    page.listed("The scenes before them, as they will be shot:", _told(scenes, before))
    page.listed("The scene after them:", _told(scenes, range(act.stop, act.stop + 1)))
    others = [*scenes[: act.start], *scenes[act.stop :]]
    often = _said_often(others, scenes[act.start : act.stop])
    if often:
        page.add(f"Words of theirs that the rest of the film says often: {', '.join(often)}.")
    page.listed(
        "Cast:",
        (f"{each.name}: {each.description[:_LINE]}" for each in screenplay.cast if each.name),
    )
    page.listed(
        "What always looks the same:", (each.sentence for each in screenplay.bible if each.sentence)
    )
    page.listed(
        "What the other scenes tell:",
        (
            f"{number}. {scene.title}"
            for number, scene in enumerate(scenes, 1)
            if number - 1 not in act and scene.title
        ),
    )
    return page.text


def _told(scenes: Sequence[Scene], places: range) -> Iterator[str]:
    for at in places:
        if at < len(scenes):
            scene = scenes[at]
            shown = (scene.prompt or scene.description)[:_LINE]
            spoken = scene.narration[:_LINE] or "(nobody speaks)"
            yield f"{at + 1}. {spoken} | shown: {shown} | camera: {scene.camera}"


def _said_often(others: Iterable[Scene], part: Iterable[Scene]) -> list[str]:
    """The words of some scenes that many others say, the most frequent first."""
    mine = {word for scene in part for word in content_words(scene.narration)}
    said: dict[str, int] = {}
    for scene in others:
        for word in mine & set(content_words(scene.narration)):
            said[word] = said.get(word, 0) + 1
    often = [word for word, count in said.items() if count >= _OFTEN]
    return sorted(often, key=lambda word: (-said[word], word))[:_MOST_WORDS]
