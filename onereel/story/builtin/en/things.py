"""Things that an English idea names without an article, and which of them can stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .clauses import RELATIVES, base_of_gerund
from .clean import join
from .lexicon import base_of, gerund, is_only_verb, is_verb, lexicon, past_base, word_set
from .nouns import DETERMINERS, NUMBERS, POSSESSIVES, PREPOSITIONS, is_plural_word, singular
from .phrase import PARTICLES, phrase_of

__all__ = ["bare_things", "caused_by", "doings", "is_nameable", "known_things", "side_by_side_of"]

_SHORT = 6
_ENDS = (
    PREPOSITIONS | DETERMINERS | RELATIVES | word_set("and or , . but when if now then here there")
)
_ABOUT = word_set("about of for between")
_IDIOMS = word_set(
    "good free sure example instance real fun now once long course all ever life work sale rent"
    " granted certain everyone someone beginners kids dummies more less better worse"
)
"""What stands behind "for" or "of" and is no thing: "for good"."""
_LIGHT = word_set(
    "be have do go get make take become come try start begin keep let know work school"
)
_UNNAMED = word_set(
    "nobody somebody everybody anybody everyone someone anyone nothing something anything"
    " everything i we you he she it they me him us them this that there who what none other others"
    " myself yourself himself herself itself ourselves themselves"
    " hectares acres miles kilometres metres tonnes things thing people ways way lot bit kind sort"
    " monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays"
    " thursdays fridays saturdays sundays january february april june july august september october"
    " november december today tomorrow yesterday tonight time times day days year years"
)


def is_nameable(phrase: str) -> bool:
    """Whether a phrase can be spoken of alone: no pronoun, no clause, no half of a noun."""
    words = phrase.lower().split()
    if not words or words[-1] in _UNNAMED | DETERMINERS | PREPOSITIONS:
        return False
    if any(re.search(r"'(?:m|re|ll|ve|d)$|n't$", word) for word in words):
        return False
    sets = lexicon().sets
    if words[1:] and (words[1] in PREPOSITIONS or _acts_at_the_end(words)):
        return False  # "one of them is", "the little brother find"
    things = sets["count"] | sets["person"] | sets["being"] | lexicon().nouny
    return len(words) == 1 or words[-1] not in sets["adjective"] - things


def _acts_at_the_end(words: Sequence[str]) -> bool:
    somebody = lexicon().sets["person"] | lexicon().sets["being"]
    acts = is_verb(words[-1]) and words[-1] not in somebody
    return acts and words[-2] in somebody


def caused_by(words: Sequence[str]) -> str:
    """What "what causes lightning" is about: "lightning"."""
    rest = list(words[2 : words.index(",") if "," in words else None])
    asked = words[0].lower() in ("what", "who") and words[1:] and base_of(words[1]) is not None
    made = bool(asked) and base_of(words[1]) in ("make", "let", "help", "keep") and len(rest) > 1
    if made and is_verb(rest[1]) and (_is_matter(rest[0]) or is_plural_word(rest[0])):
        return rest[0]  # "What makes bread rise"
    ends = any(word.lower() in _ENDS - DETERMINERS or is_verb(word) for word in rest)
    return join(rest) if asked and 0 < len(rest) < 4 and not ends else ""


def known_things(words: Sequence[str]) -> list[str]:
    """What can only be a thing or a being, though nothing shows where its phrase begins.

    Last in its phrase it needs no more than its article: "the school" of "School in Leeds swaps".
    """
    sets = lexicon().sets
    things = sets["count"] | sets["person"] | sets["being"]
    low = [word.lower() for word in [*words, "."]]
    found: list[str] = []
    if low[1:2] == [","]:
        low[0] = ""  # "mother, I am not cold any more" speaks to her
    for word, before, after in zip(low, ["", *low], low[1:], strict=False):
        ended = after in _ENDS or _acts(after)
        goes_on = DETERMINERS | NUMBERS | PARTICLES
        if before == "and" and base_of(word) is not None and after in goes_on:
            continue  # "burns the hills and forces three villages to leave"
        known = word in things or (is_plural_word(word) and singular(word) in things)
        if known and ended and before not in POSSESSIVES:
            found.append(f"the {word}")
    found = [each for each in dict.fromkeys(found) if is_nameable(each)]
    return found or _led_by_article([*words, "."])


def _acts(word: str) -> bool:
    return is_verb(word) or base_of(word) is not None or past_base(word) is not None


def _led_by_article(words: Sequence[str]) -> list[str]:
    """What an article begins and a bound ends: "the winter morning" of "one winter morning"."""
    low = [word.lower() for word in words]
    found = []
    for at, word in enumerate(low):
        end = next((i for i in range(at + 1, len(low)) if low[i] in _ENDS), len(low))
        phrase = words[at + 1 : end]
        if len(phrase) > 1 and re.search(r"(?:ed|wn|en)$", phrase[-1]):
            phrase = phrase[:-1]  # "a secret sewn into a coat"
        if not phrase_of(words[at:end], subject=False, end=[*low, "."][end]):
            continue  # "the bus hit the bridge"
        if word in ("a", "an", "the", "one") and 1 <= len(phrase) <= 2 and low[at - 1] != "of":
            found.append(f"the {join(phrase)}")
    return [each for each in found if is_nameable(each)]


def bare_things(words: Sequence[str]) -> list[str]:
    """Matter behind a preposition: "water" of "terrified of water"; doings: "to swim", swimming."""
    low = [word.lower() for word in [*words, "."]]
    found: list[str] = []
    for at in range(1, len(words)):
        word, before, after = low[at], low[at - 1], low[at + 1]
        if before in _ABOUT and after in _ENDS and _is_matter(words[at]):
            found.append(word)
        if before == "to" and after in {".", ",", "and", "or"} and _is_done_alone(word):
            found.append(gerund(word))
    return found


def _is_matter(word: str) -> bool:
    sets = lexicon().sets
    countable = sets["count"] | sets["person"] | sets["being"]
    other = _IDIOMS | _UNNAMED | _ENDS | NUMBERS | countable | sets["adjective"]
    verb = is_only_verb(word)
    plain = word.islower() and word.isalpha() and len(word) > 2 and not word.endswith("ly")
    return plain and word not in other and not verb and not is_plural_word(word)


def _is_done_alone(word: str) -> bool:
    return word in lexicon().sets["intransitive"] and word not in _LIGHT


def side_by_side_of(words: Sequence[str]) -> list[str]:
    """The two of "the difference between weather and climate"."""
    low = [word.lower() for word in words]
    at = low.index("between") if "between" in low else len(low)
    two = low[at + 1 : at + 4]
    ended = low[at + 4 : at + 5] in ([], [","], ["."])
    if len(two) < 3 or two[1] != "and" or not ended or {two[0], two[2]} & (DETERMINERS | _UNNAMED):
        return []
    return [words[at + 1], words[at + 3]]


def doings(words: Sequence[str]) -> list[str]:
    """What is done, behind a preposition: "fishing" of "things I know about fishing"."""
    low = [word.lower() for word in [*words, "."]]
    ends = PREPOSITIONS | {"and", "or", ",", "."}
    return [
        low[at] if low[at + 1] in ends - PREPOSITIONS else _to_the_end(words[at:]) or low[at]
        for at in range(1, len(words))
        if low[at - 1] in PREPOSITIONS - {"without", "by"}
        and low[at + 1] in ends
        and base_of_gerund(low[at])
    ]


def _to_the_end(words: Sequence[str]) -> str:
    """ "Moving to a small town", where that ends the idea; "" if more may follow."""
    low = [word.lower() for word in words]
    more = RELATIVES | {"and", "or", ",", "but"}
    verbs = (is_only_verb(word) for word in low[1:])
    return join(words) if len(words) < _SHORT and not more & set(low) and not any(verbs) else ""
