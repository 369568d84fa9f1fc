"""A Spanish idea becomes a Frame."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..cleaning import join, split_headline
from ..pack import Frame, Part, Theme, rank_themes
from .clean import clean, parts, sentence_case, words_of
from .deeds import acts_at, goal_of, told_of
from .heads import Head, brand, front, head_at, is_somebody
from .lexicon import lexicon, plain, word_set
from .mentions import things_of
from .nouns import (
    ARTICLES,
    BEFORE,
    COUNTED,
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    gender_of,
    is_known_noun,
    is_plural_word,
)
from .questions import asked_of, indirect, question_of
from .tasks import announced, chore_of, item_of, yours
from .verbs import CLITICS, is_finite
from .views import ADDRESSING, TALES, lowered, views_of, words_in

__all__ = ["analyse"]

_FACTUAL = ("news", "product", "explainer", "listicle", "howto", "lesson", "quote")
"""Templates that keep to their own lines: no camera looks for anything in them."""
_OWN = word_set("tu tus mi mis nuestro nuestra nuestros nuestras")
_THEIRS = word_set(
    "su sus mi mis nuestro nuestra nuestros nuestras vuestro vuestra vuestros vuestras"
)
_TIMED = word_set(
    "dia noche manana tarde madrugada invierno verano otono primavera lunes martes miercoles jueves"
    " viernes sabado domingo amanecer anochecer medianoche hoy ayer ahora hora horas navidad enero"
    " febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
"""Words of an idea that says itself when it plays."""
_GONE = word_set(
    "muerto muerta muertos muertas murio muere mueren morir desaparecido desaparecida desaparecio"
    " fallecio fallece falta faltan enterrado enterrada entierro luto viudo viuda"
)
"""Who is dead goes nowhere; without accents."""
_DENYING = ("nunca", "jam\u00e1s", "no", "sin")
_DENIED = -3.0
_NEAR = 2
"""Words behind somebody that may tell of his death; further on, another has died."""
_OFFERED = ("un", "una", "el", "la", "los", "las", "nuestro", "nuestra", "nuestros", "nuestras")
_LONGEST_BRAND = 4
_LONGEST_TITLE = 18
_LONGEST_ASK = 14
_LONGEST_HEADLINE = 105
_LONG_THING = 3
"""Words of a thing that says enough without who made it."""
_BARE_ITEM = 3
"""Slots of one thing of a list where the idea says no more about it."""


def analyse(idea: str, template: str, themes: Mapping[str, Theme]) -> Frame:
    """Take an idea apart for a template."""
    premise, further = parts(clean(idea), sold=template == "product")
    named, body = split_headline(premise)
    words = lowered(words_of(premise) or ["esto"])
    asked = asked_of(words, premise)
    chore = _chore(words, template)
    head = None if chore else _head(named, body, words, asked=bool(asked), template=template)
    items = announced(words) if template == "listicle" else 0
    slots = {
        "idea": "" if asked else _headline(premise, words),
        "question": question_of(asked),
        "ask": indirect(asked),
        "focus": chore,
        "task": _task(words, chore, template),
    }
    tags = _tags(words, premise, template, head)
    tags |= {"ask"} if asked else set()
    tags |= {"task"} if chore else set()
    tags |= {"self"} if chore and re.search("rte\\b", chore) else set()
    tags |= {"announced"} if items else set()
    tags |= {"own"} if head and re.match("nuestr", head.text) else set()
    told = words[: head.end + _NEAR if head else None]
    gone = _GONE & {plain(word) for word in told}
    hero = is_somebody(head) and not gone and template in TALES and not (asked or named or chore)
    known = (head.short if hero else head.text) if head is not None else ""
    slots |= _named(known, words, head, hero=hero)
    tags |= {"doer"} if hero else set()
    item = item_of(words) if items else {}
    if items:
        slots |= item
        tags |= {"items"} if item else set()
        # "La cosa" says nothing by itself.
        tags |= {"vague"} if item.get("item") == "cosa" and len(item) > _BARE_ITEM else set()
        slots |= {"counted": _uncounted(words), "typed": sentence_case(premise.rstrip(".! "))}
    views: list[Part] = []
    if not item or chore:
        start = acts_at(words, head.end) if hero and head else 0
        views = views_of(
            words, further, known, hero=hero, chore=chore, template=template, start=start
        )
    if not (views or known or chore or items) and slots["ask"]:
        tags -= {"parted"}  # the question itself is all that there is to tell
    if views and not known and not chore:
        tags |= {"quoted"} if "topic" not in views[0].slots else set()
        tags = tags - {"single", "plural"} | {"plural" if views[0].plural else "single"}
    among = bool(views) and known != "" and "topic" in views[0].slots
    slots |= views[0].slots if views and not among else {}
    bare = premise.rstrip(".!? ")
    return Frame(
        kind="hero" if hero else "topic",
        slots=slots,
        subject=(head.text if head else "") or re.sub(r"(?:, ?)+,", ",", join(words[:14])),
        action=join(words[head.end :][:16]) if hero and head else "",
        title=slots["question"] if asked and _short(bare) else sentence_case(_title(bare, known)),
        logline=slots["question"] or f"{sentence_case(slots['idea'])}.",
        tags=frozenset(tags),
        keywords=_keywords(premise, known, *item.values(), *words_in(views), *further),
        themes=rank_themes(_weights(words, further), themes),
        given=tuple(further),
        cast=((known, join(words[head.end :])),) if hero and head and head.named else (),
        parts=tuple(views if among else views[1:]),
        items=items,
    )


def _named(known: str, words: Sequence[str], head: Head | None, *, hero: bool) -> dict[str, str]:
    """The slots of what the idea is about: somebody's deed and wish too."""
    if head is None:
        return {}
    if not hero:
        return {"topic": known}
    return {
        "hero": known,
        "al_hero": f"a {known}",
        "told": told_of(known, words, head.end, plural=head.plural),
        "focus": goal_of(words, head.end),
    }


