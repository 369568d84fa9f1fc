"""Save Film: the finished file."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from comfy.cli_args import args
from comfy_api.latest import Input, Types, io, ui

from ...onereel.cut.plan import Cut
from ...onereel.files import writing
from ...onereel.film import save_beside
from ...onereel.stage import Work
from ...onereel.story.screenplay import Screenplay
from ...onereel.values import digest
from .. import bridge

__all__ = ["OneReelSaveFilm"]

_saved: dict[str, tuple[Path, str]] = {}
"""Where films were saved since ComfyUI started, by what they were saved from."""


class OneReelSaveFilm(io.ComfyNode):
    """The finished file."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelSaveFilm",
            display_name="Save Film",
            category="OneReel/Film",
            description="Saves a film as MP4 in ComfyUI's output folder, copied as it is, with the"
            " workflow in it; beside it the screenplay and the captions.",
            is_output_node=True,
            inputs=[
                io.Video.Input("video", tooltip="The film."),
                io.String.Input(
                    "filename_prefix",
                    default="onereel/film",
                    tooltip="Folder and name in the output folder; %date:yyyy-MM-dd% and"
                    " %Node.widget% are filled in.",
                ),
                bridge.SCREENPLAY.Input(
                    "screenplay",
                    optional=True,
                    tooltip="Saved beside the film as JSON and as Fountain.",
                ),
                bridge.CUT.Input(
                    "cut",
                    optional=True,
                    tooltip="Its captions are saved as SRT and VTT, and the cut itself as OTIO for"
                    " editing programs if opentimelineio is installed.",
                ),
            ],
            hidden=[io.Hidden.prompt, io.Hidden.extra_pnginfo],
        )

    @classmethod
    async def execute(
        cls,
        video: Input.Video,
        filename_prefix: str,
        screenplay: Screenplay | None = None,
        cut: Cut | None = None,
    ) -> io.NodeOutput:
        """Save it."""
        metadata = _metadata(cls.hidden.prompt, cls.hidden.extra_pnginfo)

        def save(work: Work) -> tuple[Path, str]:
            mark = _mark(video, filename_prefix, metadata, screenplay, cut)
            # Next Scene runs once more after the last scene: the same film is no second file.
            if mark in _saved and _saved[mark][0].exists():
                return _saved[mark]
            path, subfolder = bridge.output_file(filename_prefix, ".mp4", *video.get_dimensions())
            with writing(path) as temporary:
                video.save_to(
                    str(temporary),
                    format=Types.VideoContainer.MP4,
                    codec=Types.VideoCodec.AUTO,
                    metadata=metadata,
                )
            save_beside(path, screenplay=screenplay, cut=cut, home=work.home)
            if screenplay and cut:
                bridge.saved(screenplay, cut, path)
            _saved[mark] = path, subfolder
            return path, subfolder

        path, subfolder = await bridge.run(save)
        saved = ui.SavedResult(path.name, subfolder, io.FolderType.output)
        return io.NodeOutput(ui=ui.PreviewVideo([saved]))


def _mark(video: Input.Video, prefix: str, metadata: Any, *told: Any) -> str:
    """What a film is saved from; a VIDEO in memory is never the same twice."""
    file = bridge.file_of(video)
    if file is None:
        return uuid.uuid4().hex
    metadata = metadata or {}
    # ComfyUI writes into the prompt what a node's fingerprint was in this run.
    graph = [(key, node["inputs"]) for key, node in (metadata.get("prompt") or {}).items()]
    drawn = {name: value for name, value in metadata.items() if name != "prompt"}
    return digest(str(file), file.stat().st_mtime_ns, prefix, graph, drawn, *told)


def _metadata(prompt: Any, extra: Any) -> dict[str, Any] | None:
    """What core's SaveVideo embeds."""
    if args.disable_metadata:
        return None
    return {**(extra or {}), **({"prompt": prompt} if prompt is not None else {})} or None
