"""The commas of a German idea that its writer left out."""

from __future__ import annotations

import re

__all__ = ["with_commas_set"]

_RELATIVE = r"(?:die|denen) (?:ich|du|man|wir|ihr|es|niemand|keiner|jeder|fast jeder|kaum jemand)"
"""What opens a relative clause of many, and nothing else: "Dinge die ich gern gewusst haette"."""
_WITHOUT = (
    r"(?:ohne|statt|anstatt) (?:[\w-]+ ){0,5}?(?:zu \w+en|(?:durch|ab|an|auf|aus|ein|zu|um)zu\w+n)"
)
"""An infinitive that ends an idea: "ohne durchzudrehen"."""
_TRYING = (
    "versucht|versuchen|beschlie\u00dft|beschlie\u00dfen|hofft|hoffen|plant|planen|wagt|wagen|droht|drohen"
    "|vergisst|vergessen|verspricht|versprechen"
)
_ASKED = "(?:wo|wie|was|wann|warum|woher|wohin)"
_ONE_CONJUNCTION = (
    "ohne|statt|anstatt|au\u00dfer|so|als|auch|nur|selbst|gerade|vor allem|immer"
    "|erst|und|oder|wie|denn|egal|genau|fast|kurz|lange|noch|sogar|besonders|jedes Mal"
)


_LAST_RELATIVE = (
    r"(?<=\w )([A-Z\u00c4\u00d6\u00dc][\w-]+) "
    r"(?=(?:der|die|das) (?:[a-z\u00e4\u00f6\u00fc\u00df]+ ){0,3}"
    r"[a-z\u00e4\u00f6\u00fc\u00df]+t[?.!]*$)"
)
"""What a noun does, at the end of an idea: "einen Papierflieger der wirklich fliegt"."""
_WHOSE = (
    r"^((?:[Dd]er|[Dd]ie|[Dd]as|[Ee]ine?) (?:[a-z\u00e4\u00f6\u00fc\u00df]+ )?"
    r"[A-Z\u00c4\u00d6\u00dc][\w-]+) "
    r"(?=(?:der|die|das) (?:\S+ ){1,6}"
    r"(?:hatte|hat|war|ist|kann|konnte|will|wollte|muss|musste|darf|durfte)[.! ]*$)"
)
"""An idea that only says who: "Der Fahrstuhlf\u00fchrer der H\u00f6henangst hatte"."""
_CORRELATED = (
    r"(?i)^((?:ist|war|w\u00e4re|wird|lohnt sich|macht|hilft) es [\w-]+|lohnt es sich)"
    r" (?=(?:[\w-]+ ){1,7}(?:zu \w+n|\w{2,}zu\w+n)[?.! ]*$)"
)
"""What a clause with "zu" says more of: "Ist es gef\u00e4hrlich, jemanden zu wecken"."""


def with_commas_set(text: str) -> str:
    """Set the comma in front of clauses where the user left it out."""
    text = re.sub(
        r"\b([\u00dc\u00fc]ber|[Ff]\u00fcr|[Dd]urch)s (?=[A-Z\u00c4\u00d6\u00dc])", r"\1 das ", text
    )
    text = re.sub(r"(?<=[\w]) (?=(?:ohne|statt|anstatt|au\u00dfer) dass\b)", ", ", text)
    text = re.sub(r"(?<=[\w]) (?=um (?:[\w-]+ ){0,8}?(?:zu \w+en\b|\w+zu\w+en\b))", ", ", text)
    text = re.sub(
        r"(\b[A-Z\u00c4\u00d6\u00dc][\w-]+) (?=(?:warum|weshalb|wieso) \w)", r"\1, ", text
    )
    text = re.sub(rf"(\b[A-Z\u00c4\u00d6\u00dc][\w-]*) (?={_RELATIVE}\b)", r"\1, ", text)
    text = re.sub(_LAST_RELATIVE, r"\1, ", text)
    text = re.sub(_WHOSE, r"\1, ", text) if "," not in text else text
    text = re.sub(_CORRELATED, r"\1, ", text)
    text = re.sub(rf"\b({_TRYING}) (?=(?:[\w-]+ ){{1,6}}zu \w+n\.?$)", r"\1, ", text)
    # "Er zaudert, springt aber": there "aber" joins nothing.
    text = re.sub(r"(, \w+) (?=(?:aber|doch) \w)", "\\1\u00a0", text)
    text = re.sub(
        r"(?<=[\w])(?<!\bum) "
        r"(?=(?:aber|doch|weil|dass|obwohl|damit|sobald|wenn|bevor|nachdem|falls) \w)",
        ", ",
        text,
    ).replace("\u00a0", " ")
    text = re.sub(rf"(?<=\w) (?={_WITHOUT}$)", ", ", text)
    # "ohne dass", "auch weil" are one conjunction.
    text = re.sub(rf"(?<=\w) (?={_ASKED} (?:er|sie|es|man|ich|du|wir|ihr) )", ", ", text)
    return re.sub(
        rf"(?i)\b({_ONE_CONJUNCTION}), (?=(?:dass|weil|damit|wenn|bevor|{_ASKED})\b)", r"\1 ", text
    )
