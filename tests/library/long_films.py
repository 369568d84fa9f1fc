"""A model that writes long films: what the stand-ins' `writes` answers, act by act."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.standins.ollama_script import Behaviour, Say

__all__ = ["CAST", "COAT", "OILSKIN", "STAIRS", "WORN", "Novelist"]

CAST = "Anders"
COAT, OILSKIN = "yellow coat", "an oilskin, patched at the left elbow"
STAIRS, WORN = "lighthouse stairs", "worn stone steps around an iron post"
Change = Callable[[dict[str, Any]], None]
_THINGS = ("lamp", "rope", "ledger", "kettle", "window", "boat", "coat", "bell", "letter", "gull")
_ACTS = r"Plan exactly (\d+) acts of about \d+ scenes; .* together they have (\d+)"
_ACT = r"Write act (\d+) of (\d+) now: scenes (\d+) to (\d+) of (\d+), exactly (\d+) scenes"
_LAST = r"(?m)^- (\d+)\. Step (\d+): "


class Novelist:
    """Counts the steps of one staircase over the whole film.

    He knows of the film only what he sees of the question: he goes on with the number after that
    of the last scene that he is shown, so whoever does not show it to him hears the same steps
    again. `plays` go before his good answers, by what was asked for ("outline", "act 3"): other
    behaviours, or what changes a good answer.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.plays: dict[str, list[str | Behaviour | Change]] = {}

    def for_ollama(self, seen: str, _request: Any) -> Behaviour:
        said = self._play(seen)
        return Say(said) if isinstance(said, str) else said

    def for_gemini(self, words: str, _body: Any) -> str:
        said = self._play(words)
        assert isinstance(said, str)
        return said

    def count(self, step: str) -> int:
        """How often something was asked for."""
        return self.asked.count(step)

    def _play(self, seen: str) -> str | Behaviour:
        if found := re.search(_ACTS, seen):
            step, answer = "outline", self.outline(int(found[1]), int(found[2]))
        elif found := re.search(_ACT, seen):
            number, _, first, last, _, count = map(int, found.groups())
            assert last - first + 1 == count
            step, answer = f"act {number}", self.act(seen, number, count)
        else:
            step, answer = "something else", "I have lost the thread."
        self.asked.append(step)
        plays = self.plays.get(step, [])
        play = plays.pop(0) if plays else answer
        if not callable(play):
            return play
        changed = json.loads(answer)
        play(changed)
        return json.dumps(changed)

    def outline(self, acts: int, scenes: int) -> str:
        return json.dumps(
            {
                "title": "Every Step",
                "logline": "A keeper counts the stairs that he is afraid of.",
                "style": "grainy 16 mm film, lantern light",
                "cast": [{"name": CAST, "description": "sixty, grey beard, yellow coat"}],
                "bible": [
                    {"kind": "wardrobe", "name": COAT, "description": OILSKIN, "wearer": CAST},
                    {"kind": "place", "name": STAIRS, "description": WORN, "wearer": ""},
                    {"kind": "prop", "name": "golden key", "description": "bent", "wearer": ""},
                ],
                "acts": [
                    {
                        "title": f"Landing {number}",
                        "synopsis": f"{CAST} reaches landing {number} and finds a door there.",
                        "scenes": scenes // acts,
                    }
                    for number in range(1, acts + 1)
                ],
            }
        )

    def act(self, seen: str, number: int, count: int) -> str:
        last = max((int(step) for _, step in re.findall(_LAST, seen)), default=0)
        return json.dumps(
            {
                "scenes": [self.scene(step) for step in range(last + 1, last + count + 1)],
                "summary": f"{CAST} stands on step {last + count}, at landing {number}.",
            }
        )

    def scene(self, step: int) -> dict[str, str]:
        thing = _THINGS[step % len(_THINGS)]
        return {
            "title": f"Step {step}",
            "description": f"{CAST} stands on step {step}.",
            "narration": f"Step {step}: {CAST} holds the {thing} and does not look down.",
            "prompt": f"{CAST} in his yellow coat on stone step {step}, a {thing} in his hand",
            "camera": ("pan left", "tilt up", "static")[step % 3],
            "mood": "tense",
            "place": STAIRS,
        }
