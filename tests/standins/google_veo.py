"""Veo on Vertex AI: submit and look.

Parsed by google-genai 3.4: `models.Models._generate_videos` (POST :predictLongRunning, answered by
`_operations_converters._GenerateVideosOperation_from_vertex`) and
`operations.Operations._fetch_predict_videos_operation` (POST :fetchPredictOperation).
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .answers import Reply
from .faults import Fault
from .google_errors import google_error, unknown
from .prices import MODELS, Charge, VideoModel
from .service import Call
from .video import Clip, render, seconds_of
from .world import Generation, World

__all__ = ["Veo"]

_GENERATED = "type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse"
# Words seen in the wild: github.com/anthropics/claude-code/issues/14105,
# github.com/DaWe35/image-router/issues/41, github.com/googleapis/js-genai/issues/1272.
_BLOCKED = (
    "The prompt could not be submitted. This prompt contains words that violate Vertex AI's usage "
    "guidelines. Try rephrasing the prompt. If you think this was an error, send feedback. Support "
    "codes: {code}"
)
_BROKEN = "Internal error. Please try again later."
# U9
_QUOTA = (
    "Quota exceeded for aiplatform.googleapis.com/online_prediction_concurrent_requests_per_base_"
    "model with base model: {model}."
)
_FILTERED = (
    "Veo could not generate {count} videos based on the prompt provided. You will not be charged "
    "for this request. Try rephrasing the prompt. If you think this was an error, send feedback. "
    "Support codes: {code}"
)
_AUDIO = (
    "We encountered an issue with the audio for your prompt, which means we could not create your "
    "video. This can sometimes happen due to our safety filters or other processing issues. Please "
    "modify your request and try again. You have not been charged for this attempt."
)


class Veo:
    """The two methods of a Veo model. `latency` and `looks` are how long a generation takes."""

    def __init__(
        self, world: World, strike: Callable[[str, str], tuple[Fault, ...]], home: str
    ) -> None:
        self._world = world
        self._strike = strike
        self._home = home
        self.latency = 0.05
        self.looks = 0
        self.at_once = 10_000
        """How many generations of one model may run: the real limit is 10 (google.md)."""

    def about_submit(self, call: Call) -> tuple[str, str]:
        return "", call.request.json["instances"][0]["prompt"]

    def about_poll(self, call: Call) -> tuple[str, str]:
        name = call.request.json["operationName"]
        found = self._world.generations.get(name)
        return name, found.prompt if found else ""

    def submit(self, call: Call) -> Reply:
        """predictLongRunning: check, charge, and name the operation."""
        model = MODELS.get(call.match["model"])
        if model is None or not model.id.startswith("veo"):
            raise unknown(f"Publisher Model `{call.match['model']}`")
        instance, parameters = call.request.json["instances"][0], call.request.json["parameters"]
        prompt = instance["prompt"]
        _check(model, instance, parameters)
        if self._world.running(model.id) >= self.at_once:
            raise google_error(429, _QUOTA.format(model=model.id))
        outcome = next(iter(self._strike("outcome", prompt)), None)
        # The facts have it at the door, users saw it at the end of the operation (U8).
        if outcome and outcome.what == "blocked" and not outcome.late:
            call.record("faulted", outcome.what)
            raise google_error(400, outcome.message or _BLOCKED.format(code=outcome.code))
        generation = self._generation(call, model, instance, parameters, outcome)
        call.operation = generation.id
        self._world.accept(generation)
        if generation.charge:
            call.record("charged", str(generation.charge.amount))
        return Reply({"name": generation.id})

    def poll(self, call: Call) -> Reply:
        """fetchPredictOperation."""
        name = call.operation
        found = self._world.look(name)
        if found is None or not name.startswith(call.match["resource"]):
            raise unknown(f"Operation {name}")
        generation, done = found
        if not done:
            return Reply({"name": name})
        outcome = generation.outcome
        if outcome and outcome.what in ("error", "blocked"):
            blocked = outcome.what == "blocked"
            words = _BLOCKED.format(code=outcome.code) if blocked else _BROKEN
            error = {"code": 3 if blocked else outcome.status, "message": outcome.message or words}
            return Reply({"name": name, "done": True, "error": error})
        response: dict[str, Any] = {"@type": _GENERATED}
        held = len(generation.clips) - len(generation.delivered)
        if outcome and outcome.what in ("filtered", "audio"):
            words = _AUDIO if outcome.what == "audio" else _FILTERED
            words = outcome.message or words.format(count=held, code=outcome.code)
            response |= {"raiMediaFilteredCount": held, "raiMediaFilteredReasons": [words]}
        else:
            response["raiMediaFilteredCount"] = 0
        videos = [_video(generation, clip) for clip in generation.delivered]
        if videos:
            response["videos"] = videos
        inline = bool(videos) and not generation.folder
        return Reply({"name": name, "done": True, "response": response}, media=inline)

    def _generation(
        self,
        call: Call,
        model: VideoModel,
        instance: dict[str, Any],
        parameters: dict[str, Any],
        outcome: Fault | None,
    ) -> Generation:
        id = self._world.name()
        resource = call.match["resource"]
        if not resource.startswith("projects/"):
            # google.md: an express key's operations are named by the project behind the key (U5).
            resource = f"{self._home}/{resource}"
        name = f"{resource}/operations/{id}"
        seconds = parameters.get("durationSeconds", 8)
        samples = parameters.get("sampleCount", 1)
        resolution = parameters.get("resolution", "720p")
        width, height = model.size(resolution, parameters.get("aspectRatio", "16:9"))
        bucket = parameters.get("storageUri", "").rstrip("/")
        clip = Clip(
            prompt=instance["prompt"],
            seed=parameters.get("seed"),
            operation=name,
            sample=0,
            model=model.id,
            width=width,
            height=height,
            seconds=seconds + self._continued(instance),
            sound=parameters.get("generateAudio", True),
            first=_digest(instance["image"]) if "image" in instance else "",
        )
        slow = outcome and outcome.what == "slow"
        generation = Generation(
            id=name,
            clips=tuple(replace(clip, sample=index) for index in range(samples)),
            accepted=time.time(),
            latency=outcome.seconds if outcome and slow else self.latency,
            pending=self.looks,
            charge=None,
            outcome=None if slow else outcome,
            # A folder that no other operation has (U10).
            folder=f"{bucket}/{id.int}" if bucket else "",
        )
        # Charged when accepted, for what will be delivered, filtered clips never (U4).
        billed = samples if outcome and outcome.charged else len(generation.delivered)
        if billed:
            amount = model.price(resolution, seconds, billed)
            generation.charge = Charge(name, model.id, seconds, amount, clip.prompt, billed)
        return generation

    def _continued(self, instance: dict[str, Any]) -> int:
        """The length of the video that is to go on; the answer holds both parts (U6)."""
        video = instance.get("video")
        if video is None:
            return 0
        if "bytesBase64Encoded" in video:
            return seconds_of(_decoded(video))
        bucket, _, name = video.get("gcsUri", "").removeprefix("gs://").partition("/")
        stored = self._world.objects(bucket).get(name)
        if stored is None:
            raise google_error(400, f"{video.get('gcsUri')} could not be read.")
        return stored.clip.seconds if stored.clip else seconds_of(stored.data)


def _digest(image: dict[str, Any]) -> str:
    return hashlib.sha256(_decoded(image)).hexdigest()[:16]


def _check(model: VideoModel, instance: dict[str, Any], parameters: dict[str, Any]) -> None:
    """Refuse what the real models refuse (google.md, table); the words are invented (U7)."""
    references = instance.get("referenceImages", [])
    frames = {"image", "lastFrame", "video"} & set(instance)
    duration = parameters.get("durationSeconds", 8)
    resolution = parameters.get("resolution", "720p")
    problem = ""
    if references and frames:
        problem = "referenceImages cannot be used together with image, lastFrame or video."
    elif len(references) > model.references:
        problem = f"{model.id} takes at most {model.references} reference images."
    elif frames - {"image"} and not model.frames:
        problem = f"{model.id} does not support {', '.join(sorted(frames - {'image'}))}."
    elif "lastFrame" in instance and "image" not in instance:
        problem = "lastFrame needs an image."
    elif duration not in model.durations or (references and duration != model.reference_duration):
        problem = f"Unsupported output video duration {duration} seconds."
    elif resolution not in model.prices:
        problem = f"Unsupported resolution {resolution}."
    elif parameters.get("aspectRatio", "16:9") not in model.aspects:
        problem = f"Unsupported aspect ratio {parameters['aspectRatio']}."
    elif not parameters.get("storageUri", "gs://").startswith("gs://"):
        problem = "storageUri must be a Cloud Storage URI."
    elif not 1 <= parameters.get("sampleCount", 1) <= 4:
        problem = "sampleCount must be between 1 and 4."
    if problem:
        raise google_error(400, problem)
    for name in ("image", "lastFrame"):
        if name in instance:
            _decoded(instance[name])
    for reference in references:
        _decoded(reference["image"])


def _video(generation: Generation, clip: Clip) -> dict[str, str]:
    # _operations_converters._Video_from_vertex
    if generation.folder:
        uri = f"{generation.folder}/sample_{clip.sample}.mp4"
        return {"gcsUri": uri, "mimeType": "video/mp4"}
    data = base64.b64encode(render(clip)).decode()
    return {"bytesBase64Encoded": data, "mimeType": "video/mp4"}


def _decoded(media: dict[str, Any]) -> bytes:
    if "mimeType" not in media:
        raise google_error(400, "mimeType is missing.")
    try:
        return base64.b64decode(media["bytesBase64Encoded"], validate=True)
    except (KeyError, ValueError):
        raise google_error(400, "Unable to process input image.") from None
