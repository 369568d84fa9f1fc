"""The price card: what a film costs at most, before anything is bought."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from ...errors import EnterPrice, OneReelError
from ...money import dollars
from ...settings import Door
from ...story.brief import Aspect
from ...values import Seconds, Value
from ..models.registry import Registry
from ..shot import Shot
from .alternatives import Alternative, alternatives
from .pricing import PlannedShot, Room, price

__all__ = ["PriceCard", "ScenePrice", "price_card"]


_OTHERS = "The caps count what OneReel buys; what other packs' paid nodes spend is not in them."


class ScenePrice(Value):
    """A line of the price card. `ceiling` None: nobody knows."""

    scene_id: str
    title: str
    model: str
    needed: Seconds
    duration: int
    """Seconds of the clip; 0 where it is a picture."""
    resolution: str
    aspect: str
    crop: str
    """How the picture is cropped, in words; empty where it is not."""
    sound: bool
    samples: int
    ceiling: Decimal | None
    owned: bool


class PriceCard(Value):
    """What a film costs at most, scene by scene. `total` None: a price is not known."""

    title: str
    scenes: tuple[ScenePrice, ...]
    chosen: tuple[str, ...] = ()
    """The ids of further scenes, whose takes are there and were chosen."""
    total: Decimal | None
    alternatives: tuple[Alternative, ...] = ()
    rooms: tuple[Room, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str = ""
    """Why it may not be bought now, and what its owner can do; empty where it may."""
    refused_as: str = ""
    """The name of the error that buying it would end with (`errors`); empty where it may."""

    @property
    def seconds(self) -> int:
        """Seconds of clips that would be bought, all samples together."""
        return sum(line.duration * line.samples for line in self.scenes if not line.owned)

    @property
    def sum_in_words(self) -> str:
        """What all of it costs, as one sentence."""
        if not self.scenes and self.chosen:
            return "Nothing to pay: every scene has the take that was chosen for it."
        if not self.scenes:
            return "Nothing to pay: no scene is approved yet."
        if all(line.owned for line in self.scenes):
            return "Nothing to pay: every scene is bought already."
        cost = "An unknown sum" if self.total is None else f"At most {dollars(self.total)}"
        what = f"{self.seconds} s of clips" if self.seconds else "pictures"
        return f"{cost} for {what} ({_counted(self.scenes)})."

    def in_words(self) -> str:
        """A table for people: the scenes, the sum, the caps, what would be cheaper."""
        parts = [self.sum_in_words]
        if self.scenes:
            parts.insert(0, "\n".join(_table([_HEAD, *(_row(line) for line in self.scenes)])))
        if self.chosen:
            parts.append(f"Nothing to pay for takes that were chosen: {', '.join(self.chosen)}.")
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
    chosen: Sequence[str] = (),
    today: date,
    reach: Collection[Door] = (),
    rooms: Sequence[Room] = (),
    notes: Sequence[str] = (),
    refusal: OneReelError | None = None,
    cheaper: Callable[[Decimal], tuple[Alternative, ...]] | None = None,
) -> PriceCard:
    """Price a film before anything is bought.

    `aspect` is the film's, `chosen` names scenes of it that need no shot, `today` decides which
    models are offered instead, `reach` which of them the credentials open (`GoogleSettings.reach`),
    `rooms` are the caps (`room`), `notes` what else there is to say.

    Raises:
        ChooseRenderer: a shot is illegal, or its model unknown.
    """
    scenes: list[ScenePrice] = []
    said = dict.fromkeys([*notes, _OTHERS] if rooms else notes)
    for each in planned:
        if each.owned:
            scenes.append(_line(each, each.shot.model, aspect, Decimal(0)))
            continue
        model = registry.model(each.shot.model)
        model.check(each.shot, scene=each.scene_id)
        try:
            ceiling = price(each.shot, model)
        except EnterPrice as error:
            ceiling = None
            said[error.user_message] = None
        scenes.append(_line(each, model.label, aspect, ceiling))
        said.update(dict.fromkeys(_warnings(each.shot, registry, today)))
    total = _sum(line.ceiling for line in scenes)
    if cheaper is None:

        def cheaper(total: Decimal) -> tuple[Alternative, ...]:
            return alternatives(planned, total, registry, today, reach)

    return PriceCard(
        title=title or "This film",
        scenes=tuple(scenes),
        chosen=tuple(chosen),
        total=total,
        alternatives=() if total is None else cheaper(total),
        rooms=tuple(rooms),
        notes=tuple(said),
        refusal=refusal.user_message if refusal else "",
        refused_as=type(refusal).__name__ if refusal else "",
    )


def _line(planned: PlannedShot, model: str, aspect: Aspect, ceiling: Decimal | None) -> ScenePrice:
    shot = planned.shot
    return ScenePrice(
        scene_id=planned.scene_id,
        title=planned.title,
        model=model,
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


def _warnings(shot: Shot, registry: Registry, today: date) -> Iterable[str]:
    model = registry.model(shot.model)
    if found := registry.lapse(model.name, today):
        yield found.user_message
    shortest = model.legal_durations("text", shot.resolution)[:1]
    if shot.task == "references" and shortest and shortest[0] < shot.duration:
        yield (
            f"{model.label} shoots {shot.duration} s where it is shown reference pictures;"
            " characters without pictures are told in words, in shorter shots."
        )
    if not shot.sound and shot.resolution not in model.silent_prices:
        yield (
            f"What {model.label} costs without sound is not known, so the price with sound is"
            f" reserved; enter silent_prices in {model.corrections} to change that."
        )


def _sum(ceilings: Iterable[Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for ceiling in ceilings:
        if ceiling is None:
            return None
        total += ceiling
    return total


_HEAD = ("scene", "model", "asked", "needed", "picture", "sound", "at most", "")


def _row(line: ScenePrice) -> tuple[str, ...]:
    times = f"{line.samples} x " if line.samples > 1 else ""
    return (
        line.scene_id,
        line.model,
        f"{times}{line.duration} s" if line.duration else "a picture",
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
    return "not known" if amount is None else dollars(amount)


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
