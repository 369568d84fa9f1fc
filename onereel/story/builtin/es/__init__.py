"""The Spanish pack."""

from __future__ import annotations

import re
from pathlib import Path

from ..cleaning import close_up
from ..folder_pack import FolderPack
from ..pack import Frame
from ..wording import echoed
from .analyse import analyse
from .clean import sentence_case
from .lexicon import lexicon, present
from .verbs import CLITICS, is_finite

__all__ = ["PACK", "Spanish"]

_ONES = [
    *("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
    *("once", "doce", "trece", "catorce", "quince", "diecis\u00e9is", "diecisiete", "dieciocho"),
    *("diecinueve", "veinte", "veintiuno", "veintid\u00f3s", "veintitr\u00e9s", "veinticuatro"),
    *("veinticinco", "veintis\u00e9is", "veintisiete", "veintiocho", "veintinueve"),
]
_TENS = [
    *("", "", "veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta"),
    "noventa",
]
_UNOPENED = "(^|[.!?]\\s+|\u00ab)([^.!?\u00ab\u00bb\u00bf]+[?])"
"""A question that lacks its first mark."""
_CONTRACTED = r"\b([Dd]e|[Aa]) el (?=\w)"
_PAIR = r"\b([Aa]|[Dd]e) ((?:el|la|los|las) (?:(?!(?:de|a|en|con|por) )[\w ])+?) y\u00a0(?=\w)"
_AND = r"(?:^|(?<=[\s,;]))y (?=[\u201c\"\u00ab]?[hH]?[i\u00edI\u00cd](?![aeo]))"
_OR = r"(?:^|(?<=[\s,;]))o (?=[\u201c\"\u00ab]?[hH]?[o\u00f3O\u00d3])"

_BEFORE_VERBS = {*CLITICS, "no", "ya", "nunca"}


class Spanish(FolderPack):
    """Spanish: see `Pack` for what each part means."""

    code = "es"
    name = "Spanish"

    def inflect(self, how: str, word: str, frame: Frame) -> str:
        """`v` is a verb that agrees with the subject, `o` an adjective in -o."""
        plural = "plural" in frame.tags
        if how == "v":
            return present(word, plural=plural)
        ending = "a" if "feminine" in frame.tags else "o"
        return word[:-1] + ending + ("s" if plural else "")

    def number(self, value: int) -> str:
        """Say a number from 1 to 120 in words."""
        if value < 30:
            return _ONES[value]
        if value < 100:
            tens, ones = divmod(value, 10)
            return _TENS[tens] + (f" y {_ONES[ones]}" if ones else "")
        rest = value - 100
        return f"ciento {self.number(rest)}" if rest else "cien"

    def again(self, text: str, frame: Frame) -> str:
        """Whoever was just named needs no subject in the next sentence: its verb says who."""
        hero = frame.slots.get("hero", "")
        if not hero:
            return text
        acts = rf"(?i)^{re.escape(hero)} (?=([^\W\d_]+))"

        def said(sentence: str) -> str:
            match = re.match(acts, sentence)
            verbal = match is not None and (is_finite(match[1]) or match[1] in _BEFORE_VERBS)
            return sentence_case(sentence[match.end() :]) if match and verbal else sentence

        return echoed(text, hero, said)

    def polish(self, text: str) -> str:
        """Contract "de el" and "a el", and write "e" and "u" where they are due."""
        text = re.sub(
            _PAIR, lambda match: f"{match[1]} {match[2]} y {match[1].lower()} ", close_up(text)
        )
        text = re.sub(_UNOPENED, "\\1\u00bf\\2", text.replace("\u00a0", " "))
        text = re.sub(_CONTRACTED, r"\1l ", text)
        return re.sub(_OR, "u ", re.sub(_AND, "e ", text))

    def title(self, text: str) -> str:
        """Raise the first letter; Spanish titles have no other capitals."""
        return sentence_case(text.rstrip("."))


PACK = Spanish(Path(__file__).parent, lexicon=lexicon, analyse=analyse)
