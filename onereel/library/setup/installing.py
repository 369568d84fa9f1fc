"""Parts on their way: begun by an explicit call, stopped by another, seen by everybody."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Literal

from ...errors import Cancelled, ChooseFilm, OneReelError
from ...home import Home
from ...remote import obeying
from ...settings import Settings
from ...values import Value
from ...work import Cancel, Progress, Report
from .fetch import Source, fetch
from .parts import Voice, VoiceFile, catalogue, model_of
from .places import check_installed, voice_path
from .pulling import pull

__all__ = ["Installation", "Installations", "install"]


async def install(
    part: str,
    *,
    settings: Settings,
    progress: Progress = Progress(),
    cancel: Cancel | None = None,
) -> None:
    """Fetch a part by its id. Calling this is the consent: nothing else ever does.

    Raises:
        ChooseFilm: there is no such part.
        InstallPart: something has to be installed by hand first.
        ServiceError, StorageError: it could not be fetched; a further call goes on from there.
        Cancelled: the user stopped; what is there stays.
    """
    stop = cancel or Cancel()
    if part.startswith("voice-"):
        voice = catalogue().voices.get(part.removeprefix("voice-"))
        if voice is not None:
            await _fetch_voice(voice, settings, progress, stop)
            return
    await obeying(stop, pull(model_of(part), settings.ollama, progress=progress))


async def _fetch_voice(
    voice: Voice, settings: Settings, progress: Progress, cancel: Cancel
) -> None:
    check_installed(voice)
    done = 0
    # The largest last: what describes it is of no use without it, and is there at once.
    for file in sorted(voice.files, key=lambda file: file.size):
        start, done = done, done + file.size
        await fetch(
            _source(file, settings),
            voice_path(voice, file, settings),
            progress=progress.part(start / voice.size, done / voice.size),
            cancel=cancel,
        )


def _source(file: VoiceFile, settings: Settings) -> Source:
    if mirror := settings.setup.mirror:
        return Source(f"{mirror}/{file.name}", file.size, file.sha256)
    return Source(file.url, file.size, file.sha256, catalogue().hosts)


class Installation(Value):
    """One part on its way, or how that ended."""

    part: str
    state: Literal["working", "ready", "stopped", "failed"]
    fraction: float = 0.0
    note: str = ""
    """Where it is, or the sentence that says what went wrong."""


class Installations:
    """What this process fetches; each part once, however often it is asked for."""

    def __init__(
        self,
        home: Home,
        settings: Settings,
        listener: Callable[[Installation], None] = lambda installation: None,
    ) -> None:
        self._home = home
        self._settings = settings
        self._listener = listener
        self._lock = threading.Lock()
        self._known: dict[str, Installation] = {}
        self._running: dict[str, tuple[threading.Thread, Cancel]] = {}

    def begin(self, part: str) -> Installation:
        """Fetch a part in the background; where that is under way already, nothing begins.

        Raises:
            ChooseFilm: there is no such part.
        """
        if part.removeprefix("voice-") not in catalogue().voices:
            part = f"model-{model_of(part).replace('/', '~')}"
        with self._lock:
            known = self._known.get(part)
            if part in self._running and known:
                return known
            cancel = Cancel()
            started = Installation(part=part, state="working")
            thread = threading.Thread(
                target=self._work, args=(part, cancel), name=f"onereel-{part}", daemon=True
            )
            self._known[part] = started
            self._running[part] = (thread, cancel)
            thread.start()
        return started

    def stop(self, part: str) -> None:
        """Ask for an end; what is there stays for the next time.

        Raises:
            ChooseFilm: it is not under way.
        """
        with self._lock:
            running = self._running.get(part)
        if running is None:
            raise ChooseFilm(f"{part[:80]!r} is not being fetched.")
        running[1].request()

    def all(self) -> tuple[Installation, ...]:
        """What is under way, and how what was asked for ended."""
        with self._lock:
            return tuple(self._known.values())

    def close(self, *, patience: float = 5.0) -> None:
        """Stop everything, and wait that many seconds at most for each."""
        with self._lock:
            running = list(self._running.values())
        for _, cancel in running:
            cancel.request()
        for thread, _ in running:
            thread.join(patience)

    def _work(self, part: str, cancel: Cancel) -> None:
        def heard(report: Report) -> None:
            self._tell(
                Installation(part=part, state="working", fraction=report.fraction, note=report.note)
            )

        try:
            asyncio.run(
                install(part, settings=self._settings, progress=Progress(heard), cancel=cancel)
            )
            end = Installation(part=part, state="ready", fraction=1.0)
        except Cancelled:
            end = Installation(part=part, state="stopped", note="Stopped; it goes on from there.")
        except OneReelError as error:
            end = Installation(part=part, state="failed", note=error.user_message)
        with self._lock:
            self._running.pop(part, None)
        self._tell(end)

    def _tell(self, installation: Installation) -> None:
        with self._lock:
            self._known[installation.part] = installation
        self._listener(installation)
