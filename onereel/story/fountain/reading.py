"""From a Fountain script to a screenplay's data.

Dialogue and lyrics are spoken, action is seen: an action after a speech begins a new shot. What
somebody of the cast says is a line of its own, `NAME: ...`, which that person's voice speaks. In a
script without dialogue the action is spoken as well. A heading names its shots, and its number is
their id. Notes that name a field, `[[camera: pan left]]`, set it; all other notes, boneyards and
page breaks are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..beats import Beat
from ..screenplay import Scene
from .elements import Element, natural_heading, parse
from .marks import cleaned, value_of
from .page import cue_name, page_data, speakers

__all__ = ["NOTED", "called_names", "read_fountain"]

_OURS = {"version", "approved", "constant"}
NOTED = tuple(name for name in Scene.model_fields if name not in _OURS)
"""The fields of a scene that a note may set: whoever films the script approves it himself."""

_LINE = r"[ \t]*([A-Za-z][\w ]*?)[ \t]*:(.*)"
_FADE = r"FADE (?:IN|UP|OUT|TO [A-Z]+)[.:]?"
_INSIDE = r"(?i)(INT\.?/EXT|I/E|INT|EXT|EST)[. ]+"
_SIDES = {"INT": "interior", "EXT": "exterior", "EST": "exterior"}


@dataclass
class _Speech:
    """What one person says in one go, a line each; nobody of the cast is the narrator."""

    who: str
    words: list[str] = field(default_factory=list)


@dataclass
class _Shot:
    """What is seen, a paragraph each, and what is spoken meanwhile."""

    transition: str = "cut"
    seen: list[str] = field(default_factory=list)
    spoken: list[_Speech] = field(default_factory=list)


@dataclass
class _Part:
    """A scene of the script, of one or more shots."""

    title: str = ""
    place: str = ""
    number: str = ""
    shots: list[_Shot] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    synopsis: str = ""


def read_fountain(text: str) -> tuple[dict[str, Any], list[Beat]]:
    """Read a Fountain script: the data of its screenplay without scenes, and its beats."""
    script = parse(text)
    data = page_data(script.page)
    data.setdefault("cast", speakers(script.elements))
    parts = _parts(script.elements, called_names(data["cast"]))
    if (opening := parts[0]).synopsis and not opening.shots:
        data.setdefault("logline", opening.synopsis)
        opening.synopsis = ""
    told = any(element.kind in {"dialogue", "lyric"} for element in script.elements)
    return data, [beat for part in parts for beat in _beats(part, told=told)]


def called_names(cast: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The name of each person of the cast, by what may stand above or before a speech, in capitals:
    all of it, or a first name that nobody else has."""
    names = [str(each.get("name", "")).strip() for each in cast]
    names = [name for name in names if name]
    firsts = [name.split()[0].upper() for name in names]
    called = {
        first: name for first, name in zip(firsts, names, strict=True) if firsts.count(first) == 1
    }
    return called | {name.upper(): name for name in names}


def _parts(elements: Sequence[Element], called: Mapping[str, str]) -> list[_Part]:
    parts = [_Part()]
    transition = who = ""
    for element in elements:
        part = parts[-1]
        match element.kind:
            case "heading":
                parts.append(_headed(element))
            case "section":
                parts.append(_Part(title=cleaned(element.text)))
            case "synopsis":
                part.synopsis = f"{part.synopsis} {cleaned(element.text)}".strip()
            case "note":
                part.notes.update(_noted(element.text))
            case "transition":
                transition = _transition(element.text)
            case "action" if re.fullmatch(_FADE, element.text.strip()):
                transition = "fade"
            case "character":
                who = called.get(cue_name(element.text).upper(), "")
            case "action" | "centred" | "dialogue" | "lyric":
                _add(part, element, transition, who)
                transition = ""
    return parts


def _headed(heading: Element) -> _Part:
    number = heading.number if re.fullmatch(r"[A-Za-z0-9][\w.-]{0,63}", heading.number) else ""
    title = "" if heading.text == number else cleaned(heading.text)
    return _Part(title=title, place=_place(title), number=number)


def _place(heading: str) -> str:
    """ "INT. HOUSE - DAY" as words for a picture: "house, day, interior"."""
    if not natural_heading(heading):
        return ""
    side = re.match(_INSIDE, heading)
    inside = _SIDES.get(side[1].upper(), "") if side else ""
    words = heading[side.end() :] if side else heading
    named = [part.strip().lower() for part in re.split(r"\s+[-\u2013\u2014]+\s+", words)]
    return ", ".join(word for word in [*named, inside] if word)


def _noted(note: str) -> dict[str, Any]:
    """The fields that a note sets; none if a line of it names no field."""
    found: dict[str, Any] = {}
    for line in note.split("\n"):
        said = re.fullmatch(_LINE, line)
        name = said[1].lower().replace(" ", "_") if said else ""
        if said is None or name not in NOTED:
            return {}
        found[name] = value_of(said[2])
    return found


def _transition(words: str) -> str:
    words = words.upper()
    if "DISSOLVE" in words or "CROSS" in words:
        return "dissolve"
    return "fade" if "FADE" in words else "cut"


def _add(part: _Part, element: Element, transition: str, who: str) -> None:
    """Add words to the last shot of a scene, or begin one: an action after a speech does."""
    seen = element.kind in {"action", "centred"}
    if not part.shots or transition or (seen and part.shots[-1].spoken):
        part.shots.append(_Shot(transition or "cut"))
    if seen:
        lines = cleaned(element.text).split("\n")
        part.shots[-1].seen.append("\n".join(line.strip() for line in lines))
    else:
        spoken = part.shots[-1].spoken
        if not spoken or spoken[-1].who != who:
            spoken.append(_Speech(who))
        spoken[-1].words.append(cleaned(" ".join(element.text.split("\n"))))


def _beats(part: _Part, *, told: bool) -> list[Beat]:
    """The beats of a scene; one, if it says its duration itself."""
    shots = part.shots or [_Shot()]
    if not told:
        shots = [
            _Shot(shot.transition, [words], [_Speech("", [" ".join(words.split("\n"))])])
            for shot in shots
            for words in shot.seen
        ] or [_Shot()]
    if "duration" in part.notes:
        shots = [
            _Shot(
                shots[0].transition,
                [words for shot in shots for words in shot.seen],
                [speech for shot in shots for speech in shot.spoken],
            )
        ]
    beats: list[Beat] = []
    for shot in shots:
        given = {name: part.notes[name] for name in part.notes if name != "id" or not beats}
        beat = Beat(
            title=part.title,
            seen="\n\n".join(shot.seen).strip(),
            spoken=_told(shot.spoken),
            speakers=tuple(dict.fromkeys(speech.who for speech in shot.spoken if speech.who)),
            place=part.place,
            transition=shot.transition,
            number="" if beats else part.number,
            given=given,
        )
        if not beat.empty:
            beats.append(_pictured(beat, part.synopsis))
    return beats


def _told(speeches: Sequence[_Speech]) -> str:
    """Speeches as a narration: a line each, with the name of who speaks where there is one."""
    told = [(speech.who, " ".join(speech.words).strip()) for speech in speeches]
    return "\n".join(f"{who}: {words}" if who else words for who, words in told if words)


def _pictured(beat: Beat, synopsis: str) -> Beat:
    seen = beat.seen or synopsis
    if not beat.place:
        return replace(beat, seen=seen)
    place = f"{beat.place[0].upper()}{beat.place[1:]}."
    shown = " ".join(seen.split()).rstrip(" .")
    return replace(beat, seen=seen, prompt=f"{shown}. {place}" if shown else place)
