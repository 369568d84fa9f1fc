"""A template made of a finished film: its pace, rhythm, transitions, tone, look and music."""

from __future__ import annotations

import re
import unicodedata

from ...values import digest
from ..screenplay import Screenplay
from .built_in import family, template_of, templates
from .own import derived
from .template import Template

__all__ = ["name_for", "template_of_film"]

_LONGEST_LOOK = 300
_MUSIC = "music: "


def template_of_film(screenplay: Screenplay, *, name: str, label: str = "") -> Template:
    """The template by which another film is built as this one is.

    Its arc is that of the film's own template; how long its scenes are against each other, and how
    they begin, is as in the film.

    Raises:
        ReviseTemplate: it can have no such name.
    """
    template = template_of(screenplay.brief)
    base = next(each for each in family(template) if each in templates())
    style, brief, scenes = screenplay.style, screenplay.brief, screenplay.scenes
    usual = screenplay.duration / len(scenes)
    music = style.sound.rpartition(_MUSIC)[2] if _MUSIC in style.sound else template.music
    return derived(
        {
            **template.model_dump(mode="json", exclude={"name", "like"}),
            "like": base,
            "label": label or screenplay.title[:60] or name,
            "pace": min(max(usual, 1), 60),
            "tone": brief.tone[:_LONGEST_LOOK] or template.tone,
            "look": [brief.look or _shortened(style.in_words()) or template.look[0]],
            "music": music[:_LONGEST_LOOK],
            "rhythm": [_share(float(scene.duration / usual)) for scene in scenes],
            "transitions": [scene.transition for scene in scenes],
        },
        name=name,
    )


def name_for(label: str) -> str:
    """The name of a template that menus call `label`: that of its file, in plain letters."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].rstrip("-")
    # Letters that a file's name does without are told apart all the same.
    return name or f"film-{digest(label)[:8]}"


def _share(share: float) -> float:
    return round(min(max(share, 0.05), 20.0), 2)


def _shortened(words: str) -> str:
    """The first of some words between commas, as many as a look has room for."""
    while len(words) > _LONGEST_LOOK:
        words = words.rpartition(",")[0] or words[:_LONGEST_LOOK]
    return words
