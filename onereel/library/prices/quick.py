"""What a film costs at most: a quick estimate before it is written or spoken, the sum after."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, partial

from ...errors import ChooseRenderer, OneReelError, ReviseScreenplay
from ...home import Home
from ...options import FilmOptions
from ...settings import Settings
from ...shoot.buying.opening import caps_of, foresee, open_ledger
from ...shoot.buying.permission import refused
from ...shoot.drawing import drawn_card
from ...shoot.models.registry import Registry
from ...shoot.prices.bounds import edited_lengths, most_spoken, outlined, scenes_as_split
from ...shoot.prices.price_card import PriceCard, price_card
from ...shoot.prices.pricing import room
from ...story.brief import Brief
from ...story.builtin import plan_scenes, write_builtin
from ...story.idea import idea_language
from ...story.platforms import remarks
from ...story.screenplay import Scene, Screenplay
from ...story.settled import settled
from ...story.writers.asking import most_scenes, usual_scenes
from ...values import Seconds, Value
from ...voice.engines.known import normal_language
from ...voice.saying import respelled
from ...work import Cancel
from ..timed import timed
from .card import drawing_options, film_card, paid_options
from .dearest import Outline, Plan
from .script import ScriptPrice, script_price
from .voice import VoicePrice, voice_price

__all__ = ["Quote", "quick_estimate"]

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
    script: ScriptPrice | None = None
    """What writing it costs besides; None where that costs nothing, or it is written."""
    voice: VoicePrice | None = None
    """What its voices cost besides; None where they cost nothing, or it is spoken."""
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


def quick_estimate(
    source: Brief | Screenplay,
    options: FilmOptions,
    *,
    home: Home,
    settings: Settings,
    today: date | None = None,
    cancel: Cancel | None = None,
) -> Quote:
    """Price a film; before it is written, or its voice is measured, with a ceiling.

    A film whose voice is measured, in the voice of these options, costs what buying it would
    reserve, and what is bought already costs nothing. Of a film that was edited since, so do the
    scenes that are as they were. Everything else is a ceiling: once it is
    written and spoken it costs no more than this says. Only a language model that breaks
    its bounds (a sentence that is longer than a whole shot) can write a film that does; what is
    bought is checked against the ceiling that was agreed to in any case.

    A film that cannot be shot so has no total, and its card's `refusal` says why.

    Raises:
        ReviseBrief, ChooseLanguage: the built-in writer cannot write it.
        Cancelled: the user stopped while it was written.
        StorageError, ReviseSetting: as `open_ledger`.
    """
    source = settled(source, home)
    if isinstance(source, Screenplay) and options.renderer != "draft":
        known = timed(source, options, home=home, settings=settings)
        if known.measured:
            return _exact(source, source, options, home, settings)
        film = _respelled(known.film, settings)
        if edited := edited_lengths(film, options.speed, known.lines):
            quote = _exact(edited, source, options, home, settings)
            voice = voice_price(film, options, home=home, settings=settings)
            notes = (*([voice.words] if voice else []), *quote.card.notes)
            return quote.replace(quick=True, voice=voice, card=quote.card.replace(notes=notes))
    known_words = _respelled(source, settings) if isinstance(source, Screenplay) else source
    outline = _outline(known_words, options, settings, cancel or Cancel())
    today = today or datetime.now(UTC).date()
    script = None
    if isinstance(source, Brief):
        script = script_price(source, options, home=home, settings=settings, today=today)
    worded = any(each.narration for each in outline.screenplay.scenes)
    voice = voice_price(
        outline.screenplay,
        options,
        spoken=None if worded else outline.spoken,
        home=home,
        settings=settings,
    )
    about = partial(
        Quote, scenes=outline.scenes, seconds=source.duration, script=script, voice=voice
    )
    brief = source if isinstance(source, Brief) else source.brief
    said = [
        *(each.words for each in (script, voice) if each),
        *remarks(brief, source.duration, home),
    ]
    film = outline.screenplay
    if options.renderer == "draft":
        card = PriceCard(title=film.title, scenes=(), total=Decimal(0), notes=tuple(said))
        return about(card=card)
    if drawn := drawing_options(options):
        only = options.scenes == "approved scenes"
        try:
            card = drawn_card(
                *(film, drawn),
                home=home,
                settings=settings,
                only_approved=only and isinstance(source, Screenplay),
                ceiling=True,
            )
        except ChooseRenderer as error:
            card = _impossible(film.title, error)
        return about(card=card.replace(notes=(*said, *card.notes)))
    asked = paid_options(options)
    assert asked
    registry, caps = Registry.load(home), caps_of(settings)
    plan = Plan(outline, registry, settings, today, options.scenes)
    try:
        planned = plan.shots(asked)
    except (ChooseRenderer, ReviseScreenplay) as error:
        return about(card=_impossible(film.title, error))
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
        notes=[*said, *([f"{ahead.words}."] if ahead else [])],
        refusal=refused(shots, registry, totals, settings),
        cheaper=partial(plan.cheaper, asked),
    )
    return about(card=card, left_today=ahead.left_today if ahead else None)


def _exact(
    film: Screenplay, source: Screenplay, options: FilmOptions, home: Home, settings: Settings
) -> Quote:
    only = options.scenes == "approved scenes"
    try:
        card = film_card(film, options, home=home, settings=settings, only_approved=only)
    except (ChooseRenderer, ReviseScreenplay) as error:
        card = _impossible(film.title, error)
    count, seconds = len(source.scenes), source.duration
    return Quote(scenes=count, seconds=seconds, card=card, quick=False)


def _impossible(title: str, error: OneReelError) -> PriceCard:
    return PriceCard(
        title=title,
        scenes=(),
        total=None,
        refusal=error.user_message,
        refused_as=type(error).__name__,
    )


def _respelled(screenplay: Screenplay, settings: Settings) -> Screenplay:
    """The screenplay with the words of the lexicon as they are said, which may take longer."""
    language = normal_language(screenplay.brief.language)
    return screenplay.replace(
        scenes=tuple(
            scene.replace(narration=respelled(scene.narration, language, settings.voice.lexicon))
            for scene in screenplay.scenes
        )
    )


def _outline(
    source: Brief | Screenplay, options: FilmOptions, settings: Settings, cancel: Cancel
) -> Outline:
    if isinstance(source, Screenplay):
        return _spoken(source, options.speed)
    translated = settings.writing.translator and idea_language(source)
    if options.writer != "built-in" or translated:
        return _unwritten(source, most_scenes(source), usual_scenes(source), options.speed)
    if source.duration <= _QUICKLY_WRITTEN:
        return _spoken(_written(_Wish(source, options.seed, cancel)), options.speed)
    count = plan_scenes(source, seed=options.seed)
    return _unwritten(source, count, count, options.speed)


@dataclass(frozen=True)
class _Wish:
    brief: Brief
    seed: int
    cancel: Cancel = field(compare=False)


@lru_cache(maxsize=32)
def _written(wish: _Wish) -> Screenplay:
    """Write a script; it is asked for again with every other choice of the same form."""
    return write_builtin(wish.brief, seed=wish.seed, cancel=wish.cancel)


def _spoken(screenplay: Screenplay, speed: float) -> Outline:
    spoken = sum((_said(scene, screenplay, speed) for scene in screenplay.scenes), Fraction(0))
    return Outline(scenes_as_split(screenplay, speed), spoken, len(screenplay.scenes), speed)


def _said(scene: Scene, screenplay: Screenplay, speed: float) -> Fraction:
    brief = screenplay.brief
    spoken = most_spoken(scene.narration, brief.language, speed)
    # Nobody has looked how long the film maker's own voice is.
    return max(spoken, brief.longest_shot) if scene.recording else spoken


def _unwritten(brief: Brief, most: int, usual: int, speed: float) -> Outline:
    spoken, screenplay = outlined(brief, most, speed)
    return Outline(screenplay, spoken, usual, speed)
