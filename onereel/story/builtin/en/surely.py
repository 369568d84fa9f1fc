"""Whether a phrase that a reading found is surely a thing of the English idea, and ends where it
seems to: the last look at everything that a film goes round."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .clauses import MODALS, RELATIVES
from .cutting import ADVERBS, PLURALS_IN_FRONT
from .kinds import JOINTS, is_being, is_counted, kinds_of
from .lexicon import base_of, is_base, is_mass, lexicon, past_base, word_set
from .nouns import ARTICLES, DETERMINERS, NUMBERS, PREPOSITIONS, is_plural_word
from .phrase import PARTICLES
from .runs import LEADS, ORDERING

__all__ = ["chiefly", "sure_phrases"]

_LARGE = word_set("hundred thousand million billion trillion dozen hundreds thousands millions")
_TIMES = word_set("still already soon again often once almost finally suddenly yet even anymore")
_JOINED = word_set("and or but to then , who which that what")
_ACTED = word_set("is are was were has have had be been")
_LOOSE = word_set("after before until since as than like")
"""Prepositions that begin clauses, too."""
_EMPTY = word_set(
    "way turn sense sake order course case point rest use rate degree level amount try go look"
    " chance moment while instance favour favor effort attempt side end top bottom front back"
    " middle part half advantage account behalf spite means total average day days week weeks"
    " month months year years cold hour hours minute minutes second seconds time times age life"
    " lives mind euro euros dollar dollars pound pounds cent cents percent"
)
"""Nouns that say nothing by themselves: "(she has) three days (to learn)"."""
_IDIOMS = word_set("scenes footsteps heart")
"""What one is behind, in or at without meaning it: "behind the scenes of a theatre"."""
_BODY = word_set(
    "head heart heads hearts mind eyes eye hand hands foot feet face ear ears nose mouth arm arms"
    " leg legs back shoulder shoulders finger fingers"
)
"""What is often only said: "stuck in your head"."""
_CLAUSES = JOINTS - {"and", "or", "than"} | RELATIVES | {","}
_MANY = word_set("all many few both most these those some several")
_ANYBODY = word_set("i we you they he she it who people nobody everybody everyone somebody")
_MATTER = word_set("fashion plastic coffee glass wool leather pasta wine beer soap jazz music")
_REPEATED = word_set("daily weekly monthly yearly nightly hourly early")
_HAPPENS = word_set("song rain snow fire smoke fog frost ice wind thunder motion")
"""What may be matter, and is one thing where it happens."""
_STATES = word_set("by in on at for under out without")
"""What stands in front of a state or a way: "by accident"."""


def sure_phrases(
    phrases: Sequence[str], idea: Sequence[str], *, sold: bool = False, taught: bool = False
) -> tuple[str, ...]:
    """Those of which every word can only be what the phrase takes it for; matter that has no
    article in the idea has none in the phrase.

    Args:
        phrases: as a film names them again.
        idea: the idea's words, and its commas.
        sold: whether the idea begins with things, which do nothing: "natural shampoo bars".
        taught: whether it may begin with what to do: "parallel park".
    """
    low = [".", *(word.lower() for word in idea), ".", "."]
    found: list[str] = []
    for phrase in (_unarticled(each, low) for each in phrases):
        shorter = _without_verb(phrase)
        if taught and _may_be_done(phrase, low):
            continue
        kept = (each for each in (phrase, shorter) if each and _is_sure(each, low, sold=sold))
        found += list(kept)[:1]
    return tuple(dict.fromkeys(found))


def _may_be_done(phrase: str, idea: Sequence[str]) -> bool:
    """Whether what an idea begins with may be what to do: "parallel park"."""
    the, *core = phrase.lower().split()
    begins = the == "the" and _place(core, idea) == len(core)
    return begins and all(map(is_base, core))


def _without_verb(phrase: str) -> str:
    """A phrase without the verb that it may end in: "my father drove"."""
    *words, last = phrase.split()
    led = len(words) > 1 and words[0].lower() in DETERMINERS
    acts = past_base(last) is not None or last.endswith("ing")
    while len(words) > 2 and kinds_of(words[-1])[-1:] in ("a", "r") and "n" in kinds_of(words[-2]):
        words.pop()  # "the old couple slow"
    owned = words[-1].endswith("'s") if words else True
    return " ".join(words) if led and acts and last.islower() and not owned else ""


def chiefly(phrases: Sequence[str], idea: Sequence[str], *, sold: bool = False) -> tuple[str, ...]:
    """What an idea is chiefly about, where it names more: no lesson on songs that "get stuck in
    your head for days, while ..." is about heads or days."""
    low = [".", *(word.lower() for word in idea), ".", "."]
    ends = (at for at, word in enumerate(low) if at > 2 and word in _CLAUSES)
    # Behind a comma it is said what is sold: "Lumo, a lamp for ...".
    end = len(low) if sold else next(ends, len(low))
    kept = [phrase for phrase in phrases if _begin(phrase, low) < end] or phrases
    plain = [
        each
        for each in kept
        if low[_begin(each, low) - 1] not in PREPOSITIONS - {"of", "off", "about", "between"}
    ]
    # Nobody sells "bald men", or the stories with which one learns.
    goods = plain or [each for each in kept if each[:1].isupper()]
    return tuple(goods if sold else plain or kept)


