"""Scripts in plain text or Markdown, as people write them for videos, to a screenplay's data.

A paragraph is a scene's narration. Headings are scene titles; the only heading of the first level,
or a short first line, is the film's title. What is seen stands in brackets, `[waves at night]`, in
a quotation (`>`), in a paragraph of italics, or behind a label (`VISUAL:`, `B-ROLL:`, ...). It
belongs to the paragraph that it stands in, else to the one that follows, or, in a part that begins
with words and ends with a picture, to the one before. Labels such as `NARRATOR:` are not spoken;
nor are times (`[0:15]`), sounds (`MUSIC: ...`), directions in parentheses, code and comments. A
table with a column of either kind, `| Visual | Audio |`, is a scene a row. A line that begins with
the name of somebody of the cast and a colon is that person's; in a script without a Cast, people
are found by such lines (`cues.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..values import plain
from .beats import Beat
from .cues import CUE, speakers_of
from .fountain.elements import title_page
from .fountain.marks import cleaned
from .fountain.page import page_data
from .fountain.reading import called_names

__all__ = ["read_prose"]

_SEEN = r"visuals?|video|b-?roll|shots?|images?|pictures?|on[- ]?screen|screen|bild|imagen?"
_SPOKEN = (
    r"narrat(?:or|ion|rice|eur)|narrador[a]?|voice[- ]?over|v\.?o\.?|audio|voice|host|speaker"
    r"|sprecher(?:in)?|erz\u00e4hler(?:in)?|voix off|voz en off"
)
_SOUND = r"music|sfx|fx|sounds?|musik|musique|m\u00fasica"
_LABEL = (
    rf"(?i)(?:(?P<seen>{_SEEN})|(?P<spoken>{_SPOKEN})|(?P<sound>{_SOUND}))"
    r"\s*(?:\([^()]{0,40}\))?\s*(?:[0-9]{1,3}\s*)?:\s*"
)
_TIME = (
    r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[-\u2013\u2014]\s*\d{1,2}:\d{2}(?::\d{2})?)?[\])]?"
    r"\s*(?:[-\u2013\u2014:|]\s*)?"
)
_SCENE = r"(?i)(?:scene|szene|escena|sc\u00e8ne)\s+\d+\b[\s:.\u2013\u2014-]*(.*)"
_HEADING = r"(#{1,6})\s+(.*?)\s*#*"
_FRONT = r"(?s)---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)"
_BULLET = r"(?:[-*+\u2022]|\d{1,3}[.)])\s+"
_IMAGE = r"!\[([^\[\]\n]*)\]\([^()\n]*\)"
_LINK = r"\[([^\[\]\n]+)\]\([^()\n]*\)"
_ITALIC = r"\*(?!\*)([^*]+)\*|_(?!_)([^_]+)_"
_NUMBERED = r"(?i)[^:(]*[^\W\d_]\s*[0-9]"
"""A label of one of several, as in "Host 2: ..."."""
_IN_BRACKETS = r"\[([^\[\]\n]*)\]"
_SENTENCE_END = ".!?\u2026:;,\u3002\uff01\uff1f"
_LONGEST_TITLE = 60

_Kind = Literal["seen", "spoken", "title", "break"]


@dataclass(frozen=True)
class _Item:
    """A block's words of one kind; `level` is a heading's."""

    kind: _Kind
    text: str
    level: int = 0
    block: int = 0


def read_prose(text: str) -> tuple[dict[str, Any], list[Beat]]:
    """Read a script in plain text or Markdown: its screenplay's data without scenes, its beats."""
    text = plain(text.replace("\r\n", "\n").replace("\r", "\n")).lstrip("\ufeff\n")
    page, text = _front(text)
    items = list(_items(_blocks(text)))
    data = page_data(page)
    if not data["title"]:
        data["title"], items = _titled(items)
    if "cast" not in data:
        told = speakers_of(item.text for item in items if item.kind == "spoken")
        data["cast"] = [{"name": name} for name in told]
    return data, _beats(items, called_names(data["cast"]))


