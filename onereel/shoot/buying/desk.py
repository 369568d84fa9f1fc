"""The Desk: what buying works with, for one run on one service."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from ...home import Home
from ...remote import Remote, obeying
from ...settings import Settings
from ...work import Cancel
from ..ledger import Attempt, Ledger
from ..models.model import Model
from ..models.registry import Registry
from ..prices.quota import Pace
from .service import VideoService

__all__ = ["Desk"]

T = TypeVar("T")


@dataclass(frozen=True)
class Desk:
    """What buying works with, for one run on one service."""

    home: Home
    ledger: Ledger
    service: VideoService
    remote: Remote
    settings: Settings
    """Its switch and its caps count as they are when a request is about to leave."""
    registry: Registry
    cancel: Cancel
    may_revise: bool = False
    """Whether a refused prompt may be softened without asking."""
    replace_lapsed: bool = False
    """Whether the successor of a model that is gone may shoot instead."""
    lease: float = 60.0
    """Seconds after which a process that was silent counts as crashed."""
    look_every: float = 5.0
    """Seconds between two looks at an operation."""
    paces: dict[str, Pace] = field(default_factory=dict)
    """How fast requests may follow each other, by model."""
    ordered: Callable[[], None] = lambda: None
    """Called when the service took an order."""

    def model(self, name: str) -> Model:
        """A model of the registry."""
        return self.registry.model(name)

    def pace(self, model: str) -> Pace:
        """The pace of a model's requests in this run."""
        return self.paces.setdefault(model, Pace(self.model(model)))

    async def ask(self, what: str, call: Callable[[], Awaitable[T]], attempt: Attempt) -> T:
        """Ask the service something that costs nothing, with patience."""
        return await self.remote.ask(
            call,
            what=what,
            host=self.service.host,
            correlation=attempt.correlation,
            cancel=self.cancel,
        )

    async def pause(self, seconds: float) -> None:
        """Wait, unless the user stops it."""
        await obeying(self.cancel, asyncio.sleep(seconds))
