"""The director as a stage: a second pass by any writer over any writer's script."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from .options import Director
from .reaching import reach, text_model
from .remote import REMOTE, Remote, obeying
from .scripts import written
from .stage import Made, Stage, Work
from .story.directing.model import by_model
from .story.directing.rules import by_rules, script_diff
from .story.screenplay import Screenplay
from .story.writers.shelf import Shelf
from .values import digest
from .writers import BRIEFLY, CANNOT, some_ollama, who

__all__ = ["DIRECT", "direct"]

_MOST_LINES = 60
"""Lines of a diff that a screenplay keeps."""


async def direct(
    work: Work,
    *,
    screenplay: Screenplay,
    director: Director,
    model: str = "",
    seed: int = 0,
) -> Made:
    """Have somebody go over a script. Where he cannot, it stays as it is and says why.

    Makes `screenplay`, whose notes say what was changed, `changes`, one field a line, and `notes`.
    """
    if director == "none":
        return {"screenplay": screenplay, "changes": "", "notes": ()}
    failed: list[str] = []
    film, by = screenplay, ""
    for name in _asked(work, director):
        try:
            film = await _pass(work, screenplay, name, model if director == name else "", seed)
            by = film.directed
            break
        except CANNOT as error:
            failed.append(f"{who(name)} did not direct it: {error.user_message}")
            work.progress(0, failed[-1])
    changes = script_diff(screenplay, film)
    said = list(failed)
    if by:
        count = "1 field" if len(changes) == 1 else f"{len(changes)} fields"
        said.append(f"{who(by)} directed it and changed {count if changes else 'nothing'}.")
    kept = (*said, *changes[:_MOST_LINES])
    film = film.replace(notes=(*screenplay.notes, *kept))
    work.progress(1, "Directed", made=film)
    return {"screenplay": film, "changes": "\n".join(changes), "notes": kept}


def _asked(work: Work, director: Director) -> list[str]:
    """Whom to ask, in turn; the rules, which need nobody, come last of a chain."""
    if director != "best":
        return [director]
    return [*dict.fromkeys(work.settings.writing.chain), "built-in"]


async def _pass(work: Work, screenplay: Screenplay, name: str, model: str, seed: int) -> Screenplay:
    if name == "built-in":
        film = await asyncio.to_thread(by_rules, screenplay)
        return film.replace(directed="built-in")
    writing = work.settings.writing
    if name == "ollama":
        by = f"ollama:{model or writing.ollama_model or await some_ollama(work)}"
    else:
        by = f"gemini:{text_model(work.home, model or writing.gemini_model).name}"
    return await written(
        screenplay.brief,
        *("directed", by, digest(screenplay), seed),
        home=work.home,
        settings=work.settings,
        paid=name == "gemini",
        write=_model_pass(work, screenplay, by, seed, BRIEFLY if not model else REMOTE),
    )


def _model_pass(
    work: Work, screenplay: Screenplay, by: str, seed: int, remote: Remote
) -> Callable[[Shelf], Awaitable[Screenplay]]:
    async def ask(shelf: Shelf) -> Screenplay:
        lent = reach(
            by,
            film_id=screenplay.brief.film_id,
            what="directing",
            home=work.home,
            settings=work.settings,
            seed=seed,
            remote=remote,
            cancel=work.cancel,
        )
        async with lent as model:
            film = await by_model(screenplay, model, shelf=shelf, progress=work.progress)
        return film.replace(directed=by)

    return lambda shelf: obeying(work.cancel, ask(shelf))


DIRECT = Stage(
    name="Directing",
    node="OneReelDirectScript",
    run=direct,
    wires={"screenplay": "screenplay"},
    choices={"director": "director", "model": "director_model", "seed": "seed"},
    makes=("screenplay", "changes"),
    share=10,
)
