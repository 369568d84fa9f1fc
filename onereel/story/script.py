"""Scripts that are no JSON: which form a text has, and the screenplay's data that it holds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal

from ..errors import ReviseScreenplay
from ..values import seconds
from .beats import scenes_of
from .brief import LONGEST_SCENE, SHORTEST_SCENE, Brief
from .fountain.elements import parse
from .fountain.reading import read_fountain
from .prose import read_prose

__all__ = ["LARGEST_SCRIPT", "SUFFIXES", "Form", "form_of", "refuse_other_files", "script_data"]

Form = Literal["json", "fountain", "prose"]
"""How a screenplay is written; prose is plain text or Markdown."""

SUFFIXES: dict[str, Form | None] = {
    ".json": "json",
    ".fountain": "fountain",
    ".spmd": "fountain",
    ".md": "prose",
    ".markdown": "prose",
    ".txt": None,
}
"""The files that are screenplays, and the form that a suffix promises."""

_OTHERS = {
    "%PDF-": "a PDF",
    "PK\x03\x04": "a Word document or another archive",
    "\u00d0\u00cf\u0011\u00e0": "an old Word document",
    "{\\rtf": "an RTF document",
    "<?xml": "XML, as Final Draft saves it",
    "<!doctype html": "a web page",
    "<html": "a web page",
}
LARGEST_SCRIPT = 500_000
"""Characters: three times what can be said in the longest film."""
_CONTROL = r"[\x00-\x08\x0e-\x1a\x1c-\x1f]"
_NATURAL = r"(?m)^[ \t]*(?:INT\.?/EXT|I/E|INT|EXT)[. ].*$"
_SPEAKER = r"(?m)^[ \t]*@?[^\s:][^:(\n]*\((?:V\.? ?O\.?|O\.? ?S\.?|O\.? ?C\.?|CONT'D)\)[ \t]*\^?$"
_NARRATOR = r"(?m)^[ \t]*NARRATOR[ \t]*$"
_ABOVE = r"(?:\A|\n[ \t]*\n)[ \t]*([^\n:.!?]{2,40})\n[ \t]*\S"
"""A line that may be the name of who says the next one."""


def form_of(text: str) -> Form:
    """Tell by its looks how a text is written.

    JSON begins with a brace, or with a bracket and is valid; Fountain has a scene heading such as
    "INT. HOUSE - DAY", a speaker such as "NARRATOR (V.O.)" on a line of its own, or names
    in capitals above what is said, one of which comes again.
    """
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{") or (start.startswith("[") and _is_json(start)):
        return "json"
    marked = (_NATURAL, _SPEAKER, _NARRATOR)
    if any(re.search(mark, text) for mark in marked) or _has_names_above(text):
        kinds = {element.kind for element in parse(text).elements}
        if kinds & {"heading", "character"} or "action" not in kinds:
            return "fountain"
    return "prose"


def _has_names_above(text: str) -> bool:
    names = [found.strip() for found in re.findall(_ABOVE, text) if found.isupper()]
    return 1 < len(set(names)) < len(names)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def refuse_other_files(start: bytes | str, name: str) -> None:
    """Refuse what begins like a document of another kind.

    Raises:
        ReviseScreenplay: it does; the sentence names the kind.
    """
    text = start[:32].decode("latin-1") if isinstance(start, bytes) else start[:32]
    text = text.removeprefix("\u00ef\u00bb\u00bf").lstrip("\ufeff \t\r\n").lower()
    for beginning, kind in _OTHERS.items():
        if text.startswith(beginning.lower()):
            raise ReviseScreenplay(
                f"{name} is {kind}; export your script as Fountain, Markdown or plain text."
            )


def script_data(text: str, form: Form, *, name: str, usual: Mapping[str, str]) -> dict[str, Any]:
    """A screenplay's data, of a script in Fountain or in prose.

    `name` is its title and `usual` are fields of its brief, where it does not say them.

    Raises:
        ReviseScreenplay: it is no text, has nothing to film, or is too long for a film.
    """
    if "\x00" in text or len(re.findall(_CONTROL, text[:20_000])) > len(text[:20_000]) / 100:
        raise ReviseScreenplay(
            "This is no text; export your script as Fountain, Markdown or plain text."
        )
    if len(text) > LARGEST_SCRIPT:
        raise ReviseScreenplay(
            f"This script has {len(text)} characters, more than a film has room for"
            f" ({LARGEST_SCRIPT}); film it in parts."
        )
    data, beats = read_fountain(text) if form == "fountain" else read_prose(text)
    data["title"] = data["title"] or name
    brief = {**usual, **data["brief"]}
    scenes = scenes_of(beats, language=str(brief.get("language", "en")), longest=_longest(brief))
    data["scenes"] = [scene.model_dump(mode="json") for scene in scenes]
    return data


def _longest(brief: dict[str, Any]) -> Fraction:
    """The longest shot in seconds; the brief's own validator names a wrong one."""
    usual: Fraction = Brief.model_fields["longest_shot"].default
    try:
        longest = seconds(brief.get("longest_shot", usual))
    except ValueError:
        return usual
    return longest if SHORTEST_SCENE <= longest <= LONGEST_SCENE else usual
