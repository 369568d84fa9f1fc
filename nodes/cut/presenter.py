"""Add Presenter: somebody in the picture who speaks the lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import torch
from comfy_api.latest import Input, io

from ...onereel.cast.character import Character
from ...onereel.cast.picture import check_portrait_size
from ...onereel.cut.plan import Corner, Cut, PresenterPlace
from ...onereel.cut.presented import chosen_scenes
from ...onereel.cut.presenter import (
    Motion,
    add_presenter,
    for_lines,
    keep_presenter_file,
    keep_presenter_picture,
    portrait_of,
)
from ...onereel.stage import Work
from ...onereel.story.screenplay import Screenplay
from ...onereel.voice.line import Line
from .. import bridge

__all__ = ["OneReelAddPresenter"]


class OneReelAddPresenter(io.ComfyNode):
    """Who presents."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Describe the node."""
        return io.Schema(
            node_id="OneReelAddPresenter",
            display_name="Add Presenter",
            category="OneReel/Cut",
            description="Puts a presenter into the picture: somebody's picture, moving with the"
            " loudness of the voice, or a talking-head clip, as it is.",
            is_input_list=True,
            inputs=[
                # Made only for scenes that there are.
                bridge.CUT.Input("cut", lazy=True, tooltip="The plan, with its lines."),
                io.Combo.Input(
                    "place",
                    options=list(get_args(PresenterPlace)),
                    default=bridge.usual(add_presenter, "place"),
                    tooltip="How the presenter is seen; circle and panel keep clear of captions.",
                ),
                io.Combo.Input(
                    "corner",
                    options=list(get_args(Corner)),
                    default=bridge.usual(add_presenter, "corner"),
                    tooltip="Where a circle is; a panel stands on the same side.",
                ),
                io.Float.Input(
                    "size",
                    default=bridge.usual(add_presenter, "size"),
                    min=0.3,
                    max=3,
                    step=0.1,
                    round=0.01,
                    tooltip="1 is the usual size of a circle or a panel.",
                ),
                io.String.Input(
                    "scenes",
                    default=bridge.usual(add_presenter, "scenes"),
                    tooltip="The scenes that show the presenter: all, or numbers such as 1, 3-5.",
                ),
                io.String.Input(
                    "key",
                    default=bridge.usual(add_presenter, "key"),
                    tooltip="A colour to see through, such as green or #00b140; empty for none.",
                ),
                io.Combo.Input(
                    "motion",
                    options=list(get_args(Motion)),
                    default=bridge.usual(add_presenter, "motion"),
                    tooltip="What moves with the voice; clips have movements of their own.",
                ),
                io.String.Input(
                    "saved",
                    default="",
                    tooltip="A character of your library by name, if nothing else is connected.",
                ),
                bridge.CHARACTER.Input(
                    "character", optional=True, tooltip="Its first picture presents."
                ),
                io.Image.Input(
                    "picture",
                    optional=True,
                    tooltip="One for all scenes, or one for each line; alpha is seen through.",
                ),
                io.Video.Input(
                    "clip",
                    optional=True,
                    tooltip="One for all scenes, or one for each line, of any talking-head nodes.",
                ),
                bridge.LINE.Input(
                    "lines",
                    optional=True,
                    tooltip="Narrate's, if there is a picture or a clip for each line.",
                ),
                bridge.SCREENPLAY.Input(
                    "screenplay",
                    optional=True,
                    tooltip="Narrate's: a scene that it has not is refused before anything is"
                    " shot.",
                ),
            ],
            outputs=[bridge.CUT.Output("cut", display_name="cut")],
        )

    @classmethod
    def fingerprint_inputs(cls, saved: Any, **_: Any) -> str:
        """Change when the characters of the library do."""
        return bridge.characters_mark(saved)

    @classmethod
    def check_lazy_status(
        cls,
        cut: Sequence[Cut | None],
        scenes: Sequence[str],
        screenplay: Sequence[Screenplay] = (),
        **_: Any,
    ) -> list[str]:
        """Ask for the cut, and so for its pictures, once the scenes are there."""
        for each in screenplay:
            chosen_scenes(scenes[0], [scene.id for scene in each.scenes])
        return ["cut"] if cut[0] is None else []

    @classmethod
    async def execute(
        cls,
        cut: Sequence[Cut],
        place: Sequence[Any],
        corner: Sequence[Any],
        size: Sequence[float],
        scenes: Sequence[str],
        key: Sequence[str],
        motion: Sequence[Any],
        saved: Sequence[str],
        character: Sequence[Character] = (),
        picture: Sequence[torch.Tensor] = (),
        clip: Sequence[Input.Video] = (),
        lines: Sequence[Line] = (),
        screenplay: Sequence[Screenplay] = (),
    ) -> io.NodeOutput:
        """Plan it."""

        def keep(work: Work) -> list[str]:
            if clip:
                with bridge.video_files(clip) as paths:
                    return [keep_presenter_file(path, home=work.home) for path in paths]
            if picture:
                return list(_kept(picture, work))
            if character or not saved[0].strip():
                return [portrait_of(each) for each in character]
            # Only now: the library's database would slow down every start of ComfyUI.
            from ...onereel.library.presenters import saved_presenter

            return [saved_presenter(saved[0], home=work.home, settings=work.settings)]

        media = await bridge.run(keep)
        return io.NodeOutput(
            add_presenter(
                cut[0],
                for_lines(media, [line for line in lines if line]),
                screenplay=screenplay[0] if screenplay else None,
                scenes=scenes[0],
                place=place[0],
                corner=corner[0],
                size=size[0],
                key=key[0],
                motion=motion[0],
            )
        )


def _kept(pictures: Sequence[torch.Tensor], work: Work) -> Any:
    for batch in pictures:
        # Before its pixels are copied: they may be too many for that.
        check_portrait_size(batch.shape[2], batch.shape[1])
        for pixels in bridge.frames(batch, work.progress, alpha=True):
            yield keep_presenter_picture(pixels, home=work.home)
