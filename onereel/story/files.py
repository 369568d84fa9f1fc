"""Screenplays in and out: pasted text, files, and what a person writes by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..errors import ReviseScreenplay
from ..files import writing
from ..values import seconds
from .brief import LONGEST_FILM, LONGEST_IDEA, LONGEST_SCENE, SHORTEST_FILM, Brief
from .cues import speakers_of
from .fountain.page import cue_name
from .further import free_id
from .looks import in_its_look
from .screenplay import Screenplay
from .script import SUFFIXES, Form, form_of, refuse_other_files, script_data
from .timing import scene_length

__all__ = ["LARGEST_FILE", "load_screenplay", "read_screenplay", "save_screenplay"]

LARGEST_FILE = 2_000_000
"""Bytes: 120 scenes of two thousand words each."""

_BRIEF_FIELDS = ("language", "aspect", "longest_shot", "film", "look")
"""What a screenplay written by hand may say at its top instead of in a brief."""


def load_screenplay(
    text: str,
    *,
    form: Form | None = None,
    name: str = "",
    usual: Mapping[str, str] = MappingProxyType({}),
) -> Screenplay:
    """Read a screenplay: one that OneReel saved, or one that a person wrote.

    JSON by hand: `{"scenes": [{"narration": "..."}]}` is enough: scenes without an id are numbered,
    scenes without a duration last as long as their narration, scenes without a prompt show their
    description or narration, people without a cast are those before whose lines their names stand
    (`cues.py`), and the brief is made from `title`, `language` and `aspect`. Scripts
    in Fountain, Markdown and plain text: `fountain/reading.py` and `prose.py`.

    Args:
        form: how it is written; None tells it by the text.
        name: the title of a script that has none.
        usual: fields of a brief, such as its language, where the screenplay does not say them. A
            look gives its style to a screenplay that has none.

    Raises:
        ReviseScreenplay: too large, no valid JSON, nothing to film, or a field is missing, unknown
            or wrong.
        UpdateOneReel: a newer OneReel saved it.
    """
    if len(text) > LARGEST_FILE:
        raise ReviseScreenplay(
            f"This screenplay has {len(text)} characters; bring one of at most {LARGEST_FILE}."
        )
    if not text.strip("\ufeff \t\r\n"):
        raise ReviseScreenplay("The screenplay is empty; paste one, or choose a file.")
    refuse_other_files(text, "This")
    form = form or form_of(text)
    data = _json(text) if form == "json" else script_data(text, form, name=name, usual=usual)
    data = _completed(data, usual)
    screenplay = Screenplay.from_data(data)
    return screenplay if data.get("style") else in_its_look(screenplay)


def _json(text: str) -> Any:
    try:
        # An editor may have left its mark at the beginning.
        data = json.loads(text.lstrip("\ufeff"))
        # "\\ud83d" alone is valid JSON and no character: no file could hold it.
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ReviseScreenplay(
            "This screenplay contains half a character (a lone surrogate); export it anew."
        ) from None
    except (ValueError, RecursionError) as error:
        raise ReviseScreenplay(
            f"This screenplay is not valid JSON ({error}); paste it again or export it anew."
        ) from None
    return data


def read_screenplay(path: Path, *, usual: Mapping[str, str] = MappingProxyType({})) -> Screenplay:
    """Read a screenplay file, in UTF-8, UTF-16 or UTF-32; raises as `load_screenplay` does.

    Its name tells how it is written (`script.SUFFIXES`); a .txt, its text. Under any other name
    only JSON and Fountain are known for what they are.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ReviseScreenplay(
            f"{path.name} cannot be read ({error.strerror}); choose another screenplay."
        ) from None
    if len(data) > LARGEST_FILE:
        raise ReviseScreenplay(
            f"{path.name} is larger than {LARGEST_FILE // 1_000_000} MB; choose a screenplay."
        )
    refuse_other_files(data, path.name)
    try:
        text = data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        raise ReviseScreenplay(
            f"{path.name} is not a text file in UTF-8; save it as UTF-8 or choose another."
        ) from None
    suffix = path.suffix.lower()
    form = SUFFIXES.get(suffix) or form_of(text)
    if suffix not in SUFFIXES and form == "prose":
        raise ReviseScreenplay(
            f"{path.name} is not known as a screenplay; name a script .txt, .md or .fountain, or"
            " choose another file."
        )
    return load_screenplay(text, form=form, name=path.stem, usual=usual)


