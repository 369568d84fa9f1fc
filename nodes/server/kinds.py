"""Kinds of film: a template made of a finished film, for every film after it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ...onereel.story.templates.of_film import name_for, template_of_film
from ...onereel.story.templates.own import keep
from .routes import Answer, Body, Call, Route
from .seeing import library

__all__ = ["ROUTES"]


class TemplateBody(Body):
    """What menus call it; its file is named after that."""

    label: Annotated[str, Field(min_length=1, max_length=60, pattern=r"\S")]


class KeptTemplate(Answer):
    """A template of your own, as `choices` lists it."""

    name: str
    label: str


def _keep(call: Call) -> KeptTemplate:
    from ...onereel.library.edits.versions import written

    body: TemplateBody = call.body
    screenplay = written(library(call).films.get(call.at["film"]).revision)
    label = " ".join(body.label.split())
    made = template_of_film(screenplay, name=name_for(label), label=label)
    keep(made, call.home)
    return KeptTemplate(name=made.name, label=made.label)


ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        "/films/{film}/template",
        _keep,
        "Keep a film's pace, rhythm, transitions, tone, look and music as a template",
        KeptTemplate,
        status=201,
        body=TemplateBody,
    ),
)
