"""What a film costs at most: a quick estimate before it is written or spoken, the sum after."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial

from ..errors import ChooseRenderer, EnterPrice, ReviseScreenplay
from ..home import Home
from ..settings import Settings
from ..shoot.alternatives import Alternative, cheapest
from ..shoot.bounds import edited_lengths, longest_clips, most_spoken, outlined, scenes_as_split
from ..shoot.estimate import estimate
from ..shoot.models import Model
from ..shoot.opening import caps_of, foresee, open_ledger
from ..shoot.order import PaidOptions, Wanted, orders
from ..shoot.permission import refused
from ..shoot.price_card import PriceCard, price_card
from ..shoot.pricing import PlannedShot, price, room
from ..shoot.registry import Registry
from ..stages import FilmOptions
from ..story.asking import most_scenes, usual_scenes
from ..story.brief import Brief
from ..story.builtin import plan_scenes, write_builtin
from ..story.screenplay import Scene, Screenplay
from ..values import Seconds, Value
from ..voice.lines import line_seconds
from ..voice.retime import SILENCE
from ..voice.text import speakable
from ..voice.timing import LEAST_BREATH
from .revision import Version

__all__ = ["Quote", "film_quote", "quick_estimate"]

_QUICKLY_WRITTEN = Fraction(240)
"""Seconds of film that the built-in writer writes in less than one; a longer one is only planned,
which leaves its words, and so its splits, open."""


class Quote(Value):
    """What a film is going to be, and what it costs at most."""

    scenes: int
    """About as many as are written; `card` has those, too, that Narrate may split."""
    seconds: Seconds
    """The film's length."""
    card: PriceCard
    quick: bool = True
    """Whether the voice is not measured yet, so that the sum is a ceiling of what it can be."""
    left_today: int | None = None
    """Shots that the service still takes today; None where no limit is known."""

    @property
    def over_quota(self) -> str:
        """Why the service would not shoot all of it today; "" where it would."""
        wanted = len(self.card.scenes)
        if self.left_today is None or wanted <= self.left_today:
            return ""
        return (
            f"It needs {wanted} shots, and the service takes {self.left_today} more today; it waits"
            " for tomorrow."
        )

    @property
    def at_most(self) -> Decimal | None:
        """Dollars; None where nobody knows a price, or the film cannot be shot so."""
        return self.card.total

    @property
    def allowed(self) -> bool:
        """Whether it may be bought now."""
        return not self.card.refusal


@dataclass(frozen=True)
class _Outline:
    """A film as far as it is known: all the scenes it may have, and how long they may speak."""

    screenplay: Screenplay
    spoken: Fraction
    scenes: int
    speed: float
    timed: Screenplay | None = None
    """The film with the longest scenes that it can have, where most of them are timed."""


def quick_estimate(
    source: Brief | Screenplay,
    options: FilmOptions,
    *,
    home: Home,
    settings: Settings,
    today: date | None = None,
) -> Quote:
    """Price a film before it is written, or before its voice is measured: a ceiling.

    Once it is written and spoken it costs no more than this says. Only a language model that breaks
    its bounds (a sentence that is longer than a whole shot) can write a film that does; what is
    bought is checked against the ceiling that was agreed to in any case.

    A film that cannot be shot so has no total, and its card's `refusal` says why.

    Raises:
        ReviseBrief, ChooseLanguage: the built-in writer cannot write it.
        StorageError, ReviseSetting: as `open_ledger`.
    """
    if isinstance(source, Screenplay):
        source = _current(source, home)
    return _quoted(source, _outline(source, options), options, home, settings, today)


