"""Templates of the film maker's own: files in the folder `templates` beside the settings."""

from __future__ import annotations

import json
import logging
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ...errors import BadInput, ReviseBrief, ReviseTemplate
from ...files import writing
from ...home import Home
from ...values import in_words
from .built_in import find, templates
from .template import Template

if TYPE_CHECKING:
    from ..brief import Brief

__all__ = [
    "changed",
    "derived",
    "every_template",
    "folder",
    "keep",
    "named",
    "to_toml",
    "with_own",
]

_LOG = logging.getLogger("onereel")
_NAME = r"[a-z0-9][a-z0-9_-]{0,39}"
_LARGEST = 100_000
"""Bytes of a template's file."""
_USUAL = "story"
"""What a template is like that does not say."""


def folder(home: Home) -> Path:
    """Where they lie."""
    return home.private / "templates"


def every_template(home: Home) -> tuple[Template, ...]:
    """The built-in templates and the film maker's own, in the order in which a menu shows them.

    A file that cannot be read is left out here, with a word in the log; whoever asks for it by its
    name hears why.
    """
    own = []
    for path in _files(home):
        try:
            own.append(_read(path))
        except BadInput as error:
            _LOG.warning("%s", error.user_message)
    return (*templates().values(), *own)


def _read(path: Path) -> Template:
    """Read a file; what it leaves out is as in the template that it is `like`.

    Raises:
        ReviseTemplate: it is no template, or its name is taken; the sentence names the file.
    """
    if not re.fullmatch(_NAME, path.stem):
        raise ReviseTemplate(
            f"Rename the template {path.name}: small letters, digits, dashes and underscores, at"
            " most 40."
        )
    if path.stem in templates():
        raise ReviseTemplate(f"Rename the template {path.name}: a built-in one has that name.")
    try:
        if path.stat().st_size > _LARGEST:
            raise ReviseTemplate(f"The template {path.name} has more than {_LARGEST // 1000} kB.")
        fields = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ReviseTemplate(
            f"The template {path.name} is not a text file in UTF-8; save it as UTF-8."
        ) from None
    except (OSError, tomllib.TOMLDecodeError) as error:
        reason = re.sub(r"\s+", " ", str(error)).rstrip(".")
        raise ReviseTemplate(f"The template {path.name} cannot be read: {reason}.") from None
    try:
        return derived(fields, name=path.stem)
    except BadInput as error:
        raise ReviseTemplate(f"The template {path.name}: {error.user_message}") from None


def derived(fields: Mapping[str, Any], *, name: str) -> Template:
    """A template of that name with these fields, and the others of the one that it is `like`.

    Raises:
        ReviseTemplate: a field is unknown or cannot be used.
    """
    if "name" in fields:
        raise ReviseTemplate("name is not a field it knows; its name is that of its file.")
    if not re.fullmatch(_NAME, name):
        raise ReviseTemplate(
            f"Choose a name of small letters, digits, dashes and underscores, at most 40, not"
            f" {name!r}."
        )
    like = fields.get("like", _USUAL)
    if not isinstance(like, str):
        raise ReviseTemplate("like must be the name of a built-in template.")
    try:
        base = find(like, templates().values())
    except ReviseBrief as error:
        raise ReviseTemplate(f"like: {error.user_message}") from None
    label = name.replace("_", " ").replace("-", " ").capitalize()
    told = {**dict(base), "label": label, **fields, "name": name, "like": base.name}
    try:
        template = Template.model_validate(told)
    except ValidationError as error:
        raise ReviseTemplate(f"{in_words(error)}.") from None
    known = {beat.name for each in templates().values() for beat in (*each.topic, *each.hero)}
    for beat in (*template.topic, *template.hero):
        if beat.name not in known:
            raise ReviseTemplate(
                f"there is no beat {beat.name!r}; choose from {', '.join(sorted(known))}."
            )
    return template


def changed(template: Template, changes: Mapping[str, Any], *, name: str) -> Template:
    """A template with other fields; under another name it is one of the film maker's own.

    Raises:
        ReviseTemplate: a field cannot be used, or it can have no such name.
    """
    if name == template.name:
        try:
            return template.replace(**changes)
        except ValidationError as error:
            raise ReviseTemplate(f"{in_words(error)}.") from None
    base = template.name if template.name in templates() else template.like
    fields = template.model_dump(mode="json", exclude={"name", "like", "label"})
    return derived({**fields, **changes, "like": base}, name=name)


def with_own(brief: Brief, home: Home) -> Brief:
    """A brief that brings the template with it, where it names one of the film maker's own.

    Raises:
        ReviseBrief: there is no such template; the sentence names all that there are.
        ReviseTemplate: its file cannot be used.
    """
    if brief.film_template is not None:
        return brief
    template = named(brief.template, home)
    if template.name in templates():
        return brief
    return brief.replace(template=template.name, film_template=template)


def named(asked: str, home: Home) -> Template:
    """The template of a name or label, in any case, built in or the film maker's own.

    Raises:
        ReviseBrief: there is none; the sentence names all that there are.
        ReviseTemplate: its file cannot be used.
    """
    for path in _files(home):
        if path.stem == asked.strip().casefold():
            return _read(path)
    return find(asked, every_template(home))


def keep(template: Template, home: Home) -> Path:
    """Write a template to a file of its name.

    Returns:
        The file. One that says the same already is left as it is.

    Raises:
        ReviseTemplate: the name is taken.
        StorageError: the disk refused.
    """
    path = folder(home) / f"{template.name}.toml"
    if template.name in templates():
        raise ReviseTemplate(f"Choose another name than {template.name}: a built-in one has it.")
    text = to_toml(template)
    if path.exists():
        if path.read_bytes() == text.encode():
            return path
        raise ReviseTemplate(
            f"There is another template {template.name} already: choose another name, or delete"
            f" {path.name} in the folder templates beside the settings."
        )
    with writing(path) as temporary:
        temporary.write_text(text, "utf-8", newline="\n")
    return path


def to_toml(template: Template) -> str:
    """A template as the text of a file, field by field; one of the film maker's own without what
    is as in the one that it is like."""
    base = templates().get(template.like) if template.name not in templates() else None
    lines = []
    for name, value in template:
        same = base is not None and value == getattr(base, name)
        usual = Template.model_fields[name].default
        if name == "name" or (name != "like" and (same or value == usual)):
            continue
        if name == "like" and not value:
            continue
        lines.append(f"{name} = {_value(template, name)}")
    return "\n".join(lines) + "\n"


def _value(template: Template, name: str) -> str:
    value = template.model_dump(mode="json")[name]
    if value and isinstance(value, list) and isinstance(value[0], str | list):
        rows = "".join(f"  {json.dumps(row, ensure_ascii=False)},\n" for row in value)
        return f"[\n{rows}]"
    return json.dumps(value, ensure_ascii=False)


def _files(home: Home) -> list[Path]:
    try:
        return sorted(path for path in folder(home).iterdir() if path.suffix == ".toml")
    except OSError:
        return []
