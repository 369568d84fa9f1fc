"""The German pack.

Its data files write two things that other languages need not:

- A clause is "Subject |verb |rest", with "|prefix" behind a separable verb: "Nebel |zieht |in die
  Bucht |ein". As it stands it is a main clause; a pattern turns it with `<v {@sound}>` (the verb
  first, behind an opening place or time) or `<e {@sound}>` (the verb last, as in a
  subordinate clause).
- `^` asks for a capital: a whole sentence behind a colon begins with one.

`{v:wartet/warten}` agrees with the subject.
"""

from __future__ import annotations

import re
from pathlib import Path

from ..cleaning import close_up
from ..folder_pack import FolderPack
from ..pack import Frame
from .analyse import analyse
from .certain import sure
from .lexicon import lexicon
from .mention import briefly

__all__ = ["PACK", "German"]

_GROUP = r"<([ve]) ([^<>]*)>"
_JOINED = {
    "zu dem": "zum",
    "zu der": "zur",
    "von dem": "vom",
    "bei dem": "beim",
    "an dem": "am",
    "in dem": "im",
}
# Not behind a comma, where "zu dem" begins a relative clause; a noun must follow, with or without
# its adjectives.
_CONTRACTED = (
    r"((?:^|[^,\s]) ?|\. )\b([ZzVvBbAaIi]\w* de[mr])"
    r"(?= (?:[a-z\u00e4\u00f6\u00fc\u00df]+en )*[A-Z\u00c4\u00d6\u00dc])"
    # "in dem Haus fest, das er ausrauben wollte" means that house
    r"(?![^.,:;!?]*, (?:d(?:as|er|ie|em|en|essen|eren)|in d\w+|wo) )"
)


class German(FolderPack):
    """German: see `Pack` for what each part means."""

    code = "de"
    name = "German"
    reads = frozenset(("howto", "lesson"))
    asides = r", (?:die|der|das|deren|dessen|denen) [^,]+,(?= \w)"
    joints = (
        r", (?=(?:aber|doch|und) )| (?=und (?:beschlie\u00dft|beschlie\u00dfen|muss|m\u00fcssen"
        r"|findet|finden|beginnt|beginnen|versucht|versuchen|entdeckt|entdecken|wird|will|er|sie"
        r"|niemand|nur|dann|pl\u00f6tzlich)\b)"
    )

    def sure(self, frame: Frame, idea: str, *, template: str) -> Frame:
        """Quote an idea in which any word is a guess."""
        return briefly(sure(frame, idea, template))

    def inflect(self, how: str, word: str, frame: Frame) -> str:
        """`{v:singular/plural}` agrees with the subject."""
        singular, _, plural = word.partition("/")
        return plural if "plural" in frame.tags else singular

    def number(self, value: int) -> str:
        """Say a number from 1 to 120."""
        if value < 20:
            return _numbers("ones")[value]
        if value < 100:
            tens, ones = divmod(value, 10)
            return (
                f"{'ein' if ones == 1 else _numbers('ones')[ones]}und" if ones else ""
            ) + _numbers("tens")[tens]
        return "hundert" + (self.number(value - 100) if value > 100 else "")

    def polish(self, text: str) -> str:
        """Turn marked clauses, contract, drop doubled commas."""
        text = re.sub(_GROUP, lambda match: _turn(match[1], match[2]), text)
        text = re.sub(r"\s*\|", " ", text)
        text = re.sub(r"\^(\W*)(\w)", lambda match: match[1] + match[2].upper(), text)
        text = re.sub(_CONTRACTED, _contracted, text)
        return re.sub(r" {2,}", " ", close_up(text))

    def title(self, text: str) -> str:
        """Write a phrase as a title."""
        return text[:1].upper() + text[1:].rstrip(".")


def _contracted(match: re.Match[str]) -> str:
    front = match[2]
    joined = _JOINED.get(front.lower(), front)
    return match[1] + (joined.capitalize() if front[0].isupper() else joined)


def _numbers(which: str) -> tuple[str, ...]:
    return lexicon().lists[which]


def _turn(how: str, text: str) -> str:
    subject, _, rest = text.partition("|")
    if not rest:
        return text
    verb, *others = [part.strip() for part in rest.split("|")]
    middle = others[0] if others else ""
    prefix = others[1] if len(others) > 1 else ""
    if middle in lexicon().sets["prefixes"]:
        middle, prefix = "", middle
    if middle.startswith("und "):
        return " ".join(
            [subject.strip(), verb, middle] if how == "e" else [verb, subject.strip(), middle]
        )
    first, _, others_of_it = middle.partition(" ")
    if first in ("sich", "es"):
        # A pronoun goes in front of a full subject: "wenn sich der Himmel oeffnet".
        subject, middle = f"{first} {subject}", others_of_it
    if how == "v":
        return " ".join(part for part in (verb, subject.strip(), middle, prefix) if part)
    return " ".join(part for part in (subject.strip(), middle, prefix + verb) if part)


PACK = German(Path(__file__).parent, lexicon=lexicon, analyse=analyse)
