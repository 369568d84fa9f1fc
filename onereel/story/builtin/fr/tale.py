"""Ideas about somebody who does something: hero, deed, goal, object, trouble."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .clauses import find_verb, infinitive_at, infinitive_of, is_verb
from .clean import join
from .lexicon import lexicon, singular_of
from .nouns import Noun, definite, is_name, is_number, lowered, noun, word_in

__all__ = ["Tale", "hero_slots", "read_tale"]

_LONGEST_DEED = 13
_NO_OBJECT = ("du", "de", "tout", "toute", "tous", "toutes", "aucun", "aucune", "chaque")
_PARTICIPLE = re.compile(r"(?:\u00e9|u|i|it|is|ert)e?s?$")
_NAMING = ("nomm\u00e9", "nomm\u00e9e", "appel\u00e9", "appel\u00e9e", "surnomm\u00e9", "surnomm\u00e9e")


@dataclass
class Tale:
    """The parts of a tale; an empty string is a part that the idea does not have."""

    hero: Noun
    deed: str = ""
    """A predicate in the present: "construit une fus\u00e9e"."""
    full: str = ""
    """The deed with its purpose."""
    act: str = ""
    """What is done for a wish: "tente de voler"."""
    base: str = ""
    """The deed in the infinitive."""
    goal: str = ""
    """What for, in the infinitive."""
    trouble: str = ""
    thing: str = ""
    things: bool = False
    target: str = ""
    """Whom or what the goal is about: "son chien"."""
    where: str = ""
    lead: str = ""
    extra: str = ""


def read_tale(words: Sequence[str]) -> Tale | None:
    """Read `words` as a subject and what it does; None when no such reading is safe."""
    lead, rest = _lead(list(words))
    if not rest:
        return None
    rest = lowered(rest)
    if word_in(rest[0], "asking", "conjunctions") or rest[0].lower() in ("je", "nous", "vous", "tu"):
        return None
    if rest[0].lower()[:2] in ("j'", "c'", "d'"):
        return None
    tale = _apposition(rest) or _relative(rest) or _plain(rest) or _being(rest)
    if tale is not None and lead:
        tale.lead = lead
    return tale


def _lead(words: list[str]) -> tuple[str, list[str]]:
    """Split off "un soir d'hiver," or "dans un village sans enfants," in front of the subject."""
    if "," not in words[1:11]:
        return "", words
    comma = words.index(",", 1)
    first = words[:comma]
    timely = any(word_in(word, "times") for word in first) and len(first) <= 6
    if (word_in(first[0], "prepositions") or timely) and find_verb(first, 1) == 0:
        return join(lowered(first)), words[comma + 1 :]
    return "", words


def _subject(words: Sequence[str], context: Sequence[str]) -> Noun | None:
    """The noun phrase that `words` are."""
    words = list(words)
    if not words or word_in(words[-1], "determiners", "prepositions"):
        return None
    for index, word in enumerate(words):
        if word.lower() in _NAMING and 0 < index < len(words) - 1:
            described = noun(words[:index], context)
            name = noun([w[:1].upper() + w[1:] for w in words[index + 1 :]], context, named=True)
            first = f"{described.first} {word} {name.first}"
            return replace(described, first=first, again=name.first, animate=True, named=True)
    if is_name(words):
        return noun(words, context, named=True)
    if not _determined(words):
        if len(words) == 1 and singular_of(words[0].lower()) not in lexicon().gender:
            return noun([words[0][:1].upper() + words[0][1:]], context, named=True)
        if not noun(words, context).plural:
            return None
    return noun(words, context)


def _plain(words: list[str]) -> Tale | None:
    """A subject, then its verb."""
    for start in range(1, min(len(words), 12)):
        at = find_verb(words, start)
        if not at:
            return None
        hero = _subject(words[:at], words)
        if hero is not None and _agrees(words, at, hero):
            tale = Tale(hero)
            _place(tale, words[:at])
            _deed(tale, words[at:])
            return tale if tale.deed else None
    return None


def _agrees(words: Sequence[str], at: int, hero: Noun) -> bool:
    """Whether the verb at `at` has the subject's number."""
    verb = words[at]
    for step in range(at, min(at + 3, len(words))):
        if is_verb(words[step]):
            verb = words[step]
            break
    else:
        return True
    return is_verb(verb, plural=hero.plural) or hero.named


