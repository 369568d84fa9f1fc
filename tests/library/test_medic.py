"""The safety medic: what it says instead, and nothing else."""

from __future__ import annotations

import pytest

from onereel.shoot.buying.medic import soften

VIOLENCE = ("Support codes: 61493863", "violence (61493863)")


def test_only_the_words_that_the_reason_points_at_are_changed():
    revision = soften("A soldier fights, blood on the snow. A naked tree.", VIOLENCE)
    assert revision
    assert revision.prompt == "A figure in uniform argues, on the snow. A naked tree."
    assert "[-soldier fights, blood-]{+figure in uniform argues,+}" in revision.diff


@pytest.mark.parametrize(
    ("prompt", "reasons"),
    [
        ("A lighthouse at dusk.", VIOLENCE),
        ("A soldier at dusk.", ()),
        ("A soldier at dusk.", ("other (74803281)",)),
        ("A war-weary town", ("child (17301594)",)),
        ("Blood", VIOLENCE),
    ],
)
def test_where_nothing_can_be_softened_nothing_is_proposed(prompt, reasons):
    assert soften(prompt, reasons) is None


def test_a_softened_word_keeps_its_capital_and_words_inside_words_stay():
    revision = soften("Killing time: a skilled killer kills.", VIOLENCE)
    assert revision and revision.prompt == "Stopping time: a skilled stranger stops."
