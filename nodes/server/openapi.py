"""The OpenAPI document, made from the table of routes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ...onereel import __version__
from .described import Described
from .problems import ProblemDocument
from .routes import PARTS, PREFIX, Part, Query, Route, Upload

__all__ = ["document"]

_WORDS = {
    400: "What was sent is not as it must be; `fields` says where.",
    401: "A token is needed.",
    403: "Another site asked.",
    404: "There is no such thing.",
    408: "The body did not come in time.",
    409: "Not as things stand; the sentence says what to do.",
    413: "The body is too large.",
    415: "The body is of a type that is not taken.",
    416: "The file has no such range.",
    429: "Too much was asked; `Retry-After` says how long to wait.",
    503: "ComfyUI's queue, the disk or a service is down.",
}

Mode = Literal["validation", "serialization"]


def document(routes: Sequence[Route]) -> dict[str, Any]:
    """Describe all routes."""
    models = _models(routes)
    refs, definitions = models_json_schema(
        [(model, mode) for model, mode in models],
        ref_template="#/components/schemas/{model}",
        schema_generator=Described,
    )
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        operation = _operation(route, refs)
        paths.setdefault(PREFIX + route.path, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "OneReel",
            "version": __version__,
            "description": "One idea in, one finished reel out. Times are seconds, money is a"
            " decimal string of US dollars, moments are ISO 8601 in UTC.",
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "servers": [{"url": "/", "description": "The ComfyUI that OneReel is installed in"}],
        "security": [{}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": definitions.get("$defs", {}),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Asked for where ComfyUI is reached from beyond its computer:"
                    " `python -m onereel settings token`.",
                }
            },
        },
    }


def _models(routes: Iterable[Route]) -> list[tuple[type[BaseModel], Mode]]:
    found: dict[tuple[type[BaseModel], Mode], None] = {(ProblemDocument, "serialization"): None}
    for route in routes:
        if isinstance(route.body, type):
            found[route.body, "validation"] = None
        if isinstance(route.answer, type):
            found[route.answer, "serialization"] = None
    return list(found)


def _operation(route: Route, refs: Any) -> dict[str, Any]:
    name = re.sub(r"\W+", " ", route.path.replace("{", "by ").replace("}", "")).split()
    operation: dict[str, Any] = {
        "operationId": "_".join([route.method.lower(), *name]).replace("-", "_"),
        "summary": route.about,
        "tags": [route.path.split("/")[1]],
        "parameters": [*_path(route), *_query(route.query), *_headers(route)],
        "responses": {str(route.status): _answer(route, refs), **_problems(route, refs)},
    }
    if route.body:
        operation["requestBody"] = _body(route, refs)
    return operation


def _path(route: Route) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PARTS[name].about,
            "schema": {"type": "string", **_one_of(PARTS[name])},
        }
        for name in route.parts
    ]


def _one_of(part: Part) -> dict[str, Any]:
    return {"enum": list(part.words)} if part.words else {"pattern": f"^{part.pattern}$"}


def _query(query: type[Query] | None) -> list[dict[str, Any]]:
    if query is None:
        return []
    schema = query.model_json_schema(schema_generator=Described)
    required = schema.get("required", ())
    return [
        {
            "name": name,
            "in": "query",
            "required": name in required,
            "description": about.pop("description", ""),
            "schema": {key: value for key, value in about.items() if key != "title"},
        }
        for name, about in schema.get("properties", {}).items()
    ]


def _headers(route: Route) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "header",
            "required": False,
            "description": about,
            "schema": {"type": "string", "pattern": r"^[!-~]{1,200}$"},
        }
        for name, about in route.headers.items()
    ]


def _body(route: Route, refs: Any) -> dict[str, Any]:
    if isinstance(route.body, Upload):
        kinds: dict[str, Any] = {kind: {"schema": {}} for kind in route.body.media_types}
        return {"required": True, "content": kinds}
    schema = refs[route.body, "validation"]
    return {
        "required": not route.optional_body,
        "content": {"application/json": {"schema": schema}},
    }


def _answer(route: Route, refs: Any) -> dict[str, Any]:
    if route.answer is None:
        return {"description": "Done."}
    if isinstance(route.answer, str):
        schema = {"type": "string"} if route.answer.startswith("text/") else {}
        return {"description": "The file.", "content": {route.answer: {"schema": schema}}}
    found: dict[str, Any] = {
        "description": " ".join((route.answer.__doc__ or "Done.").split()),
        "content": {"application/json": {"schema": refs[route.answer, "serialization"]}},
    }
    if route.made:
        where = {"type": "string", "format": "uri-reference"}
        found["headers"] = {"Location": {"description": "Where it is.", "schema": where}}
    return found


def _problems(route: Route, refs: Any) -> dict[str, Any]:
    schema = refs[ProblemDocument, "serialization"]
    failures = [
        each for each in route.failures if each != 401 or not route.open or each in route.fails
    ]
    return {
        str(status): {
            "description": _WORDS[status],
            "content": {"application/problem+json": {"schema": schema}},
        }
        for status in failures
    }
