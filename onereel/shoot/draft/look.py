"""The look of a scene: what its words say about place, weather, mood, people and camera."""

from __future__ import annotations

import colorsys
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageColor

from ...story.screenplay import Scene, Screenplay, StyleBible
from ..planes import Rgb

__all__ = ["Look", "Palette", "camera_move", "look_of"]

_WORDS = Path(__file__).parent / "words.toml"
_COLOURS = Path(__file__).parent / "colours.toml"
_UNKNOWN_PLACE = "stage"
_STYLE_SHARE = 0.6
"""How far the style bible's colours pull the mood's colours towards themselves. Where all of them
are greys, the picture is black and white."""
_GREY = 12
"""By how much red, green and blue may differ in a grey, of 255."""


@dataclass(frozen=True)
class Palette:
    """Six steps from the top of the sky to the nearest silhouette, and an accent."""

    top: Rgb
    middle: Rgb
    horizon: Rgb
    far: Rgb
    mid: Rgb
    near: Rgb
    accent: Rgb


@dataclass(frozen=True)
class Look:
    """What a scene's words come to.

    `place` is a scenery's name, `weather` "rain", "snow", "fire", "wind" or "", `camera` a move's
    name, `shot` "wide", "medium" or "close"; `people` how many are to be seen: nobody, one, or two
    for several.
    """

    place: str
    weather: str
    mood: str
    camera: str
    shot: str
    people: int
    palette: Palette


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_WORDS.read_text("utf-8"))


@lru_cache(maxsize=1)
def _colours() -> dict[str, str]:
    return tomllib.loads(_COLOURS.read_text("utf-8"))


@lru_cache(maxsize=256)
def _pattern(table: str, entry: str) -> str:
    # Short words would find themselves inside others: "he" in "the heart", "sea" in "season".
    words = (
        re.escape(word) + (r"s?\b" if len(word) < 5 else "") for word in _words()[table][entry]
    )
    return rf"(?i)\b(?:{'|'.join(words)})"


def _first(table: str, *texts: str) -> str:
    """Find the entry of a table that the earliest telling text names; "" where none does."""
    for text in texts:
        found = [
            # At one place the longer word tells more: a town library is no town.
            (match.start(), -len(match[0]), entry)
            for entry in _words()[table]
            if (match := re.search(_pattern(table, entry), text))
        ]
        if found:
            return min(found)[2]
    return ""


def _camera(words: str) -> str:
    """Camera entries are ordered from the particular to the general, so order decides."""
    for entry in _words()["camera"]:
        if re.search(_pattern("camera", entry), words):
            return entry
    return ""


def camera_move(scene: Scene) -> str:
    """The name of the move that a scene's words ask for; empty where they ask for none."""
    return _camera(scene.camera) or _camera(scene.prompt)


def _shown(scene: Scene, style: str) -> str:
    """What a scene's own words show: those of the film's style are in every prompt, and those of
    its shape, of which a square is no place in a town."""
    prompt = re.sub(rf"(?i){re.escape(style)}", "", scene.prompt) if style else scene.prompt
    prompt = re.sub(r"(?i)\bsquare (?:composition|format|frame|picture)", "", prompt)
    return f"{scene.description} {prompt}"


def _place(scene: Scene, shown: str, sound: str, idea: str) -> str:
    """What set a scene plays on: what names it, then what the whole film sounds and tells of."""
    # Its music is heard nowhere in the film's world, and a room's tone is the sound of no place.
    heard = sound.partition("music:")[0].replace("room tone", "")
    return (
        _first("place", scene.place, shown)
        or _first("at", scene.place)
        or _first("place", heard, idea)
        or _UNKNOWN_PLACE
    )


def _nightly(shown: str, style: StyleBible, idea: str) -> bool:
    """Whether a scene plays at night: a film that does is dark in its calm scenes too."""

    def tells(words: str) -> bool:
        return bool(re.search(_pattern("mood", "night"), words))

    by_day = re.search(_pattern("hour", "day"), shown)
    return tells(f"{style.light} {style.look}") or tells(shown) or (tells(idea) and not by_day)


def _people(shown: str, named: Sequence[str]) -> int:
    """How many are to be seen, by a scene's words and the cast that they name."""
    if len(set(filter(None, named))) > 1 or _first("people", shown):
        return 2
    return int(any(named) or bool(_first("person", shown)))


def look_of(scene: Scene, screenplay: Screenplay) -> Look:
    """Read a scene's look from its words; the same words always give the same look."""
    style, brief = screenplay.style, screenplay.brief
    shown = _shown(scene, style.in_words())
    told = _first("mood", scene.mood, style.light, scene.prompt, brief.tone)
    mood = "night" if _nightly(shown, style, brief.idea) else told or "calm"
    return Look(
        place=_place(scene, shown, style.sound, brief.idea),
        weather=_first("weather", shown, f"{scene.place} {scene.mood}"),
        mood=mood,
        camera=camera_move(scene) or "static",
        shot=_first("shot", f"{scene.camera} {shown}") or "wide",
        people=_people(shown, [each.name for each in screenplay.cast if each.name in shown]),
        palette=_palette(mood, style.palette or tuple(re.findall(r"#?\w+", style.look))),
    )


def _palette(mood: str, style: tuple[str, ...]) -> Palette:
    colours = [_rgb(colour) for colour in _words()["palette"][mood]]
    wanted = sorted((c for word in style if (c := _colour_named(word))), key=_brightness)
    if wanted:
        share = 1.0 if all(max(each) - min(each) < _GREY for each in wanted) else _STYLE_SHARE
        *colours, accent = colours
        # An accent stays one: a fire in a green kitchen is no green one, and no white one.
        kept = share if share == 1 else share / 2
        colours = [
            *(_pulled(each, wanted, share) for each in colours),
            _pulled(accent, wanted, kept),
        ]
    return Palette(*colours)


def _rgb(value: str) -> Rgb:
    red, green, blue = ImageColor.getrgb(value)[:3]
    return (float(red), float(green), float(blue))


def _brightness(colour: Rgb) -> float:
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def _colour_named(words: str) -> Rgb | None:
    """Understand "#1a2b3c", "teal", of "deep sea green" the longest ending that is known, and of
    "copper coin" what it begins with."""
    parts = re.findall(r"#?\w+", words.lower())
    for end in range(len(parts), 0, -1):
        for start in range(end):
            name = "".join(parts[start:end])
            try:
                return _rgb(_colours().get(name, name))
            except ValueError:
                continue
    return None


def _pulled(colour: Rgb, wanted: list[Rgb], share: float) -> Rgb:
    """Mix a colour with the style colour of like brightness, and keep its own brightness.

    So a style changes the hue of a picture and never the depth that its silhouettes rest on.
    """
    nearest = min(wanted, key=lambda other: abs(_brightness(other) - _brightness(colour)))
    mixed = [a + (b - a) * share for a, b in zip(colour, nearest, strict=True)]
    hue, _, saturation = colorsys.rgb_to_hls(*(value / 255 for value in mixed))
    _, lightness, _ = colorsys.rgb_to_hls(*(value / 255 for value in colour))
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, min(saturation, 0.75))
    return (red * 255, green * 255, blue * 255)
