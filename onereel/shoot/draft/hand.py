"""A process that draws drafts for another: orders come by stdin, and stdout tells how far it is.

Each message is a line of JSON. To it: an `Errand`. From it: `{"frames": N}` after some frames and
between steps, and at last `{"poster": PICTURE}`, the picture at half time as a PNG in base 64.
It ends when the other does, as its stdin does then; what it cannot draw ends it too.
"""

from __future__ import annotations

import base64
import io
import json
import os
import sys
from pathlib import Path
from typing import IO

from ...values import Value
from .order import Order, draw_here

__all__ = ["Errand", "main"]

_REPORT_EVERY = 6


class Errand(Value):
    """A clip to draw, and where to."""

    order: Order
    path: Path


class _Teller:
    """A `Watch` that tells whoever waits."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._frames = 0

    def check(self) -> None:
        self.tell({"frames": self._frames})
        self._frames = 0

    def frame(self) -> None:
        self._frames += 1
        if self._frames == _REPORT_EVERY:
            self.check()

    def tell(self, message: dict[str, object]) -> None:
        self._out.write(json.dumps(message) + "\n")
        self._out.flush()


def main() -> None:
    """Draw what is ordered until nobody orders any more."""
    # Libraries that print must not be taken for messages.
    out = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    for line in sys.stdin:
        errand = Errand.model_validate_json(line)
        teller = _Teller(out)
        poster = draw_here(errand.order, errand.path, teller)
        teller.check()
        png = io.BytesIO()
        poster.save(png, "PNG", compress_level=1)
        teller.tell({"poster": base64.b64encode(png.getvalue()).decode()})
