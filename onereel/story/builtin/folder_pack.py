"""What every pack of this folder does alike: its words, themes and patterns are files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol

from .pack import Data, Frame, Theme, load_data

__all__ = ["FolderPack"]


class _Words(Protocol):
    @property
    def sets(self) -> Mapping[str, frozenset[str]]: ...


class _Lexicon(Protocol):
    def __call__(self) -> _Words: ...


class _Analyse(Protocol):
    def __call__(self, idea: str, template: str, themes: Mapping[str, Theme]) -> Frame: ...


class FolderPack:
    """The parts of a `Pack` that need no word of its language."""

    reads: frozenset[str] = frozenset()
    joints: str = ""
    asides: str = ""

    def __init__(self, folder: Path, *, lexicon: _Lexicon, analyse: _Analyse) -> None:
        """Read nothing yet.

        Args:
            folder: where `themes.toml` and `beats` are.
            lexicon: reads the pack's words; its set "function" gives the language away.
            analyse: takes an idea apart for a template, given the themes.
        """
        self._folder = folder
        self._lexicon = lexicon
        self._analyse = analyse

    @cached_property
    def function_words(self) -> frozenset[str]:
        """Frequent words that give the language away."""
        return self._lexicon().sets["function"]

    @cached_property
    def data(self) -> Data:
        """The themes and patterns, read once."""
        return load_data(self._folder)

    def analyse(self, idea: str, *, template: str) -> Frame:
        """Take an idea apart."""
        return self._analyse(idea, template, self.data.themes)

    def again(self, text: str, frame: Frame) -> str:
        """The sentences as they are: their lines bring pronouns of their own, or none."""
        return text

    def sure(self, frame: Frame, idea: str, *, template: str) -> Frame:
        """The frame itself: a pack that is less sure of it quotes the idea instead."""
        return frame
