"""Omni by the Interactions API.

Parsed by google-genai 3.4: `_gaos.interactions.Interactions` (create, get, cancel, delete) into
`_gaos.types.interactions.Interaction`.
"""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Callable
from typing import Any

from .answers import Reply
from .faults import Fault
from .google_errors import interaction_error
from .google_files import API, file_id, zulu
from .prices import MODELS, Charge, VideoModel
from .service import Call
from .video import Clip, render, seconds_of
from .world import Generation, World

__all__ = ["Omni"]

_TOKENS = 5792
"""Video tokens a second: google.md's 57920 are those of 10 s at 720p or 1080p (U11)."""
_TASKS = {
    "text_to_video": (),
    "image_to_video": ("image",),
    "reference_to_video": ("image",),
    "edit": ("video",),
    "extend": ("video",),
    "upscale": ("video",),
}


class Omni:
    """Interactions with a video model."""

    def __init__(self, world: World, strike: Callable[[str, str], tuple[Fault, ...]]) -> None:
        self._world = world
        self._strike = strike
        self.latency = 0.05
        self.looks = 0
        self.at_once = 10_000

    def about_create(self, call: Call) -> tuple[str, str]:
        return "", _words(call.request.json["input"])

    def about(self, call: Call) -> tuple[str, str]:
        found = self._world.generations.get(call.match["id"])
        return call.match["id"], found.prompt if found else ""

    def create(self, call: Call) -> Reply:
        """POST interactions: check, charge, and begin."""
        body = call.request.json
        model = MODELS.get(body.get("model", ""))
        if model is None or model.id.startswith("veo"):
            raise interaction_error(404, f"Model {body.get('model')} not found.")
        form = body.get("response_format") or {}
        form = form[0] if isinstance(form, list) else form
        settings = (body.get("generation_config") or {}).get("video_config") or {}
        seconds = _check(model, body, form, settings.get("task", ""))
        prompt = _words(body["input"])
        if self._world.running(model.id) >= self.at_once:
            raise interaction_error(429)
        outcome = next(iter(self._strike("outcome", prompt)), None)
        if outcome and outcome.what == "blocked" and not outcome.late:
            call.record("faulted", outcome.what)
            words = outcome.message or f"The request was blocked. Reason: {outcome.reason}."
            raise interaction_error(400, words, outcome.reason)  # U12
        generation = self._generation(body, model, form, seconds, outcome)
        call.operation = generation.id
        self._world.accept(generation)
        if generation.charge:
            call.record("charged", str(generation.charge.amount))
        if body.get("background"):
            return Reply(self._head(generation, "in_progress"))
        call.exchange.pause(generation.latency)
        return self.get(call)

    def get(self, call: Call) -> Reply:
        """GET interactions/{id}."""
        found = self._world.look(call.operation)
        if found is None:
            # google.md: "Unknown interaction id is 400."
            raise interaction_error(400, f"Interaction {call.operation} not found.")
        generation, done = found
        if generation.state == "cancelled":
            return Reply(self._head(generation, "cancelled"))
        if not done:
            return Reply(self._head(generation, "in_progress"))
        outcome = generation.outcome
        if outcome and outcome.what == "quota":
            # Seen in the wild: the cap is told by the first look at an accepted interaction; its
            # code is known, the HTTP status is not (U13).
            raise interaction_error(429, outcome.message or "Please retry in 23.397s.")
        if outcome and outcome.what == "error":
            words = outcome.message or "Internal error. Please try again later."
            error = {"code": "internal", "message": words}  # U14
            return Reply({**self._head(generation, "failed"), "errors": [error]})
        return self._completed(generation)

    def cancel(self, call: Call) -> Reply:
        """POST interactions/{id}/cancel; the charge stays (U16)."""
        generation = self._known(call)
        if generation.ripe:
            return self.get(call)
        self._world.end(generation, "cancelled")
        return Reply(self._head(generation, "cancelled"))

    def delete(self, call: Call) -> Reply:
        """DELETE interactions/{id}; its file goes too (U16)."""
        self._world.end(self._known(call), "deleted")
        return Reply({})

    def _completed(self, generation: Generation) -> Reply:
        """The answer of a generation that came to an end, with or without a clip."""
        outcome = generation.outcome
        content = [_content(generation, clip) for clip in generation.delivered]
        if outcome and outcome.what in ("text", "blocked", "filtered", "audio"):
            words = "I can't generate that video. It might violate our policies."
            content = [{"type": "text", "text": outcome.message or words}]
        # Nothing in `steps` where tokens were used and nothing is delivered (U15).
        steps = [{"type": "model_output", "content": content}] if content else []
        if outcome and outcome.what == "chatty":
            steps = _chat(steps)
        body = {**self._head(generation, "completed"), "steps": steps}
        body["usage"] = _usage(generation.tokens)
        inline = generation.delivery == "inline" and bool(generation.delivered)
        return Reply(body, media=inline)

    def _generation(
        self,
        body: dict[str, Any],
        model: VideoModel,
        form: dict[str, Any],
        seconds: int,
        outcome: Fault | None,
    ) -> Generation:
        id = f"v1_{self._world.name().hex}"
        resolution = form.get("resolution", "720p")
        width, height = model.size(resolution, form.get("aspect_ratio", "16:9"))
        config = body.get("generation_config") or {}
        task = (config.get("video_config") or {}).get("task", "")
        before = self._length(body) if task == "extend" else 0
        clip = Clip(
            prompt=_words(body["input"]),
            seed=config.get("seed"),
            operation=id,
            sample=0,
            model=model.id,
            width=width,
            height=height,
            seconds=seconds + before,
            sound=True,
            first=_first(body["input"]) if task == "image_to_video" else "",
        )
        amount = model.price(resolution, seconds)
        billed = outcome is None or outcome.charged or outcome.what in ("lost", "slow", "chatty")
        slow = outcome and outcome.what == "slow"
        return Generation(
            id=id,
            clips=(clip,),
            accepted=time.time(),
            latency=outcome.seconds if outcome and slow else self.latency,
            pending=self.looks,
            charge=Charge(id, model.id, seconds, amount, clip.prompt) if billed else None,
            outcome=None if slow else outcome,
            delivery=form.get("delivery", "inline"),  # U31
            tokens=_TOKENS * seconds if billed else 0,
        )

    def _length(self, body: dict[str, Any]) -> int:
        """The seconds of the video that is to go on; the answer holds both parts (U6)."""
        for part in _parts(body["input"]):
            if part["type"] == "video":
                return seconds_of(_decoded(part))
        before = self._world.generations.get(body["previous_interaction_id"])
        if before is None:
            raise interaction_error(400, "The previous interaction was not found.")
        return before.clips[0].seconds

    def _head(self, generation: Generation, status: str) -> dict[str, Any]:
        return {
            "id": generation.id,
            "object": "interaction",
            "status": status,
            "model": generation.model,
            "created": zulu(generation.accepted),
            "updated": zulu(time.time()),
        }

    def _known(self, call: Call) -> Generation:
        generation = self._world.generations.get(call.operation)
        if generation is None or generation.state == "deleted":
            raise interaction_error(400, f"Interaction {call.operation} not found.")
        return generation


