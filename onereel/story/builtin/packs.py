"""The languages that are there: each folder of this package that brings a `PACK`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from .en import PACK as ENGLISH
from .es import PACK as SPANISH
from .pack import Pack

__all__ = ["packs"]


@cache
def packs() -> Mapping[str, Pack]:
    """Every language pack by its two letters."""
    everything: tuple[Pack, ...] = (ENGLISH, SPANISH)
    return MappingProxyType({pack.code: pack for pack in everything})
