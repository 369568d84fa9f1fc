"""Fountain's elements, by the rules of its specification 1.1.

What the specification leaves open is read as screenwriting programs do: a heading in capitals needs
no empty line behind it, and whoever indents lines does so for the eye.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from ...values import plain

__all__ = ["Element", "Kind", "Script", "natural_heading", "parse", "title_page"]

Kind = Literal[
    "heading",
    "action",
    "character",
    "dialogue",
    "parenthetical",
    "lyric",
    "transition",
    "centred",
    "note",
    "section",
    "synopsis",
    "page break",
]


@dataclass(frozen=True)
class Element:
    """A part of a script. `text` keeps its marks of emphasis and has lost those that force."""

    kind: Kind
    text: str
    number: str = ""
    """A heading's scene number."""
    dual: bool = False
    """A character that speaks while the one before does."""


@dataclass(frozen=True)
class Script:
    """A Fountain script: its title page, by keys in lower case, and its elements in order."""

    page: dict[str, str] = field(default_factory=dict)
    elements: tuple[Element, ...] = ()


_KEYS = {
    *("title", "credit", "author", "authors", "source", "draft date", "date", "contact"),
    *("copyright", "notes", "revision", "format", "language", "aspect", "logline"),
}
"""A title page has one of these; "FADE IN:" and "NARRATOR: Once ..." are none."""
_KEY = r"([^\W\d_][\w ]{0,30}):(?:[ \t]+(.*))?[ \t]*"
_INDENTED = r"(?:\t| {3,})[ \t]*(.*)"
_NOTED = "\x01([0-9]+)\x01"
_HEADING = r"(?i)(?:INT\.?/EXT|I/E|INT|EXT|EST)[. ]"
_FORCED_HEADING = r"\.(?=[^\W_])"
_NUMBER = r"\s*#([\w.-]+)#$"
_EXTENSIONS = r"\s*\([^()]*\)"


def parse(text: str) -> Script:
    """Take a Fountain script apart; whatever fits no other element is action."""
    text = plain(text.replace("\r\n", "\n").replace("\r", "\n"))
    page, text = title_page(_without_boneyard(text))
    text, notes = _without_notes(text)
    return Script(page, tuple(_joined(_elements(text.split("\n"), notes))))


def title_page(text: str) -> tuple[dict[str, str], str]:
    """Split a text into its title page, by keys in lower case, and the rest."""
    lines = text.lstrip("\n").split("\n")
    page: dict[str, str] = {}
    key = ""
    read = 0
    for line in lines:
        if found := re.fullmatch(_KEY, line):
            key = found[1].strip().lower()
            page[key] = (found[2] or "").strip()
        elif key and (more := re.fullmatch(_INDENTED, line)) and more[1]:
            page[key] = f"{page[key]}\n{more[1].rstrip()}".lstrip("\n")
        else:
            break
        read += 1
    ended = read == len(lines) or not lines[read].strip()
    if not ended or not _KEYS & page.keys():
        return {}, text
    return page, "\n".join(lines[read:])


def natural_heading(line: str) -> bool:
    """Whether a line is a scene heading by its first word, such as "INT. HOUSE - DAY"."""
    return re.match(_HEADING, line.strip()) is not None


def _without_boneyard(text: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := text.find("/*", at)) >= 0 and (end := text.find("*/", start + 2)) >= 0:
        kept.append(text[at:start])
        at = end + 2
    return "".join([*kept, text[at:]])


def _without_notes(text: str) -> tuple[str, list[str]]:
    """Take the notes out, and leave "\\x01", a note's number and "\\x01" where each was.

    A note has no empty line in it.
    """
    kept: list[str] = []
    notes: list[str] = []
    at = end = empty = 0
    for opening in re.finditer(r"(?<!\\)\[\[", text):
        start = opening.start()
        if start < at:
            continue
        end = text.find("]]", start) if end < start + 2 else end
        if end < 0:
            break
        if empty >= 0 and empty < start:
            empty = text.find("\n\n", start)
        if 0 <= empty < end:
            continue
        kept += [text[at:start], f"\x01{len(notes)}\x01"]
        notes.append(text[start + 2 : end])
        at = end + 2
    return "".join([*kept, text[at:]]), notes


