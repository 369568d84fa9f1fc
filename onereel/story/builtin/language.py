"""Which language an idea is in, and whether the writer has a pack for it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from ...errors import ChooseLanguage
from .pack import Pack

__all__ = ["check_language", "pack_for"]

_OTHERS = {
    "it": "Italian|il lo gli della delle degli che di una un per con non sono nel nella suo sua"
    " del al come quando dove perch\u00e9 \u00e8",
    "pt": "Portuguese|o os um uma do da dos das em no na que para com n\u00e3o seu sua ao pelo quando"
    " onde \u00e9 s\u00e3o",
    "nl": "Dutch|de het een van en dat die niet met voor zijn haar aan naar bij ook hoe waarom",
    "de": "German|der die das ein eine einen einem und ist nicht mit von zu den dem des im auf f\u00fcr"
    " wie warum sich ihre seine",
    "es": "Spanish|el la los las un una de del que y en con por para su al se no como c\u00f3mo es",
    "fr": "French|le la les un une des du de et est dans pour qui que sur avec son sa ses au aux pas"
    " comment pourquoi",
    "pl": "Polish|i w na z \u017ce do nie si\u0119 jest to jak kt\u00f3ry kt\u00f3ra przez jego jej",
    "sv": "Swedish|en ett och som att p\u00e5 av med f\u00f6r inte \u00e4r hon han sin hur varf\u00f6r",
    "tr": "Turkish|bir ve bu i\u00e7in ile olan nas\u0131l neden gibi daha \u00e7ok kendi",
    "en": "English|the a an of and in to is that with for from his her who how why their are on",
}
_SCRIPTS = {
    "ARABIC": "Arabic",
    "CYRILLIC": "Russian",
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "DEVANAGARI": "Hindi",
    "THAI": "Thai",
}
_INSTEAD = "Write Script (Ollama) or Write Script (Gemini) can, and so can a screenplay of your own"


def pack_for(language: str, packs: Mapping[str, Pack]) -> Pack:
    """Find the pack of an IETF tag such as "en" or "de-DE".

    Raises:
        ChooseLanguage: the built-in writer has no such language.
    """
    pack = packs.get(language.strip().lower().replace("_", "-").split("-")[0])
    if pack is None:
        raise ChooseLanguage(
            f"The built-in writer cannot write in {language.strip() or 'no language'!r}, only in"
            f" {_listed(pack.name for pack in packs.values())}; {_INSTEAD}."
        )
    return pack


def check_language(idea: str, pack: Pack, packs: Mapping[str, Pack]) -> None:
    """Refuse an idea that is plainly in another language than the film's; when unsure, accept.

    Raises:
        ChooseLanguage: it is; the sentence says what would write it.
    """
    found = _foreign_script(idea) or _foreign_words(idea, pack)
    if found is None:
        return
    code, name = found
    if code in packs:
        raise ChooseLanguage(
            f"The idea is in {name}, but the film's language is {pack.name}: set the language to"
            f" {code!r}, or write the idea in {pack.name}."
        )
    raise ChooseLanguage(
        f"The built-in writer cannot write {name}, only"
        f" {_listed(each.name for each in packs.values())}; {_INSTEAD}."
    )


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _foreign_script(idea: str) -> tuple[str, str] | None:
    scripts = Counter(
        unicodedata.name(character, "").split()[0] for character in idea if character.isalpha()
    )
    latin = scripts.pop("LATIN", 0)
    if sum(scripts.values()) <= latin:
        return None
    script = "HIRAGANA" if scripts.get("HIRAGANA") else max(scripts, key=lambda name: scripts[name])
    return script.lower(), _SCRIPTS.get(script, f"the {script.capitalize()} script")


def _foreign_words(idea: str, pack: Pack) -> tuple[str, str] | None:
    words = re.findall(r"[^\W\d_]+", idea.lower())
    own = sum(word in pack.function_words for word in words)
    best, most = None, 0
    for code, line in _OTHERS.items():
        name, text = line.split("|")
        hits = sum(word in text.split() for word in words)
        if code != pack.code and hits > most:
            best, most = (code, name), hits
    plainly = most >= 2 and most > 2 * own and most * 6 >= len(words)
    return best if plainly else None
