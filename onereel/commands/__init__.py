"""The first word of the command line: a command of its own, or else the idea of a film."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from ..errors import BadInput, OneReelError

__all__ = ["COMMANDS", "main"]

# Each loads its own part only: what a film needs takes seconds, and a key is set in one.


def _batch(words: list[str]) -> int:
    from .batch import main as batch

    return batch(words)


def _characters(words: list[str]) -> int:
    from .characters import main as characters

    return characters(words)


def _ledger(words: list[str]) -> int:
    from .ledger import main as ledger

    return ledger(words)


def _revoice(words: list[str]) -> int:
    from .revoice import main as revoice

    return revoice(words)


def _settings(words: list[str]) -> int:
    from .settings import main as settings

    return settings(words)


def _setup(words: list[str]) -> int:
    from .setup import main as setup

    return setup(words)


def _templates(words: list[str]) -> int:
    from .templates import main as templates

    return templates(words)


def _voices(words: list[str]) -> int:
    from .voices import main as voices

    return voices(words)


COMMANDS: Mapping[str, Callable[[list[str]], int]] = {
    "batch": _batch,
    "characters": _characters,
    "ledger": _ledger,
    "revoice": _revoice,
    "settings": _settings,
    "setup": _setup,
    "templates": _templates,
    "voices": _voices,
}
"""What the first word may be; each takes the words after it and returns the exit code."""


def main() -> int:
    """Run the command line; return the exit code: 0, 2 for bad input, 1 for any other failure."""
    words = sys.argv[1:]
    command = COMMANDS.get(words[0]) if words else None
    if command is None:
        from .film import main as film

        return film(words)
    try:
        return command(words[1:])
    except OneReelError as error:
        print(error.user_message, file=sys.stderr)
        return 2 if isinstance(error, BadInput) else 1
