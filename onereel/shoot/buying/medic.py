"""The safety medic: tries a refused shot once more as it is, then in words that change least."""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ...diff import word_diff
from ...errors import RevisePrompt
from ..order import Order
from ..take import Take
from .buy import obtain
from .desk import Desk

__all__ = ["Revision", "nurse", "soften"]

_WORD = r"[^\W\d_]+(?:'[^\W\d_]+)?|\W+|\d+|_+"


@dataclass(frozen=True)
class Revision:
    """A prompt with the least change that a refusal asks for."""

    prompt: str
    diff: str
    """What changed: `[-taken out-]` and `{+put in+}`."""


async def nurse(order: Order, desk: Desk) -> Take:
    """Obtain a take, and see a refused one through; raises as `obtain`.

    A refusal costs nothing and often passes at the second try. After that the words are softened,
    if the owner allowed it (`medic` under [buying] in the settings).
    """
    try:
        return await obtain(order, desk)
    except RevisePrompt:
        pass
    try:
        return await obtain(order, desk)
    except RevisePrompt as refusal:
        revision = soften(order.shot.prompt, refusal.reasons)
        if revision is None:
            raise
        if not desk.may_revise:
            raise _with_proposal(refusal, revision) from None
    return await obtain(await asyncio.to_thread(_revised, order, revision, desk), desk)


def soften(prompt: str, reasons: Sequence[str]) -> Revision | None:
    """Remove or soften the words that the reasons of a refusal point at; None without any."""
    words = {
        word: softer
        for meaning, table in _words().items()
        if any(reason.startswith(f"{meaning} (") for reason in reasons)
        for word, softer in table.items()
    }
    said = re.findall(_WORD, prompt)
    softened = [
        _in_case(words[part.lower()], part) if part.lower() in words else part for part in said
    ]
    revised = _tidy("".join(softened))
    if revised == prompt or not revised:
        return None
    return Revision(revised, word_diff(prompt, revised))


def _revised(order: Order, revision: Revision, desk: Desk) -> Order:
    """The order in softer words, entered into the ledger with the diff."""
    revised = replace(order, shot=order.shot.replace(prompt=revision.prompt))
    entry = desk.ledger.plan(
        revised.shot,
        film_id=order.film_id,
        scene_id=order.scene.id,
        picture_id=order.scene.picture_id,
        asked=order.asked,
    )
    desk.ledger.revise(order.shot.key, entry.key, revision.diff)
    return revised


def _with_proposal(refusal: RevisePrompt, revision: Revision) -> RevisePrompt:
    return RevisePrompt(
        f"{refusal.user_message.rstrip('.')}. Softer words might pass: {revision.diff}. Write them"
        ' into the scene, or let OneReel do so by medic = "allow" under [buying] in the settings'
        " file.",
        reasons=refusal.reasons,
    )


def _in_case(softer: str, word: str) -> str:
    return softer[:1].upper() + softer[1:] if word[:1].isupper() else softer


def _tidy(text: str) -> str:
    """Close the gaps that words leave behind."""
    text = re.sub(r"[ \t]{2,}", " ", text)
    text = re.sub(r" +([,.;:!?])", r"\1", text)
    return re.sub(r"([,;:]) *(?=[,.;:!?])", "", text).strip()


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = Path(__file__).with_name("medic.toml").read_text("utf-8")
    return tomllib.loads(text)
