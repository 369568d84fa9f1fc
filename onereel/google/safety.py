"""What Google's safety filters say: in which words, for what reason, and whether it costs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..secrets import mask

__all__ = ["charged", "is_refusal", "reasons"]

_CODES = {
    "child": "58061214 17301594",
    "celebrity": "29310472 15236754",
    "video safety": "64151117 42237218",
    "dangerous content": "62263041",
    "hate": "57734940 22137204",
    "prohibited content": "89371032 49114662 63429089 72817394 60599140",
    "third-party content": "35561574 35561575",
    "sexual content": "90789179 43188360",
    "toxic language": "78610348",
    "violence": "61493863 56562880",
    "vulgar language": "32635315",
    "other": "74803281 29578790 42876398",
}
"""Support codes by what they mean.

https://cloud.google.com/vertex-ai/generative-ai/docs/video/responsible-ai-and-usage-guidelines
"""
_MEANING = {code: meaning for meaning, codes in _CODES.items() for code in codes.split()}
_CODE = r"\b\d{8}\b"

_TOKEN = (
    r"\b(?:IMAGE_|VIDEO_)?(?:SAFETY|PROHIBITED_CONTENT|BLOCKLIST|SPII|RECITATION)\b"
    r"|\bRESPONSIBLE_AI\w*|\bRAI\b"
)
_WORDS = (
    r"(?i)could(?:n't| not) be submitted|violates? (?:google's|our) |usage guidelines"
    r"|safety (?:filter|polic|settings|reasons)|sensitive words|responsible ai"
    r"|content polic|blocked[^.]*\b(?:safety|polic(?:y|ies))\b|prohibited (?:use|content)"
    r"|support codes?:?\s*\d|issue with the audio for your prompt"
)
_FREE = (
    r"(?i)(?:not|won't|never)\s+(?:have\s+)?be(?:en)?\s+charged|no charge"
    r"|could(?:n't| not) be submitted"
)


def is_refusal(words: str) -> bool:
    """Whether an error's words come from a safety filter."""
    return bool(re.search(_TOKEN, words) or re.search(_WORDS, words.replace("\u2019", "'")))


def charged(words: Iterable[str]) -> bool | None:
    """Whether a refusal costs: False where the service says that it does not, else None."""
    said = " ".join(words).replace("\u2019", "'")
    return False if re.search(_FREE, said) else None


def reasons(words: Iterable[str]) -> tuple[str, ...]:
    """The service's own words, and after them what their support codes mean, each once."""
    said = [" ".join(mask(text).split()) for text in words if text.strip()]
    meant = [
        f"{_MEANING[code]} ({code})"
        for text in said
        for code in re.findall(_CODE, text)
        if code in _MEANING
    ]
    return tuple(dict.fromkeys([*said, *meant]))
