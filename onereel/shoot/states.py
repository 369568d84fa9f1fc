"""The states that a take and its requests walk through, in the ledger and wherever it is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

__all__ = [
    "CLIPLESS",
    "HELD",
    "NEXT",
    "OPEN",
    "OVER",
    "UNDER_WAY",
    "UNRESOLVED",
    "AttemptState",
    "EntryState",
    "SpendingState",
    "reachable",
    "telling",
]

AttemptState = Literal[
    "reserved",
    "submitting",
    "submitted",
    "downloaded",
    "settled",
    "refused",
    "failed",
    "unknown",
    "written off",
    "abandoned",
]
EntryState = Literal["planned", AttemptState]
"""A take without any attempt is only planned."""
SpendingState = Literal[
    "reserved", "submitting", "unknown", "settled", "failed", "written off", "abandoned"
]
"""The states of money for what is no take. Failed: nothing came of it, whatever it cost."""

_FOUND: Final = frozenset[AttemptState]({"submitted", "downloaded", "settled", "refused", "failed"})
NEXT: Final[dict[AttemptState, frozenset[AttemptState]]] = {
    # Back to reserved: the service did not admit the request, and it waits to be sent again.
    "reserved": frozenset({"submitting", "failed"}),
    "submitting": frozenset({"reserved", "submitted", "refused", "failed", "unknown"}),
    "submitted": frozenset({"downloaded", "refused", "failed", "unknown"}),
    # Back to submitted: what was downloaded turned out damaged.
    "downloaded": frozenset({"submitted", "settled", "failed", "unknown"}),
    "unknown": _FOUND | {"written off", "abandoned"},
    # Whatever the user decided, an outcome that comes to light later is the truth.
    "written off": _FOUND | {"abandoned"},
    "abandoned": _FOUND,
    "settled": frozenset(),
    # The owner may have a clip that was charged and not delivered bought anew.
    "refused": frozenset({"abandoned"}),
    "failed": frozenset({"abandoned"}),
}
"""Where an attempt can go from each state."""


def telling(states: Sequence[AttemptState]) -> int | None:
    """Which of a take's attempts says how the take stands, by their states; None without any.

    Mostly the last. But one that was given up may turn out to be paid after another was made.
    """
    if not states:
        return None
    last = len(states) - 1
    if states[last] in ("reserved", "submitting"):
        return last
    if "settled" in states:
        return states.index("settled")
    return max((number for number, state in enumerate(states) if state in OPEN), default=last)


def reachable(state: AttemptState) -> frozenset[AttemptState]:
    """All states that an attempt can come to from `state`, in any number of steps."""
    found: set[AttemptState] = set()
    ahead = set(NEXT[state])
    while ahead:
        found |= ahead
        ahead = {then for step in ahead for then in NEXT[step]} - found
    return frozenset(found)


OPEN: Final = frozenset[AttemptState](
    {"reserved", "submitting", "submitted", "downloaded", "unknown"}
)
"""States in which another request for the same take could be paid for twice."""
UNRESOLVED: Final = OPEN - {"reserved", "submitting"}
"""Those in which it was sent, and did not come home yet."""
UNDER_WAY: Final = OPEN - {"unknown"}
"""States in which a shot is on its way to the disk."""
HELD: Final = OPEN
"""States in which an attempt's ceiling counts against the caps."""
OVER: Final = frozenset[EntryState]({"planned", "failed", "refused", "abandoned"})
"""States of a take that nothing is left of: it may be asked for anew, and in other words."""
CLIPLESS: Final = OVER | {"written off"}
"""States of a take that brought no clip, and of which nothing more comes by itself."""
