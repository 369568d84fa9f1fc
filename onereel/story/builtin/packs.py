"""The languages that are there: each folder of this package that brings a `PACK`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from .pack import Pack

__all__ = ["packs"]


@cache
def packs() -> Mapping[str, Pack]:
    """Every language pack by its two letters."""
    # On use: ComfyUI imports this module at every start, and most starts write nothing.
    from .de import PACK as GERMAN
    from .en import PACK as ENGLISH
    from .es import PACK as SPANISH
    from .fr import PACK as FRENCH

    everything: tuple[Pack, ...] = (ENGLISH, GERMAN, SPANISH, FRENCH)
    return MappingProxyType({pack.code: pack for pack in everything})
