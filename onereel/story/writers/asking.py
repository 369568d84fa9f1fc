"""The words in which a language model is asked for a film, and told what was wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ..bible import KINDS
from ..brief import MOST_SCENES, Brief
from ..builtin.language import other_language
from ..builtin.packs import packs
from ..looks import look_of
from ..pace import words_per_second
from ..templates.built_in import template_of
from ..templates.template import MOODS
from ..timing import ROOM
from .answer import CAMERA_MOVES

__all__ = [
    "ANSWER_ONLY",
    "FILM_FIELDS",
    "about",
    "correction",
    "expected_letters",
    "instructions",
    "most_scenes",
    "narration_length",
    "refinement",
    "request",
    "rhythm",
    "scene_fields",
    "scenes_letters",
    "tokens",
    "usual_scenes",
]

_LETTERS_PER_SECOND = {"ja": 6, "ko": 5, "lo": 9, "km": 9, "my": 9, "th": 9, "zh": 4}
"""Languages that do not count in words of the Latin kind are given a number of letters."""

ANSWER_ONLY = """\
You answer with one JSON object and nothing else: no comment, no Markdown, no code fence. Its \
fields:
"""

FILM_FIELDS = """\
- "title": the film's title, at most six words
- "logline": the film in one sentence
- "style": one look for the whole film: kind of picture, light, lens, colours. English.
- "cast": a list of {"name", "description"}: who appears, described so that a painter could paint \
them the same way twice; empty if nobody does
"""

_SCENE_FIELDS = """\
- "scenes": a list of scenes in order, each with
  - "title": two to four words
  - "description": what happens, one sentence
  - "narration": the words that a voice speaks over this scene, and only those: no stage \
directions, no speaker's name, no quotation marks around it
  - "prompt": what the camera sees, for a video model that knows nothing of the other scenes: \
subject as the cast describes it, action, place, light. One or two sentences. English. No text or \
letters in the picture.
  - "camera": one of CAMERA_MOVES
  - "mood": one of MOODS
  - "place": where it is, a few English words
"""

_BIBLE_FIELDS = """\
- "bible": a list of {"kind", "name", "description", "wearer"}: what has to look the same in \
several scenes. "kind" is one of KINDS; "name" is what scenes call it; "description" is how it \
looks, in English, for a painter; "wearer" is who wears it, else empty. Prompts name it and do not \
describe it again. Empty if nothing comes twice. Each scene then has one field more:
  - "uses": the names in the bible of what is seen in it, a list
"""

_INSTRUCTIONS = """\
Tell one story from scene to scene: open with something that makes people stay, and end on an \
image that they remember. Be concrete: names, objects, actions; no empty praise."""


def usual_scenes(brief: Brief) -> int:
    """How many scenes to ask for: the brief's count, or what its template usually takes."""
    if brief.scene_count:
        return brief.scene_count
    usual = min(template_of(brief).pace, brief.longest_shot)
    return min(max(brief.fewest_scenes, round(brief.duration / usual), 1), most_scenes(brief))


def most_scenes(brief: Brief) -> int:
    """The most scenes a film of that length may have without every one being a blink."""
    if brief.scene_count:
        return brief.scene_count
    return min(MOST_SCENES, max(brief.fewest_scenes, int(brief.duration / 2)))


def instructions(*, keeps: bool = True) -> str:
    """The system message; whether the model `keeps` a continuity bible with its script."""
    opening = f"You write short narrated films. {ANSWER_ONLY}"
    bible = _BIBLE_FIELDS.replace("KINDS", ", ".join(KINDS)) if keeps else ""
    return f"{opening}{FILM_FIELDS}{scene_fields()}{bible}{_INSTRUCTIONS}"


def scene_fields() -> str:
    """What the list "scenes" of an answer holds."""
    return _SCENE_FIELDS.replace("CAMERA_MOVES", ", ".join(CAMERA_MOVES)).replace(
        "MOODS", ", ".join(MOODS)
    )


def about(brief: Brief) -> list[str]:
    """Lines of what the film is about and how it is told, whatever part of it is asked for."""
    template = template_of(brief)
    look = look_of(brief)
    lines = [
        f"Idea: {brief.idea}",
        f"Kind of film: {template.label}, which {template.about}.",
        f"Tone: {brief.tone or template.tone}.",
        f"Narration language: {brief.language}. Title and logline in the same language.",
        f"The idea is in {idea.name}; title, logline and narration are in {brief.language} all the"
        " same."
        if (idea := other_language(brief.idea, brief.language, packs()))
        else "",
        _freedom(brief.creativity),
        f"Voice: {brief.voice_style}." if brief.voice_style else "",
        f"Look of the whole film: {look.style.in_words()}. Let every prompt fit it; do not say it"
        " again there."
        if look
        else "",
        f"Picture: {brief.aspect}{_framing(brief)}.",
    ]
    return [line for line in lines if line]


