"""ComfyUI's ways in one place.

Tensors and arrays, VIDEO and paths, progress, Interrupt, folders, and the types on the wires.
"""

from __future__ import annotations

import asyncio
import contextvars
import functools
import inspect
import os
import threading
import uuid
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol, TypeVar

import folder_paths
import numpy as np
import numpy.typing as npt
import soundfile
import torch
from comfy.model_management import InterruptProcessingException, processing_interrupted
from comfy_api.latest import ComfyAPI, Input, InputImpl, Types, io
from comfy_execution.progress import get_progress_state
from comfy_execution.utils import get_executing_context
from server import PromptServer

from ..onereel.cut.plan import Cut
from ..onereel.errors import Cancelled, ReplaceMedia
from ..onereel.files import remove_leftovers
from ..onereel.home import Home
from ..onereel.settings import Settings, settings_file
from ..onereel.stages import Work
from ..onereel.story.screenplay import Screenplay
from ..onereel.work import Cancel, Progress, Report

__all__ = [
    "BRIEF",
    "CUT",
    "LINE",
    "SCENE",
    "SCREENPLAY",
    "TAKE",
    "audio",
    "file_of",
    "frames",
    "home",
    "listeners",
    "new_file",
    "run",
    "run_async",
    "saved",
    "scratch_file",
    "seed_input",
    "settings",
    "sounds",
    "tell",
    "temporary_file",
    "tidy_up",
    "usual",
    "video",
    "video_files",
]

BRIEF = io.Custom("ONEREEL_BRIEF")
SCREENPLAY = io.Custom("ONEREEL_SCREENPLAY")
SCENE = io.Custom("ONEREEL_SCENE")
LINE = io.Custom("ONEREEL_LINE")
TAKE = io.Custom("ONEREEL_TAKE")
CUT = io.Custom("ONEREEL_CUT")

T = TypeVar("T")

_LOOK = 0.25
"""Seconds between two looks at Interrupt, and between two steps of the progress bar."""

# ComfyUI starts every item of a list at once; more than two encoders at a time only cost memory.
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="onereel")


def home() -> Home:
    """The folders of this ComfyUI; the command line will find them too."""
    return _home(folder_paths.get_output_directory())


@functools.cache
def _home(output: str) -> Home:
    media = Path(output) / "onereel"
    if named := os.environ.get("ONEREEL_HOME"):
        return Home(private=Path(named).expanduser(), media=media)
    found = Home(private=Path(folder_paths.get_system_user_directory("onereel")), media=media)
    found.remember()
    return found


def settings(of: Home) -> Settings:
    """The settings, read again only when their file has changed.

    Raises:
        ReviseSetting: a line of it is wrong.
    """
    global _settings
    mark = _mark(settings_file(of))
    if _settings is None or _settings[0] != mark:
        loaded = Settings.load(of)
        _settings = (_mark(settings_file(of)), loaded)
    return _settings[1]


_settings: tuple[object, Settings] | None = None


def _mark(file: Path) -> object:
    try:
        found = file.stat()
    except OSError:
        return None
    return file, found.st_ino, found.st_mtime_ns, found.st_size


def tidy_up() -> None:
    """Remove what killed runs left among the media, while ComfyUI goes on starting."""
    media = Path(folder_paths.get_output_directory()) / "onereel"

    def work() -> None:
        # A folder may go while we look; whatever is left waits for the next start.
        with suppress(OSError):
            remove_leftovers(media, deep=True)

    threading.Thread(target=work, name="onereel-tidy", daemon=True).start()


def temporary_file(name: str) -> Path:
    """A path in ComfyUI's temporary folder, which lasts as long as ComfyUI runs."""
    return Path(folder_paths.get_temp_directory()) / "onereel" / name


def new_file(name: str) -> Path:
    """A path as `temporary_file` gives, which nobody else uses."""
    return temporary_file(f"{uuid.uuid4().hex}-{name}")


