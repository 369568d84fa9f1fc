"""The pictures in words: style bible, camera, and the shot prompt of each scene, in English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from ..looks import Look
from ..screenplay import StyleBible
from ..templates.template import Beat, Template
from .pack import ANY, Frame, shots
from .patterns import pick

__all__ = ["Picture", "Pictures", "style_bible"]

_SHAPES = {"9:16": "vertical composition", "1:1": "square composition"}
_DEED = frozenset({"start", "climax", "hook"})
"""Beats whose shot shows what the subject does in the idea."""


@cache
def _styles() -> Mapping[str, Any]:
    text = Path(__file__).with_name("styles.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def style_bible(
    template: Template, theme: str, rng: Random, look: Look | None = None, *, light: str = ""
) -> StyleBible:
    """Choose the look of a film once, for all its scenes; `look` is the one that is asked for, and
    `light` the one that its idea names."""
    sound, *palette = _styles()["themes"][theme]
    lights = _styles()["moods"][template.topic[-1].mood][1:]
    # Two films of one template and one theme still differ: in texture, light, or one colour.
    del palette[int(rng.random() * len(palette))]
    palette[int(rng.random() * len(palette))] = pick(rng, _styles()["accents"])
    style = StyleBible(
        look=f"{pick(rng, template.look)}, {pick(rng, _styles()['textures'])}",
        light=light or pick(rng, lights),
        lens=f"{template.lens}, {pick(rng, _styles()['framings'])}",
        palette=tuple(palette),
        sound=f"{sound}; music: {template.music}",
    )
    return look.style.replace(sound=style.sound) if look else style


@dataclass(frozen=True)
class Picture:
    """Camera and words of one shot."""

    prompt: str
    negative_prompt: str
    camera: str


class Pictures:
    """Chooses cameras and words for one film's shots; no camera comes twice in a row.

    `lit` films have a light of their own, which those of moods would contradict.
    """

    def __init__(
        self,
        frame: Frame,
        style: StyleBible,
        aspect: str,
        rng: Random,
        look: Look | None = None,
        *,
        lit: bool = False,
    ) -> None:
        self._frame = frame
        self._style = style
        self._lit = lit or look is not None
        unwanted = (_styles()["negative"], look.avoid if look else "")
        self._negative = ", ".join(each for each in unwanted if each)
        self._shape = _SHAPES.get(aspect, "")
        self._rng = rng
        self._last = ("", "")

    def picture(self, beat: Beat, mood: str, shot: str) -> Picture:
        """Write the prompt of a scene: subject, action, camera, light, style.

        Args:
            beat: what the scene is for.
            mood: its mood, one of `templates.MOODS`.
            shot: the key of its shot, such as "sea.nets".
        """
        energy, *lights = _styles()["moods"][mood]
        size = self._other(_styles()["sizes"][energy], self._last[0])
        move = self._other(_styles()["moves"][energy], self._last[1])
        self._last = (size, move)
        theme, key = shot.split(".", 1)
        scene = shots().get(theme, shots()[ANY])[key].see
        first = f"{size[0].upper()}{size[1:]}: {self._subject(beat)}; {scene}"
        parts = [
            first,
            f"{_styles()['words'][move]}, {self._light(mood, lights)}",
            ", ".join(part for part in (self._style.in_words(), self._shape) if part),
        ]
        return Picture(
            ". ".join(part[0].upper() + part[1:] for part in parts) + ".",
            self._negative,
            move,
        )

    def _light(self, mood: str, lights: list[str]) -> str:
        light = pick(self._rng, lights)
        # So has a look.
        return f"{mood} mood" if self._lit else light

    def _subject(self, beat: Beat) -> str:
        if beat.name in _DEED and self._frame.action:
            return f"{self._frame.subject} {self._frame.action}"
        if self._frame.kind == "topic":
            return self._frame.subject
        actions = _styles()["actions"]
        return f"{self._frame.subject} {pick(self._rng, actions.get(beat.name, actions['other']))}"

    def _other(self, choices: list[str], last: str) -> str:
        return pick(self._rng, [choice for choice in choices if choice != last])
