"""German ideas that are half certain: told as they were typed, and spoken of by what they name.

Of "Warum ist der Himmel blau und abends rot?" no film can turn the verb, but the sky is the sky.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..cleaning import words_of
from ..pack import Frame, Part
from .hints import ANYBODY
from .lexicon import lexicon
from .lookup import agrees, look_up, only_many
from .parts import parts_of
from .phrases import adjective_like, is_of_city
from .verbs import is_plural, looks_finite

__all__ = ["spoken_of"]

_NAMES = ("topic", "topic_a", "topic_d")
_HERO = ("hero", "hero_a", "hero_d")
_KEPT = frozenset(("headed", "yours", "single", "plural", "thing", "person", "animal"))
_ABOUT_THINGS = frozenset(("explainer", "howto", "lesson", "product", "listicle"))
_TALES = frozenset(("story", "trailer", "poem", "documentary"))
_SOMEBODY = {"er": ("er", "ihn", "ihm"), "sie": ("sie", "sie", "ihr")}
_CONTRACTED = frozenset(
    (
        "im",
        "am",
        "vom",
        "zum",
        "zur",
        "beim",
        "ins",
        "ans",
        "aufs",
        "f\u00fcrs",
        "\u00fcbers",
        "durchs",
    )
)
_SOLD = ("unser", "unsere", "dein", "deine")


def spoken_of(
    frame: Frame, premise: str, words: Sequence[str], *, asks: bool, template: str
) -> Frame | None:
    """The frame of an idea of which only some nouns are certain; None where none is.

    Args:
        frame: what was read of the idea.
        premise: its first sentence, without its mark.
        words: the words of that sentence.
        asks: whether it is a question.
        template: the film's; one that sells speaks of nothing but what is sold.
    """
    own = _difference(premise) or _own(frame, premise, template)
    hint = own if "hinted" in frame.tags and template != "product" else None
    own = None if hint else own
    views = [own] if own else []
    if template == "product" and not own:
        return None
    known = own.slots["topic"].split() if own else ()
    counted = lexicon().lists["things_counted"]
    views += [
        part
        for part in parts_of(words, slot="topic", known=known)
        if not set(part.slots["topic"].split()) & set(counted)
    ]
    if hint and not re.search(rf"\bwie eine? {hint.slots['topic'].split()[-1]}\b", premise):
        # The first noun that nothing speaks against comes behind those that are sure.
        head = next((w for w in hint.slots["topic"].split() if w[:1].isupper()), "")
        new = all(head not in view.slots["topic"].split() for view in views)
        front = not views or _place(head, words) < _place(
            views[0].slots["topic"].split()[-1], words
        )
        views = ([hint, *views] if front else [*views, hint]) if new else views
    if template == "listicle" and (tail := re.search(r": \S+ (\w+)$", premise)):
        # "...: 7 Zeichen" are not what its list is about.
        named = [view for view in views if view.slots["topic"].split()[-1] != tail[1]]
        views = named or views
    if template == "listicle":
        # No number is for "meinen Vater", where he told of money.
        views = [view for view in views if view.slots["topic"][:4] != "mein"] or views
    answers = own is not None and asks and template == "product"
    if own and template == "product":
        views = [own]  # "Kabelsalat? Der KabelKrebs haelt ..." sells no tangle
    telling = [view for view in views if view.slots["topic"].split()[-1] not in ANYBODY]
    views = telling or views  # "300 Menschen m\u00fcssen ihre H\u00e4user verlassen"
    if template in _ABOUT_THINGS and views:
        views = _chiefly(views, words)
        # "Aus dem Golf von Mexiko": where something is, no lesson is about.
        views = [view for view in views if view is own or " " in view.slots["topic"]] or views
    somebody = _pronoun(words, asks=asks) if template in _TALES and not views else None
    views += [somebody] if somebody else []
    if somebody or (not views and not any(map(str.isalpha, premise))):
        # "2087. Die letzte Biene.", "Sie hatte alles vergessen. Bis auf eine Telefonnummer."
        views += [part for each in frame.given for part in _told(each)]
    if template in ("explainer", "lesson"):
        # No lesson is about a bakery of ours, where it is about its croissants.
        views = [view for view in views if view.slots["topic"][:4] not in ("mein", "unse")] or views
    if template == "news":
        # Where something happens, no report is about.
        about = [view for view in views if view.slots["topic"] == words[0]]
        about += [v for v in views if v not in about and (v is own or " " in v.slots["topic"])]
        views = about or views
    if template in ("howto", "lesson"):
        # Whoever asks is told: "wie bringe ich meinen Hund dazu".
        views = [replace(view, slots=_told_to(view.slots)) for view in views]
    if not views and "task" in frame.tags and frame.slots.get("task"):
        # Whatever is done, its verb is a noun, too: "das Weggehen".
        doing = frame.slots["task"].split()[-1].capitalize()
        forms = (f"das {doing}", f"das {doing}", f"dem {doing}")
        views = [Part(dict(zip(_NAMES, forms, strict=True)))]
    if not views:
        return None
    if words[0].lower() in lexicon().sets["prepositions"] and "," not in words and not own:
        views = _subject_first(views, words)
    first = views[0]
    tags = (frame.tags & _KEPT) - {"single", "plural"}
    tags |= {"plural" if first.plural else "single", "claimed", "parted"}
    tags |= {"asked"} if asks and not answers else set()
    tags |= {"pronoun"} if somebody else set()
    said = premise.rstrip(".!? ")
    told = {"question": f"{said}?"} if asks else {"claim": said}
    shown = template != "product" and "headed" not in frame.tags
    shown = shown or first.slots["topic"].split()[-1] in frame.subject
    title = frame.title
    if not (title.lower() in said.lower() or ":" in title or frame.cast):
        # "Nach der Flut rudert der alte Hinnerk ...": its title was a guess.
        both = [view.slots["topic"] for view in views[:2]]
        title = " und ".join(both)[:1].upper() + " und ".join(both)[1:]
    title += "?" if asks and title.lower() == said.lower() else ""
    words_named = {word.lower() for view in views for word in view.slots["topic"].split()[1:]}
    words_named |= {*somebody.slots.values()} if somebody else set()
    return replace(
        frame,
        kind="topic",
        slots={**told, **first.slots},
        subject=frame.subject if shown else first.slots["topic"],
        title=title,
        logline=f"{said}?" if asks else frame.logline,
        action="",
        tags=frozenset(tags),
        keywords=frame.keywords | words_named,
        cast=(),
        parts=tuple(views[1:]),
    )


def _place(head: str, words: Sequence[str]) -> int:
    """Where a noun stands in an idea; behind it, where it does not."""
    return next((at for at, word in enumerate(words) if word.startswith(head)), len(words))


def _difference(said: str) -> Part | None:
    """The difference between two things, which stay as they are behind it."""
    both = re.search(r"\bUnterschied (zwischen [^,:?.]+ und [^,:?.]+)$", said.rstrip(".!? "))
    if both is None:
        return None
    forms = (f"{article} Unterschied {both[1]}" for article in ("der", "den", "dem"))
    return Part(dict(zip(_NAMES, forms, strict=True)), plural=False)


def _chiefly(views: Sequence[Part], words: Sequence[str]) -> list[Part]:
    """What an idea is chiefly about, where it names more: no lesson on songs that "tagelang im Kopf
    bleiben, waehrend ..." is about heads."""
    sets = lexicon().sets
    end = next((at for at, word in enumerate(words) if at > 1 and word == ","), len(words))

    def begins(view: Part) -> int:
        head = next((w for w in view.slots["topic"].split() if w[:1].isupper()), "")
        at = next((at for at, word in enumerate(words) if word.startswith(head)), 0)
        while (
            at
            and words[at - 1][:1].islower()
            and (adjective_like(words[at - 1]) or words[at - 1].lower() in sets["determiners"])
        ):
            at -= 1
        return at

    kept = [view for view in views if begins(view) < end] or list(views)
    led = (sets["prepositions"] | _CONTRACTED) - {"\u00fcber", "zwischen", "von"}
    plain = [
        view
        for view in kept
        if words[begins(view) - 1 : begins(view)][:1] == []
        or words[begins(view) - 1].lower() not in led
    ]
    return plain or kept