def _quoted(
    source: Brief | Screenplay,
    outline: _Outline,
    options: FilmOptions,
    home: Home,
    settings: Settings,
    today: date | None = None,
) -> Quote:
    about = partial(Quote, scenes=outline.scenes, seconds=source.duration)
    film = outline.screenplay
    if options.renderer == "draft":
        return about(card=PriceCard(title=film.title, scenes=(), total=Decimal(0)))
    asked = _asked(options)
    registry, caps = Registry.load(home), caps_of(settings)
    plan = _Plan(outline, registry, settings, today or datetime.now(UTC).date(), options.scenes)
    try:
        planned = plan.shots(asked)
    except (ChooseRenderer, ReviseScreenplay) as error:
        card = PriceCard(
            title=film.title,
            scenes=(),
            total=None,
            refusal=error.user_message,
            refused_as=type(error).__name__,
        )
        return about(card=card)
    with closing(open_ledger(home, settings)) as ledger:
        totals = ledger.totals(film_id=film.brief.film_id, zone=caps.zone)
        shots = [each.shot for each in planned]
        ahead = foresee(shots, ledger, home=home, settings=settings) if shots else None
    card = price_card(
        planned,
        registry,
        title=film.title,
        aspect=film.brief.aspect,
        today=plan.today,
        reach=settings.google.reach(),
        rooms=room(caps, totals),
        notes=[f"{ahead.words}."] if ahead else [],
        refusal=refused(shots, registry, totals, settings),
        cheaper=partial(plan.cheaper, asked),
    )
    return about(card=card, left_today=ahead.left_today if ahead else None)


def film_quote(
    version: Version,
    brief: Brief,
    options: FilmOptions | None = None,
    *,
    home: Home,
    settings: Settings,
) -> Quote:
    """Price a film of the library, with its own options or with others.

    Once its voice is measured, and as long as it is that voice, the scenes last what they last:
    then the price is what buying would reserve, and what is bought already costs nothing.

    Raises:
        ReviseBrief, ChooseLanguage, StorageError, ReviseSetting: as `quick_estimate`.
    """
    options = options or version.options
    film = _current(version.screenplay, home) if version.screenplay else None
    heard = [getattr(each, name) for each in (options, version.options) for name in _HEARD]
    half = len(_HEARD)
    measured = film is not None and all(_has_room(scene, home) for scene in film.scenes)
    same = heard[:half] == heard[half:]
    if film is None or not (measured and same) or options.renderer == "draft":
        outline = _edited(film, options, home) if film and same else None
        source = film or brief
        return _quoted(source, outline or _outline(source, options), options, home, settings)
    asked = _asked(options)
    only_approved = options.scenes == "approved scenes"
    try:
        card = estimate(film, asked, home=home, settings=settings, only_approved=only_approved)
    except (ChooseRenderer, ReviseScreenplay) as error:
        card = PriceCard(title=film.title, scenes=(), total=None, refusal=error.user_message)
    return Quote(scenes=len(film.scenes), seconds=film.duration, card=card, quick=False)


_HEARD = ("voice", "speed", "seed")
"""Options that a voice is measured for."""


def _asked(options: FilmOptions) -> PaidOptions:
    assert options.renderer != "draft"
    return PaidOptions(
        renderer=options.renderer,
        model=options.renderer_model,
        resolution=options.resolution,
        seed=options.seed,
    )


def _outline(source: Brief | Screenplay, options: FilmOptions) -> _Outline:
    if isinstance(source, Screenplay):
        return _spoken(source, options.speed)
    if options.writer != "built-in":
        return _unwritten(source, most_scenes(source), usual_scenes(source), options.speed)
    if source.duration <= _QUICKLY_WRITTEN:
        return _spoken(_written(source, options.seed), options.speed)
    count = plan_scenes(source, seed=options.seed)
    return _unwritten(source, count, count, options.speed)


_written = lru_cache(maxsize=32)(lambda brief, seed: write_builtin(brief, seed=seed))
"""Asked for again with every other choice of the same form."""


def _spoken(screenplay: Screenplay, speed: float) -> _Outline:
    spoken = sum((_said(scene, screenplay, speed) for scene in screenplay.scenes), Fraction(0))
    return _Outline(scenes_as_split(screenplay, speed), spoken, len(screenplay.scenes), speed)


def _edited(film: Screenplay, options: FilmOptions, home: Home) -> _Outline | None:
    """A film that was timed in this very voice, and edited since."""
    lines = {
        scene.id: seconds
        for scene in film.scenes
        if scene.timed_to and (seconds := _line(scene, home)) is not None
    }
    timed = edited_lengths(film, options.speed, lines)
    if timed is None:
        return None
    return _Outline(timed, Fraction(0), len(film.scenes), options.speed, timed)