def _front(text: str) -> tuple[dict[str, str], str]:
    """The values at the top: between lines of dashes, as on a title page, or none."""
    front = re.match(_FRONT, text)
    if not front:
        return title_page(text)
    page: dict[str, str] = {}
    for line in front[1].split("\n"):
        key, colon, value = line.partition(":")
        if colon and not key.startswith((" ", "#")):
            page[key.strip().lower()] = value.strip().strip("'\"")
    return page, text[front.end() :]


def _blocks(text: str) -> list[list[str]]:
    """The paragraphs, without code and comments; a heading or a rule is one of its own."""
    blocks: list[list[str]] = [[]]
    fenced = False
    for line in _without_comments(text).split("\n"):
        bare = line.strip()
        if bare.startswith(("```", "~~~")):
            fenced = not fenced
            continue
        if fenced:
            continue
        alone = bool(re.fullmatch(_HEADING, bare) or re.fullmatch(r"([-*_=])(?:\s*\1){2,}", bare))
        if not bare or alone:
            blocks.append([])
        if bare:
            blocks[-1].append(bare)
        if alone:
            blocks.append([])
    return [block for block in blocks if block]


def _without_comments(text: str) -> str:
    kept: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _items(blocks: list[list[str]]) -> Iterable[_Item]:
    label: _Kind | None = None
    for number, block in enumerate(blocks):
        if heading := re.fullmatch(_HEADING, block[0]):
            yield _Item("title", _timeless(_bare(heading[2])), level=len(heading[1]), block=number)
            continue
        if re.fullmatch(r"([-*_=])(?:\s*\1){2,}", block[0]):
            continue
        if all(line.startswith("|") for line in block):
            yield from _table(block, number)
            continue
        label_before, label = label, None
        found: list[_Item] = []
        current: _Kind | None = label_before
        for line in block:
            current, more = _line(line, current, number)
            found += more
        if current is not None and not found:
            # A label alone: what it says of comes in the next paragraph.
            label = current
        yield from found


def _table(block: list[str], number: int) -> Iterable[_Item]:
    """The rows of a script in columns, such as `| Visual | Audio |`; no other table is read."""
    head, *rows = ([_bare(cell) for cell in _cells(line)] for line in block)
    labels = [re.fullmatch(_LABEL, f"{cell}:") for cell in head]
    columns = [label.lastgroup if label else None for label in labels]
    if "spoken" not in columns:
        return
    for row, cells in enumerate(rows):
        # Each row is a paragraph, with a number that no other has.
        block_of_row = -(number * 10_000 + row)
        said = [pair for pair in zip(columns, cells, strict=False) if re.search(r"\w", pair[1])]
        for kind in ("seen", "spoken"):
            texts = [text for column, text in said if column == kind]
            if texts:
                yield _Item(kind, " ".join(texts), block=block_of_row)


def _cells(line: str) -> list[str]:
    """The cells of a row; a bar behind a backslash is a letter."""
    row = line.removeprefix("|")
    return re.split(r"(?<!\\)\|", row[:-1] if re.search(r"(?<!\\)\|$", row) else row)


def _line(line: str, current: _Kind | None, block: int) -> tuple[_Kind | None, list[_Item]]:
    """What a line says and shows, and what kind the lines after it in its paragraph are."""
    line = _timeless(line)
    seen = [_bare(image) for image in re.findall(_IMAGE, line)]
    line = re.sub(_LINK, r"\1", re.sub(_IMAGE, "", line)).strip()
    scene = re.fullmatch(_SCENE, _bare(line))
    if scene and not scene[1].endswith(tuple(_SENTENCE_END)):
        return None, [_Item("title", scene[1] or _bare(line).rstrip(":"), 7, block)]
    if line.startswith(">"):
        return current, [_Item("seen", _bare(_unlabelled(line.lstrip("> "))), block=block)]
    if italic := re.fullmatch(_ITALIC, line):
        return current, [_Item("seen", _unlabelled(_bare(italic[1] or italic[2])), block=block)]
    if re.fullmatch(r"\([^()]*\)", line) and not re.match(_LABEL, line[1:]):
        return current, []
    bullet = re.match(_BULLET, line)
    words = _bare(line[bullet.end() :] if bullet else line)
    whole = re.fullmatch(r"\(([^()]*)\)", words)
    words = whole[1] if whole else words
    seen += [part for each in re.findall(_IN_BRACKETS, words) if (part := _bracketed(each))]
    words = " ".join(re.sub(_IN_BRACKETS, " ", words).split())
    if label := re.match(_LABEL, words):
        current = "seen" if label["seen"] else "spoken" if label["spoken"] else "break"
        # "Host 2" may be somebody with a voice of his own.
        numbered = current == "spoken" and re.match(_NUMBERED, label[0])
        words = words if numbered else words[label.end() :]
    items = [_Item("seen", each, block=block) for each in seen]
    if words:
        items.append(_Item(current or "spoken", words, block=block))
    # A label with words behind it is about them alone; one that stands alone, about what follows.
    return (None if label and words else current), items


