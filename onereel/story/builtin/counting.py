"""A list that has no room for all that its idea announces, and must not promise it."""

from __future__ import annotations

import re
from dataclasses import replace

from .pack import Frame, Pack

__all__ = ["recounted", "uncounted"]


def recounted(pack: Pack, frame: Frame, told: int) -> Frame:
    """Announce `told` things where the idea announces `frame.items`: "Eight myths about sleep".

    The idea itself, so counted, is the slot `announced`, unless the pack has its own.
    """
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


def uncounted(pack: Pack, frame: Frame) -> Frame:
    """Drop the number of a list that has no room for its items: "Myths about sleep".

    The idea without it is the slot `uncounted`.
    """
    pattern = rf"(?i)(?<!\w)(?:{frame.items}|{re.escape(pack.number(frame.items))})\s+"

    def bare(text: str) -> str:
        return re.sub(pattern, "", text, count=1)

    def raised(text: str) -> str:
        return bare(text)[:1].upper() + bare(text)[1:]

    slots = {name: bare(text) for name, text in frame.slots.items()}
    logline = raised(frame.logline)
    return replace(
        frame,
        items=0,
        title=raised(frame.title),
        logline=logline,
        slots={**slots, "uncounted": logline.rstrip(".")},
    )
