"""A Spanish idea becomes a Frame."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..cleaning import join, split_headline
from ..pack import Frame, Part, Theme, rank_themes
from .bits import bits_of, words_worth
from .clean import clean, parts, sentence_case, words_of
from .heads import Head, brand, front, head_at, is_somebody
from .lexicon import lexicon, plain, word_set
from .nouns import COUNTED, DETERMINERS, NUMBERS, PREPOSITIONS, is_known_noun
from .tasks import announced, chore_of
from .verbs import CLITICS, is_finite, is_infinitive

__all__ = ["analyse"]

_TALES = ("story", "trailer", "poem", "musicvideo")
"""Templates that have heroes; the others speak about whoever acts."""
_FACTUAL = ("news", "product", "explainer", "listicle", "howto", "lesson", "quote")
"""Templates that keep to their own lines: no camera looks for anything in them."""
_ADDRESSING = ("product", "explainer", "listicle", "howto", "lesson", "quote")
"""Templates that speak to the viewer."""
_OWN = word_set("tu tus mi mis nuestro nuestra nuestros nuestras")
_THEIRS = word_set(
    "su sus mi mis nuestro nuestra nuestros nuestras vuestro vuestra vuestros vuestras"
)
_ASKING = word_set(
    "c\u00f3mo qu\u00e9 qui\u00e9n qui\u00e9nes cu\u00e1ndo d\u00f3nde cu\u00e1nto"
    " cu\u00e1nta cu\u00e1ntos cu\u00e1ntas cu\u00e1l cu\u00e1les ad\u00f3nde"
)
_LED = word_set("por para a de con en desde hasta")
"""What may stand in front of a word that asks."""
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
_LONGEST_TITLE = 18
_LONGEST_ASK = 14
_LONGEST_HEADLINE = 105
_FEWEST_VIEWS = 2
"""A tale of somebody does not hang on one piece of its idea."""


def analyse(idea: str, template: str, themes: Mapping[str, Theme]) -> Frame:
    """Take an idea apart for a template."""
    premise, further = parts(clean(idea))
    named, body = split_headline(premise)
    words = _lowered(words_of(premise) or ["esto"])
    asked = _asked(words, premise)
    chore = chore_of(words)
    whose = {word.lower() for word in chore.split()}
    if whose & (_THEIRS if template in _ADDRESSING else _OWN):
        chore = ""  # nobody else can do what is yours
    head = None if chore else _head(named, body, words, asked=bool(asked), template=template)
    items = announced(words)
    slots = {
        "idea": "" if asked else _headline(premise, words),
        "question": _question(asked),
        "ask": _indirect(asked),
        "focus": chore,
        "task": _task(words, chore),
    }
    tags = {"parted", "plural" if head and head.plural else "single"}
    tags |= {"ask"} if asked else set()
    tags |= {"task"} if chore else set()
    tags |= {"announced"} if items and template == "listicle" else set()
    tags |= {"headed"} if ":" in premise else set()
    tags |= {"factual"} if template in _FACTUAL else set()
    tags |= {"timed"} if _TIMED & {plain(word) for word in words} else set()
    gone = _GONE & {plain(word) for word in words}
    hero = is_somebody(head) and not gone and template in _TALES and not (asked or named or chore)
    if items and template == "listicle":
        slots |= {"counted": _uncounted(words), "typed": sentence_case(premise.rstrip(".! "))}
    known = ""
    if head is not None:
        known = head.text
        tags |= {"name"} if head.named else set()
        tags |= {"person"} if head.person else set()
        slots |= {"hero": known, "al_hero": f"a {known}"} if hero else {"topic": known}
    elif not chore:
        tags.add("quoted")
    told = words
    if items and template == "listicle" and _goes_on(words):
        told = words[1:] if words[0].lower() != "top" else words[2:]
    views = _views(told, known, bare=head is None and not chore, asked=bool(asked))
    if hero and len(views) < _FEWEST_VIEWS:
        views = []
    slots |= views[0] if views else {}
    bare = premise.rstrip(".!? ")
    return Frame(
        kind="hero" if hero else "topic",
        slots=slots,
        subject=known or join(words[:14]),
        action=join(words[head.end :][:16]) if hero and head else "",
        title=slots["question"] if asked and _short(bare) else sentence_case(_title(bare, known)),
        logline=slots["question"] or f"{sentence_case(slots['idea'])}.",
        tags=frozenset(tags),
        keywords=_keywords(premise, known, *further),
        themes=rank_themes(_weights(words, further), themes),
        given=tuple(further),
        cast=((known, join(words[head.end :])),) if hero and head and head.named else (),
        parts=tuple(Part(view) for view in views[1:]),
        items=items if template == "listicle" else 0,
    )


def _task(words: Sequence[str], chore: str) -> str:
    """All that there is to do, as it was typed, of which `chore` is the beginning."""
    text = join(words)
    at = text.lower().find(chore.lower()) if chore else -1
    rest = text[at:] if at >= 0 else chore
    return rest if len(rest.split()) <= _LONGEST_ASK else chore


def _lowered(words: list[str]) -> list[str]:
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
    name = plain(low) in sets["bare_names"] | sets["names"]
    small = low in DETERMINERS | NUMBERS | PREPOSITIONS | CLITICS | _ASKING | sets["function"]
    verb = is_finite(low) or is_infinitive(low)
    follows = words[1][:1].islower() if len(words) > 1 else True
    common = (is_known_noun(low) or verb) and not name and follows
    return [low, *words[1:]] if small or common else words


def _asked(words: Sequence[str], premise: str) -> str:
    """The question that an idea asks, without its marks; "" where it asks none."""
    at = 1 if words[0].lower() in _LED and len(words) > 1 else 0
    marked = premise.endswith("?")
    led = words[at].lower() in _ASKING
    told = led and not at and words[1:2] and words[1].lower() in DETERMINERS
    supposed = [word.lower() for word in words[:2]] == ["y", "si"] and premise[-1].isalnum()
    if not (marked or supposed) and (not led or told):
        # "C\u00f3mo un pueblo salv\u00f3 su cine" tells how it did.
        return ""
    bare = premise.rstrip(".!? ")
    return join([words[0][:1] + bare[1:]])


def _question(asked: str) -> str:
    """A question with its marks, the first of them where the clause that asks begins."""
    words = asked.split()
    begins = (at for at in range(1, len(words)) if words[at - 1][-1:] in ",:" and _asks(words, at))
    at = next(begins, 0)
    if not asked:
        return ""
    front, asking = " ".join(words[:at]), " ".join(words[at:])
    return sentence_case(f"{front} \u00bf{asking}?") if at else f"\u00bf{sentence_case(asking)}?"


def _asks(words: Sequence[str], at: int) -> bool:
    led = words[at].lower() in _LED and at + 1 < len(words)
    return words[at + led].lower() in _ASKING


def _indirect(asked: str) -> str:
    """A question as "todos saben ..." can go on with it: one that a word that asks begins."""
    words = asked.split()
    at = 1 if words and words[0].lower() in _LED and len(words) > 1 else 0
    led = bool(words) and words[at].lower() in _ASKING
    short = len(words) <= _LONGEST_ASK and not re.search(r"[,:;?\u00bf]", asked)
    return asked[:1].lower() + asked[1:] if led and short else ""


def _head(
    named: str, body: str, words: Sequence[str], *, asked: bool, template: str
) -> Head | None:
    """What the idea is certainly about; None where the film must do with its words."""
    sold = brand(words_of(f"{named}, {body}") if named else words)
    if sold:
        return Head(sold, len(sold.split()), named=True)
    if asked:
        found = _head_of_question(words)
    elif named:
        title = _lowered(words_of(named))
        found = head_at(title) if len(title) > 1 else None
        found = found if found is not None and found.end == len(title) else None
    else:
        found = head_at(words, front(words))
    if found is None or (found.own and template not in (*_TALES, "product")):
        return None
    if found.own and template != "product" and not is_somebody(found):
        return None
    if template == "product" and not _is_ware(found):
        return None
    return replace(found, text=found.text[:1] + found.text[1:])


def _head_of_question(words: Sequence[str]) -> Head | None:
    """The noun phrase behind the word that asks, or its verb: "por qu\u00e9 (ronca) el gato"."""
    at = 2 if words[0].lower() in _LED else 1
    if words[at - 1].lower() not in _ASKING:
        return head_at(words, 0)
    while at < len(words) and words[at].lower() in CLITICS | {"no"}:
        at += 1
    verb = at < len(words) and words[at].lower() in lexicon().forms
    at += 1 if verb else 0
    return head_at(words, at) if at < len(words) and words[at].lower() in DETERMINERS else None


def _is_ware(head: Head) -> bool:
    """Whether a thing surely is for sale: its maker calls it ours; a brand is read before."""
    return re.match(r"nuestr[oa]s? ", head.text) is not None


def _views(words: Sequence[str], known: str, *, bare: bool, asked: bool) -> list[dict[str, str]]:
    """The pieces of the idea that a line may quote, one after the other."""
    if not bare:
        return [{"part": each} for each in bits_of(words, but=known, asked=asked)]
    bits = [{"part": each} for each in bits_of(words, asked=asked)]
    terms = [{"word": each} for each in words_worth(words)]
    if not terms:
        return bits
    most = max(len(bits), len(terms))
    return [bits[at % len(bits)] | terms[at % len(terms)] for at in range(most)]


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
