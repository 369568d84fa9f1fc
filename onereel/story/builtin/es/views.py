"""What the lines of a Spanish film speak of in turn, beside its main thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..cleaning import join
from ..pack import Part
from .bits import bits_of, describes, quoted, words_worth
from .clean import words_of
from .lexicon import infinitive, lexicon, plain
from .mentions import (
    RELATIONAL,
    series_of,
    sure_nouns,
    things_led,
    things_of,
    things_owned,
    within,
)
from .nouns import CALENDAR, DETERMINERS, PREPOSITIONS, is_known_noun, is_person
from .questions import ASKING, asked_of, deed_asked, indirect, things_asked
from .things import Thing
from .verbs import is_finite, is_infinitive, is_small

__all__ = ["ADDRESSING", "TALES", "lowered", "views_of", "words_in"]

_WHEN = ("cuando", "si", "mientras", "aunque", "porque")
TALES = ("story", "trailer", "poem")
"""Templates that have heroes; the others speak about whoever acts."""
ADDRESSING = ("product", "explainer", "listicle")
"""Templates that speak to the viewer."""


def views_of(
    words: Sequence[str],
    further: Sequence[str],
    known: str,
    *,
    hero: bool,
    chore: str,
    template: str,
    start: int = 0,
) -> list[Part]:
    """What else a line may speak of: things that are certain, else pieces of the idea as they were
    typed; nothing in front of `start`."""
    named = known.split()
    asked = bool(asked_of(words, f"{join(words)} "))
    found = (
        things_asked(words, anybody=template not in ADDRESSING)
        if asked
        else series_of(words) or things_of(words, but=named, start=start)
    )
    if not found and not known and not chore and not things_led(words):
        found = [thing for each in further for thing in things_of(lowered(words_of(each)))]
    if template not in (*TALES, "documentary"):
        # The buyer's own may be spoken of to the buyer.
        own = (
            "(?:mis?|nuestr[oa]s?) " if template == "product" else "(?:mis?|tus?|[nv]uestr[oa]s?) "
        )
        ours = template in ("explainer", "lesson")
        found = [_anybodys(each) if ours else each for each in found]
        found = _chiefly(found, words) if ours else found
        found = [each for each in found if not re.match(own, each.text)]
    # "El mismo (acorde\u00f3n)" is the same only in its own clause.
    found = [each for each in found if not re.search(r"\bmism[oa]s?\b", each.text)]
    placed = template == "listicle"  # each number may be another town
    if (known or template == "news") and not placed:
        # Where something happens is no news by itself.
        found = [each for each in found if not _is_place(each)]
    if template == "news":
        aside = ("en", "a", "al") if known else ("en",)  # "(asombra) a los vecinos"
        found = [each for each in found if not _is_led(words, each, aside)]
    if template == "product":
        # Nothing else is surely for sale.
        first = words[: words.index(",")] if "," in words and not asked else words
        found = [] if known else [each for each in found if _is_told(words, each)][:1]
        found = [each for each in found if each.noun in first or each.noun not in words]
    found = [each for each in found if known not in (each.text, each.short)]
    if words[1:2] == [","] and words[2:3] in (["un"], ["una"]) and known == words[0]:
        # "Basilio, un caracol, corre": that is Basilio.
        said = set(words[2 : words.index(",", 2)] if "," in words[2:] else words[2:])
        found = [each for each in found if each.noun not in said]
    if any(
        re.match("(?:mi|tu|nuestr[oa]) ", each) for each in (known, found[0].text if found else "")
    ):
        found = [each for each in found if not _is_said_to_be(words, each)]
    becoming = hero and (
        {"ser", "convertirse", "hacerse"} & {word.lower() for word in words}
        or any(infinitive(word) == "convertir" for word in words)
    )
    if becoming:
        return []  # "quiere ser torera": that is no other thing
    if hero or chore:
        found = [each for each in found if hero or not is_person(each.noun)]
        return [Part({"thing": each.text}) for each in found]
    deed = deed_asked(words, first=bool(found)) if asked else ""
    if deed and not known:
        return [Part({"topic": f"eso de {deed}"}, plural=False)]
    if found or known:
        seen = (
            [*(each for each in within(known) if placed or not _belongs(each, known)), *found]
            if known
            else [
                *found[:1],
                *(each for each in within(found[0].text) if not _belongs(each, found[0].text)),
                *found[1:],
            ]
        )
        return [Part({"topic": each.text}, plural=each.plural) for each in seen]
    bare = [] if template == "product" else things_led(words)
    bare = (things_owned(words) if template in TALES else []) or bare
    if bare:
        return [Part({"topic": each.text}, plural=each.plural) for each in bare]
    if asked and indirect(asked_of(words, f"{join(words)} ")) and template == "explainer":
        return []  # the question itself is told, in its own words
    nouns = sure_nouns(words, timely=template in TALES, sold=template == "product")
    if not nouns:
        return [Part(each) for each in _quotes(words, asked=asked)]
    # A piece or two may be quoted beside what is spoken of.
    spoken = {quoted(noun.text) for noun in nouns}
    bits = [each for each in bits_of(words, asked=asked) if each not in spoken] or [""]
    turns = (
        (nouns[at % len(nouns)], bits[at % len(bits)]) for at in range(max(len(nouns), len(bits)))
    )
    return [Part({"topic": noun.text, "part": bit}, plural=noun.plural) for noun, bit in turns]


def _chiefly(things: Sequence[Thing], words: Sequence[str]) -> list[Thing]:
    """Those in front of "cuando se va el cami\u00f3n", where there are such."""
    end = next((at for at, word in enumerate(words) if at > 1 and word in _WHEN), len(words))
    return [each for each in things if each.end <= end] or list(things)


def _anybodys(thing: Thing) -> Thing:
    """ "(Qu\u00e9 pasa con) nuestra basura" asks about anybody's."""
    own = re.match(r"[nv]uestr([oa]s?) (?!h?[a\u00e1])", thing.text)
    if own is None:
        return thing
    article = {"o": "el", "a": "la", "os": "los", "as": "las"}[own[1]]
    text, short = (
        re.sub(r"^[nv]uestr[oa]s? ", f"{article} ", each) for each in (thing.text, thing.short)
    )
    return replace(thing, text=text, short=short)


