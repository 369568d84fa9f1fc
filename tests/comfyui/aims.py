"""What wild requests are aimed at: one of everything that has an id."""

from __future__ import annotations

import uuid

from tests.standins import Fault, Google

from .panel import Panel, View

__all__ = ["aims", "character_to_aim_at", "film_to_aim_at"]


def aims(panel: Panel, google: Google) -> dict[str, str]:
    """Make one of each; give the ids by the names of the parts of a path.

    "key" is of an operation and "spending" of a spending, both of unknown outcome. Buying must be
    on.
    """
    (operation,) = _unknown(
        panel, google, "operations", Fault("reset", where="submit", late=True), renderer="veo"
    )
    (spending,) = _unknown(panel, google, "spendings", Fault("cut", where="text"), writer="gemini")
    table = f"idea,duration,scene_count,resolution\nA tailor {_word()},8,2,480p\n"
    text = {"Content-Type": "text/csv"}
    batch = panel.ask("POST", "/batches", data=table.encode(), headers=text).json()
    made = panel.wait(batch["rows"][0]["film"])
    return {
        "film": film_to_aim_at(panel)["id"],
        "scene": "s01",
        "media": made["reel"]["video"].rpartition("/")[2],
        "kind": "screenplay",
        "key": operation["key"],
        "spending": spending["key"],
        "character": character_to_aim_at(panel),
        "batch": batch["id"],
        "name": "gemini-api-key",
        # No part of a setup's list: it would be fetched.
        "part": "nothing",
    }


def character_to_aim_at(panel: Panel) -> str:
    """The id of somebody who plays in no film."""
    return str(panel.post("/characters", {"name": f"Ada {_word()}"})["id"])


def film_to_aim_at(panel: Panel) -> View:
    """A film with nothing made of it."""
    scenes = [{"narration": "Nobody came back."}, {"narration": "The sea is calm."}]
    body = {"screenplay": {"title": f"Aim {_word()}", "scenes": scenes}, "action": "none"}
    view: View = panel.post("/films", body)
    return view


def _word() -> str:
    return uuid.uuid4().hex[:8]


def _unknown(
    panel: Panel, google: Google, what: str, fault: Fault, **options: str
) -> tuple[View, ...]:
    """What a film whose purchase broke off has bought, or not."""
    google.plan.set([fault])
    brief = {"idea": f"A potter {_word()}", "duration": 4, "scene_count": 1}
    shooting = {"action": "shoot", "ceiling": "10"} if "renderer" in options else {}
    film = panel.post("/films", {"brief": brief, "options": options, **shooting})["id"]
    panel.wait(film, "failed")
    google.plan.set([])
    return tuple(panel.get(f"/{what}?state=unknown&film={film}")[what])
