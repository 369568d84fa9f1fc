"""What the commands share: complaints in sentences, a bar, tables, Ctrl+C."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from tqdm import tqdm

from ..errors import ReviseBrief
from ..work import Cancel, Progress, Report

__all__ = [
    "Parser",
    "above_bar",
    "add_choice",
    "obey_ctrl_c",
    "one_line",
    "print_table",
    "progress_bar",
    "rows_of",
]

_LONGEST = 300
"""Letters of a complaint."""


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are sentences like everybody else's."""

    def error(self, message: str) -> NoReturn:
        """Complain.

        Raises:
            ReviseBrief: always.
        """
        # It repeats what was written, however long that is.
        told = f"{message[:1].upper()}{message[1:_LONGEST]}"
        raise ReviseBrief(f"{told}; see {self.prog} --help.")


def add_choice(
    parser: argparse.ArgumentParser, name: str, choices: Sequence[str], told: str
) -> None:
    """Add an option whose values may have blanks, for which a shell would want quotes: here they
    have dashes. The first is the default."""
    dashed = [choice.replace(" ", "-") for choice in choices]
    parser.add_argument(
        name,
        type=lambda words: words.replace("-", " "),
        choices=choices,
        metavar=f"{{{','.join(dashed)}}}",
        default=choices[0],
        help=f"{told} (default {dashed[0]})",
    )


def rows_of(words: str) -> str:
    """Words of several rows, as a shell's user writes them: `\\n` between them."""
    return words.replace("\\n", "\n").strip()


def progress_bar() -> tuple[tqdm[NoReturn], Progress]:
    """A bar on the terminal, and what makes it move."""
    # `disable=None` keeps the bar out of log files: it is drawn on a terminal only.
    layout = "{desc:<28.28}{bar}{percentage:4.0f} % {elapsed}"
    bar = tqdm(total=1.0, bar_format=layout, leave=False, disable=None, delay=0.2)

    def show(report: Report) -> None:
        if report.note:
            bar.set_description_str(report.note, refresh=False)
        bar.update(max(report.fraction - bar.n, 0.0))

    return bar, Progress(show)


def above_bar(text: str) -> None:
    """Print a sentence to stderr while a bar may be drawn there."""
    tqdm.write(text, file=sys.stderr)


def obey_ctrl_c(cancel: Cancel) -> None:
    """Let Ctrl+C ask the running event loop's work to stop."""
    # Windows' loop has no signal handlers; there Ctrl+C ends the process by KeyboardInterrupt.
    if sys.platform != "win32":
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, cancel.request)


def print_table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows below a head, each column as wide as its widest cell."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


def one_line(text: str) -> str:
    """One line, without what could command a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