def _begin(phrase: str, idea: Sequence[str]) -> int:
    """Where a phrase begins in the idea, with what determines it; 1 where it does not."""
    words = phrase.lower().split()
    core = words[words[0] in DETERMINERS :]
    head = next((at for at, word in enumerate(core) if word in PREPOSITIONS), len(core))
    at = _place(core[:head], idea) - head + 1
    leads = LEADS | ORDERING | {"different", "own", "same"}
    while at > 1 and (idea[at - 1] in leads or idea[at - 1].isdigit()):
        at -= 1
    return max(at, 1)


def _unarticled(phrase: str, idea: Sequence[str]) -> str:
    """ "Fast fashion and the rivers of Bangladesh" are about no one fashion."""
    words = phrase.split()
    bare = [word.lower() for word in words[1:]]
    matter = words[0] == "the" and bare and (is_mass(bare[-1], strictly=True) or _is_matter(bare))
    matter = matter and not (is_counted(bare[-1]) or is_being(bare[-1]))
    matter = matter and words[-1].islower() and not PREPOSITIONS & set(bare)
    at = _place(bare, idea) if words[0] == "the" else 0
    if at and idea[at - len(bare)] in ("do", "does", "did", "no"):
        return " ".join(words[1:])  # "what does net salary mean"
    at = at if matter else 0
    articled = not at or idea[at - len(bare)] in LEADS | ORDERING
    return phrase if articled or bare[-1] in _HAPPENS else " ".join(words[1:])


def _is_matter(words: Sequence[str]) -> bool:
    return words[-1] in lexicon().sets["mass"] | _MATTER


def _is_sure(phrase: str, idea: Sequence[str], *, sold: bool) -> bool:
    words = phrase.split()
    if words[0] == "to" or words[0][:1].isdigit() or "different" in words:
        return False  # "5 signs your boss is about to quit"
    led = words[0].lower() in DETERMINERS
    groups: list[list[str]] = [[]]
    for word in words[led:]:
        if word.lower() in PREPOSITIONS | {"and"}:
            groups.append([])
        elif word.lower() not in DETERMINERS:
            groups[-1].append(word)
    if len(groups[0]) == 1 and groups[0][0].lower() in _IDIOMS:
        return False
    if len(groups) == 1 and len(groups[0]) == 1 and groups[0][0] in _EMPTY:
        return False
    return all(
        _ends(
            group,
            idea,
            articled=not at and words[0] == "the",
            inner=at > 0 or "and" in words,
            sold=sold,
        )
        for at, group in enumerate(groups)
        if group
    )


def _ends(
    group: Sequence[str], idea: Sequence[str], *, articled: bool, inner: bool, sold: bool
) -> bool:
    """Whether words in front of a noun describe it, and it is a noun."""
    low = [word.lower() for word in group]
    *front, head = low
    named = [word[:1].isupper() for word in group]
    if not named[0] and any(named[1:-1]) and not named[-1] and _may_act(head):
        return False  # "time Walter sneezes"
    inside = front[1:] if front[:1] and front[0] in ORDERING else front
    if re.fullmatch(
        r"(?:\w+-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)", head
    ):
        return False  # "between the fourth and the fifth"
    if head in _REPEATED or (head.endswith("ly") and kinds_of(head) == "r"):
        return False  # "cooked daily"
    if any(word in ADVERBS | _TIMES for word in [*inside, head]) or set(low) & _LARGE:
        return False  # "the small town still", "the million letters"
    if any(_acts(word) for word, typed in zip(front, group, strict=False) if typed.islower()):
        return False  # "BrightPath Tutoring helps kids catch"
    at = _place(low, idea)
    if not at:
        return True  # a form of the idea's own word: "swimming" of "how to swim"
    begin = at - len(low) + 1
    before, after = idea[begin - 1], idea[at + 1]
    if head in _BODY and not front and idea[begin - 2] in PREPOSITIONS:
        return False
    if at == 1 and group[0][:1].isupper() and after != "," and not _is_called(group[0]):
        return False  # "Heatwave forces schools to close"
    bare = before not in LEADS | ORDERING and not before.isdigit()
    if before in _ANYBODY:
        return False  # "why do we dream"
    if after.isdigit() or after in NUMBERS - {"one"}:
        return False  # "ward 7", "platform nine"
    described = before == "," and "a" in kinds_of(low[0])
    ordered = before in _JOINED and is_base(low[0]) and group[0].islower() and not described
    if bare and front and ordered:
        return False  # "escape from petting zoo and board tram", but "slow song"
    typed = group if begin > 1 else [low[0], *group[1:]]
    goods = sold and begin == 1
    if articled and bare and not goods and not _is_one_thing(typed, before):
        return False
    owned = bool(front) and front[-1].endswith("'s")  # "my mother's handwriting"
    if front and head.endswith("ing") and not (bare or owned or is_counted(head)):
        return False  # "a girl in a yellow coat running", "an old couple slow dancing"
    if front and past_base(head) is not None and not is_counted(head):
        return "n" not in kinds_of(front[-1])  # "my father drove"
    if bare and not (articled or inner) and not _needs_no_article(group, idea[begin - 1]):
        return False  # "24,000-year-old worm"
    plain = group[-1][:1].isupper() or not _may_act(head) or (sold and before == ".")
    if front and group[-2][:1].isupper() and after in LEADS:
        return plain  # "PlantPal waters your plants"
    return plain or _is_plural(low, before, after, idea)


