"""A second pass of the model that wrote: kept where it is as good as the first."""

from __future__ import annotations

from ...errors import ServiceError
from ...work import Progress
from ..brief import Brief
from .asking import refinement
from .drafting import Drafting, Kind

__all__ = ["refined"]


async def refined(drafting: Drafting[Kind], first: Kind, brief: Brief, progress: Progress) -> Kind:
    """Ask once more for a better version of `first`; a failed second pass does not take it away."""
    second = drafting.after(first, refinement(brief))
    try:
        draft = await second.once(progress)
    except ServiceError:
        return first
    return first if draft.answer is None or draft.problems else draft.answer
