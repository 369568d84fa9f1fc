"""`python -m onereel voices`: who speaks a language here."""

from __future__ import annotations

from ..home import Home
from ..reaching import speech_purse
from ..settings import Settings
from ..voice.listing import choosable
from .console import Parser, print_table

__all__ = ["main"]


def main(words: list[str]) -> int:
    """Run `voices` with the words after it; return the exit code: 1 where nobody speaks it.

    Raises:
        BadInput: the words, or the settings, cannot be used.
    """
    parser = Parser(
        prog="python -m onereel voices",
        description="Who speaks a language here, for --voice NAME; the best first.",
    )
    parser.add_argument("--language", default="en", metavar="CODE", help="default en")
    arguments = parser.parse_args(words)
    home = Home.find()
    settings = Settings.load(home)
    purse = speech_purse("", home=home, settings=settings)
    found = list(choosable(arguments.language, settings, purse))
    rows = [(each.name, each.engine.title, _cost(each.engine.local)) for each in found]
    if rows:
        print_table(("voice", "engine", ""), rows)
    else:
        print(f"Nobody here speaks {arguments.language!r}; see `python -m onereel setup`.")
    return int(not found)


def _cost(local: bool) -> str:
    return "" if local else "over the network; perhaps for money"
