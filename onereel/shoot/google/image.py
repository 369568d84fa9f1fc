"""Pictures by Gemini's generateContent: what is asked, and what the answers mean.

https://ai.google.dev/gemini-api/docs/image-generation.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PIL import Image

from ...cast.picture import Picture, read_still
from ...errors import ReplaceMedia, RevisePrompt, TryAgain
from ...google.client import Client
from ...google.errand import REFUSED
from ...google.told import one_line
from ...home import Home
from ..buying.service import NotSubmitted
from .answers import decoded
from .failures import not_submitted, refused

if TYPE_CHECKING:
    from google.genai import types

    from ...till import LastWord
    from ..drawing.drawing import Drawing

__all__ = ["ask_for_picture"]

_LONGEST_SIDE = 1024
"""Pixels of a reference picture as it is sent: fourteen of them have to fit into 20 MB."""
_QUALITY = 92
_REFUSED = REFUSED | {
    *("MODEL_ARMOR", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION")
}


async def ask_for_picture(
    client: Client, drawing: Drawing, *, home: Home, last_word: LastWord | None
) -> bytes | NotSubmitted:
    """Ask once for a picture: a PNG or a JPEG as the service made it, or why there is none.

    Raises:
        OneReelError: what `last_word` raises; nothing was sent.
    """
    try:
        contents, config = await asyncio.to_thread(_request, drawing, home)
    except ReplaceMedia as error:
        return NotSubmitted("rejected", error)
    exchange = await client.ask(
        lambda sdk: sdk.models.generate_content(
            model=drawing.model, contents=contents, config=config
        ),
        before_sending=last_word,
    )
    answer = await asyncio.to_thread(exchange.json)
    if exchange.status == 200 and isinstance(answer, dict):
        return _picture_in(answer, drawing.model, client.host)
    return not_submitted(exchange, host=client.host, model=drawing.model, work="draw")


def _request(drawing: Drawing, home: Home) -> tuple[types.Content, types.GenerateContentConfig]:
    from google.genai import types

    parts = [types.Part(text=drawing.prompt)]
    for number, picture in enumerate(drawing.references, 1):
        # As the prompt numbers them.
        parts.append(types.Part(text=f"Reference picture {number}:"))
        parts.append(types.Part.from_bytes(data=_small(picture, home), mime_type="image/jpeg"))
    config = types.GenerateContentConfig(
        response_modalities=["IMAGE"],
        image_config=types.ImageConfig(aspect_ratio=drawing.aspect, image_size=drawing.size),
        seed=drawing.seed & 0x7FFFFFFF,
    )
    return types.Content(role="user", parts=parts), config


def _small(picture: Picture, home: Home) -> bytes:
    buffer = io.BytesIO()
    pixels = read_still(home.path(picture.name), longest=_LONGEST_SIDE)
    Image.fromarray(pixels).save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


def _picture_in(answer: dict[str, Any], model: str, host: str) -> bytes | NotSubmitted:
    feedback = answer.get("promptFeedback")
    if isinstance(feedback, dict) and (why := feedback.get("blockReason")):
        return _refusal(model, why, feedback.get("blockReasonMessage"))
    candidate = next(iter(_dicts(answer.get("candidates"))), {})
    parts = [part for part in _parts(candidate) if not part.get("thought")]
    pictures = [str(data) for part in parts if (data := _inline(part))]
    if pictures:
        try:
            # Before the one it settled on, a model may show others.
            return decoded(pictures[-1])
        except TryAgain:
            return NotSubmitted("unknown", TryAgain(f"{host} sent a picture that cannot be read."))
    why, words = str(candidate.get("finishReason", "")), _texts(parts)
    if why in _REFUSED:
        return _refusal(model, why, candidate.get("finishMessage"))
    if not candidate or _has_drawn(answer):
        return NotSubmitted("unknown", TryAgain(f"{host} answered without the picture."))
    if words:
        return NotSubmitted(
            "refused",
            RevisePrompt(
                f"{model} answered in words instead of a picture ({one_line(words).rstrip('.')}):"
                " revise the scene's words or pictures.",
                reasons=(one_line(words),),
            ),
        )
    return NotSubmitted("rejected", TryAgain(f"{model} drew nothing ({why or 'no reason'})."))


def _refusal(model: str, *words: object) -> NotSubmitted:
    said = tuple(one_line(str(word)) for word in words if word)
    return NotSubmitted("refused", refused(said, model), reasons=said)


def _has_drawn(answer: dict[str, Any]) -> bool:
    """Whether the service counts a picture, wherever it is."""
    usage = answer.get("usageMetadata")
    details = usage.get("candidatesTokensDetails") if isinstance(usage, dict) else None
    return any(
        each.get("modality") == "IMAGE" and each.get("tokenCount") for each in _dicts(details)
    )


def _parts(candidate: dict[str, Any]) -> Iterator[dict[str, Any]]:
    content = candidate.get("content")
    return _dicts(content.get("parts") if isinstance(content, dict) else None)


def _inline(part: dict[str, Any]) -> object:
    inline = part.get("inlineData")
    return inline.get("data") if isinstance(inline, dict) else None


def _texts(parts: list[dict[str, Any]]) -> str:
    return " ".join(str(part["text"]) for part in parts if part.get("text"))


def _dicts(values: Any) -> Iterator[dict[str, Any]]:
    return (each for each in values or () if isinstance(each, dict))
