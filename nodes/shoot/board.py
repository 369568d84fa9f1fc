"""Storyboard: one still a scene, before any video is bought."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from comfy_api.latest import io, ui
from PIL import Image

from ...onereel.errors import MatchLists
from ...onereel.shoot.storyboard import draw_frames, draw_pages, picture_of, save_pdf
from ...onereel.shoot.take import Take
from ...onereel.stage import Work
from ...onereel.story.screenplay import Scene, Screenplay
from .. import bridge

__all__ = ["OneReelStoryboard"]


class OneReelStoryboard(io.ComfyNode):
    """The film on paper."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelStoryboard",
            display_name="Storyboard",
            category="OneReel/Shoot",
            description="Shows every scene as one still, with what is said and done, before any"
            " video is bought: as pages, as a PDF, and as first frames for the renderers.",
            is_input_list=True,
            is_output_node=True,
            inputs=[
                bridge.SCREENPLAY.Input("screenplay", tooltip="The film."),
                bridge.resolution_input("480p"),
                bridge.seed_input("Another seed, other drawings: those of a draft with this seed."),
                io.String.Input(
                    "filename_prefix",
                    default="onereel/storyboard",
                    tooltip="Folder and name of the PDF in the output folder; empty saves none.",
                ),
                bridge.SCENE.Input(
                    "scenes",
                    optional=True,
                    tooltip="From Split Scenes: the scenes that the images belong to.",
                ),
                io.Image.Input(
                    "images",
                    optional=True,
                    tooltip="One for each of the scenes, from any image nodes; the rest are drawn.",
                ),
                bridge.TAKE.Input(
                    "takes", optional=True, tooltip="Takes whose middle picture stands for a scene."
                ),
            ],
            outputs=[
                io.Image.Output("pages", display_name="pages", tooltip="A4, landscape."),
                io.Image.Output(
                    "stills",
                    display_name="stills",
                    tooltip="One a scene, in the film's shape: first frames for the renderers.",
                    is_output_list=True,
                ),
            ],
        )

    @classmethod
    async def execute(
        cls,
        screenplay: Sequence[Screenplay],
        resolution: Sequence[Any],
        seed: Sequence[int],
        filename_prefix: Sequence[str],
        scenes: Sequence[Scene] = (),
        images: Sequence[torch.Tensor] = (),
        takes: Sequence[Take] = (),
    ) -> io.NodeOutput:
        """Draw it."""
        (film,) = screenplay[:1]
        if len(scenes) != len(images):
            raise MatchLists(
                f"Storyboard has {len(scenes)} scenes and {len(images)} images; connect one for"
                " each scene."
            )

        def draw(work: Work) -> tuple[torch.Tensor, list[torch.Tensor]]:
            pictures = {
                take.scene_id: picture_of(work.home.path(take.clip), at=take.duration / 2)
                for take in takes
                if take.usable
            }
            for scene, batch in zip(scenes, images, strict=True):
                pictures[scene.id] = Image.fromarray(next(bridge.frames(batch)))
            frames = list(
                draw_frames(
                    film,
                    pictures,
                    resolution=resolution[0],
                    seed=seed[0],
                    progress=work.progress,
                    cancel=work.cancel,
                )
            )
            pages = list(draw_pages(film, frames, fonts=work.settings.cut.fonts))
            if filename_prefix[0].strip():
                save_pdf(_pdf(filename_prefix[0].strip()), pages, title=film.title)
            return _image(pages), [_image([frame.picture]) for frame in frames]

        pages, stills = await bridge.run(draw)
        return io.NodeOutput(pages, stills, ui=ui.PreviewImage(pages, cls=cls))


def _pdf(prefix: str) -> Path:
    return bridge.output_file(prefix, ".pdf")[0]


def _image(pictures: Sequence[Image.Image]) -> torch.Tensor:
    return bridge.images(np.stack([np.asarray(picture, np.uint8) for picture in pictures]))