def _relative(words: list[str]) -> Tale | None:
    """A subject, "qui", and what it does; perhaps its main verb after that."""
    at = next((i for i, word in enumerate(words) if word_in(word, "relatives")), 0)
    if not at or words[at].lower() != "qui" or "," in words[:at] or find_verb(words[:at], 1):
        return None
    hero = _subject(words[:at], words)
    predicate = words[at + 1 :]
    if hero is None or not predicate or not _starts_predicate(predicate):
        return None
    if hero.again.count(" ") > 3:
        hero = replace(hero, again=definite(words[:at]))
    tale = Tale(hero)
    _place(tale, words[:at])
    main = _main_after(predicate, hero)
    if main:
        tale.extra = join(predicate[:main])
        tale.hero = replace(hero, first=f"{hero.first} qui {tale.extra}")
        predicate = predicate[main:]
    _deed(tale, predicate)
    return tale if tale.deed else None


def _starts_predicate(predicate: Sequence[str]) -> bool:
    first = predicate[0].lower()
    return is_verb(first) or word_in(first, "clitics") or first[:2] in ("s'", "n'", "l'")


def _main_after(predicate: Sequence[str], hero: Noun) -> int:
    """Where the main verb follows a relative clause: "qui ne sait pas nager devient sauveteur"."""
    for index in range(2, len(predicate) - 1):
        word, before = predicate[index].lower(), predicate[index - 1].lower()
        if word_in(word, "relatives", "joints") or word == ",":
            return 0
        tied = word_in(before, "conjunctions", "determiners", "prepositions", "clitics", "prenominal")
        tied = tied or before in ("n'est", "n'a", "n'ont") or is_verb(before) and index < 3
        if tied:
            continue
        if word in ("ne", "se") or word[:2] in ("n'", "s'"):
            return index
        if is_verb(word, plural=hero.plural) and word not in lexicon().nouny:
            return index
    return 0


def _apposition(words: list[str]) -> Tale | None:
    """A name, a comma, and who that is: "Mia, une boulang\u00e8re qui ..."."""
    if "," not in words[1:5]:
        return None
    comma = words.index(",", 1)
    name, rest = [word[:1].upper() + word[1:] for word in words[:comma]], words[comma + 1 :]
    if not rest or not is_name(name) or is_name(rest[:1]):
        return None
    described, tail = rest, []
    if "," in rest:
        second = rest.index(",")
        described, tail = rest[:second], rest[second + 1 :]
    inner = None
    if word_in(described[0], "determiners") or not is_number(described[0]):
        inner = _relative(described) or _being(described)
    tale = _plain([*name, *tail]) if tail else inner
    if tale is None or not (tail or inner):
        return None
    known = inner.hero if inner else noun(name, words, named=True)
    if known is None or inner is not None and not inner.hero.animate and not tail:
        return None
    hero = noun(name, words, named=True)
    aside = inner.hero.first if inner and not tail else join(described)
    gender = known.gender or hero.gender
    tale.hero = replace(hero, first=f"{join(name)}, {aside},", head=known.head, gender=gender)
    return tale


def _being(words: list[str]) -> Tale | None:
    """Only a being, perhaps somewhere: "un gardien de phare dans la temp\u00eate"."""
    whole = list(words)
    if "," in words:
        words = words[: words.index(",")]
    at = next((i for i, word in enumerate(words) if word_in(word, "relatives")), len(words))
    hero = _subject(words[:at], words)
    if hero is None or not hero.animate or find_verb(words[:at], 1):
        return None
    if hero.named and " " not in hero.again and hero.first.split()[0].lower() not in lexicon().names:
        return None
    if not hero.named and not _determined(words):
        return None
    tale = Tale(replace(hero, first=join(whole if len(whole) <= 16 else words)))
    _place(tale, words[:at])
    return tale


def _determined(words: Sequence[str]) -> bool:
    return word_in(words[0], "determiners") or is_number(words[0]) or words[0][:2] == "l'"


def _place(tale: Tale, phrase: Sequence[str]) -> None:
    """A place behind the subject: "un gardien dans la temp\u00eate"."""
    at = next((i for i, word in enumerate(phrase) if i > 1 and word_in(word, "places")), 0)
    if at and phrase[at].lower() not in ("\u00e0", "au", "aux"):
        tale.where = join(list(phrase[at:]))


