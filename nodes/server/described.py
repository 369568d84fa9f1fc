"""JSON Schemas that say of each field what its class says below it."""

from __future__ import annotations

import ast
import functools
import inspect
import sys
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

__all__ = ["Described"]


class Described(GenerateJsonSchema):
    """As pydantic's own; a field is described by the string that follows it in its class.

    pydantic's `use_attribute_docstrings` would read every file at every start of ComfyUI.
    """

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        """Describe a model."""
        found = super().model_schema(schema)
        said = _said(schema["cls"])
        for name, field in found.get("properties", {}).items():
            if name in said:
                field.setdefault("description", said[name])
        return found


def _said(kind: type[BaseModel]) -> Mapping[str, str]:
    """What stands below the fields of a class, and of those that it is made from."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        if issubclass(each, BaseModel):
            found |= _of_module(each.__module__).get(each.__qualname__, {})
    return found


@functools.cache
def _of_module(name: str) -> Mapping[str, Mapping[str, str]]:
    try:
        tree = ast.parse(inspect.getsource(sys.modules[name]))
    except (OSError, TypeError):
        # Somebody shipped it without its text: its fields have their names.
        return {}
    return {each.name: _below(each) for each in tree.body if isinstance(each, ast.ClassDef)}


def _below(kind: ast.ClassDef) -> dict[str, str]:
    found = {}
    for field, after in zip(kind.body, kind.body[1:], strict=False):
        match field, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                found[name] = " ".join(words.split())
    return found
