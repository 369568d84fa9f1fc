"""What a finished look at a Veo operation says.

The fields are those of `_GenerateVideosOperation_from_vertex` in google-genai 3.4.
"""

from __future__ import annotations

from typing import Any

from ...errors import TryAgain
from ...google.safety import charged, is_refusal, reasons
from ...google.told import read_error
from ..buying.service import Broken, Delivered, Found, Pending, Refused, RemoteFile
from .answers import decoded, receipt
from .failures import of_operation, refused

__all__ = ["veo_found"]


def veo_found(answer: dict[str, Any], model: str) -> Found:
    """Judge an answer that is an operation.

    Raises:
        TryAgain: a clip in it came damaged.
    """
    kept = receipt(answer)
    if answer.get("error"):
        return _failed(answer, model, kept)
    if answer.get("done") is not True:
        return Pending()
    response = answer.get("response")
    if not isinstance(response, dict):
        response = {}
    why = [str(text) for text in response.get("raiMediaFilteredReasons") or []]
    count = response.get("raiMediaFilteredCount")
    filtered = count if isinstance(count, int) else len(why)
    files = tuple(file for item in response.get("videos") or [] if (file := _file(item)))
    if files:
        return Delivered(files, kept, filtered=filtered, reasons=reasons(why))
    if filtered or why:
        said = reasons(why)
        return Refused(refused(said, model), kept, reasons=said, charged=charged(why))
    return Broken(TryAgain(f"{model} said that it is done, but delivered no clip."), kept)


def _failed(answer: dict[str, Any], model: str, kept: str) -> Found:
    told = read_error(answer)
    words = told.message if told else ""
    if told is not None and is_refusal(told.all):
        said = reasons([words])
        return Refused(refused(said, model), kept, reasons=said, charged=charged([words]))
    return Broken(of_operation(told, model), kept, charged=charged([words]))


def _file(item: Any) -> RemoteFile | None:
    if not isinstance(item, dict):
        return None
    mime = item.get("mimeType") or "video/mp4"
    if uri := item.get("gcsUri"):
        return RemoteFile(uri=str(uri), mime=str(mime))
    if data := item.get("bytesBase64Encoded"):
        return RemoteFile(data=decoded(str(data)), mime=str(mime))
    return None