def _tags(words: Sequence[str], premise: str, template: str, head: Head | None) -> set[str]:
    tags = {"parted", "plural" if head and head.plural else "single"}
    tags |= {"headed"} if ":" in premise else set()
    tags |= {"factual"} if template in _FACTUAL else set()
    tags |= {"timed"} if _TIMED & {plain(word) for word in words} else set()
    tags |= {"name"} if head and head.named else set()
    tags |= {"premises"} if template == "product" and head and _is_premises(head) else set()
    return tags | ({"person"} if head and head.person else set())


def _is_premises(head: Head) -> bool:
    """Whether it is a place to go to: "nuestra panader\u00eda"."""
    words = [plain(word) for word in head.text.split()[:3]]
    return not head.plural and not lexicon().sets["premises"].isdisjoint(words)


def _chore(words: Sequence[str], template: str) -> str:
    """What there is to do, as the viewer would do it, if it can be said of anybody."""
    chore = chore_of(words)
    whose = {word.lower() for word in chore.split()}
    if whose & (_THEIRS if template in ADDRESSING else _OWN):
        return ""  # nobody else can do what is yours
    return yours(chore) if template in ADDRESSING else chore


def _task(words: Sequence[str], chore: str, template: str) -> str:
    """All that there is to do, as it was typed, of which `chore` is the beginning."""
    text = yours(join(words)) if template in ADDRESSING else join(words)
    at = text.lower().find(chore.lower()) if chore else -1
    rest = text[at:] if at >= 0 else chore
    return rest if len(rest.split()) <= _LONGEST_ASK else chore