def _is_called(word: str) -> bool:
    """Whether the capital that begins an idea is surely a name's, too."""
    sets = lexicon().sets
    names = sets["proper"] | sets["men"] | sets["women"] | sets["acronym"] | sets["firms"]
    return word.lower() in names | sets["title"] or any(map(str.isupper, word[1:]))


def _place(low: Sequence[str], idea: Sequence[str]) -> int:
    """Where a group ends in the idea; 0 where it does not stand there."""
    size = len(low)
    ends = (at + size - 1 for at in range(len(idea) - size) if list(idea[at : at + size]) == low)
    return next(ends, 0)


def _acts(word: str) -> bool:
    """Whether a word in front of a noun may be the verb: "helps"."""
    if word.endswith("'s") or word in PLURALS_IN_FRONT:
        return False
    return base_of(word) is not None and not is_counted(word)


def _may_act(word: str) -> bool:
    """Whether a word may be what somebody does: "breaks", "waters"."""
    bases = [word[:-1]] if word.endswith("s") and not word.endswith("ss") else []
    bases += [word[:-2]] if word.endswith("es") else []
    return base_of(word) is not None or any(len(each) > 2 and is_base(each) for each in bases)


def _needs_no_article(group: Sequence[str], before: str) -> bool:
    """Whether a noun that has no article in the idea stands in any sentence without one."""
    head = group[-1].lower()
    name = any(word[:1].isupper() or word.endswith("'s") for word in group)
    name = name or head.endswith("ing")
    matter = is_mass(head) or head in lexicon().sets["mass"]
    return name or matter or is_plural_word(head) or before in ("do", "does", "did")


def _is_one_thing(group: Sequence[str], before: str) -> bool:
    """Whether a noun that has no article in the idea surely takes one: "the council", and not "by
    accident", "fast fashion", "Riverside beach"."""
    head, alone = group[-1].lower(), len(group) == 1
    if is_plural_word(head):
        return True
    if group[0][:1].isupper() and group[-1][:1].islower():
        return False
    known = is_counted(head) or is_being(head) or group[-1][:1].isupper() or head in _HAPPENS
    known = known or not is_mass(head)
    return known and not (alone and before in _STATES)


def _is_plural(low: Sequence[str], before: str, after: str, idea: Sequence[str]) -> bool:
    """Whether what may be a verb ("breaks", "calls") is surely a plural."""
    front = low[:-1]
    led = before in LEADS | ORDERING or before.isdigit()
    named = front and "n" in kinds_of(front[-1]) and "a" not in kinds_of(front[-1])
    named = named and not front[-1].endswith("ing") and not front[-1].endswith("'s")
    ended = after in {".", ",", "of"} | _ACTED | MODALS
    if after.endswith("ed") or past_base(after) is not None:
        return True  # "taxi lights reflected"
    placed = before in PREPOSITIONS - _LOOSE - PARTICLES
    if before in _ACTED | _MANY:
        return True  # "why are egg prices so high"
    if not named:
        if front or led:
            return True  # "the tickets", "old maps"
        # "calls back", "what remains of"
        return before not in _JOINED - {"and", "or", ",", "."} and after not in PARTICLES
    at = _place(low, idea) - len(low)
    leader = idea[at - 1] if led else before
    acted = base_of(leader) is not None or past_base(leader) is not None
    single = before in ARTICLES and not is_plural_word(front[-1])
    return acted or after in _ACTED | MODALS | {"of"} or (ended and (placed or not single))
