"""What a film can be made with: the choices of the form of a new one."""

from __future__ import annotations

import functools
from datetime import date
from typing import get_args

from ...onereel.cut.plan import CaptionMode
from ...onereel.errors import AddKey
from ...onereel.google.client import no_key
from ...onereel.library.said import Said, said_by
from ...onereel.options import Director, FilmOptions, Renderer, Writer
from ...onereel.shoot.models.registry import Registry
from ...onereel.shoot.shot import PAID
from ...onereel.story.brief import (
    ASPECTS,
    LONGEST_FILM,
    LONGEST_IDEA,
    LONGEST_LOOK,
    LONGEST_SCENE,
    MOST_SCENES,
    SHORTEST_FILM,
    SHORTEST_SCENE,
    Aspect,
    Brief,
)
from ...onereel.story.builtin.packs import packs
from ...onereel.story.looks import looks
from ...onereel.story.platforms import RESOLUTIONS, Platform, Resolution, SafeArea, every_platform
from ...onereel.story.templates.own import every_template
from ...onereel.voice.engines import known as engines
from .routes import Answer, Call, Route

__all__ = ["ROUTES", "Named"]


class Named(Answer):
    """A choice."""

    name: str
    label: str


class TemplateChoice(Named):
    """A kind of film."""

    words: str


class LookChoice(Named):
    """How a film looks, and in the words of its prompts."""

    words: str


class PlatformChoice(Named):
    """A place to show films. `aspect` null: the film maker's choice; any other null: not known."""

    aspect: Aspect | None
    resolution: Resolution | None
    """What it shows best."""
    resolutions: list[Resolution]
    """Those that it shows."""
    shortest: float | None
    longest: float | None
    """Seconds of the films that it takes."""
    usual_length: tuple[float, float] | None
    """From, to: what is recommended."""
    safe: SafeArea | None
    loudness: float | None
    """LUFS."""
    peak: float | None
    """dBTP."""
    checked: date | None
    sources: dict[str, str]
    """Where each figure comes from."""


class LanguageChoice(Answer):
    """A language: whether the built-in writer writes it, whether a voice speaks it."""

    code: str
    label: str
    writes: bool
    speaks: bool


class WriterChoice(Named):
    """Who can write. `reached`: whether what it needs is entered; whether a server of the user's
    answers is for Health to say."""

    reached: bool


class RendererChoice(Named):
    """Who can shoot. `why`: what is missing where it is not reached."""

    free: bool
    reached: bool
    why: str
    why_said: Said | None


class Bounds(Answer):
    """From, to, and what is usual."""

    least: float
    most: float
    usual: float


class Choices(Answer):
    """What the form of a new film offers."""

    templates: list[TemplateChoice]
    looks: list[LookChoice]
    platforms: list[PlatformChoice]
    aspects: list[Named]
    languages: list[LanguageChoice]
    writers: list[WriterChoice]
    directors: list[Named]
    """Who goes over the script once more; none: nobody."""
    renderers: list[RendererChoice]
    captions: list[Named]
    resolutions: list[Named]
    durations: Bounds
    scene_durations: Bounds
    scene_counts: Bounds
    longest_idea: int
    longest_look: int
    options: FilmOptions
    """What a film is made with unless something else is chosen."""


_ASPECTS = {"16:9": "Wide 16:9", "9:16": "Tall 9:16", "1:1": "Square 1:1"}
_WRITERS = {
    "built-in": "Built in",
    "ollama": "Ollama, on your own server",
    "gemini": "Gemini, for about a cent",
    "best": "The best that is there",
}
_DIRECTORS = {**_WRITERS, "none": "Nobody", "built-in": "Rules, built in"}
_CAPTIONS = {"soft": "Can be switched off", "burned": "In the picture", "off": "None"}
_RENDERERS = {
    "draft": "Rehearsal (draft)",
    "veo": "Google Veo",
    "omni": "Gemini Omni",
    "stills": "Drawn stills (Gemini)",
}


def _choices(call: Call) -> Choices:
    usual = Brief(idea="A film")
    return Choices(
        templates=[
            TemplateChoice(name=each.name, label=each.label, words=each.about)
            for each in every_template(call.home)
        ],
        looks=[
            LookChoice(name=each.name, label=each.label, words=each.style.in_words())
            for each in looks().values()
        ],
        platforms=[_platform(each) for each in every_platform(call.home)],
        aspects=[Named(name=name, label=_ASPECTS.get(name, name)) for name in ASPECTS],
        languages=list(_languages()),
        writers=[
            WriterChoice(
                name=name,
                label=_WRITERS.get(name, name),
                reached=name != "gemini" or "gemini" in call.settings.google.reach(),
            )
            for name in get_args(Writer)
        ],
        directors=[
            Named(name=name, label=_DIRECTORS.get(name, name)) for name in get_args(Director)
        ],
        renderers=[_renderer(name, call) for name in get_args(Renderer)],
        captions=[
            Named(name=name, label=_CAPTIONS.get(name, name)) for name in get_args(CaptionMode)
        ],
        resolutions=[Named(name=name, label=name) for name in RESOLUTIONS],
        durations=Bounds(least=SHORTEST_FILM, most=LONGEST_FILM, usual=float(usual.duration)),
        scene_durations=Bounds(
            least=SHORTEST_SCENE, most=LONGEST_SCENE, usual=float(usual.longest_shot)
        ),
        scene_counts=Bounds(least=1, most=MOST_SCENES, usual=0),
        longest_idea=LONGEST_IDEA,
        longest_look=LONGEST_LOOK,
        options=FilmOptions(),
    )


def _platform(platform: Platform) -> PlatformChoice:
    return PlatformChoice(
        **platform.model_dump(mode="json", exclude={"largest_resolution"}),
        resolutions=list(platform.resolutions),
    )


def _renderer(name: Renderer, call: Call) -> RendererChoice:
    why, said = "", None
    if name != "draft":
        try:
            _check_reached(name, call)
        except AddKey as error:
            why, said = error.user_message, said_by(error)
    return RendererChoice(
        name=name,
        label=_RENDERERS.get(name, name),
        free=name == "draft",
        reached=not why,
        why=why,
        why_said=said,
    )


def _check_reached(name: Renderer, call: Call) -> None:
    reach = call.settings.google.reach()
    if name in PAID:
        registry = Registry.load(call.home)
        registry.model(registry.usual(name)).door(reach)
    elif "gemini" not in reach:
        raise no_key("gemini")


@functools.cache
def _languages() -> tuple[LanguageChoice, ...]:
    written = set(packs())
    codes = dict.fromkeys([*sorted(written), *engines.spoken_languages()])
    names = engines.language_names()
    return tuple(
        LanguageChoice(
            code=code,
            label=names.get(code, code),
            writes=code.partition("-")[0] in written,
            speaks=bool(engines.voice_names(code)),
        )
        for code in codes
    )


ROUTES: tuple[Route, ...] = (
    Route("GET", "/choices", _choices, "What the form of a new film offers", Choices),
)
