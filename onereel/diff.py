"""What changed in a text, in the text."""

from __future__ import annotations

from difflib import SequenceMatcher

__all__ = ["word_diff"]


def word_diff(before: str, after: str) -> str:
    """The words that differ: `[-taken out-]` and `{+put in+}`; empty for equal texts."""
    old, new = before.split(), after.split()
    parts: list[str] = []
    for kind, start, end, first, last in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            continue
        taken, put = " ".join(old[start:end]), " ".join(new[first:last])
        parts.append((f"[-{taken}-]" if taken else "") + (f"{{+{put}+}}" if put else ""))
    return " ".join(parts)
