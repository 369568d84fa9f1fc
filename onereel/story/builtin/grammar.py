"""Patterns become sentences: slots of the frame, phrases of the theme, inflected words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from .pack import ANY, Frame, Pack, Part, Shot
from .patterns import SLOT, fixed_in, parts_of, pick, sentences, slots_in

__all__ = ["Filled", "Grammar"]

SEE = "see"
_OFTEN = 4
"""How often a pattern bears another phrase of its list."""
_LONG = 3
"""Words from which on a slot is noticed when it comes twice."""
_NAMES = frozenset(("hero", "topic", "focus", "part"))
_VERBATIM = frozenset(("quote", "by", "term", "idea", "words"))
"""Slots that no language's spelling may touch: the words of others."""
_HELD = 0xAC00
"""From here on, letters that stand for such words meanwhile, and that no pattern has."""
_TURNED = "told_"
"""Slots that begin so tell one thing in other orders of its words; "told_now" is the plain one."""


@dataclass(frozen=True)
class Filled:
    """A realised pattern: its text, what it drew from lists, and its shot if it names one."""

    text: str
    pattern: str
    drawn: tuple[tuple[str, str], ...] = ()
    told: tuple[str, ...] = ()
    """The long slots of the frame that it says: what the idea tells, word for word."""
    shot: str = ""
    part: str = ""
    """The thing of the idea that it names, where the pattern leaves open which."""
    view: int = 0
    """Which thing of the idea it speaks of: 0 is the frame's own, then its parts."""
    fixed: int = 0
    """How many 5-grams it brings without a word of the idea, and so in other films too."""


def _bare(text: str) -> str:
    """What a long slot says, asked or told, alike."""
    return text.lower().strip("\u00bf?\u00a1!. \u00ab\u00bb\u201c\u201d\u201e")


def _view(frame: Frame, part: Part) -> Frame:
    tags = frame.tags
    if part.plural is not None:
        tags = (tags - {"plural", "single"}) | {"plural" if part.plural else "single"}
    return replace(frame, slots={**frame.slots, **part.slots}, tags=tags)