def _timeless(line: str) -> str:
    """A line without the times that it begins with."""
    time = re.match(_TIME, line)
    return line[time.end() :] if time else line


def _bare(text: str) -> str:
    """The text without Markdown's marks."""
    text = re.sub(r"__(?=\S)([^_\n]{1,200})(?<=\S)__", r"**\1**", text)
    text = re.sub(r"<[/A-Za-z][^<>\n]{0,200}>", " ", text).replace("`", "").replace("~~", "")
    return cleaned(text).strip()


def _unlabelled(text: str) -> str:
    label = re.match(_LABEL, text)
    return text[label.end() :] if label and label["seen"] else text


def _bracketed(text: str) -> str:
    """What is seen, of words in brackets; nothing of times and of sounds."""
    label = re.match(_LABEL, text)
    if re.fullmatch(_TIME, text.strip()) or (label and label["sound"]):
        return ""
    return _unlabelled(text).strip()


def _titled(items: list[_Item]) -> tuple[str, list[_Item]]:
    """The film's title, if the script begins with one, and the rest."""
    if not items:
        return "", items
    first, rest = items[0], items[1:]
    top = [item for item in items if item.kind == "title" and item.level == 1]
    if top == [first]:
        return first.text, rest
    alone = first.kind == "spoken" and not any(item.block == first.block for item in rest)
    short = len(first.text) <= _LONGEST_TITLE and not first.text.endswith(tuple(_SENTENCE_END))
    if alone and short and any(item.kind == "spoken" for item in rest):
        return first.text, rest
    return "", items


def _beats(items: list[_Item], called: Mapping[str, str]) -> list[Beat]:
    beats: list[Beat] = []
    title, part = "", list[_Item]()
    for item in [*items, _Item("title", "")]:
        if item.kind == "title":
            beats += _part(title, part, called)
            title, part = item.text, []
        elif item.kind != "break":
            part.append(item)
    return beats


def _part(title: str, items: list[_Item], called: Mapping[str, str]) -> list[Beat]:
    """The beats below one heading."""
    if not items:
        return []
    after = items[0].kind == "spoken" and items[-1].kind == "seen"
    shots: list[tuple[list[str], list[str]]] = []
    spoken_in: int | None = None
    waiting: list[str] = []
    for item in items:
        same = item.block == spoken_in
        if item.kind == "seen" and (same or (after and shots)):
            shots[-1][0].append(item.text)
        elif item.kind == "seen":
            waiting.append(item.text)
        elif same:
            shots[-1][1].append(item.text)
        else:
            shots.append((waiting, [item.text]))
            waiting, spoken_in = [], item.block
    if waiting and shots and not shots[-1][0]:
        shots[-1][0].extend(waiting)
    elif waiting:
        shots.append((waiting, []))
    return [_beat(title, seen, said, called) for seen, said in shots]


def _beat(title: str, seen: list[str], said: list[str], called: Mapping[str, str]) -> Beat:
    """What is seen and said at one time; lines that name somebody of the cast are that person's."""
    lines: list[str] = []
    speakers: list[str] = []
    for text in said:
        cue = re.fullmatch(CUE, text)
        if cue and (name := called.get(" ".join(cue[1].split()).upper())):
            speakers.append(name)
            lines.append(f"{name}: {cue[2] or ''}".rstrip())
            continue
        label = re.match(_LABEL, text)
        text = text[label.end() :] if label and label["spoken"] else text
        if lines:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
    told = tuple(dict.fromkeys(speakers))
    return Beat(title=title, seen=" ".join(seen), spoken="\n".join(lines), speakers=told)
