"""Steps to the disk and to the wire, counted by the process that takes them.

A step is an fsync, a rename, a removal, a commit of the ledger, or a send.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

__all__ = ["at_step"]


def at_step(number: int, do: Callable[[str], None], *, among: str = "") -> None:
    """From now on: before the step of a number, from 1, of those whose names begin with `among`,
    call `do` with the step's name."""
    lock, steps, send = threading.Lock(), count(1), socket.socket.send

    def step(what: str) -> None:
        with lock:
            if what.startswith(among) and next(steps) == number:
                do(what)

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def before(*arguments: Any) -> Any:
            step(name)
            return call(*arguments)

        return before

    def sent(own: socket.socket, *arguments: Any) -> int:
        # What wakes an event loop is no step.
        if own.family != socket.AF_UNIX:
            step("send")
        return send(own, *arguments)

    def heard(what: str, arguments: tuple[Any, ...]) -> None:
        if what == "os.remove":
            step("remove")
        elif what == "os.rename":
            # To where: the name of the folder.
            step(f"rename {Path(os.fsdecode(arguments[1])).parent.name}")

    sys.addaudithook(heard)
    os.fsync = counted("fsync", os.fsync)
    socket.socket.send = sent  # type: ignore[method-assign,assignment]
    event.listen(Engine, "commit", lambda _connection: step("commit"))
