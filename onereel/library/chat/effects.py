"""What a wish about light, mood or camera does to a scene."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ...story.screenplay import Scene

__all__ = ["with_camera", "with_light", "with_mood"]

_PACES = {"slower": ("slow", "slowly"), "faster": ("quick", "quickly"), "": ("", "")}
_ADVERBS = r"(?: slowly| quickly| to reveal more)?"

Fields = dict[str, str]


@cache
def _effects() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(Path(__file__).with_name("effects.toml").read_text("utf-8"))


def with_light(scene: Scene, light: str) -> Fields:
    """Another light, in the words that the scene is shot by."""
    return _said(scene, "light", _effects()["light"][light])


def with_mood(scene: Scene, mood: str) -> Fields:
    """Another mood, as the scene's own and in the words that it is shot by."""
    return {"mood": mood, **_said(scene, "mood", _effects()["mood"][mood])}


def with_camera(scene: Scene, move: str, pace: str) -> Fields:
    """Another camera move, another pace ("slower", "faster" or "") of the one there is, or both."""
    moves = _effects()["camera"]
    there = next((name for name in moves if name in scene.camera.lower()), "push in")
    if move == "pan":
        move = there if there.startswith("pan") else "pan right"
    move = move or there
    adjective, adverb = _PACES["" if move == "static" else pace]
    words = " ".join(part for part in (moves[move], adverb) if part)
    camera = " ".join(part for part in (adjective, move) if part)
    field = _shown(scene)
    text = getattr(scene, field)
    known = "|".join(re.escape(each) for each in moves.values())
    if found := re.search(rf"(?i)\b(?:{known}){_ADVERBS}\b", text):
        new = words[0].upper() + words[1:] if found[0][0].isupper() else words
        text = text[: found.start()] + new + text[found.end() :]
    else:
        text = _with_sentence(text, words[0].upper() + words[1:])
    return {"camera": camera, field: text}


def _said(scene: Scene, kind: str, sentence: str) -> Fields:
    """The scene's words with a sentence, in place of an earlier one of its kind."""
    field = _shown(scene)
    text = getattr(scene, field)
    for earlier in _effects()[kind].values():
        text = re.sub(rf"\s*\b{re.escape(earlier)}\.", "", text)
    return {field: _with_sentence(text, sentence)}


def _shown(scene: Scene) -> str:
    # Where nobody wrote a prompt, the description is what a renderer is asked for.
    return "prompt" if scene.prompt.strip() else "description"


def _with_sentence(text: str, sentence: str) -> str:
    text = text.strip()
    if text and text[-1] not in ".!?":
        text += "."
    return f"{text} {sentence}.".strip()
