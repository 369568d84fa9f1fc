"""Write Script (Built In): a screenplay without a model, a server or a key."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random

from ...cast.character import Character
from ...values import digest, whole_frames
from ...work import Cancel
from ..brief import Brief
from ..looks import look_of
from ..pace import estimate
from ..screenplay import Scene, Screenplay
from ..templates.built_in import family, own_call, template_of
from ..templates.template import Template
from .arcs import Step, steps
from .called import Called
from .continuity import bible_of, light_of, using
from .counting import recounted
from .grammar import Grammar
from .language import check_language, pack_for
from .longer import spread, told_as_written
from .narration import FULL, Narrator, Told
from .pack import Frame, Pack
from .packs import packs
from .prompts import Pictures, style_bible
from .reading import read_idea, tags_of
from .timing import BREATH, budgets, lengths, room_for, scene_count

__all__ = ["plan_scenes", "write_builtin"]

_SILENCE = Fraction(1, 25)
"""The share of a film that may be left over once all scenes have said what they have to."""
_SHORTEST_ITEM = Fraction(3)
_PAUSE = Fraction(3, 10)
"""Seconds between the story and a call to action."""
_LATE = Fraction(1)
"""The share of a scene to fill when earlier ones left more than later ones can hold."""
_HALF = Fraction(1, 2)
"""Seconds that a first scene lasts beyond its words at least."""
_TONE_MOODS = {"funny": {"sad": "calm", "dark": "mysterious", "tense": "energetic"}}


def write_builtin(brief: Brief, *, seed: int = 0, cancel: Cancel | None = None) -> Screenplay:
    """Write a screenplay from `brief`; the same brief and seed give the same one everywhere.

    Args:
        brief: the film.
        seed: another one, another script.
        cancel: obeyed between two scenes.

    Returns:
        A screenplay whose scenes sum to `brief.duration`, rounded up to whole frames.

    Raises:
        ChooseLanguage: the writer does not have `brief.language`, or the idea is plainly in another
            language.
        ReviseBrief: there is no such template.
        Cancelled: the user stopped.
    """
    writer = _writer(brief, seed)
    film = writer.screenplay(cancel or Cancel())
    if writer.told_all(film):
        return film
    # A number that is missing would be noticed.
    return _writer(brief, seed, numbered=False).screenplay(cancel or Cancel())


def plan_scenes(brief: Brief, *, seed: int = 0) -> int:
    """How many scenes `write_builtin` gives the film; raises as it does."""
    return _writer(brief, seed).count


def _writer(brief: Brief, seed: int, *, numbered: bool = True) -> _Writer:
    template = template_of(brief)
    pack = pack_for(brief.language, packs())
    check_language(brief.idea, pack, packs())
    frame = read_idea(brief.idea, pack, family(template), numbered=numbered)
    rng = Random(int(digest(brief.idea, template.name, pack.code, brief.tone, seed), 16))
    tags = tags_of(brief, template)
    return _Writer(brief, template, pack, frame, tags, rng)


class _Writer:
    """One film being written."""

    def __init__(
        self,
        brief: Brief,
        template: Template,
        pack: Pack,
        frame: Frame,
        tags: frozenset[str],
        rng: Random,
    ) -> None:
        self._brief = brief
        self._template = template
        self._pack = pack
        self._frame = frame
        self._tags = tags
        self._rng = rng
        self._grammar = Grammar(pack, frame, tags)
        self._called = Called(pack, self._grammar, rng)

    @property
    def count(self) -> int:
        """How many scenes the film has."""
        brief = self._brief
        return brief.scene_count or scene_count(
            brief.duration, self._seconds_per_scene(), longest=brief.longest_shot
        )

    def told_all(self, film: Screenplay) -> bool:
        """Whether every step that the film numbers is told in it."""
        spoken = " ".join(scene.narration for scene in film.scenes)
        numbered = "howto" in self._tags and self._frame.given
        return not numbered or all(step in spoken for step in self._frame.given)

    def screenplay(self, cancel: Cancel) -> Screenplay:
        """Write the film; `cancel` is looked at before each scene."""
        brief, frame = self._brief, self._frame
        total = whole_frames(brief.duration)
        count = self.count
        frame = self._frame = spread(frame, self._pack, brief.longest_shot - BREATH - _HALF, count)
        plan = steps(
            self._template,
            frame.kind,
            count,
            given=frame.given,
            going_on=frame.going_on,
            items=frame.items,
        )
        told_items = max(step.item for step in plan)
        if "item" in self._template.stretch and told_items < 2:
            self._tags |= {"one"} if told_items else {"few"}
        if frame.items and told_items > 1:
            self._tags |= {"fewer"} if told_items < frame.items else set()
            frame = self._frame = recounted(self._pack, frame, told_items)
            self._tags |= {"numbered"}
        self._grammar = Grammar(self._pack, frame, self._tags)
        self._called = Called(self._pack, self._grammar, self._rng)
        planned, told = self._words(plan, total, cancel)
        seconds = lengths(
            [line.seconds for line in told],
            planned,
            total,
            longest=brief.longest_shot,
            rhythm=bool(self._template.rhythm),
        )
        look = look_of(brief)
        light = light_of(brief.idea, self._pack) if look is None else None
        style = style_bible(
            self._template, frame.themes[0], self._rng, look, light=light[1] if light else ""
        )
        pictures = Pictures(frame, style, brief.aspect, self._rng, look, lit=light is not None)
        bible = bible_of(frame, brief.idea, self._pack, light)
        scenes = [
            using(self._scene(index, step, line, length, pictures), bible)
            for index, (step, line, length) in enumerate(zip(plan, told, seconds, strict=True))
        ]
        return Screenplay(
            title=frame.title,
            logline=frame.logline,
            brief=brief,
            cast=tuple(Character(name=name, description=known) for name, known in frame.cast),
            style=style,
            bible=bible,
            scenes=tuple(scenes),
            writer="built-in",
        )

    def _seconds_per_scene(self) -> Fraction:
        """The template's pace; a list that announces its items gets a scene for each."""
        usual = self._template.pace
        if "howto" in self._tags and self._frame.given:
            each = self._brief.duration / (len(self._frame.given) + 2)
            return min(max(each, _SHORTEST_ITEM), 2 * usual)
        if not self._frame.items or "item" not in self._template.stretch:
            return usual
        spoken = self._item_seconds()
        least = max(_SHORTEST_ITEM, spoken[len(spoken) // 3] + BREATH + Fraction(1, 10))
        return min(max(self._brief.duration / (self._frame.items + 2), least), 2 * usual)

    def _item_seconds(self) -> list[Fraction]:
        """Seconds in which the lines of an item can be said, the shortest first."""
        extra = {"n": self._pack.number(self._frame.items)}
        bank = self._pack.data.banks[family(self._template)[-1]]
        patterns = (*bank.get("item", ()), *bank.get("brief", ()))
        spoken = sorted(
            estimate(self._grammar.fill(each, Random(0), extra=extra).text, self._pack.code)
            for each in patterns
            if self._grammar.fits(each, extra)
        )
        return spoken or [Fraction(0)]

    def _words(
        self, plan: list[Step], total: Fraction, cancel: Cancel
    ) -> tuple[list[Fraction], list[Told]]:
        """Write the narration; what a scene leaves of its share goes to the next."""
        longest = self._brief.longest_shot
        call = own_call(self._template)
        narrator = Narrator(
            self._pack,
            self._frame,
            self._grammar,
            family(self._template),
            self._rng,
            tiny=len(plan) < 4,
            sparse=self._template.few_words or "quotation" in self._frame.tags,
            creativity=self._brief.creativity,
        )
        plan = narrator.save_for(plan)
        weights = self._weights(plan, float(total) / len(plan))
        weights[-1] += float(self._seconds(call))
        planned = self._room_for_hook(budgets(weights, total, longest=longest), weights, total)
        items = max((step.item for step in plan), default=0)
        left = Fraction(0)
        told: list[Told] = []
        for step, share in zip(plan, planned, strict=True):
            cancel.check()
            available = min(share + left, longest)
            # What no later scene can take must be said now.
            late = step in plan[-3:] or share + left > longest
            room = room_for(available, longest=longest)
            last = call if len(told) == len(plan) - 1 and self._seconds(call) <= room else ""
            line = narrator.tell(
                step,
                room - self._seconds(last),
                self._numbers(step, items),
                full=_LATE if late else FULL,
            )
            line = self._with_call(line, last)
            told.append(line)
            used = whole_frames(line.seconds + BREATH) if line.text else share
            left += share - max(used, Fraction(1))
            left = max(left, Fraction(0))
        for at in reversed(range(1, len(plan) - 1)):
            if left <= total * _SILENCE:
                break
            available = min(told[at].seconds + BREATH + left, longest)
            room = room_for(available, longest=longest)
            longer = narrator.lengthened(told[at], room, self._numbers(plan[at], items))
            left -= longer.seconds - told[at].seconds
            told[at] = longer
        return planned, told

    def _seconds(self, call: str) -> Fraction:
        return estimate(call, self._pack.code) + _PAUSE if call else Fraction(0)

    def _with_call(self, line: Told, call: str) -> Told:
        """A scene that ends in the words that the film maker wished for."""
        text = f"{line.text} {call}".strip()
        return Told(text, estimate(text, self._pack.code), line.shot) if call else line

    def _weights(self, plan: list[Step], usual: float) -> list[float]:
        """How long each scene would like to be, in the rhythm of the template."""
        return [
            self._weight(step, usual) * float(self._template.length_at(index, len(plan)))
            for index, step in enumerate(plan)
        ]

    def _weight(self, step: Step, usual: float) -> float:
        """How long a scene would like to be: what it must say, else about as long as the others."""
        if step.given:
            said = estimate(step.given[0], self._pack.code) + BREATH
            return min(max(float(said) * 1.05, usual * 0.7), float(self._brief.longest_shot))
        # Items are alike: each needs room for its number, and a farewell for the idea.
        if step.item or step.lead.name == "ending":
            return usual * (1.0 if step.item else 1.1)
        return usual * (0.85 + 0.3 * self._rng.random())

    def _room_for_hook(
        self, planned: list[Fraction], weights: list[float], total: Fraction
    ) -> list[Fraction]:
        """Let the first scene be long enough to say the whole idea once, where that is fair."""
        longest = self._brief.longest_shot
        whole = told_as_written(self._frame) or self._frame.logline
        needed = estimate(whole, self._pack.code) + BREATH + _HALF
        rest = len(planned) - 1
        # A short film is over before it could come back to the idea.
        most = max(total * Fraction(2, 5), total - 2 * rest if rest < 3 else 0)
        if not rest or not planned[0] < needed <= min(longest, most):
            return planned
        if not rest <= total - needed <= rest * longest:
            return planned
        if self._frame.items and total - needed < rest * (self._item_seconds()[0] + BREATH):
            return planned
        return [needed, *budgets(weights[1:], total - needed, longest=longest)]

    def _numbers(self, step: Step, items: int) -> Mapping[str, str]:
        numbers = {"count": self._pack.number(items)} if items > 1 else {}
        if step.item:
            numbers["more" if step.again else "n"] = self._pack.number(step.item)
        return numbers

    def _scene(
        self, index: int, step: Step, told: Told, seconds: Fraction, pictures: Pictures
    ) -> Scene:
        shot = told.shot or self._grammar.draw("see", self._rng, ())
        self._grammar.use_shot(shot)
        mood = step.lead.mood
        if "funny" in self._tags:
            mood = _TONE_MOODS["funny"].get(mood, mood)
        picture = pictures.picture(step.lead, mood, shot)
        place = self._pack.polish(self._grammar.draw("place", self._rng, ()))
        seen = {"shot": self._grammar.shot(shot).see, "at": place}
        return Scene(
            id=f"s{index + 1:02d}",
            title=self._called.title(shot),
            description=self._called.described(seen),
            narration=told.text,
            prompt=picture.prompt,
            negative_prompt=picture.negative_prompt,
            duration=seconds,
            camera=picture.camera,
            place=place,
            mood=mood,
            transition=self._template.transition_at(index, self.count)
            or self._transition(index, step),
        )

    def _transition(self, index: int, step: Step) -> str:
        if index == 0:
            return "fade"
        return "dissolve" if step.lead.name in ("ending", "low") else "cut"
