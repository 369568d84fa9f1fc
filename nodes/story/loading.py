"""Load Screenplay: scripts from outside."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import folder_paths
from comfy_api.latest import io

from ...onereel.story.files import load_screenplay, read_screenplay
from ...onereel.story.platforms import ANYWHERE, named_platform
from ...onereel.story.script import SUFFIXES
from ...onereel.story.settled import settled
from .. import bridge
from .writing import look_input, platform_input, platform_mark

__all__ = ["OneReelLoadScreenplay"]

_NO_FILE = "none"


class OneReelLoadScreenplay(io.ComfyNode):
    """A screenplay from outside."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelLoadScreenplay",
            display_name="Load Screenplay",
            category="OneReel/Story",
            description="Reads a screenplay: one that Save Film left beside a film, or a script of"
            " your own in Fountain, Markdown, plain text or JSON.",
            inputs=[
                io.String.Input(
                    "text",
                    multiline=True,
                    default="",
                    tooltip="The screenplay, pasted. When empty, the file is read.",
                ),
                io.Combo.Input(
                    "file",
                    options=[_NO_FILE, *_screenplay_files()],
                    default=_NO_FILE,
                    tooltip="A .fountain, .md, .txt or .json file in ComfyUI's input folder.",
                ),
                io.String.Input(
                    "language",
                    default="en",
                    optional=True,
                    tooltip="Language of a script that does not say its own: en, de, es, fr ...",
                ),
                look_input("the script's."),
                platform_input(
                    "Where the film will be shown, if the script does not say it.", optional=True
                ),
            ],
            outputs=[bridge.SCREENPLAY.Output(display_name="screenplay")],
        )

    @classmethod
    def validate_inputs(cls, platform: Any = ANYWHERE) -> bool:
        """Leave a platform that is gone to the library, which says what to do about it."""
        return True

    @classmethod
    def fingerprint_inputs(cls, text: str, file: str, platform: Any = ANYWHERE, **_: str) -> str:
        """Change when the file does, or what stands of the platform in its file."""
        return cls._file_mark(text, file) + platform_mark(platform)

    @classmethod
    def _file_mark(cls, text: str, file: str) -> str:
        if text or file == _NO_FILE:
            return ""
        return hashlib.sha256(_input_file(file).read_bytes()).hexdigest()

    @classmethod
    def execute(
        cls, text: str, file: str, language: str = "", look: str = "", platform: str = ANYWHERE
    ) -> io.NodeOutput:
        """Read it."""
        if platform != ANYWHERE:
            named_platform(platform, bridge.home())
        said = {"language": language.strip(), "look": look.strip(), "platform": platform}
        usual = {name: value for name, value in said.items() if value not in ("", ANYWHERE)}
        if text.strip() or file == _NO_FILE:
            screenplay = load_screenplay(text, usual=usual)
        else:
            screenplay = read_screenplay(_input_file(file), usual=usual)
        return io.NodeOutput(settled(screenplay, bridge.home()))


def _screenplay_files() -> list[str]:
    folder = Path(folder_paths.get_input_directory())
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)


def _input_file(name: str) -> Path:
    # The combo lists plain names only; whatever else a prompt may say stays in the folder.
    return Path(folder_paths.get_input_directory()) / Path(name).name