def _elements(lines: list[str], notes: list[str]) -> list[Element]:
    """One element a line, and after each those of its notes."""
    found: list[Element] = []
    bare = [(re.sub(_NOTED, "", line), re.findall(_NOTED, line)) for line in lines]
    speaking = False
    before = True
    for at, (line, noted) in enumerate(bare):
        # A line of notes alone is as if it were not there.
        if line.strip() or not noted:
            after = _next(bare, at)
            if speaking and line.strip():
                found.append(_spoken(line))
            elif speaking and len(line) >= 2:
                # Two spaces keep an empty line inside a dialogue.
                found.append(Element("dialogue", ""))
            elif line.strip():
                element = _element(line, before=before, after=not after.strip())
                speaking = element.kind == "character"
                found.append(element)
            else:
                speaking = False
                found.append(Element("action", ""))
            before = not line.strip()
        found += [Element("note", notes[int(number)]) for number in noted]
    return found


def _next(bare: list[tuple[str, list[str]]], at: int) -> str:
    """The next line that is not of notes alone."""
    following = (bare[index] for index in range(at + 1, len(bare)))
    return next((line for line, noted in following if line.strip() or not noted), "")


def _spoken(line: str) -> Element:
    line = line.strip()
    if line.startswith("~"):
        return Element("lyric", line[1:].strip())
    if line.startswith("(") and line.endswith(")"):
        return Element("parenthetical", line[1:-1].strip())
    return Element("dialogue", line)


def _element(line: str, *, before: bool, after: bool) -> Element:
    """What a line is that is no dialogue; `before` and `after`: an empty line is there."""
    bare = line.strip()
    if bare.startswith("!"):
        return Element("action", line.split("!", 1)[1].rstrip())
    if re.fullmatch("={3,}", bare):
        return Element("page break", "")
    if bare.startswith(">"):
        if bare.endswith("<"):
            return Element("centred", bare[1:-1].strip())
        return Element("transition", bare[1:].strip())
    if bare.startswith("~"):
        return Element("lyric", bare[1:].strip())
    if bare.startswith("="):
        return Element("synopsis", bare[1:].strip())
    if bare.startswith("#") and (title := bare.lstrip("#").strip()):
        return Element("section", title)
    if before and (heading := _heading(bare, after=after)):
        return heading
    if before and not after and (character := _character(bare)):
        return character
    if before and after and _capitals(bare) and line.endswith("TO:"):
        return Element("transition", bare)
    return Element("action", line.expandtabs(4).rstrip())


def _heading(bare: str, *, after: bool) -> Element | None:
    forced = re.match(_FORCED_HEADING, bare)
    natural = re.match(_HEADING, bare) and (after or bare == bare.upper())
    if not forced and not natural:
        return None
    text = bare[1:] if forced else bare
    number = re.search(_NUMBER, text)
    if number:
        text = text[: number.start()]
    return Element("heading", text.strip(), number=number[1] if number else "")


def _character(bare: str) -> Element | None:
    dual = bare.endswith("^")
    name = bare.rstrip("^").rstrip()
    if name.startswith("@"):
        return Element("character", name[1:].strip(), dual=dual)
    if _capitals(re.sub(_EXTENSIONS, "", name)):
        return Element("character", name, dual=dual)
    return None


def _capitals(text: str) -> bool:
    """Whether all letters are capitals; writing without capitals has none."""
    return text == text.upper() and any(letter.isupper() for letter in text)


def _joined(elements: list[Element]) -> list[Element]:
    """Make one element of the lines of a paragraph or of a speech; empty lines part paragraphs."""
    joined: list[Element] = []
    for kind, group in groupby(elements, lambda each: "" if _is_empty(each) else each.kind):
        if kind in {"action", "dialogue"}:
            lines = list(group)
            joined.append(Element(lines[0].kind, "\n".join(line.text for line in lines)))
        elif kind:
            joined += group
    return joined


def _is_empty(element: Element) -> bool:
    return element.kind == "action" and not element.text.strip()