def _is_place(thing: Thing) -> bool:
    """Whether it only says where: no film about "los cines de Sevilla" is about Seville."""
    return plain(thing.noun) in lexicon().sets["places"] and thing.noun == thing.text


def _is_said_to_be(words: Sequence[str], thing: Thing) -> bool:
    """Whether it only says what somebody is: "mi padre, camionero"."""
    at = words.index(thing.noun) if thing.noun in words else 0
    return is_person(thing.noun) and at > 0 and words[at - 1] == ","


def _is_led(words: Sequence[str], thing: Thing, by: Sequence[str]) -> bool:
    """Whether one of some prepositions stands in front of a thing."""
    at = words.index(thing.noun) if thing.noun in words else 0
    return any(word.lower() in by for word in words[max(at - 2, 0) : at])


def _is_told(words: Sequence[str], thing: Thing) -> bool:
    """Whether an advertisement speaks of it, and not of when or where: "de camino (al trabajo)"."""
    start = thing.end - len(thing.text.split())
    if thing.noun not in words:
        return True  # another sentence names it
    led = [word.lower() for word in words[max(start - 1, 0) : start + 1]]
    aside = led[-1:] in (["al"], ["del"]) or (start > 0 and led[0] in PREPOSITIONS - {"a", "de"})
    # "Duerme mejor con el edred\u00f3n Nube": what has a name is for sale.
    aside = aside and not (led[0] == "con" and re.search(r"^[^A-Z]+ [A-Z]\w+$", thing.text))
    return not (aside or _is_place(thing))


def _belongs(thing: Thing, known: str) -> bool:
    """Whether a name only says which one is meant: "el camino de Santiago" is about no Santiago,
    "la vida de Goya" is."""
    whose = RELATIONAL.isdisjoint(plain(word) for word in known.split()[:2])
    return thing.noun[:1].isupper() and thing.noun == thing.text and whose


def words_in(parts: Sequence[Part]) -> list[str]:
    """What the parts name, without what they quote."""
    return [words for view in parts for slot, words in view.slots.items() if slot != "part"]


def _quotes(words: Sequence[str], *, asked: bool) -> list[dict[str, str]]:
    """The pieces of an idea that is not certain, which a line may quote one after the other."""
    bits = [{"part": each} for each in bits_of(words, asked=asked)]
    terms = [{"word": each} for each in words_worth(words)]
    if not terms:
        return bits
    most = max(len(bits), len(terms))
    return [bits[at % len(bits)] | terms[at % len(terms)] for at in range(most)]


def lowered(words: list[str]) -> list[str]:
    """Lower the capital that only starts the idea; names keep theirs."""
    first = words[0]
    low = first.lower()
    sets = lexicon().sets
    if first.islower() or (len(first) > 1 and first.isupper()) or words[1:2] == ["&"]:
        return words
    if low in DETERMINERS and len(words) > 1 and plain(words[1]) in sets["article_towns"]:
        return words if words[1][:1].isupper() else [low, *words[1:]]
    if "," in words and low not in DETERMINERS | PREPOSITIONS:
        # "Nube de Leche, lecher\u00eda": nothing common has a capital in the middle.
        named = [word for word in words[1 : words.index(",")] if word[:1].isupper()]
        if any(plain(word) not in sets["places"] | sets["names"] for word in named):
            return words
    called = low not in DETERMINERS | PREPOSITIONS | ASKING | sets["function"]
    called = called and not (is_finite(low) or is_infinitive(low))
    if called and len(words) > 1 and words[1] in ("el", "la"):
        return words  # "To\u00f1o el cangrejo"
    name = plain(low) in sets["bare_names"] | sets["names"]
    small = low in ASKING or is_small(low)
    verb = is_finite(low) or is_infinitive(low)
    follows = words[1][:1].islower() if len(words) > 1 else True
    nouny = is_known_noun(low) or plain(low).removesuffix("s") in sets["nouny"]
    common = (nouny or verb or describes(low)) and not name and follows
    common = common or low in CALENDAR
    return [low, *words[1:]] if small or common else words
