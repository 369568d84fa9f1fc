"""What is told word for word in every language: a quotation, and steps that the idea numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .pack import Frame, Pack, Part
from .patterns import sentences
from .wording import words_of

__all__ = ["Quotation", "find_quotation", "find_steps", "quoted_frame", "stepped_frame"]

_OPEN, _CLOSE = '"\u201c\u201e\u00ab\u201f', '"\u201d\u201c\u00bb'
_MARKED = rf"[{_OPEN}]\s*([^{_OPEN}{_CLOSE}]+?)\s*[{_CLOSE}]"
_NAME = r"[^\W\d_][^,;:.!?()]{0,40}(?:\.\s?[^,;:.!?()]{1,30}){0,3}"
_BEHIND = rf"^[\s,.]*(?:[-\u2013\u2014~(]\s*)?({_NAME})\)?[.\s]*$"
_BEFORE = rf"^\s*({_NAME})\s*:\s*$"
_SIGNED = rf"^(.{{8,}}?[^\s,])\s*(?:(?:\s-|\u2013|\u2014)\s*({_NAME})|\(\s*({_NAME})\s*\))[.\s]*$"
_LAST = r"^(.{8,}[.!?])\s+([^\W\d_][^,;:.!?()]{2,40})[.\s]*$"
"""A name as the last sentence, behind words that are not marked."""
_LONGEST_NAME = 5
"""Words."""
_SHORTEST_SIGNED = 5
_LONGEST_TITLE = 9
_MOST_TERMS = 5
_SHORTEST_TERM = 4
_STEP = r"(?:(?<=\s)|^)(\d{1,2})[.)]\s+(?=\D|\d+\s)"
_SUBJECT = "a quiet, uncluttered scene"
"""What its pictures show, in English: nobody knows what a thought looks like."""


@dataclass(frozen=True)
class Quotation:
    """Words that somebody said or wrote, and who it was, if the idea says so."""

    words: str
    by: str = ""


def find_quotation(idea: str, pack: Pack) -> Quotation | None:
    """Read an idea as a quotation; None where it only speaks of one ("a proverb about rain").

    The words that call a quotation by name are the pack's (`called` in its bank `quote`; `passing`
    are words that say little).
    """
    idea = idea.strip()
    marked = re.search(_MARKED, idea)
    if marked and len(marked[1].split()) > 1:
        before, after = idea[: marked.start()], idea[marked.end() :]
        by = _name(_BEHIND, after) if not before.strip() else _name(_BEFORE, before)
        return Quotation(_whole(marked[1]), by)
    called = frozenset(pack.data.banks["quote"]["called"])
    if words_of(idea) & called:
        return None
    signed = re.match(_SIGNED, idea)
    by = (signed[2] or signed[3]).strip() if signed else ""
    if signed and _is_name(by):
        return Quotation(_whole(signed[1]), by)
    last = re.match(_LAST, idea)
    if last and (_is_full_name(last[2]) or _is_last_name(last[1], idea)):
        return Quotation(_whole(last[1]), last[2].strip())
    return Quotation(_whole(idea.strip(_OPEN + _CLOSE)))


def quoted_frame(frame: Frame, quotation: Quotation, pack: Pack) -> Frame:
    """The frame of a film that quotes: `frame` says where it plays, and the words are its own."""
    words = _spelled(quotation.words, pack)
    terms = _terms(words, pack)
    slots = {"quote": words, "by": quotation.by, "term": terms[0]}
    signed = sentences(f"{words}.") + (f" \u2013 {quotation.by}" if quotation.by else "")
    return Frame(
        kind="topic",
        slots={name: said for name, said in slots.items() if said},
        subject=_SUBJECT,
        title=pack.title(_title(words)),
        logline=signed,
        tags=frozenset({"quotation", *(("by",) if quotation.by else ())}),
        keywords=frozenset(words_of(signed)),
        themes=frame.themes,
        parts=tuple(Part({"term": term}) for term in terms[1:]),
    )


_COUNTED = r"^((?:[^\W\d]+ ){0,2}(\d{1,2})\s[^:]*?)\s?:\s+(.+)$"


def find_steps(idea: str) -> tuple[str, tuple[str, ...]]:
    """Split an idea that numbers its steps ("How to make tea: 1. Boil water. 2. ..."), or counts
    them and says as many ("3 steps to tea: boil water, pour, wait").

    Returns:
        What stands in front, and the steps; the whole idea and none, where it numbers none.
    """
    counted = re.match(_COUNTED, idea)
    if counted is not None:
        listed = re.split(r"(?:,| (?:and|und|y|e|et)) ", counted[3].strip(" .!"))
        if len(listed) == int(counted[2]) and not re.search(r"[.!?:;]", counted[3].strip(" .!")):
            return counted[1], tuple(each.strip() for each in listed)
    marks = list(re.finditer(_STEP, idea))
    front = idea[: marks[0].start()].rstrip(" :;,-\u2013\u2014") if marks else ""
    if len(marks) < 2 or [int(each[1]) for each in marks] != [*range(1, len(marks) + 1)]:
        return idea, ()
    ends = [*(each.start() for each in marks[1:]), len(idea)]
    steps = (idea[mark.end() : end].strip(" .,;") for mark, end in zip(marks, ends, strict=True))
    told = tuple(steps)
    return front or told[0], told  # a list of steps alone is about its first


def stepped_frame(frame: Frame, steps: tuple[str, ...], pack: Pack, *, numbered: bool) -> Frame:
    """The frame of a film that tells these steps one after the other, each in its own words."""
    pattern = pack.data.banks["howto"]["step"][0] if numbered else "{step}."
    told = [
        pack.polish(sentences(pattern.replace("{n}", pack.number(at)).replace("{step}", step)))
        for at, step in enumerate(steps, 1)
    ]
    keywords = frame.keywords | words_of(" ".join(steps))
    return replace(frame, given=tuple(told), keywords=frozenset(keywords))


def _name(pattern: str, text: str) -> str:
    match = re.match(pattern, text)
    return match[1].strip() if match and _is_name(match[1]) else ""


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _LONGEST_NAME and words[0][:1].isupper() and words[-1][:1].isupper()


def _is_full_name(text: str) -> bool:
    """Whether every word has its capital but "de", "von" and the like: no sentence has."""
    words = text.split()
    capital = sum(word[:1].isupper() for word in words)
    return _is_name(text) and capital > 1 and all(w[:1].isupper() or len(w) < 4 for w in words)


def _is_last_name(said: str, idea: str) -> bool:
    """Whether a single word with a capital and no stop signs a sentence: "...dones. Cervantes"."""
    last = idea.split()[-1]
    return last.isalpha() and last.istitle() and len(said.split()) >= _SHORTEST_SIGNED


def _whole(words: str) -> str:
    words = words.strip(" ,;:").removesuffix(".")
    return words[:1].upper() + words[1:]


def _spelled(words: str, pack: Pack) -> str:
    """Somebody's words with the points and apostrophes of the language, and no letter else."""
    polished = pack.polish(words)
    return polished if re.findall(r"\w+", polished) == re.findall(r"\w+", words) else words


