"""What a script says before its first scene: its title page, and who speaks in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ...cast.character import Character
from ..brief import Brief
from ..screenplay import StyleBible
from .elements import Element
from .marks import cleaned, exact_value, value_of

__all__ = ["BRIEFED", "STYLED", "cast_lines", "page_data", "page_key", "speakers"]

STYLED = {name: name for name in StyleBible.model_fields}
BRIEFED = {name: name for name in Brief.model_fields if name != "version"} | {"look": "wanted_look"}
"""The fields of a brief and of a style bible which a title page may say, and their names there:
its "Look" is that of the style bible."""

_NARRATORS = {
    *("NARRATOR", "NARRATION", "VOICE", "VOICE OVER", "VOICEOVER", "VOICE-OVER", "V.O.", "VO"),
    *("ERZ\u00c4HLER", "ERZ\u00c4HLERIN", "SPRECHER", "SPRECHERIN", "NARRADOR", "NARRADORA"),
    *("NARRATEUR", "NARRATRICE", "VOIX OFF", "VOZ EN OFF"),
}
_EXTENSIONS = r"\s*\([^()]*\)"


def page_key(name: str) -> str:
    """The key of a title page that says a field: "Longest shot" for `longest_shot`."""
    return name.replace("_", " ").capitalize()


def page_data(page: dict[str, str]) -> dict[str, Any]:
    """A screenplay's data without its scenes, of a title page; other keys are left out."""
    said = {key.replace(" ", "_"): value for key, value in page.items()}
    author = _shown(said.get("author") or said.get("authors") or "")
    data: dict[str, Any] = {
        "title": _shown(said.get("title", "")),
        "brief": {name: _value(said[key]) for name, key in BRIEFED.items() if key in said},
        "style": {name: _value(said[key]) for name, key in STYLED.items() if key in said},
    }
    if isinstance(palette := data["style"].get("palette"), str):
        data["style"]["palette"] = [word.strip() for word in palette.split(",") if word.strip()]
    if author or "author" in said:
        data["writer"] = author
    for name in ("logline", "length", "pace"):
        if name in said:
            data[name] = _value(said[name])
    if "cast" in said:
        data["cast"] = _cast(said["cast"])
    if isinstance(bible := value_of(said.get("bible", "")), list):
        data["bible"] = bible
    return data


def speakers(elements: Iterable[Element]) -> list[dict[str, str]]:
    """Everybody who speaks in a script, once, but for its narrator."""
    cues = (element.text for element in elements if element.kind == "character")
    people = dict.fromkeys(cue_name(cue) for cue in cues)
    return [{"name": name} for name in people if name]


def cue_name(cue: str) -> str:
    """Who speaks, by the line above a speech: a name without its extensions, "" for a narrator."""
    name = re.sub(_EXTENSIONS, "", cue).strip()
    return "" if name.upper() in _NARRATORS else cleaned(name)


def _shown(text: str) -> Any:
    """A value for people, which may have marks of emphasis and lines."""
    value = value_of(text)
    return cleaned(" ".join(text.split("\n"))) if value == text else value


def _value(text: str) -> Any:
    return value_of(" ".join(text.split("\n")))


def cast_lines(cast: Sequence[Character]) -> str:
    """A cast as a title page says it, a person a line; as JSON where a name would be lost."""
    lines = [f"{each.name}: {each.description}".removesuffix(": ") for each in cast]
    exact = all(exact_value(line) == line for line in lines)
    if exact and [Character(**each) for each in _cast("\n".join(lines))] == list(cast):
        return "".join(f"\n    {line}" for line in lines)
    return exact_value([each.model_dump(mode="json", exclude_defaults=True) for each in cast])


def _cast(text: str) -> Any:
    if isinstance(value := value_of(text), list):
        return value
    people = []
    for line in text.split("\n"):
        name, _, description = line.partition(": ")
        people.append({"name": name.strip(), "description": description.strip()})
    return [person for person in people if person["name"]]
