"""German nouns that an idea has and no film goes round: times, measures, turns of phrase."""

from __future__ import annotations

__all__ = ["COUNTING", "IDIOMS", "MEASURES", "STATES", "VAGUE"]

_DAYS = frozenset(
    (
        *("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        *("Januar", "Februar", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober"),
        *("November", "Dezember"),
    )
)
VAGUE = _DAYS | frozenset(
    (
        "Ostern",
        "Weihnachten",
        "Pfingsten",
        "Silvester",
        "Art",
        "Weise",
        "Teil",
        "Ende",
        "Anfang",
        "Seite",
        "Mal",
        "Grund",
        "Dinge",
        "Welt",
        "Fall",
        "N\u00e4he",
        "Leben",
        "Wort",
        "Start",
        "Beginn",
        "Auftakt",
        "Kulisse",
        "Kulissen",
        "Spur",
        "Spuren",
        "Bericht",
        "Meldung",
        "Nachricht",
        "Einf\u00fchrung",
        "\u00dcberblick",
        "Grundlagen",
    )
)
COUNTING = frozenset(("Hunderte", "Tausende", "Dutzende", "Millionen", "Milliarden", "Dutzend"))
"""Nouns that only count what follows them: "Hunderte Kraniche"."""
MEASURES = frozenset(
    (
        "Uhr",
        "Liter",
        "Gramm",
        "Kilo",
        "Kilogramm",
        "Meter",
        "Kilometer",
        "Zentimeter",
        "Euro",
        "Prozent",
        "Prozentpunkte",
        "Grad",
        "Tonnen",
        "Stimmen",
        "Punkte",
        "Punkten",
        "Toren",
        "Teilen",
        "Schritten",
        "Seiten",
    )
)
STATES = ("in", "auf", "bei", "zu", "vor", "an", "unter", "um", "per")
"""What stands in front of a state, where the noun has no article: "in Rente", "auf Reisen"."""
IDIOMS = frozenset(("Hand", "Herzen", "Natur", "Haus", "Beruf", "Geburt", "Dauer", "Bord"))
"""What else has no article and is no thing: "von Hand", "von Beruf"."""
