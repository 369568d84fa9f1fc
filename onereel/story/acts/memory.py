"""What a model is told of a film when it writes one act of it: it has forgotten all the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..brief import Brief
from ..looks import look_of
from ..sentences import sentences
from ..writers.answer import AnswerConstant, AnswerScene
from ..writers.asking import tokens
from .outline import Outline
from .plan import Act

__all__ = ["Page", "memory"]

_LAST = 2
"""Scenes that are told word for word."""
_LINE = 200
"""Characters of what is told in short, and of a last scene's narration and picture."""
_LOOK = 80
"""Characters of what looks the same: the film tells the models that shoot it in full."""
_SAID = 70
"""Characters by which a line is known again."""


def memory(
    brief: Brief,
    outline: Outline,
    act: Act,
    *,
    written: Sequence[AnswerScene],
    summaries: Sequence[str],
    room: int,
) -> str:
    """The film around an act, in `room` tokens at most.

    What it cannot do without comes first: the film, its people, this act and the next, the last
    scenes word for word, what always looks the same. Then, as far as there is room, what became of
    the acts before, the latest first, what the other acts are about, and the lines that were said,
    the latest first.

    Args:
        written: the film's scenes so far.
        summaries: what the model said of each act that is written.
        room: tokens, as `asking.tokens` counts them.
    """
    page = Page(room)
    page.add(f'The whole film: "{outline.title}". {outline.logline}'[: 2 * _LINE])
    if outline.style and look_of(brief) is None:
        page.add(
            f"Look of the whole film: {outline.style[:_LINE]}. Let every prompt fit it; do not say"
            " it again there."
        )
    page.listed(
        "Cast; spell the names exactly so, and describe them so:",
        (f"{each.name}: {each.description[:_LINE]}" for each in outline.cast if each.name),
    )
    page.add(f"This act, {_named(outline, act.number)}")
    if act.number < len(outline.acts):
        page.add(f"The next act, which you leave to be told, {_named(outline, act.number + 1)}")
    last = written[-_LAST:]
    page.listed(
        "The scenes before it, word for word:",
        (
            f"{number}. {each.narration[:_LINE] or '(nobody speaks)'} | shown:"
            f" {(each.prompt or each.description)[:_LINE]} | camera: {each.camera}"
            for number, each in enumerate(last, len(written) - len(last) + 1)
        ),
    )
    page.listed(
        "What always looks the same; where it is seen, call it so in the prompt, and do not"
        " describe it:",
        (_looking(each) for each in outline.bible if each.name and each.description),
    )
    page.latest(
        "What happened and what stays true, act by act:",
        [f"{number}. {each[: 2 * _LINE]}" for number, each in enumerate(summaries, 1)],
    )
    page.listed(
        "What the other acts tell; it is not told in this one:",
        (
            _named(outline, number)
            for number in range(1, len(outline.acts) + 1)
            if number not in (act.number, act.number + 1)
        ),
    )
    page.latest(
        "Lines that were said; say none of them again:",
        [
            f"{line[:_SAID]}..." if len(line) > _SAID else line
            for each in written[: len(written) - len(last)]
            for line in sentences(each.narration)
        ],
    )
    return page.text


class Page:
    """A text that takes lines until it is full."""

    def __init__(self, room: int) -> None:
        self._left = room
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        """All that had room."""
        return "\n".join(self._lines)

    def add(self, line: str) -> bool:
        """Add a line where there is room for it; returns whether there was."""
        cost = tokens(f"{line}\n")
        if cost > self._left:
            return False
        self._left -= cost
        self._lines.append(line)
        return True

    def listed(self, title: str, lines: Iterable[str]) -> None:
        """Add a title and the lines below it, until one does not fit."""
        self._list(title, lines, at=None)

    def latest(self, title: str, lines: Sequence[str]) -> None:
        """Add a title and as many of the last lines as fit, in their order."""
        self._list(title, reversed(lines), at=len(self._lines) + 1)

    def _list(self, title: str, lines: Iterable[str], at: int | None) -> None:
        first = next(iterator := iter(lines), None)
        cost = tokens(f"{title}\n")
        if first is None or cost + tokens(f"- {first}\n") > self._left:
            return
        self.add(title)
        for line in (first, *iterator):
            if not self.add(f"- {line}"):
                return
            if at is not None:
                self._lines.insert(at, self._lines.pop())


def _looking(constant: AnswerConstant) -> str:
    of = f" (of {constant.wearer})" if constant.wearer else ""
    return f"{constant.name}{of}: {constant.description[:_LOOK]}"


def _named(outline: Outline, number: int) -> str:
    act = outline.acts[number - 1]
    title = f" ({act.title[:60]})" if act.title else ""
    return f"act {number} of {len(outline.acts)}{title}: {act.synopsis[: 2 * _LINE]}"
