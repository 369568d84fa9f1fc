"""What a model that honours a JSON schema would answer."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["answer_for"]


def answer_for(schema: dict[str, Any], *, name: str = "text", number: int = 1) -> str:
    """Write the JSON that a schema-honouring model would: every field, the fewest items."""
    return json.dumps(_instance(schema, schema, name, number), ensure_ascii=False)


def _instance(node: dict[str, Any], root: dict[str, Any], name: str, number: int) -> Any:
    if "$ref" in node:
        target = node["$ref"].removeprefix("#/$defs/")
        return _instance(root["$defs"][target], root, name, number)
    if "anyOf" in node:
        return _instance(node["anyOf"][0], root, name, number)
    if node.get("type") == "object":
        properties = node.get("properties", {})
        return {key: _instance(value, root, key, number) for key, value in properties.items()}
    if node.get("type") == "array":
        count = node.get("minItems", 1)
        return [_instance(node["items"], root, name, index + 1) for index in range(count)]
    if "enum" in node:
        return node["enum"][number % len(node["enum"])]
    if node.get("type") in ("number", "integer"):
        return number
    return f"The keeper lights lamp {number}." if name == "narration" else f"{name} {number}"
