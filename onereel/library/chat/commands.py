"""Wishes that need no language model: a set of commands, in six languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...errors import RephraseWish, ReviseScreenplay
from ...settings import Settings
from ...story.screenplay import Screenplay
from ..edits.changes import Change
from ..edits.editing import apply
from ..edits.revision import Version
from .command import Command
from .understanding import COLONS, QUOTES, Vocabulary, Wish, understood, vocabularies

__all__ = ["Commanded", "commanded", "not_understood"]

_MOST_IN_A_ROW = 8
_ORDER = {"drop", "swap", "swap-ending", "move", "start", "end"}
_PAINT = {"light", "mood", "camera", "longer", "shorter", "faster", "slower", "speed", "voice"}


@dataclass(frozen=True)
class Commanded:
    """What a wish changes, and that in words."""

    changes: tuple[Change, ...]
    words: str


def not_understood(language: str) -> RephraseWish:
    """The error that lists what is understood, in that language or in English."""
    base = language.split("-")[0].lower()
    vocabulary = vocabularies().get(base, vocabularies()["en"])
    return RephraseWish(vocabulary.help(), commands=vocabulary.examples)


def commanded(
    text: str, version: Version, *, scene: str = "", language: str = "", settings: Settings
) -> Commanded | None:
    """Understand a wish; None where it is none of the commands.

    Args:
        scene: the id of the scene that is meant where none is named.
        language: of who asks; the film's and all others are tried after it.

    Raises:
        ReviseScreenplay, ChooseVoice: it is understood, and cannot be done.
    """
    film = version.screenplay
    if film is None:
        return None
    wanted = [language.split("-")[0].lower(), film.brief.language.split("-")[0].lower()]
    codes = dict.fromkeys(code for code in [*wanted, *vocabularies()] if code in vocabularies())
    # Who knows every word is asked before who would take the others for a voice's name.
    for code in sorted(codes, key=lambda code: bool(_read(text, code, film).unknown)):
        found = _several(text, vocabularies()[code], version, film, scene, settings)
        if found := found or _one(text, vocabularies()[code], version, film, scene, settings):
            return Commanded(tuple(found.changes), " ".join(found.notes))
    return None


def _several(
    text: str,
    vocabulary: Vocabulary,
    version: Version,
    film: Screenplay,
    scene: str,
    settings: Settings,
) -> Command | None:
    """Several wishes in a row, each of which is understood by itself; None where they are not.

    All of them name scenes by the numbers that the film maker sees.
    """
    parts = [part for part in re.split(vocabulary.between, text) if part.strip()]
    # What stands behind a colon is the film maker's own text.
    if not 1 < len(parts) <= _MOST_IN_A_ROW or set(text) & {*COLONS, *QUOTES}:
        return None
    total: Command | None = None
    for part in parts:
        try:
            one = _one(part, vocabulary, version, film, scene, settings)
        except ReviseScreenplay:
            # The half of a wish: "swap 2" of "swap 2 and 3".
            one = None
        if one is None:
            return None
        version = apply(one.changes, version).version
        film = _as_numbered(film, version)
        scene = one.last or scene
        if total is None:
            total = one
        else:
            total.changes += one.changes
            total.notes += one.notes
    return total


def _as_numbered(film: Screenplay, edited: Version) -> Screenplay:
    """The scenes as they are now, in the order in which the film maker numbered them."""
    now = edited.screenplay or film
    return film.replace(scenes=tuple(now.scene(each.id) or each for each in film.scenes))


def _read(text: str, code: str, film: Screenplay) -> Wish:
    return understood(text, vocabularies()[code], [each.id for each in film.scenes])


def _one(
    text: str,
    vocabulary: Vocabulary,
    version: Version,
    film: Screenplay,
    scene: str,
    settings: Settings,
) -> Command | None:
    """One wish; None where it is no command."""
    wish = understood(text, vocabulary, [each.id for each in film.scenes])
    verbs = {verb.partition("=")[0] for verb in wish.verbs}
    # The name of a voice is in no vocabulary. What moves scenes and repaints them at once is no
    # wish that could be told apart.
    if (wish.unknown and "voice" not in verbs) or (verbs & _ORDER and verbs & _PAINT):
        return None
    command = Command(wish, film, version, scene, settings)
    command.carry_out()
    return command if command.changes else None