def request(brief: Brief) -> str:
    """The user message: what the film is about, how many scenes, how many words in each."""
    template = template_of(brief)
    count = usual_scenes(brief)
    each = brief.duration / count
    lines = [
        *about(brief),
        f"The last scene asks viewers to do this, in its own words: {template.call_to_action}."
        if template.call_to_action
        else "",
        f"Length: {float(brief.duration):g} seconds in {_count(brief, count)} of about"
        f" {float(each):.1f} seconds.",
        "Narration: only in the first and the last scene and in one of every four between them;"
        ' the narration of all others is "".'
        if template.few_words
        else "",
        rhythm(brief, range(count), count),
        narration_length(brief, each),
    ]
    return "\n".join(line for line in lines if line)


def narration_length(brief: Brief, each: Fraction) -> str:
    """The line that says how much is spoken over a scene of `each` seconds."""
    spoken = "a spoken" if template_of(brief).few_words else "each"
    most = min(each * Fraction(13, 10), brief.longest_shot)
    return (
        f"Narration of {spoken} scene: about {_words(each, brief)}, and never more than"
        f" {_words(most, brief)}."
    )


def correction(problems: Sequence[str]) -> str:
    """What the model is told after an answer that cannot be used."""
    listed = "\n".join(f"- {problem}" for problem in problems)
    return f"That cannot be filmed yet:\n{listed}\nAnswer again with the whole corrected JSON."


def refinement(brief: Brief) -> str:
    """What the model is asked after a good answer, when the user wants a second pass."""
    return (
        "Now read it as a strict editor who has to keep people watching. Replace every phrase that"
        " could stand in any film by something only this film can say; make the first line"
        " impossible to leave and the last one worth waiting for; make sure that each prompt shows"
        " what its narration does not already say, and that people and things look the same in"
        f" every scene. Keep {_count(brief, usual_scenes(brief))}, the language and the lengths."
        " Answer with the whole JSON."
    )


def expected_letters(brief: Brief) -> int:
    """About how many characters a good answer has: its words and the JSON around them."""
    return 700 + scenes_letters(usual_scenes(brief), brief.duration)


def scenes_letters(count: int, seconds: Fraction) -> int:
    """About how many characters so many scenes of so many seconds have in an answer."""
    return 15 * int(seconds) + 650 * count


def tokens(text: str) -> int:
    """How many tokens a text has at most, roughly: a third of its UTF-8 bytes.

    Latin scripts take about 4 bytes a token, the others 3 and fewer.
    """
    return -(-len(text.encode("utf-8", "replace")) // 3)


def rhythm(brief: Brief, scenes: range, count: int) -> str:
    """The line that says how long each of `scenes` of `count` is, where the template does."""
    template = template_of(brief)
    if not template.rhythm:
        return ""
    shares = [template.length_at(index, count) for index in range(count)]
    lengths = [share * brief.duration / sum(shares) for share in shares]
    listed = ", ".join(f"{float(length):.1f}" for length in lengths[scenes.start : scenes.stop])
    return f"Lengths of the scenes, one after the other: {listed} seconds."


_FREEDOM = (
    (0.2, "Stay with the idea: add no person, place or turn that it does not name or imply."),
    (0.4, "Stay close to the idea; add only what it cannot do without."),
    (0.6, ""),
    (0.8, "Go beyond the idea: add a turn that nobody expects."),
    (
        1.0,
        "Go far beyond the idea. Before you write, think of five ways to tell it that differ in"
        " whose eyes see it, when and where; take the one that the fewest writers would take, and"
        " do not mention the others.",
    ),
)
"""What a model is told about creativity, up to which: many have no temperature any more."""


def _freedom(creativity: float) -> str:
    return next(words for most, words in _FREEDOM if creativity <= most)


def _framing(brief: Brief) -> str:
    if brief.aspect == "9:16":
        return " (upright: frame close, one subject)"
    return " (square: centre the subject)" if brief.aspect == "1:1" else ""


def _count(brief: Brief, count: int) -> str:
    scenes = "scene" if count == 1 else "scenes"
    return f"exactly {count} {scenes}" if brief.scene_count else f"{count} {scenes}"


def _words(seconds: Fraction, brief: Brief) -> str:
    speaking = max(seconds - ROOM, Fraction(1, 2))
    language = brief.language.split("-")[0].lower()
    if letters := _LETTERS_PER_SECOND.get(language):
        return f"{int(speaking * letters)} characters"
    return f"{max(int(speaking * words_per_second(language)), 2)} words"
