"""What the writer makes of a brief before it writes: the idea taken apart, the tone as tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..brief import Brief
from ..templates.built_in import family
from ..templates.template import Template
from .pack import Frame, Pack
from .quoting import Quotation, find_quotation, find_steps, quoted_frame, stepped_frame
from .wording import words_of

__all__ = ["read_idea", "tags_of"]

_SLOGAN = r"^([^.!?:]+!)\s+([^.!?]+[.!]?)$"
_LONGEST_SLOGAN = 5
"""Words."""
_SPOKEN = r"[\"\u201c\u201e\u00ab]([^\"\u201c\u201d\u00ab\u00bb]+)[\"\u201d\u201c\u00bb]"
_LEAST_TOLD = 4
"""Words around a quotation that make it a part of a tale."""
_BESIDE = ("part", "other", "thing")
"""What the packs call what a hero's film speaks of beside the hero."""
_TONES = {
    "funny": ("funny", "humor", "humour", "comic", "playful", "witty", "silly", "cheerful"),
    "serious": ("serious", "sober", "formal", "grave"),
    "bold": ("epic", "dramatic", "grand", "bold", "poetic"),
    "plain": ("plain", "simple", "neutral", "factual"),
}


def read_idea(idea: str, pack: Pack, kinds: Sequence[str], *, numbered: bool) -> Frame:
    """Take an idea apart for a template and those that it is like, whose names are `kinds`.

    The steps that it numbers keep their numbers where they are `numbered`.
    """
    steps: tuple[str, ...] = ()
    if "howto" in kinds:
        idea, steps = find_steps(idea)
    if "product" in kinds:
        idea = _offer_first(idea)
    template = next((name for name in kinds if name in pack.reads), kinds[-1])
    frame = pack.analyse(idea, template=template)
    frame = _unquoted(pack.sure(frame, idea, template=template), idea)
    if "quote" in kinds and (quotation := find_quotation(idea, pack)):
        told = frame.logline.removesuffix(".")
        small = idea == idea.lower()
        # Typed in haste: the frame has its capitals and its question mark.
        same = words_of(told) == words_of(quotation.words) and not quotation.by
        mended = same and (small or told.endswith("?"))
        return quoted_frame(frame, Quotation(told) if mended else quotation, pack)
    return stepped_frame(frame, steps, pack, numbered=numbered) if steps else frame


def _unquoted(frame: Frame, idea: str) -> Frame:
    """A frame that goes round nothing that only somebody's words name: of 'a nurse finds a note:
    "Feed my cat"', no cat."""
    quoted = words_of(" ".join(match[1] for match in re.finditer(_SPOKEN, idea)))
    only = quoted - words_of(re.sub(_SPOKEN, " ", idea))

    def is_spoken(text: str) -> bool:
        return bool(text) and text.split()[-1].lower() in only

    if not quoted or len(re.sub(_SPOKEN, " ", idea).split()) < _LEAST_TOLD:
        return frame
    parts = tuple(part for part in frame.parts if not any(map(is_spoken, part.slots.values())))
    named = {
        name for name in _BESIDE if frame.kind == "hero" and is_spoken(frame.slots.get(name, ""))
    }
    named |= {
        f"{name}_{case}" for name in named for case in "ad" if f"{name}_{case}" in frame.slots
    }
    return replace(frame, parts=parts, slots={**frame.slots, **dict.fromkeys(named, "")})


def _offer_first(idea: str) -> str:
    """What is offered, in front of its slogan: "No more back pain! The chair by SitWell"."""
    match = re.match(_SLOGAN, idea.strip())
    short = match is not None and len(match[1].split()) <= _LONGEST_SLOGAN
    return f"{match[2].rstrip('.!')}. {match[1]}" if match and short else idea


def tags_of(brief: Brief, template: Template) -> frozenset[str]:
    """The tags of a film that its idea does not give: its tone, and its templates."""
    tone = (brief.tone or (template.tone if brief.film_template else "")).lower()
    tags = {tag for tag, words in _TONES.items() if any(word in tone for word in words)}
    if not tags & {"bold", "plain"}:
        tags.add("bold" if brief.creativity > 0.5 else "plain")
    return frozenset({*tags, *family(template)})
