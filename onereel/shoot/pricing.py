"""What shots cost at most: of one, of a scene, of a film, and what would be cheaper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Protocol

from ..errors import ChooseRenderer, EnterPrice
from ..settings import Door
from ..story.brief import Aspect
from ..values import Seconds, Value
from .legal import adapted, check, legal_duration
from .lengths import SLOWEST
from .models import Model, Registry
from .shot import Shot

__all__ = [
    "Alternative",
    "CapsLike",
    "PlannedShot",
    "PriceCard",
    "Room",
    "ScenePrice",
    "TotalsLike",
    "price",
    "price_card",
    "room",
]

_MOST_ALTERNATIVES = 8


def price(shot: Shot, model: Model) -> Decimal:
    """Dollars that a shot costs at most, all its samples together.

    Raises:
        EnterPrice: nobody knows; the sentence names the file to enter it in.
    """
    per_second = model.price_per_second(shot.resolution, sound=shot.sound)
    if per_second is None:
        raise EnterPrice(
            f"Nobody knows what a second of {model.label} at {shot.resolution} costs: enter it in"
            f' {model.corrections} under ["{model.name}"], as prices = {{ {shot.resolution} ='
            " 0.00 } with the dollars of Google's price list."
        )
    return per_second * shot.duration * shot.samples


class PlannedShot(Value):
    """A scene and the shot that would be bought for it."""

    scene_id: str
    title: str = ""
    shot: Shot
    needed: Seconds
    """Seconds of picture that the scene needs (`lengths.needed_lengths`)."""
    owned: bool = False
    """Whether its take is there already, and nothing will be sent."""


class ScenePrice(Value):
    """A line of the price card. `ceiling` None: nobody knows."""

    scene_id: str
    title: str
    model: str
    needed: Seconds
    duration: int
    resolution: str
    aspect: str
    crop: str
    """How the picture is cropped, in words; empty where it is not."""
    sound: bool
    samples: int
    ceiling: Decimal | None
    owned: bool


class Alternative(Value):
    """Another way to shoot the film, and what that costs at most."""

    words: str
    total: Decimal
    reached: bool
    """Whether the configured credentials reach its model."""


class Room(Value):
    """A cap and what counts against it. `cap` None: no cap."""

    name: str
    cap: Decimal | None
    used: Decimal

    @property
    def left(self) -> Decimal | None:
        """Dollars that may still be reserved; never below 0."""
        return None if self.cap is None else max(self.cap - self.used, Decimal(0))


class CapsLike(Protocol):
    """The owner's caps in dollars (`ledger.budget.Caps`)."""

    @property
    def film(self) -> Decimal | None:
        """Of one film."""

    @property
    def day(self) -> Decimal | None:
        """Of a calendar day."""

    @property
    def month(self) -> Decimal | None:
        """Of a calendar month."""


class TotalsLike(Protocol):
    """What is reserved and what was charged, in dollars (`ledger.budget.Totals`)."""

    @property
    def film_held(self) -> Decimal:
        """Reserved for this film."""

    @property
    def film_charged(self) -> Decimal:
        """Charged for this film."""

    @property
    def day_held(self) -> Decimal:
        """Reserved today."""

    @property
    def day_charged(self) -> Decimal:
        """Charged today."""

    @property
    def month_held(self) -> Decimal:
        """Reserved this month."""

    @property
    def month_charged(self) -> Decimal:
        """Charged this month."""


def room(caps: CapsLike, totals: TotalsLike) -> tuple[Room, ...]:
    """Set the caps against what is held and charged already."""
    return (
        Room(name="film", cap=caps.film, used=totals.film_held + totals.film_charged),
        Room(name="day", cap=caps.day, used=totals.day_held + totals.day_charged),
        Room(name="month", cap=caps.month, used=totals.month_held + totals.month_charged),
    )


