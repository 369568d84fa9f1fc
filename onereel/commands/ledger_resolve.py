"""`ledger resume`, `try-again` and `write-off`: what to do about takes that are not here."""

from __future__ import annotations

import argparse
import asyncio
import re
import sys

from ..errors import OneReelError
from ..home import Home
from ..money import dollars
from ..settings import Settings
from ..shoot.buying.opening import open_ledger
from ..shoot.ledger import Ledger, Spending
from ..shoot.take import Take
from ..work import Cancel
from .console import obey_ctrl_c, progress_bar

__all__ = ["resume", "spending_named", "try_again", "write_off"]

_LONGEST_NUMBER = 7
"""Digits. Keys are named by their first 8 letters, which may happen to be digits."""


def resume(arguments: argparse.Namespace, home: Home) -> int:
    """Bring home what is under way, and say of each take where it is or why it is not here.

    Returns:
        0, or 1 where one did not come.

    Raises:
        ChooseTake, StorageError: as `resume_takes`.
    """
    results = asyncio.run(_resumed(arguments.keys, home))
    for key, result in results.items():
        if isinstance(result, Take):
            print(f"{key[:8]}  {home.path(result.clip)}")
        else:
            print(f"{key[:8]}  {result.user_message}", file=sys.stderr)
    if not results:
        print("Nothing is under way.")
    return int(any(isinstance(result, OneReelError) for result in results.values()))


async def _resumed(keys: list[str], home: Home) -> dict[str, Take | OneReelError]:
    # Only now: it brings the draft renderer along, which no other word of `ledger` needs.
    from ..shoot.buying.studio import resume_takes

    cancel = Cancel()
    obey_ctrl_c(cancel)
    bar, progress = progress_bar()
    with bar:
        return await resume_takes(
            keys, home=home, settings=Settings.load(home), progress=progress, cancel=cancel
        )


def try_again(arguments: argparse.Namespace, home: Home) -> int:
    """Let the next run send a request anew: a take's, or one for words, a voice or a picture.

    Raises:
        ChooseTake: there is no such take, or nothing about it is open.
        StorageError: the ledger or the disk refused.
    """
    with open_ledger(home, Settings.load(home)) as ledger:
        if spending := spending_named(arguments.take, ledger):
            ledger.try_spending_again(spending.key, arguments.reason)
            words = f"The next run may buy the {spending.what} {spending.key[:8]} anew"
            if spending.charged:
                print(f"{words}; {dollars(spending.charged)} stay charged.")
            else:
                print(
                    f"{words}: {dollars(spending.held)} are free again. If the request was taken"
                    " after all, both are paid."
                )
            return 0
        attempt = ledger.try_again(_attempt_id(arguments.take, ledger), arguments.reason)
    words = f"The next run may buy the take {attempt.key[:8]} anew"
    if attempt.charged:
        print(f"{words}; {dollars(attempt.charged)} stay charged for attempt {attempt.id}.")
    else:
        print(f"{words}. If attempt {attempt.id} was taken after all, both are paid.")
    return 0


def write_off(arguments: argparse.Namespace, home: Home) -> int:
    """Give up a request of unknown outcome.

    Raises:
        ChooseTake: there is no such take, or its outcome is known.
        StorageError: the ledger or the disk refused.
    """
    with open_ledger(home, Settings.load(home)) as ledger:
        if spending := spending_named(arguments.take, ledger):
            ledger.write_off_spending(spending.key, arguments.reason)
            key = spending.key[:8]
            print(
                f"The {spending.what} {key} is written off: {dollars(spending.held)} are free"
                " again. It is not bought again by itself:"
                f" `python -m onereel ledger try-again {key}` allows that."
            )
            return 0
        attempt = ledger.write_off(_attempt_id(arguments.take, ledger), arguments.reason)
    print(
        f"Attempt {attempt.id} is written off: {dollars(attempt.ceiling)} are free again. Its take"
        f" is not bought again by itself: `python -m onereel ledger try-again {attempt.key[:8]}`"
        " allows that."
    )
    return 0


def spending_named(word: str, ledger: Ledger) -> Spending | None:
    """What a word means, if it is the key of something that is no take."""
    return ledger.spending(word) if re.fullmatch(r"[0-9a-f]{8,32}", word) else None


def _attempt_id(word: str, ledger: Ledger) -> int:
    """The attempt that a word means: its own number, or the open one of the take with that key."""
    if word.isdecimal() and word.isascii() and len(word) <= _LONGEST_NUMBER:
        return int(word)
    entry = ledger.find(word)
    attempt = entry.unresolved or entry.told_by
    return attempt.id if attempt else 0