def _deed(tale: Tale, predicate: list[str]) -> None:
    """Take a predicate apart: deed, purpose, goal, object, trouble."""
    cut = next((i for i in range(1, len(predicate)) if _cuts(predicate, i)), len(predicate))
    head, tail = predicate[:cut], predicate[cut:]
    while tail and tail[0] == ",":
        tail = tail[1:]
    if tail and tail[0].lower() == "mais":
        tale.trouble = _trouble(tail[1:], tale)
        tale.full = join(head)
    elif tail[:1] == ["pour"] or tail[:2] == ["afin", "de"]:
        tale.full = join(predicate if len(predicate) <= 24 else head)
    else:
        tale.full = join(predicate if len(predicate) <= 22 else head)
    tale.deed = join(_shortened(head))
    tale.base = infinitive_of(_shortened(head))
    wish = _wish(head)
    purpose = _purpose(predicate)
    tale.goal = purpose or wish
    if wish:
        tale.deed = join(head)
        tale.act = f"{'tentent' if tale.hero.plural else 'tente'} d~{wish}"
    source = tale.goal.split() if tale.goal else []
    tale.target = _object(source, after=_verb_end(source))[0] if source else ""
    if not wish:
        _things(tale, head)


def _things(tale: Tale, head: Sequence[str]) -> None:
    """What the deed is done to, or with whom: "la fus\u00e9e", "le robot timide"."""
    after = _verb_end(head)
    tale.thing, tale.things = _object(head, after=after)
    verb = tale.base.split(" ")[0]
    if verb in ("chercher", "vouloir") and tale.thing:
        tale.target, tale.thing = tale.target or join(list(head[after:][:_size(head, after)])), ""
    if not tale.thing and not tale.target and head[after : after + 1] == ["\u00e0"]:
        tale.target = _object(head, after=after + 1)[0]


def _size(words: Sequence[str], start: int) -> int:
    end = start + 1
    while end < len(words) and not _ends_object(words, end):
        end += 1
    return end - start


def _cuts(predicate: Sequence[str], at: int) -> bool:
    """Whether a new clause or purpose begins at `at`."""
    word = predicate[at].lower()
    following = predicate[at + 1].lower() if at + 1 < len(predicate) else ""
    if word in ("pour", "sans", "avant", "apr\u00e8s"):
        return (word == "pour" and infinitive_at(predicate, at + 1)) or (
            following in ("de", "que") and word in ("avant",)
        )
    if word == "et":
        return is_verb(following) or word_in(following, "clitics") and following not in ("le", "la", "les", "leur")
    if word == "o\u00f9" or word == ",":
        return word == ","
    return word in ("mais", "quand", "lorsque", "puis", "car", "tandis", "parce", "jusqu'\u00e0", "afin", "alors") and (
        word != "jusqu'\u00e0" or following == "ce"
    )


def _wish(head: Sequence[str]) -> str:
    """The infinitive of "veut sauver la mer", "r\u00eave de voler", "d\u00e9cide d'aider son fr\u00e8re"."""
    verb = infinitive_of(head).split(" ")[0]
    if verb.split("'")[-1] not in lexicon().sets["wishes"]:
        return ""
    for index in range(1, min(4, len(head))):
        word = head[index].lower()
        if word[:2] == "d'" and infinitive_at([word[2:], *head[index + 1 :]], 0):
            return join([head[index][2:], *head[index + 1 :]])
        if word in ("de", "\u00e0") and infinitive_at(head, index + 1):
            return join(list(head[index + 1 :]))
        if index == 1 and word not in ("de", "\u00e0") and infinitive_at(head, index):
            return join(list(head[index:]))
    return ""


def _purpose(predicate: Sequence[str]) -> str:
    """The infinitive behind "pour" or "afin de"."""
    for index in range(1, len(predicate) - 1):
        word = predicate[index].lower()
        start = index + 1 if word == "pour" else index + 2 if word == "afin" else 0
        if start and infinitive_at(predicate, start):
            end = next((i for i in range(start + 1, len(predicate)) if _cuts(predicate, i)), len(predicate))
            words = list(predicate[start:end])
            words[0] = words[0][2:] if words[0][:2] == "d'" else words[0]
            return join(words)
    return ""