def _own(frame: Frame, typed: str, template: str) -> Part | None:
    """The thing that the idea is about, where its gender leaves no doubt."""
    names = _HERO if frame.kind == "hero" else _NAMES
    forms = [frame.slots.get(name, "") for name in names]
    words = forms[0].split()
    if words and words[-1] in ("Norden", "S\u00fcden", "Osten", "Westen"):
        return None  # "(findet) ein Kompass Norden"
    if "single" in frame.tags and only_many(forms[0]):
        return None  # "Spr\u00fcche meines Gro\u00dfvaters" are several
    if template != "product" and any("\u201e" in form for form in forms):
        return None  # what nobody can decline is no thing: "Verband und Ministerium"
    if not all(forms) or not words or words[0][:1] == "\u201e" or words[0].startswith("dies"):
        return None
    number = rf"(?i)\b(?:\d+|{'|'.join(lexicon().sets['numbers'])}) {re.escape(words[-1])}\b"
    if not agrees(forms[0]) or (" Uhr" in forms[0] and re.search(number, typed)):
        return None  # "Um drei Uhr nachts" speaks of no clock
    if words[1:2] and words[1] in ANYBODY and len(words) > 2:
        return None  # "sind manche Menschen Linksh\u00e4nder"
    if _is_half(words[-1], words_of(typed.replace(": ", ", ")), words):
        return None
    part = Part(dict(zip(_NAMES, forms, strict=True)), "plural" in frame.tags)
    named = template == "product" and bool(frame.tags & {"brand", "yours"})
    if named or (frame.kind == "hero" and "named" in frame.tags and len(words) > 1):
        return part  # "Agent Fuchs"
    sold = template == "product" and words[0] not in _SOLD and "claimed" in frame.tags
    led = words[0].lower() in lexicon().sets["determiners"]
    after = [*words[1:], ""]
    large = (at for at, word in enumerate(words) if at >= led and word[:1].isupper())
    at = next((at for at in large if not is_of_city(words[at], after[at])), 0)
    described = all(map(adjective_like, words[led + (at - led > 1) : at]))
    # "(warum) seufzen alte Hunde": adjectives of one noun end alike.
    described = described and len({word[-1] for word in words[led:at] if adjective_like(word)}) < 2
    genders = {entry.gender for entry in look_up(words[at])}
    # "Der", "das" leave no doubt; "die" may be one or many.
    told = typed.split()[0].lower() in ("der", "das", "eine", *_SOLD)
    told = told or typed.split()[0].endswith(("er", "es"))  # "Verschollenes Gem\u00e4lde"
    # "Schwarze Loecher und was dann passiert" are black ones.
    led = led or at > 0
    if sold or not led or not described or not (len(genders) == 1 or told):
        return None
    return part


