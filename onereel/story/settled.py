"""What a film is made from, with what its names stand for here."""

from __future__ import annotations

from typing import overload

from ..errors import ReviseBrief
from ..home import Home
from .brief import Brief
from .platforms import for_platform
from .screenplay import Screenplay
from .templates.own import with_own

__all__ = ["settled"]


@overload
def settled(source: Brief, home: Home) -> Brief: ...
@overload
def settled(source: Screenplay, home: Home) -> Screenplay: ...


def settled(source: Brief | Screenplay, home: Home) -> Brief | Screenplay:
    """A brief that brings its own template with it (`with_own`), and has the shape of its platform
    where it says none (`for_platform`).

    A screenplay's platform may be known elsewhere only: it stays as it is then, and Narrate says
    so.

    Raises:
        ReviseBrief: there is no such template or platform; the sentence names all that there are.
        ReviseTemplate, ReviseSetting: the owner's file of one cannot be used.
    """
    if isinstance(source, Brief):
        return with_own(for_platform(source, home), home)
    try:
        brief = for_platform(source.brief, home)
    except ReviseBrief:
        return source
    return source if brief == source.brief else source.replace(brief=brief)
