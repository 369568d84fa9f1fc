"""ComfyUI's ways in one place: folders, wires, media, progress and Interrupt."""

from .media import audio, file_of, frames, images, sounds, video, video_files
from .places import home, new_file, output_file, scratch_file, settings, temporary_file, tidy_up
from .running import listeners, run, run_async, saved, tell
from .wires import (
    BRIEF,
    CHARACTER,
    CUT,
    LINE,
    SCENE,
    SCREENPLAY,
    TAKE,
    backup_voices_input,
    narrated_input,
    resolution_input,
    seed_input,
    usual,
)

__all__ = [
    "BRIEF",
    "CHARACTER",
    "CUT",
    "LINE",
    "SCENE",
    "SCREENPLAY",
    "TAKE",
    "audio",
    "backup_voices_input",
    "file_of",
    "frames",
    "home",
    "images",
    "listeners",
    "narrated_input",
    "new_file",
    "output_file",
    "resolution_input",
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
