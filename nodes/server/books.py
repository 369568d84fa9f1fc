"""The ledger as the routes use it: opened once, and only when somebody asks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ...onereel.home import Home
from ...onereel.settings import Settings

if TYPE_CHECKING:
    from ...onereel.shoot.ledger import Ledger

__all__ = ["ledger"]

_lock = threading.Lock()
_open: dict[tuple[Home, str], Ledger] = {}


def ledger(home: Home, settings: Settings) -> Ledger:
    """The ledger that the settings name; stays open.

    Raises:
        StorageError, ReviseSetting, InstallPart: as `Ledger.open`.
    """
    # Only now: the ledger's database would slow down every start of ComfyUI.
    from ...onereel.shoot.opening import open_ledger

    which = (home, settings.ledger.url.get_secret_value())
    with _lock:
        if which not in _open:
            for other in _open.values():
                other.close()
            _open.clear()
            _open[which] = open_ledger(home, settings)
        return _open[which]
