"""Binds the table to ComfyUI's server, while it starts."""

from __future__ import annotations

import gc
from collections import defaultdict

from aiohttp import web
from comfy.cli_args import args
from server import PromptServer

from .. import bridge
from .adapter import adapt, no_such_route, wrong_method
from .following import FOLLOWER
from .guard import Guard
from .hub import HUB
from .routes import PREFIX
from .running import resume_later
from .table import table
from .watch import find_lost

__all__ = ["open_server"]


def open_server() -> None:
    """Add the routes. ComfyUI binds them, also below /api, after its packs are loaded."""
    server = PromptServer.instance
    guard = Guard((args.listen or "127.0.0.1").split(","), allowed=args.enable_cors_header or "")
    methods: dict[str, list[str]] = defaultdict(list)
    for route in table(guard):
        bind = getattr(server.routes, route.method.lower())
        bind(PREFIX + route.path)(adapt(route, guard))
        methods[route.path] += ["GET", "HEAD"] if route.method == "GET" else [route.method]
    for path, allowed in methods.items():
        server.routes.route("*", PREFIX + path)(wrong_method(tuple(allowed)))
    # Of any letters: a full stop is no line break.
    server.routes.route("*", PREFIX + r"/{rest:[\s\S]*}")(no_such_route)
    HUB.open()
    FOLLOWER.resume = resume_later
    bridge.listeners.append(FOLLOWER)
    find_lost(resume_later)
    server.app.on_startup.append(_set_aside)


async def _set_aside(app: web.Application) -> None:
    """Leave out what is loaded now when Python looks for garbage.

    Modules and classes stay until the end. Looking through all of torch's again and again stops
    every answer, also ComfyUI's own, for half a second; no model is here yet
    (https://docs.python.org/3/library/gc.html#gc.freeze).
    """
    gc.freeze()
