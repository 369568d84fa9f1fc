"""What went wrong, as `application/problem+json` (RFC 9457): the same sentences as everywhere."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ...onereel import errors
from ...onereel.errors import OneReelError
from ...onereel.home import Home
from ...onereel.library.said import Said, said_of
from ...onereel.library.views.problems import problem_of
from ...onereel.secrets import mask
from ...onereel.values import each_in_words

__all__ = [
    "Action",
    "FieldProblem",
    "Problem",
    "ProblemDocument",
    "of_body",
    "of_error",
    "without_folders",
]


class FieldProblem(BaseModel):
    """What is wrong in one field."""

    name: str
    """Such as "brief.duration"; empty for the whole body."""
    detail: str
    said: Said | None = None
    """It for other languages."""


class Action(BaseModel):
    """What a button beside the sentence would do."""

    label: str
    do: str
    """Which deed, or which screen: those of the library, or "token"."""
    operation: str = ""
    """The key of the operation that it is about, where it is about one."""


class ProblemDocument(BaseModel):
    """What went wrong, in a sentence that says what to do."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str
    """The sentence."""
    said: Said | None = None
    """It for other languages."""
    fields: list[FieldProblem] = []
    action: Action | None = None


class Problem(Exception):
    """An answer that is no success. `more` are further members of the document."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        title: str = "",
        fields: Sequence[FieldProblem] = (),
        action: Action | None = None,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.document = ProblemDocument(
            type=f"urn:onereel:problem:{kind}",
            title=title or kind.replace("-", " ").capitalize(),
            status=status,
            detail=detail,
            said=said_of(detail, "".join(part.capitalize() for part in kind.split("-"))),
            fields=list(fields),
            action=action,
            **(more or {}),
        )
        self.headers = dict(headers or {})

    def response(self) -> web.Response:
        """The answer."""
        return web.Response(
            status=self.document.status,
            body=self.document.model_dump_json().encode(),
            content_type="application/problem+json",
            headers={"Cache-Control": "no-store", **self.headers},
        )


_STATUS: Mapping[type[OneReelError], int] = {
    errors.BadInput: 400,
    errors.ReviseSetting: 503,
    errors.ChooseTake: 409,
    errors.ChooseCharacter: 404,
    errors.ChooseFilm: 404,
    errors.ReloadFilm: 409,
    errors.WaitForFilm: 409,
    errors.AddKey: 409,
    errors.PullModel: 409,
    errors.WaitForQuota: 429,
    errors.RevisePrompt: 409,
    errors.Expired: 404,
    errors.ServiceError: 503,
    errors.MoneyError: 409,
    errors.InstallPart: 409,
    errors.StorageError: 503,
    errors.Cancelled: 409,
    errors.OneReelError: 503,
}
"""By the nearest class above. What the owner of the machine must mend first is a 503."""


def _status(error: OneReelError) -> int:
    return next(_STATUS[kind] for kind in type(error).__mro__ if kind in _STATUS)


def of_error(error: OneReelError, home: Home) -> Problem:
    """The problem that one of OneReel's own errors is."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(error).__name__).lower()
    title = (type(error).__doc__ or "").strip().splitlines()[0].rstrip(".")
    status = _status(error)
    headers = {}
    if status in (429, 503):
        wait = getattr(error, "retry_after", None) or (60 if status == 429 else 10)
        headers["Retry-After"] = str(max(1, math.ceil(wait)))
    mend = problem_of(error).action
    return Problem(
        status,
        words,
        without_folders(error.user_message, home),
        title=title,
        action=Action(**mend.model_dump()) if mend else None,
        headers=headers,
        more={"commands": error.commands} if isinstance(error, errors.RephraseWish) else None,
    )


def without_folders(text: str, home: Home) -> str:
    """A sentence, or JSON, without the folders of this machine, which nobody beyond it need
    know."""
    for folder, name in ((home.media, "the media folder"), (home.private, "OneReel's folder")):
        text = text.replace(json.dumps(str(folder))[1:-1], name).replace(str(folder), name)
    return text


def of_body(error: ValidationError, where: str = "") -> Problem:
    """The problem of a body or a query that is not as it must be, field by field."""
    fields = [
        FieldProblem(
            name=".".join(part for part in (where, name) if part),
            detail=mask(detail),
            said=said_of(detail),
        )
        for name, detail in each_in_words(error)
    ]
    first = fields[0]
    detail = f"{first.detail[:1].upper()}{first.detail[1:]}"
    if first.name:
        # What goes on from the name is a sentence with it.
        goes_on = first.detail.startswith(("is ", "must ", "may "))
        detail = f"{first.name!r}{' ' if goes_on else ': '}{first.detail}"
    return Problem(400, "wrong-fields", f"{detail}.", fields=fields)
