"""An idea of which too little is certain: its own words are quoted, and nothing is made of them.

A sentence about a quoted word is right whatever the word is: it has no gender, number or case of
its own, and no film takes it for what it is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from .pack import Frame, Part
from .wording import words_of

__all__ = ["VERBATIM", "attributed", "verbatim_frame", "what_is_sold"]

VERBATIM = "verbatim"
"""The tag of such a frame, and the bank that it is told from."""
_SUBJECT = "a quiet scene that leaves room for the words"
_LONGEST_TERM = 4
"""Words."""
_WHOLE, _SHORT = 4, 30
"""An idea of so few words and characters is one term."""
_SHORTEST = 3
"""Letters."""
_MOST_TERMS = 6
_LONGEST = 20
"""Words of an idea that is said whole in one breath."""
_LONGEST_TITLE = 9
_QUOTED = (
    r"^[\"\u201c\u201e\u00ab]\s*([^\"\u201c\u201d\u201e\u00bb]{8,}?)\s*[\"\u201d\u201c\u00bb]"
    r"\s*[-\u2013\u2014,(]*\s*([^\W\d_][^\"()]{1,40}?)[).\s]*$"
)
_WORD = r"[^\s,;:.!?()\u2013\u2014\"\u201c\u201d\u201e]+"


def attributed(idea: str) -> str:
    """An idea that quotes somebody, with the name in brackets: what is behind quotation marks
    belongs to no sentence in them."""
    match = re.match(_QUOTED, idea.strip())
    return f"{match[1].rstrip(' .,')} ({match[2]})" if match else idea


def verbatim_frame(
    premise: str,
    further: Sequence[str],
    *,
    themes: tuple[str, ...],
    passing: Callable[[str, str], bool],
    vague: Callable[[str, bool], bool],
    numbers: Collection[str],
    titled: Callable[[str], str],
    closed: Collection[str],
    closes: Callable[[str], bool] | None = None,
    acts: Callable[[Sequence[str], str], bool] | None = None,
    led: bool = True,
) -> Frame:
    """The frame of an idea that is quoted, and never inflected.

    Its slots are `idea`, the first sentence with its question mark where it has one, `words`, the
    same for quotation marks around it, and `term`, some of its words as they were typed; the tags
    `asks` and `counted` say that it asks, and that it has a number in it.

    Args:
        premise: the idea's first sentence.
        further: its others, which are told as they are.
        themes: where it plays.
        passing: tells words that stand between those to be quoted, such as articles and verbs, by
            themselves and the word in front of them.
        vague: tells words that are no subject, such as adjectives, alone or at the end of others.
        numbers: lower-case words of numbers.
        titled: writes a phrase as a title.
        closed: lower-case words that are never quoted alone.
        acts: tells verbs behind a noun by the word that follows them.
        closes: tells words behind which another phrase begins, where words follow at all.
        led: whether what stands in front of a noun may be quoted with it.
    """
    bare = re.sub(r"\s+", " ", premise).strip(" ,;:.!?-")
    if re.search(r"\b\w\.\w$", bare):
        bare += "."  # "5 a.m."
    bare = bare[:1].upper() + bare[1:]
    asks = premise.rstrip(" .!").endswith("?")
    words = bare.split()
    given = tuple(further)
    said = bare
    if len(words) > _LONGEST:
        given = (f"{bare}{'?' if asks else '.'}", *given)
        said = _begun(bare)
    low = words_of(bare)
    typed = premise.strip(" ,;:.!?-")
    short = len(typed) <= _SHORT and len(words) <= _WHOLE and not re.search(r"[,;:.!?]", typed)
    terms = (
        [typed]
        if short and not asks
        else _terms(
            typed, passing, vague, numbers, closed=closed, closes=closes, acts=acts, led=led
        )
    )
    tags = {VERBATIM, "quoted"}
    whole = said + ("?" if asks and said == bare else "")
    tags |= {"asks"} if asks and said == bare else set()
    tags |= {"counted"} if low & set(numbers) or re.search(r"\d", bare) else set()
    telling = {word for word in low if len(word) > 1 and not passing(word, "")}
    telling |= words_of(" ".join(terms))
    return Frame(
        kind="topic",
        slots={"idea": whole, "words": whole, "term": terms[0]},
        subject=bare if len(words) <= _LONGEST else _SUBJECT,
        title=titled(_title(bare, asks=asks)),
        logline=f"{bare}{'?' if asks else '.'}",
        tags=frozenset(tags),
        keywords=frozenset(telling or low),
        themes=themes,
        given=given,
        parts=tuple(Part({"term": term}) for term in terms[1:]),
    )


def what_is_sold(frame: Frame, premise: str) -> Frame:
    """A quoting frame that comes back only to the first of its words, in front of the idea's first
    comma where one is: whom a thing is for, or who made it, nobody sells."""
    first = re.split(r"[,;:]\s", premise)[0]
    terms = [frame.slots["term"], *(part.slots["term"] for part in frame.parts)]
    kept = [term for term in terms if term in first] or terms
    return replace(frame, slots={**frame.slots, "term": kept[0]}, parts=())


def _begun(bare: str) -> str:
    """The first clause of a long idea, or its first words."""
    first = re.split(r"[,;:]\s", bare)[0]
    if 2 < len(first.split()) <= _LONGEST:
        return first
    return " ".join(bare.split()[:8]) + " \u2026"


def _title(bare: str, *, asks: bool) -> str:
    if len(bare.split()) <= _LONGEST_TITLE:
        return bare + ("?" if asks else "")
    first = re.split(r"[,;:]\s", bare)[0]
    return first if 1 < len(first.split()) <= _LONGEST_TITLE else _begun(bare)


def _terms(
    text: str,
    passing: Callable[[str, str], bool],
    vague: Callable[[str, bool], bool],
    numbers: Collection[str],
    *,
    closed: Collection[str],
    closes: Callable[[str], bool] | None,
    acts: Callable[[Sequence[str], str], bool] | None,
    led: bool,
) -> list[str]:
    """The words that a film comes back to: what stands between small words and points, as it was
    typed."""
    runs: list[list[str]] = [[]]
    text = re.sub(r"\b(?:[A-Z]\.\s?){2,}", "", text)  # the initials of a name
    for piece in re.split(r"[()\u2013\u2014]|[,;:.!?]+(?:\s|$)", text):
        runs.append([])
        before = ""
        for word in re.findall(_WORD, piece):
            former, before = before, word
            if _counts(word, numbers):
                runs.append([word])
            elif passing(word, former):
                if acts and runs[-1] and acts(runs[-1], word):
                    runs[-1].pop()
                runs.append([])
            elif closes and runs[-1] and closes(runs[-1][-1]):
                runs.append([word])
            else:
                runs[-1].append(word)
    if not led:
        runs = [_undescribed(run, vague, numbers) for run in runs]
    cut = [_cut(run, vague) for run in runs]
    found = {term.lower(): term for term in cut if term and not _counts(term, numbers)}
    names = [term for term in found.values() if sum(map(str.isalpha, term)) >= _SHORTEST]
    telling = [
        term for term in names if not all(vague(word, True) for word in term.split())
    ] or names
    # "5 signs" is no subject, where there is another.
    telling = [term for term in telling if not term[:1].isdigit()] or telling
    kept = sorted(telling, key=len, reverse=True)[:_MOST_TERMS]
    return [term for term in telling if term in kept] or _longest(text, closed)


def _longest(text: str, closed: Collection[str]) -> list[str]:
    """The two longest words of an idea that names nothing, in its order; all of it, if it has
    short ones only."""
    words = [word for word in dict.fromkeys(re.findall(_WORD, text)) if len(word) > _SHORTEST]
    words = [word for word in words if word.lower() not in closed] or words
    long = sorted(words, key=len, reverse=True)[:2]
    return [word for word in words if word in long] or [text]


def _cut(run: Sequence[str], vague: Callable[[str, bool], bool]) -> str:
    """A run of words, or its last ones where they are too many to be named together."""
    rest = list(run)
    while rest[1:] and vague(rest[-1], False):
        rest.pop()
    return " ".join(rest[-_LONGEST_TERM:])


def _undescribed(
    run: list[str], vague: Callable[[str, bool], bool], numbers: Collection[str]
) -> list[str]:
    """A run without its adjectives: "die 5 haeufigsten Fehler" would have others without "die"."""
    described = any(vague(word, False) and not _counts(word, numbers) for word in run)
    at = next((at for at, word in enumerate(run) if not vague(word, False)), 0)
    return run[at:] if described else run


def _counts(word: str, numbers: Collection[str]) -> bool:
    return (word[:1].isdigit() and " " not in word) or word.lower() in numbers