def _head(
    named: str, body: str, words: Sequence[str], *, asked: bool, template: str
) -> Head | None:
    """What the idea is certainly about; None where the film must do with its words."""
    sold = brand(words_of(f"{named}, {body}") if named else words)
    if template == "product" and not sold:
        sold = _called(words)
    if named and template == "product" and not sold:
        # "La bicicleta C\u00e9firo: plegable"
        title = lowered(words_of(named))
        ware = _bare_ware(title)
        if ware is not None:
            return ware
        sold = named if len(named.split()) < _LONGEST_BRAND else ""
    if template == "product" and is_finite(words[0]) and [*words, ""][1].lower() in _OFFERED:
        return head_at(words, 1)  # "regala (un curso de cer\u00e1mica)"
    if sold:
        return Head(sold, len(sold.split()), named=True)
    if asked:
        return None
    if named:
        title = lowered(words_of(named))
        found = head_at(title) if len(title) > 1 or is_known_noun(title[0]) else None
        found = found if found is not None and _is_whole(title, found.end) else None
    else:
        found = head_at(words if template in TALES else _unmeasured(words), front(words))
    if found is None or (found.own and template not in (*TALES, "product")):
        return None
    if found.own and template != "product" and not is_somebody(found):
        return None
    if template == "product" and not _is_ware(found, words):
        return None
    if template == "news" and found.named and not (found.person or named):
        made = _made(words, found.end)
        place = plain(found.text) in lexicon().sets["places"] | lexicon().sets["names"]
        return made if made and (place or len(made.text.split()) > _LONG_THING) else found
    return found


def _called(words: Sequence[str]) -> str:
    """The name with an article that a comma divides from what it is: "el Peque\u00f1o Taller"."""
    comma = words.index(",") if "," in words[2:6] else 0
    small = ("de", "del", "la", "los", "las", "y")
    title = [word for word in words[1:comma] if word not in small]
    named = bool(title) and all(word[:1].isupper() for word in title)
    led = words[0].lower() in ("el", "la")
    return join([words[0].lower(), *words[1:comma]]) if led and named else ""


def _bare_ware(title: Sequence[str]) -> Head | None:
    """What is for sale in front of a colon, with what it is called: "centro de yoga Las Lilas"."""
    called = next((k for k in range(2, len(title)) if title[k][:1].isupper()), len(title))
    for end in (len(title), called):
        ware = head_at(title[:end])
        if ware is not None and ware.end == end and not ware.person:
            text = join([ware.text, *title[end:]])
            return Head(text, len(title), ware.plural, short=text)
    return None


def _made(words: Sequence[str], at: int) -> Head | None:
    """What a town or a body does its deed to: "Bilbao estrena (su primer puente)" is news of it."""
    if at + 1 >= len(words) or not is_finite(words[at]):
        return None
    said = list(words)
    owned = at + 1 if words[at + 1].lower() in ("su", "sus") else 0
    if owned:
        noun = next((w for w in words[owned + 1 :] if w.lower() not in BEFORE), "")
        one = {"m": "el", "f": "la"}.get(gender_of(noun), "su")
        said[owned] = {"el": "los", "la": "las"}.get(one, "sus") if is_plural_word(noun) else one
    thing = next(iter(things_of(said, start=at + 1)), None)
    close = thing is not None and said[at + 1].lower() in ARTICLES
    if thing is None or not close:
        return None
    # Of its first bridge the town has only one.
    text = join([word for word in thing.text.split() if word not in BEFORE])
    return Head(text, thing.end, thing.plural, short=text)


def _unmeasured(words: Sequence[str]) -> list[str]:
    """The words without a measure: "terremoto (de magnitud 5,2) en Granada"."""
    at = next((k for k in range(2, len(words)) if words[k][:1].isdigit()), 0)
    led = at > _NEAR and words[at - _NEAR].lower() == "de"
    return [*words[: at - _NEAR], *words[at + 1 :]] if led else list(words)


