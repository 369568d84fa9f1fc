"""The table: every route there is."""

from __future__ import annotations

import functools
import json

from . import (
    audit,
    batches,
    bringing,
    characters,
    choosing,
    editing,
    films,
    frames,
    health,
    kinds,
    media,
    models,
    operations,
    own,
    owner,
    pricing,
    proposing,
    revoicing,
    setup,
    shown,
    spendings,
    telling,
    voices,
)
from .guard import Guard
from .openapi import document
from .routes import Call, Route

__all__ = ["table"]


def table(guard: Guard) -> tuple[Route, ...]:
    """All routes, in the order of the document."""
    routes: list[Route] = [
        *choosing.ROUTES,
        *models.ROUTES,
        *voices.ROUTES,
        *own.ROUTES,
        *pricing.ROUTES,
        *films.ROUTES,
        *editing.ROUTES,
        *proposing.ROUTES,
        *telling.ROUTES,
        *kinds.ROUTES,
        *frames.ROUTES,
        *bringing.ROUTES,
        *characters.ROUTES,
        *revoicing.ROUTES,
        *shown.ROUTES,
        *media.ROUTES,
        *owner.routes(guard),
        *operations.ROUTES,
        *spendings.ROUTES,
        *audit.ROUTES,
        *health.ROUTES,
        *batches.ROUTES,
        *setup.ROUTES,
    ]

    @functools.cache
    def described() -> str:
        return json.dumps(document(routes), indent=1, sort_keys=True) + "\n"

    def openapi(call: Call) -> str:
        return described()

    routes.append(
        Route("GET", "/openapi.json", openapi, "This document", "application/json", open=True)
    )
    return tuple(routes)