def _terms(words: str, pack: Pack) -> list[str]:
    """Its telling words, each once, as they are written; any, where none is telling."""
    passing = pack.function_words | set(pack.data.banks["quote"]["passing"])
    found: dict[str, str] = {}
    starts: dict[str, str] = {}
    for match in re.finditer(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", words):
        word = match[0]
        at_start = not match.start() or re.search(r"[.!?]\s+$", words[: match.start()])
        front, mark, back = word.partition("\u2019" if "\u2019" in word else "'")
        # "L'espoir" is an elision, "isn't" a contraction.
        whole = back if mark and len(front) < 3 else "" if mark else word
        if len(whole) >= _SHORTEST_TERM and whole.lower() not in passing:
            # At the start of a sentence nobody knows whether a word has its capital by itself.
            (starts if at_start else found).setdefault(whole.lower(), whole)
    terms = list(found.values()) if len(found) > 1 else [*starts.values(), *found.values()]
    terms.sort(key=lambda term: (not term[:1].isupper(), -len(term)))
    return terms[:_MOST_TERMS] or [_longest(words, passing)]


def _longest(words: str, passing: frozenset[str]) -> str:
    """The longest word that tells something; of all, where none does."""
    found: list[str] = re.findall(r"[^\W_]+", words)
    return max([word for word in found if word.lower() not in passing] or found, key=len)


def _title(words: str) -> str:
    """The quotation, or its first clause, or its first words."""
    if len(words.split()) == 1:
        return words
    for part in (words, re.split(r"[,;:.!?\u2026]\s", words)[0]):
        if 1 < len(part.split()) <= _LONGEST_TITLE:
            return part.rstrip(".,;: \u00a0")
    return " ".join(words.split()[:6]) + " \u2026"
