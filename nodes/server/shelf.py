"""The library as the routes and the jobs use it: opened once, and only when somebody asks."""

from __future__ import annotations

import functools
import os
import socket
import threading
from typing import TYPE_CHECKING

import psutil

from ...onereel.home import Home
from ...onereel.settings import Settings
from .. import bridge

if TYPE_CHECKING:
    from ...onereel.library.characters import Characters
    from ...onereel.library.films import Films
    from ...onereel.library.jobs import Jobs
    from ...onereel.library.media import Media
    from ...onereel.library.results import Results
    from ...onereel.library.views.film import Views
    from ...onereel.shoot.ledger import Ledger

__all__ = ["OWNER", "Shelf", "here", "is_gone", "shelf"]


def _name(pid: int) -> str:
    return f"{socket.gethostname()}/{pid}/{psutil.Process(pid).create_time():.0f}"


OWNER = _name(os.getpid())
"""Names this process to the others that share the library."""


def is_gone(owner: str) -> bool:
    """Whether a process of this machine is certainly no more; others are known by their silence."""
    host, _, rest = owner.partition("/")
    pid = rest.partition("/")[0]
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    try:
        return _name(int(pid)) != owner
    except (psutil.NoSuchProcess, psutil.AccessDenied, OverflowError):
        return True


class Shelf:
    """What is in one home's database and media folder; each part is opened when it is used."""

    def __init__(self, home: Home, settings: Settings) -> None:
        self._home = home
        self._settings = settings

    @functools.cached_property
    def ledger(self) -> Ledger:
        """Takes and money."""
        # Only now, as all of these: the database would slow down every start of ComfyUI.
        from ...onereel.shoot.buying.opening import open_ledger

        return open_ledger(self._home, self._settings)

    @functools.cached_property
    def films(self) -> Films:
        """Films and their revisions."""
        from ...onereel.library.films import Films

        # It fills a database that was lost, and so it is opened first.
        _ = self.ledger
        return Films.open(self._home, self._settings)

    @functools.cached_property
    def characters(self) -> Characters:
        """Who plays in films."""
        from ...onereel.library.characters import Characters

        return Characters(self.films.database, self._home)

    @functools.cached_property
    def jobs(self) -> Jobs:
        """Pieces of work in ComfyUI's queue."""
        from ...onereel.library.jobs import Jobs

        return Jobs(self.films.database, owner=OWNER)

    @functools.cached_property
    def results(self) -> Results:
        """What jobs made."""
        from ...onereel.library.results import Results

        return Results(self.films, self._home)

    @functools.cached_property
    def media(self) -> Media:
        """Files by their ids."""
        from ...onereel.library.media import Media

        return Media(self._home)

    @functools.cached_property
    def views(self) -> Views:
        """What panels and programs see."""
        from ...onereel.library.views.film import Views

        return Views(self.films, self.jobs, self._home)

    def close(self) -> None:
        """Close what was opened."""
        for part in ("films", "ledger"):
            if part in self.__dict__:
                getattr(self, part).close()


_lock = threading.Lock()
_open: dict[tuple[Home, str], Shelf] = {}


def shelf(home: Home, settings: Settings) -> Shelf:
    """The library that the settings name; it stays open.

    Raises:
        StorageError, ReviseSetting, InstallPart: as `Database.open`.
    """
    which = (home, settings.ledger.url.get_secret_value())
    with _lock:
        if which not in _open:
            for other in _open.values():
                other.close()
            _open.clear()
            _open[which] = Shelf(home, settings)
        return _open[which]


def here() -> Shelf:
    """The library of this ComfyUI, as its settings are now; raises as `shelf`."""
    home = bridge.home()
    return shelf(home, bridge.settings(home))