class Grammar:
    """Fills patterns for one film and remembers what the film has used up."""

    def __init__(self, pack: Pack, frame: Frame, tags: Collection[str]) -> None:
        self._pack = pack
        self._frame = frame
        self._views = [frame, *(_view(frame, part) for part in frame.parts)]
        self._varied = frozenset(slot for part in frame.parts for slot in part.slots)
        self._seen: Counter[int] = Counter()
        self._tags = frozenset(tags) | frame.tags
        self._used: Counter[tuple[str, str]] = Counter()
        self._patterns: Counter[str] = Counter()
        self._asked: set[tuple[str, int]] = set()
        self._fitting: dict[tuple[str, frozenset[str]], bool] = {}
        self._shots: dict[str, Shot] = {}
        self._tiers: dict[str, dict[str, int]] = {SEE: {}}
        self._ranked: dict[str, list[list[str]]] = {}
        self._grouped: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
        self._varying: dict[str, bool] = {}
        self._filled: dict[tuple[object, ...], Filled] = {}
        self._open(pack)

    def _open(self, pack: Pack) -> None:
        """Lay the lists of the frame's themes side by side; generic ones come after them."""
        names = [*self._frame.themes, ANY] if ANY not in self._frame.themes else [ANY]
        for tier, name in enumerate(names):
            theme = pack.data.themes[name]
            for label, items in theme.lists.items():
                for item in items:
                    self._tiers.setdefault(label, {}).setdefault(item, tier)
            for key, shot in theme.shots.items():
                self._shots.setdefault(f"{name}.{key}", shot)
                self._tiers[SEE].setdefault(f"{name}.{key}", tier)
        for label, items in pack.data.banks.get("common", {}).items():
            if label not in self._tiers:
                self._tiers[label] = dict.fromkeys(items, 0)

    def shot(self, key: str) -> Shot:
        """The shot of a key such as "sea.nets", in the pack's language."""
        return self._shots[key]

    def fits(self, pattern: str, extra: Mapping[str, str]) -> bool:
        """Whether the frame has what the pattern needs."""
        key = (pattern, frozenset(extra))
        if key not in self._fitting:
            self._fitting[key] = self._fits(pattern, extra)
        return self._fitting[key]

    def _fits(self, pattern: str, extra: Mapping[str, str]) -> bool:
        conditions, needs, body = parts_of(pattern)
        for condition in conditions:
            if condition.startswith("!"):
                if condition[1:] in self._tags:
                    return False
            elif condition not in self._tags:
                return False
        if any(need not in extra and not self._frame.slots.get(need) for need in needs):
            return False
        return all(
            self._tiers.get(slot[1:]) for slot in re.findall(SLOT, body) if slot.startswith("@")
        )

    def names_idea(self, pattern: str) -> bool:
        """Whether the pattern needs a slot of the frame, so that it says something of the idea."""
        return bool(parts_of(pattern)[1])

    def by_use(self, patterns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """The patterns that still have something to say, in groups: those that the film used least
        first; kept until it says something."""
        key = tuple(patterns)
        if key not in self._grouped:
            groups: dict[int, list[str]] = {}
            for pattern in key:
                used = self._patterns[pattern]
                # Without a phrase to draw, a pattern says the same again, if under another number;
                # of another thing of the idea it says something else.
                if not used or "@" in pattern or used < self._turns(pattern):
                    groups.setdefault(used, []).append(pattern)
            self._grouped[key] = tuple(tuple(groups[used]) for used in sorted(groups))
        return self._grouped[key]

    def _varies(self, pattern: str) -> bool:
        """Whether the pattern can speak of several things of the idea."""
        if pattern not in self._varying:
            self._varying[pattern] = not self._varied.isdisjoint(parts_of(pattern)[1])
        return self._varying[pattern]

    def _turns(self, pattern: str) -> int:
        """How many things of the idea the pattern can speak of."""
        return len(self._views) if self._varies(pattern) else 1

    def stock(self, pattern: str) -> int:
        """How many lines the pattern makes before it sounds like itself."""
        drawn = re.findall(r"\{@(\w+)\}", pattern)
        phrases = min((len(self._tiers[label]) for label in drawn), default=1)
        return self._turns(pattern) * min(phrases, _OFTEN)

    def draw(self, label: str, rng: Random, busy: Collection[tuple[str, str]]) -> str:
        """Draw an item of a list, a least used one of the nearest theme."""
        ranked = self._by_use(label)
        for items in ranked:
            if free := [item for item in items if (label, item) not in busy]:
                return pick(rng, free)
        return pick(rng, ranked[0])

    def _by_use(self, label: str) -> list[list[str]]:
        """The items of a list by how much they were used, the least first; kept until one is."""
        if label not in self._ranked:
            ranked: dict[int, list[str]] = {}
            for item, tier in self._tiers[label].items():
                # A generic phrase is better than saying the theme's own a third time.
                ranked.setdefault(self._used[label, item] * 2 + tier, []).append(item)
            self._ranked[label] = [ranked[cost] for cost in sorted(ranked)]
        return self._ranked[label]

    def _choose_view(self, pattern: str, rng: Random, near: Collection[int]) -> int:
        """The thing of the idea that was spoken of least, and not just now; its main one more."""
        if not self._varies(pattern):
            return 0
        cost = [
            self._seen[at] / (1 if at else 2)
            + 100 * (at in near)
            + 1000 * ((pattern, at) in self._asked)
            for at in range(len(self._views))
        ]
        return pick(rng, [at for at, each in enumerate(cost) if each == min(cost)])

    def fill(
        self,
        pattern: str,
        rng: Random,
        *,
        extra: Mapping[str, str],
        busy: Collection[tuple[str, str]] = (),
        near: Collection[int] = (),
        varied: bool = False,
    ) -> Filled:
        """Realise a pattern that `fits`; where `varied`, it may speak of a part of the idea."""
        body = parts_of(pattern)[2]
        view = self._choose_view(pattern, rng, near) if varied else 0
        drawn = tuple(self._drawn(body, rng, list(busy), []))
        # A film tries the same words many times before it says them.
        key = (pattern, view, drawn, *extra.items())
        if key not in self._filled:
            self._filled[key] = self._realised(pattern, view, drawn, extra)
        return self._filled[key]

    def _realised(
        self,
        pattern: str,
        view: int,
        drawn: tuple[tuple[str, str], ...],
        extra: Mapping[str, str],
    ) -> Filled:
        _, needs, body = parts_of(pattern)
        frame = self._views[view]
        told = tuple(
            _bare(frame.slots["told_now" if need.startswith(_TURNED) else need])
            for need in needs
            if len(frame.slots.get(need, "").split()) >= _LONG
            and need.partition("_")[0] not in _NAMES
        )
        spoken = [self._shots[item].see if label == SEE else item for label, item in drawn]
        fixed = fixed_in(pattern) + sum(max(len(each.split()) - 4, 0) for each in spoken)
        return Filled(
            self._text(body, frame, drawn, extra),
            pattern,
            drawn,
            told,
            shot=next((item for label, item in reversed(drawn) if label == SEE), ""),
            part=frame.slots.get("part", "") if "part" in needs else "",
            view=view,
            fixed=fixed,
        )

    def _drawn(
        self,
        text: str,
        rng: Random,
        busy: list[tuple[str, str]],
        drawn: list[tuple[str, str]],
    ) -> list[tuple[str, str]]:
        """Draw for every list that a text names, and for those that what was drawn names."""
        for slot in slots_in(text):
            if slot.startswith("@"):
                label = slot[1:]
                item = self.draw(label, rng, [*busy, *drawn])
                drawn.append((label, item))
                if label != SEE:
                    self._drawn(item, rng, busy, drawn)
        return drawn

    def _text(
        self,
        body: str,
        frame: Frame,
        drawn: Sequence[tuple[str, str]],
        extra: Mapping[str, str],
    ) -> str:
        """The sentences of a pattern's body, with what was drawn for its lists."""
        held: list[str] = []
        left = iter(drawn)

        def value(match: re.Match[str]) -> str:
            slot = match[1]
            if slot.startswith("@"):
                label, item = next(left)
                return self._shots[item].see if label == SEE else re.sub(SLOT, value, item)
            if ":" in slot:
                how, word = slot.split(":", 1)
                return self._pack.inflect(how, word, frame)
            if slot in _VERBATIM:
                held.append(frame.slots[slot])
                return chr(_HELD + len(held) - 1)
            return extra.get(slot) or frame.slots[slot]

        text = self._pack.polish(re.sub(SLOT, value, body))
        for at, words in enumerate(held):
            text = text.replace(chr(_HELD + at), words)
        return sentences(text)

    def commit(self, filled: Filled) -> None:
        """Note that the film says this."""
        self._patterns[filled.pattern] += 1
        self._grouped.clear()
        self._asked.add((filled.pattern, filled.view))
        if self._varies(filled.pattern):
            self._seen[filled.view] += 1
        self._used.update(filled.drawn)
        for label, _ in filled.drawn:
            self._ranked.pop(label, None)

    def use_shot(self, key: str) -> None:
        """Note that the film shows this shot."""
        self._used[SEE, key] += 1
        self._ranked.pop(SEE, None)
