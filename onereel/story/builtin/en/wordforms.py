"""lemminflect's tables of English words, loaded on first use and without spaCy."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from types import ModuleType
from typing import Any

__all__ = ["inflected", "inflections", "lemmas"]

_PACKAGE = "lemminflect"
_LOADING = Lock()


@cache
def _tables() -> tuple[Any, Any]:
    """Its lemmatizer and its inflections.

    The package's own front imports spaCy wherever that is installed, which takes seconds, and
    registers itself there. So its parts are loaded behind an empty front, and put away again:
    whoever else imports it has all of it.
    """
    with _LOADING:
        spec = None if _PACKAGE in sys.modules else find_spec(_PACKAGE)
        if spec is None:
            return _parts()
        front = ModuleType(_PACKAGE)
        front.__path__ = list(spec.submodule_search_locations or ())
        sys.modules[_PACKAGE] = front
        try:
            return _parts()
        finally:
            # Of a copy: other threads go on importing.
            for name in list(sys.modules):
                if name.split(".")[0] == _PACKAGE:
                    del sys.modules[name]


def _parts() -> tuple[Any, Any]:
    lemmatizer = import_module(f"{_PACKAGE}.core.Lemmatizer").Lemmatizer()
    return lemmatizer, import_module(f"{_PACKAGE}.core.Inflections").Inflections()


def lemmas(word: str) -> Mapping[str, tuple[str, ...]]:
    """The base forms of a known word in small letters, by what it is: "NOUN", "VERB", ..."""
    found: dict[str, tuple[str, ...]] = _tables()[0].getAllLemmas(word)
    return found


def inflections(word: str, kind: str) -> Mapping[str, tuple[str, ...]]:
    """All forms of a known base form of a kind, by their Penn tags: "NNS", "VBD", ..."""
    found: dict[str, tuple[str, ...]] = _tables()[1].getAllInflections(word, kind)
    return found


def inflected(word: str, tag: str) -> Sequence[str]:
    """The forms of any base form for a Penn tag, the usual one first."""
    found: Sequence[str] = _tables()[1].getInflection(word, tag)
    return found