def _current(film: Screenplay, home: Home) -> Screenplay:
    """The film without the marks of scenes that were timed to other words than they say now."""
    return film.replace(
        scenes=tuple(
            scene if _is_timed(scene, home) else scene.replace(timed_to="") for scene in film.scenes
        )
    )


def _has_room(scene: Scene, home: Home) -> bool:
    """Whether a timed scene is as long as its line needs: edits may have made it shorter."""
    line = _line(scene, home)
    return bool(scene.timed_to) and (line is None or scene.duration >= line + LEAST_BREATH)


def _is_timed(scene: Scene, home: Home) -> bool:
    if not scene.timed_to or scene.timed_to == SILENCE:
        return scene.timed_to == SILENCE and not speakable(scene.narration)
    return _line(scene, home) is not None


def _line(scene: Scene, home: Home) -> Fraction | None:
    if scene.timed_to in ("", SILENCE):
        return None
    return line_seconds(scene.timed_to, scene.narration, home)


def _said(scene: Scene, screenplay: Screenplay, speed: float) -> Fraction:
    brief = screenplay.brief
    spoken = most_spoken(scene.narration, brief.language, speed)
    # Nobody has looked how long the film maker's own voice is.
    return max(spoken, brief.longest_shot) if scene.recording else spoken


def _unwritten(brief: Brief, most: int, usual: int, speed: float) -> _Outline:
    spoken, screenplay = outlined(brief, most, speed)
    return _Outline(screenplay, spoken, usual, speed)


@dataclass(frozen=True)
class _Plan:
    """The dearest shots of a film, whatever it is asked to be shot with."""

    outline: _Outline
    registry: Registry
    settings: Settings
    today: date
    wanted: Wanted

    def shots(self, options: PaidOptions) -> list[PlannedShot]:
        """The shots as these options ask for them.

        Raises:
            ChooseRenderer, ReviseScreenplay: it cannot be shot so.
        """
        buying = self.settings.buying.lapsed_model == "replace"
        model = self.registry.model(options.model or self.registry.usual(options.renderer))
        if buying and model.retired(self.today):
            model = self.registry.successor(model.name, self.today) or model
        legal = model.legal_durations("text", options.resolution)
        film = self.outline.screenplay
        if self.outline.timed:
            film = self.outline.timed
        elif legal:
            speed, spoken = self.outline.speed, self.outline.spoken
            film = longest_clips(film, legal, spoken=spoken, speed=speed)
        approved = [scene.id for scene in film.scenes if scene.approved]
        ordered = orders(
            film,
            options,
            registry=self.registry,
            only=approved if self.wanted == "approved scenes" else None,
            has_bucket=bool(self.settings.google.bucket),
            today=self.today,
            replace_lapsed=buying,
        )
        return [
            PlannedShot(
                scene_id=order.scene.id,
                title=order.scene.title,
                shot=order.shot,
                needed=order.needed,
            )
            for order in ordered
        ]

    def cheaper(self, options: PaidOptions, total: Decimal) -> tuple[Alternative, ...]:
        """What would cost less than `total`: another model, a smaller picture, no sound."""
        reach = self.settings.google.reach()
        found: list[Alternative] = []
        for words, model, other in self._others(options):
            try:
                shots = self.shots(other)
                cost = sum((price(each.shot, model) for each in shots), Decimal(0))
            except (ChooseRenderer, EnterPrice):
                continue
            if cost < total:
                reached = model.reached(reach)
                found.append(Alternative(words=words, total=cost, reached=reached))
        return cheapest(found)

    def _others(self, options: PaidOptions) -> Iterable[tuple[str, Model, PaidOptions]]:
        own = self.registry.model(options.model or self.registry.usual(options.renderer))
        for model in self.registry.usable(self.today):
            if model.name != own.name:
                changes = {"model": model.name, "renderer": model.renderer}
                yield model.label, model, options.replace(**changes)
        for resolution in own.resolutions:
            if resolution != options.resolution:
                changes = {"resolution": resolution}
                yield f"the same at {resolution}", own, options.replace(**changes)
        yield "the same without sound", own, options.replace(sound="off")