def _is_half(head: str, idea: Sequence[str], topic: Sequence[str]) -> bool:
    """Whether a noun is the last word of a name: "Social Media"."""
    at = idea.index(head) if head in idea else 0
    before = idea[at - 1] if at > 1 else ""
    name = before[:1].isupper() and before not in topic and not adjective_like(before.lower())
    return name and not look_up(before)


def _pronoun(words: Sequence[str], *, asks: bool) -> Part | None:
    """Whoever an idea tells of and names no further: "Sie hatte alles vergessen"."""
    first, verb = words[0].lower(), (*words, "")[1].lower()
    if asks or first not in _SOMEBODY or not looks_finite(verb):
        return None
    several = first == "sie" and is_plural(verb)
    forms = ("sie", "sie", "ihnen") if several else _SOMEBODY[first]
    return Part(dict(zip(_NAMES, forms, strict=True)), several)


def _told_to(slots: Mapping[str, str]) -> Mapping[str, str]:
    return {name: re.sub(r"^mein", "dein", text) for name, text in slots.items()}


def _subject_first(views: Sequence[Part], words: Sequence[str]) -> list[Part]:
    """What stands behind the verb first: "In einer Welt ohne Schlaf traeumt ein Maedchen"."""
    verb = next((at for at, word in enumerate(words) if word.islower() and looks_finite(word)), 0)
    behind = [view for view in views if view.slots["topic"].split()[-1] in words[verb + 1 :]]
    return [*behind, *(view for view in views if view not in behind)] if verb else list(views)


def _told(sentence: str) -> tuple[Part, ...]:
    return parts_of(words_of(sentence), slot="topic", known=())
