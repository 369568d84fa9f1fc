"""A screenplay as a Fountain script, which reads back as the same screenplay.

What Fountain has a form for is written in it; the rest stands in notes and on the title page, where
other programs leave it alone. What a form would lose, such as spaces at an end, stands in a note
beside it. Approvals are left out: whoever films the script approves it himself.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...files import writing
from ..files import load_screenplay
from ..screenplay import Scene, Screenplay
from .elements import parse
from .marks import escaped, exact_value, shown_value
from .page import BRIEFED, STYLED, cast_lines, page_key
from .reading import NOTED

__all__ = ["save_fountain", "to_fountain"]

_TRANSITIONS = {"cut": "", "dissolve": "> DISSOLVE TO:\n\n", "fade": "> FADE IN:\n\n"}
_NARRATOR = "NARRATOR (V.O.)"
_PASSES = 6
_ON_PAGE = ("logline", "length", "pace")


def to_fountain(screenplay: Screenplay) -> str:
    """Write a screenplay as Fountain; `load_screenplay` reads it back equal, but not approved."""
    page: dict[str, str] = {
        "Title": shown_value(screenplay.title or "Untitled"),
        # Always, or a reader's own language would take their place.
        "Language": exact_value(screenplay.brief.language),
        "Aspect": screenplay.brief.aspect,
    }
    notes: list[dict[str, str]] = [
        {"duration": exact_value(scene.model_dump(mode="json")["duration"])}
        for scene in screenplay.scenes
    ]
    text = ""
    # What is said outright is exact, but what is made of it elsewhere may be new.
    for _ in range(_PASSES):
        text = _script(screenplay, page, notes)
        read = load_screenplay(text, form="fountain")
        lost = _lost_scenes(screenplay, read)
        more = _lost_page(screenplay, read)
        if not any(lost) and not more:
            break
        for each, said in zip(notes, lost, strict=True):
            each.update(said)
        page.update(more)
    return text


def save_fountain(screenplay: Screenplay, path: Path) -> None:
    """Write a screenplay as a Fountain file in UTF-8.

    Raises:
        FreeDisk, MakeWritable, StorageError: the file system refuses.
    """
    with writing(path) as temporary:
        temporary.write_text(to_fountain(screenplay), "utf-8", newline="\n")


def _lost_scenes(screenplay: Screenplay, read: Screenplay) -> list[dict[str, str]]:
    """What each scene would lose, by field, as notes say it."""
    return [
        {
            name: exact_value(scene.model_dump(mode="json")[name])
            for name in NOTED
            if getattr(scene, name) != getattr(other, name)
        }
        for scene, other in zip(screenplay.scenes, read.scenes, strict=True)
    ]


def _lost_page(screenplay: Screenplay, read: Screenplay) -> dict[str, str]:
    """What the screenplay as a whole would lose, as a title page says it."""
    data = screenplay.model_dump(mode="json")
    lost: dict[str, str] = {}
    if read.writer != screenplay.writer:
        lost["Author"] = shown_value(screenplay.writer)
    for of, names in (("brief", BRIEFED), ("style", STYLED)):
        ours, theirs = getattr(screenplay, of), getattr(read, of)
        for name, key in names.items():
            if getattr(ours, name) != getattr(theirs, name):
                lost[page_key(key)] = exact_value(data[of][name])
    for name in _ON_PAGE:
        if getattr(read, name) != getattr(screenplay, name):
            lost[page_key(name)] = exact_value(data[name])
    if read.cast != screenplay.cast:
        lost["Cast"] = cast_lines(screenplay.cast)
    if read.bible != screenplay.bible:
        lost["Bible"] = exact_value(data["bible"])
    return lost


def _script(screenplay: Screenplay, page: dict[str, str], notes: list[dict[str, str]]) -> str:
    head = "\n".join(
        f"{key}: {value}".replace(": \n", ":\n").rstrip() for key, value in page.items()
    )
    people = [each.name for each in screenplay.cast]
    scenes = [
        _scene(scene, said, people) for scene, said in zip(screenplay.scenes, notes, strict=True)
    ]
    return "\n\n".join([head, *scenes]) + "\n"


def _scene(scene: Scene, said: dict[str, str], people: Sequence[str]) -> str:
    note = "\n".join(f"{name}: {said[name]}".rstrip() for name in NOTED if name in said)
    # A list at its end would end the note.
    note = f"{note} " if note.endswith("]") else note
    parts = [f"{_TRANSITIONS[scene.transition]}{_heading(scene)}", f"[[{note}]]"]
    if scene.description.strip():
        parts.append(_action(scene.description))
    parts += [f"{cue}\n{_dialogue(words)}" for cue, words in _speeches(scene.narration, people)]
    return "\n\n".join(parts)


def _heading(scene: Scene) -> str:
    # The specification's numbers have no underscores; such an id stands in the note.
    number = "" if "_" in scene.id else f" #{scene.id}#"
    title = escaped(scene.title)
    for line in (f"{title}{number}", f".{title}{number}"):
        elements = parse(f"\n{line}\n").elements
        if [element.kind for element in elements] == ["heading"] and "\n" not in line:
            return line
    return f".{scene.id}{number}"


def _action(text: str) -> str:
    """A description as action, forced where a line of it would be something else."""
    paragraphs = [part for part in escaped(text).split("\n\n") if part.strip()]
    return "\n\n".join(_forced(part.strip("\n")) for part in paragraphs)


def _forced(paragraph: str) -> str:
    elements = parse(f"\n{paragraph}\n").elements
    if [element.kind for element in elements] == ["action"] and not paragraph.startswith("!"):
        return paragraph
    return "\n".join(f"!{line}" for line in paragraph.split("\n"))


def _speeches(narration: str, people: Sequence[str]) -> list[tuple[str, str]]:
    """A narration as cues and what is said below each: a line `NAME: ...` is that person's."""
    found: list[tuple[str, list[str]]] = []
    for line in narration.split("\n"):
        name, colon, words = line.partition(": ")
        if colon and name in people and words.strip():
            found.append((_cue(name), [words]))
        elif found and found[-1][0] == _NARRATOR:
            found[-1][1].append(line)
        else:
            found.append((_NARRATOR, [line]))
    speeches = [(cue, "\n".join(lines)) for cue, lines in found]
    return [(cue, words) for cue, words in speeches if words.strip()]


def _cue(name: str) -> str:
    """A line that names who speaks, forced where the name is not in capitals."""
    elements = parse(f"\n{name}\nWords.\n").elements
    return name if elements[0].kind == "character" else f"@{name}"


def _dialogue(text: str) -> str:
    """A narration as dialogue; two spaces keep an empty line in it."""
    lines = [line.strip() for line in escaped(text).split("\n")]
    protected = [f"\\{line}" if line[:1] in {"(", "~"} else line for line in lines]
    return "\n".join(line or "  " for line in protected)
