"""A list that has no room for all that its idea announces, and must not promise it."""

from __future__ import annotations

import re
from dataclasses import replace

from .pack import Frame, Pack

__all__ = ["recounted"]


def recounted(pack: Pack, frame: Frame, told: int) -> Frame:
    """Announce `told` things where the idea announces `frame.items`: "Eight myths about sleep".

    The idea itself, so counted, is the slot `announced`, unless the pack has its own. Where the
    pack can say the idea without its number, the slot `counted`, it promises none that is not told;
    its title may still be the idea as it was typed, the slot `typed`.
    """
    if told < frame.items and "counted" in frame.slots:
        bare = frame.slots["counted"]
        return replace(
            frame,
            items=told,
            title=frame.slots.get("typed") or pack.title(bare),
            logline=pack.title(bare) + ".",
            slots={**frame.slots, "announced": bare},
        )
    number, fewer = pack.number(frame.items), pack.number(told)
    pattern = rf"(?i)(?<!\w)(?:{frame.items}|{re.escape(number)})(?!\w)"

    def say(match: re.Match[str]) -> str:
        if match[0].isdigit():
            return str(told)
        return fewer.capitalize() if match[0][:1].isupper() else fewer

    def counted(text: str) -> str:
        return re.sub(pattern, say, text, count=1)

    slots = {"announced": frame.logline.rstrip("."), **frame.slots}
    return replace(
        frame,
        items=told,
        title=counted(frame.title),
        logline=counted(frame.logline),
        slots={name: counted(text) for name, text in slots.items()},
    )
