"""What a speech server answers: sound, a list of voices, or a refusal."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import numpy as np

from ...errors import AddKey, ChooseVoice, ReviseSetting, TryAgain, WaitForQuota
from ...secrets import mask
from ..signal import Samples

if TYPE_CHECKING:
    import httpx

__all__ = ["decoded", "judge", "named", "one_line"]

_PCM_RATE = 24_000
"""Of raw samples, which carry no rate: what OpenAI and Kokoro send."""
_MOST_BYTES = 200_000_000


def judge(answer: httpx.Response, host: str) -> None:
    """Raise what a refusal of the server at `host` means.

    Raises:
        AddKey, WaitForQuota, TryAgain, ChooseVoice, ReviseSetting: as it says.
    """
    status = answer.status_code
    if status == 200:
        return
    why = _why(answer.content)
    wait = _seconds(answer.headers.get("retry-after", ""))
    if status in (401, 403):
        raise AddKey(
            f"The speech server at {host} wants another key{why}: run `python -m onereel"
            " settings set speech-api-key`."
        )
    if status == 429:
        raise WaitForQuota(
            f"The speech server at {host} takes no more for now{why}; run again later.",
            retry_after=wait,
        )
    if status >= 500 or status == 408:
        raise TryAgain(
            f"The speech server at {host} failed ({status}){why}; run again.", retry_after=wait
        )
    if why and status in (400, 404, 422):
        raise ChooseVoice(
            f"The speech server at {host} cannot speak this{why}: choose another voice, or"
            " correct model under [speech] in the settings file."
        )
    raise ReviseSetting(
        f"Something answers at {host} ({status}), but not as a speech server does; correct"
        " address under [speech] in the settings file, such as http://127.0.0.1:8880/v1."
    )


def decoded(answer: httpx.Response, host: str) -> tuple[Samples, int]:
    """The sound of an answer, mono."""
    import soundfile

    data, kind = answer.content, answer.headers.get("content-type", "").lower()
    if "json" in kind or data[:200].lstrip().startswith(b"{"):
        raise _no_server(host, "sound")
    _refuse_page(answer, host, "sound")
    if "pcm" in kind or "l16" in kind:
        raw = np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.float32)
        if len(raw):
            return raw / np.float32(32768), _PCM_RATE
    try:
        samples, rate = soundfile.read(io.BytesIO(data[:_MOST_BYTES]), dtype="float32")
    except (soundfile.SoundFileError, ValueError):
        raise TryAgain(
            f"The speech server at {host} sent something that is no sound; run again, or choose"
            " another model under [speech] in the settings file."
        ) from None
    mono = samples.mean(axis=1) if samples.ndim == 2 else samples
    return np.asarray(mono, np.float32), int(rate)


def _refuse_page(answer: httpx.Response, host: str, wanted: str) -> None:
    kind = answer.headers.get("content-type", "").lower()
    if "html" in kind or answer.content[:200].lstrip().startswith(b"<"):
        raise _no_server(host, wanted)


def _no_server(host: str, wanted: str) -> ReviseSetting:
    return ReviseSetting(
        f"Something answers at {host} with a page instead of {wanted}; correct address under"
        " [speech] in the settings file, such as http://127.0.0.1:8880/v1."
    )


def named(answer: httpx.Response, host: str) -> tuple[str, ...]:
    """The voices of a list: names, or objects with an id or a name.

    Raises:
        ReviseSetting: it is a page for people.
    """
    _refuse_page(answer, host, "its voices")
    try:
        listed = json.loads(answer.content)
    except (ValueError, RecursionError):
        return ()
    voices = listed.get("voices", listed.get("data", ())) if isinstance(listed, dict) else listed
    names = (
        each if isinstance(each, str) else (each.get("id") or each.get("name"))
        for each in (voices if isinstance(voices, list) else ())
        if isinstance(each, str | dict)
    )
    return tuple(dict.fromkeys(name for name in names if isinstance(name, str) and name.strip()))


def _why(content: bytes) -> str:
    """What an answer says about a refusal, in brackets."""
    try:
        error = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    error = error.get("error", error.get("detail", "")) if isinstance(error, dict) else ""
    said = error.get("message", "") if isinstance(error, dict) else error
    return f" ({one_line(said).rstrip('.')})" if isinstance(said, str) and said.strip() else ""


def one_line(words: str) -> str:
    """Shorten the words of a server to one line that carries no secret."""
    return " ".join(mask(words).split())[:200]


def _seconds(text: str) -> float | None:
    try:
        return max(float(text), 0.0)
    except ValueError:
        return None
