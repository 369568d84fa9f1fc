"""How a scene is told: many candidates of the lines that are found, and the best one is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from ..pace import estimate
from ..templates.template import PICTURE
from .arcs import MANY, Step, hushed
from .banks import Banks
from .grammar import Filled, Grammar
from .lines import FEWEST_TRIES, Lines
from .pack import Frame, Pack
from .scoring import Spoken, cost
from .verbatim import VERBATIM
from .wording import first_clause, sentences_of, words_of

__all__ = ["FULL", "Narrator", "Told"]

_TRIES = 28
_MOST_LINES = 40
FULL = Fraction(39, 50)
"""The share of a scene that is enough to say; no line wins just because it is the longest."""
_CHANCE = 0.25
"""How far chance goes against cost, or the longest line of a beat would be in every film."""
_ALONE = 2
"""How much more chance counts where a line stands alone in its scene."""
_MOST_UNUSED = 0.3
"""What silence costs at most: where no line is long enough, the longest is no better."""
_HUSH = 0.5
"""What a line costs that leaves most of its scene silent."""
_SHORTEST = Fraction(2, 5)
_HUSHED = Fraction(9, 20)
"""The share of a scene below which it is mostly silent."""
_FRESH = Fraction(3, 5)
"""The share of all possible lines that a film says before they sound alike."""
_USUAL_LINES = 4
_LEAST_SPOKEN = Fraction(16, 25)
"""The share of scenes that speak in any film."""
_LONG = "long"
"""The bank of lines for any beat of a film of many scenes."""
_WHOLE = "product"
"""The template that speaks of one thing only."""


@dataclass(frozen=True)
class Told:
    """What one scene says: its sentences, how long they last, and the shot they name."""

    text: str = ""
    seconds: Fraction = Fraction(0)
    shot: str = ""


def _freedom(creativity: float) -> tuple[float, float]:
    """How much being close to the idea counts, and by how much chance may outweigh what counts."""
    more = max(creativity - 0.5, 0.0)
    nearness = 2.0 - 2.0 * creativity if creativity > 0.5 else 4.0 - 6.0 * creativity
    return nearness, _CHANCE * min(2 * creativity, 1.0) + 1.2 * more


class Narrator:
    """Writes one film's narration, scene by scene; no sentence comes twice.

    `creativity` 0 keeps it as near to the idea's own words as its banks allow; 1 lets chance choose
    among all that a scene could say.
    """

    def __init__(
        self,
        pack: Pack,
        frame: Frame,
        grammar: Grammar,
        templates: Sequence[str],
        rng: Random,
        *,
        tiny: bool = False,
        sparse: bool = False,
        creativity: float = 0.5,
    ) -> None:
        self._closeness, self._chance = _freedom(creativity)
        self._tiny = tiny  # no scene for pictures, of which all films share one store
        self._sparse = sparse  # a line is enough wherever something is said
        # What is told of a topic is told in its beats: further lines would say nothing of it. A
        # hero's scenes have a place around them, which has more to show.
        self._padded = not sparse and frame.kind != "topic"
        self._chance *= 1 if self._padded else _ALONE
        self._pack, self._frame = pack, frame
        self._grammar = grammar
        self._rng = rng
        banks = pack.data.banks
        named = (VERBATIM,) if VERBATIM in frame.tags else (*templates, frame.kind)
        self._banks = Banks((banks.get(name, {}) for name in named), grammar, sparse=sparse)
        self._spoken = Spoken()
        self._lines = Lines(
            self._banks,
            grammar,
            self._spoken,
            rng,
            language=pack.code,
            padded=self._padded,
            shared=len(named) > 2 and not sparse,
            parted="parted" in frame.tags,
        )
        self._full, self._template = FULL, templates[-1]
        self._most = _MOST_LINES

    def save_for(self, plan: Sequence[Step]) -> list[Step]:
        """Share out over a long film what there is to say of its idea.

        Returns:
            The plan; where its scenes are more than the lines, with pictures in between.
        """
        if len(plan) < MANY:
            return list(plan)
        self._banks.append(self._pack.data.banks.get(_LONG, {}))
        self._spoken.most_quoting = len(plan)
        speaking = sum(step.lead.name != PICTURE for step in plan)
        lines = self._stock() * _FRESH
        if lines >= speaking * _USUAL_LINES:
            return list(plan)
        spared = hushed(plan, max(min(lines / speaking, Fraction(1)), _LEAST_SPOKEN))
        speaking = sum(step.lead.name != PICTURE for step in spared)
        self._most = max(int(lines / speaking), 1)
        return spared

    def _stock(self) -> int:
        """How many lines the banks make that say something of the idea."""
        return sum(map(self._grammar.stock, set(self._banks.anywhere({}))))

    def tell(
        self, step: Step, room: Fraction, extra: Mapping[str, str], *, full: Fraction = FULL
    ) -> Told:
        """Write what `step` says in at most `room` seconds; nothing, if nothing fits.

        `extra` are slots of this scene alone, such as the number of a list item; `full` is the
        share of `room` that is enough to say.
        """
        self._full = full
        tags = self._frame.tags
        parted = {"parted", "told"} <= tags or "quoted" in tags
        whole = self._template == _WHOLE and not parted
        self._lines.varied = not whole and step.lead.name not in ("hook", "ending")
        if step.given:
            given = self._given(step.given, room)
            if given:
                return self._told(f"{given} {self._after(given, room, extra)}".strip(), "")
        if room < _SHORTEST or step.lead.name == PICTURE:
            return Told()
        chosen = self._best(step, room, extra)
        for filled in chosen:
            self._grammar.commit(filled)
            self._spoken.choose(filled)
        shot = next((filled.shot for filled in chosen if filled.shot), "")
        text = " ".join(filled.text for filled in chosen)
        return self._told(text, shot, spoken=self._pack.again(text, self._frame))

    def lengthened(self, told: Told, room: Fraction, extra: Mapping[str, str]) -> Told:
        """Say a detail more in a scene that may last `room` seconds, where one fits."""
        if not told.text or not self._padded or self._most < _MOST_LINES:
            return told
        line = self._lines.detail(room - told.seconds - 1, [], extra)
        if line is None:
            return told
        self._grammar.commit(line)
        longer = self._told(line.text, told.shot)
        text = f"{told.text} {longer.text}"
        # The user's own sentences are told as they are.
        text = text if self._frame.given else self._pack.again(text, self._frame)
        return Told(text, estimate(text, self._pack.code), told.shot)

    def _best(self, step: Step, room: Fraction, extra: Mapping[str, str]) -> list[Filled]:
        """The best of many candidates; others only where no line of the beat speaks of the idea."""
        # A line alone is soon as good as it gets.
        tries = max((_TRIES - int(room)) // (2 if self._sparse else 1), FEWEST_TRIES)
        best: tuple[float, list[Filled]] | None = None
        costs: dict[tuple[Filled, ...], float] = {}
        others = (self._plainest,) if step.item and not step.again else ()
        for write in (self._candidate, *others, self._details, self._anything):
            found = False
            for attempt in range(tries):
                candidate = write(step, room, extra)
                # Each line was weighed behind the others; in its place it may take longer.
                if candidate and self._lines.seconds(candidate) <= room:
                    found = True
                    said = tuple(candidate)
                    if said not in costs:
                        # Chance once for each: with every try, the cheapest would always win.
                        costs[said] = (
                            self._cost(candidate, room) + self._rng.random() * self._chance
                        )
                    score = costs[said]
                    if best is None or score < best[0]:
                        best = (score, candidate)
                elif not found and attempt >= FEWEST_TRIES:
                    break
            numbered = step.item and not step.again
            if best is not None and (numbered or self._names_idea(best[1])):
                break
            # Long films run out of lines, and would look for one everywhere in most scenes.
            tries = FEWEST_TRIES if self._sparse else tries
        if best is None or (VERBATIM in self._frame.tags and not self._names_idea(best[1])):
            return []
        return best[1]

    def _cost(self, lines: Sequence[Filled], room: Fraction) -> float:
        """Lower is better."""
        share = self._lines.seconds(lines) / room
        unused = min(max(float(self._full - share), 0), _MOST_UNUSED) + _HUSH * (share < _HUSHED)
        unused *= not self._sparse
        unused *= 3 if self._full > FULL else 1
        if self._tiny:
            unused += sum(bool(line.shot) or "{@" in line.pattern for line in lines)
        return unused + cost(lines, self._frame, self._spoken, closeness=self._closeness)

    def _details(self, step: Step, room: Fraction, extra: Mapping[str, str]) -> list[Filled]:
        first = self._lines.any_detail(step, room, extra)
        return self._filled_up([first], 1, room, extra) if first else []

    def _plainest(self, step: Step, room: Fraction, extra: Mapping[str, str]) -> list[Filled]:
        line = self._lines.plainest(step, room, extra)
        return [line] if line else []

    def _anything(self, step: Step, room: Fraction, extra: Mapping[str, str]) -> list[Filled]:
        line = self._lines.anywhere(room, extra)
        return self._filled_up([line], 1, room, extra) if line else []

    def _names_idea(self, lines: Sequence[Filled]) -> bool:
        return bool(words_of(" ".join(line.text for line in lines)) & self._frame.keywords)

    def _told(self, text: str, shot: str, *, spoken: str = "") -> Told:
        """Note `text`, so that no line comes twice, and tell it as it is `spoken`."""
        self._spoken.note(text)
        spoken = spoken or text
        return Told(spoken, estimate(spoken, self._pack.code), shot)

    def _given(self, given: Sequence[str], room: Fraction) -> str:
        """Say as many of the user's sentences as there is room for, cut at a clause at most."""
        text = ""
        for sentence in given:
            for part in (sentence, first_clause(sentence)):
                longer = f"{text} {part}".strip()
                if part and estimate(longer, self._pack.code) <= room:
                    text = longer
                    break
        return "" if any(sentence in self._spoken.said for sentence in sentences_of(text)) else text

    def _after(self, given: str, room: Fraction, extra: Mapping[str, str]) -> str:
        """A detail behind the user's own words, where they leave much of the scene silent."""
        left = room - estimate(given, self._pack.code) - 1
        if left < room * Fraction(3, 10):
            return ""
        line = self._lines.detail(left, [], extra)
        if line is None:
            return ""
        self._grammar.commit(line)
        return line.text

    def _candidate(self, step: Step, room: Fraction, extra: Mapping[str, str]) -> list[Filled]:
        """Say the leading beat, other beats as far as there is room, then details."""
        parts: dict[int, Filled] = {}
        lead = max(range(len(step.beats)), key=lambda index: step.beats[index].priority)
        if self._tiny and not self._spoken.said:
            lead = 0  # the idea first: no other scene has room for it
        order = sorted(range(len(step.beats)), key=lambda index: -step.beats[index].priority)
        first = self._lines.of(step.beats[lead], step.again, room, [], extra)
        if first is None:
            first = self._lines.short(step, room, extra)
        if first is None:
            return []
        parts[lead] = first
        for index in (each for each in order if each != lead):
            if len(parts) == self._most:
                break
            line = self._lines.of(step.beats[index], step.again, room, list(parts.values()), extra)
            if line is not None and self._rng.random() < 0.8:
                parts[index] = line
        lines = [parts[index] for index in sorted(parts)]
        # Nothing follows a farewell.
        behind = 0 if step.beats[lead].name == "ending" else 1
        return self._filled_up(lines, lines.index(first) + behind, room, extra)

    def _filled_up(
        self, lines: list[Filled], at: int, room: Fraction, extra: Mapping[str, str]
    ) -> list[Filled]:
        """Put details at `at`, until little room is left."""
        if not self._padded:
            return lines
        enough = max(room * self._full, room - Fraction(5, 2))
        while self._lines.seconds(lines) < enough and len(lines) < self._most:
            # In front of a farewell only the idea or a picture makes sense.
            detail = self._lines.detail(room, lines, extra, named=at == 0)
            if detail is None and self._lines.seconds(lines) < room * FULL:
                detail = self._lines.detail(room, lines, extra)
            if detail is None:
                break
            lines.insert(at, detail)
            at += 1
        return lines