@contextmanager
def scratch_file(name: str) -> Iterator[Path]:
    """Lend a path as `new_file` gives, and delete the file with the block."""
    path = new_file(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


class _Bar:
    """The last report of the work, shown by the event loop as the node's progress."""

    def __init__(self) -> None:
        self._latest: Report | None = None

    def hear(self, report: Report) -> None:
        """Keep a report; called from any thread."""
        waiting = self._latest
        if waiting and waiting.preview and not report.preview:
            # A picture comes with few reports, and a later number must not take it away.
            report = replace(report, preview=waiting.preview)
        self._latest = report

    async def show(self) -> None:
        report, self._latest = self._latest, None
        if report is None:
            return
        # Not comfy.utils.ProgressBar: it looks for Interrupt in whichever thread reports.
        await ComfyAPI.Execution().set_progress(report.fraction, 1.0, preview_image=report.preview)
        # The last note of unfinished work must not stay on a node that has finished.
        tell(report.note or ("Done." if report.fraction >= 1 else ""))


def tell(text: str) -> None:
    """Show a sentence on the node that is running, or on the node it was expanded from."""
    context, server = get_executing_context(), PromptServer.instance
    if not text or context is None or server.client_id is None:
        return
    node = get_progress_state().dynprompt.get_display_node_id(context.node_id)
    server.send_progress_text(text, node, server.client_id)


async def run(call: Callable[[Work], T]) -> T:
    """Do blocking work in a thread, with progress on the node, until it ends or is interrupted.

    Raises:
        InterruptProcessingException: the user interrupted; the work has stopped.
        OneReelError: as `call` does. ComfyUI's dialog shows its sentence.
    """
    work, bar = _work()
    context = contextvars.copy_context()
    loop = asyncio.get_running_loop()
    return await _watched(loop.run_in_executor(_THREADS, context.run, call, work), work, bar)


async def run_async(call: Callable[[Work], Coroutine[Any, Any, T]]) -> T:
    """Do asynchronous work as `run` does blocking work; it must obey `Work.cancel` itself.

    It runs in an event loop of its own: ComfyUI's is cancelled when any other node fails, and what
    a paid service answers then must still be written down.
    """
    work, bar = _work()
    done = asyncio.ensure_future(asyncio.to_thread(lambda: asyncio.run(call(work))))
    return await _watched(done, work, bar)


class Listener(Protocol):
    """Hears of the work of every node, in any thread, and must be quick about it."""

    def hear(self, prompt_id: str, node_id: str, report: Report) -> None:
        """Hear a report of the work of a node of a prompt."""

    def saved(self, prompt_id: str, screenplay: Screenplay, cut: Cut, file: Path) -> None:
        """Hear that a film is finished."""


listeners: list[Listener] = []


def saved(screenplay: Screenplay, cut: Cut, file: Path) -> None:
    """Tell the listeners that a film is finished."""
    context = get_executing_context()
    for listener in listeners:
        listener.saved(context.prompt_id if context else "", screenplay, cut, file)


def _work() -> tuple[Work, _Bar]:
    bar, found, context = _Bar(), home(), get_executing_context()

    def hear(report: Report) -> None:
        bar.hear(report)
        if context is not None:
            for listener in listeners:
                listener.hear(context.prompt_id, context.node_id, report)

    return Work(found, Settings.load(found), Progress(hear), Cancel()), bar


async def _watched(done: asyncio.Future[T], work: Work, bar: _Bar) -> T:
    try:
        while not done.done():
            await asyncio.wait({done}, timeout=_LOOK)
            await bar.show()
            # Only a look: throw_exception_if_processing_interrupted() clears the flag, and the
            # other items of a list would never learn of it.
            if processing_interrupted():
                work.cancel.request()
        return done.result()
    except Cancelled as stopped:
        tell(stopped.user_message)
        raise InterruptProcessingException from None
    finally:
        # Another node failed, and ComfyUI drops what still runs.
        work.cancel.request()


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


def frames(images: torch.Tensor, progress: Progress) -> Iterator[npt.NDArray[np.uint8]]:
    """The pictures of an IMAGE batch, one after the other: [H, W, 3], 0 to 255."""
    for number, image in enumerate(images):
        progress(number / len(images))
        scaled = image[..., :3].detach().to("cpu", torch.float32) * 255
        yield scaled.round().clamp(0, 255).to(torch.uint8).numpy()


def usual(call: Callable[..., Any], option: str) -> Any:
    """What a library function does unless told otherwise: the default of the node's widget."""
    value = inspect.signature(call).parameters[option].default
    return float(value) if isinstance(value, Fraction) else value


def seed_input(tooltip: str, *, optional: bool = False) -> io.Int.Input:
    """A seed that never changes by itself, so that an unchanged graph runs nothing."""
    return io.Int.Input(
        "seed",
        optional=optional,
        default=0,
        min=0,
        max=0xFFFFFFFF,
        control_after_generate=False,
        tooltip=tooltip,
    )
