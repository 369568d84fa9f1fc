"""What a film maker brings: clips, stills, recorded narration, music, presenters."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from ...onereel.library.views.plain import FilmView
from .routes import Answer, Call, Query, Route, Upload
from .seeing import BUSY, changed, library

__all__ = ["ROUTES"]

_LARGEST_CLIP = 500 * 10**6


class UploadQuery(Query):
    """The version that you saw; without it, the current one."""

    revision: int | None = Field(default=None, ge=1, le=2**31 - 1)


async def _bring_clip(call: Call) -> Any:
    from ...onereel.library.brought import bring_to_scene

    film_id, file = call.at["film"], call.body
    return await changed(
        call,
        lambda: bring_to_scene(
            film_id,
            call.at["scene"],
            file,
            films=library(call).films,
            home=call.home,
            revision=call.query.revision,
        ),
    )


async def _bring_music(call: Call) -> Any:
    from ...onereel.library.brought import bring_music

    film_id, file = call.at["film"], call.body
    return await changed(
        call,
        lambda: bring_music(
            film_id,
            file,
            films=library(call).films,
            home=call.home,
            revision=call.query.revision,
        ),
    )


class Music(Answer):
    """Music that was kept: the name is what options take as `music`."""

    music: str


def _keep_music(call: Call) -> Music:
    from ...onereel.cut.soundtrack import keep_music_file

    return Music(music=keep_music_file(call.body, home=call.home))


class KeptPresenter(Answer):
    """A presenter that was kept: the name is what options take as `presenter`."""

    presenter: str


def _keep_presenter(call: Call) -> KeptPresenter:
    from ...onereel.cut.presenter import keep_presenter_file

    return KeptPresenter(presenter=keep_presenter_file(call.body, home=call.home))


ROUTES: tuple[Route, ...] = (
    Route(
        "POST",
        "/films/{film}/scenes/{scene}/clip",
        _bring_clip,
        "Bring a clip, a still or a recorded narration",
        FilmView,
        body=Upload(("video", "image", "audio"), _LARGEST_CLIP),
        query=UploadQuery,
        fails=BUSY,
    ),
    Route(
        "POST",
        "/films/{film}/music",
        _bring_music,
        "Bring music",
        FilmView,
        body=Upload(("audio", "video"), _LARGEST_CLIP),
        query=UploadQuery,
        fails=BUSY,
    ),
    Route(
        "POST",
        "/music",
        _keep_music,
        "Bring music for a film that is not made yet",
        Music,
        body=Upload(("audio", "video"), _LARGEST_CLIP),
        slow=True,
    ),
    Route(
        "POST",
        "/presenters",
        _keep_presenter,
        "Bring a picture or a clip of who presents a film",
        KeptPresenter,
        body=Upload(("image", "video"), _LARGEST_CLIP),
        slow=True,
    ),
)
