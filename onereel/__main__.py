"""`python -m onereel "an idea"`: the whole film without ComfyUI."""

from __future__ import annotations

import sys


def _run() -> int:
    try:
        # Loading takes a good part of a second, and Ctrl+C is heard in that time too.
        from .commands import main

        return main()
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(_run())