def _content(generation: Generation, clip: Clip) -> dict[str, str]:
    # _gaos.types.interactions.videocontent.VideoContent
    head = {"type": "video", "mime_type": "video/mp4"}
    if generation.delivery == "uri":
        return {**head, "uri": f"{API}/files/{file_id(generation.id)}:download?alt=media"}
    return {**head, "data": base64.b64encode(render(clip)).decode()}


def _chat(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Thoughts before the answer, and words before the clip."""
    # _gaos.types.interactions: ThoughtStep, TextContent
    thought = {"type": "thought", "signature": "c2lnbmVk", "summary": []}
    said = {"type": "model_output", "content": [{"type": "text", "text": "Here is your video."}]}
    return [thought, said, *steps]


def _check(model: VideoModel, body: dict[str, Any], form: dict[str, Any], task: str) -> int:
    """Refuse what the facts file says is refused; the words are invented (U7)."""
    match = re.fullmatch(r"(\d+)s", str(form.get("duration", "8s")))
    parts = _parts(body["input"])
    kinds = {part["type"] for part in parts}
    if body.get("previous_interaction_id"):
        kinds.add("video")
    problem = ""
    if form.get("type") != "video":
        problem = "response_format.type must be video."
    elif match is None:
        problem = 'Invalid duration: expected a string such as "8s".'
    elif int(match[1]) not in model.durations:
        problem = f"Unsupported duration {match[0]}."
    elif form.get("resolution", "720p") not in model.prices:
        problem = f"Unsupported resolution {form['resolution']}."
    elif form.get("aspect_ratio", "16:9") not in model.aspects:
        problem = f"Unsupported aspect ratio {form['aspect_ratio']}."
    elif task and (task not in _TASKS or not kinds.issuperset(_TASKS[task])):
        problem = f"The input does not fit the task {task}."
    elif any(part["type"] == "video" and "data" not in part for part in parts):
        # github.com/Comfy-Org/ComfyUI/pull/15014
        problem = "HTTP video input is not supported by the model"
    elif "text" not in kinds:
        problem = "The input has no text."
    elif sum(part["type"] == "image" for part in parts) > model.references:
        problem = f"At most {model.references} images."
    if problem or match is None:
        raise interaction_error(400, problem)
    for part in parts:
        if part["type"] != "text" and "data" in part:
            _decoded(part)
    return int(match[1])


def _parts(given: Any) -> list[dict[str, Any]]:
    """The content of an input: a text, a list of content, or a list of steps."""
    if isinstance(given, str):
        return [{"type": "text", "text": given}]
    found: list[dict[str, Any]] = []
    for part in given if isinstance(given, list) else [given]:
        content = part.get("content") if part.get("type") == "user_input" else [part]
        found += _parts(content) if isinstance(content, str) else content or []
    return found


def _words(given: Any) -> str:
    return "\n".join(part["text"] for part in _parts(given) if part["type"] == "text")


def _first(given: Any) -> str:
    """The digest of the picture that a clip begins with."""
    images = (part for part in _parts(given) if part["type"] == "image")
    return hashlib.sha256(_decoded(next(images))).hexdigest()[:16]


def _decoded(part: dict[str, Any]) -> bytes:
    try:
        return base64.b64decode(part["data"], validate=True)
    except ValueError:
        raise interaction_error(400, "Invalid base64 data.") from None


def _usage(tokens: int) -> dict[str, Any]:
    # _gaos.types.interactions.usage.Usage
    by_modality = [{"modality": "video", "tokens": tokens}] if tokens else []
    return {
        "total_output_tokens": tokens,
        "total_tokens": tokens,
        "output_tokens_by_modality": by_modality,
    }