def save_screenplay(screenplay: Screenplay, path: Path) -> None:
    """Write a screenplay as indented UTF-8 JSON, which `read_screenplay` reads back as equal.

    Raises:
        FreeDisk, MakeWritable, StorageError: the file system refuses.
    """
    with writing(path) as temporary:
        temporary.write_text(screenplay.to_json(indent=2) + "\n", "utf-8")


def _completed(data: Any, usual: Mapping[str, str]) -> Any:
    """Fill in what a person may leave out; whatever is wrong stays, for the validator to name."""
    if not isinstance(data, dict):
        return data
    version = data.get("version", 1)
    if isinstance(version, int) and version > Screenplay.VERSION:
        # Before anything else: what a newer version means is not ours to complete.
        return data
    data = dict(data)
    data["title"] = data.get("title") or "Untitled"
    data.setdefault("writer", "imported")
    given = {name: data.pop(name) for name in _BRIEF_FIELDS if name in data}
    brief = data.get("brief", {})
    if not isinstance(brief, dict):
        return {**data, **given}
    if data.get("style"):
        # It has its look; another one's name would only make another film of it.
        usual = {name: said for name, said in usual.items() if name != "look"}
    brief = {**usual, **given, **brief}
    language = brief.get("language", "en")
    if isinstance(data.get("scenes"), list):
        data["scenes"] = _completed_scenes(data["scenes"], str(language))
        if "cast" not in data:
            data["cast"] = _speakers(data["scenes"])
    data["brief"] = _completed_brief(brief, data)
    return data


def _speakers(scenes: list[Any]) -> list[dict[str, str]]:
    narrations = [_text(scene.get("narration")) for scene in scenes if isinstance(scene, dict)]
    people = speakers_of("\n".join(narrations).split("\n"))
    return [
        {"name": each, "role": "supporting" if cue_name(each) else "narrator"} for each in people
    ]


def _completed_scenes(scenes: list[Any], language: str) -> list[Any]:
    taken = {scene["id"] for scene in scenes if isinstance(scene, dict) and _text(scene.get("id"))}
    completed: list[Any] = []
    for number, scene in enumerate(scenes, 1):
        if not isinstance(scene, dict):
            completed.append(scene)
            continue
        scene = dict(scene)
        narration = _text(scene.get("narration"))
        if "id" not in scene:
            scene["id"] = free_id(number, taken)
            taken.add(scene["id"])
        if "duration" not in scene:
            scene["duration"] = str(scene_length(narration, language))
        if "prompt" not in scene:
            scene["prompt"] = _text(scene.get("description")) or narration
        completed.append(scene)
    return completed


def _completed_brief(brief: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    durations = _durations(data.get("scenes"))
    brief = dict(brief)
    if "idea" not in brief:
        brief["idea"] = _idea(data)
    if "duration" not in brief:
        total = sum(durations, Fraction(0))
        brief["duration"] = str(min(max(total, SHORTEST_FILM), LONGEST_FILM))
    if "longest_shot" not in brief:
        usual = Brief.model_fields["longest_shot"].default
        brief["longest_shot"] = str(min(max([usual, *durations]), LONGEST_SCENE))
    return brief


def _idea(data: dict[str, Any]) -> str:
    """The first text of the screenplay that says something."""
    scenes = data.get("scenes")
    first = scenes[0] if isinstance(scenes, list) and scenes else None
    words = first if isinstance(first, dict) else {}
    texts = (data.get("logline"), data["title"], words.get("narration"), words.get("description"))
    for text in map(_text, texts):
        if any(character.isalpha() for character in text):
            return text[:LONGEST_IDEA]
    return "An imported screenplay"


def _durations(scenes: Any) -> list[Fraction]:
    """The durations that are numbers; the validator names the others."""
    found: list[Fraction] = []
    for scene in scenes if isinstance(scenes, list) else []:
        value = scene.get("duration") if isinstance(scene, dict) else None
        try:
            found.append(seconds(value))
        except ValueError:
            continue
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
