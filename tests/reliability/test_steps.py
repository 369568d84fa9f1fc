"""What came and was paid is not lost to whoever dies before it is kept.

`python -m tests.reliability --steps picture` kills before every step.
"""

from __future__ import annotations

import pytest

from tests.reliability.steps import kill_at

PLACES = {"picture": "drawings", "translation": "answers", "exchange": "spoken", "acts": "answers"}


@pytest.mark.parametrize("kind", PLACES)
def test_killed_when_it_has_come_and_is_not_kept_yet(kind, tmp_path, google):
    ending = kill_at(1, kind, tmp_path, google, among=f"rename {PLACES[kind]}")
    assert ending.step
    assert ending.answers == 0
    assert ending.troubles == ()


def test_killed_while_it_is_being_sent(tmp_path, google):
    ending = kill_at(1, "picture", tmp_path, google, among="send")
    assert ending.answers == 1
    assert ending.troubles == ()
