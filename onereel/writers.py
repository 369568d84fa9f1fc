"""The writers as stages: who writes a film, and who writes it when the first one cannot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from .errors import (
    ChooseLanguage,
    InstallPart,
    MoneyError,
    PullModel,
    ReviseSetting,
    ServiceError,
    StorageError,
)
from .ideas import in_its_language
from .options import Writer
from .reaching import gemini_till, text_model
from .remote import REMOTE, Patience, Remote
from .scripts import written
from .stage import Made, Stage, Work
from .story.brief import Brief
from .story.builtin import write_builtin
from .story.screenplay import Screenplay
from .story.writers.answers import Answers
from .story.writers.gemini import write_with_gemini
from .story.writers.ollama import list_models, write_with_ollama
from .story.writers.shelf import Shelf
from .story.writers.text_model import Thinking

__all__ = ["BRIEFLY", "CANNOT", "WRITERS", "some_ollama", "who"]

CANNOT = (
    *(ServiceError, MoneyError, InstallPart, StorageError),
    *(ChooseLanguage, ReviseSetting),
)
"""What is a reason to ask another writer."""
BRIEFLY = Remote(Patience(attempts=2, quota=3.0, most=5.0))
"""In a chain the next writer is better than a long wait."""


async def _written(
    work: Work,
    brief: Brief,
    *choices: object,
    write: Callable[[Shelf], Awaitable[Screenplay]],
    paid: bool = False,
) -> Screenplay:
    """Call `written` on the home of some work, and tell it what was written."""
    screenplay = await written(
        brief, *choices, home=work.home, settings=work.settings, write=write, paid=paid
    )
    work.progress(1, "Written", made=screenplay)
    return screenplay


async def _write_builtin(work: Work, *, brief: Brief, seed: int) -> Made:
    async def write(_shelf: Shelf) -> Screenplay:
        told, notes = await in_its_language(work, brief)
        film = await asyncio.to_thread(write_builtin, told, seed=seed, cancel=work.cancel)
        return film.replace(brief=brief, notes=(*film.notes, *notes))

    screenplay = await _written(work, brief, *("built-in", seed), write=write)
    return {"screenplay": screenplay}


async def _write_with_ollama(
    work: Work,
    *,
    brief: Brief,
    model: str,
    seed: int,
    refine: bool = False,
    unload: bool = True,
) -> Made:
    model = model.strip() or work.settings.writing.ollama_model or await some_ollama(work)
    screenplay = await _written(
        work,
        brief,
        *("ollama", model, seed, refine),
        write=lambda shelf: write_with_ollama(
            brief,
            shelf=shelf,
            settings=work.settings.ollama,
            model=model,
            seed=seed,
            refine=refine,
            unload=unload,
            progress=work.progress,
            cancel=work.cancel,
        ),
    )
    return {"screenplay": screenplay}


async def _write_with_gemini(
    work: Work,
    *,
    brief: Brief,
    model: str,
    seed: int,
    thinking: Thinking = "low",
    remote: Remote = REMOTE,
) -> Made:
    known = text_model(work.home, model)
    till = gemini_till(brief.film_id, what="script", home=work.home, settings=work.settings)
    screenplay = await _written(
        work,
        brief,
        *("gemini", known.name, thinking, seed),
        paid=True,
        write=lambda shelf: write_with_gemini(
            brief,
            shelf=shelf,
            settings=work.settings.google,
            model=known,
            thinking=thinking,
            seed=seed,
            till=till,
            answers=Answers(work.home),
            remote=remote,
            progress=work.progress,
            cancel=work.cancel,
        ),
    )
    return {"screenplay": screenplay}


async def _write_best(work: Work, *, brief: Brief, seed: int) -> Made:
    """Ask one writer after the other, and say of each who could not why."""
    screenplay = await _written(
        work,
        brief,
        *("best", seed),
        write=lambda _shelf: _first_of(work, brief, seed),
    )
    return {
        "screenplay": screenplay,
        "notes": (f"{who(screenplay.writer)} wrote the script.", *screenplay.notes),
    }


async def _first_of(work: Work, brief: Brief, seed: int) -> Screenplay:
    failed: list[str] = []
    for name, write in _chain(work, brief, seed):
        try:
            made = await write()
        except CANNOT as error:
            failed.append(f"{who(name)} did not write it: {error.user_message}")
            work.progress(0, failed[-1])
        else:
            screenplay: Screenplay = made["screenplay"]
            return screenplay.replace(notes=(*screenplay.notes, *failed))
    raise ChooseLanguage(f"Nobody could write this film. {' '.join(failed)}")


def _chain(work: Work, brief: Brief, seed: int) -> list[tuple[str, Callable[[], Awaitable[Made]]]]:
    settings = work.settings.writing
    asked = {
        "gemini": lambda: _write_with_gemini(
            work,
            brief=brief,
            model=settings.gemini_model,
            seed=seed,
            thinking=settings.thinking,
            remote=BRIEFLY,
        ),
        "ollama": lambda: _write_with_ollama(work, brief=brief, model="", seed=seed),
    }
    last = ("built-in", lambda: _write_builtin(work, brief=brief, seed=seed))
    return [*((name, asked[name]) for name in dict.fromkeys(settings.chain)), last]


async def some_ollama(work: Work) -> str:
    """The first model that the user's Ollama server lists.

    Raises:
        PullModel, ServiceError: there is none, or no server.
    """
    models = await list_models(work.settings.ollama)
    if not models:
        raise PullModel("Ollama has no model: run `ollama pull llama3.2`.")
    return models[0]


def who(writer: str) -> str:
    """Begin a sentence with a writer that `Screenplay.writer`, or an option, names."""
    service, _, model = writer.partition(":")
    named = {"built-in": "The built-in writer", "ollama": "Ollama", "gemini": "Gemini"}
    name = named.get(service, writer)
    return f"{name} ({model})" if model and service in named else name


WRITERS: Mapping[Writer, Stage] = {
    "built-in": Stage(
        name="Writing",
        node="OneReelWriteScriptBuiltIn",
        run=_write_builtin,
        wires={"brief": "brief"},
        choices={"seed": "seed"},
        makes=("screenplay",),
    ),
    "ollama": Stage(
        name="Writing",
        node="OneReelWriteScriptOllama",
        run=_write_with_ollama,
        wires={"brief": "brief"},
        choices={"model": "model", "seed": "seed"},
        makes=("screenplay",),
        share=20,
    ),
    "gemini": Stage(
        name="Writing",
        node="OneReelWriteScriptGemini",
        run=_write_with_gemini,
        wires={"brief": "brief"},
        choices={"model": "model", "seed": "seed"},
        makes=("screenplay",),
        share=20,
    ),
    "best": Stage(
        name="Writing",
        node="OneReelWriteScriptBestAvailable",
        run=_write_best,
        wires={"brief": "brief"},
        choices={"seed": "seed"},
        makes=("screenplay",),
        share=20,
    ),
}
