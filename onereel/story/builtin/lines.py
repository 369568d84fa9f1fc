"""How one line is found: a pattern of the banks that fits, has room, and was not said before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from random import Random

from ..pace import estimate
from ..templates.template import Beat
from .arcs import DETAIL, Step
from .banks import Banks
from .grammar import Filled, Grammar
from .patterns import pick
from .scoring import Spoken
from .wording import sentences_of

__all__ = ["FEWEST_TRIES", "Lines"]

FEWEST_TRIES = 6
"""How many patterns are tried at least, and how many a line is chosen from where room is short."""
_OF_ITEMS = ("{about}", "{timely}", "{when}", "{item_whole}")
_DETAIL = Beat(DETAIL, 1, "")


class Lines:
    """Finds the lines of one film; what is said is noted by whoever says it, in `spoken`.

    Args:
        banks: what the film may speak from.
        grammar: fills its patterns.
        spoken: what the film has said.
        rng: the film's chance.
        language: its two letters.
        padded: whether a scene that speaks again says a detail.
        shared: whether a line may come from the banks behind the nearest.
        parted: whether the long phrases of the idea are said twice at most.
    """

    def __init__(
        self,
        banks: Banks,
        grammar: Grammar,
        spoken: Spoken,
        rng: Random,
        *,
        language: str,
        padded: bool,
        shared: bool,
        parted: bool,
    ) -> None:
        self._banks, self._grammar, self._spoken, self._rng = banks, grammar, spoken, rng
        self._language = language
        self._padded, self._shared, self._parted = padded, shared, parted
        self.varied = False
        """Whether the scene may speak of a part of the idea in its main thing's place."""

    def of(
        self,
        beat: Beat,
        again: int,
        room: Fraction,
        lines: Sequence[Filled],
        extra: Mapping[str, str],
        *,
        named: bool = False,
    ) -> Filled | None:
        """Realise one pattern of a beat that fits beside `lines` and was not said before."""
        detail = again % 2 and beat.name != "item" and self._padded
        name = DETAIL if detail else beat.name
        # Alone in its scene, a detail must say something of the idea.
        alone = named or (name == DETAIL and not lines)
        every = self._banks.of(name, extra)
        patterns = (self._banks.of_idea(name, extra) if alone else ()) or every
        if named:
            patterns += tuple(each for each in every if "{@" in each)
        if again > 2 and beat.name != "item":
            patterns += self._banks.of(DETAIL, extra)
        if again:
            # A detail that leads a scene speaks of the idea; one that fills it up need not.
            patterns = tuple(filter(self._grammar.names_idea, patterns)) or patterns
        tries = len(patterns) if named else FEWEST_TRIES
        line = self._realised(patterns, room, lines, extra, tries=tries)
        if line is None and self._shared:
            # In a long film its own lines run out before those of the template that it is like.
            known = self._banks.of_idea if alone else self._banks.of
            more = known(name, extra, shared=True)
            line = self._realised(more, room, lines, extra, tries=tries)
        return line

    def detail(
        self,
        room: Fraction,
        lines: Sequence[Filled],
        extra: Mapping[str, str],
        *,
        named: bool = False,
    ) -> Filled | None:
        """A detail behind `lines`; where `named`, one that speaks of the idea or of a picture."""
        return self.of(_DETAIL, 0, room, lines, extra, named=named)

    def any_detail(self, step: Step, room: Fraction, extra: Mapping[str, str]) -> Filled | None:
        """A detail that can stand alone, whatever its pattern."""
        patterns = self._banks.of(DETAIL, extra)
        return self.of(_DETAIL, step.again, room, [], extra) or self._realised(
            patterns, room, [], extra, tries=len(patterns)
        )

    def short(self, step: Step, room: Fraction, extra: Mapping[str, str]) -> Filled | None:
        """Realise a short pattern of the leading beat, else one for little room, else a detail."""
        patterns = sorted(self._banks.of(step.lead.name, extra, shared=True), key=len)
        # An item or a farewell that does not fit has no other scene to go to.
        few = patterns[: None if step.item or step.lead.name == "ending" else FEWEST_TRIES]
        return (
            self._realised(few, room, [], extra, tries=len(few))
            or self._realised(self._banks.of("brief", extra), room, [], extra)
            or (None if step.item else self._short_detail(room, extra))
        )

    def _short_detail(self, room: Fraction, extra: Mapping[str, str]) -> Filled | None:
        return self._realised(self._banks.of_idea(DETAIL, extra), room, [], extra) or self.detail(
            room, [], extra
        )

    def plainest(self, step: Step, room: Fraction, extra: Mapping[str, str]) -> Filled | None:
        """The shortest line of an item, if its pattern came before: its number is another."""
        patterns = [*self._banks.of("brief", extra), *self._banks.of(step.lead.name, extra)]
        lines = [self._grammar.fill(each, self._rng, extra=extra) for each in patterns]
        best = min(lines, key=lambda line: self.seconds([line]), default=None)
        return best if best is not None and self.seconds([best]) <= room else None

    def anywhere(self, room: Fraction, extra: Mapping[str, str]) -> Filled | None:
        """A line of another scene of the arc, which names the idea where this one cannot."""
        patterns = self._banks.anywhere(extra)
        return self._realised(patterns, room, [], extra, tries=len(patterns))

    def _realised(
        self,
        patterns: Sequence[str],
        room: Fraction,
        lines: Sequence[Filled],
        extra: Mapping[str, str],
        *,
        tries: int = FEWEST_TRIES,
    ) -> Filled | None:
        """Fill one of `patterns` so that it fits beside `lines` and was not said before."""
        # In a very long scene a pattern may come again, with other phrases.
        tried = {line.pattern for line in lines[-8:]}
        groups = iter(self._grammar.by_use(patterns))
        free: list[str] = []
        busy = [draw for line in lines for draw in line.drawn]
        said = {sentence for line in lines for sentence in sentences_of(line.text)}
        shown = any(line.shot for line in lines)
        near = [line.view for line in lines if line.part]
        for _ in range(tries):
            free = [each for each in free if each not in tried]
            while not free:
                group = next(groups, None)
                if group is None:
                    return None
                free = [each for each in group if each not in tried]
            pattern = pick(self._rng, free)
            filled = self._grammar.fill(
                pattern, self._rng, extra=extra, busy=busy, near=near, varied=self.varied
            )
            # A film may quote again.
            new = "{quote}" in pattern or self._is_new(filled, said)
            if new and not (shown and filled.shot) and self.seconds([*lines, filled]) <= room:
                return filled
            tried.add(pattern)
        return None

    def _is_new(self, filled: Filled, said: Collection[str]) -> bool:
        """Whether neither the film nor this scene, which `said` something, has a sentence of it."""
        # Each of a list's items may say what they all are about.
        item = "{n}" in filled.pattern and any(slot in filled.pattern for slot in _OF_ITEMS)
        if self._parted and not item and self._spoken.is_worn(filled):
            return False
        if self._spoken.is_said_of_another(filled):
            return False
        spoken = sentences_of(filled.text)
        return not any(each in self._spoken.said or each in said for each in spoken)

    def seconds(self, lines: Sequence[Filled]) -> Fraction:
        """How long it takes to say `lines` one after the other."""
        return estimate(" ".join(line.text for line in lines), self._language)