def _is_whole(title: Sequence[str], end: int) -> bool:
    """Whether nothing stands behind `end` but where it is: "huelga de basureros (en Lugo)"."""
    where = [word[:1].isupper() for word in title[end:]]
    return end == len(title) or (title[end].lower() in ("en", "de") and all(where[1:]))


def _is_ware(head: Head, words: Sequence[str]) -> bool:
    """Whether a thing surely is for sale: its maker calls it ours, or it begins the idea without
    an article; a brand is read before."""
    ours = re.match(r"(?:nuestr[oa]s?|tus?) ", head.text) is not None
    bare = words[0].lower() not in DETERMINERS | NUMBERS
    bare = bare or words[0] == head.text
    return ours or (bare and not head.named and not head.person)


def _weights(words: Sequence[str], further: Sequence[str]) -> dict[str, float]:
    """The words of the premise weigh most, those at its front a little more; without accents."""
    weights: dict[str, float] = {}
    for sentence in further:
        for word in re.findall(r"[\w-]+", plain(sentence)):
            weights[word] = max(weights.get(word, 0), 0.3)
    for index, word in enumerate(words):
        if index and words[index - 1].lower() in CLITICS - {"lo"}:
            # "Te cuentan" and "se queman" are verbs, whatever nouns look like them.
            continue
        if len(word) > 1 and word.isupper():
            continue  # "El AVE" is no bird
        if word == "plantas" and words[index - 1].lower() in NUMBERS:
            continue  # floors
        weights[plain(word)] = 1.25 if index < 5 else 1.0
        before = words[index - 1].lower() if index else ""
        if before in _DENYING:
            # Where it never rains, no film shows rain.
            weights[plain(word)] = 0 if before == "sin" else _DENIED
        if re.fullmatch(r"1\d{3}", word):
            weights["historia"] = 1.0
    small = {plain(word) for word in DETERMINERS | PREPOSITIONS | NUMBERS | CLITICS}
    small |= {plain(word) for word in lexicon().sets["function"]}
    return {word: weight for word, weight in weights.items() if word not in small}


def _keywords(*phrases: str) -> frozenset[str]:
    stop = lexicon().sets["function"] | DETERMINERS | PREPOSITIONS | NUMBERS
    words = [word for phrase in phrases for word in re.findall(r"[^\W_]+", phrase.lower())]
    # An idea of small words alone ("sin ti") is known by them.
    return frozenset([word for word in words if word not in stop and len(word) > 2] or words)


def _short(bare: str) -> bool:
    return len(bare.split()) <= _LONGEST_TITLE


def _title(bare: str, known: str) -> str:
    """The idea, if it is short; else its first clause, its name or its first words."""
    for text in (bare, re.split(r"[,:;] ", bare)[0]):
        if _short(text) and (text == bare or len(text.split()) > 2):
            return text
    return known or " ".join(bare.split()[:8]) + "\u2026"


def _goes_on(words: Sequence[str]) -> bool:
    """Whether a list without its number is a noun phrase still: "se\u00f1ales de que ..."."""
    at = 2 if words[0].lower() == "top" else 1
    behind = words[at + 1].lower() if at + 1 < len(words) else ""
    return words[at].lower() in COUNTED or behind in PREPOSITIONS | {"que"}


def _uncounted(words: Sequence[str]) -> str:
    """A list without its number: "Los 6 pueblos de Asturias" are "Los pueblos de Asturias"."""
    led = words[0].lower() in ("los", "las", "mis")
    top = words[0].lower() == "top"
    return sentence_case(join([words[0], *words[2:]] if led else words[2 if top else 1 :]))


def _headline(premise: str, words: Sequence[str]) -> str:
    """The idea as it was typed, or as much of it as can be said in one scene."""
    bare = premise.rstrip(".!? ")
    pieces = re.split(r"(?=[,:;] )", words[0][:1] + bare[1:])
    while len(pieces) > 1 and len("".join(pieces)) > _LONGEST_HEADLINE:
        pieces.pop()
    return "".join(pieces)
