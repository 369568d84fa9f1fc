"""Take narration apart where a speaker would pause, in any script."""

from __future__ import annotations

import re

__all__ = ["halves", "sentences"]

_CLOSERS = "\"'\u2019\u201d\u00bb)\\]\u300d\u300f\uff09"

# Latin, Arabic, Urdu, Devanagari, Armenian and Ethiopic stops need a space after them; the full
# stops of Chinese and Japanese do not.
_END_OF_SENTENCE = (
    rf"(?<=[.!?\u2026\u061f\u06d4\u0964\u0589\u1362])[{_CLOSERS}]*\s+(?=[^a-z\s])"
    rf"|(?<=[\u3002\uff01\uff1f])[{_CLOSERS}]*\s*(?=\S)"
)
_END_OF_CLAUSE = r"(?<=[,;:\u2014\u2013\u060c\u061b])\s+|(?<=[\u3001\uff0c\uff1b])\s*(?=\S)"
_ABBREVIATION = r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|No|vs|bzw|Nr|ca|Sra?|Mme|etc)\.\Z"


def sentences(text: str) -> tuple[str, ...]:
    """Split text into its sentences, none of them empty."""
    found: list[str] = []
    start = 0
    for match in re.finditer(_END_OF_SENTENCE, text):
        # Closing quotes belong to the sentence they close.
        end = match.start() + len(match[0].rstrip())
        if re.search(_ABBREVIATION, text[start:end]):
            continue
        found.append(text[start:end].strip())
        start = match.end()
    found.append(text[start:].strip())
    return tuple(sentence for sentence in found if sentence)


def halves(text: str) -> tuple[str, str]:
    """Split text near its middle: between sentences, else clauses, else words, else characters.

    The second half is empty only if the text has fewer than two characters.
    """
    text = text.strip()
    ends = [match.end() for match in re.finditer(_END_OF_CLAUSE, text)]
    if len(whole := sentences(text)) > 1:
        ends = []
        for sentence in whole[:-1]:
            ends.append(text.index(sentence, ends[-1] if ends else 0) + len(sentence))
    ends = ends or [match.start() for match in re.finditer(r"\s+", text)] or [(len(text) + 1) // 2]
    middle = min(ends, key=lambda end: abs(2 * end - len(text)))
    return text[:middle].strip(), text[middle:].strip()