class PriceCard(Value):
    """What a film costs at most, scene by scene. `total` None: a price is not known."""

    title: str
    scenes: tuple[ScenePrice, ...]
    total: Decimal | None
    alternatives: tuple[Alternative, ...] = ()
    rooms: tuple[Room, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def seconds(self) -> int:
        """Seconds of clips that would be bought, all samples together."""
        return sum(line.duration * line.samples for line in self.scenes if not line.owned)

    def in_words(self) -> str:
        """A table for people: the scenes, the sum, the caps, what would be cheaper."""
        parts = ["\n".join(_table([_HEAD, *(_row(line) for line in self.scenes)]))]
        parts.append(
            f"At most {_dollars(self.total)} for {self.seconds} s of clips"
            f" ({_counted(self.scenes)})."
        )
        parts += [_room_in_words(each, self.total) for each in self.rooms]
        if self.alternatives:
            rows = [
                (each.words, _dollars(each.total), "" if each.reached else "no key for it yet")
                for each in self.alternatives
            ]
            parts.append("\n".join(["Cheaper:", *(f"  {row}" for row in _table(rows))]))
        parts += self.notes
        return "\n\n".join([f"{self.title}: what the shots cost at most", *parts])


def price_card(
    planned: Sequence[PlannedShot],
    registry: Registry,
    *,
    title: str = "",
    aspect: Aspect = "16:9",
    today: date,
    reach: Collection[Door] = (),
    rooms: Iterable[Room] = (),
) -> PriceCard:
    """Price a film before anything is bought.

    `aspect` is the film's, `today` decides which models are offered instead, `reach` which of them
    the credentials open (`GoogleSettings.reach`), `rooms` are the caps (`room`).

    Raises:
        ChooseRenderer: a shot is illegal, or its model unknown.
    """
    scenes: list[ScenePrice] = []
    notes: dict[str, None] = {}
    for each in planned:
        model = registry.model(each.shot.model)
        if not each.owned:
            check(each.shot, model)
        scenes.append(_scene_price(each, model, aspect, notes))
        if not each.owned and (found := registry.lapse(model.name, today)):
            notes[found.user_message] = None
        if not each.owned and not each.shot.sound and not model.silent_prices:
            notes[_full_price_for_silence(model)] = None
    total = _sum(line.ceiling for line in scenes)
    return PriceCard(
        title=title or "This film",
        scenes=tuple(scenes),
        total=total,
        alternatives=() if total is None else _alternatives(planned, total, registry, today, reach),
        rooms=tuple(rooms),
        notes=tuple(notes),
    )


def _scene_price(
    planned: PlannedShot, model: Model, aspect: Aspect, notes: dict[str, None]
) -> ScenePrice:
    shot = planned.shot
    try:
        ceiling = Decimal(0) if planned.owned else price(shot, model)
    except EnterPrice as error:
        ceiling = None
        notes[error.user_message] = None
    return ScenePrice(
        scene_id=planned.scene_id,
        title=planned.title,
        model=model.label,
        needed=planned.needed,
        duration=shot.duration,
        resolution=shot.resolution,
        aspect=shot.aspect,
        crop="" if shot.aspect == aspect else f"shot {shot.aspect}, cropped to {aspect}",
        sound=shot.sound,
        samples=shot.samples,
        ceiling=ceiling,
        owned=planned.owned,
    )


def _full_price_for_silence(model: Model) -> str:
    return (
        f"What {model.label} costs without sound is not known, so the price with sound is reserved;"
        f" enter silent_prices in {model.corrections} to change that."
    )


def _sum(ceilings: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for ceiling in ceilings:
        if ceiling is None:
            return None
        total += ceiling
    return total


_Change = Callable[[PlannedShot], Shot]


def _alternatives(
    planned: Sequence[PlannedShot],
    total: Decimal,
    registry: Registry,
    today: date,
    reach: Collection[Door],
) -> tuple[Alternative, ...]:
    wanted = [each for each in planned if not each.owned]
    found: dict[str, Alternative] = {}
    for words, models, change in _changes(wanted, registry, today):
        try:
            shots = [change(each) for each in wanted]
            cost = sum((price(shot, registry.model(shot.model)) for shot in shots), Decimal(0))
        except (ChooseRenderer, EnterPrice):
            continue
        if cost < total:
            reached = all(set(model.doors) & set(reach) for model in models)
            found[words] = Alternative(words=words, total=cost, reached=reached)
    return tuple(sorted(found.values(), key=lambda each: each.total)[:_MOST_ALTERNATIVES])


def _changes(
    wanted: Sequence[PlannedShot], registry: Registry, today: date
) -> Iterable[tuple[str, Sequence[Model], _Change]]:
    """Ways to change every shot: in words, the models that shoot it then, and how."""
    models = [registry.model(name) for name in dict.fromkeys(each.shot.model for each in wanted)]
    for model in registry.usable(today):
        yield model.label, [model], partial(_by, model)
    for resolution in dict.fromkeys(each for model in models for each in model.resolutions):
        yield f"the same at {resolution}", models, partial(_at, resolution, registry)
    yield "the same without sound", models, partial(_silent, registry)
    slower = "the same in shorter clips, which the Cut slows down by at most a fifth"
    yield slower, models, partial(_shorter, registry)


def _by(model: Model, planned: PlannedShot) -> Shot:
    return adapted(planned.shot, model, needed=planned.needed)


def _at(resolution: str, registry: Registry, planned: PlannedShot) -> Shot:
    model = registry.model(planned.shot.model)
    duration = legal_duration(model, planned.needed, planned.shot.task, resolution)
    shot = planned.shot.replace(resolution=resolution, duration=duration or planned.shot.duration)
    check(shot, model)
    return shot


def _silent(registry: Registry, planned: PlannedShot) -> Shot:
    shot = planned.shot.replace(sound=False)
    check(shot, registry.model(shot.model))
    return shot


def _shorter(registry: Registry, planned: PlannedShot) -> Shot:
    shot = planned.shot
    model = registry.model(shot.model)
    slowed = legal_duration(model, planned.needed * SLOWEST, shot.task, shot.resolution)
    return shot.replace(duration=min(slowed or shot.duration, shot.duration))


_HEAD = ("scene", "model", "asked", "needed", "picture", "sound", "at most", "")


def _row(line: ScenePrice) -> tuple[str, ...]:
    times = f"{line.samples} x " if line.samples > 1 else ""
    return (
        line.scene_id,
        line.model,
        f"{times}{line.duration} s",
        f"{float(line.needed):.2f} s",
        f"{line.resolution} {line.aspect}",
        "yes" if line.sound else "no",
        "bought" if line.owned else _dollars(line.ceiling),
        line.crop,
    )


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _dollars(amount: Decimal | None) -> str:
    if amount is None:
        return "not known"
    cents = amount.quantize(Decimal("0.01"))
    return f"${cents}" if cents == amount else f"${amount.normalize():f}"


def _counted(scenes: Sequence[ScenePrice]) -> str:
    owned = sum(line.owned for line in scenes)
    to_buy = len(scenes) - owned
    return f"{to_buy} to buy" + (f", {owned} bought already" if owned else "")


_PERIODS: Mapping[str, str] = {"film": "this film", "day": "today", "month": "this month"}


def _room_in_words(each: Room, total: Decimal | None) -> str:
    period = _PERIODS.get(each.name, each.name)
    if each.cap is None or each.left is None:
        return f"Cap for {period}: none; {_dollars(each.used)} used."
    words = f"Cap for {period}: {_dollars(each.cap)}, {_dollars(each.used)} used"
    if total is None or total <= each.left:
        return f"{words}, {_dollars(each.left)} left."
    option = f"--{each.name} {each.used + total:f}"
    return (
        f"{words}, {_dollars(each.left)} left, which is {_dollars(total - each.left)} too little:"
        f" raise it with `python -m onereel settings buying on {option}`."
    )
