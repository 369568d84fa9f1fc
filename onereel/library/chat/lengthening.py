"""A film, or some of its scenes, made longer or shorter without new words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from ...errors import ReviseScreenplay
from ...story.brief import LONGEST_SCENE, SHORTEST_SCENE
from ...story.pace import estimate
from ...story.screenplay import Scene, Screenplay
from ...story.sentences import sentences
from ...story.timing import share_out
from ...voice.text import speakable
from ...voice.timing import LEAST_BREATH
from ..edits.changes import SetScene

__all__ = ["lasting"]

_TENTHS = 10


def lasting(scenes: Sequence[Scene], seconds: Fraction, film: Screenplay) -> tuple[SetScene, ...]:
    """Have scenes last so many seconds together.

    Pauses change first, all by one factor. Where the words alone need more, the scene that speaks
    longest loses its last sentence, until the rest fits.

    Raises:
        ReviseScreenplay: single sentences need more, or that many scenes cannot last so long.
    """
    texts = [scene.narration for scene in scenes]
    longest = min(film.brief.longest_shot, Fraction(LONGEST_SCENE))
    least = [_least(text, film) for text in texts]
    while sum(least) > seconds * _TENTHS:
        spoken = sorted(range(len(texts)), key=lambda at: -least[at])
        at = next((each for each in spoken if len(sentences(texts[each])) > 1), None)
        if at is None:
            raise ReviseScreenplay(
                f"What is said needs at least {sum(least) / _TENTHS:g} s; drop a scene, or shorten"
                " what one of them says."
            )
        texts[at] = _without_last_sentence(texts[at])
        least[at] = _least(texts[at], film)
    most = [max(each, int(longest * _TENTHS)) for each in least]
    if sum(most) < seconds * _TENTHS:
        raise ReviseScreenplay(
            f"{len(scenes)} scenes of at most {float(longest):g} s last {sum(most) / _TENTHS:g} s"
            " at most; add a scene first."
        )
    weights = [max(scene.duration, Fraction(1, _TENTHS)) for scene in scenes]
    lengths = share_out(round(seconds * _TENTHS), weights, least, most)
    changes = []
    for scene, text, tenths in zip(scenes, texts, lengths, strict=True):
        fields: dict[str, str | float] = {"duration": tenths / _TENTHS}
        if text != scene.narration:
            fields["narration"] = text
        if text != scene.narration or Fraction(tenths, _TENTHS) != scene.duration:
            changes.append(SetScene(scene=scene.id, fields=dict(fields)))
    return tuple(changes)


def _least(text: str, film: Screenplay) -> int:
    """Tenths of a second that a scene with this narration lasts at least."""
    if not speakable(text):
        return SHORTEST_SCENE * _TENTHS
    spoken = estimate(text, film.brief.language) + LEAST_BREATH
    return max(math.ceil(spoken * _TENTHS), SHORTEST_SCENE * _TENTHS)


def _without_last_sentence(text: str) -> str:
    return text[: text.rindex(sentences(text)[-1])].rstrip()