def _trouble(words: list[str], tale: Tale) -> str:
    """A clause behind "mais"; one without a subject gets the hero's name."""
    if "," in words:
        words = words[: words.index(",")]
    if not words or len(words) > 14:
        return ""
    if _starts_predicate(words) and words[0].lower() not in ("le", "la", "les", "leur"):
        return f"{tale.hero.again} {join(words)}"
    if word_in(words[0], "pronouns") or words[0].lower()[:2] in ("l'", "c'", "s'"):
        return join(words)
    return join(words) if find_verb(words, 1) else ""


def _shortened(head: list[str]) -> list[str]:
    """Cut a long deed at its last joint that leaves a whole clause."""
    if len(head) <= _LONGEST_DEED:
        return head
    for at in range(_LONGEST_DEED, 3, -1):
        if word_in(head[at], "prepositions", "relatives") and head[at].lower() not in ("de", "du", "des"):
            if not word_in(head[at - 1], "prepositions", "determiners"):
                return head[:at]
    return head


def _verb_end(words: Sequence[str]) -> int:
    """Where the verb group that `words` begin with ends."""
    index = 0
    while index < len(words) and (word_in(words[index], "clitics") or words[index] in ("pas", "plus")):
        index += 1
    return index + 1


def _object(words: Sequence[str], *, after: int) -> tuple[str, bool]:
    """The short object right behind the verb, made definite, and whether it is plural."""
    if after >= len(words):
        return "", False
    first = words[after].lower()
    verb = lexicon().singular.get(words[0].lower())
    if verb in ("\u00eatre", "devenir") or words[0].lower() in ("est", "sont"):
        return "", False
    known = word_in(first, "determiners") and first not in _NO_OBJECT
    if not known and not is_number(first) and first[:2] != "l'":
        return "", False
    if first[:2] == "l'" and len(first) == 2:
        return "", False
    phrase = list(words[after : after + _size(words, after)])
    if first[:2] != "l'" and len(phrase) < 2 or len(phrase) > 5:
        return "", False
    if any(word_in(word, "times") for word in phrase):
        if not any(word in ("temps",) for word in phrase):
            return "", False
    found = noun(phrase)
    return found.again, found.plural


def _ends_object(words: Sequence[str], at: int) -> bool:
    word = words[at].lower()
    if word in ("de", "\u00e0") and at + 1 < len(words):
        following = words[at + 1].lower()
        return word_in(following, "determiners", "prenominal") or is_number(following) or (
            following[:2] in ("l'", "d'") or infinitive_at(words, at + 1)
        )
    return (
        word_in(word, "prepositions", "relatives", "conjunctions", "adverbs")
        or word == ","
        or word[:3] in ("qu'",)
        or word in ("d'un", "d'une")
        or _PARTICIPLE.search(word) is not None
        and at > 1
        and not word_in(words[at - 1], "determiners", "prenominal")
        and singular_of(word) not in lexicon().gender
        and at + 1 < len(words)
        and word_in(words[at + 1], "prepositions")
        or re.search(r"(?:ant|ment)$", word) is not None
        and word not in lexicon().gender
        and len(word) > 6
    )


def _happens(base: str) -> bool:
    """Whether a deed is no aim: nobody sets out to lose a voice."""
    verb = base.removeprefix("se ").removeprefix("s'").split(" ")[0]
    return verb in lexicon().sets["happenings"]


def hero_slots(tale: Tale) -> dict[str, str]:
    """The slots that patterns about a hero use."""
    hero = tale.hero
    base = re.sub(r"^chercher (?=un|une|le|la|les|l'|des|son|sa|ses|leurs?)\b", "trouver ", tale.base)
    aimless = _happens(tale.base) or not (hero.animate or hero.named)
    quest = tale.goal or ("" if aimless else base)
    if quest.startswith(("ne ", "n'")):
        quest = ""
    return {
        "a_hero": hero.first,
        "hero": hero.again,
        "bref": hero.again if hero.named else hero.brief or hero.again,
        "il": hero.pronoun or hero.again,
        "son": "leur" if hero.plural else "son",
        "sa": "leur" if hero.plural else "sa",
        "ses": "leurs" if hero.plural else "ses",
        "deed": tale.deed,
        "act": tale.act or tale.deed,
        "full": tale.full,
        "goal": tale.goal,
        "quest": quest,
        "trouble": tale.trouble,
        "object": tale.thing,
        "cible": tale.target,
        "where": tale.where,
        "lead": tale.lead,
        "extra": tale.extra,
    }
