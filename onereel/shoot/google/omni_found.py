"""What a finished look at an interaction says.

The fields are those of `_gaos.types.interactions.Interaction` in google-genai 3.4.
"""

from __future__ import annotations

import re
from typing import Any

from ...errors import ServiceError, TryAgain, WaitForQuota
from ...google.safety import charged, is_refusal, reasons
from ...google.told import Told, read_error
from ..buying.service import Broken, Delivered, Found, Pending, Refused, RemoteFile
from .answers import decoded, receipt
from .failures import of_operation, refused

__all__ = ["omni_found"]

_ENDED = ("completed", "incomplete", "budget_exceeded", "requires_action", "requires_continuation")
_ENDED_BADLY = r"(?i)fail|error|cancel|expire|reject|abort"


def omni_found(answer: dict[str, Any], model: str) -> Found:
    """Judge an answer that is an interaction.

    Raises:
        TryAgain: a clip in it came damaged.
    """
    status = str(answer["status"])
    # A word that nobody knows yet: a paid clip may still come.
    if status not in _ENDED and not re.search(_ENDED_BADLY, status):
        return Pending()
    kept = receipt(answer)
    files, texts = _outputs(answer)
    if files:
        return Delivered(files, kept)
    paid = _video_tokens(answer)
    errors = [error for error in map(read_error, _errors(answer)) if error]
    words = [*(error.all for error in errors), *texts, str(answer.get("finish_reason", ""))]
    if any(is_refusal(text) for text in words) or (status == "completed" and texts and not paid):
        said = reasons([*(error.message for error in errors), *texts])
        cost = charged(said) if paid is None else bool(paid)
        return Refused(refused(said, model), kept, reasons=said, charged=cost)
    if paid:
        return Broken(
            TryAgain(
                f"{model} was paid for {paid} tokens of video, but delivered no clip: ask Google"
                " for the money back with the evidence that OneReel keeps."
            ),
            kept,
            charged=True,
        )
    return Broken(_ending(status, errors, model), kept, charged=None if paid is None else False)


def _ending(status: str, errors: list[Told], model: str) -> ServiceError:
    if status == "budget_exceeded":
        return WaitForQuota(f"{model} stopped at the budget of its project: raise it at Google.")
    if errors:
        return of_operation(errors[0], model)
    return TryAgain(f"{model} ended as {status!r} without a clip; run again.")


def _outputs(answer: dict[str, Any]) -> tuple[tuple[RemoteFile, ...], list[str]]:
    """The clips and the texts of an interaction."""
    files: list[RemoteFile] = []
    texts: list[str] = []
    for step in answer.get("steps") or []:
        if not isinstance(step, dict) or step.get("type") != "model_output":
            continue
        for item in step.get("content") or []:
            kind = item.get("type") if isinstance(item, dict) else None
            if kind == "text" and item.get("text"):
                texts.append(str(item["text"]))
            elif kind == "video" and (file := _file(item)):
                files.append(file)
    return tuple(files), texts


def _file(item: dict[str, Any]) -> RemoteFile | None:
    mime = str(item.get("mime_type") or "video/mp4")
    if uri := item.get("uri"):
        return RemoteFile(uri=str(uri), mime=mime)
    if data := item.get("data"):
        return RemoteFile(data=decoded(str(data)), mime=mime)
    return None


def _errors(answer: dict[str, Any]) -> list[Any]:
    listed = answer.get("errors")
    errors = listed if isinstance(listed, list) else []
    return [*errors, answer["error"]] if answer.get("error") else errors


def _video_tokens(answer: dict[str, Any]) -> int | None:
    """Tokens of video that count as used; None where the service does not say."""
    usage = answer.get("usage")
    if not isinstance(usage, dict):
        return None
    counts = usage.get("output_tokens_by_modality")
    if not isinstance(counts, list):
        return None
    return sum(
        int(count.get("tokens") or 0)
        for count in counts
        if isinstance(count, dict) and str(count.get("modality")).lower() == "video"
    )
