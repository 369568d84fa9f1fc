"""Tensors and arrays, VIDEO and paths, AUDIO and samples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile
import torch
from comfy_api.latest import Input, InputImpl, Types

from ...onereel.errors import ReplaceMedia
from ...onereel.work import Progress
from .places import scratch_file

__all__ = ["audio", "file_of", "frames", "images", "sounds", "video", "video_files"]


def video(path: Path) -> Input.Video:
    """A VIDEO that stays in its file."""
    return InputImpl.VideoFromFile(str(path))


@contextmanager
def video_files(sources: Sequence[Input.Video]) -> Iterator[list[Path]]:
    """Lend the files of VIDEOs; one that is not in a file of its own is written to one first."""
    with ExitStack() as stack:
        yield [stack.enter_context(_video_file(source)) for source in sources]


@contextmanager
def _video_file(source: Input.Video) -> Iterator[Path]:
    if path := file_of(source):
        yield path
        return
    with scratch_file("video.mp4") as path:
        source.save_to(str(path), format=Types.VideoContainer.MP4, codec=Types.VideoCodec.AUTO)
        yield path


def file_of(source: Input.Video) -> Path | None:
    """The file that a VIDEO plays, whole and as it is; None where there is none."""
    if not isinstance(source, InputImpl.VideoFromFile) or _edited(source):
        return None
    place = source.get_stream_source()
    return Path(place) if isinstance(place, str) else None


def _edited(source: Input.Video) -> bool:
    """Whether a VIDEO of a newer ComfyUI plays only a part of its file, or other frames."""
    trim = getattr(source, "get_active_trim_window", None)
    edits = getattr(source, "has_pending_frame_edits", None)
    return bool((trim and any(trim())) or (edits and edits()))


def sounds(audios: Sequence[Any]) -> list[tuple[npt.NDArray[np.float32], int]]:
    """Samples [C, T] and their rate, for every sound of every AUDIO batch.

    Raises:
        ReplaceMedia: there is no sound in it, as in the AUDIO of a silent video.
    """
    found: list[tuple[npt.NDArray[np.float32], int]] = []
    for each in audios:
        if not each or "waveform" not in each:
            raise ReplaceMedia("There is no sound in this AUDIO; connect one that has.")
        waves = each["waveform"].detach().to("cpu", torch.float32).numpy()
        found += [(wave, int(each["sample_rate"])) for wave in waves]
    return found


def audio(path: Path) -> dict[str, Any]:
    """A sound file as AUDIO."""
    samples, rate = soundfile.read(str(path), dtype="float32", always_2d=True)
    return {"waveform": torch.from_numpy(samples.T.copy()).unsqueeze(0), "sample_rate": rate}


def images(pixels: npt.NDArray[np.uint8]) -> torch.Tensor:
    """Pictures ([N, H, W, 3], 0 to 255) as an IMAGE batch."""
    return torch.from_numpy(pixels.astype(np.float32) / 255)


def frames(
    images: torch.Tensor, progress: Progress = Progress(), *, alpha: bool = False
) -> Iterator[npt.NDArray[np.uint8]]:
    """The pictures of an IMAGE batch, one after the other: [H, W, 3], 0 to 255; with `alpha`
    [H, W, 4] where the batch has it."""
    for number, image in enumerate(images):
        progress(number / len(images))
        scaled = image[..., : 4 if alpha else 3].detach().to("cpu", torch.float32) * 255
        yield scaled.round().clamp(0, 255).to(torch.uint8).numpy()
